"""Counts of indicators and outcomes that a text says to have met, passed or missed what was planned."""

import pytest

from analysis.checking.answers.telling import Teller


def verdicts_of(check_text, text):
    return [(one.number.text, one.verdict.verdict) for one in check_text(text) if not one.number.rule]


def verdict_of(check_text, text, printed):
    return [verdict for said, verdict in verdicts_of(check_text, text) if said == printed]


COUNTS = [
    ("{} of the eight outcomes missed their targets.", "Three", "Four"),
    ("{} of the eight outcomes spent more than their strategic budget.", "Seven", "Six"),
    ("Spending ran over the plan in {} of the outcomes.", "seven", "six"),
    ("{} outcomes overspent.", "Seven", "Six"),
    ("Of the 55 output indicators, {} met or exceeded their target.", "27", "30"),
    ("Outcome 6 has eight indicators; only {} of them exceeded the target.", "", "two"),
    ("Of the seven indicators under outcome 3, {} exceeded their targets.", "three", "four"),
    ("All but {} of the outcomes spent more than their strategic budget.", "", "two"),
    ("Sur les onze indicateurs du résultat 7, {} ont atteint ou dépassé leur cible.", "quatre", "cinq"),
    ("Todos menos {} de los resultados superaron el presupuesto estratégico.", "uno", "dos"),
    ("De los ocho indicadores del resultado 1, {} superaron la meta.", "cinco", "siete"),
    ("成果目标3的七项指标中，{}项超过目标。", "三", "四"),
    ("八项成果目标中有{}项超支。", "七", "五"),
]


@pytest.mark.sampled(3)
@pytest.mark.parametrize(("text", "right", "wrong"), COUNTS)
def test_nodes_are_counted_under_a_condition(check_text, text, right, wrong):
    if right:
        assert verdict_of(check_text, text.format(right), right) == ["agrees"]
    assert verdict_of(check_text, text.format(wrong), wrong) == ["disagrees"]


def test_the_nodes_are_those_of_what_was_spoken_of_last(check_text):
    text = "Outcome 5 closed with 92 results. Six of its eight indicators were met or passed."
    assert verdicts_of(check_text, text)[-2:] == [("Six", "disagrees"), ("eight", "agrees")]


def test_two_conditions_of_one_whole_are_told_apart(check_text):
    text = "Of 55 output indicators, 27 met or exceeded their target and 28 fell short of it."
    assert verdicts_of(check_text, text) == [("55", "agrees"), ("27", "agrees"), ("28", "agrees")]
    turned = "Of 55 output indicators, 28 met or exceeded their target and 27 fell short of it."
    assert [verdict for _, verdict in verdicts_of(check_text, turned)[1:]] == ["disagrees"] * 2


def test_a_count_is_told_with_what_is_counted(checker, check_text):
    numbers = check_text("Of the 55 output indicators, 30 met or exceeded their target.")
    (one,) = (one for one in numbers if one.number.text == "30")
    assert one.verdict.derived.formula == "count_met(indicator)"
    assert "27" in Teller(checker).told(one)
    assert "count_met(indicator)" in Teller(checker).sourced(one)


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("The eight outcomes were discussed by six committees, four of which met in June.", "four"),
        ("In Peru, three of the eight indicators met their targets.", "three"),
        ("Two of the three indicators of outcome 8 concern migrants.", "Two"),
        ("Six of the 16 outputs are delivered by the field, where the target was 12.", "Six"),
        ("成果目标3有两项新指标。", "两"),
        ("Six outcomes reached 500 people each.", "Six"),
    ],
)
def test_another_condition_is_not_judged(check_text, text, printed):
    assert "disagrees" not in verdict_of(check_text, text, printed)
