"""A number that is the value of what stands beside the quantity that its words name."""

import pytest

TOLD = [
    (
        "In Senegal the support for the informal economy has reached {} people.",
        "en",
        "3.6 million",
        "7.1 million",
    ),
    ("Le questionnaire administratif a été envoyé à {} pays.", "fr", "196", "162"),
    ("El boletín en francés ganó un {} por ciento de suscriptores.", "es", "13", "56"),
    ("塞内加尔非正规经济支持惠及{}人。", "zh", "360万", "710万"),
]


def last_of(checker, tmp_path, text, language):
    path = tmp_path / "draft.md"
    path.write_text(text, encoding="utf-8")
    return checker.check(path, language)[-1]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("text", "language", "right", "wrong"), TOLD)
def test_a_number_disagrees_that_is_its_neighbours(checker, tmp_path, text, language, right, wrong):
    told = last_of(checker, tmp_path, text.format(right), language).verdict
    assert told.verdict == "agrees"
    exchanged = last_of(checker, tmp_path, text.format(wrong), language).verdict
    assert (exchanged.verdict, exchanged.error_kind) == ("disagrees", "outcome")
    assert exchanged.candidate is told.candidate
    assert exchanged.right_for.base != told.candidate.base


def test_the_whole_beside_its_part_is_no_neighbours_value(checker, tmp_path):
    path = tmp_path / "draft.md"
    path.write_text("De los 19 hitos de evaluación se alcanzaron del todo 13.", encoding="utf-8")
    assert "disagrees" not in {one.verdict.verdict for one in checker.check(path, "es")}


def test_words_that_both_quantities_have_name_neither(checker, tmp_path):
    text = "In Burkina Faso and Senegal the support for the informal economy reached {} and {}."
    path = tmp_path / "draft.md"
    path.write_text(text.format("6.7 million", "3.6 million"), encoding="utf-8")
    assert "disagrees" not in {one.verdict.verdict for one in checker.check(path, "en")}
