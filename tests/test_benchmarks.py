"""Benchmarks run on small data, and refuse contenders whose results differ."""

import argparse
import sys
from pathlib import Path

import pandas as pd
import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks import by_person, make, results_of_run, timing  # noqa: E402
from benchmarks.__main__ import BY_PERSON, ERRORS, TOTALS, TOTALS_PANDAS, surveys  # noqa: E402
from benchmarks.timing import Unequal, race, refuse_unequal  # noqa: E402

RESULT = pd.DataFrame({"sex": ["M", "F"], "value": [1.0, 2.0]})


@pytest.mark.parametrize(
    "other",
    [RESULT.head(1), RESULT.assign(sex=["M", "X"]), RESULT.assign(value=[1.0, 2.0 + 1e-7])],
    ids=["a row less", "another key", "another number"],
)
def test_unequal_results_are_refused(other):
    refuse_unequal(("one", RESULT), ("itself in another order", RESULT.iloc[::-1]))
    with pytest.raises(Unequal, match="one and other"):
        refuse_unequal(("one", RESULT), ("other", other))


@pytest.mark.slow
def test_a_contender_that_fails_is_told(monkeypatch):
    monkeypatch.chdir(ROOT)
    with pytest.raises(RuntimeError, match="nobody failed"):
        race({"nobody": "benchmarks.library:nobody"}, {}, rounds=1)


@pytest.mark.slow
def test_the_archive_is_the_same_every_time(tmp_path, monkeypatch):
    monkeypatch.setattr(make, "DATA", tmp_path)
    first = make.archive(20_000).read_bytes()
    (tmp_path / "persons-20000.parquet").unlink()
    assert make.archive(20_000).read_bytes() == first


@pytest.mark.slow
@pytest.mark.parametrize("contenders", [TOTALS, TOTALS_PANDAS, ERRORS], ids=["totals", "pandas", "errors"])
def test_the_library_and_the_hand_written_queries_agree(contenders, tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(make, "DATA", tmp_path)
    timed = race(contenders, {"path": str(make.archive(50_000))}, rounds=1)
    assert [each.name for each in timed] == list(contenders)
    assert timing.report("small", timed)[0]["seconds"] > 0


@pytest.mark.slow
@pytest.mark.parametrize("what", ["median", "replicates"])
def test_estimates_by_person_agree_with_passes_by_hand_and_with_svy(what, tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(make, "DATA", tmp_path)
    replicates = 0 if what == "median" else 20
    contenders = {n: f.format(what) for n, f in BY_PERSON.items() if n != "R survey"}
    path = make.earnings(20_000, replicates)
    timed = race(contenders, {"path": str(path), "replicates": replicates, "folder": ""}, rounds=1)
    assert [each.name for each in timed] == list(contenders)


@pytest.mark.slow
@pytest.mark.needs_r
@pytest.mark.parametrize("what", ["median", "replicates"])
def test_estimates_by_person_agree_with_r(what, tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(make, "DATA", tmp_path)
    contenders = {n: f.format(what) for n, f in BY_PERSON.items() if n in ("library on pandas", "R survey")}
    path = make.earnings(5_000, 10)
    folder = str(by_person.for_r(path, 10))
    assert len(race(contenders, {"path": str(path), "replicates": 10, "folder": folder}, rounds=1)) == 2


def test_the_tables_of_surveys_are_made_from_the_results_of_one_run():
    readme = results_of_run.README.read_text(encoding="utf-8")
    assert results_of_run.with_tables(readme, "surveys") == readme


def test_a_run_is_written_as_ratios_and_aims_that_were_missed_are_told(tmp_path, monkeypatch):
    readme = tmp_path / "README.md"
    readme.write_text(
        "Before.\n<!-- surveys: begin -->\nold\n<!-- surveys: end -->\nAfter.\n", encoding="utf-8"
    )
    monkeypatch.setattr(results_of_run, "README", readme)
    monkeypatch.setattr(results_of_run, "RESULTS", tmp_path / "results")
    taken = {"library on pandas": 2.0, "NumPy by hand": 1.0, "svy": 20.0}
    records = [
        {"benchmark": title, "contender": name, "seconds": factor * seconds, "memory_mib": 100.4}
        for title, factor in (("medians of few", 1), ("medians of many", 3))
        for name, seconds in taken.items()
    ]
    results_of_run.write("surveys", records, {"day": "2026-11-21"})
    made = readme.read_text(encoding="utf-8")
    assert made.startswith("Before.\n")
    assert made.endswith("After.\n")
    assert "old" not in made
    assert "| NumPy by hand | 3 | 0.5 | at least 0.769, **missed** | 100 |" in made
    assert "| svy | 60 | 10 |  | 100 |" in made
    readme.write_text("no marks", encoding="utf-8")
    with pytest.raises(ValueError, match="no marks"):
        results_of_run.write("surveys", records, {"day": "2026-11-21"})


@pytest.mark.slow
@pytest.mark.needs_r
def test_every_ratio_of_surveys_is_taken_in_one_run(tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(make, "DATA", tmp_path)
    sizes = {"persons": 30_000, "package_persons": 30_000, "psus": 50, "replicates": 12, "rounds": 1}
    asked = argparse.Namespace(**sizes, packages=None, beside=[*BY_PERSON], without_writing=True)
    titles = [record["benchmark"] for record in surveys(asked)]
    begun = {begins for title in titles for begins, _ in results_of_run.AIMS if title.startswith(begins)}
    assert begun == {begins for begins, _ in results_of_run.AIMS}
