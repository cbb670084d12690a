"""A sheet of paper drawn in millimetres, remembering what a reader should find on it."""

import functools

from PIL import Image, ImageChops, ImageDraw, ImageFont

import codes
from people import fr, plain

DPI = 300
FONT_ROOT = "/usr/share/fonts/"
FONTS = {
    # family A
    "sans": "truetype/liberation2/LiberationSans-Regular.ttf", "sans-bold": "truetype/liberation2/LiberationSans-Bold.ttf",
    "sans-italic": "truetype/liberation2/LiberationSans-Italic.ttf", "mono": "truetype/liberation2/LiberationMono-Bold.ttf",
    "serif": "truetype/liberation2/LiberationSerif-Regular.ttf", "serif-bold": "truetype/liberation2/LiberationSerif-Bold.ttf",
    "dejavu": "truetype/dejavu/DejaVuSans.ttf", "dejavu-bold": "truetype/dejavu/DejaVuSans-Bold.ttf",
    "hand-dkg": "truetype/fifthhorseman/dkg.ttf", "hand-steve": "truetype/sjfonts/SteveHand.ttf", "hand-delphine": "truetype/sjfonts/Delphine.ttf",
    # family B
    "carlito": "truetype/crosextra/Carlito-Regular.ttf", "carlito-bold": "truetype/crosextra/Carlito-Bold.ttf",
    "carlito-italic": "truetype/crosextra/Carlito-Italic.ttf", "roman": "opentype/urw-base35/NimbusRoman-Regular.otf",
    "roman-bold": "opentype/urw-base35/NimbusRoman-Bold.otf", "narrow": "opentype/urw-base35/NimbusSansNarrow-Regular.otf",
    "narrow-bold": "opentype/urw-base35/NimbusSansNarrow-Bold.otf", "gothic": "opentype/urw-base35/URWGothic-Book.otf",
    "gothic-bold": "opentype/urw-base35/URWGothic-Demi.otf", "lato": "truetype/lato/Lato-Regular.ttf", "lato-bold": "truetype/lato/Lato-Bold.ttf",
    "bookman": "opentype/urw-base35/URWBookman-Light.otf", "typewriter": "truetype/gnutypewriter/GNUTypewriter.ttf",
    "courier": "opentype/urw-base35/NimbusMonoPS-Bold.otf", "caladea": "truetype/crosextra/Caladea-Regular.ttf",
    "hand-breip": "truetype/breip/Breip.ttf", "hand-klee": "truetype/klee/KleeOne-SemiBold.ttf",
    "hand-organize": "opentype/bwht/BecauseWeOrganize-Regular.otf", "hand-connect": "opentype/bwht/BecauseWeConnect-Regular.otf",
    # signatures, both
    "sign-kristi": "truetype/kristi/Kristi.ttf", "sign-dancing": "opentype/dancingscript/DancingScript-Regular.otf",
}
WITHOUT_ACCENTS = {"hand-organize", "hand-connect"}
BLACK, PEN_BLUE, PEN_BLACK, RED = (15, 15, 15), (25, 40, 120), (35, 35, 40), (170, 30, 40)


@functools.lru_cache(maxsize=None)
def font(name, points):
    return ImageFont.truetype(FONT_ROOT + FONTS[name], round(points * DPI / 72))


def px(mm):
    return round(mm * DPI / 25.4)


class Sheet:
    """One side of a sheet: the picture and the truth about it."""

    def __init__(self, width_mm=210, height_mm=297, paper=(255, 255, 255)):
        self.width, self.height = width_mm, height_mm
        self.image = Image.new("RGB", (px(width_mm), px(height_mm)), paper)
        self.draw = ImageDraw.Draw(self.image)
        self.kind = "page"  # page, blank, separator
        self.strokes = []  # what was drawn, for those that become a PDF with text of its own
        self.lines = None  # what stands there in print, where nothing else does
        self.nirs, self.identifiers, self.fields, self.marks = [], [], {}, []

    # drawing
    def text_width(self, text, name, points):
        return font(name, points).getlength(text) * 25.4 / DPI

    def text(self, x, y, text, name="sans", points=9, ink=BLACK, anchor="ls", fit=None):
        """Text on the baseline y; made smaller, at most to 60 %, when wider than `fit` mm."""
        if name in WITHOUT_ACCENTS:
            text = plain(text).replace("°", "o").replace("€", "euros").replace("’", "'")
        smallest = points * 0.6
        while fit and points > smallest and self.text_width(text, name, points) > fit:
            points -= 0.5
        self.strokes.append(("text", x, y, text, name, points, ink, anchor))
        self.draw.text((px(x), px(y)), text, font=font(name, points), fill=ink, anchor=anchor)
        return self.text_width(text, name, points)

    def wrap(self, text, width, name, points):
        lines = []
        for part in text.split("\n"):
            line = ""
            for word in part.split(" "):
                longer = f"{line} {word}".strip()
                if line and self.text_width(longer, name, points) > width:
                    lines.append(line)
                    line = word
                else:
                    line = longer
            lines.append(line)
        return lines

    def para(self, x, y, width, text, name="sans", points=9, ink=BLACK, leading=1.3, jitter=None):
        """A paragraph; gives the baseline after its last line."""
        step = points * leading * 25.4 / 72
        for line in self.wrap(text, width, name, points):
            dx, dy = (jitter.uniform(-0.6, 0.6), jitter.uniform(-0.4, 0.4)) if jitter else (0, 0)
            self.text(x + dx, y + dy, line, name, points, ink)
            y += step
        return y

    def line(self, x1, y1, x2, y2, ink=BLACK, mm=0.2):
        self.strokes.append(("line", x1, y1, x2, y2, ink, mm))
        self.draw.line((px(x1), px(y1), px(x2), px(y2)), fill=ink, width=max(1, px(mm)))

    def box(self, x, y, w, h, ink=BLACK, mm=0.25, fill=None):
        self.strokes.append(("box", x, y, w, h, ink, mm, fill))
        self.draw.rectangle((px(x), px(y), px(x + w), px(y + h)), outline=ink if mm else None, width=max(1, px(mm)) if mm else 0, fill=fill)

    def oval(self, x, y, w, h, ink=BLACK, mm=0.4, fill=None):
        self.draw.ellipse((px(x), px(y), px(x + w), px(y + h)), outline=ink, width=max(1, px(mm)), fill=fill)

    def rounded(self, x, y, w, h, radius, ink=BLACK, mm=0.3, fill=None):
        self.draw.rounded_rectangle((px(x), px(y), px(x + w), px(y + h)), px(radius), outline=ink, width=max(1, px(mm)), fill=fill)

    def paste(self, image, x, y, angle=0):
        """Darkens the paper with a grey or colour picture (white is see-through)."""
        if angle:
            image = image.rotate(angle, expand=True, resample=Image.BICUBIC, fillcolor=255 if image.mode == "L" else (255, 255, 255))
        image = image.convert("RGB")
        self.strokes.append(("picture", x, y, image))
        corner = (px(x), px(y))
        area = (corner[0], corner[1], corner[0] + image.width, corner[1] + image.height)
        self.image.paste(ImageChops.multiply(self.image.crop(area), image), corner)
        self.draw = ImageDraw.Draw(self.image)

    # what a reader should find
    def mark(self, kind, text, x, y, dots, height_mm=None):
        """A barcode; gives its size in mm."""
        image = codes.symbol(kind, text, dots, px(height_mm) if height_mm else None)
        self.image.paste(image.convert("RGB"), (px(x), px(y)))
        self.strokes.append(("picture", x, y, image))
        self.marks.append({"format": kind, "text": text})
        return image.width * 25.4 / DPI, image.height * 25.4 / DPI

    def nir(self, value, printed, with_key, hand):
        self.nirs.append({"value": value, "printed": printed, "with_key": with_key, "font": "hand" if hand else "typed"})

    def identifier(self, kind, value):
        self.identifiers.append({"kind": kind, "value": value})

    def field(self, name, value):
        self.fields[name] = value.isoformat() if hasattr(value, "isoformat") else value


def value_text(value):
    return fr(value) if hasattr(value, "isoformat") else str(value)
