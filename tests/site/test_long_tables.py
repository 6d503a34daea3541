"""A table too long to be read through: for spreadsheets and for its page, where it can be filtered."""

from fractions import Fraction
from types import SimpleNamespace

import pytest
from browser import DESKTOP, chromium

from analysis.exhibits.parts import Column, Exhibit, Row, Table
from analysis.labels import Catalogue
from analysis.office.export import write_exhibit
from analysis.office.manuscript import Paragraph, TableBlock, _shown
from analysis.printed.printable import (
    LONGEST_READ,
    ResolvedCell,
    ResolvedColumn,
    ResolvedExhibit,
    ResolvedRow,
    ResolvedTable,
)
from analysis.printed.traces import Traces, Verdicts
from analysis.site.exhibit_page import exhibit_page


def resolved(rows: int) -> ResolvedExhibit:
    body = tuple(
        ResolvedRow(
            (f"Row {number}", "odd" if number % 2 else "even"),
            ("code.row", "code.kind"),
            (ResolvedCell(Fraction(7), "7", "computed", "count", 0),),
        )
        for number in range(rows)
    )
    column = ResolvedColumn("Targets", "", "", "achievement.targets", False)
    table = ResolvedTable(
        "made_up", "", "Many rows", "", "Many rows", ("Row", "Kind"), (column,), body, (), (), "", "en"
    )
    return ResolvedExhibit(
        "made_up", "", "Many rows", "reproduced", "reproduced", table, (), (), (), "", "en"
    )


@pytest.fixture
def short():
    return resolved(LONGEST_READ)


@pytest.fixture
def long():
    return resolved(LONGEST_READ + 1)


@pytest.mark.slow
def test_a_long_table_is_written_for_spreadsheets_and_pages_only(short, long, tmp_path):
    assert {path.suffix for path in write_exhibit(short, tmp_path)} >= {".csv", ".docx", ".tex"}
    assert {path.suffix for path in write_exhibit(long, tmp_path)} == {".csv", ".html", ".xlsx"}


def test_a_report_says_where_a_long_table_stands(short, long):
    labels = Catalogue("en")
    assert [type(each) for each in _shown(short, {"table": 0, "figure": 0}, labels)] == [TableBlock]
    blocks = list(_shown(long, {"table": 0, "figure": 0}, labels))
    assert isinstance(blocks[-1], Paragraph)
    assert "251 rows" in blocks[-1].text
    assert "tables/made_up.xlsx" in blocks[-1].text


@pytest.fixture
def pages(short, long, recorded, tmp_path):
    made = {}
    for name, each in (("short", short), ("long", long)):
        rows = tuple(Row(("", ""), (None,)) for _ in each.table.rows)
        table = Table(("", ""), (Column("achievement.targets"),), rows)
        exhibit = Exhibit("made_up", "", "sample", "reproduced", table)
        traces = Traces(recorded, Catalogue("en", recorded), Verdicts(SimpleNamespace(all=())))
        made[name] = tmp_path / f"{name}.html"
        made[name].write_text(exhibit_page((exhibit, each), (None, None), tmp_path, traces), encoding="utf-8")
    return made


def test_only_a_long_table_has_a_filter(pages):
    assert "<input" in pages["long"].read_text(encoding="utf-8")
    assert "<input" not in pages["short"].read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.needs_chromium
def test_the_filter_shows_the_rows_that_have_every_word(pages):
    with chromium(*DESKTOP) as browser:
        browser.get(pages["long"].as_uri())
        shown = "return [...document.querySelectorAll('.scroll tbody tr')].filter(row => !row.hidden).length"
        assert browser.execute_script(shown) == LONGEST_READ + 1
        browser.find_element("css selector", "[data-filter]").send_keys("ODD 24")
        # 241, 243, 245, 247 and 249
        assert browser.execute_script(shown) == 5
        told = browser.find_element("css selector", "[data-shown]").text
        assert told == f"5 of {LONGEST_READ + 1} rows"
        assert [each for each in browser.get_log("browser") if each["level"] == "SEVERE"] == []
