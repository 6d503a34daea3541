"""The rows of a sheet as people lay it out: names in one row or two, blanks that repeat, notes below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from analysis.exchange.published import PublishedError

MOST_CELLS = 10_000_000
"""Cells that the rows of a sheet may have: a few kilobytes may say that there are 17 thousand million."""
SheetLine = tuple[int, list[str]]


def rows_of_names(file: Mapping[str, Any]) -> list[int]:
    """Return the numbers of the rows that name the columns, as ``[file] header`` says; the first without."""
    header = file.get("header", 1)
    return [header] if isinstance(header, int) else list(header)


def where_names_stand(file: Mapping[str, Any]) -> str:
    """Return, for a message, how a mapping says which rows name the columns; nothing where it says so."""
    asked = "; where another row names them, or two, say header = 4 or header = [4, 5] under [file]"
    return "" if "header" in file else asked


def named_rows(
    path: Path, lines: Iterable[SheetLine], file: Mapping[str, Any]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows of a sheet below its names, each with its number, cells by column; empty ones left out.

    Parameters
    ----------
    path : Path
        The file, for messages; of CSV every row has as many cells as the names.
    lines : iterable of (int, list of str)
        Rows from the top, with their number.
    file : mapping
        ``header`` (the row of the names, or two rows, of which the upper stands for what is blank beside
        it), ``last`` (the last row read) and ``filled`` (columns whose blanks repeat the cell above).

    Raises
    ------
    PublishedError
        When two columns have one name, ``filled`` names none, or a row is longer than the names.
    """
    at = rows_of_names(file)
    stripped = ((number, [cell.strip() for cell in cells]) for number, cells in _within_limit(path, lines))
    above: dict[int, list[str]] = {}
    for number, cells in stripped:
        above[number] = cells
        if number >= at[-1]:
            break
    header = _joined([above.get(number, []) for number in at])
    twice = sorted(name for name, number in Counter(header).items() if name and number > 1)
    if twice:
        raise PublishedError(f"{path}: columns that stand there twice: {', '.join(twice)}")
    filled = dict.fromkeys(file.get("filled", ()), "")
    if strange := [name for name in filled if name not in header]:
        there = ", ".join(filter(None, header)) + where_names_stand(file)
        raise PublishedError(f"{path}: [file] filled: no column {', '.join(strange)}; there are {there}")
    filled_up = 0
    for number, cells in stripped:
        if number > file.get("last", number):
            return
        if not any(cells):
            continue
        filled_up += len(header)
        _refuse_over(path, filled_up)
        if len(cells) > len(header) or (path.suffix.lower() == ".csv" and len(cells) < len(header)):
            raise PublishedError(
                f"{path}, row {number}: {len(cells)} cells, expected {len(header)} as in the header"
            )
        row = dict(zip(header, [*cells, *[""] * (len(header) - len(cells))], strict=True))
        filled = {name: row[name] or before for name, before in filled.items()}
        yield number, row | filled


def _within_limit(path: Path, lines: Iterable[SheetLine]) -> Iterator[SheetLine]:
    """Yield the rows of a sheet; refuse more cells, empty or not, than a table of results has."""
    number = 0
    for line in lines:
        number += len(line[1])
        _refuse_over(path, number)
        yield line


def _refuse_over(path: Path, number: int) -> None:
    if number > MOST_CELLS:
        raise PublishedError(
            f"{path}: more than {MOST_CELLS:,} cells, the empty ones counted; delete columns and rows that "
            "hold nothing, or say last = the number of the last row under [file]"
        )


def _joined(rows: list[list[str]]) -> list[str]:
    """Return the names of columns, of one row or two: ``2023`` over ``Target`` is ``2023 Target``."""
    *upper, names = rows
    for row in upper[::-1]:
        width = max(len(row), len(names))
        row, names = ([*line, *[""] * (width - len(line))] for line in (row, names))
        beside, parts = "", []
        for over, name in zip(row, names, strict=True):
            beside = over or (beside if name else "")
            parts.append(f"{beside} {name}".strip())
        names = parts
    return names
