"""When numbers are parts of one quantity: ``python -m benchmarks.breakdown_odds [--sets NAME …]``.

A conditional logit over the breakdowns that some numbers of a sentence may be, and *none of them*, is fitted
to drafts whose gold names the recorded quantities; what is printed of a set is told by the weights of the
others. The weights in use stand beside: they were fitted so to seven of these sets and rounded, before the
rules that the check has today; those of today's fit settle fewer numbers and are no righter.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.checking.candidates.candidate import Candidate
from analysis.checking.candidates.candidate_index import CandidateIndex
from analysis.checking.candidates.weights import Signs
from analysis.checking.drafts import Checker
from analysis.checking.judging.verdicts import Verdict
from analysis.checking.together.broken_down import AskedGroup, Breakdowns, MeasuredParts, breakdown_weights
from analysis.reading import PrintedNumber
from analysis.sources.register import Register
from benchmarks.checking import HERE, is_at, same_quantity, spans, wilson
from benchmarks.offered_order import FITTED, Number, fitted

RIDGE = 0.1
# From what likelihood on a breakdown is told.
TOLD = (0.5, 0.6, 0.65, 0.7, 0.8, 0.9)


@dataclass(frozen=True, eq=False)
class KeptGroup:
    """Numbers that were looked at together, the breakdowns that they may be, and the signs that none is."""

    numbers: Mapping[int, PrintedNumber]
    some: Sequence[MeasuredParts]
    none: Signs


class Keeping(Breakdowns):
    """Judges as ever, and keeps what is asked."""

    def __init__(self, catalogue: CandidateIndex):
        super().__init__(catalogue)
        self.kept: list[KeptGroup] = []

    def possible(
        self, asked: AskedGroup, firsts: Mapping[int, Verdict], spoken: Sequence[Candidate]
    ) -> tuple[list[MeasuredParts], Signs]:
        """Return what numbers may be, and keep it."""
        some, none = super().possible(asked, firsts, spoken)
        numbers = {at: asked.contexts[at].number for at in asked.group.coded}
        self.kept.append(KeptGroup(numbers, some, none))
        return some, none


def groups(checker: Checker, keeping: Keeping, name: str) -> list[Number]:
    """Return the groups of numbers of a set that may be the parts of a quantity."""
    folder, made = HERE / name, []
    with (folder / "gold.csv").open(encoding="utf-8", newline="") as lines:
        gold = list(csv.DictReader(lines))
    for draft in sorted({row["draft"] for row in gold}):
        keeping.kept.clear()
        checked = [(*spans(judged), judged) for judged in checker.check(folder / draft)]
        wanted = {}
        for row in (row for row in gold if row["draft"] == draft):
            hit = next((judged for text, span, judged in checked if is_at(row, text, span)), None)
            if hit is not None:
                wanted[hit.number] = checker.catalogue.by_id.get(row["record_id"])
        for group in keeping.kept if wanted else ():
            held = {at: wanted[number] for at, number in group.numbers.items() if number in wanted}
            right = np.array([_is_meant(checker.catalogue, one, held) for one in group.some], dtype=bool)
            right = np.append(right, not right.any())
            known = held and any(one is not None for one in held.values())
            made.append(
                Number(name, False, bool(known), [*(one.signs for one in group.some), group.none], right)
            )
    return [group for group in made if len(group.signs) > 1]


def _is_meant(catalogue: CandidateIndex, one: MeasuredParts, wanted: Mapping[int, Candidate | None]) -> bool:
    """Whether all numbers with known quantities are the parts of a breakdown, and there are such."""
    known = [(one.parts[at], held) for at, held in wanted.items() if held is not None]
    return bool(known) and all(same_quantity(catalogue, part, held) for part, held in known)


def told(held: Sequence[Number], names: Sequence[str], weights: np.ndarray) -> Counter:
    """Return how many breakdowns are told from each likelihood on, and how many of them are right."""
    counts: Counter = Counter()
    for group in held:
        odds = np.array([[some.get(name, 0.0) for name in names] for some in group.signs]) @ weights
        likely = np.exp(odds - odds.max())
        likely /= likely.sum()
        best = int(likely[:-1].argmax())
        for least in TOLD:
            counts[least, "told"] += bool(likely[best] >= least)
            counts[least, "right"] += bool(likely[best] >= least and group.right[best])
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", nargs="+", default=FITTED, metavar="SET")
    asked = parser.parse_args()
    register = Register()
    checker = Checker(register.recorded("2020-21"), "2020-21", register.root)
    checker.breakdowns = keeping = Keeping(checker.catalogue)
    there = breakdown_weights()
    names = list(there)
    by_set = {name: groups(checker, keeping, name) for name in asked.sets}
    every = [group for some in by_set.values() for group in some]
    counts: Counter = Counter()
    for name, held in by_set.items():
        others = [group for other, some in by_set.items() if other != name for group in some]
        counts += told(held, names, fitted(others, names, RIDGE))
    now = told(every, names, np.array([there[name] for name in names]))
    print(f"{len(every)} groups, {sum(not group.right[-1] for group in every)} of them parts of a quantity\n")
    print("| right of those told | each set by the others' weights | by the weights in use |\n|---|---|---|")
    for least in TOLD:
        cells = [wilson(some[least, "right"], some[least, "told"]) for some in (counts, now)]
        print(f"| from {least} on | {' | '.join(cells)} |")
    weights = dict(zip(names, fitted(every, names, RIDGE).round(2).tolist(), strict=True))
    print("\n| sign | fitted | in use |\n|---|---|---|")
    print("\n".join(f"| {name} | {weights[name]} | {there[name]} |" for name in names))


if __name__ == "__main__":
    main()
