"""A document that an import was about to replace when it was killed: what was there is put back.

An import sets the former folder aside, beside ``data/raw``, and removes it when the new one is registered.
A folder that is aside when no import runs was left by one that was killed.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from analysis.files import Unreadable, read_json
from analysis.sources.project import DESCRIPTOR, RegisterError

BEFORE, PART = ".before", ".part"


def aside(root: Path, document: str, ending: str = BEFORE) -> Path:
    """Return where an import keeps the former folder of a document, or makes the new one.

    It is beside ``data/raw``: the register takes every folder in that for a document.
    """
    return root / "data" / f".{document}{ending}"


def put_back(root: Path, *, whole: bool = False) -> list[str]:
    """Put back what imports that were killed had set aside; return a line for each document.

    A former folder whose successor is registered is removed, since that import was done; so is a register
    that was not written to its end.

    Parameters
    ----------
    root : Path
        The project. No import runs in it; :func:`analysis.files.alone_in` makes sure of that.
    whole : bool
        Whether a folder that is there whole, but was not registered any more, gives way to the former one. It
        stays for who registers the files as they stand.

    Raises
    ------
    RegisterError
        When neither folder is the registered one.
    """
    told = []
    for unfinished in (root / "data" / "raw").glob(f".{DESCRIPTOR}-*{PART}"):
        unfinished.unlink(missing_ok=True)
    for former in sorted((root / "data").glob(f".*{BEFORE}")):
        document = former.name[1:].removesuffix(BEFORE)
        folder = root / "data" / "raw" / document
        if not folder.exists():
            former.replace(folder)
            told.append(f"{folder}: put back; an import that was to replace it had been stopped")
        elif _is_registered(root, document, folder):
            shutil.rmtree(former)
        elif whole and not _is_registered(root, document, former):
            raise RegisterError(
                f"{folder}: an import was stopped, and neither this folder nor the former one, {former}, is "
                "registered; remove the one that is not wanted"
            )
        elif whole:
            part = aside(root, document, PART)
            shutil.rmtree(part, ignore_errors=True)
            folder.replace(part)
            former.replace(folder)
            told.append(f"{folder}: put back as it was before an import that had been stopped")
    return told


def _is_registered(root: Path, document: str, folder: Path) -> bool:
    """Whether a folder holds the tables that are registered of a document, and no others."""
    try:
        entries = read_json(root / "data" / "raw" / DESCRIPTOR)["resources"]
        registered = {entry["path"]: entry["hash"] for entry in entries if entry["document"] == document}
    except (OSError, Unreadable, KeyError, TypeError):
        return False
    there = {
        f"{document}/{path.relative_to(folder).as_posix()}": hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*.csv")
    }
    return bool(registered) and registered == {path: f"sha256:{digest}" for path, digest in there.items()}
