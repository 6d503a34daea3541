"""What a rate is weighted by: persons of an age, the labour force, or the employed, by area, sex and age."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.aggregation import impute

KEYS = ["area", "period", "sex", "age"]
YOUTH, ADULT, ALL = "YTHADULT_Y15-24", "YTHADULT_YGE25", "YTHADULT_YGE15"
REACH = 10
"""Years to which a participation rate is carried, where the weights end before the rates do."""


def labour_force_of_areas(population: pd.DataFrame, participation: pd.DataFrame) -> pd.DataFrame:
    r"""Estimate the labour force of countries and of their regions.

    Parameters
    ----------
    population : pandas.DataFrame
        As `population` of the vintages gives it, for countries; columns ``area, region, period, sex, age,
        population`` (persons).
    participation : pandas.DataFrame
        Participation rates, per cent: columns ``area, period, sex, age, value``; women and men, 15 and over
        and 15 to 24. Years after the last take the last year's rate (at most ten years on); a country without
        any takes the mean of its region.

    Returns
    -------
    pandas.DataFrame
        Columns ``area, period, sex, age, weight`` and ``imputed`` (the share, per cent, that rests on the
        mean of the region): :math:`\sum P\,l / 100`, women and men added; 25 and over is 15 and over less 15
        to 24. Regions are the sums of their countries.
    """
    needed = population[population["age"].isin([ALL, YOUTH]) & (population["sex"] != "SEX_T")]
    rates = needed.merge(participation[[*KEYS, "value"]], on=KEYS, how="left")
    by = ("period", "sex", "age")
    groups = rates[["region", "area"]].drop_duplicates().rename(columns={"region": "group"})
    own = impute(rates, groups, "carry", weight="population", by=by, reach=REACH).drop(columns="imputed")
    whole = impute(own, groups, "group_mean", weight="population", by=by)
    whole["weight"] = whole["population"] * whole["value"] / 100
    whole["filled"] = whole["weight"].where(whole["imputed"], 0.0)
    sums = ["weight", "filled"]
    countries = whole[[*KEYS, *sums]]
    regions = whole.assign(area=whole["region"]).groupby(KEYS, as_index=False)[sums].sum(min_count=1)
    labour_force = pd.concat([countries, regions])
    both = labour_force.groupby(["area", "period", "age"], as_index=False)[sums].sum(min_count=2)
    labour_force = pd.concat([labour_force, both.assign(sex="SEX_T")]).set_index(KEYS)
    adults = labour_force.xs(ALL, level="age") - labour_force.xs(YOUTH, level="age")
    labour_force = pd.concat(
        [labour_force.reset_index(), adults.reset_index().assign(age=ADULT)], ignore_index=True
    )
    labour_force["imputed"] = 100 * labour_force["filled"] / labour_force["weight"]
    return labour_force.dropna(subset="weight")[[*KEYS, "weight", "imputed"]]


def with_sums(weights: pd.DataFrame, larger: Mapping[str, str]) -> pd.DataFrame:
    """Return weights with those of larger areas, the sums of their countries.

    Parameters
    ----------
    weights : pandas.DataFrame
        Columns ``area, period, sex, age, weight, imputed``.
    larger : mapping of str to str
        The larger area of each country.
    """
    filled = weights["weight"] * weights["imputed"] / 100
    rows = weights.assign(area=weights["area"].map(larger), filled=filled).dropna(subset="area")
    sums = rows.groupby(KEYS, as_index=False)[["weight", "filled"]].sum()
    sums["imputed"] = 100 * sums["filled"] / sums["weight"]
    return pd.concat([weights, sums[weights.columns]], ignore_index=True)


def persons(population: pd.DataFrame) -> pd.DataFrame:
    """Return the population as weights: columns ``area, period, sex, age, weight, imputed``."""
    rows = population.rename(columns={"population": "weight"}).assign(imputed=0.0)
    return rows[[*KEYS, "weight", "imputed"]].drop_duplicates(KEYS)


def employed_of_labour_force(
    labour: pd.DataFrame, unemployment: pd.DataFrame, region_of: Mapping[str, str]
) -> pd.DataFrame:
    r"""Return the employed, :math:`L\,(1 - u/100)`.

    Parameters
    ----------
    labour : pandas.DataFrame
        As `labour_force_of_areas` returns it.
    unemployment : pandas.DataFrame
        Unemployment rates, per cent: columns ``area, period, sex, age, value``.
    region_of : mapping of str to str
        Region of each country: its rate stands in where the country has none of its own.

    Returns
    -------
    pandas.DataFrame
        `labour` with the employed as ``weight``; without the rows for which neither rate is known.
    """
    rates = unemployment[[*KEYS, "value"]]
    rows = labour.merge(rates, on=KEYS, how="left").assign(region=labour["area"].map(region_of).to_numpy())
    regional = rates.rename(columns={"area": "region", "value": "regional"})
    rows = rows.merge(regional, on=["region", "period", "sex", "age"], how="left")
    rate = rows["value"].fillna(rows["regional"])
    return rows.assign(weight=rows["weight"] * (1 - rate / 100)).dropna(subset="weight")[labour.columns]
