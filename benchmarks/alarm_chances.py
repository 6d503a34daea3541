"""How likely a number is wrong by its signs: ``python -m benchmarks.alarm_chances [--record SET] [--write]``.

``results/signs_of_wrong_numbers.csv`` holds the signs of each number that does not agree in seven sets of
drafts, by the rules of a commit (``rules``), and whether it is wrong by the gold; no text and no place. The
weights are those of a logistic regression with a ridge, to which the wrong numbers of each set count as if
one in ten of its data were wrong; what is printed of a set is told by the weights of the others.
``--record`` takes the signs of sets anew with the rules of today, ``--write`` keeps the weights where the
check reads them.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

import numpy as np

import analysis.checking
from analysis.checking.drafts import Checker
from analysis.checking.judging.verdicts import DISAGREES, LOOKS_WRONG, NO_DATUM
from analysis.checking.likelihood.chances import CALLED_WRONG, sign_weights
from analysis.sources.register import Register
from benchmarks.checking import HERE, SETS, practice, shared, wilson
from benchmarks.offered_order import keep_weights

KEPT = Path(__file__).parent / "results" / "signs_of_wrong_numbers.csv"
WEIGHTS = Path(analysis.checking.__path__[0]) / "chances.csv"
RIDGE = 1.0
OTHERS = ("set", "rules", "wrong", "share_wrong")
# Which part of the data of a draft is taken to be wrong.
USUAL = 0.1
LEVELS = (0.9, 0.8, CALLED_WRONG, 0.6, 0.5, 0.4, 0.3, LOOKS_WRONG, 0.2, 0.15, 0.1)


def fitted(signs: np.ndarray, wrong: np.ndarray, counts: np.ndarray | None = None) -> np.ndarray:
    """Return the weights of a logistic regression with a ridge on all but the first (Newton's method).

    ``counts`` says for how many numbers each stands, one where it is left out.
    """
    held = np.zeros(signs.shape[1])
    counts = np.ones(len(wrong)) if counts is None else counts
    ridge = np.diag([0.001] + [RIDGE] * (signs.shape[1] - 1))
    for _ in range(50):
        likely = 1 / (1 + np.exp(-signs @ held))
        curvature = (signs * (counts * likely * (1 - likely))[:, None]).T @ signs + ridge
        step = np.linalg.solve(curvature, signs.T @ (counts * (likely - wrong)) + ridge @ held)
        held -= step
        if np.abs(step).max() < 1e-10:
            break
    return held


def signs_of(path: Path) -> tuple[list[str], np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return the names of the signs, their sizes after a column of ones, what is wrong, sets and counts."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    names = [name for name in rows[0] if name not in OTHERS]
    signs = np.array([[1.0, *(float(row[name]) for name in names)] for row in rows])
    wrong = np.array([float(row["wrong"]) for row in rows])
    share = np.array([float(row["share_wrong"]) for row in rows])
    counts = np.where(wrong == 1, USUAL / (1 - USUAL) * (1 - share) / share, 1.0)
    return names, signs, wrong, np.array([row["set"] for row in rows]), counts


def told_apart(signs: np.ndarray, wrong: np.ndarray, sets: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Return the chance of each number by the weights of the other sets."""
    likely = np.zeros(len(wrong))
    for name in dict.fromkeys(sets):
        apart = sets == name
        held = fitted(signs[~apart], wrong[~apart], counts[~apart])
        likely[apart] = 1 / (1 + np.exp(-signs[apart] @ held))
    return likely


def recorded(name: str, rules: str) -> list[dict[str, str]]:
    """Return the signs of the numbers of a set that do not agree, with the rules of today."""
    register = Register()
    checker = Checker(register.recorded("2020-21"), "2020-21", register.root)
    score = shared if (HERE / name / "gold.csv").exists() else practice
    numbers, rows = score(checker, HERE / name), []
    data = [scored.gold for scored in numbers if scored.gold != NO_DATUM]
    share = f"{data.count(DISAGREES) / len(data):.4g}"
    for scored in numbers:
        suspected = scored.found.verdict.suspicion if scored.found else None
        if suspected is not None:
            signs = {sign: f"{size:.4g}" for sign, size in suspected.signs.items()}
            held = {"set": name, "rules": rules, "share_wrong": share}
            rows.append({**held, "wrong": str(int(scored.gold == DISAGREES)), **signs})
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--record", nargs="+", choices=SETS, metavar="SET", help="take their signs anew")
    parser.add_argument("--rules", default="", help="the commit by whose rules they are taken")
    parser.add_argument("--write", action="store_true", help="keep the weights where the check reads them")
    asked = parser.parse_args()
    if asked.record:
        with KEPT.open(encoding="utf-8", newline="") as lines:
            rows = [row for row in csv.DictReader(lines) if row["set"] not in asked.record]
        rows += [row for name in asked.record for row in recorded(name, asked.rules)]
        with KEPT.open("w", encoding="utf-8", newline="") as lines:
            signed = [name for name in sign_weights() if name != "always"]
            writer = csv.DictWriter(lines, [*OTHERS, *signed], restval="0", lineterminator="\n")
            writer.writeheader()
            writer.writerows(sorted(rows, key=lambda row: row["set"]))
    names, signs, wrong, sets, counts = signs_of(KEPT)
    likely = told_apart(signs, wrong, sets, counts)
    kinds = [*dict.fromkeys(sets)]
    print(f"| chance, by the other sets' weights | {' | '.join(kinds)} | all |")
    print("|---|" + "---|" * (len(kinds) + 1))
    for level in LEVELS:
        inside = [(sets == name) & (likely >= level) for name in kinds]
        cells = [f"{int(wrong[some].sum())}/{some.sum()}" for some in inside]
        every = likely >= level
        print(f"| ≥ {level} | {' | '.join(cells)} | {wilson(int(wrong[every].sum()), int(every.sum()))} |")
    held = dict(zip(["always", *names], np.round(fitted(signs, wrong, counts), 2).tolist(), strict=True))
    print(f"\nwrong of all that do not agree: {int(wrong.sum())} of {len(wrong)}; weights: {held}")
    if asked.write:
        keep_weights(WEIGHTS, held)


if __name__ == "__main__":
    main()
