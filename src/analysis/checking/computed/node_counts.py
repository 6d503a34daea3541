"""How many nodes of a framework meet a condition: indicators, outputs, outcomes that reached their target."""

from __future__ import annotations

from collections.abc import Set

from analysis.checking.candidates.belonging import MEASURE
from analysis.checking.candidates.candidate import Candidate
from analysis.checking.candidates.candidate_index import CandidateIndex
from analysis.checking.candidates.derived import PAIRS

# What a quantity is to what was planned of it, by the name of the condition.
CONDITIONS = {
    "all": lambda result, plan: True,
    "met": lambda result, plan: result >= plan,
    "above": lambda result, plan: result > plan,
    "below": lambda result, plan: result < plan,
}
# From which number of nodes on they are counted.
FEW = 2
PLANS = {result: plan for plan, result in PAIRS}
# The measure of what is counted where the text says none.
COUNTED = PAIRS[0][1]
NodePairs = list[tuple[Candidate, Candidate]]


class NodeCounts:
    """The numbers of nodes of each level that are more, or less, than was planned of them."""

    def __init__(self, catalogue: CandidateIndex):
        self.catalogue = catalogue
        plans: dict[tuple, Candidate] = {}
        results: list[Candidate] = []
        for one in catalogue.candidates:
            if one.named_by and one.base is not None and MEASURE in one.axes:
                plans.setdefault((one.axes[MEASURE], *_but_measure(one)), one)
                results += [one] if one.axes[MEASURE] in PLANS else []
        self._pairs: dict[tuple, NodePairs] = {}
        self._codes: dict[tuple, set[str]] = {}
        for one in results:
            plan = plans.get((PLANS[one.axes[MEASURE]], *_but_measure(one)))
            levels = catalogue.levels.get(one.table, [])
            level = next((name for name in levels if one.axes.get(name)), "")
            if plan is None or not level:
                continue
            for at, name in enumerate(levels):
                for column in ("", *levels[at + 1 :]):
                    place = one.table, name, column, one.axes.get(column, "")
                    self._codes.setdefault(place, set()).add(one.axes.get(name, ""))
            coarser = levels[levels.index(level) + 1 :]
            told = ((axis, code) for axis, code in _columns(one) if axis not in levels)
            others = frozenset(told)
            for column, code in [("", ""), *((name, one.axes.get(name, "")) for name in coarser)]:
                key = one.table, level, others, one.period, column, code
                self._pairs.setdefault(key, []).append((one, plan))
        held = (key for key, pairs in self._pairs.items() if len(pairs) >= FEW)
        self.columns: dict[str, set[str]] = {}
        for _, level, _, _, column, _ in held:
            self.columns.setdefault(level, set()).add(column)

    def pairs_of(self, level: str, column: str, code: str, measures: Set[str]) -> NodePairs:
        """Return the nodes of a level that a code of a column holds, each its result and its plan.

        Nothing where a node has no plan. Column and code are nothing where all are meant. Where none of the
        ``measures`` is said that two are pairs of, the nodes of the first table are meant.
        """
        some = [
            pairs
            for (table, one, others, _, axis, held), pairs in self._pairs.items()
            if (one, axis, held) == (level, column, code)
            and len(pairs) == len(self._codes[table, one, axis, held] - {""}) >= FEW
            and all(self.catalogue.is_whole(other, whole) for other, whole in others)
        ]
        said = [len({one.axes[MEASURE] for one in pairs[0]} & {*measures}) for pairs in some]
        most = max(said, default=0)
        if most:
            chosen = [pairs for pairs, many in zip(some, said, strict=True) if many == most]
        else:
            chosen = [pairs for pairs in some if pairs[0][0].axes[MEASURE] == COUNTED]
        return chosen[0] if len(chosen) == 1 else []


def _but_measure(one: Candidate) -> tuple:
    return one.table, frozenset(_columns(one)), one.period, one.unit


def _columns(one: Candidate) -> list[tuple[str, str]]:
    """Return the columns of a quantity's own row with their codes, but for the measure."""
    told = ((axis, one.axes.get(axis, "")) for axis in one.named_by)
    return [(axis, code) for axis, code in told if code and axis != MEASURE]
