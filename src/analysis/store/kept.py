"""Work whose outcome is kept: done once for the same code, input, labels, versions and fonts."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from analysis.labels.watching import watched
from analysis.store.entries import Store

FOLDER, FRESH, SALT = "ANALYSIS_STORE", "ANALYSIS_STORE_FRESH", "ANALYSIS_STORE_SALT"
"""Environment variables by which a run tells its processes where the store is; without, nothing is kept."""
new_work: list[str] = []
taken: list[str] = []
"""Names of what this process made, and of what it took from the store."""


def store() -> Store | None:
    """Return the store of the run that this process belongs to."""
    if FOLDER not in os.environ:
        return None
    folder, fresh, salt = (os.environ[name] for name in (FOLDER, FRESH, SALT))
    return Store(Path(folder), salt, Path(fresh))


def told_to_processes(store: Store) -> dict[str, str]:
    """Return the environment by which processes find a store."""
    return {FOLDER: str(store.folder), FRESH: str(store.fresh), SALT: store.salt}


def kept_files(
    name: str, inputs: object, code: str, make: Callable[[], dict[str, bytes]]
) -> dict[str, bytes]:
    """Return the files that some work makes, from the store when it was done before.

    Parameters
    ----------
    name : str
        What is made; part of the key.
    inputs : object
        Everything that the work is given; what it is stands in its ``repr``.
    code : str
        Checksum of the code that it runs through (``analysis.code.code_of``).
    make : callable
        Does the work; returns files by name. What it raises is not kept.
    """
    there = store()
    if there is None:
        return make()
    digest = hashlib.sha256(repr(inputs).encode("utf-8", "surrogatepass")).hexdigest()
    key = there.key(name, digest, code)
    files = there.get(key)
    if files is not None:
        taken.append(name)
        return files
    with watched() as labels:
        files = make()
    there.put(key, files, labels)
    new_work.append(name)
    return files
