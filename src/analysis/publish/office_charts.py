"""Native Office charts: real charts that a writer can edit, with their numbers in a workbook inside.

Bars, stacked bars and lines are charts of Office's own; :func:`grid` is what the other kinds become, a table.
A chart made here goes onto a slide (``analysis.publish.slides``) or into a Word document
(``analysis.publish.word_charts``).
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterable
from dataclasses import dataclass

import xlsxwriter

from analysis.labels import Catalogue
from analysis.publish import palette
from analysis.publish.archives import FIXED
from analysis.publish.heat import shades
from analysis.publish.numerals import printed
from analysis.publish.printable import ResolvedChart, ResolvedSeries
from analysis.publish.word_tables import EAST_ASIAN, LATIN, MissingPackage

NATIVE = ("bars", "stacked", "lines")
LABEL_ROOM = 0.42
_ADVICE = "native Office charts need the package python-pptx: pip install 'analysis[documents]'"
_MARKERS = ("CIRCLE", "SQUARE", "TRIANGLE", "DIAMOND")


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


@dataclass(frozen=True)
class Grid:
    """A chart as a table: heading row, rows of texts, and the shade of each cell after the first column."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    fills: tuple[tuple[str, ...], ...] = ()


def grid(chart: ResolvedChart) -> Grid:
    """Return the numbers of a chart as a table: a row for each category, a column for each series."""
    head = ("", *(each.label for each in chart.series))
    columns = [_with_bounds(each, chart) for each in chart.series]
    rows = tuple(
        (category, *(column[place] for column in columns)) for place, category in enumerate(chart.categories)
    )
    if chart.kind != "heat":
        return Grid(head, rows)
    shade = shades(chart)
    fills = tuple(
        tuple(shade(each.values[place]) for each in chart.series) for place in range(len(chart.categories))
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


def number_format(chart: ResolvedChart) -> str:
    """Return the number format of the value labels; parts of nothing are not written."""
    decimals = max(chart.decimals, 0)
    form = "#,##0" + ("." + "0" * decimals if decimals else "")
    minus = f'"{chr(0x2212)}"{form}'
    return f"{form};{minus};" if chart.kind == "stacked" else f"{form};{minus}"


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
    form = book.add_format({"num_format": number_format(chart).rstrip(";")})
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


def chart_data(chart: ResolvedChart):
    """Return what python-pptx makes a chart from, and the kind of chart.

    Returns
    -------
    tuple
        Kind of chart and chart data.
    """
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE

    kinds = {
        "bars": XL_CHART_TYPE.BAR_CLUSTERED,
        "stacked": XL_CHART_TYPE.BAR_STACKED,
        "lines": XL_CHART_TYPE.LINE_MARKERS,
    }
    numbers = CategoryChartData(number_format=number_format(chart))
    numbers.categories = list(chart.categories)
    for series in chart.series:
        numbers.add_series(series.label, series.values)
    return kinds[chart.kind], numbers


def style(made, chart: ResolvedChart, points: float, size: tuple[float, float]) -> None:
    """Give a chart the house's colours, fonts and labels, and its workbook.

    Parameters
    ----------
    made : pptx.chart.chart.Chart
    chart : ResolvedChart
    points : float
        Size of the labels.
    size : tuple of float
        Width and height of the chart, in inches.
    """
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_LEGEND_POSITION
    from pptx.util import Pt

    made.part.chart_workbook.update_from_xlsx_blob(workbook(chart))
    made.has_title = False
    made.font.size = Pt(points)
    made.font.name = LATIN
    made.font.color.rgb = RGBColor.from_string(palette.INK[1:])
    _east_asian(made)
    made.has_legend = len(chart.series) > 1
    if made.has_legend:
        made.legend.position = XL_LEGEND_POSITION.TOP
        made.legend.include_in_layout = False
    if chart.kind == "lines":
        _style_lines(made, chart, points)
    else:
        _style_bars(made, chart, points)
        _layout(made, chart, size, points)
    _settle(made)


def _east_asian(made) -> None:
    from pptx.oxml.ns import qn

    for properties in made._chartSpace.txPr.iter(qn("a:defRPr")):
        font = properties.makeelement(qn("a:ea"), {"typeface": EAST_ASIAN})
        properties.find(qn("a:latin")).addnext(font)


def _style_bars(made, chart: ResolvedChart, points: float) -> None:
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_LABEL_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK

    plot = made.plots[0]
    stacked = chart.kind == "stacked"
    plot.gap_width = max(45, 300 // (len(chart.categories) * (1 if stacked else len(chart.series)) or 1))
    plot.overlap = 100 if stacked else 0
    made.value_axis.visible = False
    made.value_axis.has_major_gridlines = False
    numbers = [number for each in chart.series for number in each.values if number is not None]
    if min(numbers, default=0.0) >= 0:
        made.value_axis.minimum_scale = 0
    axis = made.category_axis
    axis.reverse_order = True
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.format.line.color.rgb = RGBColor.from_string(palette.RULE[1:])
    for place, (drawn, series) in enumerate(zip(plot.series, chart.series, strict=True)):
        fills = palette.bar_colours(series.key, place, chart.keys, len(chart.series) == 1 and not stacked)
        _paint(drawn.format, fills[0] if fills else palette.UNNAMED[0], paper=stacked)
        drawn.invert_if_negative = False
        for number, fill in enumerate(fills):
            if fill != fills[0]:
                _paint(drawn.points[number].format, fill, paper=stacked)
        labels = drawn.data_labels
        _labels(labels, chart, points)
        labels.position = XL_LABEL_POSITION.CENTER if stacked else XL_LABEL_POSITION.OUTSIDE_END
        if stacked:
            labels.font.color.rgb = RGBColor.from_string(palette.ink_on(fills[0])[1:])
        for number, text in _worded(series, chart):
            point = drawn.points[number].data_label
            point.text_frame.text = text
            point.position = labels.position


def _style_lines(made, chart: ResolvedChart, points: float) -> None:
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_LABEL_POSITION, XL_MARKER_STYLE, XL_TICK_MARK
    from pptx.enum.dml import MSO_LINE
    from pptx.util import Pt

    rule = RGBColor.from_string("D9DEE4")
    axis = made.value_axis
    axis.has_major_gridlines = True
    axis.major_gridlines.format.line.color.rgb = rule
    axis.format.line.fill.background()
    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "General", False
    made.category_axis.major_tick_mark = XL_TICK_MARK.NONE
    made.category_axis.format.line.color.rgb = RGBColor.from_string(palette.RULE[1:])
    for place, (drawn, series) in enumerate(zip(made.plots[0].series, chart.series, strict=True)):
        colour = RGBColor.from_string(palette.colour(series.key, place)[1:])
        drawn.smooth = False
        drawn.format.line.color.rgb, drawn.format.line.width = colour, Pt(points / 6)
        drawn.marker.style = getattr(XL_MARKER_STYLE, _MARKERS[place % len(_MARKERS)])
        drawn.marker.size = max(5, round(points / 2))
        drawn.marker.format.fill.solid()
        drawn.marker.format.fill.fore_color.rgb = colour
        drawn.marker.format.line.color.rgb = colour
        for number, dashed in enumerate(series.dashed):
            if dashed:
                line = drawn.points[number].format.line
                line.color.rgb, line.width, line.dash_style = colour, Pt(points / 6), MSO_LINE.DASH
        readable = palette.contrast(f"#{colour}", palette.PAPER) >= 4.5
        for number, above in _apart(chart, place).items():
            label = drawn.points[number].data_label
            label.position = XL_LABEL_POSITION.ABOVE if above else XL_LABEL_POSITION.BELOW
            label.font.size = Pt(points)
            label.font.color.rgb = colour if readable else RGBColor.from_string(palette.INK[1:])


def _apart(chart: ResolvedChart, place: int) -> dict[int, bool]:
    """Return the points of a line whose number has room, and whether it stands above the point.

    The highest number of a category stands above, the lowest below; one between them is written where it
    is far from both neighbours. The legend and the workbook hold them all.
    """
    numbers = [number for each in chart.series for number in each.values if number is not None]
    near = 0.07 * ((max(numbers) - min(numbers)) or 1.0) if numbers else 0.0
    found = {}
    for at, number in enumerate(chart.series[place].values):
        others = [each.values[at] for n, each in enumerate(chart.series) if n != place]
        others = [other for other in others if other is not None]
        if number is None:
            continue
        if all(number > other for other in others):
            found[at] = True
        elif all(number < other for other in others) or all(abs(number - other) > near for other in others):
            found[at] = False
    return found


def _labels(labels, chart: ResolvedChart, points: float) -> None:
    from pptx.util import Pt

    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = number_format(chart), False
    labels.font.size = Pt(points)


def _worded(series: ResolvedSeries, chart: ResolvedChart) -> list[tuple[int, str]]:
    """Return the points whose label says more than the number: place and text."""
    locale = Catalogue(chart.language)("language.locale")
    return [
        (place, text)
        for place, (number, text) in enumerate(zip(series.numbers, series.texts, strict=True))
        if number is not None and text != printed(number, chart.decimals, locale)
    ]


def _paint(shape, fill: str, *, paper: bool) -> None:
    from pptx.dml.color import RGBColor
    from pptx.util import Pt

    shape.fill.solid()
    shape.fill.fore_color.rgb = RGBColor.from_string(fill[1:])
    edge = palette.PAPER if paper else palette.outline(fill)
    shape.line.color.rgb, shape.line.width = RGBColor.from_string(edge[1:]), Pt(0.5)


def _widest(texts: Iterable[str], points: float) -> float:
    """Return about how wide the longest text is, in inches."""
    signs = (sum(1 + (sign > "\u2e80") for sign in text) for text in texts)
    return max(signs, default=0) * points * 0.55 / 72


def _above(chart: ResolvedChart, width: float, points: float) -> float:
    """Return the height of the legend, in inches."""
    if len(chart.series) < 2:
        return 0.1
    wide = sum(_widest([each.label], points) + 0.35 for each in chart.series)
    return 0.15 + math.ceil(wide / width) * points * 1.6 / 72


def natural_height(chart: ResolvedChart, width: float, points: float) -> float:
    """Return the height in inches at which bars and the lines of their labels have room."""
    if chart.kind == "lines":
        return width * 0.45
    lanes = 1 if chart.kind == "stacked" else len(chart.series)
    room = min(_widest(chart.categories, points), LABEL_ROOM * width)
    tall = sum(
        max(lanes * 0.19, math.ceil(_widest([each], points) / room) * points * 1.25 / 72) + 0.12
        for each in chart.categories
    )
    return max(tall + _above(chart, width, points) + 0.1, 1.6)


def _layout(made, chart: ResolvedChart, size: tuple[float, float], points: float) -> None:
    """Leave long labels their room: the inside of the plot is placed by fractions of the chart."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls, qn

    left = min(_widest(chart.categories, points) / size[0] + 0.03, LABEL_ROOM)
    top = _above(chart, size[0], points) / size[1]
    entries = {"x": left, "y": top, "w": 0.93 - left, "h": 0.98 - top}
    places = "".join(f'<c:{name} val="{number:.3f}"/>' for name, number in entries.items())
    layout = parse_xml(
        f'<c:layout {nsdecls("c")}><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
        f'<c:yMode val="edge"/>{places}</c:manualLayout></c:layout>'
    )
    area = made._chartSpace.chart.plotArea
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    area.insert(0, layout)


def _settle(made) -> None:
    """Say what Office would otherwise decide by itself: square corners, no frame, gaps stay gaps."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls, qn

    space = made._chartSpace
    if space.find(qn("c:roundedCorners")) is None:
        space.find(qn("c:date1904")).addnext(parse_xml(f'<c:roundedCorners {nsdecls("c")} val="0"/>'))
    plain = "<a:noFill/><a:ln><a:noFill/></a:ln>"
    space.chart.addnext(parse_xml(f"<c:spPr {nsdecls('c', 'a')}>{plain}</c:spPr>"))
    blanks = space.chart.find(qn("c:dispBlanksAs"))
    if blanks is not None:
        blanks.set("val", "gap")


def chart_and_workbook(chart: ResolvedChart, points: float, size: tuple[float, float]) -> tuple[bytes, bytes]:
    """Return a chart's XML, which names its workbook ``rId1``, and the workbook.

    Raises
    ------
    MissingPackage
        When python-pptx is not installed.
    """
    needs_pptx()
    from pptx import Presentation
    from pptx.parts.chart import ChartPart

    part = ChartPart.new(*chart_data(chart), Presentation().part.package)
    style(part.chart, chart, points, size)
    return part.blob, part.chart_workbook.xlsx_part.blob
