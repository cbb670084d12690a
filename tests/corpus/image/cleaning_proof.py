"""How well pages are brought upright and straight by cleaning alone: painted pages of every kind, turned and skewed by known angles.

Run by `tools/proof cleaning [N] [SEED]`, which keeps docs/proofs/cleaning-<date>.md, and in short by ctest against tests/corpus/budgets.csv.
"""

import argparse
import csv
import multiprocessing
import os
import random
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tests" / "support"))
import painted_pages  # noqa: E402

UNSURE = 0.5  # spec: core/page_reading.h
SMALL, LARGE = 15.0, 45.0  # degrees
ALLOWED = {SMALL: 0.1, LARGE: 0.3}  # degrees of error, by how far pages were skewed
probe = None


@dataclass
class Found:
    kind: str
    part: str
    reach: float  # pages were skewed up to this
    right: bool
    sure: bool
    error_deg: float
    millis: float


def cleaned(program, image, truth):
    global probe
    if probe is None:
        probe = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    channels = 3 if image.mode == "RGB" else 1
    probe.stdin.write(f"clean {image.width} {image.height} {channels} {truth.dpi} {int(truth.bitonal)}\n".encode() + image.tobytes())
    probe.stdin.flush()
    return probe.stdout.readline().decode().rstrip("\n").split("\t")


def found(job):
    program, seed, kind, part, reach = job
    # A little less than 45 degrees: beyond, another turn with another skew is as right.
    skew = random.Random(seed).uniform(-reach, reach) * 0.98
    image, truth = painted_pages.page(seed, kind, part, skew_deg=skew)
    turned, sure, skewed, _, _, _, millis, _ = cleaned(program, image, truth)
    return Found(kind, part, reach, int(turned) == truth.turned_deg, float(sure) >= UNSURE, abs(float(skewed) - truth.skew_deg), float(millis))


def pages(count, seed):
    """Half with taught fonts and kinds, half with held ones; three of four skewed up to 15 degrees."""
    for k in range(count):
        part = "held" if k % 2 else "taught"
        kinds = list(painted_pages.KINDS if part == "held" else painted_pages.TAUGHT)
        yield seed * 1_000_000 + k, kinds[k // 2 % len(kinds)], part, LARGE if k // 2 % 4 == 3 else SMALL


def measure(options):
    jobs = [(options.probe, *page) for page in pages(options.pages, options.seed)]
    with multiprocessing.Pool(options.workers) as pool:
        return pool.map(found, jobs, chunksize=4)


def share(values):
    values = list(values)
    return sum(values) / max(1, len(values))


def straight(some, reach):
    return share(f.error_deg <= ALLOWED[reach] for f in some if f.reach == reach)


def report(options, all_found):
    groups = defaultdict(list)
    for f in all_found:
        groups["all"].append(f)
        groups[f"{f.part} fonts and kinds"].append(f)
    for f in sorted(all_found, key=lambda f: (f.part == "held", f.kind)):
        groups[f"{f.part}: {f.kind}"].append(f)
    lines = ["| pages | n | way up right | wrong though sure | unsure | within 0.1 degrees (skewed to 15) | within 0.3 (to 45) |", "|---|--:|--:|--:|--:|--:|--:|"]
    for name, some in groups.items():
        wrong = sum(not f.right and f.sure for f in some)
        unsure = sum(not f.sure for f in some)
        lines.append(f"| {name} | {len(some)} | {share(f.right for f in some):.4f} | {wrong} | {unsure} | {straight(some, SMALL):.3f} | {straight(some, LARGE):.3f} |")
    millis = sorted(f.millis for f in all_found)
    lines += ["", f"Processor time of cleaning: {millis[len(millis) // 2]:.0f} ms a page (median), {millis[len(millis) * 19 // 20]:.0f} ms at 95 %."]
    return "\n".join(lines)


def keep(options, table):
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip() or "unknown"
    folder = ROOT / "docs" / "proofs"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"cleaning-{date.today().isoformat()}.md"
    file.write_text(
        f"# Pages brought upright and straight\n\n`tools/proof cleaning {options.pages} {options.seed}` at commit {commit}: pages painted by "
        "tests/support/painted_pages.py, all with three lines of text or more,\nturned by every quarter and skewed; cleaned without reading them. "
        "\"Held\" fonts and kinds are never learned from nor tuned on.\n\n" + table + "\n"
    )
    return file


def budget(family):
    with open(ROOT / "tests" / "corpus" / "budgets.csv", newline="") as file:
        row = next(r for r in csv.DictReader(file) if r["family"] == family)
    return int(row["images"]), int(row["must_read"]), int(row["may_misread"])


def against_budgets(options):
    """Both families are measured on the same pages."""
    options.pages, must_turn, may_turn_wrong = budget("way-up-1")
    _, must_straighten, may_be_askew = budget("skew-1")
    all_found = measure(options)
    print(report(options, all_found))
    turned = sum(f.right for f in all_found)
    wrong = sum(not f.right and f.sure for f in all_found)
    level = sum(f.error_deg <= ALLOWED[f.reach] for f in all_found)
    askew = sum(f.error_deg > 1.0 for f in all_found)
    print(f"way up: {turned} right (at least {must_turn}), {wrong} wrong though sure (at most {may_turn_wrong})")
    print(f"skew: {level} within the limit (at least {must_straighten}), {askew} off by more than a degree (at most {may_be_askew})")
    return turned >= must_turn and wrong <= may_turn_wrong and level >= must_straighten and askew <= may_be_askew


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--probe", default=str(ROOT / "build/release/tests/cleaning-probe"))
    parser.add_argument("--pages", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=20260316)
    parser.add_argument("--workers", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--budgets", action="store_true", help="the short form: against tests/corpus/budgets.csv")
    options = parser.parse_args()
    if options.budgets:
        return 0 if against_budgets(options) else 1
    table = report(options, measure(options))
    print(table)
    print(f"\nkept in {keep(options, table).relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
