"""What a number may mean beside what settles it: one of each quantity, and those of which it is the value."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

import numpy as np

from analysis.checking.candidates.agreement import OFF, agreement, reach_of
from analysis.checking.candidates.candidate import Candidate, factor
from analysis.checking.candidates.candidate_index import CandidateIndex
from analysis.checking.candidates.derived import twins
from analysis.checking.candidates.match import Match
from analysis.checking.judging.checked import Checked
from analysis.checking.judging.verdicts import OFFERED, Verdict
from analysis.reading import PrintedNumber

# Of how many quantities that no word finds a number is the value at most, so that this tells anything.
FEW = 50
# How far a quantity is from the one that a number agrees with, at most, to be offered beside it.
NEAR = 0.1


class OfValue:
    """Finds the quantities of which a number is the value."""

    def __init__(self, catalogue: CandidateIndex):
        self._candidates = catalogue.candidates
        held = [candidate.base is not None for candidate in self._candidates]
        sizes = np.array([candidate.size for candidate in self._candidates])
        self._sizes = np.where(np.isfinite(sizes) & held, sizes, np.nan)
        self._scales = np.array([float(factor(candidate.unit)) for candidate in self._candidates])

    def places(self, number: PrintedNumber) -> list[int]:
        """Return the places of the candidates with which a number agrees, at most ``FEW``; else none."""
        near = self._near(number, self._sizes)
        if number.bare:
            near |= self._near(number, self._sizes / self._scales)
        (places,) = near.nonzero()
        all_agreeing = (place for place in places.tolist() if agreement(number, self._candidates[place]))
        agreeing = [*islice(all_agreeing, FEW + 1)]
        return agreeing if len(agreeing) <= FEW else []

    def _near(self, number: PrintedNumber, sizes: np.ndarray) -> np.ndarray:
        """Return which sizes a number may agree with, as far as floating point tells."""
        own, reach, part = reach_of(number)
        if number.upper is not None:
            return (sizes >= own * (1 - OFF)) & (sizes <= float(number.upper) * (1 + OFF))
        if not math.isfinite(own):
            return np.zeros(len(sizes), dtype=bool)
        apart = np.maximum(reach, part * sizes) * (1 + OFF) + OFF * np.maximum(own, sizes)
        return np.abs(own - sizes) <= apart


def one_of_each(
    catalogue: CandidateIndex, likely: Iterable[tuple[Match, float]]
) -> tuple[tuple[Match, float], ...]:
    """Return the first of some quantities that are offered, one of those that say the same."""
    return tuple(islice(_distinct(catalogue, likely), OFFERED))


def _distinct(
    catalogue: CandidateIndex, likely: Iterable[tuple[Match, float]]
) -> Iterator[tuple[Match, float]]:
    told = set()
    for match, part in likely:
        same = twins(catalogue, match.candidate)[0].id
        if same not in told:
            told.add(same)
            yield match, part


def offering_its_value(
    catalogue: CandidateIndex, verdict: Verdict, number: PrintedNumber, ranked: Iterable[Match]
) -> Verdict:
    """Return the verdict on a number; of one that agrees, with all that it is the value of offered first."""
    if not verdict.is_right:
        return verdict
    settled = (match for match in verdict.matches if match.candidate is verdict.candidate)
    near = _as_large(ranked, verdict.candidate)
    of_value = (match for match in near if agreement(number, match.candidate))
    offers = one_of_each(catalogue, ((match, 0.0) for match in (*settled, *of_value, *verdict.matches)))
    return replace(verdict, offers=offers)


def _as_large(ranked: Iterable[Match], settled: Candidate | None) -> Iterator[Match]:
    """Yield those quantities that are about as large as the one that a number agrees with."""
    least, most = (settled.size * (1 - NEAR), settled.size * (1 + NEAR)) if settled else (-math.inf, math.inf)
    return (match for match in ranked if least <= match.candidate.size <= most)


def keeping_offers(before: Iterable[Checked], after: Iterable[Checked]) -> list[Checked]:
    """Return the numbers of a draft with what was offered for them before they were judged anew."""
    offers = {id(judged.number): judged.verdict.offers for judged in before}
    return [
        replace(judged, verdict=replace(judged.verdict, offers=own))
        if (own := offers.get(id(judged.number))) and not judged.verdict.offers
        else judged
        for judged in after
    ]
