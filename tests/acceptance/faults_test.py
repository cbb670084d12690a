"""Any write, rename, fsync or commit of a run may go wrong, or be its last: the next run completes it. The long form: tools/proof faults."""

import collections
import random
import tempfile
import unittest
from pathlib import Path

import fault_rounds
import kill_rounds
import work_rounds
from fault_rounds import CLOCK_WAYS, WAYS, Fault
from temp_postgres import TempPostgres

FAULTS = 18  # chosen: with those of a new home a minute or two
FAULTS_OF_A_NEW_HOME = 6
SEED = 20260316


class Faults(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.bench = fault_rounds.Bench(Path(cls.enterClassContext(tempfile.TemporaryDirectory(prefix="pleiade-faults-", dir=fault_rounds.folder_of_tests()))))

    def test_nothing_is_lost_or_doubled_whichever_call_fails(self):
        rng = random.Random(SEED)
        faults = fault_rounds.every_way(self.bench.points, rng)[:FAULTS]
        only_new = fault_rounds.only_of_a_new_home(self.bench)
        rounds = [(fault, True) for fault in faults] + [(fault, False) for fault in fault_rounds.every_way(only_new, rng)[:FAULTS_OF_A_NEW_HOME]]
        for fault, opened in rounds:
            fault_rounds.survive(self.bench, fault, opened)
        done = [fault for fault, _ in rounds]
        self.assertEqual([str(fault) for fault in done if fault.trouble], [])
        struck = collections.Counter(fault.way for fault in done if fault.point)
        self.assertEqual(set(struck), set(WAYS))
        self.assertGreater(sum(struck.values()), len(done) * 3 // 4, "most of the calls were not reached")
        print(f"{len(self.bench.points)} calls in an opened home, {len(self.bench.first_points)} in a new one; {dict(struck)} went wrong")

    def test_faults_one_after_the_other(self):
        """The run that mends the first is struck too."""
        rng = random.Random(SEED + 1)
        faults = fault_rounds.every_way(self.bench.points, rng)[:6]
        for fault, again in zip(faults[:3], faults[3:]):
            self.assertEqual(fault_rounds.survive(self.bench, fault, True, again).trouble, "")

    def test_a_clock_that_jumps_by_a_day(self):
        """That of the program; the database has its own, which may be another machine's."""
        number = next(point.number for point in self.bench.points if "insert_file" in point.about)
        for way in CLOCK_WAYS:
            fault = fault_rounds.survive(self.bench, Fault(number, way), True)
            self.assertEqual(fault.trouble, "")
            self.assertTrue(fault.went_on, fault)

    def test_a_worker_goes_on_by_itself_after_an_error(self):
        """`pleiade work` is not started anew by anybody."""
        with TempPostgres() as database:
            bench = work_rounds.WorkBench(self.bench, database)
            rng = random.Random(SEED)
            wanted = ("claim_jobs", "finish_reads", "understand_pli", "send_delivery", "acknowledge_delivery", "write: images")
            for number, part in enumerate(wanted):
                point = rng.choice([point for point in bench.points if part in point.place])
                fault = work_rounds.survive(bench, Fault(point.number, rng.choice(("error", "half"))), f"round_{number}")
                self.assertEqual(fault.trouble, "", fault)

    def test_every_kind_of_call_is_counted(self):
        seen = {point.place for point in self.bench.points}
        for place in ("create: images", "write: images", "fsync: images", "link: images", "link: GED", "mkdir: GED", "write: audit", "rename: audit"):
            self.assertIn(place, seen)
        for statement in ("insert_file", "claim_jobs", "finish_reads", "understand_pli", "send_delivery", "acknowledge_delivery", "insert_sealed_events"):
            self.assertTrue(any(place.startswith("commit: ") and statement in place for place in seen), statement)

    def test_a_loss_would_be_noticed(self):
        with self.bench.home() as home:
            outcome = self.bench.run(home)
            found = fault_rounds.settled(home, outcome)
            self.assertEqual(kill_rounds.difference(self.bench.reference, found), "")
            next(home.ged.glob("*/*/*.json")).unlink()
            self.assertIn("documents lacks", kill_rounds.difference(self.bench.reference, fault_rounds.settled(home, outcome)))
            next((home.path / "images").glob("??/??/*")).write_bytes(b"other")
            with self.assertRaisesRegex(AssertionError, "damaged image"):
                fault_rounds.settled(home, outcome)


if __name__ == "__main__":
    unittest.main()
