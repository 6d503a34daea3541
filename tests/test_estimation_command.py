"""``analysis estimate`` from the command line to the file."""

import pandas as pd
import pytest

from analysis.cli import main
from analysis.estimation import synthetic_population
from analysis.estimation.survey_at_hand import AskedWrongly, dimensions, estimands, survey_at_hand

MAPPING = """
[survey]
title = "A survey in its own words"
[variables]
country = { column = "pais" }
year = { column = "ano" }
ilo_sex = { column = "sexo", codes = { H = 1, M = 2 } }
ilo_age = { column = "ilo_age" }
ilo_lfs = { column = "situacion", codes = { "10..19" = 1, "20" = 2, "30" = 3 }, missing = [0] }
ilo_wgt = { column = "ilo_wgt" }
stratum = { column = "stratum" }
psu = { column = "psu" }
"""


@pytest.fixture(scope="module")
def sample():
    return synthetic_population(7, strata=3, psus=10, persons=20).draw(7)


@pytest.fixture
def survey(sample, tmp_path):
    own = sample.assign(
        pais=sample["country"],
        ano=sample["year"],
        sexo=sample["ilo_sex"].map({1: "H", 2: "M"}),
        situacion=sample["ilo_lfs"].map({1: 11, 2: 20, 3: 30}).fillna(0).astype(int),
    )
    own = own.drop(columns=["country", "year", "ilo_sex", "ilo_lfs"])
    path, mapping = tmp_path / "survey.csv", tmp_path / "mapping.toml"
    own.to_csv(path, index=False)
    mapping.write_text(MAPPING)
    return path, mapping


BY = "country,year,sex,age"
INDICATORS = "unemployment_rate,labour_force_participation_rate"


@pytest.mark.parametrize("engine", ["pandas", "polars", "duckdb"])
@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_a_mapped_file_gives_what_its_frame_gives(survey, sample, tmp_path, capsys, engine, ending):
    path, mapping = survey
    target, harmonised = tmp_path / f"out.{ending}", tmp_path / "harmonised.parquet"
    options = ["--indicators", INDICATORS, "--by", BY, "--engine", engine]
    assert main(["estimate", str(path), "--mapping", str(mapping), *options, "--output", str(target)]) == 0
    shown = capsys.readouterr()
    assert str(target) in shown.out
    assert "write" in shown.err
    sample.to_parquet(harmonised)
    assert main(["estimate", str(harmonised), *options, "--output", str(tmp_path / "again.csv")]) == 0
    found = pd.read_csv(target) if ending == "csv" else pd.read_parquet(target)
    again = pd.read_csv(tmp_path / "again.csv")
    assert len(found) == 2 * 3 * 3 * 3 * 5
    measures = {"value", "standard_error", "cv", "lower", "upper", "n", "status", "definition"}
    assert measures <= set(found.columns)
    pd.testing.assert_frame_equal(found, again, check_dtype=False, rtol=1e-12)


def test_the_synthetic_survey_is_the_same_in_every_run(tmp_path, capsys):
    for name in ("a.csv", "b.csv"):
        words = ["estimate", "--seed-synthetic", "3", "--by", "sex"]
        assert main([*words, "--output", str(tmp_path / name)]) == 0
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
    assert main(["estimate", "--seed-synthetic", "3", "--by", "sex"]) == 0
    assert "unemployment_rate" in capsys.readouterr().out


def test_labour_force_status_by_a_standard_is_written_beside_the_number(sample, tmp_path):
    answers = sample.assign(
        hours_for_pay_or_profit=(sample["ilo_lfs"] == 1) * 40,
        absent_from_job=0,
        own_use_producer=0,
        unpaid_trainee=0,
        seeking_work=(sample["ilo_lfs"] == 2) * 1,
        available_for_work=1,
        future_starter=0,
    )
    path = tmp_path / "answers.parquet"
    answers.to_parquet(path)
    for icls in ("13", "19"):
        target = tmp_path / f"{icls}.csv"
        assert main(["estimate", str(path), "--icls", icls, "--output", str(target)]) == 0
        assert f"icls={icls}" in pd.read_csv(target)["definition"][0]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "either a survey or --seed-synthetic"),
        (["x.csv", "--seed-synthetic", "1"], "either a survey or --seed-synthetic"),
        (["--seed-synthetic", "1", "--output", "x.xlsx"], "ending in .csv or .parquet"),
        (["--seed-synthetic", "1", "--indicators", "unemployment"], "found unemployment; expected some of"),
        (["--seed-synthetic", "1", "--indicators", ""], "found nothing"),
        (["--seed-synthetic", "1", "--by", "sex,sex"], "names a dimension twice"),
        (["--seed-synthetic", "1", "--by", "age", "--age-bands", "15-24,20-"], "do not overlap"),
        (["--seed-synthetic", "1", "--by", "age", "--age-bands", "young"], "age bands 'young'"),
    ],
)
def test_what_is_wrongly_asked_exits_with_2(words, said, capsys):
    assert main(["estimate", *words]) == 2
    assert said in capsys.readouterr().err


def test_a_broken_survey_exits_with_1_and_every_breach(survey, capsys):
    path, mapping = survey
    path.write_text(path.read_text().replace(",H,", ",X,").replace("M,20", "M,99"))
    assert main(["estimate", str(path), "--mapping", str(mapping)]) == 1
    told = capsys.readouterr().err
    assert "2 rules broken" in told
    assert "'X'" in told
    assert "99" in told


def test_a_faulty_mapping_exits_with_2(survey, capsys):
    path, mapping = survey
    mapping.write_text(MAPPING.replace("ilo_wgt =", "ilo_weight ="))
    assert main(["estimate", str(path), "--mapping", str(mapping)]) == 2
    assert "did you mean ilo_wgt" in capsys.readouterr().err


def test_lacking_columns_exit_with_1(survey, capsys):
    path, mapping = survey
    assert main(["estimate", str(path), "--mapping", str(mapping), "--indicators", "neet_rate"]) == 1
    assert "ilo_edu_attendance" in capsys.readouterr().err


def test_samples_are_counted():
    found = survey_at_hand(seed=3).samples()
    assert found.columns.tolist() == ["country", "year", "persons", "population", "mean_weight"]
    assert found["persons"].tolist() == [1200] * 4


def test_a_mapping_needs_a_survey():
    with pytest.raises(AskedWrongly, match="without a survey"):
        survey_at_hand(mapping="m.toml")


def test_names_become_dimensions_and_estimands():
    assert dimensions(["country"]) == ["country"]
    assert dimensions(["sex"])[0].labels == {1: "M", 2: "F"}
    assert list(dimensions(["age"], "15-24,25-")[0].labels.values()) == ["Y15T24", "Y_GE25"]
    assert estimands(["neet_rate"])[0].indicator == "neet_rate"


def test_a_column_that_is_not_there_is_told_without_quotes(tmp_path, capsys):
    target = tmp_path / "out.csv"
    words = ["estimate", "--seed-synthetic", "3", "--by", "yeer", "--output", str(target)]
    assert main(words) == 1
    told = capsys.readouterr().err.splitlines()[-1]
    assert "analysis estimate: survey: 1 columns are missing: yeer (read by the dimension yeer)" in told
    assert told.endswith("first")
    assert not target.exists()
