"""What the clause of a number says, read once for all candidates: the words they share, and their part."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any

from analysis.checking.candidates.candidate import Candidate
from analysis.checking.text.context import Context
from analysis.checking.text.words import stem

# From what rarity on a word tells one quantity from another.
TELLING = 0.55
# How many words are said to be shared.
SHOWN = 6


class Clause:
    """The words of a number's clause and those around it, by their rarity.

    ``rarity`` is of the record's features, ``unknown`` of a word that the record does not have; ``family``
    says which features of the candidates are read.
    """

    def __init__(self, context: Context, rarity: Mapping[str, float], unknown: float, family: str):
        self._family = family
        known = (name for name in context.weights if name in rarity)
        self._rarest_first = sorted(known, key=lambda name: (-rarity[name], name))
        self._local = {name: rarity.get(name, unknown) for name in context.local}
        stems = {axis: stem(axis) for axis in context.axes}
        self._named = {axis: name for axis, name in stems.items() if name in self._local}
        self._wholes: dict[frozenset[str], tuple[float, float]] = {}

    def common(self, candidate: Candidate) -> tuple[str, ...]:
        """Return the features of a candidate that are said, the rarest first."""
        names = candidate.features[self._family]
        return tuple(islice((name for name in self._rarest_first if name in names), SHOWN))

    def explained(self, candidate: Candidate) -> float:
        """Return how much of the clause a candidate's features are: of all its words, or of those that tell.

        The name of a column of which it has a code is no word: "the region Africa".
        """
        names = candidate.features[self._family]
        own = {name: rarity for name, rarity in self._local.items() if name in names}
        named = {name for axis, name in self._named.items() if axis in candidate.axes and name not in own}
        parts = zip(_sums(own), self._whole(frozenset(named)), strict=True)
        return max(part / whole if whole else 1.0 for part, whole in parts)

    def _whole(self, named: frozenset[str]) -> tuple[float, float]:
        """Return the rarity of all words of the clause but some, and of those that tell."""
        if named not in self._wholes:
            self._wholes[named] = _sums(
                {name: rarity for name, rarity in self._local.items() if name not in named}
            )
        return self._wholes[named]


class Said:
    """What a clause says of a candidate, read when it is first asked.

    The clause is None once it was read.
    """

    __slots__ = ("_clause", "_explained", "_words", "candidate")

    def __init__(self, clause: Clause | None, candidate: Candidate):
        self.candidate = candidate
        self._clause = clause

    def read(self) -> None:
        """Read it, so that the clause need not be kept."""
        if self._clause is not None:
            self._words = self._clause.common(self.candidate)
            self._explained = self._clause.explained(self.candidate)
            self._clause = None

    def __reduce__(self) -> tuple[Any, ...]:
        """Return how it is written for another process: as it was read."""
        self.read()
        return _read_before, (self.candidate, self._words, self._explained)

    @property
    def words(self) -> tuple[str, ...]:
        """Return the features that both share, the rarest first."""
        self.read()
        return self._words

    @property
    def explained(self) -> float:
        """Return the part of the clause that the candidate's words make up, by rarity."""
        self.read()
        return self._explained


def _read_before(candidate: Candidate, words: tuple[str, ...], explained: float) -> Said:
    said = Said(None, candidate)
    said._words, said._explained = words, explained
    return said


def _sums(words: Mapping[str, float]) -> tuple[float, float]:
    return sum(words.values()), sum(rarity for rarity in words.values() if rarity > TELLING)
