"""A page of PDF whose letters are set once a text: apart, for matplotlib's PDF takes long to import."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from matplotlib.backends.backend_pdf import RendererPdf
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font

from analysis.pictures.glyphs import letters_set

_POINTS = 72.0
"""Dots of an inch in PDF."""


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
        for letter in letters_set(text, font, size, _POINTS, flags, further)
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
