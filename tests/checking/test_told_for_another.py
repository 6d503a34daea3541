"""A number that is the value of what stands beside the quantity that its words name."""

from types import SimpleNamespace

import pytest

from analysis.checking.text.mentions import Sentence
from analysis.checking.together.told_for_another import _named, _own_names
from analysis.reading import find_numbers

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


# Two amounts beside each other in the record, whose names stand before them.
AMOUNTS = [
    ("Qatar’s minimum wage is now {} riyals, with an allowance of {} riyals without food and housing.", "en"),
    (
        "En Qatar el salario mínimo es de {} riales, más una prestación de {} riales sin comida ni techo.",
        "es",
    ),
    ("卡塔尔最低工资定为{}里亚尔，雇主不提供食宿时另付{}里亚尔津贴。", "zh"),
]


def last_of(check_text, text, language):
    return check_text(text, language)[-1]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("text", "language", "right", "wrong"), TOLD)
def test_a_number_disagrees_that_is_its_neighbours(check_text, text, language, right, wrong):
    told = last_of(check_text, text.format(right), language).verdict
    assert told.verdict == "agrees"
    exchanged = last_of(check_text, text.format(wrong), language).verdict
    assert (exchanged.verdict, exchanged.error_kind) == ("disagrees", "outcome")
    assert exchanged.candidate is told.candidate
    assert exchanged.right_for.base != told.candidate.base


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("text", "language"), AMOUNTS)
def test_two_amounts_that_nothing_settles_are_told_by_their_names(check_text, text, language):
    for amounts, wanted in (((1000, 800), "agrees"), ((800, 1000), "disagrees")):
        judged = [
            one
            for one in check_text(f"# 2020–21\n\n{text.format(*amounts)}", language)
            if one.number.unit == "riyal"
        ]
        assert [one.verdict.verdict for one in judged] == [wanted] * 2


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("text", "language", "printed", "verdict"),
    [
        ("218 factories in Cambodia and Viet Nam have factory ambassadors.", "en", "218", "disagrees"),
        ("115 factories in Cambodia and Viet Nam have factory ambassadors.", "en", "115", "agrees"),
        ("Camboya y Viet Nam: 218 fábricas tienen ya sus embajadores.", "es", "218", "disagrees"),
        ("218 managers and worker representatives were trained as ambassadors.", "en", "218", "agrees"),
        (
            "Les visites de la salle de presse, à 4,8 millions, ont bondi de 87 points.",
            "fr",
            "87",
            "disagrees",
        ),
        ("Les visites de la salle de presse, à 4,8 millions, ont bondi de 87 %.", "fr", "87", "agrees"),
        ("Newsroom visits rose by 87 points, against a target of 10 per cent.", "en", "87", "disagrees"),
        ("South–South and triangular cooperation ran to 85 projects.", "en", "85", "disagrees"),
        ("南南合作共有70个项目，遍及85个国家。", "zh", "85", "agrees"),
    ],
)
def test_a_noun_or_a_unit_tells_the_value_beside_another(check_text, text, language, printed, verdict):
    told = {one.number.text: one.verdict.verdict for one in check_text(text, language)}
    assert told[printed] == verdict


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("text", "language", "wrong", "right"),
    [
        ("有{}个国家对照公约审查了法律和政策。", "zh", "22", "16"),
        (
            "The poverty that the pandemic brings could by itself add another {}.",
            "en",
            "46 million",
            "9 million",
        ),
        ("En 2011, l’UNICEF a consacré {} % de ses dépenses à l’égalité des sexes.", "fr", "32", "58"),
    ],
)
def test_a_number_is_the_value_of_a_neighbour_of_which_nothing_is_said(
    check_text, text, language, wrong, right
):
    told = last_of(check_text, text.format(right), language).verdict
    exchanged = last_of(check_text, text.format(wrong), language).verdict
    assert (told.verdict, exchanged.verdict) == ("agrees", "disagrees")
    assert exchanged.candidate is told.candidate


def test_the_whole_beside_its_part_is_no_neighbours_value(check_text):
    numbers = check_text("De los 19 hitos de evaluación se alcanzaron del todo 13.", "es")
    assert "disagrees" not in {one.verdict.verdict for one in numbers}


def test_words_that_both_quantities_have_name_neither(check_text):
    text = "In Burkina Faso and Senegal the support for the informal economy reached {} and {}."
    assert "disagrees" not in {
        one.verdict.verdict for one in check_text(text.format("6.7 million", "3.6 million"), "en")
    }


IN_TURN = [
    (
        "Of the amounts approved, the United Nations gave {} per cent and the European Commission {}.",
        "en",
        ("12.4", "15.9"),
    ),
    (
        "Au Sénégal, l’appui à l’économie informelle a touché {} de personnes, en Côte d’Ivoire {}.",
        "fr",
        ("3,6 millions", "7,1 millions"),
    ),
    (
        "El {} % de los resultados atañe a quienes viven con el VIH y el {} % a los pueblos indígenas.",
        "es",
        ("12", "9"),
    ),
    ("关注艾滋病毒感染者的成果占{}%，关注土著人民的占{}%。", "zh", ("12", "9")),
    # Partners: names of nodes without a code, of two kinds.
    (
        "In the voluntary contributions of the review the United States stands at {} dollars, the United "
        "Nations at {} dollars.",
        "en",
        ("132.1 million", "116.3 million"),
    ),
    (
        "Aportaron más las Naciones Unidas, {} de dólares, que Alemania, con {} de dólares.",
        "es",
        ("116,3 millones", "114,9 millones"),
    ),
    (
        "L’Allemagne a versé {} de dollars et la Norvège {} de dollars de contributions.",
        "fr",
        ("114,9 millions", "55,7 millions"),
    ),
    ("德国捐款{}美元，美国捐款{}美元。", "zh", ("1.149亿", "1.321亿")),
]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("text", "language", "numbers"), IN_TURN)
def test_numbers_named_in_turn_are_wrong_where_they_are_exchanged(check_text, text, language, numbers):
    for printed, wanted in ((numbers, "agrees"), (numbers[::-1], "disagrees")):
        judged = check_text(text.format(*printed), language)
        told = [one.verdict.verdict.replace("rounding", "agrees") for one in judged]
        assert told == [wanted] * 2


@pytest.mark.parametrize(
    ("text", "language", "verdict"),
    [
        ("In 2020–22 the United States gave 116.3 million dollars.", "en", "disagrees"),
        ("In 2020–22 the United States, unlike Germany, gave 114.9 million dollars.", "en", "rounding"),
        ("En 2020-22, Alemania aportó 116,3 millones de dólares.", "es", "disagrees"),
        ("La CSBO a reçu 50,9 millions en 2020-22 et la Suède en a versé 52,1.", "fr", "disagrees"),
        ("In 2020–22 the RBSA received 50.9 million; Norway and Sweden gave 52.1.", "en", "undecided"),
    ],
)
def test_a_number_alone_is_no_other_partners_than_its_clause_names(check_text, text, language, verdict):
    assert last_of(check_text, text, language).verdict.verdict == verdict


def test_names_before_and_after_each_number_tell_nothing(check_text):
    text = (
        "Support to the informal economy reached, for Senegal, 7.1 million people in Côte d’Ivoire and "
        "3.6 million in Burkina Faso."
    )
    judged = check_text(text, "en")
    assert judged[0].verdict.verdict == "agrees"
    assert "disagrees" not in {one.verdict.verdict for one in judged}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a 1 b 2 c 3", {}),  # as they are told; nothing else is named for any
        ("b 1 a 2", {0: "b", 1: "a"}),
        ("1 b 2 a", {0: "b", 1: "a"}),
        ("a c 1 b 2 c 3 d", {}),  # the names before are right for two, though the first has two of them
        ("d 1 b 2 c 3 d", {}),
        ("b 1 1 2 a", {}),
    ],
)
def test_names_are_told_in_one_turn_alone(text, told):
    group = {
        name: SimpleNamespace(id=name, features={"words": {name}}, row=row) for row, name in enumerate("abcd")
    }
    numbers = find_numbers(text, "en")
    features = [SimpleNamespace(start=at, name=sign) for at, sign in enumerate(text) if sign in group]
    sentence = Sentence(text, "en", numbers, features)
    contexts = {at: SimpleNamespace(number=number, sentence=sentence) for at, number in enumerate(numbers)}
    held = {at: group["abc"[int(number.value) - 1]] for at, number in enumerate(numbers)}
    matcher = SimpleNamespace(family="words", rarity=dict.fromkeys(group, 1.0))
    named = _named(contexts, held, sentence, _own_names(matcher, [*group.values()], sentence))
    assert {at: one.id for at, one in named.items() if one is not held[at]} == told


def test_names_in_brackets_before_their_numbers_are_not_taken_for_those_after(check_text):
    text = (
        "多边-双边发展伙伴仍是自愿资金的最大来源，占批准总额的59.7%，其次是欧盟委员会(15.9%)、联合国(12.4%)、"
        "公私伙伴关系(5.2%)。"
    )
    assert "disagrees" not in {one.verdict.verdict for one in check_text(text, "zh")}


BY_SEX = [
    (
        "Au Nigéria, {} femmes et {} hommes ont fait le test du VIH sur leur lieu de travail.",
        "fr",
        ("6 680", "7 076"),
    ),
    (
        "In 2020, {} per cent of the young women and {} per cent of the young men were in neither work nor "
        "education.",
        "en",
        ("31.5", "15.7"),
    ),
]


@pytest.mark.sampled(1)
@pytest.mark.parametrize(("text", "language", "numbers"), BY_SEX)
def test_numbers_told_by_sex_in_turn_are_wrong_where_they_are_exchanged(check_text, text, language, numbers):
    for printed, wanted in ((numbers, "agrees"), (numbers[::-1], "disagrees")):
        judged = check_text(text.format(*printed), language)
        data = [one for one in judged if one.number.text.strip(" %") in numbers]
        data = data or [one for one in judged if not one.number.rule]
        assert {one.verdict.verdict for one in data} == {wanted}


ALIKE = [
    ("At the Turin Centre, {} per cent of all participants were women.", "en", "38", "41"),
    ("Alliance 8.7 had {} pathfinder countries at the end of the biennium.", "en", "26", "19"),
    ("Au Centre de Turin, {} % des fonctionnaires du BIT étaient des femmes.", "fr", "53", "41"),
    ("Los cursos de Turín: entre el personal de la OIT, el {} % eran mujeres.", "es", "53", "38"),
    ("都灵中心课程中，三方成员的女性占{}%。", "zh", "41", "38"),
    ("提高透明度的举措有{}项。", "zh", "61", "70"),
]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("text", "language", "right", "wrong"), ALIKE)
def test_the_value_of_what_is_alike_but_for_a_word_disagrees(check_text, text, language, right, wrong):
    told = []
    for number in (right, wrong):
        told += [
            one.verdict for one in check_text(text.format(number), language) if one.number.text == number
        ]
    assert [verdict.verdict for verdict in told] == ["agrees", "disagrees"]
    assert told[0].held == told[1].held


def test_no_name_beyond_a_semicolon_tells_a_number(check_text):
    told = {
        one.number.text: one.verdict
        for one in check_text("我国捐款300万美元，低于西班牙的365万美元；日本是我国的12.6倍。", "zh")
    }
    assert told["300万"].verdict != "disagrees"
    assert told["365万"].verdict == "agrees"
    assert told["365万"].candidate.id.endswith("/spain")
