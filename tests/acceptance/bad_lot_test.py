"""Bad input in a lot: set aside by name and reason, never delivered as complete; the rest is delivered; sources untouched."""

import hashlib
import json
import shutil
import tempfile
import unittest
from pathlib import Path

import kill_rounds
from pleiade_program import SAMPLES, SOME_SET_ASIDE, Home, sources_of

BAD_LOT = SAMPLES / "lots-bad"


def fingerprints(folder):
    return {
        path.relative_to(folder): (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
        for path in folder.rglob("*") if path.is_file()
    }


class BadLot(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory(prefix="pleiade-acceptance-", dir="/tmp")))
        cls.lot = folder / "lots-bad"
        shutil.copytree(BAD_LOT, cls.lot)
        truth_file = SAMPLES / "lots-bad.truth.json"
        cls.plis = {pli["name"]: pli for pli in json.loads(truth_file.read_text())["plis"]}
        cls.before = fingerprints(cls.lot)
        cls.home = cls.enterClassContext(Home())
        cls.outcome = cls.home.run(cls.lot)
        cls.after = fingerprints(cls.lot)
        cls.reconcile = cls.home.reconcile()
        cls.exceptions = {said["pli"].rsplit("/", 1)[-1]: said for said in cls.reconcile.json()["exceptions"]}
        cls.delivered = {index["pli"].rsplit("/", 1)[-1]: index for index in cls.home.documents()}

    def test_the_run_says_that_some_were_set_aside(self):
        self.assertEqual(self.outcome.code, SOME_SET_ASIDE, self.outcome)
        said = self.outcome.json()
        pages = sum(len(pli["set_aside_pages"]) for pli in self.plis.values())
        self.assertEqual((said["set_aside"], said["pages_set_aside"], said["plis_set_aside"]), (pages, pages, 0))

    def test_good_mail_between_is_delivered(self):
        good = {name for name, pli in self.plis.items() if pli["outcome"] == "delivered"}
        self.assertTrue(good)
        self.assertEqual(set(self.delivered), good)
        for name in good:
            document = self.plis[name]["documents"][0]
            self.assertEqual(sources_of(self.delivered[name]), [tuple(page) for page in document["pages"]])
            self.assertEqual(self.delivered[name]["type"]["code"], document["type"])

    def test_a_pli_with_a_broken_page_waits_and_names_the_page(self):
        broken = {name: pli for name, pli in self.plis.items() if pli["set_aside_pages"]}
        self.assertGreaterEqual(len(broken), 5)
        for name, pli in broken.items():
            with self.subTest(pli=name):
                self.assertIn(name, self.exceptions)
                self.assertEqual(self.exceptions[name]["state"], "to_verify", self.exceptions[name])
                reasons = " ".join(self.exceptions[name]["reasons"])
                for _, index, _ in pli["set_aside_pages"]:
                    self.assertIn(f"page {index + 1}", reasons)

    def test_every_reason_is_its_own(self):
        """A person must be able to tell an empty file from one that asks for a password."""
        reasons = {name: " ".join(self.exceptions[name]["reasons"]).lower() for name in self.exceptions}
        self.assertRegex(reasons["empty.tif"], "le fichier est vide")
        self.assertRegex(reasons["locked.pdf"], "mot de passe")
        self.assertRegex(reasons["huge.tif"], "60000 pixels, plus que la limite")

    def test_nothing_in_the_source_folder_changed(self):
        self.assertEqual(self.before, self.after)

    def test_every_source_file_is_stored(self):
        stored = {path.name for path in (self.home.path / "images").rglob("*") if path.is_file()}
        for name, (sha256, _) in self.before.items():
            if name.suffix != ".json":
                self.assertIn(sha256, stored, name)

    def test_the_counts_agree_and_nothing_is_unexplained(self):
        self.assertEqual(self.reconcile.code, 0, self.reconcile)
        balances = self.reconcile.json()["caisses"]
        self.assertEqual(sum(balance["received"] for balance in balances), len(self.plis))
        for balance in balances:
            self.assertEqual(balance["received"], balance["delivered"] + balance["to_verify"] + balance["set_aside"])

    def test_running_again_changes_nothing(self):
        settled = kill_rounds.settled(self.home, self.outcome)
        self.assertEqual(kill_rounds.difference(settled, kill_rounds.settled(self.home, self.home.run(self.lot))), "")


if __name__ == "__main__":
    unittest.main()
