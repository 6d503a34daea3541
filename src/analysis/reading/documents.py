"""Opening a document of any format that is read, as blocks."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from unicodedata import normalize

from analysis.files import Unreadable, read_bytes
from analysis.reading.archives import check_archive, digest_of
from analysis.reading.blocks import Block, DocumentError, Draft, edited, parted
from analysis.reading.hypertext import html
from analysis.reading.marked import markdown, notebook
from analysis.reading.plain import plain_text


def _plain(text: str) -> tuple[list[Block], list[str]]:
    return plain_text(text), []


TEXTS = {
    ".md": markdown,
    ".markdown": markdown,
    ".qmd": markdown,
    ".rmd": markdown,
    ".html": html,
    ".htm": html,
    ".txt": _plain,
    ".text": _plain,
    ".ipynb": notebook,
}
ZIPPED = {".docx": "word/document.xml", ".pptx": "ppt/presentation.xml"}
OTHERS = {
    ".doc": "an old Word file; save it as .docx",
    ".ppt": "an old PowerPoint file; save it as .pptx",
    ".docm": "a Word file with macros; save it as .docx",
    ".pptm": "a PowerPoint file with macros; save it as .pptx",
    ".odt": "an OpenDocument text; save it as .docx",
    ".rtf": "a rich text; save it as .docx",
}
_BYTE_ORDERS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# Signs that are not seen, where a word may be cut, or may not, and which way letters run; and letters joined.
_UNSEEN = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]+|(?P<joined>[\ufb00-\ufb06])"
)
_ENCODING = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([a-zA-Z][\w.:-]{1,30})")
_NAMES = {"cp1252": "Windows-1252"}
READ = (*TEXTS, *ZIPPED, ".pdf")


def read_document(path: Path | str) -> Draft:
    """Read a document as blocks; the file is only ever read.

    Parameters
    ----------
    path : Path or str
        Word (``.docx``), PowerPoint (``.pptx``), PDF with a text layer, Markdown, HTML, plain text,
        or a notebook.

    Returns
    -------
    Draft

    Raises
    ------
    DocumentError
        When it cannot be read; one sentence says why and what to do.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if not path.is_file():
        raise DocumentError(
            f"{path}: {'no file, but a folder or a pipe' if path.exists() else 'no such file'}"
        )
    if suffix in OTHERS:
        raise DocumentError(f"{path}: {OTHERS[suffix]}")
    if suffix not in READ:
        raise DocumentError(f"{path}: {suffix or 'no suffix'} is not read; read are {', '.join(READ)}")
    digest = digest_of(path) if suffix == ".docx" else ""
    blocks, remarks, parts = _blocks(path, suffix)
    if not blocks:
        raise DocumentError(f"{path}: holds no text")
    return Draft(
        path.name,
        suffix[1:],
        tuple(part for block in blocks for part in parted(_seen(block))),
        tuple(remarks),
        parts,
        digest,
    )


def _seen(block: Block) -> Block:
    """Return a block without signs that are not seen and with letters apart, as its headings and columns."""
    if not (_UNSEEN.search(block.text) or any(map(_UNSEEN.search, (*block.headings, *block.columns)))):
        return block
    above, columns = (
        tuple(_UNSEEN.sub(_apart, text) for text in texts) for texts in (block.headings, block.columns)
    )
    return replace(edited(block, _UNSEEN, _apart), headings=above, columns=columns)


def _apart(match: re.Match[str]) -> str:
    return normalize("NFKC", match["joined"] or "")


def _blocks(path: Path, suffix: str) -> tuple[list[Block], list[str], dict | None]:
    if suffix in TEXTS:
        text, remarks = _decoded(path)
        try:
            blocks, said = TEXTS[suffix](text)
            return blocks, [*remarks, *said], None
        except DocumentError as error:
            raise DocumentError(f"{path}: {error}") from None
    if suffix == ".pdf":
        from analysis.reading.pages import pdf

        return (*pdf(path), None)
    check_archive(path, ZIPPED[suffix])
    try:
        from analysis.reading.presentation import slides
        from analysis.reading.word import sound_parts, word
    except ImportError as error:
        raise DocumentError(
            f"{path}: reading {suffix} needs lxml: pip install 'analysis[documents]'"
        ) from error
    with sound_parts(path):
        return word(path) if suffix == ".docx" else (*slides(path), None)


def _said_encoding(content: bytes) -> str:
    """Return the encoding that a page says of itself, where it is one of texts; else what its letters say."""
    match = _ENCODING.search(content[:2000])
    name = match[1].decode().lower() if match else ""
    if name.startswith("gb") or (not name and _chinese(content)):
        return "gb18030"
    try:
        known = bool(name) and isinstance("".encode(name), bytes)
    except (LookupError, UnicodeError):
        known = False
    western = ("", "utf-8", "utf8", "ascii", "us-ascii", "iso-8859-1", "latin-1", "latin1")
    return name if known and name not in western else "cp1252"


def _chinese(content: bytes) -> bool:
    """Whether bytes are Chinese as Windows writes it: read so, characters of GB 2312 abound."""
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        return False
    beyond = re.sub(r"[\x00-\x7f]+", "", text)
    common = len(re.findall("[一-鿿]", beyond.encode("gb2312", "ignore").decode("gb2312")))
    return 2 * common > len(beyond) and 10 * common > len(text)


def _decoded(path: Path) -> tuple[str, list[str]]:
    """Return a file's text, and what is to be said of how it was read."""
    try:
        content = read_bytes(path)
    except Unreadable as error:
        raise DocumentError(str(error)) from None
    remarks = []
    encoding = next((name for mark, name in _BYTE_ORDERS if content.startswith(mark)), "utf-8")
    if b"\0" in content[:4096] and encoding == "utf-8":
        raise DocumentError(f"{path}: a binary file, or UTF-16 without its mark; save a text as UTF-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        if b"\0" in content[:4096]:
            raise DocumentError(f"{path}: damaged {encoding} ({error.reason}); save it as UTF-8") from error
        try:
            other = _said_encoding(content)
            text = content.decode(other)
            remarks = [f"not UTF-8: read as {other}; save it as UTF-8 where letters came out wrong"]
        except UnicodeDecodeError as error:
            raise DocumentError(
                f"{path}: neither UTF-8 nor {_NAMES.get(other, other)} text; save it as UTF-8"
            ) from error
    return text.replace("\r\n", "\n").replace("\r", "\n"), remarks
