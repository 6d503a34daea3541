"""The UN system-wide action plan on gender equality, as the report of 2012 names and measures it."""

from __future__ import annotations

from analysis.exhibits.layout import Kind, Made, Scope
from analysis.exhibits.parts import Chart, Column, Row, Series, Table
from analysis.periods import in_print
from analysis.quantities import Quantity, Recorded, change, count_rows, difference, point_change, value

FRAMEWORK = "unswap.framework"
REPRESENTATION = "unswap.representation"
MARKER = "unswap.gender_marker"
JOINT = "unswap.joint_programmes"
STAFF = "unswap.staff_budget"
PROSE = "unswap.prose"


def framework(scope: Scope) -> Made:
    """How many areas, indicators and ratings the document counts, and how many of them it names."""
    rows = []
    for kind, item in zip(scope.listed("kinds"), scope.listed("items"), strict=True):
        stated, named = value(PROSE, item=item), count_rows(FRAMEWORK, kind=kind)
        rows.append(Row((f"framework_kind.{kind}",), (stated, named, difference(named, stated))))
    columns = tuple(Column(f"label.{name}", "", 0) for name in ("counted", "named", "not_named"))
    return Table(("label.framework",), columns, tuple(rows)), ()


def framework_names(scope: Scope) -> Made:
    """Every area, indicator and rating that the document names, with the paragraph."""
    rows = tuple(
        Row(
            (f"framework_kind.{row['kind']}", f"framework.{row['code']}"),
            (row["place"].removeprefix("Paragraph "),),
        )
        for row in scope.recorded[FRAMEWORK].rows.to_dict("records")
    )
    return Table(("label.framework", "label.name"), (Column("label.paragraph"),), rows), ()


def representation(scope: Scope) -> Made:
    """Women's share by grade, with the change in percentage points and in per cent kept apart."""
    levels = [
        row for row in scope.recorded[REPRESENTATION].rows.to_dict("records") if row["measure"] == "share"
    ]
    by_level: dict[str, list[dict]] = {}
    for row in levels:
        by_level.setdefault(row["level"], []).append(row)
    rows, latest = [], {}
    years = sorted({row["period"][:4] for row in levels if len(by_level[row["level"]]) > 1})
    for level, shares in by_level.items():
        numbers = [value(REPRESENTATION, id=row["id"]) for row in shares]
        latest[level] = numbers[-1]
        cells: tuple[Quantity | None, ...] = (None, numbers[0], None, None, None)
        if len(numbers) > 1:
            printed = value(REPRESENTATION, level=level, measure="change")
            before, after = numbers
            cells = (before, after, point_change(before, after), printed, change(before, after))
        rows.append(Row((f"grade.{level}",), cells))
    columns = (
        *(Column(year, "unit.percent", 1, group="label.share_of_women") for year in years),
        Column("label.change_computed", "unit.percentage_points", 1, True, "label.change"),
        Column("label.change_printed", "unit.percentage_points", 1, True, "label.change"),
        Column("label.change_relative", "unit.percent", 1, True, "label.change"),
    )
    categories = tuple(f"grade.{level}" for level in latest)
    series = (Series("label.share_of_women", tuple(latest.values())),)
    chart = Chart(scope.id, "bars", categories, series, "unit.percent", 1)
    return Table(("label.grade",), columns, tuple(rows)), (chart,)


def compared_shares(recorded: Recorded) -> tuple[str, Quantity, Quantity] | None:
    """Return the first grade whose share is printed twice, and both shares; None where there is none."""
    shares: dict[str, list[Quantity]] = {}
    for row in recorded[REPRESENTATION].records:
        if row["measure"] == "share":
            shares.setdefault(row["level"], []).append(value(REPRESENTATION, id=row["id"]))
    twice = (level for level, numbers in shares.items() if len(numbers) == 2)
    level = next(twice, None)
    return None if level is None else (level, shares[level][0], shares[level][1])


def gender_marker(scope: Scope) -> Made:
    """What entities report by gender marker or share of budget; money and projects stand apart."""
    rows = [
        Row(
            (f"entity.{row['entity']}", f"marker.{row['item']}", _period(row["period"])),
            (value(MARKER, id=row["id"]),),
        )
        for row in scope.recorded[MARKER].rows.to_dict("records")
    ]
    for item in scope.options.get("changes", ()):
        changed = [row for row in scope.recorded[MARKER].records if row["item"] == item]
        first, last = (min(changed, key=_when), max(changed, key=_when))
        span = f"code.{first['period']}–{last['period']}"
        label = (f"entity.{last['entity']}", f"marker.{item}_change", span)
        numbers = (value(MARKER, id=row["id"]) for row in (first, last))
        rows.append(Row(label, (point_change(*numbers),)))
    stub = ("label.entity", "label.measure", "label.period")
    return Table(stub, (Column("label.number"),), tuple(rows)), ()


def joint_programmes(scope: Scope) -> Made:
    """Joint programmes on gender equality, in number and with their change."""
    rows = sorted(scope.recorded[JOINT].records, key=_when)
    before, after = (value(JOINT, id=row["id"]) for row in (rows[0], rows[-1]))
    columns = (
        *(Column(row["period"], "", 0) for row in (rows[0], rows[-1])),
        Column("label.change", "", 0, signed=True),
        Column("label.change_relative", "unit.percent", 1, signed=True),
    )
    cells = (before, after, difference(before, after), change(before, after))
    return Table(("label.measure",), columns, (Row((f"marker.{rows[-1]['item']}",), cells),)), ()


def staff_budget(scope: Scope) -> Made:
    """Shares of working time and of budgets that go to gender equality."""
    rows = tuple(
        Row((f"entity.{row['entity']}", f"marker.{row['item']}"), (value(STAFF, id=row["id"]),))
        for row in scope.recorded[STAFF].rows.to_dict("records")
    )
    return Table(("label.entity", "label.measure"), (Column("label.share", "unit.percent", 0),), rows), ()


def _period(period: str) -> str:
    return f"code.{in_print(period)}" if period else ""


def _when(row: dict[str, str]) -> str:
    return row["period"]


KINDS = (
    Kind("framework_counted", framework, (FRAMEWORK, PROSE), any_period=True),
    Kind("framework_names", framework_names, (FRAMEWORK,), any_period=True, words={"kind": "framework_kind"}),
    Kind(
        "representation_by_grade",
        representation,
        (REPRESENTATION,),
        any_period=True,
        words={"level": "grade"},
    ),
    Kind("gender_markers", gender_marker, (MARKER,), any_period=True, words={"item": "marker"}),
    Kind("joint_programmes", joint_programmes, (JOINT,), any_period=True, words={"item": "marker"}),
    Kind("staff_time_and_budgets", staff_budget, (STAFF,), any_period=True, words={"item": "marker"}),
)
