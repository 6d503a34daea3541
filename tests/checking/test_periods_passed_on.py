"""A period that is another number's, or of the round before; what is of several, or in points."""

from __future__ import annotations

import pytest


def verdicts(check_text, text):
    return {one.number.text: one.verdict.verdict for one in check_text(text)}


@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("El desempleo mundial subió del 5,4 al 6,6 por ciento y en 2021 seguía en el 6,2.", "6,6"),
        ("L'emploi est tombé de 57,3 % à 54,8 % et en 2021 remontait à 55,4 %.", "54,8"),
        ("工作贫困率2019年为6.7%，后升至7.2%，再回落到6.9%。", "7.2"),
        ("Entre las mujeres subió al 6,4 % y al año siguiente bajó al 6,3 %.", "6,3"),
    ],
)
def test_the_period_of_another_number_makes_none_wrong(check_text, text, number):
    assert verdicts(check_text, text)[number] != "disagrees"


@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    "text",
    [
        "In the previous round {} targets were missed.",
        "Lors de l'exercice précédent, {} cibles n'avaient pas été atteintes.",
        "En la ronda anterior se incumplieron {} metas.",
        "前一轮有{}项指标未达到。",
    ],
)
def test_the_round_before_is_counted_from_the_period_of_the_draft(check_text, text):
    assert verdicts(check_text, text.format(24))["24"] == "agrees"
    assert verdicts(check_text, text.format(20))["20"] != "agrees"


def test_what_something_is_set_against_is_no_period_of_the_next_part(check_text):
    told = verdicts(
        check_text,
        "Les contributions ont atteint 34,4 millions de dollars, en progression de 6,5 millions sur "
        "l'exercice antérieur ; l'Afrique compte 329 résultats.",
    )
    assert told["329"] == "agrees"


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Proposals at gender marker 2 or 3 were 30 per cent, three points above target.", "three"),
        ("Les propositions au marqueur 2 ou 3 étaient de 30 %, trois points au-dessus de la cible.", "trois"),
        ("Las propuestas con marcador 2 o 3 fueron el 30 %, tres puntos por encima de la meta.", "tres"),
        ("性别标记为2或3的提案占30%，高出目标三个百分点。", "三"),
    ],
)
def test_points_above_something_are_no_share(check_text, text, number):
    assert verdicts(check_text, text)[number] != "disagrees"


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("text", "number"),
    [
        (
            "The three largest, the European Commission, the United States and the United Nations, paid "
            "432 million dollars between them.",
            "432 million",
        ),
        ("欧盟委员会、美国和联合国三家合计4.32亿美元。", "4.32亿"),
        ("| Status | Now |\n|---|---|\n| Met or exceeded | 37 of 57 |\n", "57"),
        ("全球失业率疫情前为5.4%，最高时6.6%，2021年为6.2%。", "最高"),
    ],
)
def test_what_is_of_several_or_a_whole_is_not_wrong(check_text, text, number):
    assert verdicts(check_text, text).get(number) != "disagrees"
