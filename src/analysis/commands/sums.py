"""The checksum of every file of a folder, to tell whether anything that was read there has changed."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

LARGEST = 100_000_000
"""Bytes up to which a folder is summed: to sum more takes longer than what it would spare."""


class Strange(Exception):
    """A file that is none, or too large to sum each time."""


def checksums_of_folder(folder: Path, without: str = "") -> Iterator[tuple[str, str]]:
    """Yield path and checksum of everything in a folder, but what Python compiles; a folder has no checksum.

    Parameters
    ----------
    folder : Path
    without : str
        A folder in it that is left out; where one is named, the folder itself may be no link.

    Raises
    ------
    Strange
        When there is a link, a pipe or the like, or more than is summed.
    OSError
        When a folder or a file cannot be read.
    """
    if without and folder.is_symlink():
        raise Strange
    total = 0
    for place, folders, files in os.walk(folder, onerror=_raise):
        top = place == str(folder)
        folders[:] = sorted(
            name for name in folders if name != "__pycache__" and not (top and name == without)
        )
        for name in (*folders, *sorted(files)):
            path = os.path.join(place, name)
            about = os.lstat(path)
            if stat.S_ISDIR(about.st_mode):
                yield path, ""
                continue
            total += about.st_size
            if not stat.S_ISREG(about.st_mode) or total > LARGEST:
                raise Strange
            with open(path, "rb") as file:
                yield path, hashlib.sha256(file.read()).hexdigest()


def _raise(error: OSError) -> None:
    raise error
