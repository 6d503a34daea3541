"""Appendix III: target beside result, met or not where both are numbers."""

from collections import Counter

import pytest

from analysis.exhibits.enabling import EnablingIndicator, comparisons, is_met
from analysis.periods import Calendar
from analysis.quantities import Quantity, constant, evaluate

EXHIBIT = "appendix_iii_enabling_outcomes"


def row(rows, component, period="code.2020–21"):
    return next(cells for labels, cells in rows.items() if labels[1:] == (f"component.{component}", period))


@pytest.mark.slow
def test_every_indicator_has_its_rows(body, recorded, biennium):
    rows = body(EXHIBIT, recorded, biennium)
    assert len({labels[0] for labels in rows}) == 26
    assert row(rows, "improved_statistics_systems")[:3] == [15, 28, 1]
    assert row(rows, "facebook_followers_growth")[:3] == [10, -3, 0]
    assert row(rows, "flagship_citations") == [None, None, None, 346, 447]
    assert row(rows, "voluntary_share")[:3] == [48, 46, 0]


@pytest.mark.slow
def test_less_is_better_where_it_is(body, recorded, biennium):
    rows = body(EXHIBIT, recorded, biennium)
    assert row(rows, "action_plan_submission_time")[:3] == [3, 11.4, 0]


@pytest.mark.slow
def test_a_target_serves_both_years_of_a_result(body, recorded, biennium):
    rows = body(EXHIBIT, recorded, biennium)
    years = [row(rows, "uninfo_reporting_offices", f"code.{year}")[:3] for year in biennium.years]
    assert years == [[25, 69, 1], [25, 81, 1]]


@pytest.mark.slow
def test_words_are_shown_and_never_judged(body, recorded, biennium):
    rows = body(EXHIBIT, recorded, biennium)
    target, result, verdict, *_ = row(rows, "printed_pre_session_documents")
    assert (target, verdict) == (15, None)
    assert (
        result
        == "enabling.implementation-2020-21/enabling_indicators/B.1.2/printed_pre_session_documents/result"
    )


@pytest.mark.slow
def test_how_many_are_met(recorded, biennium):
    verdicts = Counter(int(evaluate(each, recorded).value) for each in comparisons(recorded, biennium))
    assert verdicts == {1: 29, 0: 4}


@pytest.mark.parametrize(
    ("direction", "goal", "result", "expected"),
    [
        ("more_is_better", 10, 10, 1),
        ("more_is_better", 10, 9, 0),
        ("less_is_better", 10, 10, 1),
        ("less_is_better", 10, 11, 0),
        ("less_is_better", 10, 9, 1),
        ("equal", 10, 11, 0),
        ("equal", 10, 10, 1),
    ],
)
def test_met_respects_direction(direction, goal, result, expected, recorded):
    line = EnablingIndicator("X.1.1", "made_up", "2020-21", direction, {})
    verdict = is_met(line, {"target": constant(goal), "result": constant(result)})
    assert isinstance(verdict, Quantity)
    assert evaluate(verdict, recorded).value == expected


def test_the_earlier_biennium_shows_its_baselines(body, earlier):
    rows = body(EXHIBIT, earlier, Calendar(2, 2020, "ilo").period(2018))
    assert [cells for cells in rows.values()] == [[346], [2.6]]
