#!/usr/bin/python3
"""Learns how much each sign counts by which a further page is told from a paper of its own (classify/rules/continuation.cpp, docs/adr/0025).

tools/bench_understanding/continuation.py FAMILY.jsonl...

One file a family of mail, made by joined-probe with a model that was not taught on that family. Each family is judged with what was learned from the
others; the weights that are printed are learned from all. A sign that would count against what it stands for is left out.
"""

import argparse
import json
import sys
from pathlib import Path

import numpy as np

# what a sign may speak for: 1 going on, -1 a paper of its own
SIDES = {
    "own": 1, "unknown": -1, "other_body": -1, "small_print": 1, "further": 1, "more_follow": 1, "words": 0, "shared": 1, "signed": 1, "company": -1,
    "doctor_again": -1, "margin": -1, "same_foot": 1, "heading": -1,
}
# chosen: what was made up counts less, that there is more of it; papers whose type was taken away least, they are headed more often than unknown ones
COUNTS = {"real": 1.0, "stray": 0.4, "unnamed": 0.15}
MOST_OF_FAMILY = 300.0  # chosen: pages that one family counts for, so that no author decides alone
SHRINKING = 3.0  # chosen: between 1 and 10, which came out alike
SHOWN = (0.5, 0.8, 0.85, 0.9, 0.95)


def rows_of(path):
    rows = [json.loads(line) for line in path.open()]
    rows = [row for row in rows if not row["apart"]]
    real = sum(row["kind"] == "real" for row in rows)
    for row in rows:
        row["counts"] = COUNTS[row["kind"]] * min(1.0, MOST_OF_FAMILY / max(1, real))
    return rows


def fitted(values, further, counts):
    """Weights of a logistic regression (and before them what all pages have), by Newton's method; signs on the wrong side are given none."""
    scale = values.std(axis=0) + 1e-6
    table = np.c_[np.ones(len(values)), values / scale]
    used = np.ones(table.shape[1], dtype=bool)
    while True:
        weights, shrinking = np.zeros(used.sum()), np.full(used.sum(), SHRINKING)
        shrinking[0] = 1e-6
        for _ in range(100):
            chance = 1 / (1 + np.exp(-table[:, used] @ weights))
            slope = table[:, used].T @ (counts * (further - chance)) - shrinking * weights
            bend = (table[:, used].T * (counts * chance * (1 - chance))) @ table[:, used] + np.diag(shrinking)
            step = np.clip(np.linalg.solve(bend, slope), -1, 1)
            weights += step
            if np.abs(step).max() < 1e-7:
                break
        all_weights = np.zeros(table.shape[1])
        all_weights[used] = weights
        wrong = [i for i, side in enumerate(SIDES.values(), 1) if side * all_weights[i] < 0]
        if not wrong:
            return np.r_[all_weights[0], all_weights[1:] / scale]
        used[wrong] = False


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("families", nargs="+", type=Path)
    options = parser.parse_args()
    rows, family = [], []
    for path in options.families:
        found = rows_of(path)
        rows, family = rows + found, family + [path.stem] * len(found)
    if not rows:
        sys.exit("no page that joined a document: nothing to learn from")
    family = np.array(family)
    values = np.array([[row["signs"][name] for name in SIDES] for row in rows])
    further = np.array([float(row["further"]) for row in rows])
    counts = np.array([row["counts"] for row in rows])
    kind = np.array([row["kind"] for row in rows])
    doubted = np.array([row["doubted"] for row in rows])
    chance = np.zeros(len(rows))
    for name in sorted(set(family)):
        here = family == name
        weights = fitted(values[~here], further[~here], counts[~here])
        chance[here] = 1 / (1 + np.exp(-(weights[0] + values[here] @ weights[1:])))
    print("at least  further ones found  others taken for one: as they lay, strays, without their type (of)")
    for least in SHOWN:
        for name in [*sorted(set(family)), ""]:
            here = (family == name) if name else np.ones(len(rows), dtype=bool)
            told = here & (chance >= least)
            right = f"{(told & doubted & (further == 1)).sum()} of {(here & doubted & (further == 1)).sum()}"
            wrong = [f"{(told & (kind == one) & (further == 0)).sum()} ({(here & (kind == one) & (further == 0)).sum()})" for one in COUNTS]
            print(f"{least:8.2f}  {name or 'all':10} {right:>12}  {', '.join(wrong)}")
    weights = fitted(values, further, counts)
    print(f"usual_odds = {weights[0]:.2f}")
    for name, weight in zip(SIDES, weights[1:]):
        print(f"{name:14} {weight:+.2f}")


if __name__ == "__main__":
    main()
