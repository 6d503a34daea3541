"""The implementation plan: every deliverable, its links, and judgements by the stated rules."""

from collections import Counter

import pytest

from analysis.exhibits import implementation_plan as plan
from analysis.exhibits.catalogue import find
from analysis.exhibits.layout import make
from analysis.quantities import Recorded, RecordedTable, evaluate

NUMERIC = {  # deliverable: target, unit, judgement
    "1.3.a": (5, "region", "on_track"),
    "1.4.a": (10, "partnership", "on_track"),
    "1.4.c": (20, "initiative", "on_track"),
    "2.2.a": (3, "arrangement", "on_track"),
    "3.1.a": (2, "dialogue", "delivered"),
    "3.1.b": (1, "campaign", "no_evidence"),
    "3.3.a": (4, "approach", "on_track"),
}


def exhibit(identifier, recorded, biennium):
    return make(find(identifier, recorded), recorded, biennium)


def with_links(recorded, rows):
    """Return the tables with the links from deliverables to evidence replaced."""
    table = recorded[plan.LINKS]
    links = table.rows[[tuple(pair) in rows for pair in table.rows[["deliverable", "evidence"]].values]]
    others = [each for name, each in recorded.items() if name != plan.LINKS]
    return Recorded([*others, RecordedTable(plan.LINKS, links.reset_index(drop=True), table.source)])


def test_every_deliverable_with_its_years(recorded, biennium):
    made = exhibit("plan_deliverables", recorded, biennium)
    assert len(made.table.rows) == 32
    ends = Counter(
        tuple(int(evaluate(each, recorded).value) for each in row.cells[:2]) for row in made.table.rows
    )
    assert ends == {(2021, 2023): 16, (2021, 2025): 16}
    (counted,) = made.charts
    assert [each.label for each in counted.series] == ["code.2021–23", "code.2021–25"]
    found = [[int(evaluate(each, recorded).value) for each in series.values] for series in counted.series]
    assert [sum(each) for each in found] == [16, 16]
    assert len(counted.categories) == len(found[0]) == 4


def test_many_timelines_are_drawn_each(recorded, biennium):
    table = recorded[plan.DELIVERABLES]
    rows = table.rows.copy()
    rows["period"] = [f"20{21 + place % 5}-26" for place in range(len(rows))]
    others = [each for name, each in recorded.items() if name != plan.DELIVERABLES]
    changed = Recorded([*others, RecordedTable(plan.DELIVERABLES, rows, table.source)])
    definition = find("plan_deliverables", recorded)
    (timeline,) = make(definition, changed, biennium).charts
    assert timeline.kind == "spans"
    assert [len(series.values) for series in timeline.series] == [32, 32]


@pytest.mark.parametrize("code", NUMERIC)
def test_each_numeric_target_and_its_judgement(code, recorded):
    number, unit, judged = NUMERIC[code]
    target = evaluate(plan.target_number(code), recorded)
    assert (target.value, target.unit) == (number, unit)
    assert plan.judgement(code, recorded) == judged


def test_numeric_targets_are_all_shown(recorded, biennium):
    rows = exhibit("plan_numeric_targets", recorded, biennium).table.rows
    assert [row.labels[0].removeprefix("code.") for row in rows] == list(NUMERIC)


def test_silence_is_never_taken_for_delivery(recorded):
    silent = with_links(recorded, set())
    for entry in recorded[plan.DELIVERABLES].rows.to_dict("records"):
        assert plan.judgement(entry["deliverable"], silent) == "no_evidence"


def test_delivered_needs_a_number_that_reaches_the_target(recorded):
    done = with_links(recorded, {("3.1.a", "cooperation-review-2023/evidence/172.1")})
    assert plan.judgement("3.1.a", done) == "delivered"
    rows = recorded[plan.PROSE].rows.copy()
    rows.loc[rows["item"] == "funding_dialogues", "value"] = "1"
    others = [each for name, each in done.items() if name != plan.PROSE]
    fewer = Recorded([*others, RecordedTable(plan.PROSE, rows, recorded[plan.PROSE].source)])
    assert plan.judgement("3.1.a", fewer) == "on_track"


def test_a_number_of_another_unit_delivers_nothing(recorded):
    assert plan.reported_number("1.4.c", recorded) is None  # 70 projects are not 20 initiatives
    assert plan.reported_number("1.2.a", recorded) is None


def test_what_is_only_still_to_do_is_outstanding(recorded):
    assert plan.judgement("4.4.a", recorded) == "outstanding"
    assert plan.judgement("2.3.b", recorded) == "outstanding"


def test_without_a_number_nothing_is_judged_delivered(recorded):
    for entry in recorded[plan.DELIVERABLES].rows.to_dict("records"):
        if not entry["value"]:
            assert plan.judgement(entry["deliverable"], recorded) not in ("delivered", "on_track")


def test_judgements_by_pillar_add_up(recorded, biennium):
    table = exhibit("plan_judgements", recorded, biennium).table
    rows = [[int(evaluate(each, recorded).value) for each in row.cells] for row in table.rows]
    assert rows == [[0, 3, 7, 0, 0], [0, 1, 5, 1, 1], [1, 1, 3, 0, 1], [0, 0, 6, 1, 1], [1, 5, 21, 2, 3]]
    assert [sum(column) for column in zip(*rows[:-1], strict=True)] == rows[-1]
    assert sum(rows[-1]) == 32


def test_evidence_gives_every_statement_its_place(recorded, biennium):
    table = exhibit("plan_evidence", recorded, biennium).table
    statements = [row for row in table.rows if row.labels[2]]
    assert len(statements) == len(recorded[plan.LINKS].rows) == 78
    assert all(row.cells[2] for row in statements)
    silent = [row.labels[0] for row in table.rows if not row.labels[2]]
    assert silent == ["code.2.2.b", "code.3.1.b", "code.4.1.a"]


def test_linked_outputs_show_every_link(recorded, biennium):
    table = exhibit("plan_linked_outputs", recorded, biennium).table
    shown = [each for row in table.rows for each in row.cells if each is not None]
    assert len(shown) == len(recorded[plan.OUTPUTS].rows) == 60
    assert all(evaluate(each, recorded).value == 1 for each in shown)
