"""The record of a run: what went in, what came out, by which versions."""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import version
from pathlib import Path

from analysis import __version__
from analysis.files import write_whole
from analysis.sources.register import Register

PACKAGES = ("pandas", "numpy", "matplotlib", "seaborn", "nbconvert", "papermill", "babel", "xlsxwriter")


def write_manifest(folder: Path, register: Register, parameters: dict[str, str]) -> Path:
    """Write ``SHA256SUMS`` and, last, ``manifest.json``: parameters, versions, inputs and outputs."""
    (folder / "manifest.json").unlink(missing_ok=True)
    (folder / "SHA256SUMS").unlink(missing_ok=True)
    sums = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    listed = "".join(f"{each}  {name}\n" for name, each in sums.items())
    write_whole(folder / "SHA256SUMS", listed.encode("utf-8"))
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
    return write_whole(folder / "manifest.json", text.encode("utf-8"))
