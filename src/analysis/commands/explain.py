"""``analysis explain``: trace one number to its sentence, formulas, inputs and verdict."""

from __future__ import annotations

import argparse

from analysis.audit.claims import ClaimError
from analysis.audit.explain import UnknownNumber, explain
from analysis.audit.opening import open_audit
from analysis.commands.chosen_period import add_period, period_of
from analysis.labels import Catalogue
from analysis.running.asked import ParameterError, check_language
from analysis.sources.register import Register, RegisterError

MISUSE = (ParameterError, RegisterError, UnknownNumber, ValueError)
FAILURES = (ClaimError,)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what is asked for, the biennium and the language."""
    parser.add_argument(
        "number", help="an id (DOCUMENT/TABLE/ROW) or a number as printed (896, 35%%, 6.725亿)"
    )
    add_period(parser, option=True)
    parser.add_argument("--language", default="en", help="language of the statements (en)")


def run(arguments: argparse.Namespace) -> int:
    """Print every claim that prints the number."""
    register = Register()
    biennium = period_of(register, arguments)
    audit = open_audit(register, biennium)
    labels = Catalogue(check_language(arguments.language), audit.recorded)
    print(explain(audit, arguments.number, labels))
    return 0
