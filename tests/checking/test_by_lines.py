"""Cells of a draft's table, judged by what the others of their column and of their row agree with."""

import pytest

BY_REGION = """# Results by region

| Region | {} |
|---|---|
| Africa | 21 |
| Asia and the Pacific | {} |
| Americas | {} |
| Arab States | 4 |
"""
PRODUCTIVITY = "Productivity and entrepreneurship: Member States"
BUDGET = """# Extrabudgetary expenditure by outcome

| Outcome | Strategic budget | Actual expenditure | Of it extrabudgetary, actual |
|---|---|---|---|
| Social dialogue | 112.8 | 147.4 | 42.5 |
| Skills | 86.7 | 116.8 | 76.7 |
| Social protection | 80.7 | 89.5 | {} |
"""
REGIONS_AND_RATIFICATIONS = """# Ratificaciones

| Región | Estados Miembros | Ratificaciones |
|---|---|---|
| África | 14 | 36 |
| Américas | {} | {} |
| Europa y Asia Central | 18 | 24 |
| Asia y el Pacífico | 6 | 9 |
| Estados Árabes | 2 | 5 |
"""


def judged(check_text, text, language):
    return [one.verdict for one in check_text(text, language) if one.block.kind == "row"]


def test_a_cell_that_is_another_rows_value_is_wrong_by_its_column(check_text):
    right = judged(check_text, BY_REGION.format(PRODUCTIVITY, 13, 6), "en")
    wrong = judged(check_text, BY_REGION.format(PRODUCTIVITY, 13, 13), "en")
    assert [one.verdict for one in right] == ["agrees"] * 4
    assert [one.verdict for one in wrong] == ["agrees", "agrees", "disagrees", "agrees"]
    assert wrong[2].candidate is right[2].candidate
    assert wrong[2].right_for is right[1].candidate


def test_cells_exchanged_within_a_row_are_both_wrong(check_text):
    right = judged(check_text, REGIONS_AND_RATIFICATIONS.format(11, 21), "es")
    assert [one.verdict for one in right] == ["agrees"] * 10
    wrong = judged(check_text, REGIONS_AND_RATIFICATIONS.format(21, 11), "es")
    assert [one.verdict for one in wrong] == ["agrees"] * 2 + ["disagrees"] * 2 + ["agrees"] * 6
    assert [one.candidate for one in wrong[2:4]] == [one.candidate for one in right[2:4]]


@pytest.mark.parametrize("printed", ["49.2", "38.0"])
def test_a_budget_in_a_column_of_expenditure_is_wrong(check_text, printed):
    last = judged(check_text, BUDGET.format(printed), "en")[-1]
    assert last.verdict == ("agrees" if printed == "49.2" else "disagrees")
    assert last.candidate.axes["measure"] == "actual_expenditure"


def test_a_column_of_one_quantity_calls_nothing_wrong(check_text):
    text = "| Region | Staff |\n|---|---|\n| Africa | 21 |\n| Americas | 40 |\n| Arab States | 12 |\n"
    assert "disagrees" not in {one.verdict for one in judged(check_text, text, "en")}


def test_a_wrong_cell_makes_no_series_of_its_own_line(check_text):
    rows = [("Social dialogue", 112.8, 147.4, 42.2), ("Employment and transitions", 196.5, 225.1, "127.0")]
    rows += [("Gender equality", 75.7, 57.2, 16.6), ("Social protection", 80.7, 89.5, 49.2)]
    lines = "\n".join(f"| {' | '.join(map(str, row))} |" for row in rows)
    heads = (
        "| Outcome | Strategic budget | Actual expenditure | of which extrabudgetary |\n|---|---|---|---|\n"
    )
    text = f"# Expenditure and strategic budget (US$ million)\n\n{heads}{lines}"
    verdicts = judged(check_text, text, "en")
    assert [at for at, one in enumerate(verdicts) if one.verdict == "disagrees"] == [5]
    assert verdicts[5].candidate.axes["measure"] == "actual_expenditure"
    assert verdicts[5].right_for.axes["measure"] == "strategic_budget"
