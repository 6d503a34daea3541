"""``analysis restyle``: Word files and slides of the package in an organisation's own styles."""

from __future__ import annotations

import argparse
from pathlib import Path

from analysis.commands.templates_given import add_house, house_of
from analysis.errors import Misuse
from analysis.files import write_whole


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the files, the templates, the theme and where the new files go."""
    parser.add_argument(
        "documents", metavar="FILE", nargs="+", help="Word files or slides: report.docx, charts.pptx"
    )
    add_house(parser, required=True)
    parser.add_argument("--output", metavar="FOLDER", required=True, help="folder of the new files")


def run(arguments: argparse.Namespace) -> int:
    """Write the files and print their paths, with the styles that the template has none for."""
    house = house_of(arguments)
    contents = {}
    for name in map(Path, arguments.documents):
        target = Path(arguments.output) / name.name
        if target.exists() or target in contents:
            raise Misuse(f"{target} is there already: name another folder")
        contents[target] = house.styled(name)
    for target, (content, kept) in contents.items():
        print(write_whole(target, content))
        if kept:
            print(f"  kept, since the template has none: {', '.join(kept)}")
    return 0
