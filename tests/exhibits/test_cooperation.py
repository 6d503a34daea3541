"""Development cooperation: the table's total, concentration, sources against prose, lost figures."""

from fractions import Fraction

import pytest

from analysis.exhibits import cooperation
from analysis.exhibits.catalogue import find
from analysis.exhibits.cooperation import (
    CONTRIBUTIONS,
    STATES,
    all_contributions,
    stated_in_review,
    top,
)
from analysis.exhibits.layout import make
from analysis.framework import Framework
from analysis.quantities import evaluate, share, tally
from analysis.rounding import round_half_up


def exhibit(identifier, recorded, biennium):
    return make(find(identifier, recorded), recorded, biennium)


def numbers(row, recorded, decimals=1):
    return [
        None if each is None else float(round_half_up(evaluate(each, recorded).value, decimals))
        for each in row.cells
    ]


def test_total_is_the_sum_of_all_lines(recorded):
    whole = evaluate(all_contributions(recorded), recorded)
    assert whole.value == sum(Fraction(text) for text in recorded[CONTRIBUTIONS].rows["value"]) == 1095327
    assert whole.unit == "usd_thousand"


def test_contributions_end_with_the_total(recorded, biennium):
    table = exhibit("cooperation_contributions", recorded, biennium).table
    assert len(table.rows) == 35
    assert numbers(table.rows[-1], recorded) == [1095327, 100]
    assert sum(evaluate(row.cells[1], recorded).value for row in table.rows[:-1]) == 100


def test_concentration(recorded, biennium):
    table = exhibit("cooperation_concentration", recorded, biennium).table
    found = {row.labels[0].removeprefix("code."): numbers(row, recorded) for row in table.rows}
    assert found == {
        "1": [184077, 16.8, 184077, 16.8, None],
        "3": [432426, 39.5, 432426, 39.5, None],
        "5": [607140, 55.4, 607140, 55.4, None],
        "10": [858991, 78.4, 833581, 76.1, None],
        "20": [1046691, 95.6, 951639, 86.9, 96],
    }


def test_the_printed_share_of_twenty_partners_is_that_of_twenty_lines(recorded):
    whole, printed = (
        all_contributions(recorded),
        evaluate(stated_in_review("leading_partners_share"), recorded),
    )
    alone = Framework.of(recorded).of_kind("partner_kind", "single")
    lines = evaluate(share(top(recorded, 20), whole), recorded).value
    single = evaluate(share(top(recorded, 20, alone), whole), recorded).value
    assert printed.low <= lines <= printed.high
    assert not printed.low <= single <= printed.high


def test_sources_cover_every_kind_of_partner_once(recorded):
    kinds = [kind for kinds in Framework.of(recorded).grouped("partner_kind").values() for kind in kinds]
    assert sorted(kinds) == sorted(recorded[CONTRIBUTIONS].offered("kind"))


def test_shares_by_source_beside_the_printed_ones(recorded, biennium):
    table = exhibit("cooperation_sources", recorded, biennium).table
    assert [numbers(row, recorded) for row in table.rows] == [
        [677268, 61.8, 59.7, 2.1],
        [189086, 17.3, 15.9, 1.4],
        [116297, 10.6, 12.4, -1.8],
        [49554, 4.5, 5.2, -0.7],
        [42568, 3.9, 4.7, -0.8],
        [20554, 1.9, 2.1, -0.2],
        [1095327, 100, 100, None],
    ]
    parts = tally(row.cells[0] for row in table.rows[:-1])
    assert evaluate(parts, recorded).value == evaluate(all_contributions(recorded), recorded).value


def test_approvals_and_rbsa(recorded, biennium):
    table = exhibit("cooperation_approvals_and_rbsa", recorded, biennium).table
    assert [numbers(row, recorded) for row in table.rows] == [
        [1000, 1020],
        [340, 333.3],
        [50.9, None],
        [17, None],
        [None, 33.9],
    ]


def test_pillars_count_the_statements_on_each_action(recorded, biennium):
    table = exhibit("cooperation_pillars", recorded, biennium).table
    actions = [row for row in table.rows if row.labels[1] == "pillar_kind.action"]
    assert len(actions) == 15
    found = sum(evaluate(each, recorded).value for row in actions for each in row.cells)
    rows = recorded[cooperation.EVIDENCE].rows
    assert found == ((rows["action"] != "general") & rows["state_printed"].isin(STATES)).sum()
    assert numbers(actions[2], recorded) == [9, 2, 0, 0]


@pytest.mark.parametrize(("figure", "given"), [(1, 2), (2, 7), (3, 0), (4, 7), (5, 1)])
def test_lost_figures_say_what_the_prose_still_gives(figure, given, recorded, biennium):
    made = make(find(f"Figure {figure}", recorded, "review"), recorded, biennium)
    assert made.status == "not_recomputable"
    assert made.missing
    assert len(made.table.rows if made.table else ()) == given
