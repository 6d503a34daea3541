"""How a number is made, said in four languages."""

import re

import pytest

from analysis.audit.readings import reading, reading_words
from analysis.exhibits.catalogue import definitions
from analysis.exhibits.layout import make
from analysis.labels import Catalogue, languages
from analysis.labels.units import unit_words
from analysis.quantities import Quantity, evaluate, sentence
from analysis.quantities.expression import Phrased
from analysis.quantities.vocabulary import constant, counted_as, difference, is_more, rank, share
from analysis.quantities.wording import quantity_in_words

OTHER = sorted(set(languages()) - {"en"})
# Words of English only, which a sentence in another language has nowhere but in the record's names.
ENGLISH = re.compile(
    r"\b(the|of|where|is|are|how|many|whether|divided|times|per cent|printed|rows?|change)\b"
)
# Where a number is read: ``targets.csv, row 83``, ``52 rows of targets.csv``.
ROWS = re.compile(r"\w+\.csv(?:\.gz)?, row \d+|\d+ rows? of \w+\.csv")
NAMES = re.compile(r"« .*? »|«.*?»|《.*?》|“.*?”")


@pytest.fixture(scope="module", params=[False, pytest.param(True, marks=pytest.mark.slow)], ids=["", "all"])
def read(request, recorded, biennium) -> list[Quantity]:
    """Numbers of the record, some of each exhibit, so that every kind of reading is there.

    Those of published estimates, which take seconds to open, are there in the second turn.
    """
    found = []
    for definition in definitions(recorded):
        if "vintages" in definition.options and not request.param:
            continue
        table = make(definition, recorded, biennium).table
        cells = [cell for row in (table.rows if table else ()) for cell in row.cells]
        found += [cell for cell in cells if isinstance(cell, Quantity)][:: max(len(cells) // 4, 1)]
    return found


def test_the_english_words_name_the_rows_that_the_quantity_names(read, recorded):
    labels = Catalogue("en", recorded)
    assert len(read) > 250
    for quantity in read:
        if not isinstance(quantity, Phrased):
            own, core = reading_words(quantity, recorded, labels), quantity_in_words(quantity, recorded)
            assert ROWS.findall(own) == ROWS.findall(core), own
    assert {type(each).__name__ for each in read} >= {"Selection", "Combined", "Phrased"}


@pytest.mark.slow
@pytest.mark.parametrize("language", OTHER)
def test_no_english_word_is_left_but_in_the_names_of_the_record(read, recorded, language):
    labels = Catalogue(language, recorded)
    for quantity in read:
        said = reading(quantity, recorded, labels)
        own = NAMES.sub("", re.sub(r"\S+/\S+|\w+\.(?:csv|parquet)\S*", "", said))
        assert not ENGLISH.search(own), said
        assert "_" not in own, said
        assert said != sentence(quantity, recorded)


def test_each_word_of_the_vocabulary_says_both_operands_and_the_value(recorded):
    eight, three = constant(8, "million_persons"), constant(3, "million_persons")
    made = [share(three, eight), difference(three, eight), rank(three, [eight]), is_more(eight, three)]
    for language in languages():
        labels = Catalogue(language, recorded)
        for quantity in (*made, counted_as(eight, "million_jobs")):
            said = reading(quantity, recorded, labels)
            assert "8" in said or quantity is made[2]
            assert not re.search(r"[{}]", said)
            value = evaluate(quantity, recorded)
            if value.unit == "truth":
                assert said.rstrip(".。").endswith(labels("made.yes"))
        jobs = reading(counted_as(eight, "million_jobs"), recorded, labels)
        assert unit_words("million_jobs", labels) in jobs


def test_a_phrase_of_a_users_own_is_said_as_it_was_written(recorded):
    eight = constant(8, "result")
    own = Phrased(eight, "eight, that is {0}", (eight,))
    assert reading_words(own, recorded, Catalogue("es", recorded)).startswith("eight, that is 8 [8")


def test_a_number_that_is_missing_is_said_to_be(recorded):
    nothing = share(constant(1, "result"), constant(0, "result"))
    for language, missing in (("fr", "non disponible."), ("zh", "无数据。")):
        assert reading(nothing, recorded, Catalogue(language, recorded)).endswith(missing)
