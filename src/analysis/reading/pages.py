"""Pages: the text layer of PDF files."""

from __future__ import annotations

from math import hypot
from pathlib import Path

from analysis.reading.blocks import Block, DocumentError
from analysis.reading.layout import SetText, blocks_of_pages


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
