"""A number that is a value with a slip: one digit mistaken, two neighbouring ones exchanged."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.checking.candidates.agreement import digits_reordered, rescaled, rescaled_clearly, slipped
from analysis.reading import PrintedNumber


def printed(value, decimals=0, **more):
    return PrintedNumber(0, 0, "", Fraction(value), decimals, **more)


@pytest.mark.parametrize(
    ("value", "decimals", "held", "wanted"),
    [
        ("184", 0, "148", True),
        ("896", 0, "886", True),
        ("672.5", 1, "627.5", True),
        ("147400000", -5, "147900000", True),
        ("896", 0, "896", False),
        ("896", 0, "689", False),
        ("841", 0, "148", False),
        ("1896", 0, "896", False),
        ("54", 0, "45", False),
        ("700", 0, "800", False),
        ("84.5", 1, "84.54", False),
    ],
)
def test_a_slip_is_one_digit_or_two_exchanged(value, decimals, held, wanted):
    assert slipped(printed(value, decimals), Fraction(held)) is wanted


def test_a_range_and_a_missing_value_are_no_slips():
    assert not slipped(printed("184"), None)
    assert not slipped(replace(printed("184"), upper=Fraction(190)), Fraction(148))


@given(st.integers(100, 999_999), st.integers(0, 5), st.integers(1, 9))
def test_one_digit_changed_is_a_slip_either_way(held, place, step):
    digits = list(str(held))
    place %= len(digits)
    digits[place] = str((int(digits[place]) + step) % 10)
    wrong = int("".join(digits))
    if digits[0] != "0" and min(len(str(wrong).rstrip("0")), len(str(held).rstrip("0"))) > 2:
        assert slipped(printed(wrong), Fraction(held))
        assert slipped(printed(held), Fraction(wrong))


def test_of_two_quantities_that_are_named_alike_the_one_whose_digits_are_exchanged_is_told(check_text):
    numbers = check_text("Member States in Africa ratified 63 instruments in 2020-21.\n", "en")
    verdict = next(judged.verdict for judged in numbers if judged.number.text == "63")
    assert (verdict.verdict, verdict.held) == ("disagrees", 36)


def test_a_number_that_another_statement_of_the_same_has_is_not_called_wrong(check_text):
    verdicts = [
        judged.verdict.verdict
        for judged in check_text("41亿人没有任何社会保护。\n\n43亿人没有任何社会保护。\n", "zh")
    ]
    assert verdicts == ["undecided", "disagrees"]


EXCHANGED = [
    (
        "In the biennium 95 ratifications were registered, from 51 Member States; {} of them in 2021.",
        "en",
        "69",
        "96",
    ),
    (
        "La coalition pour l’égalité salariale compte désormais {} membres, dont 14 nouveaux.",
        "fr",
        "59",
        "95",
    ),
    ("哥伦比亚的正规就业扶持计划惠及14万多家企业、{}万多名工人。", "zh", "390", "930"),
]
OTHER_UNITS = [
    ("El programa de referencia llegó a {} trabajadores de 15 países.", "es", "138 millones", "138 mil"),
    ("中国为300万美元，西班牙为365万{}。", "zh", "美元", "欧元"),
]


@pytest.mark.sampled(1)
@pytest.mark.parametrize(("text", "language", "right", "wrong"), OTHER_UNITS)
def test_a_scale_or_currency_that_is_printed_and_another_is_wrong(check_text, text, language, right, wrong):
    for printed, wanted in ((right, "agrees"), (wrong, "disagrees")):
        one = next(
            entry
            for entry in check_text(text.format(printed), language)
            if entry.number.text.startswith(("138", "365"))
        )
        assert one.verdict.verdict == wanted
    assert one.verdict.error_kind == "unit"


@pytest.mark.sampled(1)
@pytest.mark.parametrize(("text", "language", "right", "wrong"), EXCHANGED)
def test_two_digits_of_what_is_likely_meant_are_not_exchanged_by_chance(
    check_text, text, language, right, wrong
):
    for printed, wanted in ((right, "agrees"), (wrong, "disagrees")):
        judged = check_text(text.format(printed), language)
        (one,) = [entry for entry in judged if entry.number.text.startswith(printed)]
        assert one.verdict.verdict == wanted
    assert one.verdict.error_kind == "digit"
    assert one.verdict.chance >= 0.68


@pytest.mark.parametrize(
    ("value", "decimals", "held", "wanted"),
    [
        ("786", 0, "768", True),
        ("677600000", -5, "667700000", True),
        ("841", 0, "148", True),
        ("148", 0, "148", False),
        ("54", 0, "45", False),
        ("1896", 0, "896", False),
        ("787", 0, "768", False),
    ],
)
def test_three_digits_and_more_may_stand_in_another_order(value, decimals, held, wanted):
    assert digits_reordered(printed(value, decimals), Fraction(held)) is wanted
    assert not digits_reordered(printed(value, decimals), None)


@pytest.mark.parametrize(
    ("value", "held", "more", "wanted"),
    [
        ("4000000", "4000000000", {}, True),
        ("39000000", "3900000", {}, True),
        ("40000", "400000", {}, True),
        ("40000", "40000", {}, False),
        ("41000", "400000", {}, False),
        ("0", "400000", {}, False),
        ("4", "40", {"unit": "times"}, False),
        ("4", "40", {"upper": Fraction(5)}, False),
    ],
)
def test_the_same_digits_may_have_another_scale(value, held, more, wanted):
    assert rescaled(printed(value, **more), Fraction(held)) is wanted
    assert rescaled(printed(value, **more), Fraction(-Fraction(held))) is wanted


@given(st.integers(1, 10**9), st.integers(1, 12))
def test_every_power_of_ten_is_a_scale(value, step):
    assert rescaled(printed(value), Fraction(value * 10**step))
    assert rescaled(printed(value * 10**step), Fraction(value))


OTHER_ORDERS = [
    ("En Tanzanie, {} femmes et hommes ont été certifiés dans l’apprentissage.", "fr", "10 148", "10 841"),
    ("全世界有{}万人粮食不安全。", "zh", "76,800", "78,600"),
    ("{} people applied for a job in the new talent management system.", "en", "220,000", "22,000"),
    ("La base de données compte {} 11 700 fichiers d’enquête.", "fr", "plus de", "un peu moins de"),
    (
        "Se facilitó el regreso y la reintegración en Nepal de {} 100.000 personas.",
        "es",
        "más de",
        "menos de",
    ),
    ("Hubo {} de 36.000 visitas mensuales al servicio de asistencia.", "es", "más", "menos"),
]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("text", "language", "right", "wrong"), OTHER_ORDERS)
def test_the_digits_of_what_is_likely_meant_stand_in_no_other_order_scale_or_side_by_chance(
    check_text, text, language, right, wrong
):
    for said, wanted in ((right, "agrees"), (wrong, "disagrees")):
        one = next(entry for entry in check_text(text.format(said), language) if entry.number.value > 1)
        assert one.verdict.verdict == wanted


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Our own association received 2,200 job applications.", "en"),
        ("Le Kenya a formé 14 404 personnes dans le cadre de sa propre politique d’apprentissage.", "fr"),
        ("Mi pueblo tiene 2.294 jóvenes.", "es"),
        ("去年本市有7.86万人参加培训。", "zh"),
    ],
)
def test_digits_of_what_is_hardly_spoken_of_are_no_slip(check_text, text, language):
    assert "disagrees" not in [judged.verdict.verdict for judged in check_text(text, language)]


@pytest.mark.parametrize("value", [Fraction(10) ** 400, Fraction(1, 10**400)])
def test_a_number_out_of_floating_point_has_no_scale_to_mistake(value):
    assert not rescaled(printed(value), Fraction(10))


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("text", "language", "right", "wrong"),
    [
        ("Suiza aportó 52,1 millones de dólares, Suecia {} y Francia 11,0.", "es", "51,9", "59,1"),
        ("The Commission gave US$184.1 million, the United States {}.", "en", "132.1", "123.1"),
    ],
)
def test_an_amount_without_its_scale_is_judged_by_the_scale_before(check_text, text, language, right, wrong):
    for said, wanted in ((right, "rounding"), (wrong, "disagrees")):
        one = next(entry for entry in check_text(text.format(said), language) if entry.number.text == said)
        assert one.verdict.verdict == wanted


@pytest.mark.parametrize(
    ("value", "held", "wanted"),
    [
        ("70000", "700000", True),
        ("22000", "220000", True),
        ("5000", "500", True),
        ("44", "4.4", True),
        ("50", "5", False),
        ("1105", "1104600000", False),
        ("41000", "400000", False),
    ],
)
def test_a_scale_is_off_clearly_by_thousands_at_most_and_of_one_digit_in_large_numbers(value, held, wanted):
    assert rescaled_clearly(printed(value), Fraction(held)) is wanted
    assert not rescaled_clearly(printed(value), None)


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("text", "language", "wrong"),
    [
        ("Courses reached 41,951 people; about {} others benefited indirectly.", "en", "70,000"),
        ("Asia y el Pacífico va bien. En Colombia, más de {} empresas recibieron apoyo.", "es", "104.000"),
        ("哥伦比亚的正规就业扶持计划惠及逾14万家企业、{}多名工人。", "zh", "39万"),
    ],
)
def test_a_slip_is_told_beside_what_the_sentence_cannot_mean(check_text, text, language, wrong):
    judged = check_text(text.format(wrong), language)
    one = next(entry for entry in judged if entry.number.text.strip().endswith(wrong))
    assert one.verdict.verdict == "disagrees"


OTHER_SCALES = [
    (
        "La stratégie ivoirienne pour les emplois verts dispose de {} de dollars.",
        "fr",
        "5 millions",
        "50 millions",
    ),
    ("科特迪瓦的绿色就业国家战略有{}美元。", "zh", "500万", "5,000万"),
    (
        "The programme Safety + Health for All reached {} workers in fifteen countries.",
        "en",
        "138 million",
        "138,000",
    ),
]


@pytest.mark.sampled(1)
@pytest.mark.parametrize(("text", "language", "right", "wrong"), OTHER_SCALES)
def test_what_is_likely_meant_has_no_other_scale_by_chance(check_text, text, language, right, wrong):
    verdicts = [check_text(text.format(value), language)[0].verdict for value in (right, wrong)]
    assert [one.verdict for one in verdicts] == ["agrees", "disagrees"]
    assert verdicts[1].error_kind == "unit"


TABLE = "{}\n\n| {} | 2020–22 |\n| --- | --- |\n| {} | {} |\n| {} | {} |\n"
UNITS = [
    (("Unit: US$ thousand", "Partner", "United States", "132,052", "Netherlands"), "en", "59,785", "57,985"),
    (("En milliers de dollars", "Partenaire", "États-Unis", "132 052", "Pays-Bas"), "fr", "59 785", "57 985"),
    (("单位：千美元", "伙伴", "美国", "132,052", "荷兰"), "zh", "59,785", "57,985"),
    (("Contributions", "Partner", "United States", "132,052", "Netherlands"), "en", "59,785", "57,985"),
]


@pytest.mark.sampled(1)
@pytest.mark.parametrize(("words", "language", "right", "wrong"), UNITS)
def test_a_slip_is_seen_in_a_table_whose_unit_stands_above_it_or_nowhere(
    check_text, words, language, right, wrong
):
    verdicts = [check_text(TABLE.format(*words, value), language)[-1].verdict for value in (right, wrong)]
    assert [(one.verdict, one.error_kind) for one in verdicts] == [("agrees", ""), ("disagrees", "digit")]


def test_another_sum_of_rounded_parts_is_no_slip_in_a_table_without_its_unit(check_text):
    text = "| Source | Budget | Expenditure |\n|---|---|---|\n| Extrabudgetary | 470.0 | 619.2 |\n"
    assert check_text(text, "en")[-1].verdict.verdict != "disagrees"


def test_a_row_of_a_table_has_not_the_value_of_another(check_text):
    rows = "| United Nations | 114,929 |\n| Germany | 114,929 |\n"
    told = check_text(f"Unit: US$ thousand\n\n| Partner | 2020–22 |\n| --- | --- |\n{rows}", "en")
    assert [one.verdict.verdict for one in told][-2:] == ["disagrees", "agrees"]


AFTER_ANOTHER_TIME = [
    ("In 2018–19 the Office had 28 requests. It spent US${} million.", "en", "1,104.6", "1,014.6"),
    ("En 2018-19 hubo 28 solicitudes. El gasto fue de {} millones de dólares.", "es", "1.104,6", "1.014,6"),
]


@pytest.mark.sampled(1)
@pytest.mark.parametrize(("text", "language", "right", "wrong"), AFTER_ANOTHER_TIME)
def test_a_time_of_the_sentence_before_hides_no_slip(check_text, text, language, right, wrong):
    verdicts = [check_text(text.format(value), language)[-1].verdict for value in (right, wrong)]
    assert [one.verdict for one in verdicts] == ["agrees", "disagrees"]
