"""Blocks of a report as typst writes them; words become strings, so nothing in them is taken for markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from analysis.labels import Catalogue
from analysis.office.manuscript import FigureBlock, Heading, Paragraph, TableBlock
from analysis.office.setting import number_parts, pieces, reference
from analysis.printed.printable import ResolvedRow, ResolvedTable
from analysis.tables.fitting import INSIDE, fit
from analysis.tables.markup import foot, kept_decimals, lead, reads_as_text, spanners, units_below, unseen

INSET = 0.1
"""Space above and below the letters of a table's row, in centimetres."""


def typst_heading(block: Heading) -> str:
    """Return a heading."""
    return f"heading(level: {block.level}, {typst_string(block.text)})"


def paragraph(block: Paragraph, labels: Catalogue, *, leads: bool = False, linked: bool = True) -> str:
    """Return a paragraph; one that leads to a table stays on its page, mentions of figures are links."""
    if block.small:
        return f"foot(({typst_string(block.text)},))"
    words = f"par({_referring(block, labels, linked)})"
    return f"block(sticky: true, above: 0.95em, below: 0.95em, {words})" if leads else words


def figure(block: FigureBlock, labels: Catalogue, width: float) -> str:
    """Return a figure of a width in inches, with number and caption; without a width the caption alone."""
    picture = f'image("/{block.chart.id}.svg", width: {width:.3f}in, alt: {typst_string(block.chart.alt)})'
    picture = picture if width else "block(width: 1pt, height: 1pt)"
    return (
        f"figure({picture}, kind: image, {_numbered(block, labels)}, caption: {typst_string(block.caption)})"
    )


def table(block: TableBlock, labels: Catalogue, close: float = 1.0, rows: int | None = None) -> str:
    """Return a table with its number and caption, or its first rows; lines closer by a share."""
    body = "\n".join(typst_table(block.table, close, rows))
    return f"figure({body}, kind: table, {_numbered(block, labels)}, caption: {typst_string(block.caption)})"


def notes(block: TableBlock) -> str:
    """Return the notes and the source beneath a table."""
    return f"foot({typst_array(map(typst_string, foot(block.table)))})"


def _numbered(block: FigureBlock | TableBlock, labels: Catalogue) -> str:
    before, after = number_parts(block, labels)
    return f"supplement: {typst_string(before.strip())}, numbering: (n) => str(n) + {typst_string(after)}"


def heading_rows(table: ResolvedTable) -> int:
    """Return how many rows the heading of a table has."""
    return 1 + any(column.group for column in table.columns) + bool(list(units_below(table)))


def typst_table(table: ResolvedTable, close: float = 1.0, rows: int | None = None) -> Iterator[str]:
    """Yield a table, or its heading and first rows.

    Half of a row of one line is the space around its letters, from which all is taken that it stands closer.
    """
    fitted = fit(table)
    stub = len(table.stub)
    widths = ", ".join(f"{width:.2f}cm" for width in fitted.widths)
    yield f"{{ set text(size: {fitted.points}pt)"
    yield f"set table(inset: (x: {INSIDE / 2:.2f}cm, y: {INSET * (2 * close - 1):.4f}cm))"
    yield f"table(columns: ({widths}),"
    yield "table.hline(stroke: 0.8pt),"
    yield f"table.header({', '.join(_head(table))}),"
    yield "table.hline(stroke: 0.5pt),"
    kept = [kept_decimals(table, place) for place in range(len(table.columns))]
    for row in table.rows[:rows]:
        yield from _row(row, table, stub, kept)
    yield "table.hline(stroke: 0.8pt)) }"


def _head(table: ResolvedTable) -> Iterator[str]:
    """Yield the cells of the heading, row by row: spanning headings, own ones, units."""
    above = list(spanners(table)) if any(column.group for column in table.columns) else []
    units = list(units_below(table))
    deep = heading_rows(table)
    yield from (f"table.cell(rowspan: {deep}, align: left + bottom, {strong(text)})" for text in table.stub)
    for group, wide in above:
        line = "(bottom: 0.4pt)" if group else "none"
        yield f"table.cell(colspan: {wide}, align: center, stroke: {line}, {strong(group)})"
    yield from (f"table.cell(align: right + bottom, {strong(column.label)})" for column in table.columns)
    for unit, wide in units:
        side = "right" if wide == 1 else "center"
        yield f"table.cell(colspan: {wide}, align: {side}, {typst_string(unit)})"


def _row(row: ResolvedRow, table: ResolvedTable, stub: int, kept: list[int]) -> Iterator[str]:
    if row.total:
        yield "table.hline(stroke: 0.4pt),"
    write = strong if row.total else typst_string
    for place in range(stub):
        yield f"table.cell(align: left, {write(lead(row, place, table))}),"
    for cell, decimals in zip(row.cells, kept, strict=True):
        side = "left" if reads_as_text(cell) else "right"
        lacking = unseen(cell, decimals)
        room = f" + hide({typst_string(lacking)})" if lacking else ""
        yield f"table.cell(align: {side}, {write(cell.text)}{room}),"


def strong(words: str) -> str:
    """Return a text in strong letters; of none an empty content."""
    return f"strong({typst_string(words)})" if words else "[]"


def _referring(block: Paragraph, labels: Catalogue, linked: bool) -> str:
    """Return a paragraph's text with links to the figures that it mentions."""
    parts = []
    for words, number in pieces(block):
        parts.append(_rich(words))
        if number is not None:
            opening, named, closing = reference(number, labels)
            shown = f"link(<figure-{number}>, {typst_string(named)})" if linked else typst_string(named)
            parts += [typst_string(opening), shown, typst_string(closing)]
    return " + ".join(filter(None, parts))


def _rich(words: str) -> str:
    """Return a text in which ``**`` marks strong words."""
    parts = re.split(r"\*\*(.+?)\*\*", words)
    return " + ".join(
        f"strong({typst_string(part)})" if place % 2 else typst_string(part)
        for place, part in enumerate(parts)
        if part
    )


def typst_string(words: str) -> str:
    """Return a text as a typst string."""
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def typst_array(parts: Iterable[str]) -> str:
    """Return parts as a typst array."""
    return "(" + "".join(f"{part}, " for part in parts) + ")"
