"""Word files as blocks; every piece of text keeps the element that holds it."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from lxml import etree

from analysis.reading.archives import member
from analysis.reading.blocks import CELLS, Block, DocumentError, Segment, in_a_cell
from analysis.reading.plain import Headings, raised_text
from analysis.reading.unread import not_read, number_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
STRICT = "purl.oclc.org"
BODY = "word/document.xml"
NOTES = re.compile(r"word/(footnotes|endnotes)\d*\.xml")
COMMENTS = "word/comments.xml"
MARGINS = re.compile(r"word/(header|footer)\d*\.xml")
# A line of a header or a footer that is only the number of the page.
_PAGE = re.compile(r"\W*(?:page|página|第)?\s*\d+\s*页?\W*(?:(?:of|sur|de|/|共)\s*\d+\s*页?\W*)?", re.I)
_GONE = {
    f"{W}del",
    f"{W}moveFrom",
    f"{W}instrText",
    f"{W}delText",
    f"{W}delInstrText",
    f"{W}rt",
    f"{MC}Fallback",
}
# What is shown and not read, by its element; what a frame holds beside text boxes, by a word of its kind.
_UNREAD = {
    "oMath": "equation",
    "object": "embedded object",
    "altChunk": "piece of another document",
    "subDoc": "piece of another document",
    "imagedata": "picture",
    "sym": "sign of a symbol font",
    "ddList": "choice of a form",
}
_FRAMES = {
    "picture": "picture",
    "chart": "chart",
    "chartex": "chart",
    "diagram": "SmartArt drawing",
    "wordprocessingShape": "",
    "wordprocessingGroup": "",
    "wordprocessingCanvas": "",
}
MOST_COLUMNS = 63
"""Columns that a table of Word may have."""
Pieces = tuple[str, list[Segment], list[etree._Element]]
_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}softHyphen": ""}


def parsed(content: bytes) -> etree._Element:
    """Return a part's root; no entity is resolved and nothing is fetched."""
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


@contextmanager
def sound_parts(path: Path) -> Iterator[None]:
    """Tell a part that is no XML as what it is: a damaged file.

    Raises
    ------
    DocumentError
        With the file's name.
    """
    try:
        yield
    except etree.LxmlError as error:
        raise DocumentError(f"{path}: damaged: a part of it is no XML ({error})") from error


def told_parts(names: Iterable[str]) -> list[str]:
    """Return the parts of a Word file that hold its text: the body, notes, headers and footers."""
    held = set(names)
    margins = sorted(name for name in held if MARGINS.fullmatch(name))
    notes = sorted((name for name in held if NOTES.fullmatch(name)), reverse=True)
    return [*(part for part in (BODY, *notes) if part in held), *margins]


def unread_of(root: etree._Element) -> Counter[str]:
    """Return how much a part shows that is not read, by what it is."""
    unread: Counter[str] = Counter()
    for element in root.iter():
        name = etree.QName(element).localname if isinstance(element.tag, str) else ""
        thing = _UNREAD.get(name, "")
        if name == "graphicData":
            thing = _FRAMES.get(element.get("uri", "").rpartition("/")[2], "embedded object")
        if thing and next(element.iterancestors(f"{MC}Fallback", f"{W}object"), None) is None:
            unread[thing] += 1
    return unread


def _is_on(element: etree._Element | None) -> bool:
    """Whether a property is there and not switched off."""
    return element is not None and element.get(f"{W}val") not in ("0", "false", "off")


def _ends_deleted(paragraph: etree._Element) -> bool:
    """Whether the end of a paragraph is deleted, so that the next one goes on where it stops."""
    return any(paragraph.find(f"{W}pPr/{W}rPr/{W}{name}") is not None for name in ("del", "moveFrom"))


class WordReader:
    """Reads the blocks of a part, with what a reader is to know.

    Parameters
    ----------
    headings_of : mapping
        Heading level by the id of a paragraph style.
    raising : set of str
        The ids of the styles that set a run as superscript.
    """

    def __init__(self, headings_of: dict[str, int], raising: frozenset[str] = frozenset()):
        self.headings_of = headings_of
        self.raising = raising
        self.headings = Headings()
        self.blocks: list[Block] = []
        self.counts = {"paragraph": 0, "table": 0}
        self.seen: set[str] = set()
        self.hidden = 0
        self._open: Pieces = ("", [], [])

    def read(self, root: etree._Element, kind: str = "paragraph") -> None:
        """Read every paragraph and table below an element, in order."""
        for element in root:
            self._element(element, kind)

    def _element(self, element: etree._Element, kind: str) -> None:
        if element.tag == f"{W}p":
            self._paragraph(element, kind)
        elif element.tag == f"{W}tbl":
            self._table(element)
        elif element.tag not in _GONE and isinstance(element.tag, str):
            self.read(element, kind)

    def _paragraph(self, paragraph: etree._Element, kind: str) -> None:
        text, segments, boxes = self._joined(self._open, self.pieces(paragraph))
        self._open = ("", [], [])
        self.counts["paragraph"] += 1
        if (
            _ends_deleted(paragraph)
            and paragraph.getnext() is not None
            and paragraph.getnext().tag == f"{W}p"
        ):
            self.seen.add("tracked")
            self._open = (text, segments, boxes)
            return
        if text.strip():
            level, listed = self._style(paragraph)
            above = self.headings.add(level, text) if level else self.headings.above
            role = "heading" if level else "list" if listed and kind == "paragraph" else kind
            place = f"{kind} {self.counts['paragraph']}"
            self.blocks.append(Block(text, role, place, above, (), tuple(segments)))
        for box in boxes:
            self.read(box, "text box")

    @staticmethod
    def _joined(first: Pieces, second: Pieces, between: str = "") -> Pieces:
        """Return the pieces of two paragraphs as those of one."""
        text = first[0] + (between if first[0] and second[0] else "")
        shift = len(text)
        moved = [
            Segment(part.start + shift, part.end + shift, node=part.node, skip=part.skip)
            for part in second[1]
        ]
        return text + second[0], [*first[1], *moved], [*first[2], *second[2]]

    def _raised(self, element: etree._Element) -> bool:
        """Whether the run of a text is set as superscript, by itself or by its style."""
        properties = element.getparent().find(f"{W}rPr")
        if properties is None:
            return False
        self.hidden += _is_on(properties.find(f"{W}vanish"))
        align = said(properties.find(f"{W}vertAlign"))
        return align == "superscript" if align else said(properties.find(f"{W}rStyle")) in self.raising

    def _style(self, paragraph: etree._Element) -> tuple[int, bool]:
        properties = paragraph.find(f"{W}pPr")
        style = properties.find(f"{W}pStyle") if properties is not None else None
        name = said(style)
        listed = properties is not None and properties.find(f"{W}numPr") is not None
        return self.headings_of.get(name, 0), listed or "list" in name.lower()

    def pieces(self, paragraph: etree._Element) -> Pieces:
        """Return a paragraph's text, where each piece of it stands, and the text boxes anchored in it."""
        text, segments, boxes = "", [], []
        stack = list(reversed(paragraph))
        while stack:
            element = stack.pop()
            tag = element.tag
            if tag in (f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo"):
                self.seen.add("tracked")
            if tag in (f"{W}fldChar", f"{W}fldSimple"):
                self.seen.add("fields")
            if tag in _GONE or not isinstance(tag, str):
                continue
            if tag == f"{W}txbxContent":
                boxes.append(element)
            elif tag == f"{W}t":
                written = element.text or ""
                if self._raised(element):
                    written = raised_text(text, written)
                    if not written:
                        continue
                segments.append(Segment(len(text), len(text) + len(written), node=element))
                text += written
            elif tag in _SIGNS:
                if element.getparent().tag == f"{W}r":
                    text += _SIGNS[tag]
            elif tag != f"{W}pPr":
                stack.extend(reversed(element))
        return text, segments, boxes

    def _table(self, table: etree._Element) -> None:
        self.counts["table"] += 1
        number = self.counts["table"]
        columns: tuple[str, ...] = ()
        for row_number, row in enumerate(self._rows(table), start=1):
            told: Pieces = ("", [], [])
            cells: list[str] = []
            inner: list[etree._Element] = []
            for cell in row.iter(f"{W}tc"):
                if next(cell.iterancestors(f"{W}tr")) is not row:
                    continue
                held = self._cell(cell, inner)
                told = self._joined((told[0] + CELLS if cells else "", *told[1:]), held)
                span = whole(cell.find(f"{W}tcPr/{W}gridSpan")) if row_number == 1 else 1
                cells += [held[0]] * (span if 1 <= span <= MOST_COLUMNS else 1)
            text, segments, boxes = told
            if row_number == 1:
                columns = tuple(cells)
            if text.strip(" |"):
                place = f"table {number}, row {row_number}"
                header = columns if row_number > 1 and len(columns) == len(cells) else ()
                self.blocks.append(Block(text, "row", place, self.headings.above, header, tuple(segments)))
            for nested in inner:
                self._table(nested)
            for box in boxes:
                self.read(box, "text box")

    def _rows(self, table: etree._Element) -> Iterator[etree._Element]:
        """Yield the rows of a table itself, without those that are deleted."""
        for row in table.iter(f"{W}tr"):
            if next(row.iterancestors(f"{W}tbl")) is not table:
                continue
            if row.find(f"{W}trPr/{W}del") is not None:
                self.seen.add("tracked")
            else:
                yield row

    def _cell(self, cell: etree._Element, inner: list[etree._Element]) -> Pieces:
        """Return the paragraphs of a cell as one; the tables in it are taken into a list."""
        held: Pieces = ("", [], [])
        between = ""
        stack = list(reversed(cell))
        while stack:
            element = stack.pop()
            if element.tag == f"{W}p":
                held = self._joined(held, self.pieces(element), between)
                between = "" if _ends_deleted(element) else " "
            elif element.tag == f"{W}tbl":
                inner.append(element)
            elif element.tag not in _GONE and isinstance(element.tag, str):
                stack.extend(reversed(element))
        return (in_a_cell(held[0]), *held[1:])


def said(element: etree._Element | None) -> str:
    """Return what an element of one value says; nothing where it, or its value, is not there."""
    return "" if element is None else element.get(f"{W}val") or ""


def whole(element: etree._Element | None) -> int:
    """Return what an element says as a whole number; -1 where it says none, or one of many digits."""
    text = said(element)
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else -1


def heading_styles(content: bytes | None) -> dict[str, int]:
    """Return the heading level of each paragraph style that has one."""
    if content is None:
        return {f"Heading{level}": level for level in range(1, 10)}
    levels = {}
    for style in parsed(content).iter(f"{W}style"):
        name = said(style.find(f"{W}name")).lower()
        outline = whole(style.find(f"{W}pPr/{W}outlineLvl"))
        if numbered := re.fullmatch("heading ([0-9]{1,9})", name):
            levels[style.get(f"{W}styleId")] = int(numbered[1])
        elif name == "title":
            levels[style.get(f"{W}styleId")] = 1
        elif 0 <= outline < 9:
            levels[style.get(f"{W}styleId")] = outline + 1
    return levels


def raising_styles(content: bytes | None) -> frozenset[str]:
    """Return the styles of runs that set them as superscript."""
    styles = parsed(content).iter(f"{W}style") if content is not None else ()
    raising = (style for style in styles if said(style.find(f"{W}rPr/{W}vertAlign")) == "superscript")
    return frozenset(style.get(f"{W}styleId", "") for style in raising)


def read_parts(parts: dict[str, etree._Element], styles: bytes | None) -> tuple[list[Block], list[str]]:
    """Return the blocks of the parts of a Word file and remarks on them."""
    reader = WordReader(heading_styles(styles), raising_styles(styles))
    reader.read(parts[BODY])
    for name in parts:
        if NOTES.fullmatch(name):
            for note in parts[name]:
                if note.get(f"{W}type") not in ("separator", "continuationSeparator", "continuationNotice"):
                    reader.read(note, "note")
    for name in sorted(parts):
        margin = MARGINS.fullmatch(name)
        if margin:
            reader.headings = Headings()
            before = len(reader.blocks)
            reader.read(parts[name], margin[1])
            reader.blocks[before:] = [
                block for block in reader.blocks[before:] if not _PAGE.fullmatch(block.text)
            ]
    remarks = {
        "tracked": "tracked changes: read as if all were accepted",
        "fields": "fields: their last results were read",
    }
    told = [text for key, text in remarks.items() if key in reader.seen]
    if reader.hidden:
        told.append(f"{number_of('stretch', reader.hidden)} of hidden text: read as well")
    return reader.blocks, told


def word(path: Path) -> tuple[list[Block], list[str], dict]:
    """Return the blocks of a Word file, remarks, and the roots of the parts that were read."""
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        parts = {part: parsed(member(archive, part)) for part in told_parts(names)}
        styles = member(archive, "word/styles.xml") if "word/styles.xml" in names else None
        comments = parsed(member(archive, COMMENTS)) if COMMENTS in names else ()
    if STRICT in str(parts[BODY].tag):
        raise DocumentError(f"{path}: Strict Open XML, which is not read; save it as Word document (.docx)")
    unread = sum(map(unread_of, parts.values()), Counter())
    unread["comment"] = len(comments)
    blocks, remarks = read_parts(parts, styles)
    return blocks, [*remarks, *not_read(unread)], parts
