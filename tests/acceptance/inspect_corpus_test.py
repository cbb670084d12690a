"""`pleiade inspect` on every file of the third-party corpus, malformed ones included: an answer or an error for each."""

import json
import unittest
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import measured
from pleiade_program import BIN, DONE, PLEIADE, SOME_SET_ASIDE, need_shared

LONGEST = 20.0  # s for one file; spec: the project's issue "main job"
FURTHER_PAGE = 1.5  # s for every page after the first; spec: the same, whole pipeline
MOST_MEMORY = 1024.0  # MB of any process; spec: the same
READERS = 2  # chosen: the two cores every machine that runs the tests has


def companies(lines):
    """(seconds, files) for every group of answers that came at the same moment."""
    before, moment, files = 0.0, 0.0, []
    for at, line in lines:
        if files and at - moment > 0.01:
            yield moment - before, list(dict.fromkeys(files))
            before, files = moment, []
        moment = at
        files.append(json.loads(line)["file"])
    yield moment - before, list(dict.fromkeys(files))


def alone(file):
    run = measured.run([PLEIADE, "inspect", "--json", file])
    return run.wall - FURTHER_PAGE * (len(run.lines) - 1), file


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

    def test_every_file_is_answered_in_order(self):
        for share, run in zip(self.shares, self.runs):
            answered = []
            for _, line in run.lines:
                said = json.loads(line)
                self.assertTrue("error" in said or "type" in said, line)
                if not answered or answered[-1] != said["file"]:
                    answered.append(said["file"])
            self.assertEqual(answered, [str(path) for path in share])

    def test_no_file_takes_too_long(self):
        """Answers that come at once are timed together; who of a slow company is slow is found out one by one."""
        slowest = []  # (seconds beyond what its further pages may take, file)
        for run in self.runs:
            for seconds, files in companies(run.lines):
                if seconds > LONGEST:
                    slowest += [alone(file) for file in files]
                else:
                    slowest.append((seconds, files[-1]))
        slowest.sort(reverse=True)
        kinds = Counter("error" if b'"error":' in line[:2000] else "page" for run in self.runs for _, line in run.lines)
        breakdowns = [line.decode() for run in self.runs for _, line in run.lines if "le processus de lecture".encode() in line and b'"error":' in line]
        report = {
            "files": len(self.files), "answers": kinds, "slowest": [(round(seconds, 1), file) for seconds, file in slowest[:5]],
            "reader_breakdowns": breakdowns, "peak_mb": [round(run.peak_mb) for run in self.runs],
        }
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
