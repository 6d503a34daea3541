"""Charts of units: as many dots as there are things, for counts that are small enough to be counted."""

from __future__ import annotations

from analysis.pictures import palette
from analysis.pictures.rows import Body, frame, lay_rows
from analysis.pictures.sheet import Canvas, Sheet
from analysis.printed.printable import ResolvedChart

IN_A_ROW, DEEP = 20, 5
MOST = 150
PITCH = 1.3


def units(chart: ResolvedChart, sheet: Sheet) -> Body:
    """A dot for each thing, in one line up to twenty and else in columns of five, and the count behind.

    Raises
    ------
    ValueError
        When there is more than one series, or a number is no count from 0 to 150.
    """
    (counted,) = chart.series if len(chart.series) == 1 else (None,)
    numbers = counted.numbers if counted else ()
    if counted is None or any(
        number is None or number < 0 or number > MOST or number.denominator != 1 for number in numbers
    ):
        raise ValueError(f"chart {chart.id}: units are one series of counts from 0 to {MOST}")
    counts = [int(number) for number in numbers]
    deep = 1 if max(counts, default=0) <= IN_A_ROW else DEEP
    across = max(max((-(-count // deep) for count in counts), default=1), 1)
    loose = lay_rows(chart, sheet, deep, PITCH)
    wide = max((sheet.strong.width(text) for text in counted.texts), default=0.0) + 0.9 * sheet.points
    pitch = min(PITCH * sheet.points, (loose.room - wide) / across)
    rows = lay_rows(chart, sheet, deep, pitch / sheet.points)
    fills = palette.bar_colours(counted, 0, chart, alone=True)

    def paint(canvas: Canvas, top: float, height: float) -> None:
        plane, middles, _ = frame(canvas, rows, top, height, 0.0, rows.room)
        for row, (count, middle, fill) in enumerate(zip(counts, middles, fills, strict=True)):
            places = [(number // deep, number % deep) for number in range(count)]
            dots = plane.plot(
                [(column + 0.5) * pitch for column, _ in places],
                [middle + (line - (deep - 1) / 2) * pitch for _, line in places],
                "o",
                color=fill,
                markeredgecolor=palette.outline(fill),
                markeredgewidth=0.5,
                markersize=pitch * 0.74,
                clip_on=False,
            )
            dots.set_gid(f"values/{counted.key}/{chart.keys[row]}")
            end = rows.left + -(-count // deep) * pitch + 0.5 * sheet.points
            canvas.write(counted.texts[row], end, top + middle + sheet.points * 0.36, sheet.strong)

    return Body(sum(rows.heights()), paint)
