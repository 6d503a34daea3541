"""Letters of a text, set in a font once for all places where the same text stands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from matplotlib.backends.backend_agg import RendererAgg, get_hinting_flag
from matplotlib.backends.backend_pdf import RendererPdf
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font, RenderMode
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

_POINTS = 72.0
"""Dots of an inch in PDF."""


@lru_cache(maxsize=5_000)
def _set(text: str, font: FT2Font, size: float, dots: float, flags: Any, further: tuple) -> tuple[Any, ...]:
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
    return _set(text, font, size, dots, flags, further)


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


@dataclass(frozen=True)
class _Face:
    """What a file of PDF wants to know of a font."""

    fname: str
    face_index: int

    def load_glyph(self, *glyph: object, **flags: object) -> None:
        """Load nothing: a page names letters, and its fonts are written when it ends."""


class _Letter(NamedTuple):
    char: str
    ft_object: _Face
    glyph_index: int
    x: float
    y: float
    prev_kern: float


@lru_cache(maxsize=5_000)
def _named(text: str, font: FT2Font, size: float, flags: Any, further: tuple) -> list[_Letter]:
    return [
        _Letter(
            letter.char,
            _Face(letter.ft_object.fname, letter.ft_object.face_index),
            letter.glyph_index,
            letter.x,
            letter.y,
            letter.prev_kern,
        )
        for letter in _set(text, font, size, _POINTS, flags, further)
    ]


class _Font:
    """A font of a size, which knows the texts that were set in it."""

    def __init__(self, font: FT2Font, size: float):
        self._font, self._size = font, size

    def __getattr__(self, name: str) -> Any:
        return getattr(self._font, name)

    def _layout(self, text: str, flags: Any, features: Any = None, language: Any = None) -> list[_Letter]:
        return _named(text, self._font, self._size, flags, (features, language))


class Page(RendererPdf):
    """matplotlib's renderer of a page of PDF, which does not load letters that it only names."""

    def _get_font_ttf(self, prop: FontProperties) -> Any:
        """Return the font of a text; parameters are matplotlib's."""
        return _Font(super()._get_font_ttf(prop), prop.get_size_in_points())
