"""Lines hold as many pieces as fit, whatever was measured to find where they end."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.textpath import TextToPath

from analysis.labels import label_texts, languages
from analysis.pictures.fonts import families
from analysis.pictures.lettering import _APART, Letters, _font, _hundred, _pieces

WORDS = st.sampled_from(
    ["a", "the", "social", "protection", "l’emploi", "2020–21", "56", "%", "劳动力", "，", " ", "\n"]
)
PLAIN = "".join(sign for sign in map(chr, range(32, 0x2200)) if _APART.fullmatch(3 * sign))
SIZES = [
    Letters(("DejaVu Sans",), points, weight) for points in (8.0, 15.98) for weight in ("normal", "bold")
]


def one_by_one(letters: Letters, text: str, room: float) -> list[str]:
    """Return the lines that come of adding one piece at a time, and measuring each time."""
    lines = []
    for paragraph in text.split("\n"):
        line = ""
        for piece in letters._fitting(_pieces(paragraph), room):
            if line and not piece.isspace() and letters.width((line + piece).rstrip()) > room:
                lines.append(line.rstrip())
                line = ""
            line += piece if line or not piece.isspace() else ""
        lines.append(line.rstrip())
    return lines


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=25).map("".join), st.sampled_from(SIZES), st.floats(5, 400))
@pytest.mark.slow
def test_lines_are_those_of_adding_one_piece_at_a_time(text, letters, room):
    assert letters.wrap(text, room) == one_by_one(letters, text, room)


@pytest.mark.parametrize("text", ["", "  ", " a  b ", "a\n\nb ", "x" * 60, "one\ntwo three"])
@pytest.mark.parametrize("room", [1.0, 40.0, 1000.0])
def test_blanks_breaks_and_a_word_that_is_too_wide(text, room):
    assert SIZES[0].wrap(text, room) == one_by_one(SIZES[0], text, room)


@settings(max_examples=60, deadline=None)
@given(st.text("ab-–/ é", max_size=60), st.sampled_from(SIZES), st.floats(5, 200))
def test_no_line_is_wider_than_the_room_and_no_letter_is_lost(text, letters, room):
    lines = letters.wrap(text, room)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(len(line) == 1 or letters.width(line) <= room for line in lines)


def test_a_long_word_is_broken_after_its_hyphens():
    letters, word = SIZES[0], "accès-équitable-à-un-emploi-décent"
    room = letters.width("accès-équitable-à-")
    assert letters.wrap(word, room)[0] == "accès-équitable-à-"
    assert all(letters.width(line) <= room for line in letters.wrap(word, room))


def test_signs_and_abbreviations_stay_with_their_words():
    letters = Letters(("DejaVu Sans",), 10.0)
    for text, kept in (
        ("dollars É.-U.", "É.-U."),
        ("en dessous (−53\u00a0%)", "(−53\u00a0%)"),
        ("de 53 %)", "53 %)"),
    ):
        room = letters.width(text) - 1
        assert letters.wrap(text, room)[-1] == kept


def test_a_width_is_in_proportion_to_the_size():
    small, large = SIZES[0], Letters(("DejaVu Sans",), 16.0)
    assert large.width("Decent work") == 2 * small.width("Decent work") > 0
    assert SIZES[1].width("Decent work") > small.width("Decent work")


@pytest.mark.parametrize(
    "text",
    [
        "由2000年的5.8%降至2019年的5.4%（−0.4个百分点）；2009年变动最大（+0.7个百分点）",
        "《报告》“图4”（表2）",
    ],
)
def test_an_opening_sign_ends_no_line(text):
    letters = Letters(families("zh"), 10.0)
    for room in range(40, 200, 3):
        lines = letters.wrap(text, room)
        assert "".join(lines) == text
        assert not any(line.endswith(("（", "《", "“")) for line in lines)


@pytest.mark.sampled
@pytest.mark.parametrize("weight", ["normal", "bold"])
@pytest.mark.parametrize("language", languages())
def test_a_line_is_as_wide_as_the_font_sets_it_whole(language, weight):
    letters = Letters(families(language), TextToPath.FONT_SCALE, weight)
    texts = [text for text in label_texts(language).values() if "\n" not in text][::12]
    chinese = ["{group}，{period}年：{members} 个国家中有 {reporting} 个（填补 {imputed} 个）"] * (
        language == "zh"
    )
    for text in (*texts, *chinese, "", " ", "  a  b ", "To, 7. — AV, Te"):
        whole = (
            TextToPath().get_text_width_height_descent(text, letters.font, ismath=False)[0] if text else 0.0
        )
        assert letters.width(text) == whole, text


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(st.text(PLAIN, min_size=3, max_size=9), st.sampled_from(SIZES[:2]))
def test_a_word_is_as_wide_as_its_pairs_of_letters(word, letters):
    whole = TextToPath().get_text_width_height_descent(word, _font(replace(letters, points=100)), False)[0]
    assert _hundred(word, letters.families, letters.weight) == whole


@pytest.mark.parametrize("word", ["office", "affluent", "fi", "ñandú", "e\u0301te\u0301", "السلام"])
def test_letters_that_melt_into_one_are_measured_together(word):
    whole = TextToPath().get_text_width_height_descent(word, _font(replace(SIZES[0], points=100)), False)[0]
    assert _hundred(word, SIZES[0].families, SIZES[0].weight) == whole
