import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.audit.verdicts import in_unit, rounds_to, truth_verdict, verdict
from analysis.quantities import UnitError, Value
from analysis.rounding import round_half_up


def exact(number, unit="percent"):
    return Value(Fraction(number), Fraction(number), Fraction(number), unit)


def between(number, low, high, unit="percent"):
    return Value(Fraction(number), Fraction(low), Fraction(high), unit)


@pytest.mark.parametrize(
    ("printed", "decimals", "qualifier", "found", "expected"),
    [
        # No qualifier: half-up to the printed decimals; then whether the intervals meet.
        ("12", 0, "", exact("11.5"), "reproduced"),
        ("11", 0, "", exact("11.5"), "discrepancy"),
        ("11", 0, "", between("11.5", "11.4", "11.6"), "rounding"),
        ("11", 0, "", between("11.6", "11.5", "11.7"), "discrepancy"),
        ("54.9", 1, "", exact("54.85"), "reproduced"),
        ("6.3", 1, "", exact("6.25"), "reproduced"),
        ("-6.3", 1, "", exact("-6.25"), "reproduced"),
        ("-6.2", 1, "", exact("-6.25"), "discrepancy"),
        ("0", 0, "", exact("0.49"), "reproduced"),
        # Negative decimals: the last printed digit is a hundred.
        ("500", -2, "", exact("549"), "reproduced"),
        ("500", -2, "", exact("550"), "discrepancy"),
        # About: trailing zeros are no precision.
        ("60", 0, "about", exact("55"), "reproduced"),
        ("60", 0, "about", exact("65"), "discrepancy"),
        ("52", 0, "about", exact("52.6"), "discrepancy"),
        ("60", 0, "about", between("66", "64", "68"), "rounding"),
        # Nearly: up to one unit of the last precise digit below.
        ("1700", 0, "nearly", exact("1600"), "reproduced"),
        ("1700", 0, "nearly", exact("1700"), "reproduced"),
        ("1700", 0, "nearly", exact("1701"), "discrepancy"),
        ("1700", 0, "nearly", exact("1599"), "discrepancy"),
        # Open on one side.
        ("80", 0, "more_than", exact("80.01"), "reproduced"),
        ("80", 0, "more_than", exact("80"), "discrepancy"),
        ("80", 0, "more_than", between("80", "79.5", "80.5"), "rounding"),
        ("80", 0, "at_least", exact("80"), "reproduced"),
        ("80", 0, "at_least", exact("79.9"), "discrepancy"),
        ("1", 0, "less_than", exact("0.99"), "reproduced"),
        ("1", 0, "less_than", exact("1"), "discrepancy"),
        ("1", 0, "less_than", between("1", "0.9", "1.1"), "rounding"),
        ("15", 0, "up_to", exact("15"), "reproduced"),
        ("15", 0, "up_to", exact("15.1"), "discrepancy"),
        ("80", 0, "more_than", Value(Fraction(60), Fraction(60), math.inf, "percent"), "rounding"),
    ],
)
def test_each_kind_of_verdict_at_its_boundary(printed, decimals, qualifier, found, expected):
    assert verdict(Fraction(printed), decimals, "percent", qualifier, found) == expected


@pytest.mark.parametrize(
    ("found", "unit", "expected"),
    [
        (exact("0.5", "ratio"), "percent", 50),
        (exact("50", "percent"), "fraction", Fraction(1, 2)),
        (exact("2", "usd_billion"), "usd_million", 2000),
        (exact("3", "count"), "member_state", 3),
    ],
)
def test_units_are_converted_and_a_fraction_meets_a_per_cent(found, unit, expected):
    assert in_unit(found, unit).value == expected


def test_two_thirds_meets_its_per_cent():
    assert verdict(Fraction(2, 3), 0, "fraction", "", exact("66.7")) == "reproduced"
    assert verdict(Fraction(2, 3), 0, "fraction", "", exact("55")) == "discrepancy"


@pytest.mark.parametrize(("name", "other"), [("percent", "usd_million"), ("percent", "percentage_points")])
def test_unlike_units_are_refused(name, other):
    with pytest.raises(UnitError, match="cannot compare"):
        verdict(Fraction(1), 0, name, "", exact(1, other))


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (exact(1, "truth"), "reproduced"),
        (exact(0, "truth"), "discrepancy"),
        (between(0, 0, 1, "truth"), "rounding"),
        (between(1, 0, 1, "truth"), "reproduced"),
        (Value(None, None, None, "truth"), "not_recomputable"),
    ],
)
def test_a_comparison_holds_or_not_or_rounding_leaves_it_open(found, expected):
    assert truth_verdict(found) == expected


def test_a_missing_input_is_not_recomputable():
    assert verdict(Fraction(1), 0, "percent", "", Value(None, None, None, "percent")) == "not_recomputable"


NUMBERS = st.fractions(min_value=-1000, max_value=1000, max_denominator=10_000)
DECIMALS = st.integers(-2, 3)
QUALIFIERS = st.sampled_from(["", "about", "nearly", "more_than", "at_least", "less_than", "up_to"])


@given(NUMBERS, DECIMALS)
def test_rounding_the_exact_number_always_reproduces_it(number, decimals):
    printed = Fraction(round_half_up(number, decimals))
    assert verdict(printed, decimals, "percent", "", exact(number)) == "reproduced"


@given(NUMBERS, DECIMALS, QUALIFIERS, NUMBERS, st.lists(st.fractions(0, 5), min_size=4, max_size=4))
def test_wider_intervals_never_make_things_worse(printed, decimals, qualifier, found, widths):
    order = ["reproduced", "rounding", "discrepancy"]
    below, above, more_below, more_above = widths
    narrow = between(found, found - below, found + above)
    wide = between(found, narrow.low - more_below, narrow.high + more_above)
    verdicts = [verdict(printed, decimals, "percent", qualifier, each) for each in (narrow, wide)]
    assert order.index(verdicts[1]) <= order.index(verdicts[0])


@given(NUMBERS, DECIMALS, QUALIFIERS)
def test_every_number_in_the_print_is_reproduced_or_rounding(printed, decimals, qualifier):
    value = Fraction(round_half_up(printed, decimals))
    found = between(value, value - 1, value + 1)
    assert verdict(value, decimals, "percent", qualifier, found) in ("reproduced", "rounding")


@given(NUMBERS, NUMBERS, DECIMALS, st.sampled_from(["usd", "usd_thousand", "usd_million"]))
def test_the_scale_of_the_unit_does_not_matter(printed, found, decimals, unit):
    factor = {"usd": 1_000_000, "usd_thousand": 1000, "usd_million": 1}[unit]
    same = verdict(printed, decimals, "usd_million", "", exact(found, "usd_million"))
    assert verdict(printed, decimals, "usd_million", "", exact(found * factor, unit)) == same


def test_nearly_and_about_use_the_precise_digits():
    assert rounds_to(Fraction(1650), Fraction(1700), 0, "measure", "about")
    assert not rounds_to(Fraction(1650), Fraction(1700), 0, "measure", "")
