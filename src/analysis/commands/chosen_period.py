"""The arguments by which most commands are told which period of which organisation is meant."""

from __future__ import annotations

import argparse

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
    """Return the period that is asked for, or the newest."""
    return register.period(arguments.biennium, arguments.organisation)
