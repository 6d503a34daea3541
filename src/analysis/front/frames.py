"""Exhibits, recorded numbers and claims as tidy, typed frames."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

import pandas as pd

from analysis.audit.judging import Audit
from analysis.audit.listing import listing
from analysis.exhibits.parts import Chart, Column, Exhibit
from analysis.labels import Catalogue
from analysis.printed.printable import ResolvedChart, ResolvedExhibit
from analysis.printed.resolve import cell, in_column_unit
from analysis.quantities import Quantity, Recorded, RecordedTable, evaluate

CELL = ["column_key", "column_group", "column", "value", "low", "high", "unit", "printed", "cell_status"]
CATEGORIES = ["unit", "cell_status"]
NUMBERS = ["value", "low", "high"]


def exhibit_frame(
    exhibit: Exhibit, resolved: ResolvedExhibit, recorded: Recorded, labels: Catalogue
) -> pd.DataFrame:
    """Return an exhibit as a tidy frame: one row for each cell of its table, or point of its charts.

    Parameters
    ----------
    exhibit, resolved
        The same exhibit, as quantities and as printed.
    recorded : Recorded
        What the quantities are read from.
    labels : Catalogue
        The words of its rows and columns.

    Returns
    -------
    pandas.DataFrame
        ``row_key``, a column for each label of the rows, ``column_key``, ``column_group``, ``column``,
        ``value``, ``low``, ``high`` (float64, in ``unit``; the last two bound what the rounding of the inputs
        allows), ``unit`` (a code), ``printed`` (as in the language) and ``cell_status``: ``reported``,
        ``computed``, ``text``, ``empty``, or the recorded reason why a number is missing.
    """
    if exhibit.table and resolved.table:
        table = resolved.table
        stubs = _distinct([key.partition(".")[2] or "code" for key in exhibit.table.stub])
        rows = [
            {"row_key": "/".join(row.labels), **dict(zip(stubs, shown.labels, strict=True)), **entry}
            for row, shown in zip(exhibit.table.rows, table.rows, strict=True)
            for column, heading, content in zip(exhibit.table.columns, table.columns, row.cells, strict=True)
            for entry in [_cell(content, column, heading.group, heading.label, recorded, labels)]
        ]
        return typed_frame(pd.DataFrame(rows, columns=["row_key", *stubs, *CELL]))
    rows = [
        point
        for chart, shown in zip(exhibit.charts, resolved.charts, strict=True)
        for point in _points(chart, shown, recorded, labels)
    ]
    return typed_frame(pd.DataFrame(rows, columns=["chart", "row_key", "category", *CELL]))


def _points(chart: Chart, shown: ResolvedChart, recorded: Recorded, labels: Catalogue) -> Iterator[dict]:
    for series, printed in zip(chart.series, shown.series, strict=True):
        column = Column(series.label, chart.unit, chart.decimals)
        for place, (key, category) in enumerate(zip(chart.categories, shown.categories, strict=True)):
            point = _cell(series.values[place], column, "", printed.label, recorded, labels)
            bounds = {
                end: _float(numbers[place])
                for end, numbers in (("low", printed.low), ("high", printed.high))
                if numbers
            }
            yield {"chart": chart.id, "row_key": key, "category": category, **point, **bounds}


def _cell(
    content: Quantity | str | None,
    column: Column,
    group: str,
    label: str,
    recorded: Recorded,
    labels: Catalogue,
) -> dict:
    shown = cell(content, column, recorded, labels)
    low = high = math.nan
    if isinstance(content, Quantity) and shown.value is not None:
        read = evaluate(content, recorded)
        low, high = (float(_in(end, read.unit, column)) for end in read.bounds)
    return {
        "column_key": column.label,
        "column_group": group,
        "column": label,
        "value": _float(shown.value),
        "low": low,
        "high": high,
        "unit": shown.unit,
        "printed": shown.text,
        "cell_status": shown.status,
    }


def _in(end: Fraction | float, unit_name: str, column: Column) -> Fraction | float:
    return end if unit_name == "truth" else in_column_unit(end, unit_name, column.unit)[0]


def _float(number: Fraction | float | None) -> float:
    return math.nan if number is None else float(number)


def _distinct(names: list[str]) -> list[str]:
    columns: list[str] = []
    for name in names:
        taken = [*CELL, "row_key", *columns]
        tries = (name, *(f"{name}_{number}" for number in range(2, len(names) + 3)))
        columns.append(next(candidate for candidate in tries if candidate not in taken))
    return columns


def typed_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a tidy frame with its numbers as float64 and its codes as categories."""
    return frame.astype(dict.fromkeys(NUMBERS, "float64") | dict.fromkeys(CATEGORIES, "category"))


def recorded_frame(table: RecordedTable) -> pd.DataFrame:
    """Return a recorded table with ``value``, ``low`` and ``high`` as numbers; all else is text.

    Parameters
    ----------
    table : RecordedTable
        As :class:`~analysis.quantities.Recorded` holds it by name.

    Returns
    -------
    pandas.DataFrame
        One row for each recorded row, as in the file, its numbers in ``unit``; a row that prints no number
        has NaN, and its ``status`` says why.
    """
    numbers = {
        "value": [_float(value.value) for value in table.values],
        "low": [_float(value.low) for value in table.values],
        "high": [_float(value.high) for value in table.values],
    }
    columns = list(table.rows.columns)
    place = columns.index("value")
    ordered = [*columns[: place + 1], "low", "high", *columns[place + 1 :]]
    return table.rows.assign(**{name: pd.Series(cells, dtype="float64") for name, cells in numbers.items()})[
        ordered
    ]


def values_frame(recorded: Recorded) -> pd.DataFrame:
    """Return every recorded number of all tables: one row each, with what they all have.

    Returns
    -------
    pandas.DataFrame
        ``id``, ``table``, ``document``, ``period``, ``place``, ``line``, ``printed``, ``value``, ``low``,
        ``high``, ``unit``, ``qualifier`` and ``status``. Rows that print no number are left out.
    """
    shared = ["id", "period", "place", "line", "printed", *NUMBERS, "unit", "qualifier", "status"]
    parts = []
    for name, table in recorded.items():
        frame = recorded_frame(table).reindex(columns=shared)
        frame.insert(1, "table", name)
        frame.insert(2, "document", table.source.document)
        parts.append(frame[frame["value"].notna() & (frame["id"] != "")])
    whole = pd.concat(parts, ignore_index=True).fillna({"period": ""})
    return whole.astype({"period": "str", "table": "category", "document": "category", "unit": "category"})


def claims_frame(audit: Audit, labels: Catalogue) -> pd.DataFrame:
    """Return one row for each number or comparison that the documents print, with its verdict.

    Returns
    -------
    pandas.DataFrame
        The columns of :func:`analysis.audit.listing.listing`; ``recomputed``, ``lower`` and ``upper`` are
        float64 in ``unit`` (NaN where there is none), codes are categories.
    """
    claims = listing(audit, labels)
    numbers = [name for name in ("recomputed", "lower", "upper") if name in claims]
    for name in numbers:
        claims[name] = pd.to_numeric(claims[name].where(claims[name] != ""), errors="raise")
    codes = [
        name for name in ("document", "unit", "qualifier", "verdict", "way", "severity") if name in claims
    ]
    counts = [name for name in ("decimals", "checks") if name in claims]
    for name in counts:
        claims[name] = pd.to_numeric(claims[name].where(claims[name] != "")).astype("Int64")
    return claims.astype(dict.fromkeys(numbers, "float64") | dict.fromkeys(codes, "category"))
