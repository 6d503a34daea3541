"""Words of rank: of a code that is named, of a part of a whole, from the top and from the bottom."""

import pytest

from analysis.checking.answers.telling import Teller


def rank_of(check_text, text):
    ranks = [one for one in check_text(text) if one.number.unit == "rank"]
    return [(one.number.text, one.verdict.verdict, int(one.verdict.held)) for one in ranks]


RANKS = [
    ("Asia and the Pacific ranks {} with 195 results.", "second", "third", 2),
    ("Germany, our {}-largest donor, gave US$114.9 million.", "fourth", "fifth", 4),
    ("Outcome 7 was the {} most productive of all, with 167 results.", "second", "third", 2),
    ("El resultado 6, con 57,2 millones de gasto, figura en el {} puesto.", "octavo", "séptimo", 8),
    (
        "La France donne 11 millions, bien moins que la Belgique; elle se classe {} parmi les partenaires.",
        "",
        "quinzième",
        19,
    ),
    # A part of what the number is of.
    ("New child labour strategies were adopted in 24 countries; Africa ranks {}.", "first", "third", 1),
    # The region is named by pointing at it, and the whole world beside it is none.
    (
        "Las Américas reunieron 186 resultados. Nuestra región reunió 186 resultados de los 896 del mundo, y "
        "ocupa el {} lugar.",
        "tercer",
        "segundo",
        3,
    ),
    ("我们地区有195项成果，占22%，居{}位，排在非洲之后。", "第二", "第三", 2),
    # Named beside the likes whose numbers are told.
    (
        "The United Nations rank {}, behind the European Commission and the United States (132.1 million).",
        "third",
        "second",
        3,
    ),
    # What is so many times the largest, and where one *is*.
    ("德国提供1.149亿美元，是{}大捐助方。", "第四", "第三", 4),
    ("L'Asie et le Pacifique, avec 195 résultats, est {} derrière l'Afrique.", "deuxième", "troisième", 2),
    ("L'Allemagne (114,9 millions) est notre {} donateur.", "quatrième", "troisième", 4),
    # From the bottom.
    ("L'Europe et l'Asie centrale, avec 104 résultats, est {}.", "avant-dernière", "lanterne rouge", 4),
    ("阿拉伯国家取得82项成果，在各地区中{}。", "倒数第一", "倒数第二", 5),
    ("The Arab States are {}, with 82 results.", "at the bottom of the table", "penultimate", 5),
]


@pytest.mark.sampled(3)
@pytest.mark.parametrize(("text", "right", "wrong", "place"), RANKS)
def test_a_rank_is_told_of_what_is_named(check_text, text, right, wrong, place):
    if right:
        assert [one[1:] for one in rank_of(check_text, text.format(right))] == [("agrees", place)]
    assert [one[1:] for one in rank_of(check_text, text.format(wrong))] == [("disagrees", place)]


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    "text",
    [
        "In the first year Africa recorded 329 results.",
        "The third meeting took note of 329 results in Africa.",
        "Our second office in Africa reported 329 results.",
        "Africa was first to adopt the plan, with 329 results.",
        "The third largest economy of the region is not in the table; Africa had 329 results.",
        "Segunda región por número de resultados, muy lejos de África (329)",
        "Working poverty stood at 7.2 per cent in 2020, the highest since 2015.",
        "2020年在职贫困率7.2%，为四年来最高。",
        "L'Afrique compte 329 résultats; pour la deuxième année consécutive, elle demande plus.",
        "África logró 329 resultados y la segunda reunión los celebró.",
        "非洲取得329项成果，第三次会议对此表示满意。",
    ],
)
def test_an_ordinal_that_ranks_no_quantity_has_no_verdict(check_text, text):
    assert rank_of(check_text, text) == []


def test_the_nearest_name_is_ranked(check_text):
    # Of units, which no term names, the second one: the first stands in another part of the sentence.
    text = "社会对话：工人活动局占18%；非洲地区局占15%，在各单位中排第三"
    assert rank_of(check_text, text) == [("第三", "agrees", 3)]


@pytest.mark.parametrize(
    ("name", "number", "told"), [("阿拉伯国家", 82, "agrees"), ("欧洲和中亚", 104, "disagrees")]
)
def test_a_rank_is_of_the_name_that_it_is_said_to_be(check_text, name, number, told):
    text = f"成果最多的地区是非洲（329项），最少的是{name}（{number}项）。"
    assert [one[:2] for one in rank_of(check_text, text)] == [("最多", "agrees"), ("最少", told)]


def test_who_holds_a_wrong_rank_is_told(checker, check_text):
    numbers = check_text("Europe and Central Asia, with 104 results, comes last.")
    (last,) = (one for one in numbers if one.number.unit == "rank")
    told = Teller(checker).told(last)
    assert "place 4 of 5" in told
    assert "Place 5: “Results by region: Arab States" in told


def test_of_the_measure_that_is_said_before_it_a_rank_is_told(check_text):
    text = "Of outcome 5 the budget was US$86.7 million, and by expenditure outcome 5 ranks fourth."
    (fourth,) = (one for one in check_text(text) if one.number.unit == "rank")
    assert fourth.verdict.derived.first.axes["measure"] == "actual_expenditure"
