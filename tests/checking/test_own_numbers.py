"""What a text computes of its own numbers, with a number beside each that they do not come to."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.checking.answers.lines import rows
from analysis.checking.answers.telling import Teller
from analysis.checking.judging.own_numbers import (
    Computed,
    OwnSum,
    change_between,
    difference_between,
    fits,
    points_told_as_per_cent,
    share_in_another,
)
from analysis.checking.text.mentions import Sentence
from analysis.reading import find_numbers

SKILLS = "Skills training: 41,951 people took part, 17,050 of them women, or {} per cent."
FORMER = "决策机关、管理服务和机构投资花费1.522亿美元，支持服务花费1.392亿美元，前者多{}万美元。"


def verdicts(check_text, text, language):
    return [each for each in check_text(text, language) if not each.number.rule]


@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    ("text", "language", "printed", "verdict", "formula"),
    [
        (SKILLS.format(41), "en", "41", "agrees", "17,050 / 41,951"),
        (SKILLS.format(46), "en", "46", "disagrees", "17,050 / 41,951"),
        ("技能培训：共有41,951人参加，其中女性17,050人，占41%。", "zh", "41", "agrees", "17,050 / 41,951"),
        ("技能培训：共有41,951人参加，其中女性17,050人，占46%。", "zh", "46", "disagrees", "17,050 / 41,951"),
        # The second amount agrees only with what it likely means.
        (FORMER.format("1800"), "zh", "1800万", "disagrees", "1.522亿 − 1.392亿"),
        (FORMER.format("1300"), "zh", "1300万", "agrees", "1.522亿 − 1.392亿"),
        (
            "Se alcanzaron 13 de los 19 hitos de evaluación, esto es, el 68 %.",
            "es",
            "68",
            "agrees",
            "13 / 19",
        ),
        (
            "De los 1.104,6 millones de dólares gastados en los resultados de política, el 72 % se empleó en "
            "las regiones; el 28 % restante, en trabajo mundial.",
            "es",
            "28",
            "agrees",
            "100 − 72",
        ),
        (
            "De los 1.104,6 millones de dólares gastados en los resultados de política, el 72 % se empleó en "
            "las regiones; el 38 % restante, en trabajo mundial.",
            "es",
            "38",
            "disagrees",
            "100 − 72",
        ),
        (
            "En 2020, 160 millions d'enfants travaillaient. Les garçons sont 97 millions, soit 61 % du "
            "total.",
            "fr",
            "61",
            "agrees",
            "97 millions / 160 millions",
        ),
        (
            "En 2020, 160 millions d'enfants travaillaient. Les garçons sont 97 millions, soit 66 % du "
            "total.",
            "fr",
            "66",
            "disagrees",
            "97 millions / 160 millions",
        ),
        ("非洲取得329项成果，亚太取得195项成果，加起来是524项。", "zh", "524", "agrees", "329 + 195"),
        ("167项成果中，非洲58项，亚太46项，两个区域合计占62%。", "zh", "62", "undecided", "(58 + 46) / 167"),
        # No rule settles the 45, but it is the value of what it most likely means.
        (
            "P5及以上职位中，女性在2021年占37.1%，离45%的底线还差7.9个百分点。",
            "zh",
            "7.9",
            "agrees",
            "45 − 37.1",
        ),
        # What comes after the numbers of two sentences before, in one unit.
        (
            "The regular budget was US$790.6 million. US$749.8 million of it was spent. That leaves "
            "US$40.8 million.",
            "en",
            "40.8",
            "agrees",
            "790.6 million − 749.8 million",
        ),
    ],
)
def test_a_number_is_judged_by_those_that_it_is_computed_from(
    check_text, text, language, printed, verdict, formula
):
    one = next(
        each
        for each in verdicts(check_text, text, language)
        if each.number.text.removeprefix("US$").startswith(printed)
    )
    assert one.verdict.verdict == verdict
    if isinstance(one.verdict.derived, OwnSum):
        assert one.verdict.derived.formula == formula


def test_what_the_record_does_not_stand_behind_is_undecided_and_the_sum_told(checker, check_text):
    text = "We heard 63 gardeners, 45 of whom were content, or 71 per cent."
    one = verdicts(check_text, text, "en")[-1]
    assert one.verdict.verdict == "undecided"
    assert one.verdict.derived.formula == "45 / 63"
    teller = Teller(checker)
    assert "45 / 63 = 71.4" in teller.told(one)


def test_a_word_that_begins_with_one_is_no_number_of_an_outcome(check_text):
    text = "性别平等这项成果目标一共取得59项成果，比原定的84项少25项。"
    judged = verdicts(check_text, text, "zh")
    assert [each.number.text for each in judged] == ["59", "84", "25"]
    assert {each.verdict.verdict for each in judged} == {"agrees"}


def test_a_share_of_what_is_not_said_is_not_called_wrong(check_text):
    text = "In 2020, 261 files came from 97 countries, and 20 per cent."
    one = verdicts(check_text, text, "en")[-1]
    assert one.number.text == "20"
    assert one.verdict.verdict != "disagrees"
    said = verdicts(check_text, text.replace("and", "or"), "en")[-1]
    assert said.verdict.verdict == "disagrees"


@pytest.mark.parametrize("americas", [168, 285])
def test_a_number_that_follows_from_a_wrong_one_is_not_said_to_agree(check_text, americas):
    text = f"非洲取得329项成果，美洲取得{americas}项成果，加起来是{329 + americas}项。"
    judged = verdicts(check_text, text, "zh")
    assert judged[0].verdict.verdict == "agrees"
    assert not {each.verdict.verdict for each in judged[1:]} & {"agrees", "rounding"}


def test_it_is_told_what_the_numbers_come_to_and_a_wording_that_is_right(checker, check_text):
    judged = verdicts(check_text, SKILLS.format(46), "en")
    teller = Teller(checker)
    told = "The text's own numbers come to 40.6%, not 46 per cent: 17,050 / 41,951."
    assert teller.told(judged[-1]) == told
    row = rows(judged, "draft.md", teller).iloc[-1]
    assert (row["kind"], row["error_kind"]) == ("computed", "arithmetic")
    assert row["ids"] == "derived: 17,050 / 41,951"
    assert row["wording"] == "41"
    assert row["why"] == "the text's own numbers"


def numbers(text):
    return find_numbers(text, "en")


def test_operands_may_be_rounded():
    one, other, more = numbers("4.8 million against 2.6 million is 87 per cent")
    assert fits(more, change_between(one, other)) == "rounding"
    (less,) = numbers("70 per cent")
    assert fits(less, change_between(one, other)) == ""


def test_a_count_is_not_rounded_and_a_qualifier_counts():
    part, whole, half = numbers("27 of 55, a little more than half")
    assert fits(half, share_in_another([part], whole)) == ""
    part, whole, half = numbers("27 of 55, nearly half")
    assert fits(half, share_in_another([part], whole)) == "rounding"


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_a_share_and_a_change_are_those_of_the_numbers(part, whole):
    one, other = numbers(f"{part} and {whole}")
    assert share_in_another([one], other).value == Fraction(100 * part, whole)
    assert change_between(one, other).value == Fraction(100 * part, whole) - 100
    assert difference_between(one, other).value == part - whole
    assert (
        share_in_another([one], other).low
        == share_in_another([one], other).high
        == share_in_another([one], other).value
    )


@pytest.mark.parametrize(("word", "rises"), [("增加", True), ("下降", False)])
def test_a_change_of_own_numbers_goes_the_way_that_is_said(check_text, word, rises):
    text = f"核可额为6亿美元，而前一期为5亿美元，{word}20%。"
    made = next(each for each in verdicts(check_text, text, "zh") if each.number.text == "20")
    assert made.verdict.derived.how == "change"
    assert (made.verdict.derived.value > 0) == rises


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("text", "language", "right", "wrong", "kind", "formula"),
    [
        ("不了解计划的由38%降到27.2%，下降{}。", "zh", "10.8个百分点", "10.8%", "unit", "38 − 27.2"),
        ("联盟8.7开拓国家由19个增至26个，增加{}个。", "zh", "七", "五", "arithmetic", "26 − 19"),
        (
            "Au total, 41 951 personnes ont suivi nos activités, dont 17 050 femmes, soit {}.",
            "fr",
            "deux cinquièmes",
            "plus de la moitié",
            "arithmetic",
            "17 050 / 41 951",
        ),
    ],
)
def test_what_two_numbers_right_before_come_to_is_wrong_otherwise(
    check_text, text, language, right, wrong, kind, formula
):
    told = verdicts(check_text, text.format(right), language)[-1].verdict
    assert told.verdict in ("agrees", "rounding")
    told = verdicts(check_text, text.format(wrong), language)[-1].verdict
    assert (told.verdict, told.error_kind, told.derived.formula) == ("disagrees", kind, formula)


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("fell from 80 per cent to 60 per cent, a drop of 20 per cent", 20),
        ("fell from 100 per cent to 75 per cent, a drop of 25 per cent", None),  # which is its change, too
        ("fell from 80 per cent to 60 per cent, a drop of 30 per cent", None),
        ("were 80 per cent and 60 per cent, and of the others 20 per cent", None),
    ],
)
def test_points_are_told_as_per_cent_where_they_are_no_change_in_parts(text, points):
    numbers = find_numbers(text, "en")
    asked = Computed(numbers[-1], Sentence(text, "en", numbers, []), numbers[:-1], [], [], set())
    own = points_told_as_per_cent(asked)
    assert (own.value if own else None) == points


@pytest.mark.parametrize(
    ("text", "language", "wrong"),
    [
        ("En 2021, 46 % étaient formés. C’était 38 % en 2019 : 8 % de mieux.", "fr", True),
        ("En 2021, 46 % étaient formés. C’était 38 % en 2019 : 21 % de mieux.", "fr", False),
        ("失业率2019年为5.4%，2020年升到6.6%，涨了1.2%。", "zh", True),
        ("失业率2019年为5.4%，2020年升到6.6%，涨了22%。", "zh", False),
    ],
)
def test_points_are_told_as_per_cent_of_the_sentence_before_too(check_text, text, language, wrong):
    told = verdicts(check_text, text, language)[-1].verdict
    assert (told.error_kind == "unit") == wrong


def test_what_comes_to_the_same_of_wrong_numbers_agrees(check_text):
    text = "Au Nigéria, le dépistage du VIH a touché {} femmes et {} hommes, {} personnes en tout."
    for women, men in (("6 680", "7 076"), ("7 076", "6 680")):
        *_, told = verdicts(check_text, text.format(women, men, "13 756"), "fr")
        assert told.verdict.verdict == "agrees"


def test_a_short_line_of_another_script_is_read_in_its_own_language(check_text):
    chinese = (
        "2020—2021两年期内，本组织在151个成员国取得896项成果，比目标多3%，其中非洲占37%，亚太占22%。" * 3
    )
    numbers = check_text(f"{chinese}\n\n41,951 people took part in the training of the Centre.\n")
    last = numbers[-1]
    assert (last.language, last.number.text) == ("en", "41,951")


def test_less_than_half_is_no_wrong_share_of_two_fifths(check_text):
    text = "Au total, 41 951 personnes ont suivi nos activités, dont 17 050 femmes, soit moins de la moitié."
    assert verdicts(check_text, text, "fr")[-1].verdict.verdict != "disagrees"


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("text", "language", "printed", "wrong"),
    [
        (
            "The Organization recorded 896 results. Africa had 329 of them, that is, {}.",
            "en",
            "47 per cent",
            True,
        ),
        (
            "L’Ouzbékistan emploie 500 000 temporaires. Parmi elles, 270 000 femmes, c’est-à-dire {}.",
            "fr",
            "46 %",
            True,
        ),
        (
            "L’Ouzbékistan emploie 500 000 temporaires. Parmi elles, 270 000 femmes, c’est-à-dire {}.",
            "fr",
            "54 %",
            False,
        ),
        # Of another whole, which nothing names.
        (
            "The Organization recorded 896 results. Equality was 25 short, that is, {}.",
            "en",
            "30 per cent",
            False,
        ),
        ("896 results were recorded. Equality delivered 59, or {}.", "en", "70 per cent", False),
    ],
)
def test_a_share_told_again_is_of_the_whole_before_where_a_part_is_said(
    check_text, text, language, printed, wrong
):
    told = verdicts(check_text, text.format(printed), language)[-1].verdict
    assert (told.verdict == "disagrees") == wrong
