"""Axes: round numbers to mark, and their texts in the language."""

from __future__ import annotations

import math
from collections.abc import Sequence

from matplotlib.ticker import MaxNLocator

from analysis.labels import Catalogue
from analysis.labels.numerals import printed
from analysis.rounding import as_fraction


def ticks(
    low: float, high: float, most: int, language: str, *, years: bool = False
) -> list[tuple[float, str]]:
    """Return round numbers from low to high, at most so many, each with its text.

    Parameters
    ----------
    low, high : float
        Ends of the axis.
    most : int
        Number of ticks not to exceed.
    language : str
        Code of the language.
    years : bool
        Whether the numbers are calendar years: whole, without separator.
    """
    places = MaxNLocator(nbins=most, integer=years, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    values = [float(place) for place in places if low - 1e-9 <= place <= high + 1e-9]
    if years:
        return [(value, str(round(value))) for value in values]
    return numbers_with_texts(values, language)


def numbers_with_texts(values: Sequence[float], language: str) -> list[tuple[float, str]]:
    """Return numbers a step apart, each with its text, in as many decimals as the step has."""
    step = values[1] - values[0] if len(values) > 1 else 1.0
    decimals = 0
    while decimals < 6 and not math.isclose(step, round(step, decimals), abs_tol=step * 1e-6):
        decimals += 1
    locale = Catalogue(language)("language.locale")
    return [(value, printed(as_fraction(f"{value:.9f}"), decimals, locale)) for value in values]
