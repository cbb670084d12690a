"""How the second stock that rules are tuned on looks: cells with the label above, portal lists, ruled tables, word processing with dots, framed groups."""

from invented import KINDS
from layout import STEP, Layout
from people import FIRST_NAMES, caisse_address, fr, fr_long
from sheet import installed

STYLES = ("cells", "portal", "ruled", "dotted", "framed")
CODES = ("FO-SEC-018-B", "ENR.ACC.07 ind. C", "Modèle SEC-MED/4", "Doc. qualité FOR-221", "IMP-GDB-12")
SITES = ("https://espace-pro.exemple.invalid/declarations/", "https://mon-espace.exemple.invalid/mes-demarches/", "https://portail-sante.exemple.invalid/impression?id=")

MEDICS = ("édecin", "raticien", "harmacien", "entiste", "rofessionnel", "ntervenant", "rescripteur", "kinésith", "du contrôle", "paraphe")  # who signs beside such words is no patient
OTHERS = ("employeur", "entreprise", "direction", "gérant", "personnel", "héberge", "bailleur", "mairie", "état civil", "communal", "Timbre", "directeur", "déclarant", "Parent B")


class Telling(dict):
    """Slots that also answer {@name}: the value as the paper writes it, told to the truth."""

    def __init__(self, layout):
        super().__init__(layout.slots)
        self.layout = layout

    def __missing__(self, key):
        name = key[1:]
        if name == "motif":
            return "maladie" if self.layout.motif == "maladie" else "accident du travail"
        if name == "nature":
            return "initial" if self.layout.nature == "initial" else "de prolongation"
        self.layout.note(name)
        return self.layout.shown(name).replace(" / ", "/")  # no day is broken at the end of a line


class TunedBLayout(Layout):
    families = ("liberation-sans", "liberation-serif", "liberation-mono", "nimbus-roman", "carlito", "lato", "narrow")
    hands, signs = ("hand-dkg", "hand-delphine"), ("sign-kristi",)
    date_forms = (fr, fr, fr, fr_long, lambda d: f"{d:%d-%m-%Y}", lambda d: f"{d:%d / %m / %Y}")
    numbered, mixed = 0.45, 0.5

    def choose(self):
        rng = self.rng
        self.style = rng.choices(STYLES, (24, 18 if not self.written else 0, 22, 22, 14))[0]
        self.margins = rng.choice(((12, 12), (18, 15), (22, 18), (16, 10)))
        self.tick = rng.choice(("cross", "hand", "disc", "after", "ring", "strike", "listed", "bracketed"))
        if self.style == "portal":
            self.tick = rng.choice(("disc", "listed", "after"))
        self.alone = self.style == "portal" and rng.random() < 0.6  # a portal prints the answer only
        self.heading = rng.choice(("underlined", "numbered", "square", "capitals"))
        self.cell, self.split, self.gap = rng.choice(("box", "rule", "none")), rng.uniform(0.34, 0.46), rng.uniform(1.2, 3.0)
        self.squares = rng.random() < 0.3
        self.code, self.site, self.number_at = rng.choice(CODES), rng.choice(SITES) + str(rng.randrange(10**5, 10**6)), rng.choice(("frame", "line", "foot"))
        self.hour = f"{rng.randrange(8, 20):02d}:{rng.randrange(60):02d}"
        self.pending, self.frame_top, self.count, self.printed, self.title = [], None, 0, None, ""
        male = self.person.sex in "137"
        lady = self.values["doctor_name"].split()[0] in FIRST_NAMES["2"]
        self.slots |= {"e": "" if male else "e", "ne": "né" if male else "née", "il": "il" if male else "elle", "docte": "e" if lady else "", "birth": fr(self.values["birth_date"]), "city": self.values["town"][6:].title()}

    def filled(self, text):
        if "{" in text:
            text = text.format_map(Telling(self))
        return text.replace("'", "’") if self.curly and not self.written else text.replace(" €", " euros") if self.written else text  # hands lack these signs

    def shown(self, name):
        text = super().shown(name)
        return text.replace(" €", " euros") if self.written else text

    # places
    def page(self, size_mm=(210, 297)):
        super().page(size_mm)
        if self.style == "portal" and self.title and size_mm[0] > 160:
            self.s.text(self.x0, 8, f"{fr(self.values['sent_date'])} {self.hour}", self.face, 7, ink=40)
            self.s.text((self.x0 + self.x1) / 2 + 10, 8, self.title, self.face, 7, ink=40, anchor="ms", fit=90)
        self.y, self.bottom = 13.0, size_mm[1] - 16

    def need(self, height):
        if self.y + height <= self.bottom:
            return
        if self.frame_top is not None:
            self.close_frame()
            self.frame_top = -1
        super().need(height)
        if self.frame_top is not None:
            self.frame_top, self.y = self.y, self.y + 2

    def continued(self):
        if self.style != "portal" and self.rng.random() < 0.4:
            self.s.text(self.x0, 10, "(suite)", self.face, 8)

    def paragraph(self, text, family=None, points=None, leading=1.35):
        if points is None and len(text) > 130:  # a certificate in a sentence or two
            points, leading = self.size + 1.5, 1.65
            self.y += 3
        super().paragraph(text, family, points, leading)

    def foot(self, paper):
        s = self.s
        y = s.height - 8
        if self.style == "portal" and s.width > 160:
            s.text(self.x0, y, self.site, self.face, 7, ink=40)
            s.text(self.x1, y, f"Page {len(self.sheets)}", self.face, 7, ink=40, anchor="rs")
        elif not self.official and s.width > 160 and self.count % 2:
            s.text(self.x0, y, self.code, self.face, 6.5, ink=50)
            s.text(self.x1, y, f"- {len(self.sheets)} -", self.face, 7, anchor="rs")
        if paper and self.official:
            left = f"Imprimé n° {self.printed}" if self.number_at == "foot" else ""
            y -= 4 if self.style == "portal" else 0
            if left:
                s.text(self.x0, y, left, self.face, 9, True)
            if paper.s_number:
                words = f"{paper.s_number}{self.rng.choice('abcdefg')}"
                s.text(self.x1 if self.number_at != "line" else (self.x0 + self.x1) / 2, y, words, self.face, 9, True, anchor="rs" if self.number_at != "line" else "ms")

    # above the first section
    def top(self, paper, title):
        rng, s = self.rng, self.s
        self.count, self.title = rng.randrange(100), title
        if self.style == "portal" and s.width > 160:
            s.text(self.x0, 8, f"{fr(self.values['sent_date'])} {self.hour}", self.face, 7, ink=40)
            s.text((self.x0 + self.x1) / 2 + 10, 8, title, self.face, 7, ink=40, anchor="ms", fit=90)
        wide = s.width > 160
        if self.official:
            self.printed = f"{paper.cerfa}*{rng.randrange(1, 9):02d}"
            if self.number_at == "frame":
                s.box(self.x1 - 36, 11, 36, 11, 0.3)
                s.text(self.x1 - 18, 15.6, "cerfa", self.face, 9, True, anchor="ms")
                s.text(self.x1 - 18, 20.4, f"n° {self.printed}", self.face, 9, True, anchor="ms", fit=34)
            elif self.number_at == "line":
                s.text(self.x1, 15, f"Formulaire cerfa N° {self.printed}", self.face, 9, True, anchor="rs")
        if paper.volets and self.volet:
            self.leaf(self.filled(paper.volets[self.volet - 1]), wide)
        if paper.heads:
            self.letterhead(self.filled(rng.choice(paper.heads)), wide)
        elif self.official and self.number_at != "foot":
            self.y = max(self.y, 25)
        if paper.addressed and rng.random() < paper.addressed:
            self.address(caisse_address(self.values["caisse"]))
        if title:
            self.titled(title)
        for text in paper.notes:
            if rng.random() < 0.5:
                self.paragraph(self.filled(text), points=7.5)

    def leaf(self, words, wide):
        """Which leaf of the set this is."""
        s, at = self.s, self.rng.choice(("left", "frame", "low"))
        if at == "low":
            s.text((self.x0 + self.x1) / 2, s.height - 17, words, self.face, 9, True, anchor="ms", fit=self.x1 - self.x0)
            self.bottom -= 7
        elif at == "frame":
            width = min(s.text_width(words, self.face, 8.5, True) + 5, 118)
            s.box(self.x0, 11, width, 6.5, 0.25)
            s.text(self.x0 + 2.5, 15.6, words, self.face, 8.5, True, fit=width - 5)
            self.y = 21
        else:
            s.text(self.x0, 15, words, self.face, 8.5, fit=118 if wide else 90)
            self.y = 18.5

    def letterhead(self, head, wide):
        rng, s, y = self.rng, self.s, self.y
        room = self.x1 - self.x0 - (40 if self.official and self.number_at != "foot" and y < 22 else 0)
        kind = rng.choice(("centred", "logo", "left", "column"))
        if kind == "centred":
            middle = self.x0 + room / 2
            s.text(middle, y + 6, head, self.face, 13, True, anchor="ms", fit=room)
            s.line(self.x0, y + 9, self.x0 + room, y + 9, 0.5)
            s.line(self.x0, y + 10, self.x0 + room, y + 10, 0.15)
            self.y += 13
        elif kind == "logo":
            s.oval(self.x0, y, 12, 12, 0.6)
            if any(word in head.lower() for word in ("clini", "c.h.u", "hôpi", "hospi", "santé", "centre", "dr ", "médic")):
                s.line(self.x0 + 6, y + 2.5, self.x0 + 6, y + 9.5, 1.4, 60)
                s.line(self.x0 + 2.5, y + 6, self.x0 + 9.5, y + 6, 1.4, 60)
            else:
                s.text(self.x0 + 6, y + 8.6, head[0], self.face, 18, True, 60, "ms")
            s.text(self.x0 + 15, y + 5.5, head, self.face, 12, True, fit=room - 16)
            s.text(self.x0 + 15, y + 10.5, f"{self.values['doctor_town']}", self.face, 8.5, fit=room - 16)
            self.y += 16
        elif kind == "left":
            s.box(self.x0, y, 1.6, 10, 0, 0, 90)
            s.text(self.x0 + 4, y + 5, head, self.face, 11.5, True, fit=room - 5)
            s.text(self.x0 + 4, y + 9.5, rng.choice(("Secrétariat ouvert de 9 h à 12 h", "Sur rendez-vous uniquement", "Accueil : rez-de-chaussée")), self.face, 8, fit=room - 5)
            self.y += 14
        else:
            lines = s.wrap(head, 70 if wide else 60, self.face, 11)
            for line in lines:
                s.text(self.x0, y + 5, line, self.face, 11, True, fit=min(room, 84))
                y += 5.2
            self.y = y + 7

    def titled(self, title):
        rng, s = self.rng, self.s
        points, kind = rng.choice((12, 13, 14, 15)), rng.choice(("boxed", "underlined", "grey", "plain"))
        if rng.random() < 0.3:
            title = title.upper()
        left = self.style == "portal" or rng.random() < 0.25
        width, step = self.x1 - self.x0, points * STEP * 1.35
        lines = s.wrap(title, width * 0.84, self.face, points * 1.12)
        self.y += 3
        if kind in ("boxed", "grey"):
            s.box(self.x0, self.y, width, step * len(lines) + 3, 0.35 if kind == "boxed" else 0, 0, None if kind == "boxed" else 222)
        y = self.y + step
        for line in lines:
            x = self.x0 + 3 if left else (self.x0 + self.x1) / 2
            wide = s.text(x, y, line, self.face, points, True, anchor="ls" if left else "ms", fit=width - 6)
            if kind == "underlined":
                wide = min(wide, width - 6)
                s.line(x if left else x - wide / 2, y + 1.2, x + wide if left else x + wide / 2, y + 1.2, 0.3)
            y += step
        self.y += step * len(lines) + 5.5

    def address(self, lines):
        self.y += 3
        for line in lines:
            self.s.text(104, self.y + 3, line, self.typed, 10.5, fit=self.x1 - 104)
            self.y += 5
        self.y += 5

    # sections
    def section(self, heading, rows, index):
        self.y += self.gap
        coupon = any(word in heading.lower() for word in ("talon", "coupon"))
        if coupon:
            self.need(60)
            self.cut_here()
        if heading:
            self.head(self.filled(heading), None if coupon else index)
        elif self.style == "framed" and not any(row[0] in "~§" for row in rows[:1]):
            self.need(16)
            self.frame_top = self.y
            self.y += 2
        for row in rows:
            if row[0] in "§?#~":
                self.flush()
            self.row(row)
        self.flush()
        if self.frame_top is not None:
            self.close_frame()
            self.y += 2

    def cut_here(self):
        """A broken line to cut along."""
        self.y += 5
        x, dash = self.x0, self.rng.choice((1.2, 2.5, 4))
        while x < self.x1:
            self.s.line(x, self.y, min(x + dash, self.x1), self.y, 0.25)
            x += dash * 1.8
        self.y += 4

    def close_frame(self):
        if self.frame_top >= 0:
            self.s.box(self.x0 - 2, self.frame_top, self.x1 - self.x0 + 4, self.y + 1.5 - self.frame_top, 0.25, 50)
            for left, right in self.gaps:
                self.s.line(left, self.frame_top, right, self.frame_top, 0.7, 255)
                self.s.text(left + 1, self.frame_top + 1.2, self.framed_head, self.face, self.size, True, fit=right - left)
        self.gaps, self.frame_top = [], None

    gaps = ()

    def head(self, words, index):
        self.need(18)
        s = self.s
        if self.style == "framed":
            self.y += 2.5
            width = min(s.text_width(words, self.face, self.size, True) + 2.5, self.x1 - self.x0 - 8)
            self.frame_top, self.framed_head, self.gaps = self.y, words, [(self.x0 + 3, self.x0 + 3 + width)]
            self.y += 2.5
        elif self.style == "ruled":
            s.box(self.x0, self.y, self.x1 - self.x0, 6.2, 0.25, 0, 232)
            s.text((self.x0 + self.x1) / 2, self.y + 4.4, words, self.face, 9.5, True, anchor="ms", fit=self.x1 - self.x0 - 4)
            self.y += 6.2
        elif self.style == "portal":
            s.text(self.x0, self.y + 5, words, self.face, 11, True, ink=30, fit=self.x1 - self.x0)
            s.line(self.x0, self.y + 6.8, self.x1, self.y + 6.8, 0.2, 130)
            self.y += 9
        elif self.heading == "square":
            s.box(self.x0, self.y + 1.8, 2.6, 2.6, 0, 0, 40)
            s.text(self.x0 + 4.5, self.y + 4.4, words, self.face, 10, True, fit=self.x1 - self.x0 - 5)
            self.y += 7
        elif self.heading == "capitals":
            s.text(self.x0, self.y + 4.4, words.upper(), self.face, 9, True, fit=self.x1 - self.x0)
            self.y += 6.6
        else:
            words = f"{('I', 'II', 'III', 'IV', 'V', 'VI', 'VII')[min(index or 0, 6)]}. {words}" if self.heading == "numbered" and index is not None and words[1:2] not in ".-" and words[2:3] not in "-" else words
            width = s.text(self.x0, self.y + 4.6, words, self.face, 10.5, True, fit=self.x1 - self.x0)
            s.line(self.x0, self.y + 5.8, self.x0 + min(width, self.x1 - self.x0), self.y + 5.8, 0.25)
            self.y += 8

    def field(self, label, name, value):
        label = self.filled(label)
        value = value or ""
        if self.style in ("cells", "framed"):
            self.pending.append((label, name, value))
            return
        getattr(self, self.style)(label, value)

    def portal(self, label, value):
        s, family, points = self.s, *self.pen()
        x = self.x0 + (self.x1 - self.x0) * self.split
        lines = s.wrap(value, self.x1 - x - 2, family, points)[:3]
        height = points * STEP * 1.3 * len(lines) + 2.2
        self.need(height)
        s, self.count = self.s, self.count + 1
        if self.heading in ("square", "capitals") and self.count % 2:
            s.box(self.x0, self.y, self.x1 - self.x0, height - 0.3, 0, 0, 240)
        base = self.y + points * STEP * 1.3
        s.text(self.x0 + 1, base, label, self.face, self.size, ink=70, fit=x - self.x0 - 3)
        for line in lines:
            s.text(x, base, line, family, points, self.written is None and self.gap > 2.2, fit=self.x1 - x - 1)
            base += points * STEP * 1.3
        self.y += height

    def ruled(self, label, value):
        s, family, points = self.s, *self.pen()
        x = self.x0 + (self.x1 - self.x0) * self.split
        lines = s.wrap(value, self.x1 - x - 4, family, points)[:3]
        height = max(7.2, points * STEP * 1.3 * len(lines) + 2.6)
        self.need(height)
        s = self.s
        s.box(self.x0, self.y, x - self.x0, height, 0.2, 30, 244 if self.cell == "box" else None)
        s.box(x, self.y, self.x1 - x, height, 0.2, 30)
        s.text(self.x0 + 1.8, self.y + 4.9, label, self.face, self.size, fit=x - self.x0 - 3)
        base = self.y + points * STEP * 1.3 + 0.8
        for line in lines:
            s.text(x + 2, base, line, family, points, fit=self.x1 - x - 3.5)
            base += points * STEP * 1.3
        self.y += height

    def dotted(self, label, value):
        s, family, points = self.s, *self.pen()
        step = points * STEP * 1.5
        width = min(s.text_width(f"{label} : ", self.face, self.size), (self.x1 - self.x0) * 0.6)
        lines = s.wrap(value, self.x1 - self.x0 - width - 3, family, points)[:2]
        self.need(step * len(lines) + 1.5)
        s, x = self.s, self.x0 + width + 1
        for index, line in enumerate(lines):
            self.y += step
            if not index:
                s.text(self.x0, self.y, f"{label} :", self.face, self.size, fit=width)
            end = x + min(s.text(x + 1, self.y, line, family, points, fit=self.x1 - x - 1), self.x1 - x - 1) + 2.5
            if self.cell != "none" and not self.alone:
                dot = s.text_width(".", self.face, self.size)
                s.text(end, self.y, "." * max(0, int((self.x1 - end) / dot)), self.face, self.size, ink=70)
        self.y += 1.5

    def flush(self):
        """Cells waiting for a neighbour: two on a line where both are short."""
        pending, self.pending = self.pending, []
        family, points = self.pen()
        half = (self.x1 - self.x0) / 2
        while pending:
            first = pending.pop(0)
            fits = [self.s.text_width(cell[2], family, points) < half - 6 and self.s.text_width(cell[0], self.face, self.size - 1) < half - 4 for cell in [first, *pending[:1]]]
            pair = [first, pending.pop(0)] if len(fits) == 2 and all(fits) else [first]
            self.above(pair, half if len(pair) == 2 or fits[0] and self.cell == "box" and self.style == "cells" else half * 2)

    def above(self, pair, width):
        """One line of cells, the label over its value."""
        s, family, points = self.s, *self.pen()
        small = max(7, self.size - 1.5)
        lines = [s.wrap(value, width - 4, family, points)[:2] for _, _, value in pair]
        height = small * STEP * 1.25 + points * STEP * 1.3 * max(len(each) for each in lines) + 3
        self.need(height + 1)
        s = self.s
        for index, (label, name, _) in enumerate(pair):
            x = self.x0 + index * width
            base = self.y + small * STEP * 1.25
            s.text(x + 1.5, base, label, self.face, small, ink=40, fit=width - 3)
            base += points * STEP * 1.3 + 0.3
            if self.squares and KINDS.get(name) in ("nir", "siret", "rpps", "finess"):
                self.in_squares(x + 1.5, base, self.values[name], width - 4)
            else:
                for line in lines[index]:
                    s.text(x + 1.5, base, line, family, points, fit=width - 3)
                    base += points * STEP * 1.3
            if self.cell == "box":
                s.box(x, self.y, width, height, 0.2, 40)
            elif self.cell == "rule":
                s.line(x + 1, self.y + height - 0.6, x + width - 3, self.y + height - 0.6, 0.15, 90)
        self.y += height if self.cell == "box" else height + 1

    def in_squares(self, x, base, text, room):
        s, side = self.s, min(5.0, room / len(text))
        family, points = self.pen()
        for index, sign in enumerate(text):
            s.box(x + index * side, base - 3.7, side, 4.9, 0.15, 110)
            s.text(x + (index + 0.5) * side, base, sign, family, min(points, 11), anchor="ms")

    # boxes to tick
    def checks(self, label, options, ticked):
        options = [self.filled(option) for option in options]
        label = self.filled(label)
        if self.alone:
            self.field(label or self.rng.choice(("Réponse", "Votre choix", "Sélection")), None, options[ticked])
            return
        self.need(7)
        s, left = self.s, self.x0 + 1
        self.y += 5
        x = left
        if label:
            x += s.text(x, self.y, f"{label} :" if self.style in ("dotted", "ruled") else label, self.face, self.size, self.heading == "square", fit=self.x1 - left) + 4
        if self.tick == "listed":
            self.y += 0 if x > left else -5
            for index, option in enumerate(options):
                self.need(6)
                s = self.s
                self.y += 5.2
                self.mark(left + 5, self.y, index == ticked)
                s.text(left + 10.5, self.y, option, self.face, self.size, fit=self.x1 - left - 12)
            self.y += 2.2
            return
        between = {"strike": " / " if self.count % 2 else " - ", "ring": "   "}.get(self.tick, "")
        hint = {"strike": "(rayer la mention inutile)" if len(options) == 2 else "(rayer les mentions inutiles)", "ring": "(entourer)"}.get(self.tick, "") if self.count % 3 else ""
        for index, option in enumerate(options):
            if self.tick == "ring" and len(options) > 2:
                option = f"{index + 1}.  {option}"
            width = s.text_width(option, self.face, self.size)
            extra = {"strike": 1, "ring": 6}.get(self.tick, 11)
            if x > left and x + width + extra > self.x1:
                x = left + 4
                self.y += 5.8
            x = self.option(x, option, width, index == ticked) + s.text_width(between if index + 1 < len(options) else "", self.face, self.size)
            if index + 1 < len(options) and self.tick == "strike":
                s.text(x, self.y, between.strip(), self.face, self.size, anchor="rs")
                x += 1.5
        if hint and x + s.text_width(hint, self.face, self.size - 2) + 2 < self.x1:
            s.text(x + 2, self.y, hint, self.face, self.size - 2, ink=50)
        self.y += 3

    def option(self, x, words, width, on):
        """One answer; gives where the next may stand."""
        s, y = self.s, self.y
        if self.tick == "strike":
            s.text(x, y, words, self.face, self.size)
            if not on:
                s.line(x - 0.5, y - 1.1, x + width + 0.5, y - 1.3, 0.45)
            return x + width + 1
        if self.tick == "ring":
            s.text(x + 1.5, y, words, self.face, self.size)
            if on:
                inside = s.text_width(words[0], self.face, self.size) + 3 if words[1:2] == "." else width + 4
                s.oval(x - 0.4, y - 4.2, inside, 6, 0.4)
            return x + width + 4
        if self.tick == "bracketed":
            s.text(x, y, words, self.face, self.size)
            return x + width + 2 + s.text(x + width + 1.5, y, "[X]" if on else "[  ]", self.face, self.size) + 5
        if self.tick == "after":
            s.text(x, y, words, self.face, self.size)
            self.mark(x + width + 1.8, y, on)
            return x + width + 11
        self.mark(x, y, on)
        s.text(x + 5, y, words, self.face, self.size)
        return x + width + 11

    def mark(self, x, y, on):
        s = self.s
        if self.tick == "disc" or self.style == "portal":
            s.oval(x, y - 3, 3.3, 3.3, 0.25)
            if on:
                s.draw.ellipse([round(at * 300 / 25.4) for at in (x + 0.75, y - 2.25, x + 2.55, y - 0.45)], fill=0)
            return
        s.box(x, y - 3, 3.2, 3.2, 0.25)
        if on and self.tick in ("hand", "listed"):
            s.line(x + 0.2, y - 1.7, x + 1.4, y + 0.2, 0.5)
            s.line(x + 1.4, y + 0.2, x + 4.2, y - 3.9, 0.5)
        elif on:
            s.line(x + 0.4, y - 2.6, x + 2.8, y - 0.2, 0.4)
            s.line(x + 2.8, y - 2.6, x + 0.4, y - 0.2, 0.4)

    def grid(self, titles, cells):
        s, height = self.s, 6.6
        self.need(height * (len(cells) + 1) + 4)
        s, top = self.s, self.y + 1.5
        family, points = self.pen()
        shares = [1.35 if index == 0 and self.split > 0.4 else 1 for index in range(len(titles))]
        edges = [self.x0 + (self.x1 - self.x0) * sum(shares[:index]) / sum(shares) for index in range(len(titles) + 1)]
        under = top + height * (len(cells) + 1)
        if self.style != "dotted":
            s.box(self.x0, top, self.x1 - self.x0, height, 0, 0, 228)
        for row in range(len(cells) + 2):
            s.line(self.x0, top + row * height, self.x1, top + row * height, 0.15, 60)
        for column, title in enumerate(titles):
            left, right = edges[column], edges[column + 1]
            s.text((left + right) / 2, top + 4.5, title, self.face, self.size - 0.5, True, anchor="ms", fit=right - left - 2)
            for row, line in enumerate(cells):
                if column < len(line):
                    s.text(left + 1.8, top + height * (row + 1) + 4.8, line[column], family, points - 0.5, fit=right - left - 3)
        if self.style != "portal":
            for edge in edges:
                s.line(edge, top, edge, under, 0.15, 60)
        self.y = under + 2.5

    def signatures(self, labels):
        labels = [label for label in labels if label] or [""]
        if self.style == "portal" and not any(labels[0:1]):
            return
        height = 24
        self.need(height)
        s, right = self.s, len(labels) == 1 and self.count % 2
        width = (self.x1 - self.x0) / 2 if right else (self.x1 - self.x0) / len(labels)
        for index, label in enumerate(labels):
            x = self.x0 + width if right else self.x0 + index * width
            if self.cell == "box":
                s.box(x, self.y + 1, width - 2, height - 3, 0.2, 80)
            s.text(x + 2, self.y + 5, label, self.face, self.size, self.heading == "capitals", fit=width - 5)
            medic = not label or any(word in label for word in MEDICS)
            stamped = medic and width > 60 and self.rng.random() < 0.45
            if stamped:
                s.box(x + 4, self.y + 8, 44, 11, 0.4, 60)
                s.text(x + 26, self.y + 12.6, self.values["doctor"], "roboto", 8, True, 60, "ms", 42)
                s.text(x + 26, self.y + 17, self.values["doctor_town"], "roboto", 7, False, 60, "ms", 42)
            if self.rng.random() < 0.85:
                name = self.values["doctor_name"] if medic else self.values["other_name"] if any(word in label for word in OTHERS) else self.person.full
                s.text(x + (50 if stamped else width * 0.28), self.y + 16.5, name, installed(self.signs)[0], 18, fit=width - 54 if stamped else width * 0.6)
        self.y += height

    # letters
    def write(self, said):
        rng = self.rng
        form = rng.choices(("plain", "mirror", "message", "centred", "note"), (30, 25, 0 if self.written else 16, 15, 14))[0]
        self.style = "letter"
        if form == "note":
            self.sheets.pop()
            self.page((148, 210))
        self.letter_pen = (self.written, 14) if self.written else (self.face, rng.choice((10, 10.5, 11, 12)))
        self.x0, self.x1 = (12, 138) if form == "note" else rng.choice(((20, 190), (25, 185), (17, 196)))
        getattr(self, f"as_{form}")(said)

    def lines(self, x, texts, fit):
        family, points = self.letter_pen
        for text in texts:
            self.s.text(x, self.y, text, family, points, fit=fit)
            self.y += points * STEP * 1.32

    def me(self):
        v = self.values
        return [self.person.full if self.rng.random() < 0.6 else self.person.formal, v["street"], v["town"], *([v["phone"]] if self.rng.random() < 0.4 else []), *([v["mail"]] if self.rng.random() < 0.25 else [])]

    def subject(self, said, x, fit, chance=0.75):
        if self.rng.random() >= chance:
            return
        family, points = self.letter_pen
        words = f"{self.rng.choice(self.words.SUBJECTS)} {said.subject}"
        wide = self.s.text(x, self.y, words, family, points, not self.written and self.count % 2 == 0, fit=fit)
        if self.rng.random() < 0.3:
            self.s.line(x, self.y + 1.1, x + min(wide, fit), self.y + 1.1, 0.25)
        self.fields["subject"] = said.subject
        self.y += points * STEP * 1.6

    def body(self, said, last=True):
        family, points = self.letter_pen
        if said.nir and self.rng.random() < 0.5:
            self.paragraph(said.nir, family, points)
            said.nir = None
        pieces = [said.salutation, " ".join([said.opening, *said.middles]) if self.count % 3 == 0 else None]
        pieces += [said.opening, *said.middles] if pieces[1] is None else []
        for text in (*pieces, said.ending):
            if text:
                self.y += points * STEP * 0.55
                self.paragraph(text, family, points, 1.45)
        if said.nir:
            self.y += 3
            self.paragraph(said.nir, family, points)
        if last:
            self.need(22)
            x = self.x0 + (self.x1 - self.x0) * self.rng.choice((0.1, 0.55, 0.65))
            if self.rng.random() < 0.6:
                self.s.text(x, self.y + 6, self.person.full, family, points, fit=self.x1 - x)
            self.s.text(x + 3, self.y + 17, self.person.full, installed(self.signs)[0], 22, fit=self.x1 - x - 3)

    def dated(self, x, anchor="ls"):
        family, points = self.letter_pen
        v = self.values
        day = self.rng.choice((fr_long, fr))(v["sent_date"])
        self.s.text(x, self.y, self.rng.choice((f"À {v['town'][6:].title()}, le {day}", f"Le {day}", f"{v['town'][6:].title()}, {day}")), family, points, anchor=anchor, fit=95)
        self.y += points * STEP * 2

    def as_plain(self, said):
        """Sender left, date right, the caisse named in a line of its own."""
        self.count, self.y = self.rng.randrange(100), 22
        self.lines(self.x0, self.me(), 90)
        self.y += 4
        if said.to:
            self.lines(self.x1 - 82, said.to, 82)
            self.y += 4
        self.dated(self.x1, "rs")
        self.subject(said, self.x0, self.x1 - self.x0)
        self.body(said)

    def as_mirror(self, said):
        """Date first, the caisse left, sender below the signature or at the right."""
        self.count, self.y = self.rng.randrange(100), 20
        self.dated(self.x0)
        self.lines(self.x0, said.to or [self.rng.choice(("Sécurité sociale", "À la CPAM", "Caisse d'assurance maladie"))], 95)
        self.y += 3
        self.lines(self.x1 - 78, self.me(), 78)
        self.y += 6
        self.subject(said, self.x0, self.x1 - self.x0)
        self.body(said)

    def as_centred(self, said):
        self.count, self.y = self.rng.randrange(100), 20
        family, points = self.letter_pen
        for index, text in enumerate(self.me()):
            self.s.text((self.x0 + self.x1) / 2, self.y, text, family, points + (2 if index == 0 else -1), index == 0 and not self.written, anchor="ms", fit=150)
            self.y += points * STEP * 1.35
        self.s.line(self.x0, self.y - 1, self.x1, self.y - 1, 0.3)
        self.y += 8
        if said.to:
            self.lines(self.x1 - 82, said.to, 82)
            self.y += 5
        self.subject(said, self.x0, self.x1 - self.x0, 0.85)
        self.body(said, False)
        self.y += 9
        self.need(26)
        self.dated(self.x0)
        self.s.text(self.x0 + 20, self.y + 6, self.person.full, installed(self.signs)[0], 22, fit=100)

    def as_message(self, said):
        """A message printed out."""
        rng, s, v = self.rng, self.s, self.values
        self.count = rng.randrange(100)
        s.text(self.x0, 10, rng.choice(("Imprimer - Boîte de réception", "Messagerie - aperçu avant impression", "Webmail")), self.face, 7.5, ink=50)
        s.text(self.x1, s.height - 8, f"{fr(v['sent_date'])} {self.hour}", self.face, 7, ink=50, anchor="rs")
        self.y = 22
        family, points = self.letter_pen
        for label, text in (("De", f"{self.person.full} <{v['mail']}>"), ("Envoyé", f"{fr_long(v['sent_date'])} {self.hour}"), ("À", f"contact-{v['caisse']}@caisse.exemple.invalid"), ("Objet", said.subject)):
            s.text(self.x0, self.y, f"{label} :", family, points, True)
            s.text(self.x0 + 24, self.y, text, family, points, fit=self.x1 - self.x0 - 24)
            self.y += points * STEP * 1.4
        self.fields["subject"] = said.subject
        s.line(self.x0, self.y - 1, self.x1, self.y - 1, 0.25, 60)
        self.y += 6
        self.body(said, False)
        self.y += 9
        self.lines(self.x0 + 1, [self.person.full, *([v["phone"]] if rng.random() < 0.5 else [])], 120)

    def as_note(self, said):
        """Half a sheet, quickly written."""
        self.count, self.y = self.rng.randrange(100), 16
        family, points = self.letter_pen
        self.letter_pen = family, min(points, 13)
        if self.rng.random() < 0.5:
            self.dated(self.x1, "rs")
        self.subject(said, self.x0, self.x1 - self.x0, 0.4)
        self.body(said, False)
        self.need(38)
        self.y += 9
        self.lines(self.x0 + 30, self.me(), self.x1 - self.x0 - 30)
        self.s.text(self.x0 + 40, self.y + 8, self.person.full, installed(self.signs)[0], 20, fit=80)

    # papers of a shape of their own
    def cheque(self):
        rng, v, w = self.rng, self.values, self.words.CHEQUE
        self.page((175, 80))
        s = self.s
        family, points = self.pen()
        s.box(3, 3, 169, 74, 0.25, 120)
        s.text(10, 11, rng.choice(w["bank"]), self.face, 12, True)
        s.text(10, 20, w["pay"], self.face, 7.5)
        s.text(56, 20, rng.choice(("cent douze euros", "trente-six euros et dix centimes", "quatre cents euros")), family, points)
        s.line(54, 21.5, 168, 21.5, 0.1, 90)
        s.line(10, 28.5, 120, 28.5, 0.1, 90)
        s.text(10, 36, w["order"], self.face, 7.5)
        s.text(32, 36, rng.choice(("Caisse Primaire d'Assurance Maladie", "CPAM", "Mme l'Agent Comptable")), family, points)
        s.box(128, 25, 40, 10, 0.4)
        s.text(148, 32, f"€ {v['amount'].replace('.', ',')}", family, points + 1, anchor="ms")
        self.note("amount")
        s.text(10, 45, f"{w['place']} {v['branch']}", self.face, 7)
        for i, line in enumerate((self.person.full, v["street"], v["town"])):
            s.text(62, 50 + 4.4 * i, line, self.face, 8)
        s.text(122, 45, f"À {v['town'][6:].title()}, le {fr(v['sent_date'])}", family, min(points, 10), fit=46)
        s.text(126, 58, self.person.full, installed(self.signs)[0], 20, fit=44)
        s.text(10, 64, f"{w['word']} {v['number']}", self.face, 8)
        s.text(12, 72, f"{rng.randrange(10**6, 10**7)} {v['bank']}{v['branch']}{v['ribkey']} {v['account']}", "dejavu-mono", 11, True)
        return self.sheets

    def returned(self):
        self.page(self.rng.choice(((220, 110), (229, 114))))
        s, rng = self.s, self.rng
        for i, line in enumerate(caisse_address(self.values["caisse"])):
            s.text(14, 14 + 4.4 * i, line, self.face, 7.5)
        for i, line in enumerate(self.person.address):
            s.text(112, 58 + 5.6 * i, line, self.typed, 11, fit=100)
        x, y = rng.uniform(12, 26), rng.uniform(36, 46)
        s.text(x, y, rng.choice(self.words.RETURNED["head"]), self.face, 13, True, fit=84)
        ticked = rng.randrange(4)
        for i, reason in enumerate(self.words.RETURNED["reasons"]):
            s.oval(x, y + 5 + 7.4 * i, 3.6, 3.6, 0.3)
            if i == ticked:
                s.line(x - 0.5, y + 7 + 7.4 * i, x + 1.6, y + 9 + 7.4 * i, 0.6)
                s.line(x + 1.6, y + 9 + 7.4 * i, x + 5.5, y + 3.6 + 7.4 * i, 0.6)
            s.text(x + 6.5, y + 8.2 + 7.4 * i, reason, self.face, 9, fit=76)
        return self.sheets

    def receipt(self):
        self.page((210, 99))
        s, w, v = self.s, self.words.RECEIPT, self.values
        number = v["tracking"]
        family, points = self.pen()
        s.text(10, 13, w["head"], self.face, 12, True, fit=92)
        s.box(10, 17, 92, 12, 0.3)
        s.text(12, 24.5, w["number"], self.face, 8)
        s.text(44, 24.8, f"{number[:2]} {number[2:5]} {number[5:8]} {number[8:12]} {number[12]}", self.typed, 12, True, fit=56)
        self.note("tracking")
        for i, label in enumerate((w["seen"], w["given"])):
            s.text(10, 37 + 6.5 * i, label, self.face, 8.5)
            s.text(34, 37 + 6.5 * i, fr(v["delivered_date"]), family, points)
        self.note("delivered_date")
        s.text(10, 51, w["sign"], self.face, 8.5)
        s.text(30, 62, self.person.full, installed(self.signs)[0], 20, fit=70)
        for i, line in enumerate(self.person.address):
            s.text(10, 72 + 4.8 * i, line, self.face, 8.5, fit=90)
        s.line(106, 8, 106, 92, 0.15, 90)
        s.text(114, 20, w["back"], self.face, 10, True)
        for i, line in enumerate(caisse_address(v["caisse"])):
            s.text(114, 36 + 6 * i, line, self.typed, 10.5, fit=90)
        return self.sheets

    def identity(self):
        rng = self.rng
        title, country, labels = rng.choice(self.words.IDENTITY)
        self.page((210, 297) if rng.random() < 0.7 else (148, 210))
        s, v = self.s, self.values
        x, y = rng.uniform(8, 14) if s.width < 160 else rng.uniform(18, 68), rng.uniform(18, 90)
        s.box(x, y, 120, 82, 0.25, 90, 246)
        s.text(x + 115, y + 7, country, self.face, 8.5, True, anchor="rs", fit=108)
        s.text(x + 115, y + 13, title, self.face, 10.5, True, anchor="rs", fit=108)
        s.box(x + 83, y + 18, 30, 38, 0.2, 110, 180)
        s.oval(x + 92, y + 23, 12, 16, 0.4, 90)
        self.note("birth_date")
        for i, (label, value) in enumerate(zip(labels, [self.person.last.upper(), self.person.first, f"{v['birth_date']:%d %m %Y}", "", ""])):
            s.text(x + 5, y + 20 + 8.4 * i, label, self.face, 6.5 if value else 8.5, ink=50, fit=74)
            if value:
                s.text(x + 5, y + 24.2 + 8.4 * i, value, self.typed, 10.5, True, fit=74)
        last = self.person.last.upper().replace(" ", "<").replace("-", "<")
        lines = (f"{'P<FRA' if 'PASSEPORT' in title else 'IDFRA'}{last}".ljust(30, "<"), f"{rng.randrange(10**11, 10**12)}{self.person.first.upper()}<<{v['birth_date']:%y%m%d}".ljust(30, "<"))
        for i, line in enumerate(lines):
            s.text(x + 5, y + 70 + 6 * i, line[:30], "dejavu-mono", 11, fit=110)
        if rng.random() < 0.4:
            s.text(x, y + 92, rng.choice(("Copie certifiée conforme à l'original", "Copie pour la CPAM", "photocopie recto")), self.written or self.face, 10)
        return self.sheets

    def envelope(self):
        rng, v = self.rng, self.values
        self.page(rng.choice(((220, 110), (162, 114), (229, 162))))
        s = self.s
        family, points = self.pen()
        for i, line in enumerate(caisse_address(v["caisse"])):
            s.text(s.width * 0.45, s.height * 0.58 + 6.2 * i, line.title() if family == self.written else line, family, points + 1.5, fit=s.width * 0.52)
        s.text(8, s.height - 8, f"Exp. : {self.person.full}, {v['street']}, {v['town']}", family, max(8, points - 2.5), fit=s.width * 0.9)
        s.oval(s.width - 58, 9, 18, 18, 0.4)
        s.text(s.width - 49, 19, f"{v['sent_date']:%d.%m.%y}", self.face, 7, anchor="ms")
        s.box(s.width - 34, 7, 22, 25, 0.3, 60, 215)
        s.text(s.width - 23, 21, rng.choice(("FRANCE", "lettre verte", "LA POSTE")), self.face, 7.5, True, anchor="ms", fit=20)
        return self.sheets
