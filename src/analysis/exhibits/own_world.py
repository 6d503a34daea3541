"""Our own World as a quantity: regions' published rates, weighted by what they are shares of."""

from __future__ import annotations

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
        :math:`\sum_r (x_r / 100)\, w_r / \sum_r w_r` over the regions that have a rate and a weight, in per
        cent; a rate among the employed takes :math:`w_r = L_r (1 - u_r / 100)`, with the vintage's own
        unemployment rate. None where fewer than 99 per cent of the weight report, or nothing says what the
        rate is a share of.
    """
    if WEIGHTS not in recorded:
        return None
    line = {"indicator": indicator, "sex": sex, "age": age, "period": period}
    held = {row["area"]: row for row in _rows(recorded, table, **line) if row["value"]}
    kinds = {row["share_of"] for row in held.values()}
    measure = MEASURES.get(next(iter(kinds), ""))
    if measure is None:
        return None
    weights = {
        row["area"]: float(row["value"])
        for row in _rows(recorded, WEIGHTS, measure=measure, sex=sex, age=age, period=period)
    }
    present = [area for area in weights if area in held]
    covered = sum(weights[area] for area in present)
    if not present or 100 * covered < LEAST_COVERAGE[REGIONS] * sum(weights.values()):
        return None
    numerators, denominators = [], []
    for area in present:
        weight: Quantity = value(WEIGHTS, measure=measure, area=area, sex=sex, age=age, period=period)
        if "employed" in kinds:
            rest = {"sex": sex, "age": age, "period": period, "area": area}
            if not _rows(recorded, table, indicator=UNEMPLOYMENT, **rest):
                return None
            idle = _ratio(value(table, indicator=UNEMPLOYMENT, **rest))
            weight = Combined("*", weight, Combined("-", constant(1), idle), "person")
        rate = _ratio(value(table, area=area, **line))
        numerators.append(Combined("*", rate, weight, "person"))
        denominators.append(weight)
    return share(tally(numerators), tally(denominators))


def _ratio(rate: Quantity) -> Quantity:
    return Combined("/", rate, constant(100, "percent"), "ratio")


def _rows(recorded: Recorded, table: str, **where: str) -> list[dict[str, str]]:
    held = recorded[table]
    return [held.records[row] for row in held.select(tuple((name, (code,)) for name, code in where.items()))]
