"""Which quantity is offered for a number that no rule settles: the likeliest by what is settled around it."""

import csv
import math
import sys
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.checking.candidates.agreement import agreement
from analysis.checking.candidates.match import Match
from analysis.checking.judging.verdicts import AGREES, DISAGREES, NO_DATUM, NOT_RECORDED, RIGHT, UNDECIDED
from analysis.checking.likelihood.likely import (
    AFTER,
    NOTHING_MEANT,
    OFFERED,
    Likelihoods,
    in_order_of_likelihood,
    order_weights,
)
from analysis.checking.likelihood.offers import FEW, OfValue, one_of_each
from analysis.checking.likelihood.settled_around import Settled

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.checking import is_at, same_quantity  # noqa: E402

MIGRANTS = (
    "Countries with new or better services for migrant workers numbered 29. Of these 13 are Asian, and only "
    "three lie in the Arab States."
)
DAYS = (
    "Recruitment of development cooperation staff took 148 days, down from 200 in 2016-17 and adrift of the "
    "120 that were aimed at."
)
HENS = "My grandmother had 7 cats and 23 hens on the farm near Lyon."


@pytest.fixture(scope="module")
def asking(checker):
    from benchmarks.offered_order import Asking  # here, for what it imports takes long

    return Asking(checker.catalogue.recorded, "2020-21", checker.root)


def checked(check_text, text):
    return {judged.number.text: judged.verdict for judged in check_text(text)}


@pytest.mark.parametrize(
    ("text", "number", "wanted"),
    [
        (MIGRANTS, "three", "implementation-2020-21/output_indicators/7.5.2/result/arab_states"),
        (DAYS, "120", "implementation-2020-21/prose/2711.1"),
    ],
)
def test_what_is_offered_first_goes_on_from_what_was_spoken_of(check_text, text, number, wanted):
    verdict = checked(check_text, text)[number]
    assert verdict.verdict == UNDECIDED
    assert verdict.candidate is None
    assert verdict.matches[0].candidate.id == wanted
    assert verdict.matches[0].around
    assert len(verdict.matches) == OFFERED


def test_without_what_stands_around_it_another_quantity_comes_first(check_text):
    alone = checked(check_text, "Only three lie in the Arab States.")["three"]
    assert "7.5.2" not in alone.matches[0].candidate.id
    assert alone.matches[0].around == ()


def test_what_the_record_does_not_speak_of_is_not_in_it(check_text):
    verdicts = checked(check_text, HENS)
    assert [verdicts[number].verdict for number in ("7", "23")] == [NOT_RECORDED, NOT_RECORDED]


def test_likelihoods_are_those_of_a_conditional_logit(checker, check_text):
    questions = {}
    keep = checker.likelihoods._answered
    checker.likelihoods._answered = lambda judged, question, around: (
        questions.update({judged.number.text: (question, around)}) or keep(judged, question, around)
    )
    check_text(MIGRANTS)
    del checker.likelihoods._answered
    weighing = Likelihoods(checker.catalogue, checker.computations.likes)
    question, around = questions["three"]
    matches, signs = weighing.signs(question, around)
    likely, nothing = in_order_of_likelihood(matches, signs)
    assert math.fsum(part for _, part in likely) + nothing == pytest.approx(1, abs=1e-12)
    assert [part for _, part in likely] == sorted((part for _, part in likely), reverse=True)
    weights = order_weights()
    odds = [sum(weights[name] * size for name, size in some.items()) for some in signs]
    whole = math.fsum(map(math.exp, odds))
    by_hand = {
        match.candidate.id: math.exp(one) / whole for match, one in zip(matches, odds[:-1], strict=True)
    }
    assert {match.candidate.id: part for match, part in likely} == pytest.approx(by_hand, abs=1e-12)
    assert signs[-1]["none_word"] == 1.0
    assert nothing < NOTHING_MEANT
    assert {settled.here for settled in around} == {False, True}
    unvalued, _ = in_order_of_likelihood(matches, signs, unvalued=True)
    shares = dict((match.candidate.id, part) for match, part in unvalued)
    first = likely[0][0].candidate.id
    assert 0 < shares[first] < dict((match.candidate.id, part) for match, part in likely)[first]


BILL = "Nobody at the lunch had heard of it. The bill was US$116.8 million, against 86.7 million."


def test_what_only_its_value_finds_is_offered_once(check_text):
    verdict = checked(check_text, BILL)["116.8 million"]
    assert verdict.verdict in (UNDECIDED, NOT_RECORDED)
    assert verdict.candidate is None
    own = [match.candidate.id for match in verdict.offered if match.candidate.base == 116_800_000]
    assert own == ["implementation-2020-21/budget_by_outcome/5/total/actual_expenditure"]
    assert all(match.candidate.base != 116_800_000 for match in verdict.matches)


@pytest.mark.parametrize(
    ("text", "agreeing"),
    [
        ("The ILO delivered 896 results in all, 186 of them in the Americas. {}", True),
        ("Nobody at the lunch had heard of it. {}", False),
    ],
)
def test_a_value_of_many_digits_agrees_where_its_document_is_spoken_of(check_text, text, agreeing):
    verdicts = checked(check_text, text.format("The bill was US$116.8 million."))
    assert (verdicts["116.8 million"].verdict in RIGHT) is agreeing


def test_no_share_is_meant_by_a_number_without_a_unit(check_text):
    text = "The ILO delivered 896 results in all, 186 of them in the Americas. The lunch had 15.2 courses."
    verdicts = checked(check_text, text)
    assert verdicts["186"].verdict == AGREES
    assert verdicts["15.2"].verdict not in RIGHT


def test_a_value_that_very_many_have_finds_nothing(checker, tmp_path):
    weighing = OfValue(checker.catalogue)
    path = tmp_path / "draft.md"
    path.write_text(
        "Of 3 and of 116.8 million, of 1.7 to 1.9 million, of 18.6 and of 9,876,543,210.", encoding="utf-8"
    )
    places = {judged.number.text: weighing.places(judged.number) for judged in checker.check(path)}
    candidates = checker.catalogue.candidates
    for judged in checker.check(path):
        agreeing = [at for at, one in enumerate(candidates) if agreement(judged.number, one)]
        assert places[judged.number.text] == (agreeing if len(agreeing) <= FEW else [])
    assert places["3"] == places["9,876,543,210"] == []
    assert places["116.8 million"]


def test_of_a_number_that_agrees_all_is_offered_that_it_is_the_value_of(check_text):
    text = "The Arab States delivered 82 results, Europe and Central Asia 104."
    verdict = checked(check_text, text)["82"]
    assert verdict.verdict == AGREES
    assert verdict.offered[0].candidate is verdict.candidate
    told = [match.candidate.base for match in verdict.offered]
    assert told[:2] == [82, 82]
    assert len({match.candidate.id for match in verdict.offered}) == OFFERED


APPRENTICES = "Member States using ILO approaches to apprenticeships numbered 14, two more than planned."


def test_what_is_likely_is_offered_beside_what_a_rule_says(check_text):
    verdict = checked(check_text, APPRENTICES)["two"]
    assert verdict.verdict == DISAGREES or verdict.derived is not None
    assert len(verdict.offers) == OFFERED
    parts = [part for _, part in verdict.offers]
    assert parts == sorted(parts, reverse=True)
    assert parts[0] > 0


def test_a_statement_and_its_cell_are_offered_once(checker):
    by_id = checker.catalogue.by_id
    ids = (
        "prose/1848.1",
        "budget_by_outcome/5/total/actual_expenditure",
        "budget_by_outcome/5/total/strategic_budget",
    )
    matches = [Match(by_id[f"implementation-2020-21/{one}"], 0.0, None, 0.0, True, ()) for one in ids]
    kept = one_of_each(checker.catalogue, [(match, 0.2) for match in matches])
    assert [match for match, _ in kept] == [matches[0], matches[2]]


@pytest.mark.slow
def test_every_sign_is_weighed_and_said(checker, asking):
    with files("analysis.checking").joinpath("likely.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert all(row["meaning"] for row in rows)
    asking.keeping.kept.clear()
    for draft in ("01_press_release_en.docx", "08_preguntas_es.md"):
        asking.check(ROOT / "benchmarks" / "drafts" / "unseen7" / draft)
    held = {name for _, signs in asking.keeping.kept.values() for some in signs for name in some}
    assert held <= {row["sign"] for row in rows}
    assert len(held) >= len(rows) - 2


def test_nobody_is_answered_before_what_follows_was_read(checker, check_text):
    numbers = check_text("\n\n".join([MIGRANTS, DAYS, HENS]))
    data = [place for place, judged in enumerate(numbers) if judged.verdict.verdict != NO_DATUM]
    weighing, asked = (
        Likelihoods(checker.catalogue, checker.computations.likes),
        {id(numbers[data[0]].number): None},
    )
    weighing._answered = lambda judged, question, around: judged
    assert weighing.in_order(numbers[: data[AFTER]], dict(asked), 0, whole=False) == data[0]
    assert weighing.in_order(numbers[: data[AFTER] + 1], dict(asked), 0, whole=False) > data[0]
    assert weighing.in_order(numbers[:2], dict(asked), 0, whole=True) == 2


def test_a_draft_is_told_alike_in_one_piece_and_paragraph_by_paragraph(check_text):
    one = checked(check_text, f"{MIGRANTS} {DAYS}")
    parted = checked(check_text, f"{MIGRANTS}\n\n{DAYS}")
    for number in ("three", "120"):
        assert one[number].matches[0].candidate.id == parted[number].matches[0].candidate.id


@given(steps=st.integers(-6, 6).filter(bool))
def test_a_settled_number_tells_the_less_the_farther_off_it_is(steps):
    own, farther = Settled(0, steps, False), Settled(0, steps + (1 if steps > 0 else -1), False)
    assert 0 < farther.weight <= own.weight <= 1


@pytest.mark.slow
def test_fitted_weights_put_first_what_tells_the_right_quantity():
    import numpy as np

    from benchmarks.offered_order import Number, fitted, told

    def number(right):
        signs = [{"told": float(place == right)} for place in range(3)]
        return Number("a set", False, True, [*signs, {}], np.array([place == right for place in range(4)]))

    held = [number(place % 3) for place in range(12)]
    weights = fitted(held, ["told", "other"])
    assert weights[0] > 1
    assert weights[1] == pytest.approx(0, abs=1e-6)
    assert told(held, ["told", "other"], weights)["right", "first"] == 12


@pytest.mark.slow
def test_what_only_values_find_is_fitted_after_the_rest():
    import numpy as np

    from benchmarks.offered_order import Number, fitted

    def number(right, named):
        signs = [{"told": 1.0}, {"unnamed": 1.0}, {"unnamed": 1.0}]
        return Number("a set", False, named, [*signs, {}], np.array([at == right for at in range(4)]))

    named = [number(0, True)] * 6
    alone = fitted(named, ["told", "unnamed"])
    more = fitted([*named, *[number(1, True)] * 6], ["told", "unnamed"])
    fewer = fitted([number(0, True).by_words()] * 6, ["told"])
    assert alone[0] == pytest.approx(fewer[0], abs=1e-6)
    assert more[1] > alone[1]


def test_a_statement_and_its_cell_are_the_same_quantity(checker):
    by_id = checker.catalogue.by_id
    statement = by_id["implementation-2020-21/prose/1848.1"]
    cell = by_id["implementation-2020-21/budget_by_outcome/5/total/actual_expenditure"]
    budget = by_id["implementation-2020-21/budget_by_outcome/5/total/strategic_budget"]
    assert same_quantity(checker.catalogue, statement, cell)
    assert not same_quantity(checker.catalogue, statement, budget)


@given(st.randoms(use_true_random=False))
def test_likelihoods_are_the_same_in_whatever_order_signs_come(checker, order):
    matches = [Match(candidate, 0.0, None, 0.0, True, ()) for candidate in checker.catalogue.candidates[:3]]
    names = list(order_weights())
    signs = [{name: (place + 1) / (at + 3) for at, name in enumerate(names)} for place in range(4)]
    shuffled = [dict(order.sample(list(some.items()), len(some))) for some in signs]
    assert in_order_of_likelihood(matches, shuffled) == in_order_of_likelihood(matches, signs)


def test_gold_stands_where_it_says_with_marks_of_emphasis_or_without():
    gold = {"sentence": "It takes **148** days, not **200**.", "printed": "200", "offset": "29"}
    for text in ("So. It takes 148 days, not 200. End.", "So. It takes **148** days, not 200. End."):
        for printed, wanted in (("200", True), ("148", False)):
            start = text.index(printed)
            assert is_at(gold, text, (start, start + 3)) == wanted


def test_a_like_that_a_number_is_the_value_of_is_weighed_however_faintly_it_is_named(asking, tmp_path):
    text = "Migrant workers found new or better services in 29 countries. Some say that 10 would have done."
    path = tmp_path / "draft.md"
    path.write_text(text, encoding="utf-8")
    judged = {one.number.text: one for one in asking.check(path)}
    matches, signs = asking.keeping.kept[id(judged["10"].number)]
    target = "implementation-2020-21/output_indicators/7.5.2/target/all"
    some = [own for match, own in zip(matches, signs, strict=False) if match.candidate.id == target]
    assert some
    assert "alike" in some[0]
