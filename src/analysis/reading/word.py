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
from analysis.reading.blocks import CELLS, Block, DocumentError, Segment, in_a_cell, joint
from analysis.reading.plain import Headings, raised_text
from analysis.reading.unread import not_read, number_of, struck_or_deleted
from analysis.reading.word_parts import comments_part
from analysis.reading.word_shown import (
    MC,
    ends_deleted,
    is_followed,
    is_gone,
    is_switched_on,
    texts_of_instructions,
)
from analysis.reading.word_styles import W, WordStyles, said, styles_of, whole

STRICT = "purl.oclc.org"
BODY = "word/document.xml"
NOTES = re.compile(r"word/(footnotes|endnotes)\d*\.xml")
MARGINS = re.compile(r"word/(header|footer)\d*\.xml")
# A line of a header or a footer that is only the number of the page.
_PAGE = re.compile(r"\W*(?:page|página|第)?\s*\d+\s*页?\W*(?:(?:of|sur|de|/|共)\s*\d+\s*页?\W*)?", re.I)
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
# What stands between two texts so that they are no single number.
_OBJECTS = {
    *(f"{W}{name}" for name in ("footnoteReference", "endnoteReference", "drawing", "pict", "object", "sym")),
    f"{W}pgNum",
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath",
}
MOST_COLUMNS = 63
"""Columns that a table of Word may have."""
Pieces = tuple[str, list[Segment], list[etree._Element]]
_SIGNS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
    f"{W}softHyphen": "",
}


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


class WordReader:
    """Reads the blocks of a part, with what a reader is to know.

    Parameters
    ----------
    styles : WordStyles
    """

    def __init__(self, styles: WordStyles):
        self.styles = styles
        self.headings = Headings()
        self.blocks: list[Block] = []
        self.counts = {"paragraph": 0, "table": 0}
        self.seen: set[str] = set()
        self.hidden = self.struck = 0
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
        elif not is_gone(element):
            self.read(element, kind)

    def _paragraph(self, paragraph: etree._Element, kind: str) -> None:
        text, segments, boxes = self._joined(self._open, self.pieces(paragraph))
        self._open = ("", [], [])
        self.counts["paragraph"] += 1
        if ends_deleted(paragraph) and is_followed(paragraph):
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
    def _joined(first: Pieces, second: Pieces, space: str = "") -> Pieces:
        """Return the pieces of two paragraphs as those of one; the lists of the first are added to."""
        text = first[0] + (joint(first[0], second[0], space) if space and first[0] and second[0] else "")
        shift = len(text)
        first[1].extend(
            Segment(part.start + shift, part.end + shift, node=part.node, skip=part.skip)
            for part in second[1]
        )
        first[2].extend(second[2])
        return text + second[0], first[1], first[2]

    def _raised(self, element: etree._Element, before: str) -> bool:
        """Whether the run of a text is superscript: by itself, by its style, or lifted right after a text."""
        properties = element.getparent().find(f"{W}rPr")
        if properties is None:
            return False
        style = said(properties.find(f"{W}rStyle"))
        align = said(properties.find(f"{W}vertAlign"))
        if not align and whole(properties.find(f"{W}position")) > 0 and not before[-1:].isspace():
            return True
        return align == "superscript" if align else style in self.styles.raising

    def _look(self, element: etree._Element) -> tuple[bool, bool]:
        """Whether the run of a text is struck through (no deletion that Word knows of), and hidden."""
        properties = element.getparent().find(f"{W}rPr")
        if properties is None:
            return False, False
        style = said(properties.find(f"{W}rStyle"))
        by_style = style in self.styles.striking
        hidden = is_switched_on(properties, "vanish", style in self.styles.hiding)
        self.hidden += hidden
        return any(is_switched_on(properties, name, by_style) for name in ("strike", "dstrike")), hidden

    def _style(self, paragraph: etree._Element) -> tuple[int, bool]:
        properties = paragraph.find(f"{W}pPr")
        style = properties.find(f"{W}pStyle") if properties is not None else None
        name = said(style)
        listed = properties is not None and properties.find(f"{W}numPr") is not None
        return self.styles.headings.get(name, 0), listed or "list" in name.lower()

    def pieces(self, paragraph: etree._Element) -> Pieces:
        """Return a paragraph's text, where each piece of it stands, and the text boxes anchored in it."""
        text, segments, boxes = "", [], []
        unseen = texts_of_instructions(paragraph)
        apart, looked = False, (False, False)
        stack = list(reversed(paragraph))
        while stack:
            element = stack.pop()
            tag = element.tag
            if tag in (f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo"):
                self.seen.add("tracked")
            if tag in (f"{W}fldChar", f"{W}fldSimple"):
                self.seen.add("fields")
            if is_gone(element) or element in unseen:
                continue
            if tag == f"{W}txbxContent":
                boxes.append(element)
            elif tag == f"{W}t":
                written = element.text or ""
                if self._raised(element, text):
                    written = raised_text(text, written)
                    if not written:
                        apart = True
                        continue
                look = self._look(element)
                self.struck += look[0] and not looked[0]
                if apart or look != looked:
                    text += joint(text, written, "")
                apart, looked = apart and not written, look
                segments.append(Segment(len(text), len(text) + len(written), node=element))
                text += written
            elif tag in _SIGNS:
                if element.getparent().tag == f"{W}r":
                    text += _SIGNS[tag]
                    apart = apart or _SIGNS[tag] == "\n"
            elif tag not in (f"{W}pPr", f"{W}rPr"):
                apart = apart or tag in _OBJECTS
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
            for cell in _outermost(row, f"{W}tc"):
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
        for row in _outermost(table, f"{W}tr"):
            if row.find(f"{W}trPr/{W}del") is not None:
                self.seen.add("tracked")
            else:
                yield row

    def _cell(self, cell: etree._Element, inner: list[etree._Element]) -> Pieces:
        """Return the paragraphs of a cell as one; the tables in it are taken into a list."""
        held: Pieces = ("", [], [])
        space = ""
        stack = list(reversed(cell))
        while stack:
            element = stack.pop()
            if element.tag == f"{W}p":
                held = self._joined(held, self.pieces(element), space)
                space = "" if ends_deleted(element) else " "
            elif element.tag == f"{W}tbl":
                inner.append(element)
            elif not is_gone(element):
                stack.extend(reversed(element))
        return (in_a_cell(held[0]), *held[1:])


def _outermost(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Yield what of a tag stands below an element, without what stands in another of them."""
    stack = list(reversed(element))
    while stack:
        below = stack.pop()
        if below.tag == tag:
            yield below
        else:
            stack.extend(reversed(below))


def read_parts(parts: dict[str, etree._Element], styles: bytes | None) -> tuple[list[Block], list[str]]:
    """Return the blocks of the parts of a Word file and remarks on them."""
    reader = WordReader(styles_of(None if styles is None else parsed(styles)))
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
    told += struck_or_deleted(reader.struck)
    if reader.hidden:
        told.append(f"{number_of('stretch', reader.hidden)} of hidden text: read as well")
    return reader.blocks, told


def word(path: Path) -> tuple[list[Block], list[str], dict]:
    """Return the blocks of a Word file, remarks, and the roots of the parts that were read."""
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        parts = {part: parsed(member(archive, part)) for part in told_parts(names)}
        styles = member(archive, "word/styles.xml") if "word/styles.xml" in names else None
        comments = parsed(member(archive, held)) if (held := comments_part(archive)) in names else ()
    if STRICT in str(parts[BODY].tag):
        raise DocumentError(f"{path}: Strict Open XML, which is not read; save it as Word document (.docx)")
    unread = sum(map(unread_of, parts.values()), Counter())
    unread["comment"] = len(comments)
    blocks, remarks = read_parts(parts, styles)
    return blocks, [*remarks, *not_read(unread)], parts
