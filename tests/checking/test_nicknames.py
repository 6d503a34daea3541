"""Nodes that a text calls by part of their title, in rows, headings and sentences."""

import pytest

from analysis.checking.text.nicknames import WORD
from analysis.checking.text.sentence_reading import sentence_of
from analysis.reading import find_numbers

WIDE = 0.9


def called(checker, text, language):
    read = sentence_of(text, find_numbers(text, language), language, checker.catalogue.lexicon(language), "")
    return {(each.axis, each.code): each.strength for each in read.mentions if each.called}


def agreed(check_text, text):
    return [(each.number.text, each.verdict.verdict) for each in check_text(text) if not each.number.rule]


@pytest.mark.parametrize(
    ("language", "text", "code"),
    [
        ("en", "Skills | 76 | 92", "5"),
        ("en", "The social dialogue outcome reached 199.", "1"),
        ("fr", "Égalité | 84 | 59", "6"),
        ("es", "Empleo y transiciones | 114", "3"),
        ("zh", "国际劳工标准领域取得117项。", "2"),
        ("zh", "性别平等这项成果目标取得59项。", "6"),
    ],
)
def test_a_node_is_called_by_part_of_its_title(checker, language, text, code):
    assert called(checker, text, language).get(("outcome", code), 0) >= WIDE


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The labour market lost 8.9 per cent of its hours."),  # a part of one title, of no short one
        ("en", "Outcome 6 on gender equality reached 59."),  # its code is said
        ("en", "Social costs rose while 12 rounds of dialogue were held."),
    ],
)
def test_common_words_call_no_node(checker, language, text):
    assert not [key for key in called(checker, text, language) if key[0] == "outcome"]


def test_words_on_either_side_of_a_number_are_no_name(checker):
    said = called(checker, "18 came under social dialogue and 17 under protection at work.", "en")
    assert {("outcome", "1"), ("outcome", "7")} <= said.keys()


@pytest.mark.parametrize(
    "text",
    [
        "# Results\n\n| | Planned | Delivered |\n|---|---|---|\n| Skills | 76 | 92 |\n",
        "国际劳工标准领域在2020-21年取得117项成果，比目标少13项。",
        "# Social dialogue\n\n- Africa: 60\n- Asia and the Pacific: 56\n",
    ],
)
def test_numbers_of_a_node_that_is_called_so_agree(check_text, text):
    assert {verdict for _, verdict in agreed(check_text, text)} == {"agrees"}


def test_a_wrong_number_of_a_row_that_a_nickname_names_is_told(check_text):
    text = "# Results\n\n| Outcome | Planned | Delivered |\n|---|---|---|\n| Skills | 76 | 29 |\n"
    assert dict(agreed(check_text, text))["29"] == "disagrees"


def test_a_currency_above_a_table_is_of_the_column_that_is_money(check_text):
    text = (
        "Plan, delivery and money by outcome (money in US$ million)\n\n"
        "| Outcome | Planned | Delivered | Spent |\n"
        "|---|---|---|---|\n| Standards | 130 | 117 | 72.5 |\n| Skills | 76 | 92 | 116.8 |\n"
    )
    assert {verdict for _, verdict in agreed(check_text, text)} == {"agrees"}


@pytest.mark.parametrize(
    "text",
    [
        "工人组织：完成54项，计划71项。",
        "On stronger workers' organizations the Office had set itself 71 results.",
        "社会保护领域在2020-21年取得70项，原定58项。",
    ],
)
def test_what_was_wanted_is_no_result(check_text, text):
    assert {verdict for _, verdict in agreed(check_text, text)} == {"agrees"}


def test_the_target_is_a_wrong_number_for_what_was_achieved(check_text):
    said = dict(agreed(check_text, "社会保护领域在2020-21年取得58项成果。"))
    assert said["58"] == "disagrees"


@pytest.mark.parametrize(
    "text",
    [
        "The Arab States recorded 82 results in 2020-21, Africa 329. Of the region's results, 18 came under "
        "social dialogue. Skills added 11.",
        "# Protección social\n\nLa OIT cerró el bienio con 70 resultados en este campo. La meta eran 58.",
        "# 社会对话\n\n非洲60项，亚太56项，全球199项",
        "# Briefing for Amman, 12 to 16 June 2022\n\nLabour-intensive works in Jordan and Lebanon created "
        "1.2 million workdays.",
    ],
)
def test_a_subject_is_carried_on(check_text, text):
    assert {verdict for _, verdict in agreed(check_text, text)} == {"agrees"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Outcome four delivered 90 results."),
        ("es", "El resultado núm. 4 obtuvo 90 resultados."),
        ("zh", "成果四取得90项。"),
    ],
)
def test_a_node_is_called_by_its_number(checker, language, text):
    read = sentence_of(text, find_numbers(text, language), language, checker.catalogue.lexicon(language), "")
    assert ("outcome", "4") in {(each.axis, each.code) for each in read.mentions}


@pytest.mark.parametrize(
    ("language", "text", "code"),
    [
        ("en", "LAC reached 186 results.", "americas"),
        ("es", "ALC logró 186 resultados.", "americas"),
        ("zh", "拉美取得186项成果。", "americas"),
        ("fr", "La région arabe a obtenu 82 résultats.", "arab_states"),
    ],
)
def test_a_region_is_called_by_a_short_name(checker, language, text, code):
    read = sentence_of(text, find_numbers(text, language), language, checker.catalogue.lexicon(language), "")
    assert ("region", code) in {(each.axis, each.code) for each in read.mentions}


@pytest.mark.parametrize("text", ["取得成果4项。", "各成果目标一共取得896项。"])
def test_four_results_are_no_outcome(checker, text):
    read = sentence_of(text, find_numbers(text, "zh"), "zh", checker.catalogue.lexicon("zh"), "")
    assert not [each for each in read.mentions if each.axis == "outcome"]


def test_what_is_to_be_realized_is_no_result(checker):
    text = "为社会伙伴举办两次关于实现性别平等的活动。"
    read = sentence_of(text, find_numbers(text, "zh"), "zh", checker.catalogue.lexicon("zh"), "")
    assert not [each for each in read.mentions if each.axis == "measure"]


def test_at_least_a_target_is_not_called_a_wrong_result(check_text):
    said = dict(agreed(check_text, "在劳工大会获得委任和注册的代表和顾问中女性至少占45%。"))
    assert said["45"] != "disagrees"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Money for training systems: one country reformed it."),
        ("en", "Work on funding went furthest: 32 countries."),
        ("fr", "Pour la bonne gouvernance et son financement, 32 pays."),
        ("es", "En materia de financiación, 32 países."),
    ],
)
def test_what_a_word_of_a_title_means_to_every_reader_names_its_node_faintly(checker, language, text):
    assert called(checker, text, language).get(("outcome", "C"), 0) <= WORD
