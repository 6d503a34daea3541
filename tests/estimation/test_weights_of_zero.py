"""Persons of weight 0 are no cases: they are not counted, nor do they make a domain reliable."""

import numpy as np
import pandas as pd
import polars as pl
import pytest

from analysis.estimation import SurveyDesign, estimate_domains, flag_reliability, reduce_survey
from analysis.indicators import quantile

PERSONS = 240
DESIGN = SurveyDesign(stratum="stratum", psu="psu")


@pytest.fixture(scope="module")
def sample() -> pd.DataFrame:
    """Two regions of 120 persons; in the second only every tenth has a weight."""
    place = np.arange(PERSONS)
    region = place // 120 + 1
    return pd.DataFrame(
        {
            "region": region,
            "stratum": region,
            "psu": place // 10,
            "ilo_wgt": np.where((region == 2) & (place % 10 != 0), 0.0, 50.0 + place % 7),
            "ilo_lfs": np.where(place % 6 == 0, 2, 1),
            "hourly_earnings": 5.0 + place % 11,
        }
    )


CASES = [132, 120, 12]


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    "convert", [lambda each: each, pl.from_pandas, lambda each: pl.from_pandas(each).lazy()]
)
@pytest.mark.parametrize(
    "options",
    [{}, {"standard_errors": False}, {"design_effects": True}, {"lonely_psu": "average"}],
    ids=["errors", "values", "by person", "average"],
)
def test_only_persons_of_positive_weight_are_cases(sample, convert, options):
    found = estimate_domains(convert(sample), ["unemployment_rate"], DESIGN, by=["region"], **options)
    assert list(found["n"]) == CASES


def test_conditions_by_conditions_count_as_all_at_once(sample):
    """Many groups of persons are counted condition by condition, few by all conditions at once."""
    finely = sample.assign(psu=np.arange(PERSONS))
    assert list(estimate_domains(finely, ["unemployment_rate"], DESIGN, by=["region"])["n"]) == CASES


def test_quantiles_count_as_rates_do(sample):
    found = estimate_domains(sample, [quantile("hourly_earnings", unit="")], DESIGN, by=["region"])
    assert list(found["n"]) == CASES


def test_a_domain_of_few_weights_is_flagged(sample):
    estimates = flag_reliability(
        estimate_domains(sample, ["unemployment_rate"], DESIGN, by=["region"], standard_errors=False), "ilo"
    )
    assert list(zip(estimates["status"], estimates["status_rule"], strict=True))[1:] == [
        ("A", ""),
        ("U", "n < 15"),
    ]


def test_a_domain_without_weight_has_no_case(sample):
    empty = sample.assign(ilo_wgt=sample["ilo_wgt"].where(sample["region"] == 1, 0.0))
    estimates = flag_reliability(estimate_domains(empty, ["unemployment_rate"], DESIGN, by=["region"]))
    assert list(estimates["status"]) == ["A", "A", "O"]
    assert list(estimates["n"]) == [120, 120, 0]


def test_a_unit_without_weight_stays_in_the_sample(sample):
    emptied = sample.assign(ilo_wgt=sample["ilo_wgt"].where(~sample["psu"].between(12, 14), 0.0))
    assert reduce_survey(emptied, [], DESIGN, []).units.size.tolist() == [12, 12]
    found = estimate_domains(emptied, ["unemployment_rate"], DESIGN, by=["region"])
    assert list(found["degrees_of_freedom"]) == [19, 11, 8]
    assert list(found["n"]) == [129, 120, 9]
