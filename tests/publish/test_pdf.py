"""The PDF report: letters that are there, notes beside their table, and what a checker says of PDF/UA."""

import io
import json
import subprocess
from dataclasses import replace
from shutil import which

import pypdf
import pytest

from analysis.labels import Catalogue
from analysis.office.manuscript import Heading, Manuscript, Paragraph, TableBlock
from analysis.office.typeset import pdf_report
from analysis.pictures.fonts import FontError
from analysis.tables.markup import units_below

pytestmark = pytest.mark.slow


def manuscript(*blocks, language="en"):
    title = Catalogue(language)("manuscript.figures")
    return Manuscript(title, "edition", blocks, ("a note",), ("a source",), language, "author", "subject")


def pages_of(pdf):
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def fonts_of(pdf):
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return {
        str(font.get_object()["/BaseFont"])
        for page in pages
        for font in page["/Resources"].get("/Font", {}).values()
    }


def test_an_english_report_that_quotes_chinese_shows_its_letters():
    pdf = pdf_report(manuscript(Heading(1, "Found"), Paragraph("It says “成果目标 7”.")), {})
    assert "成果目标" in "".join(pages_of(pdf))
    assert any("CJK" in name or "Han" in name or "WenQuanYi" in name for name in fonts_of(pdf))
    assert not any("LastResort" in name for name in fonts_of(pdf))


def test_a_letter_that_no_font_has_is_an_error_and_no_box():
    with pytest.raises(
        FontError, match=r"no glyph in Libertinus Serif, DejaVu Sans: .*could not be displayed"
    ):
        pdf_report(manuscript(Heading(1, "Found"), Paragraph("\u0f40")), {})


@pytest.fixture
def long_table(made_up_table):
    table = made_up_table("en")

    def of(rows):
        made = tuple(
            replace(table.rows[0], labels=(f"row-{number}", *table.rows[0].labels[1:]))
            for number in range(rows)
        )
        return replace(table, rows=made)

    return of


@pytest.mark.parametrize("rows", range(38, 62, 4))
def test_the_notes_of_a_long_table_never_stand_on_a_page_without_it(long_table, rows):
    block = TableBlock(1, long_table(rows))
    pages = pages_of(pdf_report(manuscript(Heading(1, "Chapter"), Paragraph("Leads to it."), block), {}))
    noted = [page for page in pages if block.table.source in page.replace("\n", " ")]
    assert noted
    assert all("row-" in page for page in noted)


def test_units_are_said_once_for_neighbours(made_up_table):
    table = made_up_table("en")
    text = "".join(pages_of(pdf_report(manuscript(Heading(1, "Chapter"), TableBlock(1, table)), {})))
    for unit, _ in units_below(table):
        assert not unit or unit in text
    assert text.count("(results)") == sum(unit == "(results)" for unit, _ in units_below(table))


def checked(path):
    """Return what outloud says of a file by its rules of conformance, and the errors among it."""
    words = [which("outloud"), str(path), "--layer", "conformance", "--json", "-"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    (result,) = json.loads(done.stdout)["results"]
    return result, [each for each in result["findings"] if each["severity"] == "error"]


@pytest.mark.needs_outloud
@pytest.mark.parametrize("language", ["en", "fr", "es", "zh"])
def test_a_checker_of_pdf_ua_finds_no_error(long_table, tmp_path, language):
    table = replace(long_table(60), language=language)
    blocks = (Heading(1, "1"), Heading(2, "2"), Paragraph("**3** 4."), TableBlock(1, table))
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf_report(manuscript(*blocks, language=language), {}))
    result, errors = checked(path)
    assert result["stats"]["tagged"]
    assert not errors


@pytest.mark.needs_outloud
def test_the_checker_sees_a_report_without_its_tags(tmp_path):
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf_report(manuscript(Heading(1, "1")), {})))
    del writer.root_object["/StructTreeRoot"]
    path = tmp_path / "report.pdf"
    writer.write(path)
    _, errors = checked(path)
    assert errors
