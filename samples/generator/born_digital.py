"""PDFs that were never paper: the same drawing, as text and lines (python3-reportlab embeds the letters used)."""

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

from paper import DPI, FONT_ROOT, FONTS

MM = 72 / 25.4
STAND_INS = {"narrow": "carlito", "narrow-bold": "carlito-bold", "gothic": "lato", "gothic-bold": "lato-bold", "courier": "mono", "sign-dancing": "sign-kristi"}  # reportlab takes TrueType only


def use(name):
    name = STAND_INS.get(name, name)
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(name, FONT_ROOT + FONTS[name]))
    return name


def write(path, sheets):
    out = canvas.Canvas(str(path), invariant=1, pageCompression=1)
    for sheet in sheets:
        out.setPageSize((sheet.width * MM, sheet.height * MM))
        for kind, *values in sheet.strokes:
            PAINTERS[kind](out, sheet.height, *values)
        out.showPage()
    out.save()


def ink_of(ink):
    return tuple(c / 255 for c in ink)


def text(out, height, x, y, words, name, points, ink, anchor):
    out.setFillColorRGB(*ink_of(ink))
    out.setFont(use(name), points)
    {"l": out.drawString, "m": out.drawCentredString, "r": out.drawRightString}[anchor[0]](x * MM, (height - y) * MM, words)


def line(out, height, x1, y1, x2, y2, ink, mm):
    out.setStrokeColorRGB(*ink_of(ink))
    out.setLineWidth(mm * MM)
    out.line(x1 * MM, (height - y1) * MM, x2 * MM, (height - y2) * MM)


def box(out, height, x, y, w, h, ink, mm, fill):
    out.setStrokeColorRGB(*ink_of(ink))
    out.setLineWidth(max(mm, 0.1) * MM)
    if fill:
        out.setFillColorRGB(*ink_of(fill))
    out.rect(x * MM, (height - y - h) * MM, w * MM, h * MM, stroke=1 if mm else 0, fill=1 if fill else 0)


def picture(out, height, x, y, image):
    w, h = image.width * 72 / DPI, image.height * 72 / DPI
    out.drawImage(ImageReader(image.convert("RGB") if image.mode != "1" else image.convert("L")), x * MM, height * MM - y * MM - h, w, h)


PAINTERS = {"text": text, "line": line, "box": box, "picture": picture}
