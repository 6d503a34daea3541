"""Which World rates the published rates of the regions leave open, whatever the regions weigh."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from analysis.aggregation import KnownRate, KnownWeight, attainable_rate
from analysis.trends.weighting import ADULT, ALL, YOUTH

SEXES = ("SEX_F", "SEX_M")
TOTAL = "SEX_T"


def attainable_world(
    observations: pd.DataFrame,
    labour: pd.DataFrame,
    regions: Iterable[str],
    *,
    period: str,
    sex: str = TOTAL,
    age: str = YOUTH,
    within: float | None = None,
) -> tuple[float, float] | None:
    """Bound the World's rate by its regions' rates by sex and age, each within its rounding.

    Parameters
    ----------
    observations : pandas.DataFrame
        Tidy rows of one indicator of one vintage, by area, sex, age and period.
    labour : pandas.DataFrame
        Weights, as `labour_force_of_areas` returns them.
    regions : iterable of str
        The areas that make up the World.
    period, sex, age : str
    within : float, per cent, optional
        How far each weight of a region, a sex and an age may be from `labour`. By default only the weights of
        a region's women and men of all ages are taken from there, and their ages may weigh anything.

    Returns
    -------
    tuple of float, or None
        Per cent; None where no such weights give the regions' own rates.
    """
    of_year = observations.loc[observations["period"] == period].set_index(["area", "sex", "age"])
    weights = labour.loc[labour["period"] == period].set_index(["area", "sex", "age"])["weight"] / 1e6
    ages, rates, known = (YOUTH, ADULT), [], []

    def cells(areas: Sequence[str], which: str, band: str) -> frozenset:
        sexes = SEXES if which == TOTAL else (which,)
        return frozenset(
            (area, sex, one) for area in areas for sex in sexes for one in (ages if band == ALL else (band,))
        )

    areas = list(regions)
    for area in areas:
        for which in (*SEXES, TOTAL):
            for band in (*ages, ALL):
                if (area, which, band) in of_year.index:
                    value, decimals = of_year.loc[(area, which, band), ["value", "decimals"]]
                    half = 0.5 * 10.0 ** -int(decimals)
                    rates.append(KnownRate(cells([area], which, band), value - half, value + half))
        for which in SEXES:
            for band in (ALL,) if within is None else ages:
                weight, share = weights[area, which, band], (within or 0.0) / 100
                low, high = weight * (1 - share), weight * (1 + share)
                known.append(KnownWeight(cells([area], which, band), low, high))
    return attainable_rate(rates, known, cells(areas, sex, age))
