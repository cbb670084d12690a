"""What earlier mail says of new mail, through the shipped program: copies, requests made again, another account. Invented people."""

import json
import shutil
import unittest
from dataclasses import dataclass
from pathlib import Path

import numpy
from PIL import Image, ImageDraw, ImageFont

from pleiade_program import DONE, Home

DPI = 200
FONTS = Path("/usr/share/fonts/opentype/urw-base35")  # of the package fonts-urw-base35
IBAN = "FR76 3000 6000 0112 3456 7890 189"
OTHER_IBAN = "FR14 2004 1010 0505 0001 3M02 606"  # spec: domain facts 2.4, both valid


@dataclass
class Person:
    name: str
    nir: str
    born: str


LUCETTE = Person("MARTINELLO Lucette", "2 85 03 99 350 001 69", "12/03/1985")
ARMAND = Person("VERDUNOIS Armand", "1 84 05 06 088 001 95", "23/05/1984")


class Page:
    def __init__(self):
        self.image = Image.new("L", (round(8.27 * DPI), round(11.69 * DPI)), 248)
        self.draw = ImageDraw.Draw(self.image)

    def text(self, x_mm, y_mm, words, points=11, bold=False):
        font = ImageFont.truetype(str(FONTS / f"NimbusSans-{'Bold' if bold else 'Regular'}.otf"), round(points * DPI / 72))
        self.draw.text((x_mm / 25.4 * DPI, y_mm / 25.4 * DPI), words, fill=25, font=font, anchor="ls")
        return self


def sick_note(person, start, end, made):
    page = Page()
    page.text(12, 14, "N° 10170*07", 9).text(60, 22, "AVIS D'ARRÊT DE TRAVAIL", 20, bold=True)
    page.text(12, 40, "l'assuré(e)", 12, bold=True)
    page.text(12, 50, "Numéro d'immatriculation :").text(75, 50, person.nir)
    page.text(12, 60, "Nom et prénom :").text(75, 60, person.name)
    page.text(12, 70, "Date de naissance :").text(75, 70, person.born)
    page.text(12, 90, "les renseignements médicaux", 12, bold=True)
    page.text(12, 100, "Je soussigné, certifie avoir prescrit un arrêt de travail")
    page.text(12, 110, "à compter du").text(60, 110, start).text(100, 110, "jusqu'au").text(130, 110, end)
    page.text(12, 125, "sorties autorisées").text(60, 125, "sans restriction d'horaire")
    page.text(12, 140, "adresse où le malade peut être visité : 12 rue des Lilas 06000 NICE")
    page.text(12, 160, "Identifiant du praticien :").text(75, 160, "10002909371")
    page.text(12, 170, "Date :").text(75, 170, made)
    page.text(150, 285, "S 3116 g", 8)
    return page.image


def bank_details(person, iban):
    page = Page()
    page.text(55, 30, "RELEVÉ D'IDENTITÉ BANCAIRE", 18, bold=True)
    page.text(12, 60, f"Titulaire du compte : {person.name}")
    page.text(12, 80, "Code banque   Code guichet   Numéro de compte   Clé RIB")
    page.text(12, 100, "IBAN").text(40, 100, iban).text(12, 115, "BIC   AGRIFRPP")
    return page.image


def scanned_again(image):
    """The same paper laid upon another scanner: a little skewed, darker, with noise."""
    turned = image.rotate(0.6, Image.BICUBIC, fillcolor=245)
    pixels = numpy.asarray(turned, dtype=float) * 0.96 + numpy.random.default_rng(5).normal(0, 5, (image.height, image.width))
    return Image.fromarray(pixels.clip(0, 255).astype(numpy.uint8))


def make_lot(folder, received, plis):
    folder.mkdir()
    for name, pages in plis.items():
        pages[0].save(folder / name, save_all=True, append_images=pages[1:], dpi=(DPI, DPI), compression="tiff_deflate")
    (folder / "lot.json").write_text(json.dumps({"caisse": "061", "received": received, "expected_files": len(plis)}))
    return folder


class Guards(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.home = cls.enterClassContext(Home())
        mail = cls.home.path / "mail"
        mail.mkdir()
        lucette = [sick_note(LUCETTE, "02/03/2026", "06/03/2026", "02/03/2026")]
        armand = [sick_note(ARMAND, "01/03/2026", "09/03/2026", "01/03/2026"), bank_details(ARMAND, IBAN)]
        first = make_lot(mail / "first", "2026-03-09", {"lucette.tif": lucette, "armand.tif": armand})
        cls.first = cls.run_lot(first)
        cls.again = cls.run_lot(first)
        shutil.copytree(first, mail / "copied")
        cls.copied = cls.run_lot(mail / "copied")
        cls.scanned = cls.run_lot(make_lot(mail / "scanned", "2026-03-10", {"page.tif": [scanned_again(lucette[0])]}))
        later = {
            "lucette.tif": [sick_note(LUCETTE, "07/03/2026", "13/03/2026", "07/03/2026")],
            "armand.tif": [sick_note(ARMAND, "10/03/2026", "15/03/2026", "10/03/2026"), bank_details(ARMAND, OTHER_IBAN)],
        }
        cls.later = cls.run_lot(make_lot(mail / "later", "2026-03-16", later))
        cls.waiting = {said["pli"]: said for said in cls.home.reconcile().json()["exceptions"]}
        cls.delivered = {}
        for index in cls.home.documents():
            cls.delivered.setdefault(index["pli"], []).append(index)

    @classmethod
    def run_lot(cls, folder):
        outcome = cls.home.run(folder)
        assert outcome.code == DONE, outcome
        return outcome.json()

    def reasons(self, pli):
        self.assertIn(pli, self.waiting)
        self.assertEqual(self.waiting[pli]["state"], "to_verify")
        return " ".join(self.waiting[pli]["reasons"])

    def test_new_mail_is_delivered(self):
        self.assertEqual(self.first["documents"], 3, self.waiting)
        self.assertEqual({index["type"]["code"] for index in self.delivered["first/armand.tif"]}, {"AAT", "RIB"})

    def test_the_same_folder_again_brings_nothing_new(self):
        self.assertEqual((self.again["pages"], self.again["documents"]), (0, 0))

    def test_a_lot_copied_under_another_name_is_not_delivered_twice(self):
        self.assertEqual(self.copied["documents"], 0)
        for name in ("lucette.tif", "armand.tif"):
            self.assertIn(f"document déjà reçu (AAT, page 1) : pli first/{name} du 09/03/2026", self.reasons(f"copied/{name}"))

    def test_the_same_paper_scanned_again_is_not_delivered_twice(self):
        self.assertEqual(self.scanned["documents"], 0)
        self.assertIn("document déjà reçu", self.reasons("scanned/page.tif"))

    def test_a_second_sick_note_is_delivered_and_says_so(self):
        note = "réitération : AAT du même assuré reçu le 10/03/2026 (pli scanned/page.tif)"  # the latest, although it is a copy that waits
        self.assertIn("later/lucette.tif", self.delivered, self.waiting)
        index = self.delivered["later/lucette.tif"][0]
        self.assertTrue(any(said.startswith(note) for said in index["notes"]), index["notes"])
        self.assertEqual(self.delivered["first/lucette.tif"][0]["notes"], [])

    def test_another_account_waits_for_a_person(self):
        self.assertIn("compte bancaire changé (RIB, page 2)", self.reasons("later/armand.tif"))

    def test_no_reason_shows_a_number_of_a_person(self):
        said = json.dumps(list(self.waiting.values()))
        for number in (LUCETTE.nir, ARMAND.nir, IBAN, OTHER_IBAN):
            self.assertNotIn(number.replace(" ", ""), said)


if __name__ == "__main__":
    unittest.main()
