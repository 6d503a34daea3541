"""The audit as tables: one row a printed number, one row a check, and totals by document and verdict."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.audit.claims import Claim
from analysis.audit.judging import Audit, Check, printed_number
from analysis.audit.reviews import inputs_checksum
from analysis.audit.statements import decimal_text, locator, statement
from analysis.audit.verdicts import VERDICTS
from analysis.files import write_whole
from analysis.labels import Catalogue
from analysis.labels.once import said_once_of

COLUMNS = (
    "id",
    "document",
    "locator",
    "statement",
    "printed",
    "decimals",
    "qualifier",
    "unit",
    "recomputed",
    "lower",
    "upper",
    "verdict",
    "way",
    "severity",
    "reason",
    "cause",
    "undecided",
    "checks",
    "inputs",
    "quantity",
)
CHECK_COLUMNS = tuple(name for name in COLUMNS if name not in ("severity", "checks", "inputs"))


def listing(audit: Audit, labels: Catalogue) -> pd.DataFrame:
    """Return one row per printed number or comparison, all columns as text.

    Returns
    -------
    pandas.DataFrame
        With the columns ``id, document, locator, statement, printed, decimals, qualifier, unit, recomputed,
        lower, upper, verdict, way, severity, reason, cause, undecided, checks, inputs, quantity``. What is
        recomputed, by which quantity, its cause and what is undecided are those of the gravest check;
        ``lower`` and ``upper`` bound what the printed precision of the inputs allows, empty where there is
        no bound; ``way`` tells how a number is reproduced; ``inputs`` is the checksum of what the checks
        read, which an answer in ``data/reviews.csv`` cites.
    """
    return said_once_of(labels, "listing", audit, lambda: _listed(audit, labels)).copy()


def _listed(audit: Audit, labels: Catalogue) -> pd.DataFrame:
    rows = [
        {
            **_row(judgement.claim, judgement.leading, audit, labels),
            "way": judgement.way,
            "severity": judgement.severity,
            "reason": judgement.reason,
            "inputs": inputs_checksum(judgement, audit),
            "checks": str(sum(check.claim.quantity is not None for check in judgement.checks)),
        }
        for judgement in audit.judgements
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=str)


def checks(audit: Audit, labels: Catalogue) -> pd.DataFrame:
    """Return one row per check, those of whole tables last; columns as of :func:`listing`, all as text."""
    rows = [
        {**_row(check.claim, check, audit, labels), "way": check.way, "reason": check.claim.reason}
        for judgement in audit.all
        for check in judgement.checks
        if check.claim.quantity is not None
    ]
    return pd.DataFrame(rows, columns=list(CHECK_COLUMNS), dtype=str)


def _row(claim: Claim, check: Check, audit: Audit, labels: Catalogue) -> dict[str, str]:
    recomputed = check.recomputed
    table = audit.recorded[claim.table]
    printed = "" if claim.check else table.records[claim.row]["printed"]
    number = printed_number(claim, audit.recorded)
    fields = ("", "", "") if number is None else (str(number[1]), number[3], number[2])
    computed = (
        (None, None, None) if recomputed is None else (recomputed.value, recomputed.low, recomputed.high)
    )
    ends = [decimal_text(end, 9) for end in computed]
    return {
        "id": claim.id,
        "document": table.source_of(claim.row).document,
        "locator": locator(claim, audit.recorded, labels),
        "statement": statement(claim, audit.recorded, labels),
        "printed": printed,
        **dict(zip(("decimals", "qualifier", "unit"), fields, strict=True)),
        **dict(zip(("recomputed", "lower", "upper"), ends, strict=True)),
        "verdict": check.verdict,
        **{kind: check.claim.remark(kind, labels.language) for kind in ("cause", "undecided")},
        "quantity": check.claim.text,
    }


def write_csv(rows: pd.DataFrame, path: Path) -> Path:
    """Write a table as a CSV file that opens as text everywhere."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = rows.to_csv(index=False, lineterminator="\n")
    return write_whole(path, text.encode("utf-8"))


def totals(audit: Audit, labels: Catalogue) -> pd.DataFrame:
    """Return how many numbers of each document have each verdict, with a row and a column of totals."""
    documents = [
        audit.recorded[judgement.claim.table].source_of(judgement.claim.row).document
        for judgement in audit.judgements
    ]
    counted = pd.crosstab(
        pd.Series(documents), pd.Series([judgement.verdict for judgement in audit.judgements])
    )
    ordered = counted.reindex(index=list(dict.fromkeys(documents)), columns=list(VERDICTS), fill_value=0)
    ordered.loc[labels("label.total")] = ordered.sum()
    ordered[labels("label.total")] = ordered.sum(axis=1)
    named = ordered.rename(
        index=labels.document,
        columns=lambda verdict: labels(f"verdict.{verdict}") if verdict in VERDICTS else verdict,
    )
    return named.rename_axis(index=labels("audit.document"), columns=None)
