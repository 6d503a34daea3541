"""``analysis export``: exhibits in one format, size and language, for one purpose."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from analysis.commands.chosen_period import add_period, chosen_period
from analysis.commands.outputs import write_outputs
from analysis.commands.templates_given import add_house, house_of
from analysis.exhibits.choosing import choose_exhibits
from analysis.exhibits.layout import make
from analysis.labels import Catalogue, languages
from analysis.office.export import CHART_FORMATS, TABLE_FORMATS, ExportError, SizeError, export_one
from analysis.pictures.sheet import SIZES
from analysis.printed.resolve import resolve
from analysis.sources.register import Register

RESULTS, IATI = "results", "iati"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the exhibits and how they are wanted."""
    forms = list(dict.fromkeys((*CHART_FORMATS, *TABLE_FORMATS)))
    parser.add_argument(
        "exhibits",
        metavar="EXHIBIT",
        nargs="+",
        help="id (analysis list), 'Figure 10', 'chapter 2', a pattern as 'results_*'; or results",
    )
    parser.add_argument("--document", default="", metavar="NAME", help="whose number, where several have it")
    parser.add_argument("--format", default="png", choices=[*forms, IATI], help="default: png; results: iati")
    parser.add_argument("--size", default="", choices=list(SIZES), help="of pictures; default: full")
    parser.add_argument("--language", default="en", help=f"one of {', '.join(languages())}; default: en")
    add_period(parser, option=True)
    add_house(parser)
    parser.add_argument("--schema", metavar="FOLDER", help="IATI's schema, to validate against")
    parser.add_argument("--chart", default="", metavar="ID", help="one chart of an exhibit that has several")
    parser.add_argument("--output", default=".", metavar="FOLDER", help="default: the working folder")


def run(arguments: argparse.Namespace) -> int:
    """Write the files and print their paths."""
    if (arguments.exhibits == [RESULTS]) != (arguments.format == IATI):
        raise ExportError(f"all results are exported as --format {IATI}, and nothing else is")
    _refuse_unread(arguments)
    if arguments.format == IATI:
        from analysis.commands.export_results import export_results

        return export_results(arguments)
    house = house_of(arguments)
    if house and f".{arguments.format}" not in house.templates:
        raise ExportError(f"{arguments.format} takes no styles from {', '.join(arguments.template)}")
    register = Register()
    biennium = chosen_period(register, arguments)
    recorded = register.recorded(biennium)
    labels = Catalogue(arguments.language, recorded)
    chosen, named = choose_exhibits(arguments.exhibits, recorded, arguments.document)
    contents: dict[str, bytes] = {}
    left_out: dict[str, str] = {}
    for identifier, definition in chosen.items():
        resolved = resolve(make(definition, recorded, biennium), recorded, labels)
        wanted = (arguments.format, arguments.size, arguments.chart, str(biennium))
        try:
            contents |= export_one(resolved, *wanted)
        except SizeError:
            raise
        except ExportError as error:
            if identifier in named:
                raise
            left_out[identifier] = str(error)
    if not contents:
        raise ExportError(f"none of {len(chosen)} exhibits: {next(iter(left_out.values()))}")
    if house:
        contents = {name: house.of_content(name, content) for name, content in contents.items()}
    for path in write_outputs(Path(arguments.output), contents):
        print(path)
    for reason in left_out.values():
        print(f"left out: {reason}", file=sys.stderr)
    if left_out:
        print(f"{len(left_out)} of {len(chosen)} exhibits are left out", file=sys.stderr)
    return 0


def _refuse_unread(arguments: argparse.Namespace) -> None:
    """Refuse options that what is written does not have, as they would change nothing."""
    of_exhibits = ("document", "size", "chart", "template", "theme")
    for name in of_exhibits if arguments.format == IATI else ("schema",):
        if getattr(arguments, name):
            other = "exhibits" if arguments.format == IATI else f"--format {IATI}"
            raise ExportError(f"--{name} is of {other}; {arguments.format} has none: leave it out")
