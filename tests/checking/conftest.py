import pytest

from analysis.checking.drafts import Checker


@pytest.fixture(scope="session")
def checker(register, recorded):
    """What drafts are checked against: the record and its audit, opened once."""
    return Checker(recorded, "2020-21", register.root)
