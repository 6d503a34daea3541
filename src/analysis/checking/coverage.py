"""How much of the words of quantities a text says, for all quantities at once."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from analysis.checking.candidate_index import CandidateIndex
from analysis.checking.code_fits import CodeFits
from analysis.checking.context import Context
from analysis.checking.postings import postings

SMOOTHING = 0.6
# How strongly a code is said at least whose words need not be said.
CODE_SAID = 0.5


class Coverage:
    """The features of one form of words (English ones, or a language's own), by arrays over the candidates.

    Parameters
    ----------
    catalogue : CandidateIndex
    rarity : mapping
        Of each feature.
    form : str
        Under which the candidates hold the features.
    fits : CodeFits
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
