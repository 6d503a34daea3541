"""Underutilization derived from answers, the 21st conference, and what cannot be asked."""

import numpy as np
import pandas as pd
import pytest

from analysis.estimation import SurveyDesign, estimate_domains, unsettled
from analysis.indicators import (
    INDICATORS,
    LabourForcePractice,
    informal_employment_rate,
    neet_rate,
    single_departures,
    social_protection_work_injury,
)

COLUMNS = [
    "ilo_wgt",
    "hours_for_pay_or_profit",
    "ilo_joball_how_usual",
    "wants_more_hours",
    "available_for_more_hours",
    "seeking_work",
    "available_for_work",
    "wants_work",
]
N = np.nan
PERSONS = pd.DataFrame(
    [
        [40, 40, 40, 0, N, 0, 0, N],  # employed, enough hours
        [10, 10, 10, 1, 1, 0, 0, N],  # underemployed
        [5, 10, 10, 1, 0, 0, 0, N],  # wants more hours, not available
        [5, 34, 36, 1, 1, 0, 0, N],  # usually 36 hours: only below a threshold of 40
        [10, 0, N, N, N, 1, 1, 1],  # unemployed
        [6, 0, N, N, N, 1, 0, 1],  # seeks, not available: potential
        [4, 0, N, N, N, 0, 1, 1],  # available and wants: potential
        [7, 0, N, N, N, 0, 1, 0],  # available, does not want
        [13, 0, N, N, N, 0, 0, 0],
    ],
    columns=COLUMNS,
).assign(ilo_age=30, absent_from_job=0, future_starter=0)
EXPECTED = {
    "lu1": 100 * 10 / 70,
    "lu2": 100 * 20 / 70,
    "lu3": 100 * 20 / 80,
    "lu4": 100 * 30 / 80,
    "time_related_underemployment": 100 * 10 / 60,
}


def rate(name: str, persons: pd.DataFrame = PERSONS, icls: int = 19, **choices) -> float:
    asked = INDICATORS[name](practice=LabourForcePractice(icls=icls), **choices)
    (found,) = estimate_domains(persons, [asked], SurveyDesign(), standard_errors=False).to_dict("records")
    return found["value"]


@pytest.mark.sampled
@pytest.mark.parametrize("name", EXPECTED)
@pytest.mark.parametrize("icls", [19, 21])
def test_underutilization_follows_from_the_answers(name, icls):
    assert rate(name, icls=icls) == pytest.approx(EXPECTED[name], rel=1e-12)


def test_the_threshold_of_hours_is_a_choice_and_is_written_beside_the_number():
    assert rate("lu2", underemployment_hours=40) == pytest.approx(100 * 25 / 70)
    asked = INDICATORS["lu2"](practice=LabourForcePractice(), underemployment_hours=40)
    assert "underemployment_hours=below 40" in asked.definition
    both = [INDICATORS["lu2"](practice=LabourForcePractice(), underemployment_hours=h) for h in (35, 40)]
    found = estimate_domains(
        PERSONS, [e.labelled(str(h)) for h, e in enumerate(both)], SurveyDesign(), standard_errors=False
    )
    assert found["value"].nunique() == 2


@pytest.mark.slow
def test_who_could_not_be_told_is_counted_by_the_answer_that_is_missing():
    persons = PERSONS.copy()
    persons.loc[1, "available_for_more_hours"] = N
    persons.loc[6, "wants_work"] = N
    asked = INDICATORS["lu4"](practice=LabourForcePractice())
    counts = unsettled(persons, [asked], SurveyDesign()).set_index("variable")
    assert counts.loc["available_for_more_hours", ["n", "persons"]].tolist() == [1, 10]
    assert counts.loc["wants_work", ["n", "persons"]].tolist() == [1, 4]
    assert counts.loc["any", "n"] == 2
    assert rate("lu4", persons) == pytest.approx(100 * (10 + 6) / 76)


def test_recorded_status_still_reads_the_recorded_variables():
    persons = pd.DataFrame({"ilo_wgt": [60.0, 20, 20], "ilo_lfs": [1, 2, 3], "ilo_olf_dlma": [N, N, 2]})
    asked = INDICATORS["lu3"]()
    assert estimate_domains(persons, [asked], SurveyDesign(), standard_errors=False)["value"][0] == 40.0


def test_the_21st_conference_is_no_departure_from_the_19th():
    assert not [label for label in single_departures() if label in ("icls=21", "icls=19")]
    assert "icls=19" in single_departures(LabourForcePractice(icls=13))


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (
            lambda: neet_rate(attendance_not_classified="recorded", non_formal_training=True),
            "ilo_neet as recorded",
        ),
        (lambda: informal_employment_rate(informal_by="15"), "'15' is not known"),
        (lambda: social_protection_work_injury(over="everyone"), "'everyone' is not known"),
    ],
)
def test_what_cannot_be_asked_is_refused(make, told):
    with pytest.raises(ValueError, match=told):
        make()
