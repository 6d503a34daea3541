"""Age classes: what a code means, and adding only what does not overlap."""

from math import inf

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.aggregation import add_over_ages, age_interval, refuse_overlap


@pytest.mark.parametrize(
    ("code", "years"),
    [
        ("AGE_YTHADULT_YGE15", (15, inf)),
        ("AGE_YTHADULT_Y15-24", (15, 24)),
        ("AGE_AGGREGATE_TOTAL", (0, inf)),
        ("AGE_5YRBANDS_YGE65", (65, inf)),
        ("AGE_AGGREGATE_YLT15", (0, 14)),
        ("Y15T24", (15, 24)),
        ("Y_GE65", (65, inf)),
        ("Y_LT15", (0, 14)),
        ("Y20", (20, 20)),
        ("_T", (0, inf)),
    ],
)
def test_a_code_means_years(code, years):
    assert age_interval(code) == years


@pytest.mark.parametrize("code", ["", "youth", "AGE_YTHADULT", "AGE_X_YXX", "Y15to24"])
def test_other_codes_are_refused(code):
    with pytest.raises(ValueError, match="no known form"):
        age_interval(code)


@pytest.mark.parametrize(
    "codes",
    [
        ["AGE_YTHADULT_YGE15", "AGE_YTHADULT_Y15-24"],
        ["AGE_5YRBANDS_Y15-19", "AGE_10YRBANDS_Y15-24"],
        ["AGE_5YRBANDS_TOTAL", "AGE_5YRBANDS_YGE65"],
        ["Y15T24", "Y24T30"],
    ],
)
def test_overlapping_classes_are_refused(codes):
    with pytest.raises(ValueError, match="adding them counts persons twice"):
        refuse_overlap(codes)


@pytest.mark.slow
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=6))
def test_overlap_is_what_sharing_a_year_means(pairs):
    spans = {(min(p), max(p)) for p in pairs}
    years = [year for first, last in spans for year in range(first, last + 1)]
    codes = [f"Y{first}T{last}" for first, last in spans]
    if len(years) > len(set(years)):
        with pytest.raises(ValueError, match="overlap"):
            refuse_overlap(codes)
    else:
        refuse_overlap(codes)


COUNTS = pd.DataFrame(
    {
        "area": "KEN",
        "age": ["Y15T24", "Y25T54", "Y_GE55"],
        "value": [1.0, 2.0, 4.0],
        "unit": "thousand_persons",
    }
)


def test_classes_are_added():
    found = add_over_ages(COUNTS, keys=["area"], age="AGE_YTHADULT_YGE15")
    assert found.to_dict("records") == [
        {"area": "KEN", "age": "AGE_YTHADULT_YGE15", "value": 7.0, "unit": "thousand_persons"}
    ]
    missing = add_over_ages(COUNTS.assign(value=[1.0, None, 4.0]), keys=["area"], age="Y_GE15")
    assert missing["value"].isna().all()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"age": ["Y15T24", "Y20T54", "Y_GE55"]}, "overlap: Y15T24 and Y20T54"),
        ({"age": ["Y15T24", "Y30T54", "Y_GE55"]}, "do not make up Y_GE15"),
        ({"age": ["Y16T24", "Y25T54", "Y_GE55"]}, "do not make up Y_GE15"),
        ({"age": ["Y15T24", "Y15T24", "Y_GE25"]}, "class Y15T24 twice"),
        ({"unit": "percent"}, "are shares"),
    ],
)
def test_what_does_not_add_up_is_told(changed, said):
    with pytest.raises(ValueError, match=said):
        add_over_ages(COUNTS.assign(**changed), keys=["area"], age="Y_GE15")
