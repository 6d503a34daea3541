from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.rounding import as_fraction, half_step, round_half_up

numbers = st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**6)


@pytest.mark.parametrize(
    ("number", "decimals", "printed"),
    [
        (54.85, 1, "54.9"),
        (6.25, 1, "6.3"),
        ("-0.05", 1, "-0.1"),
        (2.675, 2, "2.68"),
        (0.5, 0, "1"),
        (Fraction(2, 3), 3, "0.667"),
        (1250, -2, "1300"),
        (41951, -3, "42000"),
        (-0.04, 1, "0.0"),
    ],
)
def test_halves_go_away_from_zero(number, decimals, printed):
    assert str(round_half_up(number, decimals)) == printed


def test_binary_rounding_gives_another_digit():
    assert f"{6.25:.1f}" == "6.2"
    assert round_half_up(6.25, 1) == Decimal("6.3")


@given(numbers, st.integers(-3, 8))
def test_rounding_moves_by_half_a_step_at_most(number, decimals):
    assert abs(Fraction(round_half_up(number, decimals)) - number) <= half_step(decimals)


@given(numbers, st.integers(-3, 8))
def test_rounding_twice_is_rounding_once(number, decimals):
    once = round_half_up(number, decimals)
    assert round_half_up(once, decimals) == once


@given(numbers, st.integers(0, 6))
def test_rounding_is_odd(number, decimals):
    assert round_half_up(-number, decimals) == -round_half_up(number, decimals)


@pytest.mark.parametrize("text", ["1e99999999", "1E-99999999", "1e9_9999999", "9" * 500])
def test_a_number_that_no_document_prints_is_refused_at_once(text):
    with pytest.raises(ValueError, match="at most 400 characters and an exponent of two digits"):
        as_fraction(text)


def test_an_exponent_of_two_digits_is_a_number():
    assert as_fraction("1.5e-7") == Fraction(15, 10**8)


@pytest.mark.parametrize("number", [float("inf"), float("nan"), Decimal("inf"), "1/0", "nan", "twelve", ""])
def test_what_cannot_be_reckoned_with_is_refused_in_own_words(number):
    with pytest.raises(ValueError, match="not a number that can be reckoned with"):
        as_fraction(number)
