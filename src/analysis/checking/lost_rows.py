"""Verdicts on the rows of tables that a text no longer has as tables."""

from __future__ import annotations

from dataclasses import replace

from analysis.checking.agreement import agreement
from analysis.checking.candidate_index import CandidateIndex
from analysis.checking.columns import NO_HEADER
from analysis.checking.matching import Matcher
from analysis.checking.mentions import Sentence
from analysis.checking.opened_block import OpenedBlock
from analysis.checking.runs import row_of
from analysis.checking.verdicts import AGREES, DISAGREES, ROUNDING, Verdict, error


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
