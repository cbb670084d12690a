"""Sixty invented plis really read and understood (tools/bench understanding --quick), against tests/corpus/budgets.csv: so that a change of rules
that costs types, or makes errors automatic, is seen the same day. How good it is on thousands: docs/how-to/measure-understanding.md"""

import csv
import json
import subprocess
import unittest

from pleiade_program import BIN, ROOT, environment


def budget(family):
    with open(ROOT / "tests" / "corpus" / "budgets.csv", newline="") as file:
        return next({name: int(value) for name, value in row.items() if name not in ("family", "reader")} for row in csv.DictReader(file) if (row["family"], row["reader"]) == (family, "understanding"))


class Understanding(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        done = subprocess.run([ROOT / "tools" / "bench", "understanding", "--quick", "--json"], capture_output=True, text=True, env=environment(PLEIADE_BIN=str(BIN)), stdin=subprocess.DEVNULL, timeout=240)
        if done.returncode != 0:
            raise AssertionError(done.stderr)
        cls.report = json.loads(done.stdout)

    def test_types_are_right_and_errors_are_not_automatic(self):
        wanted, automation = budget("unseen-mail-1"), self.report["automation"]
        self.assertEqual(self.report["type"]["of"], wanted["images"])
        self.assertGreaterEqual(self.report["type"]["right"], wanted["must_read"], self.report["confusions"])
        self.assertLessEqual(automation["wrong"], wanted["may_misread"], automation["wrong_plis"])

    def test_misdirected_mail_and_nonsense_is_never_automatic(self):
        self.assertEqual(self.report["never_automatic_but_were"], 0, self.report["automation"]["wrong_plis"])


if __name__ == "__main__":
    unittest.main()
