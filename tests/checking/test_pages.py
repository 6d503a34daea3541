"""What the pages on checking say, held against the code."""

import re
from collections import Counter
from pathlib import Path

import pytest

from analysis.checking.judging.verdicts import GRADES

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "checking.md"
METHODS = ROOT / "docs" / "methods" / "checking.md"
CHECKING = ROOT / "src" / "analysis" / "checking"


def modules_named(text: str) -> set[str]:
    """Return the modules and folders that a page names."""
    return set(re.findall(r"`((?:[a-z]+/)?[a-z_]+\.(?:py|csv|toml)|[a-z]+/)`", text))


def test_every_module_that_the_method_page_names_is_there():
    known = {path.relative_to(CHECKING).as_posix() for path in CHECKING.rglob("*.*")}
    known |= {path.name for path in CHECKING.rglob("*.*")}
    known |= {f"{path.name}/" for path in CHECKING.iterdir() if path.is_dir()}
    assert modules_named("`told.py`, `text/words.py` and `text/`") == {"told.py", "text/words.py", "text/"}
    assert modules_named(METHODS.read_text(encoding="utf-8")) - known == set()


def test_the_guide_tells_every_verdict():
    verdicts = re.findall(r"^\| ([a-z ]+) \| [A-Z]", GUIDE.read_text(encoding="utf-8"), re.M)
    assert tuple(verdicts) == GRADES


@pytest.mark.slow
def test_the_example_of_the_guide_is_checked_as_it_says(checker, tmp_path):
    page = GUIDE.read_text(encoding="utf-8")
    draft = tmp_path / "note.md"
    draft.write_text(re.search(r"```markdown\n(.*?)```", page, re.S)[1], encoding="utf-8")
    printed = re.search(r"```text\n(.*?)```", page, re.S)[1].replace("\n    ", " ")
    told = dict(re.findall(r"^note\.md:(\d+:\d+) ([a-z ]+):", printed, re.M))
    checked = checker.check(draft)
    grades = {f"{one.where[0]}:{one.where[1]}": one.verdict.grade for one in checked}
    assert {place: grades[place] for place in told} == told
    counts = Counter(grades.values())
    assert printed.partition(" numbers: ")[2].partition("\n")[0] == ", ".join(
        f"{counts[name]} {name}" for name in GRADES if counts[name]
    )
