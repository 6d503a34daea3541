import random

import pandas as pd
import pytest

from analysis.audit.claims import Claim
from analysis.audit.judging import audit
from analysis.audit.mutation import Fault, Faulty, faults, mutation_score
from analysis.quantities import Recorded, total


@pytest.fixture(scope="session")
def faulty(judged):
    return Faulty.prepare(judged)


def test_every_digit_of_every_number_is_a_fault(judged):
    made = list(faults(judged))
    digits = sum(
        sign.isdigit() for table in judged.recorded.values() for text in table.rows["value"] for sign in text
    )
    assert digits - 10 <= len(made) <= digits
    assert all(judged.recorded[each.table].rows["value"].iat[each.row] != each.value for each in made)


@pytest.mark.parametrize(
    "identifier",
    [
        "implementation-2020-21/output_indicators/1.1.1/result/africa",
        "implementation-2020-21/budget_by_outcome/3/total/actual_expenditure",
        "implementation-2020-21/staff_inputs/I.2/americas",
        "implementation-2020-21/results_by_region/asia_pacific/results",
        "implementation-2020-21/prose/27.2",
    ],
)
def test_a_wrong_first_digit_is_caught(faulty, judged, identifier):
    table, row = judged.recorded.locate(identifier)
    value = table.rows["value"].iat[row]
    wrong = Fault(table.name, row, f"{(int(value[0]) + 4) % 10}{value[1:]}")
    assert faulty.takes_part(wrong)
    assert faulty.caught(wrong)


def test_the_true_number_is_no_fault(faulty, judged):
    table, row = judged.recorded.locate("implementation-2020-21/prose/27.2")
    assert not faulty.caught(Fault(table.name, row, table.rows["value"].iat[row]))


def test_a_number_that_nothing_recomputes_takes_no_part(faulty, judged):
    lone = next(
        each
        for each in judged.judgements
        if each.verdict == "not_recomputable" and each.claim.table == "report.prose"
    )
    fault = Fault(lone.claim.table, lone.claim.row, "7")
    assert (faulty.takes_part(fault), faulty.caught(fault)) == (False, False)


@pytest.mark.slow
def test_only_what_a_fault_touches_is_judged_again_and_the_verdicts_are_those_of_a_full_audit(faulty, judged):
    claims = [each.claim for each in judged.judgements]
    for fault in random.Random(4).sample([each for each in faults(judged) if faulty.takes_part(each)], 12):
        wrong = judged.recorded[fault.table].replaced(fault.row, value=fault.value)
        recorded = Recorded(
            wrong if name == fault.table else table for name, table in judged.recorded.items()
        )
        again = audit(claims, recorded)
        moved = [
            now.claim.id
            for now, before in zip(again.judgements, judged.judgements, strict=True)
            if before.found is not None and now.verdict != before.verdict
        ]
        assert faulty.caught(fault) == bool(moved)


def test_the_score_counts_by_table(table):
    rows = [
        {"id": f"sample/sample/{number}", "value": value, "decimals": 0, "unit": "result", "kind": kind}
        for number, (value, kind) in enumerate(
            [("12", "part"), ("30", "part"), ("42", "sum"), ("7", "alone")]
        )
    ]
    sample = Recorded([table(rows)])
    made = audit(
        [Claim("sample/sample/2", "report.sample", 2, total("report.sample", kind="part"), "sum")], sample
    )
    score = mutation_score(made, faults(made))
    assert list(score.loc["total", ["faults", "taking_part", "caught", "score"]]) == [7, 6, 6, 1]


def test_wrong_digits_in_added_up_tables_are_all_caught(judged):
    sums = {"report.output_indicators", "report.budget_by_outcome", "report.staff_inputs"}
    made = [each for each in faults(judged) if each.table in sums]
    score = mutation_score(judged, random.Random(2).sample(made, 120))
    assert (score["score"] > 0.9).all()


@pytest.mark.slow
def test_the_measured_score_is_the_one_written_down(judged, root, biennium):
    written = pd.read_csv(root / "docs" / "findings" / f"{biennium}-wrong-digits.csv", index_col="table")
    score = mutation_score(judged, faults(judged))
    assert list(written.index) == list(score.index), "run `analysis audit --wrong-digits docs/findings`"
    assert written[["faults", "taking_part", "caught"]].equals(score[["faults", "taking_part", "caught"]])
