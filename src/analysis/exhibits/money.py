"""The unit in which an exhibit shows amounts of money: that of the record, in any currency and scale."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from analysis.quantities.units import UnitError, unit


def money_of_rows(rows: Iterable[Mapping[str, str]]) -> tuple[str, int]:
    """Return the key of a unit of money, and the decimals with which no recorded amount loses a digit.

    Parameters
    ----------
    rows : iterable of mapping
        Recorded rows, of which those with a value tell their ``unit`` and ``decimals``.

    Returns
    -------
    tuple of str and int
        ``unit.<unit>`` of the largest scale that they use, and the decimals of a column in it.

    Raises
    ------
    UnitError
        When they have no unit of money, or several currencies: nothing says what one is worth in another.
    """
    pairs = dict.fromkeys((row["unit"], int(row["decimals"] or 0)) for row in rows if row["value"])
    units = {name: unit(name) for name, _ in pairs}
    currencies = {unit.dimension for unit in units.values()}
    if len(currencies) != 1 or any(unit.kind != "money" for unit in units.values()):
        names = ", ".join(units) or "none"
        raise UnitError(f"amounts are shown in one currency; the recorded ones have the units: {names}")
    largest = max(units.values(), key=lambda unit: unit.factor)
    places = (_places(largest.factor / units[name].factor) + decimals for name, decimals in pairs)
    return f"unit.{largest.name}", max(0, *places)


def _places(ratio: Fraction) -> int:
    """Return how many decimals a number gains when it is divided by a power of ten."""
    return len(str(int(ratio))) - 1
