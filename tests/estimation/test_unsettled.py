"""Persons who could not be classified: counted by answer, by hand and by every engine alike."""

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.estimation import SurveyDesign, Unsettled, refuse_unsettled, unsettled
from analysis.indicators import (
    INDICATORS,
    LabourForcePractice,
    child_labour_rate,
    lu3,
    managers_female_share,
    neet_rate,
    of_working_age,
    social_protection_coverage,
    unemployment_rate,
    weighted_mean,
    working_poverty_rate,
)
from analysis.sources.harmonised import harmonised

DESIGN = SurveyDesign()
WAYS = [
    lambda f: f,
    lambda f: f.convert_dtypes(),
    pl.from_pandas,
    lambda f: pl.from_pandas(f).lazy(),
    duckdb.from_df,
]


def counted(persons: dict, estimand, hold=lambda f: f) -> dict[str, int]:
    """Unweighted number of unsettled persons by answer."""
    frame = pd.DataFrame(persons).astype(float)
    frame["ilo_wgt"] = 2.0
    found = unsettled(hold(frame), [estimand], DESIGN)
    assert (found["persons"] == 2.0 * found["n"]).all()
    return dict(zip(found["variable"], found["n"], strict=True))


NONE = np.nan
PERSONS = {
    "ilo_age": [30, 30, 30, NONE, 14, 20, 20, 20],
    "ilo_lfs": [1, 2, NONE, 1, NONE, 3, 3, 3],
    "ilo_edu_attendance": [NONE, NONE, NONE, NONE, NONE, 3, NONE, 2],
    "ilo_olf_dlma": [NONE, NONE, NONE, NONE, NONE, 5, NONE, 2],
    "ilo_sex": [NONE, 1, 1, 1, 1, 1, 1, 1],
    "ilo_job1_ocu_isco08": [1, 1, 1, 11, 1, 1, 1, 1],
    "daily_consumption_ppp2021": [NONE, 1, 1, 1, 1, 1, 1, 1],
    "covered_any_benefit": [0, 1, 1, NONE, NONE, 1, 1, 1],
    "hours_economic": [NONE, NONE, NONE, NONE, NONE, 0, 0, 0],
    "hazardous_work": [0, 0, 0, 0, 0, 0, 0, 0],
}


@pytest.mark.sampled
@pytest.mark.parametrize("hold", WAYS)
@pytest.mark.parametrize(
    ("estimand", "expected"),
    [
        (unemployment_rate(), {"any": 2, "ilo_lfs": 1, "ilo_age": 1}),
        (neet_rate(), {"any": 3, "ilo_lfs": 0, "ilo_age": 1, "ilo_edu_attendance": 2}),
        (lu3(), {"any": 4, "ilo_lfs": 1, "ilo_age": 1, "ilo_olf_dlma": 2}),
        (
            managers_female_share(),
            {"any": 3, "ilo_lfs": 1, "ilo_age": 1, "ilo_job1_ocu_isco08": 0, "ilo_sex": 1},
        ),
        (working_poverty_rate(), {"any": 3, "ilo_lfs": 1, "ilo_age": 1, "daily_consumption_ppp2021": 1}),
        (social_protection_coverage(), {"any": 2, "covered_any_benefit": 2}),
        (child_labour_rate(), {"any": 2, "ilo_age": 1, "hours_economic": 1, "hazardous_work": 0}),
    ],
    ids=lambda each: getattr(each, "indicator", ""),
)
def test_who_could_not_be_classified_is_counted(estimand, expected, hold):
    assert counted(PERSONS, estimand, hold) == expected


ANSWERS = (
    "hours_for_pay_or_profit",
    "absent_from_job",
    "seeking_work",
    "available_for_work",
    "future_starter",
)


@pytest.mark.slow
@settings(deadline=None)
@given(st.lists(st.tuples(*[st.sampled_from([0.0, 1.0, NONE]) for _ in ANSWERS]), min_size=1, max_size=12))
def test_a_status_is_unsettled_just_where_the_answers_given_leave_it_open(answers):
    """By trying every answer that a missing one could have been."""
    persons = pd.DataFrame(answers, columns=list(ANSWERS)).assign(ilo_age=30.0)

    def possible(row: tuple) -> set[int]:
        given = [(value,) if value == value else (0.0, 1.0) for value in row]
        found = set()
        for hours in given[0]:
            for absent in given[1]:
                for seeks in given[2]:
                    for available in given[3]:
                        for starter in given[4]:
                            jobless = (seeks or starter) and available
                            found.add(1 if hours or absent else 2 if jobless else 3)
        return found

    open_ = sum(len(possible(row)) > 1 for row in answers)
    found = counted(persons.to_dict("list"), unemployment_rate(practice=LabourForcePractice()))
    assert found["any"] == open_
    assert all(count <= found["any"] for count in found.values())


def test_a_survey_without_age_counts_no_one_as_of_working_age():
    persons = {"ilo_lfs": [1, 2, NONE]}
    assert counted(persons | {"ilo_age": [20, 20, 20]}, unemployment_rate())["ilo_lfs"] == 1
    assert unsettled(pd.DataFrame(persons).assign(ilo_wgt=1.0), [unemployment_rate()], DESIGN).empty


def test_a_mean_needs_no_classification():
    persons = pd.DataFrame({"hours": [1.0, NONE], "ilo_wgt": 1.0})
    assert unsettled(persons, [weighted_mean("hours", unit="hours")], DESIGN).empty


@pytest.mark.sampled(6)
@pytest.mark.parametrize("name", INDICATORS)
def test_every_indicator_says_who_is_unsettled(name):
    estimand = of_working_age(INDICATORS[name](), list(harmonised()))
    assert estimand.unsettled
    assert set(estimand.unsettled) <= set(estimand.columns)


def test_too_many_are_refused_by_sample_and_answer():
    persons = pd.DataFrame({"ilo_lfs": [1.0] * 19 + [NONE] + [1.0, NONE], "ilo_age": 30.0, "ilo_wgt": 1.0})
    persons["year"] = [2019] * 20 + [2020] * 2
    design = SurveyDesign(survey=("year",))
    counts = unsettled(persons, [unemployment_rate()], design, ["year"], totals=False)
    with pytest.raises(Unsettled, match=r"unemployment_rate, 2020: 50\.0 per cent \(ilo_lfs 1\)") as refused:
        refuse_unsettled(counts)
    assert "2019" not in str(refused.value)
    with pytest.raises(Unsettled, match=r"2019: 5\.0 per cent"):
        refuse_unsettled(counts, 4.9)
    refuse_unsettled(counts, 50)
