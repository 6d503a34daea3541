"""Our own World as a quantity: regions' published rates, weighted by what they are shares of."""

from __future__ import annotations

from collections.abc import Container

from analysis.quantities import Quantity, Recorded, constant, share, tally, value
from analysis.quantities.expression import Combined
from analysis.trends.world import LEAST_COVERAGE, REGIONS

WEIGHTS = "estimates.weights"
UNEMPLOYMENT = "unemployment_rate"
MEASURES = {"labour_force": "labour_force", "employed": "labour_force", "population": "population"}
"""Which weights a rate takes, by what it is a share of."""


def world_of_regions(
    recorded: Recorded, table: str, *, indicator: str, sex: str, age: str, period: str
) -> Quantity | None:
    r"""Return the World that the regions' rates of a vintage come to.

    Parameters
    ----------
    recorded : Recorded
    table : str
        The vintage's table, with a column ``share_of``.
    indicator, sex, age, period : str

    Returns
    -------
    Quantity or None
        :math:`\sum_r (x_r / 100)\, w_r / \sum_r w_r` over the regions, in per cent; a rate among the employed
        takes :math:`w_r = L_r (1 - u_r / 100)`, with the vintage's own unemployment rate. Of several kinds of
        regions that make up the World, the fewest that have a rate each; else the most, where 99 per cent of
        the weight report. None where fewer do, or nothing says what the rate is a share of.
    """
    if WEIGHTS not in recorded:
        return None
    line = {"indicator": indicator, "sex": sex, "age": age, "period": period}
    held = {row["area"]: row for row in _rows(recorded, table, **line) if row["value"]}
    kinds = {row["share_of"] for row in held.values()}
    measure = MEASURES.get(next(iter(kinds), ""))
    if measure is None:
        return None
    among_employed = "employed" in kinds
    if among_employed:
        unemployed = _rows(recorded, table, **{**line, "indicator": UNEMPLOYMENT})
        held = {row["area"]: held[row["area"]] for row in unemployed if row["value"] and row["area"] in held}
    numerators, denominators = [], []
    for area in _reporting(recorded, held, measure=measure, sex=sex, age=age, period=period):
        weight: Quantity = value(WEIGHTS, measure=measure, area=area, sex=sex, age=age, period=period)
        if among_employed:
            idle = _ratio(value(table, area=area, **{**line, "indicator": UNEMPLOYMENT}))
            weight = Combined("*", weight, Combined("-", constant(1), idle), "person")
        rate = _ratio(value(table, area=area, **line))
        numerators.append(Combined("*", rate, weight, "person"))
        denominators.append(weight)
    return share(tally(numerators), tally(denominators)) if numerators else None


def _reporting(recorded: Recorded, held: Container[str], **where: str) -> list[str]:
    """Return the areas that make up the World, of those that are held; nothing where too few are."""
    by_kind: dict[str, dict[str, float]] = {}
    for row in _rows(recorded, WEIGHTS, **where):
        by_kind.setdefault(row["kind"], {})[row["area"]] = float(row["value"])
    kinds = sorted(by_kind.values(), key=len)
    for weights in kinds:
        present = [area for area in weights if area in held]
        least = LEAST_COVERAGE[REGIONS] if weights is kinds[-1] else 100.0
        if present and 100 * sum(weights[area] for area in present) >= least * sum(weights.values()):
            return present
    return []


def _ratio(rate: Quantity) -> Quantity:
    return Combined("/", rate, constant(100, "percent"), "ratio")


def _rows(recorded: Recorded, table: str, **where: str) -> list[dict[str, str]]:
    held = recorded[table]
    return [held.records[row] for row in held.select(tuple((name, (code,)) for name, code in where.items()))]
