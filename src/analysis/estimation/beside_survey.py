"""Small files that are given beside a survey: rows with the columns expected, numbers as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from analysis.estimation.variants import AskedWrongly
from analysis.files import Unreadable, told_of_system
from analysis.sources.written import rows_with_columns

_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,2})?")


def told_rows(
    option: str, path: Path | str, columns: tuple[str, ...]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows of a CSV file with their numbers.

    Parameters
    ----------
    option : str
        By which it is given, for messages.
    path : Path or str
    columns : tuple of str
        Those that it must have.

    Raises
    ------
    AskedWrongly
        When it cannot be read, lacks a column, or a row has more or fewer cells than the first.
    """
    try:
        yield from rows_with_columns(Path(path), columns)
    except (Unreadable, ValueError) as refused:
        raise AskedWrongly(f"{option} {refused}") from refused
    except OSError as refused:
        raise AskedWrongly(f"{option} {told_of_system(refused)}") from refused


def plain_number(text: str) -> float | None:
    """Return a number of plain digits with a point before decimals; None of anything else, or below zero."""
    plain = text.strip()
    number = float(plain) if _NUMBER.fullmatch(plain) else None
    return None if number == float("inf") else number
