"""How likely a number is wrong: called so where it is very likely, told to look so where it may well be."""

import csv
import json
import math
import sys
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.checking.answers.lines import COLUMNS, as_json, as_sarif, lines_of_draft, rows
from analysis.checking.answers.page import page_of_draft
from analysis.checking.answers.telling import Teller
from analysis.checking.judging.verdicts import LOOKS_WRONG
from analysis.checking.likelihood.chances import CALLED_WRONG, chance_of_error, sign_weights
from analysis.cli import main
from analysis.reading import read_document

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.alarm_chances import KEPT, OTHERS, fitted, signs_of, told_apart  # noqa: E402

# The rate of women is 6.4 per cent; the Americas had 186 results, 1.77 times fewer.
CALLED = "In 2020 unemployment was 6.7 per cent among women."
LOOKING = (
    "Ratificaron instrumentos 11 países de América; Antigua y Barbuda ratificó por sí sola siete convenios."
)
WOMEN = "Women hold 45 per cent of senior ILO positions (P5 and above, regular budget)."


@pytest.fixture
def two(tmp_path):
    path = tmp_path / "draft.md"
    right = "Working poverty stood at 7.2 per cent in 2020."
    path.write_text(f"{WOMEN}\n\n{CALLED}\n\n{right}\n", encoding="utf-8")
    return path


def test_the_chance_is_that_of_a_logistic_regression():
    held = sign_weights()
    odds = held["always"] + held["unit"] + 0.5 * held["agreeing_near"]
    assert chance_of_error({"unit": 1.0, "agreeing_near": 0.5}) == pytest.approx(
        1 / (1 + math.exp(-odds)), abs=1e-12
    )
    with pytest.raises(KeyError):
        chance_of_error({"a sign that nobody weighed": 1.0})


@given(st.floats(0, 1), st.floats(-0.1, 0.4), st.floats(0, 1))
def test_a_number_is_the_likelier_wrong_the_clearer_its_quantity_leads(score, lead, near):
    signs = {"called_score": score, "called_lead": lead, "agreeing_near": near}
    assert 0 < chance_of_error(signs) < 1
    for name in signs:
        assert chance_of_error({**signs, name: signs[name] + 0.01}) > chance_of_error(signs)
    assert chance_of_error({**signs, "doubted": 1.0}) < chance_of_error(signs)


def test_the_weights_are_those_that_the_recorded_signs_come_to():
    names, signs, wrong, sets, counts = signs_of(KEPT)
    fit = dict(zip(["always", *names], fitted(signs, wrong, counts), strict=True))
    assert {name: round(weight, 2) for name, weight in fit.items()} == sign_weights()
    assert len(set(sets)) == 8
    assert wrong.sum() > 250
    assert counts[wrong == 0].tolist() == [1.0] * int((wrong == 0).sum())


def test_by_the_weights_of_the_other_sets_what_is_called_wrong_is():
    _, signs, wrong, sets, counts = signs_of(KEPT)
    likely = told_apart(signs, wrong, sets, counts)
    called = likely >= CALLED_WRONG
    looking = (likely >= LOOKS_WRONG) & ~called
    assert called.sum() > 145
    assert wrong[called].mean() > 0.94
    assert 0.25 < wrong[looking].mean() < 0.6
    assert wrong[likely < LOOKS_WRONG].mean() < 0.15


def test_a_ridge_holds_weights_back_and_no_sign_tells_the_share_that_is_wrong():
    import numpy as np

    wrong = np.array([1.0, 0, 0, 0])
    alone = fitted(np.ones((4, 1)), wrong)
    assert 1 / (1 + np.exp(-alone[0])) == pytest.approx(0.25, abs=0.001)
    parted = fitted(np.array([[1.0, 1], [1, 0], [1, 0], [1, 0]]), wrong)
    assert 0 < parted[1] < 3


def test_what_is_clearly_wrong_is_called_so_and_what_looks_wrong_is_told_with_its_chance(checker, two):
    found = {number.number.text.split()[0]: number.verdict for number in checker.check(two)}
    assert found["6.7"].verdict == "disagrees"
    assert found["6.7"].chance >= CALLED_WRONG
    looks = found["45"]
    assert (looks.verdict, looks.grade) == ("undecided", "looks wrong")
    assert LOOKS_WRONG <= looks.chance < CALLED_WRONG
    assert float(looks.held) == 39
    assert looks.candidate is looks.suspicion.match.candidate


def test_every_form_tells_what_looks_wrong_beneath_what_is(checker, two):
    teller, draft = Teller(checker), read_document(two)
    checked = checker.check(draft)
    lines = lines_of_draft("draft.md", checked, teller)
    assert "disagrees: 6.7" in lines[0]
    assert "draft.md:3:" in lines[0]
    assert "looks wrong: 45" in lines[1]
    assert "39" in lines[1]
    assert "1 disagrees, 1 looks wrong" in lines[-1]
    frame = rows(checked, "draft.md", teller).set_index("printed")
    looks = frame.loc[next(name for name in frame.index if name.startswith("45"))]
    assert (looks["verdict"], looks["record_value"]) == ("undecided", "39")
    assert LOOKS_WRONG <= float(looks["chance"]) < CALLED_WRONG
    assert COLUMNS[-1] == "chance"
    page = page_of_draft(draft, checked, teller, "2020–21", "en")
    assert "<mark class='looks_wrong' tabindex='0'" in page
    assert "undecided, but look wrong" in page
    results = json.loads(as_sarif([("draft.md", checked)], teller, "0"))["runs"][0]["results"]
    levels = {result["ruleId"]: result["level"] for result in results}
    assert levels == {"disagrees": "error", "looks-wrong": "warning"}
    told = [row["told"] for row in json.loads(as_json([("draft.md", checked)], teller))]
    assert any(text.startswith("Undecided, but it looks wrong (") for text in told)


@pytest.mark.slow
def test_what_looks_wrong_is_told_in_the_language_of_the_draft(checker, check_text):
    checked = check_text(LOOKING)
    told = {number.number.text: Teller(checker).told(number) for number in checked}
    assert next(told[text] for text in told if text == "siete").startswith("Indeciso, pero parece erróneo (")


@pytest.mark.slow
def test_the_command_fails_on_what_looks_wrong_where_it_is_asked_to(tmp_path):
    path = tmp_path / "draft.md"
    path.write_text(WOMEN, encoding="utf-8")
    assert main(["check", str(path), "--fail-on", "disagrees"]) == 0
    assert main(["check", str(path), "--fail-on", "looks-wrong"]) == 1
    path.write_text("Women hold 39 per cent of senior ILO positions (P5 and above, regular budget).", "utf-8")
    assert main(["check", str(path), "--fail-on", "looks-wrong"]) == 0


def test_every_sign_has_a_weight_and_a_meaning(checker, two):
    with (ROOT / "src/analysis/checking/chances.csv").open(encoding="utf-8", newline="") as lines:
        kept = list(csv.DictReader(lines))
    assert all(row["meaning"] for row in kept)
    signs = [number.verdict.suspicion.signs for number in checker.check(two) if number.verdict.suspicion]
    assert signs
    assert all({"always", *each} == sign_weights().keys() for each in signs)
    assert list(pd.read_csv(KEPT).columns[len(OTHERS) :]) == [
        row["sign"] for row in kept if row["sign"] != "always"
    ]
