"""Numbers that are set side by side with what was planned for them, and not called so."""

import pytest

TOLD = [
    ("en", "Productivity and entrepreneurship support reached 48 countries against {}.", ("29", "39")),
    (
        "en",
        "By contrast rural work (24 against 15) and productivity support (48 against {}) ran ahead.",
        ("29", "39"),
    ),
    ("zh", "社保治理：32国，目标{}国。", ("20", "25")),
    ("fr", "Gouvernance de la protection sociale: 32 pays (cible: {})", ("20", "25")),
    ("en", "Social protection governance: 32 countries (target {}).", ("20", "25")),
]
AGREEING = [
    ("es", "El gasto extrapresupuestario en competencias llegó a 76,7 millones en vez de 45 millones."),
    ("zh", "32个成员国出台职业安全卫生政策，目标是26个。"),
    ("en", "Youth employment strategies reached 12 of 18."),
    ("fr", "Les services aux migrants ont progressé dans 29 pays au lieu de dix."),
    ("fr", "Les stratégies pour l’emploi des jeunes: 12 pays contre 18."),
    (
        "en",
        "Rural economy 24 Member States (target 15), green transition 12 (target 8).",
    ),
]
SILENT = [
    ("en", "The team in Lima had 24 staff against 15 in Bangkok."),
    ("en", "Turnout was 48 against 39 the year before."),
    ("en", "We held 12 of 18 meetings online."),
    ("es", "La reunión contó con 40 participantes frente a 25 en 2019."),
    ("fr", "Nous avons reçu 29 lettres au lieu de dix."),
    # A part of a whole, told in the words that may say a plan.
    ("es", "La región destaca en organizaciones de empleadores: 19 de las 40 reforzadas en el mundo."),
]


# Told beside a result, and no plan of it.
OF_SOMETHING_ELSE = [
    ("en", "Social protection governance reached 32 countries, exceeding the target by 12."),
    ("en", "Social protection governance reached 32 countries; the target for 2025 is 40."),
    ("fr", "Gouvernance de la protection sociale: 32 pays; compétences: une cible de 12."),
    ("zh", "社保治理有32国，比目标多12国。"),
]


@pytest.mark.sampled(1)
@pytest.mark.parametrize(("language", "text"), OF_SOMETHING_ELSE)
def test_what_stands_beside_a_result_is_no_plan_of_it(check_text, language, text):
    assert "disagrees" not in [one.verdict for one in judged(check_text, text, language)]


def judged(check_text, text, language):
    return [one.verdict for one in check_text(text, language) if one.verdict.kind != "not_data"]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("language", "text", "printed"), TOLD)
def test_what_was_planned_agrees_and_another_number_does_not(check_text, language, text, printed):
    right, wrong = (judged(check_text, text.format(one), language) for one in printed)
    assert [one.verdict for one in right] == ["agrees"] * len(right)
    assert [one.verdict for one in wrong] == ["agrees"] * (len(wrong) - 1) + ["disagrees"]
    assert wrong[-1].candidate is right[-1].candidate
    assert right[-1].candidate.axes["measure"] in ("target", "strategic_budget")


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("language", "text"), AGREEING)
def test_a_result_and_its_plan_are_known_by_one_another(check_text, language, text):
    told = judged(check_text, text, language)
    assert [one.verdict for one in told] == ["agrees"] * len(told)
    measures = [one.candidate.axes.get("measure", "result") for one in told]
    assert {*measures[::2]} <= {"result", "actual_expenditure"}
    assert {*measures[1::2]} <= {"target", "strategic_budget"}


def test_what_was_before_is_known_by_what_is_now(check_text):
    text = (
        "Les grands rapports des organisations multilatérales ont cité les travaux du BIT 447 fois, "
        "contre {} pendant l’exercice 2018-19."
    )
    now, before = judged(check_text, text.format(346), "fr")
    assert (now.verdict, before.verdict) == ("agrees", "agrees")
    assert before.candidate.axes["measure"] == "baseline"
    assert before.candidate.period == "2018-19"
    assert judged(check_text, text.format(364), "fr")[1].verdict != "agrees"


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("language", "text"), SILENT)
def test_what_is_set_against_something_else_is_no_plan(check_text, language, text):
    assert "disagrees" not in {one.verdict for one in judged(check_text, text, language)}


AS_RESULTS = [
    ("en", "The recycling rate at headquarters rose by {} per cent in 2020–21.", "7", "5"),
    ("en", "Staff in innovation numbered {} in 2020–21.", "710", "600"),
    ("fr", "Le taux de recyclage au siège a gagné {} %.", "7", "5"),
    ("zh", "2020–21两年期，不指定用途和略微指定用途的资金占自愿捐款的{}%。", "13", "15"),
]
# That a target was missed is said of the result.
AS_RESULTS += [
    ("zh", "自愿捐款占资源总额的{}%，没有达到目标。", "46", "48"),
    (
        "es",
        "Las contribuciones voluntarias fueron el {} % del total de recursos, por debajo de la meta.",
        "46",
        "48",
    ),
]
# A plan that a statement of its own says, in the words of what came about.
STATED = ("fr", "On relève {} cas de progrès notés avec satisfaction en 2020-21.", "44", "45")


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("language", "text", "result", "plan"), [*AS_RESULTS, STATED])
def test_a_plan_that_is_told_as_a_result_disagrees(check_text, language, text, result, plan):
    right, wrong = (judged(check_text, text.format(one), language)[-1] for one in (result, plan))
    assert (right.verdict, wrong.verdict) == ("agrees", "disagrees")
    assert wrong.candidate.axes.get("measure", "result") == "result"
    assert wrong.right_for.axes["measure"] == "target"


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The recycling rate at headquarters was meant to rise by 5 per cent in 2020–21."),
        ("en", "The recycling rate at headquarters rose by 7 per cent, where 5 had been asked for."),
        ("fr", "Le taux de recyclage au siège devait gagner 5 %."),
        ("es", "Toda la correspondencia fue electrónica, cuando bastaba con el 85 %."),
    ],
)
def test_a_plan_of_which_a_wish_is_told_is_not_called_wrong(check_text, language, text):
    assert "disagrees" not in {one.verdict for one in judged(check_text, text, language)}


def test_a_plan_that_nothing_says_does_not_agree_by_likelihood(check_text):
    text = "{} Member States got support for productivity and innovation in 2020–21."
    assert judged(check_text, text.format("Twenty-nine"), "en")[0].verdict == "undecided"
    assert judged(check_text, text.format("Forty-eight"), "en")[0].verdict == "agrees"


def test_the_value_of_another_year_is_no_difference(check_text):
    text = "Global unemployment stood at {} per cent in 2021, far from the 5.4 of 2019."
    assert judged(check_text, text.format("6.2"), "en")[0].verdict == "agrees"
    assert judged(check_text, text.format("6.6"), "en")[0].verdict == "disagrees"


def test_a_list_of_plans_is_not_called_wrong_for_the_results(check_text):
    text = (
        "Headquarters carbon footprint down by 5 per cent.\n\n"
        "Recycling rate at headquarters up by 5 per cent.\n\n"
        "Initiatives for quality: 50.\n"
    )
    assert "disagrees" not in {one.verdict for one in judged(check_text, text, "en")}


def test_the_year_of_a_day_is_not_carried_to_what_follows(check_text):
    text = (
        "Genève, le 2 juin 2022 – La pandémie a vidé les ateliers. L’OIT annonce que {} personnes, dont "
        "17 050 femmes, ont suivi des activités de développement des compétences en 2020-21."
    )
    assert judged(check_text, text.format("41 951"), "fr")[0].verdict == "agrees"


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("In 2016–17 recruiting development cooperation staff took 200 days; now it takes {} days.", "en"),
        ("En 2016-17 se tardaba 200 días en contratar personal de cooperación; ahora son {} días.", "es"),
        ("发展合作职位的招聘，2016–17年平均要200天，如今{}天。", "zh"),
    ],
)
def test_now_is_the_biennium_and_a_target_told_as_what_came_of_it_does_not_agree(check_text, text, language):
    for printed, wanted in (("148", ("agrees",)), ("120", ("disagrees", "undecided"))):
        judged = check_text(text.format(printed), language)
        (verdict,) = [one.verdict.verdict for one in judged if one.number.value == int(printed)]
        assert verdict in wanted


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("text", "language", "printed"),
    [
        ("What share of our resources is voluntary? In the biennium, {} per cent.", "en", "48"),
        ("Part des contributions volontaires dans les ressources: {} % pour l’exercice.", "fr", "48"),
    ],
)
def test_a_target_told_as_what_came_of_it_does_not_agree(check_text, text, language, printed):
    (one,) = [
        judged
        for judged in check_text(text.format(printed), language)
        if judged.number.text.strip() == printed
    ]
    assert one.verdict.verdict not in ("agrees", "rounding")


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("text", "language", "printed", "verdict"),
    [
        ("Social dialogue was the pick of the outcomes: US$112.8 million.", "en", "112.8", "disagrees"),
        ("Social dialogue was the pick of the outcomes: US$147.4 million.", "en", "147.4", "agrees"),
        ("Social dialogue had a budget of US$112.8 million.", "en", "112.8", "agrees"),
    ],
)
def test_a_budget_that_nothing_calls_one_is_no_expenditure(check_text, text, language, printed, verdict):
    told = [
        one.verdict
        for one in check_text(f"# Spending\n\n{text}", language)
        if one.number.text.startswith(printed)
    ]
    assert [one.verdict for one in told] == [verdict]


def test_a_likely_plan_that_nothing_calls_one_is_no_result(check_text):
    text = "Citations of ILO research in flagship reports rose from 346 to 447: 101 more, or {} per cent."
    for printed, wanted in ((29, "agrees"), (20, "disagrees")):
        numbers = check_text(f"# The biennium 2020–21\n\n{text.format(printed)}", "en")
        assert numbers[-1].verdict.verdict == wanted


LIKELY_PLANS = [
    ("{} per cent of managers promote and value diversity, according to their own teams.", "en", "89", "85"),
    ("El {} % de los directivos promueven y valoran la diversidad, según sus equipos.", "es", "89", "85"),
    ("De P1 à P4, les femmes occupent {} % des postes.", "fr", "55", "50"),
]


@pytest.mark.sampled(1)
@pytest.mark.parametrize(("text", "language", "result", "plan"), LIKELY_PLANS)
def test_the_plan_of_what_is_likely_meant_is_wrong_where_nothing_calls_it_one(
    check_text, text, language, result, plan
):
    verdicts = [judged(check_text, text.format(value), language)[0] for value in (result, plan)]
    assert [one.verdict for one in verdicts] == ["agrees", "disagrees"]
    assert verdicts[1].right_for.axes["measure"] == "target"


def test_a_plan_of_which_something_else_is_told_is_called_no_result(check_text):
    text = "Quality initiatives were to number 50 and came to 62; women were to hold 50 per cent of P1 to P4."
    assert "disagrees" not in {one.verdict for one in judged(check_text, text, "en")}
