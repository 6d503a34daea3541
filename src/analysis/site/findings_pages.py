"""What the audit found, as pages: one that lists the findings, and one for each of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from analysis.audit.findings import Finding, explained_cases, findings
from analysis.audit.findings_text import finding_entries, findings_summary, graded
from analysis.audit.judging import Audit
from analysis.files import write_whole
from analysis.labels import Catalogue
from analysis.site.exhibit_page import templates, whole_page

MATERIAL = "material"


@dataclass(frozen=True)
class ListedFinding:
    """A finding with the name of its page."""

    finding: Finding
    stem: str


def findings_and_stems(audit: Audit, labels: Catalogue) -> tuple[list[ListedFinding], list[ListedFinding]]:
    """Return the findings, gravest first, and the explained cases, each with the stem of its page."""
    standing, set_aside = (
        [ListedFinding(finding, stem_of(finding.id)) for finding in listing(audit, labels)]
        for listing in (findings, explained_cases)
    )
    return standing, set_aside


def pages_of(audit: Audit, labels: Catalogue) -> dict[str, str]:
    """Return the stem of the page of each finding and explained case, by the ids of its claims."""
    return {
        identifier: entry.stem
        for group in findings_and_stems(audit, labels)
        for entry in group
        for identifier in (entry.finding.id, *entry.finding.also_ids)
    }


def stem_of(identifier: str) -> str:
    """Return the file stem of a finding's page: its id with what a path does not bear replaced."""
    return re.sub(r"[^\w.-]+", "-", identifier)


def write_findings_pages(audit: Audit, labels: Catalogue, folder: Path) -> list[Path]:
    """Write ``findings/index.html`` and a page for each finding and explained case.

    Parameters
    ----------
    audit : Audit
    labels : Catalogue
        Of the language, with the record.
    folder : Path
        The report's folder.

    Returns
    -------
    list of Path
        None where the audit found nothing.
    """
    standing, set_aside = findings_and_stems(audit, labels)
    if not standing and not set_aside:
        return []
    by_severity: dict[str, list[ListedFinding]] = {}
    for entry in standing:
        by_severity.setdefault(entry.finding.severity, []).append(entry)
    groups = [
        {"title": graded(entries[0].finding, labels), "listed": entries} for entries in by_severity.values()
    ]
    if set_aside:
        groups.append({"title": labels("audit.explained_cases"), "listed": set_aside})
    title = labels("audit.findings")
    contents = templates().get_template("findings.html.j2")
    body = contents.render(
        labels=labels,
        title=title,
        summary=findings_summary(audit, labels),
        groups=groups,
        in_english=sum(not entry.finding.translated for entry in (*standing, *set_aside)),
    )
    written = [_write(folder / "findings" / "index.html", title, body, labels)]
    every = [*standing, *set_aside]
    for place, entry in enumerate(every):
        template = templates().get_template("finding.html.j2")
        text = template.render(
            labels=labels,
            finding=entry.finding,
            verdict=labels(f"verdict.{entry.finding.verdict}"),
            code=entry.finding.verdict,
            severity=graded(entry.finding, labels),
            entries=finding_entries(entry.finding, labels),
            previous=every[place - 1] if place else None,
            next=every[place + 1] if place + 1 < len(every) else None,
        )
        path = folder / "findings" / f"{entry.stem}.html"
        written.append(_write(path, entry.finding.statement, text, labels))
    return written


def _write(path: Path, title: str, body: str, labels: Catalogue) -> Path:
    text = whole_page(title, body, labels, home="../index.html", script=False)
    return write_whole(path, text.encode("utf-8"))
