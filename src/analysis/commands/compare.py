"""``analysis compare``: two periods side by side, with changes and what changed beside the numbers."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from analysis.commands.outputs import write_outputs
from analysis.errors import Misuse
from analysis.exhibits.comparing import compare, of_table
from analysis.labels import Catalogue
from analysis.printed.compared import compared_csv, counts_of_compared, line, title
from analysis.running.asked import ParameterError, check_language
from analysis.sources.register import Register


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add both periods, whose they are, the language, and the file to write."""
    parser.add_argument("before", metavar="BEFORE", help="the earlier period, for example 2018-19")
    parser.add_argument("after", metavar="AFTER", nargs="?", help="the later; by default the newest")
    parser.add_argument(
        "--organisation", default="", metavar="ID", help="whose; by default the project's own"
    )
    parser.add_argument("--language", default="en", help="language of the titles (en)")
    parser.add_argument("--output", metavar="FILE", help="write a CSV file with every number exactly")


def run(arguments: argparse.Namespace) -> int:
    """Print the numbers that both periods print, or write them to a file."""
    if arguments.output and Path(arguments.output).suffix.lower() != ".csv":
        raise Misuse(f"--output {arguments.output}: expected a name ending in .csv")
    register = Register()
    before, after = (
        register.period(text, arguments.organisation) for text in (arguments.before, arguments.after)
    )
    if before >= after:
        raise ParameterError(f"{before} is not before {after}: name the earlier period first")
    later = register.recorded(after)
    labels = Catalogue(check_language(arguments.language), later)
    comparison = compare(register.recorded(before), before, later, after, register.between(before, after))
    if arguments.output:
        path = Path(arguments.output)
        content = compared_csv(comparison, labels).encode("utf-8")
        for written in write_outputs(path.parent, {path.name: content}, "another file with --output"):
            print(written)
    else:
        for table, numbers in of_table(comparison):
            print(f"\n{title(table, labels)}")
            for number in numbers:
                shown = line(number, comparison, labels)
                words = labels(f"compared.{'line_changed' if shown.warnings else 'line'}", **shown._asdict())
                print(f"  {words}")
    print(" ".join(counts_of_compared(comparison, labels)), file=sys.stderr)
    return 0
