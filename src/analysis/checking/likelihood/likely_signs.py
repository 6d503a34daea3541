"""The signs that tell how likely a quantity is meant by a number: its words and codes, and its value."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from analysis.checking.candidates.agreement import (
    agreement,
    digits,
    digits_exchanged,
    in_its_unit,
    misscaled,
    rescaled_clearly,
    slipped,
)
from analysis.checking.candidates.match import Match
from analysis.checking.candidates.matching import Matcher
from analysis.checking.candidates.weights import Signs
from analysis.checking.judging.alarms import far_off
from analysis.checking.text.context import Context
from analysis.reading import PrintedNumber

MOST_DIGITS, MOST_WORDS, MOST_BEHIND, CODES = 4, 4, 0.5, 5
# The rarity of words together, and the number of codes, that tell no more when there are more.
MOST_RARITY, MOST_CODES = 4.0, 3
# From what strength on a code is said near a number.
NEAR_SAID = 0.5
# The sign that only those have that the number agrees with; the signs that the number's own value gives.
AGREEING = "rounded"
VALUED = frozenset(
    (
        *(f"value_{many}" for many in (1, 2, 3, 4, "word_1", "word_2", "score")),
        AGREEING,
        "misqualified",
        "slip",
        "far",
    )
)


def of_words(match: Match, best: float) -> Signs:
    """Return the signs of how well a quantity is named, beside the best."""
    return {
        "score": match.score,
        "behind": min(best - match.score, MOST_BEHIND),
        "first": float(match.score >= best),
        "explained": match.explained,
        "words": min(len(match.words), MOST_WORDS) / MOST_WORDS,
        "beside": match.beside,
        "codes": len(match.candidate.axes) / CODES,
    }


def of_clause(context: Context, matcher: Matcher, match: Match) -> Signs:
    """Return the signs of what a number's own clause says of a quantity: rare words, codes, the period."""
    held, known = match.candidate, matcher.rarity
    rarity = sum(known.get(name, 0.0) for name in context.local.keys() & held.features[matcher.family])
    codes = sum(
        held.axes.get(axis) in code.split("|")
        for axis, (code, strength) in context.axes.items()
        if strength >= NEAR_SAID
    )
    period = match.in_period and bool(held.period) and context.period == held.period
    return {
        "rare_words": min(rarity, MOST_RARITY) / MOST_RARITY,
        "codes_said": min(codes, MOST_CODES) / MOST_CODES,
        "period_said": context.period_strength * period,
    }


def of_value(context: Context, match: Match) -> Signs:
    """Return the signs of how a number meets the value of a quantity."""
    number, held = context.number, match.candidate.base
    how = agreement(number, match.candidate)
    if how:
        many = min(digits(number), MOST_DIGITS)
        name = f"value_word_{min(many, 2)}" if number.words else f"value_{max(many, 1)}"
        return {name: 1.0, AGREEING: float(how != "exact"), "value_score": max(match.score, 0.0)}
    number = in_its_unit(number, match.candidate)
    if held and is_slip(number, held):
        return {"slip": 1.0}
    if number.qualifier and agreement(_unqualified(number), match.candidate):
        return {"misqualified": 1.0}
    return {"far": float(bool(held and number.value) and far_off(number, held))} if held else {}


def is_slip(number: PrintedNumber, held: Fraction) -> bool:
    """Whether a number is a value with a digit mistaken, two exchanged, or another scale."""
    slips = (slipped, digits_exchanged, misscaled, rescaled_clearly)
    return any(slip(number, held) for slip in slips)


def unnamed(match: Match, many: int, outcomes: Sequence[tuple[str, float]]) -> Signs:
    """Return the signs of a quantity that only its value finds.

    There are ``many`` such quantities; ``outcomes`` are those of what is settled around the number, each with
    how much it tells.
    """
    own = match.candidate.axes.get("outcome")
    signs = {"unnamed": 1.0, "unnamed_many": math.log2(many), "unnamed_period": float(not match.in_period)}
    if own:
        for name, same in (("unnamed_outcome", True), ("other_outcome", False)):
            signs[name] = max((weight for code, weight in outcomes if (code == own) is same), default=0.0)
    return signs


def _unqualified(number: PrintedNumber) -> PrintedNumber:
    """Return a number without its qualifier."""
    if "unqualified" not in number.known:
        number.known["unqualified"] = replace(number, qualifier="")
    return number.known["unqualified"]


def of_none(context: Context) -> Signs:
    """Return the signs that a number is none of the record's."""
    number = context.number
    computed = number.unit in ("fraction", "times", "times_increase", "percentage_points")
    return {
        "none": 1.0,
        "none_word": float(bool(number.words)),
        "none_digit_1": float(digits(number) == 1),
        "none_digit_2": float(digits(number) == 2),
        "none_unit": float(bool(number.unit)),
        "none_computed": float(computed),
        "none_row": float(context.in_row),
    }
