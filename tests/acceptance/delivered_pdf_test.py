"""What was delivered, judged by programs that are not ours: Apache PDFBox preflight (PDF/A-1b) and qpdf."""

import hashlib
import os
import re
import statistics
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sample_run import the_sample_run

JARS = ("preflight", "xmpbox", "pdfbox2", "fontbox2", "commons-logging", "commons-io", "jaxb-api", "javax.activation")
CLASS_PATH = ":".join(f"/usr/share/java/{jar}.jar" for jar in JARS)


AT_ONCE = 16  # chosen: PDFBox lets go of no document it has judged; these fit the memory it gets


def preflight(pdfs):
    """For each PDF None when it is PDF/A-1b, else what is wrong. One Java machine for many: starting it costs as much as a file."""
    shares = [pdfs[start:start + AT_ONCE] for start in range(0, len(pdfs), AT_ONCE)]
    with ThreadPoolExecutor(2) as pool:
        return [verdict for verdicts in pool.map(judge, shares) for verdict in verdicts]


def judge(pdfs):
    with tempfile.TemporaryDirectory() as folder:
        names = Path(folder) / "names.txt"
        names.write_text("".join(f"{pdf}\n" for pdf in pdfs))
        done = subprocess.run(
            ["java", "-Xmx1500m", "-XX:+UseSerialGC", "-cp", CLASS_PATH, "org.apache.pdfbox.preflight.Validator_A1b", "xml", "group", names],
            capture_output=True, text=True,
        )
        result = Path(f"{names}.preflight.xml")
        assert result.exists(), f"preflight gave no verdict: {done.stderr[:2000]}"
        verdicts = ElementTree.parse(result).findall("preflight")
    assert [verdict.get("name") for verdict in verdicts] == [pdf.name for pdf in pdfs]
    return [None if verdict.findtext("isValid") == "true" else ElementTree.tostring(verdict, "unicode") for verdict in verdicts]


def spread(documents):
    """A document of every lot, one with a page in layers, and the longest: PDFBox needs seconds for each, half a minute for JPEG."""
    first_of_lot = {index["lot"]: index["pdf_path"] for index in documents if not is_jpeg(index)}
    longest = max(documents, key=lambda index: index["pdf"]["page_count"])["pdf_path"]
    layered = sorted((index["pdf_path"] for index in documents if b"/ImageMask true" in index["pdf_path"].read_bytes()), key=lambda path: path.stat().st_size)[:1]
    return list(dict.fromkeys([*first_of_lot.values(), longest, *layered]))


def is_jpeg(index):
    return b"/DCTDecode" in index["pdf_path"].read_bytes()


A4_SIDES = (560, 800)  # points: a little less than A4, for crops; envelopes and cheques are no pages of text
BUDGET = {"bitonal": 45_000, "grey or colour": 90_000}  # bytes a page, the whole file divided by its pages, median


def bytes_per_page(documents):
    """For each kind of A4 document the sizes of its pages on average, in bytes."""
    sizes = {kind: [] for kind in BUDGET}
    for index in documents:
        pdf = index["pdf_path"].read_bytes()
        pages = [sorted(map(float, sides)) for sides in re.findall(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]", pdf)]
        if pages and all(short > A4_SIDES[0] and long > A4_SIDES[1] for short, long in pages):
            sizes["grey or colour" if is_jpeg(index) else "bitonal"].append(len(pdf) / len(pages))
    return sizes


class DeliveredPdf(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.run_ = the_sample_run()
        cls.pdfs = [index["pdf_path"] for index in cls.run_.documents]

    def test_pdfs_are_pdf_a_1b(self):
        """All of them with PLEIADE_EVERY_PDF set (tools/proof pdfa), else some of every lot."""
        pdfs = self.pdfs if os.environ.get("PLEIADE_EVERY_PDF") else spread(self.run_.documents)
        self.assertTrue(pdfs)
        for pdf, trouble in zip(pdfs, preflight(pdfs)):
            with self.subTest(pdf=pdf.name):
                self.assertIsNone(trouble)

    def test_pages_of_text_are_small(self):
        for kind, sizes in bytes_per_page(self.run_.documents).items():
            with self.subTest(kind=kind):
                self.assertTrue(sizes)
                self.assertLess(statistics.median(sizes), BUDGET[kind])

    def test_the_judge_says_no_to_a_damaged_pdf(self):
        whole = min(self.pdfs, key=lambda pdf: pdf.stat().st_size).read_bytes()
        with tempfile.TemporaryDirectory() as folder:
            damaged = Path(folder) / "damaged.pdf"
            damaged.write_bytes(whole.replace(b"/S /GTS_PDFA1", b"/S /GTS_PDFX1"))
            self.assertIsNotNone(preflight([damaged])[0])

    def test_every_pdf_says_that_it_is_pdf_a_1b(self):
        for pdf in self.pdfs:
            with self.subTest(pdf=pdf.name):
                said = pdf.read_bytes()
                self.assertIn(b"<pdfaid:part>1</pdfaid:part>", said)
                self.assertIn(b"<pdfaid:conformance>B</pdfaid:conformance>", said)

    def test_qpdf_finds_no_fault(self):
        def check(pdf):
            return pdf.name, subprocess.run(["qpdf", "--check", pdf], capture_output=True)

        with ThreadPoolExecutor(2) as pool:
            for name, done in pool.map(check, self.pdfs):
                with self.subTest(pdf=name):
                    self.assertEqual(done.returncode, 0, done.stderr.decode())

    def test_the_index_names_the_fingerprint_of_its_pdf(self):
        for index in self.run_.documents:
            with self.subTest(pdf=index["pdf_path"].name):
                self.assertEqual(hashlib.sha256(index["pdf_path"].read_bytes()).hexdigest(), index["pdf"]["sha256"])

    def test_a_pdf_has_the_pages_its_index_says(self):
        for index in self.run_.documents:
            with self.subTest(pdf=index["pdf_path"].name):
                pages = int(subprocess.run(["qpdf", "--show-npages", index["pdf_path"]], capture_output=True, check=True).stdout)
                self.assertEqual(pages, index["pdf"]["page_count"])
                self.assertEqual(pages, len(index["pages"]))

    def test_no_pdf_stands_without_its_index_nor_the_other_way_round(self):
        ged = self.run_.home.ged
        pdfs, indexes = ({path.with_suffix("") for path in ged.glob(f"*/*/*.{kind}")} for kind in ("pdf", "json"))
        self.assertEqual(pdfs, indexes)
        self.assertEqual([path for path in ged.rglob("*") if path.is_file() and path.suffix not in (".pdf", ".json")], [])


if __name__ == "__main__":
    unittest.main()
