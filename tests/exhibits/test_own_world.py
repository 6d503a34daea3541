"""Our own World as a quantity: the library's number, with its interval, its words and its refusals."""

import pytest

from analysis.exhibits.estimates import Strand, by_years, lines_over_years, ranked, years_of
from analysis.exhibits.own_world import world_of_regions
from analysis.quantities import evaluate, selections, sentence
from analysis.trends.opening import Trends

pytestmark = pytest.mark.slow

TABLE = "estimates.un_sdg_2022_04"
ALL, YOUNG = "YTHADULT_YGE15", "YTHADULT_Y15-24"
LINES = [
    ("unemployment_rate", "SEX_T", ALL, "2020"),
    ("unemployment_rate", "SEX_F", ALL, "2021"),
    ("neet_rate", "SEX_M", YOUNG, "2019"),
    ("working_poverty_rate", "SEX_T", ALL, "2021"),
    ("social_protection_coverage", "SEX_T", "TOTAL", "2020"),
    ("child_labour_rate", "SEX_T", "Y5-17", "2020"),
]


def asked(line):
    return dict(zip(("indicator", "sex", "age", "period"), line, strict=True))


def test_it_is_the_librarys_number(recorded, vintages):
    own = Trends(vintages).own("un_sdg_2022_04").set_index(["indicator", "sex", "age", "period"])["value"]
    for line in LINES:
        found = evaluate(world_of_regions(recorded, TABLE, **asked(line)), recorded)
        assert found.unit == "percent"
        assert float(found.value) == pytest.approx(own[line], abs=1e-6)
        assert found.low < found.value < found.high


def test_rounding_of_the_regions_bounds_it(recorded):
    """All rates to one decimal: the World may be 0.05 off on either side, since weights are exact."""
    found = evaluate(world_of_regions(recorded, TABLE, **asked(LINES[0])), recorded)
    assert float(found.high - found.value) == pytest.approx(0.05)
    published = evaluate(Strand(TABLE, *LINES[0][:3], "M49:1", "").in_year(recorded, "2020"), recorded)
    assert abs(float(found.value - published.value)) < 0.1


@pytest.mark.parametrize(
    ("table", "line", "areas", "named"),
    [
        (TABLE, LINES[0], 5, "M49:142"),
        (TABLE, LINES[4], 8, "M49:202"),
        ("estimates.un_sdg_2021_12", ("unemployment_rate", "SEX_T", YOUNG, "2019"), 8, "M49:202"),
        ("estimates.un_sdg_2021_12", ("working_poverty_rate", "SEX_T", ALL, "2019"), 8, "M49:202"),
    ],
)
def test_it_reads_the_fewest_regions_that_have_a_rate_each(recorded, table, line, areas, named):
    quantity = world_of_regions(recorded, table, **asked(line))
    among_employed = line[0] == "working_poverty_rate"
    tables = [selection.table for selection in selections(quantity)]
    assert tables.count(table) == areas * (1 + among_employed)
    assert tables.count("estimates.weights") == areas
    assert named in sentence(quantity, recorded)


@pytest.mark.parametrize(
    ("table", "line"),
    [
        (TABLE, ("managers_female_share", "SEX_T", ALL, "2020")),
        (TABLE, ("unemployment_rate", "SEX_T", ALL, "1990")),
        ("estimates.un_sdg_2020_10", ("working_poverty_rate", "SEX_T", ALL, "2019")),
        ("estimates.world_bank_2022_02", ("employment_population_ratio", "SEX_T", ALL, "2019")),
    ],
)
def test_it_is_not_given_where_regions_cannot_rebuild_it(recorded, table, line):
    assert world_of_regions(recorded, table, **asked(line)) is None


def strand(area="M49:1", indicator="unemployment_rate", table=TABLE):
    return Strand(table, indicator, "SEX_T", ALL, area, f"area.{area}")


def test_lines_over_years_keep_gaps_and_dash_what_is_not_reported(recorded):
    chart = lines_over_years("x", recorded, [strand(), strand("M49:202")], "2015")
    assert chart.categories == tuple(str(year) for year in range(2015, 2022))
    assert all(chart.series[0].dashed)
    kenya = strand("KEN", table=TABLE + "_countries")
    chart = lines_over_years("x", recorded, [kenya], "2015")
    assert chart.categories == ("2016", "2017", "2018", "2019")
    assert [each is None for each in chart.series[0].values] == [False, True, True, False]
    assert not any(chart.series[0].dashed)
    assert lines_over_years("x", recorded, [strand("M49:0")]) is None
    assert years_of(recorded, [strand()], "2030") == ()


def test_a_table_has_the_last_years_and_the_change_over_them(recorded):
    table = by_years(recorded, [strand(), strand("M49:53")], last=3)
    assert [column.label for column in table.columns] == ["2019", "2020", "2021", "label.change"]
    changed = evaluate(table.rows[0].cells[-1], recorded)
    assert (float(changed.value), changed.unit) == (pytest.approx(0.8), "percentage_points")
    assert by_years(recorded, [strand("M49:0")]) is None


def test_ranks_are_by_the_last_number(recorded):
    held = [strand(area) for area in ("M49:1", "M49:747", "M49:543", "M49:0")]
    table, chart = ranked(recorded, held, "x", "decent_work.unemployment_rate")
    assert [row.labels[0] for row in table.rows] == ["area.M49:747", "area.M49:1", "area.M49:543"]
    assert table.rows[0].cells[1] == "code.2021"
    assert chart.categories[0] == "area.M49:747"
    assert ranked(recorded, [strand("M49:0")], "x", "label.share") is None
