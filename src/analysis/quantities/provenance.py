"""The fifth reading of a quantity: its provenance, the rows of the record that it is made of."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.quantities.expression import Quantity, Selection
from analysis.quantities.tables import Recorded


def selections(quantity: Quantity) -> Iterator[Selection]:
    """Yield the selections that a quantity is made of, in order, once each.

    Parameters
    ----------
    quantity : Quantity
        What is read.

    Yields
    ------
    Selection
        Each with its table and its conditions.
    """
    seen: set[Quantity] = set()
    stack = [quantity]
    while stack:
        part = stack.pop()
        if isinstance(part, Selection) and part not in seen:
            seen.add(part)
            yield part
        stack.extend(reversed(part.parts()))


def lacks(quantity: Quantity, recorded: Recorded) -> bool:
    """Whether a number that a quantity is computed from is not in print.

    Raises
    ------
    SelectionError
        As of :func:`analysis.quantities.evaluate`.
    """
    return any(
        recorded[selection.table].values[row].missing
        for selection in selections(quantity)
        if selection.how != "count"
        for row in selection.selected(recorded)
    )


def provenance(quantity: Quantity, recorded: Recorded) -> list[dict[str, str]]:
    """Return one entry for each recorded row that a quantity reads.

    Parameters
    ----------
    quantity : Quantity
        What is read.
    recorded : Recorded
        The tables that it is read from.

    Returns
    -------
    list of dict
        With ``id, document, symbol, path, sha256, row, place, line, printed, unit``; a row without a number
        is there too.

    Raises
    ------
    SelectionError
        As of :func:`analysis.quantities.evaluate`.
    """
    entries: dict[tuple[str, int], dict[str, str]] = {}
    for selection in selections(quantity):
        table = recorded[selection.table]
        for number in selection.selected(recorded):
            row, source = table.records[number], table.source_of(number)
            entries[selection.table, number] = {
                **{name: row[name] for name in ("id", "place", "line", "printed", "unit")},
                "document": source.document,
                "symbol": source.symbol,
                "path": source.path,
                "sha256": source.sha256,
                "row": str(table.file_row(number)),
            }
    return list(entries.values())
