"""Numbers that are set side by side with what was planned for them, and not called so."""

import pytest

TOLD = [
    ("en", "Productivity and entrepreneurship support reached 48 countries against {}.", ("29", "39")),
    (
        "en",
        "By contrast rural work (24 against 15) and productivity support (48 against {}) ran ahead.",
        ("29", "39"),
    ),
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


def judged(checker, tmp_path, text, language):
    path = tmp_path / "draft.md"
    path.write_text(text, encoding="utf-8")
    return [one.verdict for one in checker.check(path, language) if one.verdict.kind != "not_data"]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("language", "text", "printed"), TOLD)
def test_what_was_planned_agrees_and_another_number_does_not(checker, tmp_path, language, text, printed):
    right, wrong = (judged(checker, tmp_path, text.format(one), language) for one in printed)
    assert [one.verdict for one in right] == ["agrees"] * len(right)
    assert [one.verdict for one in wrong] == ["agrees"] * (len(wrong) - 1) + ["disagrees"]
    assert wrong[-1].candidate is right[-1].candidate
    assert right[-1].candidate.axes["measure"] in ("target", "strategic_budget")


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("language", "text"), AGREEING)
def test_a_result_and_its_plan_are_known_by_one_another(checker, tmp_path, language, text):
    told = judged(checker, tmp_path, text, language)
    assert [one.verdict for one in told] == ["agrees"] * len(told)
    measures = [one.candidate.axes.get("measure", "result") for one in told]
    assert {*measures[::2]} <= {"result", "actual_expenditure"}
    assert {*measures[1::2]} <= {"target", "strategic_budget"}


def test_what_was_before_is_known_by_what_is_now(checker, tmp_path):
    text = (
        "Les grands rapports des organisations multilatérales ont cité les travaux du BIT 447 fois, "
        "contre {} pendant l’exercice 2018-19."
    )
    now, before = judged(checker, tmp_path, text.format(346), "fr")
    assert (now.verdict, before.verdict) == ("agrees", "agrees")
    assert before.candidate.axes["measure"] == "baseline"
    assert before.candidate.period == "2018-19"
    assert judged(checker, tmp_path, text.format(364), "fr")[1].verdict != "agrees"


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("language", "text"), SILENT)
def test_what_is_set_against_something_else_is_no_plan(checker, tmp_path, language, text):
    assert "disagrees" not in {one.verdict for one in judged(checker, tmp_path, text, language)}
