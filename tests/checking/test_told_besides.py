"""Right numbers that stand beside what they might be told for, or are what is left of it."""

import pytest

RIGHT = [
    "The leading 20 contributors supplied all but five per cent of the voluntary contributions.",
    "The supplementary account took in 50.9 million dollars over those years, over 17 million up on 2017–19.",
    "Women’s unemployment went from 5.5 per cent in 2019 to 6.4 in 2020 and then eased to 6.3.",
    "From the Office’s gender action plan: women held 39 per cent of the posts at P5 and above, against a "
    "target of 45.",
]


def judged(check_text, text):
    return {one.number.text: one.verdict.verdict for one in check_text(text, "en")}


@pytest.mark.sampled(2)
@pytest.mark.parametrize("text", RIGHT)
def test_no_right_number_is_told_for_what_stands_beside_it(check_text, text):
    assert "disagrees" not in judged(check_text, text).values()


def test_a_word_that_opens_a_sum_of_places_is_no_movement(check_text):
    text = "Ratifications over the biennium came to 95, from {} Member States."
    assert judged(check_text, text.format(51))["51"] == "agrees"
    assert judged(check_text, text.format(15))["15"] == "disagrees"


def test_a_share_beside_a_word_of_comparison_may_be_wrong_all_the_same(check_text):
    text = "At the end of 2021 the world was still {} per cent below the hours of 2019."
    assert judged(check_text, text.format("4.3"))["4.3"] == "agrees"
    assert judged(check_text, text.format("4.8"))["4.8"] == "disagrees"
