"""Our own World as a quantity: published rates of regions or of countries, weighted by what they are of."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from analysis.quantities import Quantity, Recorded, constant, evaluate, share, tally, value
from analysis.quantities.expression import Combined
from analysis.trends.world import LEAST_COVERAGE, REGIONS

WEIGHTS, OWN_WORLD = "estimates.weights", "estimates.own_world"
UNEMPLOYMENT, RATE = "unemployment_rate", "rate"
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
    parts = _parts(recorded, table, indicator=indicator, sex=sex, age=age, period=period)
    return None if parts is None else _weighted(*zip(*parts.held.values(), strict=True))


def bounds_of_world(
    recorded: Recorded, table: str, *, indicator: str, sex: str, age: str, period: str
) -> Bounds | None:
    """Return what the regions that are missing leave open of the World that the others come to.

    Parameters
    ----------
    recorded, table, indicator, sex, age, period
        As of :func:`world_of_regions`.

    Returns
    -------
    Bounds or None
        None where no region is missing, or `world_of_regions` gives nothing.
    """
    parts = _parts(recorded, table, indicator=indicator, sex=sex, age=age, period=period)
    if parts is None or not parts.missing:
        return None
    rates, weights = zip(*parts.held.values(), strict=True)
    every = (*weights, *parts.missing.values())
    ordered = sorted(rates, key=lambda rate: evaluate(rate, recorded).value)
    low, high = (
        _weighted((*rates, *(rate for _ in parts.missing)), every) for rate in (ordered[0], ordered[-1])
    )
    return Bounds(low, high, share(tally(weights), tally(every)), tuple(parts.missing))


@dataclass(frozen=True)
class Bounds:
    """What missing regions leave open: all of them at the lowest and at the highest rate of the others.

    Attributes
    ----------
    low, high : Quantity
        Per cent.
    coverage : Quantity
        Share of the weight that the regions with a rate hold, per cent.
    missing : tuple of str
        Regions without a rate.
    """

    low: Quantity
    high: Quantity
    coverage: Quantity
    missing: tuple[str, ...]


@dataclass(frozen=True)
class _Parts:
    """Rate and weight of each region that has a rate, and the weights of the others."""

    held: Mapping[str, tuple[Quantity, Quantity]]
    missing: Mapping[str, Quantity]


def _weighted(rates: Sequence[Quantity], weights: Sequence[Quantity]) -> Quantity:
    counts = [Combined("*", rate, weight, "person") for rate, weight in zip(rates, weights, strict=True)]
    return share(tally(counts), tally(weights))


def _parts(recorded: Recorded, table: str, **line: str) -> _Parts | None:
    if WEIGHTS not in recorded:
        return None
    held = {row["area"]: row for row in _rows(recorded, table, **line) if row["value"]}
    kinds = {row["share_of"] for row in held.values()}
    measure = MEASURES.get(next(iter(kinds), ""))
    if measure is None:
        return None
    among_employed = "employed" in kinds
    if among_employed:
        unemployed = _rows(recorded, table, **{**line, "indicator": UNEMPLOYMENT})
        held = {row["area"]: held[row["area"]] for row in unemployed if row["value"] and row["area"] in held}

    def weight_of(area: str) -> Quantity:
        of = {name: line[name] for name in ("sex", "age", "period")}
        weight: Quantity = value(WEIGHTS, measure=measure, area=area, **of)
        if among_employed:
            idle = _ratio(value(table, area=area, **{**line, "indicator": UNEMPLOYMENT}))
            weight = Combined("*", weight, Combined("-", constant(1), idle), "person")
        return weight

    of_people = {name: code for name, code in line.items() if name != "indicator"}
    present, missing = _reporting(recorded, held, measure=measure, **of_people)
    if not present:
        return None
    return _Parts(
        {area: (_ratio(value(table, area=area, **line)), weight_of(area)) for area in present},
        {area: weight_of(area) for area in missing},
    )


def _reporting(recorded: Recorded, held: Container[str], **where: str) -> tuple[list[str], list[str]]:
    """Return the areas that make up the World, held and missing; no areas where too few are held."""
    by_kind: dict[str, dict[str, float]] = {}
    for row in _rows(recorded, WEIGHTS, **where):
        by_kind.setdefault(row["kind"], {})[row["area"]] = float(row["value"])
    kinds = sorted(by_kind.values(), key=len)
    for weights in kinds:
        present = [area for area in weights if area in held]
        least = LEAST_COVERAGE[REGIONS] if weights is kinds[-1] else 100.0
        if present and 100 * sum(weights[area] for area in present) >= least * sum(weights.values()):
            return present, [area for area in weights if area not in held]
    return [], []


def _ratio(rate: Quantity) -> Quantity:
    return Combined("/", rate, constant(100, "percent"), "ratio")


def _rows(recorded: Recorded, table: str, **where: str) -> list[dict[str, str]]:
    held = recorded[table]
    return [held.records[row] for row in held.select(tuple((name, (code,)) for name, code in where.items()))]


def world_of_countries(
    recorded: Recorded, vintages: Sequence[str], *, indicator: str, sex: str, age: str, period: str
) -> FromCountries | None:
    """Return the World that the countries of a vintage come to, and how much of it they cover.

    Parameters
    ----------
    recorded : Recorded
    vintages : sequence of str
        Of these the first is taken whose countries suffice; else the one whose countries cover most.
    indicator, sex, age, period : str

    Returns
    -------
    FromCountries or None
        None where no vintage has rates of countries that have weights.
    """
    if OWN_WORLD not in recorded:
        return None
    line = {"indicator": indicator, "sex": sex, "age": age, "period": period}
    rows = _rows(recorded, OWN_WORLD, **line)
    given = [row["vintage"] for row in rows if row["measure"] == RATE]
    covered = {row["vintage"]: float(row["value"]) for row in rows if row["measure"] == "coverage"}
    listed = [name for name in vintages if name in covered]
    if not listed:
        return None
    chosen = next((name for name in listed if name in given), max(listed, key=lambda name: covered[name]))
    held = {
        measure: value(OWN_WORLD, measure=measure, vintage=chosen, **line)
        for measure in ("coverage", "reporting")
    }
    rate = value(OWN_WORLD, measure=RATE, vintage=chosen, **line) if chosen in given else None
    return FromCountries(chosen, rate, **held)


@dataclass(frozen=True)
class FromCountries:
    """The World from the countries of a vintage.

    Attributes
    ----------
    vintage : str
    rate : Quantity or None
        None where the countries cover less than `LEAST_COVERAGE` asks for.
    coverage : Quantity
        Share of the weight that the countries with a rate hold, per cent.
    reporting : Quantity
        Countries with a rate, of those that have a weight.
    """

    vintage: str
    rate: Quantity | None
    coverage: Quantity
    reporting: Quantity
