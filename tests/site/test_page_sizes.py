"""The pages of the real record keep to their bytes, every exhibit of it, in the language that needs most."""

import pytest

from analysis.audit.claims_table import claims_html
from analysis.audit.opening import open_audit
from analysis.exhibits.catalogue import definitions
from analysis.exhibits.layout import make
from analysis.labels import Catalogue
from analysis.pictures.formats import picture
from analysis.printed.resolve import resolve
from analysis.printed.traces import Traces, Verdicts
from analysis.site.exhibit_page import exhibit_page
from analysis.site.findings_pages import pages_of
from analysis.site.search_page import search_page
from analysis.site.writing import HEAVIEST, too_heavy

pytestmark = pytest.mark.slow
LANGUAGE = "fr"
# A page with traces of this size also has its pictures drawn, to be weighed as a reader gets it.
HALF = HEAVIEST // 2


@pytest.fixture(scope="module")
def audit(register, biennium, recorded):
    return open_audit(register, biennium, recorded)


@pytest.fixture(scope="module")
def labels(recorded):
    return Catalogue(LANGUAGE, recorded)


@pytest.fixture(scope="module")
def shown(recorded, biennium, labels):
    made = [make(each, recorded, biennium) for each in definitions(recorded)]
    return [(exhibit, resolve(exhibit, recorded, labels)) for exhibit in made]


def test_every_exhibit_of_the_record_has_a_page_within_its_bytes(shown, audit, recorded, labels, tmp_path):
    verdicts, pages = Verdicts(audit), pages_of(audit, labels)

    def bytes_of(pair) -> int:
        return len(
            exhibit_page(pair, (None, None), tmp_path, Traces(recorded, labels, verdicts, pages)).encode()
        )

    (tmp_path / "figures").mkdir()
    charts = [chart for _, resolved in shown for chart in resolved.charts]
    for chart in charts:
        (tmp_path / "figures" / f"{chart.id}.svg").write_text(
            '<svg viewBox="0 0 1 1"></svg>', encoding="utf-8"
        )
    sizes = {pair[1].id: bytes_of(pair) for pair in shown}
    assert len(sizes) > 100
    heavy = [pair for pair in shown if sizes[pair[1].id] > HALF]
    assert heavy, "the tables of estimates and of targets are long"
    for pair in heavy:
        for chart in pair[1].charts:
            (tmp_path / "figures" / f"{chart.id}.svg").write_bytes(picture(chart, "svg"))
        sizes[pair[1].id] = bytes_of(pair)
    assert {name: size for name, size in sizes.items() if size > HEAVIEST} == {}


def test_the_search_and_the_audits_table_of_the_record_keep_to_their_bytes(shown, audit, labels):
    assert len(search_page(audit, labels, [resolved for _, resolved in shown]).encode()) < HEAVIEST
    assert len(claims_html(audit, labels).encode()) < HEAVIEST * 2 // 3


def test_a_page_that_is_too_heavy_is_named_with_its_bytes(tmp_path):
    (tmp_path / "findings").mkdir()
    for name, size in (("index.html", HEAVIEST), ("findings/a.html", HEAVIEST + 1), ("b.html", HEAVIEST + 2)):
        (tmp_path / name).write_bytes(b"x" * size)
    assert [(path.name, size - HEAVIEST) for path, size in too_heavy(tmp_path)] == [
        ("b.html", 2),
        ("a.html", 1),
    ]
