"""Enabling outcomes: each number of the appendix, target beside result, met or not where both are numbers."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.exhibits.parts import Chart, Column, Definition, Row, Table, periods
from analysis.periods import Period, in_print
from analysis.quantities import Quantity, Recorded, equals, is_at_least, value

INDICATORS = "report.enabling_indicators"
NOTEBOOK = "02_results"


@dataclass(frozen=True)
class Line:
    """What is measured, in one period: the ids of its recorded numbers or texts by measure.

    Attributes
    ----------
    indicator, component : str
        Codes.
    period : str
        The result's period; the target's where there is no result.
    direction : str
        ``more_is_better``, ``less_is_better`` or ``equal``.
    ids : dict
        Measure to id.
    """

    indicator: str
    component: str
    period: str
    direction: str
    ids: dict[str, str]


def lines(recorded: Recorded, biennium: Period) -> list[Line]:
    """Return what is measured, in the document's order; a target serves each result of its component.

    A baseline is the number of the biennium before.
    """
    table = recorded[INDICATORS]
    own, before = periods(biennium), periods(biennium.previous)
    rows = table.rows.iloc[table.select((("period", own + before),))]
    found = []
    for (indicator, component), group in rows.groupby(["indicator", "component"], sort=False):
        current = group[group["period"].isin(own)]
        if current.empty:
            continue
        beside = group[group["period"].isin(own) | (group["measure"] == "baseline")]
        ids = beside.drop_duplicates("measure").set_index("measure")["id"].to_dict()
        results = current[current["measure"] == "result"]
        leading = current.iloc[:1] if results.empty else results
        for lead in leading.itertuples():
            ids = {**ids, lead.measure: lead.id}
            found.append(Line(indicator, component, lead.period, lead.direction, ids))
    return found


def recorded_number(recorded: Recorded, identifier: str) -> Quantity | str:
    """Return the number that has an id, or the key of its words where the document states it in words."""
    table = recorded[INDICATORS]
    (row,) = table.select((("id", (identifier,)),))
    in_words = table.rows["status"].iloc[row] == "text"
    return f"enabling.{identifier}" if in_words else value(INDICATORS, id=identifier)


def met(line: Line, cells: dict[str, Quantity | str]) -> Quantity | None:
    """Whether the result meets the target, in the direction in which the indicator is to go.

    None unless both are numbers.
    """
    goal, achieved = cells.get("target"), cells.get("result")
    if not isinstance(goal, Quantity) or not isinstance(achieved, Quantity):
        return None
    if line.direction == "less_is_better":
        return is_at_least(goal, achieved)
    return equals(achieved, goal) if line.direction == "equal" else is_at_least(achieved, goal)


def comparisons(recorded: Recorded, biennium: Period) -> list[Quantity]:
    """Return whether each result that is a number meets its target."""
    found = (met(line, _cells(recorded, line)) for line in lines(recorded, biennium))
    return [each for each in found if each is not None]


def _cells(recorded: Recorded, line: Line) -> dict[str, Quantity | str]:
    return {measure: recorded_number(recorded, identifier) for measure, identifier in line.ids.items()}


def appendix(recorded: Recorded, biennium: Period) -> tuple[Table | None, tuple[Chart, ...]]:
    """Return targets and results with the verdict, and the numbers that are stated beside them."""
    rows = []
    for line in lines(recorded, biennium):
        cells = _cells(recorded, line)
        listed = (cells.get("target"), cells.get("result"), met(line, cells))
        listed += (cells.get("baseline"), cells.get("context"))
        labels = (f"indicator.{line.indicator}", f"component.{line.component}")
        rows.append(Row((*labels, f"code.{in_print(line.period)}"), listed))
    columns = (
        Column("measure.target"),
        Column("measure.result"),
        Column("label.target_met"),
        Column("measure.baseline"),
        Column("measure.context"),
    )
    held = [place for place in range(len(columns)) if any(row.cells[place] is not None for row in rows)]
    if not held:
        return None, ()
    kept = tuple(Row(row.labels, tuple(row.cells[place] for place in held)) for row in rows)
    stub = ("label.output_indicator", "label.what_is_counted", "label.period")
    return Table(stub, tuple(columns[place] for place in held), kept), ()


DEFINITIONS = (
    Definition(
        "appendix_iii_enabling_outcomes",
        "Appendix III",
        "report",
        NOTEBOOK,
        appendix,
        (INDICATORS,),
        notes=("note.met_by_direction", "note.baselines"),
    ),
)
