"""Bounds as formulas: the least and the greatest number that the printed precision of the inputs allows.

They follow ``analysis.quantities.arithmetic`` rule by rule, over the columns ``low`` and ``high`` of the
sheets, so that a changed input moves its bounds as it moves the number.
"""

from __future__ import annotations

import math
from functools import singledispatch

from analysis.quantities import Quantity, Recorded, Value, evaluate, formula
from analysis.quantities.expression import Combined, Compared, Constant, Phrased, Selection
from analysis.quantities.spreadsheet import Locate

LOW, HIGH = "low", "high"
Ends = tuple[str, str] | None


@singledispatch
def bounds(quantity: Quantity, cell: Locate, recorded: Recorded) -> Ends:
    """Return the formulas of the lower and the upper bound, in base units; None where there is no formula.

    There is none where an input has no bound on one side ("more than"), or a divisor may be zero.
    """
    raise NotImplementedError(f"{type(quantity).__name__} has no bounds")


@bounds.register
def _constant(quantity: Constant, cell: Locate, recorded: Recorded) -> Ends:
    text = formula(quantity, cell)
    return text, text


@bounds.register
def _selection(quantity: Selection, cell: Locate, recorded: Recorded) -> Ends:
    if quantity.how == "count":
        text = formula(quantity, cell)
        return text, text
    if _open(evaluate(quantity, recorded)):
        return None

    def bound(end: str) -> str:
        return formula(quantity, lambda table, column: cell(table, end if column == "value" else column))

    return bound(LOW), bound(HIGH)


@bounds.register
def _combined(quantity: Combined, cell: Locate, recorded: Recorded) -> Ends:
    ends = [bounds(side, cell, recorded) for side in quantity.parts()]
    if None in ends:
        return None
    (low, high), (other_low, other_high) = ends
    left, right = (evaluate(side, recorded) for side in quantity.parts())
    if quantity.sign == "+":
        return f"({low}+{other_low})", f"({high}+{other_high})"
    if quantity.sign == "-":
        return f"({low}-{other_high})", f"({high}-{other_low})"
    if quantity.sign == "/" and right.low <= 0 <= right.high:
        return None
    if left.low >= 0 and right.low >= 0:
        first, second = (other_low, other_high) if quantity.sign == "*" else (other_high, other_low)
        return f"({low}{quantity.sign}{first})", f"({high}{quantity.sign}{second})"
    pairs = ",".join(
        f"{mine}{quantity.sign}{theirs}" for mine in (low, high) for theirs in (other_low, other_high)
    )
    return f"MIN({pairs})", f"MAX({pairs})"


@bounds.register
def _compared(quantity: Compared, cell: Locate, recorded: Recorded) -> Ends:
    ends = [bounds(side, cell, recorded) for side in quantity.parts()]
    if None in ends:
        return None
    (low, high), (other_low, other_high) = ends

    def holds(left: str, right: str, relation: str) -> str:
        return f"ROUND({left}-{right},12){relation}0"

    relation = quantity.relation
    if relation == "=":
        same = ",".join(
            holds(*pair, "=") for pair in ((high, low), (other_high, other_low), (low, other_low))
        )
        meet = f"{holds(low, other_high, '<=')},{holds(other_low, high, '<=')}"
        return f"IF(AND({same}),1,0)", f"IF(AND({meet}),1,0)"
    worst, best = (
        ((low, other_high), (high, other_low)) if ">" in relation else ((high, other_low), (low, other_high))
    )
    return f"IF({holds(*worst, relation)},1,0)", f"IF({holds(*best, relation)},1,0)"


@bounds.register
def _phrased(quantity: Phrased, cell: Locate, recorded: Recorded) -> Ends:
    return bounds(quantity.inner, cell, recorded)


def _open(value: Value) -> bool:
    return value.missing or any(isinstance(end, float) and math.isinf(end) for end in (value.low, value.high))
