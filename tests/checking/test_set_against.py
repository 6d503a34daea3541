"""By how much, or how many times, a recorded quantity is another that differs from it in one column."""

import pytest

from analysis.checking.candidates.derived import Derived


def last_of(check_text, text, language, printed):
    judged = check_text(text, language)
    return next(one for one in reversed(judged) if one.number.text.startswith(printed))


SET_AGAINST = [
    # A measure, a region and a scale that need not be said, or are.
    (
        "La igualdad de género figura con 57,2 millones de dólares, {} menos de lo presupuestado.",
        "es",
        "18,5",
        "28,5",
    ),
    ("性别平等少花了{}万美元，只用掉预算的四分之三。", "zh", "1,850", "1,350"),
    ("亚太取得195项成果。与美洲相比只多出{}项，差距不大。", "zh", "9", "7"),
    (
        "Le taux de chômage des jeunes était de 15,2 % en 2020. Il a gagné {} point cette année-là.",
        "fr",
        "1,7",
        "1,4",
    ),
    ("Africa had 329 results. That is {} more than Asia and the Pacific.", "en", "134", "164"),
]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("text", "language", "right", "wrong"), SET_AGAINST)
def test_a_number_agrees_that_is_a_quantity_set_against_its_like(check_text, text, language, right, wrong):
    one = last_of(check_text, text.format(right), language, right)
    assert one.verdict.verdict == "agrees"
    assert isinstance(one.verdict.derived, Derived)
    assert one.verdict.derived.how == "difference"
    other = last_of(check_text, text.format(wrong), language, wrong)
    assert other.verdict.verdict not in ("agrees", "rounding")
