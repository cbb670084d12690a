"""Character errors of ours and of the program `tesseract`, on the same pages, read by two processes."""

import hashlib
import json
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor

import programs
from characters import Errors, errors
from pleiade_program import BIN, PLEIADE
from programs import run

OURS, TESSERACT = "pleiade", "tesseract"
PROCESSES = 2
CHUNK = 4  # pages; chosen: few enough that both processes end together, many enough that starting does not count


class Texts:
    """What each program reads on each page, and the processor time that took."""

    def __init__(self, progress, kept=False):
        self.progress, self.kept = progress, kept
        self.read, self.cpu, self.pages, self.millis = defaultdict(dict), defaultdict(float), defaultdict(int), defaultdict(float)

    def of(self, pages):
        chunks = [pages[start:start + CHUNK] for start in range(0, len(pages), CHUNK)]
        with ThreadPoolExecutor(PROCESSES) as pool:
            programs.all_of(pool, [pool.submit(job, chunk) for chunk in chunks for job in (self.ours, self.tesseract)], self.progress)

    def ours(self, pages):
        cost = run([PLEIADE, "inspect", "--json", *(page.path for page in pages)], accepted=(0, 1))
        answers = [json.loads(line) for line in cost.out.splitlines()]
        for page in pages:
            of_page = [answer for answer in answers if answer["file"] == str(page.path)]
            self.read[OURS][page.name] = "\n".join(answer.get("text", "") for answer in of_page)
            for step, millis in (pair for answer in of_page for pair in answer.get("millis", {}).items()):
                self.millis[step] += millis
        self.cpu[OURS] += cost.cpu
        self.pages[OURS] += len(pages)

    def tesseract(self, pages):
        for page in pages:
            kept = self.kept_file(page)
            if kept and kept.is_file():
                self.read[TESSERACT][page.name] = kept.read_text()
                continue
            cost = run(["tesseract", page.path, "stdout", "-l", "fra"])
            self.cpu[TESSERACT] += cost.cpu
            self.pages[TESSERACT] += 1
            self.read[TESSERACT][page.name] = cost.out.decode()
            if kept:
                kept.parent.mkdir(parents=True, exist_ok=True)
                kept.write_bytes(cost.out)

    def kept_file(self, page):
        """What Tesseract reads on a picture does not change while somebody improves our reading."""
        return BIN.parent / "bench" / "tesseract" / f"{hashlib.sha256(page.path.read_bytes()).hexdigest()}.txt" if self.kept else None


def steps(pages, progress):
    """Milliseconds a page by step of our reading: processor time inside one reader."""
    texts = Texts(progress)
    texts.ours(pages)
    progress.step()
    return {step: round(millis / len(pages), 1) for step, millis in texts.millis.items()}


def report(pages, texts):
    """Rates by family and, for degraded pages, by condition; the pages one by one where they may be looked at."""
    sums, singles = defaultdict(lambda: defaultdict(Errors)), []
    for page in pages:
        of_page = {program: errors(page.lines, texts.read[program].get(page.name, "")) for program in (OURS, TESSERACT)}
        groups = [page.family] + ([f"{page.family}: {page.condition}"] if page.condition else [])
        groups += [f"{page.family}: held out"] if page.held_out else []
        for group in groups:
            for program, found in of_page.items():
                sums[group][program] += found
                sums[group]["pages"] = sums[group].get("pages", 0) + (program == OURS)
        if not page.held_out:
            singles.append(single(page, of_page, texts))
    return {
        "families": {name: family(group) for name, group in sums.items()},
        "pages": sorted(singles, key=lambda one: -one["more_errors_than_tesseract"]),
        "cpu_seconds_per_page": {program: round(texts.cpu[program] / texts.pages[program], 3) for program in (OURS, TESSERACT) if texts.pages[program]},
    }


def family(group):
    ours, theirs = group[OURS], group[TESSERACT]
    return {
        "pages": group["pages"], "characters": ours.length,
        "cer": {OURS: rounded(ours.rate), TESSERACT: rounded(theirs.rate), "ratio": ratio(ours.plain, theirs.plain)},
        "cer_lines_anywhere": {OURS: rounded(ours.rate_anywhere), TESSERACT: rounded(theirs.rate_anywhere), "ratio": ratio(ours.anywhere, theirs.anywhere)},
    }


def single(page, of_page, texts):
    ours, theirs = of_page[OURS], of_page[TESSERACT]
    return {
        "page": page.name, "family": page.family, "file": str(page.path), "characters": ours.length,
        "more_errors_than_tesseract": ours.plain - theirs.plain,
        "cer": {OURS: rounded(ours.rate), TESSERACT: rounded(theirs.rate)},
        "cer_lines_anywhere": {OURS: rounded(ours.rate_anywhere), TESSERACT: rounded(theirs.rate_anywhere)},
        "truth": "\n".join(page.lines), "read": {program: texts.read[program].get(page.name, "") for program in (OURS, TESSERACT)},
    }


def rounded(rate):
    return round(rate, 4)


def ratio(ours, theirs):
    return round(ours / theirs, 3) if theirs else None
