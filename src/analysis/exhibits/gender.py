"""The Action Plan for Gender Equality: targets by area, status counts, the staff survey, the next plan."""

from __future__ import annotations

from analysis.exhibits.gender_counting import (
    TOTALS,
    bullets,
    counting_rules,
    monitoring,
    targets_without_data,
)
from analysis.exhibits.gender_targets import (
    MET,
    NO_DATA,
    NOT_DECIDABLE,
    NOT_MET,
    TARGETS,
    AppendixLine,
    computed_counts,
    computed_status,
    target_lines,
)
from analysis.exhibits.layout import Kind, Made, Scope
from analysis.exhibits.parts import Chart, Column, Row, Series, Table
from analysis.periods import in_print
from analysis.quantities import Quantity, Recorded, change, point_change, tally, value

PROSE = "gender.prose"
STATUSES = (MET, NOT_MET, NO_DATA, NOT_DECIDABLE)


def targets_of_area(scope: Scope) -> Made:
    """Every target of an area: threshold, result, printed and computed status; and the counts by status."""
    recorded, period, area = scope.recorded, str(scope.period), scope.condition("area")
    rows = tuple(_row(line, recorded) for line in target_lines(recorded, period, area=area))
    columns = (
        Column("measure.target"),
        Column("measure.result"),
        Column("label.printed_status"),
        Column("label.computed_status"),
    )
    printed = tuple(bullets(period, area=area, status_printed=status) for status in (MET, NOT_MET))
    chart = Chart(
        scope.id,
        "units",
        ("target_status.met", "target_status.not_met"),
        (Series("label.bullets", printed),),
        "unit.target",
    )
    return Table(("label.target", "label.custodian"), columns, rows), (chart,)


def _row(line: AppendixLine, recorded: Recorded) -> Row:
    threshold = _number([row for row in line.thresholds if row["value"]] or list(line.thresholds))
    result = _number(list(line.results))
    status = computed_status([line], recorded)
    part = f"custodian.{line.custodian}" if line.custodian else ""
    part = f"component.{line.component}" if line.component else part
    notes = []
    if line.split:
        notes.append("note.split_by_custodian")
    if status in (MET, NOT_MET) and status != line.printed:
        notes.append("note.status_differs")
    if status == NOT_DECIDABLE:
        notes.append("note.not_decidable")
    if any(row["stated"] in ("done", "not_done", "none_held") for row in line.results):
        notes.append("note.judged_by_words")
    statuses = (f"target_status.{line.printed}", f"target_status.{status}")
    return Row((f"target.{line.target}", part), (threshold, result, *statuses), notes=tuple(notes))


def _number(rows: list[dict]) -> Quantity:
    return value(TARGETS, id=rows[0]["id"])


def status_by_area(scope: Scope) -> Made:
    """Bullets of the appendix by area and printed status, beside the status that the results give."""
    recorded, period, areas = scope.recorded, str(scope.period), scope.parts(TARGETS, "area")
    rows = [Row((f"area.{area}",), _by_status(recorded, period, area=area)) for area in areas]
    rows.append(Row(("label.total",), _by_status(recorded, period), total=True))
    columns = (
        Column("target_status.met", "", 0, group="label.printed_bullets"),
        Column("target_status.not_met", "", 0, group="label.printed_bullets"),
        Column("label.of_these_split", "", 0, group="label.printed_bullets"),
        Column("label.of_these_no_data", "", 0, group="label.printed_bullets"),
        *(Column(f"target_status.{status}", "", 0, group="label.computed_targets") for status in STATUSES),
    )
    series = tuple(
        Series(
            f"target_status.{status}",
            tuple(bullets(period, area=area, status_printed=status) for area in areas),
        )
        for status in (MET, NOT_MET)
    )
    categories = tuple(f"area.{area}" for area in areas)
    chart = Chart(scope.id, "stacked", categories, series, "unit.target")
    return Table(("label.area",), columns, tuple(rows)), (chart,)


def _by_status(recorded: Recorded, period: str, **where: str) -> tuple[Quantity, ...]:
    computed = computed_counts(recorded, period, **where)
    return (
        bullets(period, status_printed=MET, **where),
        bullets(period, status_printed=NOT_MET, **where),
        bullets(period, status_printed=NOT_MET, split="split", **where),
        targets_without_data(period, **where),
        *(computed[status] for status in STATUSES),
    )


def stated_in_document(item: str, **where: str) -> Quantity:
    """A number that the prose of the document states."""
    return value(PROSE, item=item, **where)


def staff_survey(scope: Scope) -> Made:
    """What surveyed staff said of the plan in force and of the one before."""
    table, items = scope.recorded[PROSE], scope.listed("items")
    plans = sorted({table.records[row]["period"] for row in table.select((("item", items),))})
    if len(plans) != 2:
        return None, ()
    rows = []
    for item in items:
        before, after = (stated_in_document(item, period=plan) for plan in plans)
        rows.append(Row((f"survey.{item}",), (before, after, point_change(before, after))))
    columns = (
        *(Column(f"code.{in_print(plan)}", "unit.percent", 1) for plan in plans),
        Column("label.change", "unit.percentage_points", 1, signed=True),
    )
    return Table(("label.staff_surveyed",), columns, tuple(rows)), ()


def next_plan(scope: Scope) -> Made:
    """What changes in the plan that follows: the number of targets and the measure of parity."""
    before, low, high = (stated_in_document(f"plan_targets{end}") for end in ("", "_low", "_high"))
    rows = (
        Row(("next_plan.targets",), (before, low, high)),
        Row(("next_plan.targets_change",), (None, change(before, low), change(before, high))),
        Row(
            ("next_plan.parity_band",),
            (None, stated_in_document("parity_band_low"), stated_in_document("parity_band_high")),
        ),
    )
    columns = (
        Column("label.previous_plan", "", 0),
        Column("label.from", "", 0, group="label.next_plan"),
        Column("label.to", "", 0, group="label.next_plan"),
    )
    return Table(("label.measure",), columns, rows), ()


def specialists(scope: Scope) -> Made:
    """Specialists by region; where one number is printed for each of several regions, it stands at each."""
    numbers = {
        f"specialists.{item.removeprefix('specialists_')}": stated_in_document(item)
        for item in scope.listed("items")
    }
    shared = stated_in_document(scope.option("shared"))
    numbers |= {f"region.{region}": shared for region in scope.listed("regions")}
    rows = [Row((key,), (number,)) for key, number in numbers.items()]
    rows.append(Row(("label.total",), (tally(numbers.values()),), total=True))
    return Table(("dimension.region",), (Column("label.specialists", "", 0),), tuple(rows)), ()


KINDS = (
    Kind("targets_monitoring", monitoring, (TOTALS,)),
    Kind("targets_counting_rules", counting_rules, (TARGETS, TOTALS)),
    Kind("targets_by_area", status_by_area, (TARGETS,)),
    Kind("targets_and_results", targets_of_area, (TARGETS,)),
    Kind("staff_survey", staff_survey, (PROSE,), any_period=True),
    Kind("next_plan", next_plan, (PROSE,)),
    Kind("specialists_by_region", specialists, (PROSE,)),
)
