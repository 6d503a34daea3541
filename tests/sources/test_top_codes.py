"""Open classes in columns of numbers (ages of 98+): read as a mapping says, and in no band that ends."""

import narwhals as nw
import pandas as pd
import pyreadstat
import pytest

from analysis.cli import main
from analysis.sources import mapping, microdata
from analysis.sources.mapping import SurveyMappingError
from analysis.sources.survey_breaches import SurveyError

PERSONS = pd.DataFrame(
    {
        "a": ["17", "20", "70", "98+", "99 y más", ""] * 10,
        "lfs": [1, 2, 3, 1, 2, 1] * 10,
        "w": [1.0, 2, 3, 4, 5, 6] * 10,
    }
)
MAPPED = {"ilo_wgt": {"column": "w"}, "ilo_lfs": {"column": "lfs"}}
AGES = {"column": "a", "top_codes": {"98+": 98, "99 y más": 99}}


@pytest.fixture(params=["csv", "dta", "parquet"])
def survey(tmp_path, request):
    path = tmp_path / f"s.{request.param}"
    if request.param == "csv":
        PERSONS.to_csv(path, index=False)
    elif request.param == "dta":
        pyreadstat.write_dta(PERSONS, str(path))
    else:
        PERSONS.to_parquet(path)
    return path


def ages(path, engine, table) -> list:
    said = mapping.from_tables({"variables": MAPPED | {"ilo_age": table}})
    read = nw.from_native(microdata.survey(path, said, engine=engine)).lazy().collect("pandas").to_native()
    return [None if pd.isna(age) else age for age in read["ilo_age"][:6]]


@pytest.mark.sampled
@pytest.mark.parametrize("engine", ["pandas", "polars", "duckdb"])
def test_an_open_class_stands_for_its_least_number(survey, engine):
    assert ages(survey, engine, AGES) == [17, 20, 70, 98, 99, None]
    with pytest.raises(SurveyError, match=r"not a number of 'a': '99 y más' × 10"):
        ages(survey, engine, {"column": "a", "top_codes": {"98+": 98}})
    with pytest.raises(SurveyError, match=r"say top_codes = \{ \"98\+\" = 98 \}"):
        ages(survey, engine, {"column": "a"})
    with pytest.raises(SurveyError, match=r"not a whole number \(10 persons\)"):
        ages(survey, engine, {"column": "a", "top_codes": {"98+": 98.5, "99 y más": 99}})


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"column": "a", "top_codes": {"98+": 200}}, "top_codes: 98+ = 200; expected 0 to 125"),
        ({"column": "a", "top_codes": {"98": 97}}, "top_codes: 98 is a number as it stands"),
        ({"column": "a", "top_codes": {"98+": "98"}}, "expected a table such as { '98+' = 98 }"),
        ({"column": "a", "top_codes": {"98+": 98}, "codes": {"1": 1}}, "belong to numbers without codes"),
        ({"value": 20, "top_codes": {"98+": 98}}, "has top_codes, which belongs beside column"),
    ],
)
def test_an_open_class_that_cannot_be_is_told(table, said):
    with pytest.raises(SurveyMappingError) as told:
        mapping.from_tables({"variables": MAPPED | {"ilo_age": table}})
    assert said in str(told.value)


@pytest.mark.slow
def test_no_band_that_ends_holds_an_open_class(tmp_path, capsys):
    path, said = tmp_path / "s.csv", tmp_path / "m.toml"
    PERSONS.replace({"98+": "65+", "99 y más": "65+", "70": "64"}).to_csv(path, index=False)
    said.write_text(
        '[variables]\nilo_wgt = { column = "w" }\nilo_lfs = { column = "lfs" }\n'
        'ilo_age = { column = "a", top_codes = { "65+" = 65 } }\n'
    )
    words = ["estimate", str(path), "--mapping", str(said), "--no-standard-errors", "--by", "age"]
    words += ["--accept-unsettled", "40"]
    assert main([*words, "--age-bands", "15-24,25-64,65-"]) == 0
    assert "Y_GE65" in capsys.readouterr().out
    for bands in ("15-24,25-64,65-74,75-", "15-74", "60-65"):
        assert main([*words, "--age-bands", bands]) == 2
        assert "the survey holds persons of 65 and more in one class" in capsys.readouterr().err
