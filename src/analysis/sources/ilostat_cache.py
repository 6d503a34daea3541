"""Parquet copies of large files, keyed by the SHA-256 of what they copy."""

from __future__ import annotations

import hashlib
import os
import threading
from pathlib import Path

import polars as pl

LAYOUT = 1
"""Raised whenever the columns of a copy change their meaning, so that older copies are no longer found."""

ROWS_PER_GROUP = 131_072

_writers: list[threading.Thread] = []


def sha256(path: Path | str) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with open(path, "rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def copy_of(path: Path, folder: Path) -> Path:
    """Return where the Parquet copy of a file stands in the folder, whether it exists or not."""
    return folder / f"{sha256(path)}-{LAYOUT}.parquet"


def write_behind(observations: pl.DataFrame, copy: Path) -> None:
    """Write the copy in a thread while the caller goes on; the program does not end before it is written.

    The copy appears under its name only when it is whole.
    """
    copy.parent.mkdir(parents=True, exist_ok=True)
    writer = threading.Thread(target=_write, args=(observations, copy), name=f"writing {copy.name}")
    _writers.append(writer)
    writer.start()


def finish() -> None:
    """Wait until every copy begun is written."""
    while _writers:
        _writers.pop().join()


def _write(observations: pl.DataFrame, copy: Path) -> None:
    part = copy.with_name(f"{copy.name}.{os.getpid()}-{threading.get_ident()}.part")
    observations.write_parquet(part, compression="lz4", row_group_size=ROWS_PER_GROUP)
    os.replace(part, copy)
