"""`pleiade inspect` on the third-party pictures of barcodes, against budgets: must read, may misread, by folder.

ZXingReader (package zxing-cpp-tools) reads each picture once too, and may not read more in any folder.
"""

import csv
import json
import re
import subprocess
import unittest
from collections import defaultdict

from pleiade_program import PLEIADE, ROOT, environment, need_shared


def budgets():
    with (ROOT / "tests" / "corpus" / "budgets.csv").open(encoding="utf-8", newline="") as file:
        return {row["family"]: row for row in csv.DictReader(file) if row["reader"] == "inspect"}


def expected(picture):
    text = picture.with_suffix(".txt")
    return text.read_bytes().decode() if text.exists() else None


def texts_of_inspect(pictures):
    run = subprocess.run([PLEIADE, "inspect", "--json", *pictures], capture_output=True, check=False, env=environment())
    if run.returncode not in (0, 1):  # 1: something cannot be read
        raise AssertionError(run.stderr.decode(errors="replace"))
    texts = defaultdict(list)
    for line in run.stdout.decode().splitlines():
        said = json.loads(line)
        texts[said["file"]] += [mark["text"] for mark in said.get("marks", [])]
    return [texts[str(picture)] for picture in pictures]


def texts_of_zxing(picture):
    """An abort, which is what it does on some pictures, is nothing read."""
    run = subprocess.run(["ZXingReader", picture], capture_output=True, check=False)
    said = run.stdout.decode(errors="replace") if run.returncode == 0 else ""
    return re.findall(r'^Text:       "(.*?)"\nBytes:', said, re.MULTILINE | re.DOTALL)


class Barcodes(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.corpus = need_shared("corpus") / "barcodes"
        cls.pictures = {}
        for folder in sorted(path for path in cls.corpus.iterdir() if path.is_dir()):
            # what a mark says is text: codes of bytes have a .bin
            cls.pictures[folder.name] = [p for p in sorted(folder.glob("*.png")) if not p.with_suffix(".bin").exists()]
        cls.texts = {family: texts_of_inspect(pictures) for family, pictures in cls.pictures.items()}

    def test_every_folder_has_a_budget(self):
        self.assertEqual(set(budgets()), set(self.pictures))

    def test_the_budget_of_every_folder_is_kept(self):
        for family, budget in budgets().items():
            with self.subTest(family=family):
                said = list(zip(self.pictures[family], self.texts[family]))
                read = [p.name for p, texts in said if expected(p) is not None and expected(p) in texts]
                misread = [f"{p.name}: {text}" for p, texts in said for text in texts if text != expected(p)]
                unread = [p.name for p, _ in said if p.name not in read]
                print(f"{family}: {len(read)} of {len(said)} read, {len(misread)} misread; unread: {' '.join(unread)}")
                self.assertEqual(len(said), int(budget["images"]))
                self.assertGreaterEqual(len(read), int(budget["must_read"]), unread)
                self.assertLessEqual(len(misread), int(budget["may_misread"]), misread)

    def test_no_folder_is_read_less_than_by_zxing(self):
        for family, pictures in self.pictures.items():
            with self.subTest(family=family):
                ours = sum(expected(p) in texts for p, texts in zip(pictures, self.texts[family]) if expected(p) is not None)
                theirs = sum(expected(p) in texts_of_zxing(p) for p in pictures if expected(p) is not None)
                self.assertGreaterEqual(ours, theirs)


if __name__ == "__main__":
    unittest.main()
