"""The Action Plan for Gender Equality: targets by area, status counts, the staff survey, the next plan."""

from __future__ import annotations

from functools import partial

from analysis.exhibits.gender_counting import TOTALS, bullets, counting_rules, monitoring, no_data
from analysis.exhibits.gender_targets import (
    AREAS,
    MET,
    NO_DATA,
    NOT_DECIDABLE,
    NOT_MET,
    TARGETS,
    Line,
    computed_counts,
    computed_status,
    lines,
)
from analysis.exhibits.parts import PARTLY, Chart, Column, Definition, Row, Series, Table
from analysis.periods import Period, in_print
from analysis.quantities import Quantity, Recorded, change, point_change, tally, value

PROSE = "gender.prose"
NOTEBOOK = "04_gender_equality"
STATUSES = (MET, NOT_MET, NO_DATA, NOT_DECIDABLE)


def targets_of_area(area: str, recorded: Recorded, biennium: Period) -> tuple[Table, tuple[Chart, ...]]:
    """Every target of an area: threshold, result, printed and computed status; and the counts by status."""
    period = str(biennium)
    rows = tuple(_row(line, recorded) for line in lines(recorded, period, area=area))
    columns = (
        Column("measure.target"),
        Column("measure.result"),
        Column("label.printed_status"),
        Column("label.computed_status"),
    )
    printed = tuple(bullets(period, area=area, status_printed=status) for status in (MET, NOT_MET))
    chart = Chart(
        f"figure_{AREAS.index(area) + 1}_gender_{area}",
        "bars",
        ("target_status.met", "target_status.not_met"),
        (Series("label.bullets", printed),),
        "unit.target",
    )
    return Table(("label.target", "label.custodian"), columns, rows), (chart,)


def _row(line: Line, recorded: Recorded) -> Row:
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


def status_by_area(recorded: Recorded, biennium: Period) -> tuple[Table, tuple[Chart, ...]]:
    """Bullets of the appendix by area and printed status, beside the status that the results give."""
    period = str(biennium)
    rows = [Row((f"area.{area}",), _by_status(recorded, period, area=area)) for area in AREAS]
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
            tuple(bullets(period, area=area, status_printed=status) for area in AREAS),
        )
        for status in (MET, NOT_MET)
    )
    categories = tuple(f"area.{area}" for area in AREAS)
    chart = Chart("gender_status_by_area", "stacked", categories, series, "unit.target")
    return Table(("label.area",), columns, tuple(rows)), (chart,)


def _by_status(recorded: Recorded, period: str, **where: str) -> tuple[Quantity, ...]:
    computed = computed_counts(recorded, period, **where)
    return (
        bullets(period, status_printed=MET, **where),
        bullets(period, status_printed=NOT_MET, **where),
        bullets(period, status_printed=NOT_MET, split="split", **where),
        no_data(period, **where),
        *(computed[status] for status in STATUSES),
    )


def stated(item: str, **where: str) -> Quantity:
    """A number that the prose of the document states."""
    return value(PROSE, item=item, **where)


def staff_survey(recorded: Recorded, biennium: Period) -> tuple[Table, tuple[Chart, ...]]:
    """What surveyed staff said of the plan in force and of the one before."""
    table = recorded[PROSE]
    plans = [table.rows["period"].iloc[row] for row in table.select((("item", ("plan_used",)),))]
    rows = []
    for item in ("plan_used", "plan_unfamiliar"):
        before, after = (stated(item, period=plan) for plan in plans)
        rows.append(Row((f"survey.{item}",), (before, after, point_change(before, after))))
    columns = (
        *(Column(f"code.{in_print(plan)}", "unit.percent", 1) for plan in plans),
        Column("label.change", "unit.percentage_points", 1, signed=True),
    )
    return Table(("label.staff_surveyed",), columns, tuple(rows)), ()


def next_plan(recorded: Recorded, biennium: Period) -> tuple[Table, tuple[Chart, ...]]:
    """What changes in the plan for 2022–25: the number of targets and the measure of parity."""
    before, low, high = (stated(f"plan_targets{end}") for end in ("", "_low", "_high"))
    rows = (
        Row(("next_plan.targets",), (before, low, high)),
        Row(("next_plan.targets_change",), (None, change(before, low), change(before, high))),
        Row(("next_plan.parity_band",), (None, stated("parity_band_low"), stated("parity_band_high"))),
    )
    columns = (
        Column("label.previous_plan", "", 0),
        Column("label.from", "", 0, group="label.next_plan"),
        Column("label.to", "", 0, group="label.next_plan"),
    )
    return Table(("label.measure",), columns, rows), ()


def specialists(recorded: Recorded, biennium: Period) -> tuple[Table, tuple[Chart, ...]]:
    """Gender specialists by region; where one number is printed for each of two regions, it stands twice."""
    each = stated("specialists_americas_arab_each")
    found = {
        "specialists.africa_asia": stated("specialists_africa_asia"),
        "specialists.europe_part_time": stated("specialists_europe_part_time"),
        "specialists.europe_added": stated("specialists_europe_added"),
        "region.americas": each,
        "region.arab_states": each,
    }
    rows = [Row((key,), (number,)) for key, number in found.items()]
    rows.append(Row(("label.total",), (tally(found.values()),), total=True))
    return Table(("label.region",), (Column("label.specialists", "", 0),), tuple(rows)), ()


DEFINITIONS = (
    Definition("gender_monitoring", "Paragraph 4", "gender", NOTEBOOK, monitoring, (TOTALS,)),
    Definition(
        "gender_counting_rules",
        "Paragraph 4",
        "gender",
        NOTEBOOK,
        counting_rules,
        (TARGETS, TOTALS),
        notes=("note.counting_rules",),
    ),
    Definition(
        "gender_status_by_area",
        "Figures 1–6",
        "gender",
        NOTEBOOK,
        status_by_area,
        (TARGETS,),
        PARTLY,
        missing=("missing.figure_numbers",),
    ),
    *(
        Definition(
            f"figure_{number}_gender_{area}",
            f"Figure {number}",
            "gender",
            NOTEBOOK,
            partial(targets_of_area, area),
            (TARGETS,),
            PARTLY,
            missing=("missing.figure_numbers",),
        )
        for number, area in enumerate(AREAS, start=1)
    ),
    Definition(
        "gender_staff_survey", "Paragraph 9", "gender", NOTEBOOK, staff_survey, (PROSE,), any_period=True
    ),
    Definition("gender_next_plan", "Paragraphs 20 and 21", "gender", NOTEBOOK, next_plan, (PROSE,)),
    Definition("gender_specialists", "Paragraph 24", "gender", NOTEBOOK, specialists, (PROSE,)),
)
