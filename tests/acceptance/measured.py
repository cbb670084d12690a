"""Programs run with a watch and a balance: time per line of output, processor time, peak memory with all children."""

import os
import subprocess
import time
from dataclasses import dataclass, field

from pleiade_program import environment


@dataclass
class Measured:
    code: int = 0
    lines: list = field(default_factory=list)  # (seconds since the start, line)
    err: bytes = b""
    wall: float = 0.0
    cpu: float = 0.0  # s, with all children that were waited for
    peak_mb: float = 0.0  # of the largest process among them


def run(command, env=None, cwd="/", err=subprocess.DEVNULL):
    """Runs to the end; lines are kept with the moment they came."""
    started = time.monotonic()
    process = subprocess.Popen(
        [str(part) for part in command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=err, env=env or environment(), cwd=cwd
    )
    result = Measured()
    with process.stdout:
        for line in process.stdout:
            result.lines.append((time.monotonic() - started, line))
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = result.code = os.waitstatus_to_exitcode(status)
    result.wall = time.monotonic() - started
    result.cpu = usage.ru_utime + usage.ru_stime
    result.peak_mb = usage.ru_maxrss / 1024  # spec: getrusage(2), kilobytes; wait4 counts waited-for children in
    return result
