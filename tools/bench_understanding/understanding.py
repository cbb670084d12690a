"""How rightly and how surely documents are understood, on mail whose layouts, fonts and sentences nothing was learned from.

tools/bench understanding               5,000 documents; readings are made once (a third of a second a page) and kept under build/bench
tools/bench understanding --quick       60 plis, under a minute
tools/bench understanding --keep-readings    use kept readings although the reader has changed since

Type: that of the document the first page of a true one lies in. Automatic: no person sees its pli. Wrong: type or pages. How the mail is
made: docs/adr/0019; how to read what it says: docs/how-to/measure-understanding.md
"""

import argparse
import json
import signal
import sys
import time
from pathlib import Path

import confusion
import mail
import readings
import scores

PLIS, QUICK = 3600, 60  # chosen: 3,600 plis hold a little more than 5,000 documents


def arguments(given):
    parser = argparse.ArgumentParser(prog="bench understanding", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} plis")
    parser.add_argument("--plis", type=int)
    parser.add_argument("--split", choices=mail.SPLITS, default="unseen")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep-readings", action="store_true", help="also when another reader made them")
    parser.add_argument("--json", nargs="?", const="-", metavar="FILE.json", help="report as JSON, to standard output or into a file")
    parser.add_argument("--picture", type=Path, metavar="FILE.svg", help="confusion matrix (default build/bench/understanding.svg)")
    parser.add_argument("--readings-only", action="store_true", help="paint and read what is missing, say where the file is, and end")
    options = parser.parse_args(given)
    options.plis = options.plis or (QUICK if options.quick else PLIS)
    return options


def percent(part):
    return f"{part:8.2%}" if part is not None else f"{'-':>8}"


def table(report):
    auto, best = report["automation"], report["automation_at_wanted_error"]
    lines = [f"{report['documents']} documents, {report['pages']} pages, {report['plis']} plis", "", f"{'type':14}{'documents':>10}{'type right':>12}{'automatic':>11}{'of them wrong':>15}"]
    lines += [f"{code:14}{row['of']:10}{percent(row['share']):>12}{row['automatic']:11}{row['automatic_wrong']:15}" for code, row in report["per_type"].items()]
    lines += ["", f"{'field (printed, type right)':30}{'there':>8}{'right':>10}{'wrong':>8}{'nothing':>9}"]
    lines += [f"{name:30}{count['of']:8}{percent(count['right'] / max(1, count['of'])):>10}{count['wrong']:8}{count['nothing']:9}" for name, count in report["fields"].items()]
    lines += [
        "", f"{'type right':58}{percent(report['type']['share'])}", f"{'automatic, of documents of known types':58}{percent(auto['share_of_known_types'])}",
        f"{'wrong among the automatic':58}{auto['error']:8.3%}   ({auto['wrong']} of {auto['automatic']}; at most {auto['error_at_most_95']:.3%} with 95 %)",
        f"{'could be automatic at 0.1 % wrong, by one threshold':58}{percent(best['share_of_known_types'])}   (threshold {best['threshold']:.4f})",
        f"{'misdirected, unknown or nonsense, but automatic':58}{report['never_automatic_but_were']:8}", f"{'pages of a document right':58}{percent(report['boundaries']['share'])}",
        f"{'the same in plis of several documents':58}{percent(report['boundaries_in_plis_of_several']['share'])}",
        f"{'printed fields right':58}{percent(report['fields_right']['share'])}   ({report['fields_wrong']} wrong values)",
        f"{'understanding a page':58}{report['millis_per_page']['median']:8.2f} ms (median of calls), {report['millis_per_page']['cpu']:.2f} ms of processor",
    ]
    worst = [(pair, count) for pair, count in report["confusions"].items() if len(set(pair.split())) == 2][:12]
    return "\n".join(lines + ["", "most often taken for another: " + ", ".join(f"{pair.replace(' ', ' for ')} {count}" for pair, count in worst)])


def main(given):
    options = arguments(given)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends what was started
    path = readings.readings(options.split, options.seed, options.plis, options.keep_readings)
    if options.readings_only:
        print(path)
        return
    plis, cpu = readings.decisions(path, options.plis)
    report = {"when": time.strftime("%Y-%m-%d %H:%M:%S"), "split": options.split, "seed": options.seed, **scores.report(plis, cpu)}
    if options.json != "-":
        print(table(report), flush=True)
    text = json.dumps(report, ensure_ascii=False, indent=1) + "\n"
    results = readings.KEPT.parent
    (results / "understanding.json").write_text(text)
    if options.json == "-":
        print(text, end="")
    elif options.json:
        Path(options.json).write_text(text)
    drawn = options.picture or results / "understanding.svg"
    drawn.write_text(confusion.svg(report))
    print(f"picture: {drawn}", file=sys.stderr)
