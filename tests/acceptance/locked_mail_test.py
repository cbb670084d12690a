"""Mail that may not be read: set aside by name, the rest delivered; with the right given back a later run takes it in."""

import shutil
import tempfile
import unittest
from pathlib import Path

from pleiade_program import CONFIGURATION, DONE, LOTS, SOME_SET_ASIDE, WRONG_USE, Home, PlainUser, skip_loudly

PAGES = LOTS / "041-digne"
CHEQUE, OTHER, LOCKED = "pli-0008.jpg", "pli-0002.jpg", "pli-0001.tif"


class LockedMail(unittest.TestCase):
    def setUp(self):
        folder = Path(self.enterContext(tempfile.TemporaryDirectory(prefix="pleiade-acceptance-", dir="/tmp")))
        self.user = PlainUser(folder)
        self.home = self.enterContext(Home(self.user.home))
        self.home.path.chmod(0o755)
        self.lots = folder / "lots"
        for name, files in (("digne", (OTHER, LOCKED)), ("gap", (CHEQUE,))):
            (self.lots / name).mkdir(parents=True)
            for file in files:
                shutil.copy2(PAGES / file, self.lots / name / file)  # a file just written is waited for

    def run_lots(self):
        return self.user.pleiade("run", self.lots, "--caisse", "041")

    def delivered(self):
        return {index["pli"] for index in self.home.documents()}

    def exceptions(self):
        said = self.user.pleiade("reconcile")
        self.assertEqual(said.code, DONE, said)
        return {each["pli"]: (each["state"], " ".join(each["reasons"])) for each in said.json()["exceptions"]}

    def test_a_file_is_set_aside_by_name_and_the_rest_is_delivered(self):
        (self.lots / "digne" / LOCKED).chmod(0)
        first = self.run_lots()
        self.assertEqual(first.code, SOME_SET_ASIDE, first)
        self.assertEqual(len(self.delivered()), 2, first)
        state, reasons = self.exceptions()[f"digne/{LOCKED}"]
        self.assertEqual(state, "to_verify")
        self.assertRegex(reasons, f"page 1.*{LOCKED}.*droit de lecture")
        again = self.run_lots()
        self.assertEqual(again.json()["new_files"], 0, again)
        self.assertEqual(len(self.exceptions()), 1)

        (self.lots / "digne" / LOCKED).chmod(0o644)
        repaired = self.run_lots()
        self.assertEqual((repaired.json()["new_files"], repaired.json()["documents"]), (1, 1), repaired)
        self.assertEqual(len(self.delivered()), 3)
        self.assertEqual(set(self.exceptions()), {f"digne/{LOCKED}"})  # a person closes what was missing

    def test_a_folder_is_named_with_what_to_do_and_the_rest_is_delivered(self):
        locked = self.lots / "gap"
        locked.chmod(0)
        self.addCleanup(locked.chmod, 0o755)
        first = self.run_lots()
        self.assertEqual(first.code, SOME_SET_ASIDE, first)
        self.assertRegex(first.err, f"lot gap .*{locked}.*chmod")
        self.assertEqual(len(self.delivered()), 2, first)
        alone = self.user.pleiade("run", locked)
        self.assertEqual(alone.code, WRONG_USE, alone)
        self.assertRegex(alone.err, f"{locked}.*chmod")

        locked.chmod(0o755)
        repaired = self.run_lots()
        self.assertEqual(repaired.code, DONE, repaired)
        self.assertEqual(len(self.delivered()), 3)

    def test_a_home_of_somebody_else_is_refused_and_stays_his(self):
        if not self.user.is_root:
            skip_loudly("only root gets into the homes of others")
        self.assertEqual(self.run_lots().code, DONE)
        as_root = self.home.status()
        self.assertEqual(as_root.code, CONFIGURATION, as_root)
        self.assertRegex(as_root.err, "belongs to user nobody")
        self.assertEqual(self.user.pleiade("status").code, DONE)


if __name__ == "__main__":
    unittest.main()
