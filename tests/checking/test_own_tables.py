"""Columns and rows of a table that are computed from others, in tables with a wrong number and without."""

import pytest

from analysis.checking.tables.own_tables import by_own_tables

GAPS = [("Social dialogue", 179, 199, "+20"), ("Standards", 130, 117, "-13")]
GAPS += [("Employment and transitions", 114, 102, "-12"), ("Sustainable enterprises", 69, 90, "+21")]
GAPS += [("Skills", 76, 92, "+16")]
SOURCES = [("Social dialogue", 101.1, 42.2, 4.1, 147.4), ("Skills", 38.0, 76.7, 2.1, 116.8)]
SOURCES += [("Protection at work", 84.8, 191.4, 4.4, 280.6), ("Social protection", 38.7, 49.2, 1.6, 89.5)]
MONEY = "Expenditure in US$ million\n\n"


def checked(check_text, head, rows, before=""):
    lines = [" | ".join(map(str, row)) for row in [head, ["---"] * len(head), *rows]]
    numbers = check_text(before + "\n".join(f"| {line} |" for line in lines), "en")
    return {each.number.text.lstrip("+-"): each for each in numbers}


def gaps(check_text, rows):
    return checked(check_text, ["Outcome", "Planned results", "Results", "Gap"], rows)


@pytest.mark.slow
def test_a_column_of_differences_agrees(check_text):
    judged = gaps(check_text, GAPS)
    for printed in ("20", "13", "12", "21", "16"):
        assert judged[printed].verdict.verdict == "agrees"
    assert judged["13"].verdict.derived.formula == "117 − 130"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("printed", "told"),
    [("+18", "16"), ("-16", "16")],  # another number, and the other sign
)
def test_a_number_that_breaks_its_column_is_wrong(check_text, printed, told):
    judged = gaps(check_text, [*GAPS[:-1], ("Skills", 76, 92, printed)])
    one = judged[printed.lstrip("+-")].verdict
    assert (one.verdict, one.error_kind) == ("disagrees", "arithmetic")
    assert str(one.held) == told


@pytest.mark.slow
def test_a_wrong_operand_is_taken_as_the_record_has_it(check_text):
    judged = gaps(check_text, [*GAPS[:-1], ("Skills", 67, 92, "+16")])
    assert judged["67"].verdict.verdict == "disagrees"
    assert judged["16"].verdict.derived.formula == "92 − 76"
    assert judged["16"].verdict.verdict == "agrees"
    judged = gaps(check_text, [*GAPS[:-1], ("Skills", 67, 92, "+25")])
    assert judged["25"].verdict.verdict == "disagrees"  # what follows from a wrong number is not right
    assert judged["25"].verdict.held == 16


def test_two_rows_make_no_computed_column(check_text):
    judged = gaps(check_text, GAPS[:2])
    assert not any(judged[printed].verdict.kind == "computed" for printed in ("20", "13"))


@pytest.mark.slow
def test_a_sum_over_columns_is_stronger_than_another_measure_that_agrees(check_text):
    head = ["Outcome", "Regular budget", "Extrabudgetary", "RBSA", "All sources"]
    judged = checked(check_text, head, SOURCES, MONEY)
    assert judged["89.5"].verdict.verdict == "agrees"
    # 80.7 million was the budget.
    wrong = [*SOURCES[:-1], ("Social protection", 38.7, 49.2, 1.6, 80.7)]
    judged = checked(check_text, head, wrong, MONEY)
    assert judged["80.7"].verdict.verdict == "disagrees"
    assert judged["80.7"].verdict.derived.formula == "38.7 + 49.2 + 1.6"


def test_a_total_row_agrees_and_a_wrong_one_beside_a_right_one_does_not(check_text):
    rows = [row[:3] for row in GAPS]
    head = ["Outcome", "Planned results", "Results"]
    judged = checked(check_text, head, [*rows, ("Sum", 568, 600)])
    assert [judged[each].verdict.verdict for each in ("568", "600")] == ["agrees", "agrees"]
    judged = checked(check_text, head, [*rows, ("Sum", 568, 610)])
    assert [judged[each].verdict.verdict for each in ("568", "610")] == ["agrees", "disagrees"]
    # The table shows some rows only: what it ends with is no sum of them.
    judged = checked(check_text, head, [*rows, ("Sum", 874, 896)])
    assert not any(judged[each].verdict.verdict == "disagrees" for each in ("874", "896"))


def test_shares_that_come_to_a_hundred_do_so_below_their_column(check_text):
    head = ["Region", "Results", "Share"]
    rows = [
        ("Africa", 329, "37%"),
        ("Americas", 186, "21%"),
        ("Arab States", 82, "9%"),
        ("Asia and the Pacific", 159, "22%"),
        ("Europe and Central Asia", 104, "11%"),
    ]
    judged = checked(check_text, head, [*rows, ("Total", 896, "100%")])
    assert [judged[printed].verdict.verdict for printed in ("896", "100")] == ["agrees", "agrees"]
    judged = checked(check_text, head, [*rows[:-1], ("Total", 896, "100%")])
    assert judged["100"].verdict.verdict not in ("agrees", "disagrees")


def test_numbers_outside_of_tables_stay_as_they_are(check_text):
    found = check_text("Africa had 329 results.\n\nThe Americas had 186.", "en")
    assert [each.verdict for each in by_own_tables(found)] == [each.verdict for each in found]


SPENT = [("Social dialogue", 112.8, 147.4, "31%"), ("Skills", 86.7, 116.8, "35%")]


@pytest.mark.slow
def test_a_wrong_operand_leaves_its_row_to_its_column(check_text):
    rows = [*SPENT, ("Labour protection", 214.7, 280.6, "16%")]
    judged = checked(check_text, ["Outcome", "Budget", "Expenditure", "Rise"], rows, MONEY)
    assert judged["214.7"].verdict.verdict == "disagrees"
    assert judged["16"].verdict.derived.formula == "280.6 / 241.7 − 1"
    rows[2] = ("Labour protection", 214.7, 280.6, "26%")
    judged = checked(check_text, ["Outcome", "Budget", "Expenditure", "Rise"], rows, MONEY)
    assert judged["26"].verdict.verdict == "disagrees"  # two changes of three rows make a column


def test_two_shares_of_three_rows_tell_the_third(check_text):
    head = ["Indicator", "Target", "Result", "Achieved"]
    rows = [
        ("Rural work", 15, 24, "160%"),
        ("Productivity", 29, 48, "166%"),
        ("Formalization", 14, 17, "117%"),
    ]
    judged = checked(check_text, head, rows)
    assert [judged[text].verdict.verdict for text in ("160", "166", "117")] == [
        "agrees",
        "agrees",
        "disagrees",
    ]
    judged = checked(check_text, head, rows[1:])
    assert judged["117"].verdict.verdict != "disagrees"


@pytest.mark.slow
@pytest.mark.parametrize(("printed", "told"), [("8.8", "agrees"), ("9.8", "disagrees")])
def test_two_differences_of_many_digits_tell_the_third(check_text, printed, told):
    rows = [("Social dialogue", 112.8, 147.4, 34.6), ("Skills", 86.7, 116.8, 30.1)]
    rows.append(("Social protection", 80.7, 89.5, printed))
    judged = checked(check_text, ["Outcome", "Budget", "Expenditure", "Change"], rows, MONEY)
    assert judged[printed].verdict.verdict == told


def test_two_differences_of_few_digits_tell_no_third(check_text):
    judged = gaps(check_text, [*GAPS[:2], ("Skills", 76, 92, "+18")])
    assert judged["18"].verdict.kind != "computed"
