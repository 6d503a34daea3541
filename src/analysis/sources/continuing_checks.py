"""Whether what a framework says to continue is there: an address that leads nowhere ends a series."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from analysis.files import Unreadable, read_bytes
from analysis.periods import first_and_last
from analysis.sources.framework_checks import CHANGES as CHANGED
from analysis.sources.new_report import UNCONFIRMED
from analysis.sources.schema import Fault, read_rows

_Rows = Sequence[Mapping[str, str]]


def check_continues(name: str, rows: _Rows, raw: Path, document: str) -> Iterator[Fault]:
    """Yield addresses of no node, and reasons that ``analysis new-report`` wrote and nobody has confirmed.

    Parameters
    ----------
    name : str
        The file of nodes, for messages.
    rows : sequence of mapping
        Its rows.
    raw : Path
        The folder of all documents.
    document : str
        Name of the folder that the rows are of.
    """
    known: dict[str, set[str] | None] = {document: {_address(document, row) for row in rows}}
    for number, row in enumerate(rows, start=2):
        for address in filter(None, row.get("continues", "").split("|")):
            whose = address.partition("/")[0]
            if whose not in known:
                known[whose] = _nodes_of(raw, whose)
            nodes = known[whose]
            if nodes is None:
                actual = f"{address!r}, of a document that is not there"
                yield Fault(name, number, "continues", actual, "a node of a framework in data/raw", False)
            elif address not in nodes:
                actual = f"{address!r}, which is no node of it"
                yield Fault(name, number, "continues", actual, f"a node of {whose}: document/level/code")
            elif address == _address(document, row):
                yield Fault(name, number, "continues", f"{address!r}, which is itself", "an earlier node")
        if row.get("continues_why") == UNCONFIRMED:
            allowed = "why it continues that node, in words of the document or yours"
            yield Fault(name, number, "continues_why", f"{UNCONFIRMED!r}, as laid out", allowed, False)


def check_changes(tables: Mapping[str, tuple[str, _Rows]]) -> Iterator[Fault]:
    """Yield what a row of ``framework/changes.csv`` may not hold: codes of no table, changes of no kind.

    Parameters
    ----------
    tables : mapping
        Path of the file for messages, and its rows, of every table of the document.
    """
    name, changes = tables.get("framework/changes", ("", ()))
    numbers = [rows for stem, (_, rows) in tables.items() if not stem.startswith("framework/")]
    ids = {row["id"] for rows in numbers for row in rows if "id" in row}
    for number, row in enumerate(changes, start=2):
        column, code = row.get("column", ""), row.get("code", "")
        if not any(row.get(column) == code and code for rows in numbers for row in rows):
            yield Fault(name, number, "code", f"{column} {code!r}", "a code that a table of the document has")
        if first_and_last(row.get("period", "")) is None:
            yield Fault(name, number, "period", repr(row.get("period", "")), "a period, such as 2020-21")
        parts = row.get("changed", "").split("|")
        for part in (part for part in parts if part not in CHANGED):
            yield Fault(name, number, "changed", repr(part), " or ".join(CHANGED))
        if row.get("finding") and row["finding"] not in ids:
            allowed = "the id of a contradiction that the document records, or nothing"
            yield Fault(name, number, "finding", repr(row["finding"]), allowed)


def _address(document: str, row: Mapping[str, str]) -> str:
    return f"{document}/{row.get('level', '')}/{row.get('code', '')}"


def _nodes_of(raw: Path, document: str) -> set[str] | None:
    """Return the addresses of a document's nodes; None where it has none that can be read."""
    path = raw / document / "framework" / "nodes.csv"
    try:
        header, rows, _ = read_rows(read_bytes(path), path.name)
    except (OSError, Unreadable):
        return None
    return {_address(document, dict(zip(header, row, strict=True))) for row in rows}
