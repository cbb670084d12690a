"""A grey sheet of paper at 300 dpi, drawn in millimetres."""

import functools
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

DPI = 300
FONT_ROOT = Path("/usr/share/fonts")
URW, NOTO = "opentype/urw-base35/", "truetype/noto/"
# family -> regular, bold. Those that are judged on look like none that rules are made on.
FAMILIES = {
    "liberation-sans": ("truetype/liberation2/LiberationSans-Regular.ttf", "truetype/liberation2/LiberationSans-Bold.ttf"),
    "liberation-serif": ("truetype/liberation2/LiberationSerif-Regular.ttf", "truetype/liberation2/LiberationSerif-Bold.ttf"),
    "liberation-mono": ("truetype/liberation2/LiberationMono-Regular.ttf", "truetype/liberation2/LiberationMono-Bold.ttf"),
    "carlito": ("truetype/crosextra/Carlito-Regular.ttf", "truetype/crosextra/Carlito-Bold.ttf"),
    "lato-medium": ("truetype/lato/Lato-Medium.ttf", "truetype/lato/Lato-Heavy.ttf"),
    "lato": ("truetype/lato/Lato-Regular.ttf", "truetype/lato/Lato-Bold.ttf"),
    "bookman": (URW + "URWBookman-Light.otf", URW + "URWBookman-Demi.otf"),
    "narrow": (URW + "NimbusSansNarrow-Regular.otf", URW + "NimbusSansNarrow-Bold.otf"),
    "dejavu-sans": ("truetype/dejavu/DejaVuSans.ttf", "truetype/dejavu/DejaVuSans-Bold.ttf"),
    "dejavu-serif": ("truetype/dejavu/DejaVuSerif.ttf", "truetype/dejavu/DejaVuSerif-Bold.ttf"),
    "dejavu-mono": ("truetype/dejavu/DejaVuSansMono.ttf", "truetype/dejavu/DejaVuSansMono-Bold.ttf"),
    "caladea": ("truetype/crosextra/Caladea-Regular.ttf", "truetype/crosextra/Caladea-Bold.ttf"),
    "palladio": (URW + "P052-Roman.otf", URW + "P052-Bold.otf"),
    "schoolbook": (URW + "C059-Roman.otf", URW + "C059-Bold.otf"),
    "gothic": (URW + "URWGothic-Book.otf", URW + "URWGothic-Demi.otf"),
    "roboto": ("truetype/roboto/unhinted/RobotoTTF/Roboto-Regular.ttf", "truetype/roboto/unhinted/RobotoTTF/Roboto-Bold.ttf"),
    "open-sans": ("truetype/open-sans/OpenSans-Regular.ttf", "truetype/open-sans/OpenSans-Bold.ttf"),
    "typewriter": ("truetype/gnutypewriter/GNUTypewriter.ttf", "truetype/gnutypewriter/GNUTypewriter.ttf"),
    "nimbus-sans": (URW + "NimbusSans-Regular.otf", URW + "NimbusSans-Bold.otf"),
    "nimbus-roman": (URW + "NimbusRoman-Regular.otf", URW + "NimbusRoman-Bold.otf"),
    "nimbus-mono": (URW + "NimbusMonoPS-Regular.otf", URW + "NimbusMonoPS-Bold.otf"),
    "hand-delphine": ("truetype/sjfonts/Delphine.ttf",) * 2, "sign-chancery": (URW + "Z003-MediumItalic.otf",) * 2,
    "hand-steve": ("truetype/sjfonts/SteveHand.ttf",) * 2, "hand-dkg": ("truetype/fifthhorseman/dkg.ttf",) * 2, "hand-dkg-slanted": ("truetype/fifthhorseman/dkgIt.ttf",) * 2,
    "hand-breip": ("truetype/breip/Breip.ttf",) * 2, "hand-klee": ("truetype/klee/KleeOne-SemiBold.ttf",) * 2,
    "sign-kristi": ("truetype/kristi/Kristi.ttf",) * 2, "sign-dancing": ("opentype/dancingscript/DancingScript-Regular.otf",) * 2,
}


def installed(families):
    """Those of the families that this machine has."""
    return [name for name in families if all((FONT_ROOT / path).is_file() for path in FAMILIES[name])]


@functools.lru_cache(maxsize=None)
def font(family, bold, points):
    return ImageFont.truetype(str(FONT_ROOT / FAMILIES[family][bold]), round(points * DPI / 72))


def px(mm):
    return round(mm * DPI / 25.4)


class Sheet:
    """One side. Ink is a grey, 0 = black."""

    def __init__(self, width_mm=210, height_mm=297):
        self.width, self.height = width_mm, height_mm
        self.image = Image.new("L", (px(width_mm), px(height_mm)), 255)
        self.draw = ImageDraw.Draw(self.image)

    def text_width(self, text, family, points, bold=False):
        return font(family, bold, points).getlength(text) * 25.4 / DPI

    def text(self, x, y, text, family, points, bold=False, ink=0, anchor="ls", fit=None):
        """Text on the baseline y, made smaller when wider than `fit` mm; gives its width."""
        width = self.text_width(text, family, points, bold)
        while fit and width > fit and points > 5.5:
            points -= 0.5
            width = self.text_width(text, family, points, bold)
        self.draw.text((px(x), px(y)), text, font=font(family, bold, points), fill=ink, anchor=anchor)
        return width

    def wrap(self, text, width, family, points):
        line, lines = "", []
        for word in text.split():
            longer = f"{line} {word}".strip()
            if line and self.text_width(longer, family, points) > width:
                lines.append(line)
                line = word
            else:
                line = longer
        return lines + [line]

    def line(self, x1, y1, x2, y2, mm=0.2, ink=0):
        self.draw.line((px(x1), px(y1), px(x2), px(y2)), fill=ink, width=max(1, px(mm)))

    def box(self, x, y, width, height, mm=0.2, ink=0, fill=None):
        self.draw.rectangle((px(x), px(y), px(x + width), px(y + height)), outline=ink if mm else None, width=max(1, px(mm)) if mm else 0, fill=fill)

    def oval(self, x, y, width, height, mm=0.4, ink=0):
        self.draw.ellipse((px(x), px(y), px(x + width), px(y + height)), outline=ink, width=max(1, px(mm)))

    def paste(self, picture, x, y):
        self.image.paste(picture, (px(x), px(y)))
