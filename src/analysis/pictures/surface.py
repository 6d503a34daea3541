"""What a chart is drawn on where it is only saved: what charts use of matplotlib's ``Figure``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from matplotlib import rcParams
from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.patches import Rectangle
from matplotlib.transforms import Affine2D, Bbox, BboxTransformTo, TransformedBbox

if TYPE_CHECKING:
    from matplotlib.figure import Figure


class Surface(Artist):
    """A ground with artists on it.

    A ``Figure`` brings matplotlib's axes of all kinds with it, of which no chart shows one: to import them
    takes as long as to draw twenty charts.

    Parameters
    ----------
    figsize : tuple of float
        Width and height in inches.
    """

    def __init__(self, figsize: tuple[float, float]):
        super().__init__()
        self._size, self._dots = figsize, Affine2D()
        self.dpi = 72.0
        self.bbox = TransformedBbox(Bbox.from_bounds(0, 0, *figsize), self._dots)
        self.transFigure = self.transSubfigure = BboxTransformTo(self.bbox)
        self.artists: list[Artist] = []
        self._ground = Rectangle(
            (0, 0),
            1,
            1,
            facecolor=rcParams["figure.facecolor"],
            edgecolor=rcParams["figure.edgecolor"],
            linewidth=0.0,
            antialiased=False,
        )
        self._take(self._ground)

    @property
    def dpi(self) -> float:
        """Dots an inch."""
        return self._dpi

    @dpi.setter
    def dpi(self, dots: float) -> None:
        self._dpi = dots
        self._dots.clear().scale(dots)

    def get_figure(self, root: bool = False) -> Surface:  # type: ignore[override]
        """Return what artists on it take for their figure."""
        return self

    def get_size_inches(self) -> tuple[float, float]:
        """Return width and height."""
        return self._size

    def add_artist(self, artist: Artist) -> Artist:
        """Put something on it, in shares of width and height where it does not say otherwise."""
        self._take(artist)
        self.artists.append(artist)
        return artist

    def _take(self, artist: Artist) -> None:
        artist.set_figure(self)  # type: ignore[arg-type]  # a figure to its artists
        if not artist.is_transform_set():
            artist.set_transform(self.transFigure)

    def draw(self, renderer: RendererBase) -> None:
        """Draw the ground and the artists, those above others last."""
        renderer.open_group("figure", gid=self.get_gid())
        self._ground.draw(renderer)
        for artist in sorted(self.artists, key=lambda artist: artist.get_zorder()):
            artist.draw(renderer)
        renderer.close_group("figure")
        self.stale = False


@contextmanager
def at_dots(figure: Figure | Surface, dots: float) -> Iterator[None]:
    """Let a figure have some dots an inch, and as many as before afterwards."""
    before = figure.dpi
    figure.dpi = dots
    try:
        yield
    finally:
        figure.dpi = before
