import sys
import tempfile
import unittest
from pathlib import Path

import bench_modules
from PIL import Image

sys.path.insert(0, str(bench_modules.ROOT / "tools" / "bench_understanding"))
import mail  # noqa: E402
import scores  # noqa: E402
from sheet import FAMILIES  # noqa: E402


def truth(*documents, pli="a"):
    pages = sum(len(pages) for _, pages in documents)
    return {"pli": pli, "pages": pages, "documents": [{"type": code, "pages": at, "hand": False, "volet": None, "motif": None, "nature": None, "fields": {"nir": "1"}} for code, at in documents]}


def decision(*documents, to_verify=False):
    return {"to_verify": to_verify, "documents": [{"type": {"code": code, "confidence": 0.99, "automatic": True}, "page_indexes": pages, "fields": [{"name": "nir", "value": "1"}]} for code, pages in documents]}


class UpperBound(unittest.TestCase):
    def test_is_that_of_the_tables(self):
        for wrong, of, bound in ((0, 3000, 0.000998), (0, 100, 0.02951), (1, 100, 0.04656), (5, 5000, 0.0021019)):
            self.assertAlmostEqual(scores.upper_bound(wrong, of), bound, 5)

    def test_nothing_seen_proves_nothing(self):
        self.assertEqual(scores.upper_bound(0, 0), 1.0)


class Scores(unittest.TestCase):
    def test_two_documents_taken_for_one_are_a_wrong_boundary_and_a_wrong_type(self):
        report = scores.report([(truth(("AAT", [0]), ("RIB", [1])), decision(("AAT", [0, 1])), 1.0)], 0.0)
        self.assertEqual((report["type"]["right"], report["boundaries"]["right"], report["automation"]["wrong"]), (1, 0, 2))

    def test_what_a_person_sees_is_not_automatic(self):
        report = scores.report([(truth(("AAT", [0])), decision(("FSP", [0]), to_verify=True), 1.0)], 0.0)
        self.assertEqual((report["automation"]["automatic"], report["automation"]["wrong"]), (0, 0))

    def test_nonsense_that_no_person_sees_is_counted(self):
        report = scores.report([(truth(("INCONNU", [0])), decision(("INCONNU", [0])), 1.0)], 0.0)
        self.assertEqual(report["never_automatic_but_were"], 1)

    def test_a_pli_that_was_not_understood_is_all_wrong(self):
        report = scores.report([(truth(("AAT", [0])), None, 1.0)], 0.0)
        self.assertEqual((report["type"]["right"], report["boundaries"]["right"]), (0, 0))


class Mail(unittest.TestCase):
    def test_is_the_same_again(self):
        (first, said), (second, again) = mail.pli_of("unseen", 3, 5), mail.pli_of("unseen", 3, 5)
        self.assertEqual(said, again)
        self.assertEqual([page.tobytes() for page in first], [page.tobytes() for page in second])

    def test_every_page_is_in_one_document_and_every_type_is_painted(self):
        for split in mail.SPLITS:
            words, layout = mail.SPLITS[split]
            self.assertEqual(set(words.PAPERS) | set(words.LETTERS) | set(mail.SHAPES), set(mail.known_types()), split)

    def test_file_has_as_many_pages_as_its_truth_says(self):
        with tempfile.TemporaryDirectory() as folder:
            said = mail.painted(("unseen", 1, 1, Path(folder)))
            with Image.open(Path(folder) / said["pli"]) as picture:
                self.assertEqual((getattr(picture, "n_frames", 1), [page for document in said["documents"] for page in document["pages"]]), (said["pages"], list(range(said["pages"]))))


def texts(value):
    """Every piece of text in a stock of words."""
    if isinstance(value, str):
        return {part.strip() for part in value.split("|")}
    if hasattr(value, "__dict__"):
        return texts(list(vars(value).values()))
    if isinstance(value, dict):
        value = list(value.values())
    return set().union(*(texts(part) for part in value)) if isinstance(value, (list, tuple)) else set()


# chosen: what everybody calls these, whoever prints them
COMMON = {"bic=BIC", "birth_date=Date de naissance", "Le = {sent}", "issue_date=Fait le", "Revenu fiscal de référence = {wage0}"}


def looks(split):
    _, layout = mail.SPLITS[split]
    return set(layout.families + layout.hands + layout.signs)


def rows(words):
    return {part for papers in words.PAPERS.values() for paper in papers for _, rows in paper.sections for row in rows for part in texts(row.lstrip("%")) if len(part) > 24 or "=" in part}


class Splits(unittest.TestCase):
    def test_share_no_font_of_the_unseen_look(self):
        for split in mail.SPLITS:
            self.assertLessEqual(looks(split), set(FAMILIES))
            self.assertFalse(split != "unseen" and looks(split) & looks("unseen"), split)

    def test_share_no_sentence_with_the_unseen_stock(self):
        for split in mail.SPLITS:
            for name in ("LETTERS", "BACKS", "STOCK", "NIR_SENTENCES", "SURNAMES"):
                one, unseen = (texts(getattr(mail.SPLITS[of][0], name)) for of in (split, "unseen"))
                both = one & unseen - {"Saisine de la commission de recours amiable", "réclamation"}  # what such letters are officially called
                told = both if split == "taught" else {sentence for sentence in both if len(sentence) > 24}  # anybody writes "une question"
                self.assertFalse(split != "unseen" and told, (split, name))

    def test_share_no_row_or_label_of_their_forms(self):
        taught, unseen = (mail.SPLITS[split][0] for split in ("taught", "unseen"))
        self.assertFalse(rows(taught) & rows(unseen) - COMMON)
        self.assertFalse(texts(taught.LABELS) & texts(unseen.LABELS))


if __name__ == "__main__":
    unittest.main()
