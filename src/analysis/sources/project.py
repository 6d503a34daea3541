"""Where the record stands: a project of your own, or the one that is installed with the package."""

from __future__ import annotations

import os
from pathlib import Path

DESCRIPTOR = "datapackage.json"
PACKAGE = Path(__file__).resolve().parents[1]
INSTALLED = PACKAGE / "installed"
ESTIMATES_ELSEWHERE = "ANALYSIS_ESTIMATES"
"""Environment variable that names folders of vintages outside the project, separated as paths are."""
CARRIED = ("data", "notebooks", "examples")
"""Folders of a project that the wheel carries, under ``analysis/installed``."""


class RegisterError(RuntimeError):
    """The register and the files on disk do not agree, or a period is not registered."""


def holds_record(folder: Path) -> bool:
    """Whether a folder is a project: whether it holds a register, or organisations whose first is to come."""
    data = folder / "data"
    return (data / "raw" / DESCRIPTOR).exists() or (
        (data / "raw").is_dir() and (data / "organisations").is_dir()
    )


def project_root() -> Path:
    """Return the folder that holds ``data/raw``.

    It is ``ANALYSIS_ROOT``; or the nearest above the working folder; or the checkout that the package runs
    from; or else what is installed with the package.

    Raises
    ------
    RegisterError
        When there is none.
    """
    named = os.environ.get("ANALYSIS_ROOT")
    start = Path(named) if named else Path.cwd()
    candidates = [start] if named else [start, *start.parents, PACKAGE.parents[1], INSTALLED]
    for folder in candidates:
        if holds_record(folder):
            return folder
    raise RegisterError(
        f"no data/raw/{DESCRIPTOR} in {start}{'' if named else ' or above it'}: "
        "run from a project, set ANALYSIS_ROOT to one, or lay one out with `analysis init FOLDER`"
    )


def estimates_elsewhere() -> list[Path]:
    """Return the folders of vintages outside the project, which the environment names, in full."""
    named = os.environ.get(ESTIMATES_ELSEWHERE, "")
    return [Path(part).absolute() for part in named.split(os.pathsep) if part]


def carried() -> Path:
    """Return the folder that a new project is copied from: what is installed, or the checkout.

    Raises
    ------
    RegisterError
        When neither is there.
    """
    for folder in (INSTALLED, PACKAGE.parents[1]):
        if holds_record(folder):
            return folder
    raise RegisterError(f"{INSTALLED} holds no record: the package is not installed whole; install it again")
