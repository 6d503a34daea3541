"""Files of text columns: tables that services publish, and the lists by which they are understood."""

from __future__ import annotations

import csv
import gzip
import re
import zlib
from collections.abc import Sequence
from pathlib import Path

import pandas as pd


class VintageError(RuntimeError):
    """A vintage that is not registered, not whole, or not to be understood."""


def read_text_columns(path: Path, *, separator: str = ",", skip: int = 0) -> pd.DataFrame:
    """Return a file of text columns, blanks as empty text; a compressed one is unpacked.

    Raises
    ------
    VintageError
        When it is no table of text in UTF-8, each line of it as long as the first.
    """
    try:
        rows = pd.read_csv(
            path, dtype=str, keep_default_na=False, encoding="utf-8-sig", sep=separator, skiprows=skip
        )
    except (ValueError, EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise VintageError(f"{path}: no table that can be read ({str(error).strip()})") from None
    if not isinstance(rows.index, pd.RangeIndex):  # pandas takes what is too many for names of rows
        raise VintageError(f"{path}: lines are longer than the first; name each column, or take commas away")
    if twice := [name for name in rows if re.sub(r"\.[0-9]+$", "", name) in set(rows) - {name}]:
        raise VintageError(f"{path}: column {twice[0].rpartition('.')[0]} stands twice in the first line")
    if not (rows.iloc[:, -1:] != "").all(axis=None):  # blank, or not there: the line may be cut off
        _check_lengths(path, separator, skip)
    return rows


def _check_lengths(path: Path, separator: str, skip: int) -> None:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8-sig", newline="") as lines:
        for _ in range(skip):
            next(lines)
        reader = csv.reader(lines, delimiter=separator)
        width = len(next(reader))
        for cells in reader:
            if 0 < len(cells) < width:
                raise VintageError(f"{path}: line {reader.line_num} is shorter than the first")


def read_list(
    path: Path, columns: Sequence[str], keys: Sequence[str] = (), *, separator: str = ","
) -> pd.DataFrame:
    """Return a list of codes: a file of text columns that has some, and one row for each key.

    Raises
    ------
    VintageError
        When it is no such table, lacks a column, or says two things of one code.
    """
    rows = read_text_columns(path, separator=separator)
    if lacking := [name for name in columns if name not in rows]:
        raise VintageError(
            f"{path}: lacks the column {', '.join(lacking)}; it holds {', '.join(map(str, rows.columns))}"
        )
    if keys and (twice := rows.duplicated(list(keys))).any():
        code = ", ".join(rows.loc[twice.idxmax(), list(keys)])
        raise VintageError(f"{path}: {code} stands there twice; one code means one thing")
    return rows
