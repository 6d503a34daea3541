"""Search over everything: exhibits and cells, every printed number, every finding; without a server."""

from __future__ import annotations

import json
from collections.abc import Sequence

from markupsafe import Markup

from analysis.audit.findings_text import graded
from analysis.audit.judging import Audit
from analysis.audit.listing import listing
from analysis.audit.statements import bare_number_text
from analysis.labels import Catalogue
from analysis.printed.printable import ResolvedExhibit
from analysis.site.exhibit_page import templates, whole_page
from analysis.site.findings_pages import findings_and_stems

EXHIBIT, NUMBER, FINDING = "exhibit", "number", "finding"


def search_page(audit: Audit, labels: Catalogue, exhibits: Sequence[ResolvedExhibit]) -> str:
    """Return the page that searches a report.

    An entry is kind, title, text, verdict and address. A number's text ends with its id, and has no address
    of its own: the search for its id is its permanent link.
    """
    entries = [*_exhibits(exhibits), *_findings(audit, labels), *_numbers(audit, labels)]
    text = json.dumps(entries, ensure_ascii=False, separators=(",", ":"))
    safe = text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    template = templates().get_template("search.html.j2")
    body = template.render(labels=labels, number=bare_number_text(len(entries), labels), entries=Markup(safe))
    return whole_page(labels("site.search"), body, labels, asset="search.js")


def _exhibits(exhibits: Sequence[ResolvedExhibit]) -> list[list[str]]:
    entries = []
    for exhibit in exhibits:
        words = [*exhibit.notes, *exhibit.missing]
        if exhibit.table:
            words += [label for row in exhibit.table.rows for label in row.labels]
            words += [cell.text for row in exhibit.table.rows for cell in row.cells]
        for chart in exhibit.charts:
            words += [*chart.categories, *(text for series in chart.series for text in series.texts)]
        title = f"{exhibit.number} {exhibit.title}".strip()
        all_text = " ".join(dict.fromkeys(filter(None, words)))
        entries.append([EXHIBIT, title, all_text, "", f"exhibits/{exhibit.id}.html"])
    return entries


def _findings(audit: Audit, labels: Catalogue) -> list[list[str]]:
    entries = []
    for group in findings_and_stems(audit, labels):
        for entry in group:
            finding = entry.finding
            parts = (finding.sentence, finding.printed, finding.cause, finding.id)
            words = " · ".join(filter(None, parts))
            grade = graded(finding, labels) or labels(f"verdict.{finding.verdict}")
            address = f"findings/{entry.stem}.html"
            entries.append([FINDING, finding.statement, words, grade, address])
    return entries


def _numbers(audit: Audit, labels: Catalogue) -> list[list[str]]:
    entries = []
    for row in listing(audit, labels).itertuples():
        words = " · ".join(filter(None, (row.printed, row.locator, row.id)))
        entries.append([NUMBER, row.statement, words, labels(f"verdict.{row.verdict}"), ""])
    return entries
