"""Progress to date: results with what was reached when, their status, and how much evidence each has."""

from __future__ import annotations

from analysis.exhibits.layout import Kind, Made, Scope, periods
from analysis.exhibits.named import OUTPUT_INDICATORS, conditions_of
from analysis.exhibits.parts import Chart, Column, Row, Series, Table
from analysis.quantities import count_rows, value

EVIDENCE = "report.evidence"
STATES = ("planned", "in_progress", "achieved")


def progress_to_date(scope: Scope) -> Made:
    """Return a row for each result that has a status, in the record's order, and how many are of each.

    A result's dates are as recorded; a status without evidence has 0 of it. Nothing where no result has one.
    """
    recorded, table = scope.recorded, scope.recorded[OUTPUT_INDICATORS]
    if "progress" not in table.rows.columns:
        return None, ()
    where = {**scope.where, "period": periods(scope.period), "measure": "result"}
    chosen = table.select(conditions_of(where))
    results = [table.records[row] for row in chosen if table.records[row]["progress"]]
    if not results:
        return None, ()
    levels = [level for level in scope.framework.levels if level in table.rows.columns]
    rows = []
    for row in results:
        level = next(level for level in reversed(levels) if row[level])
        proof = count_rows(EVIDENCE, result=row["id"]) if EVIDENCE in recorded else None
        reached = value(OUTPUT_INDICATORS, id=row["id"]) if row["value"] else None
        date = f"code.{row['achieved']}" if row.get("achieved") else None
        rows.append(Row((f"{level}.{row[level]}",), (reached, f"progress.{row['progress']}", date, proof)))
    columns = (
        Column("measure.result"),
        Column("label.status"),
        Column("label.reached_on"),
        Column("label.evidence", "", 0),
    )
    of = tuple(count_rows(OUTPUT_INDICATORS, **{**where, "progress": state}) for state in STATES)
    series = (Series("measure.result", of),)
    chart = Chart(scope.id, "bars", tuple(f"progress.{state}" for state in STATES), series, "unit.result")
    return Table(("label.indicator",), columns, tuple(rows)), (chart,)


KINDS = (Kind("progress_to_date", progress_to_date, (OUTPUT_INDICATORS,)),)
