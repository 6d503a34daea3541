"""The first reading of a quantity: its value, with the interval that rounding allows and its unit.

Arithmetic is exact (fractions). A missing input makes the result missing; unlike units raise.
"""

from __future__ import annotations

import operator
from fractions import Fraction
from functools import reduce, singledispatch

from analysis.quantities.arithmetic import combine
from analysis.quantities.expression import (
    Combined,
    Compared,
    Constant,
    Paired,
    Phrased,
    Quantity,
    Selection,
)
from analysis.quantities.intervals import Value
from analysis.quantities.tables import Recorded
from analysis.quantities.units import common, refuse_restating, unit

_RELATIONS = {">": operator.gt, "<": operator.lt, ">=": operator.ge, "<=": operator.le, "=": operator.eq}


def evaluate(quantity: Quantity, recorded: Recorded) -> Value:
    """Return the value, interval and unit of a quantity; equal quantities are computed once.

    Parameters
    ----------
    quantity : Quantity
        What is read.
    recorded : Recorded
        The tables that it is read from.

    Returns
    -------
    Value
        Exact; missing when a number that the quantity needs is missing, or would be divided by 0.

    Raises
    ------
    SelectionError
        When the quantity selects no row, or several where one number is meant.
    UnitError
        When unlike units meet.

    Examples
    --------
    >>> from analysis.quantities import Recorded, constant, share
    >>> evaluate(share(constant(1, "result"), constant(8, "result")), Recorded([]))
    Value(value=Fraction(25, 2), low=Fraction(25, 2), high=Fraction(25, 2), unit='percent')
    """
    known = recorded.evaluated.get(quantity)
    if known is None:
        known = recorded.evaluated[quantity] = _value.dispatch(type(quantity))(quantity, recorded)
    return known


@singledispatch
def _value(quantity: Quantity, recorded: Recorded) -> Value:
    raise NotImplementedError(f"{type(quantity).__name__} has no value")


@_value.register
def _constant(quantity: Constant, recorded: Recorded) -> Value:
    return Value(quantity.number, quantity.number, quantity.number, unit(quantity.unit).name)


@_value.register
def _selection(quantity: Selection, recorded: Recorded) -> Value:
    rows = quantity.selected(recorded)
    if quantity.how == "count":
        return Value(Fraction(len(rows)), Fraction(len(rows)), Fraction(len(rows)), "count")
    values = [recorded[quantity.table].values[row] for row in rows]
    return reduce(lambda left, right: combine("+", left, right, "add"), values)


@_value.register
def _combined(quantity: Combined, recorded: Recorded) -> Value:
    value = combine(quantity.sign, evaluate(quantity.left, recorded), evaluate(quantity.right, recorded))
    if not quantity.unit:
        return value
    refuse_restating(value.unit, quantity.unit)
    return Value(value.value, value.low, value.high, quantity.unit)


@_value.register
def _compared(quantity: Compared, recorded: Recorded) -> Value:
    """Return 1 or 0; the interval is 0 to 1 where rounding leaves it open."""
    left, right = evaluate(quantity.left, recorded), evaluate(quantity.right, recorded)
    if left.missing or right.missing:
        common(left.unit, right.unit, "compare")
        return Value(None, None, None, "truth")
    low, holds, high = _relation(quantity.relation, left, right)
    return Value(holds, low, high, "truth")


def _relation(relation: str, left: Value, right: Value) -> tuple[Fraction, Fraction, Fraction]:
    """Return whether a relation holds for certain, as printed, and possibly, within the intervals: 1 or 0."""
    _, factor = common(left.unit, right.unit, "compare")
    holds = _RELATIONS[relation]
    (least, most), (low, high) = left.bounds, (end * factor for end in right.bounds)
    cases = [holds(mine, theirs) for mine in (least, most) for theirs in (low, high)]
    certain = all(cases) if relation != "=" else least == most == low == high
    possible = any(cases) if relation != "=" else least <= high and low <= most
    return Fraction(certain), Fraction(holds(left.number, right.number * factor)), Fraction(possible)


@_value.register
def _paired(quantity: Paired, recorded: Recorded) -> Value:
    pairs = quantity.pairs(recorded)
    if not quantity.relation:
        return Value(Fraction(len(pairs)), Fraction(len(pairs)), Fraction(len(pairs)), "count")
    mine, theirs = (recorded[part.table].values for part in (quantity.left, quantity.right))
    cases = [_relation(quantity.relation, mine[row], theirs[partner]) for row, partner in pairs]
    low, holds, high = (sum((case[place] for case in cases), Fraction(0)) for place in range(3))
    return Value(holds, low, high, "count")


@_value.register
def _phrased(quantity: Phrased, recorded: Recorded) -> Value:
    return evaluate(quantity.inner, recorded)
