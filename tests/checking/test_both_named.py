"""Numbers that set two quantities against each other of which the text prints neither."""

import pytest

COMPARED = [
    ("L'Afrique a obtenu {} résultats de plus que l'Asie et le Pacifique.", "134", "124", "arithmetic"),
    ("Africa reached {} as many results as the Arab States.", "four times", "three times", "arithmetic"),
    ("非洲的成果数是阿拉伯国家的{}倍。", "4", "6", "arithmetic"),
    (
        "The unemployment rate rose by {} percentage points between 2019 and 2020.",
        "1.2",
        "1.6",
        "arithmetic",
    ),
    ("La tasa de desempleo {} 1,2 puntos entre 2019 y 2020.", "subió", "bajó", "direction"),
    ("2020年至2021年，失业率{}了0.4个百分点。", "下降", "上升", "direction"),
    (
        "Spending on outcome 6 stayed US${} million below the strategic budget.",
        "18.5",
        "28.5",
        "arithmetic",
    ),
    ("El gasto en igualdad de género fue el {} % de su presupuesto estratégico.", "76", "66", "arithmetic"),
    ("性别平等的支出为战略预算的{}%。", "76", "96", "arithmetic"),
]
# What a share is told of in a settled whole, with the part that is named.
PARTS = [
    ("29 countries improved migration services, {} per cent of them in Asia and the Pacific.", "45", "65"),
    ("Of the 896 results, {} per cent were in Africa.", "37", "47"),
    ("Of the 41,951 people in skills activities, {} per cent were women.", "41", "61"),
]


def verdict_of(check_text, text):
    return [one for one in check_text(text) if not one.number.rule][-1].verdict


@pytest.mark.sampled(3)
@pytest.mark.parametrize(("text", "right", "wrong", "kind"), COMPARED)
def test_what_is_spoken_of_is_set_against_what_is_named(check_text, text, right, wrong, kind):
    assert verdict_of(check_text, text.format(right)).is_right
    judged = verdict_of(check_text, text.format(wrong))
    assert (judged.verdict, judged.error_kind) == ("disagrees", kind)


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("text", "right", "wrong"), PARTS)
def test_a_share_is_told_of_the_part_that_is_named(check_text, text, right, wrong):
    assert verdict_of(check_text, text.format(right)).is_right
    assert verdict_of(check_text, text.format(wrong)).verdict == "disagrees"


@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    "text",
    [
        "# Outcome 3\n\nAfrica reached 20 results more than the Arab States.",
        "In 2018–19 much was different. Africa reached 44 results more than the Arab States.",
        "Sales of our bulletin in Africa were three times those of the Arab States.",
        "Spending on outcome 6 stayed US$28.5 million below the forecast of the spring.",
        "The unemployment rate of Italy rose by 3.3 points between 2019 and 2020.",
        "Of the 41,951 people in skills activities, 70 per cent were women under 25.",
        "Of the 896 results, 90 per cent had a gender dimension in Africa.",
        "29 countries improved migration services, half of them in Asia and the Pacific through one project.",
    ],
)
def test_what_is_not_all_named_is_not_wrong(check_text, text):
    assert verdict_of(check_text, text).verdict != "disagrees"
