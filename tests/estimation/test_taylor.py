"""Laws that estimates obey, on designs drawn at random, against a row-by-row computation."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.estimation import (
    LONELY_PSU_RULES,
    SurveyDesign,
    age_bands,
    differences,
    estimate_domains,
    logit_interval,
    reduce_survey,
    wald_interval,
)
from analysis.estimation.design import classify
from analysis.estimation.grouping import Groups
from analysis.estimation.intervals import t_quantile
from analysis.indicators import unemployment_rate, weighted_total
from analysis.indicators.populations import unemployed

DESIGN = SurveyDesign(stratum="stratum", psu="psu")
COLUMNS = ["stratum", "psu", "sex", "ilo_lfs", "ilo_wgt"]


@st.composite
def surveys(draw) -> pd.DataFrame:
    weight = st.one_of(st.just(0.0), st.floats(0.01, 1e6))
    row = st.tuples(
        st.integers(1, 3), st.integers(1, 4), st.integers(1, 2), st.sampled_from([1, 2, 3, np.nan]), weight
    )
    persons = pd.DataFrame(draw(st.lists(row, min_size=4, max_size=60)), columns=COLUMNS)
    persons.loc[0, "ilo_wgt"] = 10.0
    return persons


def by_rows(persons: pd.DataFrame, member: pd.Series, rule: str) -> tuple[float, float]:
    """Unemployment rate and its standard error for one domain, by the textbook, a row at a time."""
    inside = member & persons["ilo_lfs"].isin([1, 2])
    x = persons["ilo_wgt"] * inside
    y = persons["ilo_wgt"] * (inside & (persons["ilo_lfs"] == 2))
    if x.sum() == 0:
        return np.nan, np.nan
    rate = y.sum() / x.sum()
    z = (y - rate * x) / x.sum()
    variance, present, usable = 0.0, 0, 0
    for _, stratum in persons.groupby("stratum"):
        sums = z[stratum.index].groupby(stratum["psu"]).sum()
        here = inside[stratum.index].any()
        present += here
        if len(sums) > 1:
            usable += here
            variance += len(sums) / (len(sums) - 1) * ((sums - sums.mean()) ** 2).sum()
        elif rule == "adjust":
            variance += float((sums**2).sum())
    if rule == "average":
        variance = variance * present / usable if usable else np.nan
    return 100 * rate, 100 * np.sqrt(variance)


@pytest.mark.slow
@settings(deadline=None)
@given(surveys(), st.sampled_from([r for r in LONELY_PSU_RULES if r != "fail"]))
def test_estimates_are_those_of_the_textbook(persons, rule):
    found = estimate_domains(persons, ["unemployment_rate"], DESIGN, by=["sex"], lonely_psu=rule).set_index(
        "sex"
    )
    for sex, row in found.iterrows():
        member = pd.Series(True, persons.index) if sex == "_T" else persons["sex"] == int(sex)
        value, error = by_rows(persons, member, rule)
        assert row["value"] == pytest.approx(value, rel=1e-9, abs=1e-12, nan_ok=True)
        assert row["standard_error"] == pytest.approx(error, rel=1e-7, abs=1e-9, nan_ok=True)


@pytest.mark.slow
@settings(deadline=None)
@given(surveys(), st.sampled_from([r for r in LONELY_PSU_RULES if r != "fail"]), st.booleans())
def test_totals_over_samples_are_those_of_the_textbook(persons, rule, apart):
    persons = persons.assign(year=2019 + persons["stratum"] % 2)
    if apart:
        first = (persons["year"] == 2019) & persons["ilo_lfs"].notna()
        persons["ilo_lfs"] = persons["ilo_lfs"].mask(first & (persons["psu"] > 1), 2)
    design = SurveyDesign(stratum="stratum", psu="psu", survey=("year",))
    found = estimate_domains(persons, ["unemployment_rate"], design, by=["year", "sex"], lonely_psu=rule)
    for row in found.to_dict("records"):
        member = pd.Series(True, persons.index)
        for dimension in ("year", "sex"):
            member &= (row[dimension] == "_T") | (persons[dimension].astype("str") == row[dimension])
        value, error = by_rows(persons, member, rule)
        assert row["value"] == pytest.approx(value, rel=1e-9, abs=1e-12, nan_ok=True)
        assert row["standard_error"] == pytest.approx(error, rel=1e-9, abs=1e-9, nan_ok=True)


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(surveys(), st.floats(0.001, 1000))
def test_scaling_the_weights_scales_totals_and_leaves_rates(persons, factor):
    asked = [unemployment_rate(), weighted_total(unemployed())]
    plain = estimate_domains(persons, asked, DESIGN, by=["sex"], lonely_psu="adjust")
    scaled = estimate_domains(
        persons.assign(ilo_wgt=persons["ilo_wgt"] * factor), asked, DESIGN, by=["sex"], lonely_psu="adjust"
    )
    times = np.where(plain["unit"] == "persons", factor, 1.0)
    for column in ("value", "standard_error"):
        assert scaled[column].to_numpy() == pytest.approx(
            plain[column].to_numpy() * times, rel=1e-6, abs=1e-6, nan_ok=True
        )


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(surveys())
def test_domains_add_up_to_their_total(persons):
    found = estimate_domains(
        persons, [weighted_total(unemployed())], DESIGN, by=["sex", "stratum"], lonely_psu="remove"
    )
    whole = found[(found["sex"] == "_T") & (found["stratum"] == "_T")]["value"].iloc[0]
    for part in (
        (found["sex"] != "_T") & (found["stratum"] != "_T"),
        (found["sex"] != "_T") & (found["stratum"] == "_T"),
    ):
        assert found.loc[part, "value"].sum() == pytest.approx(whole, rel=1e-12, abs=1e-9)
    assert (
        found.loc[(found["sex"] == "_T") & (found["stratum"] == "_T"), "n"].iloc[0]
        == ((persons["ilo_lfs"] == 2) & (persons["ilo_wgt"] > 0)).sum()
    )


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(surveys())
def test_a_difference_is_that_of_its_two_sides_with_their_covariance(persons):
    cells = reduce_survey(persons, [unemployment_rate()], DESIGN, [classify("sex")])
    if "1" not in cells.dimensions[0].labels:
        return
    sides = estimate_domains(
        persons, ["unemployment_rate"], DESIGN, by=["sex"], lonely_psu="remove"
    ).set_index("sex")
    for row in differences(cells, "sex", "1", lonely_psu="remove").to_dict("records"):
        assert row["value"] == pytest.approx(
            sides.loc[row["sex"], "value"] - sides.loc["1", "value"], nan_ok=True
        )
        bound = sides.loc[row["sex"], "standard_error"] + sides.loc["1", "standard_error"]
        assert np.isnan(row["standard_error"]) or row["standard_error"] <= bound + 1e-9


def _rounds() -> pd.DataFrame:
    random = np.random.default_rng(5)
    n = 600
    return pd.DataFrame(
        {
            "year": random.choice([2019, 2020], n),
            "stratum": random.integers(1, 4, n),
            "psu": random.integers(1, 8, n),
            "sex": random.integers(1, 3, n),
            "ilo_lfs": random.choice([1, 2, 3], n),
            "ilo_wgt": random.uniform(1, 9, n),
        }
    )


def test_independent_rounds_have_the_sum_of_their_variances():
    design = SurveyDesign(stratum="stratum", psu="psu", survey=("year",))
    persons = _rounds()
    each = estimate_domains(persons, ["unemployment_rate"], design, by=["year"]).set_index("year")
    cells = reduce_survey(persons, [unemployment_rate()], design, [classify("year"), classify("sex")])
    change = differences(cells, "year", "2019")
    change = change[change["sex"] == "_T"].iloc[0]
    assert change["value"] == pytest.approx(each.loc["2020", "value"] - each.loc["2019", "value"], rel=1e-12)
    expected = np.hypot(each.loc["2020", "standard_error"], each.loc["2019", "standard_error"])
    assert change["standard_error"] == pytest.approx(expected, rel=1e-12)
    assert change["degrees_of_freedom"] == each.loc[["2019", "2020"], "degrees_of_freedom"].sum()
    assert change["unit"] == "percentage points"

    panel = SurveyDesign(stratum="stratum", psu="psu")
    shared = reduce_survey(persons, [unemployment_rate()], panel, [classify("year")])
    assert differences(shared, "year", "2019")["standard_error"].iloc[0] != pytest.approx(expected, rel=1e-3)


def test_a_relative_change_has_the_error_of_the_ratio():
    design = SurveyDesign(stratum="stratum", psu="psu", survey=("year",))
    persons = _rounds()
    each = estimate_domains(persons, ["unemployment_rate"], design, by=["year"]).set_index("year")
    cells = reduce_survey(persons, [unemployment_rate()], design, [classify("year")])
    (change,) = differences(cells, "year", "2019", relative=True).to_dict("records")
    now, then = each.loc["2020"], each.loc["2019"]
    assert change["value"] == pytest.approx(100 * (now["value"] / then["value"] - 1))
    cv = np.hypot(now["standard_error"] / now["value"], then["standard_error"] / then["value"])
    assert change["standard_error"] == pytest.approx(100 * now["value"] / then["value"] * cv, rel=1e-12)
    assert change["unit"] == "percent"


def test_persons_outside_the_domain_count_only_through_their_psus():
    persons = _rounds()
    women = estimate_domains(persons, ["unemployment_rate"], DESIGN, by=["sex"]).set_index("sex").loc["2"]
    men_gone = persons[(persons["sex"] == 2) | (persons["ilo_lfs"] == 3)]
    again = estimate_domains(men_gone, ["unemployment_rate"], DESIGN, by=["sex"]).set_index("sex").loc["2"]
    assert again["standard_error"] == pytest.approx(women["standard_error"], rel=1e-12)


def test_samples_with_the_same_codes_are_kept_apart():
    persons = _rounds()
    apart = estimate_domains(
        persons, ["unemployment_rate"], SurveyDesign(stratum="stratum", psu="psu", survey=("year",))
    )
    named = persons.assign(stratum=persons["year"].astype(str) + "/" + persons["stratum"].astype(str))
    by_name = estimate_domains(named, ["unemployment_rate"], DESIGN)
    assert apart["standard_error"].iloc[0] == pytest.approx(by_name["standard_error"].iloc[0], rel=1e-12)
    assert apart["degrees_of_freedom"].iloc[0] == by_name["degrees_of_freedom"].iloc[0]


def test_intervals_hold_the_estimate_and_the_logit_one_stays_inside():
    value, error, df = (
        np.array([2.0, 50.0, 0.0, 100.0]),
        np.array([1.5, 3.0, 0.0, 0.0]),
        np.array([10, 10, 10, 10]),
    )
    lower, upper = logit_interval(value, error, df, scale=100.0)
    assert 0 < lower[0] < 2 < upper[0] < 100
    assert np.isnan(lower[2:]).all()
    assert wald_interval(value, error, df)[0][0] < 0
    assert t_quantile(np.array([10.0]), 0.95)[0] == pytest.approx(2.228138851986274, rel=1e-12)
    assert np.isnan(t_quantile(np.array([0.0]), 0.95)[0])
    wide = wald_interval(value, error, df, level=0.99)[1][1]
    assert wide > wald_interval(value, error, df)[1][1]


@given(st.lists(st.integers(0, 50), min_size=1, max_size=60), st.sampled_from([51, 10**12]))
@pytest.mark.slow
def test_groups_are_the_same_however_sparse_the_codes(codes, size):
    codes = np.array(codes)
    groups = Groups.of(codes, size)
    assert (groups.codes == np.unique(codes)).all()
    assert (groups.codes[groups.index] == codes).all()


def test_ages_outside_the_bands_stand_under_x():
    persons = _rounds().assign(ilo_age=np.tile([70, 20, 40, np.nan], 150))
    found = estimate_domains(persons, ["unemployment_rate"], DESIGN, by=[age_bands([(15, 24), (25, 64)])])
    assert list(found["age"]) == ["_T", "Y15T24", "Y25T64", "_X"]
    assert found["n"].iloc[1:].sum() == found["n"].iloc[0]
