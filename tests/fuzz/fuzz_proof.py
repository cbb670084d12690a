"""Every fuzz target for some seconds from its seeds; keeps a report in docs/proofs/."""

import argparse
import os
import platform
import re
import resource
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ROOT / "build" / "fuzz" / "tests"
FOUND = ROOT / "build" / "fuzz" / "found"
TIMEOUT_SECONDS = 20  # chosen: for one input by the clock; decoding one takes milliseconds
MEMORY_MIB = 2000  # chosen: twice what a reader process may use: the sanitizers take about as much again


@dataclass
class Round:
    target: str
    seeds: int
    runs: str
    covered: str
    processor_seconds: float
    found: list


def output_of(*command):
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()


def commit():
    changed = output_of("git", "status", "--porcelain", "--untracked-files=no")
    return (output_of("git", "rev-parse", "--short", "HEAD") or "unknown") + (" with uncommitted changes" if changed else "")


def last(pattern, text):
    found = re.findall(pattern, text)
    return found[-1] if found else "unknown"


def processor_seconds():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def starved(options, rounds):
    """A minute by the clock on a busy machine may be a second of work, and then finding nothing says nothing."""
    return sum(done.processor_seconds for done in rounds) < options.seconds * len(rounds) / 2  # chosen: half


def fuzz(target, seconds, seed):
    seeds = ROOT / "tests" / "fuzz" / "seeds" / target
    kept = FOUND / target
    kept.mkdir(parents=True, exist_ok=True)
    before = set(kept.iterdir())
    used_before = processor_seconds()
    with tempfile.TemporaryDirectory(prefix="pleiade-fuzz-") as corpus:
        ended = subprocess.run(
            [PROGRAMS / f"{target}-fuzz", f"-max_total_time={seconds}", f"-seed={seed}", f"-timeout={TIMEOUT_SECONDS}",
             f"-rss_limit_mb={MEMORY_MIB}", "-print_final_stats=1", f"-artifact_prefix={kept}/", corpus, seeds],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace", check=False)
    (kept / "last.log").write_text(ended.stderr)
    found = sorted(file.name for file in set(kept.iterdir()) - before if file.name != "last.log")
    if ended.returncode != 0 and not found:
        found = [f"ended with {ended.returncode} and kept no input: see last.log"]
    return Round(
        target, len(list(seeds.iterdir())),
        last(r"stat::number_of_executed_units:\s+(\d+)", ended.stderr), last(r"\bcov: (\d+)", ended.stderr),
        processor_seconds() - used_before, found)


def report(options, rounds):
    stopped = [done for done in rounds if done.found]
    verdict = "No target stopped." if not stopped else f"**{len(stopped)} targets stopped.**"
    if starved(options, rounds):
        verdict += " **This proves little: the machine was busy with something else, see the processor seconds.**"
    faults = "".join(f"\n- {done.target}: {', '.join(done.found)}" for done in stopped)
    table = "\n".join(
        f"| {done.target} | {done.seeds} | {done.runs} | {done.covered} | {done.processor_seconds:.1f} |" for done in rounds)
    return f"""# {options.seconds} seconds of fuzzing

`tools/proof fuzz {options.seconds} {options.seed}`, {date.today().isoformat()}, commit {commit()}.
{output_of("clang++", "--version").splitlines()[0]}; {os.cpu_count()} cores, {platform.machine()}.

Each target starts from its seeds alone, with address and undefined-behaviour sanitizer, one after the other, {options.seconds} seconds
by the clock each. An input may take {TIMEOUT_SECONDS} s and {MEMORY_MIB} MiB. The seed gives the same inputs again as long as the
clock does not cut in elsewhere.

| target | seeds | runs | places covered | processor seconds |
|---|---|---|---|---|
{table}

{verdict}{faults}
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=20260316)
    options = parser.parse_args()
    targets = sorted(folder.name for folder in (ROOT / "tests" / "fuzz" / "seeds").iterdir())
    rounds = []
    for target in targets:
        rounds.append(fuzz(target, options.seconds, options.seed))
        print(f"{target}: {rounds[-1].runs} runs, {', '.join(rounds[-1].found) or 'nothing found'}", flush=True)
    kept = ROOT / "docs" / "proofs" / f"fuzz-{date.today().isoformat()}.md"
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(report(options, rounds))
    print(kept.relative_to(ROOT))
    sys.exit(any(done.found for done in rounds) or starved(options, rounds))


if __name__ == "__main__":
    main()
