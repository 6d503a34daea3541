"""A part of the project's data in another folder: what is left out is off the register there."""

import json
import shutil
from collections.abc import Iterable
from pathlib import Path

from analysis.sources.beside_the_record import BESIDE
from analysis.sources.project import DESCRIPTOR


def copy_part(root: Path, target: Path, names: Iterable[str]) -> Path:
    """Copy folders of ``data`` to a project; return it."""
    for name in names:
        shutil.copytree(root / "data" / name, target / "data" / name)
    path = target / "data" / "raw" / DESCRIPTOR
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    descriptor[BESIDE] = [name for name in descriptor[BESIDE] if (target / "data" / name).exists()]
    path.write_text(json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return target
