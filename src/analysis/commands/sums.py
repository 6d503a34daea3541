"""The checksum of every file of a folder, to tell whether anything that was read there has changed."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path

LARGEST = 100_000_000
"""Bytes up to which a folder is summed: to sum more takes longer than what it would spare."""

SETTLED = 2_000_000_000
"""Nanoseconds after which a further change of a file shows in its time; before, it may not."""
_summed: dict[str, tuple[tuple[int, ...], str]] = {}
"""What this process has summed: the file as it was seen right before, and its checksum."""


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
            yield path, _checksum(path, about)


def _checksum(path: str, about: os.stat_result) -> str:
    """Return the checksum of a file, summed again where it may be another than when it was summed last."""
    seen = (about.st_ino, about.st_size, about.st_mtime_ns, about.st_ctime_ns)
    former, checksum = _summed.get(path, (None, ""))
    if seen != former:
        with open(path, "rb") as file:
            checksum = hashlib.sha256(file.read()).hexdigest()
        if time.time_ns() - max(about.st_mtime_ns, about.st_ctime_ns) > SETTLED:
            _summed[path] = seen, checksum
    return checksum


def _raise(error: OSError) -> None:
    raise error
