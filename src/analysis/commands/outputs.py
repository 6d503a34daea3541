"""What a command writes into a folder that is not its own: nobody's file is replaced.

A hidden file of the folder tells which files were written, by their checksums. What stands there as it was
written gives way to what is written next; what somebody else has put there, or changed, does not.
"""

from __future__ import annotations

import errno
import hashlib
import json
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path

from analysis.errors import Misuse
from analysis.files import Unreadable, alone_in, read_json, write_whole

RECORD = ".written-by-analysis.json"
ELSEWHERE = "another folder with --output"
_MOST = 3


def write_outputs(folder: Path, contents: Mapping[str, bytes], elsewhere: str = ELSEWHERE) -> list[Path]:
    """Write files into a folder, all or none; return their paths.

    Parameters
    ----------
    folder : Path
        Made when it is not there.
    contents : mapping of str to bytes
        Names to what is to stand in the files; a name may have folders in it (``tables/one.csv``).
    elsewhere : str
        What is to be named instead, where a file is refused.

    Raises
    ------
    Misuse
        As of :func:`refuse_foreign`.
    """
    with _held(folder):
        refuse_foreign(folder, contents, elsewhere)
        sums, written = _recorded(folder), []
        try:
            for name, content in contents.items():
                written.append(write_whole(folder / name, content))
                sums[name] = _digest(content)
        except OSError:
            with suppress(OSError):  # what was written before a disk was full is its own, too
                _note(folder, sums)
            raise
        _note(folder, sums)
    return written


def _held(folder: Path) -> AbstractContextManager[None]:
    """Keep others from writing into a folder meanwhile, where it is there or can be made."""
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    return alone_in(folder) if folder.is_dir() else nullcontext()


def _note(folder: Path, sums: Mapping[str, str]) -> None:
    if sums:
        text = json.dumps({"files": dict(sorted(sums.items()))}, indent=1, ensure_ascii=False)
        write_whole(folder / RECORD, f"{text}\n".encode())


def refuse_foreign(folder: Path, contents: Mapping[str, bytes], elsewhere: str = ELSEWHERE) -> None:
    """Refuse to write over what is not one's own.

    Parameters
    ----------
    folder, contents, elsewhere
        As of :func:`write_outputs`.

    Raises
    ------
    Misuse
        When a file is there that was not written so before, or was changed since, and is another than the one
        that is to be written.
    NotADirectoryError
        When a file stands where a folder is to be.
    """
    before = _recorded(folder)
    for name in contents:
        for parent in (folder / name).relative_to(folder).parents:
            if (folder / parent).exists() and not (folder / parent).is_dir():
                reason = f"{folder / parent} is a file, not a folder"
                raise NotADirectoryError(errno.ENOTDIR, reason, str(folder / name))
    foreign = [
        name
        for name, content in contents.items()
        if _is_foreign(folder / name, content, before.get(name, ""))
    ]
    if foreign:
        more = f" and {len(foreign) - _MOST} more" if len(foreign) > _MOST else ""
        raise Misuse(
            f"{', '.join(str(folder / name) for name in foreign[:_MOST])}{more}: there already, and "
            f"{_why_foreign(folder, foreign[0], before)}; move it away, or name {elsewhere}"
        )


def _why_foreign(folder: Path, name: str, before: Mapping[str, str]) -> str:
    if name in before:
        return "changed since it was written"
    if (folder / RECORD).exists():
        return "not written by this command"
    return "no record tells that this command wrote it (earlier versions kept none)"


def _is_foreign(path: Path, content: bytes, before: str) -> bool:
    if not path.exists() and not path.is_symlink():
        return False
    if path.is_symlink() or not path.is_file():
        return True
    there = path.read_bytes()
    return there != content and _digest(there) != before


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _recorded(folder: Path) -> dict[str, str]:
    """Return the checksums of what was written, by name; nothing where no record can be read."""
    try:
        files = read_json(folder / RECORD)["files"]
        return {name: str(digest) for name, digest in files.items()}
    except (OSError, Unreadable, KeyError, TypeError, AttributeError):
        return {}
