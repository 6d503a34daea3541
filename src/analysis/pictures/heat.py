"""Heat maps: categories down, series across, each cell with its number on its shade."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from matplotlib.patches import Rectangle

from analysis.pictures import palette
from analysis.pictures.rows import Body
from analysis.pictures.sheet import Canvas, Sheet
from analysis.printed.printable import ResolvedChart

LABEL_ROOM = 0.46
TURNED_ROOM = 11.0


@dataclass(frozen=True)
class _Headings:
    """Column headings: their lines, whether they are turned by a quarter, and the height they take."""

    lines: list[list[str]]
    turned: bool
    height: float


def heat(chart: ResolvedChart, sheet: Sheet) -> Body:
    """Cells shaded from pale to dark, or to both sides of zero when there are negative numbers."""
    columns = len(chart.series)
    texts = [text for line in chart.series for text in line.texts]
    least = max(map(sheet.label.width, texts), default=0.0) + 0.5 * sheet.points
    label_room = min(sheet.width * LABEL_ROOM, sheet.width - columns * least - sheet.points)
    labels = [sheet.label.wrap(category, label_room) for category in chart.categories]
    wide = max((sheet.label.widest(lines) for lines in labels), default=0.0)
    left = sheet.margin + wide + 0.7 * sheet.points
    step = (sheet.margin + sheet.width - left) / max(columns, 1)
    headings = _headings(chart, sheet, step)
    tall = [
        max(len(lines) * sheet.label.line, 1.3 * sheet.label.line) + 0.25 * sheet.points for lines in labels
    ]

    def paint(canvas: Canvas, top: float, height: float) -> None:
        stretch = min((height - headings.height) / sum(tall), 2.0) if tall else 1.0
        rows = [row_height * stretch for row_height in tall]
        _write_headings(canvas, headings, left, step, top)
        top += headings.height
        plane = canvas.plane(left, top, step * columns, sum(rows))
        plane.set_limits((0, columns), (sum(rows), 0))
        shade = shades(chart)
        below = 0.0
        for row, (lines, size) in enumerate(zip(labels, rows, strict=True)):
            start = top + below + size / 2 - len(lines) * sheet.label.line / 2
            canvas.write_lines(lines, sheet.margin, start, sheet.label)
            for column, series in enumerate(chart.series):
                fill = shade(series.values[row])
                cell = Rectangle((column, below), 1, size, facecolor=fill, edgecolor="white", linewidth=0.8)
                cell.set_gid(f"values/{series.key}/{chart.keys[row]}")
                plane.add_patch(cell)
                baseline = top + below + size / 2 + sheet.points * 0.36
                centre = left + (column + 0.5) * step
                canvas.write(series.texts[row], centre, baseline, sheet.label, palette.ink_on(fill), "center")
            below += size

    return Body(sum(tall) + headings.height, paint)


def shades(chart: ResolvedChart) -> Callable[[float | None], str]:
    """Return what gives each number of a heat map its shade."""
    numbers = [number for line in chart.series for number in line.values if number is not None]
    least, most = min(numbers, default=0.0), max(numbers, default=1.0)
    reach = max(abs(least), abs(most)) or 1.0

    def shade(number: float | None) -> str:
        if number is None:
            return palette.NO_DATA
        if least < 0:
            return palette.between(palette.DIVERGING, 0.5 + number / reach / 2)
        return palette.between(palette.SEQUENTIAL, (number - least) / ((most - least) or 1.0))

    return shade


def _headings(chart: ResolvedChart, sheet: Sheet, step: float) -> _Headings:
    room = step - 0.4 * sheet.points
    lines = [sheet.label.wrap(line.label, room) for line in chart.series]
    if all(sheet.label.widest(line) <= room for line in lines):
        tall = max((len(line) for line in lines), default=0) * sheet.label.line
        return _Headings(lines, False, tall + 0.4 * sheet.points)
    lines = [sheet.label.wrap(line.label, TURNED_ROOM * sheet.points) for line in chart.series]
    tall = max((sheet.label.widest(line) for line in lines), default=0.0)
    return _Headings(lines, True, tall + 0.6 * sheet.points)


def _write_headings(canvas: Canvas, headings: _Headings, left: float, step: float, top: float) -> None:
    sheet = canvas.sheet
    for column, lines in enumerate(headings.lines):
        centre = left + (column + 0.5) * step
        if headings.turned:
            start = centre - (len(lines) - 1) * sheet.label.line / 2 + sheet.points * 0.36
            for place, line in enumerate(lines):
                bottom = top + headings.height - 0.4 * sheet.points
                canvas.write(line, start + place * sheet.label.line, bottom, sheet.label, turned=True)
            continue
        start = top + headings.height - 0.4 * sheet.points - len(lines) * sheet.label.line
        canvas.write_lines(lines, centre, start, sheet.label, align="center")
