"""The examples in docstrings are run; those of the front door among them."""

import ast
import doctest
import importlib
import inspect
import re
import textwrap
from pathlib import Path

import pytest

import analysis

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


def exported() -> list:
    """Return the functions and classes of the core that users call, with the front door's methods."""
    rooms = ("quantities", "indicators", "estimation", "aggregation")
    packages = [importlib.import_module(f"analysis.{name}") for name in rooms]
    found = [getattr(package, name) for package in packages for name in package.__all__]
    doors = (("report", "Report"), ("exhibit", "ReportExhibit"), ("exhibit", "PrintedTable"),
             ("number", "Number"), ("section", "Section"))  # fmt: skip
    classes = [getattr(importlib.import_module(f"analysis.front.{module}"), name) for module, name in doors]
    methods = [each for door in classes for name, each in vars(door).items() if not name.startswith("_")]
    functions = [
        analysis.open,
        analysis.estimate,
        importlib.import_module("analysis.front.survey").estimate_survey,
    ]
    return [each for each in (*found, *methods, *functions) if inspect.isfunction(each)]


def left_out(function) -> set[str]:
    """Return the parameters that a docstring does not name, and ``Returns`` where it does not say what."""
    (node,) = ast.parse(textwrap.dedent(inspect.getsource(function))).body
    asked = held(node) - {"self"} - section(node, "Parameters")
    returns = node.returns is not None and ast.unparse(node.returns) != "None"
    told = re.search(r"^(Returns|Yields)\n-+$", ast.get_docstring(node) or "", re.MULTILINE)
    return asked | ({"Returns"} if returns and not told else set())


def test_what_users_call_tells_its_parameters_and_what_it_returns():
    def silent(row: int) -> int:
        """Return it."""

    assert left_out(silent) == {"row", "Returns"}
    functions = exported()
    assert len(functions) > 80
    declared = {each.function for each in importlib.import_module("analysis.indicators").INDICATORS.values()}
    told = {each.__qualname__: left_out(each) for each in functions if each not in declared}
    assert {name: missing for name, missing in told.items() if missing} == {}
