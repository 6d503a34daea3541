"""The notebook on survey microdata: what it calls, and a run of it."""

import ast
import json
import re
from pathlib import Path

import pandas as pd
import pytest

from analysis.estimation import classify, differences, reduce_survey, synthetic_population
from analysis.estimation.survey_at_hand import domain_dimensions
from analysis.notebook import NotebookStop
from analysis.printed.survey_estimates import survey_words
from analysis.printed.survey_sentences import SurveySentences
from analysis.survey_notebook import SurveyReporting

NOTEBOOK = Path(__file__).resolve().parents[1] / "notebooks" / "07_microdata_indicators.ipynb"
NAME = "07_microdata_indicators"


def test_cells_narrate_and_hold_no_logic():
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    logic = (ast.FunctionDef, ast.For, ast.While, ast.Try, ast.If, ast.Lambda, ast.ListComp, ast.ClassDef)
    for cell in code:
        assert not [node for node in ast.walk(ast.parse("".join(cell["source"]))) if isinstance(node, logic)]
        assert not cell["outputs"]
        assert cell["execution_count"] is None
    assert code[0]["metadata"]["tags"] == ["parameters"]
    machinery = [cell for cell in cells if "machinery" in cell["metadata"].get("tags", ())]
    banners = ["".join(cell["source"]) for cell in machinery if cell["cell_type"] == "markdown"]
    assert banners == ["## Load", "## Check", "## Show", "## Record"]


EXAMPLES = NOTEBOOK.parents[1] / "examples" / "surveys"
CHILE = NOTEBOOK.parents[2] / "shared" / "data" / "chile_ene" / "chile_ene_2020_q1.csv.gz"
ROUTED = {"survey": str(EXAMPLES / "routed_2020.csv"), "mapping": str(EXAMPLES / "routed_2020.toml")}


def opened(tmp_path, **parameters) -> SurveyReporting:
    return SurveyReporting(NAME, "2020-21", output_dir=str(tmp_path), **parameters)


def text(shown: str) -> str:
    """What a reader sees of a page, without tags."""
    shown = re.sub(r"(?s)<(style|script).*?</\1>", "", shown)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", shown))


@pytest.mark.slow
def test_the_survey_is_described_with_what_is_asked(tmp_path):
    said = opened(tmp_path, indicators="unemployment_rate,lu4", domains="sex,age,region").about().data
    assert "Synthetic survey, seed 2020: 4,800 persons asked in 4 samples." in said
    assert "97,145" not in said  # years added up are no population
    assert "X01, 2019 (1,200 asked, who stand for 24,464); X01, 2020 (1,200" in said
    assert "What is estimated: unemployment rate and LU4" in said
    assert "a stratum of one unit would stop the estimation" in said
    assert "broken down by sex and age." in said
    assert "240 primary sampling units" in said


@pytest.mark.slow
def test_the_frame_holds_every_estimate_and_one_is_traced_to_its_two_sums(tmp_path, monkeypatch):
    said = []
    monkeypatch.setattr("analysis.survey_notebook.display", lambda shown: said.append(shown.data))
    reporting = opened(tmp_path, indicators="unemployment_rate")
    assert not len(reporting.frame())
    assert "none is published" in reporting.trace().data
    reporting.findings()
    row = reporting.trace().iloc[0]
    assert row["value"] == pytest.approx(100 * row["numerator"] / row["denominator"])
    assert said == [
        f"Behind **{row['value']:.1f}%** (Unemployment rate; X01, 2019) stand {row['numerator']:,.1f} ÷ "
        f"{row['denominator']:,.1f}: the weighted sum of what is counted, over that of all concerned; "
        f"{row['n']} persons asked."
    ]
    women = reporting.frame().query("sex == 'F'")
    assert list(women["country"] + women["year"]) == ["X012019", "X012020", "X022019", "X022020"]


@pytest.mark.slow
def test_what_came_out_is_told_with_intervals_and_recorded(tmp_path):
    reporting = opened(tmp_path, indicators="unemployment_rate,working_poverty_rate")
    assert reporting.check()["persons"].sum() > 1000
    shown = reporting.findings().data
    found = pd.concat(reporting.estimates)
    first = found[(found["sex"] == "_T") & (found["country"] == "X01") & (found["year"] == "2019")].iloc[0]
    numbers = [f"{first[name]:.1f}" for name in ("value", "lower", "upper")]
    expected = "X01, 2019: {}% (95% confidence interval {} to {}; {} persons asked); men".format(
        *numbers, first["n"]
    )
    assert expected in text(shown)
    assert "Every person concerned could be classified." in shown
    assert shown.count("<img src=") == 1
    assert "Standard error" in shown
    assert "does not hold what Working poverty rate reads: daily_consumption_ppp2021" in shown
    recorded = reporting.record()
    assert "tables/survey_estimates.csv" in recorded["file"].tolist()
    assert (tmp_path / "2020-21" / "en" / "figures" / "survey_unemployment_rate_by_sex.svg").exists()
    table = pd.read_csv(tmp_path / "2020-21" / "en" / "tables" / "survey_estimates.csv")
    assert len(table) == len(found)


@pytest.mark.slow
def test_no_raw_option_and_no_share_of_women_by_sex_are_shown(tmp_path):
    asked = "neet_rate,managers_female_share"
    reporting = opened(tmp_path, indicators=asked, domains="sex", standard="", survey="")
    shown = text(reporting.findings().data)
    assert "labour_force_status" not in shown
    assert "Labour force status is as the survey records it." in shown
    assert "Working age: 15+." in shown
    assert "count as attending" in shown
    files = {path.name for path in (tmp_path / "2020-21" / "en" / "figures").glob("*.svg")}
    shown = ("survey_neet_rate_by_sex", "survey_managers_female_share")
    assert files == {f"{name}.{form}" for name in shown for form in ("svg", "phone.svg")}


@pytest.mark.slow
def test_an_indicator_of_one_age_is_not_broken_down_by_age(tmp_path):
    reporting = opened(tmp_path, indicators="neet_rate", domains="age,sex")
    shown = text(reporting.findings().data)
    assert "Not broken down by age: all of them are in one class, 15–24." in shown
    assert "no person asked" not in shown
    assert "15–24 11.2%" not in shown
    assert "X01, 2019: 11.2% (95% confidence interval 6.1 to 19.5; 119 persons asked)." in shown
    files = {path.stem for path in (tmp_path / "2020-21" / "en" / "figures").glob("*.png")}
    assert files == {"survey_neet_rate", "survey_neet_rate_by_sex"}
    swapped = opened(tmp_path / "swapped", indicators="neet_rate", domains="sex,age").findings().data
    assert "Not broken down by age" in text(swapped)
    assert swapped.count("<img src=") == 1


@pytest.mark.slow
def test_what_is_unreliable_and_the_limits_are_in_words(tmp_path):
    shown = text(opened(tmp_path).findings().data)
    assert "(u) unreliable: n < 15 or CV > 30%" in shown.replace("&lt;", "<").replace("&gt;", ">")
    assert "Lower limit" in shown
    assert "97.5%" not in shown
    in_french = SurveyReporting(NAME, "2020-21", "fr", str(tmp_path), lonely_psu="adjust")
    in_chinese = SurveyReporting(NAME, "2020-21", "zh", str(tmp_path)).about().data
    assert "。 " not in in_chinese
    assert "les strates d’une seule unité sont centrées sur la moyenne" in in_french.about().data
    assert "adjust" not in in_french.about().data
    assert "n < 15 ou CV > 30 %" in text(in_french.findings().data).replace("&lt;", "<").replace("&gt;", ">")


@pytest.mark.parametrize(
    ("language", "unit", "said"),
    [
        ("en", "hours a week", "+2.5 hours a week (95%"),
        ("fr", "hours a week", "+2,5 heures par semaine ("),
        ("es", "percentage points", "+2,5 puntos porcentuales ("),
        ("zh", "percentage points", "+2.5个百分点（"),
    ],
)
def test_a_difference_has_the_unit_of_what_differs(language, unit, said):
    record = {"indicator": "weekly_hours_per_person", "sex": "F", "value": 2.5, "lower": -1.0, "upper": 6.0}
    told = SurveySentences(language).difference({**record, "unit": unit, "p_value": 0.2}, "sex", "M", "X01")
    assert said in told


@pytest.mark.slow
def test_status_is_derived_by_the_standard_asked_for(tmp_path):
    reporting = opened(tmp_path, **ROUTED, standard="19", indicators="unemployment_rate,neet_rate")
    shown = text(reporting.findings().data)
    assert "derived from the answers by the 19th International Conference" in shown
    assert "Not classified: 4 of those asked (1.2% of the persons concerned, weighted)." in shown
    unrouted = tmp_path / "unrouted.toml"
    stated = Path(ROUTED["mapping"]).read_text(encoding="utf-8")
    unrouted.write_text(re.sub(r"(?m)^not_asked = \[(\n(  .*\n)*\]|.*\]$)", "", stated))
    asked = {**ROUTED, "mapping": str(unrouted), "standard": "19", "accept_unsettled": 100.0}
    asked["indicators"] = "employment_population_ratio"
    shown = text(opened(tmp_path / "unrouted", **asked).findings().data)
    assert "or more than 5% not classified" in shown
    later = opened(tmp_path, **ROUTED, standard="21").findings().data
    assert "derived from the answers by the 21" in text(later)
    strict = opened(tmp_path, **ROUTED, standard="19", accept_unsettled=0.5).findings().data
    assert "Not estimated: more than 0.5 per cent" in strict


@pytest.mark.slow
def test_a_survey_without_samples_bears_its_title(tmp_path):
    path = tmp_path / "survey.parquet"
    sample = synthetic_population(1).draw(1)
    sample[(sample["country"] == "X01") & (sample["year"] == 2019)].drop(
        columns=["country", "year"]
    ).to_parquet(path)
    reporting = opened(tmp_path, survey=str(path), domains="sex,age")
    shown = text(reporting.findings().data)
    assert re.search(r"survey.parquet: \d+\.\d% \(95% confidence interval", shown)
    plotted = (tmp_path / "2020-21" / "en" / "figures" / "survey_unemployment_rate_by_sex.csv").read_text()
    assert "survey.parquet" in plotted
    assert "Total, Total" not in shown + plotted
    assert reporting.record()["file"].str.endswith("survey_estimates.csv").any()


@pytest.mark.slow
def test_a_difference_is_tested_with_its_covariance(tmp_path):
    reporting = opened(tmp_path)
    said = reporting.difference("sex").data
    cells = reduce_survey(
        reporting.survey.persons,
        reporting.chosen,
        reporting.survey.design,
        [classify(each) for each in domain_dimensions(["country", "year", "sex"])],
    )
    found = differences(cells, "sex", "M", totals=())
    assert said.count("Unemployment rate, Women less Men") == len(found) == 4
    for row in found.itertuples():
        sign = "+" if row.value > 0 else "\N{MINUS SIGN}"
        assert f"{row.country}, {row.year}: {sign}{abs(row.value):.1f} percentage points" in said
        assert ("cannot be told apart" in said) == (found["p_value"] >= 0.05).any()
    assert "2020 less 2019, X01" in reporting.difference("year").data
    assert "No difference of Unemployment rate by region" in reporting.difference("region").data
    managers = opened(tmp_path, indicators="managers_female_share")
    assert "No difference of Women in managerial positions by sex" in managers.difference("sex").data


@pytest.mark.slow
@pytest.mark.skipif(not CHILE.exists(), reason="the folder shared/data is not beside the checkout")
@pytest.mark.parametrize("language", ["en", "fr", "es", "zh"])
def test_the_chilean_survey_reads_in_every_language(tmp_path, language):
    mapping = str(EXAMPLES / "chile_ene_2020_q1.toml")
    reporting = SurveyReporting(
        NAME,
        "2020-21",
        language,
        str(tmp_path),
        survey=str(CHILE),
        mapping=mapping,
        lonely_psu="adjust",
        domains="sex,region",
    )
    shown = text(reporting.findings().data)
    words = survey_words(language)
    interval = words["to"].format(lower="7.8", upper="8.7")
    assert (interval if language in ("en", "zh") else interval.replace(".", ",")) in shown
    assert words["choice"]["working_age_unknown"] in shown
    assert words["differs"] in reporting.difference("sex").data
    figure = tmp_path / "2020-21" / language / "figures" / "survey_unemployment_rate_by_region.csv"
    assert len(figure.read_text(encoding="utf-8").splitlines()) == 1 + 17


@pytest.mark.slow
def test_what_refuses_an_estimate_refuses_its_difference_in_a_sentence(tmp_path):
    path = tmp_path / "survey.parquet"
    drawn = synthetic_population(1).draw(1)
    drawn.assign(psu=drawn["psu"].where(drawn["stratum"] != drawn["stratum"].iloc[0], 1)).to_parquet(path)
    reporting = SurveyReporting(NAME, "2020-21", "fr", str(tmp_path), survey=str(path), domains="sex")
    for shown in (reporting.findings().data, reporting.difference("sex").data):
        assert "Non estimé : survey design: strata with a single PSU, 4 in all: X01 2019 0" in shown


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"standard": "20"}, "expected 13, 19, 21, or nothing"),
        ({"indicators": "unemployment"}, "found unemployment; expected some of"),
        ({"poverty_line": "5"}, "is not recorded"),
        ({"domains": "sex,sex"}, "names a dimension twice"),
    ],
)
def test_a_parameter_that_cannot_be_gone_on_with_stops_the_notebook(tmp_path, parameters, said):
    with pytest.raises(NotebookStop, match=said):
        opened(tmp_path, **parameters)


@pytest.mark.slow
def test_a_broken_survey_stops_the_notebook(tmp_path):
    path = tmp_path / "survey.parquet"
    synthetic_population(1).draw(1).assign(ilo_wgt=-1.0).to_parquet(path)
    with pytest.raises(NotebookStop, match="weight negative"):
        SurveyReporting(NAME, "2020-21", output_dir=str(tmp_path), survey=str(path))


@pytest.mark.slow
def test_the_notebook_runs_on_the_synthetic_survey_and_on_a_file(tmp_path):
    import nbformat  # here, for they take a second
    import papermill

    path = tmp_path / "survey.parquet"
    synthetic_population(1).draw(1).drop(columns="ilo_neet").to_parquet(path)
    for survey in ("", str(path)):
        papermill.execute_notebook(
            str(NOTEBOOK),
            str(tmp_path / "run.ipynb"),
            parameters={"output_dir": str(tmp_path), "survey": survey},
            cwd=str(NOTEBOOK.parent),
            progress_bar=False,
        )
        run = nbformat.read(tmp_path / "run.ipynb", as_version=4)
        shown = [output for cell in run.cells for output in cell.get("outputs", [])]
        assert sum(str(output).count("<img src=") for output in shown) == 10
