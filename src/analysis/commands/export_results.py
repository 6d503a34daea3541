"""``analysis export results --format iati``: a document's results as IATI XML, validated."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from analysis.commands.outputs import write_outputs
from analysis.exchange.folder import read_tables
from analysis.exchange.iati_writing import unwritten, validate, write_iati
from analysis.exchange.published import BASELINE, STATED, Published
from analysis.exchange.recorded import published_of
from analysis.exchange.typed import published_of_typed
from analysis.exhibits.named import OUTPUT_INDICATORS
from analysis.framework import Framework
from analysis.periods import Period
from analysis.running.asked import check_language
from analysis.sources.register import REPORT, Document, Register, RegisterError

ACTIVITIES = "activities.csv"


def _published(register: Register, document: Document, period: Period, language: str) -> Published:
    """Return what a document states: as it was imported, or of a typed one its targets and results."""
    tables = read_tables(register, document.name)
    if ACTIVITIES in tables:
        return published_of(tables, language)
    recorded, owner = register.recorded(period), register.organisation(period.organisation)
    rows = recorded[OUTPUT_INDICATORS].records if OUTPUT_INDICATORS in recorded else ()
    activity = f"{owner.iati or owner.id}-{period}"
    stated = _of_period(rows, document, period)
    return published_of_typed(stated, Framework.of(recorded), activity, document.title, language)


def _of_period(
    rows: Iterable[Mapping[str, str]], document: Document, period: Period
) -> list[Mapping[str, str]]:
    """Return the targets and results of a period, and the levels before; refuse where there are none of it.

    A report that prints the results of one period may hold other figures of the one before.
    """
    stated = [row for row in rows if row.get("measure") in STATED]
    about = {row["period"] for row in stated if row["measure"] != BASELINE}
    if about and str(period) not in about:
        raise RegisterError(
            f"{document.name} states no targets or results of {period}; it states those of "
            f"{', '.join(sorted(about))}: name that with --period"
        )
    return [row for row in stated if row["measure"] == BASELINE or row["period"] == str(period)]


def export_results(arguments: argparse.Namespace) -> int:
    """Write one file for each of the period's reports, and say what was left out and whether it is valid."""
    language = check_language(arguments.language)
    register = Register()
    period = register.period(arguments.biennium, arguments.organisation)
    organisation = register.organisation(period.organisation)
    if period.calendar.financial:
        raise RegisterError(
            f"IATI asks for the first and the last day of {period}, and nothing says on which day a "
            f"financial year of {organisation.id} begins: import its results with their dates"
        )
    for document in register.principal(period):
        if document.kind != REPORT:
            continue
        published = _published(register, document, period, language)
        content = write_iati(published, organisation.iati or organisation.id, organisation.name)
        if arguments.schema:
            validate(content, Path(arguments.schema))
        print(*write_outputs(Path(arguments.output), {f"{document.name}-{language}.xml": content}))
        skipped = unwritten(published)
        if skipped:
            print(f"left out: {skipped} results without a number", file=sys.stderr)
        if not arguments.schema:
            print("not validated: name the folder of IATI's schema with --schema", file=sys.stderr)
    return 0
