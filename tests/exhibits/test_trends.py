"""Table 1, its trend charts and Figure 1 against the printed report."""

from fractions import Fraction

import pytest

from analysis.exhibits.catalogue import find
from analysis.exhibits.layout import make
from analysis.exhibits.parts import NOT_RECORDED
from analysis.exhibits.table_headlines import table_headline
from analysis.exhibits.trends import breakdowns
from analysis.periods import Calendar
from analysis.quantities import evaluate

PRINTED = {
    ("unemployment_rate", "sex.SEX_T"): [5.4, 5.4, 6.6, 6.2],
    ("unemployment_rate", "age.YTHADULT_Y15-24"): [13.5, 13.5, 15.2, None],
    ("employment_population_ratio", "sex.SEX_F"): [45.0, 45.2, 43.0, 43.4],
    ("working_poverty_rate", "sex.SEX_M"): [6.6, 6.5, None, None],
    ("neet_rate", "sex.SEX_F"): [31.0, 30.6, 31.5, None],
    ("managers_female_share", "sex.SEX_T"): [27.9, 28.2, 28.3, None],
    ("social_protection_coverage", "sex.SEX_T"): [None, None, 46.9, None],
    ("child_labour_rate", "sex_child.SEX_M"): [None, None, 11.2, None],
}


@pytest.mark.sampled(2)
@pytest.mark.parametrize("line", PRINTED, ids=" ".join)
def test_table_1_prints_the_document_s_cells(line, body, recorded, biennium):
    rows = body("table_1_decent_work_trends", recorded, biennium)
    assert len(rows) == 18
    assert rows[f"decent_work.{line[0]}", line[1]][:4] == PRINTED[line]


def test_blank_and_not_available_are_kept_apart(recorded, biennium):
    table = make(find("table_1_decent_work_trends", recorded), recorded, biennium).table
    statuses = {}
    for row in table.rows:
        cell = row.cells[3]
        rows = recorded[cell.table].rows
        statuses[row.labels] = rows["status"].iloc[cell.selected(recorded)[0]]
    assert statuses["decent_work.managers_female_share", "sex.SEX_T"] == "not_available"
    assert statuses["decent_work.neet_rate", "sex.SEX_T"] == "blank"
    assert list(statuses.values()).count("not_available") == 2


def test_changes_run_to_the_last_reported_year(body, recorded, biennium):
    rows = body("table_1_decent_work_trends", recorded, biennium)
    unemployment = rows["decent_work.unemployment_rate", "sex.SEX_T"][4:]
    assert unemployment == [pytest.approx(0.8), pytest.approx(-0.4)]
    assert rows["decent_work.neet_rate", "sex.SEX_T"][4:] == [1.5, 1.5]
    assert rows["decent_work.social_protection_coverage", "sex.SEX_T"][4:] == [None, None]
    table = make(find("table_1_decent_work_trends", recorded), recorded, biennium).table
    marked = {row.labels[0] for row in table.rows if row.notes}
    assert marked == {
        "decent_work.unemployment_rate",
        "decent_work.neet_rate",
        "decent_work.managers_female_share",
    }


def test_the_earlier_biennium_shows_its_two_years_and_no_change_over_it(body, earlier):
    rows = body("table_1_decent_work_trends", earlier, Calendar(2, 2020, "ilo").period(2018))
    assert rows["decent_work.neet_rate", "sex.SEX_T"] == [22.0, 21.8, pytest.approx(-0.2)]


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("code", "kind", "series"),
    [
        ("unemployment_rate", "lines", 4),
        ("employment_population_ratio", "lines", 3),
        ("working_poverty_rate", "lines", 3),
        ("neet_rate", "lines", 3),
        ("managers_female_share", "lines", 1),
    ],
)
def test_each_indicator_has_its_chart(code, kind, series, recorded, biennium):
    (chart,) = make(find(f"trend_{code}", recorded), recorded, biennium).charts
    assert (chart.kind, len(chart.series)) == (kind, series)
    assert chart.categories == ("2018", "2019", "2020", "2021")
    plotted = [evaluate(each, recorded).value for line in chart.series for each in line.values]
    assert any(number is not None for number in plotted)


def test_one_year_of_several_groups_is_a_bar_for_each_and_children_are_girls_and_boys(recorded, biennium):
    (chart,) = make(find("trend_child_labour_rate", recorded), recorded, biennium).charts
    groups = ("sex_child.SEX_T", "sex_child.SEX_F", "sex_child.SEX_M")
    assert (chart.kind, chart.categories) == ("bars", groups)
    assert [float(evaluate(each, recorded).value) for each in chart.series[0].values] == [9.6, 7.8, 11.2]
    adults = breakdowns(recorded, "unemployment_rate")
    assert {line.group for line in adults} >= {"sex.SEX_F", "sex.SEX_M"}


def test_one_number_is_a_sentence_and_no_chart(recorded, biennium):
    made = make(find("trend_social_protection_coverage", recorded), recorded, biennium)
    assert made.charts == ()
    (row,) = made.table.rows
    assert evaluate(row.cells[0], recorded).value == Fraction("46.9")
    assert table_headline(made, recorded).rule == "only"


@pytest.mark.parametrize("code", ["social_protection_coverage", "child_labour_rate"])
def test_an_indicator_without_numbers_in_a_biennium_is_not_recorded(code, earlier):
    exhibit = make(find(f"trend_{code}", earlier), earlier, Calendar(2, 2020, "ilo").period(2018))
    assert (exhibit.status, exhibit.charts) == (NOT_RECORDED, ())


def test_figure_1_adds_up_to_the_jobs_that_the_text_states(body, recorded, biennium):
    rows = body("figure_1_working_hours_losses", recorded, biennium)
    assert rows[("hours_lost.all",)][0] == rows[("hours_lost.all",)][2] == 259
    assert rows[("hours_lost.out_of_work",)] == [135, pytest.approx(52.1, abs=0.05), None, 52]
    assert rows[("hours_lost.full_time_equivalent_hours_reduced",)][3] == 48


def test_figure_1_is_not_recorded_for_the_biennium_before(earlier):
    exhibit = make(
        find("figure_1_working_hours_losses", earlier), earlier, Calendar(2, 2020, "ilo").period(2018)
    )
    assert exhibit.status == NOT_RECORDED
    assert "table.report.working_hours_losses" in exhibit.missing
