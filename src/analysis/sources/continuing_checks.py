"""Whether what a framework says to continue is there: an address that leads nowhere ends a series."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from analysis.files import Unreadable, read_bytes
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
                told = f"{address!r}, of a document that is not there"
                yield Fault(name, number, "continues", told, "a node of a framework in data/raw", False)
            elif address not in nodes:
                told = f"{address!r}, which is no node of it"
                yield Fault(name, number, "continues", told, f"a node of {whose}: document/level/code")
            elif address == _address(document, row):
                yield Fault(name, number, "continues", f"{address!r}, which is itself", "an earlier node")
        if row.get("continues_why") == UNCONFIRMED:
            told = "why it continues that node, in words of the document or yours"
            yield Fault(name, number, "continues_why", f"{UNCONFIRMED!r}, as laid out", told, False)


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
