"""How a number is made, in words: columns, codes and counts of rows in the page's language."""

import re

import pytest

from analysis.audit.readings import reading, reading_words
from analysis.labels import Catalogue, languages
from analysis.quantities import value
from analysis.quantities.vocabulary import count_rows, total


def of_language(judged, language):
    return Catalogue(language, judged.recorded)


def test_a_condition_is_told_in_words_and_a_numbered_code_as_it_is(judged):
    quantity = value(
        "report.results_by_region", region="europe_central_asia", measure="results", period="2020-21"
    )
    said = {
        language: reading(quantity, judged.recorded, of_language(judged, language))
        for language in ("en", "fr", "zh")
    }
    assert said["en"] == (
        "The number printed in “Results by region” (region: Europe and Central Asia; measure: Results; "
        "period: 2020–21; results_by_region.csv, row 10): 104 results."
    )
    assert (
        "(région\xa0: Europe et Asie centrale\xa0; mesure\xa0: Résultats\xa0; période\xa0: 2020–21\xa0;"
        in said["fr"]
    )
    assert "（区域：欧洲和中亚；衡量项：成果；时期：2020–21；" in said["zh"]
    numbered = value("report.output_indicators", indicator="3.1.1", measure="result", region="all")
    assert "indicator: 3.1.1;" in reading(numbered, judged.recorded, of_language(judged, "en"))


@pytest.mark.parametrize(
    ("language", "one", "none"), [("en", "1 row", "0 rows"), ("fr", "1 ligne", "0 ligne")]
)
def test_rows_are_counted_as_the_language_counts(judged, language, one, none):
    labels = of_language(judged, language)
    held = total("review.contributions", kind="domestic")
    assert f" {one} " in reading_words(held, judged.recorded, labels)
    empty = count_rows("review.contributions", kind="domestic", partner="france")
    assert f" {none} " in reading_words(empty, judged.recorded, labels)


@pytest.mark.slow
@pytest.mark.parametrize("language", languages())
def test_no_table_column_or_code_of_the_audit_is_without_words(judged, language):
    """Codes without words are the text's own (what it says first) and rows' ids."""
    labels, bare = of_language(judged, language), set()
    for judgement in judged.judgements:
        for check in judgement.checks:
            if check.claim.quantity is not None:
                said = reading_words(check.claim.quantity, judged.recorded, labels)
                bare |= set(re.findall(r"[a-z]+(?:_[a-z0-9]+)+(?!\w|\.csv)", re.sub(r"\S+/\S+", "", said)))
    assert bare == set()
