"""The words that quantities are written in: a number, a sum, a share, a change, a comparison, a rank."""

from __future__ import annotations

import operator
from collections.abc import Iterable
from fractions import Fraction
from functools import reduce

from analysis.quantities.expression import (
    Combined,
    Compared,
    Constant,
    Paired,
    Phrased,
    Quantity,
    Selection,
)
from analysis.quantities.tables import Where
from analysis.rounding import as_fraction


def _where(conditions: dict[str, str | int | Iterable[str]]) -> Where:
    return tuple(
        (name, (str(allowed),) if isinstance(allowed, str | int) else tuple(map(str, allowed)))
        for name, allowed in conditions.items()
    )


def value(table: str, **where: str | int | Iterable[str]) -> Selection:
    """One recorded number.

    Parameters
    ----------
    table : str
        A recorded table, for example ``report.output_indicators``.
    **where
        Column and value that the row has; a list of values for any of them.

    Returns
    -------
    Selection
        In the recorded unit; missing where the row prints no number.

    Raises
    ------
    SelectionError
        When read: if no row, or more than one, meets the conditions, or there is no such table or column.

    Examples
    --------
    >>> import analysis
    >>> report = analysis.open()
    >>> first = report.values("report.output_indicators").iloc[0]
    >>> recorded = value("report.output_indicators", id=first["id"])
    >>> bool(report.number(recorded).value == first["value"])
    True
    """
    return Selection(table, _where(where), "one")


def total(table: str, **where: str | int | Iterable[str]) -> Selection:
    r"""The sum of the recorded numbers that meet conditions: :math:`\sum_i v_i`.

    Parameters
    ----------
    table, **where
        As of :func:`value`.

    Returns
    -------
    Selection
        In the recorded unit; missing when one of the numbers is.

    Raises
    ------
    SelectionError
        When read: if no row meets the conditions, or there is no such table or column.
    UnitError
        When read: if the numbers have unlike units.

    Examples
    --------
    >>> import analysis
    >>> report, table = analysis.open(), "report.output_indicators"
    >>> results, targets, both = (
    ...     report.number(total(table, measure=measure, region="all", unit="result")).value
    ...     for measure in ("result", "target", ["result", "target"])
    ... )
    >>> both == results + targets
    True
    """
    return Selection(table, _where(where), "sum")


def count_rows(table: str, **where: str | int | Iterable[str]) -> Selection:
    """How many rows meet conditions, whether they print a number or not.

    Parameters
    ----------
    table, **where
        As of :func:`value`.

    Returns
    -------
    Selection
        In unit ``count``; 0 when no row meets the conditions.

    Raises
    ------
    SelectionError
        When read: if there is no such table or column.

    Examples
    --------
    >>> import analysis
    >>> report = analysis.open()
    >>> number = report.number(count_rows("report.prose"))
    >>> int(number.value) == len(report.values("report.prose"))
    True
    """
    return Selection(table, _where(where), "count")


def pairs(left: Selection, right: Selection, by: str | Iterable[str], relation: str = "") -> Paired:
    """How many rows have a number that stands in a relation to that of the row that belongs to them.

    Parameters
    ----------
    left, right : Selection
        Whose rows are set beside each other, as :func:`count_rows` makes them.
    by : str or iterable of str
        Columns in which two rows agree that belong together; conditions that both selections share are added.
    relation : str
        ``>``, ``<``, ``>=``, ``<=`` or ``=``, of the left number to the right; empty counts every pair.

    Returns
    -------
    Paired
        In ``count``; a row of which one number is missing is no pair.

    Raises
    ------
    ValueError
        When the relation is none of these.
    SelectionError
        When read: if a row has several that belong to it.

    Examples
    --------
    >>> import analysis
    >>> report, table = analysis.open(), "report.output_indicators"
    >>> results, targets = (
    ...     count_rows(table, measure=measure, region="all", unit="result")
    ...     for measure in ("result", "target")
    ... )
    >>> reached, missed, both = (
    ...     report.number(pairs(results, targets, "indicator", relation)).value
    ...     for relation in (">=", "<", "")
    ... )
    >>> reached + missed == both
    True
    """
    if relation not in ("", ">", "<", ">=", "<=", "="):
        raise ValueError(f"relation {relation!r}: expected >, <, >=, <=, =, or nothing")
    names = (by,) if isinstance(by, str) else tuple(by)
    shared = [name for name, options in left.where if (name, options) in right.where]
    return Paired(relation, left, right, tuple(dict.fromkeys((*names, *shared))))


def constant(number: int | float | str | Fraction, unit: str = "ratio") -> Constant:
    """A number fixed by a definition.

    Parameters
    ----------
    number : int, float, str or Fraction
        Taken as it is written: 0.1 is one tenth.
    unit : str
        Code of its unit; ``ratio``, a pure number, when it is left out.

    Returns
    -------
    Constant
        Never missing; exact, without an interval.

    Raises
    ------
    ValueError
        When a text is no number.
    UnitError
        When read: if the code is empty.

    Examples
    --------
    >>> from analysis.quantities import Recorded, evaluate
    >>> evaluate(constant("0.5", "usd_million"), Recorded([])).value
    Fraction(1, 2)
    """
    return Constant(as_fraction(number), unit)


def share(part: Quantity, whole: Quantity) -> Quantity:
    r"""The part in per cent of the whole: :math:`100\,p/w`.

    Parameters
    ----------
    part, whole : Quantity
        In units that meet: US$ thousand and US$ million do, results and US$ do not.

    Returns
    -------
    Quantity
        In per cent; missing when either is missing or the whole is 0.

    Raises
    ------
    UnitError
        When read: if the result is no pure number, because the units do not meet.

    Examples
    --------
    >>> from analysis.quantities import Recorded, evaluate
    >>> in_thousands = share(constant(500, "usd_thousand"), constant(2, "usd_million"))
    >>> evaluate(in_thousands, Recorded([])).value, evaluate(in_thousands, Recorded([])).unit
    (Fraction(25, 1), 'percent')
    """
    ratio = Combined("*", Combined("/", part, whole), constant(100), "percent")
    return Phrased(ratio, "{0} in per cent of {1}", (part, whole), "share")


def change(before: Quantity, after: Quantity) -> Quantity:
    r"""The relative change in per cent: :math:`100\,(a/b - 1)`.

    Parameters
    ----------
    before, after : Quantity
        In units that meet.

    Returns
    -------
    Quantity
        In per cent, negative for a fall; missing when either is missing or `before` is 0.

    Raises
    ------
    UnitError
        When read: if the units do not meet.

    Examples
    --------
    >>> from analysis.quantities import Recorded, evaluate
    >>> fall = change(constant(80, "result"), constant(60, "result"))
    >>> evaluate(fall, Recorded([])).value
    Fraction(-25, 1)
    """
    relative = Combined("-", Combined("/", after, before), constant(1))
    percent = Combined("*", relative, constant(100), "percent")
    return Phrased(percent, "the relative change from {0} to {1}", (before, after), "change")


def difference(before: Quantity, after: Quantity) -> Quantity:
    r"""The absolute change, after less before: :math:`a - b`.

    Parameters
    ----------
    before, after : Quantity
        In units that meet; for two percentages see :func:`point_change`.

    Returns
    -------
    Quantity
        In the unit of `after`; missing when either is missing.

    Raises
    ------
    UnitError
        When read: if the units do not meet.

    Examples
    --------
    >>> from analysis.quantities import Recorded, evaluate
    >>> moved = evaluate(difference(constant(80, "result"), constant(60, "result")), Recorded([]))
    >>> moved.value, moved.unit
    (Fraction(-20, 1), 'result')
    """
    change_of = Combined("-", after, before)
    return Phrased(change_of, "the change from {0} to {1}", (before, after), "difference")


def point_change(before: Quantity, after: Quantity) -> Quantity:
    r"""The change between two percentages, after less before: :math:`a - b`.

    Parameters
    ----------
    before, after : Quantity
        In per cent, or in percentage points.

    Returns
    -------
    Quantity
        In percentage points; missing when either is missing.

    Raises
    ------
    UnitError
        When read: if one is no percentage.

    Examples
    --------
    >>> from analysis.quantities import Recorded, evaluate
    >>> moved = evaluate(point_change(constant(5, "percent"), constant(6, "percent")), Recorded([]))
    >>> moved.value, moved.unit
    (Fraction(1, 1), 'percentage_points')
    """
    points = Combined("-", after, before, "percentage_points")
    template = "the change in percentage points from {0} to {1}"
    return Phrased(points, template, (before, after), "point_change")


def rate(above: Quantity, below: Quantity) -> Quantity:
    r"""One quantity for each unit of another: :math:`a/b`.

    Parameters
    ----------
    above, below : Quantity
        Of any units; where they meet, the result is a pure number, as of :func:`share` without the 100.

    Returns
    -------
    Quantity
        In ``above/below``, for example ``usd_million/result``, or in ``ratio`` where the units meet; missing
        when either is missing, or `below` is 0.

    Examples
    --------
    >>> from analysis.quantities import Recorded, evaluate
    >>> cost = evaluate(rate(constant(6, "usd_million"), constant(4, "result")), Recorded([]))
    >>> cost.value, cost.unit
    (Fraction(3, 2), 'usd_million/result')
    """
    return Combined("/", above, below)


def counted_as(quantity: Quantity, unit_name: str) -> Quantity:
    """The same number in another unit of the same scale, by a convention: a worker as one full-time job.

    Parameters
    ----------
    quantity : Quantity
        Something counted, or an amount or duration.
    unit_name : str
        Code of the unit in which it counts, one for one.

    Returns
    -------
    Quantity
        The same number in `unit_name`; missing when `quantity` is.

    Raises
    ------
    UnitError
        When read: if one unit is no convention away from the other: money as results, a million as one.

    Examples
    --------
    >>> from analysis.quantities import Recorded, evaluate
    >>> jobs = evaluate(counted_as(constant(8, "million_persons"), "million_jobs"), Recorded([]))
    >>> jobs.value, jobs.unit
    (Fraction(8, 1), 'million_jobs')
    """
    recounted = Combined("*", quantity, constant(1), unit_name)
    template = f"{{0}}, counted one for one as {unit_name.replace('_', ' ')}"
    return Phrased(recounted, template, (quantity,), "counted_as")


def tally(quantities: Iterable[Quantity]) -> Quantity:
    """The sum of quantities; of comparisons, how many hold.

    Parameters
    ----------
    quantities : iterable of Quantity
        At least one; all comparisons, or all in units that meet.

    Returns
    -------
    Quantity
        In their unit, of comparisons in ``count``; missing when one of them is.

    Raises
    ------
    ValueError
        When there is none.
    UnitError
        When read: if the units do not meet.

    Examples
    --------
    >>> from analysis.quantities import Recorded, evaluate
    >>> both = tally([constant(500, "usd_thousand"), constant(2, "usd_million")])
    >>> evaluate(both, Recorded([])).value, evaluate(both, Recorded([])).unit
    (Fraction(2500, 1), 'usd_thousand')
    """
    terms = tuple(quantities)
    if not terms:
        raise ValueError("tally and mean need at least one quantity, found none")
    if not isinstance(terms[0], Compared):
        return reduce(operator.add, terms)
    return Combined("+", reduce(operator.add, terms[1:], constant(0, "truth")), terms[0], "count")


def mean(quantities: Iterable[Quantity]) -> Quantity:
    r"""The unweighted mean of quantities: :math:`\sum_{i=1}^n q_i / n`.

    Parameters
    ----------
    quantities : iterable of Quantity
        At least one, in units that meet.

    Returns
    -------
    Quantity
        In their unit; missing when one of them is.

    Raises
    ------
    ValueError
        When there is none.
    UnitError
        When read: if the units do not meet.

    Examples
    --------
    >>> from analysis.quantities import Recorded, evaluate
    >>> evaluate(mean([constant(5, "percent"), constant(8, "percent")]), Recorded([])).value
    Fraction(13, 2)
    """
    terms = tuple(quantities)
    return Combined("/", tally(terms), constant(len(terms)))


def is_more(left: Quantity, right: Quantity) -> Compared:
    """Whether the left quantity is more than the right one.

    Parameters
    ----------
    left, right : Quantity
        In units that meet.

    Returns
    -------
    Compared
        1 where it holds and 0 where not, in unit ``truth``; its interval is 0 to 1 where rounding leaves it
        open; missing when either is missing.

    Raises
    ------
    UnitError
        When read: if the units do not meet.

    Examples
    --------
    >>> from analysis.quantities import Recorded, evaluate
    >>> bool(evaluate(is_more(constant(8, "result"), constant(5, "result")), Recorded([])).value)
    True
    """
    return Compared(">", left, right)


def is_less(left: Quantity, right: Quantity) -> Compared:
    """Whether the left quantity is less than the right one.

    Parameters
    ----------
    left, right : Quantity
        In units that meet.

    Returns
    -------
    Compared
        1 or 0 in unit ``truth``, with the interval, missing values and errors of :func:`is_more`.

    Examples
    --------
    >>> from analysis.quantities import Recorded, evaluate
    >>> bool(evaluate(is_less(constant(8, "result"), constant(5, "result")), Recorded([])).value)
    False
    """
    return Compared("<", left, right)


def is_at_least(left: Quantity, right: Quantity) -> Compared:
    """Whether the left quantity is at least the right one.

    Parameters
    ----------
    left, right : Quantity
        In units that meet.

    Returns
    -------
    Compared
        1 or 0 in unit ``truth``, with the interval, missing values and errors of :func:`is_more`.

    Examples
    --------
    >>> from analysis.quantities import Recorded, evaluate
    >>> bool(evaluate(is_at_least(constant(8, "result"), constant(8, "result")), Recorded([])).value)
    True
    """
    return Compared(">=", left, right)


def equals(left: Quantity, right: Quantity) -> Compared:
    """Whether two quantities are equal.

    Parameters
    ----------
    left, right : Quantity
        In units that meet.

    Returns
    -------
    Compared
        1 or 0 in unit ``truth``, with the interval, missing values and errors of :func:`is_more`.

    Examples
    --------
    >>> from analysis.quantities import Recorded, evaluate
    >>> bool(evaluate(equals(constant(8, "result"), constant(8, "result")), Recorded([])).value)
    True
    """
    return Compared("=", left, right)


def rank(quantity: Quantity, others: Iterable[Quantity]) -> Quantity:
    r"""The place of a quantity among others, 1 for the largest: :math:`1 + \#\{i : o_i > q\}`.

    Equals share a place.

    Parameters
    ----------
    quantity : Quantity
        Whose place is meant.
    others : iterable of Quantity
        At least one, in units that meet its own.

    Returns
    -------
    Quantity
        In ``count``; missing when one of them is. Its interval holds every place that rounding allows.

    Raises
    ------
    ValueError
        When there is no other.
    UnitError
        When read: if the units do not meet.

    Examples
    --------
    >>> from analysis.quantities import Recorded, evaluate
    >>> second = rank(constant(5, "result"), [constant(8, "result"), constant(3, "result")])
    >>> evaluate(second, Recorded([])).value
    Fraction(2, 1)
    """
    larger = [is_more(other, quantity) for other in others]
    if not larger:
        raise ValueError("rank needs at least one other quantity, found none")
    place = Combined("+", reduce(operator.add, larger[:-1], constant(1, "truth")), larger[-1], "count")
    return Phrased(place, "the place, largest first, of {0} among its likes", (quantity,), "rank")
