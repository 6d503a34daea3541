"""``analysis restyle``: Word files and slides of the package in an organisation's own styles."""

from __future__ import annotations

import argparse
import sys
from functools import partial
from pathlib import Path

from analysis.commands.outputs import write_outputs
from analysis.commands.templates_given import add_house, house_of
from analysis.errors import Misuse
from analysis.running.restyled import RESTYLED, made_by


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the files, the templates, the theme and where the new files go."""
    parser.add_argument(
        "documents", metavar="FILE", nargs="+", help="Word files or slides: report.docx, charts.pptx"
    )
    add_house(parser, required=True)
    parser.add_argument("--output", metavar="FOLDER", required=True, help="folder of the new files")


def _is_same(target: Path, path: Path) -> bool:
    """Whether a file that is to be written is one that is read, by its name or as the same file."""
    return target.resolve() == path.resolve() or (target.exists() and path.exists() and target.samefile(path))


def run(arguments: argparse.Namespace) -> int:
    """Write the files and what made them; print their paths, and the styles that the template lacks."""
    house, folder = house_of(arguments), Path(arguments.output)
    documents = list(map(Path, arguments.documents))
    read = [*documents, *map(Path, [*arguments.template, *([arguments.theme] if arguments.theme else [])])]
    styled: dict[str, tuple[Path, bytes]] = {}
    kept = {}
    for path in documents:
        if path.name in styled or any(map(partial(_is_same, folder / path.name), read)):
            raise Misuse(
                f"{folder / path.name} is one of the files to restyle, a template or the theme, or bears the "
                "name of one to restyle: name another folder"
            )
        content, kept[path.name] = house.styled(path)
        styled[path.name] = path, content
    told = made_by(folder, styled, house, arguments.theme)
    for target in write_outputs(
        folder, {name: content for name, (_, content) in styled.items()} | {RESTYLED: told}
    ):
        print(target)
        if kept.get(target.name):
            print(f"  kept, since the template has none: {', '.join(kept[target.name])}")
    for suffix in house.templates.keys() - {path.suffix.lower() for path in documents}:
        unused = house.templates[suffix]
        print(f"analysis restyle: {unused} is not used: no {suffix} is to be restyled", file=sys.stderr)
    return 0
