"""The first heading is a text's title where others stand no lower, unless these name its likes."""

import pytest

from analysis.checking.verdicts import AGREES

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


def settled(checker, tmp_path, text, number):
    path = tmp_path / "titled.md"
    path.write_text(text, encoding="utf-8")
    return next(one.verdict for one in checker.check(path) if one.number.text.startswith(number))


@pytest.mark.sampled(2)
@pytest.mark.parametrize("language", ["en", "fr", "es"])
@pytest.mark.parametrize("marks", ["#", "##"])
def test_the_title_tells_of_what_its_sections_are_also_where_it_stands_no_higher(
    checker, tmp_path, language, marks
):
    title, section, said = SPENT[language]
    text = f"{marks} {title}\n\n…\n\n## {section}\n\n{said}\n"
    verdict = settled(checker, tmp_path, text, "86")
    assert (verdict.verdict, verdict.candidate.id) == (AGREES, BUDGET)


@pytest.mark.parametrize("between", ["## Social protection\n\n…\n\n", "## Employment transitions\n\n…\n\n"])
def test_sections_of_several_subjects_have_no_title(checker, tmp_path, between):
    title, section, said = SPENT["en"]
    text = f"## {title}\n\n…\n\n{between}## {section}\n\n{said}\n"
    verdict = settled(checker, tmp_path, text, "86")
    assert verdict.candidate is None or verdict.candidate.id != BUDGET


def test_what_is_said_of_the_whole_agrees_below_a_section_of_a_part(checker, tmp_path):
    text = (
        "## Social dialogue\n\n…\n\n## Money\n\nExtrabudgetary expenditure came to 667.7 million dollars. "
        "In all, 896 results were achieved.\n"
    )
    for number in ("667.7", "896"):
        assert settled(checker, tmp_path, text, number).verdict == AGREES
