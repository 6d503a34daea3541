"""One survey in every form that the world writes it: the same answers on every engine, or a refusal."""

import math

import duckdb
import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pyreadstat
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analysis.sources import mapping, microdata
from analysis.sources.codes import TEXT, as_number, blank, with_answers
from analysis.sources.survey_breaches import SurveyError

ENGINES = ("pandas", "polars", "duckdb")
R_CSV = """"","lfs","sex","age","w","hours","district"
"1",1,"male",34,100.5,40,"01"
"2",2,"female",21,50,NA,"02"
"3",NA,"female",12,75,NA,"01"
"4",3,"male",70,20,NA,"10"
"""
VARIABLES = {
    "ilo_lfs": {"column": "lfs", "missing": ["NA"]},
    "ilo_sex": {"column": "sex", "codes": {"male": 1, "female": 2}},
    "ilo_age": {"column": "age"},
    "ilo_wgt": {"column": "w"},
    "hours_for_pay_or_profit": {"column": "hours", "missing": ["NA"]},
    "psu": {"column": "district"},
}
EXPECTED = {
    "ilo_lfs": [1, 2, None, 3],
    "ilo_sex": [1, 2, 2, 1],
    "ilo_age": [34, 21, 12, 70],
    "ilo_wgt": [100.5, 50, 75, 20],
    "hours_for_pay_or_profit": [40, None, None, None],
    "psu": ["01", "02", "01", "10"],
}


def mapped(variables: dict, **survey):
    return mapping.from_tables({"survey": {"title": "A survey"} | survey, "variables": variables})


def answers(persons) -> dict:
    """Values in the order of the weights; missing ones None, whatever the engine."""
    rows = nw.from_native(persons).lazy().collect("pyarrow").to_native().to_pylist()
    rows = sorted(rows, key=lambda row: (-row["ilo_wgt"], str(row)))
    return {name: [row[name] for row in rows] for name in rows[0]}


def in_order(expected: dict) -> dict:
    order = sorted(range(4), key=lambda place: -EXPECTED["ilo_wgt"][place])
    return {name: [values[place] for place in order] for name, values in expected.items()}


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
def test_a_file_of_r_gives_its_answers(tmp_path, engine):
    path = tmp_path / "survey.csv"
    path.write_text(R_CSV)
    assert answers(microdata.survey(path, mapped(VARIABLES), engine=engine)) == in_order(EXPECTED)


@pytest.mark.sampled
@pytest.mark.parametrize("engine", ENGINES)
def test_what_is_no_number_is_refused_and_what_helps_is_said(tmp_path, engine):
    path = tmp_path / "survey.csv"
    path.write_text(R_CSV)
    variables = VARIABLES | {"ilo_lfs": {"column": "lfs"}, "hours_for_pay_or_profit": {"column": "hours"}}
    with pytest.raises(SurveyError) as refused:
        microdata.survey(path, mapped(variables), engine=engine)
    told = str(refused.value)
    assert "codes that are not harmonised ones of 'lfs': 'NA' × 1" in told
    assert "not a number of 'hours': 'NA' × 3; where these mean no answer, say missing = [\"NA\"]" in told
    assert [breach.count for breach in refused.value.breaches] == [1, 3]


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
def test_a_file_of_excel_gives_its_answers(tmp_path, engine):
    path = tmp_path / "survey.csv"
    text = R_CSV.replace(",", ";").replace("100.5", "100,5").replace("male", "mâle").replace("fe", "fé")
    path.write_bytes(text.replace("\n", "\r\n").encode("cp1252"))
    variables = VARIABLES | {"ilo_sex": {"column": "sex", "codes": {"mâle": 1, "fémâle": 2}}}
    survey = mapped(variables, encoding="cp1252", delimiter=";", decimal=",")
    assert answers(microdata.survey(path, survey, engine=engine)) == in_order(EXPECTED)


def frame(**changed) -> pd.DataFrame:
    persons = pd.DataFrame({"lfs": ["1", "2", "NA", "3"], "sex": ["male", "female", "female", "male"]})
    persons = persons.assign(age=[34, 21, 12, 70], w=[100.5, 50, 75, 20], hours=["40", "NA", "NA", "NA"])
    return persons.assign(district=["01", "02", "01", "10"], **changed)


@pytest.mark.slow
@pytest.mark.parametrize(
    "held",
    [
        lambda f: f,
        lambda f: f.astype("category"),
        lambda f: f.astype(dict.fromkeys(["lfs", "sex", "hours", "district"], object)),
        lambda f: f.convert_dtypes(),
        lambda f: f.convert_dtypes(dtype_backend="pyarrow"),
        pl.from_pandas,
        lambda f: pl.from_pandas(f).lazy(),
        lambda f: pl.from_pandas(f).with_columns(pl.col("lfs", "hours", "sex").cast(pl.Categorical)),
        duckdb.from_df,
    ],
)
def test_codes_as_text_in_a_frame_are_codes(held):
    text = held(frame().assign(age=["34", " 21", "12.0", "070"]))
    assert answers(microdata.survey(text, mapped(VARIABLES))) == in_order(EXPECTED)


@pytest.mark.slow
@pytest.mark.parametrize("held", [lambda f: f, lambda f: f.convert_dtypes(), pl.from_pandas, duckdb.from_df])
def test_truth_values_are_yes_and_no(held):
    seeks = {"seeking_work": {"column": "seeks"}}
    lettered = {"seeking_work": {"column": "seeks", "codes": {"TRUE": 1, "FALSE": 0}}}
    for column in (pd.array([True, False, None, False], "boolean"), ["TRUE", "FALSE", None, "FALSE"]):
        for how in (seeks, lettered):
            found = answers(microdata.survey(held(frame(seeks=column)), mapped(VARIABLES | how)))
            assert found["seeking_work"] == [1, None, 0, 0]


TRAINING = {
    "ilo_edu_attendance": {
        "cases": [
            {"when": {"formal": 1}, "value": 1},
            {"when": {"course": ["yes", "now"]}, "value": 1},
            {"when": {"formal": 2, "course": ["no", ""]}, "value": 2},
            {"when": {"formal": 9}, "value": "missing"},
        ]
    }
}


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
def test_two_columns_are_combined(tmp_path, engine):
    path = tmp_path / "survey.csv"
    frame(formal=[1, 2, 2, 9], course=["no", "now", None, "no"]).to_csv(path, index=False)
    found = answers(microdata.survey(path, mapped(VARIABLES | TRAINING), engine=engine))
    assert found["ilo_edu_attendance"] == [1, 2, 1, None]


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
def test_answers_that_no_case_covers_are_refused(tmp_path, engine):
    path = tmp_path / "survey.parquet"
    frame(formal=[1, 2, 3, None], course=["no", "maybe", "no", None]).to_parquet(path)
    with pytest.raises(SurveyError, match=r"answers that no case covers \(2 persons\)") as refused:
        microdata.survey(path, mapped(VARIABLES | TRAINING), engine=engine)
    assert {row["formal"] for row in refused.value.breaches[0].examples} == {2, 3}


ROUTED = {
    "hours_for_pay_or_profit": {
        "column": "hours",
        "missing": ["NA"],
        "not_asked": [{"when": {"worked": "no", "age": "15..99"}, "value": 0}],
    }
}


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
def test_a_question_that_was_not_asked_has_its_answer(tmp_path, engine):
    path = tmp_path / "survey.csv"
    frame(worked=["yes", "no", None, "no"]).to_csv(path, index=False)
    found = answers(microdata.survey(path, mapped(VARIABLES | ROUTED), engine=engine))
    assert found["hours_for_pay_or_profit"] == [40, None, 0, 0]


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
def test_an_answer_to_a_question_not_asked_is_refused(tmp_path, engine):
    path = tmp_path / "survey.csv"
    frame(worked=["no", "no", None, "no"]).to_csv(path, index=False)
    with pytest.raises(SurveyError, match=r"answered, though not_asked holds \(1 person\)"):
        microdata.survey(path, mapped(VARIABLES | ROUTED), engine=engine)


KEYED = VARIABLES | {"ilo_key": {"columns": ["household", "person"]}, "year": {"column": "round"}}


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
def test_two_persons_of_one_key_are_refused(tmp_path, engine):
    path = tmp_path / "survey.csv"
    keys = {"household": [7, 7, 8, 8], "person": [1, 2, 1, 1], "round": [2020, 2020, 2020, 2020]}
    frame(**keys).to_csv(path, index=False)
    with pytest.raises(
        SurveyError, match=r"ilo_key: 1 keys stand for more than one person.*\(2 persons\)"
    ) as told:
        microdata.survey(path, mapped(KEYED), engine=engine)
    assert told.value.breaches[0].examples[0]["ilo_key"] == "8|1"
    frame(**keys | {"round": [2020, 2020, 2020, 2021]}).to_csv(path, index=False)
    assert len(answers(microdata.survey(path, mapped(KEYED), engine=engine))["ilo_key"]) == 4


@pytest.mark.parametrize("write", [pyreadstat.write_dta, pyreadstat.write_sav])
def test_labels_stand_beside_codes_that_are_not_in_the_mapping(tmp_path, write):
    path = tmp_path / f"survey.{'dta' if write is pyreadstat.write_dta else 'sav'}"
    persons = pd.DataFrame({"lfs": [1, 2, 4, 4], "w": [1.0, 2, 3, 4]})
    write(persons, str(path), variable_value_labels={"lfs": {1: "Working", 4: "In the army"}})
    variables = {"ilo_lfs": {"column": "lfs", "codes": {"1": 1, "2": 2}}, "ilo_wgt": {"column": "w"}}
    with pytest.raises(SurveyError, match="of 'lfs': 4 “In the army” × 2"):
        microdata.survey(path, mapped(variables))


CODES = st.sampled_from(["1", "2", "3", "NA", "", " 2", "3.0", "9", "x"])


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(st.lists(CODES, min_size=1, max_size=12))
def test_engines_agree_on_any_text(tmp_path_factory, written):
    path = tmp_path_factory.mktemp("text") / "survey.csv"
    path.write_text("lfs,w\n" + "".join(f"{code},{place}\n" for place, code in enumerate(written, start=1)))
    variables = {"ilo_lfs": {"column": "lfs", "missing": ["NA", 9]}, "ilo_wgt": {"column": "w"}}
    truth = {"1": 1, "2": 2, "3": 3, " 2": 2, "3.0": 3, "NA": None, "": None, "9": None}
    for engine in ENGINES:
        if "x" in written:
            with pytest.raises(SurveyError, match=rf"'x' × {written.count('x')}"):
                microdata.survey(path, mapped(variables), engine=engine)
        else:
            found = answers(microdata.survey(path, mapped(variables), engine=engine))["ilo_lfs"]
            assert found == [truth[code] for code in reversed(written)]


WRITTEN = st.one_of(
    st.none(),
    st.text("0123456789+-.eE", max_size=6),
    st.text("naifyNAIFY xX_,0123", max_size=5),
    st.floats(allow_nan=True, allow_infinity=True).map(repr),
    st.sampled_from(["true", "TRUE", "False", "1e400", "-1e400", "0x10", " 7", "7 ", "\t", "+7", "٣", "½"]),
)


@pytest.mark.slow
@pytest.mark.parametrize("decimal", [".", ","])
@pytest.mark.parametrize("form", ["str", "object", "category", "string"])
@given(written=st.lists(WRITTEN, min_size=1, max_size=12))
@example(written=["inf", "1.5"])
@example(written=["nan", None])
@settings(max_examples=40, deadline=None)
def test_pandas_reads_text_as_polars_does(form, decimal, written):
    in_pandas = nw.from_native(pd.DataFrame({"x": pd.Series(written, dtype=form)}), eager_only=True)
    in_polars = nw.from_native(pl.DataFrame({"x": written}, schema={"x": pl.String}), eager_only=True)
    answers = []
    for persons in (in_pandas, in_polars):
        made, kinds = with_answers(persons, {"x": TEXT}, ["x"], {"x"}, decimal)
        read = made.select(number=as_number("x", kinds), blank=blank("x", kinds))
        values = [math.nan if v is None else float(v) for v in read["number"].to_list()]
        answers.append((values, read["blank"].to_list()))
    (numbers, blanks), (expected, empty) = answers
    np.testing.assert_array_equal(numbers, expected)
    assert blanks == empty
