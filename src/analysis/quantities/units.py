"""Units: what may be added, compared or divided, and how a unit is scaled into another.

A unit has a *kind*, a *dimension* and a *factor* to the dimension's base. A currency of ISO 4217 is money,
also by the thousand, the million and so on (``chf``, ``eur_thousand``); no rate leads from one to another. A
noun that is neither (``member_state``, ``ratification``) is counted: its dimension is the noun itself.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files

SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}


class UnitError(ValueError):
    """Two units that do not meet were asked to."""


@dataclass(frozen=True)
class Unit:
    """A unit of measurement.

    Attributes
    ----------
    name : str
        As recorded, for example ``usd_million``.
    kind : str
        ``count``, ``share``, ``money``, ``amount``, ``duration`` or ``other``.
    dimension : str
        What is measured; only like dimensions meet, and ``count`` meets every counted noun.
    factor : Fraction
        Size of the unit in the dimension's base unit.
    """

    name: str
    kind: str
    dimension: str
    factor: Fraction

    @property
    def exact(self) -> bool:
        """Whether an unqualified integer in this unit is exact (a count), not rounded."""
        return self.kind == "count"

    def meets(self, other: Unit) -> bool:
        """Whether the two may be added or compared."""
        if self.dimension == other.dimension:
            return True
        return "count" in (self.dimension, other.dimension) and self.kind == other.kind == "count"


@cache
def _listed() -> dict[str, Unit]:
    text = files(__package__).joinpath("units.csv").read_text(encoding="utf-8")
    return {
        row["unit"]: Unit(row["unit"], row["kind"], row["dimension"], Fraction(row["factor"]))
        for row in csv.DictReader(text.splitlines())
    }


@cache
def currencies() -> frozenset[str]:
    """Return the codes of the currencies that are in use, as CLDR lists them."""
    return frozenset(files(__package__).joinpath("currencies.csv").read_text(encoding="utf-8").split()[1:])


def money_of(name: str) -> tuple[str, str] | None:
    """Return the currency of a unit of money and its scale (``million``, or nothing); None of another."""
    currency, scaled, scale = name.partition("_")
    known = currency in currencies() and (scale in SCALES if scaled else True)
    return (currency, scale) if known else None


@cache
def unit(name: str) -> Unit:
    """Return the unit of that name; an unlisted noun is a counted thing, ``a/b`` a rate.

    Raises
    ------
    UnitError
        When the name is empty.
    """
    if not name:
        raise UnitError("a value has no unit: every recorded number needs one in its `unit` column")
    if listed := _listed().get(name):
        return listed
    if money := money_of(name):
        return Unit(name, "money", money[0], Fraction(SCALES.get(money[1], 1)))
    if "/" in name:
        above, below = (unit(part) for part in name.split("/", 1))
        return Unit(name, "rate", f"{above.dimension}/{below.dimension}", above.factor / below.factor)
    return Unit(name, "count", name, Fraction(1))


def is_listed(name: str) -> bool:
    """Whether a name is that of a listed unit, not merely a noun that may be counted."""
    return name in _listed() or money_of(name) is not None


def common(left: str, right: str, doing: str) -> tuple[str, Fraction]:
    """Return the unit in which two values meet, and the factor that brings the right one into it.

    Parameters
    ----------
    left, right : str
        Unit names.
    doing : str
        What is attempted, for the message.

    Raises
    ------
    UnitError
        When the units do not meet.
    """
    first, second = unit(left), unit(right)
    if not first.meets(second):
        kinds = f"{first.dimension}, {second.dimension}"
        raise UnitError(f"cannot {doing} {left} and {right}: unlike units ({kinds})")
    name = right if left == "count" else left
    return name, second.factor / first.factor


# What a dimension may be stated in beside itself: shares by 100, differences of percentages as points.
_RESTATED = {("ratio", "percent"), ("percent", "percentage_points"), ("percentage_points", "percent")}


@cache
def refuse_restating(actual: str, wanted: str) -> None:
    """Refuse to state a result in a unit that its arithmetic does not lead to.

    A pure number may be stated in per cent; a difference of percentages in percentage points, and the other
    way round; how many comparisons hold as a count. By a convention one thing may count as another, one for
    one, where both are counted, or measured on the same scale (a million persons as a million jobs).

    Parameters
    ----------
    actual : str
        Unit to which the arithmetic leads.
    wanted : str
        Unit in which the result is to be stated.

    Raises
    ------
    UnitError
        When `wanted` is none of these to `actual`.
    """
    first, second = unit(actual), unit(wanted)
    if first.dimension == second.dimension and first.factor == second.factor:
        return
    if (first.dimension, second.dimension) in _RESTATED:
        return
    countable = {first.kind, second.kind} <= {"count", "amount", "duration"}
    if countable and first.factor == second.factor and second.dimension != "truth":
        return
    alike = first.dimension == second.dimension
    unlike = "scales" if alike else f"units ({first.dimension}, {second.dimension})"
    raise UnitError(f"cannot state {actual} in {wanted}: unlike {unlike}")


def quotient(above: str, below: str) -> tuple[str, Fraction]:
    """Return the unit of a division and the factor that goes with it."""
    first, second = unit(above), unit(below)
    if first.meets(second):
        return "ratio", first.factor / second.factor
    if first.dimension in ("ratio", "percent") or second.dimension == "ratio":
        return above, Fraction(1)
    return f"{above}/{below}", Fraction(1)
