"""Tables as files: exact in CSV, as printed elsewhere, escaped, the same bytes again."""

import csv
import io
import json
import zipfile
from dataclasses import replace
from fractions import Fraction
from html.parser import HTMLParser

import docx
import openpyxl
import pypandoc
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml.ns import qn

from analysis.labels.numerals import MINUS
from analysis.office.export import TABLE_FORMATS
from analysis.tables.fitting import ems
from analysis.tables.markup import (
    as_csv,
    as_latex,
    headings_of_table,
    html_page,
    html_table,
    latex_text,
    units_below,
)
from analysis.tables.word_tables import as_docx, document_bytes, fill, new_document
from analysis.tables.workbook import accessible_workbook, as_xlsx, sheet_names


@pytest.fixture
def table(made_up_table):
    return made_up_table("en")


class Cells(HTMLParser):
    """The texts of an HTML table's cells, row by row, and the tags that were opened."""

    def __init__(self, page: str):
        super().__init__()
        self.rows, self.tags, self.inside = [], [], False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self.inside = True

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.inside = False

    def handle_data(self, text):
        if self.inside:
            self.rows[-1][-1] += text


@pytest.mark.slow
@pytest.mark.parametrize("form", TABLE_FORMATS)
def test_the_same_table_makes_the_same_bytes(table, form):
    assert TABLE_FORMATS[form](table) == TABLE_FORMATS[form](table)


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_office_files_carry_no_date_of_today(table, form):
    with zipfile.ZipFile(io.BytesIO(TABLE_FORMATS[form](table))) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2000-01-01T00:00:00Z" in archive.read("docProps/core.xml")


def test_csv_is_exact_and_keeps_reasons_for_missing_numbers(table):
    rows = list(csv.reader(io.StringIO(as_csv(table))))
    assert rows[0] == ["row_key", *headings_of_table(table)]
    assert rows[1][1] == "'=1+1"
    assert float(rows[1][-1]) == float(Fraction(-1, 3))
    assert Fraction(rows[2][3]) == Fraction("54.85")
    assert rows[2][4:] == ["n/a", ""]


def test_html_escapes_scopes_and_prints_as_rounded(table):
    cells = Cells(html_table(table))
    assert cells.rows[2][2:] == ["1,250", "199", f"{MINUS}0.3"]
    assert cells.rows[3][0] == "<b>&_%$#{x}~^\\"
    assert "b" not in {tag for tag, _ in cells.tags}
    scopes = {tuple(attrs.items()) for tag, attrs in cells.tags if tag == "th"}
    assert all(any(name == "scope" for name, _ in attrs) for attrs in scopes)
    page = html_page(table)
    assert page.startswith("<!DOCTYPE html>")
    assert page.index("script-src &#x27;none&#x27;") < page.index("<style>")


@pytest.mark.slow
def test_latex_is_read_back_by_another_program(table):
    assert latex_text("50 % of A&B_c") == r"50 \% of A\&B\_c"
    read = json.loads(pypandoc.convert_text(as_latex(table), "json", "latex"))
    text = pypandoc.convert_text(json.dumps(read), "plain", "json", extra_args=["--columns=200"])
    assert "1,250" in text
    assert "Results and targets by policy outcome" in text
    assert "&_%$#{x}~^\\" in text.replace(" ", "")


def of_mixed_decimals(table):
    """A table with a column of numbers with unlike decimals, and one with a long text beside numbers."""
    numbers = [replace(table.rows[0].cells[1], value=Fraction(text), text=text, decimals=places, worded=False)
               for text, places in (("5", 0), ("5.4", 1), ("5.375", 3))]  # fmt: skip
    words = replace(table.rows[0].cells[1], value=None, status="text", text="a sentence that says why not")
    rows = tuple(
        replace(row, cells=(number, words if place == 0 else number, *row.cells[2:]), total=False)
        for place, (row, number) in enumerate(zip(table.rows, numbers, strict=True))
    )
    return replace(table, rows=rows)


@pytest.mark.slow
def test_latex_sets_decimal_points_below_each_other_and_breaks_long_text(table):
    lines = as_latex(of_mixed_decimals(table)).splitlines()
    cells = [line.split(" & ")[len(table.stub) :] for line in lines if line.startswith("{}")]
    assert [row[0] for row in cells] == [r"5\phantom{.000}", r"5.4\phantom{00}", "5.375"]
    assert cells[0][1].startswith("a sentence that says")
    assert cells[1][1] == r"\multicolumn{1}{r}{5.4\phantom{00}}"
    assert lines[1].count(r"p{") == len(table.stub) + 1
    read = pypandoc.convert_text("\n".join(lines), "plain", "latex", extra_args=["--columns=200"])
    assert "5.375" in read


def test_word_sets_every_number_from_the_right_and_text_from_the_left(table):
    mixed = of_mixed_decimals(table)
    long = replace(mixed.rows[2].cells[1], text="more than 1,000 million US dollars", worded=True)
    last = replace(mixed.rows[2], cells=(mixed.rows[2].cells[0], long, *mixed.rows[2].cells[2:]))
    mixed = replace(mixed, rows=(*mixed.rows[:2], last))
    (grid,) = docx.Document(io.BytesIO(as_docx(mixed))).tables
    place = len(table.stub) + 1
    sides = [row.cells[place].paragraphs[0].alignment for row in grid.rows][-3:]
    assert sides == [None, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.RIGHT]


@pytest.mark.slow
def test_word_sets_unlike_decimals_by_their_points(table):
    (grid,) = docx.Document(io.BytesIO(as_docx(of_mixed_decimals(table)))).tables
    forms = [row.cells[len(table.stub)].paragraphs[0].paragraph_format for row in grid.rows][-3:]
    stops = [[(stop.alignment, stop.position) for stop in form.tab_stops] for form in forms]
    assert all(form.alignment == WD_ALIGN_PARAGRAPH.LEFT for form in forms)
    ((kind, position),) = stops[0]
    assert kind == WD_TAB_ALIGNMENT.DECIMAL
    assert stops == [[(kind, position)]] * 3
    width = grid.columns[len(table.stub)].width
    assert 0.3 * width < position < width
    # The longest number before its point has room at the left, cell's margin of 0.19 cm taken off.
    assert position >= ems("5") * 9 * 12700
    (grid,) = docx.Document(io.BytesIO(as_docx(replace(table, rows=table.rows[:1])))).tables
    assert not grid._tbl.findall(".//{*}tab")


def test_a_unit_stands_once_over_the_neighbours_that_have_it(table):
    first, second, *others = table.columns
    alike = replace(table, columns=(first, replace(second, group=first.group, unit=first.unit), *others))
    (unit, wide), *_ = units_below(alike)
    assert (unit, wide) == (f"({first.unit})", 2)
    assert sum(each for _, each in units_below(alike)) == len(table.columns)
    (grid,) = docx.Document(io.BytesIO(as_docx(alike))).tables
    below = [row for row in grid.rows if row._tr.find(".//{*}tblHeader") is not None][-1]
    assert below.cells[len(table.stub)]._tc is below.cells[len(table.stub) + 1]._tc
    assert below.cells[len(table.stub)].text == unit
    bare = replace(table, columns=tuple(replace(each, unit="") for each in table.columns))
    assert not list(units_below(bare))


@pytest.mark.slow
def test_one_table_after_another_is_the_file_that_it_would_be_alone(table):
    wide = replace(
        table,
        columns=4 * table.columns,
        rows=tuple(replace(row, cells=4 * row.cells) for row in table.rows),
        caption="Since 2020-04 & wide",
    )
    for shown in (table, wide, replace(table, language="zh", notes=()), table):
        alone = new_document(shown.caption, shown.language)
        fill(alone, shown)
        assert as_docx(shown) == document_bytes(alone)
    assert as_docx(wide) != as_docx(table)


def test_word_tables_hold_the_printed_cells_and_repeat_their_heading(table):
    document = docx.Document(io.BytesIO(as_docx(table)))
    (grid,) = document.tables
    texts = [[cell.text for cell in row.cells] for row in grid.rows]
    assert texts[3] == ["=1+1", "2.1 [a]", "1,250", "199", f"{MINUS}0.3"]
    assert texts[-1][0] == "Total"
    headers = [row._tr.xpath("w:trPr/w:tblHeader") for row in grid.rows]
    assert [bool(each) for each in headers] == [True, True, True, False, False, False]
    assert any("edition 0.1.0" in paragraph.text for paragraph in document.paragraphs)


def test_no_line_of_word_ends_within_a_date_and_an_id_can_be_copied(table):
    told = "World Bank, 2026-04; UN, 2022-04-03; review-2020-21/prose/1.2"
    written = docx.Document(io.BytesIO(as_docx(replace(table, source=told))))
    (paragraph,) = [each for each in written.paragraphs if "World Bank" in each.text]
    assert paragraph.text == told, "a reader of the file finds hyphens"
    texts = [each.text for each in paragraph._p.iter(qn("w:t"))]
    assert texts == ["World Bank, 2026", "04; UN, 2022", "04", "03; review-2020-21/prose/1.2"]
    assert len([*paragraph._p.iter(qn("w:noBreakHyphen"))]) == 3


def test_spreadsheets_hold_numbers_as_printed_and_text_as_text(table):
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx(table))).active
    cells = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert cells["=1+1"].data_type == "s"
    assert cells["-5"].data_type == "s"
    assert cells[-0.3].number_format == "+#,##0.0;-#,##0.0;#,##0.0"
    assert cells[54.9].number_format == "#,##0.0"
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_the_workbook_is_accessible(made_up_table):
    tables = [made_up_table("en"), made_up_table("en")]
    book = openpyxl.load_workbook(io.BytesIO(accessible_workbook(tables, "A report", "en")))
    assert book.sheetnames == ["Cover", "Contents", "Notes", "made_up", "made_up_2"]
    for sheet in book:
        assert sheet["A1"].value
        assert not sheet.merged_cells.ranges
    for sheet in book.worksheets[1:]:
        assert len(sheet.tables) == 1
    links = [
        cell.hyperlink.location for row in book["Contents"].iter_rows() for cell in row if cell.hyperlink
    ]
    assert links == ["'made_up'!A1", "'made_up_2'!A1"]
    sheet = book["made_up"]
    (marked,) = sheet.tables.values()
    first = int("".join(filter(str.isdigit, marked.ref.split(":")[0])))
    assert [cell.value for cell in sheet[first]] == headings_of_table(tables[0])
    assert [cell.value for cell in sheet[first - 1]] == ["Unit", "no unit", "results", "results", "%"]
    notes = [cell.value for row in book["Notes"].iter_rows() for cell in row]
    assert "n/a" in notes
    assert "The document says that the number is not available." in notes


def test_sheet_names_are_short_and_differ(made_up_table):
    long = [replace(made_up_table("en"), id="x" * 40) for _ in range(3)]
    names = sheet_names(long)
    assert len(set(names)) == 3
    assert all(len(name) <= 31 for name in names)
