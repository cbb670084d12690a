"""Says on standard error how far the bench is, and about how long it still takes."""

import sys
import time

EVERY = 15.0  # s between two lines where there is no terminal; chosen: a log stays readable


class Progress:
    def __init__(self, what, steps):
        self.what, self.steps, self.done = what, steps, 0
        self.started = self.said = time.monotonic()

    def step(self):
        self.done += 1
        now = time.monotonic()
        if not sys.stderr.isatty() and self.done < self.steps and now - self.said < EVERY:
            return
        self.said = now
        left = (now - self.started) / self.done * (self.steps - self.done)
        line = f"{self.what}: {self.done} of {self.steps}" + (f", about {left:.0f} s left" if left else f", {now - self.started:.0f} s")
        if sys.stderr.isatty():
            print(f"\r\033[K{line}", end="" if left else "\n", file=sys.stderr, flush=True)
        else:
            print(line, file=sys.stderr, flush=True)
