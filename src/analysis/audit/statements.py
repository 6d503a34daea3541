"""What a claim is about, in words: statement, place, the number in print, the number that we compute."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from babel import Locale
from babel.numbers import format_decimal

from analysis.audit.claims import Claim
from analysis.exhibits.catalogue import code_keys
from analysis.framework import Framework
from analysis.labels import Catalogue
from analysis.labels.amounts import said_amount
from analysis.labels.numerals import MINUS
from analysis.labels.once import said_once
from analysis.labels.places import place_words
from analysis.labels.spacing import typographic
from analysis.labels.units import has_words, unit_words
from analysis.periods import in_print
from analysis.quantities import Recorded, RecordedTable
from analysis.quantities.tables import STATEMENTS
from analysis.quantities.units import unit
from analysis.rounding import as_fraction, round_half_up

ENGLISH = "en"
CALENDAR_YEAR = "calendar_year"
PERIOD = "period"
STUB = (
    "source",
    "region",
    "programme",
    "sex",
    "age",
    "partner",
    "level",
    "entity",
    "item",
    "target_status",
)
"""Columns that say what a number is of beside its node and before its measure and period, in their order."""
LOWEST = ("outcome", "indicator")


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
    if claim.about(labels.language):
        return claim.about(labels.language)
    spoken = _spoken(row, labels.language) or own_statement(row, labels)
    if spoken:
        parts = [spoken]
        if not claim.check and row.get("measure") and not _tells_measure(row, table):
            parts.append(_code(labels, claim.table, "measure", row["measure"]))
    else:
        title = f"table.{claim.table}"
        parts = [labels.short(title) if title in labels else table.source.title]
        hidden = {"sex", "region", "programme", "measure"} if claim.check else set()
        parts += [
            _code(labels, claim.table, column, row[column])
            for column in _telling(row, Framework.of(recorded))
            if row.get(column) and column not in hidden
        ]
    if claim.check:
        parts.append(labels(f"check.{claim.check}"))
    return labels("label.list_separator").join(parts)


def _spoken(row: Mapping[str, str], language: str) -> str:
    return typographic(row.get(f"statement_{language}") or row.get(f"text_{language}", ""), language)


def _telling(row: Mapping[str, str], framework: Framework) -> Iterable[str]:
    """Return the columns that say what a number is of: of its nodes the lowest, its dimensions, its time."""
    levels = (*(name for name in LOWEST if name not in framework.levels), *framework.levels)
    node = [name for name in levels if row.get(name)][-1:]
    return dict.fromkeys((*node, *STUB, *framework.dimensions, "measure", PERIOD))


def own_statement(row: Mapping[str, str], labels: Catalogue) -> str:
    """Return what a row states in the record's own language, or else in English; empty where in neither."""
    return _spoken(row, labels.home) or _spoken(row, ENGLISH)


def in_own_words(claim: Claim, recorded: Recorded, labels: Catalogue) -> bool:
    """Whether a claim's statement stands in the language of the labels; else it is the record's own."""
    row = recorded[claim.table].records[claim.row]
    return bool(
        labels.at_home
        or claim.about(labels.language)
        or _spoken(row, labels.language)
        or not own_statement(row, labels)
    )


def _tells_measure(row: dict[str, str], table: RecordedTable) -> bool:
    """Return whether a row's statement is its own, not that of an entry which has a target and a result."""
    stated = [column for column in STATEMENTS if row.get(column)]
    column = stated[0] if stated else ""
    return bool(column) and sum(other[column] == row[column] for other in table.records) == 1


def _code(labels: Catalogue, table: str, column: str, code: str) -> str:
    for key in code_keys(table, column, code):
        if key in labels:
            return labels.short(key)
    return in_print(code) if column == PERIOD else code.replace("_", " ")


def document_title(claim: Claim, recorded: Recorded, labels: Catalogue) -> str:
    """Return the short title of the document that prints a number, in the language of the labels."""
    return labels.document(recorded[claim.table].source_of(claim.row).document)


def locator(claim: Claim, recorded: Recorded, labels: Catalogue) -> str:
    """Return where the number stands: place in the document and line of its text."""
    row = recorded[claim.table].records[claim.row]
    place = place_words(row["place"], labels).text
    return labels("audit.line", place=place, line=row["line"]) if row["line"] else place


def number_with_unit(
    number: Fraction | Decimal | float, name: str, labels: Catalogue, decimals: int = 6
) -> str:
    """Return a number with its unit as a sentence says it, without trailing zeros: US$4.5 million, 450万美元.

    Of one thing that is counted, or of what has no words, the number alone; a fraction is written in per
    cent, to three decimals at most, as readers compare shares; where there is no end, nothing.
    """
    what = ("number", number, name, decimals)
    return said_once(labels, what, lambda: _with_unit(number, name, labels, decimals))


def _with_unit(number: Fraction | Decimal | float, name: str, labels: Catalogue, decimals: int) -> str:
    if name == "fraction":
        number, name, decimals = as_fraction(number) * 100, "percent", min(decimals, 3)
    text = bare_number_text(number, labels, decimals, grouped=name != CALENDAR_YEAR)
    words = unit_words(name, labels)
    if not text:
        return text
    if words == "%":
        return text + Locale.parse(labels("language.locale")).percent_formats[None].pattern.lstrip("#,0.")
    if f"amount.{name}" in labels:
        shown = len(decimal_text(number, decimals).partition(".")[2])
        return said_amount(as_fraction(number), shown, name, text, labels).whole
    counted = bool(name) and unit(name).kind == "count"
    if not words or (counted and (number == 1 or not has_words(name, labels))):
        return text
    return text + labels("alt.space") + words


def bare_number_text(
    number: Fraction | Decimal | float | None, labels: Catalogue, decimals: int = 6, grouped: bool = True
) -> str:
    """Return a number in the language's signs, without trailing zeros; empty where there is no end."""
    text = decimal_text(number, decimals)
    if not text:
        return text
    written = format_decimal(
        Decimal(text),
        locale=labels("language.locale"),
        decimal_quantization=False,
        group_separator=grouped,
    )
    return written.replace("-", MINUS)


def decimal_text(number: Fraction | Decimal | float | None, decimals: int = 6) -> str:
    """Return a number in plain decimals, without trailing zeros; empty where there is none or no end."""
    if number is None or (isinstance(number, float) and math.isinf(number)):
        return ""
    text = format(round_half_up(number, decimals), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
