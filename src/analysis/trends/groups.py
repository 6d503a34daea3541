"""Rates of any grouping of countries, from the countries' own: with coverage, bounds and what is missing."""

from __future__ import annotations

import pandas as pd

from analysis.aggregation import bound_rates, form_rates, memberships
from analysis.trends.world import COUNTRIES, LEAST_COVERAGE, LINE


def group_rates(
    observations: pd.DataFrame,
    weights: pd.DataFrame,
    countries: pd.DataFrame,
    grouping: str,
    *,
    indicator: str,
    least_coverage: float = LEAST_COVERAGE[COUNTRIES],
) -> pd.DataFrame:
    """Form the rates of a grouping's groups for one indicator, by sex, age and period.

    Parameters
    ----------
    observations : pandas.DataFrame
        Tidy rows of one vintage.
    weights : pandas.DataFrame
        What the rates are shares of: columns ``area, period, sex, age, weight``.
    countries : pandas.DataFrame
        A row a country: ``area`` and a column for the grouping; blank where a country is in no group.
    grouping : str
    indicator : str
    least_coverage : float, per cent
        Share of a group's weight that has to report; below it nothing is given and the status is ``Q``.

    Returns
    -------
    pandas.DataFrame
        A row for each line, group and period: ``value``, ``status``, ``coverage``, ``members``,
        ``reporting``, ``missing``, ``low``, ``high`` (the missing at the lowest and at the highest rate
        observed in the group). Countries without a weight are in no group.

    Raises
    ------
    ValueError
        When the indicator has no rates of countries, or none with a weight.
    """
    rates = observations[observations["indicator"] == indicator]
    rates = rates[rates["area"].isin(countries["area"])]
    parts = []
    for line, own in rates.groupby(LINE, sort=True):
        held = weights[(weights["sex"] == line[1]) & (weights["age"] == line[2])]
        held = held[held["period"].isin(own["period"]) & held["area"].isin(countries["area"])]
        if held.empty:
            continue
        listed = countries[countries["area"].isin(held["area"])]
        groups = memberships(listed, area="area", groupings=[grouping])
        spread = held[["area", "period", "weight"]].merge(
            own[["area", "period", "value"]], on=["area", "period"], how="left"
        )
        shares = spread[["area", "period", "weight"]].rename(columns={"weight": "population"})
        formed = form_rates(
            spread.assign(unit="percent"),
            groups,
            weight="weight",
            population=shares,
            least_coverage=least_coverage,
        )
        bounds = bound_rates(spread, groups, weight="weight").set_index(["group", "period"])
        rows = formed.join(bounds[["low", "high"]], on=["group", "period"])
        parts.append(rows.assign(**dict(zip(LINE, line, strict=True))))
    if not parts:
        raise ValueError(f"{indicator}: no rates of countries with a weight; it cannot be grouped")
    rows = pd.concat(parts, ignore_index=True)
    first = [*LINE, "grouping", "group", "period", "value", "unit", "status"]
    return rows[[*first, "coverage", "members", "reporting", "missing", "low", "high"]]
