"""How forms of lots 1 to 7 look: full-width bands, label left of its field, combs that are ticks on a line."""

from paper import BLACK, PEN_BLACK, PEN_BLUE, Sheet, value_text

LEFT, RIGHT = 12.0, 198.0
HEIGHTS = {"T": 7.0, "N": 8.6, "D": 8.2, "C": 8.2, "K": 6.2, "S": 19.0}
NIR_GROUPS = (1, 3, 5, 7, 10, 13)


def light(ink, part=0.78):
    return tuple(round(c + (255 - c) * part) for c in ink)


def draw_form(form, case, look):
    """look: typed font, hand (font or None), with_key, address lines or None, ink (None = the form's own)."""
    pen = Pen(form, case, look)
    pen.head()
    rows = [row for heading, rows in form.sections for row in ([("BAND", heading)] if heading else []) + list(rows)]
    natural = sum(pen.height(row) for row in rows)
    space = pen.bottom - pen.y
    pen.stretch = min(1.45, space / natural)
    for row in rows:
        pen.row(row, LEFT, RIGHT)
        pen.y += pen.height(row) * pen.stretch
    pen.foot()
    return pen.sheet


class Pen:
    def __init__(self, form, case, look):
        self.form, self.case, self.look = form, case, look
        self.ink = look.get("ink") or form.ink
        self.sheet, self.y, self.stretch, self.bottom = Sheet(), 0.0, 1.0, 281.0
        self.hand = look.get("hand")
        self.font, self.size = (self.hand, {"hand-steve": 11, "hand-delphine": 15}.get(self.hand, 13)) if self.hand else (look["typed"], 10)
        self.colour = look.get("pen") or (PEN_BLUE if self.hand else BLACK)

    def head(self):
        s, f, ink = self.sheet, self.form, self.ink
        if f.cerfa:
            s.oval(13, 8, 25, 12, ink, 0.7)
            s.oval(14.3, 9, 22.4, 10, ink, 0.25)
            s.text(25.5, 16, "cerfa", "sans-bold", 15, ink, "ms")
            s.text(25.5, 25.5, f"N° {f.cerfa}", "sans-bold", 10.5, ink, "ms")
        y = 15.0
        for line in f.title:
            s.text(112, y, line, "sans-bold", 16 if len(line) < 46 else 13.5, ink, "ms", fit=132)
            y += 7.5
        if f.legal:
            s.text(112, y - 1, f.legal, "sans-italic", 7, ink, "ms", fit=140)
        if f.leaf:
            width = min(60.0, s.text_width(f.leaf, "sans-bold", 8) + 4)
            s.text(RIGHT, 9, f.leaf, "sans-bold", 8, ink, "rs", fit=width)
        self.y = 30.0 if y < 36 else 38.0
        if self.look.get("address"):
            s.text(112, self.y + 2.5, "à adresser à :", "sans-italic", 7.5, ink)
            y = self.y + 7.5
            for line in self.look["address"]:
                s.text(112, y, line, "sans", 10.5, BLACK)
                y += 4.7
            self.y = y + 1

    def foot(self):
        s = self.sheet
        s.line(LEFT, 283.5, RIGHT, 283.5, self.ink, 0.35)
        if self.form.foot:
            s.text(LEFT, 288, self.form.foot, "sans", 7, self.ink, fit=150)
        if self.form.s_number:
            s.text(RIGHT, 289, self.form.s_number[:1] + " " + self.form.s_number[1:] if self.look.get("spaced_s") else self.form.s_number, "sans-bold", 10, self.ink, "rs")

    def height(self, row):
        kind = row[0]
        if kind == "BAND":
            return 8.0
        if kind == "L":
            return 5.5 + 7.0 * row[3]
        if kind == "P":
            return 4.0 * len(self.sheet.wrap(row[1], RIGHT - LEFT - 4, "sans", 8)) + 2.5
        if kind == "R":
            return max(self.height(r) for r in row[1])
        if kind == "TABLE":
            return 6.0 * (len(row[2]) + 1) + 3
        if kind == "K":
            return HEIGHTS["K"] * (2 if self.options_width(row) > RIGHT - LEFT - 2 else 1)
        return HEIGHTS[kind]

    def options_width(self, row):
        return self.sheet.text_width(row[1], "sans", 8.5) + 6 + sum(self.sheet.text_width(o, "sans", 8.5) + 11 for o in row[2])

    def row(self, row, left, right):
        kind = row[0]
        if kind == "R":
            width = (right - left) / len(row[1])
            for index, part in enumerate(row[1]):
                self.row(part, left + index * width, left + (index + 1) * width - (2 if index < len(row[1]) - 1 else 0))
            return
        getattr(self, {"T": "written", "N": "number", "D": "day", "C": "comb_row", "K": "checks", "L": "lines", "P": "small", "S": "signatures",
                       "BAND": "band", "TABLE": "table"}[kind])(row, left, right)

    def value(self, key):
        return key[1:] if key.startswith("=") else value_text(self.case.values[key])

    def pen_text(self, x, y, text, fit, size=None):
        rng = self.case.rng
        if self.hand:
            x, y = x + rng.uniform(0, 1.2), y + rng.uniform(-0.3, 0.4)
        self.sheet.text(x, y, text, self.font, size or self.size, self.colour, fit=fit)

    def band(self, row, left, right):
        self.sheet.box(left, self.y + 1.0, right - left, 5.2, self.ink, 0, self.ink)
        self.sheet.text((left + right) / 2, self.y + 4.9, row[1], "sans-bold", 9, (255, 255, 255), "ms", fit=right - left - 6)

    def label(self, text, left, y, right):
        return left + 1 + self.sheet.text(left + 1, y, text, "sans", 8.5, self.ink, fit=(right - left) * 0.55)

    def written(self, row, left, right):
        base = self.y + 5.0
        x = self.label(row[1], left, base, right) + 2
        self.sheet.box(x, self.y + 0.8, right - x - 0.5, 6.0, light(self.ink, 0.35), 0.2)
        self.pen_text(x + 1.5, base, self.value(row[2]), right - x - 4)
        if row[2] in ("iban",):
            self.sheet.identifier("iban", self.case.values["iban"])

    def comb(self, x, y, text, groups, cell=4.9, height=6.2):
        """Ticks standing on a line, taller between groups; gives its width."""
        ink, cells = light(self.ink, 0.2), groups[-1]
        self.sheet.line(x, y + height, x + cells * cell, y + height, ink, 0.25)
        for index in range(cells + 1):
            tall = index == 0 or index in groups
            self.sheet.line(x + index * cell, y + (0.4 if tall else height - 2.0), x + index * cell, y + height, ink, 0.3 if tall else 0.2)
        for index, character in enumerate(text[:cells]):
            if character == " ":
                continue
            jx, jy = (self.case.rng.uniform(-0.35, 0.35), self.case.rng.uniform(-0.3, 0.3)) if self.hand else (0, 0)
            self.sheet.text(x + (index + 0.5) * cell + jx, y + height - 1.2 + jy, character, self.font, self.size + 1, self.colour, "ms")
        return cells * cell

    def number(self, row, left, right):
        value = self.case.values[row[2]]
        x = self.label(row[1], left, self.y + 5.8, right) + 3
        width = self.comb(x, self.y + 0.9, value[:13], NIR_GROUPS)
        self.comb(x + width + 3, self.y + 0.9, value[13:] if self.look["with_key"] else "", (2,))
        self.sheet.nir(value, "comb", self.look["with_key"], self.hand)

    def day(self, row, left, right):
        value = self.case.values[row[2]]
        x = self.label(row[1], left, self.y + 5.6, right) + 3
        self.comb(x, self.y + 0.9, f"{value:%d%m%Y}", (2, 4, 8), 4.7, 6.0)
        self.sheet.field(row[2], value)

    def comb_row(self, row, left, right):
        value = self.value(row[2])
        x = self.label(row[1], left, self.y + 5.6, right) + 3
        cell = min(4.8, (right - x - 0.5) / row[3])
        groups = {14: (3, 6, 9, 14), 4: (2, 4)}.get(row[3], (row[3],))
        self.comb(x, self.y + 0.9, value, groups, cell, 6.0)
        if row[2] in ("siret", "rpps", "finess"):
            self.sheet.identifier(row[2], value)

    def checks(self, row, left, right):
        x, y = left + 1, self.y + 4.4
        if row[1]:
            x += self.sheet.text(x, y, row[1], "sans", 8.5, self.ink) + 5
        for index, option in enumerate(row[2]):
            width = self.sheet.text_width(option, "sans", 8.5)
            if x + width + 6 > right:
                x, y = left + 6, y + HEIGHTS["K"]
            self.sheet.box(x, y - 3.1, 3.4, 3.4, self.ink, 0.3)
            if index == row[3]:
                if self.hand:
                    self.sheet.line(x - 0.3, y - 2.9, x + 3.6, y + 0.7, self.colour, 0.45)
                    self.sheet.line(x + 3.9, y - 3.5, x - 0.2, y + 0.4, self.colour, 0.45)
                else:
                    self.sheet.text(x + 1.7, y - 0.2, "X", "sans-bold", 9, self.colour, "ms")
            self.sheet.text(x + 5, y, option, "sans", 8.5, self.ink)
            x += width + 11

    def lines(self, row, left, right):
        self.sheet.text(left + 1, self.y + 4, row[1], "sans", 8.5, self.ink)
        for index in range(row[3]):
            self.sheet.line(left + 1, self.y + 5.5 + 7 * (index + 1), right - 1, self.y + 5.5 + 7 * (index + 1), light(self.ink, 0.5), 0.15)
        for index, line in enumerate(self.sheet.wrap(self.value("=" + row[2]), right - left - 10, self.font, self.size)[:row[3]]):
            self.pen_text(left + 3, self.y + 4.3 + 7 * (index + 1), line, right - left - 6)

    def small(self, row, left, right):
        y = self.y + 3.6
        for line in self.sheet.wrap(row[1], right - left - 4, "sans", 8):
            self.sheet.text(left + 1, y, line, "sans", 8, self.ink)
            y += 4.0

    def signatures(self, row, left, right):
        width = (right - left) / len(row[1])
        for index, label in enumerate(row[1]):
            x = left + index * width
            self.sheet.box(x + 0.5, self.y + 1, width - 1.5, 17.0 * min(self.stretch, 1.2), light(self.ink, 0.35), 0.2)
            self.sheet.text(x + 2, self.y + 4.4, label, "sans", 7.5, self.ink)
            if self.case.rng.random() < 0.85:
                name = self.case.values["doctor"][3:] if any(w in label for w in ("praticien", "médecin", "prescripteur", "auxiliaire")) else self.case.values["full"].title()
                self.sheet.text(x + width * 0.3, self.y + 14, name, "sign-kristi", 20, PEN_BLACK if index else PEN_BLUE, fit=width * 0.65)

    def table(self, row, left, right):
        columns = len(row[1])
        width = (right - left - 2) / columns
        for r in range(len(row[2]) + 2):
            self.sheet.line(left + 1, self.y + 1 + 6 * r, right - 1, self.y + 1 + 6 * r, light(self.ink, 0.3), 0.2)
        for c in range(columns + 1):
            self.sheet.line(left + 1 + c * width, self.y + 1, left + 1 + c * width, self.y + 1 + 6 * (len(row[2]) + 1), light(self.ink, 0.3), 0.2)
        for c, title in enumerate(row[1]):
            self.sheet.text(left + 2 + c * width, self.y + 5.2, title, "sans", 7.5, self.ink, fit=width - 2)
            for r, cells in enumerate(row[2]):
                self.pen_text(left + 3 + c * width, self.y + 5.2 + 6 * (r + 1), self.value(cells[c]), width - 4, self.size - 1)


def round_stamp(lines, ink=(150, 30, 60), diameter_mm=34):
    """A rubber stamp: two rings and lines of text, to be pasted askew."""
    s = Sheet(diameter_mm + 2, diameter_mm + 2)
    s.oval(1, 1, diameter_mm, diameter_mm, ink, 0.6)
    s.oval(2.2, 2.2, diameter_mm - 2.4, diameter_mm - 2.4, ink, 0.2)
    y = diameter_mm / 2 + 2.5 - 2.0 * (len(lines) - 1)
    for line in lines:
        s.text(diameter_mm / 2 + 1, y, line, "sans-bold", 8.5, ink, "ms", fit=diameter_mm - 7)
        y += 4.4
    return s.image

