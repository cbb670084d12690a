"""Letters of the fourth look that rules are tuned on, and its papers of a shape of their own: cheques, receipts, cards, envelopes."""

from types import SimpleNamespace

from layout import STEP
from people import caisse_address, fr, fr_long
from sheet import installed
from wording import one_of, rows_of

PLAIN = str.maketrans("àâäéèêëîïôöùûüçœÀÂÉÈÊËÎÏÔÛÇ", "aaaeeeeiioouuucoAAEEEEIIOUC")


def plain(text):
    """As printers without accents wrote it."""
    return text.translate(PLAIN).upper()


class TunedDLetters:
    """What TunedDLayout is beside forms."""

    def letter(self, letter):
        rng, w = self.rng, self.words
        self.style, self.capitals = "typewriter" if rng.random() < 0.4 else "aside", False
        self.page()
        stranger = letter.sender not in ("", "nobody")
        body = [rng.choice(letter.openings), *rng.sample(letter.middles, min(len(letter.middles), rng.choice((0, 1, 1, 2, 2, 3, 5))))]
        if letter.sender == "" and rng.random() < 0.12:
            body += rng.sample(w.LONG, rng.choice((2, 3, 4)))
        if rng.random() < 0.25:
            body = [" ".join(body)]
        said = SimpleNamespace(
            subject=self.filled(rng.choice(letter.subjects)), salutation=rng.choice(letter.salutations or w.SALUTATIONS), body=[self.filled(text) for text in body], ending=self.filled(rng.choice(letter.endings)),
            enclosed=letter.enclosures and rng.random() < 0.6 and rng.choice(letter.enclosures), nir=None, to=self.addressee(letter), foreign=bool(letter.to))
        if letter.sender != "nobody" and rng.random() < (0.25 if letter.to else 0.78):
            said.nir = rng.choice(w.NIR_OF if stranger else w.NIR_SENTENCES).format(nir=self.shown("nir"), **self.slots)
            self.note("nir")
        self.quill = self.pen() if self.written else (self.face, rng.choice((10, 10.5, 11, 12)))
        self.x0, self.x1 = rng.choice(((20, 188), (25, 190), (15, 198), (30, 185)))
        if stranger:
            self.from_office(letter.sender, said)
        elif letter.sender == "nobody":
            self.quick(said)
        else:
            rng.choices((self.classic, self.mailed, self.quick), (60, 0 if self.written else 22, 18))[0](said)
        if rng.random() < 0.12 and letter.sender != "nobody":
            self.annexed()
        self.finish()
        return self.sheets

    def addressee(self, letter):
        caisse, rng = self.values["caisse"], self.rng
        if letter.sender == "nobody":
            return []
        if letter.to:
            return [self.filled(line) for line in letter.to]
        return rng.choice((caisse_address(caisse), caisse_address(caisse, rng.choice(self.words.SERVICES)), [rng.choice(self.words.TO)], caisse_address(caisse)[:1], []))

    def annexed(self):
        """A sheet behind the letter."""
        self.page()
        for headings, rows in self.rng.choice(self.words.FURTHER["letters"]):
            self.section(self.filled(one_of(self.rng, headings)), rows_of(self.rng, rows), 0)

    def line(self, x, text, anchor="ls", fit=None, bold=False):
        family, points = self.quill
        width = self.s.text(x, self.y, self.spaced(text, family), family, points, bold, anchor=anchor, fit=fit or self.x1 - self.x0)
        self.y += points * STEP * 1.3
        return width

    def dated(self, x, anchor="ls"):
        day = self.rng.choice((fr_long, fr, fr_long))(self.values["sent_date"])
        town = self.slots["city"]
        self.line(x, self.rng.choice((f"{town}, le {day}", f"{town} le {day}", f"le {day}", f"Fait à {town} le {day}", f"{day}")), anchor, 95)
        self.y += 3

    def about(self, said, chance):
        rng = self.rng
        if rng.random() >= chance or not said.subject:
            return
        word = rng.choice(self.words.SUBJECTS)
        if word:
            width = min(self.line(self.x0, f"{word} {said.subject}", bold=rng.random() < 0.5 and not self.written), self.x1 - self.x0)
        else:
            width = min(self.line((self.x0 + self.x1) / 2, said.subject, "ms"), self.x1 - self.x0)
        if rng.random() < 0.3 and word:
            self.s.line(self.x0, self.y - self.quill[1] * STEP * 1.3 + 1.2, self.x0 + width, self.y - self.quill[1] * STEP * 1.3 + 1.2, 0.25)
        self.fields["subject"] = said.subject
        self.y += 3

    def told(self, said):
        """Salutation, number, body, ending."""
        family, points = self.quill
        nir_first = self.rng.random() < 0.45
        if said.nir and nir_first:
            self.paragraph(said.nir, family, points)
            self.y += 2
        for text in (said.salutation, *said.body, *([said.nir] if said.nir and not nir_first and self.rng.random() < 0.5 else []), said.ending):
            if text == said.nir:
                said.nir = None
            if text:
                self.y += points * STEP * 0.5
                self.paragraph(text, family, points, 1.42)
        if said.nir and not nir_first:
            self.y += 2
            self.paragraph(said.nir, family, points)

    def closed(self, said, name, under=None):
        """Name, signature, enclosures."""
        self.need(32)
        self.y += 7
        x = self.x0 + (self.x1 - self.x0) * self.rng.choice((0.0, 0.5, 0.6))
        first = self.rng.random() < 0.5
        top = self.y
        if first:
            self.named(x, name)
        if under:
            self.line(x, under, fit=self.x1 - x)
        if self.rng.random() < 0.88:
            self.s.text(x + 6, self.y + 9, name.split(",")[0].replace("Me ", ""), self.rng.choice(installed(self.signs)), 21, ink=20, fit=self.x1 - x - 8)
        self.y = max(self.y + 12, top + 26)
        if not first and not under:
            self.named(x, name)
        if said.enclosed:
            self.need(8)
            self.line(self.x0, f"{self.rng.choice(('P.J. :', 'PJ :', 'Pièces jointes :', 'Ci-inclus :', 'p.j.'))} {said.enclosed}")

    def named(self, x, name):
        for text in name.split(", "):
            self.line(x, text, fit=self.x1 - x)

    def me(self):
        v, rng = self.values, self.rng
        return [rng.choice((self.person.full, self.person.formal, f"{self.person.last.upper()} {self.person.first}")), v["street"], v["town"], *([f"Tél. {v['phone']}"] if rng.random() < 0.35 else []), *([v["mail"]] if rng.random() < 0.2 else [])]

    def classic(self, said):
        """Sender, addressee and date in one of the usual orders."""
        rng = self.rng
        self.y = rng.choice((16, 22, 30))
        order = rng.choice(("me to date", "date to me", "me date to", "to date", "date me to", "date"))
        for part in order.split():
            if part == "me":
                x, anchor = rng.choice(((self.x0, "ls"), ((self.x0 + self.x1) / 2, "ms"), (self.x0, "ls")))
                for text in self.me():
                    self.line(x, text, anchor, 95)
                self.y += 4
            elif part == "to":
                for text in said.to:
                    self.line(self.x1 - 88, text, fit=88)
                self.y += 4
            else:
                self.dated(*rng.choice(((self.x0, "ls"), (self.x1, "rs"), (self.x1 - 88, "ls"))))
        self.about(said, 0.75)
        self.told(said)
        self.closed(said, self.person.full if "me" in order else ", ".join(self.me()[:3]))

    def quick(self, said):
        """A few words on a small sheet or on top of a large one."""
        if self.rng.random() < 0.6:
            self.sheets.pop()
            self.page(self.rng.choice(((148, 210), (148, 210), (210, 148))))
            self.quill = self.quill[0], min(self.quill[1], 12.5)
        self.x0, self.x1, self.y = 13, self.s.width - 12, 17
        if self.rng.random() < 0.5:
            self.dated(self.x1, "rs")
        if said.to and self.rng.random() < 0.4:
            self.line(self.x0, said.to[0])
        self.about(said, 0.3)
        self.told(said)
        self.closed(said, self.person.full if not said.to else ", ".join(self.me()[:3]))

    def mailed(self, said):
        """A message printed from some program, with or without the one it answers."""
        rng, v = self.rng, self.values
        self.x0, self.x1, self.y = 12, 196, 16
        self.quill = (rng.choice(("liberation-sans", "carlito", "liberation-mono")), rng.choice((9.5, 10, 11)))
        labels = rng.choice(self.words.MAIL_LABELS)
        self.s.text(self.x0, 9, rng.choice(self.words.MAIL_TOPS), self.quill[0], 7.5, ink=60)
        day = f"{fr_long(v['sent_date'])} {v['hour']}"
        box = "contact@organisme.exemple.invalid" if said.foreign else f"accueil.{v['caisse']}@caisse.exemple.invalid"
        for label, text in zip(labels, (said.subject, f"{self.person.full} <{v['mail']}>", day, box)):
            if label:
                self.line(self.x0, f"{label} {text}")
        self.fields["subject"] = said.subject
        self.s.line(self.x0, self.y - 2, self.x1, self.y - 2, 0.2, 90)
        self.y += 4
        self.told(said)
        self.y += 4
        for text in self.me():
            self.line(self.x0, text)
        if rng.random() < 0.35:
            self.y += 6
            for text in rng.choice(self.words.QUOTED):
                self.paragraph(self.filled(text), *self.quill)
        if rng.random() < 0.4:
            self.s.text(self.x0, self.s.height - 9, rng.choice(self.words.MAIL_FEET), self.quill[0], 7, ink=60, fit=180)

    def from_office(self, sender, said):
        """On the paper of a firm, a lawyer, a surgery, a home; or of a relative."""
        rng, w, v = self.rng, self.words, self.values
        self.y = 16
        if sender == "relative":
            for text in (v["other_full"].title(), v["visit"]):
                self.line(self.x0, text, fit=100)
            name, under = v["other_full"].title(), None
        else:
            self.letterhead(self.filled(rng.choice(w.SENDERS[sender])))
            name = {"firm": rng.choice(w.SIGNING), "doctor": v["doctor"]}.get(sender) or rng.choice(w.SIGNING)
            name, under = self.filled(name), self.filled(rng.choice(w.QUALITIES[sender]))
        self.y += 5
        for text in said.to:
            self.line(self.x1 - 88, text, fit=88)
        self.y += 4
        if rng.random() < 0.55 and sender != "relative":
            self.line(self.x0, self.filled(rng.choice(w.REFS)))
        if rng.random() < 0.3:
            self.line(self.x0, rng.choice(w.SENT_AS), bold=True)
        self.dated(*rng.choice(((self.x0, "ls"), (self.x1, "rs"))))
        self.about(said, 0.85)
        self.told(said)
        self.closed(said, name, under)
        if sender in ("firm", "lawyer", "union") and rng.random() < 0.6:
            self.s.text(self.s.width / 2, self.s.height - 10, self.filled(rng.choice(w.LETTER_FEET)), self.face, 7, anchor="ms", fit=180)

    # papers of a shape of their own
    def cheque(self):
        rng, v, w = self.rng, self.values, self.words.CHEQUE
        self.page((178, 82))
        s, (family, points) = self.s, self.pen()
        if rng.random() < 0.6:
            s.box(2, 2, 174, 78, 0.2, 150, rng.choice((255, 244, 236)))
        s.text(12, 12, rng.choice(w["bank"]), self.face, 12, True)
        s.text(12, 19, w["pay"], self.face, 7, fit=48)
        s.text(64, 19.4, rng.choice(w["words"]), family, points, fit=106)
        s.line(62, 21, 170, 21, 0.1, 80)
        s.line(12, 28, 126, 28, 0.1, 80)
        s.text(12, 34.5, rng.choice(("à", "A l'ordre de", "à l'ordre de")), self.face, 7.5)
        s.text(34, 34.5, rng.choice(w["to"]), family, points, fit=92)
        s.box(130, 24.5, 40, 9.5, 0.5, 20)
        s.text(133, 31.3, rng.choice(("€", "EUR", "Euros")), self.face, 8)
        s.text(167, 31.3, v["amount"].replace(".", ","), family, points + 1, anchor="rs", fit=25)
        self.note("amount")
        s.text(12, 44, f"{w['place']} {v['doctor_town'][6:].title()}", self.face, 7)
        for i, line in enumerate((self.person.formal, v["street"], v["town"])):
            s.text(66, 46 + 4 * i, line, self.face, 7.5, fit=58)
        s.text(130, 42, f"A {self.slots['city']}", family, min(points, 10), fit=42)
        s.text(130, 47, f"le {fr(v['sent_date'])}", family, min(points, 10), fit=42)
        s.text(132, 60, self.person.full, rng.choice(installed(self.signs)), 18, fit=38)
        s.text(12, 62, f"{w['word']} {v['number']}", self.face, 7.5)
        s.text(14, 75, f"{rng.randrange(10**6, 10**7)}  {v['bank']}{v['branch']}{v['ribkey']}  {v['account']}", "nimbus-mono", 12, True)
        if rng.random() < 0.3:
            self.page((178, 82))
            self.s.text(20, 18, rng.choice(("Endossement", "Ne rien inscrire sous ce trait", "Au dos : signature du bénéficiaire")), self.face, 8)
        self.finish()
        return self.sheets

    def returned(self):
        rng, w = self.rng, self.words.RETURNED
        self.page(rng.choice(((220, 110), (229, 162), (229, 114))))
        s = self.s
        for i, line in enumerate(caisse_address(self.values["caisse"])):
            s.text(12, 12 + 4.4 * i, line, self.face, 7.5, fit=85)
        for i, line in enumerate(self.person.address):
            s.text(s.width - 104, s.height * 0.55 + 5.4 * i, line, self.typed, 10.5, fit=100)
        x, y, ticked = rng.uniform(10, 22), rng.uniform(36, 44), rng.randrange(len(w["reasons"]))
        if rng.random() < 0.5:
            s.box(x - 3, y - 7, 90, 52, 0.4, 40)
        s.text(x, y, rng.choice(w["head"]), self.face, 12, True, fit=84)
        for i, reason in enumerate(w["reasons"]):
            s.box(x, y + 4.6 + 7 * i, 3.4, 3.4, 0.25)
            if i == ticked:
                self.cross(x, y + 4.6 + 7 * i)
            s.text(x + 6, y + 7.8 + 7 * i, reason, self.face, 9, fit=76)
        if rng.random() < 0.5:
            self.stamp(s.width - 70, 20, [rng.choice(w["stamps"]), f"{self.values['received']:%d.%m.%y}"], rng.random() < 0.5)
        return self.sheets

    def receipt(self):
        rng, w, v = self.rng, self.words.RECEIPT, self.values
        self.page(rng.choice(((210, 99), (200, 105))))
        s, number, (family, points) = self.s, v["tracking"], self.pen()
        left, right = (108, 10) if rng.random() < 0.4 else (10, 112)
        s.text(left, 12, rng.choice(w["head"]), self.face, 10.5, True, fit=90)
        s.text(left, 20, w["number"], self.face, 8)
        s.text(left, 26, rng.choice((f"{number[:2]} {number[2:5]} {number[5:8]} {number[8:12]} {number[12]}", number, f"{number[:2]} {number[2:7]} {number[7:12]} {number[12]}")), self.typed, 12, True, fit=88)
        self.note("tracking")
        if rng.random() < 0.5:
            s.text(left, 35, w["seen"], self.face, 8)
            s.text(left + 44, 35, fr(v["delivered_date"]), family, points, fit=44)
        s.text(left, 42, rng.choice(w["given"]), self.face, 8)
        s.text(left + 44, 42, fr(v["delivered_date"]), family, points, fit=44)
        self.note("delivered_date")
        s.text(left, 52, w["sign"], self.face, 8, fit=88)
        s.text(left + 18, 63, self.person.full, rng.choice(installed(self.signs)), 19, fit=70)
        s.text(left, 74, w["to"], self.face, 7.5)
        for i, line in enumerate(self.person.address):
            s.text(left, 79 + 4.4 * i, line, self.face, 8, fit=88)
        s.line(104, 4, 104, s.height - 4, 0.15, 90)
        s.text(right, 28, w["back"], self.face, 9, True, fit=88)
        for i, line in enumerate(caisse_address(v["caisse"])):
            s.text(right, 42 + 5.6 * i, line, self.typed, 10, fit=88)
        return self.sheets

    def identity(self):
        rng = self.rng
        title, country, labels, kind, back = rng.choice(self.words.IDENTITY)
        self.page(rng.choice(((210, 297), (210, 297), (210, 148))))
        self.note("birth_date")
        x, y = rng.uniform(14, 80), rng.uniform(14, 40)
        self.card(x, y, (title, country, labels, kind))
        if rng.random() < 0.55:
            if self.s.height > 200 and rng.random() < 0.7:
                self.card_back(x, y + rng.uniform(95, 120), back, kind)
            else:
                self.page((self.s.width, self.s.height))
                self.card_back(rng.uniform(14, 80), rng.uniform(14, 40), back, kind)
        if rng.random() < 0.3:
            self.s.text(16, self.s.height - 18, rng.choice(("copie certifiée conforme", "photocopie pour la Sécurité sociale", "Copie - ne peut être utilisée que pour la CPAM")), self.written or self.face, 10)
        self.copied = rng.choice((None, "copy", None))
        self.finish()
        return self.sheets

    def card(self, x, y, words):
        title, country, labels, _ = words
        s, v, p = self.s, self.values, self.person
        s.box(x, y, 112, 78, 0.25, 90, self.rng.choice((250, 240, 232)))
        s.text(x + 5, y + 7, country, self.face, 8.5, True, fit=102)
        s.text(x + 5, y + 13, f"{title}{'  N° ' + v['number'].rjust(12, '0') if len(title) < 30 else ''}", self.face, 9.5, True, fit=102)
        s.box(x + 5, y + 18, 28, 37, 0.2, 110, 170)
        s.oval(x + 12, y + 24, 13, 18, 0.4, 80)
        town = self.slots["city"].upper()
        for i, (label, value) in enumerate(zip(labels, (p.last.upper(), p.first, "F" if p.sex in "248" else "M", f"{v['birth_date']:%d.%m.%Y}", town))):
            used = s.text(x + 37, y + 21.5 + 7 * i, label, self.face, 7, ink=50, fit=40)
            s.text(x + 38.5 + min(used, 40), y + 21.5 + 7 * i, value, self.typed, 10, True, fit=72 - min(used, 40))
        last = plain(p.last).replace(" ", "<").replace("-", "<").replace("'", "")
        mrz = (f"{'P<FRA' if 'PASSEPORT' in title else 'IDFRA'}{last}".ljust(36, "<")[:36], f"{v['number'].rjust(12, '0')}{plain(p.first)}<<{v['birth_date']:%y%m%d}{self.rng.randrange(10)}".ljust(36, "<")[:36])
        for i, line in enumerate(mrz):
            s.text(x + 4, y + 65 + 6 * i, line, "liberation-mono", 10.5, fit=104)

    def card_back(self, x, y, rows, kind):
        s = self.s
        s.box(x, y, 112, 78, 0.25, 90, 246)
        for i, row in enumerate(rows):
            s.text(x + 5, y + 10 + 7.5 * i, self.filled(row), self.face, 8.5, fit=102)
        s.text(x + 60, y + 70, self.person.full, self.rng.choice(installed(self.signs)), 15, ink=60, fit=45)
        self.s.oval(x + 8, y + 54, 20, 20, 0.4, 120)

    def envelope(self):
        rng, v = self.rng, self.values
        self.page(rng.choice(((220, 110), (162, 114), (229, 162), (250, 176))))
        s, (family, points) = self.s, self.pen()
        lines = caisse_address(v["caisse"], rng.choice((None, *self.words.SERVICES)))
        for i, line in enumerate(lines):
            s.text(s.width * 0.42, s.height * 0.52 + 6 * i, line.title() if family == self.written else line, family, points + 1, fit=s.width * 0.55)
        if rng.random() < 0.75:
            for i, line in enumerate((rng.choice(("Exp.", "Expéditeur", "De la part de")) + " " + self.person.full, v["street"], v["town"])):
                s.text(8, 10 + 4.6 * i, line, family, max(8, points - 2.5), fit=s.width * 0.4)
        self.stamp(s.width - 75, 8, [self.slots["city"].upper(), f"{v['sent_date']:%d-%m-%y}"], True)
        s.box(s.width - 31, 6, 22, 26, 0.3, 60, 220)
        s.text(s.width - 20, 20, rng.choice(("RF", "FRANCE", "20 g")), self.face, 8, True, anchor="ms", fit=20)
        if rng.random() < 0.3:
            s.text(10, s.height - 10, rng.choice(("URGENT", "Confidentiel", "Secret médical - à l'attention du médecin-conseil", "LETTRE RECOMMANDÉE AVEC A.R.")), family, 11, True, fit=90)
        return self.sheets
