"""How quiet the machine is: figures taken beside other people's work are not to be trusted."""

import os
import resource
import time

TICK = os.sysconf("SC_CLK_TCK")
BUSY = 0.05  # chosen: above, the table says that figures may be off


class Others:
    """The share of all cores that processes which are not ours used since this was made."""

    def __init__(self):
        self.started, self.busy, self.ours = time.monotonic(), busy_seconds(), our_seconds()
        self.load = os.getloadavg()[0]

    def share(self):
        elapsed = max(time.monotonic() - self.started, 0.01) * os.cpu_count()
        return max(0.0, (busy_seconds() - self.busy - (our_seconds() - self.ours)) / elapsed)


def busy_seconds():
    with open("/proc/stat") as stat:
        user, nice, system, _, _, irq, soft, steal = map(int, stat.readline().split()[1:9])  # spec: proc(5), the line "cpu"
    return (user + nice + system + irq + soft + steal) / TICK


def our_seconds():
    """Of this process and of all its children that ended."""
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


class Wall:
    def __init__(self):
        self.started = time.monotonic()

    def seconds(self):
        return time.monotonic() - self.started
