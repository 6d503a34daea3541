"""Which computation is offered: ``python -m benchmarks.offered_computations [--sets NAME …] [--write]``.

A conditional logit over the computations that come to each number that nothing settles, and *none of them*,
is fitted to drafts whose gold tells how the writer computed; what is printed of a set is told by the weights
of the others. ``--write`` keeps the weights where the check reads them.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import permutations
from pathlib import Path

import numpy as np

import analysis.checking
from analysis.checking.candidates.candidate_index import CandidateIndex
from analysis.checking.candidates.likes import Likes
from analysis.checking.candidates.weights import Signs
from analysis.checking.drafts import Checker
from analysis.checking.judging.checked import Checked
from analysis.checking.judging.combined import CombinedValue, value_of
from analysis.checking.judging.operands import Computation
from analysis.checking.judging.verdicts import DISAGREES, OTHER_PERIOD, RIGHT
from analysis.checking.likelihood.likely_computed import Computations
from analysis.sources.register import Register
from benchmarks.checking import HERE, SETS, is_at, spans, wilson
from benchmarks.offered_order import Number, fitted, keep_weights

WEIGHTS = Path(analysis.checking.__path__[0]) / "computed.csv"
FITTED = ("unseen3", "unseen4", "unseen5", "unseen6", "unseen7", "unseen8")
# How near a value and each operand are to those of the gold, as parts of these.
NEAR, ROUNDED = Fraction(3, 1000), Fraction(2, 100)
REGIONS = {
    "af": "africa",
    "am": "americas",
    "ap": "asia_pacific",
    "as": "arab_states",
    "eu": "europe_central_asia",
}


class Keeping(Computations):
    """Keeps the computations of each number with their signs."""

    def __init__(self, catalogue: CandidateIndex, likes: Likes):
        super().__init__(catalogue, likes)
        self.kept: dict[int, tuple[list[Computation], list[Signs]]] = {}

    def weighed(self, checked: Sequence[Checked], data: Sequence[int], order: int):
        made = super().weighed(checked, data, order)
        self.kept[id(checked[data[order]].number)] = made
        return made


def operands_of_gold(catalogue: CandidateIndex, formula: str) -> set[Fraction]:
    """Return the values of what a formula of the gold names; nothing where it names what is no quantity."""
    named = re.findall(r"\[([^\]]+)\]", formula) or re.findall(r"[a-z][\w-]+(?:/[\w.+-]+)+", formula)
    held = [catalogue.by_id.get(name) for name in named]
    for which, asked in re.findall(r"\b(TT|T|G)\(([^)]*)\)", formula):
        parts = [part.strip().strip("'\"") for part in asked.split(",")]
        codes = {"measure": "target" if which == "TT" else "result"}
        codes["region"] = REGIONS.get(parts[1], parts[1]) if which == "G" else "all"
        if parts[0]:
            codes["output" if "." in parts[0] else "outcome"] = parts[0]
        held.append(next((one for one in catalogue.candidates if _is_sum(one, codes)), None))
    known = [one for one in held if one is not None and one.base is not None]
    return {abs(one.base) for one in known} if known and len(known) == len(held) else set()


def _is_sum(one, codes: dict[str, str]) -> bool:
    """Whether a candidate is the sum over the indicators of some codes, and of no finer ones."""
    if (
        one.row >= 0
        or one.unit != "result"
        or any(one.axes.get(axis) != code for axis, code in codes.items())
    ):
        return False
    levels = {"outcome", "output"} if "output" in codes else {"outcome"} & codes.keys()
    return one.axes.keys() - {"measure", "region"} <= levels


def is_right(made: CombinedValue, value: Fraction, operands: set[Fraction]) -> bool:
    """Whether a computation is that of the gold: by its operands where it names them, else by its value."""
    if operands and made.how != "count":
        pairs = {abs(one - other) for one, other in permutations(operands, 2)}
        known = {*operands, *pairs, *(one + other for one, other in permutations(operands, 2)), sum(operands)}
        return all(
            any(abs(abs(value_of(one)) - held) <= ROUNDED * held for held in known) for one in made.operands
        )
    held = abs(made.value)
    return any(abs(held - value * scale) <= NEAR * held for scale in (1, 100, 10**3, 10**6))


def numbers(checker: Checker, keeping: Keeping, name: str) -> list[Number]:
    """Return the numbers of a set that nothing settles and that a computation comes to."""
    folder, made = HERE / name, []
    with (folder / "gold.csv").open(encoding="utf-8", newline="") as lines:
        gold = list(csv.DictReader(lines))
    for draft in sorted({row["draft"] for row in gold}):
        keeping.kept.clear()
        checked = [(*spans(judged), judged) for judged in checker.check(folder / draft)]
        for row in (row for row in gold if row["draft"] == draft):
            hit = next((judged for text, span, judged in checked if is_at(row, text, span)), None)
            if hit is None or row["kind"] == "not_data" or row["verdict"] == OTHER_PERIOD:
                continue
            some, signs = keeping.kept.get(id(hit.number), ([], []))
            computed = row["kind"] not in ("value", "") and row["verdict"] in (*RIGHT, DISAGREES)
            if not some:
                continue
            right = np.zeros(len(some), bool)
            if computed and (text := row["record_value"]):
                operands = operands_of_gold(checker.catalogue, row["formula"])
                value = abs(Fraction(text))
                right = np.array([is_right(one.made, value, operands) for one in some])
            made.append(
                Number(name, row["verdict"] == DISAGREES, computed, signs, np.append(right, not right.any()))
            )
    return made


def told(held: Sequence[Number], names: Sequence[str], weights: np.ndarray) -> Counter:
    """Return how often the likeliest computation is the right one, by how likely it is."""
    counts: Counter = Counter()
    for number in held:
        signs = np.array([[some.get(name, 0.0) for name in names] for some in number.signs])
        odds = signs @ weights
        parts = np.exp(odds - odds.max())
        parts /= parts.sum()
        best = int(np.argmax(parts[:-1]))
        counts["computed"] += number.known
        counts["listed"] += bool(number.right[:-1].any())
        counts["likeliest"] += bool(number.right[best])
        for least in (0.5, 0.7, 0.9):
            if parts[best] >= least:
                counts["told", least] += 1
                counts["right", least] += bool(number.right[best])
                counts["wrong", least] += number.wrong
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", nargs="+", choices=SETS, default=FITTED, metavar="SET")
    parser.add_argument("--write", action="store_true", help="keep the weights where the check reads them")
    asked = parser.parse_args()
    register = Register()
    checker = Checker(register.recorded("2020-21"), "2020-21", register.root)
    checker.computations = keeping = Keeping(checker.catalogue, checker.computations.likes)
    with WEIGHTS.open(encoding="utf-8", newline="") as lines:
        kept = list(csv.DictReader(lines))
    names = [row["sign"] for row in kept]
    by_set = {name: numbers(checker, keeping, name) for name in asked.sets}
    counts = {}
    for name, held in by_set.items():
        others = [number for other, some in by_set.items() if other != name for number in some]
        counts[name] = told(held, names, fitted(others, names))
    counts["all"] = sum(counts.values(), Counter())
    print(f"| | {' | '.join(counts)} |\n|---|" + "---|" * len(counts))
    for what in ("listed", "likeliest"):
        cells = [wilson(some[what], some["computed"]) for some in counts.values()]
        print(f"| computed numbers: {what} | {' | '.join(cells)} |")
    for least in (0.5, 0.7, 0.9):
        cells = [wilson(some["right", least], some["told", least]) for some in counts.values()]
        print(f"| right of those from {least} on | {' | '.join(cells)} |")
        wrong = " | ".join(str(some["wrong", least]) for some in counts.values())
        print(f"| wrong numbers of these | {wrong} |")
    weights = fitted([number for some in by_set.values() for number in some], names).round(2)
    print(dict(zip(names, weights.tolist(), strict=True)))
    if asked.write:
        keep_weights(WEIGHTS, dict(zip(names, weights.tolist(), strict=True)))


if __name__ == "__main__":
    main()
