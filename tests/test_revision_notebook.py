"""What the notebook on revisions shows, in every language, and what it refuses."""

import pytest
from invented import invent

from analysis.labels import languages
from analysis.notebook import NotebookStop
from analysis.revision_notebook import RevisionReporting
from analysis.sources.register import Register
from analysis.sources.vintages import Vintages


@pytest.fixture(scope="module")
def reporting(tmp_path_factory):
    return RevisionReporting("09_revisions", "2020-21", "en", str(tmp_path_factory.mktemp("reports")))


@pytest.mark.slow
def test_by_default_the_printed_vintage_is_set_beside_the_newest_edition(reporting):
    assert (reporting.revised.first, reporting.revised.second) == ("un_sdg_2022_04", "world_bank_2026_04")
    assert "22 cells in both, 21 of them moved" in reporting.moved().data


@pytest.mark.slow
def test_a_line_for_each_vintage(reporting):
    made = reporting._exhibit("unemployment_rate")
    (chart,) = made.charts
    assert chart.series[0].label == "UN SDG, 2020-10"
    assert len(chart.series) == 7
    by = {each.label: dict(zip(chart.categories, each.texts, strict=True)) for each in chart.series}
    assert (by["UN SDG, 2022-04"]["2018"], by["World Bank, 2026-04"]["2018"]) == ("5.4", "5.8")
    assert chart.title == "Unemployment rate"
    assert reporting._exhibit("gdp") is None


@pytest.mark.slow
def test_tables_are_shown_and_written(reporting):
    assert "Unemployment rate" in reporting.summary("indicator").data
    assert all(f"<td>{span}</td>" in reporting.horizons().data for span in ("0–1", "2–4", "5–9", "10+"))
    assert "5.76" in reporting.largest().data
    assert "5.8" in reporting.reprinted().data
    assert "implementation-2020-21/prose/114.1" in reporting.statements().data
    names = {path.name for path in reporting.written}
    assert {
        "revisions.csv",
        "revisions_by_indicator_horizon.csv",
        "reprinted_world_bank_2026_04.csv",
        "statements_world_bank_2026_04.csv",
    } <= names
    assert all(path.is_file() for path in reporting.written)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "said"),
    [("fr", "Taux de chômage"), ("es", "Tasa de desempleo"), ("zh", "失业率")],
)
def test_in_every_language(tmp_path, language, said):
    reporting = RevisionReporting("09_revisions", "2020-21", language, str(tmp_path))
    assert said in reporting.summary("indicator").data
    assert reporting._exhibit("unemployment_rate").title == said


@pytest.mark.slow
@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("none", "", "no vintage 'none'"),
        ("world_bank_2026_04", "un_sdg_2022_04", "is later than"),
        ("un_sdg_2022_04", "un_sdg_2022_04", "beside itself"),
    ],
)
def test_what_cannot_be_compared_stops_the_notebook(tmp_path, first, second, said):
    with pytest.raises(NotebookStop, match=said):
        RevisionReporting("09_revisions", "2020-21", "en", str(tmp_path), first, second)


@pytest.mark.sampled
@pytest.mark.parametrize("language", languages())
def test_where_no_vintage_is_later_the_notebook_says_so_and_goes_on(tmp_path, language):
    newest = max(Vintages(Register().root).names(), key=lambda name: Vintages(Register().root)[name].date)
    reporting = RevisionReporting("09_revisions", "2020-21", language, str(tmp_path), newest)
    told = reporting.labels.document(newest)
    assert "ILOSTAT" in told
    assert reporting.moved().data == reporting.labels("revisions.no_later", first=told)
    assert told in reporting.moved().data
    assert reporting.summary("indicator") is None
    assert reporting.horizons() is None
    assert reporting.largest() is None
    assert reporting.reprinted() is None
    assert reporting.statements() is None
    assert len(reporting.check()) > 1
    assert reporting.record().empty


@pytest.mark.slow
@pytest.mark.parametrize("language", languages())
def test_a_project_without_vintages_says_so_in_one_line(tmp_path, language, monkeypatch):
    """An indicator by sex and age is recorded, but there is no folder of estimates."""
    invent(tmp_path, 11)
    monkeypatch.setenv("ANALYSIS_ROOT", str(tmp_path))
    reporting = RevisionReporting("09_revisions", "2022-23", language, str(tmp_path / "reports"))
    assert "data/estimates" in reporting.moved().data
    assert "{" not in reporting.moved().data
    shown = [reporting.lines("unemployment_rate"), reporting.summary("indicator"), reporting.largest()]
    shown += [reporting.horizons(), reporting.reprinted(), reporting.statements()]
    assert shown == [None] * 6
    assert reporting.trace().data == reporting.moved().data
    assert len(reporting.frame()) == 0
    assert len(reporting.check()) == 0
    assert len(reporting.record()) == 0
    with pytest.raises(NotebookStop, match="no vintage 'un_sdg_2022_04'"):
        RevisionReporting("09_revisions", "2022-23", language, str(tmp_path), first="un_sdg_2022_04")
