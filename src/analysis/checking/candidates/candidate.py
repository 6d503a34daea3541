"""A quantity that a number of a text may be, with what finds it."""

from __future__ import annotations

import math
import re
from collections.abc import Set
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property, lru_cache

from analysis.quantities import Value
from analysis.quantities.units import UnitError, unit

# How a code or a title begins that says that something is not so: "Not met", "No data".
_DENIES = re.compile(r"(?:not|no|without|never|neither|none|nor)\b", re.I)
# What units count in whose dimension is not known: a million households.
SIZES = {"thousand": 10**3, "million": 10**6, "billion": 10**9}


@dataclass(frozen=True, eq=False)
class Candidate:
    """A quantity that a number of a text may be.

    Attributes
    ----------
    id : str
        A recorded id, or the quantity in the notation of claims.
    table : str
    row : int
        Row of the table; -1 for a sum.
    value : Value
        With its interval; missing where the record says that there is none.
    unit : str
    period : str
        As recorded; empty where the record gives none.
    axes : dict
        Code by column, codes named in the statement among them.
    titles : dict
        What it is, by language.
    series : tuple
        What stays the same when only axes and period change.
    decimals : int
        As recorded, in its unit.
    qualifier, status, place : str
        As recorded.
    features : dict
        Stems of its title, by language family (``words`` or ``zh``).
    unit_features : frozenset of str
        Stems of what its unit counts.
    named_by : dict
        Stems that the title of each column's code gives: what need not be said where the code is.
    said : frozenset of str
        Columns whose code a statement's own words name.
    whole : frozenset of str
        Columns whose code is that of their whole.
    coded : frozenset of str
        Columns whose code is recorded; of the others only the words of a statement say one.
    in_percent : bool
        Whether the record prints it in per cent, whatever its unit: a difference of two percentages.
    """

    id: str
    table: str
    row: int
    value: Value
    unit: str
    period: str
    axes: dict[str, str]
    titles: dict[str, str]
    series: tuple
    decimals: int = 0
    qualifier: str = ""
    status: str = "reported"
    place: str = ""
    features: dict[str, frozenset[str]] = field(default_factory=dict)
    unit_features: frozenset[str] = frozenset()
    named_by: dict[str, Set[str]] = field(default_factory=dict)
    said: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()
    coded: frozenset[str] = frozenset()
    in_percent: bool = False

    @cached_property
    def kind(self) -> str:
        """Return what the unit measures: count, share, money, amount, duration or other."""
        return unit(self.unit).kind if self.unit else "count"

    @cached_property
    def denies(self) -> bool:
        """Return whether it says how much is not so: targets that were not met, no data.

        A denial within a name ("young people not in employment") denies nothing.
        """
        status = self.axes.get("target_status", "").replace("_", " ")
        return bool(_DENIES.match(status) or _DENIES.match(self.titles.get("en", "")))

    @property
    def is_level_before(self) -> bool:
        """Return whether it is the level that a result is set against: a baseline."""
        return self.axes.get("measure") == "baseline"

    def code(self, column: str) -> str:
        """Return the code of a column, of the period among them; nothing where it has none."""
        return self.period if column == "period" else self.axes.get(column, "")

    @cached_property
    def base(self) -> Fraction | None:
        """Return the value in the base unit: dollars, persons; a fraction as per cent."""
        return None if self.value.missing else self.value.value * factor(self.unit)

    @cached_property
    def size(self) -> float:
        """Return how large the value is in the base unit, in floating point; only where there is one."""
        return 0.0 if self.base is None else size_of(self.base)

    @cached_property
    def decimals_in_base(self) -> int:
        """Return the recorded decimals in units of one; negative where the unit stands for zeros."""
        size = int(factor(self.unit)) if self.unit not in ("fraction", "ratio") else 1
        return self.decimals - (len(str(size)) - 1)


def size_of(value: Fraction) -> float:
    """Return how large a value is, in floating point; infinite where that does not reach."""
    try:
        return abs(float(value))
    except OverflowError:  # a number of hundreds of digits
        return math.inf


@lru_cache(maxsize=256)
def factor(unit_name: str) -> Fraction:
    """Return what turns a value into units of one; a share of one is turned into per cent."""
    if unit_name in ("fraction", "ratio"):
        return Fraction(100)
    try:
        size = unit(unit_name).factor if unit_name else Fraction(1)
    except UnitError:
        return Fraction(1)
    return max(size, Fraction(SIZES.get(unit_name.partition("_")[0], 1)))
