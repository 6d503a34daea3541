import pytest

from analysis.exhibits.sentences import sentences_of_period
from analysis.labels import Catalogue, languages
from analysis.labels.agreement import Counted, small
from analysis.printed.sentences import sentence_text


def test_words_agree_with_the_number_before_them():
    text = "{n} {n:target was|targets were} met"
    assert text.format(n=Counted("1", "one")) == "1 target was met"
    assert text.format(n=Counted("3", "other")) == "3 targets were met"


def said(recorded, period, name, language):
    (sentence,) = [each for each in sentences_of_period(recorded, period) if each.name == name]
    return sentence_text(sentence, recorded, Catalogue(language, recorded))


@pytest.mark.slow
def test_targets_without_data_are_told_inside_or_apart_as_the_document_counts_them(
    recorded, earlier, biennium, register
):
    now = said(recorded, biennium, "gender_monitoring", "en")
    assert "37 were met or exceeded (64.9%) and 20 were not; 1 of those not met has no data." in now
    before = said(earlier, register.period("2018-19"), "gender_monitoring_apart", "en")
    assert "24 were not met, and 4 have no data." in before


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", "1 est sans données"), ("es", "1 carece de datos"), ("en", "1 is delivered")],
)
def test_one_takes_the_singular_in_each_language(recorded, biennium, language, words):
    texts = [
        sentence_text(each, recorded, Catalogue(language, recorded))
        for each in sentences_of_period(recorded, biennium)
    ]
    assert any(words in text for text in texts)


@pytest.mark.sampled
@pytest.mark.parametrize("language", languages())
def test_every_sentence_can_be_said(recorded, biennium, language):
    for each in sentences_of_period(recorded, biennium):
        text = sentence_text(each, recorded, Catalogue(language, recorded))
        assert "|" not in text
        assert "{" not in text


@pytest.mark.parametrize(
    ("words", "inside"),
    [
        ("Budget ordinaire", "budget ordinaire"),
        ("Échelon", "échelon"),
        ("CSBO", "CSBO"),
        ("P-2", "P-2"),
        (
            "Cuenta Suplementaria del Presupuesto Ordinario (CSPO)",
            "Cuenta Suplementaria del Presupuesto Ordinario (CSPO)",
        ),
        ("Compte supplémentaire (CSBO)", "compte supplémentaire (CSBO)"),
        ("经常预算", "经常预算"),
        ("", ""),
    ],
)
def test_words_inside_a_sentence_begin_small_but_for_names(words, inside):
    assert small(words) == inside
