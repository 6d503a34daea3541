"""Files of an audit: the claims as CSV, the auditor's workbook, the findings for Word."""

from __future__ import annotations

import warnings
from fractions import Fraction
from itertools import groupby
from pathlib import Path

from analysis.audit.findings import findings
from analysis.audit.findings_text import finding_entries, findings_summary
from analysis.audit.judging import Audit
from analysis.audit.listing import checks, listing, totals, write_csv
from analysis.audit.statements import bare_number_text
from analysis.audit.workbook import write_workbook
from analysis.files import write_whole
from analysis.labels import Catalogue
from analysis.periods import Period
from analysis.printed.printable import ResolvedCell, ResolvedColumn, ResolvedRow, ResolvedTable
from analysis.tables.fitting import fit
from analysis.tables.word_tables import MissingPackage, add_grid, document_bytes, new_document

CLAIMS, CHECKS, WORKBOOK, FINDINGS = "claims.csv", "checks.csv", "audit.xlsx", "findings.docx"


def write_audit(audit: Audit, labels: Catalogue, biennium: Period, folder: Path) -> list[Path]:
    """Write the files of an audit into a folder.

    Parameters
    ----------
    audit : Audit
    labels : Catalogue
        Of the language, with the record.
    biennium : Period
    folder : Path
        Made when it is not there.

    Returns
    -------
    list of Path
        ``claims.csv``, ``checks.csv``, ``audit.xlsx`` and ``findings.docx``; the last is left out with a
        warning where python-docx is not installed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    title = labels("audit.with_period", title=labels("audit.title"), period=biennium.printed)
    written = [
        write_csv(listing(audit, labels), folder / CLAIMS),
        write_csv(checks(audit, labels), folder / CHECKS),
        write_workbook(audit, labels, title, folder / WORKBOOK),
    ]
    try:
        report = findings_document(audit, labels, biennium)
    except MissingPackage as missing:
        (folder / FINDINGS).unlink(missing_ok=True)
        warnings.warn(f"{FINDINGS} is left out: {missing}", stacklevel=2)
        return written
    write_whole(folder / FINDINGS, report)
    return [*written, folder / FINDINGS]


def findings_document(audit: Audit, labels: Catalogue, biennium: Period) -> bytes:
    """Return the findings as a Word document: summary, totals, and each finding under its severity.

    Raises
    ------
    MissingPackage
        When python-docx is not installed.
    """
    title = labels("audit.with_period", title=labels("audit.findings"), period=biennium.printed)
    document = new_document(title, labels.language)
    document.add_heading(title, level=0)
    document.add_paragraph(findings_summary(audit, labels))
    document.add_paragraph(labels("audit.reading"))
    _add_totals(document, audit, labels)
    numbered = enumerate(findings(audit, labels), start=1)
    for severity, group in groupby(numbered, key=lambda entry: entry[1].severity):
        document.add_heading(labels(f"severity.{severity or 'none'}"), level=1)
        for number, finding in group:
            document.add_heading(f"{number}. {finding.statement}", level=2)
            for head, text in finding_entries(finding, labels):
                paragraph = document.add_paragraph(style="List Bullet")
                paragraph.add_run(labels("label.meaning", shorthand=head, meaning="")).bold = True
                paragraph.add_run(text)
    return document_bytes(document)


def _add_totals(document, audit: Audit, labels: Catalogue) -> None:
    """Append how many numbers of each document have each verdict, a verdict on each row."""
    counted = totals(audit, labels).T
    total = labels("label.total")

    def cell(number: int) -> ResolvedCell:
        text = bare_number_text(int(number), labels)
        return ResolvedCell(Fraction(int(number)), text, "computed", "count", 0)

    table = ResolvedTable(
        "totals",
        "",
        labels("audit.title"),
        "",
        labels("audit.title"),
        (labels("audit.verdict"),),
        tuple(ResolvedColumn(str(name), "", "", str(name), False) for name in counted.columns),
        tuple(
            ResolvedRow((str(name),), (str(name),), tuple(map(cell, row)), total=name == total)
            for name, *row in counted.itertuples()
        ),
        (),
        (),
        "",
        labels.language,
    )
    add_grid(document, table, fit(table))
