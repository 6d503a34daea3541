"""How figures and tables are set so that few pages of a report stay half empty.

Word and typst break the pages themselves. What they are told is decided here, for all pages between two that
must begin anew at once: how large each chart is, whether a table may be divided, how closely its rows stand,
and where a page begins although there is room. How tall blocks are is estimated for Word and measured for
PDF. Of all ways that are tried the one is kept that costs least: empty pages cost by the square of what is
empty, besides small costs of small charts, divided tables and tables that stand on another page than their
figure. Where letters may be wider or narrower, as another font stands in for the one that is wanted, the
pages are planned for all of them at once: a break stands in the file, and so holds for all.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Protocol

from analysis.office.manuscript import FigureBlock, Heading, ManuscriptBlock, Paragraph, TableBlock
from analysis.office.setting import turned
from analysis.office.word_charts import ChartSize
from analysis.tables.fitting import SHORT
from analysis.tables.word_tables import TOGETHER

_STEP, _COARSE = 0.05, 20
"""Heights are told apart by so many inches; those of the letters after the first by so many steps."""
_FREE, _DOUBT = 0.1, 1.02
"""Shares of a page: what may stay empty without a cost, and what might yet be filled."""
_HALF, _HALF_FULL = 0.15, 0.52
"""What a page costs besides that is filled by less than about a half, as a share."""
_SMALLER, _LETTERS = 0.2, 0.005
_DIVIDED, _CLOSER, _APART = 0.03, 0.005, 0.02
_LAST = 0.3
"""What an empty part of a chapter's last page costs, as a share of another page's."""
SPACINGS = (1.0, 0.94, 0.87, 1.06, 1.12)
"""How the lines of a divided table may stand, as shares of the usual: closer, or looser where notes part."""
_CUT, _ALONE = 4.0, 2.0
"""What blocks cost that are too tall for a page, and notes of a table on a page without it."""
_UNSURE = 0.15
"""What each page of a divided table may hold more or less than planned, in inches."""


@dataclass(frozen=True)
class Setting:
    """How a figure or a table is set.

    Attributes
    ----------
    size : ChartSize or None
        Of a chart.
    whole : bool
        Whether a table stays on one page.
    close : float
        Space between the lines of a table, as a share of the usual.
    breaks : bool
        Whether a page begins with what leads to it, although there is room.
    """

    size: ChartSize | None = None
    whole: bool = True
    close: float = 1.0
    breaks: bool = False


class Heights(Protocol):
    """How tall blocks stand on upright pages or on turned ones, in inches, with the space around them."""

    @property
    def room(self) -> float:
        """Height of the text on a page."""

    @property
    def sure(self) -> float:
        """Share of a page that blocks of these heights fill at most: estimates leave more free."""

    def text(self, block: Heading | Paragraph) -> float:
        """Return the height of a heading or a paragraph."""

    def offered(self, block: FigureBlock) -> Sequence[tuple[ChartSize, float]]:
        """Return the sizes at which a figure can be read, the largest first, each with the whole height."""

    def table(self, block: TableBlock, close: float = 1.0) -> float:
        """Return the height of a table with its caption and notes, its lines closer by a share."""

    def beginning(self, block: TableBlock, rows: int) -> float:
        """Return the height of a table's caption, heading and first rows."""

    def head(self, block: TableBlock) -> float:
        """Return the height of a table's heading, which is repeated on each page."""

    def rows(self, block: TableBlock, close: float) -> Iterable[float]:
        """Return the height of each row with all before it, lines closer by a share."""


@dataclass(frozen=True)
class _Extent:
    """How tall blocks that stay together are, in one of the letters.

    A divided table has a least height, a heading that is repeated, and the heights of its rows, each with
    all before it.
    """

    height: float
    least: float = 0.0
    head: float = 0.0
    rows: tuple[float, ...] = ()

    def below(self, led: float) -> _Extent:
        """Return the extent with what leads to it."""
        return replace(self, height=self.height + led, least=self.least and self.least + led)

    def divided(self, filled: float, spare: float) -> tuple[float, float]:
        """Return what it costs that notes stand without their table, and how much of the last page is filled.

        Rows are not divided, and the last few stay together.
        """
        above = self.least - self.rows[TOGETHER - 1]
        notes = self.height - above - self.rows[-1]
        used, first, before, pages = filled + above, 0, 0.0, 1
        while used + self.rows[-1] - before > spare and first < len(self.rows) - 1:
            last = bisect_right(self.rows, before + spare - used)
            first = max(min(last, len(self.rows) - TOGETHER), first + 1)
            used, before, pages = self.head, self.rows[first - 1], pages + 1
        used += self.rows[-1] - before + notes
        if used <= spare:
            return (0.0 if used + _UNSURE * pages <= spare else _ALONE), used
        return _ALONE, min(used - spare, spare)


@dataclass(frozen=True)
class _Way:
    """A way to set blocks that stay together: how tall they are in each of the letters, cost, setting."""

    extents: tuple[_Extent, ...]
    cost: float
    setting: Setting


_Reached = tuple[float, tuple[int, ...], tuple[int, ...], Setting]
"""Cost, how much of the page is filled in each of the letters, whence, and by which setting."""


@dataclass(frozen=True)
class _Chunk:
    """Blocks that stay together, by the places of the first and the last, and the ways to set them."""

    first: int
    last: int
    ways: tuple[_Way, ...]
    follows: bool = False


def settings(
    blocks: Sequence[ManuscriptBlock], heights_on: Callable[[bool], Sequence[Heights]]
) -> dict[int, tuple[int, Setting]]:
    """Return how each figure and table is set, by its place, with the place of the first block led to it.

    Parameters
    ----------
    blocks : sequence of ManuscriptBlock
    heights_on : callable
        Returns the heights of blocks on turned pages (True) or upright ones, in each of the letters in which
        the pages may be set.
    """
    settings_by_place: dict[int, tuple[int, Setting]] = {}
    lies = turned(tuple(blocks))
    for start, end in _stretches(blocks, lies):
        heights = heights_on(lies[start])
        chunks = list(_chunks(blocks, range(start, end), heights))
        ends = end == len(blocks) or lies[end] == lies[start]
        best = _best(chunks, heights[0].room, heights[0].sure, _LAST if ends else 1.0)
        for chunk, setting in zip(chunks, best, strict=True):
            settings_by_place[chunk.last] = (chunk.first, setting)
    return settings_by_place


def _stretches(blocks: Sequence[ManuscriptBlock], lies: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield the blocks, as start and end, between two pages that begin anew whatever is on them."""
    start = 0
    for place in range(1, len(blocks)):
        block = blocks[place]
        if lies[place] != lies[place - 1] or (isinstance(block, Heading) and block.level == 1):
            yield start, place
            start = place
    if blocks:
        yield start, len(blocks)


def _chunks(blocks: Sequence[ManuscriptBlock], places: range, heights: Sequence[Heights]) -> Iterator[_Chunk]:
    led, first, before = [0.0] * len(heights), places.start, None
    for place in places:
        block = blocks[place]
        if isinstance(block, Heading | Paragraph) and place + 1 in places and leads(block, blocks[place + 1]):
            led = [above + measure.text(block) for above, measure in zip(led, heights, strict=True)]
            continue
        if isinstance(block, FigureBlock):
            ways = _of_figure(block, heights)
        elif isinstance(block, TableBlock):
            ways = _of_table(block, heights)
        else:
            ways = [_Way(tuple(_Extent(measure.text(block)) for measure in heights), 0.0, Setting())]
        moved = tuple(replace(way, extents=tuple(map(_Extent.below, way.extents, led))) for way in ways)
        follows = isinstance(block, TableBlock) and isinstance(before, FigureBlock)
        yield _Chunk(first, place, moved, follows)
        led, first = [0.0] * len(heights), place + 1
        if not isinstance(block, Paragraph):
            before = block


def leads(block: ManuscriptBlock, following: ManuscriptBlock) -> bool:
    """Whether a block stays on the page of the next."""
    return isinstance(block, Heading) or (isinstance(block, Paragraph) and isinstance(following, TableBlock))


def divisible(block: TableBlock) -> bool:
    """Whether a table has rows enough to begin on one page and end on another."""
    return len(block.table.rows) > 2 * TOGETHER


def _of_figure(block: FigureBlock, heights: Sequence[Heights]) -> list[_Way]:
    offered = list(zip(*(measure.offered(block) for measure in heights), strict=True))
    usual, _ = offered[0][0]
    ways = []
    for sized in offered:
        size, _ = sized[0]
        smaller = _SMALLER * (1 - size.height / usual.height) ** 2 + _LETTERS * (usual.points - size.points)
        ways.append(_Way(tuple(_Extent(height) for _, height in sized), smaller, Setting(size=size)))
    return ways


def _of_table(block: TableBlock, heights: Sequence[Heights]) -> list[_Way]:
    ways = [_Way(tuple(_Extent(measure.table(block)) for measure in heights), 0.0, Setting())]
    if divisible(block):
        cost = _DIVIDED if len(block.table.rows) <= SHORT else 0.0
        parted = [
            _Extent(0.0, measure.beginning(block, TOGETHER), measure.head(block)) for measure in heights
        ]
        for number, close in enumerate(SPACINGS):
            extents = tuple(
                replace(extent, height=measure.table(block, close), rows=tuple(measure.rows(block, close)))
                for extent, measure in zip(parted, heights, strict=True)
            )
            ways.append(_Way(extents, cost + number * _CLOSER, Setting(whole=False, close=close)))
    return ways


def _best(chunks: Sequence[_Chunk], room: float, sure: float, last: float) -> list[Setting]:
    """Return the settings that cost least, one for each chunk of a stretch of pages."""
    if not chunks:
        return []
    spare = room * sure
    nothing = (0,) * len(chunks[0].ways[0].extents)
    reached: dict[tuple[int, ...], _Reached] = {nothing: (0.0, nothing, nothing, Setting())}
    empty = cache(lambda part: _empty(part * _STEP, room))
    steps = []
    for chunk in chunks:
        onward: dict[tuple[int, ...], _Reached] = {}
        ways = [_Tried.of(way, chunk.follows, spare, room) for way in chunk.ways]
        for state, (cost, filled, _, _) in reached.items():
            left = [empty(part) for part in filled]
            for more, exact, setting in _placed(ways, filled, left):
                about = (exact[0], *(part // _COARSE for part in exact[1:]))
                if about not in onward or cost + more < onward[about][0]:
                    onward[about] = (cost + more, exact, state, setting)
        steps.append(onward)
        reached = onward
    ends = {state: end[0] + last * _mean([empty(part) for part in end[1]]) for state, end in reached.items()}
    state = min(ends, key=lambda state: (ends[state], state))
    settings = []
    for step in reversed(steps):
        _, _, before, setting = step[state]
        settings.append(setting)
        state = before
    return settings[::-1]


@dataclass(frozen=True)
class _Tried:
    """A way to set blocks, and what of it does not depend on the page before.

    Attributes
    ----------
    way : _Way
    apart : float
        What it costs that a page begins between a figure and its table.
    spare, doubted : float
        Heights of a page that blocks fill for certain, and that they might yet fill.
    begun : tuple of (float, float)
        On a page that is begun, in each of the letters: cost, and how much of the last page is filled.
    steps : tuple of int
        How much of it is filled, in steps.
    breaking : Setting
        With which a page is begun.
    """

    way: _Way
    apart: float
    spare: float
    doubted: float
    begun: tuple[tuple[float, float], ...]
    steps: tuple[int, ...]
    breaking: Setting

    @classmethod
    def of(cls, way: _Way, follows: bool, spare: float, room: float) -> _Tried:
        """Return a way on pages of some height."""
        begun = tuple(_begun(extent, not way.setting.whole, spare) for extent in way.extents)
        steps = tuple(_steps(part) for _, part in begun)
        breaking = replace(way.setting, breaks=True)
        return cls(way, _APART if follows else 0.0, spare, room * _DOUBT, begun, steps, breaking)

    def flowing(self, filled: Sequence[float], turned: Sequence[float]) -> list[tuple[float, float]] | None:
        """Return, where no break is set, cost and how much of the last page is filled in each of the letters.

        None where nobody can tell: what might or might not find room on the page.
        """
        divided, spare, placed = not self.way.setting.whole, self.spare, []
        for number, (extent, part) in enumerate(zip(self.way.extents, filled, strict=True)):
            if part + extent.height <= spare:
                placed.append((0.0, part + extent.height))
            elif divided and part + extent.least <= spare:
                placed.append(extent.divided(part, spare))
            elif part and part + (extent.least if divided else extent.height) <= self.doubted:
                return None
            else:
                placed.append((turned[number], self.begun[number][1]))
        return placed


def _placed(
    ways: Sequence[_Tried], filled: Sequence[int], left: Sequence[float]
) -> Iterator[tuple[float, tuple[int, ...], Setting]]:
    """Yield cost, how much of the page at its end is filled, and setting, of each way to go on.

    Parameters
    ----------
    ways : sequence of _Tried
    filled : sequence of int
        How much of the page is filled, in steps, in each of the letters.
    left : sequence of float
        What it costs to leave the rest empty.
    """
    inches = [part * _STEP for part in filled]
    for tried in ways:
        way = tried.way
        turned = [
            (empty + tried.apart if part else 0.0) + cost
            for part, empty, (cost, _) in zip(filled, left, tried.begun, strict=True)
        ]
        flowing = tried.flowing(inches, turned)
        if flowing is not None:
            exact = tuple(_steps(part) for _, part in flowing)
            yield way.cost + _mean([cost for cost, _ in flowing]), exact, way.setting
        if any(filled):
            begun = [(cost, part) for cost, (_, part) in zip(turned, tried.begun, strict=True)]
            if begun != flowing:
                yield way.cost + _mean(turned), tried.steps, tried.breaking


def _steps(height: float) -> int:
    """Return a height in steps, rounded up."""
    return math.ceil(height / _STEP - 1e-6)


def _begun(extent: _Extent, divided: bool, spare: float) -> tuple[float, float]:
    """Return what it costs to stand on a page that is begun, and how much of the last page is filled."""
    if extent.height <= spare:
        return 0.0, extent.height
    return extent.divided(0.0, spare) if divided else (_CUT, min(extent.height, spare))


def _mean(costs: Sequence[float]) -> float:
    """Return what pages cost in all letters: the first weigh twice as much as any other."""
    return (costs[0] + sum(costs)) / (1 + len(costs))


def _empty(filled: float, room: float) -> float:
    """Return what the empty part of a page costs."""
    return max(1 - filled / room - _FREE, 0.0) ** 2 + (_HALF if filled < _HALF_FULL * room else 0.0)
