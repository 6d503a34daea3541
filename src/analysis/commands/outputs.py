"""What a command writes into a folder that is not its own: nobody's file is replaced.

A hidden file of the folder tells which files were written, by their checksums. What stands there as it was
written gives way to what is written next; what somebody else has put there, or changed, does not.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from analysis.errors import Misuse
from analysis.files import Unreadable, read_json, write_whole

RECORD = ".written-by-analysis.json"
_MOST = 3


def write_outputs(folder: Path, contents: Mapping[str, bytes]) -> list[Path]:
    """Write files into a folder, all or none; return their paths.

    Parameters
    ----------
    folder : Path
        Made when it is not there.
    contents : mapping of str to bytes
        Names to what is to stand in the files.

    Raises
    ------
    Misuse
        When a file is there that was not written so before, or was changed since, and is another than the one
        that is to be written.
    """
    before = _recorded(folder)
    foreign = [name for name, content in contents.items() if _is_foreign(folder / name, content, before)]
    if foreign:
        more = f" and {len(foreign) - _MOST} more" if len(foreign) > _MOST else ""
        what = "changed since it was written" if foreign[0] in before else "not written by this command"
        raise Misuse(
            f"{', '.join(str(folder / name) for name in foreign[:_MOST])}{more}: there already, and {what}; "
            "move it away, or name another folder with --output"
        )
    written = [write_whole(folder / name, content) for name, content in contents.items()]
    sums = before | {name: _digest(content) for name, content in contents.items()}
    text = json.dumps({"files": dict(sorted(sums.items()))}, indent=1, ensure_ascii=False)
    write_whole(folder / RECORD, f"{text}\n".encode())
    return written


def _is_foreign(path: Path, content: bytes, before: Mapping[str, str]) -> bool:
    if not path.exists() and not path.is_symlink():
        return False
    if path.is_symlink() or not path.is_file():
        return True
    there = path.read_bytes()
    return there != content and _digest(there) != before.get(path.name)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _recorded(folder: Path) -> dict[str, str]:
    """Return the checksums of what was written, by name; nothing where no record can be read."""
    try:
        files = read_json(folder / RECORD)["files"]
        return {name: str(digest) for name, digest in files.items()}
    except (OSError, Unreadable, KeyError, TypeError, AttributeError):
        return {}
