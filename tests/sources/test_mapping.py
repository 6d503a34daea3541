"""Mapping files: every fault at once."""

import contextlib

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.sources import mapping
from analysis.sources.harmonised import harmonised
from analysis.sources.mapping import SurveyMappingError
from analysis.sources.mapping_faults import OF_SURVEY, OF_VARIABLE
from analysis.sources.survey_breaches import SurveyError
from analysis.sources.survey_checks import harmonise

WEIGHT = {"ilo_wgt": {"column": "w"}}


def test_a_file_is_read(tmp_path):
    path = tmp_path / "survey.toml"
    path.write_text(
        """
        [survey]
        title = "A survey"
        keep = ["district"]
        [variables]
        country = { value = "KEN" }
        ilo_sex = { column = "q1", codes = { 1 = 1, 2 = 2 }, missing = [9] }
        ilo_lfs = { column = "status", codes = { "1..7" = 1, a = 2 } }
        ilo_wgt = { column = "w", implied_decimals = 2 }
        stratum = { columns = ["region", "area"] }
        psu = { column = "ea" }
        """
    )
    survey = mapping.load(path)
    assert survey.title == "A survey"
    assert survey.columns == ("q1", "status", "w", "region", "area", "ea", "district")
    assert survey.text_columns == ("status", "region", "area", "ea")


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({}, "ilo_wgt.*is absent"),
        ({"ilo_sax": {"column": "a"}} | WEIGHT, "is no harmonised name; did you mean ilo_sex"),
        ({"ilo_sex": {"column": "a", "code": {}}} | WEIGHT, "code is not known; expected column"),
        ({"ilo_sex": {"codes": {"1": 1}}} | WEIGHT, "needs exactly one of column, columns, value"),
        ({"ilo_sex": {"column": "a", "value": 1}} | WEIGHT, "needs exactly one of"),
        ({"ilo_sex": {"columns": ["a", "b"]}} | WEIGHT, "which only an identifier may"),
        ({"ilo_sex": {"column": "a", "codes": {"1": 3}}} | WEIGHT, r"codes: 1 = 3; expected one of \(1, 2\)"),
        ({"ilo_sex": {"value": 3}} | WEIGHT, "value = 3; expected one of"),
        ({"ilo_wgt": {"column": "w", "codes": {"1": 1}}}, "has codes, but ilo_wgt is of kind weight"),
        ({"ilo_lfs": {"column": "a", "codes": {"1..7": 1, "5..9": 2}}} | WEIGHT, r"1..7 and 5..9 overlap"),
        ({"ilo_lfs": {"column": "a", "codes": {"1..7": 1}, "missing": [7]}} | WEIGHT, "1..7 and 7 overlap"),
        ({"ilo_lfs": {"column": "a", "codes": {"7..1": 1}}} | WEIGHT, "ends before it begins"),
        ({"stratum": {"column": "s"}} | WEIGHT, "psu.*is absent beside stratum"),
        ({"ilo_sex": "sexo"} | WEIGHT, "expected a table"),
        ({"ilo_wgt": {"value": 1}}, "names no column"),
        ({"ilo_sex": {"column": 5}} | WEIGHT, "column = 5; expected a column's name"),
        ({"ilo_sex": {"column": "a", "missing": "NA"}} | WEIGHT, "missing = 'NA'; expected a list of codes"),
        ({"ilo_sex": {"column": "a", "codes": {"1": True}}} | WEIGHT, "codes: 1 = True; expected one of"),
        ({"ilo_sex": {"cases": []}} | WEIGHT, "expected a list of tables such as"),
        ({"ilo_sex": {"cases": [{"when": {}, "value": 1}]}} | WEIGHT, "each with at least one column"),
        (
            {"ilo_sex": {"cases": [{"when": {"a": 1}, "value": 3}]}} | WEIGHT,
            "cases 1: value = 3; expected one of",
        ),
        ({"ilo_sex": {"cases": [{"when": {"a": ["1..3", 2]}, "value": 1}]}} | WEIGHT, "1..3 and 2 overlap"),
        (
            {"ilo_sex": {"cases": [{"when": {"a": 1}, "value": 1}], "codes": {}}} | WEIGHT,
            "belongs beside column",
        ),
        ({"ilo_sex": {"column": "a", "not_asked": {"when": 1}}} | WEIGHT, "not_asked = .*; expected a list"),
        (
            {"ilo_key": {"column": "a", "not_asked": [{"when": {"a": 1}, "value": 1}]}} | WEIGHT,
            "of an answer",
        ),
        ({"ilo_age": {"value": 200}} | WEIGHT, "value = 200; expected 0 to 125"),
    ],
)
def test_a_fault_is_told(variables, said):
    with pytest.raises(SurveyMappingError, match=said):
        mapping.from_tables({"variables": variables})


def test_all_faults_are_told_at_once():
    written = {
        "survey": {"name": "x"},
        "variable": {},
        "variables": {"ilo_sax": {"column": "a"}, "ilo_age": {}},
    }
    with pytest.raises(SurveyMappingError, match="5 faults") as refused:
        mapping.from_tables(written, where="kenya.toml")
    assert "kenya.toml" in str(refused.value)
    assert all(name in str(refused.value) for name in ("[variable]", "[survey] name", "ilo_sax", "ilo_age"))


def test_a_file_that_is_no_toml_is_told(tmp_path):
    path = tmp_path / "m.toml"
    path.write_text("ilo_sex = ")
    with pytest.raises(SurveyMappingError, match="not TOML"):
        mapping.load(path)


def test_harmonised_variables_are_declared_with_their_codes():
    listed = harmonised()
    assert listed["ilo_sex"].codes == (1, 2)
    assert all(v.codes for v in listed.values() if v.kind == "code")
    assert all(v.kind in ("code", "integer", "number", "weight", "identifier") for v in listed.values())


def test_every_answer_that_an_indicator_reads_is_a_harmonised_name():
    from analysis.indicators import INDICATORS, LabourForcePractice

    read = {c for declared in INDICATORS.values() for c in declared().columns}
    for icls in (13, 19):
        read |= set(LabourForcePractice(icls=icls).answers)
    assert read <= set(harmonised())


def test_what_is_kept_has_a_name_of_its_own():
    variables = {"ilo_sex": {"column": "a"}} | WEIGHT
    for keep, said in (
        (["ilo_sex"], "is a harmonised name that is mapped"),
        ([1], "expected a list of columns"),
    ):
        with pytest.raises(SurveyMappingError, match=said):
            mapping.from_tables({"survey": {"keep": keep}, "variables": variables})


LEAVES = st.one_of(
    st.booleans(),
    st.integers(-2, 200),
    st.floats(),
    st.sampled_from(["", "a", "b", "1..7", "7..1", "NA", "missing"]),
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["a", "1", "when", "value"]), inner)
    ),
    max_leaves=6,
)
KEYS = st.sampled_from([*OF_VARIABLE, "column", "column", "other"])
TABLES = st.dictionaries(
    st.sampled_from(list(harmonised())[:14]), st.dictionaries(KEYS, VALUES, max_size=3) | VALUES
)


@pytest.mark.slow
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TABLES, st.dictionaries(st.sampled_from([*OF_SURVEY, "other"]), VALUES, max_size=2) | VALUES)
def test_any_table_is_a_mapping_or_is_told_why_not(variables, survey):
    persons = pd.DataFrame({"a": [1, 2], "b": ["x", "y"], "w": [1.0, 2.0]})
    with contextlib.suppress(SurveyMappingError, SurveyError):
        found = mapping.from_tables({"survey": survey, "variables": WEIGHT | variables})
        assert len(harmonise(persons, found)) == 2
