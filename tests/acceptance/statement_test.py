"""The signed statement of a day, as a caisse files it: `reconcile --statement` and `audit verify --statement`."""

import json
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

import small_lots
from pleiade_program import CONFIGURATION, DONE, LOTS, SOME_SET_ASIDE, WRONG_USE, Home, pleiade

DAY = "2026-03-16"
LATE_DAY = "2026-01-05"


def openssl(*arguments):
    return subprocess.run(["openssl", *map(str, arguments)], capture_output=True, check=False)


class Statement(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory(prefix="pleiade-acceptance-", dir="/tmp")))
        cls.home = cls.enterClassContext(Home())
        digne, nice = small_lots.make(cls.folder / "lots")
        broken = cls.folder / "lots" / "broken"  # a page nobody can read: its pli waits for a person, far behind every deadline
        broken.mkdir()
        shutil.copy(LOTS / small_lots.ONE_PER_PLI[0] / small_lots.ONE_PER_PLI[1][0], broken / "DUPONT-Jeanne.tif")
        (broken / "MARTIN-Paul.tif").write_bytes(b"no picture at all")
        (broken / "lot.json").write_text(json.dumps({"caisse": "041", "received": LATE_DAY, "expected_files": 2}))
        cls.outcome = cls.home.run(digne, nice, broken)
        cls.key = cls.home.path / "audit" / "key.pem.pub"
        cls.statements = cls.folder / "statements"
        cls.statements.mkdir()
        cls.written = cls.write(cls.statements, DAY)

    @classmethod
    def write(cls, folder, day, *more):
        return pleiade("reconcile", "--home", cls.home.path, "--date", day, "--statement", folder, *more)

    def verify(self, file, *more, home=None):
        return pleiade("audit", "verify", "--home", home or self.home.path, "--statement", file, "--json", *more)

    def statement(self, caisse, folder=None, day=DAY):
        return json.loads(((folder or self.statements) / f"statement-{caisse}-{day}.json").read_text())

    def test_each_caisse_gets_a_statement_of_its_own_that_openssl_can_check(self):
        self.assertEqual(self.written.code, DONE, self.written)
        caisses = sorted(re.search(r"statement-(\d+)-", path.name)[1] for path in self.statements.glob("*.pdf"))
        self.assertIn("041", caisses)
        self.assertGreaterEqual(len(caisses), 2)
        for file in [*self.statements.glob("*.json"), *self.statements.glob("*.pdf")]:
            good = openssl("pkeyutl", "-verify", "-rawin", "-pubin", "-inkey", self.key, "-in", file, "-sigfile", f"{file}.sig")
            self.assertEqual(good.returncode, 0, good)
            self.assertEqual(self.verify(file).code, DONE)

    def test_the_counts_add_up_and_everything_that_is_not_delivered_is_named(self):
        said = self.statement("041")
        steps = said["steps"]
        self.assertEqual(steps["files_taken_in"], steps["files_expected"])
        self.assertEqual(
            steps["plis_received"],
            steps["plis_delivered"] + steps["plis_waiting"] + steps["plis_set_aside"] + steps["plis_in_work"])
        self.assertEqual(len(said["waiting"]), steps["plis_waiting"] + steps["plis_set_aside"])
        self.assertEqual(steps["pages_scanned"] - steps["pages_read"], len(said["unread_pages"]))

    def test_two_caisses_are_never_in_one_statement(self):
        rows = pleiade("reconcile", "--home", self.home.path, "--date", DAY, "--json").json()
        for steps in rows["ledger"]:
            said = self.statement(steps["caisse"])
            others = {other["caisse"] for other in rows["ledger"]} - {steps["caisse"]}
            self.assertEqual(said["steps"]["plis_received"], steps["plis_received"])
            self.assertEqual({late["caisse"] for late in said["late"]} - {steps["caisse"]}, set())
            page = subprocess.run(
                ["pdftotext", self.statements / f"statement-{steps['caisse']}-{DAY}.pdf", "-"], capture_output=True, check=True).stdout.decode()
            self.assertIn(f"Caisse {steps['caisse']}", page)
            for other in others:
                self.assertNotIn(f"Caisse {other}", page)
            mine = {line["pli_id"] for line in said["waiting"]}
            theirs = {line["pli_id"] for line in rows["exceptions"] if line["caisse"] != steps["caisse"]}
            self.assertEqual(mine & theirs, set())

    def test_a_late_document_and_an_unreadable_page_are_named_without_names_of_people(self):
        rows = pleiade("reconcile", "--home", self.home.path, "--date", LATE_DAY, "--caisse", "041")
        self.assertIn("late, of this mail and of earlier days:", rows.text)
        self.assertRegex(rows.text, r"due on 2026-\d\d-\d\d")
        folder = self.folder / "late"
        folder.mkdir()
        written = self.write(folder, LATE_DAY, "--caisse", "041")
        self.assertEqual(written.code, rows.code, written)
        said = self.statement("041", folder, LATE_DAY)
        self.assertTrue(said["late"])
        self.assertTrue(all(late["due_on"] > LATE_DAY for late in said["late"]))
        self.assertEqual([page["state"] for page in said["unread_pages"]], ["set_aside"])
        page = subprocess.run(["pdftotext", folder / f"statement-041-{LATE_DAY}.pdf", "-"], capture_output=True, check=True).stdout.decode()
        self.assertIn("échéance", page)
        for text in (json.dumps(said, ensure_ascii=False), page):
            self.assertNotRegex(text, "DUPONT|MARTIN|[1-8]( ?[0-9]){12}")

    def test_an_altered_statement_and_another_key_are_refused(self):
        kept = self.folder / "altered"
        shutil.copytree(self.statements, kept)
        for kind in ("json", "pdf"):
            file = kept / f"statement-041-{DAY}.{kind}"
            file.write_bytes(file.read_bytes().replace(b"041", b"061", 1))
            refused = self.verify(file)
            self.assertEqual(refused.code, SOME_SET_ASIDE, refused)
            self.assertIn("does not fit its signature", refused.json()["statements"][0]["what"])
        whole = self.statements / f"statement-041-{DAY}.json"
        other, public = self.folder / "other.pem", self.folder / "other.pub"
        openssl("genpkey", "-algorithm", "ed25519", "-out", other)
        openssl("pkey", "-in", other, "-pubout", "-out", public)
        elsewhere = self.folder / "nowhere"
        self.assertEqual(self.verify(whole, "--key", public, home=elsewhere).code, SOME_SET_ASIDE)
        self.assertEqual(self.verify(whole, "--key", self.key, home=elsewhere).code, DONE)
        self.assertEqual(self.verify(whole, home=elsewhere).code, SOME_SET_ASIDE)

    def test_a_statement_is_never_written_over(self):
        before = {path.name: path.read_bytes() for path in self.statements.iterdir()}
        again = self.write(self.statements, DAY)
        self.assertIn("says the same already", again.err)
        self.assertEqual({path.name: path.read_bytes() for path in self.statements.iterdir()}, before)
        folder = self.folder / "filed"
        shutil.copytree(self.statements, folder)
        filed = folder / f"statement-041-{DAY}.json"
        filed.write_text(filed.read_text().replace('"plis_received":', '"plis_received":9'))
        altered = filed.read_bytes()
        self.write(folder, DAY, "--caisse", "041")
        self.assertEqual(filed.read_bytes(), altered)
        second = json.loads((folder / f"statement-041-{DAY}-2.json").read_text())
        self.assertEqual((second["number"], second["replaces"]), (2, f"statement-041-{DAY}"))

    def test_what_is_missing_for_a_statement_is_said(self):
        place = ("--home", self.home.path, "--statement", self.statements)
        self.assertEqual(pleiade("reconcile", *place).code, WRONG_USE)
        self.assertEqual(self.write(self.folder / "not there", DAY).code, WRONG_USE)
        self.assertEqual(self.verify(self.folder / "nothing.json").code, WRONG_USE)
        with Home() as fresh:
            fresh_run = fresh.run(self.folder / "lots" / "digne")
            self.assertIn(fresh_run.code, (DONE, SOME_SET_ASIDE), fresh_run)
            (fresh.path / "audit" / "key.pem").unlink()
            refused = pleiade("reconcile", "--home", fresh.path, "--date", DAY, "--statement", self.statements)
            self.assertEqual(refused.code, CONFIGURATION, refused)


if __name__ == "__main__":
    unittest.main()
