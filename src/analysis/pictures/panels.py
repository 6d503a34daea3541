"""Small multiples: a line chart for each series, all on one scale, so that levels compare across panels."""

from __future__ import annotations

import math

from analysis.labels import Catalogue
from analysis.pictures import palette
from analysis.pictures.rows import Body
from analysis.pictures.scale import ticks
from analysis.pictures.sheet import Canvas, LegendEntry, Sheet
from analysis.printed.printable import ResolvedChart, ResolvedSeries

NARROW = 300
"""Points of width below which there are two panels in a row, else four."""

ROOM = 9.5
"""Height of a panel's plot, in sizes of the letters."""


def panels_in_a_row(sheet: Sheet, panels: int) -> int:
    """Return how many panels stand in a row: as many as fit, or one fewer for a fuller last row."""
    most = max(min(panels, 2 if sheet.width < NARROW else 4), 1)
    return min(range(max(most - 1, min(most, 2)), most + 1), key=lambda across: (-panels % across, -across))


def legend_of_panels(chart: ResolvedChart) -> tuple[LegendEntry, ...]:
    """Return the legend: what dashes mean, where there are any."""
    if not any(any(line.dashed) for line in chart.series):
        return ()
    words = Catalogue(chart.language)("label.dashed")
    return (LegendEntry(words, palette.MUTED, palette.MUTED, "dashed"),)


def panels(chart: ResolvedChart, sheet: Sheet) -> Body:
    """A panel for each series: its name, its line, its last number; the same axis beside each row."""
    across = panels_in_a_row(sheet, len(chart.series))
    numbers = [number for line in chart.series for number in line.values if number is not None]
    least, most = min(numbers, default=0.0), max(numbers, default=1.0)
    low, high = (0.0 if 0 <= least < most / 2 else least), most
    spread = (high - low) or abs(high) or 1.0
    low, high = max(low - 0.06 * spread, 0.0 if least >= 0 else -math.inf), high + 0.16 * spread
    marked = ticks(low, high, 4, sheet.language)
    left = max((sheet.small.width(text) for _, text in marked), default=0.0) + 0.8 * sheet.points
    gap = 1.2 * sheet.points
    room = (sheet.width - left - gap * (across - 1)) / across
    names = [sheet.label.wrap(line.label, room) for line in chart.series]
    rows = [names[start : start + across] for start in range(0, len(names), across)]
    heads = [max(len(lines) for lines in row) * sheet.label.line for row in rows]
    below = sheet.small.line + 0.9 * sheet.points
    least_height = sum(head + ROOM * sheet.points + below for head in heads)

    def paint(canvas: Canvas, top: float, height: float) -> None:
        tall = ROOM * sheet.points + max(0.0, height - least_height) / len(rows)
        for row, head in enumerate(heads):
            for place, series in enumerate(chart.series[row * across : (row + 1) * across]):
                start = sheet.margin + left + place * (room + gap)
                canvas.write_lines(rows[row][place], start, top, sheet.label)
                region = (start, top + head, room, tall)
                _panel(canvas, chart, series, region, (low, high), marked)
            for number, text in marked:
                baseline = top + head + tall * (high - number) / (high - low) + sheet.small.points * 0.36
                edge = sheet.margin + left - 0.4 * sheet.points
                canvas.write(text, edge, baseline, sheet.small, palette.MUTED, "right")
            top += head + tall + below

    return Body(least_height, paint)


def _panel(canvas: Canvas, chart: ResolvedChart, series: ResolvedSeries, region, limits, marked) -> None:
    left, top, wide, tall = region
    sheet = canvas.sheet
    plane = canvas.plane(left, top, wide, tall)
    last = max(len(chart.categories) - 1, 1)
    plane.set_limits((-0.3, last + 0.3), limits)
    for number, _ in marked:
        plane.axhline(number, color="#D9DEE4", linewidth=0.5, zorder=0)
    plane.axhline(limits[0], color=palette.RULE, linewidth=0.8, clip_on=False)
    fill = palette.colour(series.key, 0, series.standing)
    values = [math.nan if number is None else number for number in series.values]
    dashed = series.dashed or (False,) * len(values)
    for end in range(1, len(values)):
        if not math.isnan(values[end]) and not math.isnan(values[end - 1]):
            style = "--" if dashed[end] else "-"
            plane.plot(
                [end - 1, end], values[end - 1 : end + 1], style, color=fill, linewidth=sheet.points * 0.16
            )
    places = [place for place, number in enumerate(values) if not math.isnan(number)]
    alone = [
        place
        for place in places
        if all(not 0 <= near < len(values) or math.isnan(values[near]) for near in (place - 1, place + 1))
    ]
    shown = sorted({*alone, *places[-1:]})
    points = plane.plot(
        shown,
        [values[place] for place in shown],
        "o",
        color=fill,
        markersize=sheet.points * 0.4,
        clip_on=False,
    )
    points.set_gid(f"values/{series.key}")
    if places:
        text, number = series.texts[places[-1]], values[places[-1]]
        falls = len(places) > 1 and values[places[-2]] > number
        height = top + tall * (limits[1] - number) / (limits[1] - limits[0])
        below = height + 0.4 * sheet.points + sheet.small.points * 0.75
        baseline = below if falls and below < top + tall else height - 0.5 * sheet.points
        right = left + wide * (places[-1] + 0.3) / (last + 0.6)
        canvas.write(text, min(right + 0.4 * sheet.points, left + wide), baseline, sheet.small, align="right")
    else:
        words = Catalogue(chart.language)("status.not_available")
        canvas.write(words, left + wide / 2, top + tall / 2, sheet.small, palette.MUTED, "center")
    foot = top + tall + sheet.small.line
    canvas.write(chart.categories[0], left, foot, sheet.small, palette.MUTED)
    canvas.write(chart.categories[-1], left + wide, foot, sheet.small, palette.MUTED, "right")
