"""Official forms filled in by machine and scanned badly: type and fields. Budgets: the project's issue "main job"."""

import json
import tempfile
import unittest
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import filled_forms
from filled_forms import DAT, EXPECTED_TYPE, MDPH, VARIANTS
from pleiade_program import BIN, DONE, need_shared, pleiade

LEAST_TYPED_RIGHT = 0.95
LEAST_NIRS_READ = 0.9  # the goal is 0.99. measured: 10 of 10
LEAST_SIRETS_READ = 0.9  # measured: 10 of 10
LEAST_DATES_READ = 0.8  # measured: accidents 8 of 10, hirings 9. chosen: eight digits in comb boxes, and no check digit tells that they are right
READERS = 2
NOT_OURS = {"HORS", "INCONNU", "BLANC"}


class OfficialForms(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        forms = need_shared("forms")
        folder = cls.enterClassContext(tempfile.TemporaryDirectory(prefix="pleiade-acceptance-", dir="/tmp"))
        cls.paths = {variant: filled_forms.make(variant, forms, Path(folder)) for variant in VARIANTS}
        shares = [list(cls.paths.values())[i::READERS] for i in range(READERS)]
        with ThreadPoolExecutor(READERS) as pool:
            cls.outcomes = list(pool.map(lambda share: pleiade("inspect", "--json", *share), shares))
        cls.pages = defaultdict(list)
        for outcome in cls.outcomes:
            for page in outcome.lines():
                cls.pages[page["file"]].append(page)
        cls.report = {}

    @classmethod
    def tearDownClass(cls):
        print(json.dumps(cls.report, ensure_ascii=False, indent=1))
        (BIN / "acceptance-forms.json").write_text(json.dumps(cls.report, ensure_ascii=False, indent=1) + "\n")

    def read(self, variant):
        return self.pages[str(self.paths[variant])]

    def judge(self, name, verdicts, least):
        """`verdicts`: variant name -> "" when right, else what was read."""
        wrong = {variant: said for variant, said in verdicts.items() if said}
        share = 1 - len(wrong) / len(verdicts)
        self.report[name] = {"right": len(verdicts) - len(wrong), "of": len(verdicts), "wrong": wrong}
        self.assertGreaterEqual(share, least, wrong)

    def test_every_page_is_read(self):
        for outcome in self.outcomes:
            self.assertEqual(outcome.code, DONE, outcome)
        for variant in VARIANTS:
            self.assertEqual(len(self.read(variant)), variant.pages, variant.name)

    def test_types_are_right(self):
        self.judge("types", {
            v.name: "" if (said := self.read(v)[0]["type"]["code"]) == EXPECTED_TYPE[v.form] else said for v in VARIANTS
        }, LEAST_TYPED_RIGHT)

    def test_another_office_s_form_is_never_taken_for_ours(self):
        for variant in VARIANTS:
            if variant.form == MDPH:
                for page in self.read(variant):
                    with self.subTest(variant=variant.name, page=page["page_number"]):
                        self.assertIn(page["type"]["code"], NOT_OURS)

    def test_no_identifier_is_read_wrong_and_called_valid(self):
        for variant in VARIANTS:
            for page in self.read(variant):
                for found in page["identifiers"]:
                    if found["kind"] in ("nir", "siret") and found["valid"]:
                        with self.subTest(variant=variant.name, found=found):
                            self.assertEqual(variant.form, DAT)
                            self.assertEqual(found["value"], getattr(variant.person, found["kind"]))

    def test_nirs_are_read(self):
        self.judge_identifiers("nir", LEAST_NIRS_READ)

    def test_sirets_are_read(self):
        self.judge_identifiers("siret", LEAST_SIRETS_READ)

    def judge_identifiers(self, kind, least):
        verdicts = {}
        for variant in VARIANTS:
            if variant.form == DAT:
                seen = [found["value"] + ("" if found["valid"] else "?") for found in self.read(variant)[0]["identifiers"] if found["kind"] == kind]
                verdicts[variant.name] = "" if getattr(variant.person, kind) in seen else f"{seen} for {getattr(variant.person, kind)}"
        self.judge(kind, verdicts, least)

    def test_fields_of_the_accident_declaration(self):
        for name, least, true in (
            ("nir", LEAST_NIRS_READ, lambda who: who.nir),
            ("siret", LEAST_SIRETS_READ, lambda who: who.siret),
            ("accident_date", LEAST_DATES_READ, lambda who: f"{who.accident[4:]}-{who.accident[2:4]}-{who.accident[:2]}"),
            ("hire_date", LEAST_DATES_READ, lambda who: f"{who.hired[4:]}-{who.hired[2:4]}-{who.hired[:2]}"),
        ):
            with self.subTest(field=name):
                self.judge(f"field {name}", {
                    v.name: "" if (said := self.read(v)[0]["fields"].get(name, {}).get("value")) == true(v.person) else f"{said} for {true(v.person)}"
                    for v in VARIANTS if v.form == DAT
                }, least)

    def test_how_pages_lay_is_found(self):
        for variant in VARIANTS:
            page = self.read(variant)[0]
            with self.subTest(variant=variant.name):
                self.assertEqual(page["turned_deg"], variant.scan.turned)
                self.assertAlmostEqual(page["skew_deg"], variant.scan.skew, delta=0.3)


if __name__ == "__main__":
    unittest.main()
