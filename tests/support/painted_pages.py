"""Paints pages as scanners deliver them, in the fonts of this machine, turned and skewed by known angles; the same every time for the same
seed and fonts. For measuring how pages are brought upright (tests/corpus/image/cleaning_proof.py) and for teaching it (tools/text-strips).

Kinds and fonts are in two parts: "taught" may be learned from and tuned on, "held" is kept out of both and only measured.
"""

import functools
import glob
import math
import os
import random
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

TAUGHT_FONTS = (
    "LiberationSans-", "LiberationSerif-", "LiberationMono-", "DejaVuSans", "DejaVuSerif", "FreeSans", "FreeSerif", "FreeMono", "OpenSans-", "Roboto-",
    "RobotoCondensed-", "NotoSans-", "NotoSerif-", "NotoSansMono-", "P052-", "C059-", "NimbusSans-", "OpenDyslexic",
)
# Only tools/text-strips needs these; where they are not installed pages are painted without them.
MORE_HANDS = ("ComicNeue", "Havana", "Joscelyn", "KaushanScript", "LeckerliOne", "TypoScript", "LobsterTwo", "TomsonTalks", "kiloji", "Klaudia")
HELD_FONTS = ("Carlito-", "Caladea-", "Lato-", "NimbusRoman", "NimbusSansNarrow", "NimbusMonoPS", "URWGothic", "URWBookman", "gtype")
TAUGHT_HANDS = ("dkg", "SteveHand", "Delphine", "femkeklaver", "YuseiMagic", "Rufscript", "Humor-Sans", *MORE_HANDS)
HELD_HANDS = ("Breip", "KleeOne", "BecauseWe", "Kristi", "Dancing", "Ecolier", "ecolier", "Z003")
UNFIT = ("Symbol", "Math", "Hairline", "Thin", "Mono-Black", "Condensed-Black", "Math")

WORDS = """le la les de des du un une et ou en au aux ce cette son sa ses par pour avec sans sur sous dans votre notre nos vos je vous nous il elle
est sont fait avoir merci madame monsieur dossier courrier lettre demande paiement arret travail maladie accident declaration employeur salaire
medecin hopital pharmacie ordonnance facture remboursement soins enfant naissance mariage adresse changement compte banque date signature
jour mois semaine annee debut fin periode prolongation reprise certificat attestation formulaire assurance caisse primaire service agent reponse
prie agreer salutations distinguees expression reclamation delai recours decision notification montant indemnites journalieres versement
beneficiaire ayant droit conjoint matricule numero organisme gestion telephone rue avenue boulevard place chemin impasse quartier batiment
kinesitherapie optique dentaire lunettes monture verres prothese transport taxi ambulance kilometres piece jointe copie original photo
quelques hypothyroidie physique psychologique juin juillet aout septembre octobre janvier fevrier mars avril mai payer garde joindre
exemple village bois forge hameau lavande olivier page jeune projet objet sujet gauche ligne feuille effectif exact taxe six deux
the office payment letter your health insurance please find enclosed copy with kind regards yesterday ship by""".split()
NAMES = "Jeanne Paul Lucie Marc Sophie Hugues Agathe Philippe Gilles Yvonne Xavier Quentin Exemple Modele Specimen Fictif Jolivet Bazin Ghyka".split()
TOWNS = "DIGNE GAP NICE RODEZ NIMES BASTIA AJACCIO MENDE PERPIGNAN AVIGNON CARCASSONNE PARIS LYON QUIMPER FOIX".split()


@functools.lru_cache(None)
def font_files(part, written):
    wanted = {("taught", False): TAUGHT_FONTS, ("held", False): HELD_FONTS, ("taught", True): TAUGHT_HANDS, ("held", True): HELD_HANDS}[part, written]
    files = sorted(f for suffix in ("ttf", "otf", "t1") for f in glob.glob(f"/usr/share/fonts/**/*.{suffix}", recursive=True))
    return [f for f in files if os.path.basename(f).startswith(wanted) and not any(u in f for u in UNFIT)]


@functools.lru_cache(64)
def font(file, size_px):
    return ImageFont.truetype(file, size_px)


@dataclass
class Truth:
    kind: str
    part: str
    turned_deg: int
    skew_deg: float
    dpi: int
    bitonal: bool
    lines: int
    written: bool


class Sheet:
    """One upright page being painted, in millimetres; x to the right, y down, text placed by its baseline."""

    def __init__(self, rng, part, dpi, width_mm, height_mm):
        self.rng, self.part, self.dpi = rng, part, dpi
        self.width_mm, self.height_mm = width_mm, height_mm
        self.paper = rng.randint(225, 253)
        self.image = Image.new("L", (self.px(width_mm), self.px(height_mm)), self.paper)
        self.draw = ImageDraw.Draw(self.image)
        self.ink = rng.choice((10, 20, 30, 60, 90))
        self.lines = 0
        self.written = False
        # Typewriters and titles set letters apart.
        self.tracking = rng.uniform(0.05, 0.45) if rng.random() < 0.18 else 0.0
        self.choose_font()

    def px(self, mm):
        return round(mm * self.dpi / 25.4)

    def choose_font(self, written=False):
        files = font_files(self.part, written) or font_files(self.part, False) or font_files("taught", False)
        self.file = self.rng.choice(files)
        self.written = self.written or written

    def type(self, points):
        return font(self.file, max(6, round(points * self.dpi / 72)))

    def text(self, x, y, text, points, ink=None, file=None, anchor="ls"):
        face = self.type(points) if file is None else font(file, max(6, round(points * self.dpi / 72)))
        ink = self.ink if ink is None else ink
        if self.tracking and anchor == "ls" and not self.written:
            at = self.px(x)
            for character in text:
                self.draw.text((at, self.px(y)), character, fill=ink, font=face, anchor=anchor)
                at += face.getlength(character) + self.tracking * face.size
        else:
            self.draw.text((self.px(x), self.px(y)), text, fill=ink, font=face, anchor=anchor)
        self.lines += 1
        return face.getlength(text) * 25.4 / self.dpi

    def rule(self, x0, y0, x1, y1, width_mm=0.25, ink=None):
        self.draw.line((self.px(x0), self.px(y0), self.px(x1), self.px(y1)), fill=self.ink if ink is None else ink, width=max(1, self.px(width_mm)))

    def box(self, x0, y0, x1, y1, width_mm=0.25, ink=None, fill=None):
        self.draw.rectangle((self.px(x0), self.px(y0), self.px(x1), self.px(y1)), outline=self.ink if ink is None else ink, width=max(1, self.px(width_mm)), fill=fill)

    # --- what is written -------------------------------------------------------------------------

    def word(self):
        rng = self.rng
        kind = rng.random()
        if kind < 0.06:
            return rng.choice(NAMES)
        if kind < 0.10:
            return str(rng.randint(1, 99999))
        if kind < 0.12:
            return f"{rng.randint(1, 28):02}/{rng.randint(1, 12):02}/20{rng.randint(10, 29)}"
        if kind < 0.14:
            return f"{rng.randint(1, 999)},{rng.randint(0, 99):02}"
        word = rng.choice(WORDS)
        return word.capitalize() if rng.random() < 0.08 else word

    def words(self, count):
        return " ".join(self.word() for _ in range(count))

    def fitting(self, width_mm, points):
        face = self.type(points)
        line = self.word().capitalize()
        for _ in range(60):
            longer = line + " " + self.word()
            if (face.getlength(longer) + self.tracking * face.size * len(longer)) * 25.4 / self.dpi > width_mm:
                break
            line = longer
        return line

    def paragraph(self, x, y, width_mm, points, lines, spacing=None):
        step = points * 0.3528 * (spacing or self.rng.uniform(1.1, 1.7))
        for k in range(lines):
            if y > self.height_mm - 8:
                break
            last = k == lines - 1
            self.text(x, y, self.fitting(width_mm * (self.rng.uniform(0.2, 0.9) if last else 1), points), points)
            y += step
        return y

    def capitals(self, count):
        rng = self.rng
        parts = [rng.choice(TOWNS + [w.upper() for w in WORDS] + [n.upper() for n in NAMES]) for _ in range(count)]
        if rng.random() < 0.5:
            parts.insert(rng.randrange(len(parts) + 1), str(rng.randint(1, 99999)))
        return " ".join(parts)

    def address(self, x, y, points, upper=False):
        rng = self.rng
        step = points * 0.3528 * rng.uniform(1.15, 1.5)
        lines = [f"{rng.choice(('M.', 'Mme', 'Madame', 'Monsieur'))} {rng.choice(NAMES)} {rng.choice(NAMES).upper()}",
                 f"{rng.randint(1, 120)} {rng.choice(('rue', 'avenue', 'chemin', 'place'))} {rng.choice(('de la', 'du', 'des'))} {rng.choice(WORDS)}",
                 f"{rng.randint(1000, 95999):05} {rng.choice(TOWNS)}{rng.choice(('', ' CEDEX', ' CEDEX 9'))}"]
        if rng.random() < 0.4:
            lines.insert(1, rng.choice(("Service Courrier", "Appt " + str(rng.randint(1, 90)), "BP " + str(rng.randint(10, 9000)))))
        for line in lines:
            self.text(x, y, line.upper() if upper else line, points)
            y += step
        return y

    def stamp(self, x, y, angle=None):
        rng = self.rng
        w, h = self.px(rng.uniform(25, 50)), self.px(rng.uniform(10, 25))
        ink = rng.randint(60, 160)
        tile = Image.new("L", (w, h), 255)
        pen = ImageDraw.Draw(tile)
        if rng.random() < 0.5:
            pen.rectangle((0, 0, w - 1, h - 1), outline=ink, width=max(1, self.px(0.5)))
        else:
            pen.ellipse((0, 0, w - 1, h - 1), outline=ink, width=max(1, self.px(0.5)))
        face = font(rng.choice(font_files(self.part, False) or font_files("taught", False)), max(6, round(h * 0.22)))
        pen.text((w / 2, h * 0.45), rng.choice(("RECU LE", "COURRIER ARRIVE", "COPIE", "PAYE", "DUPLICATA")), fill=ink, font=face, anchor="ms")
        pen.text((w / 2, h * 0.8), f"{rng.randint(1, 28)} {rng.choice(('MARS', 'JUIN', 'MAI'))} 2026", fill=ink, font=face, anchor="ms")
        tile = tile.rotate(rng.uniform(-25, 25) if angle is None else angle, Image.BICUBIC, expand=True, fillcolor=255)
        at = (self.px(x), self.px(y))
        under = self.image.crop((*at, at[0] + tile.width, at[1] + tile.height))
        self.image.paste(ImageChops.multiply(under, tile), at)

    def signature(self, x, y):
        rng = self.rng
        a, b = rng.uniform(12, 25), rng.uniform(3, 9)
        width = rng.uniform(20, 45)
        points = [(self.px(x + width * t / 120), self.px(y + 6 * math.sin(a * t / 120) * math.cos(b * t / 120))) for t in range(121)]
        self.draw.line(points, fill=rng.randint(20, 110), width=max(1, self.px(0.4)))

    def barcode(self, x, y):
        for _ in range(self.rng.randint(30, 60)):
            w = 0.25 * self.rng.randint(1, 3)
            self.draw.rectangle((self.px(x), self.px(y), self.px(x + w), self.px(y + 9)), fill=10)
            x += w + 0.25 * self.rng.randint(1, 3)

    def picture(self, x0, y0, x1, y1):
        noise = np.random.default_rng(self.rng.getrandbits(32)).integers(40, 230, (6, 8), dtype=np.uint8)
        size = (self.px(x1 - x0), self.px(y1 - y0))
        self.image.paste(Image.fromarray(noise).resize(size, Image.BICUBIC), (self.px(x0), self.px(y0)))


# --- kinds ---------------------------------------------------------------------------------------

A4 = (210, 297)


def letter(s):
    rng = s.rng
    points = rng.choice((8, 9, 10, 11, 11, 12, 13))
    s.address(rng.uniform(15, 25), rng.uniform(18, 30), points)
    s.address(rng.uniform(100, 120), rng.uniform(48, 62), points)
    s.text(rng.uniform(18, 25), 92, "Objet : " + s.words(4), points)
    y = 105
    for _ in range(rng.randint(2, 5)):
        y = s.paragraph(22, y, rng.uniform(140, 170), points, rng.randint(2, 7)) + points * 0.35
    if rng.random() < 0.5:
        s.signature(120, min(y + 12, 280))


def sparse(s):
    rng = s.rng
    points = rng.choice((9, 10, 11, 12, 14))
    if rng.random() < 0.3:
        s.choose_font(written=True)
        points *= 1.5
    y = rng.uniform(25, s.height_mm - 60)
    x = rng.uniform(15, 60)
    for _ in range(rng.randint(3, 6)):
        s.text(x, y, s.fitting(rng.uniform(40, 120), points), points)
        y += points * 0.3528 * rng.uniform(1.3, 2.2)


def form(s, words=1.0):
    rng = s.rng
    points = rng.choice((6.5, 7, 8, 9))
    s.text(rng.uniform(15, 60), 18, s.capitals(3), rng.choice((11, 13, 15)))
    if words >= 1:
        s.text(20, 25, s.fitting(150, points), points)
    else:
        s.text(20, 25, s.words(2), points)
        s.text(20, 30, s.words(2), points)
    y = 38
    while y < s.height_mm - 25:
        row = rng.random()
        if row < 0.35:
            s.text(14, y, s.words(rng.randint(1, 3)), points) if rng.random() < words else None
            cells, size = rng.randint(6, 15), rng.uniform(4.5, 6)
            x = rng.uniform(65, 80)
            for k in range(cells):
                s.rule(x + k * size, y - 3.5, x + k * size, y + 1)
                if rng.random() < 0.4 * words:
                    s.text(x + (k + 0.5) * size, y, rng.choice("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"), 10, anchor="ms")
            s.rule(x + cells * size, y - 3.5, x + cells * size, y + 1)
            s.rule(x, y + 1, x + cells * size, y + 1)
            y += rng.uniform(8, 12)
        elif row < 0.6:
            height = rng.uniform(10, 40)
            s.box(12, y - 4, s.width_mm - 12, y + height)
            inner = y + 2
            while inner < y + height - 4:
                if rng.random() < words:
                    s.text(15, inner, s.words(rng.randint(1, 4)), points)
                s.rule(80, inner + 0.8, s.width_mm - 20, inner + 0.8, 0.15)
                inner += 8
            y += height + 8
        elif row < 0.8:
            for k in range(rng.randint(1, 4)):
                s.box(16 + k * 45, y - 3, 19 + k * 45, y)
                if rng.random() < words:
                    s.text(21 + k * 45, y, s.words(rng.randint(1, 2)), points)
            y += 8
        else:
            s.text(14, y, s.words(rng.randint(1, 3)) + " :", points) if rng.random() < words else None
            s.rule(60, y + 0.5, s.width_mm - 15, y + 0.5, 0.15)
            y += rng.uniform(7, 10)
    if rng.random() < 0.4:
        s.stamp(rng.uniform(90, 140), rng.uniform(150, 240))


def bare_form(s):
    form(s, 0.25)


def envelope(s):
    rng = s.rng
    points = rng.choice((10, 11, 12, 14))
    written = rng.random() < 0.4
    if written:
        s.choose_font(written=True)
        points *= 1.6
    s.address(s.width_mm * rng.uniform(0.38, 0.5), s.height_mm * rng.uniform(0.45, 0.6), points, rng.random() < 0.5)
    if rng.random() < 0.6:
        s.choose_font()
        s.address(8, 12, 7.5)
    s.box(s.width_mm - 30, 6, s.width_mm - 8, 30, 0.3, fill=rng.randint(120, 220))
    for k in range(rng.randint(3, 7)):
        y = 8 + 3 * k
        points_of_wave = [(s.px(s.width_mm - 75 + t), s.px(y + math.sin(t / 3))) for t in range(45)]
        s.draw.line(points_of_wave, fill=90, width=max(1, s.px(0.3)))
    if rng.random() < 0.5:
        s.barcode(s.width_mm * 0.45, s.height_mm - 14)


def receipt(s):
    rng = s.rng
    points = rng.choice((6.5, 7.5, 8.5, 9.5))
    step = points * 0.3528 * rng.uniform(1.15, 1.5)
    s.text(s.width_mm / 2, 12, s.capitals(2), points * 1.5, anchor="ms")
    s.text(s.width_mm / 2, 18, s.words(3), points, anchor="ms")
    y = 28
    end = s.height_mm - 20 if rng.random() < 0.7 else s.height_mm * 0.5
    upper = rng.random() < 0.5
    while y < end:
        item = s.words(rng.randint(1, 2))
        s.text(4, y, item.upper() if upper else item, points)
        s.text(s.width_mm - 4, y, f"{rng.randint(0, 99)},{rng.randint(0, 99):02}", points, anchor="rs")
        y += step
    s.text(4, y + step, "TOTAL", points * 1.4)
    s.text(s.width_mm - 4, y + step, f"{rng.randint(10, 199)},{rng.randint(0, 99):02} EUR", points * 1.4, anchor="rs")


def table(s):
    rng = s.rng
    points = rng.choice((7, 8, 9, 10))
    s.text(20, 20, s.words(4), 12)
    columns = rng.randint(3, 7)
    xs = [12 + k * (s.width_mm - 24) / columns for k in range(columns + 1)]
    step = points * 0.3528 * rng.uniform(1.5, 2.4)
    y = rng.uniform(30, 50)
    rows = rng.randint(6, int((s.height_mm - y - 20) / step))
    for r in range(rows + 1):
        s.rule(xs[0], y + r * step, xs[-1], y + r * step)
    for x in xs:
        s.rule(x, y, x, y + rows * step)
    for r in range(rows):
        for c in range(columns):
            if rng.random() < 0.8:
                text = s.word().capitalize() if c == 0 or r == 0 else f"{rng.randint(0, 9999)},{rng.randint(0, 99):02}"
                s.text(xs[c] + 1, y + (r + 0.72) * step, text, points)


def capitals(s):
    rng = s.rng
    points = rng.choice((8, 9, 10, 11, 12))
    y = rng.uniform(25, 60)
    for _ in range(rng.randint(3, 20)):
        s.text(rng.uniform(20, 24), y, s.capitals(rng.randint(2, 5)), points)
        y += points * 0.3528 * rng.uniform(1.3, 2.6)
        if y > s.height_mm - 15:
            break


def stamped(s):
    letter(s)
    for _ in range(s.rng.randint(1, 4)):
        s.stamp(s.rng.uniform(10, 150), s.rng.uniform(10, 250))


def handwritten(s):
    rng = s.rng
    s.choose_font(written=True)
    points = rng.choice((14, 16, 18, 20))
    y = rng.uniform(25, 50)
    for _ in range(rng.randint(4, 22)):
        s.text(rng.uniform(18, 26), y + rng.uniform(-0.5, 0.5), s.fitting(rng.uniform(90, 160), points), points)
        y += points * 0.3528 * rng.uniform(1.1, 1.5)
        if y > s.height_mm - 15:
            break


def figures(s):
    """Accounts: hardly a letter."""
    rng = s.rng
    points = rng.choice((8, 9, 10, 11))
    y = rng.uniform(20, 60)
    for _ in range(rng.randint(5, 30)):
        for x in range(20, 180, rng.choice((30, 40))):
            s.text(x, y, f"{rng.randint(0, 99999)},{rng.randint(0, 99):02}", points)
        y += points * 0.3528 * rng.uniform(1.3, 2)
        if y > s.height_mm - 15:
            break


def newsletter(s):
    rng = s.rng
    points = rng.choice((8, 9, 10))
    s.text(15, 30, s.words(3).title(), 28)
    s.rule(12, 36, 198, 36, 0.6)
    s.picture(110, 50, 195, 50 + rng.uniform(40, 90))
    for x, top in ((15, 50), (110, 150)):
        y = top
        while y < 275:
            y = s.paragraph(x, y, 85, points, rng.randint(3, 9), 1.25) + 3


def cheque(s):
    s.picture(2, 2, 40, 20) if s.rng.random() < 0.3 else None
    s.text(60, 12, s.capitals(2), 10)
    for y in (28, 36, 44):
        s.rule(10, y + 1, 130, y + 1, 0.15)
    s.address(10, 58, 7)
    file = s.file
    s.choose_font(written=True)
    s.text(20, 27, s.words(4), 16)
    s.text(20, 43, s.words(2), 16)
    s.file = file
    s.box(135, 22, 170, 32)
    s.text(138, 30, f"{s.rng.randint(10, 999)},00", 13)
    s.text(15, 75, " ".join(str(s.rng.randint(1000000, 9999999)) for _ in range(3)), 11)


def payslip(s):
    rng = s.rng
    s.box(10, 10, 95, 40)
    s.address(13, 17, 8)
    s.address(115, 50, 9, True)
    y = 75
    s.box(10, 68, 200, 240, 0.4)
    for x in (90, 115, 140, 165):
        s.rule(x, 68, x, 240)
    while y < 235:
        s.text(12, y, s.words(rng.randint(1, 3)).capitalize(), 7)
        for x in (113, 138, 163, 198):
            if rng.random() < 0.6:
                s.text(x, y, f"{rng.randint(0, 2999)}.{rng.randint(0, 99):02}", 7, anchor="rs")
        y += 4.2
    s.text(120, 255, "NET A PAYER", 12)
    s.text(198, 255, f"{rng.randint(900, 2999)}.{rng.randint(0, 99):02}", 12, anchor="rs")


def card(s):
    """The copy of a card in the corner of an empty page."""
    rng = s.rng
    x, y = rng.uniform(15, 100), rng.uniform(15, 180)
    s.box(x, y, x + 86, y + 54, 0.4, fill=s.paper - rng.randint(5, 40))
    s.picture(x + 4, y + 15, x + 26, y + 45)
    s.text(x + 4, y + 9, s.capitals(2), 9)
    for k in range(rng.randint(4, 6)):
        s.text(x + 30, y + 17 + 6 * k, s.words(2), 7.5)


def postcard(s):
    s.choose_font(written=True)
    s.rule(s.width_mm / 2, 8, s.width_mm / 2, s.height_mm - 8, 0.3)
    s.paragraph(6, 20, s.width_mm / 2 - 12, 14, s.rng.randint(4, 8), 1.2)
    s.address(s.width_mm / 2 + 6, s.height_mm * 0.55, 15)


def piece(s):
    """A piece of any page, for teaching: quick to paint, each in a font of its own."""
    rng = s.rng
    points = rng.choice((6.5, 7, 8, 9, 10, 11, 12, 14))
    y = 4 + points * 0.35
    step = points * 0.3528 * rng.uniform(1.1, 2.2)
    what = rng.choices(("text", "capitals", "figures", "hand", "table", "form", "address"), (4, 3, 2, 3.5, 1.5, 1.5, 2.5))[0]
    if what == "hand" or (what in ("capitals", "figures", "address") and rng.random() < 0.4):
        s.choose_font(written=True)
        points, step = points * 1.6, step * 1.6 * rng.uniform(0.7, 1.0)
    upper = rng.random() < 0.5
    boxed = what == "table" and rng.random() < 0.8
    while y < s.height_mm - 4:
        x = rng.uniform(3, 10)
        if what in ("text", "hand"):
            s.text(x, y, s.fitting(s.width_mm - x - rng.choice((4, 30)), points), points)
        elif what == "capitals":
            s.text(x, y, s.capitals(rng.randint(1, 4)), points)
        elif what == "address":
            y = s.address(x, y, points, upper)
        else:
            for left in range(int(x), int(s.width_mm) - 20, rng.choice((24, 34, 44))):
                kind = rng.random()
                word = f"{rng.randint(0, 99999)},{rng.randint(0, 99):02}" if what == "figures" or kind < 0.4 else s.words(rng.randint(1, 2))
                s.text(left, y, word.upper() if upper and what == "form" else word, points)
                if boxed:
                    s.rule(left - 1, y - step * 0.75, left - 1, y + step * 0.25, 0.2)
        if boxed or (what == "form" and rng.random() < 0.4):
            s.rule(2, y + step * 0.25, s.width_mm - 2, y + step * 0.25, 0.2)
        if what == "form" and rng.random() < 0.3:
            left = rng.uniform(3, s.width_mm / 2)
            for k in range(rng.randint(4, 12)):
                s.rule(left + 5 * k, y + 1, left + 5 * k, y + 5)
                s.text(left + 5 * k + 2.5, y + 4.5, rng.choice("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"), 10, anchor="ms")
            y += step
        y += step
    if rng.random() < 0.15:
        s.stamp(rng.uniform(5, s.width_mm - 50), rng.uniform(5, s.height_mm - 25))


def sizes(*choices):
    return lambda rng: rng.choice(choices)


A4_ONLY = sizes(A4)
TAUGHT = {
    "letter": (letter, A4_ONLY), "sparse letter": (sparse, sizes(A4, A4, (148, 210))), "form": (form, A4_ONLY), "form with few words": (bare_form, A4_ONLY),
    "envelope": (envelope, sizes((220, 110), (229, 162), (162, 114))), "receipt": (receipt, sizes((80, 200), (80, 297), (57, 150), (80, 120))),
    "table": (table, sizes(A4, A4, (297, 210))), "capitals": (capitals, sizes(A4, A4, (148, 210))), "stamped letter": (stamped, A4_ONLY),
    "handwriting": (handwritten, sizes(A4, A4, (148, 210))), "figures": (figures, A4_ONLY),
}
HELD = {
    "newsletter": (newsletter, A4_ONLY), "cheque": (cheque, sizes((175, 80))), "payslip": (payslip, A4_ONLY), "card copy": (card, A4_ONLY),
    "postcard": (postcard, sizes((148, 105), (180, 120))),
}
KINDS = {**TAUGHT, **HELD}
PIECE = {"piece": (piece, sizes((110, 60), (90, 90), (140, 45)))}


# --- the scanner ---------------------------------------------------------------------------------


def turned(image, degrees):
    """Clockwise by a multiple of 90."""
    return image if degrees == 0 else image.transpose({90: Image.ROTATE_270, 180: Image.ROTATE_180, 270: Image.ROTATE_90}[degrees])


def skewed(sheet, degrees, rng):
    """The sheet clockwise by an angle: corners cut off or the picture grown, on paper, white or the dark of a scanner."""
    image = sheet.image
    if degrees == 0:
        return image
    expand = abs(degrees) > 3 or rng.random() < 0.5
    fill = rng.choice((sheet.paper, sheet.paper, 255, 15, 40))
    return image.rotate(-degrees, Image.BICUBIC, expand=expand, fillcolor=fill)


def dirty(image, rng, bitonal):
    """Shadows, borders, noise, streaks: at most one or two of them, as real pages. What black and white would swallow is not made pale."""
    pixels = np.asarray(image, dtype=np.float32)
    height, width = pixels.shape
    what = rng.random()
    if what < 0.12:
        ramp = 1 - rng.uniform(0.15, 0.25 if bitonal else 0.5) * np.exp(-np.arange(width) / (width * rng.uniform(0.03, 0.2)))
        pixels = pixels * (ramp if rng.random() < 0.5 else ramp[::-1])
    elif what < 0.2:
        pixels = pixels.copy()
        border = int(min(height, width) * rng.uniform(0.01, 0.05))
        if rng.random() < 0.5:
            pixels[:border] = rng.randint(5, 50)
        if rng.random() < 0.5:
            pixels[:, -border:] = rng.randint(5, 50)
        pixels[:, :border] = rng.randint(5, 50)
    elif what < 0.25:
        pixels = pixels.copy()
        for _ in range(rng.randint(1, 3)):
            x = rng.randrange(width - 2)
            pixels[:, x : x + rng.randint(1, 2)] *= rng.uniform(0.3, 0.8)
    elif what < 0.32 and not bitonal:
        pixels = 255 - (255 - pixels) * rng.uniform(0.4, 0.7)
    noise = rng.choice((0, 0, 2, 4, 8, 14))
    if noise:
        pixels = pixels + np.random.default_rng(rng.getrandbits(32)).standard_normal(pixels.shape, dtype=np.float32) * noise
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def worn(image, paper, rng):
    """As an old ribbon or a carbon copy prints: strokes paler here and there, down to broken."""
    grain = rng.uniform(2, 6)
    size = (max(2, int(image.width / grain)), max(2, int(image.height / grain)))
    ribbon = np.random.default_rng(rng.getrandbits(32)).integers(0, 256, size[::-1], dtype=np.uint8)
    ribbon = np.asarray(Image.fromarray(ribbon).resize(image.size, Image.BILINEAR), dtype=np.float32) / 255
    strength = np.clip(rng.uniform(0.3, 0.8) + (ribbon - 0.5) * rng.uniform(1.0, 2.2), 0.0, 1.0)
    return Image.fromarray((paper - (paper - np.asarray(image, dtype=np.float32)) * strength).clip(0, 255).astype(np.uint8))


def specks(image, rng):
    draw = ImageDraw.Draw(image)
    for _ in range(rng.randint(20, 400)):
        x, y, r = rng.randrange(image.width), rng.randrange(image.height), rng.choice((0, 0, 1, 1, 2))
        draw.rectangle((x, y, x + r, y + r), fill=rng.choice((0, 60)))


def page(seed, kind=None, part="taught", dpis=(200, 200, 150, 300), skew_deg=None, turned_deg=None):
    """A page as the scanner gave it, and the truth about it.

    @param kind One of KINDS or "piece"; None: by the seed.
    @param part Whose fonts: "taught" or "held".
    @param skew_deg, turned_deg None: by the seed.
    @returns (PIL image L or RGB, Truth)
    """
    rng = random.Random(f"{kind}-{part}-{seed}")
    kind = kind or rng.choice(list(TAUGHT))
    paint, size = (KINDS | PIECE)[kind]
    sheet = Sheet(rng, part, rng.choice(dpis), *size(rng))
    bitonal = rng.random() < 0.35
    if bitonal:
        sheet.ink = min(sheet.ink, 30)
    paint(sheet)
    image = sheet.image
    if rng.random() < 0.35:
        sheet.image = image.filter(ImageFilter.GaussianBlur(rng.uniform(0.3, 1.2) * sheet.dpi / 300))
    if not bitonal and rng.random() < 0.12:
        sheet.image = worn(sheet.image, sheet.paper, rng)
    reach = rng.choices((0.0, 2.0, 15.0, 44.0), (1, 4, 3, 1.5))[0]
    skew = rng.uniform(-reach, reach) if skew_deg is None else skew_deg
    turn = rng.choice((0, 90, 180, 270)) if turned_deg is None else turned_deg
    image = turned(skewed(sheet, skew, rng), turn)
    image = dirty(image, rng, bitonal)
    if rng.random() < 0.15:
        specks(image, rng)
    if bitonal:
        threshold = rng.randint(140, 180)
        image = image.point(lambda v: 255 if v >= threshold else 0)
    elif rng.random() < 0.2:
        tints = [rng.uniform(0.75, 1.0) for _ in range(3)]
        image = Image.merge("RGB", [image.point(lambda v, t=t: int(v * t)) for t in tints])
    return image, Truth(kind, part, turn, skew, sheet.dpi, bitonal, sheet.lines, sheet.written)
