"""A plane in a figure: marks that stand by numbers across and upwards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Polygon, Rectangle
from matplotlib.transforms import (
    Bbox,
    BboxTransform,
    BboxTransformTo,
    TransformedBbox,
    blended_transform_factory,
)

from analysis.pictures.surface import Surface

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_LINES = ("-", "--")


class Plane(Artist):
    """What the charts use of matplotlib's ``Axes``, by the same names, without ticks, spines and titles.

    matplotlib makes and lays out those of each axes, and again for each format, also where none is shown.

    Parameters
    ----------
    figure : Figure or Surface
    place : tuple of float
        Left, bottom, width and height, in shares of the figure.
    """

    def __init__(self, figure: Figure | Surface, place: tuple[float, float, float, float]):
        super().__init__()
        self._place, self._limits = Bbox.from_bounds(*place), Bbox.unit()
        self.bbox = TransformedBbox(self._place, figure.transFigure)
        self._of_numbers = BboxTransform(self._limits, self.bbox)
        self._of_shares = BboxTransformTo(self.bbox)
        self._marks: list[Artist] = []
        figure.add_artist(self)

    @property
    def lines(self) -> list[Line2D]:
        """The lines and points, in the order in which they were added."""
        return [mark for mark in self._marks if isinstance(mark, Line2D)]

    @property
    def patches(self) -> list[Patch]:
        """The filled shapes, in the order in which they were added."""
        return [mark for mark in self._marks if isinstance(mark, Patch)]

    def get_children(self) -> list[Artist]:
        """Return all marks."""
        return list(self._marks)

    def get_position(self) -> Bbox:
        """Return where the plane is, in shares of the figure."""
        return self._place

    def get_window_extent(self, renderer: RendererBase | None = None) -> Bbox:
        """Return where the plane is, in dots."""
        return Bbox(self.bbox.get_points())

    def set_limits(self, across: tuple[float, float], up: tuple[float, float]) -> None:
        """Set the numbers at the left and right, and at the bottom and top."""
        self._limits.set_points(np.array([(across[0], up[0]), (across[1], up[1])], float))

    def get_xlim(self) -> tuple[float, float]:
        """Return the numbers at the left and right."""
        return float(self._limits.x0), float(self._limits.x1)

    def get_ylim(self) -> tuple[float, float]:
        """Return the numbers at the bottom and top."""
        return float(self._limits.y0), float(self._limits.y1)

    def invert_xaxis(self) -> None:
        """Let numbers rise from the right to the left."""
        left, right = self.get_xlim()
        self.set_limits((right, left), self.get_ylim())

    def plot(
        self, across: Sequence[float] | range, up: Sequence[float], form: str = "", **style: Any
    ) -> Line2D:
        """Draw a line (``-``, ``--``), or points of a marker, at pairs of numbers; return it."""
        shape = {"linestyle": form} if form in _LINES else {"linestyle": "None", "marker": form}
        line = Line2D(across, up, **{**(shape if form else {}), **style})
        self._add(line)
        return line

    def axhline(self, number: float, **style: Any) -> None:
        """Draw a line from the left to the right at a number."""
        placed = blended_transform_factory(self._of_shares, self._of_numbers)
        self._add(Line2D([0, 1], [number, number], transform=placed, **style))

    def axvline(self, number: float, **style: Any) -> None:
        """Draw a line from the bottom to the top at a number."""
        placed = blended_transform_factory(self._of_numbers, self._of_shares)
        self._add(Line2D([number, number], [0, 1], transform=placed, **style))

    def barh(
        self,
        middles: Iterable[float],
        lengths: Iterable[float],
        thick: float,
        left: Iterable[float] | None = None,
        *,
        color: str | Iterable[str],
        edgecolor: str | Iterable[str] | None = None,
        linewidth: float | None = None,
    ) -> list[Rectangle]:
        """Draw bars of some lengths that lie about their middles; return them."""
        fills = repeat(color) if isinstance(color, str) else color
        edges = repeat(edgecolor) if edgecolor is None or isinstance(edgecolor, str) else edgecolor
        starts = repeat(0.0) if left is None else left
        bars = [
            Rectangle(
                (start, middle - thick / 2), long, thick, facecolor=fill, edgecolor=edge, linewidth=linewidth
            )
            for middle, long, start, fill, edge in zip(middles, lengths, starts, fills, edges, strict=False)
        ]
        for bar in bars:
            self._add(bar)
        return bars

    def fill(self, across: Sequence[float], up: Sequence[float], *, color: str) -> Polygon:
        """Fill the shape of some corners; return it."""
        shape = Polygon(list(zip(across, up, strict=True)), closed=True, color=color)
        self._add(shape)
        return shape

    def add_patch(self, patch: Patch) -> None:
        """Draw a filled shape by its numbers."""
        self._add(patch)

    def _add(self, mark: Line2D | Patch) -> None:
        mark.set_figure(self.get_figure(root=False))
        if not mark.is_transform_set():
            mark.set_transform(self._of_numbers)
        mark.set_clip_box(self.bbox)
        self._marks.append(mark)

    def draw(self, renderer: RendererBase) -> None:
        """Draw the marks, those above others last."""
        renderer.open_group("axes", gid=self.get_gid())
        for mark in sorted(self._marks, key=lambda mark: mark.get_zorder()):
            mark.draw(renderer)
        renderer.close_group("axes")
        self.stale = False


def planes(figure: Figure | Surface) -> list[Plane]:
    """Return the planes of a figure, in the order in which they were added."""
    return [artist for artist in figure.artists if isinstance(artist, Plane)]
