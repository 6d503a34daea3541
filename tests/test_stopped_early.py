"""Ctrl-C while a command is still importing: one line and the exit code of an interrupted command."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow

PROGRAM = """
import os, signal, sys

class Interrupting:
    "Sends Ctrl-C when the n-th module is looked for, counted from the first that the entry imports."
    left = int(sys.argv.pop(1))
    counting = False
    def find_spec(self, name, path=None, target=None):
        self.counting = self.counting or name == "analysis.cli"
        if self.counting:
            Interrupting.left -= 1
            if Interrupting.left == 0:
                os.kill(os.getpid(), signal.SIGINT)

import analysis.__main__
sys.meta_path.insert(0, Interrupting())
sys.exit(analysis.__main__.main())
"""
LAST = 10_000


def interrupted(place, *words, ignored=False):
    """Run a command that is interrupted at the n-th import; return its exit code and what it says."""
    heeded = "SIG_IGN" if ignored else "default_int_handler"  # whatever this test was started with
    program = f"import signal; signal.signal(signal.SIGINT, signal.{heeded})\n{PROGRAM}"
    done = subprocess.run(
        [sys.executable, "-c", program, str(place), *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    return done.returncode, done.stderr


@pytest.mark.parametrize("place", [1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, LAST])
def test_ctrl_c_amid_an_import_is_one_line(place):
    code, said = interrupted(place, "list")
    assert (code, said) == ((130, "analysis list: stopped\n") if place < LAST else (0, ""))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["check-data"], "analysis check-data"),
        (["reproduce", "--help"], "analysis reproduce"),
        (["--version"], "analysis"),
        (["\x1b[31m"], "analysis"),
        ([], "analysis"),
    ],
)
def test_ctrl_c_is_told_with_the_command_as_far_as_there_is_one(words, said):
    assert interrupted(3, *words) == (130, f"{said}: stopped\n")


def test_where_ctrl_c_is_ignored_it_stays_so():
    code, _ = interrupted(5, "--version", ignored=True)
    assert code == 0
