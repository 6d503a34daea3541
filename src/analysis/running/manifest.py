"""The record of a run: what went in, what came out, by which versions."""

from __future__ import annotations

import json
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from analysis import __version__
from analysis.files import write_whole
from analysis.running.inputs import sums as files_sums
from analysis.running.verify import MANIFEST, RUN, SUMS
from analysis.sources.register import Register

PACKAGES = ("pandas", "numpy", "matplotlib", "seaborn", "nbconvert", "papermill", "babel", "xlsxwriter")


def write_run(folder: Path, made: list[str], taken: int, jobs: int, seconds: float) -> Path:
    """Write ``run.json``: what differs from one run to the next of the same; it stands in no sum.

    Parameters
    ----------
    folder : Path
        The report.
    made : list of str
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
        "made": sorted(made),
        "taken": taken,
    }
    return write_whole(folder / RUN, (json.dumps(about, indent=1) + "\n").encode("utf-8"))


def write_manifest(folder: Path, register: Register, parameters: dict[str, str]) -> Path:
    """Write ``SHA256SUMS`` and, last, ``manifest.json``: parameters, versions, inputs and outputs."""
    (folder / MANIFEST).unlink(missing_ok=True)
    (folder / SUMS).unlink(missing_ok=True)
    sums = files_sums((path for path in folder.rglob("*") if path != folder / RUN), folder)
    listed = "".join(f"{each}  {name}\n" for name, each in sums.items())
    write_whole(folder / SUMS, listed.encode("utf-8"))
    manifest = {
        "parameters": parameters,
        "analysis": __version__,
        "packages": {name: version(name) for name in PACKAGES},
        "inputs": {
            f"data/raw/{entry['path']}": entry["hash"].removeprefix("sha256:")
            for entry in register.resources()
        },
        "outputs": {
            name: {"sha256": each, "bytes": (folder / name).stat().st_size} for name, each in sums.items()
        },
    }
    text = json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"
    return write_whole(folder / MANIFEST, text.encode("utf-8"))
