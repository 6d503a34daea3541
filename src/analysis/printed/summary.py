"""A summary that stands alone: each chapter in a paragraph or two, what fell short, what the audit found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.audit.findings import findings
from analysis.audit.findings_text import findings_summary
from analysis.audit.judging import Audit
from analysis.exhibits.layout import Definition
from analysis.exhibits.pair_headlines import REACHED
from analysis.exhibits.parts import Chart, Exhibit
from analysis.exhibits.said import SaidNumber
from analysis.exhibits.sentences import sentences_of_period
from analysis.labels import Catalogue
from analysis.periods import Period
from analysis.printed.printable import ResolvedExhibit
from analysis.printed.sentences import said_number_text, sentence_text
from analysis.printed.untranslated import untranslated
from analysis.printed.wording import declined, inside, label_of
from analysis.quantities import Recorded, change, evaluate

MOST = 3
MATERIAL = "material"
TOLD = 8
# Where the report's folder lists every finding.
FINDINGS_FILE = "audit/findings.docx"


@dataclass(frozen=True)
class Part:
    """A part of the summary: its heading and its paragraphs."""

    title: str
    paragraphs: tuple[str, ...]


def summary_of(
    recorded: Recorded,
    period: Period,
    labels: Catalogue,
    shown: Sequence[tuple[Definition, Exhibit, ResolvedExhibit]],
    audit: Audit,
) -> list[Part]:
    """Return the summary of a report: its chapters in order, then the audit.

    Parameters
    ----------
    recorded : Recorded
    period : Period
    labels : Catalogue
        Of the language, with the record.
    shown : sequence of (Definition, Exhibit, ResolvedExhibit)
        What the report shows, in order.
    audit : Audit
        Of the numbers in print.

    Returns
    -------
    list of Part
        A chapter of which nothing can be said is left out.
    """
    parts = []
    spoken = sentences_of_period(recorded, period)
    for notebook in dict.fromkeys(definition.notebook for definition, _, _ in shown):
        exhibits = [entry for entry in shown if entry[0].notebook == notebook]
        statements = [
            sentence_text(sentence, recorded, labels) for sentence in spoken if sentence.notebook == notebook
        ]
        said = labels("alt.space").join(statements)
        paragraphs = (*([said] if said else []), *shortfalls_and_highlights(exhibits, recorded, labels))
        if paragraphs:
            parts.append(Part(labels(f"notebook.{notebook}"), paragraphs))
    sentences = (findings_summary(audit, labels), *_told(audit, labels))
    foreign = untranslated((exhibit for _, exhibit, _ in shown), audit, labels)
    parts.append(Part(labels("site.what_the_audit_found"), (*sentences, *foreign)))
    return parts


def shortfalls_and_highlights(
    exhibits: Sequence[tuple[Definition, Exhibit, ResolvedExhibit]], recorded: Recorded, labels: Catalogue
) -> tuple[str, ...]:
    """Return what a chapter's exhibits say beyond its sentences: what stayed below, and what stands out.

    Parameters
    ----------
    exhibits : sequence of (Definition, Exhibit, ResolvedExhibit)
        Those of the chapter, in order.
    recorded : Recorded
    labels : Catalogue
        Of the language, with the record.

    Returns
    -------
    tuple of str
        At most two paragraphs.
    """
    return tuple(filter(None, (_below(exhibits, recorded, labels), _outstanding(exhibits, labels))))


def _told(audit: Audit, labels: Catalogue) -> list[str]:
    """Return the material contradictions, the widest first: a sentence each, then how many more there are."""
    standing = findings(audit, labels)
    material = [finding for finding in standing if finding.severity == MATERIAL]
    ungraded = sum(not finding.severity for finding in standing)
    unread = [labels("site.ungraded_findings", number=str(ungraded))] if ungraded else []
    if not material:
        return unread
    shown, more = material[:TOLD], len(material) - TOLD
    sentences = [
        *unread,
        labels("site.material_findings", number=str(len(material))),
        *(finding.sentence for finding in shown),
    ]
    if more > 0:
        sentences.append(
            labels("told.more", number=str(more), title=labels("audit.findings"), file=FINDINGS_FILE)
        )
    english = sum(not finding.translated for finding in shown)
    if english:
        sentences.append(labels("told.in_english", number=str(english)))
    return sentences


def _outstanding(exhibits: Iterable[tuple[Definition, Exhibit, ResolvedExhibit]], labels: Catalogue) -> str:
    """Return what the first exhibits of a chapter say first, each with its title."""
    headlines = [
        labels("label.finding", headline=resolved.headline, title=resolved.title)
        for definition, exhibit, resolved in exhibits
        if exhibit.charts and resolved.headline and "indicator" not in dict(definition.conditions)
    ]
    if not headlines:
        return ""
    items = labels("alt.space").join(labels("label.sentence", text=text) for text in headlines[:MOST])
    return labels("summary.outstanding", items=items)


def _below(
    exhibits: Iterable[tuple[Definition, Exhibit, ResolvedExhibit]], recorded: Recorded, labels: Catalogue
) -> str:
    """Return what stayed below the level to be reached, and by how much; by the first chart that tells."""
    for _, exhibit, _ in exhibits:
        for chart in exhibit.charts:
            if tuple(line.label for line in chart.series) in REACHED:
                short = _short(chart, recorded, labels)
                if short:
                    items = labels("label.list_comma").join(short)
                    before, after = (line.label for line in chart.series)
                    first, second = declined(before, inside(before, labels), labels), labels(after)
                    return labels("summary.below", first=first, second=second, items=items)
    return ""


def _short(chart: Chart, recorded: Recorded, labels: Catalogue) -> list[str]:
    before, after = chart.series
    short = []
    for key, wanted, reached in zip(chart.categories, before.values, after.values, strict=True):
        if wanted is None or reached is None:
            continue
        by = change(wanted, reached)
        value = evaluate(by, recorded)
        if not value.missing and value.value < 0:
            number = said_number_text(SaidNumber(by, 0, signed=True), recorded, labels)
            short.append(labels("summary.by", name=label_of(key, labels, short=True), change=number))
    return short
