"""Texts with marks: Markdown, HTML and notebooks."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

from analysis.reading.blocks import CELLS, Block, DocumentError, Segment
from analysis.reading.plain import LIST, Headings, lined, marks_note

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*$")
_TABLE = re.compile(r"\s*\|.*\|\s*$")
_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_UNDERLINE = re.compile(r"\s*(=+|-+)\s*$")


def markdown_blocks(text: str) -> list[Block]:
    """Return the blocks of a Markdown text: headings, paragraphs, list items, table rows; no code."""
    lines = text.split("\n")
    headings, at = Headings(), 0
    blocks: list[Block] = []
    if lines and lines[0].strip() == "---":
        closing = next((n for n, line in enumerate(lines[1:], start=1) if line.strip() == "---"), 0)
        at = closing + 1 if closing else 0
    fence = ""
    while at < len(lines):
        line = lines[at]
        mark = re.match(r"\s*(```+|~~~+)", line)
        if fence or mark:
            fence = "" if fence and mark and mark[1].startswith(fence) else fence or mark[1]
            at += 1
            continue
        heading = _HEADING.match(line)
        if not line.strip() or (_RULE.match(line) and "|" not in line) or line.lstrip().startswith("<!--"):
            at += 1
        elif heading:
            above = headings.add(len(heading[1]), heading[2])
            blocks.append(
                lined(heading[2], "heading", at + 1, len(blocks), heading.start(2) + 1, headings=above)
            )
            at += 1
        elif _TABLE.match(line) and at + 1 < len(lines) and _RULE.match(lines[at + 1]):
            at = _markdown_table(lines, at, headings.above, blocks)
        else:
            at = _markdown_text(lines, at, headings, blocks)
    return blocks


def _markdown_text(lines: list[str], at: int, headings: Headings, blocks: list[Block]) -> int:
    first, marker = at, LIST.match(lines[at])
    at += 1
    while at < len(lines) and lines[at].strip() and not _starts(lines[at]):
        if _UNDERLINE.match(lines[at]) and not marker:
            text = "\n".join(lines[first:at])
            above = headings.add(1 if "=" in lines[at] else 2, text)
            blocks.append(lined(text, "heading", first + 1, len(blocks), headings=above))
            return at + 1
        at += 1
    skipped = marker.end() if marker else len(lines[first]) - len(lines[first].lstrip(" >"))
    text = "\n".join(lines[first:at])[skipped:]
    kind = "list" if marker else "paragraph"
    blocks.append(lined(text, kind, first + 1, len(blocks), skipped + 1, headings=headings.above))
    return at


def _starts(line: str) -> bool:
    return bool(
        _HEADING.match(line) or LIST.match(line) or _TABLE.match(line) or line.lstrip().startswith("```")
    )


def _markdown_table(lines: list[str], at: int, above: tuple[str, ...], blocks: list[Block]) -> int:
    columns = tuple(text for _, text in _markdown_cells(lines[at]))
    number = sum(block.kind == "row" and block.place.endswith("row 1") for block in blocks) + 1
    first = at
    while at < len(lines) and _TABLE.match(lines[at]):
        if not _RULE.match(lines[at]):
            row = max(at - first - 1, 0)
            blocks.append(
                _row(_markdown_cells(lines[at]), at + 1, number, row + 1, above, columns if row else ())
            )
        at += 1
    return at


def _markdown_cells(line: str) -> list[tuple[int, str]]:
    cells: list[tuple[int, str, int]] = []
    start = line.index("|") + 1
    for match in re.finditer(r"(?<!\\)\|", line[start:]):
        text = line[start + (cells_end(cells, start)) : start + match.start()]
        lead = len(text) - len(text.lstrip())
        cells.append((cells_end(cells, start) + start + lead + 1, text.strip(), start + match.end()))
    return [(column, text) for column, text, _ in cells]


def cells_end(cells: list, start: int) -> int:
    """Return where the cell after those read begins, counted from the first one."""
    return cells[-1][2] - start if cells else 0


def _row(
    cells: list[tuple[int, str]], line: int, table: int, row: int, above: tuple, columns: tuple
) -> Block:
    text = ""
    segments: list[Segment] = []
    for column, cell in cells:
        text += CELLS if segments else ""
        segments.append(Segment(len(text), len(text) + len(cell), line, column))
        text += cell
    return Block(text, "row", f"table {table}, row {row}", above, columns, tuple(segments))


_BLOCKS = {
    "p",
    "div",
    "li",
    "td",
    "th",
    "tr",
    "table",
    "section",
    "article",
    "blockquote",
    "figcaption",
    "caption",
}
_BLOCKS |= {
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "body",
    "dd",
    "dt",
    "ul",
    "ol",
    "br",
    "header",
    "footer",
    "pre",
}
_SILENT = {"script", "style", "head", "template", "noscript", "svg", "code"}


class _Page(HTMLParser):
    """Collects text by block element, with line and column of each piece."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.blocks: list[Block] = []
        self.headings = Headings()
        self.kind = "paragraph"
        self.pieces: list[tuple[str, int, int]] = []
        self.silent = self.raised = 0
        self.row: list[list[tuple[str, int, int]]] | None = None
        self.header: tuple[str, ...] = ()
        self.tables = self.rows = 0
        self.all_headers = True

    def handle_starttag(self, tag: str, attrs: list) -> None:
        if tag in _SILENT:
            self.silent += 1
        self.raised += tag == "sup"
        if tag == "br" and self.pieces:
            self.handle_data("\n")
            return
        if tag in _BLOCKS:
            self.close_block()
        if tag == "table":
            self.tables, self.rows, self.header = self.tables + 1, 0, ()
        elif tag == "tr":
            self.row, self.all_headers = [], True
        elif tag in ("td", "th") and self.row is not None:
            self.all_headers &= tag == "th"
        elif tag == "li":
            self.kind = "list"
        elif re.fullmatch(r"h[1-6]", tag):
            self.kind = tag
        elif tag in _BLOCKS:
            self.kind = "paragraph"

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT and self.silent:
            self.silent -= 1
        self.raised -= tag == "sup" and self.raised > 0
        if tag in ("td", "th") and self.row is not None:
            self.row.append(self.pieces)
            self.pieces = []
        elif tag == "tr" and self.row is not None:
            self.close_row()
        elif tag in _BLOCKS:
            self.close_block()

    def handle_data(self, data: str) -> None:
        noted = self.raised and marks_note("".join(piece for piece, _, _ in self.pieces), data)
        if not (self.silent or noted):
            self.pieces.append((data, *self.getpos()))

    def handle_entityref(self, name: str) -> None:
        self.handle_data(self.unescaped(f"&{name};"))

    def handle_charref(self, name: str) -> None:
        self.handle_data(self.unescaped(f"&#{name};"))

    @staticmethod
    def unescaped(text: str) -> str:
        from html import unescape

        return unescape(text)

    def close_block(self) -> None:
        text, segments = _pieced(self.pieces)
        self.pieces = []
        if not text or self.row is not None:
            return
        above = self.headings.above
        kind = self.kind
        if kind.startswith("h"):
            above, kind = self.headings.add(int(kind[1]), text), "heading"
        self.blocks.append(Block(text, kind, f"{kind} {len(self.blocks) + 1}", above, (), segments))

    def close_row(self) -> None:
        cells = [_pieced(pieces) for pieces in self.row or ()]
        self.row, self.pieces = None, []
        self.rows += 1
        text, segments = "", []
        for number, (cell, parts) in enumerate(cells):
            text += CELLS if number else ""
            segments += [
                Segment(part.start + len(text), part.end + len(text), part.line, part.column)
                for part in parts
            ]
            text += cell
        columns = self.header if len(self.header) == len(cells) else ()
        if not self.header and (self.all_headers or self.rows == 1):
            self.header = tuple(cell for cell, _ in cells)
        if text.strip(" |"):
            place = f"table {self.tables}, row {self.rows}"
            self.blocks.append(Block(text, "row", place, self.headings.above, columns, tuple(segments)))


def _pieced(pieces: list[tuple[str, int, int]]) -> tuple[str, tuple[Segment, ...]]:
    text, segments = "", []
    for data, line, column in pieces:
        if not text:
            lead = len(data) - len(data.lstrip())
            line += data[:lead].count("\n")
            column = lead - data[:lead].rfind("\n") - 1 if "\n" in data[:lead] else column + lead
            data = data[lead:]
        if data:
            segments.append(Segment(len(text), len(text) + len(data), line, column + 1))
            text += data
    return text.rstrip(), tuple(segment for segment in segments if segment.start < len(text.rstrip()))


def html(text: str) -> list[Block]:
    """Return the blocks of an HTML page: headings, paragraphs, list items and table rows."""
    page = _Page()
    page.feed(text)
    page.close()
    page.close_block()
    return page.blocks


def notebook(text: str) -> list[Block]:
    """Return the blocks of a notebook's Markdown cells.

    Raises
    ------
    DocumentError
        When the file is not a notebook.
    """
    try:
        sources = [
            (number, "".join(cell["source"]))
            for number, cell in enumerate(json.loads(text)["cells"], start=1)
            if cell["cell_type"] == "markdown"
        ]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        reason = error if isinstance(error, ValueError) else "its cells are not a list of cells with sources"
        raise DocumentError(f"not a notebook: {reason}") from None
    return [
        Block(
            block.text,
            block.kind,
            f"cell {number}, {block.place}",
            block.headings,
            block.columns,
        )
        for number, source in sources
        for block in markdown_blocks(source)
    ]
