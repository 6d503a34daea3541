"""Pictures of points: PNG files of figures."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING

from matplotlib import rcParams
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from analysis.pictures.glyphs import Dots
from analysis.pictures.surface import Surface, at_dots

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_LEVEL = 3
_HAIR = 1e-8
"""What a size in dots may lack of a whole one by the way that computers reckon; matplotlib's own."""


def as_png(figure: Figure | Surface, texts: Mapping[str, str]) -> bytes:
    """Return a figure as a PNG at the resolution of saved figures, with texts inside.

    Its opacity, which is full everywhere, is left out, and it is packed less tightly than matplotlib does:
    that takes a third of the time.

    Parameters
    ----------
    figure : Figure or Surface
        Its ground must be opaque.
    texts : mapping of str to str
        Keywords of PNG (``Title``, ``Description``, ``Software``) and what they say.
    """
    dots = float(rcParams["savefig.dpi"])
    chunks = PngInfo()
    for keyword, text in texts.items():
        chunks.add_text(keyword, text)
    written = io.BytesIO()
    _drawn(figure, dots).save(written, "PNG", compress_level=_LEVEL, dpi=(dots, dots), pnginfo=chunks)
    return written.getvalue()


def _drawn(figure: Figure | Surface, dots: float) -> Image.Image:
    """Return the points of a figure at some dots an inch, without their opacity."""
    with at_dots(figure, dots):
        width, height = (int(size + _HAIR) for size in figure.bbox.size)
        renderer = Dots(width, height, dots)
        figure.draw(renderer)
    return Image.frombuffer("RGBA", (width, height), renderer.buffer_rgba(), "raw", "RGBA", 0, 1).convert(
        "RGB"
    )
