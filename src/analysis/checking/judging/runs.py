"""Rows of numbers whose table is lost: told by the words of their label, then number by number as recorded.

In a text that was taken from a PDF, a table's row is a label and some numbers with only spaces between.
Which column each of them is in is nowhere said any more; but a table is recorded in the order in which it is
printed, so that the row's numbers follow one another in the record, too.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from analysis.checking.candidates.agreement import agreement
from analysis.checking.candidates.candidate import Candidate
from analysis.checking.candidates.candidate_index import CandidateIndex
from analysis.checking.candidates.columns import NO_HEADER
from analysis.checking.candidates.match import Match
from analysis.checking.candidates.matching import Matcher
from analysis.checking.judging.verdicts import AGREES, DISAGREES, ROUNDING, Verdict, error
from analysis.checking.text.mentions import Sentence
from analysis.reading import PrintedNumber

if TYPE_CHECKING:
    from analysis.checking.judging.opened_block import OpenedBlock

_BETWEEN = re.compile(r"[\s*|–—-]+")
# How many must agree for another to be called wrong; the least score of what the label speaks of.
TOLD_BY, SPOKEN = 4, 0.1


def runs(text: str, numbers: Sequence[PrintedNumber]) -> list[list[int]]:
    """Return the places of numbers that follow one another with only spaces between, two or more."""
    rows: list[list[int]] = []
    last: PrintedNumber | None = None
    for at, number in enumerate(numbers):
        if number.rule:
            last = None
            continue
        if last is not None and _BETWEEN.fullmatch(text[last.end : number.start]):
            rows[-1].append(at)
        else:
            rows.append([at])
        last = number
    return [run for run in rows if len(run) > 1]


def row_of(
    catalogue: CandidateIndex, numbers: Sequence[PrintedNumber], matches: Sequence[Match]
) -> list[Candidate] | None:
    """Return the recorded numbers that a run of numbers is, in order; None where no row is told.

    All of them must agree; of five and more, one may be wrong. The label speaks of one of them.
    """
    best: tuple[int, float, list[Candidate]] = (0, 0.0, [])
    for match in matches:
        for row in around(catalogue, match.candidate, len(numbers)) if match.score >= SPOKEN else ():
            agreed = sum(bool(agreement(one, held)) for one, held in zip(numbers, row, strict=True))
            if (agreed, match.score) > best[:2]:
                best = (agreed, match.score, row)
    agreed, _, row = best
    enough = agreed == len(numbers) or (agreed >= TOLD_BY and agreed == len(numbers) - 1)
    return row if enough and agreed > 1 else None


def around(catalogue: CandidateIndex, candidate: Candidate, many: int) -> Iterator[list[Candidate]]:
    """Yield each stretch of so many numbers that a recorded one is in, as its table holds them in order.

    Missing numbers are left out; a sum is in none.
    """
    held = catalogue.in_order.get(candidate.table, []) if candidate.row >= 0 else []
    place = bisect_left(held, candidate.row, key=lambda other: other.row)
    for start in range(place, max(place - many, -1), -1):
        if start + many <= len(held):
            yield held[start : start + many]


def judged_lost_rows(
    catalogue: CandidateIndex, matcher: Matcher, opened: OpenedBlock, sentence: Sentence
) -> dict[int, Verdict]:
    """Return the verdicts on the numbers of a sentence that stand in such rows, by their places."""
    verdicts = {}
    for run in opened.lost_rows(sentence):
        numbers = [replace(sentence.numbers[at], bare=True) for at in run]
        context = opened.running.context(numbers[0], sentence, NO_HEADER, opened.stub)
        matches = matcher.ranked(context, free=True)
        row = row_of(catalogue, numbers, matches)
        for at, number, candidate in zip(run, numbers, row or (), strict=False):
            how = agreement(number, candidate)
            verdict = DISAGREES if not how else AGREES if how == "exact" else ROUNDING
            kind, other = ("", None) if how else error(catalogue, number, candidate)
            verdicts[at] = Verdict(verdict, "value", candidate, None, candidate.base, kind, other)
    return verdicts
