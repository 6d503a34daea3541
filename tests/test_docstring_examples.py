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


def section(node: ast.AST, name: str) -> set[str]:
    """Return the names that a section of a docstring lists."""
    found = re.search(rf"{name}\n-+\n(.*?)(?=\n\w+\n-+\n|\Z)", ast.get_docstring(node) or "", re.DOTALL)
    listed = re.findall(r"^(\S[^:\n]*?)(?: :|:|$)", found[1], re.MULTILINE) if found else []
    return {each.strip(" *") for names in listed for each in names.split(",")}


def held(node: ast.FunctionDef | ast.ClassDef) -> set[str]:
    """Return the parameters of a function, and all that is given a value in a class."""
    if isinstance(node, ast.FunctionDef):
        asked = node.args
        listed = (*asked.posonlyargs, *asked.args, *asked.kwonlyargs, asked.vararg, asked.kwarg)
        return {each.arg for each in listed if each}
    return {
        getattr(each, "id", getattr(each, "attr", getattr(each, "name", "")))
        for each in ast.walk(node)
        if isinstance(each, ast.FunctionDef) or isinstance(getattr(each, "ctx", None), ast.Store)
    }


def documented(text: str) -> dict[str, set[str]]:
    """Return what functions document as parameters, and classes as attributes, and do not have."""
    sections = {ast.FunctionDef: "Parameters", ast.ClassDef: "Attributes"}
    nodes = [node for node in ast.walk(ast.parse(text)) if type(node) in sections]
    wrong = {node.name: section(node, sections[type(node)]) - held(node) for node in nodes}
    return {name: names for name, names in wrong.items() if names}


def test_what_is_documented_is_there():
    assert documented('def a(b):\n    """A.\n\n    Parameters\n    ----------\n    c : int\n    """') == {
        "a": {"c"}
    }
    assert documented(
        'class A:\n    """A.\n\n    Attributes\n    ----------\n    b, c : int\n    """\n\n    b: int'
    ) == {"A": {"c"}}
    wrong = {path.name: documented(path.read_text(encoding="utf-8")) for path in SOURCE.rglob("*.py")}
    assert not {name: found for name, found in wrong.items() if found}
