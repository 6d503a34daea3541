"""Answers that are kept: printed again for the same bytes only; where anything differs the command runs."""

import os
import sys

import pytest

from analysis import cache, cli
from analysis.commands import answers, sums
from analysis.commands.answers import answered


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A folder that is a project to the eye, a package of one file, and a cache of its own."""
    root = tmp_path / "project"
    for name in (
        "data/raw/datapackage.json",
        "data/raw/one.csv",
        "data/processed/made.csv",
        "package/code.py",
    ):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{name}\n")
    monkeypatch.setattr(answers, "PACKAGE", root / "package")
    monkeypatch.setenv(cache.FOLDER, str(tmp_path / "cache"))
    monkeypatch.delenv("ANALYSIS_ROOT", raising=False)
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def ask(capsys):
    """Ask a command; return its code, what it printed, and whether it ran."""
    ran = []

    def run() -> int:
        ran.append(None)
        print("told – é")
        print("beside", file=sys.stderr)
        return 1

    def asked(*words: str) -> tuple[int, str, str, bool]:
        ran.clear()
        code = answered(words[0], words, run)
        return code, *capsys.readouterr(), bool(ran)

    return asked


def test_an_answer_is_printed_again_as_it_was(project, ask):
    assert ask("list") == (1, "told – é\n", "beside\n", True)
    assert ask("list") == (1, "told – é\n", "beside\n", False)
    assert ask("list", "--markdown")[-1]
    assert ask("audit")[-1]
    assert ask("audit")[-1]  # a command that may write files


def other_byte(project):
    (project / "data" / "raw" / "one.csv").write_text("data/raw/one.csv\r")


CHANGES = {
    "a byte of the data": other_byte,
    "a new file": lambda project: (project / "data" / "raw" / "two.csv").write_text(""),
    "a new folder": lambda project: (project / "data" / "raw" / "two").mkdir(),
    "a file's name": lambda project: (project / "data" / "raw" / "one.csv").rename(
        project / "data" / "one.csv"
    ),
    "a file that is gone": lambda project: (project / "data" / "raw" / "one.csv").unlink(),
    "a byte of the code": lambda project: (project / "package" / "code.py").write_text("other"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_is_changed_is_seen(project, ask, change):
    ask("list")
    change(project)
    assert ask("list")[-1]
    assert not ask("list")[-1]


def test_another_package_python_or_folder_is_seen(project, ask, monkeypatch):
    ask("list")
    monkeypatch.setattr(answers, "packages", lambda: {"pandas": "other"})
    assert ask("list")[-1]
    monkeypatch.setattr(answers, "python", lambda: "another Python")
    assert ask("list")[-1]
    monkeypatch.chdir(project / "data")
    assert ask("list")[-1]
    assert not ask("list")[-1]


def test_what_is_rebuilt_or_compiled_is_no_input(project, ask):
    ask("list")
    (project / "data" / "processed" / "made.csv").write_text("other")
    (project / "package" / "__pycache__").mkdir()
    assert not ask("list")[-1]


STRANGE = {
    "a link": lambda project: (project / "data" / "raw" / "two.csv").symlink_to(
        project / "data" / "raw" / "one.csv"
    ),
    "a link to a folder": lambda project: (project / "data" / "two").symlink_to(project / "package"),
    "a pipe": lambda project: os.mkfifo(project / "data" / "raw" / "two.csv"),
    "too much": lambda project: os.truncate(project / "data" / "raw" / "one.csv", sums.LARGEST + 1),
}


@pytest.mark.parametrize("change", STRANGE.values(), ids=STRANGE)
def test_nothing_is_kept_where_not_all_can_be_known(project, ask, change):
    change(project)
    assert ask("list")[-1]
    assert ask("list")[-1]


@pytest.mark.parametrize("name", [*answers.ELSEWHERE, cache.FOLDER])
def test_nothing_is_kept_where_more_is_read_or_nothing_may_be(project, ask, monkeypatch, name):
    ask("list")
    monkeypatch.setenv(name, "" if name == cache.FOLDER else "elsewhere")
    assert ask("list")[-1]
    assert ask("list")[-1]


def test_a_project_behind_a_link_or_none_at_all(project, ask, monkeypatch, tmp_path):
    (project / "data").rename(project / "held")
    (project / "data").symlink_to(project / "held")
    assert ask("list")[-1]
    assert ask("list")[-1]
    monkeypatch.setenv("ANALYSIS_ROOT", str(tmp_path))
    assert ask("list")[-1]


def test_an_error_is_not_kept_and_what_was_printed_before_it_is(project, capsys):
    def run():
        print("so far")
        raise ZeroDivisionError

    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            answered("list", ["list"], run)
        assert capsys.readouterr().out == "so far\n"


def test_an_answer_on_what_is_changed_meanwhile_is_not_kept(project, ask):
    path = project / "data" / "raw" / "one.csv"
    before = path.read_bytes()

    def run():
        other_byte(project)
        return 0

    answered("list", ["list"], run)
    path.write_bytes(before)
    assert ask("list")[-1]


def test_a_damaged_answer_is_not_printed(project, ask, tmp_path):
    ask("list")
    [path] = (tmp_path / "cache").iterdir()
    path.write_bytes(path.read_bytes().replace(b"told", b"lied"))
    assert ask("list") == (1, "told – é\n", "beside\n", True)


@pytest.mark.slow
def test_check_data_tells_a_fault_though_it_told_none_before(tmp_path, monkeypatch, capsys):
    from invented import invent

    root = invent(tmp_path / "project", 7).root
    monkeypatch.setenv(cache.FOLDER, str(tmp_path / "cache"))
    monkeypatch.setenv("ANALYSIS_ROOT", str(root))
    before = [(cli.main(["check-data"]), *capsys.readouterr()) for _ in range(2)]
    assert before[0] == before[1]
    assert before[0][0] == 0
    path = next((root / "data" / "raw").glob("*/*.csv"))
    path.write_bytes(path.read_bytes() + b"one cell\n")
    assert cli.main(["check-data"]) == 1
    assert f"{path.name} row" in capsys.readouterr().out
