"""``analysis explain``: what a number in print comes to, in three lines."""

from __future__ import annotations

import argparse
import sys

from analysis.audit.explain import explain
from analysis.audit.opening import open_audit, without_claims
from analysis.commands.chosen_period import add_period, chosen_period
from analysis.labels import Catalogue
from analysis.running.asked import check_language
from analysis.sources.register import Register


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what is asked for, the biennium and the language."""
    parser.add_argument(
        "number", help="an id (DOCUMENT/TABLE/ROW) or a number as printed (896, 35%%, 6.725亿)"
    )
    add_period(parser, option=True)
    parser.add_argument("--inputs", action="store_true", help="list what each check reads")
    parser.add_argument(
        "--formulas", action="store_true", help="show notation, pandas code and spreadsheet formula"
    )
    parser.add_argument("--language", default="en", help="language of the statements (en)")


def run(arguments: argparse.Namespace) -> int:
    """Print what is printed, what it comes to, why, and what is undecided."""
    register = Register()
    named = None if arguments.biennium else register.period_of_id(arguments.number)
    biennium = named or chosen_period(register, arguments)
    audit = open_audit(register, biennium)
    for sentence in without_claims(register, audit.recorded):
        print(sentence, file=sys.stderr)
    labels = Catalogue(check_language(arguments.language), audit.recorded)
    options = {"inputs": arguments.inputs, "formulas": arguments.formulas}
    print(explain(audit, arguments.number, labels, **options))
    return 0
