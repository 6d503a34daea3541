"""The worked example in the repository: one operation of UNHCR, two years."""

from pathlib import Path

import pytest
from part_of_record import copy_part

from analysis.cli import main
from analysis.comparison_notebook import ComparisonReporting
from analysis.sources.register import Register

pytestmark = pytest.mark.slow

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "unhcr"


@pytest.fixture(scope="module")
def imported(root, tmp_path_factory):
    folder = tmp_path_factory.mktemp("unhcr")
    copy_part(root, folder, ("raw", "organisations", "links"))
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("ANALYSIS_ROOT", str(folder))
        import_years()
    return folder


@pytest.fixture
def project(imported, monkeypatch):
    monkeypatch.setenv("ANALYSIS_ROOT", str(imported))
    return Register(imported)


def import_years():
    for year in ("2022", "2023"):
        words = [
            "import",
            "results",
            str(EXAMPLE / f"brazil_{year}.csv"),
            "--mapping",
            str(EXAMPLE / "unhcr.toml"),
        ]
        assert main([*words, "--as", f"unhcr-{year}"]) == 0


def test_the_example_holds_what_its_files_hold(project):
    for year, entries in (("2022", 34), ("2023", 25)):
        table = project.recorded(project.period(year, "unhcr"))["report.results"]
        assert table.rows["entry"].nunique() == entries
        assert set(table.rows["operation"]) == {"AME-BRA"}


def test_2023_continues_2022_where_the_mapping_says_so(project):
    nodes = project.recorded(project.period("2023", "unhcr")).about["framework.nodes"].rows
    continued = nodes[nodes["continues"] != ""]
    assert len(continued)
    assert set(continued["continues_why"]) <= {
        "the same results areas, in use from 2022",
        "the same results areas, in use from 2022: the same number of the indicator",
    }
    nodes = project.recorded(project.period("2022", "unhcr")).about["framework.nodes"].rows
    assert set(nodes["continues"]) == {""}


def test_both_years_stand_side_by_side_with_what_changed_beside_the_numbers(project, tmp_path):
    reporting = ComparisonReporting(
        "08_compare", "2023", "fr", str(tmp_path / "reports"), organisation="unhcr"
    )
    assert str(reporting.before) == "2022"
    assert "Les cadres de 2022 et de 2023 diffèrent" in reporting.title().data
    page = reporting.chapter("02_results").data
    assert "<td>92,99\u202f%</td>" in page or "<td>92,99\u00a0%</td>" in page
    assert "+7,01 points de pourcentage" in page
    assert "<td>définition</td>" in page
    assert '<span lang="en">1. Outcome area' in page
    assert '<span lang="fr">' not in page
