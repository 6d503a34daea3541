"""Benchmarks run on small data, and refuse contenders whose results differ."""

import sys
from pathlib import Path

import pandas as pd
import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks import by_person, make, timing  # noqa: E402
from benchmarks.__main__ import BY_PERSON, ERRORS, TOTALS, TOTALS_PANDAS  # noqa: E402
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
