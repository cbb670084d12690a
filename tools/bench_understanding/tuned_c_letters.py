"""Letters and papers of a shape of their own of the third mail to tune rules on: by whom they are written, on what paper, printed from what."""

import re

from layout import STEP
from people import caisse_address, fr, fr_long, grouped
from sheet import installed, px

ICONS = ("person", "house", "calendar", "letter", "sheet", "cross", "phone")


class LettersAndCards:
    """The part of the look that is no form; mixed into its layout."""

    def letter(self, letter):
        rng, w = self.rng, self.words
        self.strip = self.strip and letter.by in ("firm", "town")
        self.by, self.face = letter.by, self.face if not self.written else rng.choice(installed(self.families))
        self.subject = self.filled(rng.choice(letter.subjects))
        long = rng.random() < 0.22
        body = [rng.choice(letter.openings), *rng.sample(letter.middles, min(len(letter.middles), rng.randrange(1, 4)))]
        if long:
            body += rng.sample(w.LONG if letter.by in ("self", "kin") else w.LONG_OF_OTHERS, rng.randrange(3, 6))
        self.body = [" ".join(body)] if rng.random() < 0.3 and not long else body
        self.body = [self.filled(text) for text in self.body]
        self.ending, self.salutation = rng.choice(letter.endings), rng.choice(w.SALUTATIONS)
        self.enclosed = rng.choice(letter.enclosures) if letter.enclosures and rng.random() < 0.6 else None
        self.to, self.nir_line = [letter.to] if letter.to else rng.choice((caisse_address(self.values["caisse"]), caisse_address(self.values["caisse"]), caisse_address(self.values["caisse"], rng.choice(w.SERVICES)), [rng.choice(w.TO)], [])), None
        if rng.random() < (0.2 if letter.to else 0.75):
            self.nir_line = self.filled(rng.choice(w.NIR_SENTENCES if letter.by == "self" else w.NIR_OF_OTHERS).replace("{nir}", self.shown("nir")))
            self.note("nir")
        if "decision_date" in self.fields and not any(self.values["decision_date"].strftime("%Y") in text for text in self.body):
            del self.fields["decision_date"]
        self.pen_of_letter = (self.written, 14) if self.written else (self.face, rng.choice((10, 10.5, 11, 11.5) if not long else (11, 12, 13)))
        self.leading = rng.choice((1.35, 1.6, 1.9, 2.1)) if long else rng.choice((1.3, 1.4, 1.55))
        self.write_it(long)
        return self.sheets

    def write_it(self, long):
        rng = self.rng
        forms = ["classic"] * 3 + ["right", "card"] + ([] if self.written else ["mailed", "mailed", "contact", "telefax"])
        form = rng.choice(forms) if self.by in ("self", "kin") else rng.choice(("headed", "headed", "headed", "telefax", "mailed" if not self.written else "headed"))
        self.page((148, 210) if form == "card" and not long else (210, 297))
        self.margins = (14, 12) if self.s.width < 160 else rng.choice(((20, 20), (25, 20), (28, 25), (18, 18)))
        self.x0, self.x1, self.count = self.margins[0], self.s.width - self.margins[1], 1
        getattr(self, f"as_{'classic' if form == 'card' else form}")()
        if rng.random() < (0.3 if long else 0.1) and self.s.width > 160:
            self.further(self.rng.choice(self.words.ANNEXES), (210, 297))

    def out(self, x, lines, fit=None, step=1.3, **how):
        family, points = self.pen_of_letter
        for line in lines:
            self.s.text(x, self.y, line.replace(" ", "  ") if self.written else line, family, points, fit=fit or self.s.width - x - 8, **how)
            self.y += points * STEP * step

    def sender(self):
        """Who writes, and from where."""
        v, rng = self.values, self.rng
        if self.by == "firm":
            return [v["firm"], v["firm_street"], v["firm_town"], f"SIRET {grouped(v['siret'], 3, 3, 3, 5)}"]
        if self.by == "doctor":
            return [v["doctor"], v["doctor_street"], v["doctor_town"], f"RPPS {v['rpps']}"]
        if self.by in ("lawyer", "guardian", "town"):
            return [self.filled(rng.choice({"lawyer": self.words.LAWYERS, "guardian": self.words.GUARDIANS, "town": self.words.TOWNS}[self.by])), v["doctor_street"], v["doctor_town"]]
        who = v["other_full"] if self.by == "kin" else rng.choice((self.person.full, self.person.formal, f"{v['last']} {v['first']}"))
        return [who, v["street"], v["town"], *rng.sample((v["phone"], v["mail"]) if self.by == "self" else (v["phone"],), rng.randrange(3) if self.by == "self" else 1)]

    def signature(self):
        v = self.values
        return {"self": self.person.full, "kin": v["other_full"], "doctor": v["doctor"]}.get(self.by, f"{self.rng.choice('ABCDEFGJLMP')}. {self.rng.choice(self.words.SURNAMES)}")

    def place_and_day(self):
        v, place = self.values, self.slots["city"]
        return self.rng.choice((f"{place}, le {fr_long(v['sent_date'])}", f"Le {fr_long(v['sent_date'])}", f"Fait à {place} le {fr(v['sent_date'])}", fr(v["sent_date"]), f"{place.upper()} - {fr(v['sent_date'])}"))

    def as_classic(self):
        rng, wide = self.rng, self.s.width > 160
        self.y = rng.choice((18, 24, 30)) if wide else 16
        self.out(self.x0, self.sender(), 90)
        self.y += rng.choice((3, 8))
        x = 112 if wide else 62
        self.out(x, self.to)
        self.y += rng.choice((3, 8))
        self.out(x if rng.random() < 0.6 else self.x0, [self.place_and_day()])
        self.y += rng.choice((2, 7))
        self.content()

    def as_right(self):
        """The caisse left, the sender right, the day at the end."""
        self.y = 22
        self.out(self.x0, self.to)
        self.y += 6
        self.out(118, self.sender())
        self.y += 8
        self.content(self.place_and_day())

    def as_headed(self):
        """On an organisation's paper, with its line at the foot."""
        s, rng, lines = self.s, self.rng, self.sender()
        parts, kind = lines[0].split(" - "), rng.choice(("logo", "band", "centre"))
        if kind == "band":
            s.box(0, 0, s.width, 22, 0, 0, self.pale)
        elif kind == "logo":
            self.icon(self.x0, 9, rng.choice(ICONS), 12)
        x, anchor = (s.width / 2, "ms") if kind == "centre" else (self.x0 + (16 if kind == "logo" else 0), "ls")
        for index, part in enumerate([*parts, *(lines[1:3] if kind != "band" else [])]):
            s.text(x, 13 + 5 * index, part, self.face, 13 if not index else 9, not index, 40, anchor, fit=s.width - x - 10 if anchor == "ls" else 170)
        foot = " - ".join([*lines[1:], self.values["phone"]])
        s.text(s.width / 2, s.height - 8, foot, self.face, 7, ink=self.grey, anchor="ms", fit=s.width - 30)
        self.y = 48
        self.out(112, self.to)
        self.y += 6
        self.out(self.x0 if rng.random() < 0.5 else 112, [self.place_and_day()])
        if rng.random() < 0.5:
            self.out(self.x0, [f"{rng.choice(('N/réf.', 'Nos réf.', 'Dossier'))} : {self.values['number']}", *([f"V/réf. : {self.values['ref']}"] if rng.random() < 0.5 else [])])
        self.y += 5
        self.content()

    def as_mailed(self):
        """A printed message, sometimes with the one it answers under it."""
        s, rng, v = self.s, self.rng, self.values
        self.y = 14
        s.text(self.x0, self.y, rng.choice(self.words.MAIL_HEADS), self.face, 8, ink=self.grey)
        s.text(self.x1, self.y, fr(v["sent_date"]), self.face, 8, ink=self.grey, anchor="rs")
        self.y += 9
        mail = v["mail"] if self.by == "self" else f"contact@{self.by}.exemple.invalid"
        heads = [("De", f"{self.sender()[0]} <{mail}>"), ("À", rng.choice(("contact@caisse.exemple.invalid", "Service client", self.to[0] if self.to else "courrier@am.invalid"))), ("Date", f"{fr_long(v['sent_date'])} à {rng.randrange(7, 23)}:{rng.randrange(60):02d}"), (rng.choice(("Objet", "Sujet")), self.subject)]
        rng.shuffle(heads)
        family, points = self.pen_of_letter
        for label, text in heads:
            if text:
                s.text(self.x0, self.y, f"{label} :", family, points, True)
                s.text(self.x0 + 20, self.y, text, family, points, fit=self.x1 - self.x0 - 20)
                self.y += points * STEP * 1.35
        if self.subject:
            self.fields["subject"] = self.subject
        s.line(self.x0, self.y, self.x1, self.y, 0.2, 120)
        self.y += 5
        self.subject, self.signs_by_hand = "", False
        self.content()
        if rng.random() < 0.35:
            self.paragraph(self.filled("Le {act}, l'accueil a écrit : > Bonjour, > Nous avons bien reçu votre demande, elle sera traitée sous trente jours. > Votre conseiller"), family, points - 1)
        if rng.random() < 0.3:
            self.paragraph("Envoyé de mon téléphone" if self.by == "self" else "Ce message est confidentiel. N'imprimez que si nécessaire.", family, points - 2)

    def as_contact(self):
        """A message written in a form of a web site."""
        s, v = self.s, self.values
        self.y = 20
        s.text(self.x0, self.y, self.rng.choice(("Nous contacter", "Votre message", "Écrire à ma caisse")), self.face, 16, True)
        self.y += 8
        self.field("Nom", None, self.person.full)
        if self.nir_line:
            self.field(self.rng.choice(self.words.LABELS["nir"]), None, self.shown("nir"))
            self.nir_line = None
        self.field(self.rng.choice(("Courriel", "Adresse électronique")), None, v["mail"])
        if self.subject:
            self.field("Objet", None, self.subject)
            self.fields["subject"] = self.subject
        if self.to and self.rng.random() < 0.7:
            self.field("Destinataire", None, self.to[0])
        self.field("Date d'envoi", None, fr(v["sent_date"]))
        self.flush()
        self.subject, self.salutation = "", ""
        self.y += 4
        for text in [*self.body, self.ending]:
            self.paragraph(text, *self.pen_of_letter, self.leading)
        s.text(self.x0, s.height - 8, self.site, self.face, 6.5, ink=self.grey)

    def as_telefax(self):
        """A cover of a fax or of an internal post with the message under it."""
        s, lines = self.s, self.sender()
        self.y = 22
        s.text(self.x0, self.y, self.rng.choice(("TÉLÉCOPIE", "TRANSMISSION", "Bordereau de transmission", "FAX")), self.face, 20, True)
        self.y += 6
        s.line(self.x0, self.y, self.x1, self.y, 0.8)
        self.y += 3
        self.grid(["De", "Pour", "Date", "Pages"], [[lines[0], self.to[0] if self.to else self.words.TO[0], fr(self.values["sent_date"]), str(self.rng.randrange(1, 4))]])
        self.y += 6
        self.content()

    def content(self, day=None):
        """From the subject to the signature."""
        rng, (family, points) = self.rng, self.pen_of_letter
        if self.nir_line and rng.random() < 0.4:
            self.out(self.x0, [self.nir_line])
            self.nir_line = None
            self.y += 2
        if self.subject and rng.random() < 0.75:
            sign = rng.choice(self.words.SUBJECT_SIGNS)
            bold = not self.written and rng.random() < 0.5
            self.y += points * STEP
            self.s.text(self.x0, self.y, f"{sign} {self.subject}", family, points, bold, fit=self.x1 - self.x0)
            self.fields["subject"] = self.subject
            self.y += 5
        self.y += 3
        for text in [self.salutation, *self.body]:
            if text:
                self.paragraph(text, family, points, self.leading)
                self.y += points * STEP * 0.5
        if self.nir_line:
            self.paragraph(self.nir_line, family, points)
        self.paragraph(self.ending, family, points, self.leading)
        self.closing(day)

    def closing(self, day):
        rng = self.rng
        self.need(32)
        self.y += 5
        if day:
            self.out(self.x0, [day], 90)
        x = self.x0 + (self.x1 - self.x0) * rng.choice((0, 0.5, 0.6))
        name = self.signature()
        if rng.random() < 0.6:
            self.y += 3
            self.out(x, [name])
        if self.by in ("firm", "doctor") and rng.random() < 0.4:
            self.stamp(x, self.y, 50, self.sender()[:3])
        if self.signs_by_hand and rng.random() < 0.8:
            self.s.text(x + 3, self.y + 11, name, rng.choice(installed(self.signs)), 21, ink=30, fit=self.x1 - x - 3)
        self.y += 19
        if self.enclosed:
            self.need(8)
            self.out(self.x0, [f"{rng.choice(('PJ :', 'Pièce jointe :', 'P. J.'))} {self.enclosed}"])

    # papers of a shape of their own
    def cheque(self):
        rng, v, w = self.rng, self.values, self.words.CHEQUE
        self.page((175, 80))
        s, (family, points) = self.s, self.pen()
        s.box(2, 2, 171, 76, 0.2, 150, 246)
        s.text(168, 10, rng.choice(w["bank"]), self.face, 13, True, 40, "rs")
        s.text(8, 10, f"{w['word']} {v['number']}", self.face, 7.5)
        s.text(8, 19, rng.choice(w["pay"]), self.face, 8)
        s.line(8, 27, 168, 27, 0.1, 110)
        s.text(58, 19, rng.choice(("deux cent six euros et trois centimes", "quatre-vingt-onze euros", "mille trente euros")), family, points)
        s.text(8, 34, w["order"], self.face, 8)
        s.text(34, 34, rng.choice(("Assurance Maladie", "CPAM - Agent comptable", "Régie de recettes CPAM")), family, points)
        s.box(126, 29, 42, 9, 0.4, 0, 255)
        s.text(147, 35.6, rng.choice(("€ {}", "{} €", "# {} #")).format(v["amount"].replace(".", ",")).replace("€", "EUR" if self.written else "€"), family, points + 1, anchor="ms", fit=39)
        self.note("amount")
        s.text(8, 44, f"{rng.choice(w['place'])} {self.slots['city'].upper()}", self.face, 7.5)
        for index, line in enumerate((self.person.formal, v["street"], v["town"])):
            s.text(8, 52 + 4.4 * index, line, self.face, 8)
        s.text(112, 45, f"à {self.slots['city']}   le {fr(v['sent_date'])}", family, min(points, 10), fit=56)
        s.text(118, 58, self.person.full, rng.choice(installed(self.signs)), 20, fit=48)
        s.text(10, 74, f"{rng.randrange(10**6, 10**7)}  {v['bank']}{v['branch']}  {v['account']} {v['ribkey']}", "liberation-mono", 11, True)
        if rng.random() < 0.15:
            self.page((175, 80))
            self.s.text(12, 20, rng.choice(("Endos", "Au dos : dossier {ref}")).format(**self.slots), *self.pen())
        return self.sheets

    def returned(self):
        rng, v = self.rng, self.values
        self.page(rng.choice(((220, 110), (229, 114), (210, 148))))
        s = self.s
        self.icon(10, 8, "letter", 9)
        for index, line in enumerate(caisse_address(v["caisse"])):
            s.text(22, 12 + 4 * index, line, self.face, 7.5)
        for index, line in enumerate(self.person.address):
            s.text(112, 62 + 5.6 * index, line, self.typed, 11, fit=100)
        x, y, chosen = rng.uniform(12, 22), rng.uniform(38, 46), rng.randrange(4)
        s.box(x - 3, y - 7, 88, 46, 0.5, 0, 255)
        s.text(x, y, rng.choice(self.words.RETURNED["head"]), self.face, 11, True, fit=80)
        for index, reason in enumerate(self.words.RETURNED["reasons"]):
            base = y + 9 + 7.6 * index
            self.box_of(x, base, index == chosen)
            s.text(x + 6, base, reason, self.face, 9, fit=74)
        return self.sheets

    def receipt(self):
        rng, v, w = self.rng, self.values, self.words.RECEIPT
        self.page(rng.choice(((210, 99), (165, 110))))
        s, (family, points) = self.s, self.pen()
        number, half = v["tracking"], self.s.width / 2
        s.box(0, 0, s.width, 9, 0, 0, self.pale)
        s.text(8, 6.4, rng.choice(w["head"]), self.face, 11, True, fit=half - 10)
        s.text(8, 17, rng.choice(w["number"]), self.face, 8)
        s.text(8, 24, f"{number[:2]} {number[2:5]} {number[5:8]} {number[8:12]} {number[12]}", self.typed, 13, True, fit=half - 14)
        self.note("tracking")
        for index, label in enumerate((w["seen"], w["given"])):
            s.text(8, 34 + 7 * index, f"{label} :", self.face, 8.5)
            s.text(34, 34 + 7 * index, fr(v["delivered_date"]), family, points, fit=half - 38)
        self.note("delivered_date")
        s.text(8, 50, w["sign"], self.face, 8.5)
        s.text(22, 61, self.person.full, rng.choice(installed(self.signs)), 20, fit=half - 28)
        for index, line in enumerate(self.person.address):
            s.text(8, 74 + 4.6 * index, line, self.face, 8.5, fit=half - 12)
        s.line(half, 12, half, s.height - 5, 0.15, 120)
        s.text(half + 6, 24, w["back"], self.face, 9.5, True)
        for index, line in enumerate(caisse_address(v["caisse"])):
            s.text(half + 6, 36 + 5.6 * index, line, self.typed, 10, fit=half - 10)
        return self.sheets

    def identity(self):
        rng, v = self.rng, self.values
        title, country, labels, code = rng.choice(self.words.IDENTITY)
        self.page((210, 297) if rng.random() < 0.6 else (148, 210))
        s = self.s
        x, y = rng.uniform(8, 18) if s.width < 160 else rng.uniform(15, 75), rng.uniform(15, 60)
        s.draw.rounded_rectangle((px(x), px(y), px(x + 118), px(y + 76)), radius=px(3), fill=240, outline=120, width=px(0.3))
        s.text(x + 5, y + 7, title, self.face, 11, True, fit=76)
        s.text(x + 113, y + 7, country, self.face, 7.5, True, anchor="rs", fit=48)
        s.box(x + 5, y + 14, 30, 40, 0, 0, 190)
        self.icon(x + 9, y + 24, "person", 22)
        self.note("birth_date")
        self.fields |= {"last_name": self.person.last.upper(), "first_name": self.person.first}
        for index, (label, value) in enumerate(zip(labels, [self.person.last.upper(), self.person.first, f"{v['birth_date']:%d %m %Y}" if rng.random() < 0.6 else fr(v["birth_date"]), "", ""])):
            s.text(x + 40, y + 16 + 8.6 * index, label, self.face, 6.5, ink=80, fit=74)
            if value:
                s.text(x + 40, y + 20.4 + 8.6 * index, value, self.typed, 10.5, True, fit=74)
        last = re.sub("[^A-Z]", "<", "".join(sign for sign in self.person.last.upper().translate(str.maketrans("ÉÈÊËÀÂÎÏÔÛÙÇ", "EEEEAAIIOUUC"))))
        for index, line in enumerate((f"{code}{last}".ljust(30, "<")[:30], f"{rng.randrange(10**11, 10**12)}<{v['birth_date']:%y%m%d}".ljust(30, "<")[:30])):
            s.text(x + 5, y + 66 + 5.4 * index, line, "liberation-mono", 11, fit=108)
        if rng.random() < 0.4:
            s.text(x + 4, y + 86, rng.choice(("Copie pour mon dossier", "Bon pour copie", "recto")), self.written or self.face, 11)
        if rng.random() < 0.3:
            self.page((s.width, s.height))
            self.s.draw.rounded_rectangle((px(x), px(y), px(x + 118), px(y + 76)), radius=px(3), outline=120, width=px(0.3))
            self.s.text(x + 6, y + 12, rng.choice(("Adresse / Address", "Taille / Height : 1,74 m")), self.face, 7, ink=80)
            self.s.text(x + 6, y + 18, v["address"], self.typed, 9.5, fit=105)
        return self.sheets

    def envelope(self):
        rng, v = self.rng, self.values
        self.page(rng.choice(((220, 110), (162, 114), (229, 162))))
        s, (family, points) = self.s, self.pen()
        for index, line in enumerate(caisse_address(v["caisse"], rng.choice((None, rng.choice(self.words.SERVICES))))):
            s.text(s.width * 0.44, s.height * 0.55 + 6.2 * index, line.title() if self.written else line, family, points + 1.5, fit=s.width * 0.53)
        for index, line in enumerate((self.person.full, v["street"], v["town"])):
            s.text(8, 11 + 4.6 * index, line, family, max(8, points - 2.5), fit=s.width * 0.4)
        s.oval(s.width - 62, 8, 19, 19, 0.5, 60)
        s.text(s.width - 52.5, 18, f"{v['sent_date']:%d-%m-%y}", self.face, 7.5, anchor="ms")
        s.box(s.width - 36, 6, 24, 26, 0.3, 90, 220)
        s.text(s.width - 24, 20, rng.choice(("LETTRE VERTE", "RÉPUBLIQUE FRANÇAISE", "e-lettre")), self.face, 7, True, anchor="ms", fit=22)
        return self.sheets
