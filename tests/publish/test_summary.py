import pytest

from analysis.audit.findings import findings
from analysis.audit.opening import open_audit
from analysis.exhibits.catalogue import definitions
from analysis.exhibits.layout import make
from analysis.labels import Catalogue, languages
from analysis.printed.resolve import resolve
from analysis.printed.summary import summary_of

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


@pytest.mark.parametrize("language", languages())
def test_the_summary_is_two_pages_that_hold_every_chapter_and_the_audit(recorded, biennium, audit, language):
    parts = told(recorded, biennium, language, audit)
    labels = Catalogue(language, recorded)
    assert [part.title for part in parts] == [
        *(labels(f"notebook.{stem}") for stem in CHAPTERS),
        labels("site.what_the_audit_found"),
    ]
    words = sum(len(text.split()) for part in parts for text in part.paragraphs)
    assert words < 1300
    for part in parts:
        for text in part.paragraphs:
            assert "{" not in text
            assert "None" not in text


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
    assert "Result below Target: " in parts["Results"]
    assert "6. Gender equality and equal treatment (−30%)" in parts["Results"]
    material = [each for each in findings(audit, Catalogue("en", recorded)) if each.severity == "material"]
    assert all(each.statement in parts["What the audit found"] for each in material)
