"""A run that is stopped, killed, starved or hung: one sentence, no orphan, a report absent or whole."""

import os
import random
import re
import signal
import time
from pathlib import Path

import pytest
from small import NAME, TWO, alive, code, command, is_whole, kill_after, write_notebook

pytestmark = pytest.mark.slow


def gone(root: Path, within: float = 30.0) -> bool:
    """Wait until no process of a project is left; return whether that came in time."""
    deadline = time.monotonic() + within
    while alive(root) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not alive(root)


def said(process) -> str:
    """Return what a command wrote to standard error, when it has ended."""
    return process.communicate(timeout=180)[1].strip()


def running(root: Path, process) -> None:
    """Wait until the notebook of a command runs: its sleeping cell has left a mark."""
    deadline = time.monotonic() + 60
    while not (root / "mark").is_file():
        assert process.poll() is None, said(process)
        assert time.monotonic() < deadline
        time.sleep(0.02)


SLEEP = (
    "import pathlib, time; pathlib.Path('../mark').touch(); time.sleep(100); pathlib.Path('../slept').touch()"
)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda each: each.name)
@pytest.mark.parametrize("whom", ["group", "command"])
def test_a_signal_stops_all_in_one_line(project, number, whom):
    write_notebook(project, SLEEP)
    process = command(project)
    running(project, process)
    (os.killpg if whom == "group" else os.kill)(process.pid, number)
    line = said(process)
    assert re.fullmatch(rf"analysis reproduce: stopped \({number.name}\); .*", line), line
    assert process.returncode == 128 + number
    assert gone(project)
    assert not (project / "slept").exists()  # it was stopped, not waited for
    assert not list((project / "reports").glob(".part*"))


@pytest.mark.parametrize("whom", ["group", "command"])
def test_a_killed_command_leaves_no_process(project, whom):
    write_notebook(project, SLEEP)
    process = command(project)
    running(project, process)
    (os.killpg if whom == "group" else os.kill)(process.pid, signal.SIGKILL)
    process.communicate(timeout=60)
    assert gone(project)


@pytest.mark.parametrize(
    ("cell", "words", "message"),
    [
        ("import os; os.kill(os.getpid(), 9)", [], r"cell 4: its process died \(SIGKILL\); .*memory"),
        ("import os; os.abort()", [], r"cell 4: its process died \(SIGABRT\)"),
        ("import time; time.sleep(60)", ["--time-limit", "4"], r"cell 4: still running after 4 s"),
        (
            "import resource; resource.setrlimit(resource.RLIMIT_AS, (2**31, 2**31)); x = b'1' * 2**33",
            [],
            "cell 4: MemoryError",
        ),
        (
            "import resource, pathlib; resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000))\n"
            'reporting.show("trends_table")',
            [],
            r"cell 4: .*\.(xlsx|docx|ipynb): File too large; raise the limit on the size of files",
        ),
        ("1 / 0", [], "cell 4: ZeroDivisionError: division by zero"),
    ],
    ids=["killed", "aborted", "hung", "memory", "disk", "error"],
)
def test_a_notebook_that_dies_is_told_in_a_sentence_and_kept(project, cell, words, message):
    write_notebook(project, *code(cell))
    process = command(project, *words)
    line = said(process)
    assert re.search(rf"^analysis reproduce: {NAME}\.ipynb, {message}", line), line
    assert "Traceback" not in line
    assert process.returncode == 1
    kept = project / "reports" / "failed" / "2020-21-en" / f"{NAME}.ipynb"
    assert str(kept.parent) in line
    assert "File too large" in line or cell[:20] in kept.read_text(encoding="utf-8").replace('\\"', '"')
    assert gone(project)
    assert not (project / "reports" / "2020-21").exists()


def test_two_equal_runs_at_once_make_one_whole_report(project):
    both = [command(project), command(project)]
    lines = [said(each) for each in both]
    assert [each.returncode for each in both] == [0, 0]
    assert any(f"waiting for process {each.pid}" in "".join(lines) for each in both)
    assert is_whole(project / "reports" / "2020-21" / "en")


def test_killed_at_any_moment_the_report_is_absent_or_whole(project):
    """A hundred runs killed at seeded moments, of the group and of the command alone."""
    command(project).communicate(timeout=180)
    report = project / "reports" / "2020-21" / "en"
    expected = (report / "SHA256SUMS").read_text(encoding="utf-8")
    write_notebook(project, *code(*TWO, "'as those that are killed: from the second run on, much is kept'"))
    started = time.monotonic()
    command(project).communicate(timeout=180)
    length = time.monotonic() - started
    rng, killed = random.Random(17), 0
    for number in range(100):
        if number % 2:
            write_notebook(project, *code(*TWO, f"{number}"))
        process = command(project)
        kill_after(process, rng.uniform(0, 1.1 * length), group=number % 4 < 2)
        assert gone(project), number
        assert not report.exists() or is_whole(report), number
        killed += process.returncode == -signal.SIGKILL
    write_notebook(project, *code(*TWO))
    last = command(project)
    assert not said(last)
    assert (report / "SHA256SUMS").read_text(encoding="utf-8") == expected
    assert not list((project / "reports").glob(".part*"))
    assert killed > 20  # the others had ended before their moment came
