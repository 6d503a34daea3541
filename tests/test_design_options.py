"""More of a survey's design, by options of ``analysis estimate``."""

import numpy as np
import pandas as pd
import pytest

from analysis.cli import main
from analysis.estimation import (
    Calibration,
    Replicates,
    Stage,
    SurveyDesign,
    estimate_domains,
    synthetic_population,
)

pytestmark = pytest.mark.slow

COLUMNS = [f"repwt{number}" for number in range(1, 13)]
TOTALS = {1: 1000.0, 2: 1100.0}


@pytest.fixture(scope="module")
def persons() -> pd.DataFrame:
    sample = synthetic_population(strata=4, psus=8).draw(3)
    sample = sample[(sample["country"] == "X01") & (sample["year"] == 2020)].reset_index(drop=True)
    random = np.random.default_rng(1)
    factors = pd.DataFrame(random.choice([0.3, 1.7], (len(sample), len(COLUMNS))), columns=COLUMNS)
    return sample.assign(npsu=100, hh=np.arange(len(sample)) // 2, nhh=40).join(
        factors.mul(sample["ilo_wgt"], axis=0)
    )


@pytest.fixture
def survey(persons, tmp_path):
    path = tmp_path / "survey.csv"
    persons.assign(words="many").to_csv(path, index=False)
    (tmp_path / "totals.csv").write_text("variable,code,total\nilo_sex,1,1000\nilo_sex,2,1100\n")
    return path


def by_command(survey, *options: str) -> pd.DataFrame:
    target = survey.with_name("estimates.csv")
    words = ["estimate", str(survey), "--policy", "ilo", "--by", "ilo_sex", "--output", str(target)]
    assert main([*words, *options]) == 0
    return pd.read_csv(target)


DESIGNS = {
    "replicates": (
        ["--replicates", "repwt*", "--replicate-method", "fay", "--fay", "0.3"],
        SurveyDesign(survey=("country", "year"), replicates=Replicates(COLUMNS, "fay", fay=0.3)),
    ),
    "jackknife": (
        ["--replicates", "repwt*", "--replicate-method", "jkn", "--replicate-coefficient", "0.5"],
        SurveyDesign(
            survey=("country", "year"), replicates=Replicates(COLUMNS, "jkn", coefficients=[0.5] * 12)
        ),
    ),
    "stages": (
        ["--fpc", "npsu", "--stage", "hh:nhh"],
        SurveyDesign(
            stratum="stratum",
            psu="psu",
            survey=("country", "year"),
            fpc="npsu",
            stages=(Stage("hh", "nhh"),),
        ),
    ),
    "calibration": (
        ["--known-totals", "totals.csv", "--calibration", "raking"],
        SurveyDesign(
            stratum="stratum",
            psu="psu",
            survey=("country", "year"),
            calibration=Calibration({"ilo_sex": TOTALS}, "raking"),
        ),
    ),
}


@pytest.mark.parametrize("case", DESIGNS)
def test_a_design_by_options_gives_what_the_design_gives(case, survey, persons, monkeypatch, capsys):
    monkeypatch.chdir(survey.parent)
    options, design = DESIGNS[case]
    found = by_command(survey, *options, "--design-effects")
    expected = estimate_domains(persons, ["unemployment_rate"], design, by=["ilo_sex"], design_effects=True)
    columns = ["value", "standard_error", "lower", "upper", "design_effect"]
    pd.testing.assert_frame_equal(found[columns], expected[columns], rtol=1e-9)
    plain = by_command(survey, "--overwrite")
    assert (plain["standard_error"] - found["standard_error"]).abs().max() > 1e-3
    assert "design_effect" not in plain


def test_a_mapping_keeps_columns_by_a_pattern(survey, persons, tmp_path, capsys):
    mapping = tmp_path / "mapping.toml"
    names = ["ilo_wgt", "ilo_lfs", "ilo_sex", "ilo_age"]
    mapping.write_text(
        '[survey]\ntitle = "t"\nkeep = ["repwt*"]\n[variables]\n'
        + "".join(f'{name} = {{ column = "{name}" }}\n' for name in names)
    )
    options = ["--mapping", str(mapping), *DESIGNS["replicates"][0]]
    found = by_command(survey, *options)
    design = SurveyDesign(replicates=Replicates(COLUMNS, "fay", fay=0.3))
    expected = estimate_domains(persons, ["unemployment_rate"], design, by=["ilo_sex"])
    assert found["standard_error"].to_numpy() == pytest.approx(expected["standard_error"].to_numpy())


@pytest.mark.parametrize("ending", ["csv", "parquet", "dta"])
def test_replicate_weights_may_leave_their_decimals_unwritten_or_be_factors(
    persons, tmp_path, ending, capsys
):
    """As public files ship them: whole numbers of four implied decimals, or multipliers of the weight."""
    expected = estimate_domains(
        persons, ["unemployment_rate"], SurveyDesign(replicates=Replicates(COLUMNS, "brr")), by=["ilo_sex"]
    )["standard_error"].to_numpy()
    factors = persons[COLUMNS].div(persons["ilo_wgt"], axis=0)
    whole = (persons[COLUMNS] * 10_000).round().astype("int64")
    names = ["ilo_wgt", "ilo_lfs", "ilo_sex", "ilo_age"]
    for columns, survey_says, further in (
        (whole, 'keep = ["repwt*"]\nimplied_decimals = { "repwt*" = 4 }', []),
        (factors, 'keep = ["repwt*"]', ["--replicate-factors"]),
    ):
        path, mapping = tmp_path / f"s.{ending}", tmp_path / "mapping.toml"
        held = persons[names].join(columns)
        if ending == "csv":
            held.to_csv(path, index=False)
        elif ending == "parquet":
            held.to_parquet(path)
        else:
            held.to_stata(path, write_index=False)
        mapping.write_text(
            f"[survey]\n{survey_says}\n[variables]\n"
            + "".join(f'{name} = {{ column = "{name}" }}\n' for name in names)
        )
        options = ["--mapping", str(mapping), "--replicates", "repwt*", "--replicate-method", "brr"]
        found = by_command(path, *options, *further, "--overwrite")
        assert found["standard_error"].to_numpy() == pytest.approx(expected, rel=1e-5)
        mapping.write_text(mapping.read_text().replace("= 4 }", "= 2 }"))
        if not further:
            assert main(["estimate", str(path), *options]) == 2
            assert "implied_decimals = { 'repwt*' = 2 } under [survey]" in capsys.readouterr().err


def test_a_kept_number_of_implied_decimals_is_one(persons, tmp_path, capsys):
    path, mapping = tmp_path / "s.csv", tmp_path / "mapping.toml"
    persons[["ilo_wgt", "ilo_lfs"]].assign(x="many").to_csv(path, index=False)
    said = '[variables]\nilo_wgt = { column = "ilo_wgt" }\nilo_lfs = { column = "ilo_lfs" }\n'
    for kept, told in (
        ('keep = ["x"]\nimplied_decimals = { x = 2 }', "x: not a number of 'x': 'many'"),
        ('keep = ["x"]\nimplied_decimals = { y = 2 }', "'y' is no column of keep"),
        ('keep = ["x"]\nimplied_decimals = { x = "2" }', "expected a table such as { 'repwt*' = 2 }"),
    ):
        mapping.write_text(f"[survey]\n{kept}\n{said}")
        assert main(["estimate", str(path), "--mapping", str(mapping)]) == 2
        assert told in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--replicates", "zz*", "--replicate-method", "brr"], "0 columns like 'zz*'"),
        (["--replicates", "repwt*"], "no --replicate-method"),
        (["--replicates", "*w*", "--replicate-method", "brr"], "'ilo_wgt' is the weight itself"),
        (["--fpc", "words"], "column 'words': 'many' is no number (persons with such answers:"),
        (["--fay", "0.3"], "need --replicates"),
        (["--replicates", "repwt*", "--replicate-method", "fay"], "coefficient above 0"),
        (["--replicates", "repwt*", "--replicate-method", "jkn"], "without coefficients"),
        (["--stage", "hh:nhh"], "stage 2 counts only with"),
        (["--fpc", "npsu", "--replicates", "repwt*", "--replicate-method", "brr"], "no fpc and no stages"),
        (["--known-totals", "nowhere.csv"], "nowhere.csv: No such file"),
        (["--known-totals", "wrong.csv"], "expected the columns variable, code, total"),
        (["--known-totals", "twice.csv"], "1 stands twice"),
        (["--known-totals", "crossed.csv"], "a code for each variable"),
    ],
)
def test_options_that_cannot_be_are_misuse(options, told, survey, monkeypatch, capsys):
    monkeypatch.chdir(survey.parent)
    survey.with_name("wrong.csv").write_text("a,b\n1,2\n")
    survey.with_name("twice.csv").write_text("variable,code,total\nilo_sex,1,9\nilo_sex,1,9\n")
    survey.with_name("crossed.csv").write_text("variable,code,total\nilo_sex*ilo_age,1,9\n")
    assert main(["estimate", str(survey), *options]) == 2
    assert told in capsys.readouterr().err


def test_totals_that_the_survey_cannot_meet_are_refused(survey, monkeypatch, capsys):
    monkeypatch.chdir(survey.parent)
    survey.with_name("other.csv").write_text("variable,code,total\nilo_sex,1,9\n")
    assert main(["estimate", str(survey), "--known-totals", "other.csv"]) == 2
    assert "codes without a total: 2; totals without a person: none" in capsys.readouterr().err


REPLICATED = """[survey]
title = "t"
keep = ["repwt*"]
{form}
[variables]
ilo_wgt = {{ column = "repwt" }}
ilo_lfs = {{ column = "ilo_lfs" }}
ilo_sex = {{ column = "ilo_sex" }}
ilo_age = {{ column = "ilo_age" }}
"""


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["pandas", "polars", "duckdb"])
def test_replicate_weights_of_a_spreadsheet_are_read_with_their_commas(persons, tmp_path, engine):
    path, mapping = tmp_path / "s.csv", tmp_path / "m.toml"
    persons.rename(columns={"ilo_wgt": "repwt"}).to_csv(path, index=False, sep=";", decimal=",")
    mapping.write_text(REPLICATED.format(form='delimiter = ";"\ndecimal = ","'))
    found = by_command(
        path,
        "--mapping",
        str(mapping),
        "--engine",
        engine,
        "--replicates",
        "repwt?*",
        "--replicate-method",
        "brr",
    )
    expected = estimate_domains(
        persons, ["unemployment_rate"], SurveyDesign(replicates=Replicates(COLUMNS, "brr")), by=["ilo_sex"]
    )
    assert found["standard_error"].to_numpy() == pytest.approx(expected["standard_error"].to_numpy())


@pytest.mark.slow
def test_the_weight_is_no_replicate_by_its_own_name(persons, tmp_path, capsys):
    path, mapping = tmp_path / "s.csv", tmp_path / "m.toml"
    persons.rename(columns={"ilo_wgt": "repwt"}).to_csv(path, index=False)
    mapping.write_text(REPLICATED.format(form=""))
    words = ["estimate", str(path), "--mapping", str(mapping), "--replicates", "repwt*"]
    assert main([*words, "--replicate-method", "brr"]) == 2
    assert "'repwt' is the weight itself" in capsys.readouterr().err


def test_replicate_weights_of_another_scale_are_refused(persons):
    factors = persons[COLUMNS].div(persons["ilo_wgt"], axis=0)
    other = persons.drop(columns=COLUMNS).join(factors)
    with pytest.raises(ValueError, match="times the weight; expected about the same sum"):
        estimate_domains(other, ["unemployment_rate"], SurveyDesign(replicates=Replicates(COLUMNS, "brr")))
    stated = SurveyDesign(replicates=Replicates(COLUMNS, "brr", factors=True))
    whole = SurveyDesign(replicates=Replicates(COLUMNS, "brr"))
    found, expected = (
        estimate_domains(*of)["standard_error"].to_numpy()
        for of in (
            (other, ["unemployment_rate"], stated),
            (persons, ["unemployment_rate"], whole),
        )
    )
    assert found == pytest.approx(expected)


@pytest.mark.parametrize(("one", "told"), [(0.0, "0 times"), (1000.0, "times the weight, the others to")])
def test_one_replicate_weight_of_another_scale_is_refused(persons, one, told):
    design = SurveyDesign(replicates=Replicates(COLUMNS, "bootstrap"))
    odd = persons.assign(repwt5=persons["repwt5"] * one)
    with pytest.raises(ValueError, match=rf"replicate weight 'repwt5' adds up to .*{told}"):
        estimate_domains(odd, ["unemployment_rate"], design)


@pytest.mark.parametrize("further", ["repwt", "repwtp1"])
def test_replicate_weights_are_of_one_set(persons, tmp_path, further, capsys):
    path = tmp_path / "survey.csv"
    persons.assign(**{further: 1}).to_csv(path, index=False)
    words = ["estimate", str(path), "--replicate-method", "bootstrap", "--replicates"]
    assert main([*words, "repwt*"]) == 2
    told = capsys.readouterr().err
    assert f"found {' and '.join(map(repr, sorted([further, 'repwt1'])))}, which are not" in told
    assert main([*words, "repwt[0-9]*"]) == 0
    assert "from 12 replicate weights (bootstrap), repwt1 to repwt12" in capsys.readouterr().out


def test_known_totals_are_of_persons(persons):
    for scale, refused in ((1.0, False), (0.001, True)):
        totals = {code: total * scale for code, total in TOTALS.items()}
        design = SurveyDesign(psu="psu", calibration=Calibration({"ilo_sex": totals}))
        if not refused:
            assert len(estimate_domains(persons, ["unemployment_rate"], design)) == 1
            continue
        with pytest.raises(ValueError, match=r"add up to 2\.1, fewer than the .* persons asked"):
            estimate_domains(persons, ["unemployment_rate"], design)


def test_one_code_of_a_dimension_in_two_ways_of_writing_is_refused(persons):
    for first, second, told in (
        ("1", "1.0", r"'1' and '1\.0'"),
        ("North", "north", "'North' and 'north'"),
        ("North East", "North\u00a0East", r"'North East' and 'North\\xa0East'"),
        ("\u00d1uble", "N\u0303uble", r"'N\\u0303uble' and '\\xd1uble'"),
    ):
        district = np.where(np.arange(len(persons)) % 2, first, second)
        with pytest.raises(ValueError, match=f"{told} are one code in two ways of writing"):
            by_district(persons, district)


def by_district(persons, district):
    frame, design = persons.assign(district=district), SurveyDesign(psu="psu")
    return estimate_domains(frame, ["unemployment_rate"], design, by=["district"])


def test_a_code_of_a_dimension_that_stands_for_another_is_refused(persons):
    for code, stands in (("_T", "the total"), ("_X", "persons without a code")):
        district = np.where(np.arange(len(persons)) % 2, "A", code)
        with pytest.raises(ValueError, match=f"holds the code '{code}', which stands for {stands}"):
            by_district(persons, district)


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_known_totals_are_found_by_the_codes_of_a_column_that_is_kept(persons, tmp_path, ending):
    """A CSV holds the codes 1 and 2 as text, Parquet as numbers."""
    path, totals = tmp_path / f"s.{ending}", tmp_path / "totals.csv"
    district = persons.assign(district=np.arange(len(persons)) % 2 + 1)
    district.to_csv(path, index=False) if ending == "csv" else district.to_parquet(path)
    totals.write_text("variable,code,total\ndistrict,1,1000\ndistrict,2,1100\n")
    found = by_command(path, "--known-totals", str(totals))
    design = SurveyDesign(
        stratum="stratum",
        psu="psu",
        survey=("country", "year"),
        calibration=Calibration({"district": TOTALS}),
    )
    expected = estimate_domains(district, ["unemployment_rate"], design, by=["ilo_sex"])
    assert found["standard_error"].to_numpy() == pytest.approx(expected["standard_error"].to_numpy())
