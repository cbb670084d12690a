"""Puts the parts of tools/bench on the path; import it before them."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT / "tests" / "acceptance"), str(ROOT / "tools" / "bench_reading")]
