"""An exhibit over a record that lacks some of its rows: what is there stands, what is not is said so.

A document may print no regions for one indicator, or no budget for one source. The number that would read
such rows is not there, and neither is a sum, a share or a change that needs it; nothing is taken for zero.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from analysis.exhibits.parts import Chart, Series, Table
from analysis.quantities import Quantity, Recorded
from analysis.quantities.provenance import selections

LACKING = "status.not_recorded"


def with_gaps(
    table: Table | None, charts: tuple[Chart, ...], recorded: Recorded
) -> tuple[Table | None, tuple[Chart, ...]]:
    """Return a table and charts in which a number whose rows are not recorded is said to be lacking.

    Parameters
    ----------
    table : Table or None
    charts : tuple of Chart
    recorded : Recorded
        What their quantities read.

    Returns
    -------
    tuple
        Such a cell holds the key of words in the table, and is empty in charts; all others are as they were.
    """
    lacking: dict[Quantity, bool] = {}

    def there(number: Quantity | None) -> bool:
        if number is not None and number not in lacking:
            lacking[number] = any(
                selection.how != "count" and not recorded[selection.table].select(selection.where)
                for selection in selections(number)
            )
        return number is None or not lacking[number]

    def line(series: Series) -> Series:
        numbers: dict[str, Any] = {
            name: tuple(number if there(number) else None for number in getattr(series, name))
            for name in ("values", "low", "high")
        }
        return (
            series
            if all(numbers[name] == getattr(series, name) for name in numbers)
            else replace(series, **numbers)
        )

    if table is not None:
        rows = tuple(
            replace(
                row,
                cells=tuple(
                    cell if not isinstance(cell, Quantity) or there(cell) else LACKING for cell in row.cells
                ),
            )
            for row in table.rows
        )
        table = replace(table, rows=rows)
    drawn = tuple(
        replace(
            chart, series=tuple(map(line, chart.series)), goals=line(chart.goals) if chart.goals else None
        )
        for chart in charts
    )
    return table, drawn
