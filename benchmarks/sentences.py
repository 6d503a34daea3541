"""Every distinct sentence that the package generates of a period in a language, and a sample of them to read.

Run as ``python -m benchmarks.sentences fr --number 100 --seed 2021``: a table of kind, exhibit and text.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import sys
from collections.abc import Iterator

from analysis.audit.findings_text import findings_summary
from analysis.audit.opening import open_audit
from analysis.exhibits.catalogue import definitions
from analysis.exhibits.layout import make
from analysis.exhibits.sentences import sentences_of_period
from analysis.labels import Catalogue
from analysis.printed.resolve import resolve
from analysis.printed.sentences import sentence_text
from analysis.printed.summary import summary_of
from analysis.sources.register import Register

FIELDS = ("kind", "about", "text")
DIGITS = re.compile(r"\d+")


def sentences(register: Register, period: str, language: str) -> Iterator[tuple[str, str, str]]:
    """Yield kind, exhibit and text of headlines, captions, notes, sentences and the summary."""
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
        yield from (("missing", resolved.id, text) for text in resolved.missing)
    yield from (
        ("sentence", each.name, sentence_text(each, recorded, labels))
        for each in sentences_of_period(recorded, asked)
    )
    audit = open_audit(register, asked, recorded)
    for part in summary_of(recorded, asked, labels, shown, audit)[:-1]:
        yield from (("summary", part.title, text) for text in part.paragraphs[1:])
    yield "audit", "", findings_summary(audit, labels)


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
        rows = random.Random(asked.seed).sample(rows, asked.number)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("number", *FIELDS))
    writer.writerows((number, *row) for number, row in enumerate(rows, 1))


if __name__ == "__main__":
    main()
