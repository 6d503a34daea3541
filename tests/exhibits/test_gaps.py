"""Rows that a record lacks: their numbers, and what needs them, are said to be lacking; the rest stands."""

import pandas as pd

from analysis.exhibits.gaps import LACKING, with_gaps
from analysis.exhibits.parts import Chart, Column, Row, Series, Table
from analysis.quantities import Recorded, RecordedTable, Source, count_rows, share, total, value

TABLE = "report.rows"
NAMES = ["id", "region", "value", "decimals", "unit", "qualifier", "status", "printed", "place", "line"]


def recorded() -> Recorded:
    held = [("a", "africa", "4"), ("b", "all", "8"), ("c", "asia", "")]
    rows = pd.DataFrame(
        [(*row, "0", "result", "", "reported" if row[2] else "blank", row[2], "", "") for row in held],
        columns=NAMES,
        dtype=str,
    )
    return Recorded([RecordedTable(TABLE, rows, Source("d", "s", "rows.csv", "0" * 64, "Rows", "2022"))])


def test_only_what_reads_absent_rows_is_lacking_and_charts_leave_it_empty():
    there, blank, absent = (value(TABLE, region=region) for region in ("africa", "asia", "europe"))
    part = share(there, total(TABLE, region="europe"))
    nothing = count_rows(TABLE, region="europe")
    cells = (there, blank, absent, part, nothing, "label.total", None)
    table = Table(("dimension.region",), (Column("label.total"),) * 7, (Row(("label.total",), cells),))
    series = (Series("label.total", (there, absent), low=(absent, there)),)
    chart = Chart("x", "stacked", ("a", "b"), series, "unit.result", goals=Series("g", (absent, None)))
    made, (drawn,) = with_gaps(table, (chart,), recorded())
    assert made.rows[0].cells == (there, blank, LACKING, LACKING, nothing, "label.total", None)
    assert drawn.series[0].values == (there, None)
    assert drawn.series[0].low == (None, there)
    assert drawn.goals.values == (None, None)


def test_a_whole_exhibit_is_what_it_was():
    there = value(TABLE, region="africa")
    table = Table(("dimension.region",), (Column("label.total"),), (Row(("label.total",), (there,)),))
    chart = Chart("x", "bars", ("a",), (Series("label.total", (there,)),), "unit.result")
    assert with_gaps(table, (chart,), recorded()) == (table, (chart,))
