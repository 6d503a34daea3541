"""Line charts: series over periods, each named at its end; modelled or projected segments dashed."""

from __future__ import annotations

import math
from itertools import groupby

from analysis.labels import Catalogue
from analysis.pictures import palette
from analysis.pictures.plane import Plane
from analysis.pictures.rows import Body
from analysis.pictures.scale import numbers_with_texts
from analysis.pictures.sheet import Canvas, LegendEntry, Sheet
from analysis.printed.axes import line_axis
from analysis.printed.printable import ResolvedChart, ResolvedSeries

LABEL_ROOM = 0.3


def height_of(sheet: Sheet) -> float:
    """Return the least height of the plot: flatter the wider the figure is."""
    return sheet.points * (19 if sheet.width < 300 else 22)


def named_at_end(chart: ResolvedChart, sheet: Sheet) -> bool:
    """Whether the names of the series fit beside the ends of their lines."""
    if len(chart.own_lines) < 2:
        return False
    tall = sum(len(_end_lines(chart, line, sheet)) * sheet.label.line for line in chart.own_lines)
    return tall <= height_of(sheet)


def legend_of_lines(chart: ResolvedChart, sheet: Sheet) -> tuple[LegendEntry, ...]:
    """Return the legend: the lines where they are not named at their ends, what dashes and rings mean."""
    entries, words = [], Catalogue(chart.language)
    if len(chart.own_lines) > 1 and not named_at_end(chart, sheet):
        for place, series in enumerate(chart.own_lines):
            fill = palette.colour(series.key, place, series.standing)
            entries.append(LegendEntry(series.label, fill, fill, "line", palette.MARKERS[place]))
    if any(any(line.dashed) for line in chart.series):
        entries.append(LegendEntry(words("label.dashed"), palette.MUTED, palette.MUTED, "dashed"))
    if len(chart.own_lines) < len(chart.series):
        entries.append(LegendEntry(words("label.as_printed"), palette.PAPER, palette.INK, "point", "o"))
    return tuple(entries)


def lines(chart: ResolvedChart, sheet: Sheet) -> Body:
    """Lines over the categories; gaps stay gaps, a lone number is a point."""
    axis = line_axis((number for line in chart.series for number in line.values), chart.decimals)
    low, high = axis.low, axis.high
    axis_below = sheet.label.line + 0.5 * sheet.points

    def paint(canvas: Canvas, top: float, height: float) -> None:
        tall = height - axis_below
        marked = numbers_with_texts(axis.marks, sheet.language)
        wide = max((sheet.small.width(text) for _, text in marked), default=0.0)
        left = sheet.margin + wide + 1.2 * sheet.points
        named, shown = named_at_end(chart, sheet), chart.own_lines
        ends = [_end_lines(chart, line, sheet) if named else [] for line in shown]
        names = max((sheet.label.widest(end) for end in ends), default=0.0)
        room = sheet.margin + sheet.width - left - (names + 2.2 * sheet.points if names else sheet.points)
        plane = canvas.plane(left, top, room, tall)
        last = len(chart.categories) - 1
        step = room / max(last, 1)
        plane.set_limits((-0.08 * max(last, 1), last + 0.04 * max(last, 1) + 0.02), (low, high))
        for number, text in marked:
            plane.axhline(number, color="#D9DEE4", linewidth=0.5, zorder=0)
            baseline = top + tall * (high - number) / (high - low) + sheet.small.points * 0.36
            canvas.write(text, left - 0.5 * sheet.points, baseline, sheet.small, palette.MUTED, "right")
        _periods(chart, canvas, plane, (left, room, top + tall))
        if axis.cut:
            draw_break(canvas, left, top + tall)
        _missing(chart, canvas, plane, (left, room, top + tall))
        fills = {
            series.key: palette.colour(series.key, place, series.standing)
            for place, series in enumerate(shown)
        }
        for place, series in enumerate(shown):
            _line(plane, series, fills[series.key], palette.MARKERS[place], sheet, step)
        for series in chart.series:
            if series.marked_on:
                _rings(plane, series, fills[series.marked_on], sheet, step)
        if names:
            _names(chart, canvas, ends, (left + room, top, tall, low, high))
        elif len(shown) == 1:
            _numbers(chart, canvas, plane, (left, room, top, tall))

    return Body(height_of(sheet) + axis_below, paint)


def _last(series: ResolvedSeries) -> int | None:
    """Return the place of the last number."""
    places = [place for place, number in enumerate(series.numbers) if number is not None]
    return places[-1] if places else None


def _end_lines(chart: ResolvedChart, series: ResolvedSeries, sheet: Sheet) -> list[str]:
    """Return a series' name and last number, with its period where that is not the chart's last."""
    last = _last(series)
    text = series.label
    if last is not None:
        earlier = f" ({chart.categories[last]})" if last < len(chart.categories) - 1 else ""
        text = f"{series.label} {series.texts[last]}{earlier}"
    return sheet.label.wrap(text, sheet.width * LABEL_ROOM)


def _line(plane: Plane, series: ResolvedSeries, fill: str, marker: str, sheet: Sheet, step: float) -> None:
    """Draw a line in runs that are solid or dashed, and its points, smaller where they stand close."""
    values = [math.nan if number is None else number for number in series.values]
    dashed = series.dashed or (False,) * len(values)
    ends = [
        end
        for end in range(1, len(values))
        if not math.isnan(values[end]) and not math.isnan(values[end - 1])
    ]
    # A run is drawn in one go: dashes that begin anew at each point run together where points stand close.
    for (broken, _), run in groupby(enumerate(ends), key=lambda pair: (dashed[pair[1]], pair[1] - pair[0])):
        ends_of_run = [end for _, end in run]
        places = range(ends_of_run[0] - 1, ends_of_run[-1] + 1)
        plane.plot(
            places,
            [values[place] for place in places],
            "--" if broken else "-",
            color=fill,
            linewidth=min(sheet.points * 0.2, step * 0.18),
            solid_capstyle="round",
        )
    points = plane.plot(range(len(values)), values, marker, color=fill, clip_on=False)
    points.set(markersize=min(sheet.points * 0.55, step * 0.3), gid=f"values/{series.key}")


def _rings(plane: Plane, series: ResolvedSeries, fill: str, sheet: Sheet, step: float) -> None:
    """Ring the numbers that a document prints of a line, in the line's colour."""
    values = [math.nan if number is None else number for number in series.values]
    rings = plane.plot(range(len(values)), values, "o", color=fill, clip_on=False)
    rings.set(
        markersize=min(sheet.points * 1.05, max(step, sheet.points * 0.6)),
        markerfacecolor="none",
        markeredgewidth=sheet.points * 0.11,
        gid=f"values/{series.key}",
    )


def _periods(chart: ResolvedChart, canvas: Canvas, plane: Plane, region) -> None:
    left, room, bottom = region
    sheet = canvas.sheet
    first, end = plane.get_xlim()
    plane.axhline(plane.get_ylim()[0], color=palette.RULE, linewidth=1.0, clip_on=False)
    taken = math.inf
    for place in reversed(range(len(chart.categories))):
        text = chart.categories[place]
        centre = left + room * (place - first) / (end - first)
        half = sheet.label.width(text) / 2
        if centre + half > taken:
            continue
        taken = centre - half - 0.5 * sheet.points
        canvas.write(text, centre, bottom + 1.25 * sheet.points, sheet.label, palette.MUTED, "center")


def draw_break(canvas: Canvas, left: float, bottom: float) -> None:
    """Mark the foot of an axis that does not start at zero with a broken line."""
    size = canvas.sheet.points
    mark = canvas.plane(left - 0.3 * size, bottom - 0.9 * size, 0.6 * size, 1.4 * size)
    mark.set_limits((0, 1), (0, 1))
    zigzag = mark.plot([0, 1, 0, 1], [0.15, 0.4, 0.6, 0.85], color=palette.RULE, linewidth=0.9, clip_on=False)
    zigzag.set_gid("axis-break")


def _missing(chart: ResolvedChart, canvas: Canvas, plane: Plane, region) -> None:
    """Say over the axis for which periods no series has a number."""
    left, room, bottom = region
    sheet = canvas.sheet
    first, end = plane.get_xlim()
    words = Catalogue(chart.language)("status.not_available")
    step = room / (end - first)
    gaps = [
        place
        for place in range(len(chart.categories))
        if all(line.numbers[place] is None for line in chart.series)
    ]
    if sheet.small.width(words) > 0.95 * step:
        # Too close to say it of each period: once for each run of them, in its middle.
        runs = groupby(enumerate(gaps), key=lambda pair: pair[1] - pair[0])
        run_places = [[place for _, place in run] for _, run in runs]
        middles = [(run[0] + run[-1]) / 2 for run in run_places]
    else:
        middles = [float(place) for place in gaps]
    for middle in middles:
        centre = left + step * (middle - first)
        canvas.write(words, centre, bottom - 0.5 * sheet.points, sheet.small, palette.MUTED, "center")


def _names(chart: ResolvedChart, canvas: Canvas, ends: list[list[str]], region) -> None:
    """Write each series' name and last number beside its end, pushed apart where ends are close."""
    right, top, tall, low, high = region
    sheet = canvas.sheet
    wanted = []
    for place, series in enumerate(chart.own_lines):
        end = _last(series)
        last = low if end is None else series.values[end]
        size = len(ends[place]) * sheet.label.line
        wanted.append((tall * (high - last) / (high - low) - size / 2, size, place))
    for start, place in pushed_apart(wanted, tall, sheet.points):
        series = chart.own_lines[place]
        fill = palette.colour(series.key, place, series.standing)
        ink = fill if palette.contrast(fill, palette.PAPER) >= 4.5 else palette.INK
        canvas.write_lines(ends[place], right + 1.9 * sheet.points, top + start, sheet.label, ink)
        beside = canvas.plane(right + 0.7 * sheet.points, top + start, sheet.points, sheet.label.line)
        beside.set_limits((0, 1), (0, 1))
        marker = palette.MARKERS[place]
        beside.plot([0.4], [0.52], marker, color=fill, markersize=sheet.points * 0.5, clip_on=False)


def pushed_apart(
    wanted: list[tuple[float, float, int]], tall: float, points: float
) -> list[tuple[float, int]]:
    """Return where texts beside a plot start, so that none overlaps another.

    Parameters
    ----------
    wanted : list of (start, size, place)
        Where each text would start, how tall it is, and whose it is.
    tall : float
        Height of the plot.
    points : float
        Size of the letters.

    Returns
    -------
    list of (start, place)
        From the top down.
    """
    wanted = sorted(wanted)
    starts: list[float] = []
    below = -points * 0.3
    for start, size, _ in wanted:
        starts.append(max(start, below))
        below = starts[-1] + size
    excess = max(0.0, below - tall - points * 0.4)
    for index in reversed(range(len(starts))):
        limit = starts[index + 1] - wanted[index][1] if index + 1 < len(starts) else starts[index] - excess
        starts[index] = min(starts[index], limit)
    return [(start, place) for start, (_, _, place) in zip(starts, wanted, strict=True)]


def _numbers(chart: ResolvedChart, canvas: Canvas, plane: Plane, region) -> None:
    """Write each number of the only line over its point, where it has room beside the one before."""
    (series,) = chart.own_lines
    marked = [line.numbers for line in chart.series if line.marked_on]
    ringed = {place for numbers in marked for place, number in enumerate(numbers) if number is not None}
    left, room, top, tall = region
    sheet = canvas.sheet
    first, end = plane.get_xlim()
    low, high = plane.get_ylim()
    taken = -math.inf
    for place, (number, text) in enumerate(zip(series.values, series.texts, strict=True)):
        centre = left + room * (place - first) / (end - first)
        half = sheet.label.width(text) / 2
        if number is None or centre - half < taken:
            continue
        taken = centre + half + 0.3 * sheet.points
        clear = 0.95 if place in ringed else 0.65
        baseline = top + tall * (high - number) / (high - low) - clear * sheet.points
        centre = min(max(centre, left + half), left + room + sheet.points - half)
        canvas.write(text, centre, baseline, sheet.label, align="center")
