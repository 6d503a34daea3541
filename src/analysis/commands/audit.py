"""``analysis audit``: judge every number that the documents print."""

from __future__ import annotations

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis.audit.findings_text import findings_markdown
from analysis.audit.judging import Audit, Check
from analysis.audit.listing import totals
from analysis.audit.mutation import faults, mutation_score
from analysis.audit.opening import open_audit
from analysis.audit.revised import printed_edition
from analysis.audit.transcribed import Numerals
from analysis.audit.verdicts import DISCREPANCY
from analysis.commands.chosen_period import add_period, chosen_period
from analysis.commands.outputs import refuse_foreign, write_outputs
from analysis.labels import Catalogue
from analysis.office.audit_files import write_audit
from analysis.periods import Period
from analysis.printed.revision_tables import outside_said, outside_shown, outside_table
from analysis.quantities import Recorded
from analysis.running.asked import check_language
from analysis.sources.register import Register
from analysis.sources.vintages import Vintages


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add biennium, language, what fails, corrections, and where files go."""
    add_period(parser)
    parser.add_argument("--language", default="en", help="language of what is written (en)")
    parser.add_argument("--fail-on", choices=[DISCREPANCY], help="exit 1 on any discrepancy, known or not")
    parser.add_argument("--corrected", action="store_true", help="apply data/corrections.csv first")
    parser.add_argument(
        "--output", metavar="DIR", help="write claims.csv, audit.xlsx and findings.docx there"
    )
    parser.add_argument("--findings", metavar="DIR", help="write the findings there as <biennium>.md")
    parser.add_argument(
        "--outside",
        action="store_true",
        help="set printed indicators beside published estimates; no verdict moves by it",
    )
    parser.add_argument(
        "--wrong-digits",
        metavar="DIR",
        help="spoil every recorded digit in turn; write there what is noticed, by table and kind",
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the summary; return 1 where a verdict is not the one on record, or if asked on a discrepancy."""
    register = Register()
    biennium = chosen_period(register, arguments)
    recorded = register.recorded(biennium, corrected=arguments.corrected)
    labels = Catalogue(check_language(arguments.language), recorded)
    audit = open_audit(register, biennium, recorded)
    print(totals(audit, labels).to_string())
    wanted: list[tuple[str, str, dict[str, bytes]]] = []
    if arguments.findings:
        page = findings_markdown(audit, labels, biennium.printed).encode("utf-8")
        wanted.append((arguments.findings, "--findings", {f"{biennium}.md": page}))
    if arguments.wrong_digits:
        wanted.append((arguments.wrong_digits, "--wrong-digits", _wrong_digits(register, audit, biennium)))
    files = _outside(register, recorded, labels) if arguments.outside else {}
    if arguments.output:
        wanted.append((arguments.output, "--output", _files_of_audit(audit, labels, biennium) | files))
    for folder, option, contents in wanted:
        refuse_foreign(Path(folder), contents, f"another folder with {option}")
    for folder, _, contents in wanted:
        print("\n".join(map(str, write_outputs(Path(folder), contents))))
    listed = differing(audit, corrected=arguments.corrected)
    for judgement in listed:
        print(f"{judgement.claim.id}: {judgement.verdict}, where {judgement.claim.expected} is on record")
    for document in dict.fromkeys(judgement.claim.id.partition("/")[0] for judgement in listed):
        claims = f"data/claims/{document}.csv"
        if not (register.root / claims).is_file():
            print(
                f"{document}: no verdict is on record yet, so that each number is expected to be reproduced; "
                f"`analysis explain ID` tells why one is not, and {claims} takes the verdicts (CONTRIBUTING)"
            )
    if arguments.fail_on and audit.discrepancies:
        of_tables = sum(judgement.verdict == DISCREPANCY for judgement in audit.tables)
        of_numbers = len(audit.discrepancies) - of_tables
        print(
            f"discrepancies: {of_numbers} printed numbers and comparisons, {of_tables} checks of whole "
            "tables (analysis explain ID tells each)"
        )
        return 1
    return 1 if listed else 0


def _files_of_audit(audit: Audit, labels: Catalogue, biennium: Period) -> dict[str, bytes]:
    with TemporaryDirectory() as folder:
        written = write_audit(audit, labels, biennium, Path(folder))
        return {path.name: path.read_bytes() for path in written}


def _wrong_digits(register: Register, audit: Audit, biennium: Period) -> dict[str, bytes]:
    """Print what is noticed of spoiled digits and return it as a file."""
    numerals = Numerals(register.root / "data" / "transcriptions", audit.recorded)
    score = mutation_score(audit, faults(audit), numerals)
    print(score.to_string(float_format="{:.1%}".format))
    rows = score.to_csv(float_format="%.3f", lineterminator="\n")
    return {f"{biennium}-wrong-digits.csv": rows.encode("utf-8")}


def _outside(register: Register, recorded: Recorded, labels: Catalogue) -> dict[str, bytes]:
    """Print the checks against outside data and return them as a file; no verdict of the audit moves."""
    edition, checks = printed_edition(Vintages(register.root), recorded)
    print(f"\n{outside_said(edition, checks, labels)}")
    rows = outside_table(checks, labels)
    if len(rows) and (rows["how"] != "").any():
        print(outside_shown(rows, labels).to_string(index=False))
    return {"outside.csv": rows.to_csv(index=False, lineterminator="\n").encode("utf-8")}


def differing(audit: Audit, corrected: bool) -> list[Check]:
    """Return the checks that are not on record; of a corrected record, the discrepancies among them."""
    return [check for check in audit.unexpected if not corrected or check.verdict == DISCREPANCY]
