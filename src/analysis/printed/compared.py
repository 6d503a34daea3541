"""Two periods in words: what each number is, both as printed, the change, what changed beside it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from analysis.audit.statements import own_statement
from analysis.exhibits.catalogue import code_keys
from analysis.exhibits.comparing import OF_ONE, POINTS, YEAR, ComparedNumber, Comparison
from analysis.labels import ENGLISH, Catalogue
from analysis.labels.amounts import stated_amount
from analysis.labels.numerals import printed
from analysis.labels.spacing import typographic
from analysis.labels.units import unit_words
from analysis.printed.spreadsheet_text import csv_of
from analysis.quantities import Quantity, Value, evaluate
from analysis.quantities.expression import Selection
from analysis.quantities.provenance import selections
from analysis.quantities.units import common, unit

COLUMNS = (
    "table",
    "what",
    "before",
    "after",
    "unit",
    "change",
    "change_unit",
    "warnings",
    "before_id",
    "after_id",
    "findings",
    "before_unit",
)
"""Columns of the file that holds every number exactly."""

PERCENT, FRACTION, ITEM = "percent", "fraction", "item"
CHANGE_DECIMALS = 1
"""Decimals of a change in per cent; one in percentage points has those of its two numbers."""


class ComparedRow(NamedTuple):
    """A number that both periods print, in a language's words.

    Attributes
    ----------
    what : str
        Its codes in words, with the years where it is of one year.
    before, after : str
        Both numbers with the decimals in print and their units.
    change : str
        With its sign, in per cent or percentage points; else why there is none.
    warnings : str
        What changed beside the number; empty where nothing is known to have changed.
    """

    what: str
    before: str
    after: str
    change: str
    warnings: str


def line(item: ComparedNumber, comparison: Comparison, labels: Catalogue) -> ComparedRow:
    """Return a compared number in a language's words."""
    separator = labels("label.list_separator")
    parts = (item.before,) if item.before is not None else item.formers
    before = separator.join(_number(quantity, comparison, labels) for quantity in parts)
    after = _number(item.after, comparison, labels)
    warned = separator.join(labels(f"compared.{name}") for name in item.warnings)
    for finding in item.findings:
        warned = labels(
            "compared.found", what=warned, statement=_contradiction(finding, comparison, labels), id=finding
        )
    change = _change(item, comparison, labels)
    return ComparedRow(_what(item, comparison, labels), before, after, change, warned)


def title(table: str, labels: Catalogue) -> str:
    """Return what a recorded table is called."""
    return _words(f"table.{table}", table, labels)


def counts_of_compared(comparison: Comparison, labels: Catalogue) -> list[str]:
    """Return sentences: how many numbers both periods print, what is left, what changed beside them."""
    before, after = (period.printed for period in comparison.periods)
    numbers = {
        "both": str(len(comparison.numbers)),
        "ended": str(comparison.ended),
        "begun": str(comparison.begun),
    }
    sentences = [labels("compared.counts", before=before, after=after, **numbers)]
    lost = dict(zip(("before_left", "after_left"), map(str, comparison.unclear), strict=True))
    if any(comparison.unclear):
        sentences.append(labels("compared.unclear", before=before, after=after, **lost))
    if comparison.broken:
        sentences.append(labels("compared.broken", before=before, after=after))
    warned = sum(bool(number.warnings) for number in comparison.numbers)
    sentences.append(labels("compared.warned", count=str(warned)) if warned else labels("compared.unwarned"))
    return sentences


def compared_frame(comparison: Comparison | None, labels: Catalogue) -> pd.DataFrame:
    """Return every compared number exactly; a change that cannot be is missing.

    Returns
    -------
    pandas.DataFrame
        The columns of ``COLUMNS``, ids of several parted by a bar; ``before`` (in ``before_unit``; missing
        where several numbers make no sum), ``after``, in ``unit``, and ``change``, in ``change_unit``, are
        float64. The two units are one where they meet. Without a row where nothing is compared.
    """
    rows = []
    for number in comparison.numbers if comparison else ():
        after = evaluate(number.after, comparison.recorded)
        before, before_unit = _before(number, after, comparison)
        moved = None if number.changed is None else evaluate(number.changed, comparison.recorded)
        comparable = moved is not None and not moved.missing
        change = [float(moved.number), moved.unit] if moved is not None and comparable else [math.nan, ""]
        what = _what(number, comparison, labels)
        row = [number.table, what, before, float(after.number), after.unit]
        ids = ["|".join(map(_id, number.formers)), _id(number.after)]
        rows.append([*row, *change, "|".join(number.warnings), *ids, "|".join(number.findings), before_unit])
    numbers = dict.fromkeys(("before", "after", "change"), "float64")
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(numbers)


def _before(item: ComparedNumber, after: Value, comparison: Comparison) -> tuple[float, str]:
    """Return the earlier number and its unit: the later one's, where the two meet."""
    first = evaluate(item.formers[0], comparison.recorded)
    number = None if item.before is None else evaluate(item.before, comparison.recorded).number
    alike = unit(after.unit).meets(unit(first.unit))
    factor = common(after.unit, first.unit, "compare")[1] if alike else 1
    return math.nan if number is None else float(number * factor), after.unit if alike else first.unit


def compared_csv(comparison: Comparison, labels: Catalogue) -> str:
    """Return every compared number exactly, as the text of a file; a change that cannot be is blank."""
    return csv_of(compared_frame(comparison, labels))


def _words(key: str, code: str, labels: Catalogue) -> str:
    return labels(key) if key in labels else code.replace("_", " ")


def _what(item: ComparedNumber, comparison: Comparison, labels: Catalogue) -> str:
    """Return in words what a number is, with the years where it is of one year."""
    return labels("label.list_comma").join(text for text, _ in item_in_words(item, comparison, labels))


def item_in_words(item: ComparedNumber, comparison: Comparison, labels: Catalogue) -> list[tuple[str, str]]:
    """Return the words for what a number is, part by part, each with the language that it is in."""
    stated = _statement(item, comparison, labels)
    parts = []
    for name, code in item.key:
        keys = code_keys(item.table, name, code)
        key = next((known for known in keys if known in labels), keys[0])
        if name == YEAR:
            years = (str(period.start + int(code)) for period in comparison.periods)
            parts.append((" → ".join(years), labels.language))
        elif name == ITEM and stated[0]:
            parts.append(stated)
        else:
            parts.append((_words(key, code, labels), labels.language_of(key)))
    return parts


def _statement(item: ComparedNumber, comparison: Comparison, labels: Catalogue) -> tuple[str, str]:
    """Return what the later row says that its number is, and in which language."""
    (row,) = _rows(item.after, comparison)
    codes = (code for code in (labels.language, labels.home) if row.get(f"statement_{code}"))
    language = next(codes, ENGLISH)
    return typographic(row.get(f"statement_{language}", ""), language), language


def _contradiction(finding: str, comparison: Comparison, labels: Catalogue) -> str:
    """Return what a recorded contradiction says, in the language where it is there in it."""
    for table in comparison.recorded.values():
        if "id" in table.rows and (rows := table.select((("id", (finding,)),))):
            row = table.records[rows[0]]
            return row.get(f"statement_{labels.language}") or own_statement(row, labels)
    return ""


def _number(quantity: Quantity, comparison: Comparison, labels: Catalogue) -> str:
    value = evaluate(quantity, comparison.recorded)
    decimals = _decimals(selections(quantity), comparison)
    decimals = max(decimals - 2, 0) if value.unit == FRACTION else decimals
    amount = stated_amount(value.number, decimals, value.unit, labels)
    several = unit(value.unit).kind == "count" and value.number != 1
    return f"{amount} {unit_words(value.unit, labels)}".rstrip() if several else amount


def _change(item: ComparedNumber, comparison: Comparison, labels: Catalogue) -> str:
    if item.changed is None:
        return labels("compared.not_comparable")
    value = evaluate(item.changed, comparison.recorded)
    locale = labels("language.locale")
    if value.missing:
        return labels("compared.no_change_in_per_cent")
    if value.unit in POINTS and value.unit != PERCENT:
        of_one = evaluate(item.after, comparison.recorded).unit in OF_ONE
        decimals = max(_decimals([*item.formers, item.after], comparison) - (2 if of_one else 0), 0)
        return stated_amount(value.number, decimals, value.unit, labels, signed=True)
    return printed(value.number, CHANGE_DECIMALS, locale, signed=True, percent=True)


def _decimals(quantities: Iterable[Selection], comparison: Comparison) -> int:
    """Return the most decimals that the numbers have in print."""
    rows = [row for quantity in quantities for row in _rows(quantity, comparison)]
    return max(int(row["decimals"] or 0) for row in rows)


def _rows(quantity: Selection, comparison: Comparison) -> list[dict[str, str]]:
    table = comparison.recorded[quantity.table]
    return [table.records[row] for row in table.select(quantity.where)]


def _id(quantity: Selection) -> str:
    return dict(quantity.where)["id"][0]
