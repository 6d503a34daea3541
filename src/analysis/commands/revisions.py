"""``analysis revisions``: what one vintage of estimates changed of another, and of the printed report."""

from __future__ import annotations

import argparse
from pathlib import Path

import pandas as pd

from analysis.audit.claims import ClaimError, claims
from analysis.audit.outside import Reprint, Restated
from analysis.audit.revised import NEWEST, Revised, printed_by, statements_by, world_of
from analysis.audit.statements import statement
from analysis.commands.chosen_period import add_period, period_of
from analysis.files import write_whole
from analysis.labels import Catalogue
from analysis.printed.numerals import printed
from analysis.quantities import Recorded
from analysis.rounding import as_fraction
from analysis.running.asked import ParameterError, check_language
from analysis.sources.register import Register, RegisterError
from analysis.sources.vintages import VintageError, Vintages

MISUSE = (ParameterError, RegisterError, VintageError, ValueError)
FAILURES = (ClaimError, OSError)

NUMBERS = {
    "before": 2, "after": 2, "revision": 2, "mean": 3, "standard_error": 3, "mean_absolute": 3,
    "largest": 2, "up": 0, "turned": 1,
}  # fmt: skip
"""Decimals of the columns of numbers."""


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
    vintages = Vintages()
    register = Register()
    recorded = register.recorded(period_of(register, arguments))
    labels = Catalogue(check_language(arguments.language), recorded)
    if bool(arguments.first) != bool(arguments.second) or (arguments.first and arguments.today):
        raise ParameterError("name two vintages, or --today alone; without either, vintages are listed")
    if not arguments.first and not arguments.today:
        print(_listed(vintages, labels))
        return 0
    folder = Path(arguments.output) if arguments.output else None
    by_world = NEWEST
    if arguments.first:
        asked = tuple(arguments.indicator), tuple(arguments.area)
        revised = Revised(vintages, arguments.first, arguments.second, *asked)
        by_world = arguments.second
        _print_cells(revised, labels, folder)
    world = world_of(vintages, by_world)
    reprints = printed_by(recorded, world)
    statements = statements_by(claims(recorded, register), recorded, world)
    if arguments.indicator:
        reprints = [each for each in reprints if each.indicator in arguments.indicator]
    _print_reprints(reprints, labels, folder)
    _print_statements(statements, recorded, labels, folder)
    return 0


def _listed(vintages: Vintages, labels: Catalogue) -> str:
    rows = [
        {"vintage": name, "date": vintages[name].date, "edition": vintages[name].edition,
         "title": vintages[name].title}
        for name in vintages.names()
    ]  # fmt: skip
    return _text(pd.DataFrame(rows), labels)


def _print_cells(revised: Revised, labels: Catalogue, folder: Path | None) -> None:
    cells = revised.cells
    print(f"{revised.vintages[revised.first].title} → {revised.vintages[revised.second].title}")
    told = {name: str(number) for name, number in cells.attrs.items()}
    print(labels("revisions.cells", cells=str(len(cells)), moved=str(int(cells["moved"].sum())), **told))
    tables = {"revisions": cells}
    if len(cells):
        tables |= {
            "revisions_by_indicator": revised.summary("indicator"),
            "revisions_by_horizon": revised.summary("indicator", "horizon"),
        }
        keys = ["indicator", "sex", "age", "area", "period", "before", "after", "revision"]
        world, every = revised.largest(world=True)[keys], revised.largest()[keys]
        for name, table in (
            ("by_indicator", tables["revisions_by_indicator"]),
            ("largest_world", world),
            ("largest", every),
        ):
            if len(table) and not (name == "largest" and every.equals(world)):
                print(f"\n{labels(f'revisions.{name}')}\n{_text(table, labels)}")
    for name, table in tables.items():
        _written(table, folder, name)


def _print_reprints(reprints: list[Reprint], labels: Catalogue, folder: Path | None) -> None:
    rows = pd.DataFrame(
        {
            "indicator": [each.indicator for each in reprints],
            "sex": [each.sex for each in reprints],
            "age": [each.age for each in reprints],
            "period": [each.period for each in reprints],
            "printed": [each.text for each in reprints],
            "now": ["" if each.now is None else str(each.now) for each in reprints],
            "sure": ["" if each.now is None else labels(f"label.{'yes' if each.sure else 'no'}")
                     for each in reprints],
        }
    )  # fmt: skip
    differing = rows[[each.differs for each in reprints]]
    held = sum(each.now is not None for each in reprints)
    told = {"count": str(len(differing)), "held": str(held), "all": str(len(rows))}
    print(f"\n{labels('revisions.reprinted', **told)}")
    if len(differing):
        print(_text(differing, labels))
    _written(rows, folder, "reprinted")


def _print_statements(
    statements: list[Restated], recorded: Recorded, labels: Catalogue, folder: Path | None
) -> None:
    failing = [each for each in statements if each.fails]
    undecided = sum(each.undecided for each in statements)
    told = {"count": str(len(failing)), "decided": str(len(statements) - undecided)}
    print(f"\n{labels('revisions.statements', undecided=str(undecided), **told)}")
    for each in failing:
        print(f"  {each.claim.id}: {statement(each.claim, recorded, labels)}")
    rows = pd.DataFrame(
        {
            "claim": [each.claim.id for each in statements],
            "statement": [statement(each.claim, recorded, labels) for each in statements],
            "as_printed": [each.before.verdict for each in statements],
            "by_vintage": [each.after.verdict for each in statements],
        }
    )
    _written(rows, folder, "statements")


def _text(table: pd.DataFrame, labels: Catalogue) -> str:
    """Return a table as text: numbers in the language's form, headings and codes in its words."""
    shown = table.copy()
    locale = labels("language.locale")
    for name in shown.columns.intersection(list(NUMBERS)):
        shown[name] = [
            "" if pd.isna(number) else printed(as_fraction(float(number)), NUMBERS[name], locale)
            for number in shown[name]
        ]
    for name, kind in (("indicator", "decent_work"), ("sex", "sex"), ("age", "age")):
        if name in shown:
            shown[name] = [
                labels(f"{kind}.{code}") if f"{kind}.{code}" in labels else code for code in shown[name]
            ]
    shown.columns = [labels(f"revision_column.{name}") for name in shown.columns]
    return shown.to_string(index=False)


def _written(table: pd.DataFrame, folder: Path | None, name: str) -> None:
    if folder is not None:
        content = table.to_csv(index=False, lineterminator="\n").encode("utf-8")
        print(write_whole(folder / f"{name}.csv", content))
