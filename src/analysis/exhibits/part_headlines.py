"""Headlines of numbers of one series: what stands out among parts of a whole, or among rates."""

from __future__ import annotations

from fractions import Fraction

from analysis.exhibits.finding import PERCENT, Headline, Held, Slots, label_of_row
from analysis.exhibits.said import SaidLabel, SaidNumber
from analysis.quantities import Quantity, Value, share, tally

MORE, FIFTH, QUARTER = Fraction(1, 2), Fraction(6, 5), Fraction(5, 4)
HALF_AS_MUCH, TWICE, FOUR = Fraction(3, 2), 2, 4


def parts_of(rows: list[Held], decimals: int) -> Headline | None:
    """Return what stands out among numbers of one series; parts of a whole are said as shares of it."""
    rows = [row for row in rows if not row.whole] or rows
    ordered = sorted(rows, key=lambda row: row.value.value, reverse=True)
    top, bottom = ordered[0], ordered[-1]
    slots: Slots = {"first": label_of_row(top, rows, decimals), "largest": SaidNumber(top.quantity, decimals)}
    if len(rows) == 1:
        return Headline("lone", slots)
    if len(rows) == 2:
        return two_side_by_side(rows, decimals)
    next_one = ordered[1]
    slots |= {
        "second": SaidLabel(next_one.key),
        "next": SaidNumber(next_one.quantity, decimals),
        "last": label_of_row(bottom, rows, decimals),
        "smallest": SaidNumber(bottom.quantity, decimals),
    }
    whole = tally(row.quantity for row in rows)
    values = [row.value.value for row in ordered]
    total = sum(values)
    parts = top.value.unit != PERCENT or 98 <= total <= 102
    summed = parts and "/" not in top.value.unit
    adds_up = summed and min(values) >= 0 and total > 0
    if adds_up and values[0] > MORE * total:
        return Headline("majority", slots | {"share": _share(top.quantity, whole, top.value, decimals)})
    apart = values[0] >= HALF_AS_MUCH * values[1] > 0
    if adds_up and len(rows) > 3 and values[0] + values[1] > MORE * total and not apart:
        both = tally((top.quantity, next_one.quantity))
        return Headline("two_lead", slots | {"share": _share(both, whole, top.value, decimals)})
    if min(values) > 0 and values[0] < QUARTER * values[-1]:
        return Headline("even", slots | {"first": SaidLabel(top.key), "last": SaidLabel(bottom.key)})
    if not summed and values[0] >= TWICE * values[-1] > 0:  # rates, amounts for each: their spread
        return Headline("range", slots)
    if values[0] >= FIFTH * values[1] and values[0] > 0 and not (parts and _one_more(values)):
        return Headline("largest", slots)
    wide = len(rows) == 3 or values[0] >= FOUR * values[-1] >= 0
    return Headline("range" if wide else "extremes", slots)


def two_side_by_side(rows: list[Held], decimals: int, signed: bool = False) -> Headline:
    """Return two numbers, side by side."""
    one, other = rows
    slots: Slots = {"first": SaidLabel(one.key), "largest": SaidNumber(one.quantity, decimals, signed)}
    slots |= {"second": SaidLabel(other.key), "next": SaidNumber(other.quantity, decimals, signed)}
    return Headline("pair", slots)


def _one_more(values: list[Fraction]) -> bool:
    """Return whether the first of numbers that are counted is the next and one more."""
    return all(value.denominator == 1 for value in values) and values[0] - values[1] <= 1


def _share(part: Quantity, whole: Quantity, value: Value, decimals: int) -> SaidNumber:
    """Return a part of the whole in per cent; of percentages that make 100, the part itself."""
    return SaidNumber(part, decimals) if value.unit == PERCENT else SaidNumber(share(part, whole))
