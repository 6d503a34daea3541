"""Letters of a text, set in a font once for all places where the same text stands."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from matplotlib.backends.backend_agg import RendererAgg, get_hinting_flag
from matplotlib.ft2font import FT2Font, RenderMode
from matplotlib.text import Text
from matplotlib.transforms import Affine2D


@lru_cache(maxsize=5_000)
def letters_set(
    text: str, font: FT2Font, size: float, dots: float, flags: Any, further: tuple
) -> tuple[Any, ...]:
    """Return the glyphs of a text and their places; ``further`` are features of the font and the language."""
    features, language = further
    return tuple(font._layout(text, flags, features=features, language=language))


def letters_of(
    text: str, font: FT2Font, size: float, dots: float, flags: Any, artist: Text | None
) -> tuple[Any, ...]:
    """Return the glyphs of a text and their places, in a font that is ready for that size.

    Parameters
    ----------
    text : str
    font : FT2Font
    size, dots : float
        In points, and dots of an inch.
    flags : LoadFlags
        How glyphs are fitted to dots.
    artist : Text, optional
        Says features of the font and the language.
    """
    further = (artist.get_fontfeatures(), artist.get_language()) if artist else (None, None)
    return letters_set(text, font, size, dots, flags, further)


class Dots(RendererAgg):
    """matplotlib's renderer of dots, which makes a font ready for each text and not for each letter.

    A font that is given a size, even the one that it has, runs its program of that size again.
    """

    def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext=None):
        """Draw a text; parameters are matplotlib's."""
        if ismath or not gc.get_antialiased():
            super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)
            return
        size, flags = prop.get_size_in_points(), get_hinting_flag()
        font = self._prepare_font(prop)
        letters = letters_of(s, font, size, self.dpi, flags, mtext)
        for other in {letter.ft_object for letter in letters} - {font}:
            other.set_size(size, self.dpi)
        turn = Affine2D().rotate_deg(angle).get_matrix()[:2, :2]
        (cos, _), (sin, _) = turn
        fixed = (0x10000 * turn).round().astype(int)
        for letter in letters:
            across, up = letter.x * cos - letter.y * sin, letter.x * sin + letter.y * cos
            face = letter.ft_object
            face._set_transform(fixed, [round(0x40 * (x + across)), round(0x40 * (self.height - y + up))])
            drawn = face._render_glyph(letter.glyph_index, flags, RenderMode.NORMAL)
            dots = drawn.buffer
            below = int(self.height) - drawn.top + dots.shape[0]
            self._renderer.draw_text_image(dots, drawn.left, below, 0, gc)
