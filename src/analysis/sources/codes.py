"""Codes as a mapping writes them (``3``, ``1..7``, ``a``, blank), and the conditions they make on any engine.

A column may hold its codes as numbers, as text or as truth values, by the form of the file: a CSV with one
``NA`` is text where its Parquet twin is numbers. Every condition here is the same on all of them, and is true
or false, never missing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import reduce
from itertools import pairwise
from operator import and_, or_
from typing import Any

import narwhals as nw
import numpy as np

RANGE = re.compile(r"\s*(-?\d+)\s*\.\.\s*(-?\d+)\s*")
WHOLE = re.compile(r"\s*-?\d+\s*")
NUMBER = r"^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$"
PLAIN_NUMBER = re.compile(NUMBER[1:-1])
BLANKS = "".join(map(chr, (*range(9, 14), *range(28, 33), 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B)))) + (
    "\u2028\u2029\u202f\u205f\u3000"
)
"""Characters that stand for nothing around an answer: those that Unicode calls white space."""
SOMETHING, BLANK_END = f"[^{BLANKS}]", f"^[{BLANKS}]|[{BLANKS}]$"
"""What an answer has, and what one has that blanks are to be taken from: seen before they are, since DuckDB
takes its time to take them."""
LARGEST_CODE, LONGEST_CODE = 2**63 - 1, 400
"""What a whole number of 64 bits holds, and how long a code may be that is read as one."""
BLANK = ""
"""The code of a missing answer, where a condition names one."""

AS_NUMBER = " as a number"
"""Ending of the name of a column of text that was read as numbers."""
AS_BLANK = " is blank"
"""Ending of the name of a column that says where a column of text holds no answer."""

TRUTHS = ("true", "false")
"""Truth values as text, small."""
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
    """Whether a code is neither a number, nor a range of whole ones, nor blank."""
    return code != BLANK and not RANGE.fullmatch(code) and not PLAIN_NUMBER.fullmatch(code.strip())


def surely(condition: nw.Expr) -> nw.Expr:
    """Return a condition that is false where it would be missing."""
    return condition.fill_null(False)


def as_stripped_text(column: str) -> nw.Expr:
    """Return a column of text without the blanks around it."""
    return nw.col(column).cast(nw.String).str.strip_chars(BLANKS)


def is_whole(value: nw.Expr) -> nw.Expr:
    """Condition that a number is whole, missing where the number is."""
    return value == value.cast(nw.Float64).floor()


def blank(column: str, kinds: Kinds) -> nw.Expr:
    """Condition that a column holds no answer: missing, or text of blanks alone."""
    if column + AS_BLANK in kinds:
        return nw.col(column + AS_BLANK)
    missing = nw.col(column).is_null()
    if kinds.get(column) != TEXT:
        return missing
    return surely(missing | ~nw.col(column).cast(nw.String).str.contains(SOMETHING))


def as_number(column: str, kinds: Kinds) -> nw.Expr:
    """Return a column as numbers; text by the column that `with_answers` has added."""
    if kinds.get(column) == TRUTH:
        return nw.when(nw.col(column)).then(nw.lit(1)).when(~nw.col(column)).then(nw.lit(0))
    return nw.col(column + AS_NUMBER if kinds.get(column) == TEXT else column)


def with_answers(
    survey: Any, kinds: Kinds, columns: Iterable[str], numbers: Collection[str], decimal: str = "."
) -> tuple[Any, Kinds]:
    """Return a survey with what its text says beside it: numbers and, in pandas, which answers are blank.

    Parameters
    ----------
    survey : narwhals.DataFrame or narwhals.LazyFrame
        One row a person.
    kinds : dict of str to str
        What each column holds.
    columns : iterable of str
        Columns of text.
    numbers : collection of str
        Those of them that are to be read as numbers.
    decimal : str
        What stands before decimals.

    Returns
    -------
    tuple of (narwhals.DataFrame or narwhals.LazyFrame, dict of str to str)
        The survey and what its columns hold. Text that is no number is missing, ``true`` is 1 and ``false``
        is 0.
    """
    expressions, read = {}, {}
    in_pandas = isinstance(survey, nw.DataFrame) and survey.implementation.is_pandas()
    for column in columns:
        array = _arrow(survey.to_native()[column]) if in_pandas else None
        if array is not None:
            read[column + AS_BLANK] = _blanks(array)
        if column in numbers and array is not None:
            read[column + AS_NUMBER] = _numbers(array, decimal)
        elif column in numbers:
            expressions[column + AS_NUMBER] = _number_in(column, decimal)
    if read:
        survey = nw.from_native(survey.to_native().assign(**read))
    if expressions:
        survey = survey.with_columns(**expressions)
    return survey, {**kinds, **{name: TRUTH for name in read if name.endswith(AS_BLANK)}}


def _arrow(written: Any) -> Any:
    """Return a pandas column of text as an Arrow array; None where it holds other things as well."""
    import pyarrow as pa

    try:
        array = pa.array(written, from_pandas=True)
        array = array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
        array = array.dictionary_decode() if pa.types.is_dictionary(array.type) else array
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError):
        return None
    return array if pa.types.is_string(array.type) or pa.types.is_large_string(array.type) else None


def _blanks(array: Any) -> np.ndarray:
    """Return where text is missing or of blanks alone."""
    import pyarrow.compute as pc

    return pc.equal(pc.utf8_trim(array, characters=BLANKS), "").fill_null(True).to_numpy(zero_copy_only=False)


def _numbers(array: Any, decimal: str) -> np.ndarray:
    """Return text as numbers: all at once where each is written plainly, else as `_number_in` reads each."""
    import pyarrow as pa
    import pyarrow.compute as pc

    try:
        if decimal != "." and pc.any(pc.match_substring(array, ".")).as_py():
            raise pa.ArrowInvalid("points where commas are expected")
        read = pc.cast(array, pa.float64())
        numbers = read.to_numpy(zero_copy_only=False)
        if np.isfinite(numbers).sum() == len(read) - read.null_count:  # not nan or inf, which are no numbers
            return numbers
    except pa.ArrowInvalid:
        pass
    encoded = array.dictionary_encode()
    texts = nw.from_native(pa.table({"written": encoded.dictionary}).to_pandas(), eager_only=True)
    numbers = texts.select(number=_number_in("written", decimal)).get_column("number").to_numpy()
    return np.append(numbers, np.nan)[encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False)]


def _number_in(column: str, decimal: str) -> nw.Expr:
    raw, written = nw.col(column).cast(nw.String), as_stripped_text(column)
    if decimal != ".":  # 1.234 then is no number: a point may stand before thousands
        written = nw.when(surely(~written.str.contains(".", literal=True))).then(written)
        written = written.str.replace_all(decimal, ".", literal=True)
    lower = written.str.to_lowercase()
    digits = nw.when(surely(raw.str.contains(NUMBER))).then(raw) if decimal == "." else nw
    digits = digits.when(surely(lower == "true")).then(nw.lit("1"))
    digits = digits.when(surely(lower == "false")).then(nw.lit("0"))
    return digits.when(surely(written.str.contains(NUMBER))).then(written).cast(nw.Float64)


def as_identifier(column: str, kinds: Kinds) -> nw.Expr:
    """Return a column as text that is the same whether whole numbers are held as 7, as 7.0 or as ``7``."""
    if kinds.get(column) == TEXT:
        raw, there = nw.col(column).cast(nw.String), ~blank(column, kinds)
        plain = surely(~raw.str.contains(BLANK_END))
        return nw.when(there & plain).then(raw).when(there).then(as_stripped_text(column))
    value = nw.col(column)
    if kinds.get(column) != NUMBERS:
        return value.cast(nw.String).str.to_lowercase()
    whole = surely(is_whole(value))
    digits = nw.when(whole).then(value).otherwise(nw.lit(0)).cast(nw.Int64).cast(nw.String)
    return nw.when(whole).then(digits).when(~value.is_null()).then(value.cast(nw.String))


def any_of(column: str, codes: Iterable[str], kinds: Kinds) -> nw.Expr:
    """Condition that a column holds one of some codes; a number may be written 3, 3.0 or, in text, 03.

    A code with decimals is a number as well, whatever the form of the column.
    """
    value, conditions = as_number(column, kinds), []
    for code in codes:
        within = RANGE.fullmatch(code)
        if code == BLANK:
            conditions.append(blank(column, kinds))
        elif within:
            conditions.append((value >= int(within[1])) & (value <= int(within[2])))
        elif not lettered(code):
            conditions += [value == same for same in _as_held(code)]
        elif kinds.get(column) == TEXT:
            conditions.append(as_stripped_text(column) == code.strip())
        elif kinds.get(column) == TRUTH and code.strip().lower() in TRUTHS:
            conditions.append(value == (code.strip().lower() == "true"))
    return reduce(or_, map(surely, conditions), nw.lit(False)) if conditions else nw.lit(False)


def _value(code: str) -> int | float:
    return int(code) if WHOLE.fullmatch(code) and len(code) <= LONGEST_CODE else float(code)


def _as_held(code: str) -> set[int | float]:
    """Return a number as a file may hold it: of double precision, or of single, as Stata's ``float``."""
    value = _value(code)
    return {value} if value == int(value) else {value, float(np.float32(value))}


def all_hold(when: Mapping[str, Iterable[str]], kinds: Kinds) -> nw.Expr:
    """Condition that every column named holds one of its codes."""
    return reduce(and_, (any_of(column, codes, kinds) for column, codes in when.items()))


def overlaps(codes: Iterable[str]) -> list[str]:
    """Return a fault for each code too large, range that ends before it begins, and pair that overlaps."""
    spans: list[tuple[float, float, str]] = []
    for code in codes:
        within = RANGE.fullmatch(code)
        if within:
            spans.append((_value(within[1]), _value(within[2]), code))
        elif code != BLANK and not lettered(code):
            spans.append((_value(code), _value(code), code))
    spans.sort()
    faults = [
        f"codes: {code[:40]} is larger than a number of a survey may be ({LARGEST_CODE:,})"
        for first, last, code in spans
        if max(abs(first), abs(last)) > LARGEST_CODE
    ]
    faults += [
        f"codes: range {code:.99} ends before it begins" for first, last, code in spans if last < first
    ]
    return faults + [
        f"codes: {before[2]:.40} and {after[2]:.40} overlap; a code may mean one thing only"
        for before, after in pairwise(spans)
        if after[0] <= before[1]
    ]
