"""The notebook on survey microdata: what it calls, and a run of it."""

import ast
from pathlib import Path

import nbformat
import papermill
import pytest

from analysis.estimation import synthetic_population
from analysis.notebook import NotebookStop
from analysis.survey_notebook import SurveyReporting

NOTEBOOK = Path(__file__).resolve().parents[1] / "notebooks" / "07_microdata_indicators.ipynb"
NAME = "07_microdata_indicators"


def test_cells_narrate_and_hold_no_logic():
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    logic = (ast.FunctionDef, ast.For, ast.While, ast.Try, ast.If, ast.Lambda, ast.ListComp, ast.ClassDef)
    for cell in code:
        assert not [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, logic)]
        assert not cell.outputs
        assert cell.execution_count is None
    assert code[0].metadata["tags"] == ["parameters"]
    banners = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    assert banners == ["## Load", "## Check", "## Show", "## Record"]


def test_an_indicator_is_shown_and_recorded(tmp_path):
    reporting = SurveyReporting(NAME, "2020-21", output_dir=str(tmp_path))
    assert reporting.check()["persons"].sum() > 1000
    shown = reporting.indicator("unemployment_rate").data
    assert "<img src=" in shown
    assert "Standard error" in shown
    assert "ilo_wgt" not in reporting.indicator("working_poverty_rate").data
    assert "daily_consumption_ppp2021" in reporting.indicator("working_poverty_rate").data
    recorded = reporting.record()
    assert "tables/survey_estimates.csv" in recorded["file"].tolist()
    assert (tmp_path / "2020-21" / "en" / "figures" / "survey_unemployment_rate_by_sex.svg").exists()


def test_a_broken_survey_stops_the_notebook(tmp_path):
    path = tmp_path / "survey.parquet"
    synthetic_population(1).draw(1).assign(ilo_wgt=-1.0).to_parquet(path)
    with pytest.raises(NotebookStop, match="weight negative"):
        SurveyReporting(NAME, "2020-21", output_dir=str(tmp_path), survey=str(path))


@pytest.mark.slow
def test_the_notebook_runs_on_the_synthetic_survey_and_on_a_file(tmp_path):
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
        assert sum("<img src=" in str(output) for output in shown) == 7
