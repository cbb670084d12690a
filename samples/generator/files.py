"""Writes scanned pages as files, each with its resolution said."""

import io
from pathlib import Path

from PIL import Image, TiffImagePlugin

from scan import bitonal

# chosen: small enough for the repository, with typed text still plain to a person
JPEG_QUALITY = {"grey-jpeg": 55, "colour-jpeg": 45, "tiff-jpeg": 50, "pdf-jpeg": 50}
SUFFIXES = {"g4": ".tif", "tiff-lzw": ".tif", "tiff-jpeg": ".tif", "tiff-grey": ".tif", "grey-jpeg": ".jpg", "colour-jpeg": ".jpg", "png": ".png", "jp2": ".jp2", "pdf-jpeg": ".pdf", "pdf-g4": ".pdf"}

BITONAL = ("g4", "pdf-g4", "tiff-lzw")


def in_format(image, kind):
    if kind in BITONAL:
        return bitonal(image)
    if kind == "colour-jpeg":
        return image
    if kind in ("png", "tiff-grey"):
        return image.convert("L").point(lambda v: min(255, (v + 8) // 17 * 17))  # 16 greys, as scanners offer
    return image.convert("L")


def write(path, images, kind, dpi):
    """One file of one or more pages; `dpi` per page."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    pages = [image if image.mode == "1" else in_format(image, kind) for image in images]
    both = (dpi[0], dpi[0])
    if kind in ("g4", "tiff-lzw", "tiff-jpeg", "tiff-grey"):
        compression = {"g4": "group4", "tiff-lzw": "tiff_lzw", "tiff-jpeg": "jpeg", "tiff-grey": "tiff_adobe_deflate"}[kind]
        extra = {"quality": JPEG_QUALITY[kind]} if kind == "tiff-jpeg" else {}
        pages[0].save(path, "TIFF", compression=compression, dpi=both, save_all=True, append_images=pages[1:], **extra)
    elif kind in ("grey-jpeg", "colour-jpeg"):
        pages[0].save(path, "JPEG", quality=JPEG_QUALITY[kind], dpi=both, optimize=True)
    elif kind == "png":
        pages[0].save(path, "PNG", dpi=both, optimize=True)
    elif kind == "jp2":
        pages[0].save(path, "JPEG2000", quality_mode="rates", quality_layers=[28], irreversible=True)
    else:
        write_pdf(path, pages, kind, dpi)


def write_pdf(path, pages, kind, dpi):
    """An image-only PDF: one picture a page and nothing else."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", None]
    kids = []
    for image, resolution in zip(pages, dpi):
        width, height = image.width * 72 / resolution, image.height * 72 / resolution
        if kind == "pdf-g4":
            data, black_is_1 = group4(image)
            decode = f"/BitsPerComponent 1 /Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns {image.width} /Rows {image.height} /BlackIs1 {black_is_1} >>"
        else:
            buffer = io.BytesIO()
            image.save(buffer, "JPEG", quality=JPEG_QUALITY[kind], optimize=True)
            data, decode = buffer.getvalue(), "/BitsPerComponent 8 /Filter /DCTDecode"
        objects.append(f"<< /Type /XObject /Subtype /Image /Width {image.width} /Height {image.height} /ColorSpace /DeviceGray {decode} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream")
        picture = len(objects)
        content = f"q {width:.2f} 0 0 {height:.2f} 0 0 cm /I Do Q".encode()
        objects.append(f"<< /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream")
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width:.2f} {height:.2f}] /Contents {picture + 1} 0 R /Resources << /XObject << /I {picture} 0 R >> >> >>".encode())
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>".encode()
    Path(path).write_bytes(pdf_bytes(objects))


def pdf_bytes(objects):
    """The objects, numbered from 1 (1 is the catalogue), as a PDF file."""
    out, offsets = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode() + b"".join(f"{o:010d} 00000 n \n".encode() for o in offsets)
    return bytes(out + f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode())


def group4(image):
    """The bare CCITT stream of a picture and its /BlackIs1, taken from a TIFF of one strip."""
    buffer = io.BytesIO()
    usual, TiffImagePlugin.STRIP_SIZE = TiffImagePlugin.STRIP_SIZE, 1 << 30
    image.save(buffer, "TIFF", compression="group4")
    TiffImagePlugin.STRIP_SIZE = usual
    tags = Image.open(buffer).tag_v2
    offsets, counts = tags[TiffImagePlugin.STRIPOFFSETS], tags[TiffImagePlugin.STRIPBYTECOUNTS]
    if len(offsets) != 1:
        raise ValueError("the TIFF writer made more than one strip")
    black_is_1 = tags[TiffImagePlugin.PHOTOMETRIC_INTERPRETATION] == 1  # TIFF: runs called white are then dark
    return buffer.getvalue()[offsets[0]:offsets[0] + counts[0]], "true" if black_is_1 else "false"
