"""``analysis init``: lay out a project in a new folder, around the record that the package carries."""

from __future__ import annotations

import argparse
import tempfile
from importlib.resources import files
from pathlib import Path

from analysis import __version__
from analysis.files import write_whole
from analysis.sources.organisations import in_language
from analysis.sources.project import CARRIED, carried
from analysis.sources.register import Register


def _is_left_out(name: str) -> bool:
    return name.startswith(".") or name in ("processed", "__pycache__")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the folder."""
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="a folder that is new, or empty")


def run(arguments: argparse.Namespace) -> int:
    """Copy the record, the vintages, the notebooks and the examples; write a README; return 0."""
    folder = init(arguments.folder)
    print(f"{folder}: a project with the record of analysis {__version__}. Next:")
    print(f"  cd {arguments.folder}\n  analysis list\n  analysis reproduce")
    return 0


def init(folder: Path) -> Path:
    """Lay out a project, whole or not at all.

    Parameters
    ----------
    folder : Path
        New, or empty; folders above it are made.

    Raises
    ------
    FileExistsError
        When the folder holds something already.
    NotADirectoryError
        When a file has that name.
    RegisterError
        When the package carries no record.
    """
    source, target = carried(), folder.resolve()
    if target.is_file():
        raise NotADirectoryError(f"{folder} is a file: name a folder that is new, or empty")
    if target.is_dir() and any(target.iterdir()):
        raise FileExistsError(f"{folder} holds something already: name a folder that is new, or empty")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".init-", dir=target.parent) as unfinished:
        project = Path(unfinished) / "project"
        project.mkdir()
        for name in CARRIED:
            for path in sorted((source / name).rglob("*")):
                place = path.relative_to(source)
                if path.is_file() and not any(map(_is_left_out, place.parts)):
                    write_whole(project / place, path.read_bytes())
        templates = files("analysis.commands").joinpath("templates")
        readme = templates.joinpath("project.md").read_text(encoding="utf-8")
        register = Register(project)
        titles = "; ".join(in_language(document.short_title) for document in register.documents.values())
        words = {"version": __version__, "period": str(register.newest()), "documents": titles}
        for name, text in words.items():
            readme = readme.replace(f"{{{name}}}", text)
        write_whole(project / "README.md", readme.encode("utf-8"))
        write_whole(project / ".gitignore", b"/reports/\n/data/processed/\n")
        if target.is_dir():
            target.rmdir()
        project.replace(target)
    return target
