"""Letters of a text, set in a font once for all places where the same text stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg, get_hinting_flag
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font, RenderMode
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from analysis.pictures.fonts import LATIN

_PARTS = 64
"""Parts of a dot that letters are moved by."""
_MOST = 2_000
"""Drawn letters that are kept of a font in one size."""
_ONE_BY_ONE = re.compile("[ -~\u00a0-\u00ac\u00ae-\u017f\u2009-\u200a\u2010-\u2027\u2030-\u203a\u2212]*")
"""Letters that read from the left, and signs: DejaVu has them all, and places each by the one before it."""
_UNITS = re.compile("ff[il]?|f[il]|.")
"""Letters that DejaVu melts into one, and every other letter."""
_Behind = tuple[float, list[tuple[str, int, float, float, float]]]
"""How far behind another a letter begins; of its glyphs letter, number, place from there, and how moved."""
_Drawn = tuple[np.ndarray, int, int]
"""How far dots are covered, and where they begin: from the left, and from a line or the top."""


class SetLetter(NamedTuple):
    """A glyph of a text: its font, its place, and by how much it is moved for the one before it."""

    char: str
    ft_object: Any
    glyph_index: int
    x: float
    y: float
    prev_kern: float


@lru_cache(maxsize=5_000)
def letters_set(
    text: str, font: FT2Font, size: float, dots: float, flags: Any, further: tuple
) -> tuple[SetLetter, ...]:
    """Return the glyphs of a text and their places; ``further`` are features of the font and the language."""
    if font.family_name != LATIN or not _ONE_BY_ONE.fullmatch(text):
        return _laid_out(text, font, flags, further)
    known = _set_before(font.fname, font.face_index, size, dots, flags, further)
    letters: list[SetLetter] = []
    before, count, start = "", 0, 0.0
    for unit in _UNITS.findall(text):
        if (before, unit) not in known:
            known[before, unit] = _behind(before, count, unit, font, flags, further)
        wide, behind = known[before, unit]
        start += wide
        for char, glyph, across, up, moved in behind:
            letters.append(SetLetter(char, font, glyph, start + across, up, moved))
        before, count = unit, len(behind)
    return tuple(letters)


@lru_cache(maxsize=200)
def _set_before(
    path: str, face: int, size: float, dots: float, flags: Any, further: tuple
) -> dict[tuple[str, str], _Behind]:
    """Return what was set with a font: a letter behind another.

    A font is told by its file: a process that is forked from this one opens it anew.
    """
    return {}


def _behind(before: str, count: int, unit: str, font: FT2Font, flags: Any, further: tuple) -> _Behind:
    """Return how far behind a letter of so many glyphs another begins, and that other's glyphs."""
    letters = _laid_out(before + unit, font, flags, further)[count:]
    start = letters[0].x
    return start, [
        (letter.char, letter.glyph_index, letter.x - start, letter.y, letter.prev_kern) for letter in letters
    ]


def _laid_out(text: str, font: FT2Font, flags: Any, further: tuple) -> tuple[SetLetter, ...]:
    features, language = further
    return tuple(
        SetLetter(letter.char, letter.ft_object, letter.glyph_index, letter.x, letter.y, letter.prev_kern)
        for letter in font._layout(text, flags, features=features, language=language)
    )


class Dots(RendererAgg):
    """matplotlib's renderer of dots, which draws the letters of a text together, and each of them once.

    A font that is given a size, even the one that it has, runs its program of that size again; and the
    pen's settings are read anew for whatever is drawn.
    """

    def letters(
        self, text: str, properties: FontProperties, artist: Text | None = None
    ) -> tuple[FT2Font, tuple[SetLetter, ...]]:
        """Return the font of a text, ready for its size, and the text's glyphs and their places.

        Parameters
        ----------
        text : str
        properties : FontProperties
        artist : Text, optional
            Says features of the font and the language.
        """
        font, size = self._prepare_font(properties), properties.get_size_in_points()
        further = (artist.get_fontfeatures(), artist.get_language()) if artist else (None, None)
        return font, letters_set(text, font, size, self.dpi, get_hinting_flag(), further)

    def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext=None):
        """Draw a text; parameters are matplotlib's."""
        if ismath or not gc.get_antialiased():
            super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)
            return
        size, flags = prop.get_size_in_points(), get_hinting_flag()
        font, letters = self.letters(s, prop, mtext)
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
