"""One line of text on a figure, from the left, middle or right end of its baseline."""

from __future__ import annotations

from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.colors import to_rgba
from matplotlib.text import Text

from analysis.pictures.lettering import Letters

_BEFORE = {"left": 0.0, "center": 0.5, "right": 1.0}
"""Which share of a line stands before its place."""


class TurnedLine(Text):
    """A line that reads upwards.

    Parameters
    ----------
    left, baseline : float
        Its place, in shares of the figure from the bottom left corner.
    text : str
    letters : Letters
    colour : str
    align : str
        ``left``, ``center`` or ``right``: which end of the line is at its place.
    """

    degrees = 90.0

    def __init__(self, left: float, baseline: float, text: str, letters: Letters, colour: str, align: str):
        self._letters = letters
        super().__init__(
            left,
            baseline,
            text,
            color=colour,
            fontproperties=letters.font,
            horizontalalignment=align,  # type: ignore[arg-type]  # checked by matplotlib
            verticalalignment="baseline",
            rotation=self.degrees,
            rotation_mode="anchor",
            parse_math=False,
        )


class Line(TurnedLine):
    """A line that reads along the page: where it stands follows from its place, and from its width at most.

    matplotlib lays every text out as a turned box of lines, and measures it for each format; of a line
    that starts at its place nothing needs measuring.
    """

    degrees = 0.0

    def draw(self, renderer: RendererBase) -> None:
        """Draw the line where matplotlib's own layout would put it."""
        text, font = self.get_text(), self.get_fontproperties()
        before = _BEFORE[self.get_horizontalalignment()]
        across, up = self.get_transform().transform(self.get_unitless_position())
        if before:
            across -= before * self._wide(renderer)
        renderer.open_group("text", self.get_gid())
        pen = renderer.new_gc()
        pen.set_foreground(to_rgba(self.get_color()), isRGBA=True)
        pen.set_antialiased(self.get_antialiased())
        down = renderer.get_canvas_width_height()[1] - up if renderer.flipy() else up
        renderer.draw_text(pen, across, down, text, font, self.get_rotation(), False, self)
        pen.restore()
        renderer.close_group("text")

    def _wide(self, renderer: RendererBase) -> float:
        """Return the width of the line where it is drawn: of SVG, as it was laid out."""
        if isinstance(renderer, RendererSVG):
            return self._letters.width(self.get_text())
        return renderer.get_text_width_height_descent(self.get_text(), self.get_fontproperties(), False)[0]
