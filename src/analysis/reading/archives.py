"""Opening zipped documents with care: encrypted, damaged or blown up ones are told apart before unpacking."""

from __future__ import annotations

import hashlib
import re
import zipfile
import zlib
from pathlib import Path

from analysis.reading.blocks import DocumentError

LARGEST = 400_000_000
MOST_TIMES = 200
# What an archive is by a part of it.
OTHERS = {"word/document.xml": ".docx", "ppt/presentation.xml": ".pptx", "xl/workbook.xml": ".xlsx"}
_OLD = b"\xd0\xcf\x11\xe0"


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file as it stands."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def check_archive(path: Path, needed: str) -> None:
    """Check that a file is a zipped document that can be opened.

    Parameters
    ----------
    path : Path
    needed : str
        The part that makes it the document it says it is.

    Raises
    ------
    DocumentError
        When it is damaged, encrypted, another format, or would unpack to more than it should.
    """
    with path.open("rb") as opened:
        start = opened.read(4)
    if start == _OLD:
        raise DocumentError(
            f"{path}: encrypted, or an old binary file under a new suffix; save it without a password as "
            f"{path.suffix}"
        )
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
        raise DocumentError(f"{path}: {_no_archive(start, path.suffix, error)}") from error
    if any(entry.flag_bits & 1 for entry in entries):
        raise DocumentError(f"{path}: encrypted; save it without a password")
    names = {entry.filename for entry in entries}
    if needed not in names:
        other = next((suffix for part, suffix in OTHERS.items() if part in names), "")
        stem, _, ending = needed.rpartition(".")
        elsewhere = next((name for name in names if re.fullmatch(rf"{stem}\d+\.{ending}", name)), "")
        if elsewhere:
            raise DocumentError(
                f"{path}: its text stands in {elsewhere}, not in {needed}; open it in Word and save it again"
            )
        told = f"a {other} file under another name; rename it" if other else f"not a {path.suffix} file"
        raise DocumentError(f"{path}: no {needed} in it: {told}")
    if any("vbaProject" in name for name in names):
        raise DocumentError(f"{path}: holds macros; save it without them")
    whole = sum(entry.file_size for entry in entries)
    if whole > LARGEST or any(
        entry.file_size > 50_000_000 and entry.file_size > MOST_TIMES * max(entry.compress_size, 1)
        for entry in entries
    ):
        raise DocumentError(f"{path}: would unpack to {whole:,} bytes: refused as a zip bomb")


def _no_archive(start: bytes, suffix: str, error: Exception) -> str:
    """Return why a file is no archive, by its first bytes: another format, cut off, or empty."""
    if not start:
        return "an empty file"
    if start == b"%PDF":
        return f"a PDF under the name {suffix}; rename it to .pdf"
    if start == b"PK\x03\x04":
        return f"damaged or cut off before its end ({error}); copy or save it again"
    return f"not a {suffix} file ({error})"


def member(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return a part's bytes.

    Raises
    ------
    DocumentError
        When it is not there, damaged, or larger than it says.
    """
    if name not in archive.NameToInfo:
        raise DocumentError(f"{archive.filename}: damaged: no {name} in it; open and save it again")
    try:
        with archive.open(name) as opened:
            content = opened.read(LARGEST + 1)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, ValueError, EOFError) as error:
        raise DocumentError(f"{archive.filename}: {name} is damaged ({error})") from error
    if len(content) > LARGEST:
        raise DocumentError(f"{archive.filename}: {name} unpacks to more than {LARGEST:,} bytes")
    return content
