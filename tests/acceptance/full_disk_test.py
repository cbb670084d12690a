"""A disk that is full, or may only be read: exit code 4 and a clear word; with room again the same command completes, nothing lost or doubled."""

import os
import subprocess
import tempfile
import unittest
from contextlib import contextmanager, suppress
from pathlib import Path

import kill_rounds
import small_lots
from pleiade_program import DONE, OUT_OF_REACH, SOME_SET_ASIDE, Home, ended, environment, pleiade, skip_loudly, start, wait_until

SIZE_MB = 400  # chosen: a new cluster needs about 60, and its write-ahead log some more
MEBIBYTE = 1024 * 1024
FILES_TAKEN_IN = 7  # of the small lots


@contextmanager
def small_disk(folder):
    """A disk of its own, mounted on `folder`."""
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE_MB}m,mode=755", "tmpfs", folder], capture_output=True).returncode != 0:
        folder.rmdir()
        skip_loudly("mounting a small disk is not permitted")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)
        folder.rmdir()


class Filler:
    """Takes all room but a little."""

    def __init__(self, disk):
        self.path = disk / "filler"

    def leave(self, megabytes):
        free = os.statvfs(self.path.parent)
        size = free.f_bavail * free.f_frsize - int(megabytes * MEBIBYTE)
        with open(self.path, "ab", buffering=0) as file, suppress(OSError):  # the program may take the last room before us
            block = bytes(MEBIBYTE)
            while size > 0:
                size -= file.write(block[: min(size, len(block))])

    def remove(self):
        self.path.unlink(missing_ok=True)


class FullDisk(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="pleiade-acceptance-", dir="/tmp")
        cls.addClassCleanup(cls.folder.cleanup)
        Path(cls.folder.name).chmod(0o755)
        cls.lots = small_lots.make(Path(cls.folder.name) / "lots")
        cls.expected, _ = kill_rounds.undisturbed(cls.lots)

    def disk(self, name=""):
        """A small disk, a home on it, and what fills the disk."""
        disk = self.enterContext(small_disk(Path(self.folder.name) / f"{self._testMethodName}{name}"))
        (disk / "home").mkdir()
        return self.enterContext(Home(disk / "home")), Filler(disk)

    def assert_says_so(self, outcome):
        self.assertEqual(outcome.code, OUT_OF_REACH, outcome)
        self.assertIn("no space left", outcome.err.lower())

    def assert_completes(self, home):
        outcome = home.run(*self.lots)
        self.assertIn(outcome.code, (DONE, SOME_SET_ASIDE), outcome)
        self.assertEqual(kill_rounds.difference(self.expected, kill_rounds.settled(home, outcome)), "")

    def test_full_before_the_first_start(self):
        home, filler = self.disk()
        filler.leave(4)
        self.assert_says_so(home.run(*self.lots))
        filler.remove()
        self.assert_completes(home)

    def test_full_before_anything_is_taken_in(self):
        """The database stands, and has no room to work."""
        home, filler = self.disk()
        pleiade("doctor", "--home", home.path)
        self.assertTrue((home.path / "pg").is_dir())
        filler.leave(0.05)
        self.assert_says_so(home.run(*self.lots))
        filler.remove()
        self.assert_completes(home)

    def test_full_while_it_works(self):
        """The disk fills up under the run; whether images, the database's log or the GED meet it first differs with the moment."""
        moments = {
            "a source file is stored": lambda home: any((home.path / "images").glob("*/*/*")),
            "pages are read": lambda home: len(list((home.path / "images").glob("*/*/*"))) > FILES_TAKEN_IN,
            "a document is delivered": lambda home: any(home.ged.glob("*/*/*.json")),
        }
        for number, (moment, has_come) in enumerate(moments.items()):
            with self.subTest(moment=moment):
                home, filler = self.disk(f"-{number}")
                process = home.start_run(*self.lots)
                wait_until(lambda: has_come(home) or process.poll() is not None, 60, moment)
                filler.leave(0)
                outcome = ended(process)
                if outcome.code not in (DONE, SOME_SET_ASIDE):  # the run may have been quicker
                    self.assert_says_so(outcome)
                filler.remove()
                self.assert_completes(home)

    def test_reports_answer_and_doctor_asks_for_room_on_a_full_disk(self):
        home, filler = self.disk()
        outcome = home.run(*self.lots)
        self.assertIn(outcome.code, (DONE, SOME_SET_ASIDE), outcome)
        status, balance = home.status().json(), home.reconcile().json()
        filler.leave(0)
        for _ in range(2):  # not only the first who asks
            said = home.status()
            self.assertEqual(said.code, DONE, said)
            self.assertEqual(said.json()["caisses"], status["caisses"])
            self.assertEqual(home.reconcile().json(), balance)
        doctor = pleiade("doctor", "--home", home.path, "--json")
        self.assertEqual(doctor.code, OUT_OF_REACH, doctor)
        bad = {finding["subject"]: finding for finding in doctor.json()["findings"] if finding["verdict"] == "bad"}
        self.assertIn("image folder", bad)
        for finding in bad.values():
            self.assertRegex(finding["what"] + " " + finding["cure"], "(?i)make room")
            self.assertNotIn("right to write", finding["cure"])
        filler.remove()
        self.assert_completes(home)

    def test_a_full_ged_alone(self):
        """The GED lies on a disk of its own; the platform's own disk has room."""
        ged = self.enterContext(small_disk(Path(self.folder.name) / "ged"))
        home = self.enterContext(Home(ged=ged))
        filler = Filler(ged)
        filler.leave(0)
        config = environment(PLEIADE_GED_FOLDER=str(ged))
        self.assert_says_so(home.run(*self.lots, env=config))
        filler.remove()
        outcome = home.run(*self.lots, env=config)
        self.assertIn(outcome.code, (DONE, SOME_SET_ASIDE), outcome)
        self.assertEqual(kill_rounds.difference(self.expected, kill_rounds.settled(home, outcome)), "")

    def test_an_image_folder_that_becomes_read_only(self):
        """As a disk does on which the kernel met errors; before the run and under it."""
        images = self.enterContext(small_disk(Path(self.folder.name) / "images"))
        config = environment(PLEIADE_IMAGES_FOLDER=str(images))
        home = self.enterContext(Home())

        def remount(how):
            subprocess.run(["mount", "-o", f"remount,{how}", images], check=True)

        remount("ro")
        before = home.run(*self.lots, env=config)
        remount("rw")
        process = start("run", *self.lots, "--home", home.path, "--workers", 2, "--json", env=config)
        wait_until(lambda: len(list(images.glob("*/*/*"))) > FILES_TAKEN_IN or process.poll() is not None, 60, "pages are read")
        while subprocess.run(["mount", "-o", "remount,ro", images], capture_output=True).returncode != 0:
            self.assertIsNone(process.poll())  # busy: a file is being written just now
        under = ended(process)
        remount("rw")
        for outcome in (before, under):
            self.assertEqual(outcome.code, OUT_OF_REACH, outcome)
            self.assertIn("read-only", outcome.err.lower())
        again = home.run(*self.lots, env=config)
        self.assertIn(again.code, (DONE, SOME_SET_ASIDE), again)
        self.assertEqual(kill_rounds.difference(self.expected, kill_rounds.settled(home, again)), "")


if __name__ == "__main__":
    unittest.main()
