"""Revisions as tables for readers: numbers in the language's form, codes and headings in its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from analysis.audit.outside import OutsideCheck, Reprint, Restated
from analysis.audit.statements import bare_number_text, number_with_unit, statement
from analysis.audit.verdicts import DISCREPANCY, REPRODUCED
from analysis.labels import Catalogue
from analysis.labels.numerals import printed
from analysis.quantities import Recorded
from analysis.rounding import as_fraction
from analysis.sources.vintages.described import DESCRIPTOR
from analysis.trends.revisions import PROJECTED, SPANS, WORLD, by_span

NUMBERS = {
    "before": 2, "after": 2, "revision": 2, "mean": 3, "standard_error": 3, "mean_absolute": 3,
    "largest": 2, "up": 0, "turned": 1, "value": 2, "low": 2, "high": 2, "coverage": 2, "effect": 2,
    "departure": 2, "rate_first": 2, "rate_last": 2, "change": 2, "rates_part": 2, "composition_part": 2,
}  # fmt: skip
"""Decimals of the columns of numbers."""

PUBLISHED = 3
"""Decimals of a published number beside a printed one."""

DECIMAL = re.compile(r"-?\d+(?:\.\d+)?")
NAMED = 12
"""Indicators or areas that a sentence names; of others it tells the number."""

CELLS = ["indicator", "sex", "age", "area", "period", "before", "after", "revision"]
SPANNED = ["indicator", "span", "cells", "moved", "mean", "mean_absolute", "largest", "turned"]
KINDS = {"indicator": "measured", "sex": "sex", "age": "age", "area": "area"}


def table_in_words(table: pd.DataFrame, labels: Catalogue) -> pd.DataFrame:
    """Return a table as text, with headings and codes in a language's words; a missing number is blank."""
    shown = table.copy()
    locale = labels("language.locale")
    for name in shown.columns.intersection(list(NUMBERS)):
        shown[name] = [
            "" if pd.isna(number) else printed(as_fraction(float(number)), NUMBERS[name], locale)
            for number in shown[name]
        ]
    for name in shown.columns.intersection(["printed", "now"]):
        shown[name] = [_in_digits_of(locale, text) for text in shown[name]]
    for name in shown.columns.intersection(list(KINDS)):
        shown[name] = [_word(f"{KINDS[name]}.{code}", code, labels) for code in shown[name]]
    shown.columns = [labels(f"revision_column.{name}") for name in shown.columns]
    return shown


def _in_digits_of(locale: str, text: str) -> str:
    """Return a recorded number as the language writes it; other words as they are."""
    if not DECIMAL.fullmatch(text):
        return text
    return printed(as_fraction(text), len(text.partition(".")[2]), locale)


def _word(key: str, code: str, labels: Catalogue) -> str:
    if code == WORLD:
        return labels("area.M49:1") if "area.M49:1" in labels else code
    return labels(key) if key in labels else code


def reprints_table(reprints: Sequence[Reprint], labels: Catalogue) -> pd.DataFrame:
    """Return a row for each printed number: as printed, by the vintage, and whether that is sure."""
    answers = {True: labels("label.yes"), False: labels("label.no")}
    return pd.DataFrame(
        {
            "indicator": [reprint.indicator for reprint in reprints],
            "sex": [reprint.sex for reprint in reprints],
            "age": [reprint.age for reprint in reprints],
            "period": [reprint.period for reprint in reprints],
            "printed": [reprint.text for reprint in reprints],
            "now": ["" if reprint.now is None else str(reprint.now) for reprint in reprints],
            "sure": ["" if reprint.now is None else answers[reprint.sure] for reprint in reprints],
        }
    )


def statements_table(statements: Sequence[Restated], recorded: Recorded, labels: Catalogue) -> pd.DataFrame:
    """Return a row for each statement: its words, the number that it prints and the vintage's, both verdicts.

    A comparison has no numbers.
    """
    numbers = [_before_and_now(restated, recorded, labels) for restated in statements]
    return pd.DataFrame(
        {
            "claim": [restated.claim.id for restated in statements],
            "statement": [statement(restated.claim, recorded, labels) for restated in statements],
            "printed": [printed for printed, _ in numbers],
            "now": [now for _, now in numbers],
            "as_printed": [restated.before.verdict for restated in statements],
            "by_vintage": [restated.after.verdict for restated in statements],
        }
    )


def failing_said(statements: Sequence[Restated], recorded: Recorded, labels: Catalogue) -> list[str]:
    """Return the statements that would no longer hold, with places, what they print and what is now."""
    rows = statements_table(statements, recorded, labels)
    return [
        f"{row.claim}: {row.statement}" + (f" ({row.printed} → {row.now})" if row.now else "")
        for row in rows[[restated.fails for restated in statements]].itertuples()
    ]


def _before_and_now(restated: Restated, recorded: Recorded, labels: Catalogue) -> tuple[str, str]:
    value = restated.after.recomputed
    if value is None or value.missing or value.unit == "truth":
        return "", ""
    row = recorded[restated.claim.table].records[restated.claim.row]
    return row.get("printed", ""), number_with_unit(value.value, value.unit, labels, PUBLISHED)


def outside_table(checks: Sequence[OutsideCheck], labels: Catalogue) -> pd.DataFrame:
    """Return a row for each printed number beside the published one, and what sets them apart."""
    rows = [
        {
            "indicator": check.indicator,
            "sex": check.sex,
            "age": check.age,
            "period": check.period,
            "printed": check.text,
            "published": f"{float(check.published.value):.{PUBLISHED}f}",
            "vintage": check.vintage.partition(".")[2],
            "how": labels(f"outside.{check.how or check.verdict}") if check.verdict != REPRODUCED else "",
        }
        for check in checks
    ]
    return pd.DataFrame(rows)


def outside_shown(rows: pd.DataFrame, labels: Catalogue) -> pd.DataFrame:
    """Return the rows of :func:`outside_table` that are set apart, as text in the labels' language."""
    locale = labels("language.locale")

    def in_words(text: str) -> str:
        return (
            printed(as_fraction(text), len(text.partition(".")[2]), locale)
            if DECIMAL.fullmatch(text)
            else text
        )

    apart = rows[rows["how"] != ""]
    return table_in_words(
        apart.assign(
            printed=[in_words(text) for text in apart["printed"]],
            published=[in_words(text) for text in apart["published"]],
            vintage=[_word(f"vintage.{name}", name, labels) for name in apart["vintage"]],
        ),
        labels,
    )


def outside_said(edition: str, checks: Sequence[OutsideCheck], labels: Catalogue) -> str:
    """Return in a sentence how many printed numbers an edition meets, or that there is none to compare."""
    if not checks:
        return labels("outside.none")
    apart = sum(check.verdict == DISCREPANCY for check in checks)
    words = {"met": str(len(checks) - apart), "count": str(len(checks)), "apart": str(apart)}
    return labels("outside.summary", edition=edition, **words)


def vintages_table(vintages) -> pd.DataFrame:
    """Return a row for each vintage of estimates: name, date, edition, day of retrieval, title."""
    return pd.DataFrame(
        [
            {
                "vintage": name,
                "date": vintages[name].date,
                "edition": vintages[name].edition,
                "retrieved": vintages[name].retrieved,
                "title": vintages[name].title,
            }
            for name in vintages.names()
        ]
    )


def unretrieved_said(vintages, labels: Catalogue) -> list[str]:
    """Say of which vintages of estimates no day of retrieval is on record, and where what is known stands."""
    names = [name for name in vintages.names() if not vintages[name].retrieved]
    listed = labels("label.list_separator").join(names)
    return [labels("revisions.unretrieved", names=listed, file=DESCRIPTOR)] if names else []


def spans_table(cells: pd.DataFrame, labels: Catalogue) -> pd.DataFrame:
    """Return the revisions of each indicator that moved, by how long before the edition a period lies."""
    table = by_span(cells)
    ends = dict(zip(SPANS, (*SPANS[1:], None), strict=True))
    spans = {start: f"{start}–{end - 1}" if end else f"{start}+" for start, end in ends.items()}
    spans[PROJECTED] = labels("revisions.projected")
    return table.assign(span=table["span"].map(spans))[SPANNED] if len(table) else table


def cells_said(cells: pd.DataFrame, labels: Catalogue) -> str:
    """Return in a sentence how many cells both vintages have, how many moved, and what is left out."""
    counts = {**cells.attrs, "cells": len(cells), "moved": int(cells["moved"].sum())}
    return labels(
        "revisions.cells", **{name: bare_number_text(number, labels) for name, number in counts.items()}
    )


def without_number_said(vintages, names: Iterable[str], labels: Catalogue) -> list[str]:
    """Return a sentence on each vintage that publishes ends or signs in place of numbers, `NAMED` of them."""
    sentences = []
    for name in names:
        texts = vintages.without_number(name)["text"]
        if len(texts):
            listed = labels("label.list_separator").join(sorted(texts.unique())[:NAMED])
            words = {"vintage": labels.document(name), "count": str(len(texts)), "texts": listed}
            sentences.append(labels("revisions.without_number", **words))
    return sentences


def one_sided_said(cells: Mapping[str, tuple[list[str], list[str]]], labels: Catalogue) -> list[str]:
    """Return sentences on the indicators and areas that only one of two vintages has, `NAMED` of each."""
    sentences = []
    for kind, sides in cells.items():
        for side, codes in zip(("first", "second"), sides, strict=True):
            keys = [f"measured.{code}" if kind == "indicator" else f"area.{code}" for code in codes]
            names = [labels(key) if key in labels else code for key, code in zip(keys, codes, strict=True)]
            more = f" (+{len(names) - NAMED})" if len(names) > NAMED else ""
            listed = labels("label.list_separator").join(names[:NAMED]) + more
            sentences += [labels(f"revisions.{kind}_in_{side}", names=listed)] if names else []
    return sentences


def reprints_said(reprints: Sequence[Reprint], labels: Catalogue) -> str:
    """Return in a sentence how many printed numbers would print differently."""
    answers = sum(reprint.now is not None for reprint in reprints)
    count = sum(reprint.differs for reprint in reprints)
    return labels("revisions.reprinted", count=str(count), held=str(answers), all=str(len(reprints)))


def statements_said(statements: Sequence[Restated], labels: Catalogue) -> str:
    """Return in a sentence how many statements would no longer hold, and how many cannot be decided."""
    undecided = sum(restated.undecided for restated in statements)
    count = sum(restated.fails for restated in statements)
    decided = str(len(statements) - undecided)
    return labels("revisions.statements", count=str(count), decided=decided, undecided=str(undecided))
