"""Letters are set one behind the other as the font sets whole texts, and known before processes fork."""

import pytest
from matplotlib.font_manager import FontProperties, fontManager, get_font
from matplotlib.ft2font import LoadFlags

from analysis.labels import label_texts
from analysis.pictures import glyphs
from analysis.pictures.beforehand import _with_all_pairs, set_letters_beforehand
from analysis.pictures.fonts import LATIN

HARD = ("", " ", "  a", "a  ", "AVATAR Ty", "office fjord baffling f i", "−1 234,5 %", "“É.-U.” – (T. V.)")
PLAIN = None, None


def font_of(weight: str, size: float, dots: float):
    properties = FontProperties(family=[LATIN], weight=weight)
    font = get_font(fontManager._find_fonts_by_props(properties))
    font.set_size(size, dots)
    return font


@pytest.mark.parametrize(("weight", "size", "dots"), [("normal", 8.0, 72.0), ("bold", 10.4, 300.0)])
def test_letters_stand_where_the_font_sets_the_whole_text(weight, size, dots):
    font = font_of(weight, size, dots)
    texts = [text for language in ("en", "fr", "es") for text in label_texts(language).values()]
    for text in (*HARD, *texts[::40]):
        mine = glyphs.letters_set(text, font, size, dots, LoadFlags.NO_HINTING, PLAIN)
        assert mine == glyphs._laid_out(text, font, LoadFlags.NO_HINTING, PLAIN), text


@pytest.mark.parametrize("weight", ["normal", "bold"])
def test_the_font_has_every_letter_that_is_set_by_the_one_before_it(weight):
    font = font_of(weight, 8.0, 72.0)
    letters = [chr(code) for code in range(0x3000) if glyphs._ONE_BY_ONE.fullmatch(chr(code))]
    assert len(letters) > 300
    assert all(font.get_char_index(ord(letter)) for letter in letters)


def test_words_are_chosen_in_which_all_pairs_of_letters_stand():
    known = set()
    assert list(_with_all_pairs(["abc ab", "bc cd abc", "国际 劳工"], known)) == ["abc", "cd"]
    assert list(_with_all_pairs(["abc", "cd da"], known)) == ["da"]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_words_and_numbers_are_drawn_without_setting_them_again(monkeypatch, language):
    set_letters_beforehand(language)
    font = font_of("normal", 8.0, 72.0)
    monkeypatch.setattr(glyphs, "_laid_out", None)
    for text in (label_texts(language)["label.total"], "(1 234,5", "−17.03/9–2", "E 8", "k d"):
        assert glyphs.letters_set(text, font, 8.0, 72.0, LoadFlags.NO_HINTING, PLAIN), text
