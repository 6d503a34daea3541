"""Tables on paper: upright or turned, which letters, and how wide each column, so that nothing is cut."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.printed.printable import ResolvedTable
from analysis.tables.markup import kept_decimals, lead, units_below, unseen

PORTRAIT, LANDSCAPE = 17.0, 25.7
SIZES = (9.0, 8.0, 7.0)
_PADDING = 0.46
_BOLD = 1.08
_LONG = 16
SHORT = 14
_TRIES = (
    (False, 9.0),
    (False, 8.0),
    (True, 9.0),
    (True, 8.0),
    (True, 7.0),
)


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


def ems(text: str) -> float:
    """Return about how wide a text is, in ems: a Chinese sign is as wide as it is tall."""
    return sum(1.0 if sign > "\u2e80" else 0.3 if sign in "iljt.,:;'|()[] " else 0.56 for sign in text)


def fit(table: ResolvedTable) -> Fit:
    """Return how a table is set on A4: as large and as upright as its columns allow.

    Parameters
    ----------
    table : ResolvedTable
    """
    needs = [_stub(table, place) for place in range(len(table.stub))]
    shares = [wide for _, wide in units_below(table) for _ in range(wide)] or [1] * len(table.columns)
    needs += [_column(table, place, share) for place, share in enumerate(shares)]
    for landscape, points in _TRIES:
        room = LANDSCAPE if landscape else PORTRAIT
        shared = _shared(needs, points, room)
        if shared and _comfortable(shared, needs, points, 4.2 if landscape else 3.2):
            return Fit(landscape, points, shared)
    return Fit(True, SIZES[-1], _shared(needs, SIZES[-1], LANDSCAPE) or _even(needs))


def _stub(table: ResolvedTable, place: int) -> _Need:
    texts = [lead(row, place, table) for row in table.rows]
    words = [ems(word) for text in texts for word in _pieces(text)]
    words += [_BOLD * ems(word) for word in _pieces(table.stub[place])]
    return _Need(max(words, default=1.0), max([*map(ems, texts), *words], default=1.0))


def _column(table: ResolvedTable, place: int, share: int) -> _Need:
    """Return what a column needs; its unit has the width of all ``share`` neighbours that have it, too."""
    column = table.columns[place]
    kept = kept_decimals(table, place)
    texts = [row.cells[place].text + unseen(row.cells[place], kept) for row in table.rows]
    fixed = [text for text in texts if len(text) <= _LONG]
    loose = [word for text in texts if len(text) > _LONG for word in _pieces(text)]
    unit = [ems(word) / share for word in _pieces(f"({column.unit})" if column.unit else "")]
    head = [_BOLD * ems(word) for word in _pieces(column.label)]
    least = max([*map(ems, (*fixed, *loose)), *unit, *head], default=1.0)
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
