"""Numbers that are of another sex, region or period than their own clause says: "9.6 per cent of girls"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from analysis.checking.agreement import agreement, digits
from analysis.checking.candidate import Candidate
from analysis.checking.candidate_index import CandidateIndex
from analysis.checking.context import Context
from analysis.checking.derived import siblings
from analysis.checking.doubts import partitive
from analysis.checking.match import Match
from analysis.checking.mentions import Mention, is_linked
from analysis.checking.neighbours import are_neighbours
from analysis.checking.said_of_others import of_others
from analysis.checking.verdicts import BELIEVED, DISAGREES, NOT_RECORDED, RIGHT, UNDECIDED, Verdict, told_for

# The columns that tell two quantities apart where one of their codes is said.
TELLING = ("sex", "region", "period")
# Of these, what is so firmly said that it counts for more than a value: a region is named for its parts, too.
FIRM = ("sex", "period")
# How near the best a quantity is spoken of as well.
AS_WELL = 0.02
# How many digits a number has, at least, that tells which of two likes it is the value of.
DIGITS = 2


def judged_by_codes(
    catalogue: CandidateIndex,
    contexts: Mapping[int, Context],
    firsts: Mapping[int, Verdict],
    ranked: Mapping[int, Sequence[Match]],
) -> dict[int, Verdict]:
    """Return the verdicts that change: numbers that are the value of a like of what their clause names.

    The two differ in the sex, the region or the period alone; the clause says that of the one, and nothing
    near the number says that of the other.
    """
    changed = {}
    for at, first in firsts.items():
        matches = ranked.get(at, ())
        if not matches or not _is_open(contexts[at], first):
            continue
        told = next(_told(catalogue, contexts[at], first, matches), None)
        if told is not None:
            axis, own, other = told
            made = told_for(own.candidate, other, dict.fromkeys([own, *matches]))
            changed[at] = replace(made, error_kind=axis)
    return changed


def _is_open(context: Context, first: Verdict) -> bool:
    """Whether a number in a sentence may be another's value, of which it tells enough digits."""
    number = context.number
    if context.in_row or context.lost or context.earlier or number.upper is not None:
        return False
    if digits(number) < DIGITS or partitive(context):
        return False
    return first.verdict in (*RIGHT, UNDECIDED, NOT_RECORDED, DISAGREES) and first.kind == "value"


def _told(
    catalogue: CandidateIndex, context: Context, first: Verdict, matches: Sequence[Match]
) -> Iterator[tuple[str, Match, Candidate]]:
    """Yield the column, what a number's clause names, and its like that the number is the value of."""
    least = max(matches[0].score - AS_WELL, BELIEVED)
    for own in matches:
        held = own.candidate
        if own.score < least:
            return
        if held.base is None or not own.in_period or own.conflicts or agreement(context.number, held):
            continue
        for axis, other in _likes(catalogue, held):
            if agreement(context.number, other) != "exact" or not _says(context, axis, held, other):
                continue
            if of_others(context, held):
                return
            if first.verdict not in RIGHT or (axis in FIRM and first.candidate is not held):
                yield axis, own, other


def _likes(catalogue: CandidateIndex, candidate: Candidate) -> Iterator[tuple[str, Candidate]]:
    """Yield the quantities that differ from one only in a column that tells apart, with that column."""
    for axis, other in siblings(catalogue, candidate):
        if axis in TELLING:
            yield axis, other
    if candidate.named_by or candidate.row < 0:
        return
    for place in catalogue.statements.get(candidate.table, ()):
        other = catalogue.candidates[place]
        if other.series == candidate.series or not are_neighbours(other, candidate):
            continue
        differing = [axis for axis in TELLING if candidate.code(axis) != other.code(axis)]
        rest = {**candidate.axes, **other.axes}.keys() - {*TELLING}
        same = all(candidate.axes.get(axis) == other.axes.get(axis) for axis in rest)
        if len(differing) == 1 and same:
            yield differing[0], other


def _says(context: Context, axis: str, own: Candidate, other: Candidate) -> bool:
    """Whether the clause of a number says the code of one quantity, and nothing near it that of another."""
    read, number = context.sentence, context.number
    low, high = read.clause(number)
    said, code = context.axes.get(axis, ("", 0.0)), own.code(axis)
    if axis == "period":
        said = context.period, context.period_strength
    if said[1] < 1 or not code or code not in said[0].split("|"):
        return False
    if (axis in other.whole or not other.code(axis)) and other.kind != "share":
        return False  # "32 of the 70 results are African": the whole of which one is told
    named = [mention for mention in read.mentions if mention.axis == axis]
    own_codes = (one for one in named if code in one.code.split("|") and low <= one.start < high)
    if all(_is_of_before(context, mention) for mention in own_codes):
        return False
    return not any(
        other.code(axis) in mention.code.split("|") and not _is_apart(context, mention) for mention in named
    )


def _is_of_before(context: Context, mention: Mention) -> bool:
    """Whether a code is said right after the number before: "6.6 in 2020 and then eased to 6.3"."""
    read, number = context.sentence, context.number
    before = (one for one in read.numbers if not one.rule and one.end <= mention.start < number.start)
    return any(is_linked(read.text[one.end : mention.start]) for one in before)


def _is_apart(context: Context, mention: Mention) -> bool:
    """Whether a code is another number's: said in another clause, or beyond another number."""
    read = context.sentence
    low, high = read.clause(context.number)
    return not low <= mention.start < high or read.crossed(context.number, mention) > 0
