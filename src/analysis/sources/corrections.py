"""The corrections ledger: what a document prints wrongly, by its own testimony, and what it should print.

``data/corrections.csv`` holds one entry a row: ``id`` of the recorded number, ``where`` (the column of the
record that is corrected, usually ``value``), what stands there as ``printed``, what is ``corrected``, the
``reason`` and the ``status``: an ``open`` entry is applied on request; a ``closed`` one, whose document was
reissued, is only kept. The record itself is never changed. An open entry that matches nothing is an error,
so that the ledger cannot outlive what it corrects.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path

from analysis.quantities import Quantity, Recorded, SelectionError, selections
from analysis.sources.written import written_rows

OPEN, CLOSED = "open", "closed"


class CorrectionError(ValueError):
    """An entry of the ledger that matches nothing, or that cannot be read."""


@dataclass(frozen=True)
class Correction:
    """An entry of the ledger; the attributes are its columns."""

    id: str
    where: str
    printed: str
    corrected: str
    reason: str
    status: str


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """Read the ledger; none when there is no file.

    Raises
    ------
    Unreadable
        When it is no such file.
    CorrectionError
        When a status is not one of the ledger's, or an entry says nothing.
    """
    rows = written_rows(path, tuple(field.name for field in fields(Correction)))
    entries = tuple(Correction(**row) for row in rows)
    for number, entry in enumerate(entries, start=2):
        if entry.status not in (OPEN, CLOSED):
            raise CorrectionError(
                f"{path} row {number}: status {entry.status!r} is neither {OPEN} nor {CLOSED}"
            )
        if not entry.reason or entry.printed == entry.corrected:
            raise CorrectionError(
                f"{path} row {number}: an entry needs a reason and another reading ({entry.id})"
            )
    return entries


def apply_corrections(recorded: Recorded, corrections: Iterable[Correction]) -> Recorded:
    """Return the recorded tables with the open entries of the ledger applied.

    Entries for documents that are not among the tables are left aside.

    Raises
    ------
    CorrectionError
        When an entry names no recorded number, no column, or something else stands there.
    """
    tables, applied = dict(recorded), []
    for entry in corrections:
        if entry.status != OPEN or recorded.of_id(entry.id) is None:
            continue
        try:
            table, row = recorded.locate(entry.id)
        except SelectionError as error:
            raise CorrectionError(f"data/corrections.csv: {error}; remove or close the entry") from error
        there = tables[table.name].records[row].get(entry.where)
        if there != entry.printed:
            raise CorrectionError(
                f"data/corrections.csv: {entry.id}, column {entry.where}: expected {entry.printed!r}, "
                f"found {there!r}; close the entry if the document was reissued"
            )
        tables[table.name] = tables[table.name].replaced(row, **{entry.where: entry.corrected})
        applied.append(entry)
    return recorded.with_tables(tables.values(), applied)


def cited(
    quantities: Iterable[Quantity], recorded: Recorded, corrections: Iterable[Correction]
) -> tuple[Correction, ...]:
    """Return the open entries that quantities read, for the notes of what is made with them."""
    read = {
        recorded[selection.table].records[row]["id"]
        for quantity in quantities
        for selection in selections(quantity)
        for row in selection.selected(recorded)
    }
    return tuple(entry for entry in corrections if entry.status == OPEN and entry.id in read)
