"""What is wrong with a document, kept as long as all that was looked at for it is the same."""

from __future__ import annotations

import json
from dataclasses import astuple
from pathlib import Path

from analysis import cache
from analysis.code import code_of, packages, python
from analysis.commands.sums import Strange, checksums_of_folder
from analysis.sources import descriptor
from analysis.sources.schema import Fault


def faults_kept(folder: Path, document: str) -> list[Fault]:
    """Return what is wrong with a document's files; :func:`analysis.sources.descriptor.faults_of_document`.

    Other documents' numbers are not looked at for it; everything else of the recorded files and of the
    organisations is taken to be.

    Parameters
    ----------
    folder : Path
        ``data/raw``.
    document : str
        Name of its folder.
    """
    key = _key(folder, document)
    content = cache.kept(key) if key else None
    if content is not None:
        return [Fault(*cells) for cells in json.loads(content)]
    faults = descriptor.faults_of_document(folder, document)
    if key and _key(folder, document) == key:
        content_anew = json.dumps([astuple(fault) for fault in faults])
        cache.keep(key, content_anew.encode("utf-8", "surrogatepass"))
    return faults


def _key(folder: Path, document: str) -> str:
    """Return what the faults of a document are kept under; nothing where not all of it can be known."""
    try:
        if cache.folder() is None or folder.is_symlink():
            return ""
        sums = [*checksums_of_folder(folder), *checksums_of_folder(folder.parent / "organisations")]
    except (OSError, Strange):
        return ""
    seen = [f"{path} {checksum}" for path, checksum in sums if not _of_another(Path(path), folder, document)]
    return cache.key("faults", python(), repr(packages()), code_of((descriptor.__name__,)), document, *seen)


def _of_another(path: Path, folder: Path, document: str) -> bool:
    """Whether a file holds the numbers of another document than the one that is looked at."""
    return path.suffix == ".csv" and path.parent.parent == folder and path.parent.name != document
