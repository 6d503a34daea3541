"""What was made before, kept in the user's cache folder: never needed, checked when it is read.

The folder is ``analysis`` in ``XDG_CACHE_HOME``, or else in ``~/.cache``; the environment variable
``ANALYSIS_CACHE`` names another, or none where it is empty. It may be deleted at any time. A folder that
belongs to somebody else, or that others may write to, is not used.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from contextlib import suppress
from pathlib import Path

from analysis.files import keep_within, write_whole

FOLDER = "ANALYSIS_CACHE"
LARGEST = 200_000_000
"""Bytes that entries hold at most; what was not used for longest goes first, and nothing that is no entry."""
_OWN = re.compile(r"[0-9a-f]{64}|\.[0-9a-f]{60}-\w+\.part")
_SUM = hashlib.sha256().digest_size


def folder() -> Path | None:
    """Return the folder of the cache, made where it is not there; None where there can be none."""
    try:
        named = os.environ.get(FOLDER)
        home = os.environ.get("XDG_CACHE_HOME", "")
        base = Path(home) if os.path.isabs(home) else Path.home() / ".cache"
        path = base / "analysis" if named is None else Path(named)
        if named == "":
            return None
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        about = path.lstat()
    except (OSError, RuntimeError, ValueError):
        return None
    foreign = hasattr(os, "geteuid") and about.st_uid != os.geteuid()
    shared = about.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return path if stat.S_ISDIR(about.st_mode) and not foreign and not shared else None


def key(*parts: str) -> str:
    """Return the key of what is made from some parts."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def kept(key: str) -> bytes | None:
    """Return what is kept under a key; None where there is nothing, or not what was put there."""
    place = folder()
    if place is None:
        return None
    try:
        entry = (place / key).read_bytes()
    except OSError:
        return None
    content = entry[_SUM:]
    if hashlib.sha256(key.encode() + content).digest() != entry[:_SUM]:
        return None
    with suppress(OSError):
        os.utime(place / key)
    return content


def keep(key: str, content: bytes) -> None:
    """Keep something under a key; where it cannot be written nothing is kept."""
    place = folder()
    if place is None:
        return
    with suppress(OSError):
        write_whole(place / key, hashlib.sha256(key.encode() + content).digest() + content)
        keep_within((path for path in place.iterdir() if _OWN.fullmatch(path.name)), LARGEST)
