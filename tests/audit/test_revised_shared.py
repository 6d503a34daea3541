"""What two vintages come to beside one another is worked out once for reports in all languages of a run."""

import pandas as pd
import pytest

from analysis.audit.revised import Revised
from analysis.sources.vintages import Vintages
from analysis.store.shared import SHARED

pytestmark = pytest.mark.slow
PAIR = ("un_sdg_2020_10", "un_sdg_2021_12")


class Unread:
    """Vintages that nobody may open."""

    def __getitem__(self, name):
        raise AssertionError(f"{name} was opened again")


@pytest.fixture
def alone(root):
    return Revised(Vintages(root), *PAIR, indicators=("unemployment_rate",))


def test_another_language_takes_what_was_compared(alone, tmp_path, monkeypatch):
    monkeypatch.setenv(SHARED, str(tmp_path / "shared"))
    asked = *PAIR, ("unemployment_rate",)
    first, second = Revised(alone.vintages, *asked), Revised(Unread(), *asked)
    pd.testing.assert_frame_equal(first.cells, second.cells)
    assert first.one_sided == second.one_sided
    monkeypatch.delenv(SHARED)
    pd.testing.assert_frame_equal(alone.cells, second.cells)
    assert alone.one_sided == second.one_sided
    assert len(second.cells)


def test_what_else_is_compared_is_not_taken(alone, tmp_path, monkeypatch):
    monkeypatch.setenv(SHARED, str(tmp_path / "shared"))
    assert len(alone.cells)
    with pytest.raises(AssertionError, match="opened again"):
        _ = Revised(Unread(), *PAIR, areas=("World",)).cells
