"""The report in Word and PDF: order, numbers, captions, words of pictures, turned pages, bytes."""

import io
import shutil
import subprocess
import sys
import warnings
from dataclasses import replace

import openpyxl
import pypdf
import pytest
from docx import Document
from made_report import SHOWN, make_report

from analysis import documents
from analysis.documents import open_report, pictures_of, write_documents
from analysis.labels import Catalogue
from analysis.office.manuscript import FigureBlock, Heading, TableBlock, compose, exhibits_in
from analysis.office.report import word_report
from analysis.office.typeset import pdf_report, source
from analysis.tables.fitting import LANDSCAPE, PORTRAIT, fit
from analysis.tables.word_tables import MissingPackage

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory, recorded, biennium):
    return make_report(tmp_path_factory.mktemp("report"), recorded, biennium, "en")


@pytest.fixture(scope="module")
def opened(register, folder):
    return open_report(register, register.period("2020-21"), "en", folder, False)


@pytest.fixture(scope="module")
def manuscript(register, folder, opened):
    return compose(
        sorted((folder / "notebooks").glob("*.ipynb")),
        {resolved.id: resolved for _, resolved in opened.shown},
        register.documents.values(),
        opened.biennium,
        opened.labels,
    )


@pytest.fixture(scope="module")
def word(manuscript, folder):
    return word_report(manuscript, pictures_of(manuscript, folder, "png"))


@pytest.fixture(scope="module")
def pdf(manuscript, folder):
    return pdf_report(manuscript, pictures_of(manuscript, folder, "svg"))


def test_exhibits_are_read_from_outputs_and_nothing_else():
    assert exhibits_in('<section class="exhibit" id="a"></section><section id="b"><table id="c">') == ["a"]


def test_the_manuscript_follows_the_notebooks_and_holds_no_code(manuscript):
    headings = [block.text for block in manuscript.blocks if isinstance(block, Heading) and block.level == 1]
    assert headings == ["Decent work trends 2020–21", "Results 2020–21", "Development cooperation 2020–21"]
    assert [block.number for block in manuscript.figures()] == [1, 2, 3, 4]
    assert [block.table.id for block in manuscript.tables()] == [
        "trends_table",
        "results_against_targets_level_outcome",
        "results_by_node_and_region_level_outcome",
        "results_by_indicator_outcome_2",
        "linked_outputs",
    ]
    texts = [block.text for block in manuscript.blocks if not isinstance(block, FigureBlock | TableBlock)]
    assert not any("biennium =" in text for text in texts)
    assert any("not recomputable" in text for text in texts)
    assert any("896" in text for text in texts)


def test_word_has_the_tables_with_heading_rows_and_the_numbers_as_printed(manuscript, word):
    tables = Document(io.BytesIO(word)).tables
    assert len(tables) == len(manuscript.tables())
    for made, block in zip(tables, manuscript.tables(), strict=True):
        last = block.table.rows[-1]
        assert [cell.text for cell in made.rows[-1].cells][-len(last.cells) :] == [c.text for c in last.cells]
        heads = [row for row in made.rows if row._tr.find(".//{*}tblHeader") is not None]
        assert heads
        assert heads[0]._tr is made.rows[0]._tr


def test_word_counts_its_captions_and_lists_them_with_links(manuscript, word):
    document = Document(io.BytesIO(word))
    captions = [each for each in document.paragraphs if each.style.name == "Caption"]
    fields = [field.get(field.keys()[0]) for each in captions for field in each._p.iter("{*}fldSimple")]
    numbered = len(manuscript.figures()) + len(manuscript.tables())
    assert len(captions) == len(fields) == numbered
    assert all(" SEQ " in field for field in fields)
    assert all(each.paragraph_format.keep_with_next for each in captions)
    marks = {each.values()[1] for each in document.element.body.iter("{*}bookmarkStart")}
    links = {each.values()[0] for each in document.element.body.iter("{*}hyperlink")}
    assert links == marks
    assert len(links) == numbered


def test_pictures_in_word_have_their_words(manuscript, word):
    described = [each.get("descr") for each in Document(io.BytesIO(word)).element.body.iter("{*}docPr")]
    assert described == [block.chart.alt for block in manuscript.figures()]


def test_a_wide_table_stands_on_a_turned_page(word, pdf):
    widths = [section.page_width > section.page_height for section in Document(io.BytesIO(word)).sections]
    assert widths == [False, True, False]
    boxes = [page.mediabox for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    assert any(box.width > box.height for box in boxes)
    assert any(box.width < box.height for box in boxes)


def test_every_table_fits_its_page(opened):
    for _, resolved in opened.shown:
        if resolved.table:
            fitted = fit(resolved.table)
            assert len(fitted.widths) == len(resolved.table.stub) + len(resolved.table.columns)
            assert sum(fitted.widths) <= (LANDSCAPE if fitted.landscape else PORTRAIT) + 0.01


def test_the_pdf_says_its_title_language_words_and_numbers(manuscript, pdf):
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    assert reader.metadata.title == manuscript.title
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    text = "\n".join(page.extract_text() for page in reader.pages)
    assert "Figure 1" in text
    assert "896" in text
    assert "Mid-term review" in text


def test_words_are_never_markup(manuscript):
    risky = replace(manuscript, title='#panic("x") $ \\ " *', blocks=())
    (line,) = [each for each in source(risky, {}) if each.startswith("#block(above: 3cm")]
    assert r'"#panic(\"x\") $ \\ \" *"' in line
    assert pypdf.PdfReader(io.BytesIO(pdf_report(risky, {}))).metadata.title == risky.title


def test_the_same_manuscript_makes_the_same_bytes(manuscript, folder, word, pdf):
    assert word_report(manuscript, pictures_of(manuscript, folder, "png")) == word
    assert pdf_report(manuscript, pictures_of(manuscript, folder, "svg")) == pdf


def test_a_chinese_report_is_set_in_chinese_letters(register, recorded, biennium, tmp_path):
    folder = make_report(tmp_path, recorded, biennium, "zh")
    write_documents(register, register.period("2020-21"), "zh", folder)
    reader = pypdf.PdfReader(folder / documents.REPORT_PDF)
    text = "".join(page.extract_text() for page in reader.pages)
    assert Catalogue("zh")("manuscript.figures") in text
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in reader.pages
        for font in page["/Resources"].get("/Font", {}).values()
    }
    assert any("CJK" in name or "HanSans" in name or "WenQuanYi" in name for name in fonts)


def test_a_run_goes_on_without_packages_and_says_what_to_install(register, folder, monkeypatch, tmp_path):
    made = shutil.copytree(folder, tmp_path / "report")
    monkeypatch.setitem(sys.modules, "pptx", None)
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.warns(UserWarning, match=r"analysis\[documents\]") as said:
        written = {path.name for path in write_documents(register, register.period("2020-21"), "en", made)}
    left_out = {str(each.message).split(" ")[0] for each in said}
    assert left_out == {"charts.pptx", "charts.docx", "report.pdf"}
    assert {"report.docx", "tables.xlsx", "index.html"} <= written
    assert not written & left_out


def test_documents_hold_what_the_notebooks_show(register, folder, tmp_path):
    made = shutil.copytree(folder, tmp_path / "report")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        written = {path.name for path in write_documents(register, register.period("2020-21"), "en", made)}
    assert set(documents.DOCUMENTS) <= written
    sheets = openpyxl.load_workbook(made / documents.TABLES).sheetnames
    tables = {name for names in SHOWN.values() for name in names} - {"trend_indicator_unemployment_rate"}
    assert {name for name in tables if not any(each.startswith(name[:20]) for each in sheets)} == {
        "lost_graphic_of_results_covid_response"
    }


def test_a_missing_package_is_an_error_of_its_own(monkeypatch, manuscript):
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(MissingPackage, match=r"typst.*analysis\[documents\]"):
        pdf_report(manuscript, {})


@pytest.mark.slow
@pytest.mark.needs_libreoffice
def test_libreoffice_opens_every_document(register, folder, tmp_path):
    made = shutil.copytree(folder, tmp_path / "report")
    write_documents(register, register.period("2020-21"), "en", made)
    profile = f"-env:UserInstallation=file://{tmp_path}/office"
    for name in ("report.docx", "charts.docx", "charts.pptx", "tables.xlsx"):
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, made / name]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        pages = pypdf.PdfReader(tmp_path / f"{name.split('.')[0]}.pdf").pages
        text = "".join(page.extract_text() for page in pages)
        assert "Results" in text
        (tmp_path / f"{name.split('.')[0]}.pdf").unlink()
