"""Numbers that are what named regions or partners come to together."""

import pytest


def verdict_of(check_text, text):
    return next(one for one in check_text(text) if not one.number.rule).verdict


TOGETHER = [
    ("Africa and the Americas together achieved {} results.", "515", "551"),
    ("L'Afrique et les Amériques comptent ensemble {} résultats.", "515", "525"),
    ("África y las Américas suman {} resultados.", "515", "505"),
    ("非洲和美洲合计取得{}项成果。", "515", "551"),
    ("Germany and Sweden together gave US${} million.", "166.9", "186.9"),
    ("Noruega y Suecia suman {} millones de dólares.", "107,6", "117,6"),
]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("text", "right", "wrong"), TOGETHER)
def test_what_is_named_together_is_added(check_text, text, right, wrong):
    assert verdict_of(check_text, text.format(right)).verdict == "agrees"
    judged = verdict_of(check_text, text.format(wrong))
    assert (judged.verdict, judged.error_kind) == ("disagrees", "arithmetic")


def test_a_sum_is_told_with_its_parts(check_text):
    made = verdict_of(check_text, TOGETHER[4][0].format("186.9")).derived
    assert made.formula == (
        'recorded_number("cooperation-review-2023/contributions/germany")'
        ' + recorded_number("cooperation-review-2023/contributions/sweden")'
    )


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    "text",
    [
        "Africa and the Americas together held 515 meetings.",
        "Africa and Asia, taken together, had 12 results on apprenticeships.",
        "Germany, Sweden and Norway together gave US$230 million to the fund for Haiti.",
        "Africa and the Americas together had 551 results in 2016–17.",
        "Africa and the Americas together had 24 results under outcome 8.",
        "非洲和美洲合计举办了551次培训。",
    ],
)
def test_what_is_said_of_something_else_is_not_judged(check_text, text):
    assert verdict_of(check_text, text).verdict != "disagrees"
