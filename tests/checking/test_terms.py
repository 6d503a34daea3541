import csv

import pytest

from analysis.checking.text.words import COLUMNS, Lexicon, lexicon, term_rows

LANGUAGES = COLUMNS[1:]


def said(read: Lexicon, text: str) -> list[str]:
    return [feature.name for feature in read.features(text)]


@pytest.fixture(scope="module")
def rows(register):
    return term_rows(register.root)


@pytest.fixture
def read():
    made = Lexicon("es")
    made.add("contratac*", "recruitment")
    made.add("trabajador", "worker")
    made.add("trabajadoras*", "women worker")
    made.add("tasa de ejecuc*", "spent")
    return made


@pytest.mark.parametrize("word", ["contratación", "contrataciones", "Contratacion"])
def test_a_star_stands_for_every_word_that_begins_so(read, word):
    assert said(read, f"la {word}") == ["recruit"]


@pytest.mark.parametrize("word", ["contrato", "contrata", "contra"])
def test_a_star_stands_for_no_word_that_begins_otherwise(read, word):
    assert "recruit" not in said(read, f"el {word}")


def test_the_term_that_says_more_letters_goes_before(read):
    assert said(read, "los trabajadores") == ["worker"]
    assert said(read, "las trabajadoras") == ["women", "worker"]


def test_a_star_may_end_a_later_word_of_a_term(read):
    assert said(read, "la tasa de ejecución") == ["spent"]
    assert said(read, "la tasa de ejecutivos") != ["spent"]


def test_member_states_are_countries_to_every_reader(rows):
    for language, text in zip(
        LANGUAGES, ("12 Member States", "12 États Membres", "12 Estados Miembros", "12个成员国"), strict=True
    ):
        assert {"country", "member"} <= set(said(lexicon(language, rows), text)), language


def test_masculine_plurals_of_spanish_name_no_sex(rows):
    spanish = lexicon("es", rows)
    assert "women" not in said(spanish, "400 000 trabajadores")
    assert {"women", "worker", "sex:SEX_F"} <= set(said(spanish, "400 000 trabajadoras"))
    assert not {"sex:SEX_F", "sex:SEX_M"} & set(said(spanish, "las trabajadoras y trabajadores"))


def test_terms_stand_once_in_a_row(rows):
    for row in rows:
        for language in LANGUAGES:
            terms = [term for term in row[language].split("|") if term]
            assert len(terms) == len(set(terms)), (row["means"], language)


def test_no_row_means_what_another_means(register):
    general, own = (
        [row["means"] for row in csv.DictReader(path.open(encoding="utf-8"), delimiter=";")]
        for path in (
            register.root / "src" / "analysis" / "checking" / "terms.csv",
            register.root / "data" / "terms" / "terms.csv",
        )
    )
    assert [len(names) - len({frozenset(name.split()) for name in names}) for names in (general, own)] == [
        0,
        0,
    ]


def test_a_spanish_verb_of_the_past_is_no_noun_of_its_letters(checker):
    read = checker.catalogue.lexicon("es")
    told = [
        {one.name for one in read.features(text)}
        for text in ("El diálogo generó resultados.", "La igualdad de género.", "La tasa aumentó.")
    ]
    assert "gender" not in told[0]
    assert "gender" in told[1]
    assert "increas" in told[2]
