"""Sums of targets and of results, of the indicators whose numbers may be added up, each counted once."""

from __future__ import annotations

from analysis.exhibits.achievement import RESULT, RESULTS, TARGET, conditions_on_rows, stated_numbers
from analysis.exhibits.layout import Kind, Made, Scope
from analysis.exhibits.named import Choice, conditions_of
from analysis.exhibits.parts import Column, Row, Table
from analysis.framework import ADDED
from analysis.quantities import Quantity, total
from analysis.quantities.expression import Selection


def sums_of_targets(scope: Scope) -> Made:
    """Return the sums of targets and of results, of the indicators whose numbers may be added up.

    Shares and words are not, whatever is said of them; a whole that is stated beside its parts counts alone.
    """
    level = scope.condition("level")
    codes = [
        code
        for code in scope.nodes(RESULTS, level, measure=RESULT)
        if (node := scope.framework.node(level, code)).adds_up == "sum" and node.measure == ADDED
    ]
    rows = []
    for code in codes:
        cells: list[Quantity | str | None] = []
        for measure in (TARGET, RESULT):
            counted = stated_numbers(measure, **{**conditions_on_rows(scope), level: code})
            numbers = counted.selected(scope.recorded)
            cells += [counted, _sum(scope, counted, numbers) if numbers else None]
        rows.append(Row((f"{level}.{code}",), tuple(cells)))
    columns = tuple(
        column
        for measure in (TARGET, RESULT)
        for column in (
            Column("achievement.numbers", "", 0, group=f"measure.{measure}"),
            Column("achievement.sum", "", 0, group=f"measure.{measure}"),
        )
    )
    return (Table((f"level.{level}",), columns, tuple(rows)) if rows else None), ()


def _sum(scope: Scope, counted: Selection, numbers: list[int]) -> Quantity | str:
    """Return the sum of what is counted once; words where a number is only a bound, or rough."""
    where, table = _once(scope, counted, numbers), scope.recorded[RESULTS]
    if any(table.records[row]["qualifier"] for row in table.select(conditions_of(where))):
        return "achievement.bounds"
    return total(RESULTS, **where)


def _once(scope: Scope, counted: Selection, numbers: list[int]) -> dict[str, Choice]:
    """Return conditions on rows that count nothing twice: where a whole stands beside its parts, it alone."""
    table, kept = scope.recorded[RESULTS], list(numbers)
    dimensions = [name for name in scope.framework.dimensions if name in table.rows]
    columns = [*(name for name in scope.framework.levels if name in table.rows), *dimensions, "period"]
    for dimension in dimensions:
        whole = scope.framework.total_code(dimension)
        others = [name for name in columns if name != dimension]
        wholes = {
            tuple(table.records[row][name] for name in others)
            for row in kept
            if whole and table.records[row][dimension] == whole
        }
        kept = [
            row
            for row in kept
            if table.records[row][dimension] == whole
            or tuple(table.records[row][name] for name in others) not in wholes
        ]
    if kept == numbers:
        return dict(counted.where)
    return {"id": tuple(table.records[row]["id"] for row in kept)}


KINDS = (Kind("sums", sums_of_targets, (RESULTS,)),)
