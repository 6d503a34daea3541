"""``analysis export``: one exhibit, in one format, size and language, for one purpose."""

from __future__ import annotations

import argparse
from pathlib import Path

from analysis.commands.chosen_period import add_period, period_of
from analysis.commands.export_results import export_results
from analysis.exchange.iati_writing import SchemaError
from analysis.exhibits.catalogue import find
from analysis.exhibits.layout import make
from analysis.files import write_whole
from analysis.labels import Catalogue, LabelError, languages
from analysis.office.export import CHART_FORMATS, TABLE_FORMATS, ExportError, export_one
from analysis.pictures.fonts import FontError
from analysis.pictures.sheet import SIZES
from analysis.printed.resolve import resolve
from analysis.sources.register import Register, RegisterError
from analysis.tables.word_tables import MissingPackage

RESULTS, IATI = "results", "iati"
MISUSE = (ExportError, LabelError, LookupError, ValueError)
FAILURES = (FontError, SchemaError, MissingPackage, RegisterError, OSError)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the exhibit and how it is wanted."""
    forms = list(dict.fromkeys((*CHART_FORMATS, *TABLE_FORMATS)))
    parser.add_argument("exhibit", metavar="EXHIBIT", help="id of an exhibit (analysis list), or results")
    parser.add_argument("--format", default="png", choices=[*forms, IATI], help="default: png; results: iati")
    parser.add_argument("--size", default="full", choices=list(SIZES), help="of pictures; default: full")
    parser.add_argument("--language", default="en", help=f"one of {', '.join(languages())}; default: en")
    add_period(parser, option=True)
    parser.add_argument("--schema", metavar="FOLDER", help="IATI's schema, to validate against")
    parser.add_argument("--chart", default="", metavar="ID", help="one chart of an exhibit that has several")
    parser.add_argument("--output", default=".", metavar="FOLDER", help="default: the working folder")


def run(arguments: argparse.Namespace) -> int:
    """Write the files and print their paths."""
    if (arguments.exhibit == RESULTS) != (arguments.format == IATI):
        raise ExportError(f"all results are exported as --format {IATI}, and nothing else is")
    if arguments.exhibit == RESULTS:
        return export_results(arguments)
    register = Register()
    biennium = period_of(register, arguments)
    recorded = register.recorded(biennium)
    exhibit = make(find(arguments.exhibit, recorded), recorded, biennium)
    resolved = resolve(exhibit, recorded, Catalogue(arguments.language, recorded))
    for name, content in export_one(resolved, arguments.format, arguments.size, arguments.chart).items():
        print(write_whole(Path(arguments.output) / name, content))
    return 0
