"""How the third mail to tune rules on looks: flat web forms with pale bands, two columns, small grey labels, answers in tables, drawn icons, many further pages.

Rows understand more than wording tells of:
    {@name}                     in any words: the value, which then stands on the paper; {@motif}, {@nature} and {@anature} likewise
    name>told=label             the value of a name that the truth tells under another
    (told)label = a|b           words that the truth tells
    ?(told) label : is=words / is=words     a choice that the truth tells
    §a|§b   #a|#b               one of them
    !words   ^words             larger words, fine print
    <                           the insured, as in the window of an envelope
    * doodle                    something drawn: doodle, map, chart, burst
"""

import math
import re

from PIL import Image, ImageChops, ImageDraw

from invented import KINDS
from layout import STEP, Layout
from people import FIRST_NAMES, MONTHS, caisse_address, fr, fr_long, grouped
from sheet import font, installed, px
from tuned_c_letters import ICONS, LettersAndCards
from wording import one_of, rows_of

STYLES = ("tiles", "below", "heads", "inline", "zebra", "asked", "plain")
TICKS = ("tile", "pill", "radio", "radio_right", "under", "over", "table", "blank", "struck", "ringed", "filled", "slash", "number", "said", "leaders", "cross", "hand")


class Telling(dict):
    """Slots that also answer {@name}."""

    def __init__(self, layout):
        super().__init__(layout.slots)
        self.layout = layout

    def __missing__(self, key):
        return self.layout.value_within(key.lstrip("@"))


class TunedCLayout(LettersAndCards, Layout):
    families = ("lato", "lato-medium", "carlito", "carlito", "liberation-sans", "nimbus-sans", "narrow", "liberation-serif")
    hands, signs = ("hand-dkg", "hand-steve", "hand-dkg-slanted"), ("sign-kristi", "sign-chancery")
    date_forms = (fr, fr, fr, fr_long, lambda d: f"{d:%d.%m.%Y}", lambda d: f"{d:%d-%m-%Y}", lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year}", lambda d: f"{d:%d} / {d:%m} / {d:%Y}", lambda d: f"{d.day:02d} {MONTHS[d.month - 1].upper()} {d.year}")
    nir_forms = (lambda n: grouped(n, 1, 2, 2, 2, 3, 3, 2), lambda n: grouped(n, 1, 2, 2, 2, 3, 3, 2), lambda n: grouped(n, 13, 2), lambda n: n, lambda n: f"{grouped(n[:13], 1, 2, 2, 2, 3)} - {n[13:]}", lambda n: f"{grouped(n[:13], 1, 4, 5)} (clé {n[13:]})",
                 lambda n: f"{n[:13]} clé : {n[13:]}", lambda n: grouped(n, 3, 2, 2, 3, 3, 2), lambda n: f"{grouped(n[:13], 1, 2, 2, 2, 3)} | {n[13:]}")
    numbered, mixed = 0.55, 0.3

    def choose(self):
        rng, v = self.rng, self.values
        self.style, self.tick = rng.choice(STYLES), rng.choice(TICKS)
        self.heading = rng.choice(("band", "dark", "rule", "icon", "pill", "disc", "side", "plain"))
        self.margins = rng.choice(((12, 12), (15, 15), (18, 14), (24, 14)))
        self.table_look = rng.choice(("pale", "dark", "rules", "zebra", "frame"))
        self.pale, self.grey, self.gap = rng.choice((228, 236, 243)), rng.choice((60, 85, 110)), rng.uniform(1.5, 4.5) if rng.random() < 0.6 else rng.uniform(5, 11)
        self.rounded, self.cells_of_digits = rng.random() < 0.6, rng.random() < 0.25
        self.nir_form, self.day_form = rng.choice(self.nir_forms), rng.choice(self.date_forms)
        self.numbering, self.strip = rng.choice((None, None, "{} / {}", "Page {} sur {}", "- {} -", "{}")), rng.random() < 0.12
        self.site, self.two, self.column = rng.choice(self.words.SITES) + str(rng.randrange(10**4, 10**7)), False, None
        self.cells, self.told, self.expected_pages, self.small = [], set(), 1, False
        self.official, self.count_of_sections, self.signs_by_hand = False, 1, True
        v.setdefault("visit", v["address"] if rng.random() < 0.5 else f"chez {v['other_full']}, {v['firm_town']}")
        self.more_slots()

    def more_slots(self):
        rng, v = self.rng, self.values
        male, lady = self.person.sex in "137", v["doctor_name"].split()[0] in FIRST_NAMES["2"]
        cents = round(float(v["amount"]) * 100)
        first, wage = round(cents * rng.uniform(0.4, 0.8)), round(float(v["wage"].replace(",", ".")) * 100)
        money = lambda c: f"{c // 100},{c % 100:02d}"  # noqa: E731
        self.slots |= {
            "e": "" if male else "e", "ne": "né" if male else "née", "il": "il" if male else "elle", "eur": "eur" if male else "rice", "docte": "e" if lady else "", "city": v["town"][6:].title(), "firm_city": v["firm_town"][6:].title(), "last": v["last"],
            "part1": money(first), "part2": money(cents - first), "wage2": money(round(wage * 0.97)), "wage3": money(round(wage * 0.79)), "to": fr(v["to_date"]), "birth": fr(v["birth_date"]), "hired": fr(v["hire_date"])}

    # values
    def shown(self, name):
        value = self.values[name]
        if KINDS.get(name) == "nir":
            return self.nir_form(value)
        if hasattr(value, "isoformat"):
            return (self.day_form if self.rng.random() < 0.85 else self.rng.choice(self.date_forms))(value)
        if name == "amount":
            text = value.replace(".", ",") if len(value) < 7 or self.rng.random() < 0.5 else f"{value[:-6]} {value[-6:].replace('.', ',')}"
            return self.rng.choice(("{} EUR", "{}", "{} euros") if self.written else ("{} €", "{}€", "{} EUR", "{}", "{} euros")).format(text)
        return self.rng.choice((value, grouped(value, 3, 3, 3, 5), grouped(value, 9, 5))) if name == "siret" else super().shown(name)

    def value_within(self, name):
        if name in ("nature", "anature", "motif"):
            self.told.add(name.removeprefix("a") if name == "anature" else name)
            return self.rng.choice((self.words.ANATURE if name == "anature" else self.words.TOLD)[self.motif if name == "motif" else self.nature])
        self.note(name)
        return self.shown(name).replace(" / ", "/").replace(" | ", " ")

    def filled(self, text):
        if "{" in text:
            text = text.format_map(Telling(self))
        return text.replace(" €", " euros").replace("’", "'") if self.written else text.replace("'", "’") if self.curly else text

    # places
    def page(self, size_mm=(210, 297)):
        self.column = None
        super().page(size_mm)
        self.y, self.bottom = 13.0, size_mm[1] - 17
        if self.strip and size_mm[0] > 160:
            self.s.box(0, 0, 6, size_mm[1], 0, 0, 205)

    def need(self, height):
        if self.y + height <= self.bottom:
            return
        if self.column == 0:
            self.second_column()
        else:
            two = self.column is not None
            super().need(height)
            if two:
                self.first_column()

    def first_column(self):
        self.column, self.column_top, self.whole = 0, self.y, (self.x0, self.x1)
        self.x1 = (self.x0 + self.x1) / 2 - 2.5

    def second_column(self):
        self.column, self.ended = 1, self.y
        self.x0, self.x1, self.y = (self.whole[0] + self.whole[1]) / 2 + 2.5, self.whole[1], self.column_top

    def one_column(self):
        if self.column is not None:
            self.y = max(self.y, self.ended if self.column == 1 else self.y)
            self.x0, self.x1 = self.whole
            self.column = None

    def continued(self):
        if self.rng.random() < 0.3:
            self.s.text(self.x0, 9, self.rng.choice(("Suite", "(suite et fin)", "...", "suite de la page précédente")), self.face, 7, ink=self.grey)

    # a whole paper
    def paper(self, paper, volet=None):
        code = next(code for code, papers in self.words.PAPERS.items() if any(one is paper for one in papers))
        self.two = paper.size_mm[0] > 160 and self.rng.random() < (0.3 if len(paper.sections) > 2 else 0.08) and self.widest(paper) <= 4
        self.count_of_sections = len(paper.sections)
        further = self.further_pages(code, bool(paper.cerfa))
        self.expected_pages = 1 + len(further)
        super().paper(paper, volet)
        self.one_column()
        self.expected_pages = max(self.expected_pages, len(self.sheets))
        for sections in further:
            self.further(sections, paper.size_mm)
        self.motif, self.nature = self.motif if "motif" in self.told else None, self.nature if "nature" in self.told else None
        return self.sheets

    @staticmethod
    def widest(paper):
        return max([row.split("=")[0].count(";") + 1 for _, rows in paper.sections for row in rows if row.lstrip("%")[0] == "#"] or [0])

    def further_pages(self, code, form):
        """The sections of each page behind the first."""
        rng, stock = self.rng, list(self.words.FURTHER.get(code, ()))
        if rng.random() > (0.42 if form else 0.3):
            return []
        notices = rng.sample(self.words.NOTICES, 2) if form or rng.random() < 0.15 else []
        rng.shuffle(stock)
        return (stock + notices)[:rng.choice((1, 1, 1, 2, 3))] if rng.random() < 0.6 else (notices + stock)[:rng.choice((1, 1, 2))]

    def further(self, sections, size):
        """A page without a title."""
        rng = self.rng
        self.page(size)
        self.y = rng.choice((14, 20, 28))
        if self.numbering and self.official and rng.random() < 0.3:
            self.s.text(self.x1, 9, f"{self.paper_now.s_number} - {len(self.sheets)}", self.face, 7, ink=self.grey, anchor="rs")
        self.small = all(row[0] in "§^" for _, rows in sections for row in rows)
        if self.small and size[0] > 160 and rng.random() < 0.4:
            self.first_column()
        for index, (heading, rows) in enumerate(sections):
            self.section(one_of(rng, heading), rows_of(rng, rows), index)
        self.one_column()
        self.small = False
        self.foot(None)

    def back(self):
        self.page()
        self.y = 22
        for line in self.rng.sample(self.words.BACKS, self.rng.randrange(2, len(self.words.BACKS))):
            self.paragraph(self.filled(line))
            self.y += 3

    def foot(self, paper):
        s, y = self.s, self.s.height - 8
        narrow = s.width < 160
        if self.numbering and not narrow:
            s.text(self.margin_right(), y, self.numbering.format(len(self.sheets), max(self.expected_pages, len(self.sheets))), self.face, 7.5, ink=self.grey, anchor="rs")
        if paper and self.official:
            s.text(self.margins[0], y, f"{self.rng.choice(('', 'Formulaire '))}{paper.s_number}{self.rng.choice('abcdefgh')}" if paper.s_number else "", self.face, 8, True)
        elif self.heading in ("pill", "dark") and not narrow:
            s.text(self.margins[0], y, self.site, self.face, 6.5, ink=self.grey)

    def margin_right(self):
        return self.s.width - self.margins[1]

    # above the first section
    def top(self, paper, title):
        rng, s = self.rng, self.s
        number = f"{paper.cerfa}*{rng.randrange(1, 11):02d}" if self.official else ""
        if paper.volets and self.volet:
            self.leaf(self.filled(one_of(rng, paper.volets[self.volet - 1].replace(" | ", " / "))))
        if paper.heads:
            self.issuer(self.filled(rng.choice(paper.heads)))
        if number:
            self.number_of(number, paper.heads)
        if title:
            self.titled(title)
        if paper.addressed and rng.random() < paper.addressed:
            self.y += 3
            for line in caisse_address(self.values["caisse"]):
                self.y += 4.8
                s.text(108, self.y, line, self.face, 10, fit=self.x1 - 108)
            self.y += 6
        for text in paper.notes:
            if rng.random() < 0.5:
                self.paragraph(self.filled(text), points=7)
        if self.two:
            self.first_column()

    def leaf(self, words):
        s, at = self.s, self.rng.choice(("tag", "band", "foot"))
        if at == "tag":
            width = min(s.text_width(words, self.face, 8, True) + 6, 110)
            self.panel(self.x1 - width, 4.5, width, 5.6, 215)
            s.text(self.x1 - width + 3, 8.5, words, self.face, 8, True, fit=width - 5)
        elif at == "band":
            s.box(0, 3, s.width, 5.8, 0, 0, 80)
            s.text(s.width / 2, 7.2, words, self.face, 8.5, True, 255, "ms", fit=s.width - 30)
        else:
            s.text(s.width / 2, s.height - 12.5, words, self.face, 8.5, True, anchor="ms", fit=s.width - 30)

    def issuer(self, head):
        """A drawn logo and who it is, in one, two or three lines or beside each other."""
        s, rng, y = self.s, self.rng, self.y
        parts = [part.strip() for part in head.split(" - ")]
        kind = rng.choice(("logo", "band", "right", "lines"))
        room = self.x1 - self.x0 - (30 if self.official else 0)
        if kind == "band":
            s.box(0, y - 3, s.width, 13, 0, 0, self.pale)
            s.text(self.x0, y + 3.4, parts[0], self.face, 13, True, fit=room)
            s.text(self.x0, y + 8, " | ".join(parts[1:]), self.face, 8, ink=self.grey, fit=room)
            self.y = y + 14
            return
        x, anchor = (self.x1, "rs") if kind == "right" and not self.official else (self.x0, "ls")
        if kind == "logo":
            self.icon(self.x0, y, rng.choice(ICONS), 11)
            x += 14
        for index, part in enumerate(parts):
            self.y += 5 if not index else 4.2
            s.text(x, self.y, part, self.face, 12 if not index else 8.5, not index, 0 if not index else self.grey, anchor, fit=room - 15)
        self.y = max(self.y + 4, y + (15 if kind == "logo" else 0))

    def number_of(self, number, below):
        s, rng = self.s, self.rng
        words = rng.choice(("cerfa n° {}", "cerfa N° {}", "n° {}", "Cerfa {}")).format(number)
        if rng.random() < 0.5 and not below:
            s.oval(self.x0, 10, 20, 9, 0.4)
            s.text(self.x0 + 10, 16.2, "cerfa", self.face, 12, True, anchor="ms")
            s.text(self.x0, 23, f"N° {number}", self.face, 8.5, True)
            self.y = max(self.y, 25)
        else:
            s.text(self.x1, 15, words, self.face, 9, True, anchor="rs")
            self.y = max(self.y, 19)

    def titled(self, title):
        s, rng = self.s, self.rng
        points, kind = rng.choice((13, 15, 17, 19)), rng.choice(("large", "band", "dark", "centre", "bar"))
        points = min(points, 13) if s.width < 160 else points
        width, step = self.x1 - self.x0, points * STEP * 1.28
        lines = s.wrap(title, width * 0.85, self.face, points * 1.12)
        self.y += 3
        height = step * len(lines) + 4
        if kind in ("band", "dark"):
            self.panel(self.x0, self.y, width, height, 70 if kind == "dark" else self.pale)
        elif kind == "bar":
            s.box(self.x0, self.y, 2, height - 1, 0, 0, 60)
        x, anchor = ((self.x0 + self.x1) / 2, "ms") if kind == "centre" else (self.x0 + (4 if kind != "large" else 0), "ls")
        for line in lines:
            self.y += step
            s.text(x, self.y, line, self.face, points, True, 255 if kind == "dark" else 0, anchor, fit=width - 6)
        self.y += 5.5

    # sections
    def section(self, heading, rows, index):
        if self.two:
            self.bottom = self.s.height - 17  # no break within columns
        if self.column == 0 and index and index * 2 >= self.count_of_sections and not self.small:
            self.second_column()
        self.y += self.gap
        if heading:
            self.headed(self.filled(heading), index)
        for row in rows:
            if row[0] in "§?#~!^<*":
                self.flush()
            self.row(row)
        self.flush()

    def headed(self, words, index):
        self.need(24)
        s, y, x0, x1 = self.s, self.y, self.x0, self.x1
        if self.heading in ("band", "dark"):
            self.panel(x0, y, x1 - x0, 6.4, 85 if self.heading == "dark" else self.pale)
            s.text(x0 + 3, y + 4.6, words, self.face, 10, True, 255 if self.heading == "dark" else 0, fit=x1 - x0 - 5)
            self.y = y + 8
        elif self.heading == "icon":
            self.icon(x0, y, ICONS[(index + len(words)) % len(ICONS)], 6)
            s.text(x0 + 8.5, y + 5, words, self.face, 11.5, True, fit=x1 - x0 - 9)
            self.y = y + 8
        elif self.heading == "pill":
            width = min(s.text_width(words, self.face, 9, True) + 7, x1 - x0)
            s.draw.rounded_rectangle((px(x0), px(y), px(x0 + width), px(y + 6)), radius=px(3), fill=self.pale - 20)
            s.text(x0 + 3.5, y + 4.3, words, self.face, 9, True, fit=width - 5)
            self.y = y + 7.6
        elif self.heading == "disc":
            s.oval(x0, y, 6, 6, 0.35)
            s.text(x0 + 3, y + 4.4, str(index + 1), self.face, 9.5, True, anchor="ms")
            s.text(x0 + 8.5, y + 4.6, words, self.face, 10.5, True, fit=x1 - x0 - 9)
            self.y = y + 7.8
        elif self.heading == "rule":
            s.line(x0, y, x1, y, 0.5, 60)
            s.text(x0, y + 4.8, words.upper(), self.face, 8.5, True, self.grey, fit=x1 - x0)
            self.y = y + 6.4
        else:
            if self.heading == "side":
                s.box(x0, y + 0.5, 1.2, 5.4, 0, 0, 60)
            s.text(x0 + (3.5 if self.heading == "side" else 0), y + 4.8, words, self.face, 12 if self.heading == "plain" else 10.5, True, fit=x1 - x0 - 4)
            self.y = y + 7.6

    def row(self, row):
        mark, rest = row[0], row[1:].strip()
        if mark in "§#" and f"|{mark}" in row:
            rest = self.rng.choice(re.split(rf"\|{mark}", rest)).strip()
        if mark == "§":
            self.paragraph(self.filled(one_of(self.rng, rest)), points=self.size - 1 if self.small else None)
        elif mark == "#":
            self.table(rest)
        elif mark == "!":
            self.paragraph(self.filled(rest), self.pen()[0], self.size + 1.5, 1.6)
        elif mark == "^":
            self.paragraph(self.filled(rest), points=6.5)
        elif mark == "<":
            self.window()
        elif mark == "*":
            self.drawn(rest)
        elif mark == "?":
            self.choice(rest)
        elif mark == "(":
            told, _, rest = rest.partition(")")
            label, _, words = rest.partition("=")
            self.fields[told] = one_of(self.rng, words)
            self.field(label.strip(), None, self.fields[told])
        else:
            self.plain_row(row)

    def plain_row(self, row):
        name, _, label = row.partition("=")
        name, _, told = name.strip().partition(">")
        if told:
            self.fields[told] = self.values[name].isoformat()
            self.field(one_of(self.rng, label), name, self.shown(name))
        elif name == "visit":
            self.fields["address"] = self.values["visit"]
            self.field(self.rng.choice(self.words.LABELS[name]), name, self.values[name])
        else:
            super().row(row)

    def note(self, name):
        super().note(name)
        if name == "firm":
            self.fields["employer"] = self.values["firm"]

    def choice(self, rest):
        rng, told = self.rng, None
        if rest.startswith("("):
            told, _, rest = rest[1:].partition(")")
        label, _, options = rest.partition(":")
        label, options = label.strip(), [option.strip() for option in one_of(rng, options).split(" / ")]
        ticked = rng.randrange(len(options))
        if label.startswith("*"):
            what = label[1:].strip()
            self.told.add(what)
            ticked = int(self.nature != "initial") if what == "nature" else int(self.motif != "maladie")
            label = rng.choice({"nature": self.words.NATURE, "motif": self.words.MOTIF}[what])
        if told:
            if len(options) > 1 or rng.random() < 0.5:
                self.fields[told] = options[ticked].partition("=")[0]
            else:
                ticked = -1
            options = [option.partition("=")[2] for option in options]
        self.checks(self.filled(label), [self.filled(option) for option in options], ticked)

    # fields
    def field(self, label, name, value):
        self.cells.append((self.filled(label), name, value or ""))

    def flush(self):
        cells, self.cells = self.cells, []
        if cells:
            getattr(self, f"fields_{self.style}")(cells)

    def digits_of(self, name):
        if not self.cells_of_digits or not name:
            return None
        if KINDS.get(name) in ("nir", "siret", "rpps", "finess"):
            return self.values[name]
        return f"{self.values[name]:%d%m%Y}" if hasattr(self.values.get(name), "isoformat") else None

    def wide(self, name, value):
        digits = self.digits_of(name)
        return len(digits) * 4.2 + 2 if digits else self.s.text_width(value, *self.pen())

    def lines_in(self, name, value, width):
        return 1 if self.digits_of(name) and self.wide(name, value) <= width else min(3, len(self.s.wrap(value, width, *self.pen())))

    def put(self, x, base, width, name, value, bold=False):
        """The value from its baseline down."""
        s, digits, (family, points) = self.s, self.digits_of(name), self.pen()
        if digits and len(digits) * 4.2 <= width:
            base += 0.9
            for index, sign in enumerate(digits):
                if self.rounded:
                    s.draw.rounded_rectangle((px(x + 4.2 * index), px(base - 3.9), px(x + 4.2 * index + 3.9), px(base + 1.1)), radius=px(0.6), outline=140, width=px(0.15))
                else:
                    s.box(x + 4.2 * index, base - 3.9, 3.9, 5, 0, 0, self.pale - 10)
                s.text(x + 4.2 * index + 1.95, base, sign, family, min(points, 12), anchor="ms")
            return
        for line in s.wrap(value, width, family, points)[:3]:
            s.text(x, base, line.replace(" ", "  ") if self.written else line, family, points, bold and not self.written, fit=width)
            base += points * STEP * 1.25

    def panel(self, x, y, width, height, fill=None, outline=None, mm=0.25):
        box = (px(x), px(y), px(x + width), px(y + height))
        radius = px(min(1.6, height / 3)) if self.rounded else 0
        self.s.draw.rounded_rectangle(box, radius=radius, fill=fill, outline=outline, width=max(1, px(mm)) if outline is not None else 0)

    def packed(self, cells, most=3, beside=False):
        """Lines of (label, name, value, x, width)."""
        total, line, used, lines = self.x1 - self.x0, [], 0.0, []
        for label, name, value in cells:
            wanted = self.s.text_width(label, self.face, self.size if beside else self.size - 1.5), self.wide(name, value) * (1.1 if self.written else 1)
            width = min(total, (sum(wanted) if beside else max(wanted)) + 8)
            if line and (used + width > total or len(line) == most):
                lines.append((line, used))
                line, used = [], 0.0
            line.append((label, name, value, width))
            used += width
        for line, used in [*lines, (line, used)]:
            x, more, placed = self.x0, (total - used) / len(line), []
            for label, name, value, width in line:
                placed.append((label, name, value, x, width + more))
                x += width + more
            yield placed

    def step_of_values(self):
        return self.pen()[1] * STEP * 1.25

    def fields_tiles(self, cells):
        for placed in self.packed(cells):
            count = max(self.lines_in(name, value, width - 6) for _, name, value, _, width in placed)
            height = 4.6 + self.step_of_values() * count + 1.6
            self.need(height + 1.5)
            for label, name, value, x, width in placed:
                x = x + self.x0 - placed[0][3]
                self.panel(x, self.y, width - 1.5, height, self.pale)
                self.s.text(x + 2, self.y + 3.4, label, self.face, max(6.5, self.size - 2), ink=self.grey, fit=width - 5)
                self.put(x + 2, self.y + 4.2 + self.pen()[1] * STEP, width - 6, name, value)
            self.y += height + 1.4

    def fields_below(self, cells):
        for placed in self.packed(cells):
            count = max(self.lines_in(name, value, width - 5) for _, name, value, _, width in placed)
            height = self.step_of_values() * count + 6.5
            self.need(height)
            for label, name, value, x, width in placed:
                x = x + self.x0 - placed[0][3]
                self.put(x + 1, self.y + self.pen()[1] * STEP + 0.6, width - 5, name, value)
                rule = self.y + self.step_of_values() * count + 1.8
                self.s.line(x, rule, x + width - 4, rule, 0.15, 110)
                self.s.text(x + 1, rule + 3, label, self.face, max(6.5, self.size - 2.5), ink=self.grey, fit=width - 5)
            self.y += height + 0.8

    def fields_heads(self, cells):
        """What is asked in the head of a table, what is answered in its only row."""
        for placed in self.packed(cells, 4):
            count = max(self.lines_in(name, value, width - 4) for _, name, value, _, width in placed)
            height = self.step_of_values() * count + 2.6
            self.need(height + 6)
            total = self.x1 - self.x0
            self.s.box(self.x0, self.y, total, 5, 0, 0, self.pale - 10)
            for label, name, value, x, width in placed:
                x = x + self.x0 - placed[0][3]
                self.s.text(x + 1.6, self.y + 3.6, label, self.face, self.size - 1.5, self.rounded, fit=width - 3)
                self.put(x + 1.6, self.y + 5.6 + self.pen()[1] * STEP, width - 4, name, value)
                if x > self.x0:
                    self.s.line(x, self.y, x, self.y + 5 + height, 0.15, 120)
            self.s.box(self.x0, self.y, total, 5 + height, 0.2, 90)
            self.y += height + 6

    def fields_inline(self, cells):
        for placed in self.packed(cells, 3, True):
            label_widths = [min(self.s.text_width(label, self.face, self.size) + 2.5, width * 0.6) for label, _, _, _, width in placed]
            count = max(self.lines_in(name, value, width - used - 3) for (_, name, value, _, width), used in zip(placed, label_widths))
            height = self.step_of_values() * count + 2
            self.need(height)
            for (label, name, value, x, width), used in zip(placed, label_widths):
                x = x + self.x0 - placed[0][3]
                base = self.y + self.pen()[1] * STEP + 0.8
                self.s.text(x, base, label, self.face, self.size, ink=self.grey, fit=used - 1)
                self.put(x + used, base, width - used - 3, name, value, True)
            self.y += height + 0.6

    def fields_zebra(self, cells):
        at = self.x0 + (self.x1 - self.x0) * 0.44
        for index, (label, name, value) in enumerate(cells):
            width = self.x1 - at - 3
            height = max(6, self.step_of_values() * self.lines_in(name, value, width) + 2.2)
            self.need(height)
            at = self.x0 + (self.x1 - self.x0) * 0.44
            if index % 2 == 0:
                self.s.box(self.x0, self.y, self.x1 - self.x0, height, 0, 0, self.pale)
            base = self.y + self.pen()[1] * STEP + 1
            self.s.text(self.x0 + 2, base, label, self.face, self.size, fit=at - self.x0 - 4)
            if self.rounded and not self.digits_of(name) and self.lines_in(name, value, width) == 1:
                family, points = self.pen()
                self.s.text(self.x1 - 2, base, value, family, points, anchor="rs", fit=width)
            else:
                self.put(at, base, width, name, value)
            self.y += height
        self.y += 1.5

    def fields_asked(self, cells):
        """A question in a line of its own, the answer in a frame under it; short ones two by two."""
        for placed in self.packed(cells, 2):
            count = max(self.lines_in(name, value, width - 8) for _, name, value, _, width in placed)
            height = self.step_of_values() * count + 2.6
            self.need(height + 7)
            for label, name, value, x, width in placed:
                x = x + self.x0 - placed[0][3]
                self.s.text(x, self.y + 3.8, label, self.face, self.size, True, fit=width - 3)
                self.panel(x, self.y + 5, width - 3, height, None, 110, 0.2)
                self.put(x + 2, self.y + 5.6 + self.pen()[1] * STEP, width - 8, name, value)
            self.y += height + 7

    def fields_plain(self, cells):
        """Label and value, one line each, as word processing does it; sometimes the value first."""
        for label, name, value in cells:
            first = self.rounded and not self.digits_of(name) and self.table_look in ("rules", "frame")
            used = min(self.s.text_width(f"{label} : ", self.face, self.size), (self.x1 - self.x0) * 0.55)
            height = self.step_of_values() * self.lines_in(name, value, self.x1 - self.x0 - used - 2) + 1.8
            self.need(height)
            base = self.y + self.pen()[1] * STEP + 0.8
            if first and self.wide(name, value) < (self.x1 - self.x0) * 0.6:
                family, points = self.pen()
                x = self.x0 + self.s.text(self.x0, base, value, family, points, not self.written) + 3
                self.s.text(x, base, f"({label.lower()})" if self.table_look == "rules" else label, self.face, self.size - 2, ink=self.grey, fit=self.x1 - x)
            else:
                self.s.text(self.x0, base, f"{label} :", self.face, self.size, fit=used - 1)
                self.put(self.x0 + used, base, self.x1 - self.x0 - used - 2, name, value)
            self.y += height

    # answers
    def checks(self, label, options, ticked):
        s, size = self.s, self.size
        if self.tick == "said":
            self.field(label or "Réponse", None, options[ticked].capitalize() if ticked >= 0 else "")
            self.flush()
            return
        widths = [s.text_width(option, self.face, size) for option in options]
        tall = {"under": 12, "over": 12, "table": 15, "tile": 9, "leaders": 6 * len(options) + 6}.get(self.tick, 8)
        self.need(tall + 8)
        x = self.x0 + 1
        if label:
            long = s.text_width(label, self.face, size) > (self.x1 - self.x0) * 0.45 or self.tick in ("table", "leaders", "tile", "under", "over")
            self.s.text(x, self.y + 4.6, label, self.face, size, self.heading in ("icon", "dark"), fit=self.x1 - self.x0 - 2)
            if long:
                self.y += 6.2
            else:
                x += s.text_width(label, self.face, size) + 5
        total = sum(widths) + 14 * len(options)
        listed = self.tick == "leaders" or total > self.x1 - x and len(options) > 1
        if listed and x > self.x0 + 1:
            self.y += 6.2
        if self.tick == "table" and total <= self.x1 - self.x0:
            self.answers_table(options, widths, ticked)
        elif listed:
            self.answers_listed(options, ticked)
        else:
            self.answers_in_line(x, options, widths, ticked)

    def answers_listed(self, options, ticked):
        for index, option in enumerate(options):
            self.need(7)
            base = self.y + 4.4
            wide = min(self.s.text_width(option, self.face, self.size), self.x1 - self.x0 - 16)
            if self.tick in ("leaders", "radio_right", "table", "under", "over"):
                self.s.text(self.x0 + 2, base, option, self.face, self.size, fit=self.x1 - self.x0 - 14)
                if self.tick == "leaders":
                    dots = int((self.x1 - self.x0 - wide - 14) / self.s.text_width(".", self.face, self.size))
                    self.s.text(self.x1 - 8, base, "." * max(0, dots), self.face, self.size, ink=self.grey, anchor="rs")
                self.box_of(self.x1 - 6, base, index == ticked)
            else:
                self.answer(self.x0 + 3, base, option, wide, index, index == ticked)
            self.y += 5.8
        self.y += 1.2

    def answers_table(self, options, widths, ticked):
        s, x, wanted = self.s, self.x0 + 1, [width + 8 for width in widths]
        for index, (option, width) in enumerate(zip(options, wanted)):
            s.box(x, self.y, width, 5.6, 0.2, 80, self.pale)
            s.text(x + width / 2, self.y + 4, option, self.face, self.size, anchor="ms", fit=width - 2)
            s.box(x, self.y + 5.6, width, 6, 0.2, 80)
            if index == ticked:
                s.text(x + width / 2, self.y + 10.2, "X", self.written or self.typed, self.size + 2, True, anchor="ms")
            x += width
        self.y += 14

    def answers_in_line(self, x, options, widths, ticked):
        base = self.y + (4.6 if self.tick not in ("tile", "over") else 6 if self.tick == "tile" else 9)
        for index, (option, width) in enumerate(zip(options, widths)):
            self.answer(x, base, option, width, index, index == ticked)
            x += width + 14
            if self.tick == "struck" and index + 1 < len(options):
                self.s.text(x - 8, base, "/", self.face, self.size)
        if self.tick == "number":
            self.s.box(self.x1 - 8, base - 4, 5.5, 5.4, 0.25)
            if ticked >= 0:
                self.s.text(self.x1 - 5.3, base, str(ticked + 1), *self.pen(), anchor="ms")
        self.y = base + {"under": 7.5, "tile": 4}.get(self.tick, 3)

    def answer(self, x, base, option, width, index, on):
        """One answer with its mark left, right, over, under or on it."""
        s, face, size, tick = self.s, self.face, self.size, self.tick
        if tick in ("tile", "pill"):
            dark = tick == "pill" and on
            self.panel(x, base - 4.6, width + 9, 6.8, 60 if dark else None, 0 if on else 170, 0.5 if on else 0.2)
            s.text(x + 6.5 if tick == "tile" else x + 4.5, base, option, face, size, ink=255 if dark else 0)
            if tick == "tile" and on:
                self.tick_sign(x + 1.6, base - 2.9, 3)
        elif tick in ("under", "over"):
            s.text(x, base, option, face, size)
            self.box_of(x + width / 2 - 1.6, base + (5 if tick == "under" else -4.4), on)
        elif tick == "radio_right":
            s.text(x, base, option, face, size)
            self.dot_of(x + width + 2, base, on)
        elif tick == "struck":
            s.text(x, base, option, face, size)
            if not on:
                s.line(x - 0.5, base - 1.2, x + width + 0.5, base - 1.3, 0.4, 20)
        elif tick == "ringed":
            s.text(x, base, option, face, size)
            if on:
                s.oval(x - 2.2, base - 4.4, width + 4.4, 6.4, 0.4, 30)
        elif tick == "number":
            s.text(x, base, f"{index + 1} = {option}", face, size)
        elif tick == "blank":
            s.text(x, base, "_X_" if on else "___", face, size)
            s.text(x + 7, base, option, face, size)
        else:
            (self.dot_of if tick == "radio" else self.box_of)(x, base, on)
            s.text(x + 5, base, option, face, size)

    def dot_of(self, x, base, on):
        self.s.oval(x, base - 3, 3.4, 3.4, 0.25)
        if on:
            self.s.draw.ellipse((px(x + 0.8), px(base - 2.2), px(x + 2.6), px(base - 0.4)), fill=0)

    def box_of(self, x, base, on):
        s, y = self.s, base - 3.1
        s.box(x, y, 3.3, 3.3, 0.25, 0 if self.tick != "cross" else 60)
        if not on:
            return
        if self.tick == "filled":
            s.box(x + 0.3, y + 0.3, 2.7, 2.7, 0, 0, 0)
        elif self.tick == "slash":
            s.line(x - 0.6, y + 3.9, x + 3.9, y - 0.6, 0.5)
        elif self.tick == "hand":
            self.tick_sign(x, y, 4)
        else:
            out = self.rng.choice((-0.5, 0.2, 0.9))
            s.line(x - out, y - out, x + 3.3 + out, y + 3.3 + out, 0.4)
            s.line(x + 3.3 + out, y - out, x - out, y + 3.3 + out, 0.4)

    def tick_sign(self, x, y, size):
        self.s.line(x, y + size * 0.5, x + size * 0.4, y + size * 0.85, 0.55)
        self.s.line(x + size * 0.4, y + size * 0.85, x + size * 1.1, y - size * 0.2, 0.55)

    # tables
    def table(self, rest):
        titles, _, rows = rest.partition("=")
        cells = [[self.filled(cell.strip()) for cell in row.split(";")] for row in rows.split("|")]
        self.grid([self.filled(title.strip()) for title in titles.split(";")], cells)

    def grid(self, titles, cells):
        family, points = self.pen()
        total, points, head = self.x1 - self.x0, points - 0.5, self.size - 1
        wanted = [max([self.s.text_width(title, self.face, head, True), 8.0] + [self.s.text_width(line[column], family, points) for line in cells if column < len(line)]) + 5 for column, title in enumerate(titles)]
        if sum(wanted) > total * 1.3 and len(cells) == 1:  # too wide: one under the other
            for title, cell in zip(titles, cells[0]):
                self.field(title, None, cell)
            self.flush()
            return
        height, widths = (7.2 if self.written else 6.2), [width * total / sum(wanted) for width in wanted]
        self.need(height * (len(cells) + 1) + 4)
        s, top = self.s, self.y + 1
        self.table_grounds(top, height, len(cells))
        x = self.x0
        for column, (title, width) in enumerate(zip(titles, widths)):
            right = self.table_look in ("rules", "zebra") and all(re.fullmatch(r"(-?[\d ]+,\d\d( [€%])?)?", line[column]) for line in cells if column < len(line))
            s.text(x + width - 2 if right else x + 2, top + height - 2, title, self.face, head, True, 255 if self.table_look == "dark" else 0, "rs" if right else "ls", fit=width - 3)
            for row, line in enumerate(cells):
                if column < len(line):
                    s.text(x + width - 2 if right else x + 2, top + height * (row + 2) - 2, line[column], family, points, anchor="rs" if right else "ls", fit=width - 3)
            if column and self.table_look in ("frame", "pale"):
                s.line(x, top, x, top + height * (len(cells) + 1), 0.15, 130)
            x += width
        self.y = top + height * (len(cells) + 1) + 2

    def table_grounds(self, top, height, count):
        s, total = self.s, self.x1 - self.x0
        if self.table_look in ("pale", "dark"):
            s.box(self.x0, top, total, height, 0, 0, 75 if self.table_look == "dark" else self.pale - 12)
        for row in range(1, count + 1):
            if self.table_look == "zebra" and row % 2:
                s.box(self.x0, top + height * row, total, height, 0, 0, self.pale)
            elif self.table_look != "zebra":
                s.line(self.x0, top + height * row, self.x1, top + height * row, 0.15, 130)
        if self.table_look in ("frame", "pale"):
            s.box(self.x0, top, total, height * (count + 1), 0.2, 110)
        elif self.table_look == "rules":
            s.line(self.x0, top + height * (count + 1), self.x1, top + height * (count + 1), 0.4, 40)

    # signatures and stamps
    def signatures(self, labels):
        if self.style in ("zebra", "heads") and not self.written and len(labels) == 1 and self.rng.random() < 0.3:
            name = self.named(self.signer(labels[0]))
            self.paragraph(f"Signé électroniquement par {name} - empreinte {self.rng.randrange(16**10):010X}", points=7.5)
            return
        width = (self.x1 - self.x0) / max(1 if self.x1 - self.x0 < 110 else 2, len(labels))
        self.need(31)
        for index, label in enumerate(labels):
            x = self.x0 + width * index if len(labels) > 1 or self.table_look == "dark" else self.x1 - width
            if self.heading in ("band", "pill", "icon"):
                self.panel(x, self.y + 1, width - 2, 28, None, 150, 0.2)
            self.s.text(x + 2, self.y + 5, label, self.face, self.size - 1, ink=self.grey, fit=width - 5)
            self.signed(x + 2, width - 6, self.signer(label))
        self.y += 31

    def signer(self, label):
        label = label.lower()
        if not label or any(word in label for word in self.words.DOCTOR_SIGNS):
            return "doctor"
        return "firm" if any(word in label for word in self.words.FIRM_SIGNS) else "other" if any(word in label for word in self.words.OTHER_SIGNS) else "insured"

    def named(self, who):
        known = {"doctor": self.values["doctor_name"], "insured": self.person.full}
        return known.get(who) or f"{self.rng.choice('ABCDEFGJLMP')}. {self.rng.choice(self.words.SURNAMES)}"

    def signed(self, x, width, who):
        rng, v = self.rng, self.values
        if who in ("doctor", "firm") and rng.random() < 0.55 and width > 30:
            self.stamp(x, self.y + 7, min(width, 52), [v["doctor"], v["doctor_street"], v["doctor_town"]] if who == "doctor" else [v["firm"], v["firm_street"], v["firm_town"]])
            x += width * 0.2
        if rng.random() < 0.85:
            self.s.text(x + 2, self.y + 24, self.named(who), rng.choice(installed(self.signs)), 19, ink=40, fit=width * 0.7)

    def stamp(self, x, y, width, lines):
        """Inked a little askew."""
        picture = Image.new("L", (px(width), px(17)), 255)
        draw, frame = ImageDraw.Draw(picture), self.rng.random() < 0.5
        if frame:
            draw.rounded_rectangle((4, 4, picture.width - 5, picture.height - 5), radius=12, outline=70, width=4)
        for index, line in enumerate(lines):
            points = 9 if not index else 7
            while font("nimbus-sans", not index, points).getlength(line) > picture.width - 30 and points > 5:
                points -= 0.5
            draw.text((picture.width / 2, px(5.4 + 4.2 * index)), line, font=font("nimbus-sans", not index, points), fill=60, anchor="ms")
        picture = picture.rotate(self.rng.uniform(-4, 4), Image.BICUBIC, fillcolor=255)
        at = (px(x), px(y))
        under = self.s.image.crop((*at, at[0] + picture.width, at[1] + picture.height))
        self.s.image.paste(ImageChops.darker(under, picture), at)

    def window(self):
        self.need(26)
        x = self.x1 - 78 if self.x1 - self.x0 > 110 else self.x0
        for line in self.person.address:
            self.y += 4.8
            self.s.text(x, self.y, line, self.face, 10, fit=self.x1 - x)
        self.y += 6

    # drawings
    def icon(self, x, y, kind, size):
        s, unit, ink = self.s, size / 10, 70
        if kind == "person":
            s.draw.ellipse([px(at) for at in (x + 3 * unit, y + unit, x + 7 * unit, y + 5 * unit)], fill=ink)
            s.draw.pieslice([px(at) for at in (x + unit, y + 5.5 * unit, x + 9 * unit, y + 14 * unit)], 180, 360, fill=ink)
        elif kind == "house":
            s.draw.polygon([px(at) for at in (x, y + 5 * unit, x + 5 * unit, y + unit, x + 10 * unit, y + 5 * unit)], fill=ink)
            s.box(x + 2 * unit, y + 5 * unit, 6 * unit, 4.5 * unit, 0, 0, ink)
        elif kind == "calendar":
            s.box(x + unit, y + 2 * unit, 8 * unit, 7.5 * unit, 0.3, ink)
            s.box(x + unit, y + 2 * unit, 8 * unit, 2 * unit, 0, 0, ink)
        elif kind == "letter":
            s.box(x, y + 2 * unit, 10 * unit, 7 * unit, 0.3, ink)
            s.line(x, y + 2 * unit, x + 5 * unit, y + 6 * unit, 0.3, ink)
            s.line(x + 10 * unit, y + 2 * unit, x + 5 * unit, y + 6 * unit, 0.3, ink)
        elif kind == "sheet":
            s.box(x + 2 * unit, y + 0.5 * unit, 6.5 * unit, 9 * unit, 0.3, ink)
            for row in (3, 5, 7):
                s.line(x + 3.2 * unit, y + row * unit, x + 7.2 * unit, y + row * unit, 0.3, ink)
        elif kind == "cross":
            s.box(x + 3.5 * unit, y + unit, 3 * unit, 8.5 * unit, 0, 0, ink)
            s.box(x + 0.8 * unit, y + 3.7 * unit, 8.4 * unit, 3 * unit, 0, 0, ink)
        else:
            s.draw.rounded_rectangle([px(at) for at in (x + 3 * unit, y + 0.5 * unit, x + 7.5 * unit, y + 9.5 * unit)], radius=px(unit), outline=ink, width=px(0.35))

    def drawn(self, what):
        self.need(70)
        s, rng, x, y = self.s, self.rng, self.x0 + 4, self.y + 4
        width, height = min(self.x1 - self.x0 - 8, 150), 60
        if what == "chart":
            for index in range(6):
                tall = rng.uniform(8, 50)
                s.box(x + index * 14, y + height - tall, 9, tall, 0, 0, 130)
            s.line(x - 3, y + height, x + 88, y + height, 0.4)
        elif what == "map":
            for _ in range(7):
                s.line(x + rng.uniform(0, width), y, x + rng.uniform(0, width), y + height, rng.choice((0.3, 1.2)), 90)
                s.line(x, y + rng.uniform(0, height), x + width, y + rng.uniform(0, height), 0.4, 120)
        elif what == "burst":
            points = [(px(x + 40 + math.cos(step * math.pi / 12) * (30 if step % 2 else 20)), px(y + 30 + math.sin(step * math.pi / 12) * (28 if step % 2 else 18))) for step in range(24)]
            s.draw.polygon(points, outline=0, fill=200)
            s.text(x + 40, y + 33, rng.choice(("-30 %", "PROMO", "GRATUIT")), self.face, 16, True, anchor="ms", fit=34)
        else:
            for _ in range(rng.randrange(4, 9)):
                cx, cy, wide = rng.uniform(0, width - 30), rng.uniform(0, height - 20), rng.uniform(8, 30)
                rng.choice((lambda: s.oval(x + cx, y + cy, wide, wide * 0.7, 0.6, 60), lambda: s.line(x + cx, y + cy, x + cx + wide, y + cy + wide * 0.6, 0.7, 60), lambda: s.box(x + cx, y + cy, wide, wide * 0.6, 0.6, 60)))()
        self.y = y + height + 5
