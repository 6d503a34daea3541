"""Verdicts on one number: what we compute rounds to what is printed, or it could, or it does not.

Everything is exact. A computed number has an interval: what it may be given how its inputs were rounded. A
printed number stands for one as well: half a unit of its last digit on each side, or an open side under
``more_than``, ``at_least``, ``less_than`` and ``up_to``.
"""

from __future__ import annotations

import operator
from fractions import Fraction

from analysis.quantities.intervals import Value, precision, printed_interval
from analysis.quantities.units import common, unit
from analysis.rounding import half_step, round_half_up

REPRODUCED, ROUNDING, DISCREPANCY, EXPLAINED = "reproduced", "rounding", "discrepancy", "explained"
NOT_RECOMPUTABLE, INPUT, UNCHECKED = "not_recomputable", "input", "unchecked"
VERDICTS = (REPRODUCED, ROUNDING, DISCREPANCY, EXPLAINED, INPUT, UNCHECKED, NOT_RECOMPUTABLE)
GRAVITY = (DISCREPANCY, EXPLAINED, ROUNDING, REPRODUCED, INPUT, UNCHECKED, NOT_RECOMPUTABLE)
BOUNDS = {
    "more_than": operator.gt,
    "at_least": operator.ge,
    "less_than": operator.lt,
    "up_to": operator.le,
}


def conversion(name: str, into: str) -> Fraction:
    """Return the factor from one unit to another; a per cent and a ratio meet here, because print uses both.

    Raises
    ------
    UnitError
        When the units do not meet.
    """
    dimensions = unit(name).dimension, unit(into).dimension
    if dimensions == ("ratio", "percent"):
        return Fraction(100)
    if dimensions == ("percent", "ratio"):
        return Fraction(1, 100)
    return common(into, name, "compare")[1]


def in_unit(recomputed: Value, name: str) -> Value:
    """Return a value in another unit.

    Raises
    ------
    UnitError
        When the units do not meet.
    """
    factor = conversion(recomputed.unit, name)
    if recomputed.missing:
        return Value(None, None, None, name)
    return Value(recomputed.value * factor, recomputed.low * factor, recomputed.high * factor, name)


def printed_range(value: Fraction, decimals: int, unit_name: str, qualifier: str):
    """Return the ends of what a printed number may stand for as the rounding of something computed."""
    if qualifier:
        return printed_interval(value, decimals, unit_name, qualifier)
    half = half_step(precision(value, decimals, unit_name, qualifier))
    return value - half, value + half


def rounds_to(
    recomputed: Fraction, value: Fraction, decimals: int, unit_name: str, qualifier: str = ""
) -> bool:
    """Whether a computed number, rounded half-up to the printed precision, is the printed one.

    Under ``nearly`` it is to lie within a unit of the last precise digit below the printed number; under the
    qualifiers that open one side, on that side.
    """
    if qualifier in BOUNDS:
        return BOUNDS[qualifier](recomputed, value)
    if qualifier == "nearly":
        low, high = printed_interval(value, decimals, unit_name, qualifier)
        return low <= recomputed <= high
    digits = precision(value, decimals, unit_name, qualifier)
    return round_half_up(recomputed, digits) == round_half_up(value, digits)


def verdict(value: Fraction, decimals: int, unit_name: str, qualifier: str, recomputed: Value) -> str:
    """Return the verdict on a printed number, given what the documents' own inputs come to.

    Parameters
    ----------
    value, decimals, unit_name, qualifier
        The printed number as recorded.
    recomputed : Value
        The computed number, in any unit that meets the printed one.

    Returns
    -------
    str
        ``reproduced``, ``rounding`` or ``discrepancy``; ``not_recomputable`` when an input is missing.

    Raises
    ------
    UnitError
        When the units do not meet.
    """
    ours = in_unit(recomputed, unit_name)
    if ours.missing:
        return NOT_RECOMPUTABLE
    if rounds_to(ours.value, value, decimals, unit_name, qualifier):
        return REPRODUCED
    if qualifier in BOUNDS:
        reach = ours.high if qualifier in ("more_than", "at_least") else ours.low
        return ROUNDING if BOUNDS[qualifier](reach, value) else DISCREPANCY
    low, high = printed_range(value, decimals, unit_name, qualifier)
    return ROUNDING if ours.low < high and low < ours.high else DISCREPANCY


def gravest(checks: list) -> tuple:
    """Return checks from the gravest to the lightest; equally grave ones stay in their order.

    A discrepancy outweighs an explained one, that one rounding, that one a number reproduced; each outweighs
    what only says that no check was made.
    """
    return tuple(sorted(checks, key=lambda check: GRAVITY.index(check.verdict)))


def truth_verdict(recomputed: Value) -> str:
    """Return the verdict on a statement in words: it holds, rounding leaves it open, or it does not hold."""
    if recomputed.missing:
        return NOT_RECOMPUTABLE
    if recomputed.value:
        return REPRODUCED
    return ROUNDING if recomputed.high else DISCREPANCY
