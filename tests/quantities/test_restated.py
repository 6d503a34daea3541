"""What may be stated in which unit: a share of unlike things is refused, a convention is followed."""

import pytest

from analysis.quantities import (
    Recorded,
    UnitError,
    change,
    constant,
    counted_as,
    evaluate,
    is_more,
    point_change,
    rank,
    share,
    tally,
)

NONE = Recorded([])
MONEY, RESULTS = constant(6, "usd_million"), constant(4, "result")
PERCENT, POINTS, PURE = constant(40, "percent"), constant(3, "percentage_points"), constant(2)


def read(quantity):
    value = evaluate(quantity, NONE)
    return value.value, value.unit


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        (share(RESULTS, constant(8, "result")), (50, "percent")),
        (share(MONEY, constant(12_000, "usd_thousand")), (50, "percent")),
        (share(constant(10, "percent"), PERCENT), (25, "percent")),
        (point_change(PERCENT, constant(45, "percent")), (5, "percentage_points")),
        (point_change(POINTS, constant(4, "percentage_points")), (1, "percentage_points")),
        (counted_as(POINTS, "percent"), (3, "percent")),
        (counted_as(RESULTS, "ratification"), (4, "ratification")),
        (counted_as(constant(8, "million_persons"), "million_jobs"), (8, "million_jobs")),
        (tally([is_more(RESULTS, constant(3, "result")), is_more(PURE, PURE)]), (1, "count")),
        (rank(RESULTS, [constant(9, "result"), constant(1, "result")]), (2, "count")),
        (rank(RESULTS, [constant(1, "result")]), (1, "count")),
    ],
)
def test_a_result_is_stated_in_the_unit_that_its_word_promises(quantity, expected):
    assert read(quantity) == expected


@pytest.mark.parametrize(
    ("quantity", "said"),
    [
        (share(MONEY, RESULTS), "usd_million/result in percent: unlike units"),
        (share(RESULTS, MONEY), "result/usd_million in percent"),
        (change(MONEY, RESULTS), "subtract result/usd_million"),
        (point_change(RESULTS, constant(5, "result")), "result in percentage_points"),
        (point_change(MONEY, MONEY), "usd_million in percentage_points"),
        (counted_as(MONEY, "result"), "usd_million in result"),
        (counted_as(MONEY, "usd"), "usd_million in usd: unlike scales"),
        (counted_as(constant(8, "million_persons"), "person"), "million_persons in person: unlike scales"),
        (counted_as(RESULTS, "truth"), "result in truth"),
        (counted_as(PERCENT, "result"), "percent in result"),
        (constant(1, ""), "no unit"),
    ],
)
def test_a_unit_that_the_arithmetic_does_not_lead_to_is_refused(quantity, said):
    """Before, six million dollars were 150 per cent of four results."""
    with pytest.raises(UnitError, match=said):
        evaluate(quantity, NONE)


def test_a_rank_is_among_others():
    with pytest.raises(ValueError, match="at least one other"):
        rank(RESULTS, [])
