"""A mapping proposed from a survey's file, and the page and examples that show how one is written."""

import csv
import importlib.util
import tomllib
from collections import defaultdict
from pathlib import Path

import narwhals as nw
import pandas as pd
import pyreadstat
import pytest

from analysis.cli import main
from analysis.sources import mapping, microdata
from analysis.sources.form import Form
from analysis.sources.harmonised import harmonised
from analysis.sources.mapping_faults import OF_SURVEY, OF_VARIABLE
from analysis.sources.mapping_proposal import _quoted, propose
from analysis.sources.survey_breaches import SurveyError
from analysis.sources.value_labels import means_no_answer

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples" / "surveys"
SHARED = ROOT.parent / "shared" / "data"
CHILE = SHARED / "chile_ene" / "chile_ene_2020_q1.csv.gz"
EUSILC = SHARED / "eusilc_synthetic" / "eusilc.csv.gz"
needs_shared = pytest.mark.skipif(
    not CHILE.exists(), reason="the folder shared/data is not beside the checkout"
)

STATUS = {
    1: "Ocupado",
    2: "Ocupado, ausente",
    3: "Desocupado",
    4: "Busca su primer trabajo",
    5: "Fuera de la fuerza",
}


@pytest.fixture
def labelled(tmp_path):
    """A Stata file as a statistical office gives it: Spanish names, labels, a blank."""
    persons = pd.DataFrame(
        {
            "sexo": [1, 2, 2, 1, 2, 1],
            "edad": [15, 30, 45, 60, 75, 99],
            "condact": [1, 2, 3, 4, 5, 5],
            "fexp": [10.5, 20.25, 30.0, 1.0, 2.0, 3.0],
            "upm": [101, 101, 102, 102, 103, 103],
            "horas": [40.0, None, 38.0, None, None, None],
            "zona_x": [1, 1, 1, 1, 1, 1],
        }
    )
    path = tmp_path / "encuesta.dta"
    labels = {"sexo": {1: "Hombre", 2: "Mujer"}, "condact": STATUS}
    pyreadstat.write_dta(
        persons, str(path), variable_value_labels=labels, column_labels={"fexp": "Ponderador"}
    )
    return path


def test_columns_and_labels_become_a_mapping(labelled):
    written = tomllib.loads(propose(labelled))
    variables = written["variables"]
    assert variables["ilo_sex"] == {"column": "sexo", "codes": {"1": 1, "2": 2}}
    assert variables["ilo_age"] == {"column": "edad"}
    assert variables["ilo_wgt"] == {"column": "fexp"}
    assert variables["psu"] == {"column": "upm"}
    assert variables["ilo_lfs"] == {"column": "condact", "codes": {"1..2": 1, "3": 2, "5": 3}}
    assert mapping.from_tables(written).columns


WITHOUT_ANSWER = {
    "edad": {0: "Menos de un año", 98: "No sabe", 99: "لا أعرف"},
    "asiste": {1: "Sí", 2: "No", 8: "No aplica", 9: "No sabe / no responde"},
    "sexo": {1: "Mujer", 2: "Hombre"},
    "ingreso": {9999999: "Sans réponse"},
}


@pytest.fixture
def unanswered(tmp_path):
    """A Stata file in which some numbers are labelled as no answer."""
    persons = pd.DataFrame({"edad": [0, 40, 98, 99, 30, 20], "asiste": [1, 2, 8, 9, 1, 2]})
    persons = persons.assign(sexo=[1, 2, 2, 1, 2, 1], ingreso=[5.0, 7.5, 9999999.0, 8.0, 3.0, 1.0], peso=2.5)
    path = tmp_path / "encuesta.dta"
    pyreadstat.write_dta(persons, str(path), variable_value_labels=WITHOUT_ANSWER)
    return path


def test_what_is_labelled_as_no_answer_is_proposed_as_missing(unanswered):
    variables = tomllib.loads(propose(unanswered))["variables"]
    assert variables["ilo_age"]["missing"] == [98, 99]
    assert variables["ilo_edu_attendance"]["codes"] == {"1": 1, "2": 2}
    assert variables["ilo_edu_attendance"]["missing"] == ["8", "9"]
    assert variables["ilo_sex"]["codes"] == {"1": 2, "2": 1}


@pytest.mark.sampled
@pytest.mark.parametrize("engine", ["pandas", "polars", "duckdb"])
def test_a_number_that_its_label_contradicts_is_refused(unanswered, engine):
    def read(**variables):
        written = {"variables": {"ilo_wgt": {"column": "peso"}} | variables}
        persons = microdata.survey(unanswered, mapping.from_tables(written), engine=engine)
        return nw.from_native(persons).lazy().collect("pyarrow").to_native().to_pydict()

    with pytest.raises(SurveyError) as refused:
        read(
            ilo_age={"column": "edad", "missing": [99]},
            hourly_earnings={"column": "ingreso"},
            ilo_sex={"column": "sexo"},
        )
    said = [(breach.variable, breach.count) for breach in refused.value.breaches]
    assert said == [("ilo_age", 1), ("hourly_earnings", 1), ("ilo_sex", 3), ("ilo_sex", 3)]
    assert "98 is “No sabe” by its label; if it means no answer, say missing = [98]" in str(refused.value)
    assert "1 is “Mujer” by its label, not as harmonised (1 man; 2 woman)" in str(refused.value)
    stated = read(
        ilo_age={"column": "edad", "missing": ["98..99"]},
        hourly_earnings={"column": "ingreso", "missing": [9999999]},
        ilo_sex={"column": "sexo", "codes": {"1": 2, "2": 1}},
    )
    assert stated["ilo_age"] == [0, 40, None, None, 30, 20]
    assert stated["ilo_sex"] == [2, 1, 1, 2, 1, 2]


@pytest.mark.parametrize(
    ("label", "none"),
    [
        ("No sabe", True),
        ("NS/NR", True),
        ("N.A.", True),
        ("Refused", True),
        ("Ne sait pas", True),
        ("غير مبين", True),
        ("No", False),
        ("None", False),
        ("Nacional", False),
        ("Norte", False),
        ("No trabaja", False),
        ("97 y más", False),
    ],
)
def test_words_for_no_answer_are_known(label, none):
    assert means_no_answer(label) is none


def test_what_is_not_sure_is_asked_and_every_column_is_told(labelled):
    text = propose(labelled)
    assert '# Neither codes nor missing yet: "4" = ?' in text
    assert "#   4 “Busca su primer trabajo” × 1" in text
    assert "# fexp “Ponderador”: 1 × 1; 2 × 1" in text
    assert "# zona_x: 1 × 6" in text
    assert "# hours_economic: weekly hours of economic activity (children)" in text
    assert "4 missing" in text


def test_a_country_by_its_code_is_proposed_before_its_name(tmp_path):
    path, known = tmp_path / "survey.csv", ["Kenya", "Chile", "Chile"]
    persons = pd.DataFrame({"country": known, "iso3": ["KEN", "CHL", "CHL"], "weight": 1.5, "wgt_trim": 1.25})
    persons.to_csv(path, index=False)
    text = propose(path)
    proposed = tomllib.loads(text)["variables"]
    assert proposed["country"] == {"column": "iso3"}
    assert "# It may also be country; see below." in text
    assert "# country: Chile × 2; Kenya × 1" in text.partition("# Columns that were not recognised:")[2]
    assert proposed["ilo_wgt"] == {"column": "weight"}
    assert "# It may also be wgt_trim; see below." in text
    persons.drop(columns="iso3").to_csv(path, index=False)
    text = propose(path)
    assert tomllib.loads(text)["variables"]["country"] == {"column": "country"}
    assert "# These are no codes of ISO 3166-1 alpha-3" in text


def test_codes_without_labels_are_not_guessed(tmp_path):
    path = tmp_path / "survey.csv"
    path.write_text("sex,age,weight,hours\n1,15,2.5,NA\n2,30,1.5,40\n")
    text = propose(path)
    variables = tomllib.loads(text)["variables"]
    assert "ilo_sex" not in variables
    assert '# codes = { "1" = ?, "2" = ? }' in text
    assert variables["hours_for_pay_or_profit"] == {"column": "hours", "missing": ["NA"]}


def test_letters_tell_their_own_meaning_and_harmonised_names_need_none(tmp_path):
    path = tmp_path / "survey.csv"
    path.write_text("sex,ilo_lfs,ilo_wgt\nFemale,1,2.5\nmale,3,1.5\n")
    variables = tomllib.loads(propose(path))["variables"]
    assert variables["ilo_sex"]["codes"] == {"Female": 2, "male": 1}
    assert variables["ilo_lfs"] == {"column": "ilo_lfs"}


@pytest.fixture(params=["utf-8", "latin-1"])
def numbered_rows(request, tmp_path):
    """R's `write.csv2` of a survey whose columns are questions' numbers: rows are numbered under no name."""
    path = tmp_path / "pnad.csv"
    rows = [
        '"";"V2007";"V4001";"V1028"',
        '"1";"Mulher";"Não";2,5',
        '"2";"Homem";NA;1,5',
        '"3";"Homem";"Sim";1',
    ]
    path.write_text("\n".join(rows) + "\n", encoding=request.param)
    return path, Form(encoding=request.param, delimiter=";", decimal=",")


def test_values_that_only_one_variable_has_tell_its_column(numbered_rows):
    text = propose(*numbered_rows)
    variables = tomllib.loads(text)["variables"]
    assert variables == {"ilo_sex": {"column": "V2007", "codes": {"Homem": 1, "Mulher": 2}}}
    assert "# V4001: NA × 1; Não × 1; Sim × 1" in text, "yes and no are said of many questions"
    assert "# A column without a name, such as R's numbers of rows, was left out." in text


@pytest.mark.parametrize("engine", ["pandas", "polars", "duckdb"])
def test_a_column_without_a_name_is_the_same_on_every_engine(numbered_rows, engine):
    path, form = numbered_rows
    persons = (
        nw.from_native(microdata.open_microdata(path, engine=engine, form=form)).lazy().collect("pyarrow")
    )
    assert persons.columns == ["V2007", "V4001", "V1028"]


def test_a_label_of_two_lines_stays_on_its_line(tmp_path):
    path = tmp_path / "survey.sav"
    labels = {"q7": {1: 'Yes\n[variables.ilo_sex]\ncolumn = "q7"', 2: "No\x01"}}
    pyreadstat.write_sav(pd.DataFrame({"q7": [1, 2, 1]}), str(path), variable_value_labels=labels)
    proposed = propose(path)
    assert "ilo_sex" not in tomllib.loads(proposed).get("variables", {})
    assert r"1 “Yes\U0000000a[variables.ilo_sex]" in proposed


@pytest.mark.parametrize("name", ["a\x01", 'a"\n', "\U000e0001", "\\"])
def test_a_name_of_signs_that_are_not_printed_is_the_same_in_the_mapping(name):
    assert tomllib.loads(f"column = {_quoted(name)}") == {"column": name}


@pytest.mark.slow
def test_the_command_writes_a_mapping_once(labelled, tmp_path, capsys):
    target = tmp_path / "encuesta.toml"
    assert main(["new-mapping", str(labelled), "--output", str(target)]) == 0
    assert mapping.load(target).title == "encuesta"
    assert "finish what is marked" in capsys.readouterr().out
    before = target.read_text()
    assert main(["new-mapping", str(labelled), "--output", str(target)]) == 2
    assert "exists" in capsys.readouterr().err
    assert target.read_text() == before
    assert main(["new-mapping", str(tmp_path / "absent.dta")]) == 2
    assert "no such file" in capsys.readouterr().err
    told = main(["estimate", str(labelled), "--mapping", str(target), "--lonely-psu", "remove"])
    assert told == 2
    assert "of 'condact': 4 “Busca su primer trabajo” × 1" in capsys.readouterr().err


@pytest.mark.slow
@needs_shared
@pytest.mark.parametrize("survey", [CHILE, EUSILC], ids=["Chile", "EU-SILC"])
def test_real_files_have_a_proposal_that_loads(survey):
    proposed = mapping.from_tables(tomllib.loads(propose(survey)))
    assert {"ilo_wgt"} < {variable.name for variable in proposed.variables}


PAGE = (ROOT / "docs" / "surveys.md").read_text(encoding="utf-8")


def test_the_page_lists_every_harmonised_variable_as_it_stands(capsys):
    table = PAGE.partition("<!-- harmonised variables -->")[2].partition("<!-- /harmonised variables -->")[0]
    assert main(["new-mapping", "--variables"]) == 0
    printed = capsys.readouterr().out
    assert table.strip() == printed.strip(), "print it anew by: analysis new-mapping --variables"
    assert printed.count("\n") == 2 + len(harmonised())
    assert "| `ilo_sex` | code | 1, 2 | 1 man; 2 woman |" in printed
    assert main(["new-mapping"]) == 2


def test_the_page_describes_every_key():
    for key in (*OF_SURVEY, *OF_VARIABLE):
        assert f"`{key}" in PAGE, key


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.toml")), ids=lambda path: path.stem)
def test_the_examples_load_and_are_named_on_the_page(path):
    if path.stem != "archive":
        assert mapping.load(path).title
    assert path.stem.replace("2020", "2019") in PAGE or path.stem in PAGE


def by_hand(rows: list[dict]) -> dict[str, float]:
    """Unemployment rate, employment ratio and NEET of the routed questionnaire, read person by person."""
    sums: dict[str, float] = defaultdict(float)
    for row in rows:
        age, weight = int(row["age"]), float(row["weight"])
        if age < 15:
            continue
        if row["worked"] == "1" or row["absent"] == "1":
            status = "employed"
        elif "9" in (row["worked"], row["looked"]):
            continue
        elif row["looked"] == "1" or row["job_arranged"] == "1":
            if row["could_start"] == "9":
                continue
            status = "unemployed" if row["could_start"] == "1" else "outside"
        else:
            status = "outside"
        sums[status] += weight
        if age <= 24:
            sums["youth"] += weight
            idle = status != "employed" and row["school"] == "2" and row["course"] == "2"
            sums["neet"] += weight * idle
    force = sums["employed"] + sums["unemployed"]
    return {
        "unemployment_rate": 100 * sums["unemployed"] / force,
        "employment_population_ratio": 100 * sums["employed"] / (force + sums["outside"]),
        "neet_rate": 100 * sums["neet"] / sums["youth"],
    }


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["pandas", "polars", "duckdb"])
def test_the_routed_questionnaire_gives_what_reading_by_hand_gives(tmp_path, engine):
    target = tmp_path / "out.parquet"
    asked = "unemployment_rate,employment_population_ratio,neet_rate"
    words = ["--icls", "19", "--indicators", asked, "--engine", engine, "--output", str(target)]
    assert main(["estimate", str(EXAMPLES / "archive.toml"), "--by", "year", *words]) == 0
    found = pd.read_parquet(target).set_index(["indicator", "year"])["value"]
    for year in (2019, 2020):
        with (EXAMPLES / f"routed_{year}.csv").open() as file:
            expected = by_hand(list(csv.DictReader(file)))
        for indicator, value in expected.items():
            assert found[indicator, str(year)] == pytest.approx(value, rel=1e-12)


def test_the_routed_files_are_what_their_script_makes(tmp_path, monkeypatch):
    spec = importlib.util.spec_from_file_location("make_routed", EXAMPLES / "make_routed.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    script.write(tmp_path)
    for year in (2019, 2020):
        name = f"routed_{year}.csv"
        assert (tmp_path / name).read_bytes() == (EXAMPLES / name).read_bytes()


@pytest.mark.slow
@needs_shared
def test_the_chilean_survey_is_the_same_as_csv_and_as_stata_with_labels(tmp_path):
    persons = pd.read_csv(CHILE, dtype={"conglomerado": "str"})
    labels = {"sexo": {1: "Hombre", 2: "Mujer"}, "cae_especifico": {0: "Menor de 15 años", 1: "Ocupado"}}
    stata = tmp_path / "chile.dta"
    pyreadstat.write_dta(persons, str(stata), variable_value_labels=labels)
    found = []
    for file in (CHILE, stata):
        target = tmp_path / "out.parquet"
        words = [
            "--mapping",
            str(EXAMPLES / "chile_ene_2020_q1.toml"),
            "--by",
            "sex",
            "--lonely-psu",
            "adjust",
        ]
        assert main(["estimate", str(file), *words, "--output", str(target), "--overwrite"]) == 0
        found.append(pd.read_parquet(target))
    pd.testing.assert_frame_equal(*found, check_exact=True)
    assert round(found[0]["value"][0], 1) == 8.2
    assert "not applied: the survey has neither" in found[0]["definition"][0]


@pytest.mark.slow
@needs_shared
def test_the_austrian_survey_counts_who_was_not_asked(tmp_path, capsys):
    target = tmp_path / "out.parquet"
    words = ["--mapping", str(EXAMPLES / "eusilc.toml"), "--output", str(target)]
    assert main(["estimate", str(EUSILC), *words]) == 0
    found = pd.read_parquet(target).iloc[0]
    assert found["unsettled_n"] == 221 + 64
    assert "ilo_lfs 221," in capsys.readouterr().out


def test_open_classes_are_proposed_as_such_and_not_as_missing(tmp_path):
    path = tmp_path / "s.csv"
    pd.DataFrame({"edad": ["15", "30", "98+", "99 y más", "NS"], "peso": [1.0, 2, 3, 4, 5]}).to_csv(path)
    proposed = propose(path)
    age = proposed[proposed.index("[variables.ilo_age]") :]
    assert 'missing = ["NS"]  # ?\ntop_codes = { "98+" = 98, "99 y más" = 99 }  # ?' in age
    assert "top_codes" in tomllib.loads(proposed)["variables"]["ilo_age"]
