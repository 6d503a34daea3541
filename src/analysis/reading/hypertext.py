"""HTML pages as blocks: what a browser shows of them, table by table, with line and column of each piece."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

from analysis.reading.blocks import BESIDE, CELLS, Block, DocumentError, Segment, in_a_cell, joint
from analysis.reading.plain import Headings, raised_text
from analysis.reading.unread import not_read, number_of, struck_or_deleted

_SHOWN_APART = (
    "address article aside blockquote body button caption center dd details dialog div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol optgroup "
    "option p pre section select summary table tbody td textarea tfoot th thead tr ul"
)
_BLOCKS = frozenset(_SHOWN_APART.split())
# What a browser does not show as text, and what of it is to be told as unread.
_SILENT = {
    "script": "",
    "style": "",
    "template": "",
    "noscript": "",
    "title": "",
    "svg": "drawing",
    "canvas": "drawing",
    "math": "equation",
    "iframe": "embedded object",
    "object": "embedded object",
    "video": "embedded object",
    "audio": "embedded object",
    "del": "deletion",
}
_PICTURES = {"img": "picture", "embed": "embedded object"}
# Text that is struck through is read, and told; between it and what follows two numbers stay two.
_STRUCK = ("s", "strike")
_WITHIN_WORDS = (
    "a abbr acronym b bdi bdo big cite code data dfn em font i ins kbd label mark nobr q ruby rb samp small "
    "span strong sub sup time tt u var wbr"
)
_INLINE = frozenset(_WITHIN_WORDS.split())
_LIFTED = re.compile(r"vertical-align\s*:\s*super", re.I)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_OPENED, _CLOSED = re.compile("<!--"), re.compile(r"--\s*>")
# What stands for "<" behind the last ">", where no tag is closed: a noncharacter of Unicode.
_NO_TAG = "\ufdd0"
MOST_UNCLOSED = 100
"""Comments that may be open: each is looked for to the end of the page."""
MOST_COLUMNS = 63
"""Columns that a cell may span."""

Piece = tuple[str, int, int]
Stretch = tuple[str, tuple[Segment, ...]]


@dataclass
class _Cell:
    """A cell of a row: its paragraphs, each with its kind, and what it spans."""

    wide: int = 1
    high: int = 1
    paragraphs: list[tuple[str, list[Piece]]] = field(default_factory=list)

    def joined(self) -> Stretch:
        """Return its paragraphs as one text."""
        text, segments = "", []
        for _, pieces in self.paragraphs:
            more, parts = _pieced(pieces)
            text += joint(text, more) if text and more else ""
            segments += [_moved(part, len(text)) for part in parts]
            text += in_a_cell(more)
        return text, tuple(segments)


@dataclass
class _Table:
    """A table that is open: its rows so far, the row and the cell that are open, and what reaches down."""

    number: int
    rows: int = 0
    header: tuple[str, ...] = ()
    in_header: bool = True
    row: list[_Cell] | None = None
    cell: _Cell | None = None
    all_headers: bool = True
    reaching: dict[int, int] = field(default_factory=dict)

    def in_columns(self) -> list[tuple[_Cell | None, int]]:
        """Return the cells of the row with the columns that each takes; None where one above reaches down."""
        placed: list[tuple[_Cell | None, int]] = []
        at = 0
        for cell in [*(self.row or ()), None]:
            while self.reaching.get(at, 0) > 0:
                self.reaching[at] -= 1
                placed.append((None, 1))
                at += 1
            if cell is None:
                break
            for column in range(at, at + cell.wide):
                self.reaching[column] = cell.high - 1
            placed.append((cell, cell.wide))
            at += cell.wide
        return placed


class _Page(HTMLParser):
    """Collects text by block element, with line and column of each piece."""

    def __init__(self, tables: int = 0) -> None:
        super().__init__(convert_charrefs=False)
        self.blocks: list[Block] = []
        self.headings = Headings()
        self.kind = "paragraph"
        self.pieces: list[Piece] = []
        self.silent, self.depth, self.since = "", 0, 0
        self.raised = self.in_pre = 0
        self.number = tables
        self.tables: list[_Table] = []
        self.unread: Counter[str] = Counter()
        self.hidden = self.struck = 0
        self.apart = False
        self.lifted: list[str] = []

    @property
    def table(self) -> _Table | None:
        """The innermost table that is open."""
        return self.tables[-1] if self.tables else None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a block, a row or a cell, or what is not shown."""
        if self.silent:
            self.depth += tag == self.silent
            return
        named = dict(attrs)
        self.hidden += "hidden" in named or bool(_HIDDEN.search(named.get("style") or ""))
        self.unread[_PICTURES.get(tag, "")] += 1
        if tag in _SILENT or (tag == "code" and self.in_pre):
            self.unread[_SILENT.get(tag, "piece of code")] += 1
            self.silent, self.depth, self.since = tag, 1, self.getpos()[0]
            self.apart = True
            return
        self.raised += tag == "sup"
        self.in_pre += tag == "pre"
        if tag in self.lifted or _LIFTED.search(named.get("style") or ""):
            self.lifted.append(tag)
        self.struck += tag in _STRUCK
        self.unread["form field"] += (
            tag == "input" and bool(named.get("value")) and named.get("type") != "hidden"
        )
        self.apart |= tag not in _INLINE
        if tag == "br" and self.pieces:
            self.handle_data("\n")
        if tag not in _BLOCKS:
            return
        self.close_block()
        if tag == "table":
            self.number += 1
            self.tables.append(_Table(self.number))
        elif tag == "tr" and self.table is not None:
            self.close_row()
            self.table.row, self.table.all_headers = [], True
        elif tag in ("td", "th") and self.table is not None:
            self._open_cell(self.table, tag, named)
        self.kind = "list" if tag == "li" else tag if re.fullmatch("h[1-6]", tag) else "paragraph"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take ``<br/>`` for ``<br>``: a browser gives no heed to the stroke; a drawing does."""
        if tag in ("svg", "math"):
            self.unread[_SILENT[tag]] += 1
        else:
            self.handle_starttag(tag, attrs)

    def _open_cell(self, table: _Table, tag: str, named: dict[str, str | None]) -> None:
        if table.row is None:
            table.row, table.all_headers = [], True
        wide, high = (_spanned(named.get(name)) for name in ("colspan", "rowspan"))
        table.cell = _Cell(wide if wide <= MOST_COLUMNS else 1, high)
        table.row.append(table.cell)
        table.all_headers &= tag == "th"

    def handle_endtag(self, tag: str) -> None:
        """Close what a tag ends."""
        if self.silent:
            self.depth -= tag == self.silent
            self.apart = True
            self.silent = self.silent if self.depth else ""
            return
        self.raised -= tag == "sup" and self.raised > 0
        self.lifted[-1:] = self.lifted[-1:] if self.lifted[-1:] != [tag] else []
        self.apart |= tag not in _INLINE
        self.in_pre -= tag == "pre" and self.in_pre > 0
        if tag not in _BLOCKS:
            return
        self.close_block()
        self.kind = "paragraph"
        if self.table is None:
            return
        if tag in ("td", "th"):
            self.table.cell = None
        elif tag == "tr":
            self.close_row()
        elif tag == "table":
            self.close_row()
            self.tables.pop()

    def handle_data(self, data: str) -> None:
        """Keep a piece of text that is shown."""
        if self.silent:
            return
        data = data.replace(_NO_TAG, "<")
        if self.raised or self.lifted:
            data = raised_text("".join(piece for piece, _, _ in self.pieces[-BESIDE:]), data)
            if not data:
                self.apart = True
                return
        held = "".join(piece for piece, _, _ in self.pieces[-2:])
        if (self.apart or held.endswith("\n")) and joint(held, data) == "\t":
            self.pieces.append(("\t", *self.getpos()))
        self.apart = False
        self.pieces.append((data, *self.getpos()))

    def handle_entityref(self, name: str) -> None:
        """Keep the sign of a name."""
        self.handle_data(unescape(f"&{name};"))

    def handle_charref(self, name: str) -> None:
        """Keep the sign of a number."""
        self.handle_data(unescape(f"&#{name};"))

    def close_block(self) -> None:
        """End a paragraph: in a cell it is one of those of the cell."""
        pieces, self.pieces = self.pieces, []
        if self.table is not None and self.table.cell is not None:
            self.table.cell.paragraphs.append((self.kind, pieces))
        else:
            self._told(self.kind, pieces)

    def _told(self, kind: str, pieces: list[Piece]) -> None:
        text, segments = _pieced(pieces)
        if not text:
            return
        above = self.headings.above
        if kind.startswith("h"):
            above, kind = self.headings.add(int(kind[1]), text), "heading"
        self.blocks.append(Block(text, kind, f"{kind} {len(self.blocks) + 1}", above, (), segments))

    def close_row(self) -> None:
        """End a row; one of a single cell is what stands in it, as where a table lays a page out."""
        table = self.table
        if table is None or table.row is None:
            return
        row = table.in_columns()
        table.cell, table.row = None, None
        table.rows += 1
        if len(row) == 1 and row[0][0] is not None and row[0][1] == 1:
            for kind, pieces in row[0][0].paragraphs:
                self._told(kind, pieces)
            return
        text, segments = "", []
        told: list[str] = []
        for cell, wide in row:
            held, parts = cell.joined() if cell is not None else ("", ())
            text += CELLS if told else ""
            segments += [_moved(part, len(text)) for part in parts]
            text += held + CELLS * (wide - 1)
            told += [held] * wide
        columns = table.header if len(table.header) == len(told) else ()
        if table.in_header and (table.all_headers or not table.header):
            joined = len(table.header) == len(told)
            above = table.header if joined else ("",) * len(told)
            table.header = tuple(
                name if name == over else f"{over} {name}".strip()
                for over, name in zip(above, told, strict=True)
            )
            table.in_header, columns = table.all_headers, ()
        else:
            table.in_header = False
        if text.strip(" |"):
            place = f"table {table.number}, row {table.rows}"
            self.blocks.append(Block(text, "row", place, self.headings.above, columns, tuple(segments)))

    def ended(self) -> list[str]:
        """Close what is open and return what is to be said of the page."""
        self.close()
        self.close_block()
        while self.tables:
            self.close_row()
            self.tables.pop()
        deleted = self.unread.pop("deletion", 0)
        remarks = not_read(self.unread)
        remarks += struck_or_deleted(self.struck, deleted)
        if self.hidden:
            remarks.append(f"{number_of('place', self.hidden)} hidden from readers: read as well")
        if self.silent:
            remarks.insert(
                0, f"not read: all from line {self.since} on, where <{self.silent}> is never closed"
            )
        return remarks


def _end_of_last(pattern: re.Pattern[str], text: str) -> int:
    end = 0
    for match in pattern.finditer(text):
        end = match.end()
    return end


def _spanned(said: str | None) -> int:
    return int(said) if said and re.fullmatch("[1-9][0-9]{0,4}", said.strip()) else 1


def _moved(segment: Segment, by: int) -> Segment:
    return Segment(segment.start + by, segment.end + by, segment.line, segment.column)


def _pieced(pieces: list[Piece]) -> Stretch:
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


def html(text: str, tables: int = 0) -> tuple[list[Block], list[str]]:
    """Return the blocks of an HTML page, headings, paragraphs, list items and table rows, and remarks.

    Parameters
    ----------
    text : str
    tables : int
        How many tables stand before it, where it is a part of a text.

    Raises
    ------
    DocumentError
        When more than a hundred comments are never closed.
    """
    page = _Page(tables)
    never_closed = len(_OPENED.findall(text, _end_of_last(_CLOSED, text)))
    if never_closed > MOST_UNCLOSED:
        raise DocumentError(f"{never_closed:,} comments (<!--) are never closed; close them or take them out")
    ends = text.rfind(">") + 1
    page.feed(text[:ends] + text[ends:].replace("<", _NO_TAG))
    remarks = page.ended()
    return page.blocks, remarks
