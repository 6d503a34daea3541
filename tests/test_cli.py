import subprocess
import sys
from pathlib import Path

import pytest

from analysis.cli import COMMANDS, WRITTEN_WHOLE, main
from analysis.commands.outcome import outcome
from analysis.sources.project import RegisterError


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["reproduce", "2021-22"], "odd year"),
        (["reproduce", "../../etc"], "is not a period"),
        (["reproduce", "2016-17"], "registered: 2018-19, 2020-21"),
        (["reproduce", "--language", "xx"], "no language 'xx': there are en"),
        (["reproduce", "--only", "99_nothing"], "no notebook '99_nothing'"),
        (["reproduce", "-p", "colour=red"], "takes a parameter 'colour'"),
        (["reproduce", "-p", "biennium"], "NAME=VALUE"),
        (["reproduce", "-p", "corrected=perhaps"], "must be bool"),
        (["reproduce", "--jobs", "0"], "--jobs must be 1 or more"),
        (["list", "1066-67"], "registered"),
        (["explain", "no such number"], "no such number"),
        (["export", "figure_99", "--format", "svg"], "figure_99"),
    ],
)
def test_a_wrong_parameter_is_one_clear_line_and_exit_code_2(words, message, capsys):
    assert main(words) == 2
    printed = capsys.readouterr().err
    assert message in printed
    assert len(printed.strip().splitlines()) == 1


@pytest.mark.parametrize("words", [["--no-such"], ["reproduce", "--langage", "en"], ["nothing"], []])
def test_unknown_words_are_one_line_and_exit_code_2(words, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(words)
    assert stopped.value.code == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


@pytest.mark.sampled(6)
@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name, capsys):
    with pytest.raises(SystemExit) as stopped:
        main([name, "--help"])
    assert stopped.value.code == 0
    assert name in capsys.readouterr().out


@pytest.mark.slow
def test_list_and_explain_print_what_they_say(capsys):
    assert main(["list"]) == 0
    printed = capsys.readouterr().out
    assert "results_against_targets_level_outcome" in printed
    assert "not recomputable" in printed
    assert main(["explain", "896"]) == 0
    printed = capsys.readouterr().out
    assert "implementation-2020-21/prose/707.4" in printed
    assert "add up to 896" in printed
    assert len(printed.strip().splitlines()) == 3
    capsys.readouterr()
    assert main(["explain", "896", "--biennium", "2018-19"]) == 0
    assert "no document is about 2018-19 itself" in capsys.readouterr().err
    assert main(["explain", "896", "--inputs", "--formulas"]) == 0
    printed = capsys.readouterr().out
    assert "SUMIFS" in printed
    assert "output_indicators.csv" in printed


@pytest.mark.slow
def test_python_m_analysis_is_the_command_line():
    done = subprocess.run(
        [sys.executable, "-m", "analysis", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("analysis ")


def test_an_interrupted_command_is_one_line(monkeypatch, capsys):
    def interrupted(arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr("analysis.commands.explain.run", interrupted)
    assert main(["explain", "896"]) == 130
    assert capsys.readouterr().err == "analysis explain: stopped\n"


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (KeyError("nothing"), 3, "not foreseen, a fault of the package (KeyError: 'nothing'; cli.py line"),
        (OSError(28, "No space left on device", "a.csv"), 1, "a.csv: No space left on device"),
        (PermissionError(13, "Permission denied", "a.csv"), 2, "a.csv: Permission denied"),
        (MemoryError(), 1, "out of memory"),
        (
            RegisterError("found \x1b[31m and \u202e in \x9b a file"),
            2,
            r"found \x1b[31m and \u202e in \x9b a",
        ),
    ],
    ids=lambda each: type(each).__name__,
)
def test_an_error_is_one_line_and_its_code(error, code, told, monkeypatch, capsys):
    def fails(arguments):
        raise error

    monkeypatch.delenv("ANALYSIS_TRACEBACK", raising=False)
    monkeypatch.setattr("analysis.commands.explain.run", fails)
    assert main(["explain", "896"]) == code
    said = capsys.readouterr().err
    assert said.startswith("analysis explain: ")
    assert told in said
    assert said.count("\n") == 1
    monkeypatch.setenv("ANALYSIS_TRACEBACK", "1")
    main(["explain", "896"])
    assert "Traceback" in capsys.readouterr().err


def test_what_the_package_refuses_and_what_happens_to_it_are_told_apart():
    from analysis.files import read_bytes
    from analysis.rounding import as_fraction

    with pytest.raises(ValueError, match="at most") as refused:
        as_fraction("1e99999999")
    with pytest.raises(ValueError, match="null") as happened:
        read_bytes("a\0")
    assert [outcome(each.value)[0] for each in (refused, happened)] == [2, 3]


@pytest.mark.slow
def test_a_process_that_ends_at_once_has_said_and_written_everything(root, tmp_path):
    assert set(WRITTEN_WHOLE) <= set(COMMANDS)
    words = ["export", "results_by_region", "--format", "csv", "--output", str(tmp_path)]
    asked = [sys.executable, "-m", "analysis", *words]
    done = subprocess.run(asked, cwd=root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    written = [Path(path) for path in done.stdout.splitlines()]
    assert written
    assert all(path.read_text(encoding="utf-8").endswith("\n") for path in written)
    listed = subprocess.run([*asked[:3], "audit"], cwd=root, capture_output=True, text=True, check=False)
    assert listed.returncode == 0
    assert listed.stdout.splitlines()[-1].startswith("Total ")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["audit", "--output", ""], "argument --output: found an empty text"),
        (["export", "figure_10", "--biennium="], "argument --biennium: found an empty text"),
        (["trends", "--area", "KEN", "--indicators", "neet_rate", ""], "an argument: found an empty text"),
        (["audit", ""], "an argument: found an empty text"),
        (
            ["export", "figure_10", "--format", "svg", "--format", "png"],
            "argument --format: given twice",
        ),
        (["check", "d.md", "--against=2018-19", "--against", "2020-21"], "argument --against: given twice"),
    ],
)
def test_an_empty_text_is_not_what_is_left_out(words, told, capsys):
    """A variable of the shell that is not set gave the newest period, or no files, with exit code 0."""
    with pytest.raises(SystemExit) as stopped:
        main(words)
    assert stopped.value.code == 2
    assert told in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize(
    ("command", "code"), [("list", 0), ("compare 2018-19 2020-21", 0), ("list 1066-67", 2)]
)
def test_a_closed_stream_is_no_fault(command, code, closed, root):
    """As of a job that runs by itself: printing ended with a fault of the package."""
    asked = f"exec {sys.executable} -m analysis {command} {closed}"
    done = subprocess.run(["sh", "-c", asked], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr
    assert ("2018" in done.stdout) == (code == 0 and " >&-" not in f" {closed}")
    assert "fault of the package" not in done.stderr
