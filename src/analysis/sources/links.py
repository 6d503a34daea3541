"""Links between recorded numbers: which printings are one quantity, and which evidence speaks to what.

A link is a judgement, so it stands in ``data/links`` and not in ``data/raw``; it names recorded ids only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd

from analysis.files import read_bytes
from analysis.quantities import Recorded, SelectionError
from analysis.quantities.tables import REQUIRED, RecordedTable, Source
from analysis.sources.schema import Fault
from analysis.sources.written import rows_with_columns

TITLES = {
    "quantities": "Printings of one quantity, in one document or several",
    "plan_evidence": "Statements of the mid-term review that speak to a deliverable of the plan",
}
COLUMNS = {"quantities": ("link", "id", "note"), "plan_evidence": ("deliverable", "evidence")}
IDS = ("id", "evidence")
"""Columns that name recorded ids."""
OWN = ("link", "note")
"""Columns that no table of the record knows."""


def link_tables(root: Path) -> list[RecordedTable]:
    """Return the files of ``data/links`` as tables named ``links.<file stem>``.

    Parameters
    ----------
    root : Path
        The folder that holds ``data``.

    Returns
    -------
    list of RecordedTable
        In order of name; empty where the project links nothing.

    Raises
    ------
    Unreadable
        When a file is no table of text, lacks a column, or a row has more or fewer cells than the first.
    """
    return [_table(path) for path in _paths(root)]


def link_faults(root: Path, records: Sequence[Recorded]) -> Iterator[Fault]:
    """Yield what links name and no record holds: an id of no number, a code of no table.

    Parameters
    ----------
    root : Path
        The folder that holds ``data``.
    records : sequence of Recorded
        Of every period: a link may name a number of any.
    """
    codes: dict[str, set[str]] = {}
    for path in _paths(root):
        for number, row in rows_with_columns(path, COLUMNS.get(path.stem, ())):
            codes |= {column: _codes(column, records) for column in row if column not in codes}
            for column, cell in row.items():
                if column in IDS and not any(_holds(recorded, cell) for recorded in records):
                    expected = "an id of a recorded number"
                elif column not in (*IDS, *OWN) and cell not in codes[column]:
                    expected = f"what stands in the column {column} of a table of the record"
                else:
                    continue
                yield Fault(f"data/links/{path.name}", number, column, repr(cell), expected)


def _paths(root: Path) -> list[Path]:
    return sorted((root / "data" / "links").glob("*.csv"))


def _holds(recorded: Recorded, identifier: str) -> bool:
    try:
        recorded.locate(identifier)
    except SelectionError:
        return identifier in recorded.left_out
    return True


def _codes(column: str, records: Sequence[Recorded]) -> set[str]:
    numbers = (table for recorded in records for table in recorded.values())
    return {
        code
        for table in numbers
        if column in table.rows and not table.name.startswith("links.")
        for code in table.rows[column]
    }


def _table(path: Path) -> RecordedTable:
    content = read_bytes(path)
    columns = COLUMNS.get(path.stem, ())
    cells = [row for _, row in rows_with_columns(path, columns)]
    rows = pd.DataFrame(cells, columns=list(cells[0]) if cells else list(columns), dtype=str)
    for column in REQUIRED:
        if column not in rows:
            rows[column] = ""
    checksum = hashlib.sha256(content).hexdigest()
    title = TITLES.get(path.stem, path.stem)
    source = Source("links", "", f"data/links/{path.name}", checksum, title)
    return RecordedTable(f"links.{path.stem}", rows, source)
