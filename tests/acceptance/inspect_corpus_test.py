"""`pleiade inspect` on every file of the third-party corpus, malformed ones included: an answer or an error for each."""

import json
import unittest
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import measured
from pleiade_program import BIN, DONE, PLEIADE, SOME_SET_ASIDE, need_shared

LONGEST = 20.0  # s for one file; spec: the project's issue "main job"
MOST_MEMORY = 1024.0  # MB of any process; spec: the same
READERS = 2  # chosen: the two cores every machine that runs the tests has


class InspectCorpus(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        corpus = need_shared("corpus")
        cls.files = sorted((path for path in corpus.rglob("*") if path.is_file()), key=lambda path: (path.stat().st_size, path))
        cls.shares = [cls.files[i::READERS] for i in range(READERS)]
        with ThreadPoolExecutor(READERS) as pool:
            cls.runs = list(pool.map(lambda share: measured.run([PLEIADE, "inspect", "--json", *share]), cls.shares))

    def test_it_ends_by_itself_and_says_that_some_could_not_be_read(self):
        for run in self.runs:
            self.assertIn(run.code, (DONE, SOME_SET_ASIDE))
        self.assertIn(SOME_SET_ASIDE, [run.code for run in self.runs])

    def test_every_file_is_answered_in_order_and_in_time(self):
        slowest, kinds, breakdowns = [], Counter(), []
        for share, run in zip(self.shares, self.runs):
            answered, before = [], 0.0
            for at, line in run.lines:
                said = json.loads(line)
                if not answered or answered[-1] != said["file"]:
                    answered.append(said["file"])
                self.assertTrue("error" in said or "type" in said, line)
                kinds["error" if "error" in said else "page"] += 1
                if "the reading process" in said.get("error", ""):
                    breakdowns.append(f"{said['file']}: {said['error']}")
                if at - before > 0.001:  # the lines of one file come together
                    slowest.append((round(at - before, 2), said["file"]))
                before = at
            self.assertEqual(answered, [str(path) for path in share])
        slowest.sort(reverse=True)
        report = {"files": len(self.files), **kinds, "slowest": slowest[:5], "reader_breakdowns": breakdowns, "peak_mb": [round(r.peak_mb) for r in self.runs]}
        print(json.dumps(report, indent=1))
        (BIN / "acceptance-corpus.json").write_text(json.dumps(report, indent=1) + "\n")
        self.assertLessEqual(slowest[0][0], LONGEST, slowest[0])

    def test_an_error_says_why(self):
        for run in self.runs:
            for _, line in run.lines:
                said = json.loads(line)
                if "error" in said:
                    with self.subTest(file=said["file"]):
                        self.assertGreater(len(said["error"].strip()), 5)

    def test_no_process_needs_more_memory_than_allowed(self):
        for run in self.runs:
            self.assertLessEqual(run.peak_mb, MOST_MEMORY)

    def test_pictures_without_a_code_give_none(self):
        for run in self.runs:
            for _, line in run.lines:
                said = json.loads(line)
                if "/falsepositives/" in said["file"] and "error" not in said:
                    with self.subTest(file=said["file"]):
                        self.assertEqual(said["marks"], [])


if __name__ == "__main__":
    unittest.main()
