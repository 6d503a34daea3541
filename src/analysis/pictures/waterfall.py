"""Waterfalls: from a level to another by the changes between them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from analysis.pictures import palette
from analysis.pictures.plane import Plane
from analysis.pictures.rows import Body, frame, lay_rows
from analysis.pictures.sheet import Canvas, Sheet
from analysis.printed.axes import line_axis
from analysis.printed.printable import ResolvedChart


def steps(chart: ResolvedChart) -> list[tuple[Fraction, Fraction]]:
    """Return where each bar of a waterfall begins and ends; the first and the last are levels from zero.

    Raises
    ------
    ValueError
        When a number is missing, or the changes do not lead from the first level to the last.
    """
    (series,) = chart.series
    numbers: Sequence[Fraction | None] = series.numbers
    if len(numbers) < 3 or any(number is None for number in numbers):
        raise ValueError(f"chart {chart.id}: a waterfall needs two levels and every change between them")
    first, *changes, last = (number for number in numbers if number is not None)
    bars, level = [(Fraction(0), first)], first
    for change in changes:
        bars.append((level, level + change))
        level += change
    if level != last:
        raise ValueError(f"chart {chart.id}: the changes lead to {float(level)}, not to {float(last)}")
    return [*bars, (Fraction(0), last)]


def ends_of(chart: ResolvedChart) -> tuple[float, float]:
    """Return the ends of a waterfall's axis, which begins at zero where that is near its changes."""
    levels = [float(end) for _, end in steps(chart)]
    axis = line_axis(levels, chart.decimals)
    return axis.low, max(levels)


def fills_of(chart: ResolvedChart) -> list[str]:
    """Return the colour of each bar: a level's own, and one each for rises and falls."""
    last = len(chart.keys) - 1
    ways = [palette.colour("change.up" if end >= start else "change.down") for start, end in steps(chart)]
    return [
        palette.colour(key, 0) if place in (0, last) else ways[place] for place, key in enumerate(chart.keys)
    ]


def waterfall(chart: ResolvedChart, sheet: Sheet) -> Body:
    """Bars from level to level, each change from where the one before ends; a cut axis breaks the levels."""
    rows = lay_rows(chart, sheet, 1, 1.25)
    spans, (series,), fills = steps(chart), chart.series, fills_of(chart)
    low, most = ends_of(chart)
    pad = 0.45 * sheet.points
    wide = max((sheet.label.width(text) for text in series.texts), default=0.0) + 2 * pad
    per_unit = (rows.room - wide) / ((most - low) or 1.0)
    high = low + rows.room / per_unit

    def paint(canvas: Canvas, top: float, height: float) -> None:
        plane, middles, stretch = frame(canvas, rows, top, height, low, high)
        thick = rows.thick * stretch * 0.92
        for row, ((start, end), middle, fill) in enumerate(zip(spans, middles, fills, strict=True)):
            left, right = sorted((max(float(start), low), float(end)))
            (bar,) = plane.barh([middle], [right - left], thick, left=[left], color=fill)
            bar.set(
                gid=f"values/{series.key}/{chart.keys[row]}", edgecolor=palette.outline(fill), linewidth=0.5
            )
            if low > 0 and row in (0, len(spans) - 1):
                _broken(plane, low, 0.9 * sheet.points / per_unit, (middle, thick))
            if row + 1 < len(spans) and not rows.above:
                level = float(end)
                plane.plot(
                    [level] * 2, [middle, middles[row + 1]], color=palette.RULE, linewidth=0.5, zorder=0
                )
            place = rows.left + (right - low) * per_unit + pad
            canvas.write(series.texts[row], place, top + middle + sheet.points * 0.36, sheet.label)
        plane.axvline(low, color=palette.RULE, linewidth=0.6)

    return Body(sum(rows.heights()), paint)


def _broken(plane: Plane, low: float, wide: float, bar: tuple[float, float]) -> None:
    """Mark a bar whose beginning is cut away: a white stripe across it."""
    middle, thick = bar
    stripe = plane.fill(
        [low + wide, low + 1.5 * wide, low + 2.2 * wide, low + 1.7 * wide],
        [middle + 0.7 * thick, middle + 0.7 * thick, middle - 0.7 * thick, middle - 0.7 * thick],
        color=palette.PAPER,
    )
    stripe.set_gid("axis-break")
