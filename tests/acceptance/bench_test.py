"""The bench as a person runs it. What it measures is not judged here: a test must not depend on how busy a machine is."""

import json
import signal
import subprocess
import tempfile
import unittest
from pathlib import Path

from pleiade_program import PLEIADE, ROOT, SAMPLES, environment, processes_in, wait_until

BENCH = ROOT / "tools" / "bench"
ENVIRONMENT = environment(PLEIADE_BIN=str(PLEIADE.parent))


def bench(*arguments):
    return subprocess.run([BENCH, *map(str, arguments)], capture_output=True, text=True, env=ENVIRONMENT, stdin=subprocess.DEVNULL, timeout=240)


class Bench(unittest.TestCase):
    def test_compares_what_is_read_with_what_stands_there(self):
        done = bench("reading", "--cer-only", "--pages", 1, "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        families = json.loads(done.stdout)["characters"]["families"]
        for family in ("samples", "degraded"):
            rates = families[family]["cer"]
            self.assertGreater(families[family]["characters"], 100)
            self.assertLess(rates["pleiade"], 1.0, family)
            self.assertLess(rates["tesseract"], 1.0, family)

    def test_measures_a_folder_and_writes_the_report_into_a_file(self):
        with tempfile.TemporaryDirectory() as folder:
            page = Path(folder) / "pages" / "page.tif"
            page.parent.mkdir()
            page.write_bytes((SAMPLES / "lots" / "041-digne" / "pli-0005.tif").read_bytes())
            said, drawn = Path(folder) / "said.json", Path(folder) / "drawn.svg"
            done = bench("reading", "--steps", "--json", said, "--picture", drawn, page.parent)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertGreater(json.loads(said.read_text())["millis_per_page_by_step"]["text"], 0)
            self.assertIn("<svg", drawn.read_text())

    def test_can_be_stopped_and_leaves_nothing_running(self):
        with tempfile.TemporaryDirectory() as folder:
            started = subprocess.Popen([BENCH, "reading", "--steps", "--pages", "8", "--pictures", folder], env=ENVIRONMENT, stdin=subprocess.DEVNULL,
                                       stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            self.addCleanup(started.stdout.close)
            self.addCleanup(started.stderr.close)
            self.addCleanup(started.kill)

            def readers():
                return [pid for pid, command in processes_in(folder) if "inspect" in command]

            wait_until(readers, 120, "the bench reads pages")
            started.send_signal(signal.SIGTERM)
            _, complaint = started.communicate(timeout=60)
            self.assertEqual(started.returncode, 1, complaint)
            self.assertIn("stopped", complaint)
            wait_until(lambda: not readers(), 30, "nothing of the bench runs")


if __name__ == "__main__":
    unittest.main()
