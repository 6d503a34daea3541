"""What published rates leave open of a whole: worked cases, contradictions, and the truth always within."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.aggregation.attainable import KnownRate, KnownWeight, attainable_rate

pytestmark = pytest.mark.slow

A, B = frozenset("a"), frozenset("b")
RATES = [KnownRate(A, 10, 10), KnownRate(B, 20, 20)]


def test_weights_unknown_leave_everything_between_the_parts_open():
    assert attainable_rate(RATES, [KnownWeight(A | B, 5, 5)], "ab") == pytest.approx((10, 20))
    assert attainable_rate(RATES, [KnownWeight(A | B, 5, 5)], "a") == pytest.approx((10, 10))


def test_known_weights_give_the_weighted_mean_and_a_span_of_them_its_ends():
    known = [KnownWeight(A, 3, 3), KnownWeight(B, 1, 1)]
    assert attainable_rate(RATES, known, "ab") == pytest.approx((12.5, 12.5))
    known = [KnownWeight(A, 3, 3), KnownWeight(B, 1, 3)]
    assert attainable_rate(RATES, known, "ab") == pytest.approx((12.5, 15))


def test_rounding_of_the_parts_widens_the_whole():
    rounded = [KnownRate(A, 9.5, 10.5), KnownRate(B, 19.5, 20.5)]
    known = [KnownWeight(A, 1, 1), KnownWeight(B, 1, 1)]
    assert attainable_rate(rounded, known, "ab") == pytest.approx((14.5, 15.5))


def test_a_rate_of_both_tells_what_they_weigh():
    """10 and 20 together 12: b weighs a quarter of a, so the two are 12 whatever the total is."""
    known = [*RATES, KnownRate(A | B, 12, 12)]
    assert attainable_rate(known, [KnownWeight(A, 4, 4)], "ab") == pytest.approx((12, 12))
    assert attainable_rate(known, [KnownWeight(A, 4, 4), KnownWeight(B, 1, 1)], "ab") == pytest.approx(
        (12, 12)
    )


def test_rates_that_contradict_weights_or_each_other_have_none():
    both = KnownRate(A | B, 25, 25)
    assert attainable_rate([*RATES, both], [KnownWeight(A | B, 1, 1)], "ab") is None
    known = [KnownWeight(A, 1, 1), KnownWeight(B, 1, 1)]
    assert attainable_rate([*RATES, KnownRate(A | B, 12, 12)], known, "ab") is None


def test_a_cell_that_nothing_is_known_of_is_refused():
    with pytest.raises(ValueError, match=r"no rate of .*'c'"):
        attainable_rate(RATES, [KnownWeight(A, 1, 1)], "abc")
    with pytest.raises(ValueError, match=r"any cell"):
        attainable_rate(RATES, [KnownWeight(A, 1, 1)], "")


part = st.tuples(st.floats(0.5, 50), st.floats(0, 100))


@settings(max_examples=60, deadline=None)
@given(st.lists(part, min_size=2, max_size=5), st.integers(0, 1), st.floats(0, 0.2))
def test_the_truth_lies_between_the_ends(parts, decimals, doubt):
    half = 0.5 * 10.0**-decimals + 1e-7
    rates = [
        KnownRate(frozenset([place]), round(rate, decimals) - half, round(rate, decimals) + half)
        for place, (_, rate) in enumerate(parts)
    ]
    weights = [
        KnownWeight(frozenset([place]), weight * (1 - doubt), weight * (1 + doubt))
        for place, (weight, _) in enumerate(parts)
    ]
    truth = sum(weight * rate for weight, rate in parts) / sum(weight for weight, _ in parts)
    low, high = attainable_rate(rates, weights, range(len(parts)))
    assert low - 1e-5 <= truth <= high + 1e-5
