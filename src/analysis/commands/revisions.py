"""``analysis revisions``: what one vintage of estimates changed of another, and of the printed report."""

from __future__ import annotations

import argparse
from pathlib import Path

import pandas as pd

from analysis.audit.claims import claims
from analysis.audit.outside import Reprint, Restated
from analysis.audit.revised import NEWEST, Revised, printed_by, statements_by, world_of
from analysis.commands.chosen_period import add_period, chosen_period
from analysis.commands.outputs import write_outputs
from analysis.labels import Catalogue
from analysis.printed.revision_tables import (
    CELLS,
    cells_said,
    failing_said,
    one_sided_said,
    reprints_said,
    reprints_table,
    spans_table,
    statements_said,
    statements_table,
    table_in_words,
    unretrieved_said,
    vintages_table,
    without_number_said,
)
from analysis.printed.spreadsheet_text import csv_of
from analysis.quantities import Recorded
from analysis.running.asked import ParameterError, check_language
from analysis.sources.register import Register
from analysis.sources.vintages import Vintages
from analysis.sources.vintages.described import DESCRIPTOR


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the vintages, what is compared, and where files go."""
    parser.add_argument("first", nargs="?", help="the earlier vintage; without any, the vintages are listed")
    parser.add_argument("second", nargs="?", help="the later vintage")
    parser.add_argument("--indicator", action="append", default=[], help="one indicator; may be repeated")
    parser.add_argument(
        "--area", action="append", default=[], help="World, an ISO3 code or M49:202; may be repeated"
    )
    parser.add_argument(
        "--today", action="store_true", help="what the report would print by the newest vintages"
    )
    add_period(parser, option=True)
    parser.add_argument("--language", default="en", help="language of what is written (en)")
    parser.add_argument("--output", metavar="DIR", help="write every cell and summary there as CSV")


def run(arguments: argparse.Namespace) -> int:
    """Print what moved; return 0."""
    if bool(arguments.first) != bool(arguments.second) or (arguments.first and arguments.today):
        raise ParameterError("name two vintages, or --today alone; without either, vintages are listed")
    _refuse_unread(arguments)
    vintages = Vintages()
    register = Register()
    recorded = register.recorded(chosen_period(register, arguments))
    labels = Catalogue(check_language(arguments.language), recorded)
    if not arguments.first and not arguments.today:
        print(_text(vintages_table(vintages), labels))
        for sentence in (
            *unretrieved_said(vintages, labels),
            *without_number_said(vintages, vintages.names(), labels),
        ):
            print(sentence)
        if vintages.undescribed:
            listed = labels("label.list_separator").join(map(str, vintages.undescribed))
            print(labels("revisions.undescribed", file=DESCRIPTOR, names=listed))
        return 0
    tables: dict[str, pd.DataFrame] = {}
    by_world = NEWEST
    if arguments.first:
        selection = tuple(arguments.indicator), tuple(arguments.area)
        revised = Revised(vintages, arguments.first, arguments.second, *selection)
        by_world = arguments.second
        tables |= _print_cells(revised, labels)
    world = world_of(vintages, by_world)
    reprints = printed_by(recorded, world)
    statements = statements_by(claims(recorded, register), recorded, world)
    if arguments.indicator:
        if not arguments.first:
            _refuse_unprinted(arguments.indicator, reprints)
        reprints = [reprint for reprint in reprints if reprint.indicator in arguments.indicator]
    tables["reprinted"] = _print_reprints(reprints, labels)
    tables["statements"] = _print_statements(statements, recorded, labels)
    if arguments.output:
        contents = {f"{name}.csv": csv_of(table).encode("utf-8") for name, table in tables.items()}
        for path in write_outputs(Path(arguments.output), contents):
            print(path)
    return 0


def _refuse_unread(arguments: argparse.Namespace) -> None:
    """Refuse options that what is asked for does not take, as they would change nothing."""
    taken = ("output", "indicator", "area") if arguments.first else ("output", "indicator")
    for name in ("output", "indicator", "area"):
        if getattr(arguments, name) and not (name in taken and (arguments.first or arguments.today)):
            either = "" if name == "area" else ", or with --today"
            raise ParameterError(f"--{name}: goes with two vintages{either}; leave it out, or name them")


def _refuse_unprinted(indicators: list[str], reprints: list[Reprint]) -> None:
    """Refuse an indicator of which the documents print nothing that a vintage could tell anew."""
    printed = sorted({reprint.indicator for reprint in reprints})
    for indicator in indicators:
        if indicator not in printed:
            raise ParameterError(
                f"the documents print nothing of the indicator {indicator}; they do of {', '.join(printed)}"
            )


def _print_cells(revised: Revised, labels: Catalogue) -> dict[str, pd.DataFrame]:
    cells = revised.cells
    print(" → ".join(labels.document(name) for name in (revised.first, revised.second)))
    print(cells_said(cells, labels))
    pair = (revised.first, revised.second)
    for sentence in (
        *one_sided_said(revised.one_sided, labels),
        *without_number_said(revised.vintages, pair, labels),
    ):
        print(sentence)
    tables = {"revisions": cells}
    if len(cells):
        tables |= {
            "revisions_by_indicator": revised.summary("indicator"),
            "revisions_by_horizon": revised.summary("indicator", "horizon"),
        }
        world, every = revised.largest(world=True)[CELLS], revised.largest()[CELLS]
        for name, table in (
            ("by_indicator", tables["revisions_by_indicator"]),
            ("by_span", spans_table(cells, labels)),
            ("largest_world", world),
            ("largest", every),
        ):
            if len(table) and not (name == "largest" and every.equals(world)):
                print(f"\n{labels(f'revisions.{name}')}\n{_text(table, labels)}")
    return tables


def _print_reprints(reprints: list[Reprint], labels: Catalogue) -> pd.DataFrame:
    rows = reprints_table(reprints, labels)
    differing = rows[[reprint.differs for reprint in reprints]]
    print(f"\n{reprints_said(reprints, labels)}")
    if len(differing):
        print(_text(differing, labels))
    return rows


def _print_statements(statements: list[Restated], recorded: Recorded, labels: Catalogue) -> pd.DataFrame:
    rows = statements_table(statements, recorded, labels)
    print(f"\n{statements_said(statements, labels)}")
    for sentence in failing_said(statements, recorded, labels):
        print(f"  {sentence}")
    return rows


def _text(table: pd.DataFrame, labels: Catalogue) -> str:
    return table_in_words(table, labels).to_string(index=False)
