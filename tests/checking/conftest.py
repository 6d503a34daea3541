import pytest

from analysis.checking.drafts import Checker
from analysis.checking.judging.contested import Contested


@pytest.fixture(scope="session")
def checker(register, recorded, judged):
    """What drafts are checked against: the record, opened once, and its audit, that of all rooms."""
    opened = Checker(recorded, "2020-21", register.root)
    opened.contested = Contested.of(judged)
    return opened


@pytest.fixture
def check_text(checker, tmp_path):
    """Write a text to a draft, Markdown where nothing else is said; return its numbers as judged."""

    def check(text, language="auto", suffix=".md"):
        path = tmp_path / f"draft{suffix}"
        path.write_text(text, encoding="utf-8")
        return checker.check(path, language)

    return check
