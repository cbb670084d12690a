"""`pleiade learn` from the command line: teach, compare, publish, roll back, draw the curve. Invented readings."""

import json
import random
import tempfile
import unittest
import xml.etree.ElementTree
from pathlib import Path

from pleiade_program import CONFIGURATION, DONE, LOTS, SAMPLES, SOME_SET_ASIDE, WRONG_USE, pleiade

WORDS = {
    "RECL": "délai attente mécontent réponse remboursement retard réclame insatisfait".split(),
    "PJ-DOMICILE": "kilowattheure abonnement compteur fournisseur électricité consommation livraison".split(),
    "PJ-PAIE": "salaire brut cotisations employeur net congés période bulletin".split(),
}
ALL = "monsieur madame adresse date montant service rue ville signature".split()


def reading(words, chance):
    """A page of six lines of such words, as the reader gives it."""
    page = {
        "geometry": {"width_px": 2480, "height_px": 3508, "dpi": 300}, "blank": False, "quality": {"sharp": True, "notes": []},
        "marks": [], "identifiers": [], "times": [], "text": {"lines": [], "words": [], "confidence": 0.9},
    }
    for line in range(6):
        x, y = 200, 300 + 150 * line
        for word in (chance.choice(words if k % 2 else ALL) for k in range(5)):
            box = [x, y, x + 20 * len(word), y + 36]
            page["text"]["words"].append([word, box, 0.9, line, []])
            x = box[2] + 12
        page["text"]["lines"].append([[200, y, x, y + 36], line, y + 36, y + 36])
    return page


def write_examples(file, seed, plis=60, truth=lambda said: said):
    chance = random.Random(seed)
    lines = []
    for number in range(plis):
        code = sorted(WORDS)[number % len(WORDS)]
        lines.append(json.dumps({
            "pli": f"p{seed}-{number}", "pages": [reading(WORDS[code], chance)],
            "documents": [{"type": truth(code), "pages": [0]}],
        }))
    file.write_text("\n".join(lines) + "\n")
    return file


class Learn(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory(prefix="pleiade-acceptance-", dir="/tmp")))
        cls.folder.chmod(0o755)
        cls.taught = write_examples(cls.folder / "taught.jsonl", 1)
        cls.golden = write_examples(cls.folder / "golden.jsonl", 2)
        others = {"RECL": "PJ-PAIE", "PJ-PAIE": "PJ-DOMICILE", "PJ-DOMICILE": "RECL"}
        cls.wrong = write_examples(cls.folder / "wrong.jsonl", 1, truth=others.get)
        cls.model = cls.folder / "good.model"
        cls.bad = cls.folder / "bad.model"
        cls.trained = pleiade("learn", "train", cls.taught, "--out", cls.model, "--json")
        cls.trained_wrong = pleiade("learn", "train", cls.wrong, "--out", cls.bad)

    def setUp(self):
        self.home = Path(self.enterContext(tempfile.TemporaryDirectory(prefix="pleiade-acceptance-", dir="/tmp")))

    def learn(self, *arguments):
        return pleiade("learn", *arguments, "--home", self.home)

    def test_train_says_how_pages_left_out_fared(self):
        self.assertEqual(self.trained.code, DONE, self.trained)
        said = self.trained.json()
        self.assertEqual(said["types"], sorted(WORDS))
        self.assertEqual(said["pages"], 60)
        self.assertGreaterEqual(said["folds"]["right_by_words"], 0.9 * said["folds"]["pages"])
        self.assertEqual(said["bytes"], self.model.stat().st_size)

    def test_train_gives_the_same_bytes_again(self):
        again = self.folder / "again.model"
        self.assertEqual(pleiade("learn", "train", self.taught, "--out", again).code, DONE)
        self.assertEqual(again.read_bytes(), self.model.read_bytes())

    def test_compare_shows_the_four_outcomes_by_type(self):
        better = self.learn("compare", "none", self.model, "--golden", self.golden, "--json")
        self.assertEqual(better.code, DONE, better)
        for code in WORDS:
            said = better.json()["types"][code]
            self.assertEqual(sum(said["new"].values()), 20)
            self.assertGreater(said["new"]["right_sure"] + said["new"]["right_unsure"], said["old"]["right_sure"] + said["old"]["right_unsure"])
        worse = self.learn("compare", self.model, self.bad, "--golden", self.golden)
        self.assertEqual(worse.code, SOME_SET_ASIDE, worse)
        self.assertIn("PJ-PAIE", worse.text)
        self.assertIn("worse: ", worse.text)

    def test_publish_refuses_a_worse_model_unless_forced_with_a_reason(self):
        first = self.learn("publish", self.model, "--golden", self.golden, "--json")
        self.assertEqual(first.code, DONE, first)
        self.assertEqual(first.json()["version"], 1)
        refused = self.learn("publish", self.bad, "--golden", self.golden, "--json")
        self.assertEqual(refused.code, SOME_SET_ASIDE, refused)
        self.assertFalse(refused.json()["published"])
        self.assertEqual((self.home / "models" / "current").read_text(), "types-0001.model\n")
        self.assertEqual(self.learn("publish", self.bad, "--golden", self.golden, "--force").code, WRONG_USE)
        self.assertEqual(self.learn("publish", self.bad).code, WRONG_USE)
        forced = self.learn("publish", self.bad, "--golden", self.golden, "--force", "--reason", "an exercise")
        self.assertEqual(forced.code, DONE, forced)
        self.assertEqual((self.home / "models" / "current").read_text(), "types-0002.model\n")
        back = self.learn("rollback", "--reason", "the exercise is over", "--json")
        self.assertEqual(back.json(), {"version": 1})
        self.assertEqual((self.home / "models" / "types-0001.model").read_bytes(), self.model.read_bytes())
        history = [json.loads(line) for line in (self.home / "models" / "history.jsonl").read_text().splitlines()]
        self.assertEqual([(event["what"], event["version"], event["reason"]) for event in history],
                         [("publish", 1, ""), ("publish", 2, "an exercise"), ("rollback", 1, "the exercise is over")])
        self.assertTrue(all(event["who"] and event["when_us"] > 0 for event in history))

    def test_rollback_of_nothing_is_wrong_use(self):
        outcome = self.learn("rollback")
        self.assertEqual(outcome.code, WRONG_USE, outcome)
        self.assertIn("no model is in use", outcome.err)

    def test_curve_gives_the_threshold_for_an_error_and_a_picture(self):
        picture = self.folder / "curve.svg"
        outcome = self.learn("curve", self.golden, "--model", self.model, "--error", "0.001", "--svg", picture, "--json")
        self.assertEqual(outcome.code, DONE, outcome)
        said = outcome.json()
        self.assertEqual(said["documents"], 60)
        self.assertLessEqual(said["chosen"]["error"], 0.001)
        self.assertGreater(said["chosen"]["automation"], 0.5)
        self.assertEqual(xml.etree.ElementTree.parse(picture).getroot().tag, "{http://www.w3.org/2000/svg}svg")

    def test_inspect_reads_with_the_model_in_use_and_refuses_a_damaged_one(self):
        page = LOTS / "041-digne" / "pli-0008.jpg"
        self.assertEqual(self.learn("publish", self.model, "--golden", self.golden).code, DONE)
        self.assertEqual(pleiade("inspect", page, "--home", self.home).code, DONE)
        current = self.home / "models" / "types-0001.model"
        damaged = bytearray(current.read_bytes())
        damaged[len(damaged) // 2] ^= 1
        current.write_bytes(damaged)
        outcome = pleiade("inspect", page, "--home", self.home)
        self.assertEqual(outcome.code, CONFIGURATION, outcome)
        self.assertIn("damaged", outcome.err)

    def test_what_is_no_example_or_no_model_is_wrong_use(self):
        odd = self.folder / "odd.jsonl"
        odd.write_text('{"pli":"p"}\n')
        for wrong in (["train", odd, "--out", self.folder / "x"], ["train", "/nowhere", "--out", self.folder / "x"],
                      ["compare", "none", odd, "--golden", self.golden], ["publish", SAMPLES / "types.toml", "--golden", self.golden], []):
            with self.subTest(arguments=wrong):
                outcome = self.learn(*wrong)
                self.assertEqual(outcome.code, WRONG_USE, outcome)
                self.assertTrue(outcome.err.strip())


if __name__ == "__main__":
    unittest.main()
