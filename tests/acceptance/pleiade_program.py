"""The shipped programs as a person meets them: started from outside, in a home of their own.

PLEIADE_BIN says where the built programs are (default: build/release), PLEIADE_SHARED where the third-party data
lies (default: ../shared beside the repository).
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(os.environ.get("PLEIADE_BIN", ROOT / "build" / "release")).resolve()
PLEIADE = BIN / "pleiade"
READER = BIN / "pleiade-reader"
SAMPLES = ROOT / "samples"
LOTS = SAMPLES / "lots"
SHARED = Path(os.environ.get("PLEIADE_SHARED", ROOT / ".." / "shared")).resolve()

DONE, SOME_SET_ASIDE, WRONG_USE, CONFIGURATION, OUT_OF_REACH, OTHER = range(6)  # spec: architecture, command line
LOOK_EVERY = 0.02  # s; chosen: short beside anything waited for


@dataclass
class Outcome:
    """How a program ended."""
    code: int
    out: bytes
    err: str
    seconds: float

    @property
    def text(self):
        return self.out.decode()

    def json(self):
        return json.loads(self.out)

    def lines(self):
        """One JSON value per line, as `inspect --json` prints them."""
        return [json.loads(line) for line in self.out.splitlines()]

    def __str__(self):
        return f"exit code {self.code}\n{self.out[-2000:].decode(errors='replace')}\n{self.err[-4000:]}"


def environment(**more):
    """Ours without what would configure the program by accident."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PLEIADE_")}
    return {**clean, "LC_ALL": "C.UTF-8", **more}


def pleiade(*arguments, timeout=120, env=None, cwd="/"):
    """Runs `pleiade` to its end; into pipes, so without progress."""
    started = time.monotonic()
    done = subprocess.run(
        [PLEIADE, *map(str, arguments)], stdin=subprocess.DEVNULL, capture_output=True, timeout=timeout, env=env or environment(), cwd=cwd
    )
    return Outcome(done.returncode, done.stdout, done.stderr.decode(errors="replace"), time.monotonic() - started)


def start(*arguments, env=None, cwd="/"):
    return subprocess.Popen(
        [PLEIADE, *map(str, arguments)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env or environment(), cwd=cwd
    )


def ended(process, timeout=60):
    """The outcome of a started program; killed when it does not end in time."""
    started = time.monotonic()
    try:
        out, err = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise
    return Outcome(process.returncode, out, err.decode(errors="replace"), time.monotonic() - started)


def wait_until(condition, seconds, what):
    """What `condition` gives once it is true."""
    deadline = time.monotonic() + seconds
    while True:
        if result := condition():
            return result
        if time.monotonic() > deadline:
            raise AssertionError(f"after {seconds} s still not: {what}")
        time.sleep(LOOK_EVERY)


def processes_in(folder):
    """(pid, command line) of what works in `folder` or names it: a server's children retitle themselves but stay there."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
            where = os.readlink(entry / "cwd")
        except OSError:
            continue  # ended while we looked
        if command and (str(folder) in command or where.startswith(str(folder))):
            found.append((int(entry.name), command))
    return found


class Home:
    """A fresh home under /tmp; when left, nothing of it remains, and that nothing still ran there is asserted."""

    def __init__(self, folder=None, ged=None):
        self.path = Path(folder) if folder else Path(tempfile.mkdtemp(prefix="pleiade-acceptance-", dir="/tmp"))
        self.path.chmod(0o755)  # the database may have to run as user postgres, who must get in
        self.ged = Path(ged) if ged else self.path / "ged"

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        try:
            wait_until(lambda: not processes_in(self.path), 30, f"nothing runs in {self.path}: {processes_in(self.path)}")
        finally:
            for pid, _ in processes_in(self.path):
                os.kill(pid, signal.SIGKILL)
            self.remove()

    def remove(self):
        for elsewhere in (path.read_text().strip() for path in self.path.glob("pg/WHERE.txt")):
            shutil.rmtree(elsewhere.splitlines()[-1], ignore_errors=True)
        shutil.rmtree(self.path, ignore_errors=False)

    def run(self, *what, timeout=300, workers=2, **more):
        return pleiade("run", *what, "--home", self.path, "--workers", workers, "--json", timeout=timeout, **more)

    def start_run(self, *what, workers=2):
        return start("run", *what, "--home", self.path, "--workers", workers, "--json")

    def reconcile(self):
        return pleiade("reconcile", "--home", self.path, "--json")

    def status(self):
        return pleiade("status", "--home", self.path, "--json")

    def documents(self):
        """The index of every delivered document, with the path of its PDF as "pdf_path"."""
        found = []
        for path in sorted(self.ged.glob("*/*/*.json")):
            index = json.loads(path.read_text())
            index["pdf_path"] = path.with_suffix(".pdf")
            found.append(index)
        return found


class PlainUser:
    """Somebody without rights of his own; root reads everything. He has the programs and a home in a folder that he may enter."""

    NOBODY = 65534

    def __init__(self, folder):
        self.is_root = os.geteuid() == 0
        if self.is_root and not shutil.which("setpriv"):
            skip_loudly("root reads everything, and setpriv is not there to be somebody else")
        folder.chmod(0o755)
        self.programs, self.config, self.home = folder / "bin", folder / "config", folder / "home"
        self.programs.mkdir()
        for program in (PLEIADE, READER):  # their own folder may lie in one of root's
            shutil.copy(program, self.programs)
        shutil.copytree(SAMPLES / "caisses", self.config / "caisses")
        shutil.copy(SAMPLES / "types.toml", self.config)
        self.home.mkdir()
        if self.is_root:
            os.chown(self.home, self.NOBODY, self.NOBODY)

    def pleiade(self, command, *arguments, timeout=300):
        as_user = ["setpriv", f"--reuid={self.NOBODY}", f"--regid={self.NOBODY}", "--clear-groups"] if self.is_root else []
        started = time.monotonic()
        done = subprocess.run(
            [*as_user, self.programs / "pleiade", command, *map(str, arguments), "--home", self.home, "--config", self.config, "--json"],
            stdin=subprocess.DEVNULL, capture_output=True, timeout=timeout, env=environment(), cwd="/",
        )
        return Outcome(done.returncode, done.stdout, done.stderr.decode(errors="replace"), time.monotonic() - started)


def sources_of(index):
    """The pages of a delivered document as (file, 0-based page), as the truth files count."""
    return [(page["file"], page["page_number"] - 1) for page in index["pages"]]


def as_delivered(documents):
    """What must be the same however often a run was interrupted: sorted, to be compared."""
    return sorted(
        (
            index["lot"], index["pli"], index["type"]["code"], sources_of(index), index["pdf"]["page_count"],
            [(field["name"], field["value"]) for field in index["fields"]], index["caisse"], index["routing"]["corbeille"],
        )
        for index in documents
    )


def skip_loudly(what):
    print(f"*** {what}: THIS TEST CHECKS NOTHING HERE ***", file=sys.stderr)
    raise unittest.SkipTest(what)


def need_shared(*parts):
    folder = SHARED.joinpath(*parts)
    if not folder.exists():
        skip_loudly(f"third-party data not found at {folder}")
    return folder
