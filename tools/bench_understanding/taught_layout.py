"""How taught mail looks: full-width bands, labels left of their fields, combs that are ticks on a line."""

from invented import KINDS
from layout import STEP, Layout
from people import caisse_address, fr, fr_long
from sheet import Sheet, installed


class TaughtLayout(Layout):
    families = ("liberation-sans", "liberation-serif", "liberation-mono", "carlito", "lato", "bookman", "narrow")
    hands, signs = ("hand-steve", "hand-dkg"), ("sign-kristi",)
    date_forms = (fr, fr, fr, lambda d: f"{d:%d.%m.%Y}", fr_long)
    numbered, mixed = 0.55, 0.6

    def choose(self):
        rng = self.rng
        self.band = rng.choice(("dark", "light", "rule", "bold"))
        self.mark = rng.choice(("box", "line", "none", "none"))
        self.aligned = rng.choice((None, 52, 64))
        self.combs = rng.random() < 0.45
        self.gap = rng.uniform(1.5, 3.4)
        self.centred = rng.random() < 0.6
        self.tick = rng.choice(("cross", "cross", "filled", "brackets"))

    def top(self, paper, title):
        rng, s = self.rng, self.s
        if self.official:
            x = rng.choice((12, 13, self.s.width - 42)) if s.width > 160 else 9
            s.oval(x, 8, 26, 12, 0.6)
            s.text(x + 13, 16, "cerfa", self.face, 14, True, anchor="ms")
            s.text(x + 13, 25, f"N° {paper.cerfa}*{rng.randrange(1, 9):02d}", self.face, 10, True, anchor="ms")
            self.y = 30
        if paper.heads:
            self.slots["doctor"] = self.values["doctor"]
            head = rng.choice(paper.heads)
            if "{rpps}" in head:
                self.note("rpps")
            s.text(self.x0, self.y + 6, self.filled(head), self.face, 12, True, fit=self.x1 - self.x0)
            self.y += 11
        elif paper.cerfa and not self.official and rng.random() < 0.6:
            s.text(self.x0, self.y + 3, rng.choice(("Édité par MédiLogis 4", "Document produit par PAIEPLUS", "imprimé le " + self.slots["sent"])), self.face, 7)
            self.y += 6
        if paper.addressed and rng.random() < paper.addressed:
            self.address(caisse_address(self.values["caisse"]))
        if paper.volets and self.volet:
            s.text(self.x1, 9, self.filled(paper.volets[self.volet - 1]), self.face, 8, True, anchor="rs", fit=120)
        if title:
            points = rng.choice((13, 14, 16, 18))
            if rng.random() < 0.4:
                title = title.upper()
            left = 42 if self.official and self.y < 31 and s.width > 160 else self.x0
            top = 20 if left == 42 else self.y + 8
            lines = s.wrap(title, (self.x1 - left) * 0.9, self.face, points * 1.12)
            for line in lines:
                s.text((left + self.x1) / 2 if self.centred else left + 3, top, line, self.face, points, True, anchor="ms" if self.centred else "ls", fit=self.x1 - left)
                top += points * STEP * 1.3
            self.y = max(self.y, top + 2)
        for text in paper.notes:
            if rng.random() < 0.5:
                self.paragraph(self.filled(text), points=7)

    def address(self, lines):
        self.y += 4
        for line in lines:
            self.s.text(110, self.y, line, self.face, 10.5)
            self.y += 5
        self.y += 3

    def continued(self):
        if self.rng.random() < 0.4:
            self.s.text(self.x1, 10, "page 2", self.face, 8, anchor="rs")

    def foot(self, paper):
        if paper and self.official and paper.s_number:
            self.s.text(self.s.width - 12, self.s.height - 8, f"{paper.s_number[0]} {paper.s_number[1:]}{self.rng.choice('abcdefg')}", self.face, 9.5, True, anchor="rs")

    def section(self, heading, rows, index):
        self.y += self.gap
        if heading:
            self.need(16)
            s, y = self.s, self.y
            words = self.filled(heading).upper() if self.band in ("dark", "bold") else self.filled(heading)
            if self.band in ("dark", "light"):
                s.box(self.x0, y, self.x1 - self.x0, 5.4, 0, 0, 70 if self.band == "dark" else 215)
            s.text((self.x0 + self.x1) / 2 if self.band == "dark" else self.x0 + 2, y + 4.1, words, self.face, 9, True, 255 if self.band == "dark" else 0, "ms" if self.band == "dark" else "ls", fit=self.x1 - self.x0 - 4)
            if self.band == "rule":
                s.line(self.x0, y + 5.4, self.x1, y + 5.4, 0.3)
            self.y += 7
        for row in rows:
            self.row(row)

    def field(self, label, name, value):
        comb = self.combs and self.s.width > 160 and (KINDS.get(name) in ("nir", "siret", "rpps", "finess") or name and name.endswith("_date"))
        self.need(9)
        s, family, points = self.s, *self.pen()
        base = self.y + 5.2
        width = s.text(self.x0 + 1, base, self.filled(label) + self.sign(), self.face, self.size, fit=(self.x1 - self.x0) * 0.6)
        x = max(self.x0 + width + 4, self.x0 + (self.aligned or 0))
        if comb:
            self.comb(x, base, name)
            self.y += 8 + self.gap * 0.3
            return
        if self.mark == "box":
            s.box(x - 1, self.y + 0.6, self.x1 - x, 6.2, 0.2, 90)
        elif self.mark == "line":
            s.line(x - 1, base + 1.2, self.x1, base + 1.2, 0.15, 60)
        for line in s.wrap(value, self.x1 - x - 2, family, points)[:2]:
            s.text(x + 0.5, base, line, family, points, fit=self.x1 - x - 1.5)
            base += points * STEP * 1.2
        self.y = max(self.y + 6.2, base - points * STEP * 1.2 + 2) + self.gap * 0.45

    def sign(self):
        return " :" if self.mark == "none" or self.aligned is None else ""

    def comb(self, x, base, name):
        """Ticks standing on a line, a digit between two."""
        value = self.values[name]
        text = f"{value:%d%m%Y}" if name.endswith("_date") else value
        groups = {8: (2, 4), 15: (1, 3, 5, 7, 10, 13), 14: (9,)}.get(len(text), ())
        s, cell = self.s, min(4.9, (self.x1 - x - 6) / len(text))
        family, points = self.pen()
        s.line(x, base + 1.4, x + len(text) * cell, base + 1.4, 0.25, 60)
        for index in range(len(text) + 1):
            s.line(x + index * cell, base + (-3.6 if index in groups else -0.4), x + index * cell, base + 1.4, 0.2, 60)
        for index, sign in enumerate(text):
            s.text(x + (index + 0.5) * cell, base + 0.6, sign, family, points + 1, anchor="ms")

    def checks(self, label, options, ticked):
        self.need(7)
        s, x = self.s, self.x0 + 1
        self.y += 5
        if label:
            x += s.text(x, self.y, self.filled(label), self.face, self.size) + 5
        for index, option in enumerate(options):
            option = self.filled(option)
            width = s.text_width(option, self.face, self.size)
            if x + width + 6 > self.x1:
                x, self.y = self.x0 + 6, self.y + 5.4
            if self.tick == "brackets":
                x += s.text(x, self.y, "[X]" if index == ticked else "[ ]", self.face, self.size) - 4
            else:
                s.box(x, self.y - 2.9, 3.2, 3.2, 0.3)
                if index == ticked and self.tick == "filled":
                    s.box(x + 0.7, self.y - 2.2, 1.8, 1.8, 0, 0, 0)
                elif index == ticked:
                    s.line(x - 0.2, self.y - 3.1, x + 3.4, self.y + 0.5, 0.4)
                    s.line(x + 3.4, self.y - 3.1, x - 0.2, self.y + 0.5, 0.4)
            s.text(x + 5, self.y, option, self.face, self.size)
            x += width + 12
        self.y += 2

    def grid(self, titles, cells):
        s, height = self.s, 6.2
        self.need(height * (len(cells) + 1) + 3)
        s, width, top = self.s, (self.x1 - self.x0) / len(titles), self.y + 1.5
        family, points = self.pen()
        for row in range(len(cells) + 2):
            s.line(self.x0, top + row * height, self.x1, top + row * height, 0.15, 50)
        for column, title in enumerate(titles):
            s.line(self.x0 + column * width, top, self.x0 + column * width, top + height * (len(cells) + 1), 0.15, 50)
            s.text(self.x0 + column * width + 1.5, top + 4.3, title, self.face, self.size - 1, True, fit=width - 2)
            for row, line in enumerate(cells):
                if column < len(line):
                    s.text(self.x0 + column * width + 1.5, top + height * (row + 1) + 4.4, line[column], family, points - 0.5, fit=width - 2.5)
        s.line(self.x1, top, self.x1, top + height * (len(cells) + 1), 0.15, 50)
        self.y = top + height * (len(cells) + 1) + 2

    def signatures(self, labels):
        self.need(20)
        s, width = self.s, (self.x1 - self.x0) / len(labels)
        for index, label in enumerate(labels):
            x = self.x0 + index * width
            if self.mark == "box":
                s.box(x, self.y + 1, width - 2, 17, 0.2, 80)
            s.text(x + 2, self.y + 5, label, self.face, self.size - 1)
            if self.rng.random() < 0.85:
                s.text(x + width * 0.3, self.y + 14, self.person.full, installed(self.signs)[0], 20, fit=width * 0.6)
        self.y += 20

    def write(self, said):
        rng, s, v = self.rng, self.s, self.values
        family, points = (self.written, 14) if self.written else (self.face, rng.choice((10.5, 11, 12)))
        step = points * STEP * 1.35
        self.y = 18
        for line in (self.person.full, v["street"], v["town"], f"Tél. {v['phone']}")[:rng.choice((3, 4))]:
            s.text(20, self.y, line, family, points)
            self.y += step
        if said.nir and rng.random() < 0.6:
            s.text(20, self.y, said.nir, family, points)
            said.nir = None
        self.y = max(self.y, 48)
        for line in said.to:
            s.text(112, self.y, line, family, points, fit=88)
            self.y += step
        s.text(112, self.y + step, f"{v['town'][6:].title()}, le {fr_long(v['sent_date'])}", family, points, fit=90)
        self.y += step * 3
        if rng.random() < 0.8:
            s.text(20, self.y, f"Objet : {said.subject}", family, points, bold=rng.random() < 0.6 and not self.written, fit=170)
            self.fields["subject"] = said.subject
            self.y += step
        self.x0, self.x1 = 19, 192
        if said.nir:
            self.paragraph(said.nir, family, points)
        for text in (said.salutation, said.opening, *said.middles, said.ending):
            self.y += step * 0.7
            self.paragraph(text, family, points, 1.5)
        s.text(130, self.y + 14, self.person.full, installed(self.signs)[0], 24)

    # papers of a shape of their own
    def cheque(self):
        rng, v, w = self.rng, self.values, self.words.CHEQUE
        self.page((175, 80))
        s = self.s
        s.text(8, 12, rng.choice(w["bank"]), self.face, 11, True)
        s.text(168, 12, f"{w['word']} {v['number']}", self.face, 10, True, anchor="rs")
        s.text(8, 24, w["pay"], self.face, 8)
        amount = v["amount"].replace(".", ",")
        family, points = self.pen()
        s.text(66, 24, rng.choice(("soixante euros", "quatre-vingt-dix euros", "deux cents euros")), family, points)
        s.text(8, 34, w["order"], self.face, 8)
        s.text(32, 34, rng.choice(("CPAM - Agent comptable", "l'agent comptable de la CPAM")), family, points)
        s.box(126, 29, 42, 9, 0.3, 60)
        s.text(132, 36, amount + " €", family, points + 1)
        self.note("amount")
        s.text(8, 46, w["place"], self.face, 8)
        for i, line in enumerate((self.person.formal, v["street"], v["town"])):
            s.text(8, 52 + 4.5 * i, line, self.face, 8)
        s.text(100, 46, f"le {fr(v['sent_date'])}", family, points)
        s.text(120, 61, self.person.full, installed(self.signs)[0], 22)
        s.text(8, 74, f"#{rng.randrange(10**6, 10**7)} ({v['bank']}{v['branch']}{v['ribkey']}) {v['account']}:", "liberation-mono", 12, True)
        return self.sheets

    def returned(self):
        self.page((220, 110))
        s, rng = self.s, self.rng
        for i, line in enumerate(caisse_address(self.values["caisse"])):
            s.text(10, 12 + 4.6 * i, line, self.face, 8.5)
        for i, line in enumerate(self.person.address):
            s.text(105, 62 + 6 * i, line, self.face, 11.5)
        s.box(22, 40, 72, 46, 0.4)
        s.text(58, 47, rng.choice(self.words.RETURNED["head"]), self.face, 10, True, anchor="ms", fit=68)
        ticked = rng.randrange(4)
        for i, reason in enumerate(self.words.RETURNED["reasons"]):
            s.box(26, 52 + 7 * i, 4, 4)
            if i == ticked:
                s.text(28, 55.5 + 7 * i, "X", self.face, 11, True, anchor="ms")
            s.text(32, 55.4 + 7 * i, reason, self.face, 8.5, fit=58)
        return self.sheets

    def receipt(self):
        self.page((210, 99))
        s, w, v = self.s, self.words.RECEIPT, self.values
        number = v["tracking"]
        s.text(105, 14, w["head"], self.face, 15, True, anchor="ms")
        s.text(10, 26, w["number"], self.face, 9)
        s.text(48, 26, f"{number[:2]} {number[2:5]} {number[5:8]} {number[8:12]} {number[12]}", self.face, 12, True)
        self.note("tracking")
        for i, line in enumerate(self.person.address):
            s.text(36, 38 + 5 * i, line, self.face, 9.5)
        family, points = self.pen()
        s.text(10, 62, w["seen"], self.face, 9)
        s.text(48, 62, fr(v["act_date"]), family, points)
        s.text(10, 70, w["given"], self.face, 9)
        s.text(48, 70, fr(v["delivered_date"]), family, points)
        self.note("delivered_date")
        s.text(10, 82, w["sign"], self.face, 9)
        s.text(60, 88, self.person.full, installed(self.signs)[0], 22)
        s.text(118, 58, w["back"], self.face, 9, True)
        for i, line in enumerate(caisse_address(v["caisse"])):
            s.text(118, 65 + 5.4 * i, line, self.face, 10, fit=88)
        return self.sheets

    def identity(self):
        rng = self.rng
        title, country, labels = rng.choice(self.words.IDENTITY)
        self.page((210, 297) if rng.random() < 0.6 else (210, 148))
        s, x, y, v = self.s, rng.uniform(20, 60), rng.uniform(20, 40), self.values
        s.box(x, y, 125, 84, 0.3, 110)
        s.text(x + 5, y + 8, country, self.face, 10, True)
        s.text(x + 5, y + 15, title, self.face, 12, True, fit=115)
        s.box(x + 5, y + 20, 30, 40, 0.3, 120, 190)
        values = [self.person.last.upper(), self.person.first, fr(v["birth_date"]), "", ""]
        self.note("birth_date")
        for i, (label, value) in enumerate(zip(labels, values)):
            s.text(x + 40, y + 24 + 9 * i, f"{label} {': ' if value else ''}{value}", self.face, 10, fit=82)
        last = self.person.last.upper().replace(" ", "<")
        for i, line in enumerate((f"{'P<FRA' if 'PASSEPORT' in title else 'IDFRA'}{last}".ljust(30, "<"), f"{rng.randrange(10**11, 10**12)}{self.person.first.upper()}<<{v['birth_date']:%y%m%d}".ljust(30, "<"))):
            s.text(x + 5, y + 74 + 6 * i, line[:30], "liberation-mono", 11, fit=116)
        return self.sheets

    def envelope(self):
        self.page(self.rng.choice(((220, 110), (162, 114), (229, 162))))
        s, v = self.s, self.values
        family, points = self.pen()
        for i, line in enumerate((self.person.full, v["street"], v["town"])):
            s.text(10, 12 + 5 * i, line, family, points - 1)
        for i, line in enumerate(caisse_address(v["caisse"])):
            s.text(s.width * 0.42, s.height * 0.55 + 6.5 * i, line, family, points + 2, fit=s.width * 0.55)
        s.box(s.width - 32, 8, 24, 22, 0.4)
        s.text(s.width - 20, 18, self.rng.choice(("LETTRE VERTE", "LA POSTE")), self.face, 8, True, anchor="ms", fit=22)
        s.text(s.width - 20, 25, f"{v['sent_date']:%d-%m-%y}", self.face, 8, anchor="ms")
        return self.sheets
