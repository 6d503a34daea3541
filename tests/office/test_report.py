"""The report in Word and PDF: order, numbers, captions, words of pictures, turned pages, bytes."""

import io
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace

import openpyxl
import pypdf
import pytest
from docx import Document
from made_report import SHOWN, kept_report

from analysis import documents
from analysis.documents import open_folder, pictures_of, word_pictures, write_documents
from analysis.labels import Catalogue
from analysis.office.manuscript import (
    FigureBlock,
    Heading,
    Paragraph,
    TableBlock,
    compose_report,
    exhibits_in,
)
from analysis.office.report import word_report
from analysis.office.setting import turned
from analysis.office.typeset import pdf_report, source
from analysis.office.word_charts import editable
from analysis.printed.summary import Part
from analysis.tables.fitting import LANDSCAPE, PORTRAIT, fit
from analysis.tables.word_tables import MissingPackage

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory, register):
    return kept_report(tmp_path_factory, register, "en", tmp_path_factory.mktemp("reports") / "en")


@pytest.fixture(scope="module")
def opened(register, folder):
    return open_folder(register, register.period("2020-21"), "en", folder, False)


@pytest.fixture(scope="module")
def manuscript(register, folder, opened):
    return compose_report(
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
    assert exhibits_in('<section class="exhibit" id="a"></section><section id="b"><table id="c">') == ("a",)


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


def test_a_sentence_refers_to_the_figure_whose_finding_it_tells(register, folder, opened):
    shown = next(resolved for _, resolved in opened.shown if resolved.charts)
    said = opened.labels("label.finding", headline="It rose", title=shown.charts[0].title)
    told = opened.labels("label.sentence", text=said)
    made = compose_report(
        sorted((folder / "notebooks").glob("*.ipynb")),
        {resolved.id: resolved for _, resolved in opened.shown},
        (),
        opened.biennium,
        opened.labels,
        [Part("Chapter", (told, "Nothing of a figure."))],
    )
    number = next(block.number for block in made.figures() if block.chart.id == shown.charts[0].id)
    document = Document(io.BytesIO(word_report(made, pictures_of(made, folder, "png"))))
    (line,) = [each for each in document.paragraphs if each.text.endswith("It rose.")]
    (field,) = line._p.iter("{*}fldSimple")
    assert field.get(field.keys()[0]) == f" REF _Ref_figure_{number} \\h "
    title = shown.charts[0].title
    referring = f"{title} (Figure {number}) — It rose."
    assert "".join(each.text for each in line._p.iter("{*}t")) == referring
    start = next(each for each in document.element.body.iter("{*}bookmarkStart")
                 if each.values()[1] == f"_Ref_figure_{number}")  # fmt: skip
    marked = []
    for each in start.itersiblings():
        if each.tag.endswith("bookmarkEnd") and each.values()[0] == start.values()[0]:
            break
        marked += [text.text for text in each.iter("{*}t")]
    assert "".join(marked) == f"Figure {number}"
    reader = pypdf.PdfReader(io.BytesIO(pdf_report(made, pictures_of(made, folder, "svg"))))
    text = " ".join("".join(page.extract_text() for page in reader.pages).split())
    assert referring in text


def instructions(document):
    return [each.text.strip() for each in document.element.body.iter("{*}instrText")]


def test_word_counts_its_captions_and_names_the_number_of_the_source(manuscript, word):
    document = Document(io.BytesIO(word))
    captions = [each for each in document.paragraphs if each.style.name == "Caption"]
    fields = [field.get(field.keys()[0]) for each in captions for field in each._p.iter("{*}fldSimple")]
    numbered = len(manuscript.figures()) + len(manuscript.tables())
    assert len(captions) == len(fields) == numbered
    assert all(" SEQ " in field for field in fields)
    assert all(each.paragraph_format.keep_with_next for each in captions)
    texts = ["".join(part.text or "" for part in each._p.iter("{*}t")) for each in captions]
    assert any(each.startswith("Figure 2 (Figure 10 of the source). ") for each in texts)
    assert any(each.startswith("Figure 1. ") for each in texts)


def test_word_holds_its_contents_and_lists_as_fields_with_every_entry_written_in(manuscript, word):
    document = Document(io.BytesIO(word))
    lists = [each for each in instructions(document) if each.startswith("TOC")]
    assert lists == [r'TOC \o "1-2" \h \z', r'TOC \h \z \c "Figure"', r'TOC \h \z \c "Table"']
    entries = [each for each in document.paragraphs if each.style.name.startswith(("toc", "table of fig"))]
    headings = [each for each in document.paragraphs if each.style.name in ("Heading 1", "Heading 2")]
    captions = [each for each in document.paragraphs if each.style.name == "Caption"]
    captions.sort(key=lambda each: "SEQ Table" in each._p.xml)
    told = ["".join(part.text or "" for part in each._p.iter("{*}t")) for each in (*headings, *captions)]
    assert ["".join(part.text or "" for part in each._p.iter("{*}t")) for each in entries] == told
    marks = [each.values()[1] for each in document.element.body.iter("{*}bookmarkStart")]
    links = [each.values()[0] for each in document.element.body.iter("{*}hyperlink")]
    assert len(set(marks)) == len(marks)
    assert set(links) <= set(marks)
    assert [f"PAGEREF {each} \\h" for each in links] == [
        each for each in instructions(document) if each.startswith("PAGEREF")
    ]
    marked = [each.get(each.keys()[0]) for each in document.element.body.iter("{*}fldChar")]
    assert marked.count("begin") == marked.count("separate") == marked.count("end") == len(links) + 3
    assert document.settings.element.find("{*}updateFields") is not None


def test_chapters_begin_on_a_page_and_what_closes_the_report_goes_on(word):
    paragraphs = Document(io.BytesIO(word)).paragraphs
    headings = [each for each in paragraphs if each.style.name == "Heading 1"]
    assert [each.text for each in headings[-3:]] == ["List of figures", "List of tables", "Sources"]
    assert [each.paragraph_format.page_break_before for each in headings] == [
        *[True] * (len(headings) - 3),
        *[False] * 3,
    ]
    cited = paragraphs[[each.text for each in paragraphs].index("Sources") :]
    assert len(cited) > 2
    assert [bool(each.paragraph_format.keep_with_next) for each in cited] == [
        *[True] * (len(cited) - 1),
        False,
    ]


def test_charts_in_word_can_be_edited_where_word_has_their_kind(manuscript, folder):
    with zipfile.ZipFile(io.BytesIO(word_report(manuscript, word_pictures(manuscript, folder)))) as file:
        names = file.namelist()
    drawn = [block.chart for block in manuscript.figures() if editable(block.chart)]
    assert drawn
    assert sum(name.startswith("word/charts/chart") for name in names) == len(drawn)
    assert sum(name.startswith("word/media/") for name in names) == len(manuscript.figures()) - len(drawn)


def test_a_chart_too_tall_for_a_page_stays_a_picture(manuscript):
    drawn = next(block.chart for block in manuscript.figures() if editable(block.chart))
    chart = replace(drawn, kind="bars")
    assert editable(chart)
    series = tuple(
        replace(each, numbers=each.numbers[:1] * 80, texts=each.texts[:1] * 80) for each in chart.series
    )
    assert not editable(replace(chart, categories=("A name",) * 80, keys=("a",) * 80, series=series))


def test_author_and_subject_are_the_organisations(register, folder):
    named = register.organisation().name["en"]
    title = register.documents["implementation-2020-21"].title["en"]
    for name in (documents.REPORT_WORD, documents.CHARTS_WORD):
        about = Document(folder / name).core_properties
        assert (about.author, about.subject) == (named, title)
    told = pypdf.PdfReader(folder / documents.REPORT_PDF).metadata
    assert (told.author, told.subject) == (named, title)


def test_what_leads_to_a_wide_table_and_the_notes_after_it_stand_on_its_page(manuscript):
    wide = next(each for each in manuscript.tables() if fit(each.table).landscape)
    blocks = (
        Paragraph("Before."),
        Heading(1, "Chapter"),
        Heading(2, "Section"),
        Paragraph("Leads to it."),
        wide,
        Paragraph("A note.", small=True),
        Paragraph("After."),
        Heading(2, "Next"),
        manuscript.figures()[0],
    )
    assert turned(blocks) == (False, True, True, True, True, True, False, False, False)


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


def test_strong_letters_need_no_bold_face_in_chinese(manuscript):
    chinese = next(iter(source(replace(manuscript, language="zh", blocks=()), {})))
    assert "stroke:" in chinese
    assert "show heading" in chinese
    assert next(iter(source(replace(manuscript, blocks=()), {}))) == '#let strong-letters = (weight: "bold")'


def test_the_same_manuscript_makes_the_same_bytes(manuscript, folder, word, pdf):
    assert word_report(manuscript, pictures_of(manuscript, folder, "png")) == word
    assert pdf_report(manuscript, pictures_of(manuscript, folder, "svg")) == pdf


def test_a_chinese_report_is_set_in_chinese_letters(register, tmp_path, tmp_path_factory):
    folder = kept_report(tmp_path_factory, register, "zh", tmp_path / "zh")
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
    for name in documents.DOCUMENTS:
        (made / name).unlink()
    monkeypatch.setitem(sys.modules, "pptx", None)
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.warns(UserWarning, match=r"analysis\[documents\]") as said:
        written = {path.name for path in write_documents(register, register.period("2020-21"), "en", made)}
    left_out = {str(each.message).split(" ")[0] for each in said}
    assert left_out == {"charts.pptx", "charts.docx", "report.pdf", "report.docx"}
    assert any("report.docx has pictures for charts" in str(each.message) for each in said)
    assert {"report.docx", "tables.xlsx", "index.html"} <= written
    assert written & left_out == {"report.docx"}


def test_documents_hold_what_the_notebooks_show(folder):
    assert set(documents.DOCUMENTS) <= {path.name for path in folder.iterdir()}
    sheets = openpyxl.load_workbook(folder / documents.TABLES).sheetnames
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
def test_libreoffice_opens_every_document(folder, tmp_path):
    profile = f"-env:UserInstallation=file://{tmp_path}/office"
    for name in ("report.docx", "charts.docx", "charts.pptx", "tables.xlsx"):
        command = [
            "soffice",
            profile,
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            tmp_path,
            folder / name,
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        pages = pypdf.PdfReader(tmp_path / f"{name.split('.')[0]}.pdf").pages
        text = "".join(page.extract_text() for page in pages)
        assert "Results" in text
        (tmp_path / f"{name.split('.')[0]}.pdf").unlink()
