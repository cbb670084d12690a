"""python3 samples/generator [folder ...]: draws the lots named (all when none is), and lots-bad."""

import sys
from multiprocessing import Pool
from pathlib import Path

import bad
from build import LotBuilder
from lots import LOTS

ROOT = Path(__file__).resolve().parent.parent


def draw(lot):
    LotBuilder(lot, ROOT / "lots").build()
    return lot.folder


def main(wanted):
    chosen = [lot for lot in LOTS if not wanted or lot.folder in wanted]
    with Pool(2) as pool:
        for name in pool.imap_unordered(draw, chosen):
            print(name, flush=True)
    if not wanted or "lots-bad" in wanted:
        bad.draw(ROOT / "lots-bad")
        print("lots-bad")


if __name__ == "__main__":
    main(sys.argv[1:])
