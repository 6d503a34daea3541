"""A part and its whole: "six of its eight indicators", 24 de los 61: both must fit, or neither does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise

from analysis.checking.candidates.agreement import agreement
from analysis.checking.candidates.candidate import Candidate
from analysis.checking.candidates.candidate_index import CandidateIndex
from analysis.checking.candidates.derived import siblings
from analysis.checking.candidates.likes import standing_beside
from analysis.checking.candidates.match import Match
from analysis.checking.judging.verdicts import AGREES, DISAGREES, SPOKEN_OF, UNDECIDED, Verdict
from analysis.checking.text import part_words
from analysis.checking.text.mentions import Sentence

_AMONG = re.compile(r"[^，,]{0,40}[，,][^，,]{0,16}")
# From what score on a quantity may be the part.
SPOKEN = 0.1


def parts_of_wholes(read: Sentence) -> Iterator[tuple[int, int]]:
    """Yield the places, among the numbers of a sentence, of a count and of the whole that it is part of."""
    between = part_words.between_part_and_whole(read.language)
    before_whole = part_words.before_whole(read.language)
    for at, (one, other) in enumerate(pairwise(read.numbers)):
        if one.rule or other.rule or one.unit or other.unit:
            continue
        apart = read.text[one.end : other.start]
        if one.value <= other.value and between.fullmatch(apart):
            yield at, at + 1
            continue
        larger_first = other.value <= one.value and _AMONG.fullmatch(apart)
        if larger_first and before_whole.search(read.text[: one.start]):
            yield at + 1, at


def judged_with_wholes(
    catalogue: CandidateIndex,
    read: Sentence,
    firsts: Mapping[int, Verdict],
    ranked: Mapping[int, Sequence[Match]],
) -> dict[int, Verdict]:
    """Return the verdicts on parts and wholes that change when they are looked at together.

    Where a whole that the other number agrees with stands in the record beside a quantity that the part
    agrees with, both do. A part that was told by its value among several does not agree where its whole is
    none of it.
    """
    changed: dict[int, Verdict] = {}
    for part, whole in parts_of_wholes(read):
        if part not in firsts or whole not in firsts:
            continue
        one, other = read.numbers[part], read.numbers[whole]
        told_as = firsts[part].held
        if firsts[part].verdict == DISAGREES and told_as is not None and told_as > other.value:
            changed[part] = Verdict(UNDECIDED, matches=firsts[part].matches)
        known = firsts[part].candidate if firsts[part].is_right else None
        told = [known] if known else []
        told += [
            match.candidate
            for match in ranked[part]
            if match.in_period
            and not match.conflicts
            and match.score >= SPOKEN
            and agreement(one, match.candidate)
        ]
        fitting = (
            (candidate, larger)
            for candidate in told
            for larger in possible_wholes(catalogue, candidate)
            if agreement(other, larger)
        )
        agreed = dict(zip((part, whole), next(fitting, ()), strict=False))
        if not agreed and known:
            if ranked[part] and ranked[part][0].candidate is not known:
                changed[part] = Verdict(UNDECIDED, matches=firsts[part].matches, taken_back=True)
        elif not agreed:
            wholes = (one for held in _clearly(ranked[part]) for one in possible_wholes(catalogue, held))
            agreed = dict(zip([whole], filter(partial(agreement, other), wholes), strict=False))
        for at, quantity in agreed.items():
            if not firsts[at].is_right:
                matches = firsts[at].matches
                changed[at] = Verdict(AGREES, "value", quantity, None, quantity.base, matches=matches)
    return changed


def _clearly(matches: Sequence[Match]) -> Iterator[Candidate]:
    """Yield what a number clearly speaks of, whatever its value: the best, and what has the same value."""
    for match in matches:
        if match.score < SPOKEN_OF or match.candidate.base != matches[0].candidate.base:
            return
        if match.in_period and not match.conflicts:
            yield match.candidate


def possible_wholes(catalogue: CandidateIndex, part: Candidate) -> Iterator[Candidate]:
    """Yield what a quantity may be part of: the same of a column's whole, or a larger count beside it."""
    for axis, other in siblings(catalogue, part):
        if axis != "period" and (axis in other.whole or not other.axes.get(axis)):
            yield other
    for number in standing_beside(catalogue, [part]):
        other = catalogue.candidates[number]
        if other.kind == part.kind and None not in (other.base, part.base) and other.base >= part.base:
            yield other
