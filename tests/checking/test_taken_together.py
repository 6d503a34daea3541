"""Numbers that are what named regions or partners come to together."""

import pytest


def verdict_of(checker, tmp_path, text):
    path = tmp_path / "draft.md"
    path.write_text(text, encoding="utf-8")
    return next(one for one in checker.check(path) if not one.number.rule).verdict


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
def test_what_is_named_together_is_added(checker, tmp_path, text, right, wrong):
    assert verdict_of(checker, tmp_path, text.format(right)).verdict == "agrees"
    judged = verdict_of(checker, tmp_path, text.format(wrong))
    assert (judged.verdict, judged.error_kind) == ("disagrees", "arithmetic")


def test_a_sum_is_told_with_its_parts(checker, tmp_path):
    made = verdict_of(checker, tmp_path, TOGETHER[4][0].format("186.9")).derived
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
def test_what_is_said_of_something_else_is_not_judged(checker, tmp_path, text):
    assert verdict_of(checker, tmp_path, text).verdict != "disagrees"
