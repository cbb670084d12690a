"""Kills `pleiade run` at seeded moments, lets it run again to the end, and compares with a run nobody disturbed."""

import contextlib
import random
import signal
import subprocess
import time
from dataclasses import dataclass, field

from pleiade_program import DONE, SOME_SET_ASIDE, Home, as_delivered


@dataclass
class Rounds:
    """What came of it. `faults` is empty when nothing was lost, doubled or left over."""
    seconds_undisturbed: float = 0.0
    documents: int = 0
    killed: int = 0
    ended_before: int = 0  # all was done when the moment came: the same part of its time is tried once more
    moments: list = field(default_factory=list)
    faults: list = field(default_factory=list)


def settled(home, outcome):
    """What is delivered, what waits and what the counts are, when the run ended as it should."""
    assert outcome.code in (DONE, SOME_SET_ASIDE), outcome
    balance = home.reconcile()
    assert balance.code == DONE, f"reconcile: {balance}"
    said = balance.json()
    documents = home.documents()
    keys = [index["key"] for index in documents]
    assert len(set(keys)) == len(keys), "a document is delivered twice"
    places = [(index["lot"], page["file"], page["page_number"]) for index in documents for page in index["pages"]]
    assert len(set(places)) == len(places), "a page is delivered twice"
    counts = [{key: caisse[key] for key in ("caisse", "received", "delivered", "to_verify", "set_aside", "in_work")} for caisse in said["caisses"]]
    exceptions = sorted((e["caisse"], e["pli"], e["state"], sorted(e["reasons"])) for e in said["exceptions"])
    half_written = [str(path) for path in home.ged.rglob("*") if path.is_file() and path.suffix not in (".pdf", ".json")]
    assert not half_written, f"left in the GED: {half_written}"
    return as_delivered(documents), counts, exceptions


def undisturbed(lots):
    """What should come out, and how long it takes."""
    with Home() as home:
        started = time.monotonic()
        outcome = home.run(*lots)
        return settled(home, outcome), time.monotonic() - started


def parts(count, rng):
    """One moment in each of `count` equal parts of a run, as a part of its duration: spread, and still at random."""
    return [(i + rng.random()) / count for i in range(count)]


def kill_after(home, lots, seconds):
    """How long the program worked, and whether it was still at work after `seconds` and was killed."""
    started = time.monotonic()
    process = home.start_run(*lots)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(timeout=seconds)
    worked = time.monotonic() - started
    process.send_signal(signal.SIGKILL)  # to an ended child that was waited for, nothing is sent
    out, err = process.communicate()
    assert process.returncode in (DONE, SOME_SET_ASIDE, -signal.SIGKILL), f"exit code {process.returncode}\n{out}\n{err}"
    return worked, process.returncode == -signal.SIGKILL


def rounds(lots, kills, seed, reference, on_round=lambda number, rounds: None):
    """`kills` homes, each killed once and run again to the end; every third one is killed a second time on its way.

    `reference` is what `undisturbed` gave. Its seconds are only a first guess of how long a run takes: the machine may be busier or
    idler by now, so that a run which ends before its moment corrects the guess and the round is begun anew.
    """
    rng = random.Random(seed)
    expected, longest = reference
    result = Rounds(seconds_undisturbed=longest, documents=len(expected[0]))
    for number, part in enumerate(parts(kills, rng), 1):
        again = rng.random() if number % 3 == 0 else None
        killed = False
        while not killed and result.ended_before <= kills:
            with Home() as home:
                try:
                    worked, killed = kill_after(home, lots, part * longest)
                    if not killed:
                        result.ended_before += 1
                        longest = worked
                        continue
                    result.killed += 1
                    result.moments.append(round(worked, 2))
                    if again and kill_after(home, lots, again * longest)[1]:
                        result.killed += 1
                    found = settled(home, home.run(*lots))
                    if found != expected:
                        result.faults.append(f"killed after {worked:.2f} s, {again or 'not'} again: {difference(expected, found)}")
                except AssertionError as fault:
                    result.faults.append(f"killed at {part:.3f} of {longest:.2f} s, {again or 'not'} again: {fault}")
                    break
        on_round(number, result)
    return result


def difference(expected, found):
    """What is in one and not in the other, of documents, counts and exceptions."""
    said = []
    for name, wanted, there in zip(("documents", "counts", "exceptions"), expected, found):
        said += [f"{name} lacks {one}" for one in wanted if one not in there]
        said += [f"{name} has besides {one}" for one in there if one not in wanted]
        if not said and len(wanted) != len(there):
            said.append(f"{name}: {len(there)} instead of {len(wanted)}")
    return "; ".join(said)
