"""Letters of a text, set in a font once for all places where the same text stands."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg, get_hinting_flag
from matplotlib.ft2font import FT2Font, RenderMode
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

_PARTS = 64
"""Parts of a dot that letters are moved by."""
_MOST = 2_000
"""Drawn letters that are kept of a font in one size."""
_Drawn = tuple[np.ndarray, int, int]
"""How far dots are covered, and where they begin: from the left, and from a line or the top."""


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
    """matplotlib's renderer of dots, which draws the letters of a text together, and each of them once.

    A font that is given a size, even the one that it has, runs its program of that size again; and the
    pen's settings are read anew for whatever is drawn.
    """

    def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext=None):
        """Draw a text; parameters are matplotlib's."""
        if ismath or not gc.get_antialiased():
            super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)
            return
        size, flags = prop.get_size_in_points(), get_hinting_flag()
        font = self._prepare_font(prop)
        letters = letters_of(s, font, size, self.dpi, flags, mtext)
        faces = {letter.ft_object for letter in letters}
        for other in faces - {font}:
            other.set_size(size, self.dpi)
        turn = Affine2D().rotate_deg(angle).get_matrix()[:2, :2]
        (cos, _), (sin, _) = turn
        fixed = (0x10000 * turn).round().astype(int)
        before = {face: _drawn_before(face, size, self.dpi, flags, tuple(fixed.flat)) for face in faces}
        height, drawn = int(self.height), []
        for letter in letters:
            across, up = letter.x * cos - letter.y * sin, letter.x * sin + letter.y * cos
            right, part_right = divmod(round(_PARTS * (x + across)), _PARTS)
            above, part_above = divmod(round(_PARTS * (self.height - y + up)), _PARTS)
            face, known = letter.ft_object, before[letter.ft_object]
            key = letter.glyph_index, part_right, part_above
            if key not in known:
                if len(known) == _MOST:
                    known.clear()
                face._set_transform(fixed, [part_right, part_above])
                shape = face._render_glyph(letter.glyph_index, flags, RenderMode.NORMAL)
                known[key] = shape.buffer, shape.left, shape.top
            dots, left, top = known[key]
            if dots.size:
                drawn.append((dots, left + right, height - top - above))
        for dots, left, top in _together(drawn):
            self._renderer.draw_text_image(dots, left, top + dots.shape[0], 0, gc)


@lru_cache(maxsize=200)
def _drawn_before(
    font: FT2Font, size: float, dots: float, flags: Any, turned: tuple[int, ...]
) -> dict[tuple[int, int, int], _Drawn]:
    """Return what was drawn with a font: by glyph, and by the parts of a dot that it is moved by."""
    return {}


def _together(drawn: list[_Drawn]) -> Iterator[_Drawn]:
    """Yield letters as few pictures, in their order, so that no dot of one picture is of two letters.

    A dot that two letters cover is painted twice.
    """
    while drawn:
        left, top = min(place for _, place, _ in drawn), min(place for *_, place in drawn)
        right = max(place + dots.shape[1] for dots, place, _ in drawn)
        below = max(place + dots.shape[0] for dots, _, place in drawn)
        picture = np.zeros((below - top, right - left), np.uint8)
        covered = count = 0
        for dots, across, down in drawn:
            height, width = dots.shape
            start = across - left
            part = picture[down - top : down - top + height, start : start + width]
            if start < covered and np.logical_and(part, dots).any():
                break
            part |= dots
            covered, count = max(covered, start + width), count + 1
        yield picture, left, top
        drawn = drawn[count:]
