"""Languages: the same keys and the same places for numbers in each, and every sign with a glyph."""

import re
import tomllib
from fractions import Fraction
from string import Formatter

import pytest
from invented import ROOT

import analysis.labels as labels_room
from analysis.audit.claims import claims
from analysis.audit.statements import statement
from analysis.framework import TITLES, Framework
from analysis.labels import Catalogue, LabelError, label_texts, languages
from analysis.labels.agreement import small
from analysis.labels.numerals import printed
from analysis.labels.spacing import typographic
from analysis.pictures import fonts
from analysis.pictures.fonts import FontError, check_glyphs

OTHERS = [language for language in languages() if language != "en"]


def places(label: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(label) if name}


def test_the_organisation_s_languages_are_there():
    assert set(languages()) >= {"en", "es", "fr", "zh"}


@pytest.mark.parametrize("language", OTHERS)
def test_keys_are_the_same_in_every_language(language):
    assert set(label_texts(language)) ^ set(label_texts("en")) == set()


@pytest.mark.parametrize("language", OTHERS)
def test_places_for_numbers_are_the_same_in_every_language(language):
    english, other = label_texts("en"), label_texts(language)
    differ = [key for key in english if places(english[key]) != places(other.get(key, ""))]
    assert differ == []


@pytest.mark.parametrize("language", OTHERS)
def test_labels_are_not_left_in_english(language):
    english, other = label_texts("en"), label_texts(language)
    worded = {key: re.sub(r"\{[^}]*\}", "", label) for key, label in english.items()}
    phrases = [key for key, label in worded.items() if len(re.findall(r"\w+", label)) >= 4 and key in other]
    assert phrases
    assert [key for key in phrases if english[key] == other[key]] == []


@pytest.mark.parametrize("language", languages())
def test_no_label_is_empty_but_the_blank(language):
    assert [key for key, label in label_texts(language).items() if not label and key != "alt.space"] == [
        "status.blank"
    ]


@pytest.mark.parametrize("language", languages())
def test_every_label_can_be_drawn(language):
    for label in label_texts(language).values():
        check_glyphs(label, language)


def test_what_the_record_words_is_worded_in_every_language(recorded, register):
    framework = Framework.of(recorded)
    for language in languages():
        labels = Catalogue(language, recorded)
        table = recorded.about[TITLES]
        for number, row in enumerate(table.records):
            if table.source_of(number).document in register.documents and row["kind"] != "exhibit":
                key = f"{row['kind']}.{row['code']}"
                assert framework.title(key, language, row["form"]) or labels(key), (key, language)
        assert not labels.borrowed


def test_a_language_without_a_file_and_a_missing_key_say_so():
    with pytest.raises(LabelError, match="no language 'de': there are en"):
        label_texts("de")
    with pytest.raises(LabelError, match=r"labels/fr\.toml has no 'label\.nothing'"):
        Catalogue("fr")("label.nothing")


def test_a_file_that_is_no_toml_says_so(monkeypatch, tmp_path):
    (tmp_path / "xx.toml").write_text('[label]\ntotal = "Total\n', encoding="utf-8")
    monkeypatch.setattr(labels_room, "files", lambda _: tmp_path)
    monkeypatch.setattr(labels_room, "languages", lambda: ("xx",))
    with pytest.raises(LabelError, match=r"labels/xx\.toml: no TOML .*line 2"):
        label_texts("xx")


@pytest.mark.parametrize("locale", ["xx", "", "not a locale"])
def test_a_locale_that_is_none_says_so(locale):
    with pytest.raises(LabelError, match=f"language.locale .* is {locale!r}, which Babel does not know"):
        printed(Fraction(5), 1, locale)


def test_without_a_chinese_font_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setattr(fonts, "CHINESE", ("No Such Font",))
    monkeypatch.setattr(fonts, "_packaged", list)
    monkeypatch.setattr(fonts, "_on_disk", list)
    fonts.chinese_family.cache_clear()
    try:
        with pytest.raises(FontError, match=r"make system-deps.*pip install noto-cjk-sans-otc"):
            fonts.chinese_family()
    finally:
        fonts.chinese_family.cache_clear()


@pytest.mark.parametrize("language", languages())
def test_no_sentence_names_a_currency(language):
    """An amount says its own: a budget may be in euros, or in thousands."""
    named = [
        key
        for key, label in label_texts(language).items()
        if key.partition(".")[0] in ("sentence", "headline", "note", "kind")
        and re.search(r"US\$|dollar|dólar|美元", label)
    ]
    assert named == []


@pytest.mark.parametrize("language", languages())
def test_every_measure_of_a_record_has_words(language):
    described = tomllib.loads((ROOT / "data" / "raw" / "fields.toml").read_text(encoding="utf-8"))
    measures = described["measure"]["constraints"]["enum"]
    assert [measure for measure in measures if f"measure.{measure}" not in Catalogue(language)] == []


def test_no_french_line_begins_with_a_sign_nor_ends_with_an_opening_one(recorded):
    """Before, 137 of the 215 labels with such a sign had a space there at which a line could end."""
    split = re.compile(r" [:;?!»](\W|$)|« ")
    assert [key for key, label in label_texts("fr").items() if split.search(label)] == []
    assert "\xa0: " in Catalogue("fr", recorded)("label.meaning", shorthand="a", meaning="b")
    assert typographic("« a » : b ; c ?", "fr") == "«\xa0a\xa0»\xa0: b\xa0; c\xa0?"
    assert typographic("a : b, :smile, x ?y", "es") == "a : b, :smile, x ?y"
    assert typographic(":a :b", "fr") == ":a :b"


def test_chinese_brackets_are_as_wide_as_chinese_letters(recorded):
    """Before, titles of the record stood in narrow brackets beside the wide ones of the sentences."""
    chinese = Catalogue("zh", recorded)
    narrow = re.compile("[\u3400-\u9fff] ?\\(|\\([^()]*[\u3400-\u9fff]")
    assert narrow.search(chinese("decent_work.employment_population_ratio")) is None
    assert [key for key, label in label_texts("zh").items() if narrow.search(label)] == []
    assert typographic("比率(15 岁及以上)和 (产出 7.1) 以及 ILO (WHO) f(x)", "zh") == (
        "比率（15 岁及以上）和（产出 7.1） 以及 ILO (WHO) f(x)"
    )
    assert typographic("比率(15 岁)", "en") == "比率(15 岁)"


@pytest.mark.slow
def test_what_the_audit_says_in_french_is_bound_too(recorded, register):
    split = re.compile(r" [:;?!»](\W|$)|« ")
    held, french = claims(recorded, register), Catalogue("fr", recorded)
    said = [statement(each, recorded, french) for each in held]
    said += [each.remark(kind, "fr") for each in held for kind in ("cause", "undecided")]
    assert sum("\xa0:" in text for text in said) > 10
    assert [text for text in said if split.search(text)] == []


@pytest.mark.parametrize(
    ("words", "inside"),
    [
        ("L’égalité de genre", "l’égalité de genre"),
        ("Égalité d’accès", "égalité d’accès"),
        ("BIT, rapport", "BIT, rapport"),
        ("Compte Supplémentaire", "Compte Supplémentaire"),
    ],
)
def test_words_inside_a_sentence_begin_small_but_for_names(words, inside):
    assert small(words) == inside
