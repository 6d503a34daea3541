"""Templates and a theme as commands take them: whose styles a file is to have."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from analysis.errors import Misuse

if TYPE_CHECKING:
    from analysis.office.house import House


def add_house(parser: argparse.ArgumentParser, *, required: bool = False) -> None:
    """Add the templates and the theme."""
    parser.add_argument(
        "--template",
        metavar="FILE",
        action="append",
        default=[],
        required=required,
        help="DOCX or PPTX whose styles, fonts and margins are taken; may be given for each",
    )
    parser.add_argument("--theme", metavar="TOML", help="what of it stands for what: [styles], [layouts]")


def house_of(arguments: argparse.Namespace) -> House | None:
    """Return the templates and the theme that were given, read and checked; None where there are none."""
    if not arguments.template:
        if arguments.theme:
            raise Misuse(f"--theme {arguments.theme} says what a template's styles stand for: add --template")
        return None
    from analysis.office.house import read_house

    return read_house(arguments.template, arguments.theme)
