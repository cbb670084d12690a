"""Plis painted and really read, made once and kept under build/bench/understanding: reading costs a third of a second a page.

A kept file has one line a pli: its truth (see mail.py) and "pages", whole readings as the wire writes them. `pleiade learn` takes the same lines.
"""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import mail
from pleiade_program import BIN, environment
from progress import Progress
from sheet import FAMILIES, installed

KEPT = BIN.parent / "bench" / "understanding"
DUMP = BIN / "tests" / "reading-dump"
CHUNK = 100  # plis painted before they are read; chosen: some tens of MB of pictures at a time
PAINTING = ("mail", "wording", "invented", "layout", "sheet", "defects")
READING = ("capture/image/libpleiade-capture-image.a", "ocr/libpleiade-ocr.a")


def fingerprint(contents):
    return hashlib.sha256(b"\0".join(contents)).hexdigest()[:10]


def painted_by(split):
    """What pictures and truth depend on. A field that types.toml has only since is not in the truth of readings kept from before."""
    here = Path(__file__).resolve().parent
    files = [here / f"{name}.py" for name in PAINTING] + sorted(here.glob(f"{split}_*.py")) + [mail.ROOT / "samples" / "generator" / "people.py"]
    return fingerprint([file.read_bytes() for file in files] + [json.dumps(list(mail.known_types())).encode()])


def read_by():
    """What readings depend on: without the part of the reader that understands them, where it can be told apart."""
    parts = [BIN / part for part in READING]
    return fingerprint([part.read_bytes() for part in (parts if all(part.is_file() for part in parts) else [BIN / "pleiade-reader"])])


def kept_file(split, seed, keep):
    """Where readings of this mail are; with `keep`, the newest ones of it whoever read them."""
    start = f"{split}-{seed}-{painted_by(split)}"
    if keep:
        found = sorted(KEPT.glob(f"{start}-*.jsonl"), key=lambda path: path.stat().st_mtime)
        if found:
            return found[-1]
    return KEPT / f"{start}-{read_by()}.jsonl"


def whole_lines(path):
    """How many lines are there; one that was cut off when somebody stopped the bench is taken away."""
    if not path.is_file():
        return 0
    with path.open("rb+") as file:
        count, end = 0, 0
        for line in file:
            if not line.endswith(b"\n"):
                file.truncate(end)
                break
            count, end = count + 1, end + len(line)
    return count


def readings(split, seed, plis, keep=False, processes=2):
    """The file with at least the first `plis` plis; paints and reads what is missing."""
    if not DUMP.is_file():
        sys.exit(f"{DUMP} is missing: build it first (tools/build)")
    if missing := set(FAMILIES) - set(installed(FAMILIES)):
        sys.exit(f"fonts are missing, so the mail would not be the same: {', '.join(sorted(missing))}; tools/install-packages brings them")
    path = kept_file(split, seed, keep)
    path.parent.mkdir(parents=True, exist_ok=True)
    have = whole_lines(path)
    if have < plis:
        progress = Progress(f"painting and reading plis ({split})", plis - have)
        for first in range(have, plis, CHUNK):
            with tempfile.TemporaryDirectory(prefix="pleiade-mail-") as folder, path.open("a") as file:
                for line in read(mail.paint(split, seed, range(first, min(first + CHUNK, plis)), Path(folder), processes=processes), Path(folder), processes):
                    file.write(line)
                    progress.step()
    return path


def read(truths, folder, processes):
    """Lines of readings with their truth, in order."""
    shares = [truths[start::processes] for start in range(processes)]
    told = []
    with tempfile.TemporaryDirectory(prefix="pleiade-readings-") as scratch:
        running = []
        for number, share in enumerate(shares):
            names, out = Path(scratch) / f"{number}.names", Path(scratch) / f"{number}.out"
            names.write_text("".join(f"{folder / truth['pli']}\n" for truth in share))
            running.append(dump("read", names, out))
            told.append(out)
        ended(running)
        by_name = {}
        for out in told:
            for line in out.open():
                line = json.loads(line)
                by_name[line["pli"]] = line
    for truth in truths:
        line = by_name[truth["pli"]]
        if "error" in line or len(line["pages"]) != truth["pages"]:
            raise RuntimeError(f"{truth['pli']}: {line.get('error', 'not as many pages as were painted')}")
        yield json.dumps({**truth, "pages": line["pages"]}, ensure_ascii=False, separators=(",", ":")) + "\n"


def dump(what, source, out):
    return subprocess.Popen([DUMP, what], stdin=source.open(), stdout=out.open("w"), env=environment())


def ended(running):
    try:
        for process in running:
            if process.wait() != 0:
                raise RuntimeError(f"reading-dump ended with {process.returncode}")
    finally:
        for process in running:
            process.kill()
            process.wait()


def decisions(path, plis, processes=2):
    """(truth, decision, milliseconds) of the first `plis` plis, in order, and the CPU seconds that understanding them all took."""
    with tempfile.TemporaryDirectory(prefix="pleiade-decisions-") as scratch:
        sources = [Path(scratch) / f"{number}.in" for number in range(processes)]
        files, truths = [source.open("w") for source in sources], []
        with path.open() as lines:
            for number, line in zip(range(plis), lines):
                files[number % processes].write(line)
                truth = json.loads(line)
                truth["pages"] = len(truth["pages"])
                truths.append(truth)
        for file in files:
            file.close()
        outs, before = [source.with_suffix(".out") for source in sources], children_cpu()
        ended([dump("decide", source, out) for source, out in zip(sources, outs)])
        cpu = children_cpu() - before
        by_name = {}
        for out in outs:
            for line in out.open():
                line = json.loads(line)
                by_name[line["pli"]] = line
    return [(truth, by_name[truth["pli"]].get("decision"), by_name[truth["pli"]]["millis"]) for truth in truths], cpu


def children_cpu():
    times = os.times()
    return times.children_user + times.children_system
