"""Places of the record in the language of the reader: translated part by part, and counted where not."""

import csv
import re

import pytest
from invented import ROOT

from analysis.labels import Catalogue, languages
from analysis.labels.places import PlaceWords, part_words, place_words
from analysis.printed.untranslated import untranslated

OTHERS = [language for language in languages() if language != "en"]


@pytest.mark.parametrize(
    ("place", "french", "chinese"),
    [
        ("Part I, Decent work trends", "partie I, tendances du travail décent", "第I部分，体面劳动趋势"),
        ("Appendix II note", "note de\N{NO-BREAK SPACE}: annexe II", "附录II的注"),
        ("Summary and paragraph 4", "résumé et paragraphe 4", "摘要和第4段"),
        ("Paragraphs 23 and 50", "paragraphes 23 et 50", "第23和50段"),
        ("Appendix III, indicator A.1.2", "annexe III, indicateur A.1.2", "附录III，指标A.1.2"),
        ("Paragraph 4, 2018-19", "paragraphe 4, 2018-19", "第4段，2018-19"),
        (
            "Part II, 2030 Agenda contribution",
            "partie II, contribution au Programme 2030",
            "第II部分，对《2030年议程》的贡献",
        ),
        ("wide.csv", "wide.csv", "wide.csv"),
    ],
)
def test_a_place_is_said_part_by_part(recorded, place, french, chinese):
    assert place_words(place, Catalogue("fr", recorded)) == (french, ())
    assert place_words(place, Catalogue("zh", recorded)) == (chinese, ())
    assert place_words(place, Catalogue("en", recorded)) == (place, ())


def test_what_has_no_words_stays_as_recorded_and_is_not_whole(recorded):
    french = Catalogue("fr", recorded)
    assert place_words("Part I, Annus mirabilis", french) == (
        "partie I, Annus mirabilis",
        ("Annus mirabilis",),
    )
    assert place_words("Part I, Decent work trends", Catalogue("fr")) == (
        "partie I, Decent work trends",
        ("Decent work trends",),
    )
    assert part_words("Foreword 4", french) == ""
    assert part_words("Table", french) == "tableau"


@pytest.mark.sampled
@pytest.mark.parametrize("language", OTHERS)
def test_every_place_of_the_record_has_words(recorded, language):
    labels, bare = Catalogue(language, recorded), set()
    for path in ROOT.glob("data/raw/*/*.csv"):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                for name in ("place", "first_place", "second_place"):
                    if row.get(name) and not place_words(row[name], labels).whole:
                        bare.add(row[name])
    assert bare == set()


@pytest.mark.slow
def test_places_without_words_are_counted(judged, recorded, monkeypatch):
    def said(language):
        return [text for text in untranslated((), judged, Catalogue(language, recorded)) if "places" in text]

    assert said("en") == []
    everywhere = PlaceWords("somewhere", ("somewhere",))
    monkeypatch.setattr("analysis.printed.untranslated.place_words", lambda place, labels: everywhere)
    (told,) = said("en")
    counted = re.fullmatch(r"Of (\d+) places in the documents, (\d+) have no words.*", told)
    assert counted
    assert counted[1] == counted[2] != "0"
