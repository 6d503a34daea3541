"""Which quantity is offered first: ``python -m benchmarks.offered_order [--sets NAME …] [--write]``.

A conditional logit over the candidates of each number, and *none of them*, is fitted to drafts whose gold
names the recorded quantity, as the rules of today read them; what is printed of a set is told by the weights
of the others. The signs of candidates that only the number's value finds are fitted in their turn, with the
weights of the others as they are. ``--write`` keeps the weights where the check reads them; ``--score`` tells
sets that are not fitted to by the weights that are there.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

import analysis.checking
from analysis.checking.candidates.candidate_index import CandidateIndex
from analysis.checking.candidates.likes import Likes
from analysis.checking.candidates.match import Match
from analysis.checking.candidates.weights import Signs
from analysis.checking.drafts import Checker
from analysis.checking.judging.checked import Checked
from analysis.checking.judging.verdicts import DISAGREES, NOT_RECORDED, OTHER_PERIOD, RIGHT, Verdict
from analysis.checking.likelihood.likely import Likelihoods, OpenNumber, order_weights
from analysis.checking.likelihood.likely_signs import of_none
from analysis.checking.likelihood.settled_around import Settled
from analysis.sources.register import Register
from benchmarks.checking import HERE, is_at, same_quantity, spans, wilson

WEIGHTS = Path(analysis.checking.__path__[0]) / "likely.csv"
FITTED = ("unseen3", "unseen4", "unseen5", "unseen6", "unseen7", "unseen8", "unseen10")
RIDGE = 1.0
# How the signs begin that only candidates have which a number's value alone finds; the one all of them have.
UNNAMED = "unnamed"


@dataclass(frozen=True, eq=False)
class Number:
    """A number of a draft with known quantity, the signs of its candidates, and which of them is it."""

    source: str
    wrong: bool
    known: bool
    signs: list[Signs]
    right: np.ndarray

    def by_words(self) -> Number:
        """Return it with those of its candidates alone that words find, or what is settled around it."""
        kept = [place for place, some in enumerate(self.signs) if UNNAMED not in some]
        right = np.append(self.right[kept[:-1]], not self.right[kept[:-1]].any())
        return Number(self.source, self.wrong, self.known, [self.signs[place] for place in kept], right)


class Asking(Checker):
    """A checker that asks for the quantity of every number, and keeps what it is told."""

    def __init__(self, *arguments) -> None:
        super().__init__(*arguments)
        self.likelihoods = self.keeping = Keeping(self.catalogue, self.computations.likes)

    def _is_open(self, verdict: Verdict) -> bool:
        return True


class Keeping(Likelihoods):
    """Weighs nothing, but keeps the candidates of each number with their signs."""

    def __init__(self, catalogue: CandidateIndex, likes: Likes):
        super().__init__(catalogue, likes)
        self.kept: dict[int, tuple[list[Match], list[Signs]]] = {}

    def _answered(self, judged: Checked, question: OpenNumber, around: Sequence[Settled]) -> Checked:
        matches, signs = self.signs(question, around)
        further, more = self.signs_of_value(question, around, matches)
        none = signs[-1] if signs else of_none(question.context)
        self.kept[id(judged.number)] = [*matches, *further], [*signs[:-1], *more, none]
        return judged


def numbers(checker: Asking, name: str) -> list[Number]:
    """Return the numbers of a set that speak of data and have candidates."""
    folder, made = HERE / name, []
    with (folder / "gold.csv").open(encoding="utf-8", newline="") as lines:
        gold = list(csv.DictReader(lines))
    for draft in sorted({row["draft"] for row in gold}):
        checker.keeping.kept.clear()
        checked = [(*spans(judged), judged) for judged in checker.check(folder / draft)]
        for row in (row for row in gold if row["draft"] == draft):
            hit = next((judged for text, span, judged in checked if is_at(row, text, span)), None)
            if hit is None or row["verdict"] not in (*RIGHT, DISAGREES, NOT_RECORDED, OTHER_PERIOD):
                continue
            matches, signs = checker.keeping.kept.get(id(hit.number), ([], []))
            wanted = checker.catalogue.by_id.get(row["record_id"]) if row["kind"] == "value" else None
            if not matches or (wanted is None and row["verdict"] == OTHER_PERIOD):
                continue
            right = np.array(
                [
                    wanted is not None and same_quantity(checker.catalogue, match.candidate, wanted)
                    for match in matches
                ]
            )
            right = np.append(right, not right.any())
            counted = wanted is not None and row["verdict"] != OTHER_PERIOD
            made.append(Number(name, row["verdict"] == DISAGREES, counted, signs, right))
    return made


def table_of(held: Sequence[Number], names: Sequence[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the signs of all candidates as rows, where each number's begin, and which are right."""
    starts = np.cumsum([0, *(len(number.signs) for number in held)])
    signs = np.array([[some.get(name, 0.0) for name in names] for number in held for some in number.signs])
    return signs, starts, np.concatenate([number.right for number in held])


def fitted(held: Sequence[Number], names: Sequence[str], ridge: float = RIDGE) -> np.ndarray:
    """Return the weights of all signs: first those of what words find, then of what only the value does."""
    by_words = [number.by_words() for number in held]
    further = [name for name in names if name.startswith(UNNAMED)]
    known = [name for name in names if name not in further]
    first = _fitted([number for number in by_words if len(number.signs) > 1], known, ridge)
    given = dict(zip(known, first, strict=True))
    given |= zip(further, _fitted(held, further, ridge, given), strict=True)
    return np.array([given[name] for name in names])


def _fitted(
    held: Sequence[Number], names: Sequence[str], ridge: float, given: Mapping[str, float] | None = None
) -> np.ndarray:
    """Return the weights of a conditional logit with a ridge, those of other signs as they are given."""
    signs, starts, right = table_of(held, names)
    told_before = table_of(held, [*given])[0] @ np.array([*given.values()]) if given else 0.0
    begin, group = starts[:-1], np.repeat(np.arange(len(held)), np.diff(starts))

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        odds = told_before + signs @ weights
        parts = np.exp(odds - np.maximum.reduceat(odds, begin)[group])
        likely = parts / np.add.reduceat(parts, begin)[group]
        hit = np.add.reduceat(likely * right, begin)
        slope = signs.T @ (likely - likely * right / hit[group]) + ridge * weights
        return float(-np.log(hit).sum() + ridge * weights @ weights / 2), slope

    return minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 1000}).x


def told(held: Sequence[Number], names: Sequence[str], weights: np.ndarray) -> Counter:
    """Return how often the right quantity is the first of the candidates, and among the first three."""
    counts: Counter = Counter()
    for number in (number for number in held if number.known):
        signs = np.array([[some.get(name, 0.0) for name in names] for some in number.signs[:-1]])
        order = np.argsort(-(signs @ weights), kind="stable")
        kind = "wrong" if number.wrong else "right"
        counts[kind, "all"] += 1
        counts[kind, "listed"] += bool(number.right[:-1].any())
        counts[kind, "first"] += bool(number.right[order[0]])
        counts[kind, "three"] += bool(number.right[order[:3]].any())
    return counts


def keep_weights(path: Path, weights: Mapping[str, float]) -> None:
    """Write the weights of signs where the check reads them; what each means stays."""
    with path.open(encoding="utf-8", newline="") as lines:
        kept = list(csv.DictReader(lines))
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(kept[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows({**row, "weight": weights[row["sign"]]} for row in kept)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", nargs="+", default=FITTED, metavar="SET")
    parser.add_argument("--score", nargs="+", default=(), metavar="SET", help="sets that are only scored")
    parser.add_argument("--write", action="store_true", help="keep the weights where the check reads them")
    asked = parser.parse_args()
    register = Register()
    checker = Asking(register.recorded("2020-21"), "2020-21", register.root)
    with WEIGHTS.open(encoding="utf-8", newline="") as lines:
        kept = list(csv.DictReader(lines))
    names = [row["sign"] for row in kept]
    by_set = {name: numbers(checker, name) for name in asked.sets}
    counts = {}
    for name, held in by_set.items():
        others = [number for other, some in by_set.items() if other != name for number in some]
        counts[name] = told(held, names, fitted(others, names))
    weights = fitted([number for some in by_set.values() for number in some], names).round(2)
    counts["all"] = sum(counts.values(), Counter())
    there = np.array([order_weights()[name] for name in names])
    for name in asked.score:
        counts[name] = told(numbers(checker, name), names, there)
    print(f"| | {' | '.join(counts)} |\n|---|" + "---|" * len(counts))
    for kind in ("right", "wrong"):
        for what in ("listed", "first", "three"):
            cells = [wilson(some[kind, what], some[kind, "all"]) for some in counts.values()]
            print(f"| {kind} numbers: {what} | {' | '.join(cells)} |")
    print(dict(zip(names, weights.tolist(), strict=True)))
    if asked.write:
        keep_weights(WEIGHTS, dict(zip(names, weights.tolist(), strict=True)))


if __name__ == "__main__":
    main()
