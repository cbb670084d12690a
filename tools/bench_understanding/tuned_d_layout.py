"""How the fourth look that rules are tuned on is set: dot-matrix listings, typewriters, dense ruled forms, labels under or behind values, carbon copies,
faxes and photocopies with stamps on them.

Rows understand more than wording tells of:
    {@name}     in words of a paragraph or table: the value itself, which then stands on the paper; {@nature} and {@motif} in words,
                {@x_initial} and the like as a cross
    ^words      small print
    !words      a heading within a section
    >           the address of the caisse, at the right
    *           a drawing
    # a ; b = {i} ; {r} **30    a table of about thirty lines: {i} counts them, {r} is a sum
After the sections of a paper may come sheets that bear no title: FURTHER of its type, or of all forms.
"""

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from invented import KINDS
from layout import STEP, Layout
from people import FIRST_NAMES, MONTHS, caisse_address, fr, fr_long, grouped
from sheet import font, installed, px
from tuned_d_letters import TunedDLetters, plain
from wording import one_of, rows_of

STYLES = {"matrix": 17, "typewriter": 15, "dense": 20, "under": 12, "dotted": 12, "aside": 8, "running": 5, "halves": 11}
TICKS = ("left", "left", "right", "right", "under", "under", "filled", "ring", "strike", "table", "told", "brackets", "dash", "underline")
# value -> the field of types.toml that it stands for, where the names differ
STANDS_FOR = {"firm": "employer", "visit": "address", "hour": "accident_time", "prescribed": "prescription_date", "quoted": "quote_date"}
MEDICS = ("médec", "pratic", "docteur", "prescri", "cachet", "pharmac", "dentiste", "infirm", "kiné", "soignant", "parapheur", "sage-femme", "chirurg")
OTHERS = ("employ", "patron", "direct", "gérant", "maire", "civil", "bailleur", "propriétaire", "comptab", "loge", "paie", "transport", "témoin", "chef", "parent 2", "fourniss", "banque", "greff", "institution", "déclar")


def lettered(day):
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}".upper()


class Telling(dict):
    """Slots that also answer {@name}: the value as the paper writes it, told to the truth."""

    def __init__(self, layout):
        super().__init__(layout.slots)
        self.layout = layout

    def __missing__(self, key):
        name, layout = key[1:], self.layout
        if name in ("nature", "motif"):
            layout.said.add(name)
            return layout.rng.choice(layout.words.TOLD[getattr(layout, name)])
        if name.startswith("x_"):  # a cross in a column of its own
            what = "nature" if name in ("x_initial", "x_prolongation") else "motif"
            layout.said.add(what)
            return "X" if getattr(layout, what) == name[2:] else ""
        layout.note(name)
        return layout.shown(name).replace(" / ", "/")


class TunedDLayout(TunedDLetters, Layout):
    families = ("liberation-mono", "nimbus-mono", "nimbus-roman", "liberation-serif", "narrow", "bookman", "carlito", "liberation-sans", "nimbus-sans")
    hands, signs = ("hand-steve", "hand-dkg", "hand-delphine"), ("sign-kristi", "sign-chancery")
    date_forms = (fr, fr, fr, fr_long, lettered, lambda d: f"{d:%d.%m.%Y}", lambda d: f"{d:%d-%m-%Y}", lambda d: f"{d:%d %m %Y}")
    numbered, mixed = 0.45, 0.3
    s_number, printed, paper_now = "", None, None

    def choose(self):
        rng, v = self.rng, self.values
        styles = {name: share for name, share in STYLES.items() if not (self.written and name in ("matrix", "running"))}
        self.style = rng.choices(list(styles), list(styles.values()))[0]
        if self.style in ("matrix", "typewriter"):
            self.face = self.typed = rng.choice(("liberation-mono", "nimbus-mono"))
            self.size = rng.choice((9, 9.5, 10, 11))
        elif self.style != "running" and rng.random() < 0.3:
            self.typed = rng.choice(("liberation-mono", "nimbus-mono"))  # a printed form put into the typewriter
        self.margins = rng.choice(((13, 13), (20, 12), (16, 22), (10, 10)))
        self.tick, self.heading = rng.choice(TICKS), rng.choice(("roman", "stars", "reversed", "letters", "left", "centre", "ruled"))
        self.table_look = "ascii" if self.style == "matrix" and rng.random() < 0.7 else rng.choice(("ruled", "open", "columns"))
        self.page_number = rng.choice((None, None, "{i}/{n}", "- {i} -", "Page {i} sur {n}", "p. {i}", "{i}", "Feuille {i} de {n}"))
        self.copied = rng.choices((None, "carbon", "fax", "copy"), (60, 12, 9, 19))[0]
        self.day_form = rng.choice(self.date_forms)
        self.combs, self.jitter, self.capitals = rng.random() < 0.35, rng.choice((0, 0.4, 0.8)), self.style == "matrix" and rng.random() < 0.6
        self.gap = rng.choice((1.5, 2.5, 4, 7, 11))
        if rng.random() < 0.3:  # a form that fills its sheet
            self.size, self.gap = self.size + 1.5, rng.choice((8, 12, 16))
        self.numbers, self.item, self.cells, self.said = rng.random() < 0.3, 0, [], set()
        male = self.person.sex in "137"
        self.values |= {"visit": f"{rng.randrange(2, 90)} {rng.choice(self.words.STREETS)} {v['town']}", "hour": f"{v['accident_time'][:2]}:{v['accident_time'][2:]}", "prescribed": v["sent_date"], "quoted": v["sent_date"], "gross": v["wage"]}
        lady = v["doctor_name"].split()[0] in FIRST_NAMES["2"]
        self.slots |= {"e": "" if male else "e", "ne": "né" if male else "née", "il": "il" if male else "elle", "sir": "Monsieur" if male else "Madame", "docte": "e" if lady else "", "birth": fr(v["birth_date"]), "last": v["last"], "first": v["first"],
                       "city": v["town"][6:].title(), "firm_town": v["firm_town"][6:].title(), "doctor_town": v["doctor_town"][6:].title(), "phone": v["phone"], "mail": v["mail"], "half": f"{float(v['amount']) * 0.4:.2f}".replace(".", ","),
                       "rest": f"{float(v['amount']) * 0.6:.2f}".replace(".", ","), "year": str(v["sent_date"].year - 1), "month": f"{MONTHS[v['sent_date'].month - 2]} {v['sent_date'].year}", "from": fr(v["from_date"]), "to": fr(v["to_date"]), "accident_on": fr(v["accident_date"])}

    # values
    def filled(self, text):
        if "{" in text:
            text = text.format_map(Telling(self))
        return text.replace(" €", " euros") if self.written else text.replace("'", "’") if self.curly else text

    def note(self, name):
        value = self.values[name]
        self.fields.setdefault(STANDS_FOR.get(name, name), value.isoformat() if hasattr(value, "isoformat") else str(value))

    def shown(self, name):
        rng, value, kind = self.rng, self.values[name], KINDS.get(name)
        if kind == "nir":
            return rng.choice((grouped(value, 1, 2, 2, 2, 3, 3, 2), f"{grouped(value[:13], 1, 2, 2, 2, 3)} - {value[13:]}", grouped(value, 13, 2), f"{value[:13]}/{value[13:]}", value, f"{grouped(value[:13], 1, 2, 2, 2, 3)} (clé {value[13:]})"))
        if hasattr(value, "isoformat"):
            return (self.day_form if rng.random() < 0.8 else rng.choice(self.date_forms))(value)
        if name == "hour":
            return rng.choice(("{}h{}", "{} h {}", "{}:{}", "{} H {}")).format(*value.split(":"))
        if kind == "amount" or name == "gross":
            words = value.replace(".", ",")
            words = f"{words[:-6]} {words[-6:]}" if len(words) > 6 and rng.random() < 0.5 else words
            words = rng.choice(("{} €", "{}", "{} EUR", "{} euros")).format(words)
        else:
            words = super().shown(name)
        return words.replace(" €", " euros") if self.written else words

    def spaced(self, text, family):
        """Hands leave too little between words."""
        return text.replace(" ", "  ") if family == self.written else text

    def pen(self):
        if not self.written:
            return self.typed, self.size + 0.5
        return self.written, self.size + (6 if self.written == "hand-delphine" else 3)

    # sheets
    def page(self, size_mm=(210, 297)):
        super().page(size_mm)
        self.y, self.bottom = 13.0, size_mm[1] - 17

    def need(self, height):
        if self.y + height > self.bottom and self.y > 25:
            self.page((self.s.width, self.s.height))
            if self.rng.random() < 0.25:
                self.s.text(self.x0, 11, self.rng.choice(("(suite)", "SUITE", "suite de la page précédente", "verso")), self.face, 7.5)

    def paper(self, paper, volet=None):
        rng = self.rng
        self.paper_now, self.volet = paper, volet
        self.motif, self.nature = rng.choices(("maladie", "AT"), (70, 30))[0], rng.choice(("initial", "prolongation"))
        self.official = paper.always_numbered or bool(paper.cerfa) and rng.random() < self.numbered
        self.page(paper.size_mm)
        self.top(paper, self.filled(rng.choice(paper.titles)))
        sections = list(paper.sections)
        if len(sections) > 3 and rng.random() < self.mixed:
            middle = sections[1:-1]
            rng.shuffle(middle)
            sections = [sections[0], *middle, sections[-1]]
        cut = rng.randrange(1, len(sections)) if len(sections) > 1 and paper.size_mm[1] > 200 and rng.random() < 0.17 else None
        for index, (headings, rows) in enumerate(sections):
            if index == cut:
                self.page(paper.size_mm)  # the rest is overleaf
            self.section(one_of(rng, headings), rows_of(rng, rows), index)
        self.foot(paper)
        self.further(paper)
        self.motif = self.motif if "motif" in self.said else None
        self.nature = self.nature if "nature" in self.said else None
        self.finish()
        return self.sheets

    def further(self, paper):
        """Sheets after the last one that say nothing of what they belong to."""
        rng, more = self.rng, self.words.FURTHER
        code = next((code for code, papers in self.words.PAPERS.items() if paper in papers), None)
        own = more.get(code, []) + (more["forms"] if paper.cerfa else more["trade"] if code in ("PJ-FACTURE", "PJ-DEVIS", "FACT") else [])
        if not own or paper.size_mm[1] < 200 or rng.random() > (0.1 if code == "INCONNU" else 0.3):
            return
        for sections in rng.sample(own, min(len(own), rng.choice((1, 1, 1, 2)))):
            self.page(paper.size_mm)
            for index, (headings, rows) in enumerate(sections):
                self.section(self.filled(one_of(rng, headings)), rows_of(rng, rows), index)

    def finish(self):
        """Page numbers, and what copying did to the sheets."""
        count = len(self.sheets)
        sent = self.values["sent_date"]
        for index, sheet in enumerate(self.sheets, 1):
            if self.page_number and (count > 1 or self.capitals) and sheet.height > 200:
                sheet.text(sheet.width / 2 if index % 2 else sheet.width - 12, sheet.height - 6, self.page_number.format(i=index, n=count), self.face, 8, anchor="ms" if index % 2 else "rs")
            if self.copied == "fax" and sheet.width > 200 and sheet.height > 200:
                sheet.text(8, 6, f"{sent:%d/%m/%y} {self.values['hour']}  {self.values['phone']}  {self.words.FAX[len(self.values['firm']) % len(self.words.FAX)]}  P.{index:02d}/{count:02d}", "liberation-mono", 8)
                low = sheet.image.resize((sheet.image.width * 2 // 3, sheet.image.height // 2), Image.BILINEAR)
                sheet.image = low.resize(sheet.image.size, Image.BILINEAR).point([0] * 150 + [255] * 106)
            elif self.copied == "carbon":
                sheet.image = sheet.image.filter(ImageFilter.BoxBlur(0.7)).point([min(255, round(30 + v * 0.9)) for v in range(256)])
            elif self.copied == "copy":
                self.edges(sheet)
            if self.style == "matrix":
                sheet.image = ImageChops.lighter(sheet.image, rows_of_needles(sheet.image.size))
            sheet.draw = ImageDraw.Draw(sheet.image)

    def edges(self, sheet):
        """Dark edges and dirt of a photocopier."""
        rng = self.rng
        sheet.draw.polygon([(0, 0), (px(rng.uniform(1, 4)), 0), (px(rng.uniform(0, 2)), sheet.image.height), (0, sheet.image.height)], fill=rng.choice((0, 60, 120)))
        if rng.random() < 0.5:
            sheet.draw.polygon([(0, 0), (sheet.image.width, 0), (sheet.image.width, px(rng.uniform(0.5, 3)))], fill=30)
        for _ in range(rng.randrange(10, 60)):
            x, y, r = rng.randrange(sheet.image.width), rng.randrange(sheet.image.height), rng.choice((1, 1, 2, 3))
            sheet.draw.ellipse((x, y, x + r, y + r), fill=50)

    def stamp(self, x, y, lines, round_one=False):
        """Ink over whatever stands there, a little turned."""
        rng, points = self.rng, 9
        width = max(font("liberation-sans", True, points).getlength(line) for line in lines) + px(5)
        height = max(px(5 * len(lines) + 3), round(width * 0.8) if round_one else 0)
        mask = Image.new("L", (round(width), round(height)), 0)
        draw = ImageDraw.Draw(mask)
        (draw.ellipse if round_one else draw.rectangle)((3, 3, mask.width - 4, mask.height - 4), outline=255, width=px(0.5))
        start = mask.height / 2 - px(2.4) * (len(lines) - 1)
        for index, line in enumerate(lines):
            draw.text((mask.width / 2, start + px(4.8) * index), line, font=font("liberation-sans", True, points), fill=255, anchor="mm")
        mask = mask.rotate(rng.uniform(-9, 9), Image.BICUBIC, expand=True)
        x, y = min(px(x), self.s.image.width - mask.width - px(3)), min(px(y), self.s.image.height - mask.height - px(3))
        self.s.image.paste(rng.choice((60, 90, 120)), (max(0, x), max(0, y)), mask)

    # above the first section
    def top(self, paper, title):
        rng, s = self.rng, self.s
        narrow = s.width < 160
        if self.official:
            self.number(paper)
        if paper.volets and self.volet:
            self.leaf(self.filled(one_of(rng, paper.volets[self.volet - 1])))
        head = paper.heads and self.filled(rng.choice(paper.heads))
        if head:
            self.letterhead(head)
        if paper.addressed and rng.random() < paper.addressed:
            self.caisse_block()
        if title:
            self.titled(title)
        for text in paper.notes:
            if rng.random() < 0.5:
                self.paragraph(self.filled(text), points=7)
        if not narrow and rng.random() < 0.2:
            self.stamp(rng.uniform(120, 150), rng.uniform(14, 46), rng.choice((["REÇU LE", f"{self.values['received']:%d %m %Y}"], ["COURRIER ARRIVÉ", f"{self.values['received']:%d.%m.%y}"], ["COPIE"], ["DUPLICATA"])), rng.random() < 0.3)

    def number(self, paper):
        rng, s, where = self.rng, self.s, self.rng.choice(("left", "right", "frame", "foot"))
        self.printed = rng.choice(("N° {}*{:02d}", "CERFA N° {}*{:02d}", "Cerfa n° {} * {:02d}", "Modèle homologué n° {}*{:02d}")).format(paper.cerfa, rng.randrange(1, 9))
        if where == "left":
            s.text(self.x0, 11, self.printed, self.face, 9, True)
            self.y = 15
        elif where == "right":
            s.text(self.x1, 11, self.printed, self.face, 8.5, anchor="rs")
            self.y = 15
        elif where == "frame":
            s.box(self.x0, 8, 40, 8, 0.4)
            s.text(self.x0 + 20, 13.6, self.printed, self.face, 8.5, True, anchor="ms", fit=38)
            self.y = 19
        else:
            s.text(self.x0, s.height - 10.5, self.printed, self.face, 8.5, True)

    def leaf(self, words):
        """What copy of the set this is."""
        s, at = self.s, self.rng.choice(("top", "foot", "side", "band"))
        if at == "foot":
            s.text((self.x0 + self.x1) / 2, s.height - 12, words, self.face, 9, True, anchor="ms", fit=(self.x1 - self.x0) * 0.6)
        elif at == "side":
            mask = Image.new("L", (px(150), px(6)), 0)
            ImageDraw.Draw(mask).text((px(75), px(3)), words, font=font(self.face, True, 8.5), fill=255, anchor="mm")
            s.image.paste(0, (px(s.width - 7.5), px(70)), mask.rotate(90, expand=True))
        else:
            self.y += 1
            if at == "band":
                s.box(self.x0, self.y, self.x1 - self.x0, 6, 0, 0, 215)
            s.text((self.x0 + self.x1) / 2, self.y + 4.3, words, self.face, 9, True, anchor="ms", fit=self.x1 - self.x0 - 4)
            self.y += 8

    def letterhead(self, head):
        """Who it comes from: typed in lines, in the middle, or in a frame of stars."""
        s, rng, parts = self.s, self.rng, [part.strip() for part in head.split(" - ")]
        parts = [plain(part) if self.capitals else part for part in parts]
        look = "stars" if self.style == "matrix" and rng.random() < 0.4 else rng.choice(("left", "centre", "framed", "right"))
        points = rng.choice((10, 11, 12.5))
        width = self.x1 - self.x0
        if look == "stars":
            stars = "*" * int(width / s.text_width("*", self.face, 9))
            s.text(self.x0, self.y + 3, stars, self.face, 9)
            self.y += 3
        top = self.y
        for index, part in enumerate(parts):
            self.y += 5 if index == 0 else 4.4
            x, anchor = {"left": (self.x0, "ls"), "right": (self.x1, "rs")}.get(look, ((self.x0 + self.x1) / 2, "ms"))
            s.text(x, self.y, part, self.face, points if index == 0 else 8.5, index == 0, anchor=anchor, fit=width * (0.9 if look != "left" else 0.6))
        self.y += 3
        if look == "framed":
            s.box(self.x0 + width * 0.03, top - 0.5, width * 0.94, self.y - top, 0.3)
        elif look == "stars":
            s.text(self.x0, self.y + 1, stars, self.face, 9)
        self.y += 4

    def caisse_block(self):
        self.y += 4
        for line in caisse_address(self.values["caisse"]):
            self.s.text(self.s.width - 100, self.y, line, self.typed, 10, fit=88)
            self.y += 4.6
        self.y += 4

    def titled(self, title):
        s, rng = self.s, self.rng
        points, look = rng.choice((11, 12, 13.5, 15)), rng.choice(("plain", "under", "box", "double", "spaced", "left"))
        title = plain(title) if self.capitals else title.upper() if rng.random() < 0.4 else title
        width, step = self.x1 - self.x0, points * STEP * 1.35
        if look == "spaced" and len(title) < 18:
            self.y += 8
            s.text((self.x0 + self.x1) / 2, self.y, "   ".join(" ".join(word) for word in title.upper().split()), self.face, 13, True, anchor="ms", fit=width)
            self.y += 7
            return
        self.y += 2
        top = self.y
        for line in s.wrap(title, width * 0.82, self.face, points * 1.1):
            self.y += step
            x = self.x0 if look == "left" else (self.x0 + self.x1) / 2
            wide = min(s.text(x, self.y, line, self.face, points, True, anchor="ls" if look == "left" else "ms", fit=width - 8), width - 8)
            if look == "under":
                s.line(x - wide / 2, self.y + 1.2, x + wide / 2, self.y + 1.2, 0.3)
        if look in ("box", "double"):
            s.box(self.x0 + 2, top, width - 4, self.y - top + 3, 0.4)
            if look == "double":
                s.box(self.x0 + 3, top + 1, width - 6, self.y - top + 1, 0.15)
        self.y += 6

    def foot(self, paper):
        rng, s = self.rng, self.s
        if paper.cerfa and rng.random() < 0.3 and self.y < self.bottom - 30:
            self.small_print()
        if self.official and paper.s_number:
            s.text(self.x1, s.height - 10.5, f"{paper.s_number[0]} {paper.s_number[1:]}{rng.choice('abcdefg')}" if rng.random() < 0.5 else f"{paper.s_number}{rng.choice('abcdefg')}", self.face, 8, True, anchor="rs")
        elif rng.random() < 0.25 and s.width > 160:
            s.text(self.x0, s.height - 10.5, rng.choice(self.words.PROGRAMS), self.face, 6.5, ink=60)

    def small_print(self):
        """What stands at the foot of forms: a frame for the office, conditions."""
        s, rng, top = self.s, self.rng, self.bottom - 24
        if rng.random() < 0.6:
            s.box(self.x0, top, self.x1 - self.x0, 12, 0.25)
            for index, words in enumerate(rng.sample(self.words.FRAMES, 3)):
                s.text(self.x0 + 2 + (self.x1 - self.x0) / 3 * index, top + 3.6, words, self.face, 6.5, fit=(self.x1 - self.x0) / 3 - 4)
        for index, line in enumerate(s.wrap(" ".join(rng.sample(self.words.FINE, 2)), self.x1 - self.x0, self.face, 6.2)[:3]):
            s.text(self.x0, top + 16 + 2.8 * index, line, self.face, 6.2, fit=self.x1 - self.x0)

    # sections
    def section(self, heading, rows, index):
        self.y += self.gap
        self.need(24)
        if heading:
            self.head(self.filled(heading), index)
        for row in rows:
            if row[0] in "§?#~^!>*":
                self.flush()
            if row[0] == "^":
                self.paragraph(self.filled(one_of(self.rng, row[1:])), points=6.8)
            elif row[0] == "!":
                self.y += 5
                self.s.text(self.x0 + 1, self.y, self.filled(row[1:]), self.face, self.size, True, fit=self.x1 - self.x0)
                self.y += 1.5
            elif row == ">":
                self.caisse_block()
            elif row == "*":
                self.sketch()
            else:
                self.row(row)
        self.flush()

    def sketch(self):
        """What somebody drew, with hardly a word."""
        s, rng = self.s, self.rng
        for _ in range(rng.randrange(4, 12)):
            x, y, size = rng.uniform(20, s.width - 70), rng.uniform(self.y + 5, s.height - 75), rng.uniform(8, 50)
            kind = rng.randrange(4)
            if kind == 0:
                s.oval(x, y, size, size * rng.uniform(0.5, 1), 0.6)
            elif kind == 1:
                s.box(x, y, size, size * 0.7, 0.5)
                s.line(x, y, x + size / 2, y - size / 3, 0.5)
                s.line(x + size / 2, y - size / 3, x + size, y, 0.5)
            elif kind == 2:
                s.line(x, y, x + size, y + rng.uniform(-10, 10), 0.6)
            else:
                s.text(x, y, rng.choice(self.words.SCRIBBLES), self.written or "hand-delphine", 16)
        self.y = s.height - 20

    def row(self, row):
        label, _, words = row.partition("=")
        name = label.strip()
        if row[0] in "§?#~" or name in self.values and " " not in name:
            super().row(row)
        else:
            self.field(one_of(self.rng, name), None, self.filled(one_of(self.rng, words)))

    def head(self, words, index):
        s, y, width = self.s, self.y, self.x1 - self.x0
        words = plain(words) if self.capitals else words
        middle = (self.x0 + self.x1) / 2
        if self.style == "matrix":
            dashes = {"stars": "*", "ruled": "-", "centre": "="}.get(self.heading, "-") * 6
            s.text(self.x0, y + 4.2, f"{dashes} {words} {dashes}", self.face, self.size, True, fit=width)
        elif self.heading == "reversed":
            s.box(self.x0, y, width, 5.4, 0, 0, 40)
            s.text(self.x0 + 2, y + 4, words.upper(), self.face, 8.5, True, 255, fit=width - 4)
        elif self.heading in ("centre", "stars"):
            s.text(middle, y + 4.2, f"* * * {words} * * *" if self.heading == "stars" else words.upper(), self.face, 9, True, anchor="ms", fit=width)
        elif self.heading in ("roman", "letters"):
            mark = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")[index % 8] if self.heading == "roman" else "ABCDEFGH"[index % 8]
            s.text(self.x0, y + 4.4, f"{mark} - {words}", self.face, 9.5, True, fit=width)
        elif self.heading == "ruled":
            s.line(self.x0, y + 0.5, self.x1, y + 0.5, 0.4)
            s.text(self.x0, y + 5, words, self.face, 9.5, True, fit=width)
            y += 0.8
        else:
            used = s.text(self.x0, y + 4.4, words, self.face, 9.5, True, fit=width)
            s.line(self.x0, y + 5.3, self.x0 + min(used, width), y + 5.3, 0.25)
        self.y = y + 7

    def paragraph(self, text, family=None, points=None, leading=1.35):
        self.flush()
        family, points = family or self.face, points or (self.size + 1 if len(text) > 160 else self.size)
        for line in self.s.wrap(text, self.x1 - self.x0 - 2, family, points):
            self.need(points * STEP * leading)
            self.y += points * STEP * leading
            self.s.text(self.x0 + 1, self.y, self.spaced(line, family), family, points, fit=self.x1 - self.x0)
        self.y += 1.5

    # values with their labels
    def field(self, label, name, value):
        label = self.filled(label)
        self.item += 1
        label = plain(label) if self.capitals else label
        self.cells.append((f"{self.item}. {label}" if self.numbers and self.style in ("dense", "under", "dotted") else label, name, value or ""))

    def flush(self):
        cells, self.cells = self.cells, []
        if cells:
            getattr(self, f"set_{self.style}")(cells)

    def lines_of(self, value, width, most=3):
        family, points = self.pen()
        return self.s.wrap(value, width, family, points)[:most]

    def put(self, x, y, lines, fit):
        """Lines of a value from the baseline y on; gives the last baseline."""
        family, points = self.pen()
        for index, line in enumerate(lines):
            y += points * STEP * 1.25 if index else 0
            self.s.text(x, y, self.spaced(line, family), family, points, fit=fit)
        return y

    def set_matrix(self, cells):
        """LABEL......: VALUE"""
        sign = self.s.text_width("M", self.face, self.size)
        column = max(14, min(30, max(len(label) for label, _, _ in cells) + 1))
        fill = "." if self.heading in ("stars", "roman", "left") else " "
        for label, _, value in cells:
            x = self.x0 + sign * (column + 2)
            lines = self.lines_of(value, self.x1 - x - 2)
            self.need(5 * len(lines) + 1)
            self.y += 4.7
            self.s.text(self.x0, self.y, f"{label[:column].ljust(column, fill)}:", self.face, self.size)
            self.y = self.put(x, self.y, lines, self.x1 - x)
        self.y += 1

    def set_typewriter(self, cells):
        """Typed over printed underscores, seldom on the line."""
        for label, _, value in cells:
            used = min(self.s.text_width(label, self.face, self.size), (self.x1 - self.x0) * 0.55) + 3
            x = self.x0 + used
            lines = self.lines_of(value, self.x1 - x - 3, 2)
            self.need(8 * len(lines))
            self.y += 6.2
            self.s.text(self.x0, self.y, label, self.face, self.size, fit=used - 2)
            base = self.put(x + 1.5, self.y - self.jitter, lines, self.x1 - x - 2)
            for at in range(len(lines)):
                line = self.y + 1.1 + at * (base - self.y + self.jitter) / max(1, len(lines) - 1)
                self.s.line(x, line, self.x1, line, 0.15)
            self.y = base + self.jitter

    def packed(self, cells, small, most=3):
        """Rows of cells, as many beside each other as there is room for: (label, name, value, x, width)."""
        family, points = self.pen()
        total, rows, row, used = self.x1 - self.x0, [], [], 0.0
        for label, name, value in cells:
            comb = 4.3 * len(self.values[name]) if self.combs and KINDS.get(name) in ("nir", "siret", "rpps", "finess") else 0
            width = min(total, max(self.s.text_width(label, self.face, small), self.s.text_width(value, family, points), comb) + 6)
            if row and (used + width > total or len(row) == most):
                rows.append((row, used))
                row, used = [], 0.0
            row.append((label, name, value, width))
            used += width
        rows.append((row, used))
        for row, used in rows:
            x, placed = self.x0, []
            for label, name, value, width in row:
                width += (total - used) / len(row)
                placed.append((label, name, value, x, width))
                x += width
            yield placed

    def comb(self, x, y, name, width):
        """A number in cells; false where it goes by words."""
        if not self.combs or KINDS.get(name) not in ("nir", "siret", "rpps", "finess") or len(self.values[name]) * 4.3 > width:
            return False
        family, points = self.pen()
        for index, sign in enumerate(self.values[name]):
            self.s.line(x + 4.3 * index, y + 1, x + 4.3 * index, y - 1.2, 0.15, 90)
            self.s.text(x + 4.3 * (index + 0.5), y, sign, family, points, anchor="ms")
        self.s.line(x, y + 1, x + 4.3 * (index + 1), y + 1, 0.15, 90)
        return True

    def set_dense(self, cells):
        small = max(6.5, self.size - 3)
        for placed in self.packed(cells, small, 4):
            lines = [self.lines_of(value, width - 3.5, 2) for _, _, value, _, width in placed]
            low = 2 if self.written else 0
            height = 7.6 + low + self.pen()[1] * STEP * 1.25 * (max(len(each) for each in lines) - 1)
            self.need(height)
            for (label, name, _, x, width), texts in zip(placed, lines):
                self.s.text(x + 1, self.y + 2.6, label, self.face, small, fit=width - 2)
                if not self.comb(x + 1.5, self.y + 6.6 + low, name, width - 3):
                    self.put(x + 2, self.y + 6.5 + low, texts, width - 3)
                self.s.box(x, self.y, width, height, 0.2, 20)
            self.y += height

    def set_under(self, cells):
        """The value over a rule, what it is in small under it."""
        small = max(6.5, self.size - 2.5)
        for placed in self.packed(cells, small):
            self.need(13)
            lines = [self.lines_of(value, width - 5, 2) for _, _, value, _, width in placed]
            low = self.y + 5 + self.pen()[1] * STEP * 1.25 * (max(len(each) for each in lines) - 1)
            for (label, name, _, x, width), texts in zip(placed, lines):
                if not self.comb(x + 2, self.y + 5, name, width - 4):
                    self.put(x + 2, self.y + 5, texts, width - 4)
                self.s.line(x + 1, low + 1.4, x + width - 2, low + 1.4, 0.15, 40)
                self.s.text(x + width / 2, low + 4, f"({label})" if self.heading == "roman" else label, self.face, small, anchor="ms", fit=width - 3)
            self.y = low + 5.2

    def set_dotted(self, cells):
        """Dots of a form typed long ago; the value a little above them."""
        dot = self.s.text_width(".", self.face, self.size)
        for label, _, value in cells:
            used = min(self.s.text_width(label, self.face, self.size), (self.x1 - self.x0) * 0.6) + 2
            lines = self.lines_of(value, self.x1 - self.x0 - used - 2, 2)
            self.need(7 * len(lines))
            self.y += 6
            self.s.text(self.x0, self.y, label, self.face, self.size, fit=used - 1)
            base = self.put(self.x0 + used + 3, self.y - 0.9, lines, self.x1 - self.x0 - used - 4)
            if self.jitter:  # dots under the value too, below its letters
                self.s.text(self.x0 + used, self.y + 1.1, "." * int((self.x1 - self.x0 - used) / dot), self.face, self.size, ink=90)
            self.y = base + 0.9

    def set_aside(self, cells):
        """The value first and what it is behind it, or labels at the right edge of their column."""
        behind, at = self.heading in ("roman", "stars", "left"), self.x0 + (self.x1 - self.x0) * 0.4
        for label, _, value in cells:
            width = (self.x1 - self.x0) * 0.56
            lines = self.lines_of(value, width)
            self.need(6 * len(lines))
            self.y += 5.4
            if behind:
                family, points = self.pen()
                used = max(self.s.text_width(line, family, points) for line in lines)
                self.s.text(self.x0 + min(used, width) + 4, self.y, self.rng.choice(("({})", "- {}", "[{}]")).format(label), self.face, self.size - 1, fit=self.x1 - self.x0 - min(used, width) - 5)
                self.y = self.put(self.x0, self.y, lines, width)
            else:
                self.s.text(at - 3, self.y, label, self.face, self.size - 0.5, anchor="rs", fit=at - self.x0 - 3)
                base = self.put(at + 1, self.y, lines, width)
                self.s.line(at - 1, self.y - 4, at - 1, base + 1.4, 0.3, 40)
                self.y = base

    def set_running(self, cells):
        join = self.rng.choice(("  ", " ; ", ", ", " - "))
        self.paragraph(join.join(f"{label} {'' if label[-1] in ':?' else ': '}{value}" for label, _, value in cells), leading=1.5)

    def set_halves(self, cells):
        """Two columns, read down."""
        half, width = (len(cells) + 1) // 2, (self.x1 - self.x0) / 2
        laid = []
        for label, _, value in cells:
            used = min(self.s.text_width(f"{label} : ", self.face, self.size), width * 0.5)
            laid.append((label, used, self.lines_of(value, width - used - 5)))
        step = self.pen()[1] * STEP * 1.25
        heights = [5.4 + step * (len(lines) - 1) for _, _, lines in laid]
        if max(len(lines) for _, _, lines in laid) > 2 or len(cells) == 1:
            self.set_aside(cells)
            return
        self.need(max(sum(heights[:half]), sum(heights[half:])) + 2)
        top, low = self.y, self.y
        for index, (label, used, lines) in enumerate(laid):
            if index == half:
                self.y = top
            x = self.x0 + (width if index >= half else 0)
            self.y += 5.2
            self.s.text(x, self.y, f"{label} :", self.face, self.size, fit=used)
            self.y = self.put(x + used + 1, self.y, lines, width - used - 3)
            low = max(low, self.y)
        self.y = low + 2

    # answers
    def choice(self, rest):
        label, _, options = rest.partition(":")
        if label.startswith("*"):
            what = label.strip("* ")
            self.said.add(what)
            options = [option.strip() for option in options.split("/")]
            ticked = int(getattr(self, what) not in ("initial", "maladie"))
            self.checks(self.rng.choice(("", self.rng.choice({"nature": self.words.NATURE, "motif": self.words.MOTIF}[what]))), options, ticked)
        else:
            super().choice(rest)

    def checks(self, label, options, ticked):
        self.flush()
        options, label = [self.filled(option) for option in options], self.filled(label)
        widths = [self.s.text_width(option, self.face, self.size) for option in options]
        self.need(16)
        tick = self.tick
        used = self.s.text_width(label, self.face, self.size) + 4 if label else 0
        if tick == "told":
            words = options[ticked]
            self.field(label or self.rng.choice(("Réponse", "Cas", "Coché")), None, words)
            self.flush()
            return
        if tick in ("under", "table"):
            if sum(widths) + 8 * len(widths) < self.x1 - self.x0:
                self.in_columns(label, options, ticked)
                return
            tick = "left"
        self.y += 5.2
        x = self.x0 + 1
        if label:
            x += min(self.s.text(x, self.y, label if label[-1] in ":?" else f"{label} :", self.face, self.size, fit=self.x1 - self.x0 - 2), self.x1 - self.x0) + 3
            if used > (self.x1 - self.x0) * 0.6:
                x, self.y = self.x0 + 6, self.y + 5.2
        for index, option in enumerate(options):
            if x + widths[index] + 10 > self.x1 and x > self.x0 + 8:
                self.need(10)
                x, self.y = self.x0 + 6, self.y + 5.4
            x = self.option(tick, x, option, index == ticked)
            if tick in ("strike", "underline") and index + 1 < len(options):
                x += self.s.text(x, self.y, self.rng.choice(("/", "-", "ou")), self.face, self.size) + 2
        if tick in ("strike", "ring", "underline") and self.rng.random() < 0.5:
            hint = {"strike": "(1) rayer ce qui ne convient pas", "ring": "(entourer)", "underline": "(souligner la bonne réponse)"}[tick]
            if x + self.s.text_width(hint, self.face, 6.5) + 3 < self.x1:
                self.s.text(x + 2, self.y, hint, self.face, 6.5)
        self.y += 2.6

    def in_columns(self, label, options, ticked):
        """Answers beside each other, what is ticked under its words."""
        s = self.s
        if label:
            self.y += 4.8
            s.text(self.x0 + 1, self.y, label, self.face, self.size, fit=self.x1 - self.x0)
            self.y += 1
        width = (self.x1 - self.x0) * (1 if self.tick == "table" else 0.9) / len(options)
        for index, option in enumerate(options):
            x = self.x0 + width * index
            s.text(x + width / 2, self.y + 4.4, option, self.face, self.size, anchor="ms", fit=width - 2)
            if self.tick == "table":
                s.box(x, self.y, width, 6.2, 0.2)
                s.box(x, self.y + 6.2, width, 6.2, 0.2)
                if index == ticked:
                    family, points = self.pen()
                    s.text(x + width / 2, self.y + 11, self.rng.choice("Xx"), family, points + 1, True, anchor="ms")
            else:
                s.box(x + width / 2 - 1.7, self.y + 6.2, 3.4, 3.4, 0.25)
                if index == ticked:
                    self.cross(x + width / 2 - 1.7, self.y + 6.2)
        self.y += 14 if self.tick == "table" else 12

    def option(self, tick, x, words, on):
        """One answer; gives where the next may stand."""
        s, y = self.s, self.y
        room = self.x1 - x - 8
        if tick in ("ring", "strike", "underline"):
            width = min(s.text(x, y, words, self.face, self.size, fit=room), room)
            if tick == "ring" and on:
                s.oval(x - 2.2, y - 4.4, width + 4.4, 6.3, 0.45, 30)
            elif tick == "strike" and not on:
                s.line(x - 0.6, y - 1.4, x + width + 0.6, y - 1, 0.4)
            elif tick == "underline" and on:
                s.line(x, y + 1.1, x + width, y + 1.1, 0.4)
            return x + width + (7 if tick == "ring" else 2.5)
        if tick in ("brackets", "dash"):
            mark = ("[X]" if on else "[ ]") if tick == "brackets" else ("_X_" if on else "___")
            x += s.text(x, y, mark, "liberation-mono", self.size) + 1.5
            return x + min(s.text(x, y, words, self.face, self.size, fit=room), room) + 6
        if tick == "right":
            x += min(s.text(x, y, words, self.face, self.size, fit=room), room) + 1.5
        s.box(x, y - 2.9, 3.1, 3.1, 0.25, 0, 0 if tick == "filled" and on else None)
        if on and tick != "filled":
            self.cross(x, y - 2.9)
        if tick == "right":
            return x + 9
        return x + 4.5 + min(s.text(x + 4.5, y, words, self.face, self.size, fit=room), room) + 6

    def cross(self, x, y):
        out = self.jitter
        self.s.line(x - out, y - out, x + 3.2 + out, y + 3.2 + out, 0.45)
        self.s.line(x + 3.2 + out, y - out, x - out, y + 3.2 + out, 0.45)

    def table(self, rest):
        titles, _, rows = rest.partition("=")
        if "**" in rows:  # so many lines, that a table goes on overleaf
            line, _, count = rows.partition("**")
            rows = "|".join(line.replace("{i}", f"{i:02}").replace("{r}", f"{self.rng.randrange(4, 180)},{self.rng.randrange(100):02}") for i in range(1, int(count) + self.rng.randrange(1, 9)))
        super().table(f"{self.filled(titles)}={rows}")

    # tables, line by line: what does not fit stands overleaf
    def grid(self, titles, cells):
        self.flush()
        family, points = self.pen()
        points -= 0.5
        wanted = [max([self.s.text_width(title, self.face, self.size - 0.5, True), 8.0] + [self.s.text_width(line[column], family, points) for line in cells if column < len(line)]) + 4 for column, title in enumerate(titles)]
        total = self.x1 - self.x0
        edges = [self.x0]
        for width in wanted:
            edges.append(edges[-1] + width * total / sum(wanted))
        height = 6.8 if self.written else 5.6
        self.need(height * 2 + 4)
        self.y += 1.5
        self.rule(edges)
        self.grid_line(titles, edges, (self.face, self.size - 0.5, True), height)
        self.rule(edges)
        for line in cells:
            before = len(self.sheets)
            self.need(height + 2)
            if len(self.sheets) > before and self.jitter:
                self.rule(edges)
            self.grid_line(line, edges, (family, points, False), height)
            if self.table_look == "ruled":
                self.rule(edges)
        self.rule(edges)
        self.y += 2

    def rule(self, edges):
        s = self.s
        if self.table_look != "ascii":
            s.line(edges[0], self.y, edges[-1], self.y, 0.2)
            return
        s.line(edges[0], self.y, edges[-1], self.y, 0.25, 60)
        for edge in edges:
            s.line(edge, self.y - 0.8, edge, self.y + 0.8, 0.25)

    def grid_line(self, texts, edges, pen, height):
        family, points, bold = pen
        for column, text in enumerate(texts[:len(edges) - 1]):
            self.s.text(edges[column] + 1.6, self.y + height - 1.7, plain(text) if bold and self.capitals else text, family, points, bold, fit=edges[column + 1] - edges[column] - 2.6)
        if self.table_look in ("ruled", "columns"):
            for edge in edges:
                self.s.line(edge, self.y, edge, self.y + height, 0.2)
        self.y += height

    # signatures
    def signatures(self, labels):
        self.flush()
        self.need(30)
        labels = labels or [""]
        width = (self.x1 - self.x0) / max(len(labels), 2 if self.s.width > 160 else 1)
        right = len(labels) == 1 and self.jitter and width < self.x1 - self.x0
        for index, label in enumerate(labels):
            x = self.x0 + width * (index + bool(right))
            if self.style in ("dense", "halves"):
                self.s.box(x, self.y + 1, width - 1, 26, 0.2, 40)
            self.s.text(x + 2, self.y + 5, plain(label) if self.capitals else label, self.face, self.size - 0.5, fit=width - 5)
            self.signed(x, width, label.lower())
        self.y += 29

    def signed(self, x, width, label):
        rng, v = self.rng, self.values
        medic = not label or any(word in label for word in MEDICS)
        other = any(word in label for word in OTHERS)
        private = any(word in label for word in ("parent", "loge", "témoin", "institution"))
        if (medic or other) and not private and rng.random() < 0.5 and width > 50:
            lines = [v["doctor"], f"{v['doctor_town'][6:].title()}"] if medic and not other else [v["firm"], v["firm_town"][6:].title()]
            self.stamp(x + 3, self.y + 7, lines, rng.random() < 0.2)
        if rng.random() < 0.82:
            name = v["other_full"].title() if other else v["doctor_name"] if medic else self.person.full
            self.s.text(x + width * rng.uniform(0.2, 0.4), self.y + rng.uniform(15, 21), name, rng.choice(installed(self.signs)), rng.choice((16, 18, 20)), ink=30, fit=width * 0.55)

    def back(self):
        """The printed back of a form."""
        self.page()
        for words in self.rng.sample(self.words.BACKS, self.rng.randrange(2, len(self.words.BACKS))):
            self.paragraph(words, points=self.rng.choice((7.5, 8.5, 9.5)))
            self.y += self.rng.choice((1, 3, 6))


def rows_of_needles(size, kept={}):
    """What the needles of a matrix printer leave white."""
    if size not in kept:
        picture = Image.new("L", size, 0)
        draw = ImageDraw.Draw(picture)
        for y in range(0, size[1], 5):
            draw.line((0, y, size[0], y), fill=190)
        kept.clear()
        kept[size] = picture
    return kept[size]
