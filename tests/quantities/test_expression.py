import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.quantities import (
    Recorded,
    SelectionError,
    UnitError,
    change,
    constant,
    count_rows,
    equals,
    evaluate,
    formula,
    is_at_least,
    is_more,
    mean,
    pandas_code,
    point_change,
    provenance,
    rank,
    rate,
    sentence,
    share,
    tally,
    total,
    value,
)
from analysis.quantities.expression import Combined

ROWS = [
    {
        "who": "a",
        "year": 2020,
        "value": "12.5",
        "decimals": 1,
        "unit": "usd_million",
        "line": 3,
        "place": "p",
    },
    {"who": "b", "year": 2020, "value": "7.5", "decimals": 1, "unit": "usd_million"},
    {"who": "a", "year": 2021, "value": "10.0", "decimals": 1, "unit": "usd_million"},
    {"who": "b", "year": 2021, "value": "", "decimals": "", "unit": "usd_million", "status": "blank"},
    {"who": "n", "year": 2020, "value": "40", "decimals": 0, "unit": "result"},
    {"who": "m", "year": 2020, "value": "50", "decimals": 0, "unit": "result"},
    {"who": "c", "year": 2020, "value": "9", "decimals": 0, "unit": "country"},
    {"who": "p", "year": 2020, "value": "6.6", "decimals": 1, "unit": "percent"},
    {"who": "p", "year": 2019, "value": "5.4", "decimals": 1, "unit": "percent"},
    {"who": "k", "year": 2020, "value": "500", "decimals": 0, "unit": "usd_thousand"},
]
T = "report.sample"


@pytest.fixture
def sample(table):
    return Recorded([table(ROWS)])


def read(quantity, sample):
    return evaluate(quantity, sample)


def one(who, year=2020):
    return value(T, who=who, year=year)


def test_a_sum_is_exact_and_carries_half_a_digit_for_each_input(sample):
    found = read(total(T, year=2020, unit="usd_million"), sample)
    assert (found.value, found.low, found.high) == (20, Fraction("19.9"), Fraction("20.1"))


def test_counts_are_exact(sample):
    found = read(one("n") + one("m"), sample)
    assert found.low == found.value == found.high == 90


def test_a_change_propagates_its_interval(sample):
    found = read(change(one("a"), one("a", 2021)), sample)
    assert found.value == -20
    assert found.unit == "percent"
    assert found.low == 100 * (Fraction("9.95") / Fraction("12.55") - 1)
    assert found.high == 100 * (Fraction("10.05") / Fraction("12.45") - 1)


def test_a_blank_is_not_a_zero(sample):
    assert read(total(T, who="b"), sample).missing
    assert read(share(one("b", 2021), one("b")), sample).missing
    assert read(is_more(one("b", 2021), one("b")), sample).missing


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: one("a") + one("n"),
        lambda: one("n") - one("c"),
        lambda: is_more(one("p"), one("n")),
        lambda: one("a") * one("n"),
        lambda: total(T, year=2020),
    ],
)
def test_unlike_units_refuse_to_meet(sample, wrong):
    with pytest.raises(UnitError, match="cannot"):
        read(wrong(), sample)


def test_scales_of_one_dimension_meet(sample):
    assert read(one("a") + one("k"), sample).value == 13
    assert read(share(one("k"), one("a")), sample).value == 4


def test_rates_and_points_name_their_unit(sample):
    assert read(rate(one("a"), one("n")), sample).unit == "usd_million/result"
    points = read(point_change(one("p", 2019), one("p")), sample)
    assert (points.value, points.unit) == (Fraction("1.2"), "percentage_points")


def test_a_selection_that_matches_nothing_says_what_there_is(sample):
    with pytest.raises(SelectionError, match=r"who is z.*found none.*who holds a, b"):
        read(one("z"), sample)
    with pytest.raises(SelectionError, match="expected one row, found 2"):
        read(value(T, who="a"), sample)
    with pytest.raises(SelectionError, match="has no column region"):
        read(value(T, region="a"), sample)
    with pytest.raises(SelectionError, match="no table"):
        read(value("report.other", who="a"), sample)


def test_rows_are_counted_and_none_is_zero(sample):
    assert read(count_rows(T, year=[2019, 2020]), sample).value == 8
    assert read(count_rows(T, who="z"), sample).value == 0


def test_comparisons_are_open_where_rounding_leaves_them_open(table):
    rows = [
        {"who": name, "value": text, "decimals": 0, "unit": "percent"}
        for name, text in zip("ab", "55", strict=True)
    ]
    sample = Recorded([table(rows)])
    found = read(is_more(value(T, who="a"), value(T, who="b")), sample)
    assert (found.value, found.low, found.high) == (0, 0, 1)
    same = read(equals(value(T, who="a"), value(T, who="b")), sample)
    assert (same.value, same.low, same.high) == (1, 0, 1)


def test_tallies_and_ranks(sample):
    held = tally([is_more(one("m"), one("n")), is_at_least(one("n"), one("m"))])
    assert (read(held, sample).value, read(held, sample).unit) == (1, "count")
    assert read(rank(one("n"), [one("m"), one("n")]), sample).value == 2
    assert read(mean([one("n"), one("m")]), sample).value == 45


def test_division_by_zero_is_missing_and_by_an_interval_around_it_unbounded(table):
    rows = [
        {"who": "z", "value": "0", "decimals": 0, "unit": "percent"},
        {"who": "a", "value": "1", "decimals": 0, "unit": "percent"},
    ]
    sample = Recorded([table(rows)])
    assert read(share(value(T, who="a"), value(T, who="z")), sample).missing
    rows[0]["value"] = "0.2"
    found = read(share(value(T, who="a"), value(T, who="z")), Recorded([table(rows)]))
    assert (found.low, found.high) == (-math.inf, math.inf)


def test_qualified_inputs_are_open(table):
    rows = [
        {"who": "a", "value": "60", "decimals": 0, "unit": "percent", "qualifier": "more_than"},
        {"who": "b", "value": "60", "decimals": 0, "unit": "percent", "qualifier": "about"},
        {"who": "c", "value": "1700", "decimals": 0, "unit": "measure", "qualifier": "nearly"},
    ]
    values = table(rows).values
    assert (values[0].low, values[0].high) == (60, math.inf)
    assert (values[1].low, values[1].high) == (55, 65)
    assert (values[2].low, values[2].high) == (1600, 1700)


def test_the_five_readings_agree(sample):
    quantity = change(one("a"), one("a", 2021))
    frame = sample[T].rows.assign(value=lambda rows: rows["value"].replace("", "nan").astype(float))
    assert eval(pandas_code(quantity), {"tables": {T: frame}}) == pytest.approx(-20)
    assert formula(quantity, lambda table, column: column) == (
        '((SUMIFS(value,who,"a",year,"2021")/SUMIFS(value,who,"a",year,"2020")-1)*100)'
    )
    assert sentence(quantity, sample).startswith(
        "The relative change from the number printed in Sample numbers"
    )
    assert sentence(quantity, sample).endswith(": -20 percent.")
    rows = provenance(quantity, sample)
    assert [row["row"] for row in rows] == ["4", "2"]
    assert rows[1]["line"] == "3"
    assert rows[1]["sha256"] == "0" * 64


@given(
    st.lists(st.tuples(st.integers(-999, 999), st.integers(0, 2)), min_size=2, max_size=6),
    st.data(),
)
def test_intervals_contain_every_number_that_rounds_to_the_print(inputs, data):
    from analysis.quantities.arithmetic import combine
    from analysis.quantities.intervals import Value
    from analysis.rounding import half_step

    def printed(units, decimals):
        number = Fraction(units, 10**decimals)
        return Value(number, number - half_step(decimals), number + half_step(decimals), "percent")

    values = [printed(*each) for each in inputs]
    true = [data.draw(st.fractions(each.low, each.high)) for each in values]
    found, exact = values[0], true[0]
    for each, number in zip(values[1:], true[1:], strict=True):
        sign = data.draw(st.sampled_from("+-"))
        found = combine(sign, found, each)
        exact = exact + number if sign == "+" else exact - number
    assert found.low <= exact <= found.high


@pytest.mark.slow
def test_each_of_thousands_lies_within_its_bounds(recorded):
    table = "report.output_indicators"
    codes = [code for code in recorded[table].offered("indicator") if code not in ("2.2.1", "2.2.2", "2.3.1")]
    regions = [region for region in recorded[table].offered("region") if region != "all"]
    quantities = [
        share(
            value(table, indicator=code, measure="result", region=region),
            total(table, indicator=[code, other], measure="result", region="all"),
        )
        for code in codes
        for region in regions
        for other in codes[:12]
    ]
    assert len(quantities) > 3000
    found = [evaluate(quantity, recorded) for quantity in quantities]
    assert all(each.low <= each.value <= each.high for each in found if not each.missing)
    assert constant("2/3").number == Fraction(2, 3)


def test_formulas_and_code_are_in_base_units(sample):
    million = value(T, who="k") / constant(2, "usd_million")
    assert formula(million, lambda table, column: column).endswith("/2000000)")
    assert read(million, sample).value == Fraction(1, 4)


@pytest.mark.parametrize(
    ("text", "qualifier", "below", "above"),
    [("2/3", "", "0.05", "0.05"), ("1/4", "about", "0.05", "0.05"), ("1/2", "nearly", "0.1", "0")],
)
def test_a_fraction_in_words_is_precise_to_a_tenth(table, text, qualifier, below, above):
    row = {"value": text, "decimals": 0, "unit": "fraction", "qualifier": qualifier}
    found = table([row]).values[0]
    assert found.low == Fraction(text) - Fraction(below)
    assert found.high == Fraction(text) + Fraction(above)


def test_a_row_is_replaced_in_a_copy(table):
    before = table(ROWS)
    assert before.select((("who", ("c",)),)) == [6]
    after = before.replaced(6, who="d", value="8")
    assert (before.values[6].value, after.values[6].value) == (9, 8)
    assert after.select((("who", ("c",)),)) == []


NUMBERS = st.integers(-9, 9).map(constant)
TREES = st.recursive(
    NUMBERS, lambda inner: st.builds(Combined, st.sampled_from("+-*/"), inner, inner), max_leaves=12
)


@given(TREES)
def test_brackets_left_out_do_not_change_the_meaning(tree):
    found = evaluate(tree, Recorded([]))
    if found.value is not None:
        assert eval(pandas_code(tree)) == pytest.approx(float(found.value))
