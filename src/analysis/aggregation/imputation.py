"""Rules for what a country does not report, by name, each with its effect on the groups' figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from analysis.aggregation.regions import form_rates

NONE = "none"
YEARS_REACHED = 5
"""Years to which a country's own value is carried."""


def _carried(own: pd.DataFrame, reach: int) -> pd.DataFrame:
    """Take the last value before, not older than `reach` years."""
    return own.ffill(limit=reach)


def _nearest(own: pd.DataFrame, reach: int) -> pd.DataFrame:
    """Take the value of the nearest year, at most `reach` years away; of two as near, the earlier."""
    years = np.arange(len(own))
    filled = own.copy()
    for area in own.columns:
        years_reported = years[own[area].notna()]
        if len(years_reported):
            away = np.abs(years[:, None] - years_reported[None, :])
            near = away.argmin(axis=1)
            values = own[area].to_numpy()[years_reported][near]
            filled[area] = np.where(away.min(axis=1) <= reach, values, np.nan)
    return filled


def _interpolated(own: pd.DataFrame, reach: int) -> pd.DataFrame:
    """Draw a line between a country's own values; nothing before the first or after the last."""
    return own.interpolate("index", limit_area="inside")


OVER_TIME: dict[str, Callable[[pd.DataFrame, int], pd.DataFrame]] = {
    "carry": _carried,
    "nearest": _nearest,
    "interpolate": _interpolated,
}
RULES = (NONE, *OVER_TIME, "group_mean")


def impute(
    rates: pd.DataFrame,
    groups: pd.DataFrame,
    rule: str,
    *,
    weight: str,
    by: Sequence[str] = ("period",),
    reach: int = YEARS_REACHED,
) -> pd.DataFrame:
    r"""Fill what members of groups do not report, by one named rule.

    Parameters
    ----------
    rates : pandas.DataFrame
        Columns ``area``, those of `by` (``period``, a year, among them), ``value`` and the weights: one row
        for each member and combination of `by` that has a weight. A missing ``value`` is what is filled.
    groups : pandas.DataFrame
        Columns ``group, area``: whose mean ``group_mean`` takes; a country stands in one group.
    rule : str
        ``none``: nothing is filled. ``carry``: the country's last value, at most `reach` years old.
        ``nearest``: that of its nearest year within `reach`. ``interpolate``: on the line between its own
        values. ``group_mean``: the weighted mean of the members of its group that report in the same period,
        :math:`\sum_i r_i w_i / \sum_i w_i`, which is the same as weighting those members up.
    weight : str
        Column of weights.
    by : sequence of str
        Further keys.
    reach : int, years

    Returns
    -------
    pandas.DataFrame
        `rates` with the values filled and ``imputed``, true where the rule filled one. What the rule cannot
        fill stays missing.

    Raises
    ------
    ValueError
        When the rule is not known, or a country stands in two groups.
    """
    if rule not in RULES:
        raise ValueError(f"imputation rule {rule!r}; known: {', '.join(RULES)}")
    missing = rates["value"].isna()
    if rule == NONE:
        return rates.assign(imputed=False)
    if rule in OVER_TIME:
        apart = [name for name in by if name != "period"]
        parts = [
            _over_time(part, OVER_TIME[rule], reach)
            for _, part in (rates.groupby(apart, sort=False) if apart else [((), rates)])
        ]
        filled = pd.concat(parts).reindex(rates.index)
    else:
        filled = _group_means(rates, groups, weight, by)
    values = rates["value"].where(~missing, filled)
    return rates.assign(value=values, imputed=missing & values.notna())


def _over_time(rates: pd.DataFrame, rule: Callable, reach: int) -> pd.Series:
    years = rates["period"].astype(int)
    own = rates.assign(year=years).pivot(index="year", columns="area", values="value")
    own = own.reindex(range(years.min(), years.max() + 1)).astype(float)
    filled = rule(own, reach)
    places = own.index.get_indexer(years), own.columns.get_indexer(rates["area"])
    return pd.Series(filled.to_numpy()[places], index=rates.index)


def _group_means(rates: pd.DataFrame, groups: pd.DataFrame, weight: str, by: Sequence[str]) -> pd.Series:
    twice = groups[groups["area"].duplicated(keep=False)]
    if len(twice):
        raise ValueError(
            f"group_mean: {', '.join(twice['area'].unique()[:5])} in several groups; give one grouping"
        )
    keyed = rates.assign(group=rates["area"].map(groups.set_index("area")["group"]))
    present = keyed[keyed["value"].notna() & keyed[weight].notna()]
    counted = present.assign(numerator=present["value"] * present[weight])
    sums = counted.groupby(["group", *by])[["numerator", weight]].sum()
    means = (sums["numerator"] / sums[weight]).rename("mean")
    return keyed.join(means, on=["group", *by])["mean"]


def effects(
    rates: pd.DataFrame,
    groups: pd.DataFrame,
    rules: Sequence[str] = RULES,
    *,
    weight: str,
    population: pd.DataFrame,
    least_coverage: float,
    by: Sequence[str] = ("period",),
    within: pd.DataFrame | None = None,
    reach: int = YEARS_REACHED,
) -> pd.DataFrame:
    """Form the groups' rates under each rule, and say what the rule moves.

    Parameters
    ----------
    rates, weight, by, reach
        As in `impute`.
    groups, population, least_coverage
        As in `form_rates`; coverage counts reported and imputed members alike.
    rules : sequence of str
        ``none`` is taken whether it is named or not: effects are measured from it.
    within : pandas.DataFrame, optional
        The groups whose means ``group_mean`` takes, such as regions for the World; `groups` by default.

    Returns
    -------
    pandas.DataFrame
        A row for each rule, group and combination of `by`: the columns of `form_rates`, ``rule``,
        ``imputed`` (members filled) and ``effect``, the value less the one under ``none``; missing where
        either is not published.
    """
    parts = []
    own = [name for name in ("grouping", "group") if name in groups.columns]
    for rule in dict.fromkeys([NONE, *rules]):
        filled = impute(rates, groups if within is None else within, rule, weight=weight, by=by, reach=reach)
        formed = form_rates(
            filled.drop(columns="imputed"),
            groups,
            weight=weight,
            population=population,
            least_coverage=least_coverage,
            by=by,
        )
        counted = groups.merge(filled[filled["imputed"]], on="area")
        counted = counted.groupby([*own, *by]).size().rename("imputed")
        parts.append(formed.join(counted, on=[*own, *by]).assign(rule=rule))
    rows = pd.concat(parts, ignore_index=True).fillna({"imputed": 0}).astype({"imputed": int})
    plain = rows[rows["rule"] == NONE].set_index([*own, *by])["value"].rename("plain")
    rows = rows.join(plain, on=[*own, *by])
    rows["effect"] = rows["value"] - rows["plain"]
    return rows.drop(columns="plain")
