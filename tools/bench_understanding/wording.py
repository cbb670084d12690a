"""How a paper is described: titles, sections and rows, in a small language that both stocks of words are written in.

A row is one of
    name                    a value under a usual label of its stock (LABELS)
    name=label|label        the same under a label of its own
    label|label = a|b       other words under a label
    ? label : one / two     boxes to tick, one of them is; "?*" ticks what the document says of itself (SAYS)
    § words|words           a paragraph, one of these wordings
    # a ; b = 1 ; 2 | 3 ; 4 a table with its rows; {slots} are filled
    ~ one ; two             room for signatures
"%" before any of them: it stands there every other time. {name} in any words is a value of the pli.
"""

from dataclasses import dataclass, field


@dataclass
class Paper:
    """One kind of paper. Several kinds may be of one type."""
    titles: list
    sections: list = field(default_factory=list)  # (headings "a|b", rows)
    cerfa: str = ""  # five digits; forms only
    s_number: str = ""
    heads: list = field(default_factory=list)  # who issues it: printed above all
    notes: list = field(default_factory=list)  # small print at the foot
    size_mm: tuple = (210, 297)
    volets: list = field(default_factory=list)  # wording of volet 1, 2, 3
    addressed: float = 0.0  # how often it bears the address of the caisse
    always_numbered: bool = False  # nothing else tells it


@dataclass
class Letter:
    """A letter: one of each list, in this order."""
    subjects: list
    openings: list
    middles: list
    endings: list
    enclosures: list = field(default_factory=list)


def one_of(rng, text):
    return rng.choice([part.strip() for part in text.split("|")])


def rows_of(rng, rows):
    """Rows that stand there this time."""
    kept = []
    for row in rows:
        if row.startswith("%"):
            if rng.random() < 0.5:
                continue
            row = row[1:]
        kept.append(row.strip())
    return kept
