"""Rounds: every program reads the same pages in turn, so that what else the machine does falls on all of them."""

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import machine
import programs
from pleiade_program import PLEIADE, Home
from programs import run

CAISSE = "061"  # any: so that pages become documents, and the PDF is part of what is measured
ONE, TWO, SUBSET = "pleiade, 1 worker", "pleiade, 2 workers", "pleiade, 1 worker, pages of ocrmypdf"
TESSERACT, TESSERACT_TWICE, OCRMYPDF = "tesseract", "tesseract, 2 processes", "ocrmypdf"
MOST_MINUTES = 36  # of all rounds: steps, PDFs and character errors take their part of three quarters of an hour
OCRMYPDF_PACKAGES = ("ocrmypdf", "unpaper")


class Rounds:
    """What each program used, round by round."""

    def __init__(self, pages, few_pages, progress):
        self.pages, self.few_pages, self.progress = pages, few_pages, progress
        self.rows, self.peak_mb, self.documents = defaultdict(list), 0.0, 0
        self.pdf_bytes = {"pleiade": {}, OCRMYPDF: {}}  # of page name
        self.turns = [
            (ONE, self.pages, lambda pages: self.ours(pages, 1)), (TESSERACT, self.pages, lambda pages: self.tesseract(pages, 1)),
            (TWO, self.pages, lambda pages: self.ours(pages, 2)), (TESSERACT_TWICE, self.pages, lambda pages: self.tesseract(pages, 2)),
        ]
        if few_pages:
            self.turns += [(SUBSET, few_pages, lambda pages: self.ours(pages, 1)), (OCRMYPDF, few_pages, self.ocrmypdf)]

    def go(self, rounds):
        """Each round begins with another program; on a machine too busy for all of them, those that fit."""
        watch, longest = machine.Wall(), 0.0
        for number in range(rounds):
            before = watch.seconds()
            if before + longest > MOST_MINUTES * 60:
                print(f"*** {number} rounds instead of {rounds}: the next would take too long ***", file=sys.stderr)
                return
            first = number % len(self.turns)
            for name, pages, turn in self.turns[first:] + self.turns[:first]:
                others = machine.Others()
                used = turn(pages)
                used = {part: value / len(pages) for part, value in used.items()}
                self.rows[name].append({**used, "others": others.share()})
                self.progress.step()
            longest = max(longest, watch.seconds() - before)

    @property
    def complete(self):
        """Whether there is a round to report."""
        return len(self.rows) == len(self.turns)

    def ours(self, pages, workers):
        with Home() as home:
            run([PLEIADE, "doctor", "--home", home.path])  # the database is made before anything is measured
            files = [page.path for page in pages]
            cost = run([PLEIADE, "run", *files, "--home", home.path, "--caisse", CAISSE, "--workers", workers, "--json"], (0, 1), watched=True)
            self.documents = max(self.documents, json.loads(cost.out)["documents"])
            self.pdf_bytes["pleiade"].update(sizes_of(home.documents(), pages))
        self.peak_mb = max(self.peak_mb, cost.readers_peak_mb)
        database = max(0.0, cost.cpu - cost.own_cpu - cost.readers_cpu)
        return {"cpu": cost.own_cpu + cost.readers_cpu, "wall": cost.wall, "readers": cost.readers_cpu, "program": cost.own_cpu, "database": database}

    def tesseract(self, pages, processes):
        with tempfile.TemporaryDirectory(prefix="pleiade-bench-") as folder, ThreadPoolExecutor(processes) as pool:
            watch = machine.Wall()
            costs = programs.all_of(pool, [pool.submit(run, ["tesseract", page.path, f"{folder}/{number}", "-l", "fra"]) for number, page in enumerate(pages)])
            return {"cpu": sum(cost.cpu for cost in costs), "wall": watch.seconds()}

    def ocrmypdf(self, pages):
        cpu, watch = 0.0, machine.Wall()
        with tempfile.TemporaryDirectory(prefix="pleiade-bench-") as folder:
            for page in pages:
                out = Path(folder) / "out.pdf"
                resolution = [] if page.says_dpi else ["--image-dpi", "300"]
                cpu += run(["ocrmypdf", "--deskew", "--rotate-pages", "--clean", "-l", "fra", "--jobs", "1", *resolution, page.path, out]).cpu
                self.pdf_bytes[OCRMYPDF][page.name] = out.stat().st_size
        return {"cpu": cpu, "wall": watch.seconds()}

    def report(self):
        return {
            "pages": len(self.pages), "pages_of_ocrmypdf": len(self.few_pages), "rounds": min(map(len, self.rows.values())),
            "rows": {name: {part: round(statistics.median(one[part] for one in found), 4) for part in found[0]} for name, found in self.rows.items()},
            "rounds_in_order": self.rows,
            "cpu_over_tesseract": self.ratio(ONE, TESSERACT, "cpu"), "two_workers_over_one": self.ratio(ONE, TWO, "wall"),
            "two_tesseracts_over_one": self.ratio(TESSERACT, TESSERACT_TWICE, "wall"),
            "pages_per_cpu_second_over_ocrmypdf": self.ratio(OCRMYPDF, SUBSET, "cpu"),
            "worker_peak_mb": round(self.peak_mb), "documents_delivered": self.documents,
        }

    def ratio(self, above, below, part):
        """The median of the rounds: both programs of a round met the same machine."""
        pairs = list(zip(self.rows[above], self.rows[below])) if above in self.rows and below in self.rows else []
        return round(statistics.median(one[part] / other[part] for one, other in pairs), 3) if pairs else None


def sizes_of(documents, pages):
    """{page name: bytes of its PDF}; documents of several pages share theirs out."""
    names = {page.path.name: page.name for page in pages}
    return {
        names[one["file"]]: index["pdf_path"].stat().st_size / index["pdf"]["page_count"]
        for index in documents for one in index["pages"] if one["file"] in names
    }


def pdf_report(pages, sizes):
    """Median bytes a page by kind."""
    kinds = defaultdict(lambda: defaultdict(dict))
    for program, found in sizes.items():
        for kind, bitonal in (("bitonal", True), ("grey or colour", False)):
            bytes_of = [found[page.name] for page in {page.name: page for page in pages}.values() if page.bitonal == bitonal and page.name in found]
            if bytes_of:
                kinds[kind][program] = {"pages": len(bytes_of), "median_bytes": round(statistics.median(bytes_of))}
    return kinds


def have_ocrmypdf(install):
    """Whether it is there; installs it for the bench alone (docs/adr/0015) when asked to."""
    if all(map(shutil.which, OCRMYPDF_PACKAGES)) or not install:
        return all(map(shutil.which, OCRMYPDF_PACKAGES))
    print(f"installing {' and '.join(OCRMYPDF_PACKAGES)}", file=sys.stderr)
    environment = ["env", "DEBIAN_FRONTEND=noninteractive"]
    for command in (["apt-get", "update", "-qq"], [*environment, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *OCRMYPDF_PACKAGES]):
        if subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL).returncode:
            print("*** ocrmypdf cannot be installed here: measured without it ***", file=sys.stderr)
            return False
    return True
