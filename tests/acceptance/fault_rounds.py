"""Lets one call of `pleiade run` go wrong (tests/support/failing_calls.cpp), lets it run again to the end, and compares with a run nobody disturbed."""

import hashlib
import json
import math
import os
import random
import re
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import kill_rounds
from pleiade_program import (
    BIN, CONFIGURATION, DONE, LOTS, OUT_OF_REACH, PLEIADE, READER, SAMPLES, SOME_SET_ASIDE, Home, Outcome, environment, pleiade,
)

WAYS = ("error", "half", "crash-before", "crash-after")
CLOCK_WAYS = ("day-ahead", "day-back")
LONG_AGO = 1_700_000_000  # nobody writes to these files any more
LONGEST = 120  # s; chosen: many times an undisturbed run; what takes longer hangs


def make_lot(folder):
    """A lot with a pli of one page, one of two pages, and a file that is no picture: it must be set aside by name."""
    folder.mkdir(parents=True)
    files = ("pli-0003.tif", "pli-0008.jpg")
    for file in files:
        shutil.copy(LOTS / "041-digne" / file, folder / file)
    (folder / "pli-0009.tif").write_text("This was to be a picture.\n")
    (folder / "lot.json").write_text(json.dumps({"caisse": "041", "received": "2026-03-16", "expected_files": len(files) + 1}))
    for file in folder.iterdir():
        os.utime(file, (LONG_AGO, LONG_AGO))
    return folder


@dataclass(frozen=True)
class Point:
    """A call that changes a file or the database."""
    number: int
    call: str
    about: str  # a path, or the statements of a transaction

    @property
    def place(self):
        """Where in the program that is, the same for all pages and numbers."""
        if self.call == "commit":
            return f"commit: {self.about or 'without a named statement'}"
        path = re.sub(r"\.part$", "", self.about)
        for pattern, name in (
            (r"/pg/|/run/pleiade|/var/lib/pleiade|pleiade\.lock", "database's place"), (r"/images(/|$)", "images"), (r"/audit(/|$)", "audit"),
            (r"/ged(/|$)", "GED"),
        ):
            if re.search(pattern, path):
                return f"{self.call}: {name}"
        return f"{self.call}: home"


class Bench:
    """What all rounds share: programs that remember their readings, a lot, an opened home to copy, and what should come out."""

    def __init__(self, folder):
        folder.chmod(0o755)
        self.folder = folder
        self.program = folder / "bin" / "pleiade"
        (folder / "bin" / "answers").mkdir(parents=True)
        shutil.copy(PLEIADE, self.program)
        shutil.copy(READER, folder / "bin" / "true-reader")
        shutil.copy(BIN / "tests" / "remembering-reader", folder / "bin" / "pleiade-reader")
        self.lot = make_lot(folder / "lots" / "digne")
        self.sources = hashes(self.lot)
        self.opened = folder / "opened"
        assert pleiade("doctor", "--home", self.opened).code in (DONE, SOME_SET_ASIDE)
        with self.home() as home:
            self.reference = settled(home, self.run(home))
        with self.home() as home:  # nothing is read any more
            self.points = self.count(home)
        with self.new_home() as home:
            self.first_points = self.count(home)

    def home(self):
        """Opened before, without mail."""
        path = tempfile.mkdtemp(prefix="home-", dir=self.folder)
        subprocess.run(["cp", "-a", f"{self.opened}/.", path], check=True)
        return Home(path)

    def new_home(self):
        return Home(tempfile.mkdtemp(prefix="home-", dir=self.folder))

    def run(self, home, point=None, way=None, log=None, env=None):
        env = (env or environment()) | {"LD_PRELOAD": str(BIN / "tests" / "failing-calls.so"), "FAULT_LOG": str(log or "/dev/null")}
        if point:
            env |= {"FAULT_POINT": str(point), "FAULT_WAY": way}
        command = [self.program, "run", self.lot, "--home", home.path, "--config", SAMPLES, "--workers", "1", "--json"]
        started = time.monotonic()
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=LONGEST, env=env, cwd="/")
        return Outcome(done.returncode, done.stdout, done.stderr.decode(errors="replace"), time.monotonic() - started)

    def count(self, home):
        log = home.path / "calls"
        assert settled(home, self.run(home, log=log)) == self.reference
        return points_in(log)


def folder_of_tests():
    """In memory where there is room: what is tried here is what the program does about failures, not the disk."""
    memory = Path("/dev/shm")
    return memory if memory.is_dir() and shutil.disk_usage(memory).free > 2 << 30 else Path("/tmp")


def only_of_a_new_home(bench):
    """The calls of a first start that later ones do not make."""
    known = {point.place for point in bench.points}
    return [point for point in bench.first_points if point.place not in known]


def hashes(folder):
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.iterdir()}


def points_in(log):
    lines = (line.split("\t") for line in log.read_text().splitlines())
    return [Point(int(number), call, about) for number, call, about in lines]


def settled(home, outcome, clock_jumped=False):
    """As kill_rounds.settled; and the images are whole, and so is the sealed chain of events. Of a clock that jumped, the audit says so."""
    found = kill_rounds.settled(home, outcome)
    for image in (home.path / "images").glob("??/??/*"):
        assert hashlib.sha256(image.read_bytes()).hexdigest() == image.name, f"damaged image {image}"
    parts = [str(part) for folder in ("images", "audit", "ged") for part in (home.path / folder).rglob("*.part")]
    assert not parts, f"left over: {parts}"
    audit = pleiade("audit", "verify", "--home", home.path)
    if clock_jumped and audit.code == SOME_SET_ASIDE:
        findings = [line for line in audit.text.splitlines() if line.startswith("  ")]
        assert findings and all("or a clock jumped" in line for line in findings), f"audit verify: {audit}"
    else:
        assert audit.code == DONE, f"audit verify: {audit}"
    return found


@dataclass
class Fault:
    """One call that went wrong, and what came of it."""
    number: int
    way: str
    point: Point | None = None  # nothing: the run ended before
    went_on: bool = False
    trouble: str = ""  # empty when nothing was lost, doubled, damaged or left over

    def __str__(self):
        about = f"{self.point.place} ({self.point.about})" if self.point else "not reached"
        return f"call {self.number}, {self.way}, {about}: {self.trouble or 'survived'}"


def strike(bench, home, fault):
    """The disturbed run; afterwards `fault` says which call was hit, and whether the run went on."""
    log = home.path / "calls"
    log.unlink(missing_ok=True)
    outcome = bench.run(home, fault.number, fault.way, log)
    calls = points_in(log)
    if len(calls) < fault.number:
        return outcome
    fault.point = calls[fault.number - 1]
    fault.went_on = outcome.code in (DONE, SOME_SET_ASIDE)
    if fault.way.startswith("crash"):
        assert outcome.code == -signal.SIGKILL, f"not killed: {outcome}"
    else:
        assert outcome.code in (DONE, SOME_SET_ASIDE, OUT_OF_REACH, CONFIGURATION), f"no clear ending: {outcome}"
        assert fault.went_on or outcome.err.strip(), "it stopped and did not say why"
    return outcome


def survive(bench, fault, opened, again=None):
    """One round. `again`: a second fault, in the run that mends the first."""
    clock_jumped = fault.way in CLOCK_WAYS
    with bench.home() if opened else bench.new_home() as home:
        try:
            outcome = strike(bench, home, fault)
            leaves = fault.point and fault.point.call in ("create", "remove")  # what it could not remove or know of, the next run removes
            if (fault.went_on or not fault.point) and not leaves:
                assert not (said := kill_rounds.difference(bench.reference, settled(home, outcome, clock_jumped))), f"it went on, but {said}"
            if again:
                strike(bench, home, again)
            said = kill_rounds.difference(bench.reference, settled(home, bench.run(home), clock_jumped))
            assert not said, said
            assert hashes(bench.lot) == bench.sources, "a source file was touched"
        except (AssertionError, subprocess.TimeoutExpired, ValueError) as trouble:
            fault.trouble = f"{trouble}" + (f"\nsecond fault: {again}" if again else "")
    return fault


def every_way(points, rng):
    """Each call with each way, so ordered that the first of them are spread: every place once before any comes again, in another way."""
    by_place = {}
    for point in points:
        by_place.setdefault(point.place, []).append(point)
    groups = list(by_place.values())
    for group in groups:
        rng.shuffle(group)
    rng.shuffle(groups)
    ordered = []
    for turn in range(len(WAYS) * max(map(len, groups), default=0)):
        for start, group in enumerate(groups):
            if turn < len(WAYS) * len(group):
                way = WAYS[(start + turn + turn // math.lcm(len(group), len(WAYS))) % len(WAYS)]
                ordered.append(Fault(group[turn % len(group)].number, way))
    return ordered
