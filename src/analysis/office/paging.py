"""How figures and tables are set so that few pages of a report stay half empty.

Word and typst break the pages themselves. What they are told is decided here, for all pages between two that
must begin anew at once: how large each chart is, whether a table may be divided, how closely its rows stand,
and where a page begins although there is room. How tall blocks are is estimated for Word and measured for
PDF. Of all ways that are tried the one is kept that costs least: empty pages cost by the square of what is
empty, besides small costs of small charts, divided tables and tables that stand on another page than their
figure.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from analysis.office.manuscript import FigureBlock, Heading, ManuscriptBlock, Paragraph, TableBlock
from analysis.office.setting import turned
from analysis.office.word_charts import ChartSize
from analysis.tables.fitting import SHORT
from analysis.tables.word_tables import TOGETHER

_STEP = 0.05
"""Heights are told apart by so many inches."""
_FREE, _DOUBT = 0.1, 1.1
"""Shares of a page: what may stay empty without a cost, and what might yet be filled."""
_SMALLER, _LETTERS = 0.2, 0.005
_DIVIDED, _CLOSER, _APART = 0.03, 0.005, 0.02
_LAST = 0.3
"""What an empty part of a chapter's last page costs, as a share of another page's."""
SPACINGS = (1.0, 0.94, 0.87, 1.06, 1.12)
"""How the lines of a divided table may stand, as shares of the usual: closer, or looser where notes part."""
_CUT, _ALONE = 4.0, 2.0
"""What blocks cost that are too tall for a page, and notes of a table on a page without it."""
_LOST = 0.2
"""What a divided table leaves empty at the end of a page because no row is divided, in inches."""


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

    def tail(self, block: TableBlock) -> float:
        """Return what the last page of a divided table holds at least, so that its notes have a row above."""


@dataclass(frozen=True)
class _Way:
    """A way to set blocks that stay together: height and cost.

    A divided table has a least height, a head that is repeated and a tail that stands on its last page.
    """

    height: float
    cost: float
    setting: Setting
    least: float = 0.0
    head: float = 0.0
    tail: float = 0.0


@dataclass(frozen=True)
class _Chunk:
    """Blocks that stay together, by the places of the first and the last, and the ways to set them."""

    first: int
    last: int
    ways: tuple[_Way, ...]
    follows: bool = False


def settings(
    blocks: Sequence[ManuscriptBlock], heights_on: Callable[[bool], Heights]
) -> dict[int, tuple[int, Setting]]:
    """Return how each figure and table is set, by its place, with the place of the first block led to it.

    Parameters
    ----------
    blocks : sequence of ManuscriptBlock
    heights_on : callable
        Returns the heights of blocks on turned pages (True) or upright ones.
    """
    settings_by_place: dict[int, tuple[int, Setting]] = {}
    lies = turned(tuple(blocks))
    for start, end in _stretches(blocks, lies):
        heights = heights_on(lies[start])
        chunks = list(_chunks(blocks, range(start, end), heights))
        ends = end == len(blocks) or lies[end] == lies[start]
        best = _best(chunks, heights.room, heights.sure, _LAST if ends else 1.0)
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


def _chunks(blocks: Sequence[ManuscriptBlock], places: range, heights: Heights) -> Iterator[_Chunk]:
    led, first, before = 0.0, places.start, None
    for place in places:
        block = blocks[place]
        if isinstance(block, Heading | Paragraph) and place + 1 in places and leads(block, blocks[place + 1]):
            led += heights.text(block)
            continue
        if isinstance(block, FigureBlock):
            ways = _of_figure(block, heights)
        elif isinstance(block, TableBlock):
            ways = _of_table(block, heights, led)
        else:
            ways = [_Way(heights.text(block), 0.0, Setting())]
        moved = tuple(replace(way, height=way.height + led) for way in ways)
        follows = isinstance(block, TableBlock) and isinstance(before, FigureBlock)
        yield _Chunk(first, place, moved, follows)
        led, first = 0.0, place + 1
        if not isinstance(block, Paragraph):
            before = block


def leads(block: ManuscriptBlock, following: ManuscriptBlock) -> bool:
    """Whether a block stays on the page of the next."""
    return isinstance(block, Heading) or (isinstance(block, Paragraph) and isinstance(following, TableBlock))


def _of_figure(block: FigureBlock, heights: Heights) -> list[_Way]:
    offered = heights.offered(block)
    usual, _ = offered[0]
    return [
        _Way(
            height,
            _SMALLER * (1 - size.height / usual.height) ** 2 + _LETTERS * (usual.points - size.points),
            Setting(size=size),
        )
        for size, height in offered
    ]


def _of_table(block: TableBlock, heights: Heights, led: float) -> list[_Way]:
    ways = [_Way(heights.table(block), 0.0, Setting())]
    if len(block.table.rows) > 2 * TOGETHER:
        cost = _DIVIDED if len(block.table.rows) <= SHORT else 0.0
        least, head = led + heights.beginning(block, TOGETHER), heights.head(block)
        tail = heights.tail(block)
        for number, close in enumerate(SPACINGS):
            setting = Setting(whole=False, close=close)
            height = heights.table(block, close)
            ways.append(_Way(height, cost + number * _CLOSER, setting, least, head, tail))
    return ways


def _best(chunks: Sequence[_Chunk], room: float, sure: float, last: float) -> list[Setting]:
    """Return the settings that cost least, one for each chunk of a stretch of pages."""
    spare = room * sure
    # By how much of a page is filled: cost, the filled height and setting that led there.
    reached: dict[int, tuple[float, int, Setting]] = {0: (0.0, 0, Setting())}
    steps = []
    for chunk in chunks:
        onward: dict[int, tuple[float, int, Setting]] = {}
        for filled, (cost, _, _) in reached.items():
            for more, height, setting in _placed(chunk, filled * _STEP, spare, room):
                state = math.ceil(height / _STEP - 1e-6)
                if state not in onward or cost + more < onward[state][0]:
                    onward[state] = (cost + more, filled, setting)
        steps.append(onward)
        reached = onward
    if not chunks:
        return []
    ends = {state: end[0] + last * _empty(state * _STEP, room) for state, end in reached.items()}
    state = min(ends, key=lambda state: (ends[state], state))
    settings = []
    for step in reversed(steps):
        _, before, setting = step[state]
        settings.append(setting)
        state = before
    return settings[::-1]


def _placed(
    chunk: _Chunk, filled: float, spare: float, room: float
) -> Iterator[tuple[float, float, Setting]]:
    """Yield cost, filled height of the page at its end, and setting, of each way to go on."""
    turning = _empty(filled, room) + (_APART if chunk.follows else 0.0)
    for way in chunk.ways:
        fits = filled + way.height <= spare
        if fits:
            yield way.cost, filled + way.height, way.setting
        divided = not way.setting.whole
        if divided and not fits and filled + way.least <= spare:
            rest = _further(way.height - (spare - _LOST - filled), way.head, spare)
            yield way.cost + _parted(way, rest), rest, way.setting
        if filled:
            begun = filled + (way.least if divided else way.height)
            setting = replace(way.setting, breaks=begun <= room * _DOUBT)
            if way.height <= spare:
                yield turning + way.cost, way.height, setting
            elif divided:
                rest = _further(way.height - spare + _LOST, way.head, spare)
                yield turning + way.cost + _parted(way, rest), rest, setting
            else:
                yield turning + way.cost + _CUT, min(way.height, spare), setting
        elif not fits and not divided:
            yield way.cost + _CUT, spare, way.setting


def _further(over: float, head: float, spare: float) -> float:
    """Return how much of its last page a divided table fills, its heading repeated on each."""
    return over % (spare - _LOST - head) + head


def _parted(way: _Way, rest: float) -> float:
    """Return what it costs if notes may stand on a page without their table."""
    return _ALONE if rest - way.head < way.tail else 0.0


def _empty(filled: float, room: float) -> float:
    """Return what the empty part of a page costs."""
    return max(1 - filled / room - _FREE, 0.0) ** 2
