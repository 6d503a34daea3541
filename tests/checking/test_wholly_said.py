"""Sentences that name one quantity wholly: right numbers agree, others disagree."""

import re
from fractions import Fraction

import pytest

# A text with its number in brackets, its language, and the value that the record has.
NAMED = [
    ("Asia and the Pacific accounted for [[22 per cent]] of all results.", "en", "22"),
    ("Las Américas sumaron el [[37 %]] de todos los resultados.", "es", "21"),
    ("# Results by region\n\nThe Arab States accounted for [[11 per cent]] of all results.", "en", "9"),
    (
        "The 2020-21 biennium was unusual. The Arab States accounted for [[9%]] of all results achieved.",
        "en",
        "9",
    ),
    ("In 2020-21, [[37 per cent]] of all results were achieved in the Americas.", "en", "21"),
    ("Europe and Central Asia represented [[22%]] of the results achieved in 2020-21.", "en", "11"),
    ("# Highlights\n\nThe Americas represented [[21%]] of the results achieved in 2020-21.", "en", "21"),
    ("The programme covered five regions. Africa achieved [[392 results]] in 2020-21.", "en", "329"),
    ("The Arab States achieved [[104 results]] in 2020-21.", "en", "82"),
    ("In Europe and Central Asia, [[104 results]] were achieved in 2020-21.", "en", "104"),
    ("The unemployment rate of women was [[6.6 per cent]] in 2020.", "en", "6.4"),
    ("# Young people\n\nThe NEET rate of young men was [[31.5 per cent]] in 2020.", "en", "15.7"),
    ("The employment-to-population ratio of men was [[66.6 per cent]] in 2021.", "en", "67.3"),
    ("The working poverty rate was [[7.2 per cent]] in 2020.", "en", "7.2"),
    (
        "In 2018-19, [[65 per cent]] of the targets of the gender equality action plan were met or exceeded.",
        "en",
        "50",
    ),
    ("# Gender equality action plan\n\nIn 2020-21, [[42 per cent]] of the targets were not met.", "en", "35"),
    ("Total expenditure on outcome 6 was US$[[75.7 million]] in 2020-21.", "en", "57.2"),
    ("# Résultats par région\n\nL’Afrique a représenté [[37 %]] de tous les résultats.", "fr", "37"),
    (
        "# Résultats par région\n\nL’Afrique a représenté [[22 %]] de tous les résultats obtenus en 2020-21.",
        "fr",
        "37",
    ),
    (
        "L’exercice a été difficile. Les États arabes ont représenté [[21 %]] de l’ensemble des résultats.",
        "fr",
        "9",
    ),
    ("Les Amériques ont obtenu [[168 résultats]] en 2020-21.", "fr", "186"),
    ("En Asie et dans le Pacifique, [[195 résultats]] ont été obtenus en 2020-21.", "fr", "195"),
    ("Le taux de chômage des hommes était de [[6,6 %]] en 2021.", "fr", "6.1"),
    (
        "En 2020-21, [[50 %]] des cibles du plan d’action pour l’égalité ont été atteintes ou dépassées.",
        "fr",
        "65",
    ),
    (
        "Les dépenses totales du résultat 3 étaient de [[225,1 millions de dollars]] en 2020-21.",
        "fr",
        "225.1",
    ),
    (
        "# Resultados por región\n\nEuropa y Asia Central representaron el [[9 %]] de todos los resultados.",
        "es",
        "11",
    ),
    (
        "# Resultados por región\n\nEuropa y Asia Central representaron el [[11 %]] de todos los resultados.",
        "es",
        "11",
    ),
    ("En los Estados Árabes se lograron [[28 resultados]] en 2020-21.", "es", "82"),
    ("La tasa de desempleo de las mujeres fue del [[6,4 %]] en 2019.", "es", "5.5"),
    ("# Jóvenes\n\nLa tasa de ninis de las mujeres jóvenes fue del [[31,5 %]] en 2020.", "es", "31.5"),
    ("La relación empleo-población de las mujeres fue del [[45,2 %]] en 2020.", "es", "43.0"),
    ("En 2018-19 no se alcanzó el [[35 %]] de las metas del plan de acción de igualdad.", "es", "42"),
    ("亚太地区占全部成果的[[22%]]。", "zh", "22"),
    ("# 各区域的成果\n\n非洲占全部成果的[[73%]]。", "zh", "37"),
    ("2020-21两年期情况特殊。阿拉伯国家占全部成果的[[22%]]。", "zh", "9"),
    ("2020-21年,非洲取得了[[195项]]成果。", "zh", "329"),
    ("2020-21年,美洲取得了[[186项]]成果。", "zh", "186"),
    ("2020年,女性失业率为[[6.6%]]。", "zh", "6.4"),
    ("# 青年\n\n2020年,青年男性未就业未受教育的比例为[[31.5%]]。", "zh", "15.7"),
    ("2019年,在职贫困率为[[6.7%]]。", "zh", "6.7"),
]
# What speaks of less than a quantity, of more, or of something else, is no word on it.
NOT_NAMED = [
    ("Africa accounted for [[30]] per cent of all results under outcome 1.", "en"),
    ("# Outcome 1\n\nAfrica accounted for [[30]] per cent of all results.", "en"),
    ("Outcome 5 saw 92 results. Africa accounted for [[46]] per cent of all results.", "en"),
    ("Africa and the Americas together accounted for [[58]] per cent of all results.", "en"),
    ("West Africa accounted for [[20]] per cent of all results.", "en"),
    ("Outside Africa, [[63]] per cent of all results were achieved.", "en"),
    ("Europe and Central Asia accounted for [[12]] per cent of all results.", "en"),
    ("Europe accounted for [[12]] per cent of all results.", "en"),
    ("In 2018-19 Africa accounted for [[41]] per cent of all results.", "en"),
    ("In the previous biennium, Africa accounted for [[41]] per cent of all results.", "en"),
    ("Africa accounted for [[41]] per cent of all results on social protection.", "en"),
    ("# Skills\n\nAfrica accounted for [[46]] per cent of all results.", "en"),
    ("Africa accounted for [[30]] per cent of all expenditure.", "en"),
    ("Women accounted for [[22]] per cent of all results in Africa.", "en"),
    ("Of the results with employers, Africa accounted for [[30]] per cent.", "en"),
    ("In Africa, [[85]] per cent of all results were achieved.", "en"),
    ("Africa's results represented [[120]] per cent of target.", "en"),
    ("All results in Africa reached [[95]] per cent.", "en"),
    ("L’Afrique a représenté [[30]] % de tous les résultats du domaine de l'emploi.", "fr"),
    ("Sin África, Asia y el Pacífico representó el [[34]] % de todos los resultados.", "es"),
    ("非洲以外的地区占全部成果的[[63]]%。", "zh"),
    ("东非占全部成果的[[20]]%。", "zh"),
    ("Kenya and Ghana accounted for [[12]] per cent of all results in Africa.", "en"),
]


def _judged(check_text, text, language):
    place = text.index("[[")
    printed = text[place + 2 : text.index("]]")]
    plain = text.replace("[[", "").replace("]]", "")
    start = re.search(r"\d[\d.,]*", printed)[0]
    return next(number for number in check_text(plain, language) if start in number.number.text)


@pytest.mark.sampled(3)
@pytest.mark.parametrize(("text", "language", "held"), NAMED)
def test_what_is_named_wholly_is_right_or_wrong(check_text, text, language, held):
    judged = _judged(check_text, text, language)
    right = judged.number.value in (Fraction(held), Fraction(held) * 1_000_000)
    assert judged.verdict.verdict == ("agrees" if right else "disagrees")
    assert float(judged.verdict.candidate.value.value) == float(held)


@pytest.mark.sampled(3)
@pytest.mark.parametrize(("text", "language"), NOT_NAMED)
def test_nothing_is_wrong_that_may_be_of_another_quantity(check_text, text, language):
    assert _judged(check_text, text, language).verdict.verdict != "disagrees"


def test_the_message_says_what_a_number_would_be_right_for(check_text):
    judged = _judged(check_text, "The Americas represented [[37]]% of all results.", "en")
    assert judged.verdict.right_for.id == "implementation-2020-21/results_by_region/africa/share"
    text = "Africa accounted for [[27]] per cent of all results."
    assert _judged(check_text, text, "en").verdict.right_for.id.endswith("rbm.07/7/target/1")
