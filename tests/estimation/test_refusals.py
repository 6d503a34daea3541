"""What is wrong is refused with what, where, found and expected."""

import numpy as np
import pandas as pd
import pytest

from analysis.estimation import (
    SurveyDesign,
    age_bands,
    differences,
    estimate_domains,
    logit_interval,
    reduce_survey,
)
from analysis.estimation.design import classify
from analysis.indicators import unemployment_rate, weighted_mean

PERSONS = pd.DataFrame(
    {
        "ilo_lfs": [1, 2, 1, 3],
        "ilo_wgt": [10.0, 10.0, 20.0, 5.0],
        "stratum": [1, 1, 2, 2],
        "psu": [1, 2, 1, 2],
        "sex": [1, 2, 1, 2],
        "hours": [40.0, 30.0, np.nan, 20.0],
    }
)
DESIGN = SurveyDesign(stratum="stratum", psu="psu")


def ask(persons=PERSONS, indicators=("unemployment_rate",), design=DESIGN, **options):
    return estimate_domains(persons, list(indicators), design, **options)


def test_the_sound_survey_is_accepted():
    assert ask()["value"].iloc[0] == 25.0


@pytest.mark.parametrize("weight", [-1.0, np.nan, np.inf])
def test_unusable_weights_are_counted(weight):
    persons = PERSONS.assign(ilo_wgt=[10.0, weight, weight, 5.0])
    with pytest.raises(ValueError, match="2 of 4 persons have a missing, negative or infinite 'ilo_wgt'"):
        ask(persons)


def test_weights_of_zero_throughout_are_refused():
    with pytest.raises(ValueError, match="0 for all 4 persons"):
        ask(PERSONS.assign(ilo_wgt=0.0))
    with pytest.raises(ValueError, match="0 for all 0 persons"):
        ask(PERSONS.iloc[:0])


def test_missing_columns_are_all_named_with_their_readers():
    with pytest.raises(KeyError) as refused:
        ask(indicators=["unemployment_rate", "neet_rate"], design=SurveyDesign(psu="cluster"), by=["region"])
    for named in (
        "ilo_age (read by indicator neet_rate)",
        "cluster (read by the survey design)",
        "region (read by",
    ):
        assert named in str(refused.value)


@pytest.mark.parametrize("column", ["stratum", "psu"])
def test_a_missing_stratum_or_psu_is_refused(column):
    persons = PERSONS.astype({column: "float64"})
    persons.loc[1, column] = np.nan
    with pytest.raises(ValueError, match=f"column '{column}' is missing in 1 of"):
        ask(persons)
    ask(persons, standard_errors=False)


def test_standard_errors_need_psus():
    with pytest.raises(ValueError, match="no PSU is named"):
        ask(design=SurveyDesign())
    assert np.isnan(ask(design=SurveyDesign(), standard_errors=False)["standard_error"].iloc[0])


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"lonely_psu": "centre"}, "expected one of fail, remove"),
        ({"interval": "exact"}, "expected 'logit' or 'wald'"),
        ({"level": 95}, "such as 0.95"),
        ({"totals": ["region"]}, "no dimension region"),
        ({"engine": "polars"}, "named for a frame in memory"),
        ({"engine": "excel"}, "expected one of pandas"),
    ],
)
def test_unknown_options_are_refused_with_the_known_ones(options, named):
    with pytest.raises(ValueError, match=named):
        ask(by=["sex"], **options)


def test_unknown_indicators_are_refused():
    with pytest.raises(KeyError, match="'jobless' is not declared; expected one of"):
        ask(indicators=["jobless"])
    with pytest.raises(TypeError, match="expected a sequence"):
        estimate_domains(PERSONS, "unemployment_rate", DESIGN)
    with pytest.raises(TypeError, match="tuple of column names"):
        SurveyDesign(survey="country")


def test_bands_that_overlap_are_refused():
    with pytest.raises(ValueError, match="band 24–30"):
        age_bands([(15, 24), (24, 30)])
    with pytest.raises(ValueError, match="band 30–20"):
        age_bands([(30, 20)])


def test_a_path_to_nothing_is_refused(tmp_path):
    with pytest.raises(FileNotFoundError, match="no Parquet file here"):
        ask(tmp_path)
    with pytest.raises(FileNotFoundError, match="no Parquet file here"):
        ask(tmp_path / "absent.parquet")


def test_infinite_values_are_refused_and_missing_ones_left_out():
    assert ask(indicators=[weighted_mean("hours", unit="hours")])["value"].iloc[0] == pytest.approx(800 / 25)
    with pytest.raises(ValueError, match="hours is infinite"):
        ask(PERSONS.assign(hours=[40.0, np.inf, 1.0, 2.0]), indicators=[weighted_mean("hours", unit="hours")])


def test_differences_refuse_what_is_not_there():
    cells = reduce_survey(PERSONS, [unemployment_rate()], DESIGN, [classify("sex")])
    with pytest.raises(ValueError, match="no dimension 'year'"):
        differences(cells, "year", "2019")
    with pytest.raises(ValueError, match="no class '3' of sex"):
        differences(cells, "sex", "3")
    plain = reduce_survey(PERSONS, [unemployment_rate()], DESIGN, [classify("sex")], standard_errors=False)
    with pytest.raises(ValueError, match="hold no PSUs"):
        differences(plain, "sex", "1")


def test_a_level_is_a_share():
    with pytest.raises(ValueError, match="between 0 and 1"):
        logit_interval(np.array([0.5]), np.array([0.1]), np.array([3]), level=0.0)


@pytest.mark.parametrize("held", ["str", "category", "object"])
def test_codes_held_as_text_are_refused_and_not_passed_over(held):
    text = PERSONS.assign(ilo_lfs=PERSONS["ilo_lfs"].astype("str").astype(held))
    with pytest.raises(ValueError, match=r"ilo_lfs \((String|Categorical|Object).*: expected numbers"):
        ask(text)
    with pytest.raises(ValueError, match="ilo_wgt"):
        ask(PERSONS.assign(ilo_wgt=PERSONS["ilo_wgt"].astype("str")))
