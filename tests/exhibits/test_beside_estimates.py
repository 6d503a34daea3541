"""Printed indicators beside published estimates: what each kind shows, and where it shows nothing."""

import pytest

from analysis.exhibits.beside_estimates import ENDS, KINDS
from analysis.exhibits.catalogue import definitions
from analysis.exhibits.layout import Scope, make
from analysis.quantities import evaluate

pytestmark = pytest.mark.slow

BUILD = {kind.name: kind.build for kind in KINDS}
REGIONS = ("M49:202", "M49:747", "M49:62", "M49:753", "M49:419", "M49:513", "M49:53", "M49:543")


def scope(recorded, period, indicator="", **options):
    conditions = {"indicator": (indicator,)} if indicator else {}
    given = {"vintages": ("un_sdg_2022_04", "world_bank_2022_12"), "since": ("2000",), "regions": REGIONS}
    return Scope(recorded, period, conditions, {**given, **options}, "x")


def found(cell, recorded):
    return None if cell is None else float(evaluate(cell, recorded).value)


@pytest.fixture(scope="module")
def beside(recorded, biennium):
    (definition,) = [each for each in definitions(recorded) if each.kind.name == "printed_beside_estimates"]
    table = make(definition, recorded, biennium).table
    return {row.labels: row.cells for row in table.rows}, [column.label for column in table.columns]


def test_each_printed_number_stands_beside_a_published_one(beside, recorded):
    rows, columns = beside
    assert len(rows) == 51
    assert columns[-1] == "label.published_later"
    agreed = [cells[3] for cells in rows.values()]
    assert {each: agreed.count(each) for each in set(agreed)} == {
        "label.yes": 44,
        "label.by_rounding": 1,
        "label.no": 6,
    }
    women = rows["decent_work.unemployment_rate", "sex.SEX_F", "2021"]
    assert [found(women[place], recorded) for place in (0, 1)] == [6.3, 6.35826]
    assert women[2:4] == ("vintage.world_bank_2022_12", "label.no")
    assert found(women[4], recorded) == pytest.approx(6.38, abs=0.01)
    total = rows["decent_work.unemployment_rate", "sex.SEX_T", "2018"]
    assert found(total[6], recorded) == pytest.approx(5.76, abs=0.001)
    assert found(women[6], recorded) if women[6] else women[6] is None


def test_each_printed_number_stands_beside_every_vintage_that_has_it(recorded, biennium):
    (definition,) = [each for each in definitions(recorded) if each.kind.name == "printed_by_vintage"]
    table = make(definition, recorded, biennium).table
    assert len(table.rows) == 51
    names = [column.label.removeprefix("vintage.") for column in table.columns[1:]]
    assert len(names) == 7
    shown = {column.label: column.decimals for column in table.columns[1:]}
    assert {name for name, decimals in shown.items() if decimals} == {"vintage.world_bank_2026_04"}
    rows = {row.labels: dict(zip(names, row.cells[1:], strict=True)) for row in table.rows}
    total = {
        name: found(cell, recorded)
        for name, cell in rows["decent_work.unemployment_rate", "sex.SEX_T", "2018"].items()
    }
    assert total == {
        "un_sdg_2020_10": 5.39,
        "un_sdg_2021_12": 5.4,
        "world_bank_2022_02": 5.38981,
        "un_sdg_2022_04": 5.4,
        "world_bank_2022_12": 5.38968,
        "world_bank_2026_04": pytest.approx(5.76, abs=0.001),
        "ilostat_2026_09": pytest.approx(5.76, abs=0.005),
    }
    women = rows["decent_work.neet_rate", "sex.SEX_F", "2020"]
    assert [name for name, cell in women.items() if cell is not None] == ["un_sdg_2022_04"]


def test_our_own_world_is_blank_where_regions_cannot_rebuild_it(beside, recorded):
    rows, _ = beside
    blank = {labels[0] for labels, cells in rows.items() if cells[4] is None}
    assert blank == {"decent_work.managers_female_share", "decent_work.employment_population_ratio"}
    apart = [found(cells[5], recorded) for labels, cells in rows.items() if cells[5] is not None]
    assert max(map(abs, apart)) < 0.1


def test_an_earlier_period_shows_its_own_years(recorded, earlier, register):
    table, _ = BUILD["printed_beside_estimates"](scope(earlier, register.period("2018-19")))
    assert {row.labels[2] for row in table.rows} == {"2018", "2019"}


def test_lines_since_a_year_with_the_printed_numbers_marked_on_each(recorded, biennium):
    table, (chart,) = BUILD["trend_since"](scope(recorded, biennium, "unemployment_rate"))
    assert chart.categories[0] == "2000"
    groups = ["sex.SEX_T", "sex.SEX_F", "sex.SEX_M", "age.YTHADULT_Y15-24"]
    assert [line.label for line in chart.series if not line.marked_on] == groups
    marked = {line.marked_on: line for line in chart.series if line.marked_on}
    assert list(marked) == groups
    assert {line.label for line in marked.values()} == {"label.as_printed"}
    years = {
        group: [year for year, cell in zip(chart.categories, line.values, strict=True) if cell is not None]
        for group, line in marked.items()
    }
    assert years["sex.SEX_T"] == years["sex.SEX_F"] == ["2018", "2019", "2020", "2021"]
    assert years["age.YTHADULT_Y15-24"] == ["2018", "2019", "2020"]
    assert [found(cell, recorded) for cell in marked["sex.SEX_F"].values[-4:]] == [5.5, 5.5, 6.4, 6.3]
    rows = {row.labels: row.cells for row in table.rows}
    assert list(rows)[:2] == [("sex.SEX_T", "label.published"), ("sex.SEX_T", "label.as_printed")]
    assert len(rows) == 8
    assert [found(cell, recorded) for cell in rows["sex.SEX_F", "label.as_printed"][-5:]] == [
        *[5.5, 5.5, 6.4, 6.3],
        None,
    ]


@pytest.mark.parametrize(
    ("indicator", "lines"),
    [
        ("employment_population_ratio", 3),
        ("working_poverty_rate", 3),
        ("neet_rate", 3),
        ("managers_female_share", 1),
        ("social_protection_coverage", 1),
    ],
)
def test_every_line_is_marked_where_the_document_prints_numbers_of_it(recorded, biennium, indicator, lines):
    table, (chart,) = BUILD["trend_since"](scope(recorded, biennium, indicator))
    own = [line.label for line in chart.series if not line.marked_on]
    assert len(own) == lines
    assert [line.marked_on for line in chart.series if line.marked_on] == own
    assert len(table.rows) == 2 * lines
    assert len(table.stub) == len(table.rows[0].labels) == (2 if lines > 1 else 1)


def test_a_region_without_a_rate_has_an_empty_place(recorded, biennium):
    table, (chart,) = BUILD["trend_by_region"](scope(recorded, biennium, "working_poverty_rate"))
    assert chart.kind == "panels"
    lines = {each.label: each.values for each in chart.series}
    assert next(iter(lines)) == "area.M49:1"
    assert len(lines) == 9
    assert set(lines["area.M49:53"]) == {None}
    cells = {row.labels[0]: row.cells for row in table.rows}
    assert [label for label, held in cells.items() if not any(held)] == ["area.M49:53"]


def test_countries_are_ranked_by_their_last_number(recorded, biennium):
    table, (chart,) = BUILD["ranked_countries"](
        scope(recorded, biennium, "unemployment_rate", since=("2017",))
    )
    numbers = [found(row.cells[0], recorded) for row in table.rows]
    assert numbers == sorted(numbers, reverse=True)
    assert table.rows[0].labels == ("area.ZAF",)
    assert all(row.cells[1] >= "code.2017" for row in table.rows)
    assert len(chart.categories) == len(table.rows) == 2 * ENDS
    assert chart.categories[-1] == table.rows[-1].labels[0]


@pytest.mark.parametrize("kind", BUILD)
def test_without_the_vintage_there_is_nothing_to_show(recorded, biennium, kind):
    made = BUILD[kind](scope(recorded, biennium, "unemployment_rate", vintages=("none",)))
    assert made == (None, ())


def test_what_each_vintage_changed_of_an_indicator(recorded, biennium):
    """5.390 of 2018 in the file of April 2022, 5.760 in that of April 2026."""
    names = ("un_sdg_2020_10", "un_sdg_2022_04", "world_bank_2026_04")
    table, (chart,) = BUILD["trend_revised"](scope(recorded, biennium, "unemployment_rate", vintages=names))
    rows = {row.labels[0]: row.cells for row in table.rows}
    assert [column.label for column in table.columns[:3]] == [f"vintage.{name}" for name in names]
    assert found(rows["2018"][1], recorded) == pytest.approx(5.4, abs=0.05)
    assert found(rows["2018"][2], recorded) == pytest.approx(5.76, abs=0.001)
    moved = found(rows["2018"][2], recorded) - found(rows["2018"][0], recorded)
    assert found(rows["2018"][3], recorded) == pytest.approx(moved)
    assert rows["2021"][0] is None
    assert found(rows["2021"][3], recorded) == pytest.approx(-0.155, abs=0.001)
    assert "2022" not in rows
    assert chart.kind == "dumbbell"
    assert chart.categories == tuple(rows)
    still = scope(recorded, biennium, "social_protection_coverage", vintages=names[:2])
    same, charts = BUILD["trend_revised"](still)
    assert [row.labels[0] for row in same.rows] == ["2016"]
    assert charts == ()
    alone = scope(recorded, biennium, "unemployment_rate", vintages=names[:1])
    assert BUILD["trend_revised"](alone) == (None, ())


def test_each_indicator_of_the_estimates_has_a_page_on_its_revisions(recorded):
    of = {kind: set() for kind in ("trend_since", "trend_revised")}
    for each in definitions(recorded):
        if each.kind.name in of:
            of[each.kind.name].add(each.conditions["indicator"])
    assert of["trend_since"] == of["trend_revised"]
    assert len(of["trend_revised"]) == 6
