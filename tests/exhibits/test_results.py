"""Figures 10 to 25 and Appendix II against the printed report."""

from dataclasses import replace

import pytest

from analysis.exhibits.catalogue import find
from analysis.exhibits.layout import make
from analysis.exhibits.parts import NOT_RECORDED, PARTLY
from analysis.periods import Calendar
from analysis.quantities import evaluate

TARGETS = [179, 130, 114, 69, 76, 84, 164, 58]
RESULTS = [199, 117, 102, 90, 92, 59, 167, 70]
REGIONAL = [329, 186, 82, 195, 104]
# Figure: indicators, target, results, results by region.
BY_INDICATOR = {
    "figure_16_results_outcome_1": (8, 179, 199, [60, 43, 18, 56, 22]),
    "figure_17_results_outcome_2": (3, 130, 117, [44, 25, 7, 14, 27]),
    "figure_19_results_outcome_3": (7, 114, 102, [40, 21, 11, 17, 13]),
    "figure_20_results_outcome_4": (4, 69, 90, [33, 21, 6, 21, 9]),
    "figure_21_results_outcome_5": (8, 76, 92, [42, 11, 11, 19, 9]),
    "figure_22_results_outcome_6": (8, 84, 59, [20, 18, 5, 8, 8]),
    "figure_23_results_outputs_7_1_to_7_3": (6, 95, 81, [31, 18, 10, 18, 4]),
    "figure_24_results_outputs_7_4_and_7_5": (5, 69, 86, [27, 18, 7, 28, 6]),
    "figure_25_results_outcome_8": (3, 58, 70, [32, 11, 7, 14, 6]),
}


def test_figure_10_has_the_printed_totals(body, recorded, biennium):
    rows = body("figure_10_results_by_outcome", recorded, biennium)
    assert [rows[(f"outcome.{code}",)][:2] for code in range(1, 9)] == [
        [goal, result] for goal, result in zip(TARGETS, RESULTS, strict=True)
    ]
    assert rows[("label.total",)] == [874, 896, pytest.approx(102.5, abs=0.05), pytest.approx(2.5, abs=0.05)]
    assert rows[("outcome.2",)][3] == -10


def test_figure_15_is_the_appendix_counted_by_region(body, recorded, biennium):
    rows = body("figure_15_results_by_region", recorded, biennium)
    counted, printed = zip(*((cells[0], cells[2]) for cells in rows.values()), strict=True)
    assert list(counted) == list(printed) == [*REGIONAL, 896]
    assert [cells[3] for cells in rows.values()] == [37, 21, 9, 22, 11, 100]
    assert rows[("region.europe_central_asia",)][4] == pytest.approx(11.607, abs=0.001)


@pytest.mark.parametrize("identifier", BY_INDICATOR)
def test_figures_by_indicator_hold_the_right_indicators(identifier, body, recorded, biennium):
    count, goal, result, regions = BY_INDICATOR[identifier]
    rows = body(identifier, recorded, biennium)
    assert len(rows) == count + 1
    assert rows[("label.total",)] == [goal, result, *regions]
    assert sum(regions) == result


def test_figure_17_leaves_out_the_indicators_of_other_units(body, recorded, biennium):
    rows = body("figure_17_results_outcome_2", recorded, biennium)
    assert [label for (label,) in rows][:-1] == ["indicator.2.1.1", "indicator.2.1.2", "indicator.2.3.2"]


def test_figures_23_and_24_split_outcome_7(body, recorded, biennium):
    halves = [
        body(f"figure_{name}", recorded, biennium)[("label.total",)]
        for name in ("23_results_outputs_7_1_to_7_3", "24_results_outputs_7_4_and_7_5")
    ]
    assert [sum(pair) for pair in zip(*halves, strict=True)] == [164, 167, 58, 36, 17, 46, 10]


def test_appendix_ii_regions_add_up_to_the_totals(body, recorded, biennium):
    rows = body("appendix_ii_output_indicators", recorded, biennium)
    listed = {label: cells for (label,), cells in rows.items() if label.startswith("indicator.")}
    assert len(listed) == 55
    by_unit = {"indicator.2.2.2", "indicator.2.3.1"}
    for label, cells in listed.items():
        if label not in by_unit:
            assert sum(cells[3:]) == cells[1], label
    assert listed["indicator.2.2.2"] == [10, 10, 100, None, None, None, None, None]
    assert listed["indicator.7.5.2"][2] == 290
    assert rows[("label.total",)] == [874, 896, pytest.approx(102.517, abs=0.001), *REGIONAL]


def test_footnotes_stand_at_their_indicators(recorded, biennium):
    table = make(find("appendix_ii_output_indicators", recorded), recorded, biennium).table
    assert {row.labels[0]: row.notes for row in table.rows if row.notes} == {
        "indicator.1.4.2": ("footnote.1.4.2",),
        "indicator.2.1.2": ("footnote.2.1.2",),
    }


def test_the_heat_map_has_every_outcome_and_region(recorded, biennium):
    (chart,) = make(find("heat_results_outcome_region", recorded), recorded, biennium).charts
    assert (len(chart.categories), len(chart.series)) == (8, 5)
    assert [sum(int(evaluate(each, recorded).value) for each in line.values) for line in chart.series] == (
        REGIONAL
    )


def test_figure_12_shows_both_biennia_where_both_are_stated(body, recorded, earlier, biennium):
    rows = body("figure_12_results_by_gender_marker", recorded, biennium)
    assert rows[("contribution.gender_main",)] == [6, 5, 1]
    assert rows[("contribution.gender_significant",)] == [48, 48, 0]
    before = body("figure_12_results_by_gender_marker", earlier, Calendar(2, 2020, "ilo").period(2018))
    assert [cells for cells in before.values()] == [[5], [48], [47]]
    assert make(find("figure_12_results_by_gender_marker", recorded), recorded, biennium).status == PARTLY


def test_the_text_s_shares_are_shown_as_far_as_they_go(body, recorded, earlier, biennium):
    assert [cells for (cells,) in body("contribution_shares", recorded, biennium).values()] == [
        45,
        6,
        48,
        20,
        12,
        9,
        60,
    ]
    assert len(body("contribution_shares", earlier, Calendar(2, 2020, "ilo").period(2018))) == 2


def test_figure_18_holds_the_biennium_and_its_years(body, recorded, biennium):
    rows = body("figure_18_ratifications_by_year", recorded, biennium)
    assert rows == {("2020",): [26], ("2021",): [69], ("code.2020–21",): [95]}


def test_ratifications_by_region_agree_with_the_text_and_the_appendix(body, recorded, biennium):
    rows = body("ratifications_by_region", recorded, biennium)
    assert rows[("label.sum_of_regions",)] == [95, 51, 95]
    assert rows[("label.stated_for_all",)] == [95, 51, None]
    assert all(cells[0] == cells[2] for (label,), cells in rows.items() if label.startswith("region."))


def test_the_earlier_biennium_has_ratifications_of_one_region(body, earlier):
    rows = body("ratifications_by_region", earlier, Calendar(2, 2020, "ilo").period(2018))
    assert rows[("region.arab_states",)] == [2, None]
    assert [label for (label,), cells in rows.items() if any(cells)] == ["region.arab_states"]


@pytest.mark.parametrize(
    "identifier",
    ["figure_10_results_by_outcome", "figure_15_results_by_region", "appendix_ii_output_indicators"],
)
def test_results_of_the_earlier_biennium_are_not_recorded(identifier, earlier):
    exhibit = make(find(identifier, earlier), earlier, Calendar(2, 2020, "ilo").period(2018))
    assert exhibit.status == NOT_RECORDED
    assert "table.report.output_indicators" in exhibit.missing


def test_a_changed_number_moves_every_total_it_is_part_of(body, recorded, biennium):
    table = recorded["report.output_indicators"]
    rows = table.rows.copy()
    rows.loc[rows["id"] == "implementation-2020-21/output_indicators/1.1.1/result/africa", "value"] = "9"
    rows.loc[rows["id"] == "implementation-2020-21/output_indicators/1.1.1/result/all", "value"] = "41"
    changed = recorded.with_tables(
        [
            *(each for name, each in recorded.items() if name != table.name),
            replace(table, rows=rows, _indexes={}),
        ]
    )
    assert body("figure_10_results_by_outcome", changed, biennium)[("label.total",)][1] == 897
    assert body("figure_15_results_by_region", changed, biennium)[("region.africa",)][:3:2] == [330, 329]
    assert body("figure_16_results_outcome_1", changed, biennium)[("label.total",)][1:3] == [200, 61]
