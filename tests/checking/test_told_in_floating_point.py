"""What floating point tells before exact numbers are asked is what they would tell."""

import math
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analysis.checking.candidates import agreement
from analysis.reading import PrintedNumber

UNITS = ("", "percent", "fraction", "times", "USD")
QUALIFIERS = ("", "about", "nearly", "more_than", "at_least", "less_than", "up_to")
sizes = st.sampled_from([0, 1, 2, 5, 6, 30, 45, 54, 94, 100, 106, 299, 300, 1000, 1001, 10**9, 10**400])
values = st.builds(
    lambda size, more, scale: (size + Fraction(more, 1000)) * Fraction(10) ** scale,
    sizes | st.integers(-2000, 2000),
    st.sampled_from([0, 1, -1, 499, 500, 501, 60, -60]),
    st.sampled_from([-330, -3, -1, 0, 0, 0, 2, 6, 330]),
)
numbers = st.builds(
    lambda value, decimals, unit, qualifier, words: PrintedNumber(
        0, 0, "", value, decimals, unit, qualifier, words
    ),
    values,
    st.sampled_from([-400, -9, -6, -1, 0, 0, 1, 3, 6, 7]),
    st.sampled_from(UNITS),
    st.sampled_from(QUALIFIERS),
    st.booleans(),
)
# How far a value lies: so many times what rounding, a qualifier or a slip of a digit leaves.
times = st.sampled_from([0, 1, -1, Fraction(19, 20), Fraction(-19, 20), 1 + Fraction(1, 10**12), 2, -2])
allowed = st.sampled_from(["rounding", Fraction(6, 100), Fraction(30, 100), Fraction(2, 100), "six", "digit"])


def told(number, held):
    return (
        agreement.agrees(number, held),
        agreement.slipped(number, held),
        agreement.digits_exchanged(number, held),
        agreement.mistyped(number, held),
    )


def away(number, how):
    if isinstance(how, Fraction):
        return how * agreement.in_units_of_one(number)
    return {"six": 6, "rounding": Fraction(1, 2), "digit": 9}[how] / (Fraction(10) ** number.decimals)


@pytest.mark.slow
@settings(max_examples=5 * settings().max_examples)
@given(numbers, values, times, allowed, st.integers(0, 3))
@example(PrintedNumber(0, 0, "", Fraction(54), 0, "", "about"), Fraction(0), 1, Fraction(6, 100), 1)
def test_a_value_that_is_out_of_reach_agrees_in_no_way(number, other, many, how, beside):
    held = agreement.in_units_of_one(number) + many * away(number, how) if beside else other
    quickly = told(number, held)
    everywhere = replace(number)
    everywhere.known["near"] = 0.0, math.inf
    shortcut = agreement._other_length
    try:
        agreement._other_length = lambda *_: False
        exactly = told(everywhere, held)
    finally:
        agreement._other_length = shortcut
    assert quickly == exactly
