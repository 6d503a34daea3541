"""The declarations, the dated constants and the parameters of practice."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from analysis.estimation import SurveyDesign, estimate_domains, sensitivity
from analysis.indicators import (
    INDICATORS,
    LabourForcePractice,
    child_labour_rate_with_chores,
    managers_female_share,
    neet_rate,
    poverty_line,
    poverty_lines,
    single_departures,
    unemployment_rate,
    working_hour_losses,
    working_poverty_rate,
)

SDG = {
    "unemployment_rate": "8.5.2",
    "neet_rate": "8.6.1",
    "working_poverty_rate": "1.1.1",
    "managers_female_share": "5.5.2",
    "child_labour_rate": "8.7.1",
    "social_protection_coverage": "1.3.1",
}


def test_every_declaration_is_complete():
    for name, declared in INDICATORS.items():
        assert declared.id == name == declared.function.__name__
        for field in ("title", "formula", "unit", "age", "standard"):
            assert getattr(declared, field), f"{name} lacks {field}"
        assert declared.__doc__, f"{name} has no docstring"
        assert "in neither sum" in declared.__doc__ or "Returns" in declared.__doc__
        assert declared().definition is not None
    assert {name: INDICATORS[name].sdg for name in SDG} == SDG


def test_social_protection_has_the_aggregate_and_nine_components_over_denominators_of_their_own():
    parts = [
        name for name in INDICATORS if name.startswith("social_protection_") and not name.endswith("coverage")
    ]
    assert len(parts) == 9
    assert len({INDICATORS[name]().denominator.name for name in [*parts, "social_protection_coverage"]}) == 10


def test_poverty_lines_carry_their_base():
    assert poverty_line(2011).dollars == 1.90
    assert poverty_line(2017).dollars == 2.15
    assert poverty_line(2011, level="lower_middle_income").dollars == 3.20
    assert poverty_line(on=date(2021, 12, 31)).ppp_base == 2011
    assert poverty_line(on=date(2025, 6, 5)).dollars == 3.00
    assert len({(line.ppp_base, line.level) for line in poverty_lines()}) == len(poverty_lines())
    assert all(line.source for line in poverty_lines())


@pytest.mark.parametrize(
    "asked", [{}, {"ppp_base": 2011, "on": date(2020, 1, 1)}, {"ppp_base": 2012}, {"on": date(1980, 1, 1)}]
)
def test_a_poverty_line_that_is_not_recorded_is_refused(asked):
    with pytest.raises(ValueError, match="poverty_line"):
        poverty_line(**asked)


def test_consumption_at_another_base_is_not_compared_with_the_line():
    persons = pd.DataFrame(
        {"ilo_wgt": [1.0], "ilo_lfs": [1], "ilo_age": [30], "daily_consumption_ppp2011": [1.0]}
    )
    with pytest.raises(KeyError, match="daily_consumption_ppp2017"):
        estimate_domains(
            persons, [working_poverty_rate(ppp_base=2017)], SurveyDesign(), standard_errors=False
        )


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: neet_rate(attendance_not_classified="guess"), "'guess'"),
        (lambda: managers_female_share(management="all"), "'all'"),
        (lambda: child_labour_rate_with_chores(chores_hours=0), "chores_hours=0"),
        (lambda: LabourForcePractice(icls=18), "icls=18"),
        (lambda: LabourForcePractice(future_starters="sometimes"), "'sometimes'"),
        (lambda: LabourForcePractice(hours_threshold=0), "hours_threshold=0"),
        (lambda: working_hour_losses(20, 22, 1e6, hours_per_job=0), "hours_per_job=0"),
    ],
)
def test_an_unknown_choice_is_refused_by_name(call, named):
    with pytest.raises(ValueError, match="expected") as refused:
        call()
    assert named in str(refused.value)


def test_working_hour_losses_are_those_of_the_ilo_monitor():
    """The World in 2020: 8.8 per cent, 255 million full-time jobs of 48 hours (ILO Monitor, 7th edition)."""
    population, baseline = 5.05e9, 255e6 * 48 / 0.088 / 5.05e9
    percent, jobs = working_hour_losses(baseline * (1 - 0.088), baseline, population)
    assert percent == pytest.approx(8.8)
    assert jobs == pytest.approx(255e6)
    assert working_hour_losses(22.0, 20.0, 1e6).percent == pytest.approx(-10.0)
    assert working_hour_losses(20.0, 22.0, 1e6, hours_per_job=40).jobs == pytest.approx(50_000)
    assert np.isnan(working_hour_losses(np.nan, 22.0, 1e6).percent)


def _answers(n: int = 400) -> pd.DataFrame:
    random = np.random.default_rng(7)
    yes = {name: (random.random(n) < share) * 1 for name, share in SHARES.items()}
    hours = np.where(random.random(n) < 0.5, random.integers(1, 60, n), 0)
    return pd.DataFrame({"ilo_wgt": 1.0, "ilo_age": 30, "hours_for_pay_or_profit": hours, **yes})


SHARES = {
    "absent_from_job": 0.05,
    "own_use_producer": 0.2,
    "unpaid_trainee": 0.1,
    "seeking_work": 0.3,
    "available_for_work": 0.5,
    "future_starter": 0.1,
}


@pytest.mark.slow
def test_the_sensitivity_table_shows_what_each_choice_does():
    persons = _answers()
    table = sensitivity(persons, ["unemployment_rate"], SurveyDesign(), standard_errors=False).set_index(
        "variant"
    )
    assert table.index[0] == "reference"
    assert table["departure"].iloc[0] == 0
    assert set(table.index) == set(single_departures())
    assert table.loc["unemployment_criteria=available", "departure"] > 0
    assert table.loc["subsistence_producers=employed", "departure"] < 0
    assert "unemployment_criteria=available" in table.loc["unemployment_criteria=available", "definition"]
    alone = estimate_domains(
        persons,
        [unemployment_rate(practice=LabourForcePractice(unemployment_criteria="available"))],
        SurveyDesign(),
        standard_errors=False,
    )
    assert alone["value"].iloc[0] == table.loc["unemployment_criteria=available", "value"]


def test_single_departures_differ_from_the_start_in_what_they_do():
    start = LabourForcePractice(icls=13)
    practices = single_departures(start)
    assert practices.pop("reference") == start
    assert "subsistence_producers=employed" not in practices, "the 13th ICLS counts them as employed already"
    assert all(sum(p.choices[k] != v for k, v in start.choices.items()) == 1 for p in practices.values())
