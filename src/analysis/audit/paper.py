"""The workbook on paper: letters that can be read, whole columns on each page, rows as high as their text."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

A4 = 9
# Characters of a column's width that an A4 page on its side holds at full size, within the margins, also
# where a wider font stands in for the workbook's.
ACROSS = 110
# What a column takes beside its characters.
EDGES = 0.72
# The smallest scale at which 11 points can be read: 6.8 points.
SMALLEST = 0.62
LINE, HIGHEST = 15, 405
HEAD = 2 * LINE
# A column's width counts figures; words end their lines before these are full.
FILLED = 0.92


def on_pages(page, widths: Sequence[float], rows: int, *, repeated: int = -1, headed: bool = True) -> None:
    """Set a sheet up for paper: A4 on its side, pages numbered, letters of 6.8 points or more.

    What does not fit across one page goes on to further ones, whole columns each.

    Parameters
    ----------
    page : xlsxwriter.Worksheet
    widths : sequence of float
        Of the columns in print, from the first; 0 of a hidden one. Further columns are not printed.
    rows : int
        Of the sheet.
    repeated : int
        The last of the columns that each page across repeats; -1 for none.
    headed : bool
        Whether the first row holds headings, which each page repeats.
    """
    page.set_landscape()
    page.set_paper(A4)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    if headed:
        page.repeat_rows(0)
    page.set_footer("&L&A&R&P / &N")
    page.print_area(0, 0, rows - 1, len(widths) - 1)
    widths = [width + EDGES if width else 0.0 for width in widths]
    if sum(widths) * SMALLEST <= ACROSS:
        page.fit_to_pages(1, 0)
        return
    if repeated >= 0:
        page.repeat_columns(0, repeated)
    again, room = sum(widths[: repeated + 1]), ACROSS / SMALLEST
    breaks, taken = [], 0.0
    for column, width in enumerate(widths):
        if taken and taken + width > room:
            breaks.append(column)
            taken = again
        taken += width
    page.set_v_pagebreaks(breaks)
    page.set_print_scale(round(100 * SMALLEST))


def height(texts: Sequence[str], widths: Sequence[float]) -> float:
    """Return how high a row has to be, in points, to show texts that are broken into lines."""
    lines = max((_lines(text, width) for text, width in zip(texts, widths, strict=True) if text), default=1)
    return min(LINE * lines, HIGHEST)


def _lines(text: str, width: float) -> int:
    return sum(max(1, math.ceil(across(part) / (FILLED * width))) for part in text.split("\n"))


@lru_cache(maxsize=20_000)
def across(text: str) -> int:
    """Return how many characters wide a text is; Chinese ones count twice."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
