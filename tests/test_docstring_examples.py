"""The examples in docstrings are run; those of the front door among them."""

import ast
import doctest
import importlib
import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

SOURCE = Path(__file__).resolve().parents[1] / "src"
HOLDING = [
    ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")
    for path in sorted(SOURCE.rglob("*.py"))
    if ">>> " in path.read_text(encoding="utf-8")
]


@pytest.fixture(autouse=True)
def in_the_project(monkeypatch, root):
    monkeypatch.chdir(root)


@pytest.mark.parametrize("module", HOLDING)
def test_examples_give_what_they_show(module):
    ran = doctest.testmod(importlib.import_module(module))
    assert ran.attempted
    assert not ran.failed


def test_the_front_door_and_the_vocabulary_have_examples():
    wanted = {"analysis", "analysis.front.report", "analysis.front.number", "analysis.front.exhibit"}
    assert wanted | {"analysis.quantities.vocabulary", "analysis.quantities.values"} <= set(HOLDING)


def test_examples_hold_for_whatever_period_is_the_newest():
    """An example opens the newest record; the numbers of one document stand in the tutorial and the docs."""
    named = re.compile(r"""analysis\.open\(["']|Figure \d+["']""")
    for path in sorted(SOURCE.rglob("*.py")):
        lines = path.read_text(encoding="utf-8").splitlines()
        examples = "\n".join(line for line in lines if line.strip().startswith((">>> ", "... ")))
        assert not named.findall(examples), path.name


def documented(text: str) -> dict[str, set[str]]:
    """Return what each function documents as a parameter and does not have."""
    wrong = {}
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.FunctionDef):
            continue
        section = re.search(
            r"Parameters\n-+\n(.*?)(?=\n\w+\n-+\n|\Z)", ast.get_docstring(node) or "", re.DOTALL
        )
        named = re.findall(r"^(\S[^:\n]*?)(?: :|:|$)", section[1], re.MULTILINE) if section else []
        names = {name.strip(" *") for each in named for name in each.split(",")}
        asked = node.args
        held = {
            each.arg
            for each in (*asked.posonlyargs, *asked.args, *asked.kwonlyargs, asked.vararg, asked.kwarg)
            if each
        }
        if names - held:
            wrong[node.name] = names - held
    return wrong


def test_each_parameter_that_is_documented_is_one():
    assert documented('def a(b):\n    """A.\n\n    Parameters\n    ----------\n    c : int\n    """') == {
        "a": {"c"}
    }
    wrong = {path.name: documented(path.read_text(encoding="utf-8")) for path in SOURCE.rglob("*.py")}
    assert not {name: found for name, found in wrong.items() if found}
