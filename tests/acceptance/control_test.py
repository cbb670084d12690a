"""The bench of the control plane with a little mail: what it replays must go the whole way, or its figures say nothing."""

import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

from pleiade_program import BIN, DONE, LOTS, PLEIADE, ROOT, SOME_SET_ASIDE, Home, environment, pleiade

BENCH = ROOT / "tools" / "bench"
PAPERS = ("pli-0003.tif", "pli-0008.jpg")  # delivered without a person, see small_lots.py


def recorded(folder):
    """The readings of two sample plis, as the bench takes them."""
    files = "".join(f"{LOTS / '041-digne' / name}\n" for name in PAPERS)
    done = subprocess.run([BIN / "tests" / "reading-dump", "read"], input=files, capture_output=True, text=True, env=environment(), timeout=240, check=True)
    path = folder / "readings.jsonl"
    path.write_text("".join(json.dumps(json.loads(line) | {"caisse": "041"}) + "\n" for line in done.stdout.splitlines()))
    return path


class Lanes(unittest.TestCase):
    def test_a_file_named_beside_its_folder_is_taken_in_once(self):
        """Enough lots for several lanes; two of them are about one folder."""
        with Home() as home:
            mail = home.path / "mail"
            for number in range(9):
                lot = mail / f"lot-{number}"
                lot.mkdir(parents=True)
                page = bytearray(b"P4 80 80\n" + bytes(800))
                page[10 + number] = 255
                (lot / "page.pbm").write_bytes(page)
                os.utime(lot / "page.pbm", (1, 1))
            lots = sorted(mail.iterdir())
            outcome = pleiade("run", *lots, lots[-1] / "page.pbm", lots[0] / "page.pbm", "--home", home.path, "--caisse", "041", "--json", timeout=300)
            self.assertIn(outcome.code, (DONE, SOME_SET_ASIDE), outcome)
            status = pleiade("status", "--home", home.path, "--json", timeout=120).json()
            self.assertEqual(sum(sum(caisse["plis"].values()) for caisse in status["caisses"]), len(lots), status)


class Control(unittest.TestCase):
    def test_two_small_days_are_replayed_from_intake_to_reconciliation(self):
        with tempfile.TemporaryDirectory(dir="/tmp") as folder:
            folder = Path(folder)
            said = folder / "said.json"
            done = subprocess.run(
                [BENCH, "control", "--jobs", "200", "--intakes", "10", "--plis", "16", "--plis-of-lot", "2", "--days", "2", "--readings", recorded(folder),
                 "--folder", folder, "--json", said],
                capture_output=True, text=True, env=environment(PLEIADE_BIN=str(PLEIADE.parent)), stdin=subprocess.DEVNULL, timeout=400)
            self.assertEqual(done.returncode, 0, done.stderr)
            report = json.loads(said.read_text())
            self.assertEqual(report["jobs"]["done"], 200)
            self.assertEqual(report["intakes"]["done"], 10)
            for day in report["days"]:
                self.assertEqual(day["plis"], 16)
                self.assertEqual(day["unexplained"], 0)
                # every pli has people of its own, so none is a second copy of another
                self.assertEqual(day["delivered_plis"], 16, day)
            self.assertEqual([path.name for path in folder.iterdir() if path.name.startswith("pleiade-")], [])

    def test_questions_are_asked_of_stored_mail(self):
        with tempfile.TemporaryDirectory() as folder:
            said = Path(folder) / "said.json"
            done = subprocess.run(
                [BENCH, "fill", "--documents", "3200", "--times", "20", "--json", said],
                capture_output=True, text=True, env=environment(PLEIADE_BIN=str(PLEIADE.parent)), stdin=subprocess.DEVNULL, timeout=240)
            self.assertEqual(done.returncode, 0, done.stderr)
            asked = {question["what"]: question["times"] for question in json.loads(said.read_text())["questions"]}
            self.assertEqual(asked["search: what came for a NIR"], 20)
            self.assertEqual(asked["queue: claim a job"], 20)


if __name__ == "__main__":
    unittest.main()
