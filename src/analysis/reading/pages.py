"""Slides and pages: PowerPoint files, and the text layer of PDF files."""

from __future__ import annotations

import posixpath
import re
import zipfile
from math import hypot
from pathlib import Path

from analysis.reading.archives import member
from analysis.reading.blocks import CELLS, Block, DocumentError
from analysis.reading.layout import SetText, blocks_of_pages

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
# The end of the kind of link that leads from a slide to its speaker's notes.
NOTES = "/notesSlide"
_SLIDE = re.compile(r"ppt/slides/slide(\d+)\.xml")


def slides(path: Path) -> list[Block]:
    """Return the blocks of a PowerPoint file, slide by slide: titles, paragraphs, rows, speaker's notes."""
    from analysis.reading.word import parsed

    blocks: list[Block] = []
    with zipfile.ZipFile(path) as archive:
        numbered = sorted(
            (int(match[1]), name) for name in archive.namelist() if (match := _SLIDE.fullmatch(name))
        )
        for number, name in numbered:
            blocks += _slide(parsed(member(archive, name)), f"slide {number}")
            title = next((block.text for block in blocks if block.place == f"slide {number}"), "")
            notes = _notes_of(archive, name)
            blocks += _notes(parsed(member(archive, notes)), f"slide {number}, notes", title) if notes else []
    return blocks


def _notes_of(archive: zipfile.ZipFile, slide: str) -> str:
    """Return the part that holds the speaker's notes of a slide; nothing where there are none."""
    from analysis.reading.word import parsed

    folder, _, name = slide.rpartition("/")
    links = f"{folder}/_rels/{name}.rels"
    if links not in archive.namelist():
        return ""
    told = next(
        (
            link.get("Target", "")
            for link in parsed(member(archive, links))
            if link.get("Type", "").endswith(NOTES)
        ),
        "",
    )
    part = told.lstrip("/") if told.startswith("/") else posixpath.normpath(posixpath.join(folder, told))
    return part if told and part in archive.namelist() else ""


def _notes(root, place: str, title: str) -> list[Block]:
    """Return the paragraphs of a speaker's notes, without the picture, date and number of the slide."""
    blocks = []
    for shape in root.iter(f"{P}sp"):
        holder = shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
        if holder is not None and holder.get("type") == "body":
            texts = [_text(paragraph) for paragraph in shape.iter(f"{A}p")]
            blocks += [
                Block(text, "note", place, (title,) if title else ()) for text in texts if text.strip()
            ]
    return blocks


def _slide(root, place: str) -> list[Block]:
    blocks: list[Block] = []
    title = ""
    for shape in root.iter(f"{P}sp", f"{A}tbl"):
        if shape.tag == f"{A}tbl":
            rows = [[_text(cell) for cell in row.iter(f"{A}tc")] for row in shape.iter(f"{A}tr")]
            for at, cells in enumerate(rows):
                columns = tuple(rows[0]) if at and len(rows[0]) == len(cells) else ()
                blocks.append(Block(CELLS.join(cells), "row", f"{place}, row {at + 1}", (title,), columns))
            continue
        holder = shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
        is_title = holder is not None and holder.get("type") in ("title", "ctrTitle")
        for paragraph in shape.iter(f"{A}p"):
            text = _text(paragraph)
            if text.strip():
                title = text if is_title else title
                kind = "heading" if is_title else "paragraph"
                blocks.append(Block(text, kind, place, () if is_title or not title else (title,)))
    return blocks


def _text(element) -> str:
    return "".join(
        (child.text or "") if child.tag == f"{A}t" else "\n" for child in element.iter(f"{A}t", f"{A}br")
    )


def pdf(path: Path) -> list[Block]:
    """Return the blocks of a PDF file's text layer; see :mod:`analysis.reading.layout`.

    Raises
    ------
    DocumentError
        When the file is encrypted, damaged, or has no text layer (a scan).
    """
    try:
        import logging

        from pypdf import PdfReader
    except ImportError as error:
        raise DocumentError(f"{path}: reading PDF needs pypdf: pip install 'analysis[documents]'") from error
    with path.open("rb") as opened:
        start = opened.read(1024)
        if not start:
            raise DocumentError(f"{path}: an empty file")
        if b"%PDF" not in start:
            raise DocumentError(f"{path}: not a PDF, whatever its name; rename it to what it is")
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise DocumentError(f"{path}: encrypted; save it without a password")
        pages = [_pieces(page) for page in reader.pages]
    except DocumentError:
        raise
    except Exception as error:  # whatever its parts are, a damaged file is told as one
        raise DocumentError(f"{path}: damaged PDF ({type(error).__name__}: {error})") from error
    if not any(piece.text.strip() for pieces in pages for piece in pieces):
        raise DocumentError(
            f"{path}: no text layer in {len(pages)} pages (a scan); run a text recognition over it first"
        )
    return blocks_of_pages(pages)


def _pieces(page) -> list[SetText]:
    """Return the pieces of a page's text, each with its place, its size and whether it is bold."""
    pieces: list[SetText] = []

    def take(text: str, matrix, text_matrix, font, size: float) -> None:
        x, y = text_matrix[4], text_matrix[5]
        across = matrix[0] * x + matrix[2] * y + matrix[4]
        up = matrix[1] * x + matrix[3] * y + matrix[5]
        scale = hypot(text_matrix[2], text_matrix[3]) * hypot(matrix[2], matrix[3])
        bold = "bold" in str((font or {}).get("/BaseFont", "")).lower()
        pieces.append(SetText(text, across, up, abs(size) * scale, bold))

    page.extract_text(visitor_text=take)
    return pieces
