"""A day of mail whose readings are recorded: lots of single sides, cut by separator sheets, through `pleiade run`."""

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

from pleiade_program import BIN, LOTS, PLEIADE, SAMPLES, environment, processes_in
from progress import Progress

IMAGE_BYTES = 30_000  # the goal's: a bitonal side
PICTURES = ("page-0002.tif", "page-0003.tif", "page-0005.tif", "page-0006.tif")  # of a sample lot: stand for the pictures of all pages
FIRST_DAY = date(2026, 3, 23)  # after what tools/bench fill stores
AGE = 60  # s; files older than this are taken for settled
WHOLE_DAY = 32_000


class Recorded:
    """Where each pli begins in the file of readings, by caisse."""

    def __init__(self, path):
        self.path, self.by_caisse = path, defaultdict(list)
        with path.open("rb") as file:
            offset = 0
            for line in file:
                pli = json.loads(line)
                self.by_caisse[pli["caisse"]].append((offset, len(pli["pages"])))
                offset += len(line)
        if not self.by_caisse:
            sys.exit(f"{path} has no readings")


def side(what):
    head = f"replay {what}\n".encode()
    return head + os.urandom(IMAGE_BYTES - len(head))


class Town:
    """A platform with its database, images and GED, and the mail that comes to it day by day."""

    def __init__(self, options, postgres, url, folder):
        self.options, self.postgres, self.folder = options, postgres, folder
        self.recorded = Recorded(options.readings or default_readings())
        self.program = folder / "bin" / "pleiade"
        self.env = environment(
            PLEIADE_DATABASE_URL=url, PLEIADE_IMAGES_FOLDER=str(folder / "images"), PLEIADE_GED_FOLDER=str(folder / "ged"))
        self.sent = defaultdict(int)  # plis so far, by caisse

    def __enter__(self):
        (self.folder / "bin" / "pictures").mkdir(parents=True)
        for name in ("images", "ged", "home"):
            (self.folder / name).mkdir()
        shutil.copy(PLEIADE, self.program)
        shutil.copy(BIN / "tests" / "replaying-reader", self.folder / "bin" / "pleiade-reader")
        shutil.copy(self.recorded.path, self.folder / "bin" / "readings.jsonl")
        for name in PICTURES:
            shutil.copy(LOTS / "061-nice" / name, self.folder / "bin" / "pictures" / name)
        return self

    def __exit__(self, kind, error, trace):
        pass  # the folder goes as a whole

    def lots(self, number, received):
        """Paints nothing: files that say what to replay. Gives the folders and how many images lie in them."""
        root, images, plis = self.folder / f"mail-{number}", 0, 0
        caisses, each = sorted(self.recorded.by_caisse), self.options.plis_of_lot
        progress = Progress(f"laying out the lots of day {number + 1}", -(-self.options.plis // self.options.plis_of_lot))
        while plis < self.options.plis:
            caisse = caisses[plis // each % len(caisses)]
            lot = root / f"{caisse}-{plis // each:04d}"
            lot.mkdir(parents=True)
            count = min(each, self.options.plis - plis)
            images += self.lay_out(lot, caisse, count)
            (lot / "lot.json").write_text(json.dumps({"caisse": caisse, "received": received.isoformat()}))
            plis += count
            progress.step()
        return root, images

    def lay_out(self, lot, caisse, count):
        """Scanned on both sides: a sheet before each pli, and backs that say nothing."""
        sides = []
        plis = self.recorded.by_caisse[caisse]
        for _ in range(count):
            offset, pages = plis[self.sent[caisse] % len(plis)]
            turn = self.sent[caisse] // len(plis)
            self.sent[caisse] += 1
            sides += ["sheet", "blank"]
            for page in range(pages):
                sides += [f"page {offset} {page} {turn}", "blank"]
        old = time.time() - AGE
        for place, what in enumerate(sides):
            path = lot / f"{place:05d}.tif"
            path.write_bytes(side(what))
            os.utime(path, (old, old))
        return len(sides)

    def day(self, number):
        received = FIRST_DAY + timedelta(days=number)
        mail, images = self.lots(number, received)
        watch = Watch(self.folder / "bin")
        started = time.monotonic()
        command = [self.program, "run", *sorted(mail.iterdir()), "--home", self.folder / "home", "--config", SAMPLES,
                   "--workers", str(self.options.workers), "--json"]
        with watch:
            done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, env=self.env)
            minutes = (time.monotonic() - started) / 60
        if done.returncode not in (0, 1):
            sys.exit(f"pleiade run ended with {done.returncode}")
        balance = subprocess.run(
            [self.program, "reconcile", "--date", received.isoformat(), "--home", self.folder / "home", "--config", SAMPLES, "--json"],
            stdin=subprocess.DEVNULL, capture_output=True, env=self.env)
        if balance.returncode not in (0, 1):
            sys.exit(f"pleiade reconcile ended with {balance.returncode}")
        with_reconcile = (time.monotonic() - started) / 60
        shutil.rmtree(mail)
        return {
            "plis": self.options.plis, "images": images, "minutes": with_reconcile, "minutes_of_run": minutes,
            "images_a_second": images / with_reconcile / 60, "minutes_of_whole_day": with_reconcile * WHOLE_DAY / self.options.plis,
            "delivered": self.of(received, "document", "delivered"), "delivered_plis": self.of(received, "pli", "delivered"),
            "to_verify": self.of(received, "pli", "to_verify"),
            "unexplained": balance.returncode,  # 1: something is
             "peak_mb": watch.peak_mb, "disk_gb": self.disk_gb()}

    def of(self, received, what, state):
        """How many of that day are in that state, counted one by one."""
        rows = "pli" if what == "pli" else f"{what} join pli using (pli_id)"
        return int(self.postgres.value(f"select count(*) from {rows} where received_on = '{received}' and {what}.state = '{state}'", "day"))

    def disk_gb(self):
        """Of images, GED and database; the mail itself is gone again."""
        sizes = subprocess.run(
            ["du", "-sc", "--block-size=1M", self.folder / "images", self.folder / "ged", self.postgres.folder], capture_output=True, text=True)
        return int(sizes.stdout.split()[-2]) / 1024


class Watch:
    """The most memory that the program and its readers had together: pages shared between them counted once."""

    def __init__(self, folder):
        self.folder, self.peak_mb, self.stop = folder, 0.0, threading.Event()

    def __enter__(self):
        self.thread = threading.Thread(target=self.look)
        self.thread.start()
        return self

    def __exit__(self, kind, error, trace):
        self.stop.set()
        self.thread.join()

    def look(self):
        while not self.stop.wait(1.0):
            self.peak_mb = max(self.peak_mb, sum(map(proportional_mb, (pid for pid, command in processes_in(self.folder) if str(self.folder) in command.split()[0]))))


def proportional_mb(pid):
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass  # ended while we looked
    return 0.0


def default_readings():
    """Made when they are missing: a third of a second a page."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "bench_understanding"))
    import readings
    return readings.readings("taught", 1, 2000, keep=True)
