"""Charts of ranges over an axis: points with intervals, and spans from a start to an end."""

from __future__ import annotations

from analysis.pictures import palette
from analysis.pictures.plane import Plane
from analysis.pictures.rows import Body, Rows, frame, lane_at, lay_rows
from analysis.pictures.scale import ticks
from analysis.pictures.sheet import Canvas, LegendEntry, Sheet
from analysis.printed.printable import ResolvedChart


def interval_legend(chart: ResolvedChart) -> tuple[LegendEntry, ...]:
    """Return the mark of each series, a point on a line, when there is more than one."""
    if len(chart.series) < 2:
        return ()
    fills = [palette.colour(series.key, place, series.standing) for place, series in enumerate(chart.series)]
    return tuple(
        LegendEntry(series.label, fill, fill, "line", palette.MARKERS[place])
        for place, (series, fill) in enumerate(zip(chart.series, fills, strict=True))
    )


def intervals(chart: ResolvedChart, sheet: Sheet) -> Body:
    """Points with a line from the lower to the upper bound, and the number after it."""
    lanes = len(chart.series)
    rows = lay_rows(chart, sheet, lanes, 1.25)
    wide = max((sheet.label.width(text) for line in chart.series for text in line.texts), default=0.0)
    ends = [
        number
        for line in chart.series
        for number in (*line.values, *map(_number, line.low), *map(_number, line.high))
        if number is not None
    ]
    return _on_axis(chart, sheet, rows, (ends, wide), _paint_intervals)


def span_bars(chart: ResolvedChart, sheet: Sheet) -> Body:
    """Bars from a start (first series) to an end (second series), each with both numbers."""
    rows = lay_rows(chart, sheet, 1, 1.3)
    start, end = chart.series
    ends = [number for series in (start, end) for number in series.values if number is not None]
    wide = max(
        (sheet.label.width(_span_text(*texts)) for texts in zip(start.texts, end.texts, strict=True)),
        default=0.0,
    )
    return _on_axis(chart, sheet, rows, (ends, wide), _paint_spans)


def _number(exact) -> float | None:
    return None if exact is None else float(exact)


def _span_text(start: str, end: str) -> str:
    return start if start == end else f"{start}–{end}"


def _on_axis(chart: ResolvedChart, sheet: Sheet, rows: Rows, measured, paint_rows) -> Body:
    """Return a body over an axis with marked numbers below it; texts follow the marks."""
    ends, wide = measured
    least, most = min(ends, default=0.0), max(ends, default=1.0)
    pad = 0.6 * sheet.points
    spread = (most - least) or abs(most) or 1.0
    high = least + spread * 1.02
    low = least - spread * 0.02
    per_unit = (rows.room - wide - pad) / (high - low)
    high = low + rows.room / per_unit
    below = sheet.small.line + 0.4 * sheet.points

    def paint(canvas: Canvas, top: float, height: float) -> None:
        plane, middles, stretch = frame(canvas, rows, top, height - below, low, high)
        tall = plane.get_ylim()[0]
        years = chart.kind == "spans"
        right = -1e9
        for number, text in ticks(
            low, most, max(2, int(rows.room / sheet.points / 7)), sheet.language, years=years
        ):
            place = rows.left + (number - low) * per_unit
            half = sheet.small.width(text) / 2
            if place - half < right or place + half > rows.left + rows.room:
                continue
            right = place + half + 0.5 * sheet.points
            plane.axvline(number, color="#D9DEE4", linewidth=0.5, zorder=0)
            canvas.write(text, place, top + tall + sheet.small.line, sheet.small, palette.MUTED, "center")
        paint_rows(chart, canvas, plane, (rows, middles, stretch, top, low, per_unit))

    return Body(sum(rows.heights()) + below, paint)


def _paint_intervals(chart: ResolvedChart, canvas: Canvas, plane: Plane, grid) -> None:
    rows, middles, stretch, top, low, per_unit = grid
    sheet = canvas.sheet
    for place, series in enumerate(chart.series):
        fill = palette.colour(series.key, place, series.standing)
        for row, middle in enumerate(middles):
            lane = lane_at(middle, place, len(chart.series), rows.thick * stretch)
            number = series.values[row]
            if number is None:
                canvas.write(
                    series.texts[row], rows.left, top + lane + sheet.points * 0.36, sheet.label, palette.MUTED
                )
                continue
            start = _number(series.low[row]) if series.low else None
            end = _number(series.high[row]) if series.high else None
            if start is not None and end is not None:
                plane.plot([start, end], [lane, lane], color=fill, linewidth=sheet.points * 0.18)
            point = plane.plot(
                [number], [lane], palette.MARKERS[place], color=fill, markersize=sheet.points * 0.6
            )
            point.set_gid(f"values/{series.key}/{chart.keys[row]}")
            after = max(number, end if end is not None else number)
            left = rows.left + (after - low) * per_unit + 0.5 * sheet.points
            canvas.write(series.texts[row], left, top + lane + sheet.points * 0.36, sheet.label)


def _paint_spans(chart: ResolvedChart, canvas: Canvas, plane: Plane, grid) -> None:
    rows, middles, stretch, top, low, per_unit = grid
    sheet = canvas.sheet
    start, end = chart.series
    fill = palette.colour(end.key, 0, end.standing)
    thick = rows.thick * stretch * 0.8
    for row, middle in enumerate(middles):
        first, last = start.values[row], end.values[row]
        text = _span_text(start.texts[row], end.texts[row])
        baseline = top + middle + sheet.points * 0.36
        if first is None or last is None:
            canvas.write(text.strip("–"), rows.left, baseline, sheet.label, palette.MUTED)
            continue
        if first == last:
            plane.plot([first], [middle], "D", color=fill, markersize=sheet.points * 0.6)
        else:
            plane.barh([middle], [last - first], thick, left=[first], color=fill)
        left = rows.left + (last - low) * per_unit + 0.6 * sheet.points
        canvas.write(text, left, baseline, sheet.label)
