"""How the first mail to tune rules on looks: cells that flow, labels over, under or behind their values, side bars, columns, ticks of many kinds.

Rows understand more than wording tells of:
    {=name}         in words of a paragraph: the value itself, which then stands on the paper
    {=nature}       initial or prolongation, in words; {=motif} likewise
    !words|words    a small heading
    ^words|words    fine print
    ||              what follows stands in a second column, to the end of the section
    <               name and address of the insured, as in the window of an envelope
"""

import re

from PIL import Image, ImageDraw

from invented import KINDS
from layout import STEP, Layout
from people import MONTHS, caisse_address, fr, fr_long, grouped
from sheet import font, installed, px
from wording import one_of

DAYS = "lundi mardi mercredi jeudi vendredi samedi dimanche".split()
VALUE = re.compile(r"\{=(\w+)\}")
FROM, TO = "\x01", "\x02"  # around a value within a sentence: it is in the hand of who fills in


def dotted(day):
    return f"{day:%d.%m.%Y}"


def dashed(day):
    return f"{day:%d-%m-%Y}"


def spaced(day):
    return f"{day:%d %m %Y}"


def weekday(day):
    return f"{DAYS[day.weekday()]} {fr_long(day)}"


def capital(day):
    return f"{day.day} {MONTHS[day.month - 1].upper()} {day.year}"


class TunedALayout(Layout):
    families = ("nimbus-sans", "nimbus-sans", "nimbus-roman", "nimbus-mono", "carlito", "lato", "bookman")
    hands, signs = ("hand-delphine", "hand-steve"), ("sign-chancery",)
    date_forms = (fr, fr, fr, dashed, dotted, spaced, fr_long, fr_long, weekday, capital)
    numbered, mixed = 0.5, 0.35

    def choose(self):
        rng = self.rng
        side = rng.choice((10, 14, 18, 22))
        self.margins = (side, rng.choice((10, 14, side)))
        self.style = rng.choice(("above", "above", "below", "cells", "cells", "leaders", "listed", "behind", "ruled", "running"))
        self.heading = rng.choice(("tab", "bar", "number", "spaced", "frame", "frame", "side", "plain", "box"))
        self.tick = rng.choice(("cross", "ballot", "check", "filled", "after", "circled", "struck", "paren", "bare", "said"))
        self.table_look = rng.choice(("head", "zebra", "rules", "double", "bare"))
        self.logo = rng.choice(("disc", "bars", "leaf", "square", None, None))
        self.comb_cells = rng.choice((None, None, "boxes", "strip"))
        self.nir_form = rng.choice((
            lambda n: grouped(n, 1, 2, 2, 2, 3, 3, 2), lambda n: grouped(n, 13, 2), lambda n: n, lambda n: f"{n[:13]}-{n[13:]}", lambda n: f"{grouped(n[:13], 1, 2, 2, 2, 3)} clé {n[13:]}",
            lambda n: f"{grouped(n[:13], 1, 2, 2, 2, 3)} / {n[13:]}", lambda n: f"{n[:13]} ({n[13:]})", lambda n: ".".join(grouped(n[:13], 1, 2, 2, 2, 3).split()) + f" {n[13:]}"))
        self.day_form = rng.choice(self.date_forms)
        self.grey = rng.choice((0, 0, 60, 90))
        self.gap = rng.uniform(1.5, 9) if rng.random() < 0.6 else rng.uniform(1.5, 4)
        self.align = rng.choice(("left", "middle", "right"))
        self.framed = rng.random() < 0.15
        self.cells, self.told = [], set()
        v = self.values
        self.slots |= {"town": v["town"][6:].title(), "firm_town": v["firm_town"], "doctor_town": v["doctor_town"][6:].title()}

    # values
    def shown(self, name):
        value = self.values[name]
        if KINDS.get(name) == "nir":
            return self.nir_form(value)
        if hasattr(value, "isoformat"):
            return (self.day_form if self.rng.random() < 0.8 else self.rng.choice(self.date_forms))(value)
        if name == "amount":
            form = self.rng.choice(("{} €", "{} EUR", "{}", "{} euros", "{}€"))
            return form.format(value.replace(".", ",") if len(value) < 7 or self.rng.random() < 0.5 else f"{value[:-6]} {value[-6:].replace('.', ',')}")
        if name == "siret":
            return self.rng.choice((value, grouped(value, 9, 5), grouped(value, 3, 3, 3, 5)))
        return super().shown(name)

    def value_within(self, match):
        name = match[1]
        if name in ("nature", "motif"):
            self.told.add(name)
            return self.rng.choice(self.words.TOLD[getattr(self, name)])
        self.note(name)
        return f"{FROM}{self.shown(name)}{TO}"

    def filled(self, text):
        return super().filled(VALUE.sub(self.value_within, text).replace(FROM, "").replace(TO, "") if "{=" in text else text)

    def marked(self, text):
        """Filled, with the values marked."""
        return super().filled(VALUE.sub(self.value_within, text))

    # a whole paper
    def page(self, size_mm=(210, 297)):
        super().page(size_mm)
        if self.framed and size_mm[1] > 200:
            self.s.box(5, 5, size_mm[0] - 10, size_mm[1] - 10, 0.3, 120)
            self.y, self.bottom = 13.0, size_mm[1] - 18

    def paper(self, paper, volet=None):
        super().paper(paper, volet)
        self.motif = self.motif if "motif" in self.told else None
        self.nature = self.nature if "nature" in self.told else None
        return self.sheets

    def choice(self, rest):
        label, _, options = rest.partition(":")
        what = label.strip("* ") if label.startswith("*") else None
        if what:
            self.told.add(what)
            options = [option.strip() for option in options.split("/")]
            ticked = int(self.nature != "initial") if what == "nature" else int(self.motif != "maladie")
            self.checks(self.rng.choice(("", "", self.rng.choice({"nature": self.words.NATURE, "motif": self.words.MOTIF}[what]))), options, ticked)
        else:
            super().choice(rest)

    def turned(self, x, y, text, degrees, family, points, bold=False, ink=0):
        """Text at an angle; x, y is the upper left corner of what it covers. Gives its size in mm."""
        face = font(family, bold, points)
        mask = Image.new("L", (round(face.getlength(text)) + 4, round(points * 300 / 72 * 1.4)), 0)
        ImageDraw.Draw(mask).text((2, round(mask.height * 0.75)), text, font=face, fill=255, anchor="ls")
        mask = mask.rotate(degrees, Image.BICUBIC, expand=True)
        self.s.image.paste(ink, (px(x), px(y)), mask)
        return mask.width * 25.4 / 300, mask.height * 25.4 / 300

    def drawn_logo(self, x, y):
        s, rng = self.s, self.rng
        if self.logo == "disc":
            s.draw.ellipse((px(x), px(y), px(x + 12), px(y + 12)), fill=90)
            s.draw.ellipse((px(x + 3), px(y + 3), px(x + 15), px(y + 15)), outline=30, width=px(0.8))
        elif self.logo == "bars":
            for i in range(4):
                s.box(x + 3.4 * i, y + 9 - 3 * i, 2.4, 3 + 3 * i, 0, 0, 60 + 35 * i)
        elif self.logo == "leaf":
            s.draw.chord((px(x), px(y), px(x + 14), px(y + 14)), 200, 20, fill=120)
            s.draw.chord((px(x), px(y + 2), px(x + 14), px(y + 16)), 20, 200, fill=50)
        else:
            s.box(x, y, 12, 12, 0.8, 40)
            s.box(x + 3, y + 3, 6, 6, 0, 0, rng.choice((0, 110, 160)))

    def cerfa(self, paper):
        """The official number, in one of the places and ways that printers and programs have for it."""
        rng, s, version = self.rng, self.s, self.rng.randrange(1, 12)
        shown = rng.choice((f"N° {paper.cerfa}*{version:02d}", f"cerfa n° {paper.cerfa}*{version:02d}", f"Cerfa {paper.cerfa}-{version:02d}", f"n° {paper.cerfa} * {version:02d}"))
        where = rng.choice(("badge", "badge", "right", "foot"))
        if where == "badge":
            s.draw.rounded_rectangle((px(self.x0), px(8), px(self.x0 + 24), px(17)), radius=px(4), outline=0, width=px(0.5))
            s.text(self.x0 + 12, 14.6, "cerfa", self.face, 13, True, anchor="ms")
            s.text(self.x0, 21.5, shown, self.face, 8.5, anchor="ls")
            self.y = max(self.y, 25)
        elif where == "right":
            s.text(self.x1, 12, shown, self.face, 9, True, anchor="rs")
            if paper.s_number:
                s.text(self.x1, 16, f"{paper.s_number}{rng.choice('abcdeh')}", self.face, 8, anchor="rs")
            self.y = max(self.y, 18)
        else:
            s.text(self.x0, s.height - 8.5, f"{shown}   {paper.s_number}", self.face, 7.5)

    def told_volet(self, words):
        """What leaf it is, where it is out of the way of all else."""
        s, where = self.s, self.rng.choice(("corner", "foot", "band"))
        if where == "corner":
            width = s.text_width(words, self.face, 8, True) + 4
            s.box(self.x1 - width, 4.5, width, 5.2, 0.3)
            s.text(self.x1 - 2, 8.3, words, self.face, 8, True, anchor="rs")
            self.y = max(self.y, 13)
        elif where == "foot":
            s.text(s.width / 2, s.height - 8.5, words, self.face, 8.5, True, anchor="ms", fit=s.width - 120)
        else:
            self.turned(s.width - 7.6, s.height * 0.3, words, self.rng.choice((90, 270)), self.face, 8, True)

    def top(self, paper, title):
        rng, s = self.rng, self.s
        if self.official:
            self.cerfa(paper)
        if paper.volets and self.volet:
            self.told_volet(self.filled(one_of(rng, paper.volets[self.volet - 1])))
        if paper.heads:
            self.issuer(self.filled(rng.choice(paper.heads)))
        elif paper.cerfa and not self.official and rng.random() < 0.5:
            s.text(self.x1, self.y + 1, rng.choice(self.words.PROGRAMS).format(sent=self.slots["sent"]), self.face, 6.5, ink=80, anchor="rs")
            self.y += 4
        if paper.addressed and rng.random() < paper.addressed:
            self.y += 5
            for line in caisse_address(self.values["caisse"]):
                s.text(self.x1 - 82, self.y, line, self.face, 10, fit=82)
                self.y += 4.6
        if title:
            self.title(title)
        for text in paper.notes:
            if rng.random() < 0.5:
                self.paragraph(self.filled(text), points=6.5)

    def issuer(self, head):
        """Who it comes from: beside a logo, in a band, or in the middle over a rule."""
        s, rng, points = self.s, self.rng, self.rng.choice((10.5, 12, 13))
        parts = [part.strip() for part in head.split(" - ")]
        if self.logo:
            self.drawn_logo(self.x0, self.y)
            x, anchor = self.x0 + 19, "ls"
        elif rng.random() < 0.3 and not self.framed:
            s.box(0, self.y - 2, s.width, 9, 0, 0, 60)
            s.text(self.x0, self.y + 4, parts[0], self.face, points, True, 255, fit=self.x1 - self.x0)
            parts, x, anchor = parts[1:], self.x0, "ls"
            self.y += 9
        else:
            x, anchor = ((self.x0 + self.x1) / 2, "ms") if rng.random() < 0.5 else (self.x0, "ls")
        top = self.y
        for index, part in enumerate(parts):
            self.y += 4.8
            s.text(x, self.y, part, self.face, points if not index else 8.5, not index, anchor=anchor, fit=self.x1 - self.x0 - 20)
        self.y = max(self.y + 4, top + (16 if self.logo else 0))

    def title(self, title):
        rng, s = self.rng, self.s
        points = rng.choice((12, 13, 15, 17))
        title = title.upper() if rng.random() < 0.35 else title
        lines = s.wrap(title, (self.x1 - self.x0) * 0.86, self.face, points * 1.15)
        look, step = rng.choice(("plain", "plain", "box", "band", "under")), points * STEP * 1.35
        x, anchor = {"left": (self.x0 + 2, "ls"), "middle": ((self.x0 + self.x1) / 2, "ms"), "right": (self.x1 - 2, "rs")}[self.align]
        self.y += 3
        height = step * len(lines) + 3
        if look == "box":
            s.box(self.x0, self.y, self.x1 - self.x0, height, 0.5, self.grey)
        elif look == "band":
            s.box(self.x0, self.y, self.x1 - self.x0, height, 0, 0, 222)
        for line in lines:
            self.y += step
            s.text(x, self.y, line, self.face, points, True, anchor=anchor, fit=self.x1 - self.x0 - 4)
        self.y += 4.5
        if look == "under":
            s.line(self.x0, self.y - 1.5, self.x1, self.y - 1.5, 0.6, self.grey)

    def continued(self):
        if self.rng.random() < 0.5:
            self.s.text(self.x0, 9, self.rng.choice(("suite", "2/2", "- 2 -")), self.face, 7.5)

    def foot(self, paper):
        if paper and paper.cerfa and self.rng.random() < 0.5:
            self.small_print()
        if paper and self.official and paper.s_number and self.rng.random() < 0.6:
            number = self.rng.choice((f"{paper.s_number}{self.rng.choice('abcdegh')}", f"Réf. {paper.s_number[0]} {paper.s_number[1:]}"))
            self.s.text(self.s.width - 14, self.s.height - 8.5, number, self.face, 8, True, anchor="rs")

    def small_print(self):
        """What printers put under a form: a frame for the caisse, conditions."""
        rng, s = self.rng, self.s
        lines = [line for text in rng.sample(self.words.FINE, rng.randrange(1, 4)) for line in s.wrap(text, self.x1 - self.x0 - 2, self.face, 6.5)]
        frame = 16 if rng.random() < 0.4 else 0
        top = self.bottom - 3.2 * len(lines) - frame - 4
        if self.y > top:
            return
        if frame:
            s.box(self.x0, top, self.x1 - self.x0, frame - 2, 0.3, self.grey, 240)
            s.text(self.x0 + 2, top + 4, rng.choice(self.words.FRAMES), self.face, 7.5)
        for index, line in enumerate(lines):
            s.text(self.x0 + 1, top + frame + 3 + 3.2 * index, line, self.face, 6.5, ink=self.grey)

    # sections
    def section(self, heading, rows, index):
        self.y += self.gap
        start, edges = len(self.sheets), (self.x0, self.x1)
        heading = self.filled(heading) if heading else ""
        self.need(26 if heading else 12)
        if self.y < 20:
            start = len(self.sheets)
        top = self.y
        if heading:
            self.opened(heading, index)
        self.columns(rows)
        if len(self.sheets) == start:
            if heading and self.heading == "frame":
                self.y += 2
                self.s.draw.rounded_rectangle((px(edges[0]), px(top + 2), px(edges[1]), px(self.y)), radius=px(1.5), outline=self.grey, width=px(0.3))
                width = self.s.text_width(heading, self.face, 9, True)
                self.s.box(edges[0] + 5, top + 0.5, min(width + 3, edges[1] - edges[0] - 8), 3.5, 0, 0, 255)
                self.s.text(edges[0] + 6.5, top + 3.4, heading, self.face, 9, True, fit=edges[1] - edges[0] - 11)
            elif heading and self.heading == "side" and self.s.width > 160:
                self.y = max(self.y, top + 12)
                self.s.box(edges[0], top, 31, self.y - top, 0, 0, 220)
                for line, words in enumerate(self.s.wrap(heading, 28, self.face, 9.6)[:5]):
                    self.s.text(edges[0] + 1.5, top + 5 + 4.2 * line, words, self.face, 9, True, fit=28.5)
                self.s.line(edges[0], self.y + 0.6, edges[1], self.y + 0.6, 0.2, 140)
                self.y += 1
        margins = (9, 9) if self.s.width < 160 else self.margins
        self.x0, self.x1 = margins[0], self.s.width - margins[1]

    def opened(self, heading, index):
        s, y, x0, x1 = self.s, self.y, self.x0, self.x1
        if self.heading == "frame":
            self.y, self.x0, self.x1 = y + 5.5, x0 + 2.5, x1 - 2.5
        elif self.heading == "side" and s.width > 160:
            self.x0 = x0 + 34
        elif self.heading == "tab":
            width = min(s.text_width(heading, self.face, 9, True) + 6, x1 - x0)
            s.box(x0, y, width, 5.6, 0, 0, 100)
            s.text(x0 + 3, y + 4.1, heading, self.face, 9, True, 255, fit=width - 5)
            s.line(x0, y + 5.6, x1, y + 5.6, 0.3, 100)
            self.y = y + 7.5
        elif self.heading == "bar":
            s.box(x0, y + 0.5, 1.6, 5, 0, 0, 40)
            s.text(x0 + 4, y + 4.4, heading, self.face, 10.5, True, fit=x1 - x0 - 5)
            self.y = y + 7
        elif self.heading == "number":
            s.draw.ellipse((px(x0), px(y), px(x0 + 5.6), px(y + 5.6)), fill=50)
            s.text(x0 + 2.8, y + 4.2, str(index + 1), self.face, 9, True, 255, "ms")
            s.text(x0 + 8, y + 4.3, heading, self.face, 10, True, fit=x1 - x0 - 9)
            self.y = y + 7.5
        elif self.heading == "spaced":
            s.text((x0 + x1) / 2, y + 4.5, "- " + heading.upper() + " -", self.face, 9, anchor="ms", fit=x1 - x0)
            self.y = y + 7
        elif self.heading == "box":
            s.box(x0, y, x1 - x0, 6, 0.25, self.grey)
            s.text(x0 + 2, y + 4.4, heading.upper(), self.face, 8.5, True, fit=x1 - x0 - 4)
            self.y = y + 8
        else:
            width = s.text(x0 + 1, y + 4.3, heading, self.face, 10, True, fit=x1 - x0 - 2)
            s.line(x0 + 1, y + 5.2, x0 + 1 + width, y + 5.2, 0.25)
            self.y = y + 7

    def columns(self, rows):
        if "||" not in rows or self.s.width < 160:
            self.lines([row for row in rows if row != "||"])
            return
        at = rows.index("||")
        self.need(30 + 9 * max(at, len(rows) - at))
        x0, x1, top, start = self.x0, self.x1, self.y, len(self.sheets)
        self.x1 = (x0 + x1) / 2 - 2.5
        self.lines(rows[:at])
        if len(self.sheets) == start:
            ended, self.y, self.x0, self.x1 = self.y, top, (x0 + x1) / 2 + 2.5, x1
            self.lines(rows[at + 1:])
            if len(self.sheets) == start:
                self.y = max(ended, self.y)
            self.x0 = x0
        else:
            self.lines(rows[at + 1:])

    def lines(self, rows):
        for row in rows:
            if row[0] in "§?#~!^<":
                self.flush()
            if row[0] == "§":
                self.paragraph(self.marked(one_of(self.rng, row[1:])))
            elif row[0] == "!":
                self.need(14)
                self.y += 4.6
                self.s.text(self.x0 + 1, self.y, self.filled(one_of(self.rng, row[1:])), self.face, self.size, True, fit=self.x1 - self.x0 - 2)
                self.y += 1.5
            elif row[0] == "^":
                self.paragraph(self.marked(one_of(self.rng, row[1:])), points=6.5)
            elif row[0] == "<":
                self.addressee()
            else:
                self.row(row)
        self.flush()

    def addressee(self):
        """The insured, where the window of the envelope shows them."""
        self.need(26)
        x = self.x1 - 80 if self.x1 - self.x0 > 110 else self.x0 + 2
        self.y += 5
        for line in self.person.address:
            self.s.text(x, self.y, line, self.face, 10, fit=self.x1 - x)
            self.y += 4.8
        self.y += 4

    def paragraph(self, text, family=None, points=None, leading=1.35):
        """Values within, where they are marked, in the face they are filled in with."""
        family, points, s = family or self.face, points or self.size, self.s
        pen, pen_points = self.pen() if FROM in text else (family, points)
        if pen_points > points + 1:
            leading = 1.75
        tokens = []
        for index, part in enumerate(re.split(f"[{FROM}{TO}]", text)):
            value = index % 2 == 1
            words = [part] if value and s.text_width(part, pen, pen_points) < (self.x1 - self.x0) * 0.5 else part.split()
            for at, word in enumerate(words):
                glued = not at and bool(tokens) and not value and not part.startswith(" ")
                tokens.append((word, value, glued))
        space, x, step = max(s.text_width(" ", family, points), points * STEP * (0.45 if family == self.written else 0.2)), None, points * STEP * leading
        for word, value, glued in tokens:
            face, size = (pen, pen_points) if value else (family, points)
            width = s.text_width(word, face, size)
            if x is None or (x + width > self.x1 - 1 and not glued):
                self.need(step)
                self.y += step
                x = self.x0 + 1
            elif not glued:
                x += space
            self.s.text(x, self.y, word, face, size)
            x += width
        self.y += 1.8

    # fields
    def field(self, label, name, value):
        self.cells.append((self.filled(label), name, value))

    def flush(self):
        cells, self.cells = self.cells, []
        if cells:
            getattr(self, "fields_" + self.style)(cells)

    def comb_of(self, name):
        """Digits for cells, where this document has cells for them."""
        if not self.comb_cells or not name:
            return None
        if KINDS.get(name) in ("nir", "siret", "rpps", "finess"):
            return self.values[name]
        return f"{self.values[name]:%d%m%Y}" if name.endswith("_date") else None

    def packed(self, cells, extra=7.0, over=True):
        """Lines of (label, name, value, x, width): as many cells on a line as it has room for."""
        s, total = self.s, self.x1 - self.x0
        family, points = self.pen()
        lines, line, used = [], [], 0.0
        for label, name, value in cells:
            digits = self.comb_of(name)
            value_width = len(digits) * 4.4 + 3 if digits else s.text_width(value, family, points)
            label_width = s.text_width(label, self.face, self.size - 1.5 if over else self.size)
            width = min(total, (max(label_width, value_width) if over else label_width + value_width) + extra)
            if line and (used + width > total or len(line) == 3):
                lines.append((line, used))
                line, used = [], 0.0
            line.append((label, name, value, width))
            used += width
        lines.append((line, used))
        for line, used in lines:
            x, more, placed = self.x0, (total - used) / len(line), []
            for label, name, value, width in line:
                placed.append((label, name, value, x, width + more))
                x += width + more
            yield placed

    def put(self, x, base, width, name, value):
        """The value, in cells of its own or as words; in two lines where it must."""
        s, digits, (family, points) = self.s, self.comb_of(name), self.pen()
        if digits and len(digits) * 4.4 <= width:
            for index, sign in enumerate(digits):
                if self.comb_cells == "boxes":
                    s.box(x + 4.4 * index, base - 4, 4, 5.2, 0.15, 110)
                else:
                    s.line(x + 4.4 * index - 0.2, base + 1.2, x + 4.4 * index - 0.2, base - 1, 0.15, 110)
                s.text(x + 4.4 * index + 2, base, sign, family, points, anchor="ms")
            if self.comb_cells == "strip":
                s.line(x - 0.2, base + 1.2, x + 4.4 * len(digits) - 0.2, base + 1.2, 0.2, 110)
            return base
        for index, line in enumerate(s.wrap(value, width, family, points)[:2]):
            base += points * STEP * 1.15 if index else 0
            s.text(x, base, line.replace(" ", "  ") if self.written else line, family, points, fit=width)
        return base

    def fields_above(self, cells):
        for placed in self.packed(cells):
            self.need(14)
            low = self.y
            for label, name, value, x, width in placed:
                self.s.text(x + 1, self.y + 3, label, self.face, self.size - 1.5, ink=self.grey, fit=width - 2)
                low = max(low, self.put(x + 1, self.y + 8.2, width - 4, name, value))
            self.y = low + 2 + self.gap * 0.3

    def fields_below(self, cells):
        for placed in self.packed(cells):
            self.need(16)
            low = max(self.put(x + 1, self.y + 5, width - 4, name, value) for _, name, value, x, width in placed)
            for label, _, _, x, width in placed:
                self.s.line(x + 1, low + 1.5, x + width - 3, low + 1.5, 0.15, 100)
                self.s.text(x + 1, low + 4.4, label if self.align == "left" else label.upper(), self.face, self.size - 2.5, fit=width - 4)
            self.y = low + 6 + self.gap * 0.3

    def fields_cells(self, cells):
        for placed in self.packed(cells):
            self.need(16)
            low = self.y + 8
            for label, name, value, x, width in placed:
                self.s.text(x + 1.2, self.y + 3, label, self.face, self.size - 2, fit=width - 2)
                low = max(low, self.put(x + 2, self.y + 8, width - 4, name, value))
            for *_, x, width in placed:
                self.s.box(x, self.y, width, low + 2 - self.y, 0.2, self.grey)
            self.y = low + 2

    def fields_leaders(self, cells):
        for placed in self.packed(cells, 9, False):
            self.need(12)
            low = self.y
            for label, name, value, x, width in placed:
                used = self.s.text(x + 1, self.y + 5.5, label, self.face, self.size, fit=width * 0.7) + 2.5
                end = x + width - 3
                low = max(low, self.put(x + 1 + used, self.y + 5.5, width - used - 4, name, value))
                at = x + 1 + used
                while at < end and not self.comb_of(name):
                    self.s.box(at, self.y + 6.7, 0.25, 0.25, 0, 0, 70)
                    at += 1.3
            self.y = low + 2.5 + self.gap * 0.3

    def fields_listed(self, cells):
        """Labels that end where values begin."""
        at = self.x0 + (self.x1 - self.x0) * 0.38
        for label, name, value in cells:
            self.need(12)
            self.s.text(at - 2, self.y + 5, f"{label} :", self.face, self.size, anchor="rs", fit=at - self.x0 - 2)
            self.y = self.put(at, self.y + 5, self.x1 - at - 1, name, value) + 1 + self.gap * 0.2

    def fields_behind(self, cells):
        """The value first, what it is after it in brackets."""
        for label, name, value in cells:
            self.need(12)
            if self.comb_of(name):
                self.put(self.x0 + 1, self.y + 5, self.x1 - self.x0, name, value)
                width = len(self.comb_of(name)) * 4.4
            else:
                family, points = self.pen()
                width = self.s.text(self.x0 + 1, self.y + 5, value, family, points, fit=(self.x1 - self.x0) * 0.68)
            width = min(width, (self.x1 - self.x0) * 0.68) if not self.comb_of(name) else width
            self.s.text(self.x0 + 4 + width, self.y + 5, f"({label})", self.face, self.size - 1.5, ink=self.grey, fit=max(20, self.x1 - self.x0 - width - 5))
            self.y += 6.5 + self.gap * 0.3

    def fields_ruled(self, cells):
        """A table of two columns."""
        s, at = self.s, self.x0 + (self.x1 - self.x0) * 0.42
        for label, name, value in cells:
            self.need(12)
            s = self.s
            low = self.put(at + 2, self.y + 4.8, self.x1 - at - 3, name, value) + 2
            s.text(self.x0 + 1.5, self.y + 4.8, label, self.face, self.size, fit=at - self.x0 - 3)
            s.box(self.x0, self.y, self.x1 - self.x0, low - self.y, 0.15, 90)
            s.line(at, self.y, at, low, 0.15, 90)
            self.y = low

    def fields_running(self, cells):
        """One sentence after another, as programs set them."""
        self.paragraph(self.rng.choice((" ; ", " - ", "   ")).join(f"{label} : {FROM}{value}{TO}" for label, _, value in cells), leading=1.5)

    # boxes to tick
    def checks(self, label, options, ticked):
        self.flush()
        self.need(8)
        options = [self.filled(option) for option in options]
        if self.tick == "said":
            words = f"{self.filled(label)} : {FROM}{options[ticked]}{TO}" if label else f"{FROM}{options[ticked].capitalize()}{TO}"
            self.paragraph(words)
            return
        x, size = self.x0 + 1, self.size
        self.y += 5
        if label:
            if self.s.text_width(self.filled(label), self.face, size) > self.x1 - self.x0 - 30:
                self.paragraph(self.filled(label))
                self.y += 4
            else:
                x += self.s.text(x, self.y, self.filled(label), self.face, size) + 4
        for index, option in enumerate(options):
            room = self.s.text_width(option, self.face, size) + 14
            if x + room > self.x1 and x > self.x0 + 6:
                self.need(9)
                x, self.y = self.x0 + 5, self.y + 5.4
            x = self.ticked(x, option, index == ticked, min(self.x1 - x - 12, room)) + 5
            if self.tick == "struck" and index < len(options) - 1:
                x += self.s.text(x - 3, self.y, "/", self.face, size)
        self.y += 2.4

    def ticked(self, x, option, on, room):
        """One option with its mark; gives where it ends."""
        s, y, face, size, tick = self.s, self.y, self.face, self.size, self.tick
        if tick in ("circled", "struck", "bare"):
            if tick == "bare":
                if on:
                    s.text(x, y, self.rng.choice("Xx"), self.pen()[0], size + 1.5, True)
                x += 4
            width = min(s.text(x, y, option, face, size, fit=room), room)
            if tick == "circled" and on:
                s.oval(x - 2, y - 4.2, width + 4, 6, 0.4, 30)
            if tick == "struck" and not on:
                s.line(x - 0.5, y - 1.1, x + width + 0.5, y - 1.3, 0.4, 20)
            return x + width + (1.5 if tick == "circled" else 0)
        if tick == "paren":
            x += s.text(x, y, "(x)" if on else "( )", face, size) + 1.5
            return x + min(s.text(x, y, option, face, size, fit=room), room)
        if tick == "after":
            x += min(s.text(x, y, option, face, size, fit=room), room) + 1.5
        s.box(x, y - 2.9, 3.1, 3.1, 0.25)
        if on:
            self.mark(x, y - 2.9)
        if tick == "after":
            return x + 3.1
        return x + 4.6 + min(s.text(x + 4.6, y, option, face, size, fit=room), room)

    def mark(self, x, y):
        s = self.s
        if self.tick == "filled":
            s.box(x, y, 3.1, 3.1, 0, 0, 0)
        elif self.tick == "check":
            s.line(x + 0.3, y + 1.2, x + 1.4, y + 2.8, 0.5)
            s.line(x + 1.4, y + 2.8, x + 4.2, y - 1.6, 0.5)
        else:
            out = 0.0 if self.tick == "ballot" else 0.7
            s.line(x - out, y - out, x + 3.1 + out, y + 3.1 + out, 0.35)
            s.line(x + 3.1 + out, y - out, x - out, y + 3.1 + out, 0.35)

    # tables
    def grid(self, titles, cells):
        self.flush()
        family, points = self.pen()
        points, head = points - 0.5, self.size - 1
        total, height = self.x1 - self.x0, 6.6 if self.written else 5.6
        wanted = []
        for column, title in enumerate(titles):
            widths = [self.s.text_width(line[column], family, points) for line in cells if column < len(line)]
            wanted.append(max([self.s.text_width(title, self.face, head, True), 9.0] + widths) + 4)
        widths = [width * total / sum(wanted) for width in wanted]
        self.need(height * (len(cells) + 1) + 4)
        s, top = self.s, self.y + 1.5
        low = top + height * (len(cells) + 1)
        if self.table_look in ("head", "double"):
            s.box(self.x0, top, total, height, 0, 0, 205)
        for row in range(1, len(cells) + 1):
            if self.table_look == "zebra" and row % 2:
                s.box(self.x0, top + height * row, total, height, 0, 0, 236)
            if self.table_look in ("rules", "double"):
                s.line(self.x0, top + height * row, self.x1, top + height * row, 0.15, 110)
        x = self.x0
        for column, (title, width) in enumerate(zip(titles, widths)):
            s.text(x + 1.5, top + height - 1.8, title, self.face, head, True, fit=width - 2.5)
            for row, line in enumerate(cells):
                if column < len(line):
                    s.text(x + 1.5, top + height * (row + 2) - 1.8, line[column], family, points, fit=width - 2.5)
            if column and self.table_look in ("head", "double"):
                s.line(x, top, x, low, 0.15, 110)
            x += width
        if self.table_look != "bare":
            s.box(self.x0, top, total, low - top, 0.25, 60)
        self.y = low + 2

    # signatures and stamps
    def signatures(self, labels):
        self.flush()
        self.need(31)
        width = (self.x1 - self.x0) / max(2, len(labels))
        for index, label in enumerate(labels):
            x = self.x0 + width * (index if len(labels) > 1 or self.align == "left" else 1)
            if self.framed or self.style == "cells":
                self.s.box(x, self.y + 1, width - 2, 28, 0.2, self.grey)
            self.s.text(x + 2, self.y + 5, label, self.face, self.size - 1, fit=width - 5)
            self.signed(x + 3, width - 6, label.lower())
        self.y += 31

    def signed(self, x, width, label):
        rng, v = self.rng, self.values
        doctor = any(word in label for word in self.words.DOCTOR_SIGNS)
        firm = any(word in label for word in self.words.FIRM_SIGNS)
        if (doctor or firm) and rng.random() < 0.55:
            lines = (v["doctor"].replace("Dr ", rng.choice(("Docteur ", "Dr "))), v["doctor_street"], v["doctor_town"]) if doctor else (v["firm"], v["firm_street"], v["firm_town"])
            for line, words in enumerate(lines):
                self.s.text(x, self.y + 10 + 4 * line, words, "nimbus-sans", 8, True, 60, fit=width)
            x += width * 0.25
        if rng.random() < 0.85:
            name = v["doctor"].split(" ", 1)[1] if doctor else self.person.full if not firm and not any(word in label for word in self.words.OTHER_SIGNS) else f"{rng.choice('ABCDEFGHJLM')}. {rng.choice(self.words.SURNAMES)}"
            self.s.text(x, self.y + 25, name, installed(self.signs)[0], 17, ink=40, fit=width * 0.7)

    # letters
    def letter(self, letter):
        rng, v, w = self.rng, self.values, self.words
        self.framed = False
        self.page()
        self.subject = self.filled(rng.choice(letter.subjects))
        body = [rng.choice(letter.openings)] + rng.sample(letter.middles, min(len(letter.middles), rng.randrange(1, 4)))
        if rng.random() < 0.3:
            body = [" ".join(body)]
        self.body = [self.filled(text) for text in body]
        self.ending = rng.choice(letter.endings)
        self.enclosed = rng.choice(letter.enclosures) if letter.enclosures and rng.random() < 0.6 else None
        self.nir_line, foreign, nobody = None, letter in w.LETTERS["HORS"], letter in w.LETTERS["INCONNU"]
        if rng.random() < (0.4 if foreign else 0.75) and not nobody:
            self.nir_line = rng.choice(w.NIR_SENTENCES).format(nir=self.shown("nir"))
            self.note("nir")
        self.to = rng.choice((caisse_address(v["caisse"]), caisse_address(v["caisse"], rng.choice(w.SERVICES)), [rng.choice(w.TO)], []))
        if foreign or nobody:
            self.to = [next((to for word, to in w.HORS_TO.items() if word in self.subject), w.HORS_TO["mutuelle"])] if foreign else []
        self.sent_to = self.to[0] if foreign else self.person.first + "@exemple.invalid" if nobody else rng.choice(w.MAIL_TO)
        self.family, self.points = (self.written, 17 if self.written == "hand-delphine" else 14) if self.written else (self.face, rng.choice((10, 11, 11.5)))
        rng.choice((self.classic, self.classic, self.classic, self.short, self.short if self.written else self.mailed))()
        return self.sheets

    def pen(self):
        family, points = super().pen()
        return family, points + 3 if family == "hand-delphine" else points  # it is small of its kind

    def out(self, x, text, **how):
        """One line of a letter."""
        text = text.replace(" ", "  ") if self.written else text  # both hands leave little between words
        points = how.pop("points", self.points)
        self.s.text(x, self.y, text, how.pop("family", self.family), points, fit=how.pop("fit", self.s.width - x - 8), **how)
        self.y += points * STEP * 1.3

    def classic(self):
        rng, v = self.rng, self.values
        left = rng.choice((18, 22, 27))
        sender_right = rng.random() < 0.2 and not self.to
        self.y = rng.choice((16, 20, 26))
        x = 125 if sender_right else left
        for line in (rng.choice((self.person.full, self.person.formal, v["last"] + " " + v["first"])), v["street"], v["town"], *rng.sample((v["phone"], v["mail"]), rng.randrange(3))):
            self.out(x, line)
        if self.nir_line and rng.random() < 0.4:
            self.out(x, self.nir_line)
            self.nir_line = None
        self.y += rng.choice((4, 9, 14))
        for line in self.to:
            self.out(108, line)
        self.y += rng.choice((4, 8))
        place = rng.choice((f"À {v['town'][6:].title()}, le {fr_long(v['sent_date'])}", f"Le {fr(v['sent_date'])}", f"{v['town'][6:]} le {fr(v['sent_date'])}", f"{weekday(v['sent_date']).capitalize()}"))
        self.out(left if rng.random() < 0.3 else 108, place)
        self.y += 6
        self.words_of_it(left, 0.75)

    def words_of_it(self, left, told):
        """From the subject to the signature."""
        rng, w = self.rng, self.words
        if self.subject and rng.random() < told:
            sign = rng.choice(w.SUBJECT_SIGNS)
            self.fields["subject"] = self.subject
            lines = self.s.wrap(f"{sign} {self.subject}", 160, self.family, self.points)
            for line in lines:
                self.out(left, line, bold=rng.random() < 0.4 and not self.written)
            if rng.random() < 0.2:
                low = self.y - self.points * STEP * 1.3 + 1
                self.s.line(left, low, left + 60, low, 0.25)
        self.x0, self.x1 = left - 1, self.s.width - rng.choice((16, 20, 26))
        if self.nir_line and rng.random() < 0.6:
            self.out(left, self.nir_line)
            self.nir_line = None
        self.y += 3
        leading = rng.choice((1.3, 1.45, 1.65))
        for text in (rng.choice(w.SALUTATIONS), *self.body, self.ending):
            if text:
                self.paragraph(text, self.family, self.points, leading)
                self.y += rng.choice((1, 2.5, 2.5))
        if self.nir_line:
            self.paragraph(self.nir_line, self.family, self.points)
        x = rng.choice((left, 110, 130))
        self.y += 4
        if rng.random() < 0.6:
            self.out(x, self.person.full)
        if rng.random() < 0.8:
            self.s.text(x + 4, self.y + 8, self.person.full, installed(self.signs)[0], 20, ink=30, fit=70)
        self.y += 16
        if self.enclosed:
            self.out(left, f"{rng.choice(w.ENCLOSED)} {self.enclosed}", points=self.points - 1.5 if not self.written else self.points)

    def short(self):
        """A slip: few words, no address."""
        rng = self.rng
        if rng.random() < 0.5:
            self.sheets.clear()
            self.page((210, 148))
        self.y = 18
        self.ending = rng.choice((self.ending, rng.choice(self.words.SHORT_ENDINGS)))
        self.out(20, rng.choice((self.person.full, f"{self.person.full} - {self.values['phone']}", f"De : {self.person.formal}")))
        self.out(20, rng.choice((fr(self.values["sent_date"]), f"le {fr_long(self.values['sent_date'])}")))
        self.y += 4
        self.body = self.body[:2]
        self.words_of_it(20, 0.5)

    def mailed(self):
        """A message or a form of a site, printed."""
        rng, v, w = self.rng, self.values, self.words
        self.family, self.points = (self.face, 10)
        self.y = 16
        self.out(15, rng.choice(w.MAIL_HEADS), points=13, bold=True)
        self.s.line(15, self.y - 2, 195, self.y - 2, 0.4, 80)
        self.y += 3
        if self.subject:
            self.fields["subject"] = self.subject
        heads = w.MAIL_LINES
        for label, value in zip(heads, (f"{self.person.full} <{v['mail']}>", self.sent_to, f"{weekday(v['sent_date'])} {rng.randrange(7, 23)}:{rng.randrange(10, 60)}", self.subject)):
            self.s.text(15, self.y, label, self.face, 10, True)
            self.out(34, value)
        self.y += 5
        self.words_of_it(16, 0)

    # papers of a shape of their own
    def cheque(self):
        rng, v, w = self.rng, self.values, self.words.CHEQUE
        self.page((176, 81))
        s, (family, points) = self.s, self.pen()
        s.box(1, 1, 174, 79, 0.3, 150)
        s.text(170, 10, rng.choice(w["bank"]), self.face, 12, True, anchor="rs")
        s.text(6, 10, f"{w['word']} {v['number']}", self.face, 8)
        s.text(6, 19, w["pay"], self.face, 7)
        s.line(6, 26, 170, 26, 0.15, 110)
        s.text(8, 25, rng.choice(("Cent vingt euros", "trente-six euros", "Mille cent euros et 00 cts")), family, points)
        s.text(6, 33, w["order"], self.face, 7)
        s.text(16, 33, rng.choice(("CPAM", "Caisse primaire d'assurance maladie", "M. le Directeur comptable CPAM")), family, points)
        s.box(132, 29, 38, 8.5, 0.3, 60)
        s.text(151, 35, f"{rng.choice(('€ ', ''))}{v['amount'].replace('.', ',')}", family, points + 1, anchor="ms")
        self.note("amount")
        s.text(6, 43, w["place"], self.face, 6.5)
        for i, line in enumerate((v["bank"] + " " + v["branch"], v["doctor_town"])):
            s.text(6, 48 + 4 * i, line, self.face, 7)
        for i, line in enumerate((self.person.formal.upper(), v["street"].upper(), v["town"])):
            s.text(58, 46 + 4 * i, line, self.face, 7.5)
        s.text(132, 44, f"A {v['town'][6:].title()} le {fr(v['sent_date'])}", family, points - 1.5, fit=40)
        s.text(134, 58, self.person.full, installed(self.signs)[0], 18, fit=38)
        s.text(8, 75, f"C{v['number']:0>7}C A{v['bank']}{v['branch']}{v['ribkey']}A {v['account']}D", "nimbus-mono", 12, True)
        return self.sheets

    def returned(self):
        self.page((229, 114))
        s, rng, w = self.s, self.rng, self.words.RETURNED
        for i, line in enumerate(caisse_address(self.values["caisse"])):
            s.text(114, 11 + 4 * i, line, self.face, 7.5)
        s.text(114, 7, w["from"], self.face, 6.5)
        for i, line in enumerate(self.person.address):
            s.text(110, 66 + 5.4 * i, line, self.face, 11)
        turn = rng.choice((0, 0, 4, -3))
        self.turned(18, 14, rng.choice(w["head"]), turn, self.face, 15, True, 50)
        ticked = rng.randrange(len(w["reasons"]))
        for i, reason in enumerate(w["reasons"]):
            if i == ticked or rng.random() < 0.8:
                y = 40 + 7.5 * i
                s.draw.ellipse((px(20), px(y - 3), px(23.2), px(y + 0.2)), outline=0, width=3, fill=0 if i == ticked else None)
                s.text(26, y, reason, self.face, 9, i == ticked, fit=72)
        return self.sheets

    def receipt(self):
        self.page((200, 105))
        s, w, v = self.s, self.words.RECEIPT, self.values
        family, points = self.pen()
        s.box(4, 4, 192, 97, 0.4, 90)
        s.text(10, 13, w["head"], self.face, 13, True)
        s.text(192, 13, v["tracking"][:2] + " " + " ".join((v["tracking"][2:5], v["tracking"][5:8], v["tracking"][8:12], v["tracking"][12])), "nimbus-sans", 13, True, anchor="rs")
        s.text(192, 18, w["number"], self.face, 7, anchor="rs")
        self.note("tracking")
        s.line(100, 22, 100, 98, 0.3, 90)
        for i, (label, value) in enumerate(((w["seen"], fr(v["act_date"])), (w["given"], fr(v["delivered_date"])))):
            s.text(106, 28 + 10 * i, label, self.face, 7)
            s.text(150, 29 + 10 * i, value, family, points)
        self.note("delivered_date")
        s.text(106, 50, w["sign"], self.face, 7)
        s.text(112, 66, self.person.full, installed(self.signs)[0], 20)
        s.text(10, 28, w["to"], self.face, 7)
        for i, line in enumerate(self.person.address):
            s.text(12, 34 + 4.6 * i, line, self.face, 9, fit=84)
        s.text(10, 62, w["back"], self.face, 7, True)
        for i, line in enumerate(caisse_address(v["caisse"])):
            s.text(12, 69 + 5 * i, line, self.face, 9.5, fit=84)
        return self.sheets

    def identity(self):
        rng, v = self.rng, self.values
        title, country, labels, code = rng.choice(self.words.IDENTITY)
        self.page((210, 297))
        for at in range(rng.choice((1, 1, 2))):
            self.card(rng.uniform(30, 55), 25 + 110 * at, (title, country, labels, code), at == 1)
        if rng.random() < 0.3:
            self.s.text(30, 250, rng.choice(self.words.COPIES), self.face, 10)
        self.note("birth_date")
        return self.sheets

    def card(self, x, y, words, back):
        rng, s, v, (title, country, labels, code) = self.rng, self.s, self.values, words
        s.draw.rounded_rectangle((px(x), px(y), px(x + 120), px(y + 78)), radius=px(4), outline=90, width=4, fill=242)
        if back:
            for i, line in enumerate((self.words.BACK_OF_CARD[0] + " : " + v["street"], v["town"], self.words.BACK_OF_CARD[1] + " : " + fr(v["hire_date"]))):
                s.text(x + 6, y + 12 + 7 * i, line, self.face, 9, fit=110)
        else:
            s.text(x + 6, y + 8, country, self.face, 8)
            s.text(x + 114, y + 8, title, self.face, 10, True, anchor="rs", fit=72)
            s.box(x + 86, y + 14, 28, 36, 0, 0, 160)
            s.draw.ellipse((px(x + 94), px(y + 20), px(x + 106), px(y + 34)), fill=110)
            for i, (label, value) in enumerate(zip(labels, (v["last"], self.person.first, fr(v["birth_date"]) + "  " + v["town"][6:], {"1": "M", "2": "F"}.get(self.person.sex, "M"), v["number"]))):
                s.text(x + 6, y + 16 + 9 * i, label, self.face, 6.5, ink=60)
                s.text(x + 6, y + 20.5 + 9 * i, value, self.face, 10, True, fit=78)
        last = f"{code}{v['last'].replace(' ', '<').replace('-', '<')}<<{self.person.first.upper()}"
        for i, line in enumerate((last, f"{v['number']:0>9}FRA{v['birth_date']:%y%m%d}")):
            s.text(x + 6, y + 68 + 6 * i, line.ljust(36, "<")[:36], "nimbus-mono", 10, fit=110)

    def envelope(self):
        rng, v = self.rng, self.values
        self.page(rng.choice(((220, 110), (229, 114), (162, 114))))
        s, (family, points) = self.s, self.pen()
        if rng.random() < 0.7:
            s.text(8, 9, f"{rng.choice(('Exp. :', 'Expéditeur', 'De la part de'))} {self.person.full}", family, points - 1.5)
            s.text(8, 14, f"{v['street']} - {v['town']}", family, points - 1.5)
        lines = caisse_address(v["caisse"], rng.choice(self.words.SERVICES)) if rng.random() < 0.4 else caisse_address(v["caisse"])
        for i, line in enumerate(lines):
            s.text(s.width * 0.45, s.height * 0.5 + 6 * i, line, family, points + 1.5, fit=s.width * 0.5)
        for wave in range(5):
            s.draw.arc((px(s.width - 70), px(12 + 3 * wave), px(s.width - 34), px(20 + 3 * wave)), 200, 340, fill=80, width=4)
        s.oval(s.width - 84, 8, 22, 22, 0.5, 60)
        s.text(s.width - 73, 17, v["town"][6:][:14], self.face, 6.5, anchor="ms", fit=19)
        s.text(s.width - 73, 22, dashed(v["sent_date"]), self.face, 7, anchor="ms")
        s.box(s.width - 30, 7, 22, 25, 0.3, 60)
        s.text(s.width - 19, 18, rng.choice(("TIMBRE VERT", "France 20 g", "PRIORITAIRE")), self.face, 7, True, anchor="ms", fit=20)
        s.text(s.width - 19, 27, rng.choice(("1,16 €", "1,39 €", "1,49 €")), self.face, 7, anchor="ms")
        return self.sheets
