"""What was done to stored mail behind the program's back is found: `audit verify` and `doctor --deep`."""

import http.server
import shutil
import subprocess
import tempfile
import threading
import unittest
from pathlib import Path

import small_lots
from pleiade_program import DONE, SOME_SET_ASIDE, Home, environment, pleiade

TSA_CONFIG = """
[tsa]
default_tsa = t
[t]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
certs = {folder}/ca.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
"""


def openssl(*arguments):
    return subprocess.run(["openssl", *map(str, arguments)], capture_output=True, check=True).stdout


class Authority:
    """A time stamping authority: `openssl ts` behind a loopback address; its certificate is issued by `ca.pem`."""

    def __init__(self, folder):
        self.folder, self.ca = folder, folder / "ca.pem"
        folder.mkdir()
        (folder / "serial").write_text("01\n")
        (folder / "ts.cnf").write_text(TSA_CONFIG.format(folder=folder))
        (folder / "ext.cnf").write_text("extendedKeyUsage = critical,timeStamping\n")
        openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", folder / "ca.key", "-out", self.ca, "-subj", "/CN=Authority of a test", "-days", "30")
        openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", folder / "tsa.key", "-out", folder / "tsa.csr", "-subj", "/CN=Stamps of a test")
        openssl("x509", "-req", "-in", folder / "tsa.csr", "-CA", self.ca, "-CAkey", folder / "ca.key", "-CAcreateserial", "-days", "30",
                "-extfile", folder / "ext.cnf", "-out", folder / "tsa.pem")
        authority = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                (folder / "query.tsq").write_bytes(self.rfile.read(int(self.headers["Content-Length"])))
                openssl("ts", "-reply", "-config", authority.folder / "ts.cnf", "-queryfile", folder / "query.tsq", "-out", folder / "reply.tsr")
                reply = (folder / "reply.tsr").read_bytes()
                self.send_response(200)
                self.send_header("Content-Type", "application/timestamp-reply")
                self.send_header("Content-Length", str(len(reply)))
                self.end_headers()
                self.wfile.write(reply)

            def log_message(self, *_):
                pass

        self.server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/tsr"

    def __enter__(self):
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


class Audit(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory(prefix="pleiade-acceptance-", dir="/tmp")))
        cls.home = cls.enterClassContext(Home())
        cls.digne, _ = small_lots.make(cls.folder)
        cls.outcome = cls.home.run(cls.digne)

    def verify(self):
        return pleiade("audit", "verify", "--home", self.home.path, "--json")

    def doctor(self):
        return pleiade("doctor", "--deep", "--home", self.home.path, "--json")

    def test_a_run_leaves_everything_sealed_and_signed(self):
        verified = self.verify()
        self.assertEqual(verified.code, DONE, verified)
        said = verified.json()
        self.assertEqual((said["unsealed"], said["after_checkpoint"], said["findings"]), (0, 0, []))
        self.assertGreater(said["events"], 10)
        self.assertGreaterEqual(said["checkpoints"], 1)
        self.assertGreater(said["images"], 4)
        key = self.home.path / "audit" / "key.pem"
        self.assertEqual(key.stat().st_mode & 0o777, 0o600)
        self.assertTrue((self.home.path / "audit" / "checkpoints" / "00000001.txt").exists())
        self.assertIn("nothing was altered", pleiade("audit", "verify", "--home", self.home.path).text)

    def test_an_altered_and_a_missing_image_are_named(self):
        deep = self.doctor()
        self.assertEqual(deep.code, DONE, deep)
        image = max((path for path in (self.home.path / "images").glob("*/*/*")), key=lambda path: path.stat().st_size)
        kept = self.folder / "kept"
        shutil.copy(image, kept)
        for damage in ("altered", "missing"):
            with self.subTest(damage=damage):
                if damage == "altered":
                    image.write_bytes(kept.read_bytes()[:-1] + b"?")
                else:
                    image.unlink()
                for outcome in (self.verify(), self.doctor()):
                    self.assertEqual(outcome.code, SOME_SET_ASIDE, outcome)
                    self.assertRegex(outcome.text, r"of pli \d+ \([^)]*\), lot \d+ \(.*digne\).*is (damaged|missing)")
        shutil.copy(kept, image)
        self.assertEqual(self.verify().code, DONE)

    def test_an_authority_that_was_away_stamps_with_the_next_run(self):
        with Authority(self.folder / "authority") as authority, Home() as home:
            away = environment(no_proxy="127.0.0.1", PLEIADE_AUDIT_STAMP_URL="http://127.0.0.1:1/tsr")
            first = home.run(self.digne, env=away)
            self.assertEqual(first.code, self.outcome.code, first)
            self.assertIn("the audit is behind", first.err)
            there = environment(
                no_proxy="127.0.0.1", PLEIADE_AUDIT_STAMP_URL=authority.url, PLEIADE_AUDIT_STAMP_CERTIFICATES=str(authority.ca))
            home.run(self.digne, env=there)
            verified = pleiade("audit", "verify", "--home", home.path, "--json", env=there)
            self.assertEqual(verified.code, DONE, verified)
            said = verified.json()
            self.assertGreaterEqual(said["checkpoints"], 1)
            self.assertEqual((said["stamped"], said["stamps_verified"]), (said["checkpoints"], said["checkpoints"]))
            stem = home.path / "audit" / "checkpoints" / "00000001"
            openssl("ts", "-verify", "-data", f"{stem}.txt", "-in", f"{stem}.tsr", "-CAfile", authority.ca)
            other = environment(PLEIADE_AUDIT_STAMP_CERTIFICATES=str(self.other_ca()))
            doubted = pleiade("audit", "verify", "--home", home.path, "--json", env=other)
            self.assertEqual(doubted.code, SOME_SET_ASIDE, doubted)
            self.assertIn("time stamp that does not fit", doubted.text)

    def other_ca(self):
        made = self.folder / "other.pem"
        openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", self.folder / "other.key", "-out", made, "-subj", "/CN=Somebody else", "-days", "30")
        return made


if __name__ == "__main__":
    unittest.main()
