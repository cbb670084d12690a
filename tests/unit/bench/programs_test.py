import sys
import threading
import unittest

import bench_modules  # noqa: F401
import machine
import programs


def python(code):
    return [sys.executable, "-c", code]


class Running(unittest.TestCase):
    def test_processor_time_of_children_counts_and_is_told_from_ones_own(self):
        burn = "import time\nwhile time.process_time() < 0.3: pass"
        cost = programs.run(python(f"import subprocess, sys; subprocess.run([sys.executable, '-c', {burn!r}])"))
        self.assertGreaterEqual(cost.cpu, 0.3)
        self.assertLess(cost.own_cpu, 0.3)

    def test_output_and_code_are_kept(self):
        cost = programs.run(python("print('text'); raise SystemExit(1)"), accepted=(0, 1))
        self.assertEqual((cost.code, cost.out), (1, b"text\n"))

    def test_a_program_that_fails_ends_the_bench_with_its_words(self):
        with self.assertRaisesRegex(SystemExit, "no such page"):
            programs.run(python("import sys; sys.exit('no such page')"))

    def test_what_runs_is_ended_when_the_bench_is_stopped(self):
        ended = []

        def wait():
            try:
                programs.run(python("print('here', flush=True); import signal; signal.pause()"))
            except SystemExit as exit:
                ended.append(exit)

        thread = threading.Thread(target=wait)
        thread.start()
        while thread.is_alive():
            programs.stop_all()
            thread.join(0.05)
        self.assertEqual(len(ended), 1)


class Machine(unittest.TestCase):
    def test_our_own_work_is_not_that_of_others(self):
        before = machine.our_seconds()
        programs.run(python("import time\nwhile time.process_time() < 0.2: pass"))
        self.assertGreaterEqual(machine.our_seconds() - before, 0.19)
