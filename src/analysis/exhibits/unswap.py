"""The UN system-wide action plan on gender equality, as the report of 2012 names and measures it."""

from __future__ import annotations

from analysis.exhibits.parts import PARTLY, Chart, Column, Definition, Row, Series, Table
from analysis.periods import Period, in_print
from analysis.quantities import Quantity, Recorded, change, count_rows, difference, point_change, value

FRAMEWORK = "unswap.framework"
REPRESENTATION = "unswap.representation"
MARKER = "unswap.gender_marker"
JOINT = "unswap.joint_programmes"
STAFF = "unswap.staff_budget"
PROSE = "unswap.prose"
NOTEBOOK = "04_gender_equality"
KINDS = {"area": "areas", "indicator": "indicators", "rating": "rating_levels"}


def framework(recorded: Recorded, biennium: Period) -> tuple[Table, tuple[Chart, ...]]:
    """How many areas, indicators and ratings the document counts, and how many of them it names."""
    rows = []
    for kind, item in KINDS.items():
        stated, named = value(PROSE, item=item), count_rows(FRAMEWORK, kind=kind)
        rows.append(Row((f"framework_kind.{kind}",), (stated, named, difference(named, stated))))
    columns = tuple(Column(f"label.{name}", "", 0) for name in ("counted", "named", "not_named"))
    return Table(("label.framework",), columns, tuple(rows)), ()


def framework_names(recorded: Recorded, biennium: Period) -> tuple[Table, tuple[Chart, ...]]:
    """Every area, indicator and rating that the document names, with the paragraph."""
    rows = tuple(
        Row(
            (f"framework_kind.{row['kind']}", f"framework.{row['code']}"),
            (row["place"].removeprefix("Paragraph "),),
        )
        for row in recorded[FRAMEWORK].rows.to_dict("records")
    )
    return Table(("label.framework", "label.name"), (Column("label.paragraph"),), rows), ()


def representation(recorded: Recorded, biennium: Period) -> tuple[Table, tuple[Chart, ...]]:
    """Women's share by grade, with the change in percentage points and in per cent kept apart."""
    levels = [row for row in recorded[REPRESENTATION].rows.to_dict("records") if row["measure"] == "share"]
    by_level: dict[str, list[dict]] = {}
    for row in levels:
        by_level.setdefault(row["level"], []).append(row)
    rows, latest = [], {}
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
        Column("code.2008", "unit.percent", 1, group="label.share_of_women"),
        Column("code.2010", "unit.percent", 1, group="label.share_of_women"),
        Column("label.change_computed", "unit.percentage_points", 1, True, "label.change"),
        Column("label.change_printed", "unit.percentage_points", 1, True, "label.change"),
        Column("label.change_relative", "unit.percent", 1, True, "label.change"),
    )
    categories = tuple(f"grade.{level}" for level in latest)
    series = (Series("label.share_of_women", tuple(latest.values())),)
    chart = Chart("unswap_representation", "bars", categories, series, "unit.percent", 1)
    return Table(("label.grade",), columns, tuple(rows)), (chart,)


def senior_shares() -> tuple[Quantity, Quantity]:
    """Women's share at assistant secretary-general level and above, at the end of 2008 and of 2010."""
    return tuple(
        value(REPRESENTATION, level="ASG_and_above", measure="share", period=period)
        for period in ("2008-12", "2010-12")
    )


def gender_marker(recorded: Recorded, biennium: Period) -> tuple[Table, tuple[Chart, ...]]:
    """What entities report by gender marker or share of budget; money and projects stand apart."""
    rows = [
        Row(
            (f"entity.{row['entity']}", f"marker.{row['item']}", _period(row["period"])),
            (value(MARKER, id=row["id"]),),
        )
        for row in recorded[MARKER].rows.to_dict("records")
    ]
    before, after = (
        value(MARKER, item="projects_disregarding_gender", period=year) for year in ("2010", "2012")
    )
    label = ("entity.ocha", "marker.projects_disregarding_gender_change", "code.2010–2012")
    rows.append(Row(label, (point_change(before, after),)))
    stub = ("label.entity", "label.measure", "label.period")
    return Table(stub, (Column("label.number"),), tuple(rows)), ()


def joint_programmes(recorded: Recorded, biennium: Period) -> tuple[Table, tuple[Chart, ...]]:
    """Joint programmes on gender equality, in number and with their change."""
    before, after = (value(JOINT, item="gender_joint_programmes", period=year) for year in ("2010", "2012"))
    columns = (
        Column("code.2010", "", 0),
        Column("code.2012", "", 0),
        Column("label.change", "", 0, signed=True),
        Column("label.change_relative", "unit.percent", 1, signed=True),
    )
    cells = (before, after, difference(before, after), change(before, after))
    return Table(("label.measure",), columns, (Row(("marker.gender_joint_programmes",), cells),)), ()


def staff_budget(recorded: Recorded, biennium: Period) -> tuple[Table, tuple[Chart, ...]]:
    """Shares of working time and of budgets that go to gender equality."""
    rows = tuple(
        Row((f"entity.{row['entity']}", f"marker.{row['item']}"), (value(STAFF, id=row["id"]),))
        for row in recorded[STAFF].rows.to_dict("records")
    )
    return Table(("label.entity", "label.measure"), (Column("label.share", "unit.percent", 0),), rows), ()


def _period(period: str) -> str:
    return f"code.{in_print(period)}" if period else ""


def _definition(name: str, place: str, build, *needs: str, **more) -> Definition:
    return Definition(f"unswap_{name}", place, "unswap", NOTEBOOK, build, needs, any_period=True, **more)


DEFINITIONS = (
    _definition(
        "framework",
        "Paragraphs 23 and 50",
        framework,
        FRAMEWORK,
        PROSE,
        status=PARTLY,
        missing=("missing.framework_names",),
    ),
    _definition("framework_names", "Paragraphs 23 and 50", framework_names, FRAMEWORK),
    _definition(
        "representation", "Paragraph 21", representation, REPRESENTATION, notes=("note.growth_in_points",)
    ),
    _definition("gender_marker", "Paragraphs 11–24", gender_marker, MARKER),
    _definition("joint_programmes", "Paragraph 39", joint_programmes, JOINT),
    _definition("staff_budget", "Paragraphs 18 and 22", staff_budget, STAFF),
)
