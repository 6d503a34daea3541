"""``analysis restyle``: a Word file of the package in an organisation's own styles."""

from __future__ import annotations

import argparse
from pathlib import Path

from analysis.errors import Misuse
from analysis.files import write_whole
from analysis.office.restyling import read_theme, restyled


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the files, the template, the theme and where the new file goes."""
    parser.add_argument("documents", metavar="FILE", nargs="+", help="Word files, for example report.docx")
    parser.add_argument("--template", metavar="DOCX", required=True, help="whose styles, fonts and margins")
    parser.add_argument("--theme", metavar="TOML", help="which of its styles stands for which: [styles]")
    parser.add_argument("--output", metavar="FOLDER", required=True, help="folder of the new files")


def run(arguments: argparse.Namespace) -> int:
    """Write the files and print their paths, with the styles that the template has none for."""
    theme = read_theme(Path(arguments.theme)) if arguments.theme else {}
    made = {}
    for name in map(Path, arguments.documents):
        target = Path(arguments.output) / name.name
        if target.exists() or target in made:
            raise Misuse(f"{target} is there already: name another folder")
        made[target] = restyled(name, Path(arguments.template), theme)
    for target, (content, kept) in made.items():
        print(write_whole(target, content))
        if kept:
            print(f"  kept, since the template has none: {', '.join(kept)}")
    return 0
