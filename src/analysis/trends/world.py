"""Our own World: rates of regions or of countries, weighted, beside the World that the service gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from analysis.aggregation import bound_rates, form_rates
from analysis.sources.vintages.groupings import OWN_WORLD

LINE = ["indicator", "sex", "age"]
REGIONS, COUNTRIES = "regions", "countries"
LEAST_COVERAGE = {REGIONS: 99.0, COUNTRIES: 95.0}
"""Per cent of the weight below which no World of our own is given: a region that is missing is not like the
others, countries that are missing may be."""


def weigh_to_world(
    observations: pd.DataFrame,
    weights: Mapping[str, pd.DataFrame],
    members: Iterable[str],
    *,
    made_from: str,
    least_coverage: float | None = None,
) -> pd.DataFrame:
    """Weight the members' rates to the World, for every indicator, sex, age and period of a vintage.

    Parameters
    ----------
    observations : pandas.DataFrame
        Tidy rows of one vintage.
    weights : mapping of str to pandas.DataFrame
        For each indicator, what its rates are shares of: columns ``area, period, sex, age, weight``. An
        indicator without weights is left out.
    members : iterable of str
        The areas that make up the World and do not overlap: all regions, or all countries.
    made_from : str
        ``regions`` or ``countries``; kept in the column of that name.
    least_coverage : float, per cent, optional
        Share of the weight that has to report; below it the value is missing and its status ``Q``. That of
        `LEAST_COVERAGE` by default.

    Returns
    -------
    pandas.DataFrame
        A row for each line and period: ``value``, ``status``, ``coverage`` (per cent of the weight),
        ``members``, ``reporting``, ``missing`` (codes), ``low`` and ``high`` (the missing at the lowest and
        at the highest rate observed), ``made_from``, ``vintage``. Members without a weight are counted in
        ``unweighted`` and are neither in the value nor in the coverage.
    """
    areas = list(dict.fromkeys(members))
    least = LEAST_COVERAGE[made_from] if least_coverage is None else least_coverage
    parts = []
    for line, rates in observations[observations["area"].isin(areas)].groupby(LINE, sort=True):
        of_indicator = weights.get(line[0])
        if of_indicator is None:
            continue
        own = of_indicator[
            (of_indicator["sex"] == line[1])
            & (of_indicator["age"] == line[2])
            & of_indicator["area"].isin(areas)
        ]
        own = own[own["period"].isin(rates["period"])]
        if own.empty:
            continue
        parts.append(_weighted(rates, own, least).assign(**dict(zip(LINE, line, strict=True))))
    if not parts:
        raise ValueError("own_world: no indicator has both rates and weights for the members")
    rows = pd.concat(parts, ignore_index=True).assign(
        area=OWN_WORLD, made_from=made_from, vintage=observations["vintage"].iloc[0], unit="percent"
    )
    first = [*LINE, "area", "period", "value", "unit", "status", "made_from", "vintage"]
    return rows[[*first, *(name for name in rows.columns if name not in first)]]


def _weighted(rates: pd.DataFrame, own: pd.DataFrame, least_coverage: float) -> pd.DataFrame:
    spread = own[["area", "period", "weight"]].merge(
        rates[["area", "period", "value"]], on=["area", "period"], how="left"
    )
    weighted = set(own["area"])
    group = pd.DataFrame({"group": "World", "area": sorted(weighted)})
    shares = spread[["area", "period", "weight"]].rename(columns={"weight": "population"})
    formed = form_rates(
        spread.assign(unit="percent"),
        group,
        weight="weight",
        population=shares,
        least_coverage=least_coverage,
    )
    bounds = bound_rates(spread, group, weight="weight").set_index("period")[["low", "high"]]
    rows = formed.join(bounds, on="period")
    bare = rates.loc[~rates["area"].isin(weighted), "period"].value_counts()
    rows["unweighted"] = rows["period"].map(bare).fillna(0).astype(int)
    kept = ["period", "value", "status", "coverage", "members", "reporting", "missing", "low", "high"]
    return rows[[*kept, "unweighted"]]


def departures(own: pd.DataFrame, observations: pd.DataFrame, world: str) -> pd.DataFrame:
    """Set our own World beside the one that the service publishes.

    Parameters
    ----------
    own : pandas.DataFrame
        As `weigh_to_world` returns it.
    observations : pandas.DataFrame
        Tidy rows of the same vintage.
    world : str
        The service's World.

    Returns
    -------
    pandas.DataFrame
        `own` with ``published`` and ``departure`` (ours less theirs, percentage points); periods without a
        published World are left out.
    """
    published = observations.loc[observations["area"] == world, [*LINE, "period", "value"]]
    rows = own.merge(published.rename(columns={"value": "published"}), on=[*LINE, "period"])
    return rows.assign(departure=rows["value"] - rows["published"])
