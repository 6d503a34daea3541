"""After a change exactly what depends on it is made anew, and the report equals one made from nothing."""

import json
import os
import re
import shutil
from pathlib import Path

import pandas as pd
import pytest
from small import NAME, code, command, make_project, write_notebook

from analysis.cache import FOLDER
from analysis.running.manifest import made_from
from analysis.sources.descriptor import register

pytestmark = pytest.mark.slow
OTHER = "02_results"
LINES = "trend_indicator_neet_rate"
BARS, HEAT = "results_against_targets_level_outcome", "results_by_node_and_region_level_outcome"


@pytest.fixture(autouse=True)
def kept(monkeypatch, cache_of_runs):
    """Keep what the vintages say from run to run; a report that is made from nothing reads them itself."""
    monkeypatch.setenv(FOLDER, str(cache_of_runs))


@pytest.fixture(scope="module")
def place(root, tmp_path_factory):
    """A project of two notebooks, and a copy of the package that runs them."""
    folder = tmp_path_factory.mktemp("redone")
    (folder / "project").mkdir()
    make_project(folder / "project", root)
    shutil.copytree(root / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    write_notebook(folder / "project", *code(f'reporting.show("{LINES}")'))
    results = code(f'reporting.show("{BARS}", "{HEAT}")')
    write_notebook(folder / "project", *(each.replace(NAME, OTHER) for each in results), name=OTHER)
    return folder


def run(place: Path, monkeypatch, output: str = "reports") -> tuple[set[str], dict[str, str]]:
    """Run the report; return what was made anew, and the checksums of its files."""
    monkeypatch.setattr("sys.path", [str(place / "src"), *os.sys.path])
    process = command(place / "project", "--output", str(place / output), "--jobs", "2")
    printed, errors = process.communicate(timeout=120)
    assert not process.returncode, errors
    report = place / output / "2020-21" / "en"
    made = json.loads((report / "run.json").read_text(encoding="utf-8"))["made"]
    sums = dict(reversed(line.split("  ")) for line in (report / "SHA256SUMS").read_text().splitlines())
    return set() if "nothing has changed" in printed else set(made), sums


def edit(path: Path, pattern: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    changed, times = re.subn(pattern, new, text, count=1, flags=re.M)
    assert times == 1
    path.write_text(changed, encoding="utf-8")


def made_from_nothing(place: Path, monkeypatch) -> dict[str, str]:
    shutil.rmtree(place / "fresh", ignore_errors=True)
    with monkeypatch.context() as alone:
        alone.setenv(FOLDER, "")
        return run(place, alone, "fresh")[1]


def figures(made: set[str]) -> set[str]:
    return {each.removeprefix("figures/") for each in made if each.startswith("figures/")}


def test_only_what_depends_on_a_change_is_made_anew(place, monkeypatch):
    project, source = place / "project", place / "src" / "analysis"
    made, first = run(place, monkeypatch)
    assert figures(made) == {LINES, BARS, HEAT}
    assert {NAME, OTHER} <= made
    assert run(place, monkeypatch)[0] == set()

    edit(source / "pictures" / "heat.py", r"\Z", "\n# a comment\n")  # one chart's code
    made, sums = run(place, monkeypatch)
    assert figures(made) == {HEAT}
    assert not {each for each in made if each.startswith("tables/")}
    assert sums == first

    edit(source / "labels" / "en.toml", r'^(modelled_estimates = ")', r"\1Changed ")  # one label
    made, sums = run(place, monkeypatch)
    assert made == {NAME, f"figures/{LINES}"}
    assert sums[f"figures/{LINES}.svg"] != first[f"figures/{LINES}.svg"]

    path = project / "notebooks" / f"{OTHER}.ipynb"  # one notebook
    write_notebook(project, *code(f'reporting.show("{HEAT}")'), name=OTHER)
    edit(path, NAME, OTHER)
    made, sums = run(place, monkeypatch)
    assert made == {OTHER}
    assert f"figures/{BARS}.svg" not in sums
    assert sums[f"figures/{LINES}.svg"] != first[f"figures/{LINES}.svg"]  # still by the changed label
    assert sums == made_from_nothing(place, monkeypatch)

    (path,) = (project / "data" / "raw").glob("*/decent_work_indicators.csv")  # one raw file
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    held = (rows["indicator"] == "neet_rate") & (rows["value"] != "")
    for column in ("printed", "value", "decimals"):
        rows.loc[held, column] = rows.loc[held, column].iloc[0]
    rows.to_csv(path, index=False, lineterminator="\n")
    register(project / "data" / "raw")
    made, sums = run(place, monkeypatch)
    assert made == {NAME, OTHER, f"figures/{LINES}"}
    assert sums == made_from_nothing(place, monkeypatch)

    edit(source / "estimation" / "taylor.py", r"\Z", "\n# a comment\n")  # not theirs
    made, after = run(place, monkeypatch)
    assert made == set()
    assert after == sums


@pytest.mark.parametrize("what", ["data", "notebook", "label", "code", "font", "package"])
def test_a_changed_byte_of_any_input_is_seen(place, monkeypatch, tmp_path, what):
    from analysis.running import inputs, manifest

    project = place / "project"
    monkeypatch.setattr(manifest, "PACKAGE", place / "src" / "analysis")
    before = made_from(project, "en")
    assert made_from(project, "en") == before
    changed = {
        "data": project / "data" / "corrections.csv",
        "notebook": project / "notebooks" / f"{NAME}.ipynb",
        "label": place / "src" / "analysis" / "labels" / "en.toml",
        "code": place / "src" / "analysis" / "rounding.py",
    }
    if what == "font":
        real = inputs._folder
        fonts = tmp_path / "mpl-data" / "fonts" / "ttf"
        shutil.copytree(real("matplotlib") / "mpl-data" / "fonts" / "ttf", fonts)
        monkeypatch.setattr(inputs, "_folder", lambda name: tmp_path if name == "matplotlib" else real(name))
        assert made_from(project, "en") == before
        changed["font"] = fonts / "DejaVuSans.ttf"
    if what == "package":
        monkeypatch.setattr(manifest, "packages", lambda: {"numpy": "0"})
    else:
        with changed[what].open("ab") as file:
            file.write(b" ")
    assert made_from(project, "en") != before


def test_a_report_that_was_touched_is_made_whole_again(place, monkeypatch):
    run(place, monkeypatch)
    report = place / "reports" / "2020-21" / "en"
    before = (report / "SHA256SUMS").read_bytes()
    (report / "figures" / f"{LINES}.csv").write_text("changed")
    assert run(place, monkeypatch)[0] == set()
    assert (report / "figures" / f"{LINES}.csv").read_text() != "changed"
    assert (report / "SHA256SUMS").read_bytes() == before
