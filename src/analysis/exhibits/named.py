"""Quantities of the programme that have a name, for any biennium: results, targets, budget, expenditure."""

from __future__ import annotations

from collections.abc import Callable

from analysis.quantities import Quantity, Recorded, equals, is_at_least, is_more, tally, total, value

INDICATORS = "report.output_indicators"
BUDGET = "report.budget_by_outcome"


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


def named(recorded: Recorded) -> dict[str, Callable[..., Quantity]]:
    """Return the named quantities as words of the notation.

    Besides those of this module: ``indicators_above``, ``indicators_met`` (at or above), ``indicators_equal``
    and ``indicators_below`` count the output indicators whose result stands so to the target;
    each takes conditions such as ``outcome="3"``.
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
        "indicators_above": counted(is_more),
        "indicators_met": counted(is_at_least),
        "indicators_equal": counted(equals),
        "indicators_below": counted(lambda result, target: is_more(target, result)),
    }
