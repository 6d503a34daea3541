"""Rates of any grouping of countries, from the countries' own: with coverage, bounds and what is missing."""

from __future__ import annotations

import pandas as pd

from analysis.aggregation import bound_rates, decompose, form_rates, impute, memberships
from analysis.aggregation.imputation import NONE, OVER_TIME, YEARS_REACHED
from analysis.trends.world import COUNTRIES, LEAST_COVERAGE, LINE

ALIKE = "region_and_income"
"""The rule by which a country that does not report is as those of its ILO region and income group that do."""

RULES = (NONE, *OVER_TIME, ALIKE)
"""Rules that fill what a country does not report: by its own years, or by countries that are alike. The mean
of the group itself is none of them: it changes no value."""

HALF = 50.0
"""Share of a group's weight that has to report itself, in per cent, where others are taken for alike."""

GIVEN = "A"


def group_rates(
    observations: pd.DataFrame,
    weights: pd.DataFrame,
    countries: pd.DataFrame,
    grouping: str,
    *,
    indicator: str,
    rule: str = NONE,
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
    rule : str
        One of `RULES`: how what a country does not report is filled.
    least_coverage : float, per cent
        Share of a group's weight that has to report, or to be filled by the rule; below it nothing is given
        and the status is ``Q``. Under `ALIKE` half of the weight has to report itself, and ``coverage`` is
        of those who do.

    Returns
    -------
    pandas.DataFrame
        A row for each line, group and period: ``value``, ``status``, ``coverage``, ``members``,
        ``reporting``, ``imputed`` (those of them that the rule filled), ``missing`` and ``unweighted``
        (countries of the group without a weight, which are in no number here), ``low``, ``high`` (the missing
        at the lowest and at the highest rate observed in the group), ``basis`` (``reported`` where every rate
        is). A period that has rates and no weights has no row.

    Raises
    ------
    ValueError
        When the indicator has no rates of countries, or none with a weight, or the rule is not known.
    """
    if rule not in RULES:
        raise ValueError(f"imputation rule {rule!r}; known for groups: {', '.join(RULES)}")
    rates = observations[observations["indicator"] == indicator]
    rates = rates[rates["area"].isin(countries["area"])]
    parts = []
    for line, own in rates.groupby(LINE, sort=True):
        line_weights = weights[(weights["sex"] == line[1]) & (weights["age"] == line[2])]
        line_weights = line_weights[
            line_weights["period"].isin(own["period"]) & line_weights["area"].isin(countries["area"])
        ]
        if line_weights.empty:
            continue
        weighted = countries["area"].isin(line_weights["area"])
        rows = _formed(own, line_weights, countries[weighted], grouping, rule, least_coverage)
        bare = _listed(countries[~weighted], grouping)
        rows["unweighted"] = [bare.get(group, "") for group in rows["group"]]
        parts.append(rows.assign(**dict(zip(LINE, line, strict=True))))
    if not parts:
        raise ValueError(f"{indicator}: no rates of countries with a weight; it cannot be grouped")
    rows = pd.concat(parts, ignore_index=True)
    first = [*LINE, "grouping", "group", "period", "value", "unit", "status", "basis"]
    counted = ["coverage", "members", "reporting", "imputed", "missing", "unweighted", "low", "high"]
    return rows[[*first, *counted]]


def _formed(
    own: pd.DataFrame,
    weights: pd.DataFrame,
    listed: pd.DataFrame,
    grouping: str,
    rule: str,
    least_coverage: float,
) -> pd.DataFrame:
    """Form one line's rates."""
    groups = memberships(listed, area="area", groupings=[grouping])
    spread = weights[["area", "period", "weight"]].merge(
        own[["area", "period", "value", "basis"]], on=["area", "period"], how="left"
    )
    spread = spread.assign(unit="percent")
    observed, alike = spread, groups
    if rule == ALIKE:
        alike = listed.assign(alike=listed["ilo_region"] + " | " + listed["ilo_income_group"])
        alike = memberships(alike, area="area", groupings=["alike"])
    by_rule = "group_mean" if rule == ALIKE else rule
    spread = impute(spread, alike, by_rule, weight="weight", reach=YEARS_REACHED)
    shares = spread[["area", "period", "weight"]].rename(columns={"weight": "population"})
    keys = ["group", "period"]
    rows = form_rates(
        spread.drop(columns=["basis", "imputed"]),
        groups,
        weight="weight",
        population=shares,
        least_coverage=least_coverage,
    )
    if rule == ALIKE:
        own_rates = form_rates(
            observed.drop(columns="basis"), groups, weight="weight", population=shares, least_coverage=0.0
        )
        coverage = rows[keys].merge(own_rates[[*keys, "coverage"]], on=keys, how="left", validate="1:1")
        few = coverage["coverage"].fillna(0.0).to_numpy() < HALF
        rows = rows.assign(
            coverage=coverage["coverage"].to_numpy(),
            value=rows["value"].where(~few),
            status=rows["status"].where(~few, "Q"),
        )
    bounded = observed if rule == ALIKE else spread
    bounds = bound_rates(bounded, groups, weight="weight").set_index(keys)
    members = groups.merge(spread, on="area")
    filled = members.groupby(keys)["imputed"].sum().rename("imputed")
    bases = members[members["value"].notna()].fillna({"basis": "modelled"}).groupby(keys)["basis"]
    basis = bases.agg(_weakest).rename("basis")
    beside = bounds[["low", "high"]].join([filled, basis])
    return rows.join(beside, on=keys).fillna({"basis": ""})


def parts_of_changes(
    observations: pd.DataFrame,
    weights: pd.DataFrame,
    countries: pd.DataFrame,
    grouping: str,
    *,
    indicator: str,
    years: tuple[str, str],
    least_coverage: float = LEAST_COVERAGE[COUNTRIES],
) -> pd.DataFrame:
    """Take the change of each group's rate between two years apart, as `decompose` does.

    Parameters
    ----------
    observations, weights, countries, grouping, indicator, least_coverage
        As in `group_rates`.
    years : tuple of str
        The first and the last.

    Returns
    -------
    pandas.DataFrame
        A row for each line and group: ``rate_first`` and ``rate_last`` of the countries that report in both
        years, ``rates_part`` and ``composition_part`` (percentage points), ``change`` (their sum),
        ``reporting``, ``members`` (countries with a weight in both years) and ``coverage`` (per cent of the
        group's weight, in the year in which it is less); numbers are missing where that is below
        `least_coverage`. A line without rates or weights of both years has no row.
    """
    rates = observations[(observations["indicator"] == indicator) & observations["period"].isin(years)]
    groups = memberships(countries, area="area", groupings=[grouping])[["group", "area"]]
    rows = []
    for line, own in rates.groupby(LINE, sort=True):
        line_weights = weights[(weights["sex"] == line[1]) & (weights["age"] == line[2])]
        spread = line_weights[["area", "period", "weight"]].merge(
            own[["area", "period", "value"]], on=["area", "period"], how="left"
        )
        ends = [spread[spread["period"] == year].drop(columns="period") for year in years]
        both = ends[0].merge(ends[1], on="area", suffixes=("_first", "_last")).merge(groups, on="area")
        for group, part in both.groupby("group", sort=True):
            rows.append(
                {**dict(zip(LINE, line, strict=True)), "group": group, **_parts(part, least_coverage)}
            )
    if not rows:
        raise ValueError(f"{indicator}: no rates of countries with weights in both {years[0]} and {years[1]}")
    return pd.DataFrame(rows).assign(grouping=grouping)


def _parts(members: pd.DataFrame, least_coverage: float) -> dict[str, float]:
    """Take one group's change apart."""
    both_years = members.dropna(subset=["value_first", "value_last"])
    shares = [both_years[name].sum() / members[name].sum() for name in ("weight_first", "weight_last")]
    counts = {"reporting": len(both_years), "members": len(members), "coverage": 100 * min(shares)}
    if counts["coverage"] < least_coverage:
        missing = ("rate_first", "rate_last", "rates_part", "composition_part", "change")
        return {**dict.fromkeys(missing, float("nan")), **counts}
    first, last = (
        both_years[["area", f"value_{end}", f"weight_{end}"]].set_axis(["area", "value", "weight"], axis=1)
        for end in ("first", "last")
    )
    parts = decompose(first, last, weight="weight")[["rates", "composition", "change"]].sum()
    wholes = [(end["value"] * end["weight"]).sum() / end["weight"].sum() for end in (first, last)]
    return {
        "rate_first": wholes[0],
        "rate_last": wholes[1],
        "rates_part": parts["rates"],
        "composition_part": parts["composition"],
        "change": parts["change"],
        **counts,
    }


def _weakest(bases: pd.Series) -> str:
    """Return the basis that says least: a projection before a model before a report."""
    kinds = set(bases)
    return next(basis for basis in ("projected", "modelled", "reported") if basis in kinds)


def _listed(countries: pd.DataFrame, grouping: str) -> dict[str, str]:
    return {
        group: " ".join(sorted(part["area"])) for group, part in countries.groupby(grouping) if group != ""
    }
