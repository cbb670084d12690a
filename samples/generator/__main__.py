"""python3 samples/generator [--text] [folder ...]: draws the lots named (all when none is), and lots-bad.

--text: draws all lots elsewhere, and keeps only what is printed on them (printed-text.json).
"""

import json
import sys
import tempfile
from multiprocessing import Pool
from pathlib import Path

import bad
from build import LotBuilder
from lots import LOTS

ROOT = Path(__file__).resolve().parent.parent


def draw(lot):
    LotBuilder(lot, ROOT / "lots").build()
    return lot.folder


def printed_text(lot):
    """{file: {index: lines}} of the pages that hold nothing but print."""
    with tempfile.TemporaryDirectory() as elsewhere:
        builder = LotBuilder(lot, elsewhere)
        builder.build()
    return lot.folder, {file: pages for file, pages in builder.printed.items() if pages}


def write_text():
    with Pool(2) as pool:
        said = dict(pool.map(printed_text, LOTS))
    (ROOT / "printed-text.json").write_text(json.dumps(said, ensure_ascii=False, indent=0) + "\n")


def main(wanted):
    if wanted == ["--text"]:
        write_text()
        return
    chosen = [lot for lot in LOTS if not wanted or lot.folder in wanted]
    with Pool(2) as pool:
        for name in pool.imap_unordered(draw, chosen):
            print(name, flush=True)
    if not wanted or "lots-bad" in wanted:
        bad.draw(ROOT / "lots-bad")
        print("lots-bad")
    write_text()


if __name__ == "__main__":
    main(sys.argv[1:])
