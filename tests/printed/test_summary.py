import io
import re
from dataclasses import replace

import pytest
from pypdf import PdfReader

from analysis.audit.contradictions import contradiction
from analysis.audit.findings import explained_cases, findings
from analysis.audit.opening import open_audit
from analysis.exhibits.catalogue import definitions
from analysis.exhibits.layout import make
from analysis.labels import Catalogue, languages
from analysis.labels.places import part_words
from analysis.office.manuscript import Heading, compose_report
from analysis.office.typeset import pdf_report
from analysis.printed.resolve import resolve
from analysis.printed.summary import TOLD, summary_of

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def audit(register, biennium, recorded):
    return open_audit(register, biennium, recorded)


def told(recorded, period, language, audit):
    labels = Catalogue(language, recorded)
    shown = [
        (each, made, resolve(made, recorded, labels))
        for each in definitions(recorded)
        for made in (make(each, recorded, period),)
    ]
    return summary_of(recorded, period, labels, shown, audit)


def pages_of(parts, period, language):
    """Return the pages on which the summary stands, as the PDF report sets it before the first chapter."""
    manuscript = compose_report((), {}, (), period, Catalogue(language), parts)
    next_chapter = Heading(1, "Next chapter")
    set_whole = replace(manuscript, blocks=(*manuscript.blocks, next_chapter))
    reader = PdfReader(io.BytesIO(pdf_report(set_whole, {})))
    chapters = [entry for entry in reader.outline if not isinstance(entry, list)]
    first, following = (reader.get_destination_page_number(entry) for entry in chapters[:2])
    assert chapters[1].title == next_chapter.text
    return [reader.pages[number] for number in range(first, following)]


@pytest.mark.parametrize("language", languages())
def test_the_summary_is_two_pages_that_hold_every_chapter_and_the_audit(recorded, biennium, audit, language):
    parts = told(recorded, biennium, language, audit)
    labels = Catalogue(language, recorded)
    assert [part.title for part in parts] == [
        *(labels(f"notebook.{stem}") for stem in CHAPTERS),
        labels("site.what_the_audit_found"),
    ]
    assert len(pages_of(parts, biennium, language)) == 2
    for part in parts:
        for text in part.paragraphs:
            assert "{" not in text
            assert "None" not in text


def test_a_summary_that_is_too_long_is_seen(recorded, biennium, audit):
    parts = told(recorded, biennium, "fr", audit)
    assert len(pages_of([*parts, *parts], biennium, "fr")) > 2


CHAPTERS = (
    "01_decent_work_trends",
    "02_results",
    "03_budget_and_expenditure",
    "04_gender_equality",
    "05_development_cooperation",
)


def test_it_says_what_fell_short_and_by_how_much_and_what_the_audit_found(recorded, biennium, audit):
    parts = {part.title: " ".join(part.paragraphs) for part in told(recorded, biennium, "en", audit)}
    assert "896 results were achieved against a target of 874" in parts["Results"]
    assert "Result below the target: " in parts["Results"]
    assert "6. Gender equality and equal treatment (−30%)" in parts["Results"]
    material = [each for each in findings(audit, Catalogue("en", recorded)) if each.severity == "material"]
    said = parts["What the audit found"]
    assert all(each.sentence in said for each in material[:TOLD])
    assert f"Material contradictions: {len(material)}." in said
    assert f"And {len(material) - TOLD} more: see “Findings of the audit”, audit/findings.docx." in said
    assert "Unemployment rate of young people, 2020: 7.9% (Part I), 15.2% (Table 1)." in said
    assert said.index("48% (Appendix III), −28% (Outcome C)") < said.index("7.9% (Part I)")


@pytest.mark.parametrize("language", [each for each in languages() if each != "en"])
def test_the_contradictions_stand_in_the_language_or_are_counted(recorded, biennium, audit, language):
    labels = Catalogue(language, recorded)
    plain = Catalogue("en", recorded)
    english = {each.id: each for each in (*findings(audit, plain), *explained_cases(audit, plain))}
    for each in (*findings(audit, labels), *explained_cases(audit, labels)):
        assert each.translated, each.sentence
        assert each.sentence != english[each.id].sentence
    said = told(recorded, biennium, language, audit)[-1].paragraphs
    assert not any(re.search(r"\b(of|the|printed|which)\b", text) for text in said)


def test_a_record_without_words_of_the_language_is_said_to_be_english(recorded, biennium, audit, monkeypatch):
    monkeypatch.setattr("analysis.audit.claims.Claim.about", lambda claim, language: "")
    monkeypatch.setattr(
        "analysis.audit.statements._spoken",
        lambda row, language: row.get(f"statement_{language}", "") if language == "en" else "",
    )
    said = told(recorded, biennium, "es", audit)[-1].paragraphs
    assert said[-2].startswith(f"{TOLD} de estos hallazgos están en parte en inglés")


def test_a_place_without_words_in_the_language_stays_as_recorded(recorded):
    labels = Catalogue("fr", recorded)
    assert part_words("Part I", labels) == "partie I"
    assert part_words("Appendix II note", labels).endswith("annexe II")
    assert part_words("Somewhere 4", labels) == ""
    assert part_words("Appendix III", Catalogue("en", recorded)) == "Appendix III"


def test_two_sides_that_are_no_two_numbers_have_no_distance(recorded, audit):
    labels = Catalogue("en", recorded)
    dated = contradiction(audit.by_id["implementation-2020-21/contradictions/1306"], audit, labels)
    assert dated.apart is None
    assert dated.text.endswith("(Part I; Outcome 2).")
    unmet = contradiction(audit.by_id["implementation-2020-21/relations/2347.1"], audit, labels)
    assert unmet.text.endswith("true of 12 of 13.")
    young = contradiction(audit.by_id["implementation-2020-21/prose/126.1"], audit, labels)
    assert float(young.apart) == pytest.approx((15.2 - 7.9) / 15.2)
