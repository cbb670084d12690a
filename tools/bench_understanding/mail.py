#!/usr/bin/python3
"""Paints invented mail that rules are tuned and types are learned on (taught, tuned_a to tuned_d) or both are judged on (unseen), and writes down
what it is.

tools/bench_understanding/mail.py --split unseen --plis 5000 --seed 1 --out FOLDER

One file a pli, and one line a pli in FOLDER/truth.jsonl:
{"pli": file, "pages": n, "caisse": code, "documents": [{"type", "pages": [0, 1], "hand": filled in by hand, "volet", "motif", "nature", "fields": {name: value}}]}
"volet" is 1 to 3, "motif" maladie or AT, "nature" initial or prolongation, each null where the paper does not say. Field names and values are
those of samples/types.toml, as the product writes them. Same split, seed and number of a pli: same picture.
"""

import argparse
import json
import multiprocessing
import random
import signal
import sys
import tomllib
from functools import lru_cache
from pathlib import Path

sys.dont_write_bytecode = True
ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(Path(__file__).resolve().parent), str(ROOT / "samples" / "generator")]
import taught_words  # noqa: E402
import tuned_a_words  # noqa: E402
import tuned_b_words  # noqa: E402
import tuned_c_words  # noqa: E402
import tuned_d_words  # noqa: E402
import unseen_words  # noqa: E402
from defects import scanned  # noqa: E402
from invented import values_of  # noqa: E402
from people import CAISSES  # noqa: E402
from taught_layout import TaughtLayout  # noqa: E402
from tuned_a_layout import TunedALayout  # noqa: E402
from tuned_b_layout import TunedBLayout  # noqa: E402
from tuned_c_layout import TunedCLayout  # noqa: E402
from tuned_d_layout import TunedDLayout  # noqa: E402
from unseen_layout import UnseenLayout  # noqa: E402

SPLITS = {
    "taught": (taught_words, TaughtLayout), "tuned_a": (tuned_a_words, TunedALayout), "tuned_b": (tuned_b_words, TunedBLayout),
    "tuned_c": (tuned_c_words, TunedCLayout), "tuned_d": (tuned_d_words, TunedDLayout), "unseen": (unseen_words, UnseenLayout),
}
SHAPES = {"CHQ": "cheque", "NPAI": "returned", "AR": "receipt", "PJ-ID": "identity", "ENVELOPPE": "envelope"}
# chosen: what often comes, beside an equal share for every type
OFTEN = {"AAT": 14, "FSP": 8, "AS-MAL": 6, "LIBRE": 8, "RECL": 3, "PMT": 4, "DAT": 3, "CM-AT": 3, "FSP-AUX": 4, "HORS": 5, "INCONNU": 5, "C2S": 3, "DMT": 2, "CV": 2, "RIB": 2, "CRA": 2, "AAT-SEC": 3}
ENCLOSED = {
    "AS-MAL": ("PJ-PAIE", "PJ-PAIE", "RIB"), "AS-6M": ("PJ-PAIE",), "AS-AT": ("PJ-PAIE", "PJ-PAIE"), "C2S": ("PJ-IMPOT", "PJ-ID", "RIB", "PJ-PAIE"), "CV": ("PJ-ID",), "FSP": ("PJ-ORDO", "PJ-FACTURE"), "FSP-AUX": ("PJ-ORDO",),
    "LIBRE": ("RIB", "PJ-ID", "PJ-CIVIL", "PJ-DOMICILE", "PJ-FACTURE", "PJ-DEVIS", "PJ-PAIE"), "RECL": ("PJ-FACTURE", "PJ-PAIE", "RIB"), "OUVDR": ("PJ-CIVIL", "PJ-ID", "RIB", "PJ-DOMICILE"), "RATT": ("PJ-CIVIL", "PJ-CIVIL"),
    "TR-FRAIS": ("PMT", "PJ-FACTURE"), "DAT": ("CM-AT", "PJ-PAIE"), "DMP": ("CM-AT",), "INV": ("PJ-IMPOT", "PJ-PAIE", "RIB"), "CURE": ("PJ-IMPOT", "PJ-ORDO"), "DAP": ("PJ-DEVIS", "PJ-ORDO"), "CRA": ("RIB", "PJ-PAIE"),
    "PMT": ("FSP",), "GROS": ("PJ-ID",), "DMT": ("DMT", "PJ-ID"), "FACT": ("PJ-ORDO", "FSP"), "AAT": ("PJ-PAIE", "CM-AT"), "EUR": ("PJ-ID", "RIB"), "RIB": ("PJ-ID",), "INCONNU": ("INCONNU",), "HORS": ("HORS",), "PJ-ORDO": ("PJ-FACTURE",),
}
NEVER_BY_HAND = {"RIB", "PJ-CIVIL", "PJ-IMPOT", "PJ-PAIE", "PJ-FACTURE", "PJ-DEVIS", "FACT", "PJ-ID", "NPAI", "EUR"}
QUALITY = 75  # of JPEG; chosen: what scanners send


@lru_cache(maxsize=1)
def known_types():
    """Code -> names of its fields."""
    types = tomllib.loads((ROOT / "samples" / "types.toml").read_text())["type"]
    return {kind["code"]: {field["name"] for field in kind.get("fields", ())} for kind in types if kind["code"] not in ("SEPARATEUR", "BLANC")}


def kinds_of(rng, words):
    """Types of the documents of one pli, the envelope first where there is one."""
    codes = [code for code in known_types() if code in words.PAPERS or code in words.LETTERS or code in SHAPES]
    first = rng.choice(codes) if rng.random() < 0.5 else rng.choices(list(OFTEN), list(OFTEN.values()))[0]
    kinds = [first]
    if first in ENCLOSED and rng.random() < 0.5:
        enclosed = ENCLOSED[first]
        kinds += rng.sample(enclosed, min(len(enclosed), rng.choice((1, 1, 1, 2, 2, 3))))
    if rng.random() < 0.05 and first not in SHAPES and first not in ("HORS", "INCONNU"):
        kinds.insert(0, "ENVELOPPE")
    strays = getattr(words, "STRAYS", 0)  # the share of plis with a paper that got in by mistake
    if strays and rng.random() < strays and first not in SHAPES:
        kinds.append(rng.choice(getattr(words, "STRAY_KINDS", ("INCONNU", "HORS"))))
    return kinds


def document(code, layout):
    rng, words = layout.rng, layout.words
    if code in SHAPES:
        return getattr(layout, SHAPES[code])()
    letters, papers = words.LETTERS.get(code, ()), words.PAPERS.get(code, ())
    if letters and (not papers or rng.random() < getattr(words, "LETTER_SHARE", {}).get(code, 0.8)):
        return layout.letter(rng.choice(letters))
    paper = rng.choice(papers)
    sheets = layout.paper(paper, rng.choices((1, 2, 3, None), (25, 45, 10, 20))[0] if paper.volets else None)
    if paper.cerfa and rng.random() < 0.06:
        layout.back()
    return sheets


def pli_of(split, seed, number):
    """Pictures and truth of one pli."""
    rng = random.Random(f"{split}/{seed}/{number}")
    words, layout_kind = SPLITS[split]
    caisse = rng.choice(sorted(CAISSES))
    values, person = values_of(rng, caisse, words)
    hand, bitonal = rng.random() < 0.12, rng.random() < 0.55
    pictures, documents = [], []
    for code in kinds_of(rng, words):
        by_hand = hand and code not in NEVER_BY_HAND
        layout = layout_kind(words, values, person, rng, by_hand)
        first = len(pictures)
        for sheet in document(code, layout):
            pictures.append(scanned(sheet.image, rng, bitonal))
        if rng.random() < 0.04:
            layout.page()
            pictures.append(scanned(layout.s.image, rng, bitonal))  # an empty back
        fields = {name: value for name, value in layout.fields.items() if name in known_types()[code]}
        documents.append({"type": code, "pages": list(range(first, len(pictures))), "hand": by_hand, "volet": layout.volet, "motif": layout.motif, "nature": layout.nature, "fields": fields})
    return pictures, {"pages": len(pictures), "caisse": caisse, "documents": documents}


def painted(task):
    split, seed, number, folder = task
    pictures, truth = pli_of(split, seed, number)
    first = pictures[0]
    name = f"{split}-{seed}-{number:06}"
    if first.mode == "1":
        name += ".tif"
        first.save(folder / name, "TIFF", compression="group4", dpi=(300, 300), save_all=True, append_images=pictures[1:])
    elif len(pictures) == 1:
        name += ".jpg"
        first.save(folder / name, "JPEG", quality=QUALITY, dpi=(300, 300))
    else:
        name += ".tif"
        first.save(folder / name, "TIFF", compression="jpeg", quality=QUALITY, dpi=(300, 300), save_all=True, append_images=pictures[1:])
    return {"pli": name, **truth}


def end_quietly():
    """In a painter: being ended is no error to tell of, and Ctrl-C is answered by the process that paints for."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def paint(split, seed, numbers, folder, step=lambda: None, processes=None):
    """Paints the plis of these numbers into the folder; gives their truths, in order."""
    folder.mkdir(parents=True, exist_ok=True)
    truths = []
    with multiprocessing.Pool(processes, initializer=end_quietly) as pool:
        for truth in pool.imap(painted, ((split, seed, number, folder) for number in numbers), chunksize=8):
            truths.append(truth)
            step()
    return truths


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--split", choices=SPLITS, required=True)
    parser.add_argument("--plis", type=int, default=100)
    parser.add_argument("--first", type=int, default=0, help="number of the first pli")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    truths = paint(options.split, options.seed, range(options.first, options.first + options.plis), options.out)
    (options.out / "truth.jsonl").write_text("".join(json.dumps(truth, ensure_ascii=False) + "\n" for truth in truths))


if __name__ == "__main__":
    main()
