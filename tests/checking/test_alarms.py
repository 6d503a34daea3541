"""What takes an alarm back, and beside each case one in which the alarm stays."""

from fractions import Fraction

import pytest

from analysis.checking.candidates.agreement import mistyped
from analysis.checking.judging.text_computations import computed_here
from analysis.reading import find_numbers

MONEY = "| Outcome | Regular budget (US$ million) | RBSA (US$ million) |\n|---|---|---|\n"
MET = "| Résultat | Cible | Atteint |\n|---|---|---|\n"
HEARD = "# Rapport\n\nEn 2021, le chômage était de 6,2 %.\n\n"
CASES = [
    # The label of a row is its subject: a total that has nothing of it is none of its numbers.
    ("label", MONEY + "| Social dialogue | 101.1 | 4.1 |", "en", "4.1", "agrees"),
    ("label", MONEY + "| Gardening | 101.1 | 4.4 |", "en", "4.4", "not disagrees"),
    (
        "label",
        MONEY + "| Social dialogue | 101.1 | 4.1 |\n| Protection at work | 48.8 | 4.4 |",
        "en",
        "48.8",
        "disagrees",
    ),
    # So is the heading of a line that has no subject of its own.
    ("heading", "# 社会对话\n\n非洲60项，亚太56项", "zh", "56", "not disagrees"),
    ("heading", "# 概况\n\n非洲取得成果392项。", "zh", "392", "disagrees"),
    # A count of what is not so is named by a denial.
    ("denial", MET + "| Normes | 130 | 117 |", "fr", "117", "not disagrees"),
    ("denial", "行动计划的57项具体目标中，37项达到或超过，26项未达到。", "zh", "26", "disagrees"),
    # What the text's own numbers come to.
    (
        "computed",
        "Le Bureau a utilisé 749,8 millions de dollars de son budget ordinaire, qui était de 790,6 millions; "
        "40,8 millions n'ont donc pas été dépensés.",
        "fr",
        "40,8",
        "not disagrees",
    ),
    (
        "computed",
        "El gasto fue de 89,5 millones: el 55 % salió de la cooperación para el desarrollo, el 43 % "
        "del presupuesto ordinario y el 2 % de la CSPO.",
        "es",
        "43",
        "not disagrees",
    ),
    (
        "computed",
        "Policy outcome expenditure was US$485.3 million from the regular budget.",
        "en",
        "485.3",
        "disagrees",
    ),
    # The value of a period that the text speaks of, where the sentence names none.
    (
        "period",
        HEARD + "La différence est mince: le chômage est de 6,3 % chez les femmes.",
        "fr",
        "6,3",
        "not disagrees",
    ),
    (
        "period",
        HEARD + "En 2020, le chômage était de 6,3 % chez les femmes.",
        "fr",
        "6,3",
        "disagrees",
    ),
    # The target, where the sentence does not say which of the two is meant.
    (
        "measure",
        "On stronger workers' organizations the Office had set itself seventy-one results.",
        "en",
        "seventy-one",
        "not disagrees",
    ),
    # "Five of the eight" cannot be eight of four; the number of a post in a thread counts nothing.
    (
        "part",
        "La cible est atteinte ou dépassée pour cinq des huit résultats stratégiques.",
        "fr",
        "huit",
        "not disagrees",
    ),
    (
        "numbering",
        "6/8 El Convenio 102 sumó dos ratificaciones, Cabo Verde y Paraguay.",
        "es",
        "6",
        "not disagrees",
    ),
    # A number that is no likely slip of a value is one of something else, unless that alone is spoken of.
    ("unlike", "Pour le résultat 3, les dépenses ont atteint 31 millions.", "fr", "31", "not disagrees"),
    ("unlike", "Pour le résultat 3, les dépenses ont atteint 252,1 millions.", "fr", "252,1", "disagrees"),
    (
        "unlike",
        "Under outcome 1, 86 per cent of expenditure was of the regular budget.",
        "en",
        "86",
        "disagrees",
    ),
    # One word of a heading names no subject, and a subject of its own keeps a line from its heading.
    ("heading", "# Money\n\nRegular budget spending reached US$749.6 million.", "en", "749.6", "disagrees"),
    # What several things come to together is the value of none of them; "together with" says nothing.
    (
        "together",
        "Taken together, workers' organizations ended up 17 results short.",
        "en",
        "17",
        "not disagrees",
    ),
    (
        "together",
        "Together the three sources ahead of you account for US$432 million.",
        "en",
        "432",
        "not disagrees",
    ),
    ("together", "日本和加拿大相加为66,712千美元。", "zh", "66,712", "not disagrees"),
    ("together", "África y Asia, juntas, sumaron 524 resultados.", "es", "524", "not disagrees"),
    (
        "together",
        "Together with its partners, the Office achieved 869 results.",
        "en",
        "869",
        "disagrees",
    ),
    # A growth below nothing is a fall.
    ("direction", "En Facebook se perdió un 3 % de seguidores.", "es", "3", "not disagrees"),
    # A tenth may be of a point.
    (
        "points",
        "Las directivas son el 28,3 %, una décima más que en 2019.",
        "es",
        "una décima",
        "not disagrees",
    ),
]


@pytest.mark.sampled
@pytest.mark.parametrize(("why", "text", "language", "printed", "wanted"), CASES)
def test_an_alarm_is_taken_back_where_the_text_explains_the_number(
    check_text, why, text, language, printed, wanted
):
    one = next(each for each in check_text(text, language) if each.number.text.startswith(printed))
    if wanted.startswith("not "):
        assert one.verdict.verdict != wanted.removeprefix("not "), why
    else:
        assert one.verdict.grade == wanted, why


@pytest.mark.parametrize(
    ("printed", "held", "slip"),
    [
        ("65", 56, True),
        ("69", 59, True),
        ("104.6 million", 1_104_600_000, True),
        ("34", 57, False),
        # Of one digit every other is one.
        ("8", 5, False),
        ("66.6 per cent", Fraction("6.6"), False),
    ],
)
def test_a_slip_is_a_digit_mistaken_left_out_or_exchanged(printed, held, slip):
    (number,) = find_numbers(printed, "en")
    assert mistyped(number, Fraction(held)) is slip


@pytest.mark.parametrize(
    ("text", "at", "computed"),
    [
        ("790.6 million and 749.8 million, 40.8 million apart", 2, True),
        ("790.6 million and 749.8 million, 41.8 million apart", 2, False),
        ("97 of the 160 children, or 61 per cent", 2, True),
        ("97 of the 160 children, or 64 per cent", 2, False),
        ("55 per cent, 43 per cent and 2 per cent", 1, True),
        ("55 per cent, 44 per cent and 2 per cent", 1, False),
        # Small numbers add up by chance.
        ("3, 4 and 7", 2, False),
        # A share is of counts, not of other shares; an amount is no sum of shares.
        ("12.5 per cent, 25 per cent and 50 per cent", 2, False),
    ],
)
def test_a_number_is_what_the_others_of_its_sentence_come_to(text, at, computed):
    numbers = find_numbers(text, "en")
    assert computed_here(numbers[at], numbers, ()) is computed


def test_a_number_is_what_those_of_the_sentence_before_come_to():
    before = find_numbers("The budget was 790.6 million, of which 749.8 million was spent.", "en")
    (left,) = find_numbers("That leaves 40.8 million.", "en")
    assert left.value == Fraction(40_800_000)
    assert computed_here(left, [left], before)
    assert not computed_here(left, [left], before[:1])


def test_a_number_is_not_wrong_that_is_the_other_sex_named_before_it(check_text):
    text = "# Unemployment\n\nIn 2020 men fared worse than women, 6.6 per cent against 6.4."
    assert "disagrees" not in {one.verdict.verdict for one in check_text(text, "en")}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("De la humanidad, el 53,1 por ciento no tiene ni una sola prestación en 2020.", "es"),
        ("In 2020 some 53.1 per cent of people were not covered by any social protection benefit.", "en"),
    ],
)
def test_what_is_left_of_a_hundred_is_not_wrong_where_something_is_denied(check_text, text, language):
    assert "disagrees" not in {one.verdict.verdict for one in check_text(text, language)}
