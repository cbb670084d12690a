"""Invented pictures of single comb cells: what the reader of ocr/forms/cell_characters.cpp is taught with.

A picture is SIDE x SIDE grey levels around one character whose height is about HEIGHT, as the reader cuts it out: the walls and
lines of the cell, its neighbours, stamps and dirt are left in. Classes: the digits, A, B, an empty cell, and what is no character
(two halves, letters, strokes).
"""

import glob
import gzip
import os
import random
import struct

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

SIDE, HEIGHT, FINE = 32, 18, 3  # drawn FINE times larger
CLASSES = "0123456789AB_?"
EMPTY, NOTHING = CLASSES.index("_"), CLASSES.index("?")
# Family b of samples/lots is held out: its fonts are never learned from.
HELD_OUT = (
    "Carlito", "Caladea", "Lato", "NimbusRoman", "NimbusSansNarrow", "NimbusMonoPS", "URWGothic", "URWBookman", "GNUTypewriter",
    "Breip", "KleeOne", "BecauseWe", "Kristi", "Dancing",
)
WANTED = (
    "Liberation", "DejaVu", "FreeSans", "FreeSerif", "FreeMono", "OpenSans", "Roboto", "NotoSans-", "NotoSerif-", "NotoSansMono", "P052",
    "C059", "NimbusSans-", "OpenDyslexic", "dkg", "SteveHand", "Delphine", "femkeklaver", "YuseiMagic",
)
WRITTEN = ("dkg", "SteveHand", "Delphine", "femkeklaver", "YuseiMagic")


def font_files():
    files = sorted(glob.glob("/usr/share/fonts/**/*.[to]tf", recursive=True))
    return [f for f in files if any(w in os.path.basename(f) for w in WANTED) and not any(h in f for h in HELD_OUT)]


def read_idx(path):
    with gzip.open(path) as file:
        data = file.read()
    sizes = struct.unpack(">" + "I" * data[3], data[4 : 4 + 4 * data[3]])
    return np.frombuffer(data, np.uint8, offset=4 + 4 * data[3]).reshape(sizes)


class Pen:
    """Written digits from `../shared/digits`, the European set first."""

    def __init__(self, folder, part):
        self.digits = [[] for _ in range(10)]
        for name, weight in (("semeion-1200", 4), ("mnist-8000", 1)):
            images, labels = read_idx(f"{folder}/{name}-images.idx3.gz"), read_idx(f"{folder}/{name}-labels.idx1.gz")
            for k, (image, label) in enumerate(zip(images, labels)):
                if (k % 10 == 0) == (part == "test"):
                    self.digits[label].extend([image] * weight)

    def stamp(self, rng, digit, height):
        """A mask of ink, FINE pixels."""
        image = rng.choice(self.digits[digit])
        if image.max() == 1:
            image = image * 255
        rows, columns = np.any(image > 60, 1).nonzero()[0], np.any(image > 60, 0).nonzero()[0]
        image = image[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        scale = height / image.shape[0]
        width = max(3, min(int(height * 1.3), round(image.shape[1] * scale * rng.uniform(0.8, 1.15))))
        image = cv2.GaussianBlur(cv2.resize(np.pad(image, 2), (width + 8, int(height) + 8), interpolation=cv2.INTER_CUBIC), (0, 0), 1.5)
        shear = rng.gauss(0, 0.12)
        turn = np.float32([[1, shear, -shear * image.shape[0] / 2], [0, 1, 0]])
        image = cv2.warpAffine(image, turn, (image.shape[1], image.shape[0]))
        return np.clip((image.astype(np.float32) - rng.uniform(70, 150)) * 4, 0, 255)


class Print:
    def __init__(self):
        self.files = font_files()
        self.written = [f for f in self.files if any(w in f for w in WRITTEN)]
        self.cache = {}

    def stamp(self, rng, character, height, file=None):
        """A mask of ink of a character, so large that a digit of the font is `height` high."""
        file = file or self.pick(rng)
        key = (file, character)
        if key not in self.cache:
            font = ImageFont.truetype(file, 100)
            box = font.getbbox("0")
            own = font.getbbox(character)
            image = Image.new("L", (own[2] - own[0] + 8, own[3] - own[1] + 8), 0)
            ImageDraw.Draw(image).text((4 - own[0], 4 - own[1]), character, 255, font=font)
            self.cache[key] = (np.asarray(image), box[3] - box[1])
        image, full = self.cache[key]
        scale = height / full
        size = (max(3, round(image.shape[1] * scale * rng.uniform(0.88, 1.12))), max(3, round(image.shape[0] * scale)))
        return cv2.resize(image, size, interpolation=cv2.INTER_AREA).astype(np.float32)

    def pick(self, rng):
        return rng.choice(self.written) if rng.random() < 0.2 else rng.choice(self.files)


class Cells:
    def __init__(self, digits_folder, part, seed):
        self.rng = random.Random(seed)
        self.noise = np.random.default_rng(seed)
        self.pen = Pen(digits_folder, part)
        self.print = Print()

    def _put(self, sheet, mask, x, y):
        """Ink with its centre there."""
        x0, y0 = round(x - mask.shape[1] / 2), round(y - mask.shape[0] / 2)
        a, b = max(0, x0), max(0, y0)
        c, d = min(sheet.shape[1], x0 + mask.shape[1]), min(sheet.shape[0], y0 + mask.shape[0])
        if c > a and d > b:
            part = sheet[b:d, a:c]
            np.maximum(part, mask[b - y0 : d - y0, a - x0 : c - x0], out=part)

    def _lines(self, sheet, pitch, height, off):
        """Walls and base line of comb cells whose middle is `off` cells from that of the picture."""
        rng, side = self.rng, sheet.shape[0]
        middle = side / 2
        style = rng.choice(("none", "ticks", "walls", "mixed", "boxes", "rounded"))
        level = rng.uniform(90, 255)
        thick = lambda: max(1, round(rng.uniform(0.3, 1.6) * FINE))
        if style == "none":
            return
        base = round(middle + height * rng.uniform(0.55, 1.0))
        top = round(middle - height * rng.uniform(0.6, 1.0))
        shift = (rng.gauss(0, 0.06) + off) * pitch
        tick = round(base - height * rng.uniform(0.15, 0.6))
        width = thick()
        gap = pitch * rng.uniform(0.0, 0.15) if style in ("boxes", "rounded") else 0.0
        if rng.random() < 0.9:
            cv2.line(sheet, (0, base), (side, base + round(rng.gauss(0, 1))), level, thick())
        if style in ("boxes", "rounded"):
            cv2.line(sheet, (0, top), (side, top), level, width)
        for k in (-3, -2, -1, 0, 1, 2):
            for x in (middle + shift + (k + 0.5) * pitch - gap, middle + shift + (k + 0.5) * pitch + gap):
                high = style in ("walls", "boxes", "rounded") or (style == "mixed" and rng.random() < 0.5)
                if rng.random() < 0.97:
                    cv2.line(sheet, (round(x), top if high else tick), (round(x), base), level, width)

    def _dirt(self, sheet):
        rng, side = self.rng, sheet.shape[0]
        if rng.random() < 0.12:  # the ring or the letters of a stamp
            centre = (round(rng.uniform(-3, 4) * side), round(rng.uniform(-3, 4) * side))
            far = np.hypot(centre[0] - side / 2, centre[1] - side / 2) + rng.gauss(0, 0.25) * side
            level = rng.uniform(60, 255)
            cv2.circle(sheet, centre, max(1, round(far)), level, max(1, round(rng.uniform(0.5, 2.2) * FINE)))
            if rng.random() < 0.5:
                cv2.circle(sheet, centre, max(1, round(far - rng.uniform(2, 5) * FINE)), level, FINE)
        if rng.random() < 0.04:  # a streak of the scanner
            x = rng.randrange(side)
            cv2.line(sheet, (x, 0), (x, side), rng.uniform(60, 255), max(1, round(rng.uniform(0.3, 1) * FINE)))
        for _ in range(rng.choice((0, 0, 0, 0, 1, 2, 5))):
            cv2.circle(sheet, (rng.randrange(side), rng.randrange(side)), rng.choice((1, 1, 2, 3)), rng.uniform(100, 255), -1)

    def _content(self, sheet, label, pitch, height):
        """Draws what stands there; gives how many cells the middle of the cell is off."""
        rng, middle = self.rng, sheet.shape[0] / 2
        written = rng.random() < 0.35
        font = self.print.pick(rng)
        x, y = middle + rng.gauss(0, 0.05) * pitch, middle + rng.gauss(0, 0.05) * height

        def ink(character):
            if written and character.isdigit():
                return self.pen.stamp(rng, int(character), height * rng.uniform(0.85, 1.15))
            return self.print.stamp(rng, character, height, font)

        if label == NOTHING:
            kind = rng.random()
            if kind < 0.3:  # between two cells
                for side in (-1, 1):
                    if rng.random() < 0.8:
                        self._put(sheet, ink(rng.choice("0123456789")), x + side * pitch * rng.uniform(0.42, 0.58), y)
                return 0.5
            if kind < 0.5:  # beside a character
                off = rng.choice((-1, 1)) * rng.uniform(0.25, 0.5)
                for side in (-1, 0, 1):
                    if side == 0 or rng.random() < 0.8:
                        self._put(sheet, ink(rng.choice("0123456789")), x + (side + off) * pitch, y)
                return off
            if kind < 0.88:
                letter = rng.choice("CDEFGHJKLMNPRTUVWXYaefghkmnprtuvwxyéàNXE%€&()=*#")
                self._put(sheet, self.print.stamp(rng, letter, height, font), x, y)
            else:  # a speck, a dash, a stroke
                size = round(height * rng.uniform(0.15, 0.4))
                cv2.ellipse(
                    sheet, (round(x), round(y + rng.uniform(-0.4, 0.4) * height)),
                    (max(1, size), max(1, round(size * rng.uniform(0.1, 0.5)))), rng.uniform(0, 180), 0, 360, 255, -1,
                )
        elif label != EMPTY:
            self._put(sheet, ink(CLASSES[label]), x, y)
        elif rng.random() < 0.4:  # a place between empty cells
            return rng.uniform(0.2, 0.8)
        for side in (-1, 1):
            if rng.random() < 0.85:
                self._put(sheet, ink(rng.choice("0123456789")), x + side * pitch * rng.gauss(1, 0.03), y + rng.gauss(0, 0.02) * height)
        return 0.0

    def one(self, label):
        rng = self.rng
        side = SIDE * FINE
        height = HEIGHT * FINE * min(1.25, max(0.75, rng.gauss(1, 0.07)))
        pitch = height * rng.choice((rng.uniform(0.85, 1.1), rng.uniform(1.1, 1.8), rng.uniform(1.3, 2.6)))
        sheet, lines = np.zeros((side, side), np.float32), np.zeros((side, side), np.float32)
        off = self._content(sheet, label, pitch, height)
        if rng.random() < 0.5:  # thicker or thinner print
            size = rng.choice((2, 3, 3, 4))
            sheet = (cv2.dilate if rng.random() < 0.6 else cv2.erode)(sheet, np.ones((size, size)))
        self._lines(lines, pitch, height, off)
        self._dirt(lines)
        ink = sheet * rng.uniform(0.75, 1.0)
        both = np.maximum(ink, lines) if rng.random() < 0.8 else np.clip(ink + lines * 0.7, 0, 255)
        angle = rng.gauss(0, 1.2)
        turn = cv2.getRotationMatrix2D((side / 2, side / 2), angle, 1.0)
        both = cv2.warpAffine(both, turn, (side, side), borderMode=cv2.BORDER_REPLICATE)
        if rng.random() < 0.9:
            both = cv2.GaussianBlur(both, (0, 0), rng.uniform(0.5, 2.6))
        # The scan: some resolution between the half and the double of what is read, grey or black and white.
        scan = round(SIDE * rng.uniform(0.8, 2.4))
        both = cv2.resize(both, (scan, scan), interpolation=cv2.INTER_AREA)
        both = both + self.noise.normal(0, rng.choice((2, 8, 18)), both.shape)
        if rng.random() < 0.45:
            both = np.where(both > rng.uniform(60, 170), 255.0, 0.0)
            if rng.random() < 0.3:  # pepper and salt
                flips = self.noise.random(both.shape) < rng.choice((0.003, 0.01, 0.03))
                both = np.where(flips, 255 - both, both)
        interpolation = cv2.INTER_AREA if scan >= SIDE else cv2.INTER_LINEAR
        both = cv2.resize(both.astype(np.float32), (SIDE, SIDE), interpolation=interpolation)
        low, high = rng.uniform(-20, 20), rng.uniform(200, 300)
        return np.clip((both - low) / (high - low), 0, 1).astype(np.float32)

    def batch(self, count):
        weights = [1.0] * 10 + [0.7, 0.7, 1.8, 2.8]
        labels = self.rng.choices(range(len(CLASSES)), weights, k=count)
        return np.stack([self.one(label) for label in labels])[:, None], np.array(labels)
