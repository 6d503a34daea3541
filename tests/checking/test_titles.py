"""The first heading is a text's title where others stand no lower, unless these name its likes."""

import pytest

from analysis.checking.judging.verdicts import AGREES

SPENT = {
    "en": ("Fact sheet: skills and lifelong learning", "What it cost", "The budget was US$86.7 million."),
    "fr": (
        "Compétences et apprentissage tout au long de la vie",
        "Le coût",
        "Le budget était de 86,7 millions de dollars.",
    ),
    "es": ("Competencias y aprendizaje permanente", "El coste", "El presupuesto: 86,7 millones de dólares."),
}
BUDGET = "implementation-2020-21/budget_by_outcome/5/total/strategic_budget"


def settled(check_text, text, number):
    return next(one.verdict for one in check_text(text) if one.number.text.startswith(number))


@pytest.mark.sampled(2)
@pytest.mark.parametrize("language", ["en", "fr", "es"])
@pytest.mark.parametrize("marks", ["#", "##"])
def test_the_title_tells_of_what_its_sections_are_also_where_it_stands_no_higher(check_text, language, marks):
    title, section, said = SPENT[language]
    text = f"{marks} {title}\n\n…\n\n## {section}\n\n{said}\n"
    verdict = settled(check_text, text, "86")
    assert (verdict.verdict, verdict.candidate.id) == (AGREES, BUDGET)


@pytest.mark.parametrize("between", ["## Social protection\n\n…\n\n", "## Employment transitions\n\n…\n\n"])
def test_sections_of_several_subjects_have_no_title(check_text, between):
    title, section, said = SPENT["en"]
    text = f"## {title}\n\n…\n\n{between}## {section}\n\n{said}\n"
    verdict = settled(check_text, text, "86")
    assert verdict.candidate is None or verdict.candidate.id != BUDGET


def test_what_is_said_of_the_whole_agrees_below_a_section_of_a_part(check_text):
    text = (
        "## Social dialogue\n\n…\n\n## Money\n\nExtrabudgetary expenditure came to 667.7 million dollars. "
        "In all, 896 results were achieved.\n"
    )
    for number in ("667.7", "896"):
        assert settled(check_text, text, number).verdict == AGREES


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("heading", "said", "number", "outcome"),
    [
        ("Égalité", "59 résultats, bien moins que prévu.", "59", "6"),
        ("Entreprises", "90 résultats, 30 % de plus que la cible de 69.", "90", "4"),
        ("Entreprises", "90 résultats, 30 % de plus que la cible de 69.", "69", "4"),
    ],
)
def test_a_heading_of_one_word_of_a_title_names_its_outcome(check_text, heading, said, number, outcome):
    verdict = settled(check_text, f"# Compte rendu\n\n## {heading}\n\n{said}\n", number)
    assert (verdict.verdict, verdict.candidate.axes["outcome"]) == (AGREES, outcome)


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("heading", "said", "number"),
    [
        ("Employment", "Global unemployment stood at 6.6 per cent in 2020.", "6.6"),
        ("Skills", "Extrabudgetary expenditure as a whole came to 667.7 million dollars.", "667.7"),
        ("Igualdad", "En total se lograron 896 resultados.", "896"),
        ("性别平等", "两年期共取得896项成果。", "896"),
    ],
)
def test_below_it_what_is_of_the_world_still_agrees(check_text, heading, said, number):
    verdict = settled(check_text, f"# News\n\n## {heading}\n\n{said}\n", number)
    assert verdict.verdict == AGREES
