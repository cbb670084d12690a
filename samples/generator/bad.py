"""The bad lot: files that cannot be read, files with the wrong suffix, and good mail between them."""

import json
import random
import struct
import subprocess
from pathlib import Path

import files
import pages_a
from people import Case, caisse_address
from paper import DPI, Sheet


def huge_tiff():
    """60 000 x 60 000 in a few hundred bytes: blank Group 4 lines are one bit, and most of them are missing."""
    data = b"\xff" * 300
    entries = ((256, 4, 1, 60000), (257, 4, 1, 60000), (258, 3, 1, 1), (259, 3, 1, 4), (262, 3, 1, 0), (273, 4, 1, 8), (277, 3, 1, 1), (278, 4, 1, 60000), (279, 4, 1, len(data)))
    directory = struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", *entry) for entry in entries) + struct.pack("<I", 0)
    return b"II*\0" + struct.pack("<I", 8 + len(data)) + data + directory


def letter(name, type_="LIBRE", **look):
    case = Case("061", random.Random(f"lots-bad/{name}"))
    sheet = pages_a.MAKERS[type_](case, {"typed": "mono", "letter": "sans", "hand": None, "with_key": True, "address": caisse_address("061"), **look})[0]
    document = {"type": type_, "pages": [[name, 0]], "nirs": sheet.nirs, "identifiers": sheet.identifiers, "fields": sheet.fields, "barcodes": sheet.marks}
    return sheet.image, document


def draw(folder):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*"):
        old.unlink()
    plis = []

    def pli(name, document=None, why=None, index=0):
        broken = [[name, index, why]] if why else []
        plis.append({"name": name, "caisse": "061", "outcome": "to_verify" if broken else "delivered", "may_be_to_verify": False, "documents": [document] if document else [], "blank_pages": [], "set_aside_pages": broken})

    def cut(name, keep):
        path = folder / name
        content = path.read_bytes()
        path.write_bytes(content[:int(len(content) * keep)])

    image, document = letter("good-letter.tif")
    files.write(folder / "good-letter.tif", [image], "g4", [DPI])
    pli("good-letter.tif", document)

    image, _ = letter("cut.tif", "RECL")
    files.write(folder / "cut.tif", [image], "g4", [DPI])
    cut("cut.tif", 0.5)  # Pillow writes the directory last: it is gone
    pli("cut.tif", why="truncated TIFF")

    (folder / "empty.tif").write_bytes(b"")
    pli("empty.tif", why="empty file")

    (folder / "huge.tif").write_bytes(huge_tiff())
    pli("huge.tif", why="more pixels than allowed")

    image, _ = letter("locked.pdf", "RIB")
    plain = folder / "plain.pdf"
    files.write(plain, [image], "pdf-g4", [DPI])
    # --static-id and the old cipher: the same bytes every time, which a sample needs and a secret must not have
    subprocess.run(["qpdf", "--static-id", "--allow-weak-crypto", "--encrypt", "motdepasse", "proprietaire", "40", "--", str(plain), str(folder / "locked.pdf")], check=True)
    plain.unlink()
    pli("locked.pdf", why="PDF that asks for a password")

    image, document = letter("pdf-inside.tif", "CRA")
    files.write(folder / "inside.pdf", [image], "pdf-g4", [DPI])
    (folder / "inside.pdf").rename(folder / "pdf-inside.tif")
    pli("pdf-inside.tif", document)

    image, document = letter("jpeg-inside.pdf", "RECL", variant=1)
    files.write(folder / "inside.jpg", [image], "grey-jpeg", [DPI])
    (folder / "inside.jpg").rename(folder / "jpeg-inside.pdf")
    pli("jpeg-inside.pdf", document)

    (folder / "scan.tif").write_text("Ce fichier n'est pas une image : un texte renommé par erreur.\n")
    pli("scan.tif", why="a text, not an image")

    image, _ = letter("cut.png")
    files.write(folder / "cut.png", [image], "png", [DPI])
    cut("cut.png", 0.4)
    pli("cut.png", why="truncated PNG")

    image, document = letter("second-page-broken.tif", "LIBRE", variant=2)
    rng = random.Random("lots-bad/second")
    second = Sheet()
    for y in range(20, 280, 6):
        second.text(20, y, " ".join(rng.choice(("suite", "du", "courrier", "précédent", "page", "deux", "merci")) for _ in range(14)), "sans", 10)
    files.write(folder / "second-page-broken.tif", [image, second.image], "g4", [DPI, DPI])
    break_second_page(folder / "second-page-broken.tif")
    pli("second-page-broken.tif", document, "second page damaged", 1)

    manifest = {"caisse": "061", "channel": "post", "label": "lots-bad", "received": "2026-03-16", "expected_files": len(plis)}
    (folder / "lot.json").write_text(json.dumps(manifest) + "\n")
    truth = {"lot": {"folder": "lots-bad", "caisse": "061", "caisse_told_by": "lot.json", "separators": "none", "files": "one-per-pli", "duplex": False, "family": "a"}, "plis": plis}
    (folder.parent / "lots-bad.truth.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1) + "\n")


def break_second_page(path):
    """Lets the strip of the second page point behind the end of the file."""
    content = bytearray(path.read_bytes())
    directory = struct.unpack_from("<I", content, 4)[0]
    directory = struct.unpack_from("<I", content, directory + 2 + 12 * struct.unpack_from("<H", content, directory)[0])[0]
    for i in range(struct.unpack_from("<H", content, directory)[0]):
        at = directory + 2 + 12 * i
        tag, _, count, value = struct.unpack_from("<HHII", content, at)
        if tag == 273:
            where = [at + 8] if count == 1 else [value + 4 * k for k in range(count)]
            for place in where:
                struct.pack_into("<I", content, place, 0x7FFF0000)
    path.write_bytes(bytes(content))
