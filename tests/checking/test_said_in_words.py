"""Directions and ranks that a text says in words, and what keeps a number from being called wrong."""

from decimal import Decimal

import pytest

from analysis.checking.answers.lines import rows
from analysis.checking.answers.telling import Teller

HIGHEST = "Outcome {} had the {} expenditure, US${} million."


def told(check_text, text):
    return [
        (each.number.text, each.verdict.verdict, each.verdict.error_kind)
        for each in check_text(text)
        if not each.number.rule
    ]


@pytest.mark.sampled(6)
@pytest.mark.parametrize(
    ("text", "word", "verdict"),
    [
        ("Unemployment fell to 6.2 per cent in 2021.", "fell", "agrees"),
        ("Unemployment rose to 6.2 per cent in 2021.", "rose", "disagrees"),
        ("Unemployment was 6.2 per cent in 2021, down on the year before.", "down", "agrees"),
        ("Unemployment was 6.2 per cent in 2021, up on the year before.", "up", "disagrees"),
        ("Unemployment rose to 6.6 per cent in 2020 and rose to 6.2 per cent in 2021.", "rose", "agrees"),
        (
            "Le taux de chômage a augmenté de 5,4 pour cent en 2019 à 6,6 pour cent en 2020.",
            "augmenté",
            "agrees",
        ),
        (
            "El desempleo disminuyó del 5,4 por ciento en 2019 al 6,6 por ciento en 2020.",
            "disminuyó",
            "disagrees",
        ),
        ("失业率由2019年的5.4%下降至2020年的6.6%。", "下降", "disagrees"),
        ("失业率由2019年的5.4%上升至2020年的6.6%。", "上升", "agrees"),
        (HIGHEST.format(7, "highest", "280.6"), "highest", "agrees"),
        (HIGHEST.format(3, "highest", "225.1"), "highest", "disagrees"),
        (HIGHEST.format(3, "second highest", "225.1"), "second", "agrees"),
        (HIGHEST.format(6, "lowest", "57.2"), "lowest", "agrees"),
        (HIGHEST.format(2, "second lowest", "72.5"), "second", "agrees"),
        (HIGHEST.format(2, "second highest", "72.5"), "second", "disagrees"),
        ("非洲取得329项成果，在各地区中最少。", "最少", "disagrees"),
        ("亚太地区取得195项成果，在各地区中居第二。", "第二", "agrees"),
    ],
)
def test_a_direction_and_a_rank_are_computed(check_text, text, word, verdict):
    found = [each for each in told(check_text, text) if each[0] == word]
    assert found[0][1] == verdict
    assert (found[0][2] in ("direction", "rank")) == (verdict == "disagrees")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        # Eased from 6.7, which the record does not have, not from 5.4.
        (
            "Unemployment, 5.4 per cent in 2019, climbed to 6.7 the year after and eased to 6.2 by 2021.",
            "eased",
        ),
        ("2019年全球失业率是5.4%，第二年升至6.7%，再过一年回落到6.2%。", "回落"),
        # By 7, not from 26 to 7.
        ("“联盟8.7”开拓国家由19个增至26个，增加7个", "增加"),
    ],
)
def test_a_word_of_direction_is_not_wrong_by_a_number_it_does_not_start_from(check_text, text, word):
    assert "disagrees" not in [verdict for said, verdict, _ in told(check_text, text) if said == word]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Working poverty was 7.2 per cent in 2020 and rose to 6.9 per cent in 2021.", "6.9"),
        (
            "Le taux de pauvreté au travail était de 7,2 % en 2020 et a progressé à 6,9 % en 2021.",
            "6,9",
        ),
        ("La tasa de trabajadores pobres fue del 7,2 % en 2020 y aumentó al 6,9 % en 2021.", "6,9"),
        ("在职贫困率2020年为7.2%，2021年升至6.9%。", "6.9"),
    ],
)
def test_a_level_is_wrong_to_which_a_wrong_word_leads_from_the_other(check_text, text, number):
    assert [rest for said, *rest in told(check_text, text) if said == number] == [["disagrees", "direction"]]


def test_a_level_agrees_to_which_a_right_word_leads(check_text):
    text = "Working poverty was 7.2 per cent in 2020 and fell to 6.9 per cent in 2021."
    assert [verdict for said, verdict, _ in told(check_text, text) if said == "6.9"] == ["agrees"]


def test_the_second_of_two_moves_is_judged_by_its_own_number(check_text):
    text = "Unemployment rose to 6.6 per cent in 2020 and rose to 6.2 per cent in 2021."
    assert [each[1] for each in told(check_text, text) if each[0] == "rose"] == ["agrees", "disagrees"]


@pytest.mark.parametrize(
    "text",
    [
        "Unemployment, at 6.2 per cent in 2021, is among the highest worries of our members.",
        "The largest increase is still to come; 329 results were achieved in Africa.",
        "Unemployment did not rise; it was 6.2 per cent in 2021.",
        "The band rose to fame and fell apart.",
    ],
)
def test_what_cannot_be_computed_has_no_verdict(check_text, text):
    assert not {"rose", "fell", "rise", "highest", "largest"} & {each[0] for each in told(check_text, text)}


def test_a_rank_is_told_with_its_place_and_formula(checker, check_text):
    made = (
        rows(check_text(HIGHEST.format(3, "highest", "225.1")), "a.md", Teller(checker))
        .set_index("printed")
        .loc["highest"]
    )
    assert Decimal(made["record_value"]) == 2
    assert made["ids"].startswith("derived: rank(")
    assert made["wording"] == ""
    assert made["error_kind"] == "rank"


def test_points_for_per_cent_are_another_unit(check_text):
    found = told(check_text, "In 2021 the unemployment rate was 6.2 percentage points.")
    assert found == [("6.2", "disagrees", "unit")]


@pytest.mark.parametrize("text", ["329 results", "15 17 5 1 2 9 0", "Regular budget 101.8 101.1"])
def test_a_line_without_words_of_its_own_is_never_wrong(check_text, text):
    assert "disagrees" not in {each[1] for each in told(check_text, text)}


def test_a_region_that_is_not_named_is_not_the_world(check_text):
    text = "In our region 392 results were achieved in 2020-21."
    assert told(check_text, text)[0][1] in ("undecided", "not in the record")
    found = told(check_text, "In Africa 392 results were achieved in 2020-21.")
    assert [each[1] for each in found] == ["disagrees"]


def test_a_line_that_ends_inside_a_chinese_word_changes_nothing(check_text):
    whole = told(check_text, "2021年全球失业率为6.9%。")
    assert told(check_text, "2021年全球失\n业率为6.9%。") == whole == [("6.9", "disagrees", "digit")]


def test_a_beginning_is_no_since(check_text):
    found = told(check_text, "失业率自2019年的5.4%上升至2020年的6.6%。")
    assert [each[1] for each in found if each[0] in ("5.4", "6.6")] == ["agrees", "agrees"]


SAID = [
    # The text's own two numbers, whatever they are of.
    ("Visits to the garden rose from 38,143 to 27,252.", "en", "rose", "disagrees"),
    ("In the Arab States ratifications rose from two to five.", "en", "rose", "agrees"),
    # The change itself, counted between two periods.
    ("调换岗位或工作地点的职员为248人，比上个两年期增加了77人。", "zh", "增加", "disagrees"),
    ("调换岗位或工作地点的职员为248人，比上个两年期减少了77人。", "zh", "减少", "agrees"),
    # From what to what, where a word that only stands before a rank stands before a direction.
    (
        "La pobreza entre quienes trabajan bajó medio punto en un año, hasta el 7,2 %.",
        "es",
        "bajó",
        "disagrees",
    ),
    # Places beyond the fifth, after a verb, and among the partners of a table.
    ("La protection sociale vient au sixième rang, avec 89,5 millions.", "fr", "sixième", "agrees"),
    ("La protection sociale vient au septième rang, avec 89,5 millions.", "fr", "septième", "disagrees"),
    (
        "La France a apporté 11 millions de dollars, au douzième rang des États.",
        "fr",
        "douzième",
        "disagrees",
    ),
    (
        "La France a apporté 11 millions de dollars, au quatorzième rang des États.",
        "fr",
        "quatorzième",
        "agrees",
    ),
    ("Las Américas quedan terceras con 186 resultados.", "es", "terceras", "agrees"),
    ("Las Américas quedan segundas con 186 resultados.", "es", "segundas", "disagrees"),
    ("The Arab States came last, with 82 results.", "en", "last", "agrees"),
    ("Europe and Central Asia came last, with 104 results.", "en", "last", "disagrees"),
    # The code nearest to the word in its own part of the sentence.
    ("支出最多的是成果目标7，为2.806亿美元；最少的是成果目标6，为5,720万美元。", "zh", "最少", "agrees"),
    ("支出最多的是成果目标7，为2.806亿美元；最少的是成果目标2，为7,250万美元。", "zh", "最少", "disagrees"),
    ("各地区中，非洲的成果数最多，为329项；阿拉伯国家最少，为82项。", "zh", "最多", "agrees"),
]


@pytest.mark.sampled(6)
@pytest.mark.parametrize(("text", "language", "word", "verdict"), SAID)
def test_words_of_direction_and_rank_in_four_languages(checker, check_text, text, language, word, verdict):
    (found,) = [each for each in check_text(text, language) if each.number.text == word]
    assert found.verdict.verdict == verdict
    assert bool(found.verdict.error_kind) == (verdict == "disagrees")
    assert Teller(checker).told(found)


@pytest.mark.parametrize(
    ("text", "language", "word"),
    [
        # Who is third is not said beside it.
        ("Es la tercera región, a bastante distancia de África (329).", "es", "tercera"),
        # Where a number is itself wrong, the word may be right.
        ("Unemployment rose from 66.4 per cent in 2019 to 6.6 per cent in 2020.", "en", "rose"),
        ("Pupils rose from 12 to 17.", "en", "rose"),
    ],
)
def test_a_word_has_no_line_where_nothing_settles_it(check_text, text, language, word):
    found = [each for each in check_text(text, language) if each.number.text == word]
    assert [each.verdict.verdict for each in found] in ([], ["agrees"])


@pytest.mark.parametrize(("way", "told"), [("少了", "disagrees"), ("多了", "agrees")])
def test_by_how_much_something_moved_is_wrong_where_it_went_the_other_way(checker, check_text, way, told):
    (eight,) = [
        one
        for one in check_text(f"性别行动计划57项指标中37项达标，比上一期{way}8项。", "zh")
        if one.number.text == "8"
    ]
    assert eight.verdict.verdict == told
    assert eight.verdict.error_kind == ("direction" if told == "disagrees" else "")
    if told == "disagrees":
        assert "29" in Teller(checker).told(eight)


@pytest.mark.parametrize(
    ("printed", "verdict"), [("eighth", "agrees"), ("sixth", "agrees"), ("seventh", "disagrees")]
)
def test_a_rank_is_right_among_those_of_its_kind_or_among_all(check_text, printed, verdict):
    """Sweden is the eighth of all partners and the sixth of its kind, of governments."""
    numbers = check_text(f"Sweden's own US$51.9 million puts you in {printed} place.", "en")
    (one,) = (one for one in numbers if one.number.unit == "rank")
    assert one.verdict.verdict == verdict


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("text", "language", "word"),
    [
        ("全球工作岗位大幅减少，失业率自2019年的5.4%上升至2020年的6.6%。", "zh", "减少"),
        (
            "Jobs fell sharply, unemployment rose from 5.4 per cent in 2019 to 6.6 per cent in 2020.",
            "en",
            "fell",
        ),
        ("社会保护最低标准覆盖的人口比例为46.9%。", "zh", "最低"),
    ],
)
def test_a_word_of_something_else_is_not_judged_by_the_next_clause_s_number(check_text, text, language, word):
    judged = check_text(text, language)
    assert word not in {one.number.text for one in judged}
    assert "disagrees" not in {one.verdict.verdict for one in judged}


def test_a_rank_among_many_is_told_with_the_first_of_them(checker, check_text):
    numbers = check_text("Suecia, con 51,9 millones, quedó en séptimo lugar.", "es")
    judged = next(one for one in numbers if one.number.text == "séptimo")
    told = Teller(checker).told(judged) + Teller(checker).sourced(judged)
    assert told.count("recorded_number(") == 6
    assert "… +28)" in told
    assert judged.verdict.derived.formula.count("recorded_number(") == 34


def test_a_time_that_is_said_to_improve_may_fall(check_text):
    numbers = check_text("发展合作人员招聘：平均招聘时间从2016-2017年的200天提高到本两年期的148天。", "zh")
    told = [one.verdict.verdict for one in numbers if one.number.text in ("200", "148")]
    assert told == ["agrees", "agrees"]
