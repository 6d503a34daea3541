"""A document as blocks of text: paragraphs, headings, list items and table rows, each with its place."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

LONGEST = 20_000
# How many signs beside a mark are looked at first.
BESIDE = 40
CELLS = " | "
# What ends no sentence though a full stop stands there.
_ABBREVIATED = "No no p pp art Art Dr Mr Ms Sr vs fig Fig par Mrs Sra núm párr pág approx ca EE"
_SHORT = "".join(rf"(?<!\b{part})" for part in [*_ABBREVIATED.split(), "[A-Z]"])
# "Three aims: 1. Jobs; 2. Peace": the number of an item ends no sentence.
_END = re.compile(
    rf"{_SHORT}(?:(?<![:;]\s\d)[.…!][\"”»')\]]*\s+(?=[“\"«(¿¡\[]?[A-ZÀ-ÖØ-Þ\d])|(?<=[。！？])[”」』)]*)"
)
# What leads on to a sentence and is none: "2. Jobs", "Outcome 2. Jobs".
_LABEL = re.compile(r"\W*(?:[^\W\d_]+\s)?\d\.\s+")


class DocumentError(ValueError):
    """A file that cannot be read as a text; the message says why and what to do."""


@dataclass(frozen=True)
class Segment:
    """A stretch of a block's text and where it comes from.

    Attributes
    ----------
    start, end : int
        Place in the block's text.
    line, column : int
        Place in the source, counted from 1; 0 where the source has no lines.
    node : object
        The part of the source that holds it, for formats that can be written again.
    skip : int
        Signs of the node's text before the stretch.
    """

    start: int
    end: int
    line: int = 0
    column: int = 0
    node: Any = None
    skip: int = 0


@dataclass(frozen=True)
class Block:
    """A stretch of text that is read as one.

    Attributes
    ----------
    text : str
        A table row holds its cells joined by ``" | "``.
    kind : str
        ``heading``, ``paragraph``, ``list``, ``row`` or ``note``.
    place : str
        Where it stands, in words: ``paragraph 3``, ``table 1, row 2``, ``slide 4``, ``page 7``.
    headings : tuple of str
        The headings above it, the highest first.
    columns : tuple of str
        Of a row: the header of each of its columns.
    segments : tuple of Segment
    """

    text: str
    kind: str
    place: str
    headings: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    segments: tuple[Segment, ...] = ()

    def where(self, offset: int) -> tuple[int, int]:
        """Return line and column of a place in the text; (0, 0) where the source has no lines."""
        at = max(bisect_right(self._starts, offset) - 1, 0)
        if not self.segments or not self.segments[at].line:
            return 0, 0
        segment = self.segments[at]
        last = bisect_left(self._breaks, offset)
        breaks = max(last - bisect_left(self._breaks, segment.start), 0)
        if breaks:
            return segment.line + breaks, offset - self._breaks[last - 1]
        return segment.line, segment.column + max(offset - segment.start, 0)

    def between(self, start: int, end: int) -> list[Segment]:
        """Return the segments of a stretch of the text, cut to it, with places counted from its start."""
        first = max(bisect_right(self._starts, start) - 1, 0)
        held = self.segments[first : bisect_left(self._starts, end)]
        return [_cut(segment, start, end, self) for segment in held if start < segment.end]

    @cached_property
    def _starts(self) -> list[int]:
        return [segment.start for segment in self.segments]

    @cached_property
    def _breaks(self) -> list[int]:
        return [at for at, sign in enumerate(self.text) if sign == "\n"]

    def cells(self) -> list[tuple[int, int]]:
        """Return the places of a row's cells; a block that is no row is one cell."""
        if self.kind != "row":
            return [(0, len(self.text))]
        places, start = [], 0
        for part in self.text.split(CELLS):
            places.append((start, start + len(part)))
            start += len(part) + len(CELLS)
        return places

    def sentences(self) -> list[tuple[int, int]]:
        """Return the places of the sentences; a heading, a list item and a row are one each."""
        if self.kind in ("heading", "list", "row"):
            return [(0, len(self.text))]
        ends = [0]
        for match in _END.finditer(self.text):
            if not _LABEL.fullmatch(self.text, ends[-1], match.end()):
                ends.append(match.end())
        starts, ends = ends, ends[1:]
        return [
            (start, end)
            for start, end in zip(starts, [*ends, len(self.text)], strict=True)
            if self.text[start:end].strip()
        ]


@dataclass(frozen=True)
class Draft:
    """A document that was read.

    Attributes
    ----------
    name : str
        The file's name.
    kind : str
        Its format, as its suffix says.
    blocks : tuple of Block
    remarks : tuple of str
        What a reader is to know: tracked changes, fields, what was left out.
    parts : mapping
        Of a Word file: the roots of its parts, whose elements the blocks' segments hold.
    digest : str
        Of a Word file: its SHA-256 when it was read.
    """

    name: str
    kind: str
    blocks: tuple[Block, ...]
    remarks: tuple[str, ...] = field(default=())
    parts: Any = None
    digest: str = ""


def edited(block: Block, pattern: re.Pattern[str], shown: Callable[[re.Match[str]], str]) -> Block:
    """Return a block with other text where a pattern finds some; what is left keeps its place in the source.

    Parameters
    ----------
    block : Block
    pattern : re.Pattern
    shown : callable
        Takes a match, and returns what is read in its stead.
    """
    if pattern.search(block.text) is None:
        return block
    text, reached = "", 0
    segments: list[Segment] = []
    for match in pattern.finditer(block.text):
        segments += _moved(block.between(reached, match.start()), len(text))
        text += block.text[reached : match.start()]
        made = shown(match)
        line, column = block.where(match.start())
        if made and line:
            segments.append(Segment(len(text), len(text) + len(made), line, column))
        text += made
        reached = match.end()
    segments += _moved(block.between(reached, len(block.text)), len(text))
    return replace(block, text=text + block.text[reached:], segments=tuple(segments))


def _moved(segments: list[Segment], by: int) -> list[Segment]:
    return [replace(segment, start=segment.start + by, end=segment.end + by) for segment in segments]


def joint(before: str, after: str, usual: str = " ") -> str:
    """Return what stands between two stretches of a text that are shown apart: between digits no space.

    "12" and "340" in two paragraphs of a cell are two numbers, "12 340" is one.
    """
    ending = before[-BESIDE:].rstrip() or before.rstrip()
    digits = ending[-1:].isdecimal() and after.lstrip()[:1].isdecimal()
    return "\t" if digits else usual


def run_together(texts: Iterable[str]) -> str:
    """Return texts that are shown apart as one."""
    held = ""
    for text in filter(None, texts):
        held += joint(held, text) + text if held else text
    return held


def in_a_cell(text: str) -> str:
    """Return the text of a row's cell, as long as before, with no sign in it that parts two cells."""
    return text.replace(CELLS, " ¦ ")


def parted(block: Block) -> list[Block]:
    """Return a block cut into pieces of at most ``LONGEST`` characters, at spaces where there are any."""
    if len(block.text) <= LONGEST:
        return [block]
    pieces, start = [], 0
    while start < len(block.text):
        end = min(start + LONGEST, len(block.text))
        if end < len(block.text):
            cut = max(block.text.rfind(sign, start + LONGEST // 2, end) for sign in " \n。；")
            end = cut + 1 if cut > start else end
        segments = tuple(block.between(start, end))
        pieces.append(replace(block, text=block.text[start:end], segments=segments))
        start = end
    return pieces


def _cut(segment: Segment, start: int, end: int, block: Block) -> Segment:
    first = max(segment.start, start)
    line, column = block.where(first) if segment.line else (0, 0)
    skip = segment.skip + first - segment.start
    return replace(
        segment, start=first - start, end=min(segment.end, end) - start, line=line, column=column, skip=skip
    )
