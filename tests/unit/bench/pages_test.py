import random
import tempfile
import unittest
from pathlib import Path

import bench_modules  # noqa: F401
import numpy as np
from degraded import bordered, degraded_pages, low_contrast, noisy, shadowed
from pages import sample_pages, transcribed, typed_samples
from PIL import Image


class Transcription(unittest.TestCase):
    def test_signs_of_the_transcribers_are_not_text(self):
        text = "_LE _MILLENAIRE\nsur ~~~ ⟦les⟧ gaz, l'un ou l'autre\n~~~\na_b"
        self.assertEqual(transcribed(text), ["LE MILLENAIRE", "sur  les gaz, l'un ou l'autre", "a_b"])

    def test_a_page_that_nobody_could_read_has_no_text(self):
        self.assertIsNone(transcribed("~~~ ~~~\n~~~ le ~~~"))


class SamplePages(unittest.TestCase):
    def test_come_from_all_lots_of_pictures_and_have_text(self):
        samples = typed_samples()
        self.assertEqual(len({sample.path.parent for sample in samples[:13]}), 13)  # one of the 14 is PDF files
        self.assertTrue(all(sample.path.is_file() and len(" ".join(sample.lines)) > 100 for sample in samples))

    def test_are_files_of_one_page(self):
        with tempfile.TemporaryDirectory() as folder:
            for page in sample_pages(3, Path(folder)):
                with Image.open(page.path) as picture:
                    self.assertEqual(getattr(picture, "n_frames", 1), 1)


class DegradedPages(unittest.TestCase):
    def test_are_the_same_every_time_and_half_of_them_held_out(self):
        with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
            first, second = (degraded_pages(2, Path(folder)) for folder in (one, other))
            self.assertEqual([page.path.read_bytes() for page in first], [page.path.read_bytes() for page in second])
            self.assertEqual([page.held_out for page in first], [False, True])

    def test_each_condition_damages_the_page(self):
        rng, page = random.Random(1), np.full((60, 40), 240, np.float32)
        self.assertLess(low_contrast(page, rng).max(), 210)
        self.assertLess(shadowed(page, rng).min(), 150)
        self.assertGreater(noisy(page, rng).std(), 10)
        self.assertEqual(bordered(Image.new("L", (40, 60), 240), rng, 25).getpixel((0, 0)), 25)
