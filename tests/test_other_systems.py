"""What a system decides (encoding, ends of lines) changes nothing of what is read and written."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

SOURCE = Path(__file__).resolve().parents[1] / "src"
STATED = {"write_text": "newline", "to_csv": "lineterminator"}


def unstated(text: str) -> list[int]:
    """Return the lines that write text and leave the ends of its lines to the system."""
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    return [
        call.lineno
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in STATED
        and STATED[call.func.attr] not in {keyword.arg for keyword in call.keywords}
    ]


def test_lines_end_alike_on_every_system():
    assert unstated('path.write_text("a\\n", encoding="utf-8")') == [1]
    assert not unstated('rows.to_csv(path, index=False, lineterminator="\\n")')
    found = {path.name: unstated(path.read_text(encoding="utf-8")) for path in sorted(SOURCE.rglob("*.py"))}
    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.fixture
def told(root, tmp_path):
    """Run a command where text is not UTF-8 by default; return what it says of encodings left open."""
    (tmp_path / "draft.md").write_text("The ILO achieved 896 results.\n", encoding="utf-8", newline="\n")
    foreign = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C", "PYTHONIOENCODING": "utf-8"}

    def run(*words: str) -> list[str]:
        python = [sys.executable, "-X", "warn_default_encoding", "-W", "always::EncodingWarning", *words]
        environment = {**os.environ, **foreign, "PYTHONPATH": str(SOURCE), "ANALYSIS_ROOT": str(root)}
        ran = subprocess.run(python, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8")
        assert ran.returncode in (0, 1), ran.stderr
        return [line for line in ran.stderr.splitlines() if "EncodingWarning" in line]

    return run


@pytest.mark.parametrize(
    "words",
    [
        ("explain", "896", "--inputs", "--formulas"),
        ("check", "draft.md", "--output", "checked"),
        ("export", "results_by_region", "--format", "csv", "--output", "exported", "--language", "zh"),
        ("audit", "--language", "fr"),
        ("trends", "--area", "KEN", "--indicators", "unemployment_rate"),
    ],
    ids=lambda words: words[0],
)
def test_no_command_leaves_an_encoding_to_the_system(told, words):
    assert not [line for line in told("-m", "analysis", *words) if str(SOURCE) in line]


def test_an_encoding_that_is_left_open_is_seen(told):
    assert told("-c", "from pathlib import Path; Path('draft.md').read_text()")
