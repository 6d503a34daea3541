"""The sheet of a figure: named sizes, and what stands around a picture: title, unit, legend, notes, source.

Positions are points from the top left corner, so that what was measured is where it is drawn; for a language
that is written from right to left the canvas mirrors them, text as well as plane.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from matplotlib.patches import Rectangle

from analysis.labels import direction
from analysis.pictures.fonts import check_glyphs, families
from analysis.pictures.lettering import Letters
from analysis.pictures.line import Line, TurnedLine
from analysis.pictures.palette import INK, MUTED
from analysis.pictures.plane import Plane, planes
from analysis.pictures.surface import Surface
from analysis.printed.printable import ResolvedChart

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MIRRORED = {"left": "right", "right": "left", "center": "center"}


@dataclass(frozen=True)
class Size:
    """A named size in points; without a height the figure is as tall as its content."""

    name: str
    width: float
    height: float | None
    points: float


SIZES = {
    "half": Size("half", 226.8, None, 7.0),
    "phone": Size("phone", 270.0, None, 10.0),
    "full": Size("full", 453.6, None, 8.0),
    "slide": Size("slide", 960.0, 540.0, 17.0),
}


@dataclass(frozen=True)
class LegendEntry:
    """An entry of the legend: label, colour, and its mark (``area``, ``line``, ``dashed``, ``point``)."""

    label: str
    colour: str
    edge: str
    mark: str = "area"
    marker: str = ""


class Sheet:
    """Measures and letters of one figure at one size.

    Parameters
    ----------
    size : Size
    language : str
    points : float
        Size of the labels.
    """

    def __init__(self, size: Size, language: str, points: float):
        names = families(language)
        self.size, self.language, self.points = size, language, points
        self.mirrored = direction(language) == "rtl"
        self.title = Letters(names, points * 1.3, "bold")
        self.subtitle = Letters(names, points * 1.05)
        self.label = Letters(names, points)
        self.strong = Letters(names, points, "bold")
        self.small = Letters(names, points * 0.85)
        self.margin = points * 0.9
        self.width = size.width - 2 * self.margin

    def legend_rows(
        self, entries: tuple[LegendEntry, ...]
    ) -> list[list[tuple[float, LegendEntry, list[str]]]]:
        """Return the legend's rows: for each entry its left edge and its lines."""
        rows: list[list[tuple[float, LegendEntry, list[str]]]] = []
        left = self.width + 1
        for entry in entries:
            lines = self.label.wrap(entry.label, self.width - 2.2 * self.points)
            wide = self.label.widest(lines) + 2.2 * self.points
            if left + wide > self.width:
                rows.append([])
                left = 0.0
            rows[-1].append((left, entry, lines))
            left += wide + 1.4 * self.points
        return rows

    def legend_height(self, entries: tuple[LegendEntry, ...]) -> float:
        """Return the height of the legend with the space under it."""
        rows = self.legend_rows(entries)
        tall = sum(max(len(lines) for _, _, lines in row) * self.label.line for row in rows)
        return tall + 0.5 * self.points if rows else 0.0


class FigureError(ValueError):
    """A chart or a size that cannot be drawn."""


class Canvas:
    """A figure to write and draw on, in points from the top left corner."""

    def __init__(self, sheet: Sheet, height: float, figure: Figure | Surface):
        self.sheet, self.height, self.figure = sheet, height, figure

    def write(
        self,
        text: str,
        left: float,
        baseline: float,
        letters: Letters,
        colour: str = INK,
        align: str = "left",
        turned: bool = False,
    ) -> None:
        """Write one line; every character must have a glyph."""
        if not text:
            return
        check_glyphs(text, self.sheet.language)
        if self.sheet.mirrored:
            left = self.sheet.size.width - left
            left, align = (left + letters.points * 0.72, align) if turned else (left, MIRRORED[align])
        line = TurnedLine if turned else Line
        place = (left / self.sheet.size.width, 1 - baseline / self.height)
        self.figure.add_artist(line(*place, text, letters, colour, align))

    def write_lines(
        self,
        lines: list[str],
        left: float,
        top: float,
        letters: Letters,
        colour: str = INK,
        align: str = "left",
    ) -> float:
        """Write lines below each other; return where the next would start."""
        for line in lines:
            self.write(line, left, top + letters.points * 0.98, letters, colour, align)
            top += letters.line
        return top

    def plane(self, left: float, top: float, width: float, height: float) -> Plane:
        """Return a plane over a part of the figure.

        Raises
        ------
        FigureError
            When labels leave no room for it.
        """
        if width <= 0 or height <= 0:
            raise FigureError("the labels are so long that no room is left for the chart; shorten them")
        whole, tall = self.sheet.size.width, self.height
        if self.sheet.mirrored:
            left = whole - left - width
        place = (left / whole, 1 - (top + height) / tall, width / whole, height / tall)
        return Plane(self.figure, place)

    def finish(self) -> None:
        """Turn the planes round for a language that is written from right to left."""
        for plane in planes(self.figure) if self.sheet.mirrored else ():
            plane.invert_xaxis()

    def legend(self, entries: tuple[LegendEntry, ...], top: float) -> float:
        """Draw the legend; return where what follows starts."""
        sheet = self.sheet
        rows = sheet.legend_rows(entries)
        if not rows:
            return top
        tall = sheet.legend_height(entries)
        plane = self.plane(sheet.margin, top, sheet.width, tall)
        plane.set_limits((0, sheet.width), (tall, 0))
        below = 0.0
        for row in rows:
            for left, entry, lines in row:
                middle = below + sheet.points * 0.62
                _swatch(plane, entry, left, middle, sheet.points)
                self.write_lines(lines, sheet.margin + left + 1.8 * sheet.points, top + below, sheet.label)
            below += max(len(lines) for _, _, lines in row) * sheet.label.line
        return top + tall


def _swatch(plane: Plane, entry: LegendEntry, left: float, middle: float, points: float) -> None:
    if entry.mark == "area":
        plane.add_patch(
            Rectangle(
                (left, middle - points * 0.4),
                1.3 * points,
                0.8 * points,
                facecolor=entry.colour,
                edgecolor=entry.edge,
                linewidth=0.5,
            )
        )
        return
    if entry.mark == "point":
        dot = plane.plot([left + 0.65 * points], [middle], entry.marker, color=entry.colour, clip_on=False)
        dot.set(
            markeredgecolor=entry.edge,
            markeredgewidth=0.6,
            markersize=points * (0.9 if entry.marker == "o" else 0.7),
        )
        return
    plane.plot(
        [left, left + 0.75 * points, left + 1.5 * points],
        [middle] * 3,
        color=entry.colour,
        linestyle="--" if entry.mark == "dashed" else "-",
        marker=entry.marker or None,
        markevery=[1],
        markersize=points * 0.5,
        linewidth=points * 0.16,
        clip_on=False,
    )


@dataclass(frozen=True)
class Surroundings:
    """The wrapped lines around a picture, and how tall they are above and below it."""

    title: list[str]
    subtitle: list[str]
    legend: tuple[LegendEntry, ...]
    foot: list[str]
    above: float
    below: float


def measured_surroundings(
    chart: ResolvedChart, sheet: Sheet, legend: tuple[LegendEntry, ...]
) -> Surroundings:
    """Return what stands around a chart on a sheet, measured."""
    title = sheet.title.wrap(chart.heading, sheet.width)
    subtitle = sheet.subtitle.wrap(chart.beneath, sheet.width)
    texts = [note.text for note in chart.notes] + ([chart.foot] if chart.foot else [])
    foot = [line for text in texts for line in sheet.small.wrap(text, sheet.width)]
    above = sheet.margin + len(title) * sheet.title.line + len(subtitle) * sheet.subtitle.line
    above += 0.6 * sheet.points + sheet.legend_height(legend)
    below = 0.7 * sheet.points + len(foot) * sheet.small.line + sheet.margin * 0.6
    return Surroundings(title, subtitle, legend, foot, above, below)


def compose_sheet(around: Surroundings, canvas: Canvas) -> None:
    """Write title, subtitle, legend and foot."""
    sheet = canvas.sheet
    top = canvas.write_lines(around.title, sheet.margin, sheet.margin, sheet.title)
    top = canvas.write_lines(around.subtitle, sheet.margin, top, sheet.subtitle, MUTED)
    canvas.legend(around.legend, top + 0.5 * sheet.points)
    foot = canvas.height - sheet.margin * 0.6 - len(around.foot) * sheet.small.line
    canvas.write_lines(around.foot, sheet.margin, foot, sheet.small, MUTED)
