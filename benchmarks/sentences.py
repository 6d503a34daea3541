"""Every distinct sentence that the package generates of a period in a language, and a sample of them to read.

Run as ``python -m benchmarks.sentences fr --number 100 --seed 2021``: a table of kind, exhibit and text.
Of a kind of which there are thousands (explanations, findings) at most ``MOST`` go into the urn.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
from collections.abc import Iterator

from analysis.audit.explain import explain
from analysis.audit.findings import findings
from analysis.audit.findings_text import finding_entries, findings_summary
from analysis.audit.judging import Audit
from analysis.audit.opening import open_audit
from analysis.exhibits.catalogue import definitions
from analysis.exhibits.layout import make
from analysis.exhibits.sentences import sentences_of_period
from analysis.front.report import Report
from analysis.front.section import Section, nothing_stands_out
from analysis.labels import Catalogue
from analysis.printed.opened import OpenRecord, RecordInLanguage
from analysis.printed.resolve import resolve
from analysis.printed.sentences import sentence_text
from analysis.printed.summary import summary_of
from analysis.sources.register import Register

FIELDS = ("kind", "about", "text")
MOST = 120


def sentences(register: Register, period: str, language: str) -> Iterator[tuple[str, str, str]]:
    """Yield kind, exhibit and text of what exhibits, notebooks, summary, findings and explanations say."""
    asked = register.period(period)
    recorded = register.recorded(asked)
    labels = Catalogue(language, recorded)
    shown = []
    for definition in definitions(recorded):
        exhibit = make(definition, recorded, asked)
        resolved = resolve(exhibit, recorded, labels)
        shown.append((definition, exhibit, resolved))
        heads = {chart.headline for chart in resolved.charts} | {resolved.headline}
        yield from (("headline", resolved.id, text) for text in sorted(heads) if text)
        if resolved.table:
            yield "caption", resolved.id, resolved.table.caption
            yield from (("note", resolved.id, note.text) for note in resolved.table.notes)
        yield from (("caption", resolved.id, chart.named) for chart in resolved.charts)
        yield from (("note", chart.id, note.text) for chart in resolved.charts for note in chart.notes)
        yield from (("picture", chart.id, chart.alt) for chart in resolved.charts)
        yield from (("missing", resolved.id, text) for text in resolved.missing)
    yield from (
        ("sentence", each.name, sentence_text(each, recorded, labels))
        for each in sentences_of_period(recorded, asked)
    )
    audit = open_audit(register, asked, recorded)
    for part in summary_of(recorded, asked, labels, shown, audit):
        yield from (("summary", part.title, text) for text in part.paragraphs)
    yield "audit", "", findings_summary(audit, labels)
    yield from _of_the_audit(audit, labels)
    report = Report(RecordInLanguage(OpenRecord(register, asked, recorded), labels))
    yield from _of_notebooks(report, [definition.id for definition, *_ in shown])


def _of_the_audit(audit: Audit, labels: Catalogue) -> Iterator[tuple[str, str, str]]:
    """Yield the findings' sentences and entries, and each explanation's lines."""
    for finding in findings(audit, labels):
        yield "finding", finding.id, finding.sentence
        for head, text in finding_entries(finding, labels):
            if text != finding.id:
                yield "finding", finding.id, labels("label.meaning", shorthand=head, meaning=text)
    for judgement in audit.judgements:
        text = explain(audit, judgement.claim.id, labels)
        yield from (("explain", judgement.claim.id, line) for line in text.splitlines())


def _of_notebooks(report: Report, ids: list[str]) -> Iterator[tuple[str, str, str]]:
    """Yield what a notebook says of the number that it traces."""
    for name in ids:
        exhibit, labels = report.exhibit(name), report.labels
        traced = Section(name, (), (exhibit,), ()).number()
        if traced is not None and not nothing_stands_out(exhibit):
            said = labels("label.finding", headline=exhibit.resolved.headline, title=exhibit.title)
            yield "notebook", name, labels("label.traced", headline=said, number=traced[2])


def distinct(rows: Iterator[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Return the rows whose text stands first, in a fixed order."""
    first: dict[str, tuple[str, str, str]] = {}
    for row in rows:
        first.setdefault(row[2], row)
    return list(first.values())


def main() -> None:
    """Write the sentences, or a sample of them, as CSV to standard output."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("language")
    parser.add_argument("--period", default="2020-21")
    parser.add_argument("--number", type=int, default=0, help="how many to draw; all by default")
    parser.add_argument("--seed", type=int, default=2021)
    asked = parser.parse_args()
    rows = distinct(sentences(Register(), asked.period, asked.language))
    if asked.number:
        urn = random.Random(asked.seed)
        by_kind = {kind: [row for row in rows if row[0] == kind] for kind, *_ in rows}
        rows = [row for each in by_kind.values() for row in urn.sample(each, min(MOST, len(each)))]
        rows = urn.sample(rows, asked.number)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("number", *FIELDS))
    writer.writerows((number, *row) for number, row in enumerate(rows, 1))


if __name__ == "__main__":
    main()
