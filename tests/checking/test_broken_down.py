"""Numbers of a sentence that are told with a code each: parts of one quantity."""

import pytest

TOLD = [
    (
        "en",
        "In occupational safety and health 32 Member States adopted policies: 13 in Africa, "
        "7 in the Americas and {} in Asia and the Pacific.",
        ("8", "6"),
    ),
    (
        "en",
        "Forty employers’ organizations improved their governance and services. The Americas had 17 "
        "of them, Africa 8, Europe and Central Asia {}.",
        ("6", "9"),
    ),
    (
        "fr",
        "En matière de sécurité et de santé au travail, 32 États ont adopté des politiques: treize en "
        "Afrique, sept dans les Amériques, {} en Asie et dans le Pacifique.",
        ("huit", "cinq"),
    ),
    (
        "es",
        "Para trabajadores de la economía informal actuaron 25 países, 12 de África y {} de las Américas.",
        ("cuatro", "seis"),
    ),
    ("zh", "从童工率看，男孩为11.2%，女孩为{}%。", ("7.8", "7.3")),
    ("zh", "职业安全与卫生方面，32个成员国制定了政策，其中非洲13个，美洲7个，亚太{}个。", ("8", "9")),
]


def judged(check_text, text, language):
    return [one.verdict for one in check_text(text, language)]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("language", "text", "printed"), TOLD)
def test_the_part_of_a_code_agrees_and_another_number_does_not(check_text, language, text, printed):
    right, wrong = (judged(check_text, text.format(one), language) for one in printed)
    assert [one.verdict for one in right] == ["agrees"] * len(right)
    assert [one.verdict for one in wrong] == ["agrees"] * (len(wrong) - 1) + ["disagrees"]
    assert wrong[-1].candidate is right[-1].candidate
    assert {"region", "sex"} & wrong[-1].candidate.axes.keys()


SILENT = [
    # What is counted stands nowhere in the record; that 17 and 8 are values of a measure's parts is chance.
    "We met 17 delegates from the Americas, 8 from Africa and 6 from Asia and the Pacific at the reception.",
    "Twelve offices in Africa, 5 in Asia and 7 in the Americas were visited by the auditors.",
    "Africa has 54 countries, the Americas 35 and Asia and the Pacific 36.",
    "L’Afrique compte 13 bureaux, les Amériques 7, l’Asie et le Pacifique 12.",
]


@pytest.mark.sampled(2)
@pytest.mark.parametrize("text", SILENT)
def test_what_is_no_measure_of_the_record_is_no_part_of_one(check_text, text):
    language = "fr" if text.startswith("L’") else "en"
    assert not {"agrees", "disagrees"} & {one.verdict for one in judged(check_text, text, language)}


def test_a_whole_that_a_region_follows_is_not_taken_for_its_part(check_text):
    text = (
        "Des solutions durables ont été soutenues dans 25 États Membres; sur le diagnostic et les règles "
        "de formalisation, 12 des 25 résultats viennent d’Afrique, quatre des Amériques."
    )
    assert "disagrees" not in {one.verdict for one in judged(check_text, text, "fr")}


def test_a_value_of_another_year_is_not_called_wrong_by_one(check_text):
    text = "Entre las mujeres la proporción es del 43,4 %; entre los hombres, del 66,6 %."
    assert "disagrees" not in {one.verdict for one in judged(check_text, text, "es")}


def test_a_part_is_of_the_region_that_the_heading_names(check_text):
    text = "# Las Américas\n\nLa región destaca en organizaciones de empleadores: {} de las 40 reforzadas."
    part, whole = judged(check_text, text.format(17), "es")
    assert (part.verdict, whole.verdict) == ("agrees", "agrees")
    assert (part.candidate.axes["region"], whole.candidate.axes["region"]) == ("americas", "all")
    # With only one of the two right it is not told of what they are.
    assert not {"agrees", "disagrees"} & {one.verdict for one in judged(check_text, text.format(27), "es")}


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("printed", "verdict"), [("60", "disagrees"), ("900", "not in the record")])
def test_a_number_far_over_all_parts_is_told_for_none_of_them(check_text, printed, verdict):
    assert judged(check_text, TOLD[0][1].format(printed), "en")[-1].verdict == verdict


@pytest.mark.sampled(2)
@pytest.mark.parametrize("printed", ["9e400", "9e-400", "-9e400"])
@pytest.mark.parametrize(
    "text",
    [
        TOLD[0][1],
        "Rural employment reached 24 countries against {} planned, {} more than the target.",
        "| Region | Results |\n|---|---|\n| Africa | 329 |\n| Americas | 186 |\n| Arab States | {} |\n",
    ],
)
def test_a_number_of_hundreds_of_digits_is_judged_like_any(check_text, text, printed):
    verdicts = judged(check_text, text.replace("{}", printed), "en")
    assert verdicts[-1].verdict not in ("agrees", "rounding")
