"""Which recorded numbers are added up: over what nests, and over places, say, that have no whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set

from analysis.framework import ADDED, Framework
from analysis.quantities import RecordedTable
from analysis.quantities.tables import STATEMENTS
from analysis.quantities.units import unit

# A row of what all terms of a sum have, the columns that say it, and the terms' rows.
Summed = tuple[dict[str, str], list[str], list[int]]


def sums(
    table: RecordedTable, columns: list[str], nested: list[str], without_whole: Set[str], framework: Framework
) -> Iterator[Summed]:
    """Yield the sums over what nests: indicators under an output, outputs under an outcome, all.

    Numbers without a noun are not of one kind, and left out. Of indicators of which the framework says that
    they add up, the sums over the columns ``without_whole``, too: places, of which no whole is recorded.
    """
    if not nested or "period" not in table.rows or {*STATEMENTS} & {*table.rows}:
        return
    named = [row for row, record in enumerate(table.records) if record["unit"] != "count"]
    for kept in range(1, len(nested) + 1):
        yield from _by(table, [*nested[kept:], *(name for name in columns if name not in nested)], named)
    wholes = [name for name in columns if name not in without_whole]
    if wholes != columns:
        nodes = framework.nodes(nested[0])
        adding = {node.code for node in nodes if (node.adds_up, node.measure) == ("sum", ADDED)}
        added = [row for row, record in enumerate(table.records) if record[nested[0]] in adding]
        yield from _by(table, wholes, added)


def _by(table: RecordedTable, columns: Sequence[str], of: Iterable[int]) -> Iterator[Summed]:
    """Yield the sums of some rows by columns and unit; none of which a part is missing or of its own time.

    Where documents of several periods make up a table, the period is one of the columns.
    """
    several = len({source.period for source in table.sources}) > 1
    keys = [*columns, "unit", *(["period"] if several else [])]
    groups: dict[tuple[str, ...], list[int]] = {}
    for row in of:
        about = table.source_of(row).period if several else ""
        groups.setdefault(
            (about, *(table.records[row][name] for name in columns), table.records[row]["unit"]), []
        ).append(row)
    for (_, *key), rows in groups.items():
        periods = {table.records[row]["period"] for row in rows}
        if len(rows) < 2 or len(periods) > 1 or any(table.values[row].missing for row in rows):
            continue
        record = {**dict(zip([*columns, "unit"], key, strict=True)), "period": periods.pop()}
        if unit(record["unit"]).kind in ("count", "money", "amount"):
            yield record, keys, rows
