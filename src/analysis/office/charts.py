"""Native Office charts: real charts that a writer can edit, with their numbers in a workbook inside.

Bars, stacked bars and lines are charts of Office's own. :func:`equivalent` is which of them shows the same
numbers as a kind that Office lacks, and says so beneath; :func:`chart_grid` makes the other kinds a table.
A chart made here goes onto a slide (``analysis.office.slides``) or into a Word document
(``analysis.office.word_charts``).
"""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import xlsxwriter

from analysis.labels import Catalogue
from analysis.labels.numerals import printed
from analysis.office.style import label_format, style_chart
from analysis.pictures.heat import shades
from analysis.printed.archives import FIXED
from analysis.printed.printable import Note, ResolvedChart, ResolvedSeries
from analysis.printed.wording import numbers_of_categories, totals_of
from analysis.tables.word_tables import MissingPackage

if TYPE_CHECKING:
    from pptx.chart.data import ChartData
    from pptx.enum.chart import XL_CHART_TYPE

NATIVE = ("bars", "stacked", "lines")
EQUIVALENT = {"dumbbell": "bars", "units": "bars", "waterfall": "bars", "slope": "lines"}
_ADVICE = "native Office charts need the package python-pptx: pip install 'analysis[documents]'"


def needs_pptx() -> None:
    """Raise when python-pptx is not installed.

    Raises
    ------
    MissingPackage
        With what to install.
    """
    try:
        import pptx  # noqa: F401
    except ImportError as error:
        raise MissingPackage(_ADVICE) from error


def equivalent(chart: ResolvedChart) -> ResolvedChart:
    """Return a chart as Office can draw it, with a note on what differs from the picture.

    Pairs of dots, counted dots and waterfalls become bars, slopes become lines: the same numbers from the
    same zero. What stacked bars add up to, and were to reach, stands after their names.
    """
    label = Catalogue(chart.language)
    notes, kind = chart.notes, EQUIVALENT.get(chart.kind, chart.kind)
    if kind != chart.kind:
        words = label("label.drawn_as", picture=label(f"alt.{chart.kind}"), here=label(f"alt.{kind}"))
        notes = (*notes, Note("", words))
    categories = chart.categories
    named_rows = [(label("label.total"), totals_of(chart))] if chart.kind == "stacked" else []
    named_rows += [(chart.goals.label, chart.goals.texts)] if chart.goals else []
    columns = [
        numbers_of_categories([word] * len(texts), texts, label) for word, texts in named_rows if texts
    ]
    if columns:
        lines = (label("label.list_separator").join(line) for line in zip(*columns, strict=True))
        pairs = zip(categories, lines, strict=True)
        categories = tuple(label("label.in_brackets", first=name, second=meaning) for name, meaning in pairs)
    return replace(chart, kind=kind, notes=notes, categories=categories, goals=None)


@dataclass(frozen=True)
class Grid:
    """A chart as a table: heading row, rows of texts, and the shade of each cell after the first column."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    fills: tuple[tuple[str, ...], ...] = ()


def chart_grid(chart: ResolvedChart) -> Grid:
    """Return the numbers of a chart as a table: a row for each category, a column for each series."""
    head = ("", *(line.label for line in chart.series))
    columns = [_with_bounds(line, chart) for line in chart.series]
    rows = tuple(
        (category, *(column[place] for column in columns)) for place, category in enumerate(chart.categories)
    )
    if chart.kind != "heat":
        return Grid(head, rows)
    shade = shades(chart)
    fills = tuple(
        tuple(shade(line.values[place]) for line in chart.series) for place in range(len(chart.categories))
    )
    return Grid(head, rows, fills)


def _with_bounds(series: ResolvedSeries, chart: ResolvedChart) -> tuple[str, ...]:
    if not series.low or not series.high:
        return series.texts
    locale = Catalogue(chart.language)("language.locale")
    return tuple(
        text
        if low is None or high is None
        else f"{text} ({printed(low, chart.decimals, locale)}–{printed(high, chart.decimals, locale)})"
        for text, low, high in zip(series.texts, series.low, series.high, strict=True)
    )


def gaps(chart: ResolvedChart) -> list[str]:
    """Return a line for each point without a number whose reason is printed: a chart cannot show it."""
    label = Catalogue(chart.language)
    lines = []
    for series in chart.series:
        for category, number, text in zip(chart.categories, series.numbers, series.texts, strict=True):
            if number is None and text:
                what = label("label.pair", first=series.label, second=category)
                lines.append(label("label.meaning", shorthand=what, meaning=text))
    return lines


@lru_cache(maxsize=200)
def workbook(chart: ResolvedChart) -> bytes:
    """Return the workbook inside a chart: categories down, series across, numbers at full precision.

    Texts are written as texts, never as formulas.
    """
    file = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(file, options)
    book.set_properties({"title": chart.title, "author": "", "created": FIXED.replace(tzinfo=None)})
    sheet = book.add_worksheet("Sheet1")
    form = book.add_format({"num_format": label_format(chart).rstrip(";")})
    sheet.set_column(0, 0, min(max(map(len, chart.categories), default=10) + 2, 60))
    for row, category in enumerate(chart.categories, 1):
        sheet.write_string(row, 0, category)
    for column, series in enumerate(chart.series, 1):
        sheet.write_string(0, column, series.label)
        for row, number in enumerate(series.values, 1):
            if number is not None:
                sheet.write_number(row, column, number, form)
    book.close()
    return file.getvalue()


def chart_data(chart: ResolvedChart) -> tuple[XL_CHART_TYPE, ChartData]:
    """Return what python-pptx makes a chart from, and the kind of chart.

    Returns
    -------
    tuple
        Kind of chart and chart data.
    """
    from pptx.chart.data import ChartData
    from pptx.enum.chart import XL_CHART_TYPE

    kinds = {
        "bars": XL_CHART_TYPE.BAR_CLUSTERED,
        "stacked": XL_CHART_TYPE.BAR_STACKED,
        "lines": XL_CHART_TYPE.LINE_MARKERS,
    }

    class Data(ChartData):
        """Numbers in the chart's own workbook; python-pptx would write another."""

        xlsx_blob = workbook(chart)

    numbers = Data(number_format=label_format(chart))
    numbers.categories = list(chart.categories)
    for series in chart.series:
        numbers.add_series(series.label, series.values)
    return kinds[chart.kind], numbers


def chart_and_workbook(chart: ResolvedChart, points: float, size: tuple[float, float]) -> tuple[bytes, bytes]:
    """Return a chart's XML, which names its workbook ``rId1``, and the workbook.

    Raises
    ------
    MissingPackage
        When python-pptx is not installed.
    """
    needs_pptx()
    from pptx.parts.chart import ChartPart

    kind, numbers = chart_data(chart)
    part = ChartPart.new(kind, numbers, _no_slides())
    style_chart(part.chart, chart, points, size)
    return part.blob, part.chart_workbook.xlsx_part.blob


@cache
def _no_slides():
    """Return the package of a file without slides; a chart that no slide shows is never put into it."""
    from pptx import Presentation

    return Presentation().part.package
