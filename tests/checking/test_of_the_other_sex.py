"""Shares told of the other sex than the record's are wrong; of the same sex, denied, elsewhere: not."""

import pytest


def the_share(check_text, text):
    return next(one for one in check_text(text) if one.number.unit == "percent").verdict


OF_THE_OTHER = [
    ("At the Conference 38.9 per cent of the delegates and advisers were {}.", "men", "women", "61.1"),
    ("{} made up 64 per cent of the participants in leadership workshops.", "Men", "Women", "36"),
    ("Au Mozambique, 68 % des ménages bénéficiaires ont {} à leur tête.", "un homme", "une femme", "32"),
    ("El 17 % del personal de la OIT en los cursos de género de Turín eran {}.", "mujeres", "hombres", "83"),
    ("劳工大会的代表和顾问中，{}占38.9%。", "男性", "女性", "61.1"),
]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("text", "wrong", "right", "left"), OF_THE_OTHER)
def test_a_share_of_the_other_sex_is_wrong_and_what_is_left_is_told(check_text, text, wrong, right, left):
    assert the_share(check_text, text.format(right)).verdict == "agrees"
    told = the_share(check_text, text.format(wrong))
    assert (told.verdict, told.error_kind) == ("disagrees", "sex")
    assert float(told.held) == float(left)


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    "text",
    [
        "In our village 38.9 per cent of the men fish.",
        "At the Conference women were 38.9 per cent of the delegates and advisers, fewer than men.",
        "劳工大会的代表和顾问中，38.9%不是男性。",
    ],
)
def test_a_share_of_the_said_sex_or_of_something_else_is_not_wrong(check_text, text):
    assert the_share(check_text, text).verdict != "disagrees"
