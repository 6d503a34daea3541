"""A period's record with what its organisation's documents of the period before hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from analysis.framework import DIMENSIONS, TITLES, Framework
from analysis.periods import Period
from analysis.quantities.tables import Recorded, RecordedTable
from analysis.sources.appending import stacked_tables
from analysis.sources.register import Register


class RecordedThrough(Recorded):
    """A record whose tables hold the numbers of the period before, too; ``own`` is what it is without."""

    own: Recorded


def own_record(recorded: Recorded) -> Recorded:
    """Return a period's record without what the documents of the period before hold."""
    return getattr(recorded, "own", recorded)


def with_earlier(register: Register, period: Period) -> Recorded:
    """Return a period's record with the numbers that documents of the period before alone hold.

    Only a table that both have is continued. A node's numbers are told under the code of the one that
    continues it; those of a node that nothing continues keep their code, where it means nothing else now.
    """
    own, before = register.recorded(period), register.before(period)
    held = {document.name for document in register.holding(period)}
    if all(document.name in held for document in register.principal(before)):
        return own
    earlier = register.recorded(before)
    now, then = Framework.of(own), Framework.of(earlier)
    codes = {level: _codes(now, then, level) for level in now.levels}
    tables = []
    for name, table in own.items():
        rows = (
            _rows(earlier[name], codes, held) if name in earlier and not name.startswith("links.") else None
        )
        tables.append(table if rows is None else stacked_tables([table, rows]))
    about = {**own.about, **_words(own, earlier, now, codes)}
    made = RecordedThrough(tables, own.renames, about.values(), own.left_out, own.later, own.corrections)
    made.own = own
    return made


def _codes(now: Framework, then: Framework, level: str) -> dict[str, str]:
    """Return under what code each node of an earlier framework goes on; none that means another now."""
    after: dict[str, list[str]] = {}
    for node in now.nodes(level):
        if len(node.continues) == 1:
            after.setdefault(node.continues[0], []).append(node.code)
    codes = {}
    for node in then.nodes(level):
        same = now.node(level, node.code)
        known = after.get(node.address, [])
        if len(known) == 1:
            codes[node.code] = known[0]
        elif same is None or same.address == node.address:
            codes[node.code] = node.code
    return codes


def _rows(
    table: RecordedTable, codes: Mapping[str, Mapping[str, str]], held: set[str]
) -> RecordedTable | None:
    """Return the rows of a table that no document among some holds, their nodes by today's codes."""
    levels = [name for name in codes if name in table.rows]
    kept, rows = [], []
    for number, row in enumerate(table.records):
        if table.source_of(number).document in held or not all(
            not row[name] or row[name] in codes[name] for name in levels
        ):
            continue
        kept.append(number)
        rows.append({**row, **{name: codes[name].get(row[name], "") for name in levels}})
    if not rows:
        return None
    origins = tuple((table.source_of(number), table.file_row(number)) for number in kept)
    return RecordedTable(table.name, pd.DataFrame(rows, dtype=str), table.source, origins)


def _words(
    own: Recorded, earlier: Recorded, now: Framework, codes: Mapping[str, Mapping[str, str]]
) -> dict[str, RecordedTable]:
    """Return the tables of titles and dimensions with what only the period before has: no node is added."""
    described = {(name, code) for name in now.dimensions for code in (*now.parts(name), now.total_code(name))}

    def is_lacking(row: dict[str, str]) -> bool:
        kind, code = row["kind"], row["code"]
        goes_on = codes[kind].get(code) == code if kind in codes else kind in now.dimensions
        return goes_on and not now.languages_of(f"{kind}.{code}")

    lacking = {
        TITLES: is_lacking,
        DIMENSIONS: lambda row: row["total"] != "yes" and (row["dimension"], row["code"]) not in described,
    }
    made = {}
    for name, asked in lacking.items():
        if name in own.about and name in earlier.about:
            table = earlier.about[name]
            more = [number for number, row in enumerate(table.records) if asked(row)]
            made[name] = _with_rows(own.about[name], table, more)
    return made


def _with_rows(table: RecordedTable, other: RecordedTable, numbers: Iterable[int]) -> RecordedTable:
    """Return a table with some rows of another."""
    taken = [*numbers]
    origins = tuple((other.source_of(number), other.file_row(number)) for number in taken)
    rows = other.rows.iloc[taken].reset_index(drop=True)
    return stacked_tables([table, RecordedTable(table.name, rows, other.source, origins)]) if taken else table
