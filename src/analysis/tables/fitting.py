"""Tables on paper: upright or turned, which letters, and how wide each column, so that nothing is cut."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from analysis.printed.once import once_for_each
from analysis.printed.printable import ResolvedTable
from analysis.tables.markup import kept_decimals, lead, units_below, unseen

PORTRAIT, LANDSCAPE = 17.0, 25.7
SIZES = (9.0, 8.0, 7.0)
INSIDE = 0.24
"""What both sides of a cell leave free together, in centimetres."""
_PADDING = INSIDE + 0.08
_BOLD = 1.08
_NARROW, _SLIM, _BROAD = frozenset("iljI.,:;'’|()[]/- "), frozenset("frstJcz"), frozenset("mwMW%@+−–—œæŒÆ")
_WIDER_BOLD = 1.1
_LONG = 16
SHORT = 14
_UPRIGHT = ((9.0, 3.2), (8.0, 3.8))
_SHORT_UPRIGHT = (*_UPRIGHT, (7.5, 4.2), (7.0, 4.2))
_TURNED = tuple((points, 4.2) for points in SIZES)
"""Sizes of letters, each with the lines that a text may take at most; a short table fills no turned page."""


@dataclass(frozen=True)
class Fit:
    """How a table is set.

    Attributes
    ----------
    landscape : bool
        Whether its page is turned.
    points : float
        Size of its letters.
    widths : tuple of float
        Width of each column in centimetres, label columns first.
    """

    landscape: bool
    points: float
    widths: tuple[float, ...]


@dataclass(frozen=True)
class _Need:
    """What a column needs in ems: the longest part that may not be broken, and all its text on one line."""

    least: float
    whole: float


@lru_cache(maxsize=50_000)
def ems(text: str) -> float:
    """Return about how wide a text is, in ems: a Chinese sign is as wide as it is tall."""
    return sum(1.0 if sign > "\u2e80" else 0.3 if sign in "iljt.,:;'|()[] " else 0.56 for sign in text)


@lru_cache(maxsize=50_000)
def widest_ems(text: str, bold: bool = False) -> float:
    """Return how wide a text is at most, in ems, whichever font stands in for one that a machine lacks.

    DejaVu Sans is the widest of those that usually do, a sixth wider than Arial.
    """
    wide = sum(map(_widest_sign, text))
    return wide * _WIDER_BOLD if bold else wide


@lru_cache(maxsize=5_000)
def _widest_sign(sign: str) -> float:
    if sign > "\u2e80" or sign in _BROAD:
        return 1.0
    if sign in _NARROW:
        return 0.4
    if sign in _SLIM:
        return 0.54
    return 0.79 if sign.isupper() else 0.64


@once_for_each
def fit(table: ResolvedTable) -> Fit:
    """Return how a table is set on A4: as large and as upright as its columns allow.

    Parameters
    ----------
    table : ResolvedTable
    """
    needs = [_stub(table, place) for place in range(len(table.stub))]
    shares = [wide for _, wide in units_below(table) for _ in range(wide)] or [1] * len(table.columns)
    needs += [_column(table, place, share) for place, share in enumerate(shares)]
    upright = _SHORT_UPRIGHT if len(table.rows) <= SHORT else _UPRIGHT
    for landscape, room, tries in ((False, PORTRAIT, upright), (True, LANDSCAPE, _TURNED)):
        for points, lines in tries:
            shared = _shared(needs, points, room)
            if shared and _comfortable(shared, needs, points, lines):
                return Fit(landscape, points, shared)
    return Fit(True, SIZES[-1], _shared(needs, SIZES[-1], LANDSCAPE) or _even(needs))


def _stub(table: ResolvedTable, place: int) -> _Need:
    texts = [lead(row, place, table) for row in table.rows]
    bold = [row.total for row in table.rows]
    words = [
        widest_ems(word, strong) for text, strong in zip(texts, bold, strict=True) for word in _pieces(text)
    ]
    words += [widest_ems(word, bold=True) for word in _pieces(table.stub[place])]
    return _Need(max(words, default=1.0), max([*map(ems, texts), *words], default=1.0))


def _column(table: ResolvedTable, place: int, share: int) -> _Need:
    """Return what a column needs; its unit has the width of all ``share`` neighbours that have it, too."""
    column = table.columns[place]
    kept = kept_decimals(table, place)
    texts = [row.cells[place].text + unseen(row.cells[place], kept) for row in table.rows]
    bold = [row.total for row in table.rows]
    whole = [
        widest_ems(part, strong)
        for text, strong in zip(texts, bold, strict=True)
        for part in ([text] if len(text) <= _LONG else _pieces(text))
    ]
    unit = [widest_ems(word) / share for word in _pieces(f"({column.unit})" if column.unit else "")]
    head = [widest_ems(word, bold=True) for word in _pieces(column.label)]
    least = max([*whole, *unit, *head], default=1.0)
    return _Need(least, max([least, _BOLD * ems(column.label) / 2, *map(ems, texts)]))


def _pieces(text: str) -> list[str]:
    """Return the parts of a text that stay whole: words, or in Chinese a few signs."""
    return [word[:4] if word[-1:] > "\u2e80" else word for word in text.replace("-", "- ").split()]


def _centimetres(width: float, points: float) -> float:
    return width * points / 72 * 2.54 + _PADDING


def _shared(needs: list[_Need], points: float, room: float) -> tuple[float, ...] | None:
    """Return widths that share a room out: what each column needs, the rest to those with long texts."""
    least = [_centimetres(need.least, points) for need in needs]
    rest = room - sum(least)
    if rest < 0:
        return None
    wanted = [
        max(_centimetres(need.whole, points) - width, 0.0) for need, width in zip(needs, least, strict=True)
    ]
    part = min(rest / (sum(wanted) or 1.0), 1.0)
    return tuple(width + more * part for width, more in zip(least, wanted, strict=True))


def _comfortable(widths: tuple[float, ...], needs: list[_Need], points: float, lines: float) -> bool:
    """Whether no text takes more than a few lines."""
    return all(
        _centimetres(need.whole, points) <= lines * width for need, width in zip(needs, widths, strict=True)
    )


def _even(needs: list[_Need]) -> tuple[float, ...]:
    return (LANDSCAPE / len(needs),) * len(needs)
