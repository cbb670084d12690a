"""Programs run with a balance: processor time, wall time, peak memory. All that is started here is ended here."""

import os
import subprocess
import threading
import time
from dataclasses import dataclass

from pleiade_program import PLEIADE, environment

TICK = os.sysconf("SC_CLK_TCK")
ONE_THREAD = environment(OMP_THREAD_LIMIT="1")  # as our readers: processor time is then comparable
LOOK_EVERY = 0.1  # s; chosen: what a reader uses after the last look is under one per cent of a run
_running = set()


@dataclass
class Cost:
    code: int = 0
    out: bytes = b""
    err: bytes = b""
    wall: float = 0.0
    cpu: float = 0.0  # s, with all children
    own_cpu: float = 0.0  # s, of the process itself
    readers_cpu: float = 0.0  # s, of its pleiade-reader children
    readers_peak_mb: float = 0.0
    peak_mb: float = 0.0  # of the largest process among them


def run(command, accepted=(0,), watched=False):
    """Runs to the end. watched: looks at the pleiade-reader children meanwhile."""
    started = time.monotonic()
    process = subprocess.Popen(
        [str(part) for part in command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ONE_THREAD, cwd="/",
        start_new_session=True,  # Ctrl-C is for the bench, which then ends them
    )
    _running.add(process)
    cost, watch = Cost(), Watch(process.pid) if watched else None
    complaints = threading.Thread(target=lambda: setattr(cost, "err", process.stderr.read()), daemon=True)
    complaints.start()
    try:
        cost.out = process.stdout.read()
        complaints.join()
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    except BaseException:  # the bench is stopped: whoever waits for the home of this run must not wait for ever
        process.terminate()
        process.wait()
        raise
    cost.wall = time.monotonic() - started
    cost.own_cpu = cpu_of(process.pid)
    _, status, usage = os.wait4(process.pid, 0)
    _running.discard(process)
    process.returncode = cost.code = os.waitstatus_to_exitcode(status)
    process.stdout.close()
    process.stderr.close()
    cost.cpu, cost.peak_mb = usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024  # spec: getrusage(2), kilobytes
    if watch:
        watch.end()
        cost.readers_cpu, cost.readers_peak_mb = sum(watch.cpu.values()), watch.peak_mb
    if cost.code not in accepted:
        raise SystemExit(f"{command[0]} ended with {cost.code}:\n{cost.err.decode(errors='replace')[-2000:]}")
    return cost


def stop_all():
    for process in list(_running):
        process.terminate()


def all_of(pool, jobs, progress=None):
    """The results; when one fails or the bench is stopped, what still runs is ended."""
    results = []
    try:
        for job in jobs:
            results.append(job.result())
            if progress:
                progress.step()
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        stop_all()
        raise
    return results


def cpu_of(pid):
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK  # spec: proc(5), utime and stime; a zombie still has them


class Watch(threading.Thread):
    """Processor time and peak memory of the readers of one run, while they live."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid, self.ended, self.cpu, self.peak_mb = pid, threading.Event(), {}, 0.0
        self.start()

    def run(self):
        while not self.ended.wait(LOOK_EVERY):
            for reader in self.readers():
                self.look(reader)

    def end(self):
        self.ended.set()
        self.join()

    def readers(self):
        try:
            children = [pid for task in os.listdir(f"/proc/{self.pid}/task") for pid in text(f"/proc/{self.pid}/task/{task}/children").split()]
            return [pid for pid in children if os.readlink(f"/proc/{pid}/exe") == f"{PLEIADE}-reader"]
        except OSError:
            return []  # one of them ended while we looked: the next look is soon

    def look(self, pid):
        try:
            self.cpu[pid] = cpu_of(pid)
            peak = next(line for line in text(f"/proc/{pid}/status").splitlines() if line.startswith("VmHWM"))
            self.peak_mb = max(self.peak_mb, int(peak.split()[1]) / 1024)
        except (OSError, StopIteration):
            return  # ended while we looked


def text(path):
    with open(path) as file:
        return file.read()
