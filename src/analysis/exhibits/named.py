"""Quantities of the programme that have a name, for any biennium: results, targets, budget, expenditure."""

from __future__ import annotations

from collections.abc import Callable

from analysis.quantities import (
    Quantity,
    Recorded,
    change,
    equals,
    is_at_least,
    is_more,
    rate,
    share,
    tally,
    total,
    value,
)

INDICATORS = "report.output_indicators"
BUDGET = "report.budget_by_outcome"
PROSE = "report.prose"
OUTCOMES = tuple(str(number) for number in range(1, 9))
REGIONS = ("africa", "americas", "arab_states", "asia_pacific", "europe_central_asia")
SOURCES = ("regular_budget", "extrabudgetary", "rbsa")


def results(region: str = "all", **where: str) -> Quantity:
    """Results achieved: the output indicators whose unit is a result, where conditions hold."""
    return total(INDICATORS, measure="result", region=region, unit="result", **where)


def targets(**where: str) -> Quantity:
    """Results targeted, on the same indicators."""
    return total(INDICATORS, measure="target", region="all", unit="result", **where)


def expenditure(source: str = "total", **where: str) -> Quantity:
    """Actual expenditure on policy outcomes, by default from all sources of funds."""
    return total(BUDGET, measure="actual_expenditure", source=source, **where)


def strategic_budget(source: str = "total", **where: str) -> Quantity:
    """Strategic budget of policy outcomes, by default from all sources of funds."""
    return total(BUDGET, measure="strategic_budget", source=source, **where)


def achievement(**where: str) -> Quantity:
    """Results in per cent of the target."""
    return share(results(**where), targets(**where))


def against_target(**where: str) -> Quantity:
    """By how many per cent results exceed the target, or fall short of it."""
    return change(targets(**where), results(**where))


def region_share(region: str, **where: str) -> Quantity:
    """A region's share of the results."""
    return share(results(region, **where), results(**where))


def source_share(source: str, **where: str) -> Quantity:
    """A source of funds' share of actual expenditure."""
    return share(expenditure(source, **where), expenditure(**where))


def against_budget(source: str = "total", **where: str) -> Quantity:
    """By how many per cent actual expenditure exceeds the strategic budget, or stays below it."""
    return change(strategic_budget(source, **where), expenditure(source, **where))


def expenditure_per_result(**where: str) -> Quantity:
    """Actual expenditure from all sources of funds for each result."""
    return rate(expenditure(**where), results(**where))


def stated(recorded: Recorded, item: str, period: str) -> Quantity | None:
    """The number that the report's prose states for an item and a period; None where it states none."""
    found = recorded[PROSE].select((("item", (item,)), ("period", (period,))))
    return value(PROSE, item=item, period=period) if found else None


def named(recorded: Recorded) -> dict[str, Callable[..., Quantity]]:
    """Return the named quantities as words of the notation.

    Besides those of this module: ``indicators_above``, ``indicators_met`` (at or above), ``indicators_equal``
    and ``indicators_below`` count the output indicators whose result stands so to the target;
    each takes conditions such as ``outcome="3"``. ``stated`` takes an item and a period.
    """

    def pairs(where: dict[str, str]) -> list[tuple[Quantity, Quantity]]:
        table = recorded[INDICATORS]
        conditions = (("measure", ("target",)), *((name, (option,)) for name, option in where.items()))
        codes = [table.rows.iloc[number]["indicator"] for number in table.select(conditions)]
        return [
            (
                value(INDICATORS, indicator=code, measure="result", region="all"),
                value(INDICATORS, indicator=code, measure="target", region="all"),
            )
            for code in codes
        ]

    def counted(relation: Callable[[Quantity, Quantity], Quantity]) -> Callable[..., Quantity]:
        return lambda **where: tally(relation(result, target) for result, target in pairs(where))

    return {
        "results": results,
        "targets": targets,
        "expenditure": expenditure,
        "strategic_budget": strategic_budget,
        "achievement": achievement,
        "against_target": against_target,
        "region_share": region_share,
        "source_share": source_share,
        "against_budget": against_budget,
        "expenditure_per_result": expenditure_per_result,
        "stated": lambda item, period: value(PROSE, item=item, period=period),
        "indicators_above": counted(is_more),
        "indicators_met": counted(is_at_least),
        "indicators_equal": counted(equals),
        "indicators_below": counted(lambda result, target: is_more(target, result)),
    }
