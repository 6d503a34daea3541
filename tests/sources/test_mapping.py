"""Mapping files: every fault at once."""

import pytest

from analysis.sources import mapping
from analysis.sources.harmonised import harmonised
from analysis.sources.mapping import MappingError

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
    ],
)
def test_a_fault_is_told(variables, said):
    with pytest.raises(MappingError, match=said):
        mapping.from_tables({"variables": variables})


def test_all_faults_are_told_at_once():
    written = {
        "survey": {"name": "x"},
        "variable": {},
        "variables": {"ilo_sax": {"column": "a"}, "ilo_age": {}},
    }
    with pytest.raises(MappingError, match="5 faults") as refused:
        mapping.from_tables(written, where="kenya.toml")
    assert "kenya.toml" in str(refused.value)
    assert all(name in str(refused.value) for name in ("[variable]", "[survey] name", "ilo_sax", "ilo_age"))


def test_a_file_that_is_no_toml_is_told(tmp_path):
    path = tmp_path / "m.toml"
    path.write_text("ilo_sex = ")
    with pytest.raises(MappingError, match="not a TOML file"):
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
