import pytest

from analysis.checking.drafts import Checker
from analysis.checking.judging.contested import Contested


@pytest.fixture(scope="session")
def checker(register, recorded, judged):
    """What drafts are checked against: the record, opened once, and its audit, that of all rooms."""
    opened = Checker(recorded, "2020-21", register.root)
    opened.contested = Contested.of(judged)
    return opened
