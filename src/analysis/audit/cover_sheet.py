"""The workbook's cover: how it is read, how many numbers have which verdict, and what it rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from analysis.audit.findings_text import corrections_said
from analysis.audit.judging import Audit
from analysis.audit.paper import on_pages
from analysis.audit.verdicts import VERDICTS
from analysis.labels import Catalogue

STUB, VERDICT, SHA = 50, 16, 68


def write_cover(book, page, title: str, audit: Audit, labels: Catalogue, cells: Mapping[str, str]) -> None:
    """Write the cover; its counts are formulas over the sheet of claims.

    Parameters
    ----------
    book : xlsxwriter.Workbook
    page : xlsxwriter.Worksheet
    title : str
    audit : Audit
    labels : Catalogue
        Of the language, with the record.
    cells : mapping
        Where the claims' ``kind``, ``document`` and ``verdict`` stand, as references of whole columns.
    """
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    last = len(VERDICTS) + 1
    page.hide_gridlines(2)
    page.set_column(0, 0, STUB)
    page.set_column(1, len(VERDICTS), VERDICT)
    page.set_column(last, last, SHA)
    page.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 16}))
    opening = [*(labels(f"how.{number}") for number in range(1, 8)), *corrections_said(audit, labels)]
    for number, text in enumerate(opening, start=1):
        page.merge_range(number, 0, number, len(VERDICTS), text, wrap)
        page.set_row(number, 32)
    top = _totals(page, len(opening) + 2, audit, labels, cells, (head, wrap)) + 2
    for column, name in ((0, "statement"), (1, "document"), (last, "sha")):
        page.write_string(top, column, labels(f"audit.{name}"), head)
    every = [(table.name, source) for table in audit.recorded.values() for source in table.sources]
    for number, (name, source) in enumerate(every, start=top + 1):
        meaning = labels(f"table.{name}") if f"table.{name}" in labels else source.title
        page.write_string(number, 0, labels("label.meaning", shorthand=name, meaning=meaning), wrap)
        page.write_string(number, 1, source.symbol)
        page.write_string(number, last, f"{source.path} {source.sha256}", wrap)
    on_pages(page, (STUB, *[VERDICT] * len(VERDICTS)), top + len(every) + 1, headed=False)


def _totals(page, top: int, audit: Audit, labels: Catalogue, cells: Mapping[str, str], formats: tuple) -> int:
    """Write how many numbers of each document have each verdict; return the last row."""
    recorded, (head, wrap) = audit.recorded, formats
    counted = Counter(
        (recorded[judgement.claim.table].source_of(judgement.claim.row).document, judgement.verdict)
        for judgement in audit.judgements
    )
    documents = dict.fromkeys(document for document, _ in counted)
    for number, verdict in enumerate(VERDICTS, start=1):
        page.write_string(top, number, labels(f"verdict.{verdict}"), head)
    for row, document in enumerate(documents, start=top + 1):
        named = labels("label.in_brackets", first=labels.document(document), second=document)
        page.write_string(row, 0, named, wrap)
        page.set_row(row, 30)
        for number, verdict in enumerate(VERDICTS, start=1):
            test = f'{cells["kind"]},"{labels("audit.of_number")}",'
            test += f'{cells["document"]},"{document}",{cells["verdict"]},"{labels(f"verdict.{verdict}")}"'
            page.write_formula(row, number, f"=COUNTIFS({test})", None, counted[document, verdict])
    return top + len(documents)
