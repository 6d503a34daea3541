"""The verdict on a number from what the record, or a computation on it, says."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from analysis.checking.candidates.agreement import SHARES, agreement, agrees, digits, in_units_of_one
from analysis.checking.candidates.candidate import Candidate
from analysis.checking.candidates.candidate_index import CandidateIndex
from analysis.checking.candidates.derived import Derived, agreeing, moved_the_other_way, word_of_difference
from analysis.checking.candidates.match import Match
from analysis.checking.judging.doubts import CHANGES
from analysis.checking.judging.said_otherwise import changes_by, way_beside
from analysis.checking.judging.verdicts import (
    AGREES,
    DISAGREES,
    SPOKEN_OF,
    UNDECIDED,
    Verdict,
    computed_as,
    direct,
)
from analysis.checking.text.context import Context
from analysis.reading import PrintedNumber

# How many digits tell, at least, that a number is a level of its own and not by how much one moved.
DIGITS = 3
# Units of what compares two quantities, and those that are printed for them.
COMPARING = ("percent", "percentage_points", "times")
ALIKE = {"fraction": "percent", "times_increase": "times"}
_MORE = re.compile(
    r"\s*(?:%|per cent|percent|pour cent|por ciento)?\s*(?:more|fewer|less|de plus|de moins|más|menos)\b",
    re.I,
)


def judge_number(
    catalogue: CandidateIndex, context: Context, as_recorded: Verdict, made: list[Derived]
) -> Verdict:
    """Return the verdict on a number from what it may be directly and what it may be computed as."""
    number = context.number
    computation = agreeing(context, made)
    if computation is not None and not _is_told_for(number, as_recorded, computation.value):
        rounded = agrees(number, computation.value) != "exact"
        return computed_as(computation, rounded=rounded, matches=as_recorded.matches)
    wrong_way = moved_the_other_way(context, made)
    if wrong_way is not None:
        return computed_as(wrong_way, "direction")
    wrong = _computed_wrong(context, made)
    if wrong is not None and isinstance(wrong.derived, Derived) and wrong.error_kind == "unit":
        held = _printed_so(catalogue, number, wrong.derived)
        if held is not None:
            return Verdict(AGREES, "value", held, None, held.base, matches=as_recorded.matches)
    if wrong is not None and (computes(context) or wrong.error_kind == "unit"):
        return wrong
    if not compares(context, as_recorded):
        return as_recorded
    # It may be a level all the same, by its signs; but for a count that is said to be so many more.
    by_so_many = way_beside(context) and number.unit not in SHARES
    suspected = None if by_so_many else as_recorded.suspicion
    return Verdict(UNDECIDED, matches=as_recorded.matches, suspicion=suspected)


def _printed_so(catalogue: CandidateIndex, number: PrintedNumber, points: Derived) -> Candidate | None:
    """Return the difference of percentages that the record prints as per cent, as the text does."""
    same = (held for held in catalogue.by_base.get(abs(points.value), ()) if held.unit == points.unit)
    printed = (held for held in same if held.in_percent and held.table == points.first.table)
    return next((held for held in printed if agreement(number, held)), None)


def compares(context: Context, as_recorded: Verdict) -> bool:
    """Whether a number that disagrees with a level is by how much something moved, or two things differ."""
    if as_recorded.verdict != DISAGREES or as_recorded.candidate is None:
        return False
    if as_recorded.error_kind == "direction" or _is_another_level(context.number, as_recorded):
        return False
    level = not as_recorded.candidate.features["words"] & CHANGES
    moved = changes_by(context) or way_beside(context) != 0
    return level and (moved or computes(context) or bool(word_of_difference(context)))


def _is_told_for(number: PrintedNumber, as_recorded: Verdict, computed: Fraction) -> bool:
    """Whether a number is the very value of another quantity than it is told for, not of a computed one."""
    held = as_recorded.right_for
    if as_recorded.verdict != DISAGREES or held is None or agreement(number, held) != "exact":
        return False
    return abs(computed) != abs(in_units_of_one(number))


def _is_another_level(number: PrintedNumber, as_recorded: Verdict) -> bool:
    """Whether a number is the value of a like of what it is told for, by more digits than chance has."""
    held = as_recorded.right_for
    return held is not None and digits(number) >= DIGITS and agreement(number, held) == "exact"


def in_points(context: Context, matches: list[Match], catalogue: CandidateIndex) -> Verdict | None:
    """Return that a number in points is right in per cent, where that quantity is clearly spoken of.

    The context is of the number read as if it were printed in per cent.
    """
    verdict = direct(catalogue, context, matches)
    if verdict.verdict != AGREES or not verdict.candidate:
        return None
    if changes_by(context) and not verdict.candidate.features["words"] & CHANGES:
        return None
    best = next(match for match in matches if match.candidate is verdict.candidate)
    if best.score < SPOKEN_OF:
        return None
    return replace(verdict, verdict=DISAGREES, error_kind="unit")


def computes(context: Context) -> bool:
    """Whether a number is one that is computed: a ratio, a share in words, points, "one fewer"."""
    number = context.number
    units = ("times", "percentage_points", "times_increase", "fraction")
    return number.unit in units or bool(_MORE.match(context.sentence.text, number.end))


def _computed_wrong(context: Context, made: list[Derived]) -> Verdict | None:
    """Return the verdict where one computation is clearly said and gives another number."""
    number = context.number
    clear = [
        computation for computation in made if computation.priority == 0 and _may_be(context, computation)
    ]
    points = next(
        (
            computation
            for computation in made
            if computation.how == "difference"
            and computation.priority <= 2
            and agrees(number, computation.value)
        ),
        None,
    )
    if points is not None and number.unit == "percent" and points.unit == "percentage_points":
        return computed_as(points, "unit")
    values = {abs(computation.value) for computation in clear}
    if len(values) != 1:
        return None
    held = clear[0]
    about = replace(number, qualifier="about")
    kind = "qualifier" if number.qualifier and agrees(about, held.value) else "arithmetic"
    return computed_as(held, kind)


def _may_be(context: Context, made: Derived) -> bool:
    """Whether a computation has the kind of unit that is printed, and goes the way that is said."""
    number, read = context.number, context.sentence
    printed = ALIKE.get(number.unit, number.unit)
    if (printed in COMPARING or made.unit in COMPARING) and printed != made.unit:
        return False
    rises, falls = read.near(number, "rise", 48), read.near(number, "fall", 48)
    if made.how not in ("difference", "change") or bool(rises) == bool(falls):
        return True
    return (made.value > 0) == bool(rises)
