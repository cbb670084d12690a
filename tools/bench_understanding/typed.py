#!/usr/bin/python3
"""Mail to learn from in the thousands without reading it: readings put together from what was set, with some reading errors.

tools/bench_understanding/typed.py --plis 5000 --seed 2 > taught.jsonl

Lines as in kept readings (see readings.py), `taught` mail only: what is judged is always really read. What a reader loses is imitated roughly:
signs taken for others, digits of combs run together, handwriting mostly lost; boxes are those of what was set.
"""

import argparse
import json
import multiprocessing
import random
import sys

import mail  # first: it says where the others are
import layout
from invented import values_of
from people import CAISSES
from sheet import DPI, Sheet, font, px

TAKEN_FOR = {"e": "cé", "é": "e", "è": "e", "i": "l", "l": "1I", "o": "0c", "0": "Oo", "1": "lI", "5": "S", "8": "B", "n": "ri", "m": "rn", "a": "u", "c": "e", "t": "f", "r": "n", "'": ".", ".": ",", "s": "5", "ê": "e", "à": "a"}
KINDS = {"nir": "nir", "other_nir": "nir", "siret": "siret", "rpps": "rpps", "finess": "finess", "iban": "iban", "tracking": "la_poste"}


class SetSheet(Sheet):
    """Remembers what is set on it, draws nothing."""

    def __init__(self, width_mm=210, height_mm=297):
        super().__init__(1, 1)
        self.width, self.height, self.strings = width_mm, height_mm, []

    def text(self, x, y, text, family, points, bold=False, ink=0, anchor="ls", fit=None):
        width = self.text_width(text, family, points, bold)
        while fit and width > fit and points > 5.5:
            points -= 0.5
            width = self.text_width(text, family, points, bold)
        left = x - {"l": 0, "m": width / 2, "r": width}[anchor[0]]
        if text.strip():
            self.strings.append((left, y, width, points, text, family, bold))
        return width


def misread(rng, text, rate):
    return "".join(rng.choice(TAKEN_FOR[sign]) if sign in TAKEN_FOR and rng.random() < rate else "" if rng.random() < rate / 4 else sign for sign in text)


def lines_of(strings):
    """Strings on one baseline are one line; digits of a comb stand close and are one word."""
    lines = []
    for string in sorted(strings, key=lambda s: (round(s[1], 1), s[0])):
        if lines and abs(lines[-1][0][1] - string[1]) < 0.7:
            lines[-1].append(string)
        else:
            lines.append([string])
    return [sorted(line) for line in lines]


def words_of(line):
    """(text, box) of the words of a line."""
    words = []
    for left, y, width, points, text, family, bold in line:
        face, height = font(family, bold, points), points * 25.4 / 72
        for index, word in enumerate(text.split()):
            start = left + face.getlength(text[:text.find(word)]) * 25.4 / DPI if index else left
            box = [px(start), px(y - height * 0.72), px(start + face.getlength(word) * 25.4 / DPI), px(y + height * 0.05)]
            if words and len(word) == 1 and words[-1][2] and box[0] - words[-1][1][2] < px(4):
                words[-1] = (words[-1][0] + word, [*words[-1][1][:2], *box[2:]], True)
            else:
                words.append((word, box, len(text) == 1))
    return words


def text_of(sheet, rng, hand):
    rate = rng.choice((0.0, 0.002, 0.004, 0.01, 0.03))
    lines, words = [], []
    for line in lines_of(sheet.strings):
        found = []
        for (word, box, _), family in zip(words_of(line), (string[5] for string in line for _ in string[4].split())):
            by_pen = family.startswith(("hand", "sign"))
            if by_pen and rng.random() < 0.15:
                continue
            read = misread(rng, word, 0.3 if by_pen else rate)
            if read:
                found.append([read, box, round(rng.uniform(0.3, 0.95) if by_pen or read != word else rng.uniform(0.88, 1.0), 3), len(lines), []])
        if found:
            top, bottom = min(word[1][1] for word in found), max(word[1][3] for word in found)
            lines.append([[found[0][1][0], top, found[-1][1][2], bottom], len(lines), bottom, bottom])
            words += found
    sure = sum(word[2] for word in words) / max(1, len(words))
    return {"lines": lines, "words": words, "confidence": round(sure, 4)}


def identifiers_of(fields, values):
    found = []
    for name, value in fields.items():
        kind = KINDS.get(name) or ("date" if name.endswith("_date") else None)
        if kind:
            found.append({"kind": kind, "value": value, "valid": True, "key_computed": False, "repaired": False, "repair": "", "confidence": 0.95, "box_px": [0, 0, 0, 0], "characters": []})
    return found


def reading(sheet, text, identifiers):
    width, height = px(sheet.width), px(sheet.height)
    return {"geometry": {"width_px": width, "height_px": height, "dpi": DPI, "turned_deg": 0, "turn_confidence": 1.0, "skew_deg": 0.0, "skew_confidence": 1.0, "crop_px": [0, 0, width, height]},
            "blank": not text["words"], "quality": {"sharp": True, "notes": []}, "marks": [], "text": text, "times": [], "identifiers": identifiers}


def pli_of(task):
    seed, number = task
    layout.Sheet = SetSheet
    rng = random.Random(f"typed/{seed}/{number}")
    words, layout_kind = mail.SPLITS["taught"]
    caisse = rng.choice(sorted(CAISSES))
    values, person = values_of(rng, caisse, words)
    hand, pages, documents = rng.random() < 0.12, [], []
    for code in mail.kinds_of(rng, words):
        by_hand = hand and code not in mail.NEVER_BY_HAND
        made = layout_kind(words, values, person, rng, by_hand)
        first = len(pages)
        sheets = list(mail.document(code, made))
        if rng.random() < 0.04:
            sheets.append(SetSheet())
        for place, sheet in enumerate(sheets):
            pages.append(reading(sheet, text_of(sheet, rng, by_hand), [] if place or by_hand else identifiers_of(made.fields, values)))
        fields = {name: value for name, value in made.fields.items() if name in mail.known_types()[code]}
        documents.append({"type": code, "pages": list(range(first, len(pages))), "hand": by_hand, "volet": made.volet, "motif": made.motif, "nature": made.nature, "fields": fields})
    return json.dumps({"pli": f"typed-{seed}-{number:06}", "caisse": caisse, "documents": documents, "pages": pages}, ensure_ascii=False, separators=(",", ":"))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plis", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int, default=2)
    options = parser.parse_args()
    with multiprocessing.Pool() as pool:
        for line in pool.imap(pli_of, ((options.seed, number) for number in range(options.first, options.first + options.plis)), chunksize=32):
            sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
