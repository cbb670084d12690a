"""Barcodes: drawn by zint (2.12 of Debian 12) at whole dots, plus the patch sheet it does not know."""

import functools
import subprocess
import tempfile
from pathlib import Path

from PIL import Image

ZINT_NAMES = {"Code128": "CODE128", "QRCode": "QRCODE", "DataMatrix": "DATAMATRIX", "Code39": "CODE39", "EAN-13": "EANX", "ITF": "C25INTER"}


@functools.lru_cache(maxsize=None)
def modules(kind, text):
    """The symbol at one dot a module (linear ones 1 dot high would be lost: zint gives them 50)."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "code.gif"
        escaped = "".join(f"\\x{ord(c):02X}" if ord(c) < 32 else c for c in text)
        command = ["zint", "-b", ZINT_NAMES[kind], "--notext", "--scale=0.5", "-o", str(out), "--esc", "-d", escaped]
        if kind == "DataMatrix":
            command.append("--square")
        if kind == "QRCode":
            command.append("--secure=2")
        subprocess.run(command, check=True, capture_output=True)
        return Image.open(out).convert("L").copy()


def symbol(kind, text, dots, height_px=None):
    """The symbol with `dots` pixels a module; linear symbols stretched to `height_px`."""
    drawn = modules(kind, text)
    height = height_px if height_px else drawn.height * dots
    return drawn.resize((drawn.width * dots, height), Image.NEAREST)


# Patch T from the leading edge on: narrow, wide, narrow, wide bars, all spaces narrow.
# spec: Kodak A-61599: wide 0.20 in, narrow and spaces 0.08 in, at least 2 in long.
PATCH_T_INCHES = (0.08, 0.08, 0.20, 0.08, 0.08, 0.08, 0.20)


def patch_t(dpi, length_mm=120):
    widths = [round(w * dpi) for w in PATCH_T_INCHES]
    image = Image.new("L", (round(length_mm * dpi / 25.4), sum(widths)), 255)
    y = 0
    for index, height in enumerate(widths):
        if index % 2 == 0:
            image.paste(0, (0, y, image.width, y + height))
        y += height
    return image
