"""From a described paper to painted sheets and the truth about them. How things look is decided by the two layouts derived from this."""

from datetime import date
from types import SimpleNamespace

from invented import KINDS, normalised, slots
from people import by_fours, caisse_address, fr, fr_long, grouped
from sheet import Sheet, installed
from wording import one_of, rows_of

STEP = 25.4 / 72  # mm of one point


class Layout:
    """Paints one document. One per document; a pli has several."""

    families, hands, signs = (), (), ()
    margins = (14, 14)

    def __init__(self, words, values, person, rng, hand=False):
        self.words, self.values, self.person, self.rng = words, values, person, rng
        self.slots = slots(rng, values, words)
        self.face = rng.choice(installed(self.families))
        self.typed = self.face if rng.random() < 0.5 else rng.choice(installed(self.families))
        self.written = rng.choice(installed(self.hands)) if hand else None
        self.size = rng.choice((8.5, 9, 9.5, 10, 10.5))
        self.sheets, self.fields = [], {}
        self.volet = self.motif = self.nature = None
        self.curly = rng.random() < 0.3
        self.s, self.y, self.x0, self.x1, self.bottom = None, 0.0, 0.0, 0.0, 0.0
        self.choose()

    # what the derived layouts say
    def choose(self):
        """Draws the options of this document."""

    # places
    def page(self, size_mm=(210, 297)):
        self.s = Sheet(*size_mm)
        self.sheets.append(self.s)
        narrow = size_mm[0] < 160
        self.x0, self.x1 = (9 if narrow else self.margins[0]), size_mm[0] - (9 if narrow else self.margins[1])
        self.y, self.bottom = 12.0, size_mm[1] - 14

    def need(self, height):
        if self.y + height > self.bottom:
            self.foot(None)
            self.page((self.s.width, self.s.height))
            self.continued()

    def filled(self, text):
        if "{" in text:
            text = text.format(**self.slots)
        return text.replace("'", "’") if self.curly else text

    def note(self, name):
        """The value stands on the paper."""
        self.fields.setdefault(name, normalised(name, self.values[name]))

    def shown(self, name):
        """The value as this paper writes it."""
        value, kind = self.values[name], KINDS.get(name)
        if isinstance(value, date):
            return self.rng.choice(self.date_forms)(value)
        if kind == "nir":
            return self.rng.choice((lambda n: grouped(n, 1, 2, 2, 2, 3, 3, 2), lambda n: grouped(n, 13, 2), lambda n: n))(value)
        if kind == "iban":
            return by_fours(value) if self.rng.random() < 0.85 else value
        if kind == "siret":
            return self.rng.choice((value, grouped(value, 3, 3, 3, 5)))
        if kind == "amount":
            spaced = value if len(value) < 7 or self.rng.random() < 0.4 else f"{value[:-6]} {value[-6:]}"
            return self.rng.choice(("{} €", "{}", "{} euros")).format(spaced.replace(".", ","))
        return str(value)

    date_forms = (fr,)

    # a whole paper
    def paper(self, paper, volet=None):
        self.paper_now = paper
        self.volet = volet
        self.motif = self.rng.choices(("maladie", "AT"), (75, 25))[0] if paper.volets and any("motif" in row for _, rows in paper.sections for row in rows) else None
        self.nature = self.rng.choice(("initial", "prolongation")) if self.motif else None
        self.official = bool(paper.cerfa) and self.rng.random() < self.numbered
        self.page(paper.size_mm)
        title = self.filled(self.rng.choice(paper.titles))
        self.top(paper, title)
        sections = list(paper.sections)
        if len(sections) > 3 and self.rng.random() < self.mixed:
            middle = sections[1:-1]
            self.rng.shuffle(middle)
            sections = sections[:1] + middle + sections[-1:]
        break_before = self.rng.randrange(1, len(sections)) if len(sections) > 2 and self.rng.random() < 0.12 else None
        for index, (headings, rows) in enumerate(sections):
            if index == break_before:
                self.bottom = self.y  # the rest is on the back
            self.section(one_of(self.rng, headings), rows_of(self.rng, rows), index)
        self.foot(paper)
        return self.sheets

    def section(self, heading, rows, index):
        raise NotImplementedError

    def row(self, row):
        mark, rest = row[0], row[1:].strip()
        if mark == "§":
            self.paragraph(self.filled(one_of(self.rng, rest)))
        elif mark == "?":
            self.choice(rest)
        elif mark == "#":
            self.table(rest)
        elif mark == "~":
            self.signatures([self.filled(part.strip()) for part in rest.split(";")])
        else:
            name, _, words = row.partition("=")
            name = name.strip()
            if name in self.values and " " not in name:
                label = one_of(self.rng, words) if words else self.rng.choice(self.words.LABELS[name])
                self.note(name)
                self.field(label, name, self.shown(name))
            else:
                self.field(one_of(self.rng, name), None, self.filled(one_of(self.rng, words)))

    def choice(self, rest):
        label, _, options = rest.partition(":")
        options = [option.strip() for option in options.split("/")]
        ticked = self.rng.randrange(len(options))
        if label.startswith("*"):
            label = label[1:].strip()
            if label == "nature":
                ticked = 0 if self.nature == "initial" else 1
            else:
                ticked = 0 if self.motif == "maladie" else 1
            label = self.rng.choice(("", {"nature": self.words.NATURE, "motif": self.words.MOTIF}[label]))
        self.checks(label.strip(), options, ticked)

    def table(self, rest):
        titles, _, rows = rest.partition("=")
        titles = [title.strip() for title in titles.split(";")]
        cells = [[self.filled(cell.strip()) for cell in row.split(";")] for row in rows.split("|")]
        self.grid(titles, cells)

    def pen(self):
        """Family and size of what is filled in."""
        return (self.written, self.size + 3) if self.written else (self.typed, self.size + 0.5)

    def paragraph(self, text, family=None, points=None, leading=1.35):
        family, points = family or self.face, points or self.size
        for line in self.s.wrap(text, self.x1 - self.x0 - 2, family, points):
            self.need(points * STEP * leading)
            self.y += points * STEP * leading
            self.s.text(self.x0 + 1, self.y, line, family, points)
        self.y += 1.5

    def back(self):
        """The printed back of a form."""
        self.page()
        self.y = 20
        for line in self.rng.sample(self.words.BACKS, self.rng.randrange(4, len(self.words.BACKS))):
            self.paragraph(line)
            self.y += 4

    # letters
    def letter(self, letter):
        rng, v, w = self.rng, self.values, self.words
        self.page()
        middles = rng.sample(letter.middles, min(len(letter.middles), rng.randrange(1, 4)))
        said = SimpleNamespace(
            subject=self.filled(rng.choice(letter.subjects)), salutation=rng.choice(w.SALUTATIONS), opening=self.filled(rng.choice(letter.openings)),
            middles=[self.filled(text) for text in middles], ending=rng.choice(letter.endings), to=caisse_address(v["caisse"]) if rng.random() < 0.7 else [], nir=None)
        if rng.random() < 0.75:
            said.nir = rng.choice(w.NIR_SENTENCES).format(nir=self.shown("nir"))
            self.note("nir")
        if "{decision}" in "".join(letter.openings) and self.slots["decision"] in said.opening:
            self.note("decision_date")
        self.write(said)
        return self.sheets
