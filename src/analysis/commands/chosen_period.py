"""The arguments by which most commands are told which period of which organisation is meant."""

from __future__ import annotations

import argparse
import sys

from analysis.periods import Period
from analysis.sources.register import Register


def add_period(parser: argparse.ArgumentParser, *, option: bool = False) -> None:
    """Add the period, as an argument or as an option, and the organisation."""
    words = "for example 2020-21; by default the newest with a report"
    if option:
        parser.add_argument("--biennium", "--period", metavar="PERIOD", help=words)
    else:
        parser.add_argument("biennium", nargs="?", metavar="PERIOD", help=words)
    parser.add_argument(
        "--organisation", default="", metavar="ID", help="whose; by default the project's own (analysis list)"
    )


def chosen_period(register: Register, arguments: argparse.Namespace) -> Period:
    """Return the period that is asked for, or the newest; tell where none of its documents is its own."""
    period = register.period(arguments.biennium, arguments.organisation)
    tell_whose(register, period)
    return period


def tell_whose(register: Register, period: Period) -> None:
    """Tell, beside the answer, that the documents which hold a period are all about another one."""
    holding = register.holding(period)
    if holding and all(document.period != str(period) for document in holding):
        names = ", ".join(f"{document.name} (about {document.period})" for document in holding)
        print(
            f"analysis: no document is about {period} itself; read are those that print some numbers of it: "
            f"{names}",
            file=sys.stderr,
        )
