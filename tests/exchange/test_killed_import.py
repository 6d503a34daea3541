"""An import that is killed while it replaces a document: the document whole, or told and put back."""

import multiprocessing
import os
import shutil
import signal
import sys

import pytest
from odd_results import ODD, importing

from analysis.cli import main
from analysis.sources.datapackage import RegisterError
from analysis.sources.register import Register
from analysis.sources.replaced import aside, put_back

pytestmark = pytest.mark.slow
MOVING = {"os.rename", "os.remove", "os.rmdir", "shutil.rmtree"}
NAME = "relief-2022"


def files_of(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def killed(place, project, mapping, path):
    """Import in another process, which is killed right before the n-th move; return whether it was."""

    def work():
        left = place

        def hook(event, arguments):
            nonlocal left
            if event in MOVING and str(project) in str(arguments):
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hook)
        os._exit(importing(mapping, path, more=["--replace"]))

    process = multiprocessing.get_context("fork").Process(target=work)
    process.start()
    process.join(120)
    assert process.exitcode in (0, -signal.SIGKILL)
    return process.exitcode != 0


def changed(files, others):
    return {name for name in files.keys() | others.keys() if files.get(name) != others.get(name)}


def opened(project):
    """Return the rows of the imported document, or what is told where it cannot be opened."""
    report = Register(project)
    try:
        return len(report.recorded(report.period("2022", "relief"))["report.results"].rows)
    except RegisterError as error:
        return str(error)


@pytest.fixture
def states(project, mapping, sheet, tmp_path):
    """A document and its replacement: the project before, and the project after an undisturbed import."""
    path = sheet({}, name="other.csv")
    assert importing(mapping, sheet(*ODD)) == 0
    before, rows_before = files_of(project), opened(project)
    shutil.copytree(project, tmp_path / "before")
    assert importing(mapping, path, more=["--replace"]) == 0
    return path, before, files_of(project), {rows_before, opened(project)}


def restored(project, tmp_path):
    shutil.rmtree(project)
    shutil.copytree(tmp_path / "before", project)


def test_a_kill_at_any_move_is_mended_by_the_next_import(project, mapping, states, tmp_path, capsys):
    path, before, after, rows = states
    place, told = 0, 0
    whole = [{name: text for name, text in files.items() if f"/{NAME}/" in name} for files in (before, after)]
    while True:
        restored(project, tmp_path)
        place += 1
        if not killed(place, project, mapping, path):
            break
        folder = project / "data" / "raw" / NAME
        there = {name: text for name, text in files_of(project).items() if f"raw/{NAME}/" in name}
        assert not folder.exists() or there in whole, place
        said = opened(project)
        assert said in rows or "run `analysis register`" in said, (place, said)
        told += said not in rows
        capsys.readouterr()
        assert importing(mapping, path, more=["--replace"]) == 0
        assert ("put back" in capsys.readouterr().err) == (said not in rows), place
        assert changed(files_of(project), after) == set(), place
        assert not list((project / "data").glob(".*")), place
    assert place > 5
    assert told >= 2  # between the two renames, and before the register is written


def test_a_kill_at_any_move_is_mended_by_the_next_register(project, mapping, states, tmp_path):
    path, before, after, rows = states
    place = 0
    while True:
        restored(project, tmp_path)
        place += 1
        if not killed(place, project, mapping, path):
            break
        assert main(["register"]) == 0
        assert files_of(project) in (before, after) or list((project / "data").glob(".*.part")), place
        assert opened(project) in rows, place
        assert not list((project / "data").glob(".*.before")), place


def test_what_was_changed_after_a_kill_is_not_taken_away(project, mapping, states, capsys):
    path, _, _, _ = states
    folder, former = project / "data" / "raw" / NAME, aside(project, NAME)
    shutil.copytree(folder, former)
    for place in (folder, former):
        (place / "results.csv").write_bytes((place / "results.csv").read_bytes() + b"\n")
    held = files_of(project)
    assert importing(mapping, path, more=["--replace"]) == 2
    assert "remove the one that is not wanted" in capsys.readouterr().err
    assert files_of(project) == held


def test_nothing_is_put_back_where_nothing_is_aside(project):
    before = files_of(project)
    assert put_back(project) == []
    assert files_of(project) == before
