"""Which column of a table a number stands in, and what its header says of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from analysis.checking.candidates.agreement import SHARES
from analysis.checking.candidates.belonging import MEASURE
from analysis.checking.candidates.candidate_index import CandidateIndex
from analysis.checking.candidates.running import Running
from analysis.checking.text.mentions import Mention, Sentence
from analysis.checking.text.read_once import read_alone
from analysis.reading import Block, PrintedNumber
from analysis.reading.numbers import in_unit_of

# The longest line that is taken for what a table is about.
CAPTION = 240
# The number of a node of a framework, alone in its cell.
_NUMBER = re.compile(r"[A-Z]?\.?\d{1,2}(?:\.\d{1,2}){0,2}")
NO_HEADER = Sentence("", "en", [], [])


def headers_of(columns: Sequence[str], catalogue: CandidateIndex, language: str) -> list[Sentence]:
    """Return the headers of a table read; one that is nothing but a measure's label says the measure."""
    headers = [read_alone(text, language, catalogue.lexicon(language)) for text in columns]
    measures = _measures(catalogue, language)
    for at, header in enumerate(headers):
        code = measures.get(header.text.strip(" *").lower())
        if code and not any(mention.axis == MEASURE for mention in header.mentions):
            mention = Mention(0, len(header.text), MEASURE, code)
            headers[at] = replace(header, mentions=[*header.mentions, mention])
    return headers


def _measures(catalogue: CandidateIndex, language: str) -> dict[str, str]:
    """Return the record's measures (parted by ``|``) by what a language calls them, in small letters."""
    if language not in catalogue.measures:
        labels = catalogue.labels[language]
        held = catalogue.measures.setdefault(language, {})
        for code in sorted({code for axis, code in catalogue.by_axis if axis == MEASURE}):
            if (key := f"measure.{code}") in labels:
                label = labels(key).lower()
                held[label] = f"{held[label]}|{code}" if label in held else code
    return catalogue.measures[language]


def column(number: PrintedNumber, cells: Sequence[tuple[int, int]]) -> int:
    """Return the place of a number's column among the cells of its row."""
    places = (at for at, (start, end) in enumerate(cells) if start <= number.start < max(end, start + 1))
    return next(places, 0)


def header_of_number(
    number: PrintedNumber, cells: Sequence[tuple[int, int]], headers: Sequence[Sentence], block: Block
) -> Sentence | None:
    """Return the header of a number's column, an empty one where it has none; None outside of tables."""
    if block.kind != "row":
        return None
    place = column(number, cells)
    return headers[place] if place < len(headers) else NO_HEADER


def node_of_label(block: Block, catalogue: CandidateIndex, language: str) -> Mention | None:
    """Return the node of a row whose first cell is nothing but its number: 7, below "Outcome"."""
    start, end = block.cells()[0]
    label = block.text[start:end].strip(" *.")
    if not block.columns or not _NUMBER.fullmatch(label):
        return None
    told = f"{block.columns[0].strip(' *')} {label}"
    nodes = (
        Mention(start, end, mention.axis, label)
        for mention in read_alone(told, language, catalogue.lexicon(language)).mentions
        if mention.code == label and (mention.axis, label) in catalogue.by_axis
    )
    return next(nodes, None)


def in_table(
    number: PrintedNumber,
    cells: Sequence[tuple[int, int]],
    block: Block,
    paid: Sequence[bool],
    running: Running,
) -> PrintedNumber:
    """Return a number of a table in the unit of its column, or of the line above the table.

    Where the heads say which columns are money (``paid``), a currency above the table is that of those alone;
    the first column, of labels, is none of them.
    """
    if number.unit or number.rule:
        return number
    place = column(number, cells)
    told = [block.columns[place]] if place < len(block.columns) else []
    for caption in (*told, running.caption if len(running.caption) < CAPTION else ""):
        reading = in_unit_of(number, caption, running.language)
        money = reading is not None and reading.unit not in SHARES and caption not in told
        if reading is not None and not (money and any(paid[1:]) and not (place < len(paid) and paid[place])):
            return reading
    return replace(number, bare=True)
