"""``analysis init`` lays out a project; commands say which project they read."""

import hashlib
from pathlib import Path

import pytest

from analysis.cli import main
from analysis.sources import project


def sums(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted((folder / "data").rglob("*"))
        if path.is_file() and "processed" not in path.parts
    }


@pytest.mark.slow
def test_a_new_project_holds_the_same_record(root, tmp_path, capsys, monkeypatch):
    assert main(["init", str(tmp_path / "deep" / "mine")]) == 0
    assert "analysis reproduce" in capsys.readouterr().out
    made = tmp_path / "deep" / "mine"
    assert sums(made) == sums(root)
    assert {path.name for path in made.iterdir()} >= {"README.md", ".gitignore", "data", "notebooks"}
    readme = (made / "README.md").read_text(encoding="utf-8")
    assert "{" not in readme
    assert "analysis new-report PERIOD --like 2020-21" in readme
    assert [path.name for path in made.parent.iterdir()] == ["mine"]
    monkeypatch.chdir(made / "notebooks")
    assert main(["explain", "implementation-2020-21/prose/26.1"]) == 0
    assert f"reads the project in {made}" in capsys.readouterr().err


@pytest.mark.parametrize("what", ["file", "folder"])
def test_nothing_is_overwritten(what, tmp_path, capsys):
    target = tmp_path / "mine"
    if what == "file":
        target.write_text("mine", encoding="utf-8")
    else:
        target.mkdir()
        (target / "mine").write_text("mine", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    assert main(["init", str(target)]) == 2
    told = capsys.readouterr().err
    assert "a folder that is new, or empty" in told
    assert len(told.strip().splitlines()) == 1
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.slow
def test_without_a_project_reading_says_where_and_writing_is_refused(root, tmp_path, capsys, monkeypatch):
    installed = tmp_path / "installed"
    assert main(["init", str(installed)]) == 0
    monkeypatch.setattr("analysis.cli.INSTALLED", installed)
    monkeypatch.setattr(project, "INSTALLED", installed)
    monkeypatch.setattr(project, "PACKAGE", tmp_path / "a" / "b")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    capsys.readouterr()
    assert main(["list"]) == 0
    assert f"reads the record installed with the package, {installed}" in capsys.readouterr().err
    for command in ("reproduce", "register", "site"):
        assert main([command]) == 2
        assert "`analysis init FOLDER` lays one out" in capsys.readouterr().err
    assert not any((tmp_path / "elsewhere").iterdir())


def test_no_record_at_all_is_one_clear_line(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("ANALYSIS_ROOT", str(tmp_path))
    assert main(["list"]) == 2
    told = capsys.readouterr().err
    assert f"no data/raw/datapackage.json in {tmp_path}: " in told
    assert len(told.strip().splitlines()) == 1


def test_the_wheel_and_init_carry_the_same_folders(root):
    text = (root / "setup.py").read_text(encoding="utf-8")
    assert f"CARRIED = {project.CARRIED!r}".replace("'", '"') in text
