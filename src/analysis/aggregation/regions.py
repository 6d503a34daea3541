"""Regional and World figures from country estimates, with the share of the population that they cover."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

import pandas as pd

from analysis.quantities.units import unit as unit_named

EACH_COUNTRY = "each country"
"""In place of a population: every country weighs the same in the coverage."""

SUPPRESSED = "Q"
"""SDMX ``OBS_STATUS`` of a value that is not published because it covers too little."""

NORMAL = "A"


def add_counts(
    counts: pd.DataFrame,
    groups: pd.DataFrame,
    *,
    population: pd.DataFrame | str,
    least_coverage: float,
    by: Sequence[str] = ("period",),
    decimals: int | None = None,
) -> pd.DataFrame:
    r"""Sum countries' counts over groups of countries.

    Parameters
    ----------
    counts : pandas.DataFrame
        Columns ``area``, those of `by`, ``value``, and ``unit`` if there is one; one row for each country and
        combination of `by`. A country with no row or no value is missing. A country in no group is left out.
    groups : pandas.DataFrame
        Columns ``group, area``, as `memberships` returns them, and ``grouping`` if there is one. Where a
        column of `by` is among them (a membership that changes with the period), the membership holds for
        its value only.
    population : pandas.DataFrame or "each country"
        Columns ``area``, ``population`` and any of `by`: what coverage is a share of. Needed for every
        member.
    least_coverage : float, per cent
        Below this share nothing is published: the value is missing and its status ``Q``.
    by : sequence of str
        Further keys, such as period, sex and age.
    decimals : int, optional
        Decimals to which the counts were rounded; then ``rounding`` is the most by which rounding can have
        moved the sum, :math:`n \cdot 10^{-d} / 2`.

    Returns
    -------
    pandas.DataFrame
        One row for each group and combination of `by`: ``value``, ``unit``, ``status``, ``coverage`` (per
        cent of the population), ``coverage_of``, ``members``, ``reporting``, and ``missing`` (the codes of
        missing countries).

    Raises
    ------
    ValueError
        When a key is listed twice (two sources, overlapping ages), units differ or are shares, a group lists
        a country twice, a population is missing or not positive, or a column is absent.
    """
    _require(counts, ("area", *by, "value"), "counts")
    kind = _single_unit(counts)
    if kind is not None and unit_named(kind).kind == "share":
        raise ValueError(
            f"add_counts: values in {kind} are shares, which are not added; use form_rates with weights"
        )
    spread = _spread(counts, groups, by, population, ["value"])
    rows = _summed(spread, by, least_coverage, lambda present: fsum(present["value"]))
    rows["unit"] = kind
    if decimals is not None:
        rows["rounding"] = rows["reporting"] * 0.5 * 10.0**-decimals
    return _ordered(rows, by, population)


def form_rates(
    rates: pd.DataFrame,
    groups: pd.DataFrame,
    *,
    weight: str,
    population: pd.DataFrame | str,
    least_coverage: float,
    by: Sequence[str] = ("period",),
    scale: float = 100.0,
) -> pd.DataFrame:
    r"""Form the rates of groups of countries: the counts behind countries' rates are summed, then divided.

    Parameters
    ----------
    rates : pandas.DataFrame
        As `counts` of `add_counts`, with the rates' denominators (such as the labour force of an
        unemployment rate) in a further column.
    groups, population, least_coverage, by
        As in `add_counts`.
    weight : str
        Name of the denominators' column. A country without a rate, or without a denominator, is missing.
    scale : float
        100 for rates in per cent.

    Returns
    -------
    pandas.DataFrame
        As `add_counts` returns, with ``value`` :math:`= s \sum_i (r_i / s) w_i / \sum_i w_i` over the
        countries that report, and ``numerator`` and ``denominator``, the sums.

    Raises
    ------
    ValueError
        As in `add_counts`, and when a weight is negative, or the weights of a group sum to zero.
    """
    _require(rates, ("area", *by, "value", weight), "rates")
    kind = _single_unit(rates)
    if (rates[weight] < 0).any():
        wrong = rates.loc[rates[weight] < 0, ["area", *by, weight]].head(3)
        raise ValueError(
            f"form_rates: negative {weight}, for example {wrong.to_dict('records')}; expected 0 or more"
        )
    spread = _spread(rates.rename(columns={weight: "weight"}), groups, by, population, ["value", "weight"])
    spread["counted"] = spread["value"] / scale * spread["weight"]
    numerators = _summed(spread, by, least_coverage, lambda present: fsum(present["counted"]))
    rows = numerators.rename(columns={"value": "numerator"})
    rows["denominator"] = _summed(spread, by, least_coverage, lambda present: fsum(present["weight"]))[
        "value"
    ]
    empty = rows["denominator"] == 0
    if empty.any():
        raise ValueError(
            f"form_rates: {weight} sums to 0 in {', '.join(rows.loc[empty, 'group'].unique())}; "
            "expected a positive denominator"
        )
    rows["value"] = scale * rows["numerator"] / rows["denominator"]
    rows["unit"] = kind
    return _ordered(rows, by, population)


def _require(table: pd.DataFrame, columns: Sequence[str], name: str) -> None:
    absent = [column for column in columns if column not in table.columns]
    if absent:
        raise ValueError(f"{name}: no column {', '.join(absent)}; found {', '.join(map(str, table.columns))}")


def _single_unit(table: pd.DataFrame) -> str | None:
    units = list(table["unit"].dropna().unique()) if "unit" in table.columns else []
    if len(units) > 1:
        raise ValueError(f"unlike units do not meet: {', '.join(units)}; bring the values to one unit first")
    return units[0] if units else None


def _refuse_twice(table: pd.DataFrame, keys: list[str], name: str, hint: str) -> None:
    twice = table[table.duplicated(keys, keep=False)]
    if len(twice):
        shown = twice.head(4).to_dict("records")
        raise ValueError(f"{name}: {len(twice)} rows share {', '.join(keys)}, for example {shown}; {hint}")


def _spread(
    estimates: pd.DataFrame,
    groups: pd.DataFrame,
    by: Sequence[str],
    population: pd.DataFrame | str,
    values: list[str],
) -> pd.DataFrame:
    """Return one row for each group, combination of `by` and member, whether the member reports or not."""
    _refuse_twice(
        estimates, ["area", *by], "country estimates", "choose one source, and add overlapping classes never"
    )
    _require(groups, ("group", "area"), "groups")
    own = [column for column in ("grouping", "group") if column in groups.columns]
    dated = [column for column in by if column in groups.columns]
    members = groups[[*own, "area", *dated]]
    _refuse_twice(members, [*own, "area", *dated], "groups", "a country belongs to a group once")
    members = members.assign(place=members.groupby(own, sort=False).ngroup())
    periods = estimates[list(by)].drop_duplicates()
    expected = members.merge(periods, on=dated or None, how="inner" if dated else "cross")
    spread = expected.merge(estimates[["area", *by, *values]], on=["area", *by], how="left")
    spread["reports"] = spread[values].notna().all(axis=1)
    if isinstance(population, str):
        if population != EACH_COUNTRY:
            raise ValueError(
                f"population={population!r}; expected a table of populations, or {EACH_COUNTRY!r}"
            )
        return spread.assign(population=1.0)
    _require(population, ("area", "population"), "population")
    keys = ["area", *(column for column in by if column in population.columns)]
    _refuse_twice(population, keys, "population", "expected one population for each")
    spread = spread.merge(population[[*keys, "population"]], on=keys, how="left")
    unknown = spread[~(spread["population"] > 0)]
    if len(unknown):
        listed = ", ".join(unknown["area"].drop_duplicates().head(20))
        raise ValueError(
            f"population: missing or not positive for {unknown['area'].nunique()} members: {listed}; "
            "the share covered cannot be told without it"
        )
    return spread


def _summed(spread: pd.DataFrame, by: Sequence[str], least_coverage: float, value) -> pd.DataFrame:
    own = [column for column in ("grouping", "group") if column in spread.columns]
    rows = []
    for keys, members in spread.groupby(["place", *own, *by], sort=True, dropna=False):
        present = members[members["reports"]]
        covered = 100.0 * (fsum(present["population"]) / fsum(members["population"]))
        published = covered >= least_coverage and len(present) > 0
        rows.append(
            {
                **dict(zip((*own, *by), keys[1:], strict=True)),
                "value": value(present) if published else float("nan"),
                "status": NORMAL if published else SUPPRESSED,
                "coverage": covered,
                "members": len(members),
                "reporting": len(present),
                "missing": " ".join(sorted(members.loc[~members["reports"], "area"])),
            }
        )
    return pd.DataFrame(rows)


def _ordered(rows: pd.DataFrame, by: Sequence[str], population: pd.DataFrame | str) -> pd.DataFrame:
    rows["coverage_of"] = "countries" if isinstance(population, str) else "population"
    first = [
        column for column in ("grouping", "group", *by, "value", "unit", "status") if column in rows.columns
    ]
    return rows[[*first, *(column for column in rows.columns if column not in first)]]
