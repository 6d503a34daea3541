"""Codes that a file itself declares missing: SPSS's user-missing values, Stata's .a to .z.

What a file declares missing is missing, unless the mapping names the code: then the mapping decides, as it
does of a CSV file, which declares nothing. A blank of a condition is a blank alone, never a refusal that SPSS
or Stata was told to leave out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import reduce
from operator import or_
from typing import Any

import narwhals as nw

from analysis.sources.codes import TEXT, Kinds, any_of, as_number, as_stripped_text, surely

Spans = tuple[tuple[float | str, float | str], ...]
"""First and last of each run of codes; text has runs of one."""

EXTENDED = re.compile(r"\.[a-z]")
"""An extended missing value as Stata and a mapping write it."""


def spans_of(metadata: Any) -> dict[str, Spans]:
    """Return the runs of codes that an SPSS file declares missing, by column."""
    return {
        column: tuple((run["lo"], run["hi"]) for run in runs)
        for column, runs in metadata.missing_ranges.items()
    }


def declared_missing(column: str, spans: Spans, kinds: Kinds, named: Iterable[str] = ()) -> nw.Expr:
    """Condition that a column holds a code that the file declares missing and the mapping does not name."""
    if kinds.get(column) == TEXT:
        conditions = [
            surely(as_stripped_text(column) == str(low)) for low, _ in spans if isinstance(low, str)
        ]
    else:
        value = as_number(column, kinds)
        conditions = [surely((value >= low) & (value <= high)) for low, high in spans]
    missing = reduce(or_, conditions, nw.lit(False))
    return missing & ~any_of(column, named, kinds) if named else missing


def without(persons: Any, spans: Mapping[str, Spans]) -> Any:
    """Return a Polars frame of numbers in which the codes that a file declares missing are missing."""
    import polars as pl

    for column, runs in spans.items():
        lost = reduce(or_, (pl.col(column).is_between(low, high) for low, high in runs))
        persons = persons.with_columns(pl.when(~lost).then(pl.col(column)).alias(column))
    return persons


def lettered_apart(persons: Any) -> Any:
    """Return a frame as text in which Stata's extended missing values stand as a mapping writes them.

    Parameters
    ----------
    persons : polars.DataFrame
        Columns read with what the user declared missing: numbers, or objects of numbers and letters.
    """
    import polars as pl

    def written(value: Any) -> str | None:
        if isinstance(value, str):
            return f".{value}"
        if value is None or value != value:
            return None
        return repr(int(value) if value == int(value) else value)

    return pl.DataFrame(
        {column: pl.Series(map(written, persons[column]), dtype=pl.String) for column in persons.columns}
    )
