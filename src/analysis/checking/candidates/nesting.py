"""Which columns of a table say which number it is, and which of them nest in one another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain, permutations

from analysis.framework import Framework
from analysis.quantities import Recorded, RecordedTable
from analysis.quantities.tables import IN_WORDS, REQUIRED

SEPARATE = (
    "period",
    "stated",
    "note",
    "item",
    "entry",
    "part",
    "figure",
    "footnote",
    "split",
    "role",
    "direction",
)


def finest_dimensions(table: RecordedTable) -> list[str]:
    """Return the columns whose codes say which number it is, the finest of nested ones first."""
    names = []
    for name in table.rows.columns:
        if name in REQUIRED or name in SEPARATE or name.endswith((*IN_WORDS, "_printed", "_place", "_line")):
            continue
        codes = set(table.rows[name]) - {""}
        if len(codes) >= 1 and (len(codes) > 1 or name in ("measure", "indicator", "region")):
            names.append(name)
    return names


def nested(
    table: RecordedTable, columns: list[str], wholes: Mapping[str, frozenset[str]], levels: Iterable[str]
) -> list[str]:
    """Return the columns that determine one another, the finest first: indicator, output, outcome.

    ``columns`` are those that say which number it is; one of them that holds a code of ``wholes`` is left
    out. Of columns that nest apart, as places do in operations and indicators in areas, those of the
    framework's ``levels`` are returned.
    """
    apart: list[list[str]] = []
    for name, other in permutations(columns, 2):
        if _determines(table, name, other):
            met = [held for held in apart if name in held or other in held]
            joined = [*dict.fromkeys([*chain.from_iterable(met), name, other])]
            apart = [*(held for held in apart if held not in met), joined]
    names = max(apart, key=lambda held: len({*held} & {*levels}), default=[])
    if names:
        names = [column for column in names if not wholes.get(column, frozenset()) & {*table.rows[column]}]
        return sorted(names, key=lambda column: -table.rows[column].nunique())
    # Without nesting, the columns over which amounts may be added: those without a code for the whole.
    return [
        column
        for column in columns
        if column in ("outcome", "partner", "programme")
        and not wholes.get(column, frozenset()) & {*table.rows[column]}
    ][:1]


def _determines(table: RecordedTable, fine: str, coarse: str) -> bool:
    pairs = set(zip(table.rows[fine], table.rows[coarse], strict=True))
    first = {one for one, _ in pairs}
    second = {other for _, other in pairs}
    return "" not in first | second and len(pairs) == len(first) > len(second) > 1


def whole_codes(recorded: Recorded) -> dict[str, frozenset[str]]:
    """Return the codes of each column's whole, as the framework says, or else the standard."""
    framework = Framework.of(recorded)
    held: dict[str, set[str]] = {}
    for name, table in recorded.items():
        for column in finest_dimensions(table):
            for code in set(table.rows[column]):
                from analysis.exhibits.catalogue import code_keys

                keys = code_keys(name, column, code)
                if any(framework.is_whole(key.removesuffix(f".{code}"), code) for key in keys):
                    held.setdefault(column, set()).add(code)
    return {column: frozenset(codes) for column, codes in held.items()}


def joined_codes(
    codes: Mapping[str, str], said: Mapping[str, str], wholes: Mapping[str, frozenset[str]]
) -> dict[str, str]:
    """Return the codes of a row and of its title; a title about women stands above the whole of a column.

    ``codes`` are those of the row, ``said`` those of its title.
    """
    kept = {
        name: code for name, code in codes.items() if name not in said or code not in wholes.get(name, ())
    }
    return {**said, **kept}
