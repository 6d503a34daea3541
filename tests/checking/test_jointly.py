"""Numbers of a row or a sentence that are told together, and periods that others are set against."""

import pytest

from analysis.checking.text.sentence_reading import sentence_of
from analysis.checking.together.jointly import family
from analysis.reading.numbers import find_numbers

TABLE = """# Évaluation du résultat 8

| Produit | Cible | Résultat | Afrique |
|---|---|---|---|
| Viabilité des systèmes de protection sociale | 20 | 32 | {} |
"""
REPORT = "implementation-2020-21"


def verdicts(check_text, text):
    return {each.number.text: each.verdict for each in check_text(text) if not each.number.rule}


def test_a_row_is_of_the_indicator_of_which_all_its_numbers_are(check_text):
    found = verdicts(check_text, TABLE.format(19))
    assert [found[printed].verdict for printed in ("20", "32", "19")] == ["agrees"] * 3
    assert len({family(found[printed].candidate) for printed in ("20", "32", "19")}) == 1
    assert verdicts(check_text, TABLE.format(17))["17"].verdict not in ("agrees", "rounding")


def test_a_result_agrees_with_its_target_beside_it(check_text):
    text = "# Outcome 3\n\n- Peace and resilience: {} (target {})\n"
    found = verdicts(check_text, text.format(15, 12))
    assert found["15"].verdict == found["12"].verdict == "agrees"
    assert verdicts(check_text, text.format(16, 12))["16"].verdict != "agrees"


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Dans les États arabes, cinq États ont ratifié deux conventions.", ("cinq", "deux")),
        ("En los Estados Árabes, cinco Estados ratificaron dos convenios.", ("cinco", "dos")),
    ],
)
def test_numbers_that_stand_in_one_anothers_place_are_both_wrong(check_text, text, printed):
    found = verdicts(check_text, text)
    for number in printed:
        assert found[number].verdict == "disagrees"
        assert found[number].error_kind == "outcome"
    one, other = (found[number] for number in printed)
    assert (one.right_for, other.right_for) == (other.candidate, one.candidate)


def test_what_came_about_in_the_column_of_its_plan_is_wrong_as_is_the_plan(check_text):
    table = "| Résultat | Budget stratégique | Coût |\n|---|---|---|\n| Égalité de genre | {} | {} |\n"
    for row, wanted in ((("75,7", "57,2"), "agrees"), (("57,2", "75,7"), "disagrees")):
        found = verdicts(check_text, f"# 2020–21\n\n{table.format(*row)}")
        assert [found[printed].verdict for printed in row] == [wanted] * 2


def test_numbers_in_their_own_places_agree(check_text):
    found = verdicts(check_text, "En los Estados Árabes, dos Estados ratificaron cinco convenios.")
    assert found["cinco"].verdict == found["dos"].verdict == "agrees"


def test_a_header_that_is_a_measures_label_says_the_measure(check_text):
    table = "## 指标完成情况\n\n| 成果目标 | 目标 | 成果 |\n|---|---|---|\n| 就业与转型 | {} | {} |\n"
    right = verdicts(check_text, table.format(114, 102))
    assert right["114"].verdict == right["102"].verdict == "agrees"
    wrong = verdicts(check_text, table.format(102, 114))
    assert not {wrong["102"].verdict, wrong["114"].verdict} & {"agrees", "rounding"}


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("2020年，全球工时比2019年第四季度减少8.9%，相当于2.59亿个全职岗位。", ("8.9", "2.59亿")),
        (
            "Global working hours fell by 8.9 per cent in 2020 against the last quarter of 2019, "
            "which equals 259 million full-time jobs.",
            ("8.9", "259 million"),
        ),
        ("At the end of 2021 global working hours were still 4.3 per cent short of 2019.", ("4.3",)),
        ("In 2020-21 new approvals were 15 per cent below the record set in 2018-19.", ("15",)),
    ],
)
def test_a_period_that_another_is_set_against_is_of_no_number(check_text, text, printed):
    found = verdicts(check_text, text)
    told = {name: verdict for text, verdict in found.items() for name in printed if text.startswith(name)}
    assert [told[name].verdict for name in printed] == ["agrees"] * len(printed)


def test_the_targets_value_is_wrong_where_the_result_is_spoken_of(check_text):
    text = "Women hold {} per cent of senior ILO positions (P5 and above, regular budget).\n"
    wrong = verdicts(check_text, text.format(45))["45"]
    assert (wrong.grade, wrong.error_kind, wrong.right_for.axes["measure"]) == (
        "looks wrong",
        "outcome",
        "target",
    )
    assert verdicts(check_text, text.format(39))["39"].verdict == "agrees"


def test_a_small_number_in_words_agrees_with_nothing_that_is_hardly_spoken_of(check_text):
    found = verdicts(check_text, "管理岗位上的妇女：2018年27.9%，2020年28.3%，两年提高0.4个百分点。")
    assert found["两"].verdict not in ("agrees", "rounding")


def test_a_noun_of_the_next_clause_is_not_what_a_number_counts(check_text):
    text = "La igualdad de género, con 69, quedó muy lejos de su meta; la igualdad de género, con {}, lejos."
    assert verdicts(check_text, text.format(59))["59"].verdict == "agrees"
    assert verdicts(check_text, text.format(59))["69"].grade == "disagrees"


def test_no_two_numbers_of_a_sentence_are_one_quantity(check_text):
    text = "En Côte d’Ivoire, 3,6 millions de personnes, et au Sénégal, 3,6 millions.\n"
    told = [each.verdict for each in check_text(text) if not each.number.rule]
    held = [verdict.candidate.id for verdict in told if verdict.verdict in ("agrees", "rounding")]
    assert len(held) == len(set(held))


def test_a_noun_that_is_a_word_of_the_own_quantity_tells_of_no_exchange(check_text):
    numbers = check_text(
        "La Coalition internationale pour l’égalité de rémunération compte désormais 59 membres, dont 14 "
        "nouveaux pays.\n",
        "fr",
    )
    assert [judged.verdict.verdict for judged in numbers] == ["agrees", "agrees"]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("2020年，女性就业减少{}%，男性{}%。", ("3.6", "2.9")),
        ("In 2020, employment fell by {} per cent for women and {} per cent for men.", ("3.6", "2.9")),
        (
            "En 2020, l'emploi a reculé de {} pour cent pour les femmes et de {} pour cent pour les hommes.",
            ("3,6", "2,9"),
        ),
        ("En 2020, el empleo cayó un {} % entre las mujeres y un {} % entre los hombres.", ("3,6", "2,9")),
        ("国际劳工标准：预算{}万美元，支出{}万美元。", ("6770", "7250")),
        (
            "Normes internationales du travail: budget de {} millions de dollars, dépenses de {} millions.",
            ("67,7", "72,5"),
        ),
        (
            "Normas internacionales del trabajo: presupuesto de {} millones de dólares y gasto de {}.",
            ("67,7", "72,5"),
        ),
    ],
)
def test_two_numbers_that_one_code_tells_apart_are_wrong_where_they_are_exchanged(check_text, text, printed):
    def told(*numbers):
        judged = verdicts(check_text, text.format(*numbers) + "\n")
        return [held.verdict for printed, held in judged.items() if printed.startswith(numbers)]

    assert told(*printed) == ["agrees", "agrees"]
    assert told(*printed[::-1]) == ["disagrees", "disagrees"]


def test_a_budget_is_none_within_the_name_of_another(checker):
    text = "经常预算4.583亿美元，预算5亿美元。"
    read = sentence_of(text, find_numbers(text, "zh"), "zh", checker.catalogue.lexicon("zh"), "")
    said = [(one.start, one.code) for one in read.mentions if one.axis == "measure"]
    assert said == [(text.rindex("预算"), "strategic_budget")]


BY_FAINT_WORDS = [
    (
        "95 ratifications were registered. Then come Europe and Central Asia, {}, and the Americas, {}.",
        "24",
        "21",
    ),
    (
        "Projects with a high gender marker: the Arab States {} per cent, Europe and Central Asia {}.",
        "9",
        "5",
    ),
]


@pytest.mark.sampled(1)
@pytest.mark.parametrize(("text", "first", "second"), BY_FAINT_WORDS)
def test_numbers_of_two_codes_that_are_exchanged_are_wrong_however_faint_their_words(
    check_text, text, first, second
):
    told = [one.verdict for one in check_text(text.format(second, first), "en")][-2:]
    assert [(one.verdict, one.error_kind) for one in told] == [("disagrees", "region")] * 2
    own = [one.verdict.verdict for one in check_text(text.format(first, second), "en")][-2:]
    assert "disagrees" not in own
