"""Files written whole or not at all, and read after a look at what they are."""

from __future__ import annotations

import errno
import json
import os
import re
import stat
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from tempfile import mkstemp
from typing import Any

LARGEST = 100_000_000
"""Bytes that a file of the record may hold."""
# A name of TOML of a hundred parts, quoted or not: its parser looks at each as often as at all.
_ENDLESS_NAME = re.compile(r"(?:[\"']?[\w-]{1,40}[\"']?[ \t]{0,9}\.[ \t]{0,9}){100}")
_AGAIN = "or name a folder elsewhere, and run the same command again"
ROOM = {
    errno.ENOSPC: f"; make room there, {_AGAIN}",
    errno.EDQUOT: f"; remove files of your own there, {_AGAIN}",
    errno.EFBIG: "; raise the limit on the size of files (ulimit -f), and run the same command again",
}
"""What helps where a file finds no room."""


def write_whole(path: Path, content: bytes) -> Path:
    """Write a file under a name of its own and rename it, so that no half file has a final name.

    Parameters
    ----------
    path : Path
        Its folder is made when it is not there.
    content : bytes

    Raises
    ------
    OSError
        When the file cannot be written (a full disk, a folder that is read-only); the error names the file,
        and nothing is left of it.
    """
    unfinished = None
    unnamed = partial(mkstemp, prefix=f".{path.name[:60]}-", suffix=".part", dir=path.parent)
    try:
        try:
            open_file, unfinished = unnamed()
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            open_file, unfinished = unnamed()
        with os.fdopen(open_file, "wb") as file:
            os.fchmod(open_file, 0o644)
            file.write(content)
        os.replace(unfinished, path)
    except NotADirectoryError as error:
        reason = f"{path.parent} is a file, not a folder" if path.parent.exists() else error.strerror
        raise NotADirectoryError(error.errno, reason, str(path)) from None
    except OSError as error:
        if unfinished:
            Path(unfinished).unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, str(path)) from None
    return path


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Hold a folder: one process at a time; the system lets go of it for a process that ends."""
    import fcntl

    opened = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX)
        yield
    finally:
        os.close(opened)


class Unreadable(ValueError):
    """A file that is not what it should be: no plain file, too large, no text, no TOML or JSON."""


def told_of_system(error: OSError) -> str:
    """Return what the system refused: the file, why, and where room is what lacks, what helps."""
    names = [str(name) for name in (error.filename, error.filename2) if name is not None]
    reason = error.strerror or str(error)
    if not names and error.errno == errno.ENOENT:
        return "the folder that the command was called in is no longer there; change to another"
    reason += ROOM.get(error.errno or 0, "")
    return f"{' to '.join(names)}: {reason}" if names else reason


def keep_within(paths: Iterable[Path], largest: int) -> None:
    """Remove of some files those that were not used for longest, until the others are not too large.

    Parameters
    ----------
    paths : iterable of Path
        Folders among them stay, and count nothing.
    largest : int
        Bytes.
    """
    entries = []
    for path in paths:
        with suppress(FileNotFoundError):  # what another process is writing, or has removed
            if not path.is_dir():
                entries.append((path.stat(), path))
    total = sum(about.st_size for about, _ in entries)
    for about, path in sorted(entries, key=lambda entry: entry[0].st_mtime_ns):
        if total <= largest:
            return
        path.unlink(missing_ok=True)
        total -= about.st_size


def read_bytes(path: Path, largest: int = LARGEST) -> bytes:
    """Return what a file holds, after a look at what it is: a pipe would never end, a huge file fill memory.

    Raises
    ------
    Unreadable
        When it is no plain file, or holds more bytes than ``largest``.
    OSError
        When it is not there, or may not be read.
    """
    about = os.stat(path)
    if not stat.S_ISREG(about.st_mode):
        kind = "a folder" if stat.S_ISDIR(about.st_mode) else "a pipe or a device"
        raise Unreadable(f"{path}: is {kind}, expected a file")
    if about.st_size > largest:
        raise Unreadable(f"{path}: holds {about.st_size:,} bytes; at most {largest:,} are read")
    return Path(path).read_bytes()


def read_text(path: Path, largest: int = LARGEST) -> str:
    """Return a file's text, without a byte order mark; errors as of :func:`read_bytes`, or no UTF-8."""
    content = read_bytes(path, largest)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"{path}: byte {error.start} is no text in UTF-8 ({content[error.start]:#04x}); save it as UTF-8"
        ) from None


def read_toml(path: Path) -> dict:
    """Return what a TOML file says; errors as of :func:`read_text`, or no TOML."""
    text = read_text(path)
    if _ENDLESS_NAME.search(text):
        raise Unreadable(f"{path}: not TOML that can be read: a name of more than a hundred parts")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Unreadable(f"{path}: not TOML ({error})") from None
    except ValueError:
        raise Unreadable(f"{path}: not TOML that can be read: a number of thousands of digits") from None
    except RecursionError:
        raise Unreadable(f"{path}: not TOML that can be read: nested too deeply") from None


def read_json(path: Path) -> Any:
    """Return what a JSON file says; errors as of :func:`read_text`, or no JSON."""
    try:
        return json.loads(read_text(path))
    except RecursionError:
        raise Unreadable(f"{path}: not JSON that can be read: nested too deeply") from None
    except ValueError as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(f"{path}: not JSON ({error})") from None
