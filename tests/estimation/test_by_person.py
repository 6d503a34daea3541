"""Estimates by person: the same as from sums where both can be had, on every engine; and what is refused."""

import duckdb
import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.estimation import (
    DESIGN,
    Calibration,
    Replicates,
    Stage,
    SurveyDesign,
    age_bands,
    coding,
    differences,
    estimate_domains,
    read_respondents,
    reduce_survey,
    synthetic_population,
)
from analysis.estimation.design import classify
from analysis.estimation.replication import rank_of_matrix
from analysis.indicators import (
    gini,
    poverty_measure,
    quantile,
    share_below,
    unemployment_rate,
    weighted_mean,
)

RULES = ("remove", "adjust", "average", "certainty")
DESIGN_OF_ONE = SurveyDesign(stratum="stratum", psu="psu")
HOURS = "ilo_joball_how_actual"


@pytest.fixture(scope="module")
def sample() -> pd.DataFrame:
    return synthetic_population(strata=4, psus=8).draw(3)


@pytest.mark.slow
@pytest.mark.parametrize("rule", RULES)
def test_sums_and_persons_give_the_same_estimates(sample, rule):
    one = (sample["country"] == "X01") & (sample["stratum"] == 1)
    sample = sample.assign(psu=sample["psu"].mask(one, 0))
    asked = ["unemployment_rate", "neet_rate", weighted_mean(HOURS, unit="hours")]
    by = ["country", "ilo_sex", age_bands()]
    sums = estimate_domains(sample, asked, DESIGN, by=by, lonely_psu=rule)
    persons = estimate_domains(sample, asked, DESIGN, by=by, lonely_psu=rule, design_effects=True)
    effects = persons.pop("design_effect")
    pd.testing.assert_frame_equal(persons, sums, rtol=1e-9, atol=1e-12)
    assert effects[persons["standard_error"] > 0].between(0.01, 100).mean() > 0.95


@pytest.mark.slow
def test_differences_by_sums_and_by_person_are_the_same(sample):
    dimensions = [classify(name) for name in ("year", "ilo_sex")]
    asked = [unemployment_rate()]
    for over, base in (("ilo_sex", "1"), ("year", "2019")):
        for relative in (False, True):
            sums = differences(
                reduce_survey(sample, asked, DESIGN, dimensions), over, base, relative=relative
            )
            read = read_respondents(sample, asked, DESIGN, dimensions)
            persons = differences(read, over, base, relative=relative)
            pd.testing.assert_frame_equal(persons, sums, rtol=1e-8)
            assert sums["p_value"].between(0, 1).all()


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["pandas", "polars", "duckdb"])
def test_an_engine_gives_the_same_numbers(sample, engine, tmp_path):
    sample.to_parquet(tmp_path / "survey.parquet")
    asked = [quantile(HOURS, unit="hours"), gini(HOURS), share_below(HOURS, 0.6)]
    found = estimate_domains(tmp_path / "survey.parquet", asked, DESIGN, by=["country"], engine=engine)
    pd.testing.assert_frame_equal(
        found, estimate_domains(sample, asked, DESIGN, by=["country"]), check_exact=True
    )


@pytest.mark.sampled
@pytest.mark.parametrize("convert", [pl.from_pandas, duckdb.from_df])
def test_a_frame_of_any_engine_will_do(sample, convert):
    asked = [quantile(HOURS, unit="hours")]
    found = estimate_domains(convert(sample), asked, DESIGN)
    pd.testing.assert_frame_equal(found, estimate_domains(sample, asked, DESIGN), check_exact=True)


def _jackknife(persons: pd.DataFrame) -> tuple[pd.DataFrame, SurveyDesign]:
    """Replicate weights that leave out one PSU at a time, within strata."""
    unit = persons.groupby(["stratum", "psu"]).ngroup()
    columns, coefficients = {}, []
    for number in range(unit.max() + 1):
        stratum = persons.loc[unit == number, "stratum"].iloc[0]
        psus = persons.loc[persons["stratum"] == stratum, "psu"].nunique()
        grown = np.where(persons["stratum"] == stratum, psus / (psus - 1), 1.0)
        columns[f"r{number}"] = np.where(unit == number, 0.0, grown) * persons["ilo_wgt"]
        coefficients.append((psus - 1) / psus)
    replicates = Replicates(list(columns), "jkn", coefficients=coefficients, about="estimate")
    return persons.assign(**columns), SurveyDesign(replicates=replicates)


@pytest.mark.slow
def test_the_jackknife_of_a_total_is_linearization(sample):
    persons, design = _jackknife(sample[sample["country"] == "X01"].query("year == 2020"))
    linear = SurveyDesign(stratum="stratum", psu="psu")
    asked = [unemployment_rate(), quantile(HOURS, unit="hours")]
    found, expected = (estimate_domains(persons, asked, each, by=["ilo_sex"]) for each in (design, linear))
    assert found["value"].to_numpy() == pytest.approx(expected["value"].to_numpy(), rel=1e-12)
    assert (found["n"] == expected["n"]).all()
    ratios = found["standard_error"] / expected["standard_error"]
    assert ratios.between(0.9, 1.1).all()
    assert (found["degrees_of_freedom"] == 24 - 4).all()


@pytest.mark.slow
def test_replicates_with_values_and_without_agree(sample):
    """Persons whose answers are alike are put together, unless an estimand reads their values."""
    persons, design = _jackknife(sample[sample["country"] == "X01"].query("year == 2020"))
    together = estimate_domains(persons, ["unemployment_rate"], design, by=["ilo_sex"])
    apart = estimate_domains(
        persons, ["unemployment_rate", weighted_mean(HOURS, unit="hours")], design, by=["ilo_sex"]
    )
    assert len(read_respondents(persons, [unemployment_rate()], design, []).weights) < 20
    columns = ["value", "standard_error", "n", "lower", "upper"]
    pd.testing.assert_frame_equal(together[columns], apart[columns].head(3), rtol=1e-9)


@pytest.mark.slow
def test_a_line_of_a_median_is_that_of_each_sample(sample):
    asked = [share_below(HOURS, 0.8)]
    doubled = sample.assign(**{HOURS: sample[HOURS] * np.where(sample["country"] == "X02", 2, 1)})
    for by in (["country"], ["country", "ilo_sex"]):
        found, plain = (estimate_domains(each, asked, DESIGN, by=by) for each in (doubled, sample))
        columns = ["value", "standard_error"]
        pd.testing.assert_frame_equal(found[columns], plain[columns], rtol=1e-9)


@pytest.mark.slow
def test_the_jackknife_is_refused_for_a_relative_line(sample):
    persons, design = _jackknife(sample.query("country == 'X01' and year == 2020"))
    with pytest.raises(ValueError, match="jackknife does not estimate"):
        estimate_domains(persons, [share_below(HOURS, 0.6)], design)


@pytest.mark.slow
@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 5), st.integers(1, 2)), min_size=1, max_size=40),
    st.sampled_from([0.1, 0.25, 0.5, 0.9]),
)
def test_quantiles_and_gini_are_those_of_their_definitions(rows, p):
    persons = pd.DataFrame(rows, columns=["y", "ilo_wgt", "sex"]).astype(float)
    if not persons["ilo_wgt"].any():
        return
    asked = [quantile("y", p, unit=""), gini("y"), poverty_measure("y", 4, degree=2)]
    found = estimate_domains(persons, asked, SurveyDesign(), by=["sex"], standard_errors=False)
    for sex in ("_T", "1", "2"):
        inside = persons if sex == "_T" else persons[persons["sex"] == float(sex)]
        y, w = (inside[c].to_numpy() for c in ("y", "ilo_wgt"))
        mine = found[found["sex"] == sex]
        if w.sum() == 0:
            assert mine["value"].isna().all()
            continue
        lowest = min(v for v in y[w > 0] if w[y <= v].sum() >= p * w.sum() - 1e-9)
        assert mine["value"].iloc[0] == lowest
        pairs = (np.outer(w, w) * np.maximum.outer(y, y)).sum()
        index = 100 * (pairs / (w.sum() * (w * y).sum()) - 1) if (w * y).sum() > 0 else np.nan
        assert mine["value"].iloc[1] == pytest.approx(index, abs=1e-9, nan_ok=True)
        gap = 100 * (w * np.maximum(0, 1 - y / 4) ** 2).sum() / w.sum()
        assert mine["value"].iloc[2] == pytest.approx(gap, abs=1e-9)


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(["linear", "raking", "logit"]))
def test_calibrated_weights_reproduce_their_totals(seed, method):
    random = np.random.default_rng(seed)
    persons = pd.DataFrame({"a": np.arange(60) % 3, "b": np.arange(60) % 4 // 2, "psu": np.arange(60) // 5})
    persons = persons.assign(ilo_wgt=random.uniform(1, 3, 60), y=random.normal(size=60))
    growth = random.uniform(0.8, 1.25, 3)
    totals = persons.groupby("a")["ilo_wgt"].sum() * growth
    share = persons.groupby("b")["ilo_wgt"].sum() / persons["ilo_wgt"].sum() * totals.sum()
    bounds = (0.2, 4.0) if method == "logit" else None
    calibration = Calibration({"a": totals.to_dict(), "b": share.to_dict()}, method, bounds)
    read = read_respondents(
        persons, [weighted_mean("y", unit="")], SurveyDesign(psu="psu", calibration=calibration), []
    )
    for column, known in (("a", totals), ("b", share)):
        found = pd.Series(read.weights).groupby(persons[column]).sum()
        assert found.to_numpy() == pytest.approx(known.to_numpy(), rel=1e-8)
    if method != "linear":
        assert read.weights.min() > 0


@pytest.mark.slow
def test_the_rank_of_replicate_weights_is_found_from_sums_of_rows():
    random = np.random.default_rng(5)
    factors = random.choice([0.5, 1.5], (40, 60))
    weights = factors[random.integers(0, 40, 3000)] * random.uniform(1, 9, 3000)[:, None]
    assert rank_of_matrix(list(weights.T)) == np.linalg.matrix_rank(weights)


@pytest.mark.parametrize("smallest", [2e-5, 1.05e-5, 0.95e-5, 1e-7, 0.0])
def test_a_singular_value_counts_above_a_share_of_the_largest(smallest):
    random = np.random.default_rng(8)
    left, right = (np.linalg.qr(random.normal(size=(rows, 6)))[0] for rows in (40, 6))
    weights = left @ np.diag([1.0, 0.9, 0.9, 0.5, 0.1, smallest]) @ right.T
    assert rank_of_matrix(list(weights.T)) == (6 if smallest > 1e-5 else 5)


PERSONS = pd.DataFrame(
    {
        "ilo_lfs": [1, 2, 1, 3] * 3,
        "ilo_wgt": 1.0,
        "psu": [1, 1, 2, 2, 3, 3] * 2,
        "n": 9,
        "hh": range(12),
        "m": 5,
        "sex": [1, 2] * 6,
        "r1": 1.0,
        "r2": 2.0,
    }
)
ASKED = ["unemployment_rate"]


def ask(persons=PERSONS, **design):
    return estimate_domains(persons, ASKED, SurveyDesign(**design))


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("design", "persons", "told"),
    [
        ({"psu": "psu", "fpc": "n"}, PERSONS.assign(n=2), "below the number of units drawn in 1 strata"),
        ({"psu": "psu", "fpc": "n"}, PERSONS.assign(n=range(12, 24)), "differs within 1 strata"),
        ({"psu": "psu", "fpc": "n"}, PERSONS.assign(n=np.nan), "missing or not positive for 12 persons"),
        (
            {"psu": "psu", "fpc": "n", "stages": (Stage("hh", "m"),)},
            PERSONS.assign(hh=None),
            "'hh' is missing for 12 persons",
        ),
        (
            {"psu": "psu", "calibration": Calibration({"sex": {1: 50.0}})},
            PERSONS,
            "codes without a total: 2; totals",
        ),
        (
            {"psu": "psu", "calibration": Calibration({"sex": {1: 50.0, 2: 50.0, 3: 1.0}})},
            PERSONS,
            "totals without a person: 3;",
        ),
        (
            {"psu": "psu", "calibration": Calibration({"sex": {1: 50.0, 2: 50.0}})},
            PERSONS.assign(sex=[np.nan] + [1, 2] * 5 + [2]),
            "sex is missing for some persons",
        ),
        (
            {"psu": "psu", "calibration": Calibration({"sex": {1: 900.0, 2: 1.0}}, "linear", (0.5, 2))},
            PERSONS,
            "linear weights do not reproduce the totals",
        ),
        (
            {"replicates": Replicates(["r1", "r2"], "brr")},
            PERSONS.assign(r2=np.nan),
            "'r2' is missing or infinite for 12 of 12",
        ),
        ({}, PERSONS, "no PSU and no replicate weights|no PSU is named"),
    ],
)
def test_a_design_that_the_survey_does_not_bear_out_is_refused(design, persons, told):
    with pytest.raises(ValueError, match=told):
        ask(persons, **design)


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: Replicates(["a", "b"], "bootstraps"), "not known"),
        (lambda: Replicates(["a"], "brr"), "two names or more"),
        (lambda: Replicates(["a", "a"], "brr"), "named twice"),
        (lambda: Replicates(["a", "b"], "fay"), "coefficient above 0"),
        (lambda: Replicates(["a", "b"], "brr", fay=0.3), "coefficient above 0"),
        (lambda: Replicates(["a", "b"], "jkn"), "without coefficients"),
        (lambda: Replicates(["a", "b"], "jkn", coefficients=[0.5]), "1 coefficients for 2"),
        (lambda: Replicates(["a", "b"], "brr", about="zero"), "'mean' or 'estimate'"),
        (lambda: Calibration({}), "no margins"),
        (lambda: Calibration({"a": None}, "rake"), "not known"),
        (lambda: Calibration({"a": None}, "logit"), "which logit needs"),
        (lambda: SurveyDesign(stages=(Stage("hh"),)), "stage 2 counts only with"),
        (lambda: SurveyDesign(fpc="n", replicates=Replicates(["a", "b"], "brr")), "no fpc and no stages"),
        (lambda: quantile("y", 0, unit=""), "probability=0"),
        (lambda: quantile("y", unit="", rule="nearest"), "rule='nearest'"),
        (lambda: share_below("y", -1), "fraction=-1"),
        (lambda: poverty_measure("y", 0), "positive line"),
        (lambda: poverty_measure("y", 1, degree=3), "degree=3"),
    ],
)
def test_what_cannot_be_is_refused(make, told):
    with pytest.raises(ValueError, match=told):
        make()


def test_two_stages_with_nothing_left_to_draw_have_no_error():
    persons = PERSONS.assign(n=3, m=4)
    design = SurveyDesign(psu="psu", fpc="n", stages=(Stage("hh", "m"),))
    assert estimate_domains(persons, ASKED, design)["standard_error"].iloc[0] == 0.0
    some = estimate_domains(persons.assign(m=8), ASKED, design)["standard_error"].iloc[0]
    assert some > 0
    shares = persons.assign(n=1.0, m=0.5)
    assert estimate_domains(shares, ASKED, design)["standard_error"].iloc[0] == pytest.approx(some, rel=1e-12)


@pytest.mark.slow
@pytest.mark.parametrize("together", [1, 3, 2**16])
@given(ages=st.lists(st.one_of(st.none(), st.integers(0, 99)), min_size=1, max_size=40))
@settings(max_examples=30, deadline=None)
def test_classes_found_by_value_are_those_of_every_person(together, ages):
    column = pd.Series(ages, dtype="Int64" if None in ages else "int16")
    persons, classes = nw.from_native(pd.DataFrame({"ilo_age": column}), eager_only=True), age_bands()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(coding, "TOGETHER", together)
        code, labels = coding.classified(persons, classes)
    expected = coding.key_codes(persons.select(key=classes.expression), "key")
    by_person, named = coding.label_codes(expected, classes)
    assert code.tolist() == by_person.tolist()
    assert labels.tolist() == named.tolist()


@pytest.mark.slow
def test_replicate_weights_are_the_same_from_a_file_and_from_memory(sample, tmp_path):
    random = np.random.default_rng(3)
    drawn = {f"r{k}": sample["ilo_wgt"] * random.integers(0, 3, len(sample)) for k in range(20)}
    drawn["r19"] = drawn["r19"].round().astype("int64")
    persons = pd.concat([sample.drop(columns="ilo_age"), pd.DataFrame(drawn)], axis=1)
    persons.index = pd.Index(sample["ilo_age"], name="ilo_age")
    path = tmp_path / "persons.parquet"
    persons.to_parquet(path)
    design = SurveyDesign(replicates=Replicates([*drawn], "bootstrap"))
    asked = {"indicators": ["unemployment_rate"], "design": design, "by": ["ilo_sex", age_bands()]}
    in_memory = estimate_domains(persons.reset_index(), **asked)
    pd.testing.assert_frame_equal(estimate_domains(path, **asked), in_memory, check_exact=True)
    with pytest.raises(KeyError, match="r20"):
        estimate_domains(
            path, **asked | {"design": SurveyDesign(replicates=Replicates(["r1", "r20"], "bootstrap"))}
        )


@pytest.mark.parametrize("psus", [range(8), [0, 1, 0, 1, 0, 1, 0, 1]], ids=["distinct", "repeated"])
def test_units_are_numbered_by_stratum_and_psu(psus):
    stratum = np.array([3, 3, 1, 1, 2, 2, 0, 0])
    coded = {"__stratum": (stratum, np.arange(4)), "__psu": (np.array([*psus]), np.arange(max(psus) + 1))}
    units, unit = coding.design_codes(coded, DESIGN_OF_ONE)
    assert unit.tolist() == [6, 7, 2, 3, 4, 5, 0, 1]
    assert units.stratum.tolist() == [0, 0, 1, 1, 2, 2, 3, 3]
    assert units.size.tolist() == [2, 2, 2, 2]


@pytest.mark.sampled(3)
@pytest.mark.parametrize("make", [lambda f: f, pl.from_pandas, duckdb.from_df])
@pytest.mark.parametrize(
    "asked", ["unemployment_rate", quantile("pay", unit="pesos")], ids=["sums", "persons"]
)
def test_weights_that_no_number_can_add_up_are_refused(make, asked):
    persons = pd.DataFrame({"ilo_lfs": [1, 2], "ilo_wgt": [1e308, 1e308], "psu": [1, 2], "pay": [1.0, 2.0]})
    with pytest.raises(ValueError, match="more than a number can hold"):
        estimate_domains(make(persons), [asked], SurveyDesign(psu="psu"))
