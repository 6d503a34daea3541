"""The workbook's first sheet: findings, the gravest first, then what is explained, each on one row."""

from __future__ import annotations

from analysis.audit.findings import Finding, explained_cases, findings, graded
from analysis.audit.judging import Audit
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

COLUMNS = (
    ("number", 5),
    ("verdict", 14),
    ("severity", 11),
    ("statement", 46),
    ("document", 26),
    ("place", 26),
    ("printed", 26),
    ("computed", 24),
    ("rule", 26),
    ("cause", 46),
    ("undecided", 40),
    ("review", 30),
    ("also", 30),
    ("claim", 34),
)
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
        page.write_number(number, 0, number, wrap)
        for column, (name, _) in enumerate(COLUMNS[1:], start=1):
            page.write_string(number, column, texts[name], coloured[verdict] if name == "verdict" else wrap)
    page.freeze_panes(1, 4)
    page.autofilter(0, 0, max(len(listed), 1), len(COLUMNS) - 1)
    printed_on_pages(page)


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


def printed_on_pages(page) -> None:
    """Set a sheet up for paper: landscape A4, as wide as a page, headings on each, pages numbered."""
    page.set_landscape()
    page.set_paper(9)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_footer("&L&A&R&P / &N")
