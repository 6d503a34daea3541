"""What would help is said of codes that could not be read; a unit that is none is refused."""

import pytest

from analysis.sources import mapping, microdata
from analysis.sources.harmonised import harmonised
from analysis.sources.mapping_hints import unread_codes_hint
from analysis.sources.survey_breaches import SurveyError

DECIMAL = '; where commas stand before decimals, say --decimal ",", or decimal = "," under [survey]'
THOUSANDS = "write numbers without marks between thousands"


@pytest.mark.parametrize(
    ("variable", "codes", "said"),
    [
        ("ilo_wgt", ["38,25", "1,5", "1,23E+03"], DECIMAL),
        ("ilo_lfs", ["1,0", "3,0", "NA"], DECIMAL),
        ("ilo_wgt", ["388,295", "452,318"], f"{DECIMAL}; else {THOUSANDS}"),
        ("ilo_wgt", ["3.882,95", "388,29"], f"; {THOUSANDS}"),
        ("ilo_wgt", ["1,234,567", "980"], f"; {THOUSANDS}"),
        ("hourly_earnings", ["12 500,50"], f"; {THOUSANDS}"),
        ("ilo_wgt", ["heavy"], "; correct the file"),
        ("ilo_wgt", ["NA"], "; correct the file"),
        ("hourly_earnings", ["NA"], '; where these mean no answer, say missing = ["NA"]'),
        ("ilo_lfs", [".a"], '; where these mean no answer, say missing = [".a"]'),
        ("ilo_lfs", ["9"], '; where these mean no answer, say missing = ["9"]'),
        (
            "ilo_sex",
            ["Mujer", "Hombre"],
            '; name the code of each by codes = { "Mujer" = … }, or, where it means no answer, '
            'missing = ["Mujer"]',
        ),
        ("ilo_sex", [], ""),
        ("hourly_earnings", ["12 USD"], "; expected a number alone, without words or signs beside it"),
        (
            "ilo_age",
            ["25-54", "65+"],
            "; expected a number alone, without words or signs beside it; where these are classes, name a "
            'number in each by codes = { "25-54" = … }, and ask for no finer ones',
        ),
    ],
)
def test_what_helps_is_said(variable, codes, said):
    assert unread_codes_hint(codes, harmonised()[variable]) == said


DESIGN = {
    "ilo_lfs": {"column": "lfs"},
    "ilo_wgt": {"column": "w"},
    "stratum": {"column": "region"},
    "psu": {"column": "area"},
}
WRITTEN_TWICE = """lfs,w,region,area
1,10,01,007
2,10,01,7
1,10,01,8
3,10,02,07
1,10,02,9
"""


@pytest.mark.sampled
@pytest.mark.parametrize("engine", ["pandas", "polars", "duckdb"])
@pytest.mark.parametrize(
    ("former", "now", "told"),
    [
        (
            "",
            "",
            "psu: 1 code of 'area' stand there in more than one way of writing, such as '007' and '7', ",
        ),
        ("01,7", "01,7.0", "such as '007' and '7.0', and would"),
        ("01,7\n1,10,01,8", "01,A b\n1,10,01,a  B", "such as 'A b' and 'a  B', and would"),
        ("01,7\n1,10,01,8", "01,Ñ\n1,10,01,N\u0303", r"such as 'N\u0303' and '\xd1', and would"),
        ("01,7\n1,10,01,8\n3,10,02,07", "01,A\n1,10,01,8\n3,10,02,a", None),
        (
            "01,7",
            "1,5",
            "stratum: 1 code of 'region' stand there in more than one way of writing, such as '01' and '1', ",
        ),
        ("01,7", "01,107", None),
        ("01,7", "01,A7", None),
    ],
)
def test_a_unit_that_is_written_in_two_ways_is_refused(tmp_path, engine, former, now, told):
    path = tmp_path / "survey.csv"
    path.write_text(WRITTEN_TWICE.replace(f"{former}\n", f"{now}\n") if former else WRITTEN_TWICE)
    survey = mapping.from_tables({"variables": DESIGN})
    if told is None:
        assert microdata.survey(path, survey, engine=engine) is not None
        return
    with pytest.raises(SurveyError) as refused:
        microdata.survey(path, survey, engine=engine)
    assert told in str(refused.value)


@pytest.mark.sampled
@pytest.mark.parametrize("engine", ["pandas", "polars", "duckdb"])
@pytest.mark.parametrize(
    ("text", "missing", "told"),
    [
        ("1,10,01,NA", [], "psu: stratum without PSU (1 person)"),
        ("1,10,01,nan", [], "psu: stratum without PSU (1 person)"),
        ("1,10, #N/A ,7", [], "stratum: PSU without stratum (1 person)"),
        ("1,10,.,.", [], "psu: neither stratum nor PSU (1 person)"),
        ("1,10,01,99", [99], "psu: stratum without PSU (1 person)"),
        ("1,10,01,Nairobi", [], ""),
        ("1,10,01,99", [], ""),
    ],
)
def test_what_programs_write_for_a_missing_unit_is_no_unit(tmp_path, engine, text, missing, told):
    path = tmp_path / "survey.csv"
    path.write_text(f"lfs,w,region,area\n{text}\n1,10,01,8\n")
    psu = {"column": "area", "missing": missing} if missing else {"column": "area"}
    survey = mapping.from_tables({"variables": DESIGN | {"psu": psu}})
    if not told:
        assert microdata.survey(path, survey, engine=engine) is not None
        return
    with pytest.raises(SurveyError) as refused:
        microdata.survey(path, survey, engine=engine)
    assert told in str(refused.value)
