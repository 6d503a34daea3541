"""``analysis new-report``: the folder of a report that is to be typed, laid out like another."""

from __future__ import annotations

import argparse

from analysis.sources.descriptor import faults_of_document
from analysis.sources.new_report import lay_out, model_of
from analysis.sources.register import Register, RegisterError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the period, the report that it is like, whose it is, and its kind."""
    parser.add_argument("period", metavar="PERIOD", help="what the new report is about, for example 2022-23")
    parser.add_argument("--like", metavar="PERIOD", help="whose layout it follows; by default the newest")
    parser.add_argument(
        "--organisation", default="", metavar="ID", help="whose; by default the project's own"
    )
    parser.add_argument("--kind", default="report", help="kind of document (report)")


def run(arguments: argparse.Namespace) -> int:
    """Write the folder; print it and what to do next."""
    register = Register()
    period = register.organisation(arguments.organisation).calendar.read(arguments.period)
    like = register.period(arguments.like, arguments.organisation)
    model = model_of(register, like, arguments.kind)
    grave = [fault for fault in faults_of_document(register.folder, model.name) if fault.grave]
    if grave:
        raise RegisterError(
            f"{grave[0]}; correct that before a report is laid out like it (`analysis check-data "
            f"{model.name}` tells all)"
        )
    folder, steps = lay_out(register, period, like, arguments.kind)
    print(folder)
    for number, step in enumerate(steps, start=1):
        print(f"{number}. {step}")
    return 0
