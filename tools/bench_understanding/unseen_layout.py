"""How unseen mail looks: frames and columns, labels above their fields, single boxes for digits, dotted leaders, listings of a program."""

from invented import KINDS
from layout import STEP, Layout
from people import caisse_address, fr, fr_long
from sheet import Sheet, installed


class UnseenLayout(Layout):
    families = ("dejavu-sans", "dejavu-serif", "dejavu-mono", "caladea", "palladio", "schoolbook", "gothic", "roboto", "open-sans", "typewriter")
    hands, signs = ("hand-klee", "hand-breip"), ("sign-dancing",)
    margins = (17, 12)
    date_forms = (fr, fr, lambda d: f"{d:%d-%m-%Y}", lambda d: f"{d:%d %m %Y}", fr_long)
    numbered, mixed = 0.5, 0.5

    def choose(self):
        rng = self.rng
        self.size = max(8.0, self.size - (1 if self.face in ("dejavu-sans", "dejavu-mono", "gothic") else 0))
        self.kind = rng.choice(("frames", "frames", "leaders", "listing", "cards"))
        self.columns = rng.choice((1, 2, 2)) if self.kind in ("frames", "cards") else 1
        self.cells = rng.random() < 0.4 and self.kind in ("frames", "cards")
        self.gap = rng.uniform(1.0, 3.0)
        self.title_at = rng.choice(("left", "right", "boxed", "under"))
        self.column, self.row_top = 0, 0.0

    def top(self, paper, title):
        rng, s = self.rng, self.s
        wide = s.width > 160
        if self.official:
            at_right = self.title_at != "right" and wide
            x = s.width - 44 if at_right else 16
            s.box(x, 9, 30, 9, 0.3)
            s.text(x + 15, 15.4, rng.choice(("cerfa", "CERFA")), self.face, 11, True, anchor="ms")
            s.text(x + 15, 23.5, f"{rng.choice(('N°', 'n°'))} {paper.cerfa}{rng.choice(('*', ' * ', '-'))}{rng.randrange(1, 9):02d}", self.face, 9, anchor="ms")
        y = 14
        if paper.heads:
            head = rng.choice(paper.heads)
            if "{rpps}" in head:
                self.note("rpps")
            for line in s.wrap(self.filled(head), (self.x1 - self.x0) * (0.6 if self.official else 1), self.face, 10.5):
                s.text(self.x0, y, line, self.face, 10.5, fit=self.x1 - self.x0)
                y += 5
            y += 3
        elif paper.cerfa and not self.official and rng.random() < 0.7:
            s.text(self.x1, 8, rng.choice((f"Page 1/1 - {self.slots['sent']}", "Logiciel CabiNet 12.4", "PaieFacile - états sociaux")), self.face, 6.5, anchor="rs")
        if paper.addressed and rng.random() < paper.addressed:
            for line in caisse_address(self.values["caisse"]):
                s.text(self.x0 + 2, y + 4, line, self.face, 10)
                y += 4.8
            y += 6
        if paper.volets and self.volet:
            s.text(self.x0, s.height - 7, self.filled(paper.volets[self.volet - 1]), self.face, 8.5, True, fit=110)
        if title:
            points = rng.choice((12, 14, 15, 17))
            width = (self.x1 - self.x0) * (0.72 if self.official and wide else 0.95)
            left = self.x0 if self.title_at != "right" or not wide else self.x1 - width
            lines = s.wrap(title, width, self.face, points * 1.12)
            top = y
            for line in lines:
                y += points * STEP * 1.3
                s.text(left + 2, y, line, self.face, points, True, fit=width)
            if self.title_at == "boxed":
                s.box(left, top, width + 2, y - top + 3, 0.3, 40)
            elif self.title_at == "under":
                s.line(left, y + 2.2, self.x1, y + 2.2, 0.5, 30)
        self.y = max(y + 6, 27 if self.official else 0)
        if paper.notes and rng.random() < 0.5:
            self.paragraph(self.filled(rng.choice(paper.notes)), points=7)

    def continued(self):
        self.column = 0
        if self.rng.random() < 0.4:
            self.s.text(self.x0, 9, "- 2 -", self.face, 8)

    def foot(self, paper):
        self.flush()
        if paper and self.official and paper.s_number:
            s = self.s
            s.text(s.width - 15, s.height - 7, f"{paper.s_number}{self.rng.choice(('', ' a', ' d', 'k'))}", self.face, 8.5, anchor="rs")

    def section(self, heading, rows, index):
        self.flush()
        self.y += self.gap + 1.5
        if heading:
            self.need(18)
        page, top = self.s, self.y
        if heading:
            words = self.filled(heading)
            if self.kind == "listing":
                self.y += 5
                self.s.text(self.x0, self.y, f"== {words} ==", self.face, self.size, True)
                self.y += 1.5
            elif self.kind == "leaders":
                self.y += 5
                width = self.s.text(self.x0, self.y, words, self.face, self.size + 1.5, True)
                self.s.line(self.x0, self.y + 1, self.x0 + width, self.y + 1, 0.2)
                self.y += 2
            else:
                self.y += 5
                self.s.text(self.x0 + 3, self.y, words[:1].upper() + words[1:], self.face, self.size + 1, True)
                self.y += 1.5
        for row in rows:
            if self.column and (row[0] in "§?#~"):
                self.flush()
            self.row(row)
        self.flush()
        if self.kind == "frames" and self.s is page and heading:
            self.s.box(self.x0, top, self.x1 - self.x0, self.y - top + 1.5, 0.25, 50)
            self.y += 2

    def flush(self):
        """Ends a line of columns."""
        if self.column:
            self.column, self.y = 0, self.row_top

    def field(self, label, name, value):
        if self.kind in ("leaders", "listing"):
            self.leader(label, value)
        else:
            self.under_label(label, name, value)

    def leader(self, label, value):
        self.need(7)
        s, family, points = self.s, *self.pen()
        self.y += 5.4 + self.gap * 0.4
        label = self.filled(label).rstrip(" :")
        width = s.text(self.x0 + 1, self.y, label, self.face, self.size, fit=90)
        if self.kind == "listing":
            x = self.x0 + max(62, width + 6)
            s.text(x - 3, self.y, ":", self.face, self.size)
        else:
            x = self.x0 + width + 5
            for at in range(int(x), int(self.x1), 2):
                s.box(at, self.y + 0.7, 0.25, 0.25, 0, 0, 90)
        for index, line in enumerate(s.wrap(value, self.x1 - x, family, points)[:2]):
            if index:
                self.y += 5
            s.text(x, self.y, line, family, points, fit=self.x1 - x)

    def under_label(self, label, name, value):
        """Label above, value below; two fields side by side when there are columns."""
        s = self.s
        as_cells = self.cells and s.width > 160 and (KINDS.get(name) in ("nir", "siret", "rpps", "finess") or name and name.endswith("_date"))
        family, points = self.pen()
        width = (self.x1 - self.x0) / self.columns
        long = s.text_width(value, family, points) > width - 6 or (as_cells and len(str(self.values[name])) > 12)
        if self.column and long:
            self.flush()
        if not self.column:
            self.need(14)
            s, self.row_top = self.s, self.y
        x, y = self.x0 + 2 + self.column * width, self.y
        s.text(x, y + 4, self.filled(label).rstrip(" :"), self.face, self.size - 1.5, ink=40, fit=width - 4)
        if as_cells:
            self.single_boxes(x, y + 5.2, name)
        else:
            s.text(x + 1, y + 9.4, value, family, points, fit=(self.x1 - self.x0 if long else width) - 5)
            if self.kind == "cards":
                s.box(x - 1, y + 4.9, (self.x1 - self.x0 if long else width) - 3, 6.2, 0.15, 120)
        self.row_top = max(self.row_top, y + 12 + self.gap * 0.5)
        self.column = 0 if long else (self.column + 1) % self.columns
        if not self.column:
            self.y = self.row_top

    def single_boxes(self, x, y, name):
        value = self.values[name]
        parts = (f"{value:%d}", f"{value:%m}", f"{value:%Y}") if name.endswith("_date") else {15: (value[0], value[1:3], value[3:5], value[5:7], value[7:10], value[10:13], value[13:]), 14: (value[:9], value[9:])}.get(len(value), (value,))
        family, points = self.pen()
        size = 4.6
        for part in parts:
            for sign in part:
                self.s.box(x, y, size, 5.8, 0.15, 100)
                self.s.text(x + size / 2, y + 4.6, sign, family, points, anchor="ms")
                x += size
            x += 1.6

    def checks(self, label, options, ticked):
        s = self.s
        self.need(7)
        s = self.s
        self.y += 5 + self.gap * 0.4
        x = self.x0 + 2
        if self.kind == "listing":
            s.text(x - 1, self.y, self.filled(f"{label or 'Choix'} : {options[ticked]}"), self.face, self.size, fit=self.x1 - x)
            return
        if label:
            s.text(x, self.y, self.filled(label) + " :", self.face, self.size, fit=80)
            if self.columns == 2 or len(options) > 2:
                self.y += 5
                x += 6
            else:
                x += s.text_width(label + " :", self.face, self.size) + 4
        for index, option in enumerate(options):
            option = self.filled(option)
            width = s.text_width(option, self.face, self.size)
            if x + width + 8 > self.x1 and x > self.x0 + 9:
                x, self.y = self.x0 + 8, self.y + 5
            s.oval(x, self.y - 2.8, 3, 3, 0.25)
            if index == ticked:
                s.text(x + 1.5, self.y + 0.4, "X", self.pen()[0], 11, True, anchor="ms")
            s.text(x + 4.5, self.y, option, self.face, self.size, fit=self.x1 - x - 5)
            x += width + 10
        self.y += 1.5

    def grid(self, titles, cells):
        """A table without upright lines."""
        height = 5.6
        self.need(height * (len(cells) + 1) + 4)
        s, width = self.s, (self.x1 - self.x0 - 4) / len(titles)
        family, points = self.pen()
        self.y += 5.5
        for column, title in enumerate(titles):
            s.text(self.x0 + 2 + column * width, self.y, title, self.face, self.size - 0.5, fit=width - 2)
        s.line(self.x0 + 2, self.y + 1.2, self.x1 - 2, self.y + 1.2, 0.35)
        for row in cells:
            self.y += height
            for column, cell in enumerate(row[:len(titles)]):
                s.text(self.x0 + 2 + column * width, self.y, cell, family, points - 0.5, fit=width - 2)
        s.line(self.x0 + 2, self.y + 1.6, self.x1 - 2, self.y + 1.6, 0.15)
        self.y += 3

    def signatures(self, labels):
        self.need(18)
        s, x = self.s, self.x1 - 62 * len(labels)
        x = max(x, self.x0)
        for label in labels:
            s.text(x, self.y + 5, label, self.face, self.size)
            if self.rng.random() < 0.8:
                s.text(x + 8, self.y + 14, self.person.full, installed(self.signs)[0], 19, fit=50)
            x += 62
        self.y += 18

    def write(self, said):
        rng, s, v = self.rng, self.s, self.values
        family, points = (self.written, 15) if self.written else (self.face, rng.choice((10, 10.5, 11)))
        step = points * STEP * 1.4
        shape = rng.choice(("right", "centre", "foot", "mail"))
        sender = [self.person.formal, v["street"], v["town"], v["phone"]][:rng.choice((3, 4))]
        self.x0, self.x1, self.y = rng.choice((24, 28)), 188, 20
        if shape == "mail":
            for line in (f"De : {v['mail']}", f"Envoyé : {fr(v['sent_date'])} 09:41", f"Sujet : {said.subject}"):
                s.text(self.x0, self.y, line, family, points, fit=160)
                self.y += step
            self.fields["subject"] = said.subject
        else:
            x = {"right": 120, "centre": 105, "foot": self.x0}[shape]
            if shape != "foot":
                for line in sender:
                    s.text(x, self.y, line, family, points, anchor="ms" if shape == "centre" else "ls")
                    self.y += step
            for line in said.to:
                self.y += step * 0.85
                s.text(self.x0, self.y, line, family, points, fit=85)
            self.y += step * 1.5
            if rng.random() < 0.75:
                words = f"{rng.choice(('Concerne', 'OBJET', 'Réf.'))} : {said.subject}"
                s.text(self.x0, self.y, words, family, points, fit=160)
                self.fields["subject"] = said.subject
                self.y += step
        parts = [said.salutation, said.opening, *said.middles, said.ending]
        if said.nir:
            parts.insert(rng.choice((1, 2, len(parts))), said.nir)
        self.y += step
        if rng.random() < 0.4:
            parts[1:-1] = [" ".join(parts[1:-1])]
        for text in parts:
            self.paragraph(text, family, points, 1.4)
            self.y += step * rng.choice((0.2, 0.5))
        if shape != "mail":
            self.y += 6
            s.text(self.x0, self.y, f"{v['town'][6:].title()}, {fr_long(v['sent_date'])}", family, points)
            s.text(self.x0 + rng.choice((0, 70)), self.y + 14, self.person.full, installed(self.signs)[0], 22)
        if shape == "foot":
            self.y += 24
            for line in sender:
                s.text(self.x0, self.y, line, family, points - 1)
                self.y += step

    # papers of a shape of their own
    def cheque(self):
        rng, v, w = self.rng, self.values, self.words.CHEQUE
        self.page((180, 84))
        s, (family, points) = self.s, self.pen()
        s.text(90, 12, rng.choice(w["bank"]), self.face, 12, True, anchor="ms")
        s.text(10, 22, f"{w['word']} n° {v['number']}", self.face, 8)
        s.text(10, 30, w["pay"], self.face, 8)
        s.text(92, 30, rng.choice(("cent vingt euros", "trente-huit euros", "mille euros")), family, points, fit=80)
        s.text(10, 40, w["order"], self.face, 8)
        s.text(18, 40, rng.choice(("CPAM", "Assurance Maladie")), family, points)
        s.box(132, 36, 38, 9, 0.4, 30)
        s.text(136, 43, "€ " + v["amount"].replace(".", ","), family, points)
        self.note("amount")
        s.text(132, 52, fr(v["sent_date"]), family, points)
        s.text(10, 50, w["place"], self.face, 7.5)
        for i, line in enumerate(self.person.address):
            s.text(60, 52 + 4.5 * i, line, self.face, 8)
        s.text(125, 66, self.person.full, installed(self.signs)[0], 20)
        s.text(10, 78, f"{rng.randrange(10**6, 10**7)} {v['bank']}{v['branch']}{v['ribkey']} {v['account']}", "dejavu-mono", 11)
        return self.sheets

    def returned(self):
        self.page(self.rng.choice(((229, 114), (162, 114))))
        s, rng = self.s, self.rng
        for i, line in enumerate(caisse_address(self.values["caisse"])):
            s.text(8, 10 + 4.2 * i, line, self.face, 8)
        for i, line in enumerate(self.person.address):
            s.text(s.width * 0.46, 50 + 5.5 * i, line, self.face, 11, fit=s.width * 0.5)
        s.text(12, 44, rng.choice(self.words.RETURNED["head"]), self.face, 15, True)
        ticked = rng.randrange(4)
        for i, reason in enumerate(self.words.RETURNED["reasons"]):
            s.text(12, 52 + 5.5 * i, ("(X) " if i == ticked else "(  ) ") + reason, self.face, 8.5, fit=s.width * 0.44)
        return self.sheets

    def receipt(self):
        self.page((210, 105))
        s, w, v = self.s, self.words.RECEIPT, self.values
        number = v["tracking"]
        s.text(8, 14, w["head"], self.face, 12, True)
        s.text(120, 24, f"{w['number']} :", self.face, 9)
        s.text(120, 31, f"{number[:2]} {number[2:5]} {number[5:8]} {number[8:12]} {number[12]}", self.face, 12)
        self.note("tracking")
        for i, line in enumerate(caisse_address(v["caisse"])):
            s.text(10, 34 + 5.4 * i, line, self.face, 10, fit=90)
        s.text(10, 28, w["back"], self.face, 8)
        for i, line in enumerate(self.person.address):
            s.text(120, 44 + 5 * i, line, self.face, 9, fit=80)
        family, points = self.pen()
        for i, (label, day) in enumerate(((w["seen"], v["act_date"]), (w["given"], v["delivered_date"]))):
            s.text(10 + 60 * i, 74, f"{label} :", self.face, 9)
            s.text(32 + 60 * i, 74, fr(day), family, points)
        self.note("delivered_date")
        s.text(10, 84, w["sign"], self.face, 8.5)
        s.text(20, 95, self.person.full, installed(self.signs)[0], 20)
        return self.sheets

    def identity(self):
        rng = self.rng
        title, country, labels = rng.choice(self.words.IDENTITY)
        self.page()
        s, x, y, v = self.s, rng.uniform(30, 70), rng.uniform(40, 110), self.values
        s.box(x - 4, y - 8, 118, 76, 0.2, 140)
        s.box(x + 76, y + 8, 28, 36, 0.3, 130, 200)
        s.text(x, y, country, self.face, 9)
        s.text(x, y + 7, title, self.face, 10.5, True, fit=105)
        values = [self.person.last.upper(), self.person.first, self.rng.choice((fr, lambda d: f"{d:%d %m %Y}"))(v["birth_date"]), "", ""]
        self.note("birth_date")
        for i, (label, value) in enumerate(zip(labels, values)):
            s.text(x, y + 14 + 8.6 * i, label, self.face, 6.5, ink=50)
            s.text(x, y + 18.4 + 8.6 * i, value, self.face, 10, fit=74)
        last = self.person.last.upper().replace(" ", "<")
        for i, line in enumerate((f"{'P<FRA' if 'PASSEPORT' in title else 'IDFRA'}{rng.randrange(10**8, 10**9)}".ljust(30, "<"), f"{v['birth_date']:%y%m%d}4F3309146FRA".ljust(30, "<"), f"{last}<<{self.person.first.upper()}".ljust(30, "<"))):
            s.text(x, y + 56 + 4.6 * i, line[:30], "dejavu-mono", 9.5, fit=108)
        return self.sheets

    def envelope(self):
        self.page(self.rng.choice(((220, 110), (229, 114), (162, 114))))
        s, v = self.s, self.values
        family, points = self.pen()
        for i, line in enumerate(caisse_address(v["caisse"])):
            s.text(s.width * 0.36, s.height * 0.48 + 6.2 * i, line, family, points + 1.5, fit=s.width * 0.6)
        s.text(8, s.height - 6, f"Exp. {self.person.full}, {v['street']}, {v['town']}", family, points - 2, fit=s.width - 16)
        s.oval(s.width - 62, 6, 24, 24, 0.4, 60)
        s.text(s.width - 50, 19, f"{v['sent_date']:%d.%m.%y}", self.face, 8, anchor="ms")
        s.box(s.width - 30, 6, 22, 26, 0.3)
        s.text(s.width - 19, 20, "FRANCE 20 g", self.face, 7, anchor="ms", fit=20)
        return self.sheets
