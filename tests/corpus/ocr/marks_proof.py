"""The long proof of the mark reader: many invented pages of every kind, what was read of them and what was misread.

Keeps docs/proofs/marks-<date>.md. Ends with 1 when something was misread.
"""

import argparse
import os
import platform
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = Path(os.environ.get("PLEIADE_BIN", ROOT / "build" / "release")) / "tests" / "marks-proof"


def output_of(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def commit():
    changed = output_of("git", "-C", str(ROOT), "status", "--porcelain", "--untracked-files=no")
    return (output_of("git", "-C", str(ROOT), "rev-parse", "HEAD") or "unknown") + (" with uncommitted changes" if changed else "")


def unread_by_kind(lines):
    """"fax 12: not read: Aztec TEXT at ..." -> how often by kind of page and symbology."""
    counted = Counter((line.split()[0], line.split()[4]) for line in lines if ": not read: " in line)
    return "".join(f"\n- {kind}: {', '.join(f'{count} {name}' for (k, name), count in sorted(counted.items()) if k == kind)}"
                   for kind in sorted({kind for kind, _ in counted}))


def report(options, table, lines):
    misread = [line for line in lines if ": MISREAD: " in line]
    verdict = "Nothing was misread." if not misread else f"**{len(misread)} misread:**" + "".join(f"\n- {line}" for line in misread)
    return f"""# Marks of {options.pages} invented pages of every kind

`tools/proof marks {options.pages} {options.first}`, {date.today().isoformat()}, commit {commit()}.
{os.cpu_count()} cores, {platform.machine()}.

Pages number {options.first} to {options.first + options.pages - 1} of each kind; a number always gives the same page
(tests/corpus/ocr/invented_marks.h). The processor time is that of the mark reader alone.

{table}
{verdict}

Not read:
{unread_by_kind(lines)}
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--first", type=int, default=1000)
    options = parser.parse_args()
    ended = subprocess.run([PROGRAM, str(options.pages), str(options.first)], capture_output=True, text=True, check=False)
    if ended.returncode not in (0, 1):
        sys.exit(f"{PROGRAM} ended with {ended.returncode}: {ended.stderr[-500:]}")
    target = ROOT / "docs" / "proofs" / f"marks-{date.today().isoformat()}.md"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(report(options, ended.stdout, ended.stderr.splitlines()), encoding="utf-8")
    print(target.relative_to(ROOT))
    sys.exit(ended.returncode)


if __name__ == "__main__":
    main()
