#!/usr/bin/env python3
"""Draws the seeds of the page-source fuzz target: the smallest file of each format that is taken in.

Needs Pillow (Debian: python3-pil). Run it again only to add a seed: the files are committed, because other
versions of the codecs give other bytes.
"""

import io
import struct
from pathlib import Path

from PIL import Image, ImageDraw

SEEDS = Path(__file__).parent / "seeds" / "page-source"


def page(mode: str) -> Image.Image:
    picture = Image.new("L", (48, 64), 255)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((6, 8, 30, 12), fill=0)
    draw.line((6, 50, 42, 30), fill=90, width=3)
    return picture.convert(mode)


def pdf(objects: list[bytes]) -> bytes:
    """A PDF of these objects, the first of which is the catalogue."""
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def stream(head: bytes, content: bytes) -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (head, len(content), content)


def drawn_pdf() -> bytes:
    return pdf([
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 30 40]/Contents 4 0 R>>",
        stream(b"", b"0.5 g 3 3 20 10 re f 0 0 m 30 40 l S"),
    ])


def image_pdf(jpeg: bytes) -> bytes:
    image = b"/Type/XObject/Subtype/Image/Width 48/Height 64/ColorSpace/DeviceGray/BitsPerComponent 8"
    return pdf([
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 30 40]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>",
        stream(b"", b"30 0 0 40 0 0 cm /I Do"),
        stream(image + b"/Filter/DCTDecode", jpeg),
    ])


def saved(picture: Image.Image, kind: str, **options) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def exif_turned(jpeg: bytes, orientation: int) -> bytes:
    tiff = b"II*\0" + struct.pack("<IHHHIII", 8, 1, 0x0112, 3, 1, orientation, 0)
    block = b"Exif\0\0" + tiff
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block + jpeg[2:]


def main() -> None:
    SEEDS.mkdir(parents=True, exist_ok=True)
    grey_jpeg = saved(page("L"), "JPEG", quality=50, dpi=(300, 300))
    files = {
        "g4.tif": saved(page("1"), "TIFF", compression="group4", dpi=(200, 200)),
        "g3.tif": saved(page("1"), "TIFF", compression="group3"),
        "lzw.tif": saved(page("RGB"), "TIFF", compression="tiff_lzw", dpi=(300, 300)),
        "jpeg.tif": saved(page("RGB"), "TIFF", compression="jpeg"),
        "deflate.tif": saved(page("L"), "TIFF", compression="tiff_adobe_deflate"),
        "packbits.tif": saved(page("1"), "TIFF", compression="packbits"),
        "two-pages.tif": saved(page("1"), "TIFF", save_all=True, append_images=[page("L")]),
        "grey.jpg": grey_jpeg,
        "progressive.jpg": saved(page("RGB"), "JPEG", quality=40, progressive=True),
        "turned.jpg": exif_turned(grey_jpeg, 6),
        "cmyk.jpg": saved(page("CMYK"), "JPEG", quality=40),
        "grey.png": saved(page("L"), "PNG", dpi=(300, 300)),
        "bitonal.png": saved(page("1"), "PNG"),
        "palette.png": saved(page("RGB").quantize(8), "PNG"),
        "alpha.png": saved(page("LA"), "PNG"),
        "grey.jp2": saved(page("L"), "JPEG2000", irreversible=True, num_resolutions=2),
        "colour.j2k": saved(page("RGB"), "JPEG2000", no_jp2=True, num_resolutions=2),
        "drawn.pdf": drawn_pdf(),
        "image.pdf": image_pdf(grey_jpeg),
    }
    for name, content in files.items():
        (SEEDS / name).write_bytes(content)
        print(f"{len(content):6} {name}")


if __name__ == "__main__":
    main()
