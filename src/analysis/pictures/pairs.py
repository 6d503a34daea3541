"""Charts of pairs: two dots joined on one axis, and lines from one period to the next."""

from __future__ import annotations

import math

from analysis.labels import Catalogue
from analysis.pictures import palette
from analysis.pictures.lines import draw_break, pushed_apart
from analysis.pictures.plane import Plane
from analysis.pictures.rows import Body, frame, lay_rows
from analysis.pictures.sheet import Canvas, LegendEntry, Sheet
from analysis.printed.axes import line_axis
from analysis.printed.printable import ResolvedChart, ResolvedSeries

SLOPE_ROOM = 0.4
FAR = 0.6
"""An axis of dots is broken where the smallest number is more than this share of the largest."""


def legend_of_pairs(chart: ResolvedChart) -> tuple[LegendEntry, ...]:
    """Return a dot for each series."""
    fills = [palette.colour(series.key, place, series.standing) for place, series in enumerate(chart.series)]
    return tuple(
        LegendEntry(series.label, fill, palette.outline(fill), "point", "o")
        for series, fill in zip(chart.series, fills, strict=True)
    )


def dumbbell(chart: ResolvedChart, sheet: Sheet) -> Body:
    """Two dots a row on one axis, joined: the lower number stands before its dot, the higher after.

    The axis begins at zero, or, broken visibly, where all numbers lie far above it and close together.

    A number that is missing is said in words behind the other.

    Raises
    ------
    ValueError
        When there are not two series, or a number is negative.
    """
    if len(chart.series) != 2 or any((number or 0) < 0 for line in chart.series for number in line.numbers):
        raise ValueError(f"chart {chart.id}: a dumbbell joins two series of numbers that are not negative")
    rows = lay_rows(chart, sheet, 1, 1.35)
    pad = 0.75 * sheet.points
    words = [_told(chart, row) for row in range(len(chart.categories))]
    before = max((sheet.label.width(text) + pad for text, _, _ in words if text), default=0.0)
    room = rows.room - before
    origin = _origin(chart)
    per_unit = min(
        (
            (room - sheet.label.width(after) - sheet.label.width(gaps[-1]) - 2 * pad) / (most - origin)
            for (_, after, gaps), most in zip(words, _highest(chart), strict=True)
            if most > origin
        ),
        default=1.0,
    )
    low, high = origin - before / per_unit, origin + room / per_unit

    def paint(canvas: Canvas, top: float, height: float) -> None:
        plane, middles, stretch = frame(canvas, rows, top, height, low, high)
        tall = rows.heights(stretch)
        for row, middle in enumerate(middles):
            half = rows.thick * stretch * 0.6 if rows.above else tall[row] / 2
            if not _crosses(chart, row, words[row][0], sheet, per_unit, origin):
                plane.plot(
                    [origin, origin], [middle - half, middle + half], color=palette.RULE, linewidth=0.6
                )
            numbers = [line.values[row] for line in chart.series if line.values[row] is not None]
            if len(numbers) == 2:
                plane.plot(numbers, [middle] * 2, color=palette.RULE, linewidth=sheet.points * 0.22, zorder=1)
            _dots(plane, chart, row, middle, sheet)
            text, after, gaps = words[row]
            baseline = top + middle + sheet.points * 0.36
            zero = rows.left + before
            canvas.write(
                text,
                zero + (min(numbers, default=origin) - origin) * per_unit - pad,
                baseline,
                sheet.label,
                align="right",
            )
            end = zero + (max(numbers, default=origin) - origin) * per_unit + pad
            canvas.write(after, end, baseline, sheet.label)
            beyond = end + (sheet.label.width(after) + pad if after else 0.0)
            edge = rows.left + rows.room
            missing = next((gap for gap in gaps if beyond + sheet.label.width(gap) <= edge), gaps[-1])
            canvas.write(missing, beyond, baseline, sheet.label, palette.MUTED)
        if origin:
            draw_break(canvas, rows.left + before, top + height)

    return Body(sum(rows.heights()), paint)


def _origin(chart: ResolvedChart) -> float:
    """Return where the axis begins: at zero, unless all numbers lie close together and far above it."""
    numbers = [number for line in chart.series for number in line.values if number is not None]
    axis = line_axis(numbers, chart.decimals)
    return max(axis.low, 0.0) if numbers and min(numbers) > FAR * max(numbers) else 0.0


def _highest(chart: ResolvedChart) -> list[float]:
    return [
        max(number or 0.0 for number in pair) for pair in zip(*(s.values for s in chart.series), strict=True)
    ]


def _told(chart: ResolvedChart, row: int) -> tuple[str, str, tuple[str, str]]:
    """Return what stands before the lower dot, after the higher, and what is missing, long and short."""
    ends = [(line.values[row], line.texts[row]) for line in chart.series if line.values[row] is not None]
    gaps = [(line.label, line.texts[row]) for line in chart.series if line.values[row] is None]
    gaps = [(label, text) for label, text in gaps if text]
    labels = Catalogue(chart.language)
    meanings = [labels("label.meaning", shorthand=label, meaning=text) for label, text in gaps]
    separator = labels("label.list_separator")
    missing = separator.join(meanings), separator.join(text for _, text in gaps)
    if len(ends) < 2:
        return "", ends[0][1] if ends else "", missing
    ends.sort(key=lambda pair: pair[0])
    same = ends[0] == ends[1]
    return "" if same else ends[0][1], ends[1][1], missing


def _crosses(chart: ResolvedChart, row: int, text: str, sheet: Sheet, per_unit: float, origin: float) -> bool:
    """Whether the number before the lower dot of a row lies over the axis' beginning."""
    least = min((line.values[row] or 0.0 for line in chart.series), default=origin)
    return bool(text) and (least - origin) * per_unit < sheet.label.width(text) + sheet.points


def _dots(plane: Plane, chart: ResolvedChart, row: int, middle: float, sheet: Sheet) -> None:
    for place, series in enumerate(chart.series):
        if series.values[row] is None:
            continue
        fill = palette.colour(series.key, place, series.standing)
        dot = plane.plot(
            [series.values[row]],
            [middle],
            "o",
            color=fill,
            markeredgecolor=palette.outline(fill),
            markeredgewidth=0.6,
            markersize=sheet.points * (0.95 if place else 1.0),
            clip_on=False,
            zorder=2 + place,
        )
        dot.set_gid(f"values/{series.key}/{chart.keys[row]}")


def slope(chart: ResolvedChart, sheet: Sheet) -> Body:
    """A line for each series from the first of two categories to the second, with both numbers at its ends.

    Raises
    ------
    ValueError
        When there are not two categories.
    """
    if len(chart.categories) != 2:
        raise ValueError(
            f"chart {chart.id}: a slope runs between two categories, not {len(chart.categories)}"
        )
    axis = line_axis((number for line in chart.series for number in line.values), chart.decimals)
    ends = [_named(line, sheet) for line in chart.series]
    lines = sum(len(end) for end in ends)
    below = sheet.label.line + 0.5 * sheet.points
    least = max(13 * sheet.points, (lines + 1) * sheet.label.line)

    def paint(canvas: Canvas, top: float, height: float) -> None:
        tall = height - below
        before = max((sheet.label.width(line.texts[0]) for line in chart.series), default=0.0)
        names = max((sheet.label.widest(end) for end in ends), default=0.0)
        left = sheet.margin + max(before + sheet.points, sheet.label.width(chart.categories[0]) / 2)
        room = sheet.width + sheet.margin - left - names - 1.2 * sheet.points
        plane = canvas.plane(left, top, room, tall)
        plane.set_limits((0, 1), (axis.low, axis.high))
        plane.axhline(axis.low, color=palette.RULE, linewidth=1.0, clip_on=False)
        if axis.cut:
            draw_break(canvas, left, top + tall)
        for place, name in enumerate(chart.categories):
            plane.axvline(place, color=palette.RULE, linewidth=0.6, zorder=0)
            half = sheet.label.width(name) / 2
            centre = min(left + place * room, sheet.margin + sheet.width - half)
            canvas.write(name, centre, top + tall + 1.25 * sheet.points, sheet.label, palette.MUTED, "center")
        heights = [
            [
                None if number is None else tall * (axis.high - number) / (axis.high - axis.low)
                for number in pair
            ]
            for pair in (line.values for line in chart.series)
        ]
        for place, series in enumerate(chart.series):
            _slope_line(plane, series, place, sheet)
        _beside(chart, canvas, heights, [[line.texts[0]] for line in chart.series], 0, (left, top, tall))
        _beside(chart, canvas, heights, ends, 1, (left + room, top, tall))

    return Body(least + below, paint)


def _named(series: ResolvedSeries, sheet: Sheet) -> list[str]:
    return sheet.label.wrap(f"{series.texts[1]} {series.label}", sheet.width * SLOPE_ROOM)


def _slope_line(plane: Plane, series: ResolvedSeries, place: int, sheet: Sheet) -> None:
    fill = palette.colour(series.key, place, series.standing)
    values = [math.nan if number is None else number for number in series.values]
    plane.plot([0, 1], values, color=palette.outline(fill), linewidth=sheet.points * 0.2, clip_on=False)
    points = plane.plot([0, 1], values, "o", color=fill, clip_on=False, markersize=sheet.points * 0.7)
    points.set(gid=f"values/{series.key}", markeredgecolor=palette.outline(fill), markeredgewidth=0.6)


def _beside(chart: ResolvedChart, canvas: Canvas, heights, texts: list[list[str]], end: int, region) -> None:
    """Write the lines of each series at one end of the slopes, pushed apart where they are close."""
    edge, top, tall = region
    sheet = canvas.sheet
    sizes = [len(text) * sheet.label.line for text in texts]
    wanted = [
        (heights[place][end] - sizes[place] / 2, sizes[place], place)
        for place in range(len(texts))
        if heights[place][end] is not None
    ]
    for start, place in pushed_apart(wanted, tall, sheet.points):
        fill = palette.colour(chart.series[place].key, place, chart.series[place].standing)
        ink = fill if palette.contrast(fill, palette.PAPER) >= 4.5 else palette.INK
        left = edge + (0.8 if end else -0.8) * sheet.points
        canvas.write_lines(texts[place], left, top + start, sheet.label, ink, "left" if end else "right")
