"""Each family of contradictions: one that the audit must find in the record, and what it must not find.

A case changes one recorded number, or word. What contradicts as printed no longer does where the number is
the one that the others give, and what holds no longer does where it is not.
"""

import pytest

from analysis.audit.claims import CONTRADICTED
from analysis.audit.judging import judge_claim
from analysis.audit.verdicts import DISCREPANCY, REPRODUCED

REPORT, REVIEW, GENDER = "implementation-2020-21", "cooperation-review-2023", "gender-equality-2020-21"
RATES = f"{REPORT}/decent_work_indicators/unemployment_rate"
PRINTED_SO = [
    ("share", f"{REPORT}/prose/1203.2", f"{REPORT}/prose/1203.2", {"value": "69"}),
    ("sum", f"{REVIEW}/prose/187.2#3", f"{REVIEW}/prose/187.2", {"value": "348", "decimals": "0"}),
    ("change", f"{REPORT}/prose/2596.1", f"{REPORT}/prose/2596.1", {"value": "65"}),
    ("printing", f"{REPORT}/prose/1454.1", f"{REPORT}/prose/1454.1", {"value": "16"}),
    ("status", f"{REPORT}/prose/1294.1", f"{REPORT}/prose/1294.1", {"value": "1"}),
    (
        "status",
        f"{REPORT}/relations/2108.1#2",
        f"{REPORT}/output_indicators/7.2.2/result/all",
        {"value": "5"},
    ),
    ("direction", f"{REVIEW}/relations/187.2", f"{REVIEW}/prose/187.2", {"value": "400"}),
    ("direction", f"{REPORT}/relations/123.1#2", f"{RATES}/SEX_M/YTHADULT_YGE15/2020", {"value": "5.9"}),
    (
        "order",
        f"{REPORT}/relations/1773.1",
        f"{REPORT}/output_indicators/5.1.1/result/africa",
        {"value": "40"},
    ),
    (
        "quantifier",
        f"{REPORT}/relations/2347.1",
        f"{REPORT}/enabling_indicators/A.3.1/facebook_followers_growth/result",
        {"value": "11"},
    ),
    (
        "reference",
        f"{REPORT}/contradictions/1306",
        f"{REPORT}/contradictions/1306",
        {"first_printed": "2020年"},
    ),
    (
        "count",
        f"{REPORT}/contradictions/3577",
        f"{REPORT}/contradictions/3577",
        {"first_printed": "20 份批准书"},
    ),
    (
        "small_whole",
        f"{GENDER}/targets/rbm.02/2/result/1#2",
        f"{GENDER}/targets/rbm.02/2/result/1",
        {"value": "75"},
    ),
    (
        "coverage",
        f"{GENDER}/contradictions/357",
        f"{GENDER}/contradictions/357",
        {"first_printed": "总数 非洲 美洲 阿拉伯"},
    ),
]
HOLDING = [
    (
        "share",
        f"{REPORT}/results_by_region/africa/share",
        f"{REPORT}/results_by_region/africa/share",
        {"value": "38"},
    ),
    ("sum", f"{REPORT}/prose/27.2", f"{REPORT}/output_indicators/1.1.1/result/all", {"value": "99"}),
    (
        "count",
        "cooperation-plan-2021/deliverables/3.3.a",
        "cooperation-plan-2021/deliverables/3.3.a",
        {"value": "7"},
    ),
    ("derived", f"{REPORT}/relations/123.2", f"{RATES}/SEX_M/YTHADULT_YGE15/2020", {"value": "3.0"}),
    ("target", f"{REPORT}/relations/710.1", f"{REPORT}/output_indicators/1.1.1/result/all", {"value": "1"}),
    ("quantifier", f"{GENDER}/relations/287.1", f"{GENDER}/targets/hfr.04/36/result/1", {"value": "90"}),
]


def changed(recorded, row: str, cells: dict[str, str]):
    table, number = recorded.locate(row)
    return recorded.with_tables({**recorded, table.name: table.replaced(number, **cells)}.values())


@pytest.mark.parametrize(("family", "check", "row", "cells"), PRINTED_SO)
def test_a_contradiction_is_found_and_its_absence_is_not(judged, recorded, family, check, row, cells):
    found = judged.checks[check]
    assert (found.verdict, found.claim.reason) == (DISCREPANCY, family)
    assert judge_claim(found.claim, changed(recorded, row, cells)).verdict == REPRODUCED


@pytest.mark.parametrize(("family", "check", "row", "cells"), HOLDING)
def test_what_holds_is_no_finding_and_its_contrary_is(judged, recorded, family, check, row, cells):
    held = judged.checks[check]
    assert held.verdict == REPRODUCED, family
    assert judge_claim(held.claim, changed(recorded, row, cells)).verdict == DISCREPANCY


def test_every_rule_that_contradicts_has_a_case():
    elsewhere = {"weights"}  # tests/audit/test_rules.py: the weights that rates imply
    assert {family for family, *_ in PRINTED_SO} | elsewhere == {*CONTRADICTED}
