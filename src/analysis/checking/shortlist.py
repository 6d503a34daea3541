"""Which quantities are scored for a number: those that share most with what is said of it, and those near."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence

import numpy as np

from analysis.checking.candidate import Candidate
from analysis.checking.candidate_index import CandidateIndex
from analysis.checking.context import Context
from analysis.checking.coverage import Coverage

# How many are looked at whatever codes they have, and how many where none of theirs is another than is said.
LOOKED_AT, FURTHER = 90, 450
# How much less of a score a statement needs to agree that stands in the record beside one that was spoken of.
BESIDE = 0.15
# From what strength on a code brings its quantities in; what it adds, and what the noun that is counted does.
SAID, CODED, COUNTED = 0.7, 0.3, 0.6
# What is added to the weight of a quantity's words before what is shared is set against it.
SMOOTHED = 1.5


class Shortlist:
    """Chooses the quantities that are scored, by arrays over all of them.

    Parameters
    ----------
    catalogue : CandidateIndex
    coverage : Coverage
        Of the words by which they are chosen.
    mass : sequence of float
        Weight of the words of each quantity.
    series : mapping
        Places of the quantities of each series.
    """

    def __init__(
        self,
        catalogue: CandidateIndex,
        coverage: Coverage,
        mass: np.ndarray,
        series: Mapping[Hashable, np.ndarray],
    ):
        self._coverage = coverage
        self._series = series
        self._heft = mass + SMOOTHED
        self._by_code = {pair: np.array(places) for pair, places in catalogue.by_axis.items()}
        self._wholes = {name: np.array(places) for name, places in catalogue.wholes.items()}
        self._coded = _codes(catalogue.candidates)

    def chosen(self, context: Context, favoured: tuple | None, noun: Iterable[str]) -> np.ndarray:
        """Return which quantities are scored for a number."""
        shared = self._coverage.said(context).copy()
        touched = shared > 0

        def add(places: np.ndarray | None, amount: float | np.ndarray) -> None:
            if places is not None and len(places):
                shared[places] += amount
                touched[places] = True

        line = self._series.get(favoured)
        if line is not None:
            add(line[~touched[line]], 0.001)
        add(np.array([*context.beside], dtype=int), BESIDE * np.array([*context.beside.values()]))
        for axis, (code, strength) in context.axes.items():
            if strength >= SAID:
                add(self._by_code.get((axis, code)), CODED)
        for name in noun:
            add(self._wholes.get(name), COUNTED)
        (there,) = touched.nonzero()
        behind = -shared[there] / self._heft[there]
        if len(there) > FURTHER:
            first = behind <= np.partition(behind, FURTHER)[FURTHER]
            there, behind = there[first], behind[first]
        order = there[behind.argsort(kind="stable")]
        chosen = np.zeros(len(shared), dtype=bool)
        chosen[order[:LOOKED_AT]] = True
        further = order[LOOKED_AT:FURTHER]
        if context.axes and len(further):
            fitting = np.ones(len(further), dtype=bool)
            for axis, (code, _) in context.axes.items():
                if axis in self._coded:
                    codes, held = self._coded[axis]
                    own = held[further]
                    fitting &= (own == 0) | (own == codes.get(code, 0))
            chosen[further[fitting]] = True
        chosen[[*context.beside]] = True
        if line is not None:
            chosen[line] = True
        return chosen


def _codes(candidates: Sequence[Candidate]) -> dict[str, tuple[dict[str, int], np.ndarray]]:
    """Return by column a number for each code, and that of each candidate; 0 where it has none."""
    coded: dict[str, tuple[dict[str, int], np.ndarray]] = {}
    for place, candidate in enumerate(candidates):
        for axis, code in candidate.axes.items():
            codes, held = coded.setdefault(axis, ({}, np.zeros(len(candidates), dtype=np.int32)))
            held[place] = codes.setdefault(code, len(codes) + 1)
    return coded
