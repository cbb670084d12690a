"""How well printed NIRs are read: painted lines of every kind through the real engine, and what was read of them.

Run by `tools/proof nirs [N] [SEED]`, which keeps docs/proofs/nirs-<date>.md, and in short by ctest against tests/corpus/budgets.csv.
A number that is called valid and is not the printed one goes to the wrong person; one that is not read goes to a person who types it.
"""

import argparse
import csv
import multiprocessing
import os
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tests" / "support"))
import painted_nirs  # noqa: E402

probe = None


@dataclass
class Found:
    seed: int
    truth: painted_nirs.Truth
    numbers: list  # [value, valid, repaired, key computed, confidence]
    millis: float

    def valid(self):
        return [n[0] for n in self.numbers if n[1] == "1"]

    def right(self):
        return self.truth.value in self.valid()

    def wrong(self):
        return [value for value in self.valid() if value != self.truth.value]


def found(job):
    global probe
    program, seed, setting, condition, part = job
    if probe is None:
        probe = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    image, dpi, truth = painted_nirs.line(seed, setting, condition, part)
    probe.stdin.write(f"{image.width} {image.height} {dpi} {int(condition.startswith('bitonal'))}\n".encode() + image.tobytes())
    probe.stdin.flush()
    millis, *numbers = probe.stdout.readline().decode().rstrip("\n").split("\t")
    return Found(seed, truth, [n.split(" ") for n in numbers], float(millis))


def lines(count, seed):
    """Every setting with every condition in turn, half with taught fonts and half with held ones."""
    settings, conditions = painted_nirs.SETTINGS, painted_nirs.CONDITIONS
    for k in range(count):
        setting = settings[k % len(settings)]
        condition = conditions[k // len(settings) % len(conditions)]
        yield seed * 1_000_000 + k, setting, condition, "held" if k // (len(settings) * len(conditions)) % 2 else "taught"


def measure(options):
    jobs = [(options.probe, *line) for line in lines(options.lines, options.seed)]
    with multiprocessing.Pool(options.workers) as pool:
        return pool.map(found, jobs, chunksize=8)


def row(name, some):
    real = [f for f in some if f.truth.value]
    read = sum(f.right() for f in real)
    wrong = sum(bool(f.wrong()) for f in some)
    share = f"{read / len(real):.4f}" if real else "-"
    return f"| {name} | {len(some)} | {share} | {len(real) - read} | {wrong} |"


def report(all_found):
    groups = defaultdict(list)
    for f in all_found:
        groups["all"].append(f)
        groups[f"{f.truth.part} fonts"].append(f)
    for f in sorted(all_found, key=lambda f: painted_nirs.SETTINGS.index(f.truth.setting)):
        groups[f.truth.setting].append(f)
    for f in sorted(all_found, key=lambda f: painted_nirs.CONDITIONS.index(f.truth.condition)):
        groups[f"condition: {f.truth.condition}"].append(f)
    table = ["| lines | n | read | not read | wrong and called valid |", "|---|--:|--:|--:|--:|"] + [row(name, some) for name, some in groups.items()]
    millis = sorted(f.millis for f in all_found)
    table += ["", f"Processor time of reading a line and its number: {millis[len(millis) // 2]:.0f} ms (median), {millis[len(millis) * 19 // 20]:.0f} ms at 95 %."]
    wrong = [f for f in all_found if f.wrong()]
    table += [""] + [f"- WRONG: seed {f.seed}, {f.truth.setting}, {f.truth.condition}, {f.truth.part} fonts: printed {f.truth.printed}, called valid: "
                     f"{' '.join(f.wrong())}" for f in wrong]
    return "\n".join(table).rstrip()


def keep(options, table):
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip() or "unknown"
    file = ROOT / "docs" / "proofs" / f"nirs-{date.today().isoformat()}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(
        f"# Printed NIRs\n\n`tools/proof nirs {options.lines} {options.seed}` at commit {commit}: lines painted by tests/support/painted_nirs.py, 8 to 14 points, "
        "with label,\nread by the engine as pages are. \"Altered\" lines show a number whose key is wrong: nothing valid stands there.\n\n" + table + "\n"
    )
    return file


def budget(family):
    with open(ROOT / "tests" / "corpus" / "budgets.csv", newline="") as file:
        values = next(r for r in csv.DictReader(file) if r["family"] == family)
    return int(values["images"]), int(values["must_read"]), int(values["may_misread"])


def against_budget(options):
    options.lines, must_read, may_misread = budget("nirs-1")
    all_found = measure(options)
    print(report(all_found))
    read = sum(f.right() for f in all_found)
    wrong = sum(bool(f.wrong()) for f in all_found)
    print(f"{read} read (at least {must_read}), {wrong} wrong and called valid (at most {may_misread})")
    return read >= must_read and wrong <= may_misread


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--probe", default=str(ROOT / "build/release/tests/nirs-probe"))
    parser.add_argument("--lines", type=int, default=30000)
    parser.add_argument("--seed", type=int, default=20260316)
    parser.add_argument("--workers", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--show", action="store_true", help="say what was read where it was not what is printed")
    parser.add_argument("--budgets", action="store_true", help="the short form: against tests/corpus/budgets.csv")
    options = parser.parse_args()
    if options.budgets:
        return 0 if against_budget(options) else 1
    all_found = measure(options)
    table = report(all_found)
    print(table)
    if options.show:
        for f in all_found:
            if f.truth.value and not f.right():
                print(f.seed, f.truth.setting, f.truth.condition, f.truth.part, round(f.truth.points, 1), f.truth.printed, f.numbers)
        return 0
    print(f"\nkept in {keep(options, table).relative_to(ROOT)}")
    return 1 if any(f.wrong() for f in all_found) else 0


if __name__ == "__main__":
    sys.exit(main())
