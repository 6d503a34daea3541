"""Charts of rows: bars side by side and stacked bars; labels stand left, wrapped."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from matplotlib.patches import Rectangle

from analysis.pictures import palette
from analysis.pictures.plane import Plane
from analysis.pictures.sheet import Canvas, LegendEntry, Sheet
from analysis.printed.printable import ResolvedChart, ResolvedSeries
from analysis.printed.wording import totals_of

LABEL_ROOM, ABOVE = 0.42, 0.25


@dataclass(frozen=True)
class Body:
    """The picture inside a figure: its least height, and how it is painted into a region of the canvas.

    ``paint(canvas, top, height)`` may use more height than the least.
    """

    height: float
    paint: Callable[[Canvas, float, float], None]


@dataclass(frozen=True)
class Rows:
    """The rows of a chart: wrapped labels, where each row begins, how thick its lanes are.

    Attributes
    ----------
    labels : list of list of str
        Lines of each label.
    left, room : float
        Left edge and width of the plot, in points.
    lanes : int
        Bars or points beside each other in a row.
    thick : float
        Thickness of a lane.
    gap : float
        Space between rows.
    line : float
        Height of a line of the labels.
    above : bool
        Whether labels stand over their lanes, on a narrow sheet, and not before them.
    lead : float
        Space between a label and the lanes below it.
    left_out : int
        Before which row others are left out, which is shown by dots; 0 where none are.
    """

    labels: list[list[str]]
    left: float
    room: float
    lanes: int
    thick: float
    gap: float
    line: float
    above: bool = False
    lead: float = 0.0
    left_out: int = 0

    def heights(self, stretch: float = 1.0) -> list[float]:
        """Return the height of each row, its gap included."""
        lanes, join = self.lanes * self.thick * stretch, sum if self.above else max
        tall = [join((self.tag(lines), lanes)) + self.gap * stretch for lines in self.labels]
        if self.left_out:
            tall[self.left_out - 1] += self.line
        return tall

    def tag(self, lines: list[str]) -> float:
        """Return the height of a label, with the space below it where it stands above."""
        return len(lines) * self.line + (self.lead if self.above else 0.0)

    def fitting(self, height: float) -> float:
        """Return how much thicker lanes and gaps may be in a height, at most twice."""
        stretch = 1.0
        while stretch < 2.0 and sum(self.heights(stretch + 0.02)) <= height:
            stretch += 0.02
        return stretch


def lay_rows(chart: ResolvedChart, sheet: Sheet, lanes: int, thick: float) -> Rows:
    """Return the rows of a chart on a sheet: labels that would take much of a phone's width stand above."""
    widest = max((sheet.label.width(category) for category in chart.categories), default=0.0)
    if sheet.size.name == "phone" and widest > ABOVE * sheet.width:
        labels = [sheet.label.wrap(category, sheet.width) for category in chart.categories]
        lane, gap = thick * sheet.points, 0.9 * sheet.points
        line, gone = sheet.label.line, chart.left_out
        return Rows(labels, sheet.margin, sheet.width, lanes, lane, gap, line, above=True, left_out=gone)
    labels = [sheet.label.wrap(category, sheet.width * LABEL_ROOM) for category in chart.categories]
    wide = max((sheet.label.widest(lines) for lines in labels), default=0.0)
    left = sheet.margin + wide + 0.8 * sheet.points
    room = sheet.width + sheet.margin - left
    gap, line = 0.75 * sheet.points, sheet.label.line
    return Rows(labels, left, room, lanes, thick * sheet.points, gap, line, left_out=chart.left_out)


def legend_of_rows(chart: ResolvedChart) -> tuple[LegendEntry, ...]:
    """Return an area for each series, when there is more than one, and what was to be reached."""
    goals = (LegendEntry(chart.goals.label, palette.INK, palette.INK, "point", "v"),) if chart.goals else ()
    if len(chart.series) < 2:
        return goals
    fills = [palette.colour(series.key, place, series.standing) for place, series in enumerate(chart.series)]
    areas = (
        LegendEntry(series.label, fill, palette.outline(fill))
        for series, fill in zip(chart.series, fills, strict=True)
    )
    return (*areas, *goals)


def frame(
    canvas: Canvas, rows: Rows, top: float, height: float, low: float, high: float
) -> tuple[Plane, list[float], float]:
    """Write the labels; return a plane over the rows, the middle of each row, and the stretch."""
    stretch = rows.fitting(height) if height > sum(rows.heights()) else 1.0
    tall = rows.heights(stretch)
    plane = canvas.plane(rows.left, top, rows.room, sum(tall))
    plane.set_limits((low, high), (sum(tall), 0))
    middles, below = [], 0.0
    for place, (lines, whole) in enumerate(zip(rows.labels, tall, strict=True), 1):
        row_height = whole - rows.line if place == rows.left_out else whole
        tag = rows.tag(lines)
        middle = below + (tag + row_height) / 2 if rows.above else below + row_height / 2
        start = top + below + rows.gap * stretch / 2 if rows.above else top + middle - tag / 2
        canvas.write_lines(lines, canvas.sheet.margin, start, canvas.sheet.label)
        middles.append(middle)
        below += whole
        if place == rows.left_out:
            dots = "\N{MIDDLE DOT}" * 3
            at = top + below - 0.35 * rows.line
            canvas.write(dots, canvas.sheet.margin, at, canvas.sheet.strong, palette.MUTED)
    return plane, middles, stretch


def lane_at(middle: float, place: int, lanes: int, thick: float) -> float:
    """Return the middle of a lane in a row."""
    return middle + (place - (lanes - 1) / 2) * thick


def bars(chart: ResolvedChart, sheet: Sheet) -> Body:
    """Bars side by side from zero, each with its number at its end."""
    lanes = len(chart.series)
    rows = lay_rows(chart, sheet, lanes, 1.3 if lanes == 1 else 1.12)
    pad = 0.35 * sheet.points
    pairs = [
        (number or 0.0, sheet.label.width(text) + pad if text else 0.0)
        for line in chart.series
        for number, text in zip(line.values, line.texts, strict=True)
    ]
    low, high = _reach(pairs, rows.room)
    per_unit = rows.room / (high - low)

    def paint(canvas: Canvas, top: float, height: float) -> None:
        plane, middles, stretch = frame(canvas, rows, top, height, low, high)
        thick = rows.thick * stretch
        for place, series in enumerate(chart.series):
            fills = palette.bar_colours(series, place, chart, lanes == 1)
            where = [lane_at(middle, place, lanes, thick) for middle in middles]
            drawn = [number or 0.0 for number in series.values]
            edges = [palette.outline(fill) for fill in fills]
            drawn_bars = plane.barh(where, drawn, thick * 0.92, color=fills, edgecolor=edges, linewidth=0.5)
            name_marks(drawn_bars, series, chart)
            for middle, number, text in zip(where, series.values, series.texts, strict=True):
                end = rows.left + ((number or 0.0) - low) * per_unit
                negative = (number or 0.0) < 0
                canvas.write(
                    text,
                    end - pad if negative else end + pad,
                    top + middle + sheet.points * 0.36,
                    sheet.label,
                    palette.INK if number is not None else palette.MUTED,
                    "right" if negative else "left",
                )
        plane.axvline(0, color=palette.RULE, linewidth=0.6)

    return Body(sum(rows.heights()), paint)


def name_marks(bars: Iterable[Rectangle], series: ResolvedSeries, chart: ResolvedChart) -> None:
    """Name each bar of a series by its keys, so that a file can tell a reader its number."""
    for bar, key in zip(bars, chart.keys, strict=True):
        bar.set_gid(f"values/{series.key}/{key}")


def _reach(pairs: list[tuple[float, float]], room: float) -> tuple[float, float]:
    """Return the ends of an axis through zero on which every bar and the number at its end have room."""
    least, most = 0.0, room / max(max((abs(number) for number, _ in pairs), default=1.0), 1e-9)

    def sides(per_unit: float) -> tuple[float, float]:
        right = max((number * per_unit + wide for number, wide in pairs if number >= 0), default=0.0)
        left = max((-number * per_unit + wide for number, wide in pairs if number < 0), default=0.0)
        return left, right

    for _ in range(60):
        tried = (least + most) / 2
        least, most = (tried, most) if sum(sides(tried)) <= room else (least, tried)
    per_unit = least or 1.0
    left, _ = sides(per_unit)
    return -left / per_unit, (room - left) / per_unit


def _fits(text: str, room: float, sheet: Sheet) -> bool:
    """Whether a number fits into its part of a bar; a part of nothing has none."""
    return room > 0 and sheet.label.width(text) + 0.4 * sheet.points <= room


def _small_labels(chart: ResolvedChart, sheet: Sheet, per_unit: float) -> list[list[tuple[str, float]]]:
    """Return for each bar the numbers that do not fit into their parts, and their left edges."""
    labels: list[list[tuple[str, float]]] = []
    for row in range(len(chart.categories)):
        start, free = 0.0, 0.0
        labels.append([])
        for line in chart.series:
            room = (line.values[row] or 0.0) * per_unit
            if room > 0 and not _fits(line.texts[row], room, sheet):
                wide = sheet.small.width(line.texts[row])
                left = max(start + room / 2 - wide / 2, free)
                labels[-1].append((line.texts[row], left))
                free = left + wide + 0.35 * sheet.points
            start += room
    return labels


def _mark_goals(plane: Plane, chart: ResolvedChart, middles: list[float], thick: float, sheet: Sheet) -> None:
    """Set a mark over each bar where it was to end, clear of the numbers in it."""
    for row, middle in enumerate(middles):
        number = chart.goals.values[row] if chart.goals else None
        if chart.goals and number is not None:
            above = middle - thick / 2 - 0.36 * sheet.points
            mark = plane.plot([number], [above], "v", color=palette.INK, markersize=sheet.points * 0.6)
            mark.set(gid=f"values/{chart.goals.key}/{chart.keys[row]}", clip_on=False)


def stacked_bars(chart: ResolvedChart, sheet: Sheet) -> Body:
    """Bars of parts, each part with its number where it fits, and the total at the end.

    Raises
    ------
    ValueError
        When a part is negative.
    """
    for line in chart.series:
        if any(number is not None and number < 0 for number in line.numbers):
            raise ValueError(
                f"chart {chart.id}: series {line.key} has a negative part, which cannot be stacked"
            )
    rows = lay_rows(chart, sheet, 1, 1.75)
    columns = zip(*(line.values for line in chart.series), strict=True)
    sums = [sum(number or 0.0 for number in column) for column in columns]
    goals = [number or 0.0 for number in chart.goals.values] if chart.goals else [0.0] * len(sums)
    reaches = [max(pair) for pair in zip(sums, goals, strict=True)]
    totals = totals_of(chart)
    pad = 0.35 * sheet.points
    beside = max((sheet.strong.width(text) + pad for text in totals), default=0.0)
    high = (max(reaches, default=1.0) or 1.0) * rows.room / (rows.room - beside - pad)
    per_unit = rows.room / high
    small = _small_labels(chart, sheet, per_unit)
    if chart.goals:
        rows = replace(rows, lead=0.9 * sheet.points)
    if any(small):
        rows = replace(rows, gap=rows.gap + sheet.small.line)

    def paint(canvas: Canvas, top: float, height: float) -> None:
        plane, middles, stretch = frame(canvas, rows, top, height, 0.0, high)
        for row, text in enumerate(totals):
            end = rows.left + sums[row] * per_unit + pad
            canvas.write(text, end, top + middles[row] + sheet.points * 0.36, sheet.strong)
        starts = [0.0] * len(middles)
        for place, series in enumerate(chart.series):
            fill = palette.colour(series.key, place, series.standing)
            parts = [number or 0.0 for number in series.values]
            drawn_bars = plane.barh(
                middles,
                parts,
                rows.thick * stretch,
                left=starts,
                color=fill,
                edgecolor="white",
                linewidth=0.7,
            )
            name_marks(drawn_bars, series, chart)
            for row, (part, text) in enumerate(zip(parts, series.texts, strict=True)):
                if _fits(text, part * per_unit, sheet):
                    centre = rows.left + (starts[row] + part / 2) * per_unit
                    baseline = top + middles[row] + sheet.points * 0.36
                    canvas.write(text, centre, baseline, sheet.label, palette.ink_on(fill), "center")
                starts[row] += part
        for row, texts in enumerate(small):
            below = top + middles[row] + rows.thick * stretch / 2 + sheet.small.points * 0.95
            for text, left in texts:
                canvas.write(text, rows.left + left, below, sheet.small)
        _mark_goals(plane, chart, middles, rows.thick * stretch, sheet)

    return Body(sum(rows.heights()), paint)
