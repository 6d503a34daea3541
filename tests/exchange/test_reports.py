"""Reports of another organisation, whole: every room, two languages, no line of code changed."""

import json
import shutil
import zipfile

import pytest
from odd_results import ODD, importing

from analysis.cli import main
from analysis.running.asked import with_numbers
from analysis.sources.register import Register

pytestmark = pytest.mark.slow


@pytest.fixture
def reported(root, project, mapping, sheet, tmp_path):
    shutil.copytree(root / "notebooks", project / "notebooks")
    assert importing(mapping, sheet(*ODD)) == 0

    def run(language):
        words = ["reproduce", "2022", "--organisation", "relief", "--language", language]
        assert main([*words, "--only", "02_results", "--output", str(tmp_path / "reports")]) == 0
        return tmp_path / "reports" / "partial" / "relief" / "2022" / language

    return run


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_report_is_made_of_what_was_imported(reported, language):
    folder = reported(language)
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) < 500
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["parameters"]["organisation"] == "relief"
    page = (folder / "exhibits" / "targets_met_level_theme.html").read_text(encoding="utf-8")
    assert "1. Water" in page
    assert "Global leadership" not in page
    assert ('lang="en">1. Water' in page) == (language != "en")
    for name in ("report.pdf", "report.docx", "tables.xlsx", "index.html", "02_results.html"):
        assert (folder / name).stat().st_size > 1000
    with zipfile.ZipFile(folder / "report.docx") as archive:
        assert "Relief Agency, open data, CC-BY-4.0." in archive.read("word/document.xml").decode("utf-8")
    shown = {path.stem for path in (folder / "exhibits").glob("*.html")}
    assert {"targets_met_level_indicator", "targets_met_dimension_population", "results_in_detail"} <= shown


def test_a_notebook_on_estimates_is_left_out_where_nothing_printed_can_stand_beside(
    project, mapping, sheet, root
):
    assert importing(mapping, sheet(*ODD)) == 0
    register = Register(project)
    chosen = dict.fromkeys(("02_results", "09_revisions"), project)
    told = []
    left = with_numbers(register, register.period("2022", "relief"), chosen, told.append)
    assert list(left) == ["02_results"]
    assert "09_revisions is not run: the documents of 2022 print no indicator that estimates give" in told
    named = with_numbers(register, register.period("2022", "relief"), chosen, told.append, named=True)
    assert list(named) == list(chosen)
    assert list(with_numbers(register, register.period("2020-21"), chosen, told.append)) == list(chosen)
