"""2D-Docs from paper to the decision: an authority of our own signs, zint paints, the shipped program reads.

The vectors of the specification, where the third-party data is there, go the same way.
"""

import base64
import json
import subprocess
import sys
import tempfile
import unittest
from datetime import date
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from pleiade_program import DONE, ROOT, SAMPLES, Home, need_shared, pleiade

sys.path.insert(0, str(ROOT / "samples" / "generator"))
import codes  # noqa: E402  (the drawer of codes that the sample lots are made with)

GS, US = "\x1d", "\x1f"
DPI = 300
FONT = "/usr/share/fonts/opentype/urw-base35/NimbusSans-Regular.otf"
IBAN = "FR7630006000011234567890189"


def days(day):
    return f"{(day - date(2000, 1, 1)).days:04X}"


class Bank:
    """Signs 2D-Docs as FR99 T001 with a key made for this test."""

    def __init__(self, folder):
        self.key = folder / "key.pem"
        self.trusted = folder / "trusted"
        self.trusted.mkdir()
        self.openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", self.key)
        self.openssl("req", "-x509", "-key", self.key, "-subj", "/CN=T001", "-days", "30", "-out", self.trusted / "FR99_T001.pem")

    @staticmethod
    def openssl(*arguments, given=b""):
        return subprocess.run(["openssl", *map(str, arguments)], input=given, check=True, capture_output=True).stdout

    def seal(self, message):
        today = days(date.today())
        text = f"DC04FR99T001{today}{today}0301FR{message}"
        return text + US + base64.b32encode(self.signature(text)).decode().rstrip("=")

    def signature(self, text):
        """r and s of 32 bytes each, out of the DER that openssl writes: two numbers in a sequence."""
        der = self.openssl("dgst", "-sha256", "-sign", self.key, given=text.encode())
        r_end = 4 + der[3]
        r, s = der[4:r_end], der[r_end + 2:]
        return b"".join(int.from_bytes(number, "big").to_bytes(32, "big") for number in (r, s))


def account_page(content, path, holder="MME LOPEZ CLAIRE", iban="FR76 3000 6000 0112 3456 7890 189"):
    """An invented person's bank details as a bank prints them."""
    page = Image.new("L", (2480, 3508), 255)
    draw = ImageDraw.Draw(page)

    def write(x, y, text, points):
        draw.text((x, y), text, fill=0, font=ImageFont.truetype(FONT, round(points * DPI / 72)))

    write(700, 300, "RELEVÉ D'IDENTITÉ BANCAIRE", 18)
    write(250, 700, f"Titulaire du compte : {holder}", 11)
    bank, branch, account, key = (iban.replace(" ", "")[part] for part in (slice(4, 9), slice(9, 14), slice(14, 25), slice(25, 27)))
    write(250, 850, f"Code banque {bank}   Code guichet {branch}   Numéro de compte {account}   Clé RIB {key}", 11)
    write(250, 1000, f"IBAN : {iban}", 11)
    write(250, 1150, "BIC : AGRIFRPP", 11)
    write(250, 1300, "Domiciliation : AGENCE DE LA POSTE ROUGE", 11)
    page.paste(codes.symbol("DataMatrix", content, 5), (1700, 2300))
    page.save(path, dpi=(DPI, DPI))


def configuration(folder, trusted, more=""):
    folder.mkdir()
    for name in ("types.toml", "caisses"):
        (folder / name).symlink_to(SAMPLES / name)
    (folder / "pleiade.toml").write_text(f'[two_d_doc]\ncertificates = "{trusted}"\n{more}' if trusted else "")
    return folder


class TwoDDoc(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory(prefix="pleiade-acceptance-", dir="/tmp")))
        bank = Bank(cls.folder)
        content = bank.seal(f"30MME LOPEZ CLAIRE{GS}31{IBAN}{GS}32AGRIFRPP{GS}")
        (cls.folder / "lot").mkdir()
        account_page(content, cls.folder / "lot" / "genuine.png")
        # other print than the genuine one: two of the same would be one paper that came twice
        forged = content.replace("LOPEZ", "LOPES")
        account_page(forged, cls.folder / "lot" / "forged.png", holder="M PERRIN ANTOINE", iban="FR14 2004 1010 0505 0001 3M02 606")
        cls.trusting = configuration(cls.folder / "trusting", bank.trusted)
        cls.without = configuration(cls.folder / "without", None)

    def inspect(self, name, config):
        outcome = pleiade("inspect", "--json", "--config", config, self.folder / "lot" / name)
        self.assertEqual(outcome.code, DONE, outcome)
        page = outcome.lines()[0]
        self.assertEqual(len(page["two_d_doc"]), 1, outcome)
        return page, page["two_d_doc"][0]

    def test_genuine_one_is_verified_and_its_fields_win(self):
        page, sealed = self.inspect("genuine.png", self.trusting)
        self.assertEqual((sealed["state"], sealed["reason"], sealed["signature"]), ("verified", "", "good"))
        self.assertEqual((sealed["authority"], sealed["certificate"]), ("FR99", "T001"))
        self.assertEqual(sealed["type"], {"code": "03", "name": "Relevé d'identité bancaire"})
        self.assertEqual(sealed["signed_on"], date.today().isoformat())
        self.assertEqual([f["name"] for f in sealed["fields"]], ["titulaire", "iban", "bic"])
        self.assertIn(GS, page["marks"][sealed["mark"]]["text"])
        self.assertEqual(page["type"]["code"], "RIB")
        self.assertEqual(page["fields"]["iban"], {"value": IBAN, "confidence": 0.999})
        self.assertEqual(page["fields"]["holder"]["value"], "MME LOPEZ CLAIRE")

    def test_altered_one_is_forged(self):
        page, sealed = self.inspect("forged.png", self.trusting)
        self.assertEqual((sealed["state"], sealed["reason"]), ("forged", "signature fausse"))
        self.assertNotEqual(page["fields"]["iban"]["confidence"], 0.999)

    def test_without_trust_list_the_fields_are_given_and_said_to_be_unverified(self):
        _, sealed = self.inspect("genuine.png", self.without)
        self.assertEqual(sealed["state"], "untrusted")
        self.assertIn("signature non vérifiée : aucune liste de confiance", sealed["reason"])
        self.assertEqual(sealed["fields"][1], {"id": "31", "name": "iban", "value": IBAN})

    def test_people_are_told_too(self):
        said = pleiade("inspect", "--config", self.trusting, *(self.folder / "lot" / n for n in ("genuine.png", "forged.png"))).text
        self.assertIn("2D-Doc  Relevé d'identité bancaire, vérifié (FR99 T001)", said)
        self.assertIn("2D-Doc  Relevé d'identité bancaire, signature fausse", said)
        self.assertIn(f"iban = {IBAN}", said)

    def test_forged_one_waits_for_a_person(self):
        with Home() as home:
            outcome = home.run(self.folder / "lot", "--caisse", "061", "--config", self.trusting)
            self.assertEqual(outcome.code, DONE, outcome)
            waiting = home.reconcile().json()["exceptions"]
            delivered = {page["file"]: index for index in home.documents() for page in index["pages"]}
        self.assertIn("genuine.png", delivered)
        self.assertNotIn("forged.png", delivered)
        reason = "page 1 : 2D-Doc falsifié, signature fausse (Relevé d'identité bancaire, FR99 T001)"
        self.assertEqual([(pli["state"], reason in pli["reasons"]) for pli in waiting], [("to_verify", True)])

    def test_doctor_says_which_trust_list(self):
        with Home() as home:
            said = pleiade("doctor", "--home", home.path, "--config", self.trusting).text
            self.assertIn(f"trust list {self.folder / 'trusted'}, certificates: 1 of FR99", said)
            said = pleiade("doctor", "--home", home.path, "--config", self.without).text
            self.assertIn("no trust list", said)


class Vectors(unittest.TestCase):
    def test_all_of_the_specification_are_verified_on_paper(self):
        shared = need_shared("2d-doc")
        vectors = json.loads((shared / "vectors.json").read_text())
        with tempfile.TemporaryDirectory(prefix="pleiade-acceptance-", dir="/tmp") as name:
            # the specification went on signing with a certificate that had ended
            config = configuration(Path(name) / "config", shared, "grace_days = 1400\n")
            files = []
            for index, vector in enumerate(vectors):
                files.append(Path(name) / f"{index:02}.png")
                message = vector["message"].replace("<GS>", GS).replace("<US>", US)
                account_page(message, files[-1])
            outcome = pleiade("inspect", "--json", "--config", config, *files, timeout=300)
        self.assertEqual(outcome.code, DONE, outcome)
        states = [[sealed["state"] for sealed in page["two_d_doc"]] for page in outcome.lines()]
        self.assertEqual(states, [["verified"]] * len(vectors))


if __name__ == "__main__":
    unittest.main()
