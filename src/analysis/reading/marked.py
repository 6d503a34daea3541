"""Texts with marks: Markdown and notebooks."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from html import unescape
from itertools import pairwise

from analysis.reading.blocks import BESIDE, CELLS, Block, DocumentError, Segment, edited, in_a_cell, joint
from analysis.reading.hypertext import html
from analysis.reading.plain import LIST, Headings, lined, raised_text
from analysis.reading.unread import not_read, struck_or_deleted

_HEADING = re.compile(r"(#{1,6})\s++(.*)")
_BAR = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"\s*+(?:-{2,}+\s*+|(?::?-++:?\s*+\||\|[\s|:]*+-)[\s|:-]*+)$")
_UNDERLINE = re.compile(r"\s*(=+|-+)\s*$")
_FENCE = re.compile(r"\s*(?:(`{3,})[^`]*|(~{3,}).*)$")
# What opens front matter, what closes it, and how a line of it begins.
_FRONTS = {
    "---": (("---", "..."), re.compile(r"(?:#|[\w\"'-][^:]*:(?:\s|$))")),
    "+++": (("+++",), re.compile(r"(?:#|\[[\w.]+\]\s*$|[\w\"'.-]+\s*=)")),
}
_COMMENT = re.compile(r"<!(--)")
_PROGRAM = re.compile(r"<(script|style)\b[^<>]*>", re.I)
_TARGET = re.compile(r"^ {0,3}\[(?!\^)[^\]\n]+\]:\s+<?(?:\w+:|[./#])\S*.*$", re.M)
# What a reader does not see of a text: marks, the targets of links, attributes, tags, names of signs. Marks
# of emphasis stay but beside a number, so that a sentence is told as its file has it.
_MARKS = re.compile(
    r"(?<![\w$])\$\$?(?P<math>[-+\d.,\\{}%^=<>~*/]{1,80})\$\$?(?![\d$])"
    r"|\\(?P<sign>[!-/:-@\[-`{-~ ])"
    r"|(?P<name>&(?:[a-zA-Z][a-zA-Z0-9]{1,31}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});)"
    r"|<sup>(?P<raised>[^<]*)</sup>|(?<=[^\s^\[])\^(?P<lifted>-?\d{1,3})\^|(?<=[^\W\d])~(?P<lowered>\d{1,3})~(?!~)"
    r"|(?P<part><(?:br|/?(?:table|thead|tbody|tfoot|tr|td|th|p|div|li|ul|ol|h[1-6]|details|summary|hr)\b)[^<>]*>)"
    r"|</?(?:a|abbr|b|big|center|cite|code|em|font|i|img|ins|kbd|mark|q|small|span|strong|sub|sup|u|wbr)"
    r"(?:\s[^<>]*)?/?>"
    r"|(?P<picture>!\[(?=[^\[\]]*\][(\[]))|\[(?=[^\[\]]*\](?:\(|\[[^\]]*\]))"
    r"|\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\[\]]*\])"
    r"|(?P<gone><del(?:\s[^<>]*)?>[^<]*</del>)|\[\^[^\[\]\s]+\]:?"
    r"|\{(?:[#.:=]|[\w-]+=)[^{}\n]*\}"
    r"|(?<![\w*])[*_]{1,3}(?=[+-]?(?:[A-Z]{0,3}[$€£¥])?\d)|(?<=[\d%])[*_]{1,3}(?![\w*])|(?<=\d)\*{2,3}(?=\d)"
    r"|(?P<struck>~~|</?(?:s|strike)>)|`+"
)
# Marks that stand for another sign: spaces that break no line, and a bar that parts no cells.
_SIGNS = {",": "\u2009", " ": "\u00a0", "|": "¦"}


def markdown(text: str) -> tuple[list[Block], list[str]]:
    """Return the blocks of a Markdown text, headings, paragraphs, list items, table rows, and remarks.

    Front matter, comments, code and the targets of links are left out; they are counted, save the last.
    """
    unread: Counter[str] = Counter()
    lines, remarks = _without_code(text.split("\n"), unread)
    read = _TARGET.sub(lambda match: _blank(match[0]), "\n".join(lines))
    for opening, thing in ((_PROGRAM, "piece of code"), (_COMMENT, "comment")):
        read, number = _without(read, opening)
        unread[thing] += number
    lines = read.split("\n")
    headings, at, tables = Headings(), 0, 0
    blocks: list[Block] = []
    while at < len(lines):
        line = lines[at]
        heading = _HEADING.match(line)
        if not line.strip() or (_RULE.match(line) and "|" not in line):
            at += 1
        elif heading:
            title = heading[2].rstrip().rstrip("#").rstrip()
            above = headings.add(len(heading[1]), _shown(title))
            blocks.append(lined(title, "heading", at + 1, len(blocks), heading.start(2) + 1, headings=above))
            at += 1
        elif line.lstrip().lower().startswith("<table"):
            held = len(blocks)
            at = _hypertext(lines, at, headings.above, tables, blocks, remarks)
            tables = _tables(blocks[held:]) or tables
        elif _begins_table(lines, at):
            tables += 1
            at = _markdown_table(lines, at, headings.above, tables, blocks)
        else:
            at = _markdown_text(lines, at, headings, blocks)
    marks = [match for block in blocks for match in _marks(block.text)]
    unread["picture"] += sum(match["picture"] is not None for match in marks)
    deleted = sum(match["gone"] is not None for match in marks)
    struck = sum(match["struck"] is not None for match in marks)
    remarks += struck_or_deleted((struck + 1) // 2, deleted)
    return [edited(block, _MARKS, _as_shown) for block in blocks], [*remarks, *not_read(unread)]


def _without_code(lines: list[str], unread: Counter[str]) -> tuple[list[str], list[str]]:
    """Return the lines with those of front matter and code empty, and what is to be said of them."""
    kept, remarks = list(lines), []
    ends_with, key = _FRONTS.get(lines[0].rstrip(), ((), None))
    if key is not None and len(lines) > 1 and key.match(lines[1]):
        ends = (n for n, line in enumerate(lines) if n and line.rstrip() in ends_with)
        closing = next(ends, 0)
        kept[: closing + 1] = [""] * (closing + 1) if closing else kept[:1]
        unread["line of front matter"] += max(closing - 1, 0)
    fence, since = "", 0
    for at, line in enumerate(kept):
        mark = _FENCE.match(line)
        if fence:
            kept[at] = ""
            fence = "" if line.strip().startswith(fence) and not line.strip().strip(fence[0]) else fence
        elif mark:
            fence, since, kept[at] = mark[1] or mark[2], at + 1, ""
            unread["piece of code"] += 1
    if fence:
        remarks.append(f"not read: all from line {since} on, where code begins that is never closed")
    return kept, remarks


def _without(text: str, opening: re.Pattern[str]) -> tuple[str, int]:
    """Return a text in which what opens so and is closed again is blank, and how often it is."""
    kept, reached, number = "", 0, 0
    never: set[str] = set()
    for match in opening.finditer(text):
        closing = "-->" if match[1] == "--" else f"</{match[1].lower()}>"
        if match.start() < reached or closing in never:
            continue
        closed = re.compile(re.escape(closing), re.I).search(text, match.end())
        if closed is None:
            never.add(closing)
            continue
        kept += text[reached : match.start()] + _blank(text[match.start() : closed.end()])
        reached, number = closed.end(), number + 1
    return kept + text[reached:], number


def _blank(text: str) -> str:
    """Return as many spaces and line breaks as a text has."""
    return re.sub(r"[^\n]", " ", text)


def _marks(text: str) -> list[re.Match[str]]:
    return [*_MARKS.finditer(text)]


def _as_shown(match: re.Match[str]) -> str:
    """Return what a reader sees in the place of a mark."""
    if match["sign"]:
        return _SIGNS.get(match["sign"], match["sign"])
    if match["name"]:
        return unescape(match["name"])
    if match["math"]:
        return re.sub(r"\{,\}|\\(?=[%,])", lambda mark: mark[0].strip("{}\\"), match["math"])
    if match["lowered"]:
        return match["lowered"]
    if raised := match["raised"] or match["lifted"]:
        return raised_text(match.string[max(match.start() - BESIDE, 0) : match.start()], raised)
    before = match.string[max(match.start() - BESIDE, 0) : match.start()]
    after = match.string[match.end() : match.end() + BESIDE]
    if match["part"]:
        return joint(before, after)
    return joint(before, after, "") if match["struck"] or match["picture"] or match["gone"] else ""


def _shown(text: str) -> str:
    return _MARKS.sub(_as_shown, text)


def _hypertext(
    lines: list[str], at: int, above: tuple[str, ...], tables: int, blocks: list[Block], remarks: list[str]
) -> int:
    """Read a table that is written in HTML, and return the line after it."""
    ends = (n for n in range(at, len(lines)) if "</table" in lines[n].lower())
    after = next(ends, len(lines) - 1) + 1
    more, said = html("\n".join(lines[at:after]), tables)
    for block in more:
        segments = tuple(replace(segment, line=segment.line + at) for segment in block.segments)
        blocks.append(replace(block, headings=(*above, *block.headings), segments=segments))
    remarks += said
    return after


def _tables(blocks: list[Block]) -> int:
    """Return how many tables were read: the number of the last one."""
    last = next((block for block in reversed(blocks) if block.kind == "row"), None)
    number = re.search(r"\d+", last.place.partition(",")[0]) if last is not None else None
    return int(number[0]) if number else 0


def _markdown_text(lines: list[str], at: int, headings: Headings, blocks: list[Block]) -> int:
    first, marker = at, LIST.match(lines[at])
    at += 1
    while at < len(lines) and lines[at].strip() and not _starts(lines, at):
        if _UNDERLINE.match(lines[at]) and not marker:
            text = "\n".join(lines[first:at])
            above = headings.add(1 if "=" in lines[at] else 2, _shown(text))
            blocks.append(lined(text, "heading", first + 1, len(blocks), headings=above))
            return at + 1
        at += 1
    skipped = marker.end() if marker else len(lines[first]) - len(lines[first].lstrip(" >"))
    text = "\n".join(lines[first:at])[skipped:]
    kind = "list" if marker else "paragraph"
    blocks.append(lined(text, kind, first + 1, len(blocks), skipped + 1, headings=headings.above))
    return at


def _starts(lines: list[str], at: int) -> bool:
    line = lines[at]
    return bool(
        _HEADING.match(line)
        or LIST.match(line)
        or _in_bars(line)
        or line.lstrip().lower().startswith("<table")
    )


def _in_bars(line: str) -> bool:
    return line.strip().startswith("|") and line.strip().endswith("|") and line.strip() != "|"


def _begins_table(lines: list[str], at: int) -> bool:
    """Whether the line is a table's head: it has bars, and so has the rule below it."""
    below = lines[at + 1] if at + 1 < len(lines) else ""
    return bool(_BAR.search(lines[at]) and "|" in below and _RULE.match(below))


def _markdown_table(
    lines: list[str], at: int, above: tuple[str, ...], number: int, blocks: list[Block]
) -> int:
    columns = tuple(_shown(text) for _, text in _markdown_cells(lines[at]))
    first = at
    while at < len(lines) and lines[at].strip() and _BAR.search(lines[at]):
        if not _RULE.match(lines[at]):
            row = max(at - first - 1, 0)
            blocks.append(
                _row(_markdown_cells(lines[at]), at + 1, number, row + 1, above, columns if row else ())
            )
        at += 1
    return at


def _markdown_cells(line: str) -> list[tuple[int, str]]:
    """Return the cells of a line, each with its column; a bar at either end is no end of a cell."""
    bars = [-1, *(match.start() for match in _BAR.finditer(line)), len(line)]
    cells = [(start + 1, line[start + 1 : end]) for start, end in pairwise(bars)]
    if not cells[0][1].strip():
        del cells[0]
    if cells and not cells[-1][1].strip():
        del cells[-1]
    return [(start + len(text) - len(text.lstrip()) + 1, text.strip()) for start, text in cells]


def _row(
    cells: list[tuple[int, str]], line: int, table: int, row: int, above: tuple, columns: tuple
) -> Block:
    text = ""
    segments: list[Segment] = []
    for column, cell in cells:
        text += CELLS if segments else ""
        segments.append(Segment(len(text), len(text) + len(cell), line, column))
        text += in_a_cell(cell)
    columns = columns if len(columns) == len(cells) else ()
    return Block(text, "row", f"table {table}, row {row}", above, columns, tuple(segments))


def notebook(text: str) -> tuple[list[Block], list[str]]:
    """Return the blocks of a notebook's Markdown cells, and how many other cells and outputs there are.

    Raises
    ------
    DocumentError
        When the file is not a notebook.
    """
    unread: Counter[str] = Counter()
    try:
        sources = []
        for number, cell in enumerate(json.loads(text)["cells"], start=1):
            source = "".join(cell["source"])
            if cell["cell_type"] == "markdown":
                sources.append((number, source))
            else:
                unread["raw cell" if cell["cell_type"] == "raw" else "cell of code"] += bool(source.strip())
                unread["output"] += len(cell.get("outputs") or ())
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        reason = error if isinstance(error, ValueError) else "its cells are not a list of cells with sources"
        raise DocumentError(f"not a notebook: {reason}") from None
    blocks, remarks = [], not_read(unread)
    for number, source in sources:
        more, said = markdown(source)
        blocks += [replace(block, place=f"cell {number}, {block.place}", segments=()) for block in more]
        remarks += [f"cell {number}: {remark}" for remark in said]
    return blocks, remarks
