"""What the noun that a number counts adds to the scores of quantities, or takes, for all of them at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set

import numpy as np

from analysis.checking.candidates.candidate_index import CandidateIndex
from analysis.checking.text.context import Context

# The kinds of quantities that count something.
COUNTABLE = ("count", "amount", "duration")
COUNTED_AGREES, COUNTED_DIFFERS, UNIT_ABSENT = 0.14, 0.25, 0.1
# What is taken of a quantity that counts something else where its title has the noun.
COUNTED_TITLED = 0.06
_PHRASE = re.compile(
    r"\b(?:of|in|under|by|for|with|from|that|which|who|were|was|are|is|and|to|at|on|du|des|en|dans|que|qui|et|y|"
    r"por|para|con|se|ont|sont|han|son)\b|[,.;:()，。；：、（）]"
)

_PAST = re.compile(r"\w+ed\b")


class Counting:
    """What quantities count, by arrays over all of them."""

    def __init__(self, catalogue: CandidateIndex):
        candidates = catalogue.candidates
        counted = [
            (candidate.kind == "duration", candidate.unit_features) if candidate.kind in COUNTABLE else None
            for candidate in candidates
        ]
        # Those that count nothing are of the first class.
        classes = {own: number for number, own in enumerate(dict.fromkeys([None, *counted]))}
        self._class = np.array([classes[own] for own in counted])
        self._durations = np.array([own is not None and own[0] for own in classes])
        self._absent = -UNIT_ABSENT * np.where(self._durations, 2, 1)
        self._counts_something = np.array([own is not None and bool(own[1]) for own in classes])
        counting: dict[str, list[int]] = {}
        for own, number in classes.items():
            for name in own[1] if own is not None else ():
                counting.setdefault(name, []).append(number)
        self._classes_of = {name: np.array(numbers) for name, numbers in counting.items()}
        self._plain = np.array([candidate.unit == "count" for candidate in candidates])
        self._titled = {name: np.array(places) for name, places in catalogue.postings["words"].items()}

    def of(self, context: Context, noun: Set[str], spoken: np.ndarray) -> np.ndarray:
        """Return what the noun that a number counts adds to each quantity.

        ``spoken`` are the places of the quantities of the series that was spoken of last.
        """
        counted = not context.number.unit and context.counted
        if noun and counted:
            return self._by_noun(noun)
        adds = self._by_class(context, noun)[self._class]
        if counted:
            titled = self._with_title(name for _, name in context.counted)
            adds[titled & (self._class > 0)] += COUNTED_AGREES / 3
        if not noun:
            adds[spoken] = 0.0
        return adds

    def _by_class(self, context: Context, noun: Set[str]) -> np.ndarray:
        """Return what is added to the quantities of each class where the noun that follows says nothing."""
        absent = self._counts_something.copy()
        before = np.zeros(len(absent), dtype=bool)
        for name in context.weights.keys() & self._classes_of.keys():
            absent[self._classes_of[name]] = False
            if context.weights[name] >= 1.0:
                before[self._classes_of[name]] = True
        adds = np.where(absent, self._absent, 0.0)
        unmet = self._durations.copy()
        for name in noun & self._classes_of.keys():
            unmet[self._classes_of[name]] = False
        adds[unmet] -= UNIT_ABSENT * 2
        if not context.number.unit and not context.counted:
            adds[before] += COUNTED_AGREES / 3  # "results came to 896": what is counted may stand before
        return adds

    def _by_noun(self, noun: Set[str]) -> np.ndarray:
        """Return what is added where a noun follows, by what each quantity counts and by its title."""
        titled = self._with_title(noun)
        named = np.zeros(len(self._durations), dtype=bool)
        for name in noun:
            named[self._classes_of.get(name, [])] = True
        other = np.where(titled, np.where(self._plain, 0.0, -COUNTED_TITLED), -COUNTED_DIFFERS)
        return np.where(self._class > 0, np.where(named[self._class], COUNTED_AGREES, other), 0.0)

    def _with_title(self, names: Iterable[str]) -> np.ndarray:
        """Return which quantities have one of some words in their titles."""
        titled = np.zeros(len(self._class), dtype=bool)
        for name in names:
            titled[self._titled.get(name, [])] = True
        return titled


def counted_noun(context: Context, nouns: Set[str]) -> frozenset[str]:
    """Return the counted noun that follows a number: the last of its phrase in English, or the first.

    ``nouns`` are the stems of all that the record counts.
    """
    end = _PHRASE.search(context.sentence.text, context.number.end + 4)
    reach = end.start() if end else len(context.sentence.text)
    places = [place for place, name in context.counted if name in nouns and place < reach]
    if context.sentence.language == "en":  # "51 member States ratified": no noun is counted last there
        places = [place for place in places if not _PAST.match(context.sentence.text, place)] or places
    if not places:
        return frozenset()
    chosen = places[-1] if context.sentence.language == "en" else places[0]
    return frozenset(name for place, name in context.counted if place == chosen and name in nouns)
