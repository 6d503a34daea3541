"""What a claim is about, in words: statement, place, the number in print, the number that we compute."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

from analysis.audit.claims import Claim
from analysis.labels import Catalogue
from analysis.quantities import Recorded
from analysis.rounding import round_half_up

STUB = (
    ("outcome", "outcome"),
    ("indicator", "indicator"),
    ("source", "source"),
    ("region", "region"),
    ("programme", "programme"),
    ("sex", "sex"),
    ("age", "age"),
    ("partner", "partner"),
    ("level", "level"),
    ("entity", "entity"),
    ("item", "item"),
    ("target_status", "target_status"),
    ("measure", "measure"),
    ("period", "period"),
)


def statement(claim: Claim, recorded: Recorded, labels: Catalogue) -> str:
    """Return what a claim states, in our own words, in the language of the labels.

    Parameters
    ----------
    claim : Claim
    recorded : Recorded
    labels : Catalogue
        With the record, where the language's own statements and titles stand.
    """
    table = recorded[claim.table]
    row = table.records[claim.row]
    spoken = row.get(f"statement_{labels.language}") or row.get("statement_en") or row.get("text_en")
    if spoken:
        parts = [spoken]
        measure = _label(labels, "measure", row.get("measure", ""))
        if claim.table == "gender.targets" and not claim.check:
            parts.append(measure)
    else:
        parts = [
            _label(labels, "table", claim.table) if f"table.{claim.table}" in labels else table.source.title
        ]
        hidden = {"outcome"} if "indicator" in row else set()
        hidden |= {"sex", "region", "programme", "measure"} if claim.check else set()
        parts += [
            _label(labels, kind, row[column])
            for column, kind in STUB
            if row.get(column) and column not in hidden
        ]
    if claim.check:
        parts.append(labels(f"check.{claim.check}"))
    return labels("label.list_separator").join(parts)


def _label(labels: Catalogue, kind: str, code: str) -> str:
    key = f"{kind}.{code}"
    return labels.short(key) if key in labels else code.replace("_", " ")


def document_title(claim: Claim, recorded: Recorded, labels: Catalogue) -> str:
    """Return the short title of the document that prints a number, in the language of the labels."""
    return labels.document(recorded[claim.table].source_of(claim.row).document)


def locator(claim: Claim, recorded: Recorded, labels: Catalogue) -> str:
    """Return where the number stands: place in the document and line of its text."""
    row = recorded[claim.table].records[claim.row]
    return labels("audit.line", place=row["place"], line=row["line"]) if row["line"] else row["place"]


def unit_words(name: str, labels: Catalogue) -> str:
    """Return a unit as it is written after a number."""
    return labels(f"unit.{name}") if f"unit.{name}" in labels else name.replace("_", " ")


def with_unit(number: Fraction | float, name: str, labels: Catalogue, decimals: int = 6) -> str:
    """Return a number with its unit."""
    words = unit_words(name, labels)
    return f"{decimal_text(number, decimals)}{'' if words == '%' else ' '}{words}"


def decimal_text(number: Fraction | Decimal | float | None, decimals: int = 6) -> str:
    """Return a number in plain decimals, without trailing zeros; empty where there is none or no end."""
    if number is None or (isinstance(number, float) and math.isinf(number)):
        return ""
    text = format(round_half_up(number, decimals), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
