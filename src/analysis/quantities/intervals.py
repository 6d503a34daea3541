"""Numbers with the interval that their rounding and their qualifier allow."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import overload

from analysis.quantities.units import unit
from analysis.rounding import half_step

Bound = Fraction | float


@dataclass(frozen=True)
class Value:
    """A number with the interval that its rounding allows.

    Attributes
    ----------
    value : Fraction or None
        The exact number as printed or computed; None when it is missing.
    low, high : Fraction, float or None
        The smallest and the largest number that the printed precision of the inputs allows.
    unit : str
        Unit of all three.
    """

    value: Fraction | None
    low: Bound | None
    high: Bound | None
    unit: str

    @property
    def missing(self) -> bool:
        """Whether there is no number."""
        return self.value is None

    @property
    def number(self) -> Fraction:
        """The exact number, where it is known that there is one.

        Raises
        ------
        ValueError
            When it is missing.
        """
        if self.value is None:
            raise ValueError(f"a number in {self.unit} is missing: it cannot be computed with")
        return self.value

    @property
    def bounds(self) -> tuple[Bound, Bound]:
        """The smallest and the largest number, where it is known that there is one.

        Raises
        ------
        ValueError
            When it is missing.
        """
        if self.low is None or self.high is None:
            raise ValueError(f"a number in {self.unit} is missing: it has no bounds")
        return self.low, self.high


def precision(value: Fraction, decimals: int, unit_name: str, qualifier: str) -> int:
    """Return the decimals that a printed number is precise to.

    They are the printed ones, but under ``about`` and ``nearly`` trailing zeros are not precision; a fraction
    in words (two thirds) is precise to a tenth.
    """
    if unit_name == "fraction":
        return 1
    while qualifier in ("about", "nearly") and value and value % (Fraction(10) ** (1 - decimals)) == 0:
        decimals -= 1
    return decimals


def printed_interval(value: Fraction, decimals: int, unit_name: str, qualifier: str) -> tuple[Bound, Bound]:
    """Return the smallest and the largest number that a printed one may stand for.

    An unqualified count is exact; any other number stands for half a unit of its last precise digit on each
    side (see :func:`precision`); ``more_than`` and ``at_least`` are open above, ``less_than`` and ``up_to``
    below, ``nearly`` reaches one whole unit of the last digit down.
    """
    decimals = precision(value, decimals, unit_name, qualifier)
    if qualifier in ("more_than", "at_least"):
        return value, math.inf
    if qualifier in ("less_than", "up_to"):
        return -math.inf, value
    half = half_step(decimals)
    if qualifier == "nearly":
        return value - 2 * half, value
    if unit(unit_name).exact and decimals >= 0 and not qualifier:
        return value, value
    return value - half, value + half


def printed_value(text: str, decimals: str, unit_name: str, qualifier: str) -> Value:
    """Return the value that a row's texts stand for; missing where it prints no number."""
    if text == "":
        return Value(None, None, None, unit_name)
    number = Fraction(text)
    low, high = printed_interval(number, int(decimals or 0), unit_name, qualifier)
    return Value(number, low, high, unit_name)


class Values(Sequence[Value]):
    """The values of a table's rows, each computed when it is first asked for.

    Parameters
    ----------
    texts : sequence of tuple of str
        For each row its value, decimals, unit and qualifier, as recorded.
    """

    def __init__(self, texts: Sequence[tuple[str, str, str, str]]):
        self._texts = texts
        self._known: dict[int, Value] = {}

    def __len__(self) -> int:
        return len(self._texts)

    @overload
    def __getitem__(self, row: int) -> Value: ...
    @overload
    def __getitem__(self, row: slice) -> list[Value]: ...
    def __getitem__(self, row: int | slice) -> Value | list[Value]:
        if isinstance(row, slice):
            return [self[place] for place in range(*row.indices(len(self)))]
        if row not in self._known:
            self._known[row] = printed_value(*self._texts[row])
        return self._known[row]

    def replaced(self, row: int, text: tuple[str, str, str, str]) -> Values:
        """Return the values where one row has other texts; what is known of the others stays known."""
        values = Values([*self._texts[:row], text, *self._texts[row + 1 :]])
        values._known = {other: value for other, value in self._known.items() if other != row}
        return values
