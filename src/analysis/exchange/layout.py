"""The layout of an imported document: which kinds of exhibits its results fill."""

from __future__ import annotations

from analysis.exchange.codes import CsvRow
from analysis.exchange.framework import LOCATION, CodedResults
from analysis.framework import ADDED

CHAPTER, SECTION = "02_results", "results"
REPRODUCED = "reproduced"


def layout(keyed: CodedResults, nodes: list[CsvRow], continued: bool, several: bool = False) -> list[CsvRow]:
    """Return the rows of ``exhibits.csv``.

    Parameters
    ----------
    keyed : CodedResults
        Levels and dimensions of the record.
    nodes : list of dict
        Nodes of the framework.
    continued : bool
        Whether an earlier framework is recorded, so that what continues it can be told.
    several : bool
        Whether the document holds several periods.
    """
    directions = {row["direction"] for row in nodes if row["measure"]}
    note = "no_verdict" if "not_stated" in directions else "met_by_direction"
    dimensions = [keyed.operation, *(name for name, codes in keyed.values.items() if codes)]
    rows = [_row("targets_met", f"level={level}", note) for level in (keyed.area, keyed.level)]
    rows += [_row("targets_met", f"dimension={name}", note) for name in dimensions]
    if any(row["adds_up"] == "sum" and row["measure"] == ADDED for row in nodes):
        rows.append(_row("sums", f"level={keyed.level}", "only_what_adds_up"))
    if several:
        rows += [
            _row("targets_met_over_years", f"level={level}", f"{note}|over_years")
            for level in (keyed.area, keyed.level)
        ]
    if continued:
        levels = (keyed.area, keyed.level)
        rows += [_row("continuity", f"level={level}", "continuity") for level in levels]
    by = [
        keyed.operation,
        keyed.level,
        *(name for name in dimensions if name not in (keyed.operation, LOCATION)),
    ]
    by += [LOCATION] if LOCATION in dimensions else []
    rows.append(_row("results_in_detail", "", note, options=f"by={'|'.join(by)}"))
    return rows


def _row(kind: str, conditions: str, notes: str, options: str = "") -> CsvRow:
    return {
        "number": "",
        "chapter": CHAPTER,
        "section": SECTION,
        "kind": kind,
        "conditions": conditions,
        "options": options,
        "status": REPRODUCED,
        "notes": notes,
        "missing": "",
    }
