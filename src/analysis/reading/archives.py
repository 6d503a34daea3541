"""Opening zipped documents with care: encrypted, damaged or blown up ones are told apart before unpacking."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from analysis.reading.blocks import DocumentError

LARGEST = 400_000_000
MOST_TIMES = 200
_OLD = b"\xd0\xcf\x11\xe0"


def checked(path: Path, needed: str) -> None:
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
    except (zipfile.BadZipFile, OSError) as error:
        raise DocumentError(f"{path}: damaged: not a {path.suffix} file ({error})") from error
    if any(entry.flag_bits & 1 for entry in entries):
        raise DocumentError(f"{path}: encrypted; save it without a password")
    names = {entry.filename for entry in entries}
    if needed not in names:
        raise DocumentError(f"{path}: no {needed} in it: not a {path.suffix} file")
    if any("vbaProject" in name for name in names):
        raise DocumentError(f"{path}: holds macros; save it without them")
    whole = sum(entry.file_size for entry in entries)
    if whole > LARGEST or any(
        entry.file_size > 50_000_000 and entry.file_size > MOST_TIMES * max(entry.compress_size, 1)
        for entry in entries
    ):
        raise DocumentError(f"{path}: would unpack to {whole:,} bytes: refused as a zip bomb")


def member(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return a part's bytes.

    Raises
    ------
    DocumentError
        When it is damaged or larger than it says.
    """
    try:
        with archive.open(name) as opened:
            content = opened.read(LARGEST + 1)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, ValueError, EOFError) as error:
        raise DocumentError(f"{archive.filename}: {name} is damaged ({error})") from error
    if len(content) > LARGEST:
        raise DocumentError(f"{archive.filename}: {name} unpacks to more than {LARGEST:,} bytes")
    return content
