"""The claims as tables: one row a claim, and totals by document and verdict."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pandas as pd

from analysis.audit.judging import Audit, Judgement, printed_number
from analysis.audit.statements import decimal_text, locator, statement
from analysis.audit.verdicts import VERDICTS
from analysis.labels import Catalogue
from analysis.quantities import Recorded
from analysis.quantities.units import unit

COLUMNS = ("id", "document", "locator", "statement", "printed", "decimals", "qualifier", "unit")
COLUMNS += ("recomputed", "lower", "upper", "verdict", "severity", "reason", "quantity")


def listing(audit: Audit, labels: Catalogue) -> pd.DataFrame:
    """Return one row per claim, all columns as text.

    Returns
    -------
    pandas.DataFrame
        With the columns ``id, document, locator, statement, printed, decimals, qualifier, unit, recomputed,
        lower, upper, verdict, severity, reason, quantity``; ``lower`` and ``upper`` bound what the printed
        precision of the inputs allows, and are empty where there is no bound.
    """
    rows = [_row(each, audit, labels) for each in audit.judgements]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=str)


def _row(judgement: Judgement, audit: Audit, labels: Catalogue) -> tuple[str, ...]:
    claim, found = judgement.claim, judgement.found
    table = audit.recorded[claim.table]
    printed = "" if claim.check else table.records[claim.row]["printed"]
    number = printed_number(claim, audit.recorded)
    fields = ("", "", "") if number is None else (str(number[1]), number[3], number[2])
    computed = ("", "", "") if found is None else (found.value, found.low, found.high)
    return (
        claim.id,
        table.source.document,
        locator(claim, audit.recorded, labels),
        statement(claim, audit.recorded, labels),
        printed,
        *fields,
        *(each if each == "" else decimal_text(each, 9) for each in computed),
        judgement.verdict,
        judgement.severity,
        judgement.reason,
        claim.text,
    )


def write_listing(audit: Audit, labels: Catalogue, path: Path) -> Path:
    """Write the claims as a CSV file that opens as text everywhere."""
    path.parent.mkdir(parents=True, exist_ok=True)
    listing(audit, labels).to_csv(path, index=False, encoding="utf-8", lineterminator="\n")
    return path


def totals(audit: Audit, labels: Catalogue) -> pd.DataFrame:
    """Return how many claims of each document have each verdict, with a row and a column of totals."""
    kinds = [each.claim.table.split(".")[0] for each in audit.judgements]
    counted = pd.crosstab(pd.Series(kinds), pd.Series([each.verdict for each in audit.judgements]))
    ordered = counted.reindex(index=list(dict.fromkeys(kinds)), columns=list(VERDICTS), fill_value=0)
    ordered.loc[labels("label.total")] = ordered.sum()
    ordered[labels("label.total")] = ordered.sum(axis=1)
    named = ordered.rename(
        index=lambda kind: labels(f"document.{kind}") if f"document.{kind}" in labels else kind,
        columns=lambda verdict: labels(f"verdict.{verdict}") if verdict in VERDICTS else verdict,
    )
    return named.rename_axis(index=labels("audit.document"), columns=None)


def numeric_tables(recorded: Recorded) -> dict[str, pd.DataFrame]:
    """Return the recorded tables with values as floats in base units, for the pandas code of quantities.

    ``eval(quantity.pandas(), {"tables": numeric_tables(recorded)})`` computes a quantity anew.
    """
    tables = {}
    for name, table in recorded.items():
        exact = zip(table.rows["value"], table.rows["unit"], strict=True)
        values = [float(Fraction(text) * unit(of).factor) if text else None for text, of in exact]
        tables[name] = table.rows.assign(value=pd.Series(values, dtype="float64", index=table.rows.index))
    return tables
