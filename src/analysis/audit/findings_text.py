"""Findings as text: how many there are of which verdict, the entries of each in their order, and Markdown."""

from __future__ import annotations

from collections import Counter

from analysis.audit.findings import Finding, explained_cases, findings
from analysis.audit.judging import WAYS, Audit
from analysis.audit.statements import bare_number_text
from analysis.audit.verdicts import EXPLAINED, REPRODUCED, ROUNDING, VERDICTS
from analysis.labels import Catalogue
from analysis.labels.agreement import small

LONGEST_SENTENCE = 900
"""Signs of what a number follows from; where a sentence would be longer, its inputs are listed instead."""


def findings_summary(audit: Audit, labels: Catalogue) -> str:
    """Return how many numbers have each verdict, how they were reproduced, and what whole tables show.

    Of a corrected record, what was corrected comes last.
    """
    separator = labels("label.list_separator")

    def listed(kind: str, counted: Counter, order: tuple[str, ...]) -> str:
        return separator.join(
            labels("label.in_brackets", first=small(labels(f"{kind}.{name}")), second=str(counted[name]))
            for name in order
        )

    verdicts = Counter(judgement.verdict for judgement in audit.judgements)
    ways = Counter(judgement.way for judgement in audit.judgements)
    rounded = sum(table.verdict == ROUNDING for table in audit.tables)
    agreeing = rounded + sum(table.verdict == REPRODUCED for table in audit.tables)
    return " ".join(
        (
            labels(
                "audit.summary",
                claims=bare_number_text(len(audit.judgements), labels),
                verdicts=listed("verdict", verdicts, VERDICTS),
            ),
            labels("audit.ways", ways=listed("way", ways, WAYS)),
            labels("audit.tables", tables=str(len(audit.tables)), held=str(agreeing), rounding=str(rounded)),
            *corrections_said(audit, labels),
        )
    )


def corrections_said(audit: Audit, labels: Catalogue) -> list[str]:
    """Return what was corrected of the record before it was judged, a sentence each."""
    return [
        labels("audit.corrected", id=entry.id, printed=entry.printed, corrected=entry.corrected)
        for entry in audit.recorded.corrections
    ]


def findings_markdown(audit: Audit, labels: Catalogue, period: str) -> str:
    """Return the findings of a biennium as a Markdown page.

    Parameters
    ----------
    audit : Audit
    labels : Catalogue
        Of the language, with the record.
    period : str
        The biennium as in print.
    """
    title, opening = f"# {labels('audit.findings')}, {period}", findings_summary(audit, labels)
    return "\n".join((title, "", opening, "", listed_markdown(audit, labels)))


def listed_markdown(audit: Audit, labels: Catalogue) -> str:
    """Return the findings alone as Markdown, and how they are to be read."""
    lines = [labels("audit.reading")]
    severity = None
    for number, finding in enumerate(findings(audit, labels), start=1):
        if finding.severity != severity:
            severity = finding.severity
            lines += ["", f"## {graded(finding, labels)}"]
        lines += ["", f"### {number}. {finding.statement}", ""]
        lines += _bullets(finding, labels)
    set_aside = explained_cases(audit, labels)
    if set_aside:
        lines += ["", f"## {labels('audit.explained_cases')}", "", labels("audit.explained_reading")]
    for finding in set_aside:
        lines += ["", f"### {finding.statement}", ""]
        lines += _bullets(finding, labels)
    return "\n".join(lines) + "\n"


def _bullets(finding: Finding, labels: Catalogue) -> list[str]:
    return [
        f"- {labels('label.meaning', shorthand=f'**{head}**', meaning=text)}"
        for head, text in finding_entries(finding, labels)
    ]


def graded(finding: Finding, labels: Catalogue) -> str:
    """Return a finding's severity in words: that none is on record, too; nothing of an explained case."""
    if finding.verdict == EXPLAINED:
        return ""
    return labels(f"severity.{finding.severity or 'none'}")


def finding_entries(finding: Finding, labels: Catalogue) -> list[tuple[str, str]]:
    """Return a finding's entries, heading and text, in the order in which they are read."""
    separator = labels("label.list_separator")
    where = separator.join((finding.document, finding.place))
    spoken = 0 < len(finding.follows) <= LONGEST_SENTENCE
    follows = finding.follows if spoken else separator.join(finding.inputs)
    listed = (
        ("printed", separator.join(text for text in (finding.printed, where) if text)),
        ("computed", finding.computed),
        ("follows", follows),
        ("rule", finding.rule),
        ("explanation" if finding.verdict == EXPLAINED else "cause", finding.cause),
        ("undecided", finding.undecided),
        ("review", finding.review),
        ("also", separator.join(finding.also)),
        ("claim", finding.id),
    )
    return [(labels(f"audit.{key}"), text) for key, text in listed if text]
