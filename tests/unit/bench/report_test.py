import unittest
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import bench_modules  # noqa: F401
import picture
import speed
import tables
import targets
from pages import Page
from reading import OURS, TESSERACT, Texts, report

ROW = {"cpu": 1.2, "wall": 1.3, "others": 0.0}
OUR_ROW = {**ROW, "readers": 1.1, "program": 0.1, "database": 0.05}


def read(pages, ours, theirs):
    texts = Texts(progress=None)
    for page in pages:
        texts.read[OURS][page.name], texts.read[TESSERACT][page.name] = ours, theirs
    return report(pages, texts)


class CharacterReport(unittest.TestCase):
    def test_compares_families(self):
        pages = [Page("one", "scans", Path("one.png"), ["abcdefghij"])]
        family = read(pages, "abcdefghix", "abcdefgxxx")["families"]["scans"]
        self.assertEqual(family["cer"], {OURS: 0.1, TESSERACT: 0.3, "ratio": 0.333})

    def test_never_shows_a_held_out_page(self):
        pages = [Page("open", "samples", Path("a"), ["abc"]), Page("secret", "samples", Path("b"), ["abc"], held_out=True)]
        found = read(pages, "abc", "abc")
        self.assertEqual([page["page"] for page in found["pages"]], ["open"])
        self.assertEqual(found["families"]["samples"]["pages"], 2)
        self.assertNotIn("secret", tables.characters(found))


class PdfReport(unittest.TestCase):
    def test_takes_the_median_of_each_kind_of_page(self):
        pages = [Page(name, "samples", Path(name), bitonal=name != "grey") for name in ("a", "b", "c", "grey")]
        found = speed.pdf_report(pages, {"pleiade": {"a": 10, "b": 20, "c": 90, "grey": 500}})
        self.assertEqual(found["bitonal"]["pleiade"], {"pages": 3, "median_bytes": 20})
        self.assertEqual(found["grey or colour"]["pleiade"], {"pages": 1, "median_bytes": 500})


class Targets(unittest.TestCase):
    def test_say_what_is_met(self):
        found = {row["what"]: row for row in targets.table({"speed": {"cpu_over_tesseract": 1.01, "worker_peak_mb": 228}})}
        self.assertIs(found["CPU a page, of tesseract's"]["met"], False)
        self.assertIs(found["memory of a worker, MB"]["met"], True)

    def test_do_not_judge_two_workers_beside_other_peoples_work(self):
        for others, met in ((0.01, True), (0.6, None)):
            rows = {name: {**OUR_ROW, "others": others} for name in (speed.ONE, speed.TWO)}
            found = targets.table({"speed": {"rows": rows, "two_workers_over_one": 1.95}})
            self.assertIs(next(row for row in found if row["what"].startswith("two workers"))["met"], met)

    def test_claim_nothing_that_was_not_measured(self):
        self.assertTrue(all(row["met"] is None for row in targets.table({})))
        self.assertTrue(all(row["met"] is None for row in targets.table({"characters": None})), "a folder without texts")


class Picture(unittest.TestCase):
    def test_shows_every_program_and_step_in_words(self):
        drawn = picture.svg({
            "when": "2026-03-16", "speed": {"rounds": 5, "rows": {speed.ONE: OUR_ROW, speed.TESSERACT: ROW, speed.OCRMYPDF: ROW}},
            "millis_per_page_by_step": {"decode": 18.0, "text": 700.0, "lines & boxes": 3.0},
        })
        shown = " ".join(ElementTree.fromstring(drawn).itertext())
        for words in ("tesseract", "ocrmypdf", "open the picture", "700", "lines & boxes"):
            self.assertIn(words, shown)
