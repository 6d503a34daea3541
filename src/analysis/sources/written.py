"""What people write beside the record: files of rows with the columns that are expected."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from analysis.files import Unreadable, read_text


def written_rows(path: Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """Return the rows of a CSV file by column; none when there is no file.

    A byte order mark, which Excel writes, is passed over.

    Parameters
    ----------
    path : Path
    columns : tuple of str
        The header, in its order.

    Raises
    ------
    Unreadable
        When it is no text in UTF-8, no CSV, has other columns, or a row has more or fewer cells; the message
        names the row.
    """
    if not path.exists():
        return []
    header, *rows = _cells(path)
    if tuple(header) != columns:
        raise Unreadable(_other_columns(path, columns, header))
    return [_row(path, number, header, row) for number, row in enumerate(rows, start=2)]


def rows_with_columns(
    path: Path, columns: tuple[str, ...], delimiter: str = ","
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each row of a CSV file that has some columns, in any order and beside others, with its number.

    Blank lines are passed over.

    Parameters
    ----------
    path : Path
    columns : tuple of str
        Those that it must have.
    delimiter : str
        What stands between cells.

    Raises
    ------
    OSError
        When there is no file.
    Unreadable
        As of :func:`written_rows`; also when two columns bear one name, or one bears none.
    """
    header, *rows = _cells(path, delimiter)
    if not set(columns) <= set(header):
        raise Unreadable(_other_columns(path, columns, header))
    if len(set(header)) < len(header) or "" in header:
        raise Unreadable(f"{path} row 1: found {header}; expected names that differ and are not empty")
    for number, row in enumerate(rows, start=2):
        if row:
            yield number, _row(path, number, header, row)


def _cells(path: Path, delimiter: str = ",") -> list[list[str]]:
    text = read_text(path)
    try:
        return list(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)) or [[]]
    except csv.Error as error:
        between = "commas" if delimiter == "," else repr(delimiter)
        raise Unreadable(
            f"{path}: no CSV ({error}); write {between} between cells, double quotes around"
        ) from None


def _other_columns(path: Path, columns: tuple[str, ...], header: list[str]) -> str:
    semicolons = "; save it with commas between cells" if len(header) == 1 and ";" in header[0] else ""
    return f"{path}: expected the columns {', '.join(columns)}; found {header}{semicolons}"


def _row(path: Path, number: int, header: list[str], row: list[str]) -> dict[str, str]:
    if len(row) != len(header):
        raise Unreadable(
            f"{path} row {number}: {len(row)} cells, {len(header)} expected; "
            "a text that holds a comma stands in double quotes"
        )
    return dict(zip(header, row, strict=True))
