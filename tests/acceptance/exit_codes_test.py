"""The command line as a contract: exit codes, what goes to which stream, what the programs are linked with."""

import os
import pty
import re
import select
import shutil
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

import small_lots
from pleiade_program import (
    CONFIGURATION, DONE, LOTS, OUT_OF_REACH, PLEIADE, READER, SAMPLES, SOME_SET_ASIDE, WRONG_USE, Home, environment, pleiade,
    skip_loudly,
)

COMMANDS = ("inspect", "run", "work", "status", "reconcile", "lot", "pli", "separators", "audit", "doctor", "sweep", "learn", "help", "version")
PAGE = LOTS / "041-digne" / "pli-0008.jpg"  # a cheque: the quickest page to read


class CommandLine(unittest.TestCase):
    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory(prefix="pleiade-acceptance-", dir="/tmp")))
        self.folder.chmod(0o755)

    def test_wrong_use_is_2(self):
        for wrong in ([], ["fly"], ["run"], ["inspect"], ["separators"], ["run", "--workers", "0", LOTS], ["status", "--no-such-option"]):
            with self.subTest(arguments=wrong):
                outcome = pleiade(*wrong)
                self.assertEqual(outcome.code, WRONG_USE, outcome)
                self.assertTrue(outcome.err.strip())

    def test_help_and_version_are_0_and_name_every_command(self):
        outcome = pleiade("--help")
        self.assertEqual(outcome.code, DONE, outcome)
        for command in COMMANDS:
            self.assertIn(command, outcome.text)
            said = pleiade(command, "--help")
            self.assertEqual(said.code, DONE, said)
            self.assertIn("--", said.text)
        version = pleiade("--version")
        self.assertEqual(version.code, DONE)
        self.assertRegex(version.text, r"\d+\.\d+\.\d+")

    def test_help_and_version_may_be_words_and_a_wrong_word_is_named(self):
        for command in COMMANDS:
            self.assertEqual(pleiade("help", command).text, pleiade(command, "--help").text)
        self.assertEqual(pleiade("help").text, pleiade("--help").text)
        self.assertEqual(pleiade("version").text, pleiade("--version").text)
        self.assertRegex(pleiade("help", "run").text, r"(?s)--home.*--config.*Exit codes: 0")
        for wrong in (["runn", LOTS], ["help", "runn"], ["--home", "/nowhere", "runn"]):
            with self.subTest(arguments=wrong):
                outcome = pleiade(*wrong)
                self.assertEqual(outcome.code, WRONG_USE, outcome)
                self.assertIn('"runn"', outcome.err)
                self.assertIn("reconcile", outcome.err)

    def test_home_and_config_may_stand_before_the_command(self):
        with Home() as home:
            outcome = pleiade("--home", home.path, "--config", SAMPLES, "doctor")
            self.assertEqual(outcome.code, DONE, outcome)
            self.assertIn(str(home.path), outcome.text)
            self.assertIn(f"14 caisses from {SAMPLES}/caisses", outcome.text)

    def test_an_empty_name_is_wrong_use(self):
        for wrong in (["run", ""], ["inspect", ""], ["status", "--home", ""], ["inspect", PAGE, "--config", ""], ["separators", "--caisse", "061", "-o", ""]):
            with self.subTest(arguments=wrong):
                outcome = pleiade(*wrong, cwd=self.folder)
                self.assertEqual(outcome.code, WRONG_USE, outcome)
                self.assertRegex(outcome.err, "no (folder|file) given")

    def test_an_option_nobody_knows_is_named_with_where_to_look(self):
        for arguments, words in (
            (["--foo"], ('pleiade has no option "--foo"', "pleiade help")),
            (["run", LOTS, "--foo=1"], ('pleiade run has no option "--foo"', "pleiade help run")),
            (["run", LOTS, "--date", "2026-02-30"], ('pleiade run has no option "--date"', "pleiade status, reconcile")),
            (["run", LOTS, "--workers", "many"], ("pleiade: --workers", "many", "pleiade run --help")),
            (["learn"], ("pleiade learn --help",)),
        ):
            with self.subTest(arguments=arguments):
                outcome = pleiade(*arguments)
                self.assertEqual(outcome.code, WRONG_USE, outcome)
                for word in words:
                    self.assertIn(word, outcome.err)

    def test_a_home_that_is_a_file_is_said(self):
        file = self.folder / "home"
        file.write_text("not a folder")
        for command in (["run", PAGE], ["status"], ["reconcile"], ["doctor"]):
            with self.subTest(command=command[0]):
                outcome = pleiade(*command, "--home", file)
                self.assertEqual(outcome.code, WRONG_USE, outcome)
                self.assertIn(f"{file} is a file", outcome.text + outcome.err)
                self.assertNotIn("right to write", outcome.text)

    def test_a_date_is_checked(self):
        with Home() as home:
            for wrong in ("14/03/2026", "2026-02-30", "2026-3-14", "yesterday"):
                with self.subTest(date=wrong):
                    outcome = pleiade("reconcile", "--home", home.path, "--date", wrong)
                    self.assertEqual(outcome.code, WRONG_USE, outcome)
                    self.assertIn(wrong, outcome.err)

    def test_looking_where_no_home_is_says_so_and_makes_none(self):
        mistyped = self.folder / "no-home"
        empty = self.folder / "empty"
        empty.mkdir()
        for command in ("status", "reconcile"):
            for where in (mistyped, empty):
                with self.subTest(command=command, where=where.name):
                    outcome = pleiade(command, "--home", where)
                    self.assertEqual(outcome.code, WRONG_USE, outcome)
                    self.assertIn(str(where), outcome.err)
                    self.assertIn("--home", outcome.err)
        self.assertFalse(mistyped.exists())
        self.assertEqual(list(empty.iterdir()), [])

    def test_an_empty_home_reconciles(self):
        with Home() as home:
            self.assertEqual(pleiade("doctor", "--home", home.path).code, DONE)  # makes it
            outcome = home.reconcile()
            self.assertEqual(outcome.code, DONE, outcome)
            lists = ("caisses", "exceptions", "unexplained", "unfinished", "complaints", "ledger", "machines", "unread_pages", "given_away", "late")
            self.assertEqual(outcome.json(), {key: [] for key in lists})
            status = home.status()
            self.assertEqual(status.code, DONE, status)
            self.assertIsNone(status.json()["oldest_open_job"])
            self.assertEqual(pleiade("reconcile", "--home", home.path, "--date", "2026-03-16", "--caisse", "061").code, DONE)

    def test_a_caisse_nobody_knows_is_named(self):
        with Home() as home:
            self.assertEqual(pleiade("doctor", "--home", home.path).code, DONE)  # makes it
            for command in (["separators"], ["run", PAGE], ["status"], ["reconcile"]):
                with self.subTest(command=command):
                    outcome = pleiade(*command, "--caisse", "06", "--home", home.path)
                    self.assertEqual(outcome.code, WRONG_USE, outcome)
                    self.assertIn('"06"', outcome.err)
                    self.assertIn("061", outcome.err)
                    self.assertIn(f"{SAMPLES}/caisses", outcome.err)

    def test_a_mistake_in_the_configuration_is_3_with_line_and_column(self):
        shutil.copytree(SAMPLES / "caisses", self.folder / "caisses")
        shutil.copy(SAMPLES / "types.toml", self.folder / "types.toml")
        file = self.folder / "caisses" / "061-nice.toml"
        lines = file.read_text().splitlines()
        row = next(i for i, line in enumerate(lines) if line.startswith("cession"))
        lines[row] = 'cession = "half"'
        file.write_text("\n".join(lines) + "\n")
        (self.folder / "pleiade.toml").write_text("[run]\nworkers = \"many\"\nno_such_setting = 1\n")
        outcome = pleiade("inspect", PAGE, "--config", self.folder)
        self.assertEqual(outcome.code, CONFIGURATION, outcome)
        self.assertRegex(outcome.err, rf"{re.escape(str(file))}:{row + 1}:\d+: ")
        self.assertRegex(outcome.err, rf"{re.escape(str(self.folder))}/pleiade\.toml:2:\d+: ")
        self.assertRegex(outcome.err, rf"{re.escape(str(self.folder))}/pleiade\.toml:3:\d+: ")

    def test_a_configuration_that_is_not_there_is_3(self):
        outcome = pleiade("inspect", PAGE, "--config", self.folder / "nowhere")
        self.assertEqual(outcome.code, CONFIGURATION, outcome)
        self.assertIn("nowhere", outcome.err)

    def test_a_named_configuration_is_never_filled_up_with_another(self):
        for name in ("caisses", "types.toml"):
            with self.subTest(missing=name):
                folder = self.folder / f"without-{name}"
                shutil.copytree(SAMPLES, folder, ignore=shutil.ignore_patterns("lots", name))
                outcome = pleiade("inspect", PAGE, "--config", folder)
                self.assertEqual(outcome.code, CONFIGURATION, outcome)
                self.assertIn(str(folder / name), outcome.err)

    def test_a_setting_in_the_environment_is_checked_too(self):
        outcome = pleiade("inspect", PAGE, env=environment(PLEIADE_RUN_WORKERS="many"))
        self.assertEqual(outcome.code, CONFIGURATION, outcome)
        self.assertIn("PLEIADE_RUN_WORKERS", outcome.err)

    def test_a_database_out_of_reach_is_4(self):
        with Home() as home:
            outcome = home.run(PAGE, env=environment(PLEIADE_DATABASE_URL="host=/nonexistent dbname=pleiade"))
            self.assertEqual(outcome.code, OUT_OF_REACH, outcome)
            self.assertTrue(outcome.err.strip())
            self.assertEqual(outcome.json()["trouble"]["exit_code"], OUT_OF_REACH)
            self.assertIn(outcome.json()["trouble"]["what"], outcome.err)

    def test_doctor_tells_out_of_reach_from_wrong_settings(self):
        with Home() as home:
            away = environment(PLEIADE_DATABASE_URL="host=/nonexistent dbname=pleiade")
            outcome = pleiade("doctor", "--home", home.path, env=away)
            self.assertEqual(outcome.code, OUT_OF_REACH, outcome)
            self.assertIn("database.url", outcome.text)

    def test_doctor_reports_also_with_mistakes_in_the_configuration(self):
        shutil.copytree(SAMPLES / "caisses", self.folder / "caisses")
        (self.folder / "types.toml").write_text("[[type\n")
        with Home() as home:
            outcome = pleiade("doctor", "--home", home.path, "--config", self.folder, "--json")
            self.assertEqual(outcome.code, CONFIGURATION, outcome)
            found = outcome.json()["findings"]
            bad = [finding for finding in found if finding["verdict"] == "bad"]
            self.assertEqual([finding["subject"] for finding in bad], ["configuration"], outcome)
            self.assertIn(f"{self.folder}/types.toml:1:", bad[0]["what"])
            self.assertIn("language data", [finding["subject"] for finding in found])

    def test_doctor_puts_trouble_with_a_folder_on_that_folder_and_makes_none(self):
        away = self.folder / "away"
        with Home() as home:
            outcome = pleiade("doctor", "--home", home.path, "--json", env=environment(PLEIADE_IMAGES_FOLDER=str(away)))
            self.assertEqual(outcome.code, CONFIGURATION, outcome)
            bad = [finding["subject"] for finding in outcome.json()["findings"] if finding["verdict"] == "bad"]
            self.assertEqual(bad, ["image folder"], outcome)
        self.assertFalse(away.exists())

    def test_a_report_that_cannot_be_written_is_4(self):
        with Home() as home:
            self.assertEqual(pleiade("doctor", "--home", home.path).code, DONE)
            for command in (
                ["status", "--home", home.path],
                ["reconcile", "--home", home.path, "--json"],
                ["inspect", "--json", PAGE],
                ["separators", "--caisse", "061"],
            ):
                with self.subTest(command=command[0]), open("/dev/full", "wb") as full:
                    done = subprocess.run([PLEIADE, *map(str, command)], stdout=full, stderr=subprocess.PIPE, text=True, timeout=120, env=environment(), cwd="/")
                    self.assertEqual(done.returncode, OUT_OF_REACH, done.stderr)
                    self.assertIn("standard output", done.stderr)

    def test_one_wrong_lot_does_not_keep_the_others(self):
        lots = small_lots.make(self.folder / "lots")
        bad = self.folder / "lots" / "bad"
        bad.mkdir()
        shutil.copy(PAGE, bad)
        odd = os.fsencode(self.folder) + b"/lots/re\xe7u"
        os.mkdir(odd)
        shutil.copy(os.fsencode(PAGE), odd + b"/ch\xe8que.jpg")
        with Home() as home:
            for manifest, word in (('{"caisse": "999"}', "999"), ("{", "lot.json")):
                with self.subTest(manifest=manifest):
                    (bad / "lot.json").write_text(manifest)
                    alone = home.run(bad)
                    self.assertIn(alone.code, (WRONG_USE, CONFIGURATION), alone)
                    self.assertIn(word, alone.err)
                    together = home.run(lots[0], bad, os.fsdecode(odd))
                    self.assertEqual(together.code, SOME_SET_ASIDE, together)
                    self.assertIn(word, " ".join(together.json()["complaints"]))
            self.assertEqual(len([plis for plis in home.reconcile().json()["caisses"] if plis["received"]]), 2)

    def test_a_configured_folder_that_is_not_there_is_3_and_never_made(self):
        """A share that is not mounted must not become a local folder that takes mail."""
        for setting in ("PLEIADE_GED_FOLDER", "PLEIADE_IMAGES_FOLDER"):
            with self.subTest(setting=setting), Home() as home:
                away = self.folder / "not-mounted"
                outcome = home.run(PAGE, env=environment(**{setting: str(away)}))
                self.assertEqual(outcome.code, CONFIGURATION, outcome)
                self.assertIn(f"mkdir -p {away}", outcome.err)
                self.assertFalse(away.exists())

    def test_a_caisse_whose_ged_is_away_does_not_keep_the_others_waiting(self):
        lots = small_lots.make(self.folder / "lots")
        for name in ("caisses", "types.toml"):
            source = SAMPLES / name
            (shutil.copytree if source.is_dir() else shutil.copy)(source, self.folder / name)
        with open(self.folder / "caisses" / "041-digne.toml", "a") as file:
            file.write('\n[ged]\nfolder = "../ged-041"\n')
        with Home() as home:
            run = ["run", *lots, "--home", home.path, "--json", "--config", self.folder]
            outcome = pleiade(*run, cwd=self.folder / "lots")
            self.assertEqual(outcome.code, CONFIGURATION, outcome)
            self.assertIn("caisse 041", outcome.err)
            said = outcome.json()
            self.assertEqual([held["caisse"] for held in said["held"]], ["041"])
            self.assertEqual(said["set_aside"], 0)
            self.assertTrue(home.documents(), "nothing was delivered to the others")
            self.assertNotIn("041", {index["caisse"] for index in home.documents()})
            (self.folder / "ged-041").mkdir()
            rest = pleiade(*run, cwd="/")
            self.assertIn(rest.code, (DONE, SOME_SET_ASIDE), rest)
            self.assertTrue(list((self.folder / "ged-041").glob("041/*/*.pdf")))

    def test_nothing_to_take_in_is_said(self):
        (self.folder / "empty").mkdir()
        with Home() as home:
            for what in (self.folder / "empty", self.folder / "nowhere"):
                with self.subTest(what=what.name):
                    outcome = home.run(what)
                    self.assertEqual(outcome.code, WRONG_USE, outcome)
                    self.assertTrue(outcome.err.startswith("pleiade: "), outcome)
                    self.assertIn(str(what), outcome.err)

    def test_a_name_cannot_forge_lines_of_a_report(self):
        lot = self.folder / "lot"
        lot.mkdir()
        (lot / "a\npleiade: all is well\x1b[2J.txt").write_text("note")
        (lot / "b\n\x1b[31m.tif").write_bytes(b"")
        with Home() as home:
            ran = pleiade("run", lot, "--home", home.path)
            said = [ran, pleiade("reconcile", "--home", home.path), pleiade("inspect", *lot.glob("b*"))]
        for outcome in said:
            self.assertNotRegex(outcome.text + outcome.err, r"\x1b|(?m:^pleiade: all is well)")
        self.assertIn("\\x1B", said[0].err)

    def test_a_folder_that_cannot_be_read_is_said(self):
        if os.geteuid() == 0 and not shutil.which("setpriv"):
            skip_loudly("root reads everything, and setpriv is not there to be somebody else")
        locked = self.folder / "locked"
        locked.mkdir()
        shutil.copy(PAGE, locked)
        locked.chmod(0o000)
        home = self.folder / "home"
        home.mkdir()
        home.chmod(0o777)
        # Reading as a plain user: of the program itself the tests only know that somebody may run it.
        as_user = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.geteuid() == 0 else []
        if subprocess.run([*as_user, PLEIADE, "--version"], capture_output=True).returncode != 0:
            skip_loudly("a plain user cannot enter the build folder")
        done = subprocess.run([*as_user, PLEIADE, "run", locked, "--home", home], capture_output=True, text=True, timeout=60, env=environment(), cwd="/")
        locked.chmod(0o755)
        self.assertEqual(done.returncode, WRONG_USE, done.stderr)
        self.assertIn("locked", done.stderr)

    def test_inspect_of_a_missing_file_is_an_error_object_and_the_others_are_read(self):
        missing = self.folder / "missing.tif"
        outcome = pleiade("inspect", "--json", missing, PAGE)
        self.assertEqual(outcome.code, SOME_SET_ASIDE, outcome)
        said = outcome.lines()
        self.assertEqual(said[0]["file"], str(missing))
        self.assertTrue(said[0]["error"])
        self.assertEqual((said[1]["file"], said[1]["page_number"]), (str(PAGE), 1))

    def test_inspect_says_everything_the_contract_names(self):
        page = pleiade("inspect", "--json", PAGE).lines()[0]
        contract = {
            "file", "page_number", "width_px", "height_px", "dpi", "turned_deg", "skew_deg", "blank", "quality", "marks", "identifiers",
            "text", "text_confidence", "type", "caisse", "fields", "millis",
        }  # spec: architecture, command line
        self.assertLessEqual(contract, set(page))
        self.assertLessEqual({"code", "confidence", "decision", "why"}, set(page["type"]))
        self.assertLessEqual({"code", "why"}, set(page["caisse"]))
        self.assertLessEqual({"sharp", "notes"}, set(page["quality"]))
        self.assertLessEqual({"decode", "clean", "marks", "text", "understand"}, set(page["millis"]))

    def test_inspect_works_without_a_place_to_write(self):
        outcome = pleiade("inspect", "--json", PAGE, cwd="/proc")
        self.assertEqual(outcome.code, DONE, outcome)

    def test_no_progress_goes_into_a_pipe(self):
        lots = small_lots.make(self.folder / "lots")
        with Home() as home:
            outcome = pleiade("run", lots[0], "--home", home.path)
            self.assertEqual(outcome.code, DONE, outcome)
            for stream in (outcome.text, outcome.err):
                self.assertNotRegex(stream, r"[\r\x1b]")
            self.assertIn("documents delivered", outcome.text)
            self.assertIn("041", outcome.text)
            self.assertIn("begins with 1 lot, 2 files\n", outcome.err)

    def test_progress_shows_on_a_terminal(self):
        lots = small_lots.make(self.folder / "lots")
        with Home() as home:
            shown = on_a_terminal(["run", lots[0], "--home", home.path, "--workers", 1])
        self.assertRegex(shown, r"\r.*\d+/\d+\+? pages, \d+\.\d pages/s, \d+ documents? delivered, \d+ pages? or plis? set aside")
        self.assertNotIn("0/0", shown)

    def test_separator_sheets_are_read_back(self):
        sheets = self.folder / "sheets.pdf"
        made = pleiade("separators", "--caisse", "061", "--label", "MATIN 16 MARS", "--plis", 2, "--documents", 1, "--output", sheets)
        self.assertEqual(made.code, DONE, made)
        pages = pleiade("inspect", "--json", sheets).lines()
        self.assertEqual([page["type"]["code"] for page in pages], ["SEPARATEUR"] * 4, [page["text"] for page in pages])
        texts = ["".join(mark["text"] for mark in page["marks"]) for page in pages]
        self.assertIn("LOT;061", texts[0])
        self.assertEqual(["PLI" in text for text in texts], [False, True, True, False])
        self.assertIn("DOC", texts[3])

    def test_separator_sheets_without_a_place_to_go_are_wrong_use(self):
        for output in ("/nowhere/part.pdf", self.folder):
            with self.subTest(output=output):
                outcome = pleiade("separators", "--caisse", "061", "-o", output)
                self.assertEqual(outcome.code, WRONG_USE, outcome)
                self.assertRegex(outcome.err, r"folder /nowhere does not exist|is a folder")
                self.assertNotIn(".part", outcome.err)
        long = pleiade("separators", "--caisse", "061", "--label", "LONG " * 200)
        self.assertEqual(long.code, WRONG_USE, long)
        self.assertNotIn("LONG LONG", long.err)

    def test_separator_sheets_go_into_a_pipe_as_pdf(self):
        made = pleiade("separators", "--caisse", "000", "--patch-t")
        self.assertEqual(made.code, DONE, made)
        self.assertTrue(made.out.startswith(b"%PDF-"))
        sheets = self.folder / "mixed.pdf"
        sheets.write_bytes(made.out)
        marks = {mark["format"] for page in pleiade("inspect", "--json", sheets).lines() for mark in page["marks"]}
        self.assertIn("PatchT", marks)

    def test_doctor_finds_this_machine_good(self):
        with Home() as home:
            outcome = pleiade("doctor", "--home", home.path, "--json")
            self.assertEqual(outcome.code, DONE, outcome)
            found = {finding["subject"]: finding["verdict"] for finding in outcome.json()["findings"]}
            for subject in ("configuration", "database", "image folder", "reading process", "fonts", "language data"):
                self.assertEqual(found.get(subject), "good", outcome.text)
            self.assertIn(found.get("sandbox"), ("good", "doubtful"), "what the reading process could still do is always said")
            self.assertNotIn("bad", found.values())
            self.assertIn("database", pleiade("doctor", "--home", home.path).text)

    def test_doctor_says_what_to_do_without_language_data(self):
        with Home() as home:
            outcome = pleiade("doctor", "--home", home.path, "--json", env=environment(PLEIADE_READING_LANGUAGE="nolanguage"))
            self.assertEqual(outcome.code, CONFIGURATION, outcome)
            bad = [finding for finding in outcome.json()["findings"] if finding["verdict"] == "bad"]
            self.assertEqual([finding["subject"] for finding in bad], ["language data"], outcome.text)
            self.assertIn("apt-get install tesseract-ocr-nolanguage", bad[0]["cure"])


class Linking(unittest.TestCase):
    FOREIGN = ("opencv", "tesseract", "lept", "zxing", "poppler", "tiff", "jpeg", "png", "openjp2", "sane", "modbus")

    def needed(self, program):
        said = subprocess.run(["readelf", "-d", program], capture_output=True, text=True, check=True).stdout
        return [line.split("[")[1].rstrip("]") for line in said.splitlines() if "(NEEDED)" in line]

    def test_pleiade_links_no_image_or_device_library(self):
        libraries = self.needed(PLEIADE)
        self.assertTrue(any("pqxx" in library for library in libraries), libraries)
        self.assertEqual([library for library in libraries if any(name in library.lower() for name in self.FOREIGN)], [])

    def test_the_reader_links_no_database(self):
        libraries = self.needed(READER)
        self.assertTrue(any("tesseract" in library for library in libraries), libraries)
        self.assertEqual([library for library in libraries if "pq" in library or "curl" in library], [])


def on_a_terminal(arguments, timeout=120):
    """What `pleiade` writes when its streams are a terminal."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen([PLEIADE, *map(str, arguments)], stdin=theirs, stdout=theirs, stderr=theirs, env=environment(TERM="xterm"), cwd="/")
    os.close(theirs)
    shown, deadline = b"", time.monotonic() + timeout
    try:
        while time.monotonic() < deadline:
            if select.select([ours], [], [], 0.2)[0]:
                try:
                    chunk = os.read(ours, 65536)
                except OSError:  # EIO: the other end is closed
                    break
                if not chunk:
                    break
                shown += chunk
        process.wait(timeout=30)
    finally:
        process.kill()
        process.wait()
        os.close(ours)
    return shown.decode(errors="replace")


if __name__ == "__main__":
    unittest.main()
