"""PowerPoint files as blocks: slide by slide in the order of the show, with speaker's notes."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections import Counter
from pathlib import Path

from lxml import etree

from analysis.reading.archives import member
from analysis.reading.blocks import CELLS, Block, in_a_cell, joint, run_together
from analysis.reading.plain import raised_text
from analysis.reading.unread import not_read, number_of
from analysis.reading.word import MC, parsed

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
BODY = "ppt/presentation.xml"
# The end of the kind of link that leads from a slide to its speaker's notes.
NOTES = "/notesSlide"
_SLIDE = re.compile(r"ppt/slides/slide(\d+)\.xml")
_COMMENTS = re.compile(r"ppt/(?:comments|threadedComments)/[^/]+\.xml")
# What a frame holds beside text and tables, by a word of its kind's address.
_FRAMES = {"chart": "chart", "diagram": "SmartArt drawing", "ole": "embedded object"}
_TITLES = ("title", "ctrTitle")


def slides(path: Path) -> tuple[list[Block], list[str]]:
    """Return the blocks of a PowerPoint file and remarks: titles, paragraphs, rows, speaker's notes."""
    blocks: list[Block] = []
    unread: Counter[str] = Counter()
    hidden = 0
    with zipfile.ZipFile(path) as archive:
        told: set[str] = set()
        for number, name in enumerate(_in_order(archive), start=1):
            root = _shown(member(archive, name))
            hidden += root.get("show") in ("0", "false")
            place = f"slide {number}"
            shown = _slide(root, place)
            blocks += shown
            _count(root, unread)
            title = next((block.text for block in shown if block.place == place), "")
            for notes in set(_linked(archive, name, NOTES)[:1]) - told:
                told.add(notes)  # of one slide, and not read again for others that a file gives it
                blocks += _notes(_shown(member(archive, notes)), f"{place}, notes", title)
        unread["part of comments"] += sum(bool(_COMMENTS.fullmatch(name)) for name in archive.namelist())
    remarks = not_read(unread)
    if hidden:
        remarks.append(f"{number_of('slide', hidden)} hidden from viewers: read as well")
    return blocks, remarks


def _in_order(archive: zipfile.ZipFile) -> list[str]:
    """Return the parts that hold the slides, in the order of the show; else in that of their names."""
    names = archive.namelist()
    links = _links(archive, BODY)
    listed = dict.fromkeys(links.get(slide.get(f"{R}id", ""), ("", ""))[1] for slide in _listed(archive))
    if listed and listed.keys() <= set(names):
        return [*listed]
    numbered = sorted((int(match[1]), name) for name in names if (match := _SLIDE.fullmatch(name)))
    return [name for _, name in numbered]


def _listed(archive: zipfile.ZipFile) -> list[etree._Element]:
    return [*parsed(member(archive, BODY)).iter(f"{P}sldId")]


def _links(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Return where the links of a part lead, by their ids: each with its kind."""
    folder, _, name = part.rpartition("/")
    listed = f"{folder}/_rels/{name}.rels"
    links = {}
    for link in parsed(member(archive, listed)) if listed in archive.namelist() else ():
        told = link.get("Target", "")
        whole = told.lstrip("/") if told.startswith("/") else posixpath.normpath(posixpath.join(folder, told))
        if told and link.get("TargetMode") != "External":
            links[link.get("Id", "")] = (link.get("Type", ""), whole)
    return links


def _linked(archive: zipfile.ZipFile, part: str, kind: str) -> list[str]:
    """Return the parts to which a part's links of a kind lead, as far as they are there."""
    held = archive.namelist()
    return [name for told, name in _links(archive, part).values() if told.endswith(kind) and name in held]


def _shown(content: bytes) -> etree._Element:
    """Return a part without what stands in it for programs that are older, a second time."""
    root = parsed(content)
    for again in [*root.iter(f"{MC}Fallback")]:
        again.getparent().remove(again)
    return root


def _count(root: etree._Element, unread: Counter[str]) -> None:
    """Count what a slide shows that is not read."""
    for frame in root.iter(f"{A}graphicData"):
        kind = frame.get("uri", "").rpartition("/")[2]
        unread[_FRAMES.get(kind, "" if kind == "table" else "embedded object")] += 1
    unread["picture"] += sum(1 for _ in root.iter(f"{P}pic"))
    unread["equation"] += sum(1 for element in root.iter("{*}oMath"))


def _holder(shape: etree._Element) -> str:
    """Return for what a shape holds a place: ``title``, ``body``, ``sldNum``; nothing where for none."""
    holder = shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
    return "" if holder is None else holder.get("type", "")


def _notes(root: etree._Element, place: str, title: str) -> list[Block]:
    """Return the paragraphs of a speaker's notes, without the picture, date and number of the slide."""
    blocks = []
    for shape in root.iter(f"{P}sp"):
        if _holder(shape) == "body":
            texts = [_text(paragraph) for paragraph in shape.iter(f"{A}p")]
            blocks += [
                Block(text, "note", place, (title,) if title else ()) for text in texts if text.strip()
            ]
    return blocks


def _slide(root: etree._Element, place: str) -> list[Block]:
    blocks: list[Block] = []
    shapes = [shape for shape in root.iter(f"{P}sp", f"{A}tbl") if _holder(shape) != "sldNum"]
    title = ""
    for shape in sorted(shapes, key=lambda shape: _holder(shape) not in _TITLES):
        if shape.tag == f"{A}tbl":
            rows = [[_cell(cell) for cell in row.iterfind(f"{A}tc")] for row in shape.iterfind(f"{A}tr")]
            for at, cells in enumerate(rows):
                columns = tuple(rows[0]) if at and len(rows[0]) == len(cells) else ()
                blocks.append(Block(CELLS.join(cells), "row", f"{place}, row {at + 1}", (title,), columns))
            continue
        is_title = _holder(shape) in _TITLES
        for paragraph in shape.iter(f"{A}p"):
            text = _text(paragraph)
            if text.strip():
                title = text if is_title else title
                kind = "heading" if is_title else "paragraph"
                blocks.append(Block(text, kind, place, () if is_title or not title else (title,)))
    return blocks


def _cell(cell: etree._Element) -> str:
    """Return what a cell says: its paragraphs, apart."""
    return in_a_cell(run_together(map(_text, cell.iterfind(f"{A}txBody/{A}p"))))


def _text(paragraph: etree._Element) -> str:
    """Return what a paragraph says, without the slide's number and the marks of notes."""
    text = ""
    for part in paragraph.iter(f"{A}t", f"{A}br"):
        held = part.getparent()
        if part.tag == f"{A}br":
            text += "\n"
        elif held.tag != f"{A}fld" or held.get("type") != "slidenum":
            properties = held.find(f"{A}rPr")
            raised = properties is not None and re.match("[1-9]", properties.get("baseline", ""))
            text += joint(text, part.text or "", "") if text.endswith("\n") else ""
            text += raised_text(text, part.text or "") if raised else part.text or ""
    return text
