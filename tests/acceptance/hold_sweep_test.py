"""A manager stops a lot and lets it go on; stored images that nothing refers to go into the trash and come back."""

import hashlib
import json
import os
import shutil
import tempfile
import time
import unittest
from pathlib import Path

import small_lots
from pleiade_program import DONE, SOME_SET_ASIDE, WRONG_USE, Home, pleiade

MONTH = 30 * 24 * 3600  # s


class HoldAndSweep(unittest.TestCase):
    """One home and one lot for both: reading it takes a while."""

    @classmethod
    def setUpClass(cls):
        cls.home = cls.enterClassContext(Home())
        folder = cls.enterClassContext(tempfile.TemporaryDirectory(prefix="pleiade-acceptance-", dir="/tmp"))
        complete = small_lots.make(Path(folder) / "lots")[0]
        cls.lot = Path(folder) / "dropped"
        cls.lot.mkdir()
        cls.late = complete / small_lots.ONE_PER_PLI[1][1]
        for name in ("lot.json", small_lots.ONE_PER_PLI[1][0]):
            shutil.copy(complete / name, cls.lot / name)

    def ask(self, *arguments, code=DONE):
        outcome = pleiade(*arguments, "--home", self.home.path, "--json")
        self.assertEqual(outcome.code, code, outcome)
        return outcome

    def balance(self):
        return self.ask("reconcile").json()

    def test_1_held_lot_waits_and_goes_on_when_it_is_let(self):
        first = self.home.run(self.lot)
        self.assertEqual(first.code, SOME_SET_ASIDE, first)  # a file of it is not there yet: it stays open
        (lot,) = self.ask("lot", "list").json()["lots"]
        self.assertEqual((lot["source"], lot["state"], lot["hold"]), (str(self.lot), "open", None))
        number = lot["lot"]
        self.ask("lot", "hold", number, "--why", "mauvais dossier", "--who", "Odile")
        again = self.ask("lot", "hold", number, "--why", "encore", code=WRONG_USE)
        self.assertIn("Odile", again.err)

        shutil.copy(self.late, self.lot)
        held = self.home.run(self.lot)
        self.assertEqual(held.code, SOME_SET_ASIDE, held)
        self.assertEqual((held.json()["new_files"], held.json()["pages"], held.json()["documents"]), (1, 0, 0))
        self.assertTrue(any(f"pleiade lot resume {number}" in line for line in held.json()["complaints"]), held)
        balance = self.balance()
        self.assertEqual(balance["unexplained"], [])
        self.assertEqual({exception["state"] for exception in balance["exceptions"]}, {"held"})
        self.assertIn("Odile", balance["exceptions"][0]["reasons"][0])
        self.assertEqual([caisse["held"] for caisse in balance["caisses"]], [2])
        (waiting,) = [jobs for jobs in self.home.status().json()["open_jobs"] if jobs["kind"] == "read"]
        self.assertEqual((waiting["waiting"], waiting["running"]), (0, 0))
        self.assertGreater(waiting["held"], 0)

        self.ask("lot", "resume", number, "--why", "c'était le bon", "--who", "Odile")
        settled = self.home.run(self.lot)
        self.assertIn(settled.code, (DONE, SOME_SET_ASIDE), settled)
        self.assertGreater(settled.json()["documents"], 0)
        (caisse,) = self.balance()["caisses"]
        self.assertEqual((caisse["received"], caisse["in_work"], caisse["held"], caisse["unexplained"]), (2, 0, 0, 0))
        delivered = next(pli["pli"] for pli in self.ask("pli", "list", "--lot", number).json()["plis"] if pli["state"] == "delivered")
        self.assertIn("the GED has it", self.ask("pli", "hold", delivered, "--why", "trop tard", code=WRONG_USE).err)
        self.assertEqual(pleiade("audit", "verify", "--home", self.home.path).code, DONE)

    def test_2_orphans_go_into_the_trash_and_come_back(self):
        images = self.home.path / "images"
        content = b"a page that a killed worker left behind"
        name = hashlib.sha256(content).hexdigest()
        orphan = images / name[:2] / name[2:4] / name
        orphan.parent.mkdir(parents=True, exist_ok=True)
        orphan.write_bytes(content)
        files = [path for path in images.glob("??/??/*")]
        for path in files:  # all of them long ago: what is kept is kept for its row, not for its age
            os.utime(path, (time.time() - MONTH,) * 2)

        looked = self.ask("sweep", "--dry-run").json()
        self.assertEqual([one["sha256"] for one in looked["orphans"]], [name])
        self.assertTrue(orphan.exists())
        self.assertEqual(looked["looked_at"], len(files))
        self.assertEqual([one["bytes"] for one in self.ask("sweep").json()["orphans"]], [len(content)])
        self.assertFalse(orphan.exists())
        self.assertEqual(self.ask("doctor", "--deep").code, DONE)
        self.assertEqual(self.ask("sweep", "--purge").json()["removed"], [], "removed before 30 days are over")
        self.assertEqual([one["sha256"] for one in self.ask("sweep", "--list").json()["trash"]], [name])
        self.ask("sweep", "--restore", "0" * 64, code=WRONG_USE)
        self.ask("sweep", "--restore", name)
        self.assertEqual(orphan.read_bytes(), content)

        needed = next(path for path in files if path != orphan)
        trash = images / "trash" / "2026-01-01"
        trash.mkdir(parents=True, exist_ok=True)
        needed.rename(trash / needed.name)  # as a person may
        deep = self.ask("doctor", "--deep", code=SOME_SET_ASIDE)
        self.assertIn(f"pleiade sweep --restore {needed.name}", json.dumps(deep.json()))
        purged = self.ask("sweep", "--purge").json()
        self.assertEqual(([one["sha256"] for one in purged["given_back"]], purged["removed"]), ([needed.name], []))
        self.assertEqual(self.ask("doctor", "--deep").code, DONE)
        self.ask("sweep", "--grace", "0", code=WRONG_USE)


if __name__ == "__main__":
    unittest.main()
