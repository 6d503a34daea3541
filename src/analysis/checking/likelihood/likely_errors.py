"""What a number would be a wrong value of, and the signs of it: in its sentence, and by all around it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import takewhile

from analysis.checking.candidates.agreement import (
    AGAINST,
    agreement,
    digits,
    digits_exchanged,
    digits_reordered,
    in_its_unit,
    in_units_of_one,
    misscaled,
    rescaled_clearly,
)
from analysis.checking.candidates.belonging import MEASURE, PLANNED
from analysis.checking.candidates.candidate import Candidate
from analysis.checking.candidates.candidate_index import CandidateIndex
from analysis.checking.candidates.match import Match, Suspicion
from analysis.checking.candidates.running import Running
from analysis.checking.candidates.weights import Signs
from analysis.checking.judging.alarms import (
    far_off,
    is_rounded,
    is_sum_of_rounded,
    of_others,
    scale_left_out,
    taken_back,
)
from analysis.checking.judging.doubts import rivalled
from analysis.checking.judging.said_otherwise import is_no_change, said_otherwise
from analysis.checking.judging.verdicts import (
    DISAGREES,
    NOT_RECORDED,
    UNDECIDED,
    Verdict,
    error,
    is_just_missed,
    meets,
    said_rightly,
)
from analysis.checking.likelihood.likely_signs import AGREEING
from analysis.checking.likelihood.most_likely import PERIOD_CLEAR
from analysis.checking.text.context import Context
from analysis.checking.together.with_plans import result_of_unsaid_plan

Likely = Sequence[tuple[Match, float]]
# The log-odds beyond which more of them tell no more, and what keeps them from going further.
MOST_ODDS, LEAST_PART = 5.0, 0.003
# How many rows apart at most two statements stand that are told for each other.
ROWS_APART = 3
# From what likelihood on a quantity is meant of which a number is the value but for a slip: its digits, three
# and more, in another order; two digits exchanged, another scale, or all but the side of its qualifier; a
# qualifier; a scale off by a hundred, by which none is mistaken easily; what is said against its statement.
REORDERED, WITH_SLIP, MISQUALIFIED, BY_HUNDREDS, OTHERWISE = 0.05, 0.2, 0.4, 0.6, 0.6
# From what size on a number of one digit tells by its qualifier alone that it is no value.
HUNDRED = 100
# How many digits are another number's by chance as well, exchanged, below a hundred.
TWO = 2
# How likely a result is meant at most by a number that is the value of its plan, and of another result too.
MOST_FOR_A_PLAN = 0.5
# The highest score, and the leads, between which more of them tell more.
FULL, LEAST_LEAD, MOST_LEAD = 1.0, -0.1, 0.4


def likely_error(
    catalogue: CandidateIndex,
    context: Context,
    signs: Iterable[tuple[Match, Signs]],
    valued: tuple[Likely, float],
    unvalued: Likely,
) -> tuple[Match | None, Signs]:
    """Return the likeliest quantity that a number is no value of, and the signs of its likelihood.

    A number is no value of a quantity, either, of which it has the digits, but another unit or direction than
    the text says. ``valued`` is what it likely means and how likely it means nothing, ``unvalued`` the same
    where the number's own value counts for nothing.
    """
    likely, nothing = valued
    for_its_plan = _told_for_its_plan(catalogue, context, likely)
    agreeing = {
        match.candidate.id: match.candidate
        for match, some in signs
        if AGREEING in some and said_rightly(catalogue, context, match.candidate)
    }

    def is_other(match: Match) -> bool:
        held = match.candidate
        if held.id in agreeing or of_others(context, held):
            return False
        return bool(agreement(context.number, held)) or not _excused(context, held)

    if for_its_plan is not None:
        agreeing.pop(likely[0][0].candidate.id, None)
    by_all, part = for_its_plan or _first(likely, is_other)
    by_context, part_by_context = _first(unvalued, is_other)
    exchanged = by_context is not None and any(
        stands_for(by_context.candidate, one) and not _is_least_planned(context, one)
        for one in agreeing.values()
    )
    return by_all if part > part_by_context else by_context, {
        "likely_other": part,
        "likely_other_odds": log_odds(part),
        "likely_other_unvalued": part_by_context,
        "likely_value": math.fsum(some for match, some in likely if match.candidate.id in agreeing),
        "likely_none": nothing,
        "exchanged": part_by_context * exchanged,
        "in_table": float(context.in_row),
    }


def _told_for_its_plan(
    catalogue: CandidateIndex, context: Context, likely: Likely
) -> tuple[Match, float] | None:
    """Return the result that is likeliest meant by a number that is the value of its plan, and how likely.

    Nothing where the number may well be the value of something else.
    """
    first, part = likely[0]
    plan = first.candidate
    if not agreement(context.number, plan) or plan.base is None:
        return None
    agreeing = math.fsum(some for match, some in likely[1:] if agreement(context.number, match.candidate))
    if agreeing > part / 2:
        return None
    result = result_of_unsaid_plan(catalogue, context, plan)
    own = next(((match, some) for match, some in likely if match.candidate is result), None)
    if own is None or not own[0].in_period:
        return None
    same = (one for one in catalogue.by_base.get(plan.base, ()) if one.row >= 0 and one.table == plan.table)
    came_about = any(one.unit == plan.unit and one.axes.get(MEASURE) not in PLANNED for one in same)
    return own[0], min(own[1] + part, MOST_FOR_A_PLAN if came_about else 1.0)


def otherwise_by_value(catalogue: CandidateIndex, context: Context, candidate: Candidate) -> str:
    """Return in what a text speaks against the statement of a quantity of which a number is the value."""
    return said_otherwise(catalogue, context, candidate) if agreement(context.number, candidate) else ""


def slip_meant(catalogue: CandidateIndex, context: Context, likely: Likely) -> Match | None:
    """Return the likeliest quantity of which a number is the value but for a slip, if it is likely enough.

    The rarer a slip is by chance, the less likely the quantity need be: digits of three and more in another
    order; two digits exchanged, or another scale; the wrong side of a qualifier; another direction or unit of
    time.
    """
    enough = takewhile(lambda pair: pair[1] >= REORDERED, likely)
    return next(
        (
            match
            for match, part in enough
            if (match.in_period or context.period_strength < PERIOD_CLEAR)
            and part >= _least_with_slip(catalogue, context, match.candidate)
            and not of_others(context, match.candidate)
        ),
        None,
    )


def _least_with_slip(catalogue: CandidateIndex, context: Context, candidate: Candidate) -> float:
    """Return how likely a quantity is meant at least of which a number is the value with a slip, if it is."""
    number, held = context.number, candidate.base
    if held is None or is_no_change(catalogue, context, candidate):
        return math.inf
    if agreement(number, candidate):
        otherwise = digits(number) > 1 and said_otherwise(catalogue, context, candidate)
        return OTHERWISE if otherwise else math.inf
    others = (one for one in context.sentence.numbers if one is not number and not one.rule)
    if any(agreement(one, candidate) for one in others):  # which is told besides
        return math.inf
    number = in_its_unit(number, candidate)
    if digits_reordered(number, held):
        return REORDERED
    if digits_exchanged(number, held):
        few = digits(number) == TWO and abs(in_units_of_one(number)) < HUNDRED
        return MISQUALIFIED if few else WITH_SLIP
    if misscaled(number, held):
        return WITH_SLIP
    if rescaled_clearly(number, held) and not _excused(context, candidate):
        less, more = sorted((abs(in_units_of_one(number)), abs(held)))
        return BY_HUNDREDS if round(more / less) == HUNDRED else WITH_SLIP
    opposite = number.qualifier in AGAINST.get(candidate.qualifier, ()) and number.value > HUNDRED
    if is_just_missed(number, held) and meets(number, candidate) and (opposite or digits(number) > 1):
        return WITH_SLIP if in_units_of_one(number) == abs(held) else MISQUALIFIED
    return math.inf


def _excused(context: Context, candidate: Candidate) -> bool:
    """Whether a number is a value but for its rounding or scale, which need not be said, or what is left."""
    number = context.number
    if context.sentence.before(number, "all_but"):
        return True
    return any(excuse(number, candidate) for excuse in (scale_left_out, is_rounded, is_sum_of_rounded))


def _is_least_planned(context: Context, candidate: Candidate) -> bool:
    """Whether a number is at least what was planned, which needs no other word for a plan."""
    return context.number.qualifier == "at_least" and candidate.axes.get(MEASURE) in PLANNED


def stands_for(one: Candidate, other: Candidate) -> bool:
    """Whether one quantity may be told for another: it is of its series, or stated beside it."""
    if one.table != other.table:
        return False
    if one.series == other.series:
        return True
    stated = one.row >= 0 and other.row >= 0 and not other.named_by
    return stated and abs(one.row - other.row) <= ROWS_APART


def log_odds(part: float) -> float:
    r"""Return the log-odds of a likelihood, held within bounds, from -1 to 1.

    .. math:: \frac{1}{5} \ln \frac{p + 0.003}{1 - p + 0.003}
    """
    odds = math.log((part + LEAST_PART) / (max(1 - part, 0.0) + LEAST_PART))
    return min(max(odds, -MOST_ODDS), MOST_ODDS) / MOST_ODDS


def _first(likely: Likely, is_other: Callable[[Match], bool]) -> tuple[Match | None, float]:
    """Return the likeliest of some that has a value, and how likely that value is meant."""
    first = next((match for match, _ in likely if match.candidate.base is not None and is_other(match)), None)
    if first is None:
        return None, 0.0
    same = ((match, part) for match, part in likely if match.candidate.base == first.candidate.base)
    return first, math.fsum(part for match, part in same if is_other(match))


def with_suspicion(
    catalogue: CandidateIndex, context: Context, matches: list[Match], verdict: Verdict, running: Running
) -> Verdict:
    """Return a verdict with what the number would be a wrong value of: what it is called so, or the nearest.

    Nothing is added where it agrees, is of another period, or nothing comes near.
    """
    if verdict.verdict not in (DISAGREES, UNDECIDED, NOT_RECORDED) or not matches:
        return verdict
    called = verdict.verdict == DISAGREES
    by = (match for match in matches if match.candidate is verdict.candidate)
    match = next(by, matches[0]) if called else matches[0]
    number, held = context.number, match.candidate.base
    if held is None:
        return verdict
    doubt = taken_back(catalogue, context, match.candidate, running.numbers, matches)
    if doubt in ("rest", "listed", "denied"):
        return verdict
    others = (rival.score for rival in matches if rival.candidate.base not in (held, None))
    lead = min(max(match.score - max(others, default=0.0), LEAST_LEAD), MOST_LEAD)
    kind, _ = error(catalogue, number, match.candidate)
    signs = {
        "called_score": min(max(match.score, 0.0), FULL) * called,
        "called_lead": lead * called,
        "called_far": float(called and far_off(in_its_unit(number, match.candidate), held)),
        "called_scale": float(called and kind == "unit"),
        "doubted": float(rivalled(context, match, matches) or bool(doubt)),
        "counted": float(bool(context.counted)),
        "beside": match.beside,
        "unit": float(bool(number.unit)),
    }
    return replace(verdict, suspicion=Suspicion(match, signs))
