"""What is imported is declared, and what is declared is imported, or it stands here with its reason."""

import ast
import json
import re
import sys
import tomllib
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
IMPORTED_AS = {
    "beautifulsoup4": "bs4",
    "axe-core-python": "axe_core_python",
    "ipython": "IPython",
    "jupyter-client": "jupyter_client",
    "noto-cjk-sans-otc": "noto_cjk_sans_otc",
    "pillow": "PIL",
    "pypandoc-binary": "pypandoc",
    "python-docx": "docx",
    "python-pptx": "pptx",
    "pytest-xdist": "xdist",
    "pyyaml": "yaml",
    "sp-repo-review": "repo_review",
}
NOT_IMPORTED = {
    "build": "a command: tests build the wheel by it",
    "furo": "the theme that docs/conf.py names",
    "jupyterlab": "a program, for notebooks by hand",
    "mypy": "a command: `make lint`",
    "myst-parser": "an extension that docs/conf.py names",
    "noto-cjk-sans-otc": "holds a font, which is found by its file",
    "numpydoc": "an extension that docs/conf.py names",
    "openpyxl": "pandas reads .xlsx by it",
    "pip-audit": "a command: `make vulnerabilities`",
    "pytest-xdist": "a plugin of pytest",
    "ruff": "a command: `make lint`",
    "xlrd": "pandas reads .xls by it",
}
CORE_PACKAGES = {re.split(r"[>=\[]", each)[0] for each in PROJECT["dependencies"]}


def declared() -> dict[str, set[str]]:
    """Return the groups (extras; empty for the core) that declare each distribution."""
    groups: dict[str, set[str]] = {}
    for group, listed in {"": PROJECT["dependencies"], **PROJECT["optional-dependencies"]}.items():
        for each in listed:
            groups.setdefault(re.split(r"[>=\[]", each)[0], set()).add(group)
    return groups


def imports(text: str) -> set[str]:
    """Return the top names that a text imports, deferred imports and ``import_module`` among them."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(
            ("import_module", "importorskip")
        ):
            found |= {each.value for each in node.args[:1] if isinstance(each, ast.Constant)}
    return {name.split(".")[0] for name in found} - {"analysis"} - set(sys.stdlib_module_names)


def of_files(paths: Iterable[Path]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for path in paths:
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".ipynb":
            cells = [cell for cell in json.loads(text)["cells"] if cell["cell_type"] == "code"]
            text = "\n".join("".join(cell["source"]) for cell in cells)
        found |= dict.fromkeys(imports(text), path)
    return found


PACKAGE = of_files((ROOT / "src").rglob("*.py"))
NOTEBOOKS = of_files([*(ROOT / "notebooks").glob("*.ipynb"), *(ROOT / "examples").rglob("*.ipynb")])
OWN = {path.stem for folder in ("tests", "benchmarks") for path in (ROOT / folder).rglob("*.py")}
TESTS = of_files(
    [
        *(ROOT / "tests").rglob("*.py"),
        *(ROOT / "benchmarks").rglob("*.py"),
        ROOT / "setup.py",
        ROOT / "docs" / "conf.py",
    ]
)


def name_of(distribution: str) -> str:
    return IMPORTED_AS.get(distribution, distribution.replace("-", "_"))


def extras_named() -> set[str]:
    """Return the packages that a declaration brings in by name, as ``dask[distributed]`` does."""
    every = [
        *PROJECT["dependencies"],
        *(each for held in PROJECT["optional-dependencies"].values() for each in held),
    ]
    return {name for each in every for held in re.findall(r"\[(.*?)\]", each) for name in held.split(",")}


def undeclared(imported: Iterable[str], distributions: Iterable[str]) -> set[str]:
    return set(imported) - {name_of(each) for each in distributions}


def test_what_the_package_imports_is_declared():
    users = {each for each, groups in declared().items() if groups - {"test", "build", "lab"}}
    assert not undeclared(PACKAGE, users)
    assert undeclared({"pandas", "left_pad"}, users) == {"left_pad"}


def test_what_the_core_imports_at_once_is_in_the_core():
    """A module-level import of anything else is allowed in modules that only an extra reaches."""
    lazy = {"src/analysis/sources/ilostat.py", "src/analysis/sources/ilostat_cache.py"}
    for path in (ROOT / "src").rglob("*.py"):
        if path.relative_to(ROOT).as_posix() in lazy:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        at_once = ast.Module(
            [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)], []
        )
        missing = undeclared(imports(ast.unparse(at_once)), CORE_PACKAGES)
        assert not missing, f"{path}: {missing}"


def test_what_tests_and_notebooks_import_is_declared():
    assert not undeclared(NOTEBOOKS, CORE_PACKAGES)
    third = set(TESTS) - OWN - {"tests", "benchmarks"} - extras_named()
    assert not undeclared(third, declared())


def test_what_is_declared_is_imported():
    everything = {*PACKAGE, *NOTEBOOKS, *TESTS}
    idle = {each for each in declared() if name_of(each) not in everything and each not in NOT_IMPORTED}
    assert not idle
    for distribution, groups in declared().items():
        if "" in groups and distribution not in NOT_IMPORTED:
            assert name_of(distribution) in {*PACKAGE, *NOTEBOOKS}, f"only tests import {distribution}"


def test_reasons_are_of_what_is_declared():
    assert not set(NOT_IMPORTED) - set(declared())


def test_the_package_says_that_it_is_typed():
    assert (ROOT / "src" / "analysis" / "py.typed").is_file()
    try:
        assert requires("analysis")
    except PackageNotFoundError:
        pytest.skip("the package is not installed here")
