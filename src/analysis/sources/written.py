"""What people write beside the record: files of rows with exactly the columns that are expected."""

from __future__ import annotations

import csv
import io
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
    text = read_text(path)
    try:
        header, *rows = csv.reader(io.StringIO(text), strict=True) if text.strip() else [[]]
    except csv.Error as error:
        raise Unreadable(
            f"{path}: no CSV ({error}); write commas between cells, double quotes around"
        ) from None
    if tuple(header) != columns:
        semicolons = "; save it with commas between cells" if len(header) == 1 and ";" in header[0] else ""
        raise Unreadable(f"{path}: expected the columns {', '.join(columns)}; found {header}{semicolons}")
    for number, row in enumerate(rows, start=2):
        if len(row) != len(columns):
            raise Unreadable(
                f"{path} row {number}: {len(row)} cells, {len(columns)} expected; "
                "a text that holds a comma stands in double quotes"
            )
    return [dict(zip(columns, row, strict=True)) for row in rows]
