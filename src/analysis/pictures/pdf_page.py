"""A page of PDF whose letters are set once a text: apart, for matplotlib's PDF takes long to import."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from matplotlib import rcParams
from matplotlib.backends.backend_pdf import RendererPdf, _fill, _str_escapes
from matplotlib.font_manager import FontPath, FontProperties
from matplotlib.ft2font import FT2Font, LoadFlags

from analysis.pictures.glyphs import SetLetter, letters_set

_POINTS = 72.0
"""Dots of an inch in PDF."""


@dataclass(frozen=True)
class _Face:
    """What a file of PDF wants to know of a font."""

    fname: str
    face_index: int

    def load_glyph(self, *glyph: object, **flags: object) -> None:
        """Load nothing: a page names letters, and its fonts are written when it ends."""


@lru_cache(maxsize=5_000)
def _named(text: str, font: FT2Font, size: float, flags: Any, further: tuple) -> list[SetLetter]:
    font.clear()
    font.set_size(size, _POINTS)
    letters = letters_set(text, font, size, _POINTS, flags, further)
    faces = {face: _Face(face.fname, face.face_index) for face in {letter.ft_object for letter in letters}}
    return [letter._replace(ft_object=faces[letter.ft_object]) for letter in letters]


class Page(RendererPdf):
    """matplotlib's renderer of a page of PDF, which writes a text without loading letters that it only names.

    What it writes is what matplotlib would, byte for byte.
    """

    def __init__(self, file: Any, dots: float, height: float, width: float):
        super().__init__(file, dots, height, width)
        self._fonts: dict[FontProperties, FT2Font] = {}
        self._codes: dict[tuple[_Face, str, int], tuple[int, int, Any]] = {}

    def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext=None):
        """Draw a text; parameters are matplotlib's."""
        kind_of_font = rcParams["pdf.fonttype"], rcParams["pdf.use14corefonts"]
        if ismath or kind_of_font != (3, False) or gc.get_url() is not None:
            super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)
            return
        self.check_gc(gc, gc._rgb)
        further = (mtext.get_fontfeatures(), mtext.get_language()) if mtext else (None, None)
        if prop not in self._fonts:
            self._fonts[prop] = self._get_font_ttf(prop)
        size = prop.get_size_in_points()
        letters = _named(s, self._fonts[prop], size, LoadFlags.NO_HINTING, further)
        radians = math.radians(angle)
        cos, sin = math.cos(radians), math.sin(radians)
        lines = [b"q", _operation(b"cm", cos, sin, -sin, cos, x, y), b"BT", *self._shown(letters, size)]
        self.file.write(b"\n".join((*lines, b"ET", b"Q", b"")))

    def _shown(self, letters: list[SetLetter], size: float) -> Iterator[bytes]:
        """Yield the operations that show letters: those of one font together, with what parts them."""
        font_before, start = None, 0.0
        shown = _Shown(size)
        for letter in letters:
            subset, code, name = self._code(letter)
            if (letter.ft_object, subset) != font_before:
                yield from shown.ended()
                yield _fill([b"/" + name.name, _number(size), b"Tf"])
                yield _operation(b"Td", letter.x - start, 0)
                font_before, start = (letter.ft_object, subset), letter.x
            if letter.y:
                yield from shown.ended()
                yield _operation(b"Ts", letter.y)
            shown.add(letter.prev_kern, code)
            if letter.y:
                yield from shown.ended()
                yield b"0 Ts"
        yield from shown.ended()

    def _code(self, letter: SetLetter) -> tuple[int, int, Any]:
        """Return the part of its font that a letter stands in, its code there, and the name of that part."""
        key = letter.ft_object, letter.char, letter.glyph_index
        if key not in self._codes:
            face = letter.ft_object
            subset, code = self.file._character_tracker.track_glyph(face, letter.char, letter.glyph_index)
            self._codes[key] = subset, code, self.file.fontName(FontPath(face.fname, face.face_index), subset)
        return self._codes[key]


class _Shown:
    """Letters of one font, and by how much they are moved together or apart.

    Parameters
    ----------
    size : float
        Of the font, in points.
    """

    def __init__(self, size: float):
        self._size = size
        self._parts: list[bytes] = []
        self._codes: list[int] = []

    def add(self, moved: float, code: int) -> None:
        """Add a letter, and by how much it is moved from the one before."""
        if moved:
            self._end_codes()
            self._parts.append(_shift(moved, self._size))
        self._codes.append(code)

    def _end_codes(self) -> None:
        if self._codes:
            text = bytes(self._codes).decode("latin-1").translate(_str_escapes)
            self._parts.append(b"(" + text.encode("latin-1") + b")")
            self._codes = []

    def ended(self) -> Iterator[bytes]:
        """Yield the operation that shows the letters, if there are any, and begin anew."""
        self._end_codes()
        if self._parts:
            yield _fill([_fill([b"[", *self._parts, b"]"]), b"TJ"])
            self._parts = []


def _operation(name: bytes, *numbers: float) -> bytes:
    return _fill([*map(_number, numbers), name])


@lru_cache(maxsize=20_000)
def _shift(moved: float, size: float) -> bytes:
    return _number(-1000 * moved / size)


def _number(number: float) -> bytes:
    """Return a number as matplotlib writes it."""
    if isinstance(number, int):
        return b"%d" % number
    return (b"%.10f" % number).rstrip(b"0").rstrip(b".")
