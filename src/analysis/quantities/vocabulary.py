"""The words that quantities are written in: a number, a sum, a share, a change, a comparison, a rank."""

from __future__ import annotations

import operator
from collections.abc import Iterable
from functools import reduce

from analysis.quantities.expression import Combined, Compared, Constant, Phrased, Quantity, Selection
from analysis.quantities.tables import Where
from analysis.rounding import as_fraction


def _where(conditions: dict[str, str | int | Iterable[str]]) -> Where:
    return tuple(
        (name, (str(option),) if isinstance(option, str | int) else tuple(str(each) for each in option))
        for name, option in conditions.items()
    )


def value(table: str, **where) -> Selection:
    """One recorded number; it is an error when the conditions match none or several."""
    return Selection(table, _where(where), "one")


def total(table: str, **where) -> Selection:
    """The sum of the recorded numbers that meet the conditions; missing when one of them is."""
    return Selection(table, _where(where), "sum")


def count_rows(table: str, **where) -> Selection:
    """How many rows meet the conditions."""
    return Selection(table, _where(where), "count")


def constant(number, unit: str = "ratio") -> Constant:
    """A number fixed by a definition."""
    return Constant(as_fraction(number), unit)


def share(part: Quantity, whole: Quantity) -> Quantity:
    r"""The part in per cent of the whole: :math:`100\,p/w`."""
    ratio = Combined("*", Combined("/", part, whole), constant(100), "percent")
    return Phrased(ratio, "{0} in per cent of {1}", (part, whole))


def change(before: Quantity, after: Quantity) -> Quantity:
    r"""The relative change in per cent: :math:`100\,(a/b - 1)`."""
    relative = Combined("-", Combined("/", after, before), constant(1))
    percent = Combined("*", relative, constant(100), "percent")
    return Phrased(percent, "the relative change from {0} to {1}", (before, after))


def difference(before: Quantity, after: Quantity) -> Quantity:
    """The absolute change, in the quantities' unit (see :func:`point_change` for percentages)."""
    return Phrased(Combined("-", after, before), "the change from {0} to {1}", (before, after))


def point_change(before: Quantity, after: Quantity) -> Quantity:
    """The change between two percentages, in percentage points."""
    points = Combined("-", after, before, "percentage_points")
    return Phrased(points, "the change in percentage points from {0} to {1}", (before, after))


def rate(above: Quantity, below: Quantity) -> Quantity:
    """One quantity per unit of another, for example US$ million per result."""
    return Combined("/", above, below)


def counted_as(quantity: Quantity, unit_name: str) -> Quantity:
    """The same number in another unit of the same scale, by a convention: a worker as one full-time job."""
    recounted = Combined("*", quantity, constant(1), unit_name)
    return Phrased(recounted, f"{{0}}, counted one for one as {unit_name.replace('_', ' ')}", (quantity,))


def tally(quantities: Iterable[Quantity]) -> Quantity:
    """The sum of quantities; of comparisons, how many hold."""
    listed = tuple(quantities)
    if not isinstance(listed[0], Compared):
        return reduce(operator.add, listed)
    return Combined("+", reduce(operator.add, listed[1:], constant(0, "truth")), listed[0], "count")


def mean(quantities: Iterable[Quantity]) -> Quantity:
    """The unweighted mean of quantities."""
    listed = tuple(quantities)
    return Combined("/", tally(listed), constant(len(listed)))


def is_more(left: Quantity, right: Quantity) -> Compared:
    """Whether the left quantity is more than the right one."""
    return Compared(">", left, right)


def is_less(left: Quantity, right: Quantity) -> Compared:
    """Whether the left quantity is less than the right one."""
    return Compared("<", left, right)


def is_at_least(left: Quantity, right: Quantity) -> Compared:
    """Whether the left quantity is at least the right one."""
    return Compared(">=", left, right)


def equals(left: Quantity, right: Quantity) -> Compared:
    """Whether two quantities are equal."""
    return Compared("=", left, right)


def rank(quantity: Quantity, others: Iterable[Quantity]) -> Quantity:
    """The place among the others, 1 for the largest; equals share a place."""
    place = reduce(operator.add, (is_more(other, quantity) for other in others), constant(1, "truth"))
    return Phrased(place, "the place, largest first, of {0} among its likes", (quantity,))
