"""A year of stored mail, and how long questions take in it.

tools/bench fill                        10 million documents: under half an hour and 40 GB under /tmp, all dropped afterwards
tools/bench fill --documents 100000     a hundredth of it, in half a minute

The rows are made by one script, tools/bench_control/fill.sql, in a PostgreSQL of its own with its usual settings. Then the store's own verbs are
timed, as workers, search and dashboards call them: each so many times, days, caisses and NIRs drawn anew. How to read what it says:
docs/how-to/measure-speed.md
"""

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

from pleiade_program import BIN, environment
from temp_postgres import TempPostgres

LOAD = BIN / "tests" / "control-load"
SCRIPT = Path(__file__).with_name("fill.sql")
DOCUMENTS, WAITING, TIMES = 10_000_000, 32_000, 1000
MOST_MS = 50  # the goal's, for 99 of 100


def arguments(given):
    parser = argparse.ArgumentParser(prog="bench fill", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=DOCUMENTS)
    parser.add_argument("--times", type=int, default=TIMES, help="each question is asked")
    parser.add_argument("--json", type=Path, metavar="FILE.json")
    return parser.parse_args(given)


def run(*command):
    done = subprocess.run([str(word) for word in command], stdin=subprocess.DEVNULL, capture_output=True, text=True, env=environment())
    if done.returncode != 0:
        sys.exit(f"{Path(command[0]).name} failed: {done.stderr.strip()}")
    return done.stdout


def fill(postgres, database, documents, waiting=0):
    """Fills a migrated, empty database; gives minutes."""
    started = time.monotonic()
    run("psql", "-qX", "-h", postgres.folder, "-U", "pleiade", database, "-v", f"documents={documents}", "-v", f"waiting={waiting}", "-f", SCRIPT)
    return (time.monotonic() - started) / 60


def gigabytes(postgres):
    return int(run("du", "-sm", postgres.folder).split()[0]) / 1024


def table(report):
    lines = [f"{report['documents']} documents in {report['minutes']:.1f} minutes, {report['gb']:.1f} GB (30 minutes, 40 GB at most)", "",
             f"{'question':44}{'median ms':>12}{'99 of 100':>12}{'most':>10}"]
    lines += [f"{asked['what']:44}{asked['median_ms']:12.2f}{asked['p99_ms']:12.2f}{asked['most_ms']:10.2f}" for asked in report["questions"]]
    slow = [asked["what"] for asked in report["questions"] if asked["p99_ms"] > MOST_MS]
    return "\n".join(lines + ["", f"over {MOST_MS} ms: {', '.join(slow)}" if slow else f"all within {MOST_MS} ms"])


def main(given):
    options = arguments(given)
    if not LOAD.is_file():
        sys.exit(f"{LOAD} is missing: build it first (tools/build)")
    with TempPostgres() as postgres:
        run(LOAD, "migrate", postgres.url)
        report = {"documents": options.documents, "minutes": fill(postgres, "pleiade", options.documents, WAITING), "gb": gigabytes(postgres)}
        report["questions"] = [json.loads(line) for line in run(LOAD, "queries", postgres.url, options.times).splitlines()]
    print(table(report))
    if options.json:
        options.json.write_text(json.dumps(report, indent=1) + "\n")
