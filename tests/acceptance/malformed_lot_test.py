"""Every malformed file of the third-party corpus as a pli of one lot: named with its reason, and none of them keeps the others."""

import json
import shutil
import tempfile
import unittest
from pathlib import Path

from pleiade_program import LOTS, SOME_SET_ASIDE, Home, need_shared

GOOD = LOTS / "041-digne" / "pli-0008.jpg"


class MalformedLot(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        malformed = sorted(path for path in need_shared("corpus", "malformed").iterdir() if path.is_file())
        folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory(prefix="pleiade-acceptance-", dir="/tmp")))
        lot = folder / "malformed"
        lot.mkdir()
        cls.names = []
        for number, path in enumerate(malformed):
            name = f"pli-{number:04}.tif"  # what a file is stands in its bytes
            shutil.copyfile(path, lot / name)
            cls.names.append(name)
        cls.good = [f"pli-{number:04}-good.jpg" for number in (0, len(malformed) // 2, len(malformed))]
        for name in cls.good:
            shutil.copyfile(GOOD, lot / name)
        (lot / "lot.json").write_text(json.dumps({"caisse": "041", "received": "2026-03-16"}))
        cls.home = cls.enterClassContext(Home())
        cls.outcome = cls.home.run(lot, timeout=1500)
        cls.reconcile = cls.home.reconcile()

    def test_the_run_comes_to_its_end(self):
        self.assertEqual(self.outcome.code, SOME_SET_ASIDE, self.outcome)
        said = self.outcome.json()
        self.assertIsNone(said["trouble"])
        self.assertEqual(said["new_files"], len(self.names) + len(self.good))

    def test_every_pli_is_delivered_or_named_with_its_reason(self):
        said = self.reconcile.json()
        balance = {key: sum(caisse[key] for caisse in said["caisses"]) for key in ("received", "delivered", "to_verify", "set_aside")}
        self.assertEqual(balance["received"], len(self.names) + len(self.good))
        self.assertEqual(balance["received"], balance["delivered"] + balance["to_verify"] + balance["set_aside"], balance)
        self.assertEqual(len(said["exceptions"]), balance["to_verify"] + balance["set_aside"])
        for exception in said["exceptions"]:
            self.assertTrue(" ".join(exception["reasons"]).strip(), exception)

    def test_a_page_that_was_not_read_is_named(self):
        unread = [said for said in self.reconcile.json()["exceptions"] if "non lue" in " ".join(said["reasons"])]
        self.assertGreaterEqual(len(unread), len(self.names) // 2)
        lost = [said for said in unread if "le processus de lecture" in " ".join(said["reasons"])]
        print(json.dumps({"malformed": len(self.names), "unread": len(unread), "cost_their_reader": [" ".join(said["reasons"]) for said in lost]}))

    def test_good_pages_between_are_read(self):
        exceptions = {said["pli"].rsplit("/", 1)[-1]: " ".join(said["reasons"]) for said in self.reconcile.json()["exceptions"]}
        for name in self.good:
            self.assertNotIn("non lue", exceptions.get(name, ""), name)


if __name__ == "__main__":
    unittest.main()
