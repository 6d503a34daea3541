"""How well the unit that is printed with a number meets a quantity's."""

from __future__ import annotations

from typing import NamedTuple

from analysis.checking.candidates.candidate import Candidate
from analysis.reading import PrintedNumber

# Words of a change, to which points are as near as per cent.
_CHANGES = frozenset({"increas", "fall", "exces", "shortfal"})

# Up to where an amount of money is little, from where on another amount is large; what no share exceeds.
LITTLE, LARGE, WHOLE = 10_000, 100_000, 100


def unit_class(candidate: Candidate) -> tuple[str, str, bool, bool]:
    """Return what quantities have in common to which any unit adds the same."""
    return candidate.kind, candidate.unit, bool(candidate.features["words"] & _CHANGES), candidate.in_percent


class PrintedUnit(NamedTuple):
    """What is printed with a number that tells how its unit meets a quantity's: the same of very many.

    Attributes
    ----------
    unit : str
    in_row : bool
        Whether the number stands in a table.
    decimals : bool
        Whether it has decimals.
    little, large : bool
        Whether it is less than amounts of money mostly are; whether it is as large as other amounts are.
    share : bool
        Whether it may be a share.
    """

    unit: str
    in_row: bool
    decimals: bool = False
    little: bool = False
    large: bool = False
    share: bool = False


def unit_of(number: PrintedNumber, in_row: bool) -> PrintedUnit:
    """Return what is printed with a number that tells how its unit meets a quantity's."""
    if number.unit:
        return PrintedUnit(number.unit, in_row)
    size, decimals = abs(number.value), number.decimals > 0
    large = number.decimals < 0 or size >= LARGE
    return PrintedUnit("", in_row, decimals, size < LITTLE, large, decimals or number.value <= WHOLE)


def unit_fit(number: PrintedUnit, candidate: Candidate) -> float | None:
    """Return what the unit adds to a score, or None where the two units never meet."""
    kind, unit = candidate.kind, candidate.unit
    if number.unit == "percent" or number.unit == "fraction":
        if unit in ("percent", "fraction", "ratio"):
            return (
                0.05
                if (number.unit == "percent") == (unit == "percent")
                else 0.03
                if unit == "fraction"
                else 0.0
            )
        if unit != "percentage_points":
            return None
        return 0.0 if candidate.in_percent else -0.1
    if number.unit == "percentage_points":
        changes = candidate.features["words"] & _CHANGES
        return (
            0.08
            if unit == "percentage_points"
            else (0.0 if changes else -0.25)
            if unit == "percent"
            else None
        )
    if number.unit in ("times", "times_increase"):
        return 0.05 if unit in ("times", "times_increase") else None
    if number.unit:
        return 0.08 if kind == "money" else None
    if kind == "money":
        return -0.02 if number.in_row else -0.12 if number.little else 0.0
    if kind == "share":
        return 0.0 if number.in_row else -0.1 if number.share else None
    if number.decimals and kind == "count":
        return None
    if kind == "amount":
        return 0.04 if number.large else -0.15
    return 0.03
