"""What a quantity says of itself: a sentence, the selections it is made of, and the rows it reads."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.quantities.expression import Cells, Quantity, evaluate, spoken
from analysis.quantities.tables import Recorded


def sentence(quantity: Quantity, recorded: Recorded) -> str:
    """Return in plain words what a quantity is and what it comes to."""
    words = quantity.words(recorded)
    return f"{words[0].upper()}{words[1:]}: {spoken(evaluate(quantity, recorded))}."


def cells(quantity: Quantity) -> Iterator[Cells]:
    """Yield the selections that a quantity is made of, in order, once each."""
    seen: set[Quantity] = set()
    stack = [quantity]
    while stack:
        part = stack.pop()
        if isinstance(part, Cells) and part not in seen:
            seen.add(part)
            yield part
        stack.extend(reversed(part.parts()))


def provenance(quantity: Quantity, recorded: Recorded) -> list[dict[str, str]]:
    """Return one entry per recorded row that a quantity reads.

    Returns
    -------
    list of dict
        With ``id, document, symbol, path, sha256, row, place, line, printed, unit``.
    """
    entries: dict[tuple[str, int], dict[str, str]] = {}
    for selection in cells(quantity):
        table = recorded[selection.table]
        for number in selection.selected(recorded):
            row, source = table.rows.iloc[number], table.source
            entries[selection.table, number] = {
                **{name: row[name] for name in ("id", "place", "line", "printed", "unit")},
                "document": source.document,
                "symbol": source.symbol,
                "path": source.path,
                "sha256": source.sha256,
                "row": str(table.file_row(number)),
            }
    return list(entries.values())
