"""What the control plane can do beside the reading: jobs and intakes a second, and a whole day of the largest PFE replayed.

tools/bench control                     jobs, intakes, and a day of 32,000 plis: under an hour and 20 GB under /tmp
tools/bench control --quick             the same with little of each, under two minutes
tools/bench control --only jobs|intakes|day

Everything runs on this machine, PostgreSQL with its usual settings too (fsync and synchronous_commit on, every constraint, row security forced).
Jobs: claim, result, state change and event of pages that are read, through the store's own verbs, several a transaction. Intakes: different
files of 300 KB made durable and taken in, one a transaction. Day: `pleiade run` on lots of single sides cut by separator sheets; readings are
recorded ones (of tools/bench understanding, taught split), every side has other bytes, every pli other people; deciding, PDFs and delivery are
real. How to read what it says: docs/how-to/measure-speed.md
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import day
import fill
import machine
from pleiade_program import BIN, environment
from temp_postgres import TempPostgres

LOAD = BIN / "tests" / "control-load"
JOBS, WORKERS, MOST = 40_000, 6, 32  # chosen: as many connections as keep two cores busy while others wait for the disk
INTAKES, INTAKE_WORKERS, INTAKE_BYTES = 3_000, 4, 300_000  # the size is the goal's, the others chosen
PLIS = 32_000
QUICK = {"jobs": 4_000, "intakes": 300, "plis": 320}
WANTED = {"jobs": (2000, "jobs a second"), "intakes": (75, "intakes a second"), "day": (40, "minutes a day of 32,000 plis")}


def arguments(given):
    parser = argparse.ArgumentParser(prog="bench control", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", choices=WANTED)
    parser.add_argument("--jobs", type=int)
    parser.add_argument("--intakes", type=int)
    parser.add_argument("--plis", type=int, help="of the day")
    parser.add_argument("--plis-of-lot", type=int, default=100)  # chosen: what a scanner makes of a box of mail
    parser.add_argument("--days", type=int, default=1, help="one after the other in one database: the last is reported beside the first")
    parser.add_argument("--history", type=int, default=0, metavar="DOCUMENTS", help="stored before the day, as tools/bench fill makes them")
    parser.add_argument("--workers", type=int, default=8, help="of `pleiade run`: more than cores, for most of them wait for the disk")
    parser.add_argument("--readings", type=Path, metavar="FILE.jsonl", help="recorded readings; else those of tools/bench understanding, made when missing")
    parser.add_argument("--folder", type=Path, default=Path("/tmp"), help="where mail, images and GED lie meanwhile")
    parser.add_argument("--json", type=Path, metavar="FILE.json")
    options = parser.parse_args(given)
    usual = QUICK if options.quick else {"jobs": JOBS, "intakes": INTAKES, "plis": PLIS}
    for name, number in usual.items():
        setattr(options, name, getattr(options, name) or number)
    return options


def load(*words):
    """What control-load says of what it did, with what the rest of the machine did meanwhile."""
    others = machine.Others()
    done = subprocess.run([LOAD, *map(str, words)], stdin=subprocess.DEVNULL, capture_output=True, text=True, env=environment())
    if done.returncode != 0:
        sys.exit(f"control-load failed: {done.stderr.strip()}")
    return json.loads(done.stdout) | {"load_before": others.load}


def fresh(postgres, name):
    postgres.create(name)
    return postgres.url.replace("///pleiade?", f"///{name}?")


def measure(options, postgres, folder, report):
    if options.only in (None, "jobs"):
        report["jobs"] = load("jobs", fresh(postgres, "jobs"), options.jobs, WORKERS, MOST)
        postgres.drop("jobs")
    if options.only in (None, "intakes"):
        images = folder / "images-of-intakes"
        images.mkdir()
        report["intakes"] = load("intakes", fresh(postgres, "intakes"), images, options.intakes, INTAKE_WORKERS, INTAKE_BYTES)
        shutil.rmtree(images)
        postgres.drop("intakes")
    if options.only in (None, "day"):
        url = fresh(postgres, "day")
        if options.history:
            fill.run(LOAD, "migrate", url)
            fill.fill(postgres, "day", options.history)
        with day.Town(options, postgres, url, folder) as town:
            report["days"] = []
            for number in range(options.days):
                report["days"].append(town.day(number))
                say_day(report["days"][-1], number)


def say_day(done, number):
    print(f"day {number + 1}: {done['plis']} plis, {done['images']} images in {done['minutes']:.1f} minutes = {done['images_a_second']:.1f} a second, "
          f"so {done['minutes_of_whole_day']:.1f} minutes for {PLIS} plis", flush=True)


def table(report):
    rows = []
    for what in ("jobs", "intakes"):
        if what in report:
            rows.append((f"{what} a second", report[what]["a_second"], f"{WANTED[what][0]} at least"))
    for number, done in enumerate(report.get("days", []), 1):
        rows += [
            (f"day {number}: minutes for {PLIS} plis", done["minutes_of_whole_day"], "40 at most"),
            (f"day {number}: delivered documents", done["delivered"], ""), (f"day {number}: plis for a person", done["to_verify"], ""),
            (f"day {number}: unexplained by reconcile", done["unexplained"], "0"),
            (f"day {number}: MB beside PostgreSQL, peak", done["peak_mb"], "1000 at most"), (f"day {number}: GB of disk so far", done["disk_gb"], "20 at most"),
        ]
    return "\n".join(f"{name:44}{value:12.1f}   {goal}" for name, value, goal in rows)


def main(given):
    options = arguments(given)
    if not LOAD.is_file():
        sys.exit(f"{LOAD} is missing: build it first (tools/build)")
    report = {"cores": os.cpu_count()}
    folder = Path(tempfile.mkdtemp(prefix="pleiade-control-", dir=options.folder))
    folder.chmod(0o755)
    try:
        with TempPostgres() as postgres:
            measure(options, postgres, folder, report)
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(table(report))
    if options.json:
        options.json.write_text(json.dumps(report, indent=1) + "\n")
