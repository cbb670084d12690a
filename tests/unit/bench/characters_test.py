import random
import unittest

import bench_modules  # noqa: F401
from characters import Errors, distance, distance_anywhere, errors, normalised


def by_table(truth, read):
    """Levenshtein distance as in the textbook."""
    above = list(range(len(read) + 1))
    for row, wanted in enumerate(truth, 1):
        line = [row]
        for column, got in enumerate(read, 1):
            line.append(min(above[column] + 1, line[-1] + 1, above[column - 1] + (wanted != got)))
        above = line
    return above[-1]


def words(rng):
    return "".join(rng.choice("abc") for _ in range(rng.randrange(14)))


class Distance(unittest.TestCase):
    def test_one_sign_changed_lost_or_added_is_one_error(self):
        for read in ("maisan", "maion", "maiison"):
            self.assertEqual(distance("maison", read), 1, read)

    def test_nothing_read_is_every_character_wrong(self):
        self.assertEqual(distance("maison", ""), 6)
        self.assertEqual(distance("", "maison"), 6)

    def test_is_that_of_the_textbook(self):
        rng = random.Random(1)
        for _ in range(300):
            truth, read = words(rng), words(rng)
            self.assertEqual(distance(truth, read), by_table(truth, read), (truth, read))

    def test_anywhere_is_the_distance_to_the_nearest_part(self):
        rng = random.Random(2)
        for _ in range(100):
            line, read = words(rng), words(rng)
            nearest = min(by_table(line, read[start:end]) for start in range(len(read) + 1) for end in range(start, len(read) + 1))
            self.assertEqual(distance_anywhere(line, read), nearest, (line, read))

    def test_texts_longer_than_a_machine_word(self):
        text = "Madame, Monsieur, " * 100
        self.assertEqual(distance(text, text.replace("sieur", "sicur", 7)), 7)


class Normalisation(unittest.TestCase):
    def test_looks_of_a_sign_do_not_count(self):
        self.assertEqual(normalised("l’œuvre «\u00a0ﬁne\u00a0» – nº 1"), normalised("l'oeuvre \" fine \" - n° 1"))

    def test_white_space_is_one_blank(self):
        self.assertEqual(normalised(" a\n\n b\t c \f"), "a b c")

    def test_case_accents_and_hyphens_at_the_end_of_lines_count(self):
        for one, other in (("Nom", "nom"), ("élu", "elu"), ("con-\ngé", "congé")):
            self.assertNotEqual(normalised(one), normalised(other))


class PageErrors(unittest.TestCase):
    def test_a_page_read_rightly_has_none(self):
        found = errors(["Nom\tESTÉRAC", "le 12 mars"], "Nom ESTÉRAC\n\nle 12 mars\n")
        self.assertEqual((found.plain, found.anywhere, found.length), (0, 0, 22))

    def test_columns_read_one_after_the_other_are_wrong_in_order_but_found(self):
        found = errors(["Nom\tPrénom", "Estérac\tSylvain"], "Nom\nEstérac\nPrénom\nSylvain")
        self.assertGreater(found.plain, 0)
        self.assertEqual(found.anywhere, 0)

    def test_text_that_is_not_there_counts_in_order_only(self):
        found = errors(["le 12 mars"], "le 12 mars " + "x" * 9)
        self.assertEqual((found.plain, found.anywhere), (10, 0))

    def test_pages_weigh_by_their_length(self):
        both = Errors(10, 0, 10) + Errors(0, 0, 90)
        self.assertEqual(both.rate, 0.1)
