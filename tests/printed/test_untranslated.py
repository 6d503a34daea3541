"""What stands in another language than the report is counted, and said where its reader sees it."""

import csv

import pytest
from invented import invent

from analysis.audit import statements
from analysis.audit.opening import open_audit
from analysis.exhibits.catalogue import definitions
from analysis.exhibits.layout import make
from analysis.labels import Catalogue, languages
from analysis.printed.untranslated import untranslated
from analysis.sources.descriptor import register as registered
from analysis.sources.register import Register

pytestmark = pytest.mark.slow


def said(root, language):
    opened = Register(root)
    period = opened.period("")
    recorded = opened.recorded(period)
    exhibits = [make(definition, recorded, period) for definition in definitions(recorded)]
    return untranslated(exhibits, open_audit(opened, period, recorded), Catalogue(language, recorded))


def test_titles_without_words_are_counted_once_each(tmp_path):
    """One indicator has an English title only; then both regions lose their French ones."""
    made = invent(tmp_path, 20)
    assert said(tmp_path, "en") == []
    (spanish,) = said(tmp_path, "es")
    assert " 1 " in spanish
    assert "(en)" in spanish
    path = tmp_path / "data" / "raw" / made.document / "framework" / "titles.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        header, *rows = csv.reader(lines)
    kept = [row for row in rows if (row[0], row[2]) != ("region", "fr")]
    with path.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines, lineterminator="\n").writerows([header, *kept])
    registered(tmp_path / "data" / "raw")
    (french,) = said(tmp_path, "fr")
    assert ", 3 n’ont pas de traduction" in french
    assert said(tmp_path, "es") == [spanish]


@pytest.mark.parametrize("language", languages())
def test_all_of_the_record_is_told_in_each_language(root, language):
    assert said(root, language) == []


def test_statements_without_words_are_counted(root, register, biennium, recorded, monkeypatch):
    spoken = statements._spoken
    monkeypatch.setattr(
        statements,
        "_spoken",
        lambda row, language: (
            "" if "/relations/" in row["id"] and language == "fr" else spoken(row, language)
        ),
    )
    judged = open_audit(register, biennium, recorded).judgements
    bare = [each for each in judged if "/relations/" in each.claim.id and not each.claim.about("fr")]
    (only,) = said(root, "fr")
    assert f" {len(judged)} " in only
    assert f", {len(bare)} " in only
