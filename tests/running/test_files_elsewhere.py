"""What a report reads from outside the project is on record, and a change of it is seen."""

import hashlib
import json
import shutil

import pytest
from small import NAME, PARAMETERS, code, write_notebook

from analysis.running.asked import ParameterError, in_full
from analysis.running.inputs import data_files, files_named
from analysis.running.reproduce import reproduce
from analysis.sources.register import Register

ASKS = f'{PARAMETERS}\nsurvey: str = ""\nmapping: str = ""'


@pytest.fixture
def survey(tmp_path, monkeypatch):
    """A survey in the folder that a command is called from."""
    folder = tmp_path / "called from here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    (folder / "persons.csv").write_text("sex\n1\n", encoding="utf-8")
    return folder / "persons.csv"


@pytest.mark.slow
def test_a_survey_that_was_changed_is_read_again(project, survey):
    write_notebook(project, *code("open(survey).read()"), parameters=ASKS)
    register = Register(project)
    asked = {"parameters": {"survey": "persons.csv"}}

    def made():
        heard = []
        folder = reproduce(register, register.period("2020-21"), heard=heard.append, **asked)
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        return [each for each in heard if "unchanged" in each], manifest

    unchanged, first = made()
    assert not unchanged
    assert first["inputs"]["survey/persons.csv"] == hashlib.sha256(survey.read_bytes()).hexdigest()
    assert first["parameters"]["further"] == {"survey": str(survey)}
    assert made()[0]
    survey.write_text("sex\n2\n", encoding="utf-8")
    unchanged, second = made()
    assert not unchanged
    assert second["inputs"]["survey/persons.csv"] == hashlib.sha256(survey.read_bytes()).hexdigest()
    name = f"notebooks/{NAME}.ipynb"
    assert second["outputs"][name] != first["outputs"][name]


def test_a_file_is_named_from_where_the_command_is_called(survey):
    assert in_full({"survey": "persons.csv", "indicators": "persons.csv"}) == {
        "survey": str(survey),
        "indicators": "persons.csv",
    }
    assert in_full({"survey": ""}) == {"survey": ""}
    with pytest.raises(ParameterError, match=r"-p mapping=none\.toml: no such file or folder in .*from here"):
        in_full({"mapping": "none.toml"})


def test_of_a_folder_the_files_of_a_survey_count(survey, tmp_path):
    (survey.parent / "notes.txt").write_text("not read")
    sums = files_named({"survey": str(survey.parent), "indicators": "neet_rate", "list": ""}, tmp_path)
    assert sums == {"survey/persons.csv": hashlib.sha256(survey.read_bytes()).hexdigest()}
    assert files_named({"list": survey.name}, survey.parent) == {
        "list/persons.csv": hashlib.sha256(survey.read_bytes()).hexdigest()
    }


def test_vintages_elsewhere_count_with_the_data(root, tmp_path, monkeypatch):
    monkeypatch.setenv("ANALYSIS_ESTIMATES", "")
    inside = data_files(root)
    vintage = root / "data" / "estimates" / "ilostat_2026_09"
    shutil.copytree(vintage, tmp_path / "more" / "ilostat_2026_09")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ANALYSIS_ESTIMATES", "more")
    with_more = data_files(root)
    held = {path.name for path in vintage.iterdir() if path.is_file()}
    assert {*with_more} - {*inside} == {f"ANALYSIS_ESTIMATES/1/ilostat_2026_09/{name}" for name in held}
    (tmp_path / "more" / "ilostat_2026_09" / sorted(held)[0]).write_bytes(b"another")
    assert data_files(root) != with_more
