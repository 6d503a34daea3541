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
        self.fits = fits
        self._many = len(catalogue.candidates)
        held = catalogue.postings.get(form) or postings(catalogue.candidates, form)
        self._places = {name: np.array(places) for name, places in held.items()}
        self.mass = self.shared(dict.fromkeys(sorted(held), 1.0))
        # What a code's title gives: to which candidate, which of its words, by which of its columns.
        self._words = {name: number for number, name in enumerate(held)}
        given = [
            (place, self._words[name], sum(fits.bits[axis] for axis, own in named.items() if name in own))
            for place, candidate in enumerate(catalogue.candidates)
            if (named := candidate.named_by)
            for name in sorted(set().union(*named.values()) & candidate.features[form])
        ]
        self._given, self._word, self._columns = np.array(given, dtype=np.int64).reshape(-1, 3).T
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
        columns = np.zeros(self._many, dtype=np.int64)
        for axis, (code, strength) in context.axes.items():
            if strength >= CODE_SAID:
                columns |= self.fits.agreeing(axis, code)
        unsaid = np.ones(len(self._words), dtype=bool)
        unsaid[[self._words[name] for name in context.weights if name in self._words]] = False
        told = (columns[self._given] & self._columns != 0) & unsaid[self._word]
        mass = self.mass - np.bincount(self._given, self._rarity * told, self._many)
        return self.shared(context.weights) / (np.maximum(mass, 0.0) + SMOOTHING)
