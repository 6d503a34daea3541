"""Pages as they are set: lines, paragraphs, headings, tables and footnotes, from where each piece stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from analysis.reading.blocks import BESIDE, CELLS, Block, joint
from analysis.reading.plain import MARK, TITLE, Headings, raised_text, within
from analysis.reading.set_lines import GAP, WIDE, SetLine, SetText, letters_of

_GLUED = re.compile(r"(\d{1,3})(?=[^\W\d_])")
_NUMBERS = re.compile(r"\d{1,18}")
_PAGE = re.compile(r"\W*\d{1,4}\W*")
_BULLET = re.compile(r"[•▪■●◆►‣◦–—-]\s")
_ENDED = re.compile(r"[.!?:;…。！？：；][\"”»’')\]）」』]*\s*$")
_NUMERIC = re.compile(r"\W*\d[\d\s.,%–-]*[^\W\d_]?\W*|[–—-]|\*")
# How much smaller than the line a mark of a note is, how much higher it stands, in sizes of the line.
SMALL, RAISED = 0.8, 0.15
# How far apart in height pieces of one line are at most; lines of one paragraph, of the usual distance.
SAME_LINE, APART = 0.5, 1.3
# From what size on a line is a heading, up to what size it belongs to the notes, of the body's.
LARGER, SMALLER = 1.1, 0.95
# How many lines a cell has at most that others follow, and how many letters those have.
CELL_LINES, CELL = 4, 40
# How near its column's begin a cell begins, in points.
NEAR = 4.0
# How much of the margin the last line of a paragraph leaves free where it ends a sentence.
SHORT = 0.7
# On how many pages a line stands that is a running head.
RUNNING = 3


def blocks_of_pages(pages: Sequence[Sequence[SetText]]) -> tuple[list[Block], list[str]]:
    """Return the blocks of pages, headings, paragraphs, also over a page's end, rows, notes, and what runs.

    Marks of notes are left out, as are page numbers and running heads.

    Parameters
    ----------
    pages : sequence of sequence of SetText
        Of each page in the order of the text.
    """
    set_lines, left_out = _without_running_heads([_lines(page) for page in pages])
    body = _usual((line.main.size, len(line.text)) for lines in set_lines for line in lines)
    reader = _Pages(body, _distance(set_lines))
    for number, lines in enumerate(set_lines, start=1):
        notes = _notes_from(lines, body)
        reader.read(lines[:notes], number)
        reader.read_notes(lines[notes:], number)
    reader.close()
    return reader.blocks, left_out


def _lines(pieces: Iterable[SetText]) -> list[SetLine]:
    """Return the lines of a page; of a table's row one, though a cell of it has several."""
    lines: list[SetLine] = []
    for line in _as_set(pieces):
        for back, row in enumerate(reversed(lines[-CELL_LINES:])):
            between = lines[len(lines) - back :]
            if _same_row(row, between, line):
                row.pieces += [piece for one in (*between, line) for piece in _spaced(one)]
                row.marks += [mark for one in (*between, line) for mark in one.marks]
                del lines[len(lines) - back :]
                break
        else:
            lines.append(line)
    return lines


def _same_row(row: SetLine, between: Sequence[SetLine], line: SetLine) -> bool:
    """Whether a line is a further cell of a row, or a further line of its last cell."""
    last, start = row.last_cell, line.pieces[0]
    size = row.main.size
    level = abs(start.y - row.pieces[0].y) < SAME_LINE / 2 * size
    if between or level:
        under = all(abs(one.pieces[0].x - last.x) < 1 for one in between)
        return level and under and start.x - last.x > GAP * size and len(start.text) < CELL
    step = row.pieces[-1].y - start.y
    below = last is not row.pieces[0] and abs(start.x - last.x) < 1 and 0 < step < 2 * size
    return below and not _NUMERIC.fullmatch(line.text)


def _spaced(line: SetLine) -> list[SetText]:
    first = line.pieces[0]
    return [SetText(f" {first.text}", first.x, first.y, first.size, first.bold), *line.pieces[1:]]


def _as_set(pieces: Iterable[SetText]) -> Iterator[SetLine]:
    line: SetLine | None = None
    main: SetText | None = None
    broken = False
    for piece in pieces:
        if piece.text.strip():
            text = piece.text if not broken or piece.text[:1].isspace() else f" {piece.text}"
            one = SetText(text, piece.x, piece.y, piece.size, piece.bold)
            if line is not None and main is not None and _beside(line, main, one):
                line.pieces.append(one)
                main = max(main, one, key=letters_of)
            else:
                if line is not None:
                    yield _without_marks(line)
                line, main = SetLine([one]), one
            broken = False
        elif line is not None and piece.text and "\n" not in piece.text:
            line.pieces.append(
                SetText(" ", piece.x, line.pieces[-1].y, line.pieces[-1].size, line.pieces[-1].bold)
            )
        broken = broken or "\n" in piece.text
    if line is not None:
        yield _without_marks(line)


def _beside(line: SetLine, main: SetText, piece: SetText) -> bool:
    """Whether a piece goes on in a line: at its height, or a raised mark in it, and not left of it."""
    size = max(main.size, piece.size)
    return abs(piece.y - main.y) < SAME_LINE * size and piece.x > line.pieces[0].x


def _without_marks(line: SetLine) -> SetLine:
    """Return a line without the marks of notes: small raised numbers and signs."""
    main = line.main
    kept: list[SetText] = []
    marks: list[str] = []
    opening = ""
    for piece in line.pieces:
        small = piece.size < SMALL * main.size and piece.y > main.y + RAISED * main.size
        before = "".join(one.text for one in kept[-BESIDE:]).rstrip()
        power = raised_text(before, piece.text.strip()) if small and before else ""
        if power:
            kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
            kept.append(replace(piece, text=power))
        elif small and MARK.fullmatch(piece.text):
            told = re.findall(r"\d+|[*†‡]+", piece.text)
            opening = opening if any(one.text.strip() for one in kept) else told[0]
            marks += told
        else:
            kept.append(piece)
    if any(piece.text.strip() for piece in kept):
        return SetLine(kept, [] if opening else marks, opening)
    return line


def _without_running_heads(pages: Sequence[list[SetLine]]) -> tuple[list[list[SetLine]], list[str]]:
    """Return the lines of pages without what stands at the head or foot of several, and that, but numbers.

    Of lines that differ in a number those run that count the pages; others are what each page says.
    """
    at_edges: dict[tuple[str, int], list[tuple[int, SetLine]]] = {}
    for page, lines in enumerate(pages):
        for line in _outermost(lines):
            at_edges.setdefault(_edge(line), []).append((page, line))
    running = {
        id(line)
        for lines in at_edges.values()
        if len({page for page, _ in lines}) >= (RUNNING - 1 if _PAGE.fullmatch(lines[0][1].text) else RUNNING)
        and _count_pages(lines)
        for _, line in lines
    }
    left_out = [line.text for lines in pages for line in lines if id(line) in running]
    kept = [[line for line in lines if id(line) not in running] for lines in pages]
    return kept, [text for text in left_out if not _PAGE.fullmatch(text)]


def _count_pages(lines: Sequence[tuple[int, SetLine]]) -> bool:
    """Whether each number of lines is one number on all pages, or goes on with them for the most part."""
    told = [[int(number) for number in _NUMBERS.findall(line.text)] for _, line in lines]
    for numbers in zip(*told, strict=False):
        first = Counter(number - page for number, (page, _) in zip(numbers, lines, strict=True))
        if len(set(numbers)) > 1 and 2 * max(first.values()) <= len(lines):
            return False
    return True


def _outermost(lines: Sequence[SetLine]) -> list[SetLine]:
    """Return the highest and the lowest line of a page, of a long one two."""
    heights = sorted(lines, key=lambda line: line.main.y)
    most = min(2, len(heights) // 3)
    return [*heights[:most], *heights[len(heights) - most :]]


def _edge(line: SetLine) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text), round(line.main.y / 3)


def _usual(sizes: Iterable[tuple[float, int]]) -> float:
    """Return the size in which most letters are set, from sizes and how many letters each sets."""
    counted: Counter[float] = Counter()
    for size, letters in sizes:
        counted[round(2 * size) / 2] += letters
    return max(counted, key=counted.__getitem__, default=0.0)


def _distance(pages: Sequence[Sequence[SetLine]]) -> float:
    """Return the usual distance of two lines, in sizes."""
    distances = sorted(
        (line.main.y - following.main.y) / line.main.size
        for lines in pages
        for line, following in pairwise(lines)
        if line.main.size > 0 and 0.8 < (line.main.y - following.main.y) / line.main.size < 2.5
    )
    return distances[len(distances) // 4] if distances else 1.2


def _notes_from(lines: Sequence[SetLine], body: float) -> int:
    """Return with which line the notes of a page begin: what bears a mark of the text, or is set smaller."""
    marks: set[str] = set()
    for at, line in enumerate(lines):
        glued = _GLUED.match(line.text)
        own = line.opening or (glued[1] if glued else "")
        if own in marks and (line.opening or glued):
            return at
        marks.update(line.marks)
    small = len(lines)
    while small and lines[small - 1].main.size < SMALLER * body:
        small -= 1
    return small or len(lines)


class _Pages:
    """Puts lines together."""

    def __init__(self, body: float, distance: float):
        self.blocks: list[Block] = []
        self._body, self._distance = body, distance
        self._headings = Headings()
        self._held: list[SetLine] = []
        self._page = self._tables = 0
        self._waiting: list[Block] = []

    def read(self, lines: Sequence[SetLine], page: int) -> None:
        """Take in the lines of a page's text."""
        margin = max((len(line.text) for line in lines if len(line.cells()) == 1), default=0)
        at = 0
        while at < len(lines):
            rows = _rows(lines[at:])
            if rows:
                self.close()
                self._tables += 1
                for number, cells in enumerate(rows, start=1):
                    columns = tuple(rows[0]) if number > 1 else ()
                    place = f"page {page} table {self._tables}, row {number}"
                    self._add(Block(CELLS.join(cells), "row", place, self._headings.above, columns))
                at += len(rows)
                continue
            line = lines[at]
            if self._held and not self._goes_on(line, page if not at else 0, margin):
                self.close()
            if not self._held:
                self._page = page
            self._held.append(line)
            at += 1

    def _goes_on(self, line: SetLine, page: int, margin: int) -> bool:
        """Whether a line belongs to the paragraph that is open; a page is that of its first line."""
        last = self._held[-1]
        size = last.main.size
        if abs(line.main.size - size) > (1 - SMALLER) * size or line.bold != last.bold:
            return False
        if _BULLET.match(line.text) or _numbers(last.cells()[1:]) or _numbers(line.cells()[1:]):
            return False
        step = last.main.y - line.main.y
        if page or step <= 0:
            open_end = not _ENDED.search(last.text)
            wide = WIDE.match(last.text[-1:])
            return open_end and bool(wide or line.text[:1].islower() or last.text[-1:] in "-,(")
        if step > APART * self._distance * size:
            return False
        return not (_ENDED.search(last.text) and len(last.text) < SHORT * margin)

    def read_notes(self, lines: Sequence[SetLine], page: int) -> None:
        """Take in the notes of a page, which stand after the paragraph that is open."""
        notes: list[list[str]] = []
        for line in lines:
            glued = None if line.opening else _GLUED.match(line.text)
            text = line.text[glued.end() :] if glued else line.text
            if line.opening or glued or not notes:
                notes.append([])
            notes[-1].append(text)
        self._waiting += [
            Block(rejoined(note), "note", f"page {page}", self._headings.above) for note in notes
        ]
        if not self._held:
            self.close()

    def _add(self, block: Block) -> None:
        self.blocks.append(block)

    def close(self) -> None:
        """End the paragraph that is open, and let the notes follow that stand below it."""
        if self._held:
            text = rejoined([line.text for line in self._held])
            level = self._level(text)
            place = f"page {self._page}"
            if level:
                self._add(Block(text, "heading", place, self._headings.add(level, text)))
            else:
                kind = "list" if _BULLET.match(text) else "paragraph"
                self._add(Block(text, kind, place, self._headings.above))
        for note in self._waiting:
            self._add(note)
        self._held, self._waiting = [], []

    def _level(self, text: str) -> int:
        """Return the level of the open paragraph as a heading: by its size; 0 where it is none."""
        line = self._held[0]
        larger = 0 < self._body * LARGER <= line.main.size
        if not (larger or line.bold) or len(self._held) > 3 or not within(text, TITLE):
            return 0
        if _ENDED.search(text) or not re.search(r"[^\W\d_]{2}", text):
            return 0
        return max(1, 5 - round(4 * (line.main.size / self._body - 1))) if larger else 6


def _rows(lines: Sequence[SetLine]) -> list[list[str]]:
    """Return the rows of a table that begins with the first line; none where no table does."""
    columns = [cell[0].x for cell in lines[0].in_cells()]
    rows: list[list[str]] = []
    for line in lines if len(columns) > 1 else ():
        row = _row(line, columns)
        if row is None:
            break
        rows.append(row)
    return rows if len(rows) > 1 else []


def _row(line: SetLine, columns: Sequence[float]) -> list[str] | None:
    """Return the cells of a line under columns: as many, or fewer that begin where a column does."""
    cells, told = line.in_cells(), line.cells()
    places = [
        next((at for at, start in enumerate(columns) if abs(cell[0].x - start) < NEAR), None)
        for cell in cells
    ]
    if len(cells) == len(columns) and (_numbers(told[1:]) or None not in places):
        return told
    if len(cells) < 2 or None in places or not _numbers(told[1:]):
        return None
    return [told[places.index(at)] if at in places else "" for at in range(len(columns))]


def _numbers(cells: Sequence[str]) -> bool:
    return bool(cells) and all(_NUMERIC.fullmatch(cell) for cell in cells)


def rejoined(lines: Iterable[str]) -> str:
    """Return lines as one text: words that a line's end divides are whole again."""
    held = ""
    for line in lines:
        if held.endswith("\u00ad") or (held.endswith("-") and line[:1].islower()):
            held = held[:-1] + line
        else:
            apart = "\n" if joint(held, line) == "\t" else " "
            held += ("" if not held or WIDE.match(held[-1]) else apart) + line
    return held
