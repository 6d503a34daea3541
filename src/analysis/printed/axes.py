"""Where the axis of a line chart begins and ends: one rule for pictures and for Office's charts.

An axis that starts at zero would flatten most trends, and one cut close to the numbers makes a cliff of a
rounding step. So the axis spans at least forty steps of the last printed digit, starts at zero where that is
near, says so where it does not, and ends on round numbers.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

LEAST_STEPS = 40
BELOW, ABOVE = 0.12, 0.16
MARKS = 5


@dataclass(frozen=True)
class Axis:
    """The ends of an axis of values, and the step between its marks."""

    low: float
    high: float
    step: float

    @property
    def marks(self) -> tuple[float, ...]:
        """The numbers that are marked, both ends among them."""
        steps = round((self.high - self.low) / self.step)
        return tuple(self.low + place * self.step for place in range(steps + 1))

    @property
    def cut(self) -> bool:
        """Whether zero lies outside."""
        return self.low > 0 or self.high < 0


def line_axis(values: Iterable[float | None], decimals: int) -> Axis:
    """Return the axis of a line chart.

    Parameters
    ----------
    values : iterable of float or None
        Every number drawn; None is a gap.
    decimals : int
        Decimals in print: the least span is forty steps of the last one.

    Returns
    -------
    Axis
        Of 0 to 1 where there is no number.
    """
    numbers = [value for value in values if value is not None]
    if not numbers:
        return Axis(0.0, 1.0, 0.5)
    least, most = min(numbers), max(numbers)
    span = max(most - least, LEAST_STEPS * 10.0**-decimals)
    spare = (span - (most - least)) / 2
    low, high = least - spare - BELOW * span, most + spare + ABOVE * span
    if least >= 0 and low <= span / 2:
        low, high = 0.0, max(high, span)
    elif most <= 0 and high >= -span / 2:
        low, high = min(low, -span), 0.0
    step = _round_step((high - low) / MARKS)
    return Axis(math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step, step)


def _round_step(size: float) -> float:
    """Return the least of 1, 2, 2.5 and 5 times a power of ten that is not below a size."""
    power = 10.0 ** math.floor(math.log10(size))
    return next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= size * (1 - 1e-9))
