"""Revisions as tables for readers: numbers in the language's form, codes and headings in its words."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.audit.outside import OutsideCheck, Reprint, Restated
from analysis.audit.statements import statement
from analysis.audit.verdicts import DISCREPANCY, REPRODUCED
from analysis.labels import Catalogue
from analysis.printed.numerals import printed
from analysis.quantities import Recorded
from analysis.rounding import as_fraction
from analysis.trends.revisions import WORLD

NUMBERS = {
    "before": 2, "after": 2, "revision": 2, "mean": 3, "standard_error": 3, "mean_absolute": 3,
    "largest": 2, "up": 0, "turned": 1, "value": 2, "low": 2, "high": 2, "coverage": 1,
}  # fmt: skip
"""Decimals of the columns of numbers."""

PUBLISHED = 3
"""Decimals of a published number beside a printed one."""

CELLS = ["indicator", "sex", "age", "area", "period", "before", "after", "revision"]
KINDS = {"indicator": "measured", "sex": "sex", "age": "age", "area": "area"}


def worded(table: pd.DataFrame, labels: Catalogue) -> pd.DataFrame:
    """Return a table as text, with headings and codes in a language's words; a missing number is blank."""
    shown = table.copy()
    locale = labels("language.locale")
    for name in shown.columns.intersection(list(NUMBERS)):
        shown[name] = [
            "" if pd.isna(number) else printed(as_fraction(float(number)), NUMBERS[name], locale)
            for number in shown[name]
        ]
    for name in shown.columns.intersection(list(KINDS)):
        shown[name] = [_word(f"{KINDS[name]}.{code}", code, labels) for code in shown[name]]
    shown.columns = [labels(f"revision_column.{name}") for name in shown.columns]
    return shown


def _word(key: str, code: str, labels: Catalogue) -> str:
    if code == WORLD:
        return labels("area.M49:1") if "area.M49:1" in labels else code
    return labels(key) if key in labels else code


def reprints_table(reprints: Sequence[Reprint], labels: Catalogue) -> pd.DataFrame:
    """Return a row for each printed number: as printed, by the vintage, and whether that is sure."""
    said = {True: labels("label.yes"), False: labels("label.no")}
    return pd.DataFrame(
        {
            "indicator": [each.indicator for each in reprints],
            "sex": [each.sex for each in reprints],
            "age": [each.age for each in reprints],
            "period": [each.period for each in reprints],
            "printed": [each.text for each in reprints],
            "now": ["" if each.now is None else str(each.now) for each in reprints],
            "sure": ["" if each.now is None else said[each.sure] for each in reprints],
        }
    )


def statements_table(statements: Sequence[Restated], recorded: Recorded, labels: Catalogue) -> pd.DataFrame:
    """Return a row for each statement: its words, the verdict as printed, and the one by the vintage."""
    return pd.DataFrame(
        {
            "claim": [each.claim.id for each in statements],
            "statement": [statement(each.claim, recorded, labels) for each in statements],
            "as_printed": [each.before.verdict for each in statements],
            "by_vintage": [each.after.verdict for each in statements],
        }
    )


def outside_table(checks: Sequence[OutsideCheck], labels: Catalogue) -> pd.DataFrame:
    """Return a row for each printed number beside the published one, and what sets them apart."""
    rows = [
        {
            "indicator": each.indicator,
            "sex": each.sex,
            "age": each.age,
            "period": each.period,
            "printed": each.text,
            "published": f"{float(each.found.value):.{PUBLISHED}f}",
            "vintage": each.vintage.partition(".")[2],
            "how": labels(f"outside.{each.how or each.verdict}") if each.verdict != REPRODUCED else "",
        }
        for each in checks
    ]
    return pd.DataFrame(rows)


def outside_said(edition: str, checks: Sequence[OutsideCheck], labels: Catalogue) -> str:
    """Return in a sentence how many printed numbers an edition meets, or that there is none to compare."""
    if not checks:
        return labels("outside.none")
    apart = sum(each.verdict == DISCREPANCY for each in checks)
    told = {"met": str(len(checks) - apart), "count": str(len(checks)), "apart": str(apart)}
    return labels("outside.summary", edition=edition, **told)


def vintages_table(vintages) -> pd.DataFrame:
    """Return a row for each vintage of estimates: name, date, edition, title."""
    return pd.DataFrame(
        [
            {
                "vintage": name,
                "date": vintages[name].date,
                "edition": vintages[name].edition,
                "title": vintages[name].title,
            }
            for name in vintages.names()
        ]
    )


def cells_said(cells: pd.DataFrame, labels: Catalogue) -> str:
    """Return in a sentence how many cells both vintages have, how many moved, and what is left out."""
    told = {name: str(number) for name, number in cells.attrs.items()}
    return labels("revisions.cells", cells=str(len(cells)), moved=str(int(cells["moved"].sum())), **told)


def reprints_said(reprints: Sequence[Reprint], labels: Catalogue) -> str:
    """Return in a sentence how many printed numbers would print differently."""
    held = sum(each.now is not None for each in reprints)
    count = sum(each.differs for each in reprints)
    return labels("revisions.reprinted", count=str(count), held=str(held), all=str(len(reprints)))


def statements_said(statements: Sequence[Restated], labels: Catalogue) -> str:
    """Return in a sentence how many statements would no longer hold, and how many cannot be decided."""
    undecided = sum(each.undecided for each in statements)
    count = sum(each.fails for each in statements)
    decided = str(len(statements) - undecided)
    return labels("revisions.statements", count=str(count), decided=decided, undecided=str(undecided))
