"""Work that holds no words is done once for all languages of a run, and what holds words is not shared."""

import shutil
import warnings

import pandas as pd
import pytest
from small import write_notebook

from analysis.labels import Catalogue
from analysis.labels.watching import looked_up, watched
from analysis.running.reproduce import reproduce, reproduce_all
from analysis.sources.register import Register
from analysis.store.shared import SHARED, shared

ESTIMATING = """import os
from analysis.sources.register import Register
from analysis.store.shared import shared
def work():
    print("worked", file=open(os.environ["WORKED"], "a"))
    return 896
"""


@pytest.fixture
def small_register(project):
    return Register(project)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv(SHARED, str(tmp_path / "shared"))
    return tmp_path / "shared"


def counted(result, *effects):
    done = []

    def work():
        done.append(1)
        for effect in effects:
            effect()
        return result

    return work, done


def test_a_frame_is_made_once_and_comes_back_as_it_was(folder):
    frame = pd.DataFrame({"sex": pd.Categorical(["all", "f"]), "value": [1.5, float("nan")]})
    work, done = counted(frame)
    first, second = (shared(("survey", "unemployment_rate"), work) for _ in range(2))
    assert len(done) == 1
    pd.testing.assert_frame_equal(first, second)
    assert second is not first
    shared(("survey", "another"), work)
    assert len(done) == 2


def test_nothing_is_shared_outside_a_run_in_several_languages(monkeypatch):
    monkeypatch.delenv(SHARED, raising=False)
    work, done = counted(1)
    assert [shared("work", work) for _ in range(2)] == [1, 1]
    assert len(done) == 2


def test_what_looks_a_label_up_is_not_shared(folder):
    work, done = counted(1, lambda: Catalogue("fr")("language.locale"))
    with watched() as labels:
        for _ in range(2):
            shared("words", work)
    assert len(done) == 2
    assert ("fr", "language.locale") in labels
    assert not folder.exists()


def test_what_warns_is_not_shared_and_warns_each_time(folder):
    work, done = counted(1, lambda: warnings.warn("few persons", UserWarning, stacklevel=1))
    for _ in range(2):
        with pytest.warns(UserWarning, match="few persons"):
            shared("warning", work)
    assert len(done) == 2


def test_what_is_raised_is_not_shared(folder):
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            shared("wrong", lambda: 1 / 0)
    assert shared("wrong", lambda: 2) == 2


def test_work_within_work_is_watched_to_its_end():
    """Two that have seen the same until one ends are not taken for each other."""
    with watched() as outer:
        with watched() as inner:
            looked_up("en", "a", "A")
        looked_up("en", "b", "B")
    assert list(inner) == [("en", "a")]
    assert list(outer) == [("en", "a"), ("en", "b")]


@pytest.mark.slow
def test_languages_of_one_command_share_and_single_ones_do_not(
    project, small_register, tmp_path, monkeypatch
):
    worked, period = tmp_path / "worked", small_register.period("2020-21")
    monkeypatch.setenv("WORKED", str(worked))
    write_notebook(project, ESTIMATING, 'shared(("survey",), work)')
    folders = reproduce_all(small_register, period, ["en", "fr", "es"], output=tmp_path / "all")
    assert worked.read_text().count("worked") == 1
    assert len(folders) == 3
    for language in ("en", "fr"):
        reproduce(small_register, period, language, output=tmp_path / language)
    assert worked.read_text().count("worked") == 3


@pytest.mark.slow
def test_estimates_of_a_survey_are_in_each_language_those_of_its_own_command(
    project, small_register, root, tmp_path
):
    for path in (root / "notebooks").glob("07_*.ipynb"):
        shutil.copy(path, project / "notebooks")
    period = small_register.period("2020-21")
    folders = reproduce_all(small_register, period, ["en", "fr"], only=["07"], output=tmp_path / "both")
    for language, folder in folders.items():
        alone = reproduce(small_register, period, language, only=["07"], output=tmp_path / language)
        assert (folder / "SHA256SUMS").read_bytes() == (alone / "SHA256SUMS").read_bytes()
        assert len((folder / "SHA256SUMS").read_text().splitlines()) > 20
