"""Numbers that no rule settles agree with what they most likely mean, where nothing says otherwise."""

from dataclasses import replace

import pytest

from analysis.checking.answers.telling import Teller
from analysis.checking.judging.verdicts import AGREES, DISAGREES, LOOKS_WRONG, NOT_RECORDED, UNDECIDED
from analysis.checking.likelihood import most_likely
from analysis.checking.likelihood.likely import KEPT, Likelihoods
from analysis.checking.likelihood.most_likely import (
    ENOUGH_ELSEWHEN,
    LIKELY_ENOUGH,
    PERIOD_CLEAR,
    likely_enough,
    settled_by_likelihood,
)

HOURS = "Working time {} 8.9 per cent, the same as losing 259 million full-time jobs."
MILESTONES = "De los 19 hitos de evaluación, 13 se cumplieron por completo y 5 en {}."
WAGES = (
    "Qatar's new minimum is 1,000 riyals, and an employer who provides neither food nor lodging owes a "
    "further 800 {} in allowances."
)
MIGRANTS = "In ASEAN countries {} 400,000 migrant workers hit by the pandemic received emergency services."
APPROVALS = {
    "en": "New approvals reached 672.5 million, a 15 per cent rise on the previous biennium.",
    "zh": "新批准的自愿供资为6.725亿美元，比上个两年期增加15%。",
}
PROSE = "implementation-2020-21/prose"
PARTLY = "implementation-2020-21/enabling_indicators/B.3.1/evaluation_milestones_partly_achieved/result"


def told(check_text, text):
    return {judged.number.text: judged for judged in check_text(text)}


@pytest.mark.parametrize(
    ("text", "number", "wanted"),
    [
        (HOURS.format("fell"), "8.9", f"{PROSE}/215.1"),
        (MILESTONES.format("parte"), "5", PARTLY),
        (WAGES.format("riyals"), "800", f"{PROSE}/2135.1"),
    ],
)
def test_a_number_agrees_with_what_it_most_likely_means(check_text, text, number, wanted):
    verdict = told(check_text, text)[number].verdict
    assert (verdict.verdict, verdict.candidate.id) == (AGREES, wanted)
    assert verdict.matches[0].candidate.id == wanted


@pytest.mark.parametrize(
    ("text", "number"),
    [(HOURS.format("rose"), "8.9"), (MILESTONES.format("2018-19"), "5"), (WAGES.format("dollars"), "800")],
    ids=["direction", "period", "currency"],
)
def test_it_does_not_where_something_else_is_said(check_text, text, number):
    verdict = told(check_text, text)[number].verdict
    assert verdict.verdict in (UNDECIDED, NOT_RECORDED, DISAGREES)
    assert verdict.likely is None


@pytest.mark.parametrize(
    ("text", "number", "kind", "wanted"),
    [
        (HOURS.format("rose"), "8.9", "direction", "215.1"),
        (WAGES.format("dollars"), "800", "unit", "2135.1"),
        (MIGRANTS.format("just under"), "400,000", "qualifier", "2033.1"),
    ],
)
def test_what_has_the_digits_but_another_unit_direction_or_qualifier_disagrees(
    check_text, text, number, kind, wanted
):
    verdict = told(check_text, text)[number].verdict
    assert (verdict.verdict, verdict.error_kind) == (DISAGREES, kind)
    assert verdict.candidate.id == f"{PROSE}/{wanted}"


@pytest.mark.parametrize(
    ("language", "number", "wording"),
    [
        ("en", "15", "The record says 15%, of a move the other way."),
        ("zh", "15", "记录为15%，但变动方向相反。"),
    ],
)
def test_a_period_that_is_only_compared_with_is_of_no_number(checker, check_text, language, number, wording):
    judged = told(check_text, APPROVALS[language])[number]
    assert (judged.verdict.verdict, judged.verdict.error_kind) == (DISAGREES, "direction")
    assert Teller(checker).told(judged).startswith(wording)


@pytest.mark.parametrize(("strength", "suspects"), [(1.0, False), (0.4, True)])
def test_what_is_of_another_period_than_the_text_says_calls_no_number_wrong(
    checker, check_text, monkeypatch, strength, suspects
):
    likelihoods, signs = checker.likelihoods, checker.likelihoods.signs

    def elsewhere(question, around):
        question.context.period_strength = strength
        matches, some = signs(question, around)
        return [replace(match, in_period=False) for match in matches], some

    monkeypatch.setattr(likelihoods, "signs", elsewhere)
    verdict = told(check_text, HOURS.format("rose"))["8.9"].verdict
    assert (verdict.suspicion is not None, verdict.verdict == DISAGREES) == (suspects, suspects)


POVERTY = "The working poverty rate rose from 6.7 per cent in 2019 {} in 2020."


@pytest.mark.parametrize(
    ("told_as", "number", "verdict", "kind"),
    [
        ("to 7.2 per cent", "7.2", AGREES, ""),
        ("to 7.2 percentage points", "7.2", DISAGREES, "unit"),
        ("by 0.5 percentage points", "0.5", AGREES, ""),
        ("by 7.2 percentage points", "7.2", UNDECIDED, "arithmetic"),
    ],
)
def test_a_level_in_points_is_of_another_unit(check_text, told_as, number, verdict, kind):
    judged = told(check_text, POVERTY.format(told_as))[number].verdict
    assert (judged.verdict, judged.error_kind or "") == (verdict, kind)


def test_by_the_rules_alone_nothing_settles_it(check_text, monkeypatch):
    monkeypatch.setattr(most_likely, "LIKELY_ENOUGH", 1.1)
    monkeypatch.setattr(most_likely, "ENOUGH_BY_DIGITS", {2: 1.1})
    assert told(check_text, HOURS.format("fell"))["8.9"].verdict.verdict == UNDECIDED


@pytest.fixture
def asked(checker, check_text, monkeypatch):
    """What the number is asked for with: its context, and how likely it means what."""
    kept = {}
    answered = checker.likelihoods._answered

    def keeping(judged, question, around):
        kept[judged.number.text] = question.context
        return answered(judged, question, around)

    monkeypatch.setattr(checker.likelihoods, "_answered", keeping)
    judged = told(check_text, HOURS.format("fell"))["8.9"]
    return judged, kept["8.9"]


def test_only_the_likeliest_counts_and_only_if_likely_enough(checker, asked):
    judged, context = asked
    match, other = judged.verdict.matches[:2]
    catalogue = checker.catalogue
    assert likely_enough(catalogue, context, [(match, LIKELY_ENOUGH), (other, 0.1)]) is match
    assert likely_enough(catalogue, context, [(match, LIKELY_ENOUGH - 0.01), (other, 0.1)]) is None
    assert likely_enough(catalogue, context, [(other, 0.9), (match, 0.1)]) is None


@pytest.mark.parametrize(
    ("strength", "agrees"), [(1.0, False), (PERIOD_CLEAR, False), (0.6, True), (0.1, True)]
)
def test_what_is_likely_in_spite_of_a_period_agrees_unless_one_is_clearly_said(
    checker, asked, strength, agrees
):
    judged, context = asked
    context.period_strength = strength
    other = replace(judged.verdict.matches[0], in_period=False)
    likely = likely_enough(checker.catalogue, context, [(other, ENOUGH_ELSEWHEN)])
    assert (likely is other) == agrees
    assert likely_enough(checker.catalogue, context, [(other, ENOUGH_ELSEWHEN - 0.01)]) is None


NEWSROOM = {
    "en": "The newsroom had 4.8 million visits in the biennium, against 2.6 million {}.",
    "es": "La sala de prensa tuvo 4,8 millones de visitas en el bienio, frente a 2,6 millones {}.",
    "fr": "La salle de presse a reçu 4,8 millions de visites pendant la période, contre 2,6 millions {}.",
    "zh": "两年期内新闻网站访问量为480万次，{}为260万次。",
}
EARLIER = {"en": "at the outset", "es": "al principio", "fr": "au départ", "zh": "起初"}
ELSEWHEN = {"en": "in 2010", "es": "en 2010", "fr": "en 2010", "zh": "2010年"}


@pytest.mark.sampled(2)
@pytest.mark.parametrize("language", ["en", "es", "fr", "zh"])
def test_what_came_before_in_words_without_a_year_agrees(check_text, language):
    def of(when):
        numbers = told(check_text, NEWSROOM[language].format(when[language]))
        return next(
            one.verdict.verdict for text, one in numbers.items() if text.startswith(("2.6", "2,6", "260"))
        )

    assert of(EARLIER) == AGREES
    assert of(ELSEWHEN) != AGREES


def test_what_looks_wrong_or_is_computed_stays_as_it_is(asked):
    judged, _ = asked
    open_one = replace(judged.verdict, verdict=UNDECIDED, candidate=None, held=None)
    for verdict in (
        replace(open_one, chance=LOOKS_WRONG),
        replace(open_one, derived="a computation"),
        replace(open_one, likely=None),
        replace(open_one, verdict="disagrees"),
    ):
        number = replace(judged, verdict=verdict)
        assert settled_by_likelihood([number]) == [number]
    settled = settled_by_likelihood([replace(judged, verdict=open_one)])[0]
    assert settled.verdict.verdict == AGREES
    assert settled.verdict.chance == 0
    assert settled.verdict.suspicion is open_one.suspicion


MEMBERS = (
    "Con su apoyo, organizaciones de trabajadores de 28 Estados Miembros llegaron a gente que nunca había "
    "tenido carné, y las de 26 llevaron propuestas a la mesa. Se habían previsto 36 y 35, respectivamente."
)


def test_what_turns_out_likely_settles_what_stands_before_it(checker, check_text, monkeypatch):
    numbers = told(check_text, MEMBERS)
    assert [numbers[one].verdict.verdict for one in ("28", "26")] == [AGREES, AGREES]
    assert numbers["28"].verdict.candidate.id == f"{PROSE}/1000.1"
    monkeypatch.setattr(checker.likelihoods, "_ask_again", lambda *asked: None)
    assert told(check_text, MEMBERS)["28"].verdict.verdict == UNDECIDED


def test_what_is_far_behind_is_not_asked_again(checker, check_text):
    checked = check_text("\n\n".join([MEMBERS] * 8))
    asked = {id(judged.number): None for judged in checked}
    weighing = Likelihoods(checker.catalogue, checker.computations.likes)
    assert weighing.in_order(checked, asked, 0, whole=True) == len(checked)
    assert [id(judged.number) in asked for judged in checked] == [
        at > len(checked) - KEPT for at in range(len(checked))
    ]


def test_what_the_record_says_in_several_places_is_as_likely_as_all_of_them(checker, asked):
    judged, context = asked
    match, other = judged.verdict.matches[:2]
    again = replace(match, candidate=replace(match.candidate, id="another/place"))
    catalogue = checker.catalogue
    assert likely_enough(catalogue, context, [(match, 0.4), (again, 0.35), (other, 0.1)]) is match
    assert likely_enough(catalogue, context, [(match, 0.4), (other, 0.35), (again, 0.1)]) is None
    elsewhen = replace(again, in_period=False)
    context.period_strength = 1.0
    assert likely_enough(catalogue, context, [(match, 0.4), (elsewhen, 0.35)]) is None


@pytest.mark.sampled(1)
@pytest.mark.parametrize(("printed", "agrees"), [("6.4", True), ("6.6", False)])
def test_nothing_agrees_by_likelihood_with_what_is_of_another_sex_than_is_said(check_text, printed, agrees):
    text = f"Women’s unemployment went from 5.5 per cent in 2019 to {printed} in 2020 and then eased to 6.3."
    one = next(entry for entry in check_text(text, "en") if entry.number.text == printed)
    assert (one.verdict.verdict == "agrees") == agrees
    assert one.verdict.candidate.axes["sex"] == "SEX_F"


@pytest.mark.parametrize(("printed", "verdict"), [("28", UNDECIDED), ("72", AGREES)])
def test_a_value_to_which_the_words_do_not_lead_agrees_by_chance(check_text, printed, verdict):
    text = "Spending on the policy outcomes came to US$1,104.6 million. "
    text += f"Country and regional work took {printed} per cent of expenditure."
    assert told(check_text, text)[printed].verdict.verdict == verdict
