"""Worked cases of the definitions, read from YAML."""

from pathlib import Path

import pandas as pd
import pytest
import yaml

from analysis.estimation import SurveyDesign, estimate_domains
from analysis.indicators import INDICATORS, LabourForcePractice

CASES = Path(__file__).parents[1] / "cases"
STATUS = {"employed": 1, "unemployed": 2, "outside": 3, "unknown": 0}


def _read(name: str) -> list[dict]:
    return yaml.safe_load((CASES / name).read_text(encoding="utf-8"))


def _indicator_cases():
    for case in _read("indicators.yaml"):
        standard = {"choose": {}, "expected": case["expected"]}
        for variant in [standard, *case.get("variants", [])]:
            choose = {**case.get("choose", {}), **variant["choose"]}
            yield pytest.param(case, choose, variant["expected"], id=f"{case['case']} {choose or ''}".strip())


@pytest.mark.sampled(12)
@pytest.mark.parametrize(("case", "choose", "expected"), list(_indicator_cases()))
def test_an_indicator_has_the_value_of_its_worked_case(case, choose, expected):
    persons = pd.DataFrame(case["rows"], columns=case["columns"])
    estimand = INDICATORS[case["indicator"]](**choose)
    (found,) = estimate_domains(persons, [estimand], SurveyDesign(), standard_errors=False).to_dict("records")
    assert found["value"] == pytest.approx(expected, rel=1e-12)
    if choose == case.get("choose", {}) and "weighted" in case:
        assert (found["numerator"], found["denominator"]) == pytest.approx(case["weighted"], rel=1e-12)
    for choice, value in choose.items():
        assert str(value) in found["definition"], f"{choice} is not written beside the number"


def test_every_declared_indicator_has_a_worked_case():
    assert {case["indicator"] for case in _read("indicators.yaml")} == set(INDICATORS)


def test_a_wrong_expectation_would_be_seen():
    case = _read("indicators.yaml")[0]
    with pytest.raises(AssertionError):
        test_an_indicator_has_the_value_of_its_worked_case(case, {}, case["expected"] + 1e-9)


def _status_cases():
    for case in _read("labour_force_status.yaml"):
        for icls in (13, 19):
            yield pytest.param(case, {"icls": icls}, case[f"icls_{icls}"], id=f"{case['case']}, {icls}th")
        for variant in case.get("variants", []):
            yield pytest.param(
                case, variant["choose"], variant["icls_19"], id=f"{case['case']}, {variant['choose']}"
            )


ANSWERS = (
    "hours_for_pay_or_profit",
    "absent_from_job",
    "own_use_producer",
    "unpaid_trainee",
    "seeking_work",
    "available_for_work",
    "future_starter",
)


@pytest.mark.sampled(4)
@pytest.mark.parametrize(("case", "choose", "expected"), list(_status_cases()))
def test_status_follows_from_the_answers(case, choose, expected):
    import narwhals as nw

    answers = {"ilo_age": 30, **dict.fromkeys(ANSWERS, 0), **case["answers"]}
    practice = LabourForcePractice(**choose)
    for dtype in ("float64", "Int64"):
        persons = pd.DataFrame([answers], dtype=dtype)[list(practice.answers)]
        (found,) = nw.from_native(persons).select(status=practice.status()).get_column("status").to_list()
        assert found == STATUS[expected]
