"""Intervals cover the truth of a synthetic population as often as they say."""

import pandas as pd
import pytest

from analysis.estimation import DESIGN, SurveyDesign, estimate_domains, synthetic_population

ASKED = ["unemployment_rate", "employment_population_ratio", "neet_rate", "lu4", "weekly_hours_per_person"]
BY = ["country", "year", "ilo_sex"]


def coverage(samples: int, *, level: float = 0.95, shift: float = 0.0) -> pd.DataFrame:
    population = synthetic_population()
    truth = estimate_domains(population.persons, ASKED, SurveyDesign(), by=BY, standard_errors=False)
    found = []
    for seed in range(samples):
        drawn = estimate_domains(population.draw(seed), ASKED, DESIGN, by=BY, level=level)
        assert (drawn[["indicator", *BY]].astype(str) == truth[["indicator", *BY]].astype(str)).all(axis=None)
        true = truth["value"] + shift
        found.append(drawn.assign(covers=(drawn["lower"] <= true) & (true <= drawn["upper"])))
    return pd.concat(found)


@pytest.mark.slow
def test_the_true_values_are_covered_about_as_often_as_claimed():
    assert 0.93 < coverage(16)["covers"].mean() < 0.975


@pytest.mark.slow
def test_an_interval_that_is_too_short_would_be_seen():
    assert coverage(6, level=0.80)["covers"].mean() < 0.90
    assert coverage(6, shift=3.0)["covers"].mean() < 0.90


@pytest.mark.slow
def test_every_indicator_covers_in_many_samples():
    covered = coverage(300).groupby("indicator", observed=True)["covers"].mean()
    assert covered.between(0.94, 0.97).all(), covered


def test_a_seed_gives_one_population_and_one_sample():
    first, again = synthetic_population(1, strata=2, psus=5), synthetic_population(1, strata=2, psus=5)
    pd.testing.assert_frame_equal(first.persons, again.persons)
    pd.testing.assert_frame_equal(first.draw(9), again.draw(9))
    assert not first.draw(9).equals(first.draw(10))
    assert first.draw(9)["ilo_wgt"].nunique() > 100


@pytest.mark.slow
def test_weights_add_up_to_the_population():
    population = synthetic_population()
    totals = [population.draw(seed)["ilo_wgt"].sum() for seed in range(20)]
    assert pd.Series(totals).mean() == pytest.approx(len(population.persons), rel=0.01)
