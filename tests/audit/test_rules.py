import pytest

from analysis.audit.claims import Claim
from analysis.audit.judging import judge
from analysis.audit.rules import RULES, ruled
from analysis.quantities import Recorded
from analysis.quantities.notation import parse


def judged(recorded: Recorded, identifier: str) -> str:
    name, rule = ruled(recorded)[identifier]
    check = "check" if "#" in identifier else ""
    claim = Claim(identifier, name, rule.row, parse(rule.text, recorded), check=check, compares=bool(check))
    return judge(claim, recorded).verdict


def changed(recorded: Recorded, identifier: str, value: str) -> Recorded:
    table, row = recorded.locate(identifier)
    return Recorded(
        table.replaced(row, value=value) if name == table.name else each for name, each in recorded.items()
    )


def test_every_rule_finds_its_table_and_recomputes_something(recorded):
    made = {name for name, _ in ruled(recorded).values()}
    assert made == {name for name in RULES if name in recorded}
    assert len(ruled(recorded)) > 150


REPORT = (
    "implementation-2020-21/output_indicators/1.1.1/result",
    "implementation-2020-21/budget_by_outcome/1",
    "implementation-2020-21/enabling_indicators",
)
CASES = [
    (f"{REPORT[0]}/africa", "9", f"{REPORT[0]}/all"),
    (f"{REPORT[1]}/rbsa/actual_expenditure", "5.1", f"{REPORT[1]}/total/actual_expenditure"),
    (
        "implementation-2020-21/results_by_region/africa/results",
        "330",
        "implementation-2020-21/results_by_region/africa/results",
    ),
    (
        "implementation-2020-21/results_by_region/africa/share",
        "47",
        "implementation-2020-21/results_by_region/2020-21#shares",
    ),
    (
        "implementation-2020-21/staff_inputs/I.1/actrav",
        "30",
        "implementation-2020-21/staff_inputs/I.1#shares",
    ),
    (
        f"{REPORT[2]}/A.2.2/flagship_citations/baseline",
        "246",
        f"{REPORT[2]}/A.2.2/flagship_citations_growth/result",
    ),
    (f"{REPORT[2]}/C.4.1/hr_indicators_met/result", "7", f"{REPORT[2]}/C.4.1/hr_indicators_total/context"),
    (
        f"{REPORT[2]}/B.2.2/accepted_recommendations_addressed_share/result",
        "88.5",
        f"{REPORT[2]}/B.2.2/accepted_recommendations#shares",
    ),
    (
        "implementation-2020-21/decent_work_indicators/neet_rate/SEX_T/YTHADULT_Y15-24/2020",
        "33.3",
        "implementation-2020-21/decent_work_indicators/neet_rate/YTHADULT_Y15-24/2020#between",
    ),
    (
        "gender-equality-2020-21/targets/rbm.01/1/result/1",
        "53",
        "gender-equality-2020-21/targets/rbm.01/1#met",
    ),
    (
        "gender-equality-2020-21/targets/rbm.08/8/result/1",
        "43",
        "gender-equality-2020-21/targets/rbm.08/8#met",
    ),
    (
        "gender-equality-2020-21/monitoring_totals/2020-21/met_or_exceeded/count",
        "38",
        "gender-equality-2020-21/monitoring_totals/2020-21/met_or_exceeded/share",
    ),
    (
        "un-swap-2012/representation/ASG_and_above/2010-12/share",
        "31.9",
        "un-swap-2012/representation/ASG_and_above/2008-12/2010-12/change",
    ),
]


@pytest.mark.parametrize(("number", "wrong", "claim"), CASES, ids=[each[2] for each in CASES])
def test_a_wrong_number_is_noticed_by_its_rule(recorded, number, wrong, claim):
    assert judged(recorded, claim) == "reproduced"
    assert judged(changed(recorded, number, wrong), claim) == "discrepancy"


def test_shares_within_rounding_of_a_hundred_are_rounding(recorded):
    wrong = changed(recorded, "implementation-2020-21/staff_inputs/I.1/actrav", "21")
    assert judged(wrong, "implementation-2020-21/staff_inputs/I.1#shares") == "rounding"


def test_a_share_that_the_printed_counts_do_not_give_is_found(recorded):
    assert (
        judged(recorded, "implementation-2020-21/results_by_region/europe_central_asia/share")
        == "discrepancy"
    )


def test_indicators_in_per_cent_are_not_added_up(recorded):
    units = {each.id for _, each in ruled(recorded).values()}
    table = recorded["report.output_indicators"]
    for row in table.records:
        if row["unit"] == "percent":
            assert row["id"] not in units


def test_a_contradiction_between_two_places_is_a_discrepancy(table):
    rows = [
        {
            "id": "implementation-2020-21/contradictions/1",
            "relation": "same",
            "first_printed": "2018",
            "second_printed": "2020",
        },
        {
            "id": "implementation-2020-21/contradictions/2",
            "relation": "same",
            "first_printed": "a",
            "second_printed": "a",
        },
    ]
    sample = Recorded([table(rows, name="report.contradictions")])
    assert [judged(sample, row["id"]) for row in rows] == ["discrepancy", "reproduced"]
