"""The long form of the kills in interruption_test.py; keeps a report in docs/proofs/."""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import kill_rounds
import small_lots
from pleiade_program import ROOT


def commit():
    said = subprocess.run(["git", "-C", ROOT, "rev-parse", "HEAD"], capture_output=True, text=True)
    changed = subprocess.run(["git", "-C", ROOT, "status", "--porcelain", "--untracked-files=no"], capture_output=True, text=True).stdout.strip()
    return (said.stdout.strip() or "unknown") + (" with uncommitted changes" if changed else "")


def report(options, rounds, seconds):
    verdict = "Nothing was lost, doubled or left over." if not rounds.faults else f"**{len(rounds.faults)} rounds ended otherwise.**"
    faults = "".join(f"\n- {fault}" for fault in rounds.faults)
    moments = ", ".join(f"{moment:.2f}" for moment in sorted(rounds.moments))
    return f"""# {options.kills} kills

`tools/proof kills {options.kills} {options.seed}`, {date.today().isoformat()}, commit {commit()}.
{os.cpu_count()} cores, {platform.machine()}; {seconds / 60:.1f} minutes.

Each round takes two small lots of the samples into a fresh home with two workers, kills `pleiade run` with SIGKILL at a seeded
moment (every third round twice), and lets the same command run to the end. Compared with a run nobody disturbed: delivered
documents by lot, pli, type, pages, page count, fields, caisse and corbeille; counts by caisse; what waits for a person and why. No page
and no key may be delivered twice, `reconcile` must find nothing unexplained, and no half-written file may lie in the GED.

| | |
|---|---|
| undisturbed run | {rounds.seconds_undisturbed:.1f} s, {rounds.documents} documents |
| rounds | {len(rounds.moments)} |
| killed at work | {rounds.killed} |
| begun anew, since all was done before the moment came | {rounds.ended_before} |
| rounds that ended otherwise | {len(rounds.faults)} |

{verdict}{faults}

First kills, seconds after the start: {moments}
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=20260316)
    options = parser.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="pleiade-proof-", dir="/tmp") as folder:
        lots = small_lots.make(Path(folder) / "lots")
        reference = kill_rounds.undisturbed(lots)

        def show(number, rounds):
            print(f"{number}/{options.kills} rounds, {rounds.killed} killed at work, {len(rounds.faults)} ended otherwise", flush=True)

        rounds = kill_rounds.rounds(lots, options.kills, options.seed, reference, show)
    target = ROOT / "docs" / "proofs" / f"kills-{date.today().isoformat()}.md"
    target.parent.mkdir(exist_ok=True)
    target.write_text(report(options, rounds, time.monotonic() - started))
    print(target)
    sys.exit(1 if rounds.faults else 0)


if __name__ == "__main__":
    main()
