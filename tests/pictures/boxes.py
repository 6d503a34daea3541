"""The boxes that drawn texts take, to find those that overlap or leave the page."""

from __future__ import annotations

from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

DPI = 300
TOLERANCE = 0.4  # points
MEASURING = RendererAgg(1, 1, DPI)  # one for all: it remembers how wide a text was, and holds no picture


def boxes(figure: Figure) -> list[tuple[str, float, float, float, float]]:
    """Return each drawn text with left, bottom, right and top in points."""
    figure.set_dpi(DPI)
    found = []
    for text in figure.findobj(Text):
        if not text.get_visible() or not text.get_text().strip():
            continue
        box = text.get_window_extent(MEASURING)
        found.append((text.get_text(), *(each * 72 / DPI for each in (box.x0, box.y0, box.x1, box.y1))))
    return found


def faults(figure: Figure) -> list[str]:
    """Return what is wrong with a figure's texts: clipped by the page, or over each other."""
    width, height = (each * 72 for each in figure.get_size_inches())
    listed = boxes(figure)
    found = [
        f"clipped: {text!r}"
        for text, left, bottom, right, top in listed
        if left < -TOLERANCE or bottom < -TOLERANCE or right > width + TOLERANCE or top > height + TOLERANCE
    ]
    listed.sort(key=lambda box: box[1])
    for place, (text, _, bottom, right, top) in enumerate(listed):
        for other, left, low, _, high in listed[place + 1 :]:
            if left > right - TOLERANCE:
                break
            if min(top, high) - max(bottom, low) > TOLERANCE:
                found.append(f"overlap: {text!r} and {other!r}")
    return found
