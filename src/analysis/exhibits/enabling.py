"""Enabling outcomes: each number of the appendix, target beside result, met or not where both are numbers."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.exhibits.layout import Kind, Made, Scope, periods
from analysis.exhibits.named import result_meets_target
from analysis.exhibits.parts import Column, Row, Table
from analysis.framework import Framework
from analysis.periods import Period, in_print
from analysis.quantities import Quantity, Recorded, value

ENABLING_INDICATORS = "report.enabling_indicators"


@dataclass(frozen=True)
class EnablingIndicator:
    """What is measured, in one period: the ids of its recorded numbers or texts by measure.

    Attributes
    ----------
    indicator, component : str
        Codes.
    period : str
        The result's period; the target's where there is no result.
    direction : str
        ``more_is_better``, ``less_is_better``, ``equal``, or ``none`` or ``not_stated``, without a verdict.
    ids : dict
        Measure to id.
    """

    indicator: str
    component: str
    period: str
    direction: str
    ids: dict[str, str]


def enabling_indicators(recorded: Recorded, biennium: Period) -> list[EnablingIndicator]:
    """Return what is measured, in the document's order; a target serves each result of its component.

    A baseline is the number of the biennium before.
    """
    table, framework = recorded[ENABLING_INDICATORS], Framework.of(recorded)
    own, before = periods(biennium), periods(biennium.previous)
    groups: dict[tuple[str, str], list[dict[str, str]]] = {}
    for number in table.select((("period", own + before),)):
        row = table.records[number]
        groups.setdefault((row["indicator"], row["component"]), []).append(row)
    targets = []
    for (indicator, component), rows in groups.items():
        current = [row for row in rows if row["period"] in own]
        if not current:
            continue
        ids: dict[str, str] = {}
        for row in rows:
            if row["period"] in own or row["measure"] == "baseline":
                ids.setdefault(row["measure"], row["id"])
        for lead in [row for row in current if row["measure"] == "result"] or current[:1]:
            ids = {**ids, lead["measure"]: lead["id"]}
            going = lead["direction"] or framework.direction("component", component)
            targets.append(EnablingIndicator(indicator, component, lead["period"], going, ids))
    return targets


def recorded_number(recorded: Recorded, identifier: str) -> Quantity | str:
    """Return the number that has an id, or the key of its words where the document states it in words."""
    table = recorded[ENABLING_INDICATORS]
    (row,) = table.select((("id", (identifier,)),))
    in_words = table.records[row]["status"] == "text"
    return f"enabling.{identifier}" if in_words else value(ENABLING_INDICATORS, id=identifier)


def is_met(target: EnablingIndicator, cells: dict[str, Quantity | str]) -> Quantity | None:
    """Whether the result meets the target, in the direction in which the indicator is to go.

    None unless both are numbers and the direction is stated.
    """
    goal, achieved = cells.get("target"), cells.get("result")
    if not isinstance(goal, Quantity) or not isinstance(achieved, Quantity):
        return None
    return result_meets_target(target.direction, goal, achieved)


def comparisons(recorded: Recorded, biennium: Period) -> list[Quantity]:
    """Return whether each result that is a number meets its target."""
    reached = (is_met(target, _cells(recorded, target)) for target in enabling_indicators(recorded, biennium))
    return [comparison for comparison in reached if comparison is not None]


def _cells(recorded: Recorded, target: EnablingIndicator) -> dict[str, Quantity | str]:
    return {measure: recorded_number(recorded, identifier) for measure, identifier in target.ids.items()}


def enabling_appendix(scope: Scope) -> Made:
    """Return targets and results with the verdict, and the numbers that are stated beside them."""
    recorded, rows = scope.recorded, []
    for target in enabling_indicators(recorded, scope.period):
        cells = _cells(recorded, target)
        stated = (cells.get("target"), cells.get("result"), is_met(target, cells))
        listed = (*stated, cells.get("baseline"), cells.get("context"))
        labels = (f"indicator.{target.indicator}", f"component.{target.component}")
        rows.append(Row((*labels, f"code.{in_print(target.period)}"), listed))
    columns = (
        Column("measure.target"),
        Column("measure.result"),
        Column("label.target_met"),
        Column("measure.baseline"),
        Column("measure.context"),
    )
    places = [place for place in range(len(columns)) if any(row.cells[place] is not None for row in rows)]
    if not places:
        return None, ()
    kept = tuple(Row(row.labels, tuple(row.cells[place] for place in places)) for row in rows)
    stub = ("level.indicator", "label.what_is_counted", "label.period")
    return Table(stub, tuple(columns[place] for place in places), kept), ()


KINDS = (Kind("targets_by_component", enabling_appendix, (ENABLING_INDICATORS,)),)
