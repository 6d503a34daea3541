"""Shares, differences and sums that the two numbers right before alone can be meant by."""

import pytest


def verdict_of(check_text, text, printed):
    (one,) = (one for one in check_text(text) if one.number.text == printed)
    return one.verdict


PLAIN = [
    (
        "Côte d'Ivoire reached 7.1 million people, Burkina Faso 6.7 million and Senegal "
        "3.6 million: in all, {}.",
        "17.4 million",
        "18.4 million",
    ),
    ("放眼全部成果，把平等当头等目标的占6%，有明显帮助的48%，两样加起来{}。", "54%", "56%"),
    (
        "Countries asking for help on skills went up from 28 to 54, {} rise.",
        "nearly a twofold",
        "a threefold",
    ),
    (
        "Les pays qui demandent un appui en compétences passent de 28 à 54, soit {}.",
        "près du double",
        "le triple",
    ),
    ("72 pour cent des dépenses vont aux régions et le reste, {} pour cent.", "28", "18"),
    ("Outcome 6 delivered 59 results, 25 short of the target, that is {} per cent below it.", "30", "42"),
    ("Outcome 6 delivered 59 results, 25 fewer than planned, or {} per cent of the target.", "70", "58"),
    (
        "Outcome 6 delivered 59 results for 84 planned. "
        "It is thus 25 short, that is {} per cent of the target.",
        "30",
        "42",
    ),
    ("绿色转型方面有12个成员国取得成果，超出计划4个，即超出{}。", "一半", "三分之一"),
    ("L'Afrique compte 329 des 896 résultats, plus {}.", "du tiers", "de la moitié"),
    ("L'Afrique compte 329 des 896 résultats, soit {} %.", "37", "47"),
    ("非洲取得896项成果中的329项，超过{}。", "三分之一", "一半"),
    ("63 million girls and 97 million boys worked in 2020, that is {} million.", "160", "170"),
    (
        "Youth unemployment rose from 13.5 per cent in 2019 to 15.2 per cent in 2020, up {} points.",
        "1.7",
        "2.7",
    ),
    ("失业率从2019年的5.4%升到2020年的6.6%，上升了{}个百分点。", "1.2", "2.1"),
    ("De los 19 hitos, 13 se lograron plenamente, es decir, el {} %.", "68", "78"),
    (
        "In Uzbekistan 500,000 people had temporary work, of whom 270,000 ({} per cent) were women.",
        "54",
        "46",
    ),
    (
        "Ils ont créé 1,2 million de journées de travail pour 21 500 personnes, soit {} par personne.",
        "56",
        "70",
    ),
    (
        "In 2020 unemployment was 6.6 per cent, in 2021 6.2 per cent. The gap is {} percentage points.",
        "0.4",
        "0.7",
    ),
    ("2020年失业率为6.6%，2021年为6.2%。差距为{}个百分点。", "0.4", "0.8"),
    ("工程创造120万个工作日，21,500人受益，人均约{}天。", "56", "65"),
    (
        "Seul l’environnement des affaires déçoit: 12 pays sur 16 attendus, un déficit d’{}.",
        "un quart",
        "un tiers",
    ),
    ("国际劳工大会代表和顾问中女性占38.9%，{}。", "不到四成", "超过四成"),
    (
        "Las mujeres fueron el 38,9 % de los delegados y consejeros en la Conferencia, es decir, {}.",
        "más de un tercio",
        "más de la mitad",
    ),
    (
        "In 2020–21, 13 of the 19 evaluation milestones were fully achieved, a rate of {} per cent.",
        "68",
        "78",
    ),
    ("全部896项成果中，非洲有329项，比例为{}%。", "37", "47"),
    ("De los 19 hitos de evaluación se alcanzaron 13, más de {}.", "dos tercios", "las tres cuartas partes"),
    (
        "In 2020, 31.5 per cent of young women and 15.7 per cent of young men were not in employment, "
        "education or training, a gap of {} points.",
        "15.8",
        "17.8",
    ),
    ("In Nigeria, 6,680 women and 7,076 men took a voluntary HIV test: {} people.", "13,756", "14,756"),
    ("尼日利亚有6,680名女性和7,076名男性接受了自愿艾滋病毒检测，两者合计{}人。", "13,756", "13,856"),
    (
        "La Commission européenne a versé 184,1 millions de dollars, les États-Unis 132,1 "
        "et les Nations Unies 116,3 : à eux trois, {} millions.",
        "432",
        "462",
    ),
    (
        "Africa reached 329 results and the Americas 186. Together the two regions reached {}.",
        "515",
        "525",
    ),
    (
        "El concurso sobre competencias atrajo 473 propuestas de 96 países, unas {} por país.",
        "cinco",
        "nueve",
    ),
]
# What came about, and its plan, with words for more and for less of it.
TURNED = [
    (
        "The regular budget was US$790.6 million and expenditure US$749.8 million, {} of 40.8 million.",
        "a saving",
        "an overrun",
    ),
    ("经常预算为7.906亿美元，实际支出7.498亿美元，{}4,080万美元。", "结余", "超支"),
]
# What is said again before the percentage itself, or too roughly to be wrong, or is no such share.
SAID_AGAIN = [
    ("Women were {} (38.9 per cent) of the delegates at the Conference.", "under two fifths", True),
    ("Women were {} (38.9 per cent) of the delegates at the Conference.", "over half", False),
    ("Women were 38.9 per cent of the delegates and advisers at the Conference, or {}.", "a third", None),
    ("Women were 38.9 per cent of the delegates and advisers at the Conference; of men, {}.", "half", None),
]


@pytest.mark.sampled(3)
@pytest.mark.parametrize(("text", "right", "wrong"), PLAIN)
def test_one_reading_tells_a_number(check_text, text, right, wrong):
    for printed, told in ((right, ("agrees", "rounding")), (wrong, ("disagrees",))):
        judged = [one for one in check_text(text.format(printed)) if not one.number.rule]
        assert judged[-1].number.text.split()[0] in printed
        assert judged[-1].verdict.verdict in told


@pytest.mark.parametrize(("text", "right", "wrong"), TURNED)
def test_what_came_about_is_more_or_less_than_its_plan_as_is_said(check_text, text, right, wrong):
    assert check_text(text.format(right))[-1].verdict.verdict == "agrees"
    judged = check_text(text.format(wrong))[-1].verdict
    assert (judged.verdict, judged.error_kind) == ("disagrees", "direction")


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("text", "said", "right"), SAID_AGAIN)
def test_a_share_in_words_says_the_percentage_beside_it_again(check_text, text, said, right):
    (one,) = (one for one in check_text(text.format(said)) if one.number.words)
    if right is not None:
        assert one.verdict.verdict in (("agrees", "rounding") if right else ("disagrees",))
    assert (right is False) == (one.verdict.verdict == "disagrees")


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Countries asking for help on skills went up from 28 to 54, a twofold rise.", "twofold"),
        ("Africa had 329 results and the Americas 186, that is 37 per cent and 21 per cent.", "37"),
        (
            "Africa logged 329 of the 896 results and Asia and the Pacific 195, more than half together.",
            "half",
        ),
        ("95 ratifications were registered from 51 Member States (27 per cent).", "27"),
        ("Training reached 41,951 people, of whom 17,050 (12 per cent more than before) were women.", "12"),
        (
            "In 2020 unemployment was 6.6 per cent, in 2021 6.2 per cent. The gap to my town is 3 points.",
            "3",
        ),
        ("支持生产率和创新的成员国有48个，而原定是29个，完成率166%。", "166"),
        ("Africa reached 329 results and the Americas 186. Together the two held 1,200 meetings.", "1,200"),
        ("Africa reached 329 results and the Americas 186: in all, 896 results were reached.", "896"),
        (
            "Africa had 329 results, the Americas 186, Asia and the Pacific 195: in all, 896 came about.",
            "896",
        ),
        ("非洲和亚太两个区域合计524项。", "524"),
        ("They hired 12 men and 36 women, at 40 hours a week each.", "40"),
        ("劳务移民是强项：改善移民服务的国家有29个，亚太地区就有13个，将近一半。", "一半"),
    ],
)
def test_a_number_with_another_reading_is_not_wrong(check_text, text, printed):
    assert verdict_of(check_text, text, printed).verdict != "disagrees"


def test_a_share_of_a_plan_is_told_by_its_operands(check_text):
    text = "Outcome 6 delivered 59 results, 25 short of the target, that is 42 per cent below it."
    assert verdict_of(check_text, text, "42").derived.formula == "25 / (59 + 25)"
