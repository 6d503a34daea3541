"""The look of native Office charts: the house's colours, fonts, labels and room for long texts."""

from __future__ import annotations

import math
from collections.abc import Iterable
from copy import deepcopy
from functools import lru_cache
from typing import Any

from analysis.labels import Catalogue
from analysis.labels.numerals import printed
from analysis.pictures import palette
from analysis.printed.axes import line_axis
from analysis.printed.once import once_for_each
from analysis.printed.printable import ResolvedChart, ResolvedSeries
from analysis.tables.word_tables import EAST_ASIAN, LATIN

LABEL_ROOM, _LINE_ROOM = 0.46, 0.4
"""Shares of a chart's width: what long names may take, and the length at which their lines are broken."""
_LEGEND_ROOM, _KEY = 0.8, 0.35
"""The share of the width that a legend takes, and what a key and the gap after its name take, in inches."""
_LONG_LINE = 12
_MARKERS = ("CIRCLE", "SQUARE", "TRIANGLE", "DIAMOND")


def label_format(chart: ResolvedChart) -> str:
    """Return the number format of the value labels; parts of nothing are not written."""
    decimals = max(chart.decimals, 0)
    form = "#,##0" + ("." + "0" * decimals if decimals else "")
    minus = f'"{chr(0x2212)}"{form}'
    return f"{form};{minus};" if chart.kind == "stacked" else f"{form};{minus}"


def style_chart(native_chart, chart: ResolvedChart, points: float, size: tuple[float, float]) -> None:
    """Give a chart the house's colours, fonts and labels.

    Parameters
    ----------
    native_chart : pptx.chart.chart.Chart
    chart : ResolvedChart
    points : float
        Size of the labels.
    size : tuple of float
        Width and height of the chart, in inches.
    """
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_LEGEND_POSITION
    from pptx.util import Pt

    native_chart.has_title = False
    native_chart.font.size = Pt(points)
    native_chart.font.name = LATIN
    native_chart.font.color.rgb = RGBColor.from_string(palette.INK[1:])
    _east_asian(native_chart)
    native_chart.has_legend = len(chart.series) > 1
    if native_chart.has_legend:
        native_chart.legend.position = XL_LEGEND_POSITION.TOP
        native_chart.legend.include_in_layout = False
    if chart.kind == "lines":
        _style_lines(native_chart, chart, points)
    else:
        _style_bars(native_chart, chart, points)
        _layout(native_chart, chart, size, points)
    _settle(native_chart)


def _east_asian(native_chart) -> None:
    from pptx.oxml.ns import qn

    for properties in native_chart._chartSpace.txPr.iter(qn("a:defRPr")):
        font = properties.makeelement(qn("a:ea"), {"typeface": EAST_ASIAN})
        properties.find(qn("a:latin")).addnext(font)


def _style_bars(native_chart, chart: ResolvedChart, points: float) -> None:
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_LABEL_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK

    plot = native_chart.plots[0]
    stacked = chart.kind == "stacked"
    plot.gap_width = max(45, 300 // (len(chart.categories) * (1 if stacked else len(chart.series)) or 1))
    plot.overlap = 100 if stacked else 0
    native_chart.value_axis.visible = False
    native_chart.value_axis.has_major_gridlines = False
    numbers = [number for line in chart.series for number in line.values if number is not None]
    if min(numbers, default=0.0) >= 0:
        native_chart.value_axis.minimum_scale = 0
    axis = native_chart.category_axis
    axis.reverse_order = True
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    axis.major_tick_mark = XL_TICK_MARK.NONE
    _name_every_bar(axis, points)
    axis.format.line.color.rgb = RGBColor.from_string(palette.RULE[1:])
    for place, (drawn, series) in enumerate(zip(plot.series, chart.series, strict=True)):
        fills = palette.bar_colours(series, place, chart, len(chart.series) == 1 and not stacked)
        _paint(drawn.format, fills[0] if fills else palette.UNNAMED[0], paper=stacked)
        drawn.invert_if_negative = False
        painted: dict[str, Any] = {}
        last: Any = None
        for number, fill in enumerate(fills):
            if fill in painted:
                last = _of_another(painted[fill], number, last)
            elif fill != fills[0]:
                _paint(drawn.points[number].format, fill, paper=stacked)
                last = painted[fill] = drawn._element.get_or_add_dPt_for_point(number)
        labels = drawn.data_labels
        _labels(labels, chart, points)
        labels.position = XL_LABEL_POSITION.CENTER if stacked else XL_LABEL_POSITION.OUTSIDE_END
        if stacked:
            labels.font.color.rgb = RGBColor.from_string(palette.ink_on(fills[0])[1:])
        for number, text in _worded(series, chart):
            point = drawn.points[number].data_label
            point.text_frame.text = text
            point.position = labels.position


def _name_every_bar(axis, points: float) -> None:
    """Forbid Office to leave out names where it finds them crowded.

    LibreOffice leaves out names unless their text is level by statement.
    """
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls, qn
    from pptx.util import Pt

    skip = parse_xml(f'<c:tickLblSkip {nsdecls("c")} val="1"/>')
    after = axis._element.find(qn("c:noMultiLvlLbl"))
    axis._element.append(skip) if after is None else after.addprevious(skip)
    axis.tick_labels.font.size = Pt(points)
    body = axis._element.txPr.find(qn("a:bodyPr"))
    body.set("rot", "0")
    body.set("vert", "horz")


def _style_lines(native_chart, chart: ResolvedChart, points: float) -> None:
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_LABEL_POSITION, XL_MARKER_STYLE, XL_TICK_MARK
    from pptx.enum.dml import MSO_LINE
    from pptx.util import Pt

    rule = RGBColor.from_string("D9DEE4")
    axis = native_chart.value_axis
    ends = line_axis((number for series in chart.series for number in series.values), chart.decimals)
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = ends.low, ends.high, ends.step
    axis.has_major_gridlines = True
    axis.major_gridlines.format.line.color.rgb = rule
    axis.format.line.fill.background()
    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "General", False
    native_chart.category_axis.major_tick_mark = XL_TICK_MARK.NONE
    native_chart.category_axis.format.line.color.rgb = RGBColor.from_string(palette.RULE[1:])
    fills = {
        line.key: palette.colour(line.key, place, line.standing) for place, line in enumerate(chart.own_lines)
    }
    for place, (drawn, series) in enumerate(zip(native_chart.plots[0].series, chart.series, strict=True)):
        colour = RGBColor.from_string(fills[series.marked_on or series.key][1:])
        drawn.smooth = False
        if series.marked_on:
            drawn.format.line.fill.background()
            drawn.marker.style, drawn.marker.size = XL_MARKER_STYLE.CIRCLE, max(8, round(points))
            drawn.marker.format.fill.background()
            drawn.marker.format.line.color.rgb = colour
            continue
        drawn.format.line.color.rgb, drawn.format.line.width = colour, Pt(points / 6)
        drawn.marker.style = getattr(XL_MARKER_STYLE, _MARKERS[place % len(_MARKERS)])
        drawn.marker.size = max(5, round(points / 2))
        drawn.marker.format.fill.solid()
        drawn.marker.format.fill.fore_color.rgb = colour
        drawn.marker.format.line.color.rgb = colour
        last: Any = None
        for number, dashed in enumerate(series.dashed):
            if dashed and last is not None:
                last = _of_another(last, number, last)
            elif dashed:
                line = drawn.points[number].format.line
                line.color.rgb, line.width, line.dash_style = colour, Pt(points / 6), MSO_LINE.DASH
                last = drawn._element.get_or_add_dPt_for_point(number)
        readable = palette.contrast(f"#{colour}", palette.PAPER) >= 4.5
        last = None
        for number, above in labelled_points(chart, place).items():
            position = XL_LABEL_POSITION.ABOVE if above else XL_LABEL_POSITION.BELOW
            if last is not None:
                last = _of_another(last, number, last)
                last.dLblPos.val = position
                continue
            label = drawn.points[number].data_label
            label.position = position
            label.font.size = Pt(points)
            label.font.color.rgb = colour if readable else RGBColor.from_string(palette.INK[1:])
            last = drawn._element.get_or_add_dLbl(number)


def _of_another(made, number: int, last):
    """Return what was set of one point, set of another after the last: python-pptx takes long to set it."""
    copied = deepcopy(made)
    copied.idx.set("val", str(number))
    last.addnext(copied)
    return copied


def labelled_points(chart: ResolvedChart, place: int) -> dict[int, bool]:
    """Return the points of a line whose number has room, and whether it stands above the point.

    The highest number of a category stands above, the lowest below; one between them is written where it
    is far from both neighbours; of a long line only the ends are. The same number of two lines is written
    once; one that lies at the foot of the chart stands above. The workbook holds them all.
    """
    axis = line_axis((number for line in chart.series for number in line.values), chart.decimals)
    near = 0.07 * (axis.high - axis.low)
    values = chart.series[place].values
    places = [at for at, number in enumerate(values) if number is not None]
    ends = {*places[:1], *places[-1:]} if len(chart.categories) > _LONG_LINE else set(places)
    apart_at = {}
    for at, number in enumerate(values):
        if number is None or at not in ends or number in {line.values[at] for line in chart.series[:place]}:
            continue
        others = [line.values[at] for line in chart.own_lines if line is not chart.series[place]]
        others = [other for other in others if other is not None and other != number]
        low = number - axis.low < near and all(other > number + 2 * near for other in others)
        if low or all(number > other for other in others):
            apart_at[at] = True
        elif all(number < other for other in others) or all(abs(number - other) > near for other in others):
            apart_at[at] = False
    return apart_at


def _labels(labels, chart: ResolvedChart, points: float) -> None:
    from pptx.util import Pt

    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = label_format(chart), False
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
    return max(map(_signs, texts), default=0) * points * 0.55 / 72


@lru_cache(maxsize=10_000)
def _signs(text: str) -> int:
    """Return how long a text is, Chinese signs counted twice."""
    return sum(1 + (sign > "\u2e80") for sign in text)


def _above(chart: ResolvedChart, width: float, points: float) -> float:
    """Return the height of the legend, in inches."""
    if len(chart.series) < 2:
        return 0.1
    # Office sets the entries below each other in columns of one width.
    widest = _widest((line.label for line in chart.series), points) + _KEY
    columns = max(int(_LEGEND_ROOM * width / widest), 1)
    return 0.2 + math.ceil(len(chart.series) / columns) * points * 1.6 / 72


@once_for_each
def natural_height(chart: ResolvedChart, width: float, points: float) -> float:
    """Return the height in inches at which bars and the lines of their labels have room."""
    if chart.kind == "lines":
        return width * 0.45
    lanes = 1 if chart.kind == "stacked" else len(chart.series)
    room = min(_widest(chart.categories, points), _LINE_ROOM * width)
    tall = sum(
        max(
            lanes * min(points * 0.021, 0.19),
            math.ceil(_widest([category], points) / room) * points * 1.25 / 72,
        )
        + 0.12
        for category in chart.categories
    )
    return max(tall + _above(chart, width, points) + 0.1, 1.6)


def _layout(native_chart, chart: ResolvedChart, size: tuple[float, float], points: float) -> None:
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
    area = native_chart._chartSpace.chart.plotArea
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    area.insert(0, layout)


def _settle(native_chart) -> None:
    """Say what Office would otherwise decide by itself: square corners, no frame, gaps stay gaps."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls, qn

    space = native_chart._chartSpace
    if space.find(qn("c:roundedCorners")) is None:
        space.find(qn("c:date1904")).addnext(parse_xml(f'<c:roundedCorners {nsdecls("c")} val="0"/>'))
    plain = "<a:noFill/><a:ln><a:noFill/></a:ln>"
    space.chart.addnext(parse_xml(f"<c:spPr {nsdecls('c', 'a')}>{plain}</c:spPr>"))
    blanks = space.chart.find(qn("c:dispBlanksAs"))
    if blanks is not None:
        blanks.set("val", "gap")
