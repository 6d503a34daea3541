"""Pictures of points: PNG files of figures."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np
from matplotlib import rcParams
from PIL.PngImagePlugin import PngInfo, putchunk

from analysis.pictures.glyphs import Dots
from analysis.pictures.surface import Surface, at_dots

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_LEVEL, _MEMORY = 3, 7
"""How tightly zlib packs, and how much memory it takes: with more it takes longer, and packs no tighter."""
_AT_ONCE = 64
"""Rows that are packed at once: few enough to stay in the processor's own memory."""
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_EIGHT_BITS_OF_RED_GREEN_BLUE = (8, 2, 0, 0, 0)
_INCH = 0.0254
"""In metres."""
_HAIR = 1e-8
"""What a size in dots may lack of a whole one by the way that computers reckon; matplotlib's own."""


def as_png(figure: Figure | Surface, texts: Mapping[str, str]) -> bytes:
    """Return a figure as a PNG at the resolution of saved figures, with texts inside.

    Its opacity, which is full everywhere, is left out. Its rows are packed as they are: filters, which
    are for photographs, make a file of flat colours larger by a quarter and take longer than packing it.

    Parameters
    ----------
    figure : Figure or Surface
        Its ground must be opaque.
    texts : mapping of str to str
        Keywords of PNG (``Title``, ``Description``, ``Software``) and what they say.
    """
    dots = float(rcParams["savefig.dpi"])
    drawn = _drawn(figure, dots)
    height, width, _ = drawn.shape
    info = PngInfo()
    for keyword, text in texts.items():
        info.add_text(keyword, text)
    resolution = struct.pack(">IIB", *[round(dots / _INCH)] * 2, 1)
    packing = zlib.compressobj(_LEVEL, zlib.DEFLATED, zlib.MAX_WBITS, _MEMORY)
    written = io.BytesIO()
    written.write(_SIGNATURE)
    putchunk(written, b"IHDR", struct.pack(">II5B", width, height, *_EIGHT_BITS_OF_RED_GREEN_BLUE))
    for kind, content, *_ in info.chunks:
        putchunk(written, kind, content)
    putchunk(written, b"pHYs", resolution)
    putchunk(written, b"IDAT", *map(packing.compress, _rows(drawn)), packing.flush())
    putchunk(written, b"IEND")
    return written.getvalue()


def _drawn(figure: Figure | Surface, dots: float) -> np.ndarray:
    """Return the points of a figure at some dots an inch: rows of red, green, blue and opacity."""
    with at_dots(figure, dots):
        width, height = (int(size + _HAIR) for size in figure.bbox.size)
        renderer = Dots(width, height, dots)
        figure.draw(renderer)
    return np.asarray(renderer.buffer_rgba())


def _rows(drawn: np.ndarray) -> Iterator[memoryview]:
    """Yield the rows of a PNG, some at once; each begins with the number of its filter: none."""
    height, width, _ = drawn.shape
    rows = np.zeros((_AT_ONCE, 1 + 3 * width), np.uint8)
    for first in range(0, height, _AT_ONCE):
        some = drawn[first : first + _AT_ONCE]
        for colour in range(3):
            rows[: len(some), 1 + colour :: 3] = some[..., colour]
        yield rows[: len(some)].data
