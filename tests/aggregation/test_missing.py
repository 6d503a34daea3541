"""What is missing: rules that fill it, bounds where nothing does, and a change taken apart."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.aggregation import bound_rates, decompose, effects, impute

NAN = float("nan")
GROUPS = pd.DataFrame({"group": ["X", "X", "Y", "Y"], "area": list("abcd")})
WORLD = pd.DataFrame({"group": "World", "area": list("abcd")})
FIVES = [5, 5, 5, 5]
WEIGHTS = {"a": 10.0, "b": 30.0, "c": 20.0, "d": 40.0}
VALUES = {
    "a": [1, NAN, 3, NAN],
    "b": [2, 4, NAN, NAN],
    "c": [NAN, NAN, 8, 9],
    "d": [5, 5, 5, 5],
}
RATES = pd.DataFrame(
    [
        {"area": area, "period": str(2017 + number), "value": value, "weight": WEIGHTS[area]}
        for area, values in VALUES.items()
        for number, value in enumerate(values)
    ]
)


def filled(rule, **asked):
    rows = impute(RATES, GROUPS, rule, weight="weight", **asked)
    return {area: part["value"].tolist() for area, part in rows.groupby("area")}, int(rows["imputed"].sum())


@pytest.mark.parametrize(
    ("rule", "asked", "expected"),
    [
        ("none", {}, VALUES),
        ("carry", {}, {"a": [1, 1, 3, 3], "b": [2, 4, 4, 4], "c": [NAN, NAN, 8, 9], "d": FIVES}),
        ("carry", {"reach": 1}, {"a": [1, 1, 3, 3], "b": [2, 4, 4, NAN], "c": [NAN, NAN, 8, 9], "d": FIVES}),
        ("nearest", {"reach": 1}, {"a": [1, 1, 3, 3], "b": [2, 4, 4, NAN], "c": [NAN, 8, 8, 9], "d": FIVES}),
        ("interpolate", {}, {"a": [1, 2, 3, NAN], "b": [2, 4, NAN, NAN], "c": [NAN, NAN, 8, 9], "d": FIVES}),
        ("group_mean", {}, {"a": [1, 4, 3, NAN], "b": [2, 4, 3, NAN], "c": [5, 5, 8, 9], "d": FIVES}),
    ],
)  # fmt: skip
def test_rules_by_hand(rule, asked, expected):
    found, imputed = filled(rule, **asked)
    for area, values in expected.items():
        np.testing.assert_array_equal(found[area], values)
    lacking = sum(np.isnan(values).sum() for values in VALUES.values())
    assert imputed == lacking - sum(np.isnan(values).sum() for values in expected.values())


def test_a_gap_between_years_is_counted_in_years():
    """No row stands for 2018 and 2019: from 2017 to 2020 are three years, not one."""
    rows = RATES[RATES["period"].isin(["2017", "2020"])]
    found = impute(rows, GROUPS, "carry", weight="weight", reach=2)
    assert found.loc[(found["area"] == "b") & (found["period"] == "2020"), "value"].isna().all()
    found = impute(rows, GROUPS, "carry", weight="weight", reach=3)
    assert found.loc[(found["area"] == "b") & (found["period"] == "2020"), "value"].tolist() == [2]


def test_keys_stay_apart():
    both = pd.concat([RATES.assign(sex="SEX_M"), RATES.assign(sex="SEX_F", value=RATES["value"] * 10)])
    rows = impute(both.reset_index(drop=True), GROUPS, "carry", weight="weight", by=("period", "sex"))
    a = rows[(rows["area"] == "a") & (rows["period"] == "2018")].set_index("sex")["value"]
    assert a.to_dict() == {"SEX_M": 1, "SEX_F": 10}


def test_unknown_rules_and_overlapping_groups_are_refused():
    with pytest.raises(ValueError, match="imputation rule 'guess'; known: none, carry"):
        impute(RATES, GROUPS, "guess", weight="weight")
    with pytest.raises(ValueError, match="a, b, c, d in several groups"):
        impute(RATES, pd.concat([GROUPS, WORLD]), "group_mean", weight="weight")


@pytest.mark.slow
def test_effects_are_measured_from_no_rule():
    population = RATES[["area", "period"]].assign(population=RATES["weight"])
    rows = effects(
        RATES, WORLD, ["carry", "group_mean"], weight="weight", population=population, least_coverage=50,
        within=GROUPS,
    )  # fmt: skip
    by = rows[rows["period"] == "2018"].set_index("rule")
    # none: (4 * 30 + 5 * 40) / 70; carry adds a at 1; group_mean adds a at 4 and c at 5
    assert by.loc["none", "value"] == pytest.approx(320 / 70)
    assert by.loc["carry", "value"] == pytest.approx(330 / 80)
    assert by.loc["group_mean", "value"] == pytest.approx(460 / 100)
    assert by["imputed"].to_dict() == {"none": 0, "carry": 1, "group_mean": 2}
    assert by.loc["carry", "effect"] == pytest.approx(330 / 80 - 320 / 70)
    assert by.loc["group_mean", "coverage"] == 100


def test_bounds_by_hand():
    rows = bound_rates(RATES, WORLD, weight="weight").set_index("period")
    one = rows.loc["2017"]  # a 1, b 2, d 5 report with 80 of 100; c lacks
    assert one["value"] == pytest.approx((10 + 60 + 200) / 80)
    assert one["low"] == pytest.approx((270 + 20 * 1) / 100)
    assert one["high"] == pytest.approx((270 + 20 * 5) / 100)
    assert (one["weight_missing"], one["missing"]) == (20, "c")
    none = bound_rates(RATES.assign(value=NAN), WORLD, weight="weight").iloc[0]
    assert none[["value", "low", "high"]].isna().all()
    assert none["weight_missing"] == 100
    with pytest.raises(ValueError, match="no weight for a; a member without"):
        bound_rates(RATES[RATES["area"] != "a"], WORLD, weight="weight")


RATE = st.floats(0, 100, allow_subnormal=False)


@pytest.mark.slow
@settings(deadline=None)
@given(st.lists(st.tuples(RATE, st.floats(0.1, 1e6), st.booleans()), min_size=1, max_size=8))
def test_the_truth_lies_within_the_bounds_when_the_missing_lie_within_the_observed(members):
    areas = [f"c{number}" for number in range(len(members))]
    seen = [value for value, _, there in members if there]
    truth = pd.DataFrame({"area": areas, "period": "2020", "weight": [weight for _, weight, _ in members]})
    truth["value"] = [
        value if there or not seen else min(max(value, min(seen)), max(seen)) for value, _, there in members
    ]
    rates = truth.assign(value=truth["value"].where([there for *_, there in members]))
    row = bound_rates(rates, pd.DataFrame({"group": "W", "area": areas}), weight="weight").iloc[0]
    if seen:
        whole = (truth["value"] * truth["weight"]).sum() / truth["weight"].sum()
        assert row["low"] * (1 - 1e-9) - 1e-9 <= whole <= row["high"] * (1 + 1e-9) + 1e-9
    else:
        assert np.isnan(row["low"])


def table(rows):
    return pd.DataFrame(rows, columns=["area", "value", "weight"])


def test_a_change_taken_apart_by_hand():
    """Rates stand still and the area of the higher rate grows: all of the change is composition."""
    before, after = table([("a", 10.0, 50), ("b", 2.0, 50)]), table([("a", 10.0, 75), ("b", 2.0, 25)])
    parts = decompose(before, after, weight="weight").set_index("area")
    assert parts["rates"].tolist() == [0, 0]
    assert parts["composition"].sum() == pytest.approx(2.0)
    assert parts["composition"].to_dict() == {"a": pytest.approx(0.75), "b": pytest.approx(1.25)}
    moved = decompose(before, before.assign(value=[12.0, 2.0]), weight="weight")
    assert moved["rates"].tolist() == [1, 0]
    assert moved["composition"].tolist() == [0, 0]


@pytest.mark.slow
@settings(deadline=None)
@given(
    st.lists(
        st.tuples(RATE, RATE, st.floats(0.1, 1e6), st.floats(0.1, 1e6)),
        min_size=1,
        max_size=8,
    )
)
def test_the_parts_add_to_the_change(members):
    areas = [f"c{number}" for number in range(len(members))]
    before = table([(a, m[0], m[2]) for a, m in zip(areas, members, strict=True)])
    after = table([(a, m[1], m[3]) for a, m in zip(areas, members, strict=True)])
    wholes = [(rows["value"] * rows["weight"]).sum() / rows["weight"].sum() for rows in (before, after)]
    parts = decompose(before, after.iloc[::-1], weight="weight")
    assert parts["change"].sum() == pytest.approx(wholes[1] - wholes[0], abs=1e-9)
    assert (parts["rates"] + parts["composition"]).tolist() == pytest.approx(parts["change"].tolist())


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (table([("a", 1.0, 1)]), "b in one of the two only"),
        (table([("a", 1.0, 1), ("a", 1.0, 1)]), "a twice in after"),
        (table([("a", 1.0, 1), ("b", NAN, 1)]), "b without a value or weight in after"),
    ],
)
def test_what_cannot_be_taken_apart_is_told(after, said):
    with pytest.raises(ValueError, match=said):
        decompose(table([("a", 10.0, 50), ("b", 2.0, 50)]), after, weight="weight")
