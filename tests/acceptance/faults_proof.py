"""The long form of faults_test.py: every call in every way; keeps a report in docs/proofs/."""

import argparse
import collections
import concurrent.futures
import math
import os
import platform
import random
import tempfile
import time
from datetime import date
from pathlib import Path

import fault_rounds
import work_rounds
from fault_rounds import WAYS
from kills_proof import commit
from pleiade_program import ROOT
from temp_postgres import TempPostgres


def table(faults):
    """How often each kind of call went wrong, by way."""
    met = collections.Counter((fault.point.place.split(":")[0], fault.way) for fault in faults if fault.point)
    lines = [f"| {call} | " + " | ".join(str(met[call, way]) for way in WAYS) + " |" for call in sorted({call for call, _ in met})]
    return "\n".join([f"| call | {' | '.join(WAYS)} |", "|---" * (len(WAYS) + 1) + "|", *lines])


def work_part(options, work_bench, faults, of):
    if not faults:
        return ""
    met = [fault for fault in faults if fault.point]
    return f"""
## A worker goes on by itself

`pleiade work` on a database of its own, just after the lot was taken in; {len(work_bench.points)} calls. Errors only (error and half), and nobody starts it
anew: {len(faults)} rounds of {of}, {len(met)} calls met, {sum(bool(fault.trouble) for fault in faults)} rounds ended otherwise. Same comparison.

{table(met)}
"""


def done_in_time(options, rounds, survive):
    """The faults of the rounds that were begun before the time was over."""
    end = time.monotonic() + 60 * options.minutes if options.minutes else math.inf
    faults = []

    def one(each):
        return survive(each) if time.monotonic() < end else None

    with concurrent.futures.ThreadPoolExecutor(options.at_once) as pool:
        for number, fault in enumerate(pool.map(one, rounds), 1):
            if fault:
                faults.append(fault)
            if fault and (fault.trouble or number % 20 == 0):
                print(f"{number}/{len(rounds)} {fault}", flush=True)
    return faults


def in_work(options, bench):
    """The bench, its faults, and of how many they are."""
    if options.work_rounds == 0:
        return None, [], 0
    with TempPostgres() as database:
        work_bench = work_rounds.WorkBench(bench, database)
        faults = work_rounds.errors_of(work_bench, random.Random(options.seed))
        of = len(faults)
        faults = faults[: options.work_rounds] if options.work_rounds > 0 else faults
        faults = done_in_time(options, list(enumerate(faults)), lambda one: work_rounds.survive(work_bench, one[1], f"round_{one[0]}"))
        return work_bench, faults, of


def report(options, bench, faults, seconds, of, work):
    troubled = [fault for fault in faults + work[1] if fault.trouble]
    work = work_part(options, *work)
    struck = [fault for fault in faults if fault.point]
    errors = [fault for fault in struck if not fault.way.startswith("crash")]
    home = str(bench.folder)
    found = "".join(f"\n- {str(fault).replace(home, '')}" for fault in troubled)
    verdict = "Nothing was lost, doubled, damaged or left over." if not troubled else f"**{len(troubled)} rounds ended otherwise.**{found}"
    return f"""# {len(struck)} faults

`tools/proof faults {options.seed}{f' {options.rounds}' if options.rounds else ''}`{f', ended after {options.minutes:g} minutes for each part' if options.minutes else ''}, {date.today().isoformat()}, commit {commit()}.
{os.cpu_count()} cores, {platform.machine()}; {seconds / 60:.1f} minutes.

A lot of three files (a pli of one page, one of two, and a file that is no picture) is taken in, read, decided and delivered by `pleiade run`. Every
call of it that changes a file (create, write, fsync, close, rename, link, remove, mkdir, truncate, allocate, chmod, chown) and every COMMIT that
changes the database is counted: {len(bench.points)} in an opened home, {len(bench.first_points)} in a new one. In each round one of them goes wrong:

- error: not done, and said so (EIO or ENOSPC; for a COMMIT the connection breaks before it);
- half: half of a write; any other call is done and answered with an error (for a COMMIT the answer is lost);
- crash-before, crash-after: SIGKILL before or after the call.

Then the same command runs again, undisturbed, in every third round after a second fault. Compared with a run nobody disturbed: delivered documents by
lot, pli, type, pages, page count, fields, caisse and corbeille; counts by caisse; what waits for a person and why. No page and no key may be delivered
twice, every image must have the bytes of its name, the sources must be untouched, no half-written file may be left, `reconcile` must find nothing
unexplained and `audit verify` nothing altered. A run that went on after an error must meet all that at once.

| | |
|---|---|
| rounds | {len(faults)} of {of} (each call in each way) |
| the call was met | {len(struck)} |
| places in the program, each in how many ways | {len({fault.point.place for fault in struck})}, {len({(fault.point.place, fault.way) for fault in struck})} |
| errors after which the run went on | {sum(fault.went_on for fault in errors)} of {len(errors)} |
| rounds that ended otherwise | {sum(bool(fault.trouble) for fault in faults)} |

{table(struck)}

{verdict}
{work}"""


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=20260316)
    parser.add_argument("--rounds", type=int, default=0, help="0: all")
    parser.add_argument("--work-rounds", type=int, default=-1, help="of `pleiade work`; -1: all")
    parser.add_argument("--minutes", type=float, default=0, help="of each part; what was not begun by then is left out; 0: no end")
    parser.add_argument("--at-once", type=int, default=2)
    options = parser.parse_args()
    started = time.monotonic()
    rng = random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="pleiade-faults-", dir=fault_rounds.folder_of_tests()) as folder:
        bench = fault_rounds.Bench(Path(folder))
        new = [(fault, False) for fault in fault_rounds.every_way(fault_rounds.only_of_a_new_home(bench), rng)]
        opened = [(fault, True) for fault in fault_rounds.every_way(bench.points, rng)]
        places = len(WAYS) * len({point.place for point in bench.points})
        rounds = opened[:places] + new + opened[places:]
        of = len(rounds)
        rounds = rounds[: options.rounds or of]
        again = [fault_rounds.Fault(rng.choice(bench.points).number, rng.choice(WAYS)) if number % 3 == 2 else None for number in range(len(rounds))]
        faults = done_in_time(options, list(zip(rounds, again)), lambda one: fault_rounds.survive(bench, *one[0], one[1]))
        work = in_work(options, bench)
        target = ROOT / "docs" / "proofs" / f"faults-{date.today().isoformat()}.md"
        target.write_text(report(options, bench, faults, time.monotonic() - started, of, work))
    troubled = [fault for fault in faults + work[1] if fault.trouble]
    print(f"{target}: {len(troubled)} of {len(faults) + len(work[1])} rounds ended otherwise")
    raise SystemExit(bool(troubled))


if __name__ == "__main__":
    main()
