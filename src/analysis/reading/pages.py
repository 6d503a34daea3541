"""Pages: the text layer of PDF files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from math import hypot
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.reading.blocks import Block, DocumentError
from analysis.reading.layout import blocks_of_pages
from analysis.reading.set_lines import SetText
from analysis.reading.unread import not_read, number_of

if TYPE_CHECKING:
    from pypdf import PageObject


def pdf(path: Path) -> tuple[list[Block], list[str]]:
    """Return the blocks of a PDF file's text layer and remarks; see :mod:`analysis.reading.layout`.

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
        unread = sum(map(_unread, reader.pages), Counter())
    except DocumentError:
        raise
    except Exception as error:  # whatever its parts are, a damaged file is told as one
        raise DocumentError(f"{path}: damaged PDF ({type(error).__name__}: {error})") from error
    if not any(piece.text.strip() for pieces in pages for piece in pieces):
        raise DocumentError(
            f"{path}: no text layer in {len(pages)} pages (a scan); run a text recognition over it first"
        )
    blocks, left_out = blocks_of_pages(pages)
    remarks = []
    empty = [
        number for number, page in enumerate(pages, start=1) if not any(one.text.strip() for one in page)
    ]
    if empty:
        told = f"{number_of('page', len(empty))} of {len(pages)} without a text layer"
        remarks.append(f"not read: {told} (page {empty[0]}{' first' * (len(empty) > 1)})")
    if left_out:
        told = f"{len(left_out)} running heads and feet ({left_out[0][:60]!r} first)"
        remarks.append(f"left out: {told}")
    read = "PDF: the text layer was read; tables as far as their columns stand apart"
    return blocks, [*remarks, *not_read(unread), read]


def _entry(held: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Return a dictionary of a dictionary, by itself or by its number; an empty one where there is none."""
    entry = held.get(name)
    entry = entry.get_object() if entry is not None else None
    return entry if isinstance(entry, Mapping) else {}


def _unread(page: PageObject) -> Counter[str]:
    """Return how much a page shows that is not read, by what it is."""
    unread: Counter[str] = Counter()
    drawn = _entry(_entry(page, "/Resources"), "/XObject")
    unread["picture"] = sum(_entry(drawn, name).get("/Subtype") == "/Image" for name in drawn)
    for note in page.get("/Annots") or ():
        held = note.get_object()
        kind = "form field" if held.get("/Subtype") == "/Widget" and held.get("/V") else ""
        unread[kind or ("comment" if held.get("/Contents") else "")] += 1
    return unread


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
