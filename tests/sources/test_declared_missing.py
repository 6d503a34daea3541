"""What SPSS and Stata files declare missing, and labels that no mapping has heeded: alike on every engine."""

import struct

import narwhals as nw
import pandas as pd
import pyreadstat
import pytest

from analysis.sources import mapping, microdata
from analysis.sources.survey_breaches import SurveyError
from analysis.sources.survey_files import UnreadableSurvey

ENGINES = ("pandas", "polars", "duckdb")
WEIGHT = {"ilo_wgt": {"column": "w"}}
FURTHER = [{"when": {"lfs": [1, 2, 3]}, "value": 1}]


def answers(path, engine, variables, survey=None) -> list:
    """The answers of every person, the weight left out."""
    read = microdata.survey(
        path, mapping.from_tables({"survey": survey or {}, "variables": WEIGHT | variables}), engine=engine
    )
    frame = nw.from_native(read).lazy().collect("pandas").to_native().drop(columns="ilo_wgt")
    return [tuple(None if pd.isna(v) else v for v in row) for row in frame.itertuples(index=False)]


@pytest.fixture
def spss(tmp_path):
    """Persons whose 9, 97 to 99 and x the file declares missing."""
    path = tmp_path / "s.sav"
    persons = pd.DataFrame(
        {"lfs": [1.0, 2, 9, 3], "w": [2.0] * 4, "s": ["a", "b", "", "x"], "h": [10.0, 99, 40, 98]}
    )
    missing = {"lfs": [9], "s": ["x"], "h": [{"lo": 97, "hi": 99}]}
    pyreadstat.write_sav(persons, str(path), missing_ranges=missing)
    return path


NINE = {"1": 1, "2": 2, "3": 3}
SPSS = {
    "not named": ({"ilo_lfs": {"column": "lfs"}}, [1, 2, None, 3]),
    "named as missing": ({"ilo_lfs": {"column": "lfs", "missing": [9]}}, [1, 2, None, 3]),
    "given a meaning": ({"ilo_lfs": {"column": "lfs", "codes": {**NINE, "9": 3}}}, [1, 2, 3, 3]),
    "given a meaning by a range": (
        {"ilo_lfs": {"column": "lfs", "codes": {"1": 1, "2..9": 2}}},
        [1, 2, 2, 2],
    ),
    "named by a case": ({"ilo_lfs": {"cases": [{"when": {"lfs": 9}, "value": 3}, *FURTHER]}}, [1, 1, 3, 1]),
    "no blank": ({"ilo_lfs": {"cases": [{"when": {"lfs": ""}, "value": 3}, *FURTHER]}}, [1, 1, None, 1]),
    "numbers": ({"hourly_earnings": {"column": "h"}}, [10, None, 40, None]),
    "of text": ({"ilo_sex": {"column": "s", "codes": {"a": 1, "b": 2}}}, [1, 2, None, None]),
    "of text, named": ({"ilo_sex": {"column": "s", "codes": {"a": 1, "b": 2, "x": 2}}}, [1, 2, None, 2]),
    "not asked": (
        {"hours_for_pay_or_profit": {"column": "h", "not_asked": [{"when": {"lfs": 2}, "value": 0}]}},
        [10, 0, 40, None],
    ),
    "identifiers": ({"ilo_hh": {"columns": ["h", "lfs"]}}, ["10|1", None, None, None]),
}


@pytest.mark.sampled(2)
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("case", SPSS)
def test_what_spss_declares_missing_is_missing_unless_it_is_named(spss, case, engine):
    variables, expected = SPSS[case]
    assert answers(spss, engine, variables) == [(value,) for value in expected]


@pytest.mark.sampled
@pytest.mark.parametrize("engine", ENGINES)
def test_columns_kept_and_units_lose_what_is_declared_missing(spss, engine):
    lfs = {"ilo_lfs": {"column": "lfs"}}
    kept = answers(spss, engine, lfs, {"keep": ["s", "h"]})
    assert [row[1:] for row in kept] == [("a", 10), ("b", None), (None, 40), (None, None)]
    with pytest.raises(SurveyError, match=r"PSU missing \(2 persons\)"):
        answers(spss, engine, lfs | {"psu": {"column": "h"}})


def test_files_of_one_survey_declare_alike(spss):
    persons = pd.DataFrame({"lfs": [1.0], "w": [2.0], "s": ["a"], "h": [99.0]})
    pyreadstat.write_sav(persons, str(spss.with_name("t.sav")), missing_ranges={"lfs": [9], "s": ["x"]})
    with pytest.raises(
        UnreadableSurvey, match=r"t\.sav: declares other codes missing than s\.sav does, of h"
    ):
        answers(spss.parent, "pandas", {"ilo_lfs": {"column": "lfs"}})


@pytest.fixture
def stata(tmp_path):
    """Persons of whom one has answered .a and one .z, which Stata writes as numbers of its own."""
    path = tmp_path / "s.dta"
    marks = {777777.25: "a", 888888.25: "z"}
    persons = pd.DataFrame({"lfs": [1, 2, *marks, None], "w": [2.0] * 5})
    persons.to_stata(path, write_index=False, version=118)
    content = path.read_bytes()
    for mark, letter in marks.items():
        missing = 0x7FE0000000000000 + ((ord(letter) - ord("a") + 1) << 40)
        content = content.replace(struct.pack("<d", mark), struct.pack("<Q", missing))
    path.write_bytes(content)
    return path


A_AND_Z = [{"when": {"lfs": ".a"}, "value": 3}, {"when": {"lfs": ".z"}, "value": "missing"}]
STATA = {
    "not named": ({"column": "lfs"}, [1, 2, None, None, None]),
    "named as missing": ({"column": "lfs", "missing": [".a", ".z"]}, [1, 2, None, None, None]),
    "one not named": ({"column": "lfs", "missing": [".a"]}, "'.z' × 1"),
    "given a meaning": (
        {"column": "lfs", "codes": {**NINE, ".a": 3}, "missing": [".z"]}, [1, 2, 3, None, None],
    ),
    "named by cases": ({"cases": [*A_AND_Z, *FURTHER]}, [1, 1, 3, None, None]),
    "no blank": ({"cases": [{"when": {"lfs": ""}, "value": 3}, *FURTHER]}, "no case covers (2 persons)"),
    "beside a blank": (
        {"cases": [{"when": {"lfs": ""}, "value": 2}, *A_AND_Z, *FURTHER]}, [1, 1, 3, None, 2],
    ),
}  # fmt: skip


@pytest.mark.sampled(2)
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("case", STATA)
def test_extended_missing_values_are_told_apart_where_they_are_named(stata, case, engine):
    variable, expected = STATA[case]
    if isinstance(expected, list):
        assert answers(stata, engine, {"ilo_lfs": variable}) == [(value,) for value in expected]
        return
    with pytest.raises(SurveyError) as told:
        answers(stata, engine, {"ilo_lfs": variable})
    assert expected in str(told.value)


SWAPPED = {
    "German": ("weiblich", "männlich"),
    "numbered": ("1. Mujer", "2. Hombre"),
    "Turkish": ("Kadın", "Erkek"),
    "Russian": ("Женский", "Мужской"),
    "Chinese": ("女", "男"),
    "Indonesian": ("Perempuan", "Laki-laki"),
    "Finnish, which nobody has listed": ("nainen", "mies"),
    "words that may mean either": ("Group A", "Group B"),
}


@pytest.mark.sampled(2)
@pytest.mark.parametrize("case", SWAPPED)
@pytest.mark.parametrize("ending", ["sav", "dta"])
def test_labels_that_are_not_those_of_the_harmonised_codes_ask_for_codes(tmp_path, case, ending):
    """Read without a word, each of these surveys would have men for women."""
    path = tmp_path / f"s.{ending}"
    write = pyreadstat.write_sav if ending == "sav" else pyreadstat.write_dta
    persons = pd.DataFrame({"sex": [1.0, 2, 1], "w": [1.0] * 3})
    write(persons, str(path), variable_value_labels={"sex": dict(zip([1, 2], SWAPPED[case], strict=True))})
    with pytest.raises(SurveyError, match=rf"1 is “{SWAPPED[case][0]}” by its label.*codes = {{ 1 = \d }}"):
        answers(path, "pandas", {"ilo_sex": {"column": "sex"}})
    said = {"ilo_sex": {"column": "sex", "codes": {"1": 2, "2": 1}}}
    assert answers(path, "pandas", said) == [(2,), (1,), (2,)]


HEEDED = {
    "sex, numbered": ("ilo_sex", {1: "1. Hombre", 2: "2. Mujer"}, [1, 2], None),
    "sex in German": ("ilo_sex", {1: "männlich", 2: "weiblich"}, [1, 2], None),
    "a question": ("in_training", {0: "Nein", 1: "Ja"}, [0, 1], None),
    "a question the other way": ("in_training", {0: "Ja", 1: "Nein"}, [0, 1], "0 is “Ja” by its label"),
    "hours": ("ilo_joball_how_usual", {99: "keine Angabe"}, [40, 99], "missing = [99]"),
    "hours in no listed language": ("ilo_joball_how_usual", {98: "ei tietoa"}, [40, 98], "missing = [98]"),
    "ages": ("ilo_age", {98: "98 y más", 15: "15 años", 0: "menos de un año"}, [15, 98], None),
    "no label that counts": ("ilo_joball_how_usual", {0: "ei tunteja", 7: "sieben"}, [0, 7], None),
}


@pytest.mark.sampled(3)
@pytest.mark.parametrize("case", HEEDED)
def test_labels_are_heeded_where_they_say_something_else(tmp_path, case):
    name, labels, values, said = HEEDED[case]
    path = tmp_path / "s.sav"
    persons = pd.DataFrame({"x": [float(value) for value in values], "w": [1.0] * 2})
    pyreadstat.write_sav(persons, str(path), variable_value_labels={"x": labels})
    if said is None:
        assert answers(path, "pandas", {name: {"column": "x"}}) == [(value,) for value in values]
        return
    with pytest.raises(SurveyError) as told:
        answers(path, "pandas", {name: {"column": "x"}})
    assert said in str(told.value)


@pytest.mark.parametrize(
    ("name", "said"),
    [("s.rds", "in R, write it"), ("s.xlsx", "save the sheet as CSV UTF-8"), ("s.sas7bdat", "proc export"),
     ("s.zip", "unpack it"), ("s.por", "save it as .sav"), ("s.FEATHER", "as Parquet")],
)  # fmt: skip
def test_kinds_that_are_not_read_are_told_what_helps(tmp_path, name, said):
    path = tmp_path / name
    path.write_bytes(b"x")
    with pytest.raises(UnreadableSurvey, match=rf"{name}: is not read as it is; .*{said}"):
        answers(path, "pandas", {})
