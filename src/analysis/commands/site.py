"""``analysis site``: write a report's site anew, or the page that links all biennia and languages."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from analysis.commands.chosen_period import add_period, period_of
from analysis.labels import LabelError
from analysis.running.asked import ParameterError, check_language
from analysis.running.manifest import write_manifest
from analysis.sources.register import Register, RegisterError

MISUSE = (ParameterError, LabelError, RegisterError, ValueError)
FAILURES = (OSError,)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add biennium, language, all, and the folder of all reports."""
    add_period(parser)
    parser.add_argument("--language", default="en", help="language of the site (en)")
    parser.add_argument("--all", action="store_true", help="link all biennia and languages that there are")
    parser.add_argument("--output", metavar="DIR", help="folder of all reports (reports)")


def run(arguments: argparse.Namespace) -> int:
    """Write the pages and print where they are."""
    from analysis.documents import write_site_again
    from analysis.site.writing import write_contents

    register = Register()
    root = Path(arguments.output) if arguments.output else register.root / "reports"
    if not arguments.all:
        biennium = period_of(register, arguments)
        language = check_language(arguments.language)
        folder = root / register.report_folder(biennium, language)
        manifest = folder / "manifest.json"
        if not manifest.is_file():
            raise FileNotFoundError(
                f"no report in {folder}: run `analysis reproduce {biennium} --language {language}` first"
            )
        parameters = json.loads(manifest.read_text(encoding="utf-8"))["parameters"]
        write_site_again(register, biennium, language, folder)
        write_manifest(folder, register, parameters)
        print(folder / "index.html")
    print(write_contents(register, root))
    return 0
