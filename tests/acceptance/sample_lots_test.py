"""The sample lots through the shipped program, compared with what is true of them. Budgets: the project's issue "main job"."""

import json
import re
import subprocess
import unittest
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from pleiade_program import BIN, DONE, sources_of
from sample_run import the_sample_run

LEAST_DELIVERED = 0.80  # of the plis, without a person
LEAST_TYPED_RIGHT = 0.95  # of the documents
LEAST_DELIVERED_WHOLE = 0.97  # measured: 144 of 147 delivered documents have exactly their pages
LEAST_NIRS_READ = 0.97  # of the NIRs in print; the goal is 0.99. measured: 85 of 86; raise it with every gain

REPORT = BIN / "acceptance-samples.json"


def nir_body(value):
    """The thirteen characters before the key: the key follows from them, and may not stand on the paper."""
    return value[:13]


def share(part, whole):
    return part / whole if whole else 1.0


class SampleLots(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.run_ = the_sample_run()
        cls.report = {}

    @classmethod
    def tearDownClass(cls):
        names = list(cls.report)
        print("\n" + "\n".join(f"{name:46} {said}" for name, said in ((n, cls.report[n]["text"]) for n in names)))
        REPORT.write_text(json.dumps({name: cls.report[name]["value"] for name in names}, ensure_ascii=False, indent=1) + "\n")

    def note(self, name, value, text=None):
        self.report[name] = {"value": value, "text": text if text is not None else str(value)}

    def note_share(self, name, outcomes):
        """`outcomes`: (family, good) per case. Gives the share over all families."""
        by_family = {"all": [good for _, good in outcomes]}
        for family, good in outcomes:
            by_family.setdefault(family, []).append(good)
        value = {f: {"good": sum(g), "of": len(g), "share": round(share(sum(g), len(g)), 4)} for f, g in sorted(by_family.items())}
        self.note(name, value, "   ".join(f"{f}: {v['good']}/{v['of']} = {100 * v['share']:.1f} %" for f, v in value.items()))
        return share(sum(by_family["all"]), len(outcomes))

    def type_of(self, document):
        """As delivered; what is not delivered, as `inspect` sees its first page."""
        place = (document.lot, *document.pages[0])
        if index := self.run_.delivered.get(place):
            return index["type"]["code"]
        return self.run_.inspected[place]["type"]["code"]

    def documents(self):
        return [(pli, document) for pli in self.run_.plis for document in pli.documents]

    def test_the_run_ends_with_everything_settled(self):
        self.assertEqual(self.run_.outcome.code, DONE, self.run_.outcome)
        said = self.run_.outcome.json()
        self.note("pages read", said["pages"])
        self.note("seconds", round(said["seconds"], 1))
        self.assertEqual(said["set_aside"], 0)
        self.assertEqual(said["complaints"], [])
        self.assertEqual(said["pages"], len(self.run_.page_truth))

    def test_most_plis_are_delivered_without_a_person(self):
        outcomes = [(pli.family, bool(self.run_.indexes_of(pli))) for pli in self.run_.plis]
        delivered = self.note_share("plis delivered without a person", outcomes)
        waiting = [f"{pli.lot}/{pli.name}" for pli in self.run_.plis if not self.run_.indexes_of(pli) and pli.outcome == "delivered" and not pli.unclear]
        self.note("clear plis that wait for a person", waiting, ", ".join(waiting) or "none")
        self.assertGreaterEqual(delivered, LEAST_DELIVERED)

    def test_a_pli_is_delivered_whole_or_not_at_all(self):
        for pli in self.run_.plis:
            with self.subTest(pli=f"{pli.lot}/{pli.name}"):
                written = [page for document in pli.documents for page in document.pages]
                there = [page in {p for i in self.run_.indexes_of(pli) for p in sources_of(i)} for page in written]
                self.assertTrue(all(there) or not any(there), f"pages {written}: {there}")

    def test_nothing_is_delivered_to_a_wrong_caisse(self):
        for pli in self.run_.plis:
            for index in self.run_.indexes_of(pli):
                with self.subTest(pli=f"{pli.lot}/{pli.name}", document=index["key"]):
                    self.assertEqual(index["caisse"], pli.caisse)
                    self.assertEqual(index["pdf_path"].relative_to(self.run_.home.ged).parts[0], pli.caisse)

    def test_what_only_a_person_can_decide_waits_for_a_person(self):
        waiting = self.waiting()
        for pli in self.run_.plis:
            if pli.outcome == "to_verify":
                with self.subTest(pli=f"{pli.lot}/{pli.name}"):
                    self.assertEqual(self.run_.indexes_of(pli), [])
                    self.assertIn((pli.lot, pli.name), waiting)
                    self.assertTrue(waiting[pli.lot, pli.name], "it waits without a reason")

    def waiting(self):
        """(lot, pli) -> reasons, of what `reconcile` says waits for a person."""
        waiting = {}
        for exception in self.run_.reconcile.json()["exceptions"]:
            lot, slash, name = exception["pli"].rpartition("/")
            self.assertTrue(slash, f"a person cannot find a pli that is named without its lot: {exception}")
            waiting[lot.rsplit("/", 1)[-1], name] = exception["reasons"]
        return waiting

    def test_documents_are_typed_right(self):
        outcomes, wrong, certain, cut, wrongly_cut = [], [], [], [], []
        for pli, document in self.documents():
            said = self.type_of(document)
            outcomes.append((pli.family, said == document.type))
            index = self.run_.delivered.get((document.lot, *document.pages[0]))
            if index:
                certain.append((pli.family, said == document.type))
                cut.append((pli.family, sources_of(index) == document.pages))
                if sources_of(index) != document.pages:
                    wrongly_cut.append(f"{document.lot} {document.type} {document.pages}: {index['type']['code']} {sources_of(index)}")
            if said != document.type:
                wrong.append(f"{document.lot}/{document.pages[0][0]}:{document.pages[0][1]} {document.type} as {said}{' DELIVERED' if index else ''}")
        right = self.note_share("documents typed right", outcomes)
        delivered_right = self.note_share("delivered documents typed right", certain)
        delivered_whole = self.note_share("delivered documents with exactly their pages", cut)
        self.note("delivered with other pages", wrongly_cut, "\n    " + "\n    ".join(wrongly_cut) if wrongly_cut else "none")
        self.note("typed wrong", wrong, "\n    " + "\n    ".join(wrong) if wrong else "none")
        self.assertGreaterEqual(right, LEAST_TYPED_RIGHT)
        self.assertEqual(delivered_right, 1.0)
        self.assertGreaterEqual(delivered_whole, LEAST_DELIVERED_WHOLE)

    def test_printed_nirs_are_read_and_none_is_invented(self):
        typed, handwritten, missed, invented = [], [], [], []
        for pli, document in self.documents():
            there = {nir_body(nir["value"]) for nir in document.nirs}
            read = set()
            for page in document.pages:
                for found in self.run_.inspected[(document.lot, *page)]["identifiers"]:
                    if found["kind"] != "nir" or not found["valid"]:
                        continue
                    read.add(nir_body(found["value"]))
                    if nir_body(found["value"]) not in there:
                        invented.append(f"{document.lot}/{page[0]}:{page[1]} {found['value']} ({found['confidence']}), true: {sorted(there)}")
            for nir in document.nirs:
                good = nir_body(nir["value"]) in read
                (typed if nir["font"] == "typed" else handwritten).append((pli.family, good))
                if nir["font"] == "typed" and not good:
                    missed.append(f"{document.lot}/{document.pages[0][0]}:{document.pages[0][1]} {document.type} {nir['value']} ({nir['printed']}{', unclear on purpose' if pli.unclear else ''})")
        read = self.note_share("NIRs in print read right", typed)
        self.note_share("NIRs in handwriting-like letters read right", handwritten)
        self.note("NIRs in print not read", missed, "\n    " + "\n    ".join(missed) if missed else "none")
        self.note("NIRs read wrong and called valid", invented, "\n    " + "\n    ".join(invented) if invented else "none")
        self.assertEqual(invented, [])
        self.assertGreaterEqual(read, LEAST_NIRS_READ)

    def test_separator_sheets_and_blank_sides_name_nobody(self):
        for place, side in self.run_.page_truth.items():
            if side["kind"] != "page":
                with self.subTest(page=place):
                    self.assertEqual([i for i in self.run_.inspected[place]["identifiers"] if i["kind"] == "nir" and i["valid"]], [])

    def test_every_barcode_is_found(self):
        outcomes, missed = [], []
        for place, side in self.run_.page_truth.items():
            seen = Counter((mark["format"], mark["text"]) for mark in self.run_.inspected[place]["marks"])
            for mark in side["barcodes"]:
                key = (mark["format"], mark["text"])
                found = key in seen
                outcomes.append((mark["format"], found))
                if not found:
                    missed.append(f"{'/'.join(map(str, place))} {key}, seen: {sorted(seen)}")
        found = self.note_share("barcodes found", outcomes)
        self.note("barcodes not found", missed, "\n    " + "\n    ".join(missed) if missed else "none")
        self.assertEqual(found, 1.0, missed)

    def test_the_counts_agree_by_caisse(self):
        self.assertEqual(self.run_.reconcile.code, DONE, self.run_.reconcile)
        said = self.run_.reconcile.json()
        self.assertEqual(said["unexplained"], [])
        received = Counter()
        for balance in said["caisses"]:
            with self.subTest(caisse=balance["caisse"]):
                self.assertEqual(balance["received"], balance["delivered"] + balance["to_verify"] + balance["set_aside"])
                self.assertEqual(balance["in_work"], 0)
            received[balance["caisse"]] = balance["received"]
        self.assertEqual(sum(received.values()), len(self.run_.plis))
        self.assertEqual(sum(b["delivered"] for b in said["caisses"]), sum(bool(self.run_.indexes_of(pli)) for pli in self.run_.plis))
        self.assertEqual(len(said["exceptions"]), sum(b["to_verify"] + b["set_aside"] for b in said["caisses"]))
        expected = Counter(pli.caisse for pli in self.run_.plis)
        for caisse, count in received.items():
            if caisse != "000":  # mail whose caisse a person must say
                self.assertLessEqual(count, expected[caisse], caisse)

    def test_delivered_documents_have_work_items(self):
        said = {caisse["caisse"]: caisse for caisse in self.run_.status.json()["caisses"]}
        expected = Counter(index["caisse"] for index in self.run_.documents if index["routing"]["corbeille"])
        self.assertTrue(expected)
        for caisse, count in expected.items():
            with self.subTest(caisse=caisse):
                self.assertEqual(sum(said[caisse]["work_items"].values()), count)

    def test_the_text_of_delivered_documents_can_be_searched(self):
        """Typed NIRs that were read stand in the PDF as text, and every PDF has text where its pages have."""
        def searchable(index):
            text = subprocess.run(["pdftotext", "-raw", index["pdf_path"], "-"], capture_output=True, check=True).stdout.decode()
            return re.sub(r"\s+", "", text)

        with ThreadPoolExecutor(2) as pool:
            texts = dict(zip((index["key"] for index in self.run_.documents), pool.map(searchable, self.run_.documents)))
        for index in self.run_.documents:
            seen = "".join(self.run_.inspected[(lot, file, page)]["text"] for lot, file, page in self.places(index))
            with self.subTest(document=index["pdf_path"].name):
                self.assertGreaterEqual(len(texts[index["key"]]), 0.9 * len(re.sub(r"\s+", "", seen)))
        outcomes = []
        for pli, document in self.documents():
            index = self.run_.delivered.get((document.lot, *document.pages[0]))
            for nir in document.nirs:
                if index and nir["font"] == "typed" and nir["printed"] == "text":
                    outcomes.append((pli.family, nir_body(nir["value"]) in texts[index["key"]]))
        self.note_share("typed NIRs found by searching the PDF", outcomes)
        self.assertTrue(outcomes)
        self.assertGreaterEqual(share(sum(good for _, good in outcomes), len(outcomes)), 0.9)  # chosen: text of letters, where no check digit helps

    def places(self, index):
        return [(index["lot"].rsplit("/", 1)[-1], file, page) for file, page in sources_of(index)]


if __name__ == "__main__":
    unittest.main()
