"""Tables of one name that several documents hold become one, row by row with its source."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.periods import Period
from analysis.quantities.tables import IN_WORDS, REQUIRED, RecordedTable

# Columns that say how a number is printed, or word it; all others say which number it is.
_NO_KEY = {*REQUIRED, "note", "direction", "progress", "achieved"}


class CollisionError(ValueError):
    """Two documents print the same number in one table of one period."""


def key_columns(columns: Sequence[str]) -> list[str]:
    """Return the columns that say which number a row holds."""
    return [name for name in columns if name not in _NO_KEY and not name.endswith(IN_WORDS)]


def rows_of_period(table: RecordedTable, period: Period) -> RecordedTable:
    """Return the rows of a period, or of years within it; none where the table has no periods."""
    spans = {str(period), *(str(year) for year in period.years)}
    periods = table.rows.get("period", pd.Series("", index=table.rows.index))
    numbers = [number for number, period in enumerate(periods) if period in spans]
    origins = tuple((table.source_of(number), table.file_row(number)) for number in numbers)
    rows = table.rows.iloc[numbers].reset_index(drop=True)
    return RecordedTable(table.name, rows, table.source, origins)


def append(tables: Sequence[RecordedTable]) -> RecordedTable:
    """Return one table of several documents' rows, in order.

    Raises
    ------
    CollisionError
        When two documents hold a row with the same key; the message names both.
    """
    whole = stacked_tables(tables)
    if len(tables) > 1:
        _refuse_collisions(whole)
    return whole


def stacked_tables(tables: Sequence[RecordedTable]) -> RecordedTable:
    """Return one table of words or codes of several documents, whose rows may repeat each other."""
    if len(tables) == 1:
        return tables[0]
    rows = pd.concat([table.rows for table in tables], ignore_index=True).fillna("")
    origins = tuple(
        (table.source_of(number), table.file_row(number))
        for table in tables
        for number in range(len(table.rows))
    )
    return RecordedTable(tables[0].name, rows, tables[0].source, origins)


def _refuse_collisions(whole: RecordedTable) -> None:
    names = key_columns(list(whole.rows.columns))
    # Only numbers can collide; prose without an item is told apart by its id alone.
    leading = [name for name in names if name != "period"]
    if not leading or "item" in names:
        leading = ["item"] if "item" in names else []
    first: dict[tuple[str, ...], int] = {}
    for number, row in enumerate(whole.records):
        if not row["value"] and not row["printed"]:
            continue
        if not any(row[name] for name in leading):
            continue
        key = tuple(row[name] for name in names)
        other = first.setdefault(key, number)
        mine, theirs = whole.source_of(number), whole.source_of(other)
        if mine.document != theirs.document:
            place = ", ".join(f"{name} {row[name]}" for name in names if row[name])
            raise CollisionError(
                f"{whole.name}: two documents print the number where {place}: "
                f"{theirs.path} row {whole.file_row(other)} ({whole.records[other]['printed']}) and "
                f"{mine.path} row {whole.file_row(number)} ({row['printed']}); say in one document.toml, by "
                "`periods` of the document or the file, that it does not serve this period, and link "
                "the two in data/links/quantities.csv"
            )
