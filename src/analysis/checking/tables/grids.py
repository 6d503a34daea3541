"""The tables of a draft as grids: which numbers stand in a row and in a column, and what their labels say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from analysis.checking.candidates.candidate_index import CandidateIndex
from analysis.checking.candidates.columns import column, headers_of, node_of_label
from analysis.checking.judging.checked import Checked
from analysis.checking.text.direction_words import IN_WORDS
from analysis.checking.text.mentions import UNNAMED, Sentence
from analysis.checking.text.read_once import read_alone
from analysis.reading import Block

CellPlace = tuple[int, int]
# What may stand in a cell beside its number.
_PLAIN = re.compile(r"[\s%％$€£*+−–-]*(?:US\$?)?\s*")
_ROW = re.compile(r"row (\d+)$")


@dataclass(frozen=True)
class GridLabel:
    """What stands at the head of a row or a column.

    ``codes`` are those that it says clearly, by column, ``period`` among them (several are parted by ``|``),
    ``words`` its features.
    """

    codes: Mapping[str, str]
    words: frozenset[str]

    def says_other(self, items: Mapping[str, str]) -> bool:
        """Whether it says a code that a quantity with some codes has not."""
        return any(items.get(axis) not in code.split("|") for axis, code in self.codes.items())


NO_LABEL = GridLabel({}, frozenset())


@dataclass(frozen=True)
class TableGrid:
    """The numbers of a table of a draft, one a cell, with what stands at the head of its rows and columns.

    ``cells`` are by row and column, ``rows`` and ``columns`` are the labels.
    """

    cells: dict[CellPlace, Checked]
    rows: dict[int, GridLabel]
    columns: dict[int, GridLabel]

    def line(self, place: CellPlace, across: bool) -> dict[CellPlace, Checked]:
        """Return the other cells of the row of a place (``across``), or of its column."""
        alike = not across  # cells of a row have the row in common, those of a column the column
        return {
            other: one for other, one in self.cells.items() if other[alike] == place[alike] and other != place
        }


def grids(catalogue: CandidateIndex, checked: Sequence[Checked]) -> Iterator[TableGrid]:
    """Yield the tables of a draft that have two rows of numbers and more; a line of text parts them."""
    for _, some in groupby(checked, key=table_named):
        entries = list(some)
        if entries[0].block.kind == "row":
            yield from _grids(catalogue, entries)


def table_named(checked: Checked) -> str:
    """Return the name of the table that a number stands in; nothing outside of tables."""
    return checked.block.place.partition(",")[0] if checked.block.kind == "row" else ""


def holds_a_number_alone(checked: Checked) -> bool:
    """Whether a cell holds nothing but its number and the sign of its unit."""
    block, low, high = checked.block, checked.start, checked.end
    start, end = next((s, e) for s, e in block.cells() if s <= low < max(e, s + 1))
    return bool(_PLAIN.fullmatch(block.text[start:low]) and _PLAIN.fullmatch(block.text[high:end]))


def _grids(catalogue: CandidateIndex, checked: Sequence[Checked]) -> Iterator[TableGrid]:
    language = checked[0].language
    rows = [(block, list(some)) for block, some in groupby(checked, key=lambda entry: entry.block)]
    heads = rows[0][0].columns
    if not heads and all(entry.number.rule for entry in rows[0][1]):
        first = rows.pop(0)[0]
        heads = tuple(first.text[start:end] for start, end in first.cells())
    columns = dict(enumerate(map(_label_of, headers_of(heads, catalogue, language))))
    part: list[tuple[Block, list[Checked]]] = []
    for block, entries in rows:
        if part and _stands_after(part[-1][0], block) > 1:
            yield _grid(catalogue, part, columns)
            part = []
        part.append((block, entries))
    if part:
        yield _grid(catalogue, part, columns)


def _stands_after(one: Block, other: Block) -> int:
    """Return how many rows below one another stands; rows without a number stand between."""
    first, second = (_ROW.search(block.place) for block in (one, other))
    return int(second[1]) - int(first[1]) if first and second else 1


def _grid(
    catalogue: CandidateIndex, rows: Sequence[tuple[Block, list[Checked]]], columns: dict[int, GridLabel]
) -> TableGrid:
    cells: dict[CellPlace, Checked] = {}
    labels = {}
    language = rows[0][1][0].language
    lexicon = catalogue.lexicon(language)
    for row, (block, entries) in enumerate(rows):
        places = block.cells()
        several: set[int] = set()
        for entry in entries:
            at = column(entry.number, places)
            if entry.number.unit in IN_WORDS or (entry.number.rule and not at):
                continue
            several |= {at} if (row, at) in cells else set()
            cells[row, at] = entry
        for at in several:
            del cells[row, at]
        node = node_of_label(block, catalogue, language)
        labels[row] = _label_of(read_alone(block.text[slice(*places[0])], language, lexicon))
        if node is not None:
            labels[row] = GridLabel({node.axis: node.code}, frozenset())
    held = {place: entry for place, entry in cells.items() if not entry.number.rule}
    return TableGrid(held, labels, columns)


def _label_of(read: Sentence) -> GridLabel:
    codes: dict[str, set[str]] = {}
    for mention in read.mentions:
        if not mention.called and mention.code != UNNAMED:
            codes.setdefault(mention.axis, set()).add(mention.code)
    return GridLabel(
        {axis: "|".join(sorted(some)) for axis, some in codes.items()},
        frozenset(feature.name for feature in read.features),
    )
