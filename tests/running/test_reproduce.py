"""The whole run, on the real record: notebooks executed, files compared with what was recorded."""

import csv
import hashlib
import json
import random
import shutil
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import nbformat
import pytest
from small import command, is_whole, kill_after

from analysis.cli import main
from analysis.documents import WRITTEN
from analysis.running.asked import notebooks
from analysis.running.crew import TaskFailure
from analysis.running.execution import normalised
from analysis.running.reproduce import reproduce
from analysis.running.work import Work

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def report(register, tmp_path_factory) -> Path:
    return reproduce(register, register.period("2020-21"), output=tmp_path_factory.mktemp("reports"), jobs=2)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_every_notebook_ran_and_made_its_pages(report, root):
    for stem in notebooks(root):
        executed = nbformat.read(report / "notebooks" / f"{stem}.ipynb", as_version=4)
        assert all(cell.execution_count for cell in executed.cells if cell.cell_type == "code")
        assert (report / f"{stem}.html").stat().st_size > 3000
        assert "Reporting(" not in (report / f"{stem}.html").read_text(encoding="utf-8")
        assert "highlight" in (report / f"{stem}.code.html").read_text(encoding="utf-8")


def test_the_plotted_numbers_are_the_recorded_ones(report, recorded):
    plotted = rows(report / "figures" / "results_by_region.csv")
    printed = recorded["report.results_by_region"].rows.query("measure == 'results'")
    assert [int(each["value"]) for each in plotted] == [int(each) for each in printed["value"]]
    plotted = rows(report / "figures" / "trend_indicator_unemployment_rate.csv")
    table = recorded["report.decent_work_indicators"].rows
    for each in plotted:
        sex = {"sex.SEX_F": "SEX_F", "sex.SEX_M": "SEX_M"}.get(each["series_key"], "SEX_T")
        age = "YTHADULT_Y15-24" if "outh" in each["series"] else "YTHADULT_YGE15"
        where = (table.indicator == "unemployment_rate") & (table.sex == sex) & (table.age == age)
        (held,) = table[where & (table.period == each["category_key"])]["value"]
        assert each["value"] == held or Fraction(each["value"]) == Fraction(held)


def test_totals_in_print(report):
    rows_by_key = {
        row["row_key"]: row for row in rows(report / "tables" / "results_against_targets_level_outcome.csv")
    }
    total = list(rows_by_key["label.total"].values())
    assert total[2:4] == ["874", "896"]


def test_the_manifest_matches_the_files_and_was_written_last(report):
    manifest = json.loads((report / "manifest.json").read_text(encoding="utf-8"))
    present = {path.relative_to(report).as_posix() for path in report.rglob("*") if path.is_file()}
    assert present == {*manifest["outputs"], "manifest.json", "SHA256SUMS", "run.json"}
    for name, about in manifest["outputs"].items():
        assert hashlib.sha256((report / name).read_bytes()).hexdigest() == about["sha256"]
    assert manifest["parameters"] == {
        "organisation": "ilo",
        "biennium": "2020-21",
        "language": "en",
        "corrected": False,
        "only": [],
        "documents": False,
        "further": {},
    }
    newest = max(report.rglob("*"), key=lambda path: (path.is_file(), path.stat().st_mtime_ns))
    assert newest.name == "manifest.json"
    checked = subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=report, check=False)
    assert checked.returncode == 0


def test_a_second_run_makes_the_same_bytes(report, register, tmp_path):
    again = reproduce(register, register.period("2020-21"), output=tmp_path, jobs=2)
    assert (again / "SHA256SUMS").read_text() == (report / "SHA256SUMS").read_text()
    assert (again / "manifest.json").read_bytes() == (report / "manifest.json").read_bytes()


def test_the_whole_report_killed_ten_times_is_made_by_the_next_run(report, root, register, tmp_path):
    rng = random.Random(1917)
    for number in range(10):
        process = command(root, "--output", str(tmp_path), "--jobs", "2")
        kill_after(process, rng.uniform(1, 20), group=bool(number % 2))
        left = tmp_path / "2020-21" / "en"
        assert not left.exists() or is_whole(left)
    made = reproduce(register, register.period("2020-21"), output=tmp_path, jobs=2)
    assert (made / "SHA256SUMS").read_bytes() == (report / "SHA256SUMS").read_bytes()


def test_the_earlier_biennium_shows_what_is_held_and_names_what_is_not(register, tmp_path):
    report = reproduce(register, register.period("2018-19"), output=tmp_path, jobs=2)
    page = (report / "02_results.html").read_text(encoding="utf-8")
    assert "Not recorded for 2018–19, so not shown: Results and targets by policy outcome" in page
    table = rows(report / "tables" / "trends_table.csv")
    assert {"2018 (%)", "2019 (%)"} <= set(table[0])
    assert not any(name.startswith(("2020", "2021")) for name in table[0])


@pytest.fixture
def project(root, tmp_path):
    shutil.copytree(root / "data", tmp_path / "data", ignore=shutil.ignore_patterns("processed"))
    (tmp_path / "notebooks").mkdir()
    shutil.copy(root / "notebooks" / "01_decent_work_trends.ipynb", tmp_path / "notebooks")
    return tmp_path


def test_a_failing_cell_keeps_its_notebook_names_the_cell_and_leaves_the_last_report(
    project, monkeypatch, capsys
):
    from analysis.sources.register import Register

    monkeypatch.setenv("ANALYSIS_ROOT", str(project))
    register = Register(project)
    finished = reproduce(register, register.period("2020-21"))
    before = (finished / "SHA256SUMS").read_text()
    path = project / "notebooks" / "01_decent_work_trends.ipynb"
    notebook = nbformat.read(path, as_version=4)
    next(cell for cell in notebook.cells[5:] if cell.cell_type == "code").source = "1 / 0"
    nbformat.write(notebook, path)
    with pytest.raises(TaskFailure, match=r"01_decent_work_trends.ipynb, cell \d+: ZeroDivisionError"):
        reproduce(register, register.period("2020-21"))
    assert (project / "reports/failed/2020-21-en/01_decent_work_trends.ipynb").is_file()
    assert (finished / "SHA256SUMS").read_text() == before
    assert not list((project / "reports").glob(".part*"))
    assert main(["reproduce", "2020-21", "--notebooks-only"]) == 1
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_an_executed_notebook_is_what_papermill_makes_with_a_kernel(report, root, tmp_path):
    """Outputs, numbers, order and metadata; but for times, ids and the paths of a machine."""
    for stem, path in notebooks(root).items():
        command = [sys.executable, "-m", "papermill", str(path), str(tmp_path / path.name)]
        command += ["--no-progress-bar", "-r", "organisation", "ilo", "-r", "biennium", "2020-21"]
        subprocess.run(
            [*command, "-r", "language", "en", "-r", "output_dir", str(tmp_path)],
            cwd=path.parent,
            check=True,
            capture_output=True,
        )
        made = nbformat.writes(normalised(nbformat.read(tmp_path / path.name, as_version=4)))
        assert made + "\n" == (report / "notebooks" / path.name).read_text(encoding="utf-8"), stem
    made = tmp_path / "2020-21/en/figures/trend_indicator_neet_rate.svg"
    assert made.read_bytes() == (report / "figures" / made.name).read_bytes()


@pytest.mark.parametrize(
    ("biennium", "message"),
    [("2016-17", "registered: 2018-19, 2020-21"), ("2021-22", "odd year")],
)
def test_a_notebook_stops_with_one_clear_message(root, tmp_path, biennium, message):
    command = [sys.executable, "-m", "papermill", "notebooks/02_results.ipynb", str(tmp_path / "out.ipynb")]
    done = subprocess.run(
        [*command, "-r", "biennium", biennium], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode
    executed = nbformat.read(tmp_path / "out.ipynb", as_version=4)
    (error,) = [
        each
        for cell in executed.cells
        if cell.cell_type == "code"
        for each in cell.outputs
        if each.output_type == "error"
    ]
    assert len(error.traceback) == 1
    assert message in error.traceback[0]


def test_normalising_takes_times_and_paths_out():
    notebook = nbformat.v4.new_notebook()
    cell = nbformat.v4.new_code_cell(
        'output_dir = "/somewhere/else"', metadata={"tags": ["injected-parameters"]}
    )
    cell.metadata["papermill"] = {"duration": 1.0}
    notebook.cells, notebook.metadata = [cell], {"papermill": {"start_time": "now"}}
    text = nbformat.writes(normalised(notebook))
    assert "somewhere" not in text
    assert "papermill" not in text


def test_every_document_is_of_one_task_and_the_contents_come_after_all_that_they_offer(tmp_path):
    work = Work(tmp_path, tmp_path, Path("2020-21/en"), {"language": "en"}, 1.0, "")
    tasks = work.documents(corrected=False, after=["01"])
    assert sorted(part for task in tasks for part in task["parts"]) == sorted(WRITTEN)
    (contents,) = (task for task in tasks if "contents" in task["parts"])
    assert set(contents["after"]) == {"01", *(task["name"] for task in tasks)} - {contents["name"]}
    assert all(task["after"] == ["01"] for task in tasks if task is not contents)
