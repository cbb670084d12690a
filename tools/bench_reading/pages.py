"""Which pages are measured, and what stands on them."""

import csv
import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from pleiade_program import LOTS, SAMPLES, SHARED

DPI = 300
A4_PX = (2480, 3508)  # spec: ISO 216, 210 x 297 mm at 300 dpi
TOLERANCE = 1.1  # chosen: a scanner border is still an A4 page
PICTURES = (".tif", ".tiff", ".jpg", ".jpeg", ".png")
MILD = {"noise", "speckle", "punch", "staple", "bleed", "streak"}  # defects that leave a page fit to be degraded further
SCANS = SHARED / "corpus" / "french-scans"
UNKNOWN = "~~~"  # what the transcribers of french-scans wrote for a word they could not read
MOST_UNKNOWN = 1 / 3  # chosen: above, what stands on the page is not known (a letter by hand is 98 %)


@dataclass
class Page:
    """One page as a file of its own; `lines` is its text where that is known."""
    name: str
    family: str
    path: Path
    lines: list = None
    bitonal: bool = False
    held_out: bool = False  # its text may be counted, never shown
    condition: str = ""

    @property
    def says_dpi(self):
        with Image.open(self.path) as picture:
            return "dpi" in picture.info


@dataclass
class Sample:
    """A page of the sample lots that holds nothing but print."""
    name: str
    path: Path
    index: int
    lines: list
    skew_deg: float
    defects: set
    held_out: bool


def is_a4(side):
    return all(wanted / TOLERANCE <= side[got] <= wanted * TOLERANCE for wanted, got in zip(A4_PX, ("width_px", "height_px")))


def sample(said, side, lines=None):
    folder = said["lot"]["folder"]
    return Sample(f"{folder}/{side['file']}/{side['index']}", LOTS / folder / side["file"], side["index"], lines, side["skew_deg"],
                  set(side["defects"]), said["lot"]["family"] == "b")


def typed_samples():
    """Upright typed A4 pages at 300 dpi, spread over the sample lots."""
    printed = json.loads((SAMPLES / "printed-text.json").read_text())
    by_lot = []
    for truth in sorted(LOTS.glob("*.truth.json")):
        said = json.loads(truth.read_text())
        folder, lines = said["lot"]["folder"], printed[said["lot"]["folder"]]
        unclear = {tuple(page) for pli in said["plis"] if pli["may_be_to_verify"] for document in pli["documents"] for page in document["pages"]}
        by_lot.append([
            sample(said, side, lines[side["file"]][str(side["index"])])
            for side in said["pages"]
            if str(side["index"]) in lines.get(side["file"], {}) and side["dpi"] == DPI and side["turned_deg"] == 0 and is_a4(side)
            and side["file"].endswith((".tif", ".jpg", ".png")) and (side["file"], side["index"]) not in unclear
        ])
    return [lot[rank] for rank in range(max(map(len, by_lot))) for lot in by_lot if rank < len(lot)]


def sample_pages(most, scratch):
    """Sample pages as they are, each as a file of its own that all programs read."""
    return [single(one, scratch / f"sample-{number:02}") for number, one in enumerate(typed_samples()[:most])]


def single(one, stem):
    with Image.open(one.path) as picture:
        picture.seek(one.index)
        bitonal = picture.mode == "1"
        if one.path.suffix == ".tif":
            path = stem.with_suffix(".tif")
            picture.save(path, compression="group4" if bitonal else "tiff_lzw", dpi=(DPI, DPI))
        else:
            path = stem.with_suffix(one.path.suffix)
            path.write_bytes(one.path.read_bytes())
    return Page(one.name, "samples", path, one.lines, bitonal, one.held_out)


def grey_samples(most, scratch):
    """Grey and colour A4 sample pages, turned ones and written ones too: few there are, and their PDFs are what is to be small."""
    chosen = []
    for truth in sorted(LOTS.glob("*.truth.json")):
        said = json.loads(truth.read_text())
        for side in said["pages"]:
            path = LOTS / said["lot"]["folder"] / side["file"]
            upright = side if side["turned_deg"] % 180 == 0 else {**side, "width_px": side["height_px"], "height_px": side["width_px"]}
            if side["kind"] == "page" and side["dpi"] == DPI and is_a4(upright) and path.suffix in (".tif", ".jpg", ".png"):
                with Image.open(path) as picture:
                    picture.seek(side["index"])
                    if picture.mode != "1":
                        chosen.append(sample(said, side))
    return [single(one, scratch / f"grey-{number:02}") for number, one in enumerate(chosen[:most])]


def french_scans(most=None):
    """The scans of the shared corpus; a page most of whose words nobody could read has no text here."""
    if not SCANS.is_dir():
        print(f"*** {SCANS} is not there: measured without french-scans ***", file=sys.stderr)
        return []
    found = []
    with (SCANS / "manifest.csv").open() as manifest:
        for row in list(csv.DictReader(manifest))[:most]:
            path = SCANS / row["image"]
            with Image.open(path) as picture:
                found.append(Page(path.name, "french-scans", path, transcribed((SCANS / row["text"]).read_text()), picture.mode == "1"))
    return found


def transcribed(text):
    """The lines without the transcribers' signs: unread words, _underlined words, brackets around struck-out ones."""
    words = text.split()
    if sum(UNKNOWN in word for word in words) > MOST_UNKNOWN * len(words):
        return None
    lines = [re.sub(r"[⟦⟧]|~{3}|(?<!\w)_(?=\S)", "", line).strip() for line in text.splitlines()]
    return [line for line in lines if line]


def pictures_of(folder):
    """Pictures of somebody's folder; a text file beside a picture is what stands there."""
    found = []
    for path in sorted(path for path in folder.rglob("*") if path.suffix.lower() in PICTURES):
        with Image.open(path) as picture:
            bitonal = picture.mode == "1"
        text = path.with_suffix(".txt")
        found.append(Page(path.name, folder.name, path, transcribed(text.read_text()) if text.is_file() else None, bitonal))
    return found
