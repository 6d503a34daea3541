"""Which columns of a table say which number it is, and which of them nest in one another."""

from __future__ import annotations

from analysis.quantities import RecordedTable
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
WHOLE = ("SEX_T", "TOTAL", "YTHADULT_YGE15", "all", "total", "ALL", "T", "_T")


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


def nested(table: RecordedTable, columns: list[str]) -> list[str]:
    """Return the columns that determine one another, the finest first: indicator, output, outcome."""
    names: list[str] = []
    for name in columns:
        for other in columns:
            if name != other and _determines(table, name, other):
                names += [column for column in (name, other) if column not in names]
    if names:
        names = [column for column in names if not _has_whole(table, column)]
        return sorted(names, key=lambda column: -table.rows[column].nunique())
    # Without nesting, the columns over which amounts may be added: those without a code for the whole.
    return [
        column
        for column in columns
        if column in ("outcome", "partner", "programme") and not _has_whole(table, column)
    ][:1]


def _determines(table: RecordedTable, fine: str, coarse: str) -> bool:
    pairs = set(zip(table.rows[fine], table.rows[coarse], strict=True))
    first = {one for one, _ in pairs}
    second = {other for _, other in pairs}
    return "" not in first | second and len(pairs) == len(first) > len(second) > 1


def _has_whole(table: RecordedTable, column: str) -> bool:
    return bool(set(table.rows[column]) & set(WHOLE))
