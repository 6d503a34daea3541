"""Quantities of the programme that have a name, for any period: results, targets, budget, expenditure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from analysis.framework import EQUAL, LESS, MORE, Framework
from analysis.quantities import (
    Quantity,
    Recorded,
    change,
    constant,
    equals,
    is_at_least,
    is_more,
    rate,
    share,
    tally,
    total,
    value,
)

OUTPUT_INDICATORS = "report.output_indicators"
BUDGET = "report.budget_by_outcome"
PROSE = "report.prose"
INDICATOR, REGION, SOURCE = "indicator", "region", "source"
# The unit of what is counted together, whatever indicator it comes from.
RESULT = "result"
# What a condition takes: the code that a column holds, or several of which it holds one.
Choice = str | tuple[str, ...]


def conditions_of(where: Mapping[str, str | Iterable[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return conditions as a table's ``select`` takes them: each column with all codes that it may hold."""
    return tuple(
        (name, (codes,) if isinstance(codes, str) else tuple(codes)) for name, codes in where.items()
    )


class Named:
    """The named quantities, over the dimensions of a framework.

    Parameters
    ----------
    recorded : Recorded
        Whose framework says which code is the whole of a dimension, and whose tables say by what they are
        broken down.
    """

    def __init__(self, recorded: Recorded):
        self._framework, self._recorded = Framework.of(recorded), recorded

    @cached_property
    def indicator(self) -> str:
        """The level of the indicators that results are of: the lowest that their table has as a column."""
        columns = self._recorded[OUTPUT_INDICATORS].rows
        return next((level for level in reversed(self._framework.levels) if level in columns), INDICATOR)

    def whole(self, dimension: str) -> dict[str, Choice]:
        """Return the condition that means the whole of a dimension: its total, or all its parts."""
        chosen = self._framework.total_code(dimension) or self._framework.parts(dimension)
        return {dimension: chosen} if chosen else {}

    def _at(self, dimension: str, code: Choice) -> dict[str, Choice]:
        return {dimension: code} if code else self.whole(dimension)

    def wholes(self, table: str, where: Mapping[str, Choice]) -> dict[str, Choice]:
        """Return conditions with the whole of every further dimension that a table is broken down by.

        A quarter beside its year is no further number: rows of a dimension's total, and rows that name no
        part of it, stand for the whole. Where a table holds no total, its parts are all there is.
        """
        if table not in self._recorded:
            return dict(where)
        if (Named, table) not in self._recorded.opened:
            rows, conditions = self._recorded[table], {}
            for dimension in (name for name in self._framework.dimensions if name in rows.rows):
                whole, offered = self._framework.total_code(dimension), rows.offered(dimension)
                if whole in offered:
                    conditions[dimension] = (whole, "") if "" in offered else whole
            self._recorded.opened[Named, table] = conditions
        further = self._recorded.opened[Named, table]
        return {**{name: codes for name, codes in further.items() if name not in where}, **where}

    def one(self, table: str, **where: Choice) -> Quantity:
        """One recorded number, by default for the whole of every dimension that conditions do not name."""
        return value(table, **self.wholes(table, where))

    def sum(self, table: str, **where: Choice) -> Quantity:
        """The sum of recorded numbers, as of :meth:`one`."""
        return total(table, **self.wholes(table, where))

    def results(self, region: Choice = "", **where: Choice) -> Quantity:
        """Results achieved: the indicators whose unit is a result, where conditions hold."""
        return self.sum(OUTPUT_INDICATORS, measure="result", unit=RESULT, **self._at(REGION, region), **where)

    def targets(self, **where: Choice) -> Quantity:
        """Results targeted, on the same indicators."""
        return self.sum(OUTPUT_INDICATORS, measure="target", unit=RESULT, **self.whole(REGION), **where)

    def paired(self, **where: Choice) -> bool:
        """Whether results and targets are of the same indicators; of some only one may be recorded."""
        table, codes = self._recorded[OUTPUT_INDICATORS], []
        for measure in ("target", "result"):
            at = {"measure": measure, "unit": RESULT, **self.whole(REGION), **where}
            rows = table.select(conditions_of(self.wholes(OUTPUT_INDICATORS, at)))
            codes.append(
                {(table.records[row].get(self.indicator), table.records[row]["period"]) for row in rows}
            )
        return codes[0] == codes[1]

    def directions(self, **where: Choice) -> set[str]:
        """Return which way is better for the indicators that :meth:`targets` sums up."""
        at = {"measure": "target", "unit": RESULT, **self.whole(REGION), **where}
        table = self._recorded[OUTPUT_INDICATORS]
        rows = (table.records[row] for row in table.select(conditions_of(self.wholes(OUTPUT_INDICATORS, at))))
        return {self.direction(row) for row in rows}

    def direction(self, row: Mapping[str, str]) -> str:
        """Return which way is better for an indicator's row: as the row says, or else the framework."""
        return row.get("direction") or self._framework.direction(self.indicator, row[self.indicator])

    def comparable(self, **where: Choice) -> bool:
        """Whether results and targets may be set against each other as sums: of like indicators."""
        directions = self.directions(**where)
        return self.paired(**where) and not (LESS in directions and len(directions) > 1)

    def expenditure(self, source: Choice = "", **where: Choice) -> Quantity:
        """Actual expenditure, by default from all sources of funds."""
        return self.sum(BUDGET, measure="actual_expenditure", **self._at(SOURCE, source), **where)

    def strategic_budget(self, source: Choice = "", **where: Choice) -> Quantity:
        """Strategic budget, by default from all sources of funds."""
        return self.sum(BUDGET, measure="strategic_budget", **self._at(SOURCE, source), **where)

    def achievement(self, **where: Choice) -> Quantity:
        """Results in per cent of the target."""
        return share(self.results(**where), self.targets(**where))

    def against_target(self, **where: Choice) -> Quantity:
        """By how many per cent results exceed the target, or fall short of it."""
        return change(self.targets(**where), self.results(**where))

    def region_share(self, region: Choice, **where: Choice) -> Quantity:
        """A region's share of the results."""
        return share(self.results(region, **where), self.results(**where))

    def source_share(self, source: Choice, **where: Choice) -> Quantity:
        """A source of funds' share of actual expenditure."""
        return share(self.expenditure(source, **where), self.expenditure(**where))

    def against_budget(self, source: Choice = "", **where: Choice) -> Quantity:
        """By how many per cent actual expenditure exceeds the strategic budget, or stays below it."""
        return change(self.strategic_budget(source, **where), self.expenditure(source, **where))

    def expenditure_per_result(self, **where: Choice) -> Quantity:
        """Actual expenditure from all sources of funds for each result."""
        return rate(self.expenditure(**where), self.results(**where))

    def pairs(self, **where: Choice) -> list[tuple[str, Quantity, Quantity]]:
        """Return direction, target and result of each indicator that has a target."""
        table = self._recorded[OUTPUT_INDICATORS]
        at = self.wholes(OUTPUT_INDICATORS, {**self.whole(REGION), "measure": "target", **where})
        conditions = conditions_of({name: codes for name, codes in at.items() if name != REGION})
        by_indicator: dict[tuple[str, str], tuple[str, Quantity, Quantity]] = {}
        for number in table.select(conditions):
            row = table.records[number]
            code = row[self.indicator]
            direction = self.direction(row)
            goal, reached = (
                self.of_indicator(measure, code, row["period"]) for measure in ("target", "result")
            )
            if goal is not None and reached is not None:
                by_indicator[code, row["period"]] = (direction, goal, reached)
        return list(by_indicator.values())

    def of_indicator(self, measure: str, indicator: str, period: str) -> Quantity | None:
        """An indicator's number for all regions: the one in print, or else the sum of the regions.

        Returns
        -------
        Quantity or None
            None where nothing is recorded, or no number is in print for the whole and the framework does not
            say that the indicator adds up.
        """
        of = {self.indicator: indicator, "period": period, **self.whole(REGION)}
        of = self.wholes(OUTPUT_INDICATORS, of)
        rows = self._recorded[OUTPUT_INDICATORS].select((("measure", (measure,)), *conditions_of(of)))
        if not rows:
            return None
        if len(rows) < 2 or isinstance(of.get(REGION, ""), str):
            return value(OUTPUT_INDICATORS, measure=measure, **of)
        adds_up = self._framework.node(self.indicator, indicator).adds_up == "sum"
        return total(OUTPUT_INDICATORS, measure=measure, **of) if adds_up else None


def result_meets_target(direction: str, goal: Quantity, reached: Quantity) -> Quantity | None:
    """Whether a result meets its target, in the direction in which it is to go; None where none is stated."""
    if direction == MORE:
        return is_at_least(reached, goal)
    if direction == LESS:
        return is_at_least(goal, reached)
    return equals(reached, goal) if direction == EQUAL else None


def _better(direction: str, goal: Quantity, reached: Quantity) -> Quantity | None:
    if direction == MORE:
        return is_more(reached, goal)
    return is_more(goal, reached) if direction == LESS else None


def _equal(direction: str, goal: Quantity, reached: Quantity) -> Quantity | None:
    return equals(reached, goal) if direction in (MORE, LESS, EQUAL) else None


def _worse(direction: str, goal: Quantity, reached: Quantity) -> Quantity | None:
    if direction == MORE:
        return is_more(goal, reached)
    return is_more(reached, goal) if direction == LESS else None


def stated_in_report(recorded: Recorded, item: str, period: str) -> Quantity | None:
    """The number that the report's prose states for an item and a period; None where it states none."""
    if not item or PROSE not in recorded:
        return None
    rows = recorded[PROSE].select((("item", (item,)), ("period", (period,))))
    return value(PROSE, item=item, period=period) if rows else None


def named(recorded: Recorded) -> dict[str, Callable[..., Quantity]]:
    """Return the named quantities as words of the notation.

    Besides those of :class:`Named`: ``indicators_above``, ``indicators_met`` (at or above),
    ``indicators_equal`` and ``indicators_below`` count the output indicators whose result stands so to the
    target, above being better; indicators whose direction is not stated are left out. Each takes conditions
    such as ``outcome="3"``. ``stated`` takes an item and a period.
    """
    own = Named(recorded)

    def counted(relation: Callable[[str, Quantity, Quantity], Quantity | None]) -> Callable[..., Quantity]:
        def count(**where: Choice) -> Quantity:
            relations = [relation(*pair) for pair in own.pairs(**where)]
            comparisons = [relation for relation in relations if relation is not None]
            return tally(comparisons) if comparisons else constant(0, "count")

        return count

    words: tuple[str, ...] = ("results", "targets", "expenditure", "strategic_budget", "achievement")
    words += ("against_target", "region_share", "source_share", "against_budget", "expenditure_per_result")
    return {
        **{word: getattr(own, word) for word in words},
        "stated": lambda item, period: value(PROSE, item=item, period=period),
        "indicators_above": counted(_better),
        "indicators_met": counted(result_meets_target),
        "indicators_equal": counted(_equal),
        "indicators_below": counted(_worse),
    }
