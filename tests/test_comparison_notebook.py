"""What the notebook on two periods shows, in every language; where the period before holds nothing."""

import csv

import pytest

from analysis.cli import main
from analysis.comparison_notebook import ComparisonReporting
from analysis.labels import languages
from analysis.notebook import NotebookStop

NAME = "08_compare"


def opened(folder, biennium="2020-21", language="en", before=""):
    return ComparisonReporting(NAME, biennium, language, str(folder), before)


@pytest.mark.slow
def test_the_period_before_is_the_default_and_a_number_is_worked(tmp_path):
    reporting = opened(tmp_path)
    assert str(reporting.before) == "2018-19"
    assert "28 numbers stand in both 2018–19 and 2020–21" in reporting.title().data
    gender = reporting.chapter("04_gender_equality").data
    # 29 of 57 targets were met, then 37: 37 / 29 - 1 = 27.586… per cent; 50 % of them, then 65 %.
    met = gender[gender.index("Met or exceeded, Number") :]
    assert met.index("29 targets") < met.index("37 targets") < met.index("+27.6%")
    share = gender[gender.index("Met or exceeded, Share") : gender.index("Met or exceeded, Number")]
    assert "+15 percentage points" in share
    trends = reporting.chapter("01_decent_work_trends").data
    assert "<td>45.0%</td>" in trends  # as printed, not 45
    assert "+1.2 percentage points" in trends


@pytest.mark.slow
def test_a_chapter_without_a_number_of_the_period_before_says_so(tmp_path):
    reporting = opened(tmp_path)
    said = "The documents hold no number of 2018–19 that one of 2020–21 continues here."
    assert said in reporting.chapter("03_budget_and_expenditure").data
    assert said not in reporting.chapter("01_decent_work_trends").data
    with pytest.raises(NotebookStop, match="no chapter 'budget'"):
        reporting.chapter("budget")


@pytest.mark.slow
def test_every_number_is_shown_once_and_written_exactly(tmp_path):
    reporting = opened(tmp_path)
    chapters = ["01_decent_work_trends", "02_results", "03_budget_and_expenditure"]
    chapters += ["04_gender_equality", "05_development_cooperation", ""]
    pages = [reporting.chapter(each) for each in chapters]
    assert sum(page.data.count("<tr>") for page in pages if page is not None) == 28
    counts = reporting.check()
    assert counts["Numbers compared"].sum() == 2 * 28
    assert "<th>0</th>" not in counts.to_html()
    reporting.record()
    with (reporting.folder / "tables" / "compared.csv").open(encoding="utf-8", newline="") as lines:
        written = list(csv.DictReader(lines))
    assert len(written) == 28
    (met,) = [each for each in written if each["what"] == "Met or exceeded, Number"]
    assert float(met["change"]) == pytest.approx(100 * (37 / 29 - 1))


@pytest.mark.slow
@pytest.mark.parametrize("language", languages())
def test_a_period_without_one_before_is_said_in_one_sentence(tmp_path, language):
    reporting = opened(tmp_path, "2018-19", language)
    said = reporting.title().data.partition("\n\n")[2]
    assert said == reporting.labels("compared.nothing", before="2016–17", after="2018–19")
    assert reporting.check().empty
    assert reporting.chapter("02_results") is None
    assert reporting.record().empty
    assert not reporting.folder.exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "said"),
    [("fr", "Taux de chômage, Total"), ("es", "Tasa de desempleo, Total"), ("zh", "失业率")],
)
def test_in_every_language(tmp_path, language, said):
    reporting = opened(tmp_path, language=language)
    assert said in reporting.chapter("01_decent_work_trends").data
    assert "_" not in reporting.chapter("04_gender_equality").data


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("before", "said"),
    [("2020-21", "is not before"), ("2016-17", "is not registered"), ("x", "not a period")],
)
def test_a_named_period_that_cannot_be_compared_stops_the_notebook(tmp_path, before, said):
    with pytest.raises(NotebookStop, match=said):
        opened(tmp_path, before=before)


@pytest.mark.slow
@pytest.mark.parametrize(("period", "shown"), [("2020-21", "6.6%"), ("2018-19", "nothing is compared")])
def test_the_notebook_runs_with_the_period_alone(root, tmp_path, period, shown):
    words = ["reproduce", period, "--only", NAME, "--output", str(tmp_path)]
    assert main(words) == 0
    (path,) = tmp_path.rglob(f"notebooks/{NAME}.ipynb")
    import nbformat  # here, for it takes a second

    executed = nbformat.read(path, as_version=4)
    assert shown in nbformat.writes(executed)
    assert not [
        out for cell in executed.cells for out in cell.get("outputs", []) if out.output_type == "error"
    ]


def test_the_earlier_period_is_the_newest_that_is_recorded(register):
    """A report of 2024–25 is compared with the last before it that there is, were it not of 2022–23."""
    calendar = register.period("2020-21").calendar
    later = calendar.read("2040-41")
    assert register.before(later) == max(register.periods())
    assert str(register.before(calendar.read("2020-21"))) == "2018-19"
    first = min(register.periods())
    assert register.before(first) == first.previous
