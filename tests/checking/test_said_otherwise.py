"""Numbers that have the record's value, and another direction, qualifier, unit of time or other end."""

import pytest

from analysis.checking.answers.lines import rows
from analysis.checking.answers.telling import Teller
from analysis.checking.candidates.agreement import agrees
from analysis.reading import find_numbers

HELPDESK = {
    "en": "The Helpdesk for Business website had {}.",
    "fr": "Le site du service d’assistance aux entreprises a reçu {}.",
    "es": "El sitio web del servicio de asistencia para empresas recibió {}.",
    "zh": "企业服务台网站{}。",
}
PLAN = {
    "en": "The next Action Plan will have {} targets.",
    "fr": "Le prochain plan d’action comptera {} cibles.",
    "es": "El próximo plan de acción tendrá {} metas.",
    "zh": "新行动计划的目标数为{}个。",
}
FACEBOOK = {
    "en": "Facebook followers {} by 3 per cent.",
    "fr": "Le nombre d’abonnés Facebook {} de 3 %.",
    "es": "Los seguidores de Facebook {} un 3 %.",
    "zh": "Facebook 关注者{}3%。",
}


def only_number(check_text, text, language):
    checked = [judged for judged in check_text(text, language) if not judged.number.rule]
    return checked[-1]


CASES = [
    # The record: more than 36,000 a month.
    (HELPDESK, "en", "more than 36,000 visits a month", "36,000", "agrees", ""),
    (HELPDESK, "en", "nearly 36,000 visits a month", "36,000", "disagrees", "qualifier"),
    (HELPDESK, "en", "more than 36,000 visits a year", "36,000", "disagrees", "unit"),
    (HELPDESK, "fr", "plus de 36 000 visites par mois", "36 000", "agrees", ""),
    (HELPDESK, "fr", "près de 36 000 visites par mois", "36 000", "disagrees", "qualifier"),
    (HELPDESK, "fr", "plus de 36 000 visites par an", "36 000", "disagrees", "unit"),
    (HELPDESK, "es", "más de 36.000 visitas al mes", "36.000", "agrees", ""),
    (HELPDESK, "es", "casi 36.000 visitas al mes", "36.000", "disagrees", "qualifier"),
    (HELPDESK, "es", "más de 36.000 visitas al año", "36.000", "disagrees", "unit"),
    (HELPDESK, "zh", "每月访问量超过36,000次", "36,000", "agrees", ""),
    (HELPDESK, "zh", "每月访问量近36,000次", "36,000", "disagrees", "qualifier"),
    (HELPDESK, "zh", "每年访问量超过36,000次", "36,000", "disagrees", "unit"),
    # 35 to 40.
    (PLAN, "en", "35 to 40", "35 to 40", "agrees", ""),
    (PLAN, "en", "35 to 45", "35 to 45", "disagrees", "digit"),
    (PLAN, "fr", "entre 35 et 40", "35 et 40", "agrees", ""),
    (PLAN, "fr", "entre 35 et 45", "35 et 45", "disagrees", "digit"),
    (PLAN, "es", "entre 35 y 40", "35 y 40", "agrees", ""),
    (PLAN, "es", "entre 35 y 45", "35 y 45", "disagrees", "digit"),
    (PLAN, "zh", "35至40", "35至40", "agrees", ""),
    (PLAN, "zh", "35至45", "35至45", "disagrees", "digit"),
    # A growth of -3 per cent.
    (FACEBOOK, "en", "fell", "3", "agrees", ""),
    (FACEBOOK, "en", "grew", "3", "disagrees", "direction"),
    (FACEBOOK, "fr", "a diminué", "3", "agrees", ""),
    (FACEBOOK, "fr", "a augmenté", "3", "disagrees", "direction"),
    (FACEBOOK, "es", "disminuyeron", "3", "agrees", ""),
    (FACEBOOK, "es", "aumentaron", "3", "disagrees", "direction"),
    (FACEBOOK, "zh", "减少了", "3", "agrees", ""),
    (FACEBOOK, "zh", "增加了", "3", "disagrees", "direction"),
]
SHORT = {
    "en": "Under outcome 2, 117 results were achieved, 10 per cent {} the target.",
    "fr": "Au titre du résultat stratégique 2, 117 résultats ont été obtenus, soit 10 % {} la cible.",
    "es": "En el resultado 2 se lograron 117 resultados, un 10 por ciento {} la meta.",
    "zh": "成果目标2取得117项成果，比目标{}10%。",
}
CASES += [
    # A shortfall from the target of 10 per cent.
    (SHORT, "en", "below", "10", "agrees", ""),
    (SHORT, "en", "above", "10", "disagrees", "direction"),
    (SHORT, "fr", "au-dessous de", "10", "agrees", ""),
    (SHORT, "fr", "au-dessus de", "10", "disagrees", "direction"),
    (SHORT, "es", "por debajo de", "10", "agrees", ""),
    (SHORT, "es", "por encima de", "10", "disagrees", "direction"),
    (SHORT, "zh", "低", "10", "agrees", ""),
    (SHORT, "zh", "高", "10", "disagrees", "direction"),
]


@pytest.mark.sampled(3)
@pytest.mark.parametrize(("sentence", "language", "said", "printed", "verdict", "kind"), CASES)
def test_a_right_value_is_wrong_in_what_is_said_of_it(
    check_text, sentence, language, said, printed, verdict, kind
):
    told = [
        (judged.verdict.verdict, judged.verdict.error_kind)
        for judged in check_text(sentence[language].format(said), language)
        if judged.number.text.startswith(printed)
    ]
    assert told == [(verdict, kind)]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("text", "told", "wording"),
    [
        (
            "The Helpdesk for Business website had nearly 36,000 visits a month.",
            "more than 36,000, not nearly",
            "",
        ),
        (HELPDESK["en"].format("more than 36,000 visits a year"), "another unit of time", ""),
        ("The next Action Plan will have 35 to 45 targets.", "35 to 40, not 35 to 45", ""),
    ],
)
def test_what_the_record_says_is_told_with_its_qualifier_time_and_both_ends(
    checker, check_text, text, told, wording
):
    judged = only_number(check_text, text, "en")
    teller = Teller(checker)
    assert told in teller.told(judged)
    assert rows([judged], "a.md", teller).wording[0] == wording


def test_the_direction_is_said_in_the_clause_before_that_has_no_number(check_text):
    judged = only_number(check_text, "Facebook también subió, aunque solo un 3 %.", "es")
    assert judged.verdict.error_kind == "direction"


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("header", "told"), [("Growth, result", "direction"), ("Fall, result", "")])
def test_a_growth_below_nothing_is_none_in_a_table(check_text, header, told):
    rows_of_table = "| LinkedIn followers | 140 |\n| Facebook followers | 3 |"
    text = f"Followers, change in per cent\n\n| Channel | {header} |\n|---|---:|\n{rows_of_table}\n"
    judged = only_number(check_text, text, "en")
    assert judged.verdict.error_kind == told


def test_as_many_as_is_no_bound_of_a_number_with_exchanged_digits(check_text):
    text = "Ukraine's e-learning platform reached 708 vocational schools and as many as 193,800 students."
    judged = only_number(check_text, text, "en")
    assert (judged.verdict.verdict, judged.verdict.error_kind) == ("disagrees", "digit")


@pytest.mark.parametrize(
    ("text", "language", "held", "how"),
    [
        ("just under 70 per cent", "en", 68, "qualifier"),
        ("just under 70 per cent", "en", 60, ""),
        ("less than 70 per cent", "en", 60, "qualifier"),
        ("un peu moins de 70 %", "fr", 60, ""),
        ("algo menos del 70 por ciento", "es", 60, ""),
        ("略低于70%", "zh", 60, ""),
        ("up to 193,800 students", "en", 139_800, ""),
        ("up to 200,000 students", "en", 193_800, "qualifier"),
        ("jusqu’à 193 800 élèves", "fr", 139_800, ""),
        ("hasta 193.800 estudiantes", "es", 139_800, ""),
        ("多达193,800名学生", "zh", 139_800, ""),
    ],
)
def test_a_slight_qualifier_allows_less_than_a_plain_one(text, language, held, how):
    number = find_numbers(text, language)[0]
    assert agrees(number, held) == how


@pytest.mark.parametrize(
    ("text", "recorded", "how"),
    [
        ("nearly 1,600", "more_than", ""),
        ("nearly 1,600", "", "exact"),
        ("more than 1,600", "nearly", ""),
        ("at least 1,600", "less_than", ""),
        ("about 1,600", "more_than", "exact"),
        ("1,600", "more_than", "exact"),
    ],
)
def test_a_qualifier_is_held_against_the_recorded_one(text, recorded, how):
    assert agrees(find_numbers(text, "en")[0], 1600, None, recorded) == how


PARTS = {
    "en": "Worldwide 41,951 participants took part in skills activities, 17,050 of them women, {} half.",
    "fr": "Au total, 41 951 personnes ont suivi nos activités de développement des compétences, "
    "dont 17 050 femmes, {} la moitié.",
    "es": "En total 41.951 personas participaron en las actividades sobre competencias, "
    "de ellas 17.050 mujeres, {} la mitad.",
}


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("language", "said", "wrong"),
    [
        ("en", "that is, more than", True),
        ("en", "that is, less than", False),
        ("fr", "soit plus de", True),
        ("fr", "soit moins de", False),
        ("es", "es decir, más de", True),
        ("es", "es decir, menos de", False),
    ],
)
def test_what_is_said_again_is_the_texts_own_share_not_another_recorded_one(
    check_text, language, said, wrong
):
    judged = only_number(check_text, PARTS[language].format(said), language)
    assert (judged.verdict.verdict == "disagrees") == wrong


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("text", "language"),
    [
        # 31 of a target of 50.
        (
            "Of the evaluations 31 per cent had gender-responsive methods, under half of the target.",
            "en",
        ),
        (
            "Dans l’échantillon, 31 % tenaient compte du genre, moins de la moitié de la cible.",
            "fr",
        ),
        ("En la muestra, el 31 por ciento de los métodos, menos de la mitad de la meta.", "es"),
        ("抽样评估中方法和工具顾及性别的占31%，不足目标的一半。", "zh"),
        # 59 per cent is what the words name; 64 is not.
        ("Les femmes forment plus de 60 % de celles et ceux qui présentent les recherches en public.", "fr"),
    ],
)
def test_a_share_does_not_agree_with_what_is_not_spoken_of(check_text, text, language):
    assert only_number(check_text, text, language).verdict.verdict not in ("agrees", "rounding")


def test_a_value_just_on_the_wrong_side_of_a_qualifier_is_what_is_meant(check_text):
    sentence = (
        "La protección en el trabajo gastó 280,6 millones de dólares; la cooperación para el desarrollo "
    )
    judged = only_number(check_text, sentence + "puso menos de dos tercios.", "es")
    assert (judged.verdict.verdict, judged.verdict.error_kind) == ("disagrees", "qualifier")
    judged = only_number(check_text, sentence + "puso más de dos tercios.", "es")
    assert judged.verdict.verdict == "rounding"


LASTING = [
    ("en", "After an audit, units took {} on average to submit an action plan.", "11.4 months", "11.4 weeks"),
    ("fr", "Les unités ont mis {} en moyenne à présenter leur plan d’action.", "11,4 mois", "11,4 jours"),
    ("es", "Las unidades tardaron de media {} en presentar su plan de acción.", "11,4 meses", "11,4 semanas"),
    ("zh", "审计后，各单位平均用{}提交行动计划。", "11.4个月", "11.4周"),
]


@pytest.mark.sampled(4)
@pytest.mark.parametrize(("language", "text", "right", "wrong"), LASTING, ids=lambda one: one[:12])
def test_a_length_in_another_unit_of_time_does_not_agree(check_text, language, text, right, wrong):
    verdicts = [only_number(check_text, text.format(length), language).verdict for length in (right, wrong)]
    assert verdicts[0].verdict == "agrees"
    assert verdicts[0].candidate.id.endswith("action_plan_submission_time/result")
    assert verdicts[1].verdict not in ("agrees", "rounding")


def test_weeks_of_what_the_record_has_in_days_are_called_wrong(check_text):
    text = "Recruitment of development cooperation staff took 148 {}."
    told = [only_number(check_text, text.format(unit), "en").verdict for unit in ("days", "weeks")]
    assert [(verdict.verdict, verdict.error_kind) for verdict in told] == [
        ("agrees", ""),
        ("disagrees", "unit"),
    ]


def test_an_anniversary_is_told_in_no_other_unit_of_time(check_text):
    told = only_number(check_text, "2021年，《国际劳工评论》创刊100周年。", "zh").verdict
    assert told.verdict != "disagrees"


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("text", "language", "verdict"),
    [
        ("Twitter in English grew by 32 per cent and Facebook by 3 per cent.", "en", "disagrees"),
        ("Le nombre d’abonnés sur LinkedIn a bondi de 140 %, sur Facebook de 3 %.", "fr", "disagrees"),
        ("Los seguidores de LinkedIn crecieron un 140 %, los de Facebook un 3 %.", "es", "disagrees"),
        ("LinkedIn关注者增长140%，Facebook关注者3%。", "zh", "disagrees"),
        ("LinkedIn followers: +140%; Facebook followers: +3%", "en", "disagrees"),
        ("LinkedIn followers: +140%; Facebook followers: −3%", "en", "agrees"),
        ("Les abonnés de LinkedIn ont augmenté de 140 %; Facebook a perdu 3 % des siens.", "fr", "agrees"),
        ("LinkedIn crecieron un 140 %; los seguidores de Facebook cayeron un 3 %.", "es", "agrees"),
    ],
)
def test_a_fall_that_is_told_among_rises_is_wrong(check_text, text, language, verdict):
    """Of Facebook followers the record has a growth of -3 per cent."""
    assert only_number(check_text, text, language).verdict.verdict == verdict


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("新批准的自愿资金6.725亿美元，较2018–19年{}15%。", ("zh", "下降", "上升")),
        (
            "Les nouvelles approbations, 672,5 millions de dollars, ont {} de 15 % par rapport à 2018-19.",
            ("fr", "diminué", "augmenté"),
        ),
    ],
)
def test_a_change_is_no_share_of_the_same_value(check_text, text, told):
    language, fell, rose = told
    for verb, right in ((fell, True), (rose, False)):
        held = [one.verdict for one in check_text(text.format(verb), language) if one.number.text == "15"]
        assert [verdict.is_right for verdict in held] == [right]
