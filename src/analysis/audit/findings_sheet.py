"""The workbook's first sheet: findings, the gravest first, then what is explained, each on one row."""

from __future__ import annotations

from analysis.audit.findings import Finding, explained_cases, findings
from analysis.audit.findings_text import graded
from analysis.audit.judging import Audit
from analysis.audit.paper import HEAD, height, on_pages
from analysis.audit.verdicts import (
    DISCREPANCY,
    EXPLAINED,
    INPUT,
    NOT_RECOMPUTABLE,
    REPRODUCED,
    ROUNDING,
    UNCHECKED,
)
from analysis.labels import Catalogue

# Two pages across: what is found where, then why. What stands after them is not printed.
ON_PAPER = (
    ("number", 5),
    ("verdict", 13),
    ("severity", 10),
    ("statement", 34),
    ("document", 24),
    ("place", 22),
    ("printed", 18),
    ("computed", 24),
    ("rule", 20),
    ("cause", 56),
    ("undecided", 48),
    ("claim", 34),
    ("review", 30),
)
COLUMNS = (*ON_PAPER, ("also", 60))
WIDTHS = tuple(width for _, width in ON_PAPER)
# Fill and text of a verdict's cell; the word stands in it, so that nothing is told by colour alone.
COLOURS = {
    REPRODUCED: ("#E3F1E6", "#14532D"),
    ROUNDING: ("#EAF3E6", "#14532D"),
    DISCREPANCY: ("#FBE3E0", "#7F1D1D"),
    EXPLAINED: ("#FCF1D6", "#713F12"),
    INPUT: ("#E6EDF5", "#1E3A5F"),
    UNCHECKED: ("#EDEDED", "#333333"),
    NOT_RECOMPUTABLE: ("#EDEDED", "#333333"),
}


def write_findings(book, page, audit: Audit, labels: Catalogue) -> None:
    """Write the sheet of findings.

    Parameters
    ----------
    book : xlsxwriter.Workbook
    page : xlsxwriter.Worksheet
    audit : Audit
    labels : Catalogue
        Of the language, with the record.
    """
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    coloured = {
        verdict: book.add_format(
            {"bg_color": COLOURS[verdict][0], "font_color": COLOURS[verdict][1], "valign": "top"}
        )
        for verdict in (DISCREPANCY, EXPLAINED)
    }
    for column, (name, width) in enumerate(COLUMNS):
        page.set_column(column, column, width)
        page.write_string(0, column, labels(f"findings_sheet.{name}"), head)
    listed = [*findings(audit, labels), *explained_cases(audit, labels)]
    for number, finding in enumerate(listed, start=1):
        verdict = finding.verdict
        texts = _texts(finding, labels)
        page.set_row(number, height([texts[name] for name, _ in ON_PAPER[1:]], WIDTHS[1:]))
        page.write_number(number, 0, number, wrap)
        for column, (name, _) in enumerate(COLUMNS[1:], start=1):
            page.write_string(number, column, texts[name], coloured[verdict] if name == "verdict" else wrap)
    page.freeze_panes(1, 4)
    page.autofilter(0, 0, max(len(listed), 1), len(COLUMNS) - 1)
    on_pages(page, WIDTHS, len(listed) + 1, repeated=0)
    page.set_row(0, HEAD)


def _texts(finding: Finding, labels: Catalogue) -> dict[str, str]:
    return {
        "verdict": labels(f"verdict.{finding.verdict}"),
        "severity": graded(finding, labels),
        "statement": finding.statement,
        "document": finding.document,
        "place": finding.place,
        "printed": finding.printed,
        "computed": finding.computed,
        "rule": finding.rule,
        "cause": finding.cause,
        "undecided": finding.undecided,
        "review": finding.review,
        "also": "\n".join(finding.also),
        "claim": finding.id,
    }
