"""The record of a run: what went in, what came out, by which versions."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from analysis import __version__
from analysis.code import PACKAGE, packages, python
from analysis.files import write_whole
from analysis.running.inputs import checked_out, checksums_below, data_files, files_named, fonts
from analysis.running.verify import ABOUT, MANIFEST, RUN, SUMS

NOTHING: Mapping[str, str] = {}


def write_run(folder: Path, new_work: list[str], taken: int, jobs: int, seconds: float) -> Path:
    """Write ``run.json``: what differs from one run to the next of the same; it stands in no sum.

    Parameters
    ----------
    folder : Path
        The report.
    new_work : list of str
        What was made anew.
    taken : int
        How many files and groups of files were taken from the store.
    jobs : int
        Processes at a time.
    seconds : float
        By the clock.
    """
    about = {
        "ended": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": round(seconds, 2),
        "jobs": jobs,
        "platform": platform.platform(),
        "made": sorted(new_work),
        "taken": taken,
    }
    return write_whole(folder / RUN, (json.dumps(about, indent=1) + "\n").encode("utf-8"))


def made_from(root: Path, language: str, parameters: Mapping[str, str] = NOTHING) -> dict[str, Any]:
    """Return everything that a report in a language is made from, as its manifest tells it.

    Parameters
    ----------
    root : Path
        The project.
    language : str
    parameters : mapping of str to str
        What notebooks are given besides: files outside the project among it are inputs, too.

    Returns
    -------
    dict
        ``analysis`` (version), ``code`` (checksum; commit, and whether anything differed from it, where git
        tells), ``python``, ``packages`` (all that are installed, with versions), ``fonts`` and ``inputs``
        (files of data, notebooks, labels), with checksums.
    """
    code = checksums_below((path for path in PACKAGE.rglob("*") if path.suffix != ".pyc"), PACKAGE)
    return {
        "analysis": __version__,
        "code": {"sha256": hashlib.sha256(repr(code).encode()).hexdigest(), **checked_out(root)},
        "python": python(),
        "packages": packages(),
        "fonts": fonts(language),
        "inputs": {
            **data_files(root),
            **files_named(parameters, root / "notebooks"),
            **checksums_below((root / "notebooks").glob("*.ipynb"), root),
            **checksums_below((PACKAGE / "labels").glob("*.toml"), PACKAGE),
        },
    }


class Origin:
    """What reports are made from at one moment: read once, when it is first asked for.

    Parameters
    ----------
    root : Path
        The project.
    parameters : mapping of str to str
        As of :func:`made_from`.
    """

    def __init__(self, root: Path, parameters: Mapping[str, str]):
        self.root, self.parameters = root, parameters
        self._read: dict[str, Any] = {}

    def of(self, language: str) -> dict[str, Any]:
        """Return what :func:`made_from` returns for a language: fonts are what languages differ by."""
        if not self._read:
            self._read = made_from(self.root, language, self.parameters)
        return self._read | {"fonts": fonts(language)}


def write_manifest(folder: Path, parameters: dict[str, Any], origin: dict[str, Any]) -> Path:
    """Write ``SHA256SUMS`` and, last, ``manifest.json``.

    Parameters
    ----------
    folder : Path
        The report.
    parameters : dict
        What was asked for: whose report, on which period, in which language; ``only`` some notebooks,
        with ``documents`` or not, ``corrected`` or not, and what else a notebook was given.
    origin : dict
        As :func:`made_from` returns it.
    """
    (folder / MANIFEST).unlink(missing_ok=True)
    (folder / SUMS).unlink(missing_ok=True)
    sums = checksums_below((path for path in folder.rglob("*") if path != folder / RUN), folder)
    listed = "".join(f"{digest}  {name}\n" for name, digest in sums.items() if name not in ABOUT)
    write_whole(folder / SUMS, listed.encode("utf-8"))
    manifest = {
        "parameters": parameters,
        **origin,
        "outputs": {
            name: {"sha256": digest, "bytes": (folder / name).stat().st_size} for name, digest in sums.items()
        },
    }
    text = json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"
    return write_whole(folder / MANIFEST, text.encode("utf-8"))
