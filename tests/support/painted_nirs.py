"""Paints lines with an invented NIR as typed forms and letters show them, in the fonts of this machine; the same every time for the same seed
and fonts. What is printed is known, so that the reading can be judged (tests/corpus/ocr/nirs_proof.py).

A line is a crop of a page: the number, its label, and paper around. Nobody these numbers could belong to exists but by chance.
"""

import random
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

import painted_pages

# How the number is set. "altered": one digit is not what its key wants, as after a typing mistake; nothing valid stands there.
SETTINGS = ("grouped", "solid", "dotted", "key-apart", "key-word", "no-key", "two-lines", "comb", "comb-no-key", "altered", "altered-comb")
ALTERED = ("altered", "altered-comb")
CONDITIONS = ("clean", "noise", "blur", "bitonal", "faint", "200-dpi", "bitonal-200-dpi", "skewed")

LABELS = ("N° de sécurité sociale :", "Numéro de sécurité sociale", "N° d'immatriculation", "Numéro d'immatriculation de l'assuré(e)", "NIR :",
          "Matricule :", "N° SS :", "n° de sécurité sociale", "NUMÉRO D'IMMATRICULATION", "Sécurité sociale n°")
UNFIT = ("Light", "Thin", "Black", "ExtraBold", "Ultra", "Hairline", "Cond", "Narrow", "Oblique", "Italic", "-It", "Dyslexic", "Math", "Gothic", "SmallCaps", "Noto")


@dataclass
class Truth:
    setting: str
    condition: str
    part: str  # of the fonts: "taught" or "held"
    points: float
    printed: str
    value: str  # fifteen characters; empty when what is printed is no NIR


def body_of(rng):
    month = f"{rng.randint(1, 12):02}"
    if rng.random() < 0.02:
        month = rng.choice(("20", "25", "31", "50", "99"))
    place = rng.random()
    if place < 0.06:
        where = rng.choice(("2A", "2B")) + f"{rng.randint(1, 360):03}"
    elif place < 0.12:
        where = "99" + f"{rng.randint(100, 600):03}"
    elif place < 0.15:
        where = rng.choice(("971", "972", "973", "974", "976")) + f"{rng.randint(1, 30):02}"
    else:
        where = f"{rng.choice([n for n in range(1, 96) if n != 20]):02}{rng.randint(1, 600):03}"
    sex = rng.choice("12") if rng.random() < 0.98 else rng.choice("3478")
    return f"{sex}{rng.randint(0, 99):02}{month}{where}{rng.randint(1, 999):03}"


def key_of(body):
    """spec: domain facts 2.1: 97 less the remainder; 2A counts as 19 and 2B as 18."""
    return f"{97 - int(body.replace('2A', '19').replace('2B', '18')) % 97:02}"


def altered(nir, rng):
    """One digit of fifteen is another one: the key of two digits finds every such mistake."""
    places = [i for i, c in enumerate(nir) if c.isdigit() and i not in (5, 6)]
    at = rng.choice(places)
    return nir[:at] + rng.choice([d for d in "0123456789" if d != nir[at]]) + nir[at + 1:]


def groups(nir, setting, rng):
    """As lists of pieces, one list a line."""
    body, key = nir[:13], nir[13:]
    cut = [body[0], body[1:3], body[3:5], body[5:7], body[7:10], body[10:13]]
    if setting == "solid":
        return [[nir]]
    if setting == "dotted":
        return [[rng.choice((".", "-")).join(cut + [key])]]
    if setting == "key-apart":
        return [[" ".join(cut) if rng.random() < 0.5 else body, " " * rng.randint(2, 6) + key]]
    if setting == "key-word":
        return [[" ".join(cut) if rng.random() < 0.5 else body, rng.choice(("clé", "Clé :", "CLÉ")), key]]
    if setting == "no-key":
        return [[" ".join(cut) if rng.random() < 0.6 else body]]
    if setting == "two-lines":
        at = rng.choice((4, 5, 6))
        return [[" ".join(cut[:at])], [" ".join(cut[at:] + [key])]]
    return [[" ".join(cut + [key])]]


def usable_fonts(part):
    return [f for f in painted_pages.font_files(part, False) if not any(u in f.rsplit("/", 1)[-1] for u in UNFIT)]


class Line:
    """A white strip of paper at 300 dpi, painted in pixels."""

    def __init__(self, rng, part, points):
        self.rng = rng
        self.file = rng.choice(usable_fonts(part))
        self.size = max(8, round(points * 300 / 72))
        self.face = painted_pages.font(self.file, self.size)
        self.paper = rng.randint(228, 254)
        self.ink = rng.choice((0, 10, 20, 40, 60))
        self.image = Image.new("L", (2200, self.size * 12), self.paper)
        self.draw = ImageDraw.Draw(self.image)
        self.right = 0

    def text(self, x, y, text, face=None):
        face = face or self.face
        self.draw.text((x, y), text, fill=self.ink, font=face, anchor="ls")
        end = x + round(face.getlength(text))
        self.right = max(self.right, end)
        return end

    def label(self, x, y):
        """In another font of its own, smaller, as forms print it."""
        face = painted_pages.font(self.rng.choice(usable_fonts("taught")), max(8, round(self.size * self.rng.uniform(0.75, 1.0))))
        return self.text(x, y, self.rng.choice(LABELS), face)

    def comb(self, x, y, nir, keyed):
        """Cells closed or open at the top, the key set apart as a rule; digits somewhat off their middles, some touching the lines."""
        rng = self.rng
        pitch = round(max(self.size * 0.95, 40) * rng.uniform(1.0, 1.35))
        height = round(pitch * rng.uniform(1.0, 1.4))
        shade = rng.choice((0, 60, 120, 170, 200))
        width = rng.choice((1, 2, 3, 4))
        closed = rng.random() < 0.5
        base = y + round((height - self.size * 0.72) / 2 * -1)
        shift_x, shift_y = rng.uniform(-0.12, 0.12) * pitch, rng.uniform(-0.1, 0.12) * height
        at = x
        apart = rng.choice((0, 0, pitch // 3, pitch))
        for i, character in enumerate(nir[:15 if keyed else 13]):
            at += apart if i == 13 else 0
            top = y - height if closed else y - height // 3
            for wall in (at, at + pitch):
                self.draw.line((wall, top, wall, y), fill=shade, width=width)
            self.draw.line((at, y, at + pitch, y), fill=shade, width=width)
            if closed:
                self.draw.line((at, top, at + pitch, top), fill=shade, width=width)
            self.draw.text((at + pitch / 2 + shift_x + rng.uniform(-1, 1), base + shift_y), character, fill=self.ink, font=self.face, anchor="ms")
            at += pitch
        self.right = max(self.right, at)
        return at

    def cropped(self, bottom):
        return self.image.crop((0, 0, min(self.image.width, self.right + 60), min(self.image.height, bottom)))


def painted(line, truth, nir, rng):
    first = round(line.size * 2.0)
    step = round(line.size * rng.uniform(1.25, 1.9))
    above = rng.random() < 0.3
    x = rng.randint(30, 90)
    y = first
    if above:
        line.label(x, y)
        y += step
    else:
        x = line.label(x, y) + round(line.size * rng.uniform(0.4, 1.5))
    if "comb" in truth.setting:
        y += round(line.size * (0.8 if above else 0.2))
        line.comb(x, y, nir, truth.setting != "comb-no-key")
        return line.cropped(y + line.size)
    lines = groups(nir, truth.setting, rng)
    blank = round(line.size * rng.uniform(0.22, 0.45))
    for pieces in lines:
        at = x
        for piece in pieces:
            for word in piece.split(" "):
                at = (line.text(at, y, word) if word else at) + blank
        y += step
    return line.cropped(y - step + round(line.size * 1.5))


def worn(image, condition, rng):
    """As the scanner gives it. @return the picture and its resolution."""
    dpi = 300
    if condition in ("200-dpi", "bitonal-200-dpi"):
        dpi = 200
        image = image.resize((image.width * 2 // 3, image.height * 2 // 3), Image.Resampling.BOX)
    if condition == "skewed":
        image = image.rotate(rng.uniform(-0.4, 0.4), Image.Resampling.BICUBIC, fillcolor=image.getpixel((0, 0)))
    if condition == "blur":
        image = image.filter(ImageFilter.GaussianBlur(rng.uniform(0.8, 2.0)))
    if condition == "faint":
        strength = rng.uniform(0.3, 0.6)
        paper = image.getpixel((0, 0))
        image = image.point([round(paper - (paper - g) * strength) if g < paper else g for g in range(256)])
    pixels = np.asarray(image.filter(ImageFilter.GaussianBlur(0.5)), dtype=np.float32)
    noise = np.random.default_rng(rng.getrandbits(32))
    deviation = rng.uniform(8, 22) if condition == "noise" else rng.uniform(1, 4)
    pixels = np.clip(pixels + noise.normal(0, deviation, pixels.shape), 0, 255)
    if condition.startswith("bitonal"):
        pixels = np.where(pixels < rng.uniform(110, 185), 0, 255)
        specks = noise.random(pixels.shape)
        pixels = np.where(specks < 0.0004, 255 - pixels, pixels)
    return Image.fromarray(pixels.astype(np.uint8), "L"), dpi


def line(seed, setting, condition, part="taught"):
    """@return picture, resolution and what is printed on it."""
    rng = random.Random(f"{seed} {setting} {condition} {part}")
    points = rng.uniform(8, 14)
    body = body_of(rng)
    value = body + key_of(body)
    nir = altered(value, rng) if setting in ALTERED else value
    truth = Truth(setting, condition, part, points, nir[:13] if "no-key" in setting else nir, "" if setting in ALTERED else value)
    strip = Line(rng, part, points)
    image, dpi = worn(painted(strip, truth, nir, rng), condition, rng)
    return image, dpi, truth
