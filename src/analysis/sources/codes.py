"""Codes as a mapping writes them (``3``, ``1..7``, ``a``, blank), and the conditions they make on any engine.

A column may hold its codes as numbers, as text or as truth values, by the form of the file: a CSV with one
``NA`` is text where its Parquet twin is numbers. Every condition here is the same on all of them, and is true
or false, never missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import reduce
from itertools import pairwise
from operator import and_, or_
from typing import Any

import narwhals as nw

RANGE = re.compile(r"\s*(-?\d+)\s*\.\.\s*(-?\d+)\s*")
WHOLE = re.compile(r"\s*-?\d+\s*")
NUMBER = r"^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$"
BLANK = ""
"""The code of a missing answer, where a condition names one."""

AS_NUMBER = " as a number"
"""Ending of the name of a column of text that was read as numbers."""

TEXT, TRUTH, NUMBERS, OTHER = "text", "truth", "numbers", "other"
Kinds = Mapping[str, str]
"""What each column of the survey holds."""


def kinds_of(schema: nw.Schema) -> dict[str, str]:
    """Return what each column holds: text, truth values, numbers, or something else that holds no codes."""
    kinds = {}
    for name, kind in schema.items():
        if kind in (nw.String, nw.Categorical, nw.Enum):
            kinds[name] = TEXT
        elif kind == nw.Boolean:
            kinds[name] = TRUTH
        else:
            kinds[name] = NUMBERS if kind.is_numeric() else OTHER
    return kinds


def lettered(code: str) -> bool:
    """Whether a code is neither a whole number, nor a range of them, nor blank."""
    return code != BLANK and not RANGE.fullmatch(code) and not WHOLE.fullmatch(code)


def surely(condition: nw.Expr) -> nw.Expr:
    """Return a condition that is false where it would be missing."""
    return nw.when(condition).then(nw.lit(1)).otherwise(nw.lit(0)) == 1


def text(column: str) -> nw.Expr:
    """Return a column of text without the blanks around it."""
    return nw.col(column).cast(nw.String).str.strip_chars()


def is_whole(value: nw.Expr) -> nw.Expr:
    """Condition that a number is whole, missing where the number is."""
    return value == value.cast(nw.Float64).floor()


def blank(column: str, kinds: Kinds) -> nw.Expr:
    """Condition that a column holds no answer: missing, or text of blanks alone."""
    missing = nw.col(column).is_null()
    return surely(missing | (text(column) == "")) if kinds.get(column) == TEXT else missing


def number(column: str, kinds: Kinds) -> nw.Expr:
    """Return a column as numbers; text by the column that `with_numbers` has added."""
    if kinds.get(column) == TRUTH:
        return nw.when(nw.col(column)).then(nw.lit(1)).when(~nw.col(column)).then(nw.lit(0))
    return nw.col(column + AS_NUMBER if kinds.get(column) == TEXT else column)


def with_numbers(survey: Any, columns: Iterable[str], decimal: str = ".") -> Any:
    """Return a survey with columns of text as numbers beside them.

    Parameters
    ----------
    survey : narwhals.DataFrame or narwhals.LazyFrame
        One row a person.
    columns : iterable of str
        Columns of text.
    decimal : str
        What stands before decimals.

    Returns
    -------
    narwhals.DataFrame or narwhals.LazyFrame
        Text that is no number is missing, ``true`` is 1 and ``false`` is 0.
    """
    made = {column + AS_NUMBER: _number_in(text(column), decimal) for column in columns}
    return survey.with_columns(**made) if made else survey


def _number_in(written: nw.Expr, decimal: str) -> nw.Expr:
    if decimal != ".":
        written = written.str.replace_all(decimal, ".", literal=True)
    lower = written.str.to_lowercase()
    digits = nw.when(surely(lower == "true")).then(nw.lit("1"))
    digits = digits.when(surely(lower == "false")).then(nw.lit("0"))
    return digits.when(surely(written.str.contains(NUMBER))).then(written).cast(nw.Float64)


def identifier(column: str, kinds: Kinds) -> nw.Expr:
    """Return a column as text that is the same whether whole numbers are held as 7, as 7.0 or as ``7``."""
    if kinds.get(column) == TEXT:
        return nw.when(~blank(column, kinds)).then(text(column))
    value = nw.col(column)
    if kinds.get(column) != NUMBERS:
        return value.cast(nw.String).str.to_lowercase()
    whole = surely(is_whole(value))
    digits = nw.when(whole).then(value).otherwise(nw.lit(0)).cast(nw.Int64).cast(nw.String)
    return nw.when(whole).then(digits).when(~value.is_null()).then(value.cast(nw.String))


def any_of(column: str, codes: Iterable[str], kinds: Kinds) -> nw.Expr:
    """Condition that a column holds one of some codes; a number may be written 3, 3.0 or, in text, 03."""
    value, conditions = number(column, kinds), []
    for code in codes:
        within = RANGE.fullmatch(code)
        if code == BLANK:
            conditions.append(blank(column, kinds))
        elif within:
            conditions.append((value >= int(within[1])) & (value <= int(within[2])))
        elif not lettered(code):
            conditions.append(value == int(code))
        elif kinds.get(column) == TEXT:
            conditions.append(text(column) == code.strip())
        elif kinds.get(column) == TRUTH and code.strip().lower() in ("true", "false"):
            conditions.append(value == (code.strip().lower() == "true"))
    return reduce(or_, map(surely, conditions), nw.lit(False)) if conditions else nw.lit(False)


def all_hold(when: Mapping[str, Iterable[str]], kinds: Kinds) -> nw.Expr:
    """Condition that every column named holds one of its codes."""
    return reduce(and_, (any_of(column, codes, kinds) for column, codes in when.items()))


def overlaps(codes: Iterable[str]) -> list[str]:
    """Return a fault for each range that ends before it begins and each pair of codes that overlap."""
    spans = []
    for code in codes:
        within = RANGE.fullmatch(code)
        if within:
            spans.append((int(within[1]), int(within[2]), code))
        elif WHOLE.fullmatch(code):
            spans.append((int(code), int(code), code))
    spans.sort()
    faults = [f"codes: range {code} ends before it begins" for first, last, code in spans if last < first]
    return faults + [
        f"codes: {before[2]} and {after[2]} overlap; a code may mean one thing only"
        for before, after in pairwise(spans)
        if after[0] <= before[1]
    ]
