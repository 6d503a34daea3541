"""Arrows point one way: no room imports one that stands to its right."""

import ast
import csv
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from rooms import HALVES, elsewhere

pytestmark = pytest.mark.slow

SOURCE = Path(__file__).resolve().parents[1] / "src" / "analysis"
ORDER = [
    {"errors", "files", "code", "postponed"},
    {"cache"},
    {"rounding", "periods"},
    {"analysis"},
    {"quantities"},
    {"clean", "framework", "reading"},
    {"sources", "labels", "indicators"},
    {"estimation", "aggregation", "exchange", "store"},
    {"trends"},
    {"exhibits"},
    {"audit"},
    {"printed"},
    {"checking"},
    {"pictures"},
    {"tables"},
    {"office"},
    {"site"},
    {"documents"},
    {"running", "front"},
    {"notebook"},
    {"survey_notebook", "revision_notebook", "comparison_notebook", "audit_notebook"},
    {"commands"},
    {"cli"},
    {"__main__"},
]
# The rooms in the room where drafts are checked; "" are the modules beside them.
CHECKING = [
    "text",
    "candidates",
    "judging",
    "together",
    "computed",
    "tables",
    "likelihood",
    "",
    "answers",
    "bound",
]
PLACE = {room: number for number, rooms in enumerate(ORDER) for room in rooms}
FRONT = "front"
PURE = {"quantities", "clean", "framework", "exhibits", "indicators", "aggregation", "rounding", "periods"}
FILES = {"pathlib", "os", "shutil", "tempfile", "io"}
VAGUE = {"utils", "helpers", "common", "misc", "tools"}
SAY_NOTHING = {"each", "found"}


def room(path: Path) -> str:
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return "analysis" if parts == ("__init__",) else parts[0]


@cache
def nodes(text: str) -> list[ast.AST]:
    return list(ast.walk(ast.parse(text)))


def imported(text: str) -> set[str]:
    found = set()
    for node in nodes(text):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def wrong_arrows(name: str, text: str) -> list[str]:
    rooms = {each.split(".")[1] for each in imported(text) if each.startswith("analysis.")}
    if name == "analysis":
        rooms -= {FRONT}
    return sorted(other for other in rooms if other != name and PLACE[other] >= PLACE[name])


def arrows_back_in_checking(name: str, text: str) -> list[str]:
    """Return the rooms of checking that a module in one of them imports, and that come later."""
    parts = (each.split(".") for each in imported(text) if each.startswith("analysis.checking."))
    rooms = {each[2] if each[2] in CHECKING else "" for each in parts}
    return sorted(other for other in rooms if CHECKING.index(other) > CHECKING.index(name))


def code_lines(text: str) -> list[str]:
    """Return the lines that are neither docstring, comment nor blank."""
    lines = text.splitlines()
    for node in nodes(text):
        held = isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node)
        if held:
            said = node.body[0]
            lines[said.lineno - 1 : said.end_lineno] = [""] * (said.end_lineno - said.lineno + 1)
    return [line for line in lines if line.strip() and not line.strip().startswith("#")]


MODULES = {path: path.read_text(encoding="utf-8") for path in sorted(SOURCE.rglob("*.py"))}


def named(found: dict[Path, object]) -> dict[str, object]:
    """Keep what was found of a module, under its path in the package."""
    return {path.relative_to(SOURCE).as_posix(): each for path, each in found.items() if each}


def test_arrows_point_one_way():
    assert named({path: wrong_arrows(room(path), text) for path, text in MODULES.items()}) == {}


def test_the_rooms_of_checking_stand_in_one_order():
    inside = {path: path.relative_to(SOURCE).parts for path in MODULES if room(path) == "checking"}
    assert {parts[1] for parts in inside.values() if len(parts) > 2} == {*CHECKING} - {""}
    back = {
        path: arrows_back_in_checking(parts[1] if len(parts) > 2 else "", MODULES[path])
        for path, parts in inside.items()
    }
    assert named(back) == {}
    assert arrows_back_in_checking("text", "from analysis.checking.tables.grids import table_named") == [
        "tables"
    ]


def test_the_front_door_opens_late():
    """``import analysis`` loads nothing but its errors; its functions import the room behind the door."""
    tree = ast.parse((SOURCE / "__init__.py").read_text(encoding="utf-8"))
    at_once = [node.module for node in tree.body if isinstance(node, ast.ImportFrom)]
    assert at_once == ["__future__", "analysis.errors"]
    script = "import sys, analysis; print(*sorted(name for name in sys.modules if name in {WATCHED!r}))"
    script = script.replace("{WATCHED!r}", repr({"pandas", "numpy", "matplotlib", "analysis.front"}))
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == ""


def test_a_wrong_arrow_is_seen():
    assert wrong_arrows("quantities", "from analysis.pictures.figures import draw") == ["pictures"]
    assert wrong_arrows("exhibits", "import analysis.running.work") == ["running"]


def test_modules_are_short_and_named_for_what_they_hold():
    lengths = {path: len(code_lines(text)) for path, text in MODULES.items()}
    assert named({path: length for path, length in lengths.items() if length > 300}) == {}
    assert named({path: path.stem in VAGUE for path in MODULES}) == {}


def test_what_computes_knows_no_files():
    pure = {path: text for path, text in MODULES.items() if room(path) in PURE}
    assert len(pure) > len(PURE)
    known = {path: {name.split(".")[0] for name in imported(text)} & FILES for path, text in pure.items()}
    assert named(known) == {}


def types_named(text: str) -> set[str]:
    """The classes of a module, and the names that it gives to other types (``Bound = Fraction | float``)."""
    tree = ast.parse(text)
    classes = {each.name for each in tree.body if isinstance(each, ast.ClassDef)}
    targets = [each.targets[0] for each in tree.body if isinstance(each, ast.Assign)]
    names = {each.id for each in targets if isinstance(each, ast.Name)}
    return {name for name in classes | names if re.fullmatch(r"[A-Z]\w*[a-z]\w*", name)}


def test_a_type_has_a_name_of_its_own():
    """Two things that bear one name in two rooms make a reader guess which is meant."""
    where: dict[str, list[str]] = {}
    for path, text in MODULES.items():
        for name in types_named(text):
            where.setdefault(name, []).append(path.relative_to(SOURCE).as_posix())
    assert len(where) > 100
    assert {name: paths for name, paths in where.items() if len(paths) > 1} == {}


def test_the_names_of_types_are_seen():
    assert types_named("class Line: ...\nBound = int | float\nLIMIT = 5\n_Own = 1\nx = 2") == {
        "Line",
        "Bound",
    }


def functions_named(text: str) -> set[str]:
    """The functions of a module that others may call."""
    return {each.name for each in ast.parse(text).body
            if isinstance(each, ast.FunctionDef) and not each.name.startswith("_")}  # fmt: skip


def test_a_function_has_a_name_of_its_own():
    """But for what every command has, and what a program begins with."""
    where: dict[str, list[str]] = {}
    for path, text in MODULES.items():
        for name in functions_named(text):
            where.setdefault(name, []).append(path.relative_to(SOURCE).as_posix())
    assert len(where) > 1000
    several = {name: paths for name, paths in where.items() if len(paths) > 1}
    assert sorted(several) == ["add_arguments", "main", "run"]
    assert {path.partition("/")[0] for name in ("add_arguments", "run") for path in several[name]} == {
        "commands"
    }
    assert functions_named("def read(): ...\ndef _own(): ...\nclass Word:\n    def inner(self): ...") == {
        "read"
    }


def names_given(text: str) -> set[str]:
    """The names that a module gives: to variables, parameters, attributes, functions, classes and imports."""
    names = set()
    for node in nodes(text):
        if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Store):
            names.add(node.id if isinstance(node, ast.Name) else node.attr)
        elif isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, ast.alias):
            names.add(node.asname or node.name)
        elif isinstance(
            node, ast.FunctionDef | ast.ClassDef | ast.ExceptHandler | ast.MatchAs | ast.MatchStar
        ):
            names.add(node.name)
    return names


def test_a_name_says_what_it_holds():
    """A reader who meets ``each`` or ``found`` has to look up what it is: a row, a number, a period."""
    assert named({path: names_given(text) & SAY_NOTHING for path, text in MODULES.items()}) == {}


@pytest.mark.parametrize(
    "code",
    [
        "for each in rows: ...",
        "[row for each, row in rows]",
        "sorted(rows, key=lambda each: each.name)",
        "def read(each): ...",
        "class Line:\n    each: int",
        "self.each = 1",
        "if (each := 1): ...",
        "from rows import row as each",
        "try: ...\nexcept ValueError as each: ...",
        "match row:\n    case [each, *_]: ...",
    ],
)
def test_a_name_that_says_nothing_is_seen(code):
    assert names_given(code) & SAY_NOTHING == {"each"}
    assert not names_given('print(each, f"found {each}", row.each)  # each') & SAY_NOTHING


def codes_of_frameworks() -> set[str]:
    """Codes of nodes and dimensions of the documents, long enough to be no ordinary word."""
    found = set()
    for path in SOURCE.parents[1].glob("data/raw/*/framework/[nd]*.csv"):
        with path.open(encoding="utf-8", newline="") as lines:
            rows = csv.DictReader(lines)
            found |= {row["code"] for row in rows if row.get("dimension") != "sex" and "_" in row["code"]}
    return found


def code_without_words(text: str) -> str:
    """The code of a module without its docstrings and comments."""
    strings = {each.value.value for each in nodes(text)
               if isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant)}  # fmt: skip
    held = [each.value for each in nodes(text) if isinstance(each, ast.Constant)]
    return "\n".join(each for each in held if isinstance(each, str) and each not in strings)


def test_no_code_of_a_framework_stands_in_the_code():
    codes = codes_of_frameworks() - {path.stem for path in MODULES}
    assert {"regular_budget", "asia_pacific"} <= codes
    words = re.compile("|".join(rf"(?<!\w){re.escape(code)}(?!\w)" for code in sorted(codes)))
    assert named({path: words.findall(code_without_words(text)) for path, text in MODULES.items()}) == {}
    assert words.findall("region.asia_pacific")


def test_no_code_and_no_period_of_a_document_stands_in_what_the_package_says():
    """Labels, words, templates and lists: an example of a command is text, a period in it is one's own."""
    words = re.compile("|".join(rf"(?<!\w){re.escape(code)}(?!\w)" for code in sorted(codes_of_frameworks())))
    span = re.compile(r"(?<!\d)20\d\d\s?[-–/]\s?(?:20)?\d\d(?!\d)")
    told = [path for path in SOURCE.rglob("*") if path.suffix in (".toml", ".csv", ".md", ".j2", ".js")]
    assert {path.name for path in told} >= {"en.toml", "terms.csv", "project.md", "index.html.j2"}
    found = {
        path.relative_to(SOURCE).as_posix(): [*words.findall(text), *span.findall(text)]
        for path in told
        for text in [path.read_text(encoding="utf-8")]
        if path.parent.name != "indicators"  # sources are cited with the years of their titles
    }
    assert {path: held for path, held in found.items() if held} == {}
    assert span.findall("From the 2018–21 plan, 2018-2021") == ["2018–21", "2018-2021"]


def rooms_reached(text: str) -> set[str]:
    """Return the rooms that a file of tests imports, when the quick suite runs any of its tests."""
    if re.search(r"^pytestmark = .*pytest\.mark\.slow", text, re.MULTILINE):
        return set()
    tests = [each for each in nodes(text) if isinstance(each, ast.FunctionDef) and each.name[:5] == "test_"]
    if all(any("mark.slow" in ast.unparse(mark) for mark in each.decorator_list) for each in tests):
        return set()
    whole = [each for each in nodes(text) if isinstance(each, ast.ImportFrom) and each.module == "analysis"]
    rooms = {name.name for each in whole for name in each.names}
    return rooms | {name.split(".")[1] for name in imported(text) if name.startswith("analysis.")}


def test_the_quick_suite_comes_to_every_room():
    """But to the one that makes a whole report's documents: nothing of that takes a moment."""
    files = Path(__file__).parent.rglob("test_*.py")
    found = set().union(*(rooms_reached(path.read_text(encoding="utf-8")) for path in files))
    assert set(PLACE) - {"analysis", "errors", "__main__"} - found == {"documents"}
    assert rooms_reached("import pytest\nfrom analysis.audit.rules import ruled\ndef test_it(): ...") == {
        "audit"
    }
    assert not rooms_reached(
        "pytestmark = [pytest.mark.slow]\nfrom analysis import audit\ndef test_it(): ..."
    )
    assert not rooms_reached("from analysis import audit\n@pytest.mark.slow\ndef test_it(): ...")


def test_a_file_of_tests_has_a_name_of_its_own():
    """Two of one name are one module to pytest, and the second is not run."""
    names = [path.name for path in Path(__file__).parent.rglob("test_*.py")]
    assert {name for name in names if names.count(name) > 1} == set()


def test_tests_stand_in_folders_of_the_rooms_names():
    """But those of the whole house: what is told of bad input, and files changed at random."""
    folders = {path.parent.name for path in Path(__file__).parent.glob("*/test_*.py")}
    assert folders - set(PLACE) == {"bad_input", "fuzzing"}
    assert folders >= {"printed", "pictures", "tables", "office", "site"}


def test_each_file_of_tests_is_run_by_one_of_two_processes():
    files = list(Path(__file__).parent.rglob("test_*.py"))
    for path in files:
        places = [path, *(each for each in path.parents if Path(__file__).parent in each.parents)]
        told = [[elsewhere(place, half) for place in places] for half in HALVES]
        assert sorted(map(any, told)) == sorted(map(all, told)) == [False, True], path
    assert not elsewhere(files[0], "")
