"""How much of the words of quantities a text says, for all at once, and which of them are then looked at."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence

import numpy as np

from analysis.checking.candidates.candidate import Candidate
from analysis.checking.candidates.candidate_index import CandidateIndex
from analysis.checking.candidates.code_fits import CodeFits
from analysis.checking.candidates.postings import postings
from analysis.checking.text.context import Context

SMOOTHING = 0.6
# How strongly a code is said at least whose words need not be said.
CODE_SAID = 0.5
# How many are looked at whatever codes they have, and how many where none of theirs is another than is said.
LOOKED_AT, FURTHER = 90, 450
# How much less of a score a statement needs to agree that stands in the record beside one that was spoken of.
BESIDE = 0.15
# From what strength on a code brings its quantities in; what it adds, and what the noun that is counted does.
SAID, CODED, COUNTED = 0.7, 0.3, 0.6
# What is added to the weight of a quantity's words before what is shared is set against it.
SMOOTHED = 1.5


class Coverage:
    """The features of one form of words (English ones, or a language's own), by arrays over the candidates.

    ``rarity`` is of each feature, ``form`` that under which the candidates hold the features.
    """

    def __init__(self, catalogue: CandidateIndex, rarity: Mapping[str, float], form: str, fits: CodeFits):
        self.rarity = rarity
        self.form = form
        self.fits = fits
        self._many = len(catalogue.candidates)
        held = catalogue.postings.get(form) or postings(catalogue.candidates, form)
        self._places = {name: np.array(places) for name, places in held.items()}
        self.mass = self.shared(dict.fromkeys(sorted(held), 1.0))
        # What a code's title gives: to which candidate, which of its words, by which of its columns.
        self._words = {name: number for number, name in enumerate(held)}
        given: list[tuple[int, int]] = []
        of_column: dict[str, list[int]] = {}
        for place, candidate in enumerate(catalogue.candidates):
            named = candidate.named_by
            for name in sorted(set().union(*named.values()) & candidate.features[form]) if named else ():
                for axis in (axis for axis, own in named.items() if name in own):
                    of_column.setdefault(axis, []).append(len(given))
                given.append((place, self._words[name]))
        self._given, self._word = np.array(given, dtype=np.int64).reshape(-1, 2).T
        self._of_column = {axis: np.array(own) for axis, own in of_column.items()}
        self._by_code: dict[tuple[str, str], np.ndarray] = {}
        rarities = np.array([rarity[name] for name in held])
        self._rarity = rarities[self._word] if given else np.zeros(0)

    def shared(self, weights: Mapping[str, float]) -> np.ndarray:
        """Return the rarity of the features that each candidate shares with a text, by their weight there."""
        said = [
            (places, weight * self.rarity[name])
            for name, weight in weights.items()
            if (places := self._places.get(name)) is not None
        ]
        if not said:
            return np.zeros(self._many)
        sizes = np.array([size for _, size in said]).repeat([len(places) for places, _ in said])
        return np.bincount(np.concatenate([places for places, _ in said]), sizes, self._many)

    def covered(self, context: Context) -> np.ndarray:
        """Return how much of each candidate's words is said, but for those that its codes say."""
        told = np.zeros(len(self._given), dtype=bool)
        for axis, (code, strength) in context.axes.items():
            if strength >= CODE_SAID and axis in self._of_column:
                told[self._given_by(axis, code)] = True
        said = np.zeros(len(self._words), dtype=bool)
        said[[self._words[name] for name in context.weights if name in self._words]] = True
        (left,) = told.nonzero()
        left = left[~said[self._word[left]]]
        mass = self.mass - np.bincount(self._given[left], self._rarity[left], self._many)
        return self.said(context) / (np.maximum(mass, 0.0) + SMOOTHING)

    def said(self, context: Context) -> np.ndarray:
        """Return the rarity of the features that each candidate shares with what is said of a number."""
        if self.form not in context.shared:
            context.shared[self.form] = self.shared(context.weights)
        return context.shared[self.form]

    def _given_by(self, axis: str, code: str) -> np.ndarray:
        """Return which of the words that codes give a code (several are parted by ``|``) gives."""
        if (axis, code) not in self._by_code:
            own = self._of_column[axis]
            self._by_code[axis, code] = own[self.fits.holds(axis, code)[self._given[own]]]
        return self._by_code[axis, code]


class Shortlist:
    """Chooses the quantities that are scored, by arrays over all of them.

    ``coverage`` is of the words by which they are chosen, ``mass`` the weight of the words of each,
    ``series`` the places of the quantities of each series.
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
