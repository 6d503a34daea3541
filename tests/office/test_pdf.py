"""The PDF report: letters that are there, notes beside their table, and what a checker says of PDF/UA."""

import io
import json
import subprocess
from dataclasses import replace
from shutil import which

import pypdf
import pytest
import typst

from analysis.exhibits.catalogue import definitions
from analysis.exhibits.layout import make
from analysis.labels import Catalogue
from analysis.office import typst_blocks
from analysis.office.manuscript import FigureBlock, Heading, Manuscript, Paragraph, TableBlock
from analysis.office.paging import SPACINGS
from analysis.office.pdf_heights import PdfHeights, measuring
from analysis.office.typeset import pdf_report, source
from analysis.pictures.fonts import FontError
from analysis.pictures.formats import picture
from analysis.printed.resolve import resolve
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


def test_closer_lines_are_as_low_as_their_space_that_is_taken(long_table):
    made = manuscript(TableBlock(1, long_table(12)))
    (block,) = made.blocks
    labels = Catalogue("en")
    notes = typst_blocks.notes(block)
    parts = (f"{{ {typst_blocks.table(block, labels, close)}; {notes} }}" for close in SPACINGS)
    tall = ", ".join(f"measure(width: 17cm, {part}).height.pt()" for part in parts)
    lines = (*source(replace(made, blocks=()), {}), f"#context [#metadata(({tall},)) <measured>]")
    (truth,) = json.loads(typst.query("\n".join(lines).encode(), "<measured>", field="value"))
    (usual,) = json.loads(
        typst.query("\n".join((*lines[:-1], *measuring(made))).encode(), "<measured>", field="value")
    )
    heights = PdfHeights({id(block): tuple(usual[1])}, {})
    after = heights.table(block) * 72 - truth[0]
    assert after == pytest.approx(14.7)
    for close, points in zip(SPACINGS, truth, strict=True):
        assert heights.table(block, close) * 72 - after == pytest.approx(points, abs=0.1)


@pytest.mark.parametrize(("rows", "heights"), [(1, 1), (6, 1), (7, 4)])
def test_of_a_table_that_stays_whole_nothing_but_its_height_is_measured(long_table, rows, heights):
    (line,) = measuring(manuscript(TableBlock(1, long_table(rows))))
    assert line.count("measure(") == heights


def test_few_pages_of_a_chapter_stay_half_empty(recorded, biennium, tmp_path):
    blocks, pictures = [Heading(1, "Results")], {}
    for definition in definitions(recorded):
        if definition.id.startswith("results_by_indicator_"):
            resolved = resolve(make(definition, recorded, biennium), recorded, Catalogue("es", recorded))
            blocks += [FigureBlock(len(blocks), chart) for chart in resolved.charts]
            blocks.append(TableBlock(len(blocks), resolved.table))
            pictures |= {chart.id: picture(chart, "svg") for chart in resolved.charts}
    assert len(blocks) > 16
    blocks.append(Heading(1, "Next"))
    pages = pypdf.PdfReader(io.BytesIO(pdf_report(manuscript(*blocks, language="es"), pictures))).pages
    lowest = [_lowest(page) for page in pages]
    starts = [
        number for number, page in enumerate(pages) if page.extract_text().startswith(("Results", "Next"))
    ]
    body = lowest[starts[0] : starts[1] - 1]
    assert len(body) > 6
    assert sum(low > 0.4 for low in body) <= 1, [round(low, 2) for low in body]


def _lowest(page):
    """Return the share of a page that is empty beneath its last letters, page number aside."""
    held = []
    page.extract_text(visitor_text=lambda text, cm, tm, font, size: held.append((text.strip(), cm, tm)))
    edge, tall = 2 / 2.54 * 72, float(page.mediabox.height)
    placed = [cm[3] * tm[5] + cm[5] for text, cm, tm in held if text]
    return min(y for y in placed if y > edge - 4) / (tall - 2 * edge) - edge / (tall - 2 * edge)


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


def test_no_reader_stumbles_over_the_marks_of_a_tagged_file(tmp_path):
    pdf = pdf_report(manuscript(Heading(1, "1"), Paragraph("2")), {})
    opened = pypdf.PdfReader(io.BytesIO(pdf), strict=True)
    assert opened.trailer["/Root"]["/MarkInfo"] == {"/Marked": True}
    if which("pdfinfo"):
        (tmp_path / "report.pdf").write_bytes(pdf)
        done = subprocess.run(
            ["pdfinfo", tmp_path / "report.pdf"], capture_output=True, text=True, check=True
        )
        assert done.stderr == ""
        assert "Tagged:          yes" in done.stdout


def test_the_lists_stand_at_the_end_and_the_sources_on_one_page(made_up_table):
    table = TableBlock(1, made_up_table("en"))
    blocks = [Heading(1, "Chapter"), *[Paragraph("word " * 60)] * 11, table]
    found = set()
    for sentences in range(0, 33, 2):
        whole = manuscript(*blocks, *[Paragraph("A sentence.")] * sentences)
        sources = tuple(f"source {number} of five" for number in range(5))
        pages = pages_of(pdf_report(replace(whole, sources=sources), {}))
        (listed,) = [place for place, text in enumerate(pages) if place and "List of tables" in text]
        (cited,) = [place for place, text in enumerate(pages) if "source 0 of five" in text]
        assert cited >= listed
        assert all(source in pages[cited] for source in ("Sources\n", *sources))
        found.add((listed, cited))
    assert len(found) > 1, found


@pytest.mark.needs_outloud
def test_the_checker_sees_a_report_without_its_tags(tmp_path):
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf_report(manuscript(Heading(1, "1")), {})))
    del writer.root_object["/StructTreeRoot"]
    path = tmp_path / "report.pdf"
    writer.write(path)
    _, errors = checked(path)
    assert errors
