"""``analysis site``: write a report's site anew, or the page that links all biennia and languages."""

from __future__ import annotations

import argparse
import sys
from functools import partial
from pathlib import Path

from analysis.commands.chosen_period import add_period, chosen_period
from analysis.errors import Misuse
from analysis.running.asked import check_language
from analysis.running.language_run import CORRECTED
from analysis.running.site_again import write_site_anew
from analysis.sources.register import Register


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add biennium, language, all, and the folder of all reports."""
    add_period(parser)
    parser.add_argument("--language", default="en", help="language of the site (en)")
    parser.add_argument("--all", action="store_true", help="link all biennia and languages that there are")
    parser.add_argument("--corrected", action="store_true", help="of the report on corrected numbers")
    parser.add_argument("--output", metavar="DIR", help="folder of all reports (reports)")


def run(arguments: argparse.Namespace) -> int:
    """Write the pages and print where they are."""
    from analysis.site.writing import write_contents

    if arguments.all and arguments.biennium:
        raise Misuse(
            "--all links the reports that there are; name a period without it to write its site anew"
        )
    register = Register()
    root = Path(arguments.output) if arguments.output else register.root / "reports"
    if arguments.corrected:
        root /= CORRECTED
    if not arguments.all:
        biennium = chosen_period(register, arguments)
        language = check_language(arguments.language)
        folder = write_site_anew(register, biennium, language, root, partial(print, file=sys.stderr))
        print(folder / "index.html")
    print(write_contents(register, root))
    return 0
