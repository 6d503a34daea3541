"""What stands beside the recorded files and is read with them: a file that was registered is missed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from analysis.files import Unreadable, read_json
from analysis.sources.project import DESCRIPTOR, RegisterError
from analysis.sources.schema import Fault

BESIDE = "beside"
"""The key of the descriptor that names the files, below ``data``."""
READ = (
    "*.csv",
    "claims/*.csv",
    "estimates/*.csv",
    "estimates/*/datapackage.json",
    "links/*.csv",
    "organisations/*.toml",
    "terms/*.csv",
    "transcriptions/**/*.csv",
)
"""What is read beside the record. None is needed: only one that was there once is missed."""
_NEXT = "restore it, or run `analysis register`, which takes the files as they stand"


def files_beside(data: Path) -> list[str]:
    """Return the files beside the recorded ones, as the descriptor names them.

    Parameters
    ----------
    data : Path
        The folder ``data`` of a project.
    """
    paths = {path.relative_to(data) for pattern in READ for path in data.glob(pattern) if path.is_file()}
    return sorted(path.as_posix() for path in paths if not any(part.startswith(".") for part in path.parts))


def names_beside(descriptor: Any) -> list[str]:
    """Return the files that a descriptor names beside the record; none where it was written without them.

    Raises
    ------
    ValueError
        When they are not texts.
    """
    names = descriptor.get(BESIDE, []) if isinstance(descriptor, dict) else []
    if not isinstance(names, list) or not all(isinstance(name, str) and "\0" not in name for name in names):
        raise ValueError(f"{BESIDE}: expected a list of files")
    return names


def names_missed(data: Path, descriptor: Any, within: str = "") -> list[str]:
    """Return the registered files beside the record that are not there.

    Parameters
    ----------
    data : Path
    descriptor : dict
    within : str
        What their names begin with.
    """
    names = (name for name in names_beside(descriptor) if name.startswith(within))
    return [name for name in names if not (data / name).exists()]


def refuse_missed(data: Path, descriptor: Any, within: str = "") -> None:
    """Raise where a registered file beside the record is not there.

    Raises
    ------
    RegisterError
        The message names the first, and counts the others.
    """
    gone = names_missed(data, descriptor, within)
    if gone:
        more = f", nor is {gone[1]}" if len(gone) == 2 else f", nor are {len(gone) - 1} others"
        more = more if len(gone) > 1 else ""
        raise RegisterError(f"{data / gone[0]}: registered, but not there{more}; {_NEXT}")


def missed_faults(root: Path) -> Iterator[Fault]:
    """Yield the registered files beside the record that are not there, for who checks all files."""
    for name in names_missed(root / "data", descriptor_as_written(root)):
        yield Fault(f"data/{name}", 0, "", "nothing, though it is registered", f"the file: {_NEXT}")


def descriptor_as_written(root: Path) -> Any:
    """Return the descriptor of a project's record as it stands; nothing where it cannot be read."""
    try:
        descriptor = read_json(root / "data" / "raw" / DESCRIPTOR)
        names_beside(descriptor)
    except (OSError, Unreadable, ValueError):
        return {}
    return descriptor
