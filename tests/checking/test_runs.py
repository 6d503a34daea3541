"""Rows of tables that a text no longer has as tables."""

import pytest

from analysis.checking.judging.runs import runs
from analysis.reading import find_numbers

LABEL = (
    "Number of employers' organizations with improved governance systems, service provision and strategies"
)


def of(check_text, text):
    return [each for each in check_text(text, suffix=".txt") if not each.number.rule]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("5.4 5.4 6.6 6.2", [[0, 1, 2, 3]]),
        ("15 17 * 5", [[0, 1, 2]]),
        ("rose from 3 to 4", []),
        ("12 a 13", []),
    ],
)
def test_a_run_is_numbers_with_only_spaces_between(text, found):
    assert runs(text, find_numbers(text, "en")) == found


def test_a_row_under_its_label_agrees_number_by_number(check_text):
    held = of(check_text, "Unemployment rate\n\n5.4 5.4 6.6 6.2\n\nWomen 5.5 5.5 6.4 6.3\n")
    assert [each.verdict.verdict for each in held] == ["agrees"] * 8
    ids = [each.verdict.candidate.id.split("unemployment_rate/")[1] for each in held]
    assert ids == [f"{sex}/YTHADULT_YGE15/{year}" for sex in ("SEX_T", "SEX_F") for year in range(2018, 2022)]


def test_one_wrong_number_of_five_and_more_is_told_by_the_others(check_text):
    right = of(check_text, f"1.1.1. {LABEL}\n\n25 40 8 17 0 9 6\n")
    assert {each.verdict.verdict for each in right} == {"agrees"}
    wrong = of(check_text, f"1.1.1. {LABEL}\n\n25 40 8 71 0 9 6\n")
    assert [each.verdict.verdict for each in wrong].count("disagrees") == 1
    (one,) = (each for each in wrong if each.verdict.verdict == "disagrees")
    assert (one.number.text, one.verdict.held, one.verdict.error_kind) == ("71", 17, "digit")


def test_of_few_numbers_none_is_called_wrong_nor_is_a_row_of_another_label(check_text):
    assert "disagrees" not in {each.verdict.verdict for each in of(check_text, f"{LABEL}\n\n25 41\n")}
    other = of(check_text, "Litres of coffee served in the canteen\n\n25 40 8 17 0 9 6\n")
    assert {each.verdict.verdict for each in other} & {"agrees", "disagrees"} == set()
