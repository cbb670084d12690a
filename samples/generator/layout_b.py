"""How forms of lots 8 to 14 look: framed sections, labels above their field, combs of separate boxes, the cerfa mark elsewhere."""

from zlib import crc32

from paper import BLACK, PEN_BLACK, PEN_BLUE, Sheet, value_text

LEFT, RIGHT = 15.0, 195.0
NIR_GROUPS = (1, 2, 2, 2, 3, 3)
HALF = {"T", "D"}
SIZES = {"hand-breip": 14, "hand-klee": 11, "hand-organize": 11, "hand-connect": 13, "courier": 11, "carlito": 11.5, "lato": 10.5}


def draw_form(form, case, look):
    pen = Pen(form, case, look)
    pen.head()
    sections = [(heading, pen.lines_of(rows)) for heading, rows in form.sections]
    natural = sum(8.0 + sum(pen.height(line) for line in lines) for _, lines in sections)
    pen.stretch = min(1.3, (279.0 - pen.y) / natural)
    for number, (heading, lines) in enumerate(sections, 1):
        pen.section(number, heading, lines)
    pen.foot()
    return pen.sheet


class Pen:
    def __init__(self, form, case, look):
        self.form, self.case, self.look, self.ink = form, case, look, form.ink
        self.sheet, self.y, self.stretch = Sheet(), 12.0, 1.0
        self.style = crc32(form.title[0].encode()) % 3  # where the cerfa mark stands on this form
        self.hand = look.get("hand")
        self.font = self.hand or look["typed"]
        self.size = SIZES[self.font]
        self.colour = (PEN_BLACK if self.hand in ("hand-klee", "hand-connect") else PEN_BLUE) if self.hand else BLACK

    def lines_of(self, rows):
        """Two half-width fields share a line; a comb too wide for half does not."""
        lines = []
        for row in rows:
            half = row[0] in HALF
            if half and lines and lines[-1][0] and len(lines[-1][1]) == 1:
                lines[-1][1].append(row)
            else:
                lines.append((half, [row]))
        return [row for _, row in lines]

    def height(self, line):
        kind = line[0][0]
        if kind == "L":
            return 5.0 + 7.5 * line[0][3]
        if kind == "P":
            return 4.2 * len(self.sheet.wrap(line[0][1], RIGHT - LEFT - 8, "carlito", 9)) + 2
        if kind == "TABLE":
            return 6.4 * (len(line[0][2]) + 1) + 2.5
        return {"T": 11.0, "D": 11.5, "N": 12.0, "C": 11.5, "K": 7.0, "S": 20.0}[kind]

    def head(self):
        s, f, ink = self.sheet, self.form, self.ink
        left = LEFT
        if f.cerfa:
            x = {0: 168.0, 1: LEFT, 2: 168.0}[self.style]
            s.rounded(x, 9, 27, 11, 5.4, ink, 0.5, ink if self.style == 2 else None)
            s.text(x + 13.5, 16.6, "cerfa", "gothic-bold", 14, (255, 255, 255) if self.style == 2 else ink, "ms")
            if self.style == 1:
                s.text(x + 29, 16.5, f"N° {f.cerfa}", "narrow-bold", 11, ink)
                left = x + 62
            else:
                s.text(x + 13.5, 25, f"N° {f.cerfa}", "narrow-bold", 11.5, ink, "ms")
        y, fit = 17.0, (163.0 if self.style != 1 else RIGHT) - left
        for index, line in enumerate(f.title):
            s.text(left, y, line, "gothic-bold" if self.style else "roman-bold", 17 if index == 0 else 12.5, ink, fit=fit)
            y += 7.5
        if f.legal:
            s.text(left, y - 1.5, f.legal, "carlito-italic", 8.5, ink, fit=fit)
            y += 3
        self.y = max(y, 28.0)
        if f.leaf:
            s.text(LEFT, 7, f.leaf, "narrow-bold", 9, ink)
        s.box(LEFT, self.y, RIGHT - LEFT, 1.2, ink, 0, ink)
        self.y += 4
        if self.look.get("address"):
            y = self.y + 4
            s.text(LEFT, y, "Envoyez ce document à", "carlito-italic", 9, ink)
            for line in self.look["address"]:
                s.text(105, y, line, "carlito", 12, BLACK)
                y += 4.9
            self.y = y

    def foot(self):
        s_number, ink = self.form.s_number, self.ink
        if s_number:
            text = (f"Réf. {s_number}", s_number[:1] + " " + s_number[1:5] + " " + s_number[5:], s_number)[self.style]
            if self.style == 0:
                self.sheet.text(LEFT, 291, text, "narrow-bold", 11, ink)
            else:
                self.sheet.text(RIGHT, 291, text, "narrow-bold", 11, ink, "rs")

    def section(self, number, heading, lines):
        s, top = self.sheet, self.y
        s.box(LEFT + 2, top + 1.2, 5, 5, self.ink, 0, self.ink)
        s.text(LEFT + 4.5, top + 5.3, str(number), "narrow-bold", 10, (255, 255, 255), "ms")
        s.text(LEFT + 9, top + 5.3, heading, "gothic-bold" if self.style else "roman-bold", 10.5, self.ink)
        self.y += 8.0 * self.stretch
        for line in lines:
            middle = (LEFT + RIGHT) / 2
            if len(line) == 2:
                self.row(line[0], LEFT + 4, middle - 2)
                self.row(line[1], middle + 2, RIGHT - 4)
            else:
                self.row(line[0], LEFT + 4, RIGHT - 4)
            self.y += self.height(line) * self.stretch
        s.rounded(LEFT, top, RIGHT - LEFT, self.y - top - 0.6, 2, self.ink, 0.25)

    def row(self, row, left, right):
        getattr(self, {"T": "written", "N": "number", "D": "day", "C": "comb_row", "K": "checks", "L": "lines", "P": "small", "S": "signatures", "TABLE": "table"}[row[0]])(row, left, right)

    def value(self, key):
        return key[1:] if key.startswith("=") else value_text(self.case.values[key])

    def label(self, text, left):
        self.sheet.text(left, self.y + 2.8, text, "carlito", 8, self.ink)

    def pen_text(self, x, y, text, fit, size=None):
        jitter = self.case.rng.uniform(-0.4, 0.4) if self.hand else 0
        self.sheet.text(x + abs(jitter) * 2, y + jitter, text, self.font, size or self.size, self.colour, fit=fit)

    def dotted(self, x1, x2, y):
        x = x1
        while x < x2:
            self.sheet.box(x, y, 0.25, 0.25, self.ink, 0, self.ink)
            x += 1.1

    def written(self, row, left, right):
        self.label(row[1], left)
        self.dotted(left, right, self.y + 9)
        self.pen_text(left + 1, self.y + 8.2, self.value(row[2]), right - left - 2)
        if row[2] == "iban":
            self.sheet.identifier("iban", self.case.values["iban"])

    def cells(self, x, text, groups, width, height=6.2, between=1.6, sign=""):
        """Closed boxes, one a character, with a gap between groups; gives where they end."""
        at, y = 0, self.y + 4.0
        for index, group in enumerate(groups):
            for _ in range(group):
                self.sheet.box(x, y, width - 0.35, height, self.ink, 0.2)
                if at < len(text):
                    jx, jy = (self.case.rng.uniform(-0.3, 0.3), self.case.rng.uniform(-0.3, 0.3)) if self.hand else (0, 0)
                    self.sheet.text(x + (width - 0.35) / 2 + jx, y + height - 1.5 + jy, text[at], self.font, self.size + 0.5, self.colour, "ms")
                at += 1
                x += width
            if index < len(groups) - 1:
                if sign:
                    self.sheet.text(x + between / 2 - 0.1, y + height - 1.6, sign, "carlito", 10, self.ink, "ms")
                x += between
        return x

    def number(self, row, left, right):
        value = self.case.values[row[2]]
        self.label(row[1], left)
        x = self.cells(left, value[:13], NIR_GROUPS, 5.4)
        self.sheet.text(x + 2.5, self.y + 8.4, "clé", "carlito", 8, self.ink)
        self.cells(x + 8, value[13:] if self.look["with_key"] else "", (2,), 5.4)
        self.sheet.nir(value, "comb", self.look["with_key"], self.hand)

    def day(self, row, left, right):
        value = self.case.values[row[2]]
        self.label(row[1], left)
        self.cells(left, f"{value:%d%m%Y}", (2, 2, 4), 5.0, 6.0, 2.4, "/")
        self.sheet.field(row[2], value)

    def comb_row(self, row, left, right):
        value = self.value(row[2])
        self.label(row[1], left)
        self.cells(left, value, {14: (3, 3, 3, 5), 11: (11,), 9: (9,), 4: (2, 2)}[row[3]], 5.0, 6.0, 1.6, "h" if row[3] == 4 else "")
        if row[2] in ("siret", "rpps", "finess"):
            self.sheet.identifier(row[2], value)

    def checks(self, row, left, right):
        s, x, y = self.sheet, left, self.y + 4.6
        if row[1]:
            x += s.text(x, y, row[1], "carlito", 10, self.ink) + 4
        for index, option in enumerate(row[2]):
            s.oval(x, y - 3.2, 3.6, 3.6, self.ink, 0.3)
            if index == row[3]:
                if self.hand:
                    s.line(x - 0.2, y - 1.6, x + 1.5, y + 0.8, self.colour, 0.5)
                    s.line(x + 1.5, y + 0.8, x + 4.6, y - 4.2, self.colour, 0.5)
                else:
                    s.oval(x + 0.9, y - 2.3, 1.8, 1.8, self.colour, 0.3, self.colour)
            x += 5 + s.text(x + 5, y, option, "carlito", 10, self.ink) + 7

    def lines(self, row, left, right):
        self.label(row[1], left)
        for index in range(row[3]):
            self.dotted(left, right, self.y + 4 + 7.5 * (index + 1))
        for index, line in enumerate(self.sheet.wrap(row[2], right - left - 12, self.font, self.size)[:row[3]]):
            self.pen_text(left + 2, self.y + 3.0 + 7.5 * (index + 1), line, right - left - 4)

    def small(self, row, left, right):
        self.sheet.para(left, self.y + 4, right - left, row[1], "carlito", 9, self.ink, 1.25)

    def signatures(self, row, left, right):
        width = (right - left) / len(row[1])
        for index, label in enumerate(row[1]):
            x = left + index * width
            self.label(label, x)
            self.sheet.box(x, self.y + 4, width - 3, 14, self.ink, 0.15, (248, 248, 252))
            if self.case.rng.random() < 0.85:
                doctor = any(w in label.lower() for w in ("médecin", "cachet", "auxiliaire")) or label == "Signature"
                name = self.case.values["doctor"][3:] if doctor else self.case.values["full"].title()
                self.sheet.text(x + width * 0.2, self.y + 14, name, "sign-dancing", 19, PEN_BLUE if index else PEN_BLACK, fit=width * 0.7)

    def table(self, row, left, right):
        s, width = self.sheet, (right - left) / len(row[1])
        s.box(left, self.y + 0.5, right - left, 6.2, self.ink, 0.2, tuple(round(c + (255 - c) * 0.8) for c in self.ink))
        for r in range(len(row[2])):
            s.box(left, self.y + 0.5 + 6.4 * (r + 1), right - left, 6.4, self.ink, 0.15)
        for c, title in enumerate(row[1]):
            s.text(left + (c + 0.5) * width, self.y + 4.8, title, "narrow-bold", 9, self.ink, "ms", fit=width - 2)
            for r, line in enumerate(row[2]):
                self.pen_text(left + c * width + 3, self.y + 4.9 + 6.4 * (r + 1), self.value(line[c]), width - 5, self.size - 0.5)


def square_stamp(lines, ink=(40, 50, 140)):
    """A rectangular rubber stamp."""
    width = max(40.0, 4.0 + max(len(line) for line in lines) * 2.2)
    s = Sheet(width + 2, 6.0 * len(lines) + 6)
    s.box(0.8, 0.8, width, 6.0 * len(lines) + 4, ink, 0.5)
    for index, line in enumerate(lines):
        s.text(width / 2 + 1, 7.0 + 6.0 * index, line, "narrow-bold", 11, ink, "ms", fit=width - 4)
    return s.image
