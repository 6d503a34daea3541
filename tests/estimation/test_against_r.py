"""Estimates, standard errors and intervals equal those of R's survey package, to a relative 1e-9."""

import shutil
import subprocess

import pandas as pd
import pytest
import r_survey

from analysis.estimation import differences, estimate_domains, reduce_survey
from analysis.estimation.design import SurveyDesign, classify
from analysis.indicators import unemployment_rate

NUMBERS = ("estimate", "se", "wald_lower", "wald_upper", "logit_lower", "logit_upper")


def agree(departures: dict) -> bool:
    exact = departures["df"] == 0 and departures["n"] == 0
    return exact and all(departures[name] < r_survey.TOLERANCE for name in NUMBERS)


@pytest.mark.slow
@pytest.mark.parametrize("name", r_survey.DATA)
def test_estimates_equal_the_recorded_ones_of_r(name):
    departures = r_survey.compare(name)
    assert agree(departures), departures
    assert departures["domains"] >= 69


@pytest.mark.slow
def test_domains_without_cases_were_compared():
    assert r_survey.compare("random", rules=("remove",))["empty"] == 3


@pytest.mark.slow
def test_a_weight_wrong_by_a_millionth_would_be_seen():
    def wrong(persons):
        heaviest = persons["ilo_wgt"].idxmax()
        return persons.assign(
            ilo_wgt=persons["ilo_wgt"].where(persons.index != heaviest, persons["ilo_wgt"] * (1 + 1e-6))
        )

    assert not agree(r_survey.compare("random", rules=("adjust",), frame=wrong))


@pytest.mark.slow
def test_a_psu_left_out_would_be_seen():
    def without_psu(persons):
        return persons[~((persons["stratum"] == 1) & (persons["psu"] == 1))]

    assert not agree(r_survey.compare("random", rules=("remove",), frame=without_psu))


@pytest.mark.sampled
@pytest.mark.parametrize(("name", "base"), [("random", "east"), ("chile", "1")])
@pytest.mark.parametrize("rule", r_survey.RULES)
def test_differences_equal_the_recorded_ones_of_r(name, base, rule):
    expected = pd.read_csv(r_survey.GOLDEN / f"{name}_differences.csv", dtype={"domain": str, "base": str})
    persons, design = r_survey.DATA[name]()
    cells = reduce_survey(persons, [unemployment_rate()], design, [classify("region"), classify("sex")])
    found = differences(cells, "region", base, lonely_psu=rule)
    found = found[found["sex"] == "_T"].assign(domain=lambda rows: rows["region"].astype(str))
    both = expected[expected["rule"] == rule].merge(found, on="domain", validate="one_to_one")
    assert len(both) == (expected["rule"] == rule).sum()
    assert (both["value"] / 100).to_numpy() == pytest.approx(
        both["estimate"].to_numpy(), rel=r_survey.TOLERANCE
    )
    assert (both["standard_error"] / 100).to_numpy() == pytest.approx(
        both["se"].to_numpy(), rel=r_survey.TOLERANCE
    )
    assert (both["degrees_of_freedom"] == both["df"]).all()


def test_a_lone_psu_fails_unless_a_rule_is_named():
    persons, design = r_survey.random_design()
    with pytest.raises(ValueError, match="strata with a single PSU, 2 in all: 3, 9"):
        estimate_domains(persons, ["unemployment_rate"], design)
    estimate_domains(persons[~persons["stratum"].isin([3, 9])], ["unemployment_rate"], design)


def test_a_sample_of_one_psu_without_strata_says_so():
    persons = pd.DataFrame({"ilo_lfs": [1, 2], "ilo_wgt": [1.0, 2.0], "psu": [1, 1]})
    with pytest.raises(ValueError, match="a single PSU, 1 in all: the whole sample"):
        estimate_domains(persons, ["unemployment_rate"], SurveyDesign(psu="psu"))


def test_the_published_chilean_rate_is_reproduced():
    persons, design = r_survey.chile()
    (rate,) = estimate_domains(persons, ["unemployment_rate"], design, lonely_psu="certainty")["value"]
    assert round(rate, 1) == 8.2


@pytest.mark.slow
@pytest.mark.needs_r
def test_r_still_gives_what_was_recorded(tmp_path):
    shutil.copy(r_survey.GOLDEN / "random_design.csv", tmp_path)
    data = [str(r_survey.SHARED)] if r_survey.SHARED.exists() else []
    script = r_survey.GOLDEN / "make_golden.R"
    subprocess.run(
        ["Rscript", str(script), str(tmp_path), *data], check=True, capture_output=True, timeout=1200
    )
    for name in ["random", "unstratified", *(["chile", "eusilc"] if data else [])]:
        departures = r_survey.compare(name, tmp_path)
        assert agree(departures), (name, departures)
