"""Tables 2 to 9, Figures 4 and 7, Figures I.1 to I.8 against the printed report."""

import pytest
from laid_out import of_kind

from analysis.exhibits.catalogue import find
from analysis.exhibits.layout import make
from analysis.exhibits.parts import NOT_RECORDED, PARTLY
from analysis.periods import Calendar

# Outcome: printed totals of strategic budget and actual expenditure.
TOTALS = {
    1: (112.8, 147.4),
    2: (67.7, 72.5),
    3: (196.5, 225.1),
    4: (104.8, 115.6),
    5: (86.7, 116.8),
    6: (75.7, 57.2),
    7: (241.7, 280.6),
    8: (80.7, 89.5),
}


@pytest.mark.parametrize("code", TOTALS)
def test_tables_2_to_9_add_up_to_their_printed_totals(code, body, recorded, biennium):
    rows = body(f"table_{code + 1}_budget_outcome_{code}", recorded, biennium)
    sources = [cells for (label,), cells in rows.items() if label != "label.total"]
    budget, spent = rows[("label.total",)][:2]
    assert (budget, spent) == TOTALS[code]
    assert round(sum(cells[1] for cells in sources), 1) == spent
    assert round(sum(cells[0] for cells in sources if cells[0] is not None), 1) == budget
    assert rows[("source.rbsa",)][0] is None
    assert round(sum(cells[3] for cells in sources), 6) == 100


def test_not_set_is_not_zero(recorded, biennium):
    table = make(find("table_2_budget_outcome_1", recorded), recorded, biennium).table
    cell = table.rows[2].cells[0]
    row = recorded[cell.table].rows.iloc[cell.selected(recorded)[0]]
    assert (row["status"], row["value"]) == ("not_set", "")


def test_figure_7_adds_the_tables_up(body, recorded, biennium):
    rows = body("figure_7_expenditure_by_outcome", recorded, biennium)
    assert rows[("label.total",)] == [1104.7, 100]
    assert rows[("label.stated_for_all",)] == [1104.6, None]
    assert rows[("outcome.7",)] == [280.6, pytest.approx(25.4, abs=0.05)]


def test_figure_4_shows_what_the_text_states(body, recorded, biennium):
    rows = body("figure_4_budget_and_expenditure", recorded, biennium)
    assert rows[("funding.regular_budget",)][:3] == [790.6, 749.8, pytest.approx(94.8, abs=0.05)]
    assert rows[("funding.extrabudgetary",)][:2] == [500, 667.7]
    assert rows[("funding.extrabudgetary",)][5] == 33
    assert make(find("figure_4_budget_and_expenditure", recorded), recorded, biennium).status == PARTLY


def test_each_outcome_s_expenditure_splits_by_source(body, recorded, biennium):
    rows = body("expenditure_by_source", recorded, biennium)
    assert rows[("label.total",)][:4] == [458.3, 619.3, 27.1, 1104.7]
    assert [round(each) for each in rows[("outcome.7",)][4:]] == [30, 68, 2]


def test_expenditure_stands_against_the_strategic_budget(body, recorded, biennium):
    rows = body("expenditure_against_budget", recorded, biennium)
    over = [round(rows[(f"outcome.{code}",)][3]) for code in TOTALS]
    assert over == [31, 7, 15, 10, 35, -24, 16, 11]
    assert rows[("label.total",)][:3] == [966.6, 1104.7, pytest.approx(138.1)]


def test_expenditure_per_result(body, recorded, biennium):
    rows = body("expenditure_per_result", recorded, biennium)
    assert rows[("outcome.3",)] == [225.1, 102, pytest.approx(225.1 / 102)]
    assert rows[("label.total",)][2] == pytest.approx(1.2329, abs=0.0001)


def test_uses_of_funds_meet_the_totals_that_are_stated(body, recorded, biennium):
    rows = body("use_of_funds", recorded, biennium)
    sums, said = rows[("label.sum",)], rows[("label.stated_for_all",)]
    assert sums[1:3] == said[1:3] == [636.1, 31.6]
    assert said[0] - sums[0] == pytest.approx(0.1)


def test_what_is_implied_for_the_earlier_biennium(body, recorded, earlier, biennium):
    now = body("voluntary_funding", recorded, biennium)
    assert now[("funding.rbsa_contributions",)][:2] == [34.4, 27.9]
    before = body("voluntary_funding", earlier, Calendar(2, 2020, "ilo").period(2018))
    assert before[("funding.approvals",)] == [pytest.approx(672.5 / 0.85)]


@pytest.mark.parametrize("definition", of_kind("staff_inputs"), ids=lambda each: each.id)
def test_staff_inputs_add_up_to_the_whole(definition, body, recorded, biennium):
    rows = body(definition.id, recorded, biennium)
    assert rows[("label.total",)] == [100]
    shares = [cells[0] for (label,), cells in rows.items() if label not in ("label.total", "programme.other")]
    assert shares == sorted(shares, reverse=True)


@pytest.mark.slow
def test_each_outcome_s_leading_department(body, recorded, biennium):
    leading = [next(iter(body(each.id, recorded, biennium)))[0] for each in of_kind("staff_inputs")]
    assert leading == [
        f"programme.{name}"
        for name in (
            "actrav",
            "standards",
            "employment",
            "enterprises",
            "employment",
            "workquality",
            "workquality",
            "social_protection",
        )
    ]


@pytest.mark.parametrize(
    "identifier",
    ["table_2_budget_outcome_1", "figure_4_budget_and_expenditure", "use_of_funds", "expenditure_per_result"],
)
def test_finance_of_the_earlier_biennium_is_not_recorded(identifier, earlier):
    assert (
        make(find(identifier, earlier), earlier, Calendar(2, 2020, "ilo").period(2018)).status == NOT_RECORDED
    )
