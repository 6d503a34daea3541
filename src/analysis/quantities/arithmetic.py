"""Arithmetic on values: exact, with intervals, in units that meet; a missing operand makes it missing."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from fractions import Fraction

from analysis.quantities.intervals import Bound, Value
from analysis.quantities.units import common, quotient, unit

SIGNS = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}


def combine(sign: str, left: Value, right: Value, doing: str = "") -> Value:
    """Return two values joined by ``+ - * /``, with the interval of all results and the unit of the result.

    Raises
    ------
    UnitError
        When the units do not meet.
    """
    if sign in "+-":
        named, factor = common(left.unit, right.unit, doing or ("add" if sign == "+" else "subtract"))
    elif sign == "/":
        named, factor = quotient(left.unit, right.unit)
        factor = 1 / factor
    else:
        named = left.unit if unit(right.unit).dimension == "ratio" else right.unit
        if "ratio" not in (unit(left.unit).dimension, unit(right.unit).dimension):
            common(left.unit, "ratio", "multiply")
        factor = Fraction(1)
    if left.missing or right.missing:
        return Value(None, None, None, named)
    apply = SIGNS[sign]
    mine, other = left.number, right.number * factor
    (least, most), (low, high) = left.bounds, (end * factor for end in right.bounds)
    if sign == "+":
        return Value(mine + other, least + low, most + high, named)
    if sign == "-":
        return Value(mine - other, least - high, most - low, named)
    if sign == "/" and other == 0:
        return Value(None, None, None, named)
    if sign == "/" and low <= 0 <= high:
        return Value(apply(mine, other), -math.inf, math.inf, named)
    ends = [_bounded(apply, end, theirs) for end in (least, most) for theirs in (low, high)]
    return Value(apply(mine, other), min(ends), max(ends), named)


def _bounded(apply: Callable[..., Bound], left: Bound, right: Bound) -> Bound:
    if isinstance(right, float) and apply is operator.truediv:
        return Fraction(0)
    return Fraction(0) if 0 in (left, right) and apply is operator.mul else apply(left, right)
