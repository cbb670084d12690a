"""What people say of mail that was worked on: corrections, blind samples, and the error they show. Sample mail, invented people."""

import json
import unittest
from pathlib import Path

from learn_test import write_examples
from pleiade_program import DONE, LOTS, WRONG_USE, Home, environment, pleiade
from small_lots import make

NIR = "285039935000169"


class LearnTruth(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.home = cls.enterClassContext(Home())
        lots = make(cls.home.path / "mail")
        cls.outcome = cls.home.run(*lots, env=environment(PLEIADE_SAMPLING_PERCENT="100"))
        cls.documents = cls.home.documents()

    def learn(self, *arguments):
        return pleiade("learn", *arguments, "--home", self.home.path)

    def test_1_a_correction_is_kept_and_taught(self):
        self.assertIn(self.outcome.code, (0, 1), self.outcome)
        key = self.documents[0]["key"]
        wrong = self.learn("correct", key, "--type", "NOSUCH")
        self.assertEqual(wrong.code, WRONG_USE, wrong)
        wrong = self.learn("correct", key, "--type", "AAT", "--field", f"nri={NIR}")
        self.assertEqual(wrong.code, WRONG_USE, wrong)
        self.assertIn("nir", wrong.err)
        self.assertNotIn(NIR, wrong.err)
        said = self.learn("correct", key, "--type", "RECL", "--field", "sender_name=Lucette", "--who", "Lucette", "--json")
        self.assertEqual(said.code, DONE, said)
        kept = said.json()["kept"][0]
        self.assertEqual(kept["type"], "RECL")
        self.assertEqual(kept["type_decided"], self.documents[0]["type"]["code"])

        folder = self.home.path
        taught = write_examples(folder / "taught.jsonl", 1)
        model = self.learn("train", taught, "--truth", "--out", folder / "truth.model", "--json")
        self.assertEqual(model.code, DONE, model)
        self.assertGreater(model.json()["pages"], 60)
        compared = self.learn("compare", "none", folder / "truth.model", "--golden", taught, "--truth", "--json")
        self.assertEqual(sum(compared.json()["types"]["RECL"]["new"].values()), 21, compared)
        self.assertEqual(pleiade("reconcile", "--home", folder).code, DONE, "a correction moves no mail")

    def test_2_corrections_are_imported_all_or_none(self):
        file = self.home.path / "corrections.jsonl"
        last = self.documents[-1]
        good = {"document": last["key"], "type": "AAT", "fields": {"nir": NIR}, "who": "Armand", "when": "2026-03-20T09:00:00Z"}
        file.write_text(json.dumps(good) + "\n" + json.dumps({"pli": 99999, "type": "AAT", "page_numbers": [1]}) + "\n")
        refused = self.learn("correct", "--import", file)
        self.assertEqual(refused.code, WRONG_USE, refused)
        self.assertIn("corrections.jsonl:2: there is no such pli", refused.err)
        file.write_text(json.dumps(good) + "\n")
        kept = self.learn("correct", "--import", file, "--json")
        self.assertEqual(kept.code, DONE, kept)
        self.assertEqual(kept.json()["kept"][0]["type_decided"], last["type"]["code"])
        self.assertNotIn(NIR, kept.text)

    def test_3_samples_are_keyed_blind_and_give_the_true_error(self):
        listed = self.learn("sample", "list", "--json")
        self.assertEqual(listed.code, DONE, listed)
        samples = listed.json()["samples"]
        self.assertEqual(len(samples), len(self.documents))
        for index in self.documents:
            self.assertNotIn(f'"{index["type"]["code"]}"', listed.text)
        self.assertTrue(all(Path(page["picture"]).is_file() for sample in samples for page in sample["pages"]))

        before = self.learn("error", "--json").json()
        self.assertEqual((before["all"]["chosen"], before["all"]["keyed"], before["all"]["error"]), (len(samples), 0, None))
        truth = {source: index["type"]["code"] for index in self.documents for source in
                 [(index["pli"], page["file"], page["page_number"]) for page in index["pages"]]}
        wanted = []
        for sample in samples:
            page = next(page for page in sample["pages"] if page["wanted"])
            wanted.append(truth[next(key for key in truth if key[:2] == (sample["pli"], page["file"]))])
            code = "EUR" if sample is samples[0] else wanted[-1]
            keyed = self.learn("sample", "key", sample["sample"], "--type", code, "--who", "Armand")
            self.assertEqual(keyed.code, DONE, keyed)
            self.assertNotIn("not ", keyed.text)
        again = self.learn("sample", "key", samples[0]["sample"], "--type", "EUR")
        self.assertEqual(again.code, WRONG_USE, again)
        after = self.learn("error", "--json").json()
        self.assertEqual(after["all"]["keyed"], len(samples))
        self.assertEqual(after["types"][wanted[0]]["wrong_type"], 1)
        self.assertLess(after["all"]["error_at_least"], after["all"]["error"])
        self.assertGreater(after["all"]["error_at_most"], after["all"]["error"])
        table = self.learn("error")
        self.assertIn("Clopper", table.text)
        self.assertIn("no sample waits", self.learn("sample", "list").text)

    def test_4_a_type_is_tried_on_mail_that_was_worked_on(self):
        code = self.documents[0]["type"]["code"]
        types = self.home.path / "tried.toml"
        block = '[[type]]\ncode = "{}"\ntitle = "Essai"\nservice = "Accueil"\nanchors = [{{ phrase = "never printed anywhere", weight = 5.0 }}]\n'
        types.write_text(block.format("ESSAI"))
        same = self.learn("try", "--types", types, "--days", "3650", "--json")
        self.assertEqual(same.code, DONE, same)
        self.assertEqual((same.json()["changed"], same.json()["gained"], same.json()["lost"]), ([], 0, 0))
        self.assertGreaterEqual(same.json()["documents"], len(self.documents))
        types.write_text(block.format(code) + "never_automatic = true\n")
        lost = self.learn("try", "--types", types, "--days", "3650", "--json")
        self.assertGreater(lost.json()["lost"], 0, lost)
        self.assertTrue(lost.json()["changed"], lost)
        self.assertIn("would stop being so", self.learn("try", "--types", types, "--days", "3650").text)
        page = LOTS / "041-digne" / "pli-0008.jpg"
        self.assertEqual(self.learn("try", page, "--types", types, "--caisse", "041", "--json").json()["plis"], 1)
        types.write_text('[[type]]\ncode = "ESSAI"\nspeed = 3\n')
        wrong = self.learn("try", "--types", types)
        self.assertEqual(wrong.code, WRONG_USE, wrong)
        self.assertIn("tried.toml:3:1", wrong.err)


if __name__ == "__main__":
    unittest.main()
