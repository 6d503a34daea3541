"""Tables as spreadsheets: one as printed, and all in one accessible workbook.

The workbook follows the UK Analysis Function's guidance on spreadsheets: a cover, a list of contents, notes,
one table a sheet from the first column on, each a marked table with one heading row and the units above it,
no merged cells, no empty rows inside, shorthand explained. Text never becomes a formula.
"""

from __future__ import annotations

import io
from collections.abc import Iterable

import xlsxwriter

from analysis.labels import Catalogue
from analysis.printed.archives import FIXED
from analysis.printed.printable import ResolvedCell, ResolvedColumn, ResolvedTable
from analysis.rounding import round_half_up
from analysis.tables.markup import foot, headings_of_table, lead

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
COVER, LINE = 100, 16
_FORBIDDEN = str.maketrans("", "", "[]:*?/\\'")


class _Book:
    """A workbook being written, with its formats."""

    def __init__(self, title: str, language: str):
        self.file = io.BytesIO()
        self.book = xlsxwriter.Workbook(self.file, _OPTIONS)
        self.book.set_properties({"title": title, "created": FIXED.replace(tzinfo=None), "author": ""})
        self.label = Catalogue(language)
        self._formats: dict[tuple, object] = {}

    def format(self, **settings):
        """Return a cell format; equal settings share one."""
        key = tuple(sorted(settings.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format({"font_name": "Arial", "font_size": 11, **settings})
        return self._formats[key]

    def sheet(self, name: str, title: str):
        """Add a sheet with a title in its first cell."""
        sheet = self.book.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.write_string(0, 0, title, self.format(bold=True, font_size=15))
        return sheet

    def lines(self, sheet, row: int, texts: Iterable[str], **settings) -> int:
        """Write texts below each other; return the next row."""
        for text in texts:
            sheet.write_string(row, 0, text, self.format(**settings))
            if settings.get("text_wrap"):
                fit_row(sheet, row, [(text, COVER)])
            row += 1
        return row

    def close(self) -> bytes:
        """Return the file."""
        self.book.close()
        return self.file.getvalue()


def fit_row(sheet, row: int, wrapped: Iterable[tuple[str, float]]) -> None:
    """Make a row as tall as its wrapped texts need in columns of some widths.

    Excel does this on opening, other programs do not. A Han sign is as wide as two letters.
    """
    lines = [1 + int(sum(2 if sign > "\u2e7f" else 1.05 for sign in text) / width) for text, width in wrapped]
    if max(lines, default=1) > 1:
        sheet.set_row(row, LINE * max(lines))


def cell_format(cell: ResolvedCell, column: ResolvedColumn) -> str:
    """Return the spreadsheet's number format for a cell as printed."""
    decimals = max(cell.decimals, 0)
    form = ("0" if cell.unit == "calendar_year" else "#,##0") + ("." + "0" * decimals if decimals else "")
    if not column.unit and cell.unit == "percent":
        form += '"%"'
    return f"+{form};-{form};{form}" if column.signed else form


def as_xlsx(table: ResolvedTable) -> bytes:
    """Return a table as a workbook of one sheet, numbers rounded as printed."""
    book = _Book(table.caption, table.language)
    _table_sheet(book, table, sheet_names([table])[0])
    return book.close()


def accessible_workbook(tables: Iterable[ResolvedTable], title: str, language: str) -> bytes:
    """Return all tables in one accessible workbook.

    Parameters
    ----------
    tables : iterable of ResolvedTable
        In the order of the report.
    title : str
        For the cover, for example the report's title with its biennium.
    language : str
        Code of the language.
    """
    tables = list(tables)
    book, names = _Book(title, language), sheet_names(tables)
    label = book.label
    cover = book.sheet(label("workbook.cover"), title)
    cover.set_column(0, 0, COVER)
    about = [label("workbook.about", tables=str(len(tables))), label("workbook.rounding")]
    row = book.lines(cover, 1, about, text_wrap=True)
    row = book.lines(cover, row, [label("workbook.sources")], bold=True, font_size=12)
    book.lines(
        cover,
        row,
        dict.fromkeys(document for table in tables for document in table.documents),
        text_wrap=True,
    )
    _contents(book, tables, names)
    _notes(book, tables)
    for table, name in zip(tables, names, strict=True):
        _table_sheet(book, table, name)
    return book.close()


def sheet_names(tables: Iterable[ResolvedTable]) -> list[str]:
    """Return a sheet name for each table: its id, at most 31 characters, no two alike."""
    names: list[str] = []
    for table in tables:
        stem = table.id.translate(_FORBIDDEN)
        name, again = stem[:31], 2
        while name.lower() in (taken.lower() for taken in names):
            name, again = f"{stem[: 30 - len(str(again))]}_{again}", again + 1
        names.append(name)
    return names


def _contents(book: _Book, tables: list[ResolvedTable], names: list[str]) -> None:
    label = book.label
    sheet = book.sheet(label("workbook.contents"), label("workbook.contents"))
    head = [label("workbook.sheet"), label("workbook.number"), label("workbook.title")]
    _marked(book, sheet, 1, head, len(tables), "contents")
    for row, (table, name) in enumerate(zip(tables, names, strict=True), 2):
        link = book.format(font_color="#0563C1", underline=1)
        sheet.write_url(row, 0, f"internal:'{name}'!A1", link, name)
        sheet.write_string(row, 1, table.number, book.format())
        sheet.write_string(row, 2, table.caption, book.format())
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 30)
    sheet.set_column(2, 2, 90)


def _notes(book: _Book, tables: list[ResolvedTable]) -> None:
    label = book.label
    sheet = book.sheet(label("workbook.notes"), label("workbook.notes"))
    signs = dict(pair for table in tables for pair in table.shorthand)
    notes = [(sign, words) for sign, words in signs.items()]
    notes += [("", note.text) for note in dict.fromkeys(n for t in tables for n in t.notes if not n.mark)]
    notes.append((label("workbook.blank"), label("workbook.blank_meaning")))
    _marked(book, sheet, 1, [label("workbook.shorthand"), label("workbook.meaning")], len(notes), "notes")
    for row, (sign, words) in enumerate(notes, 2):
        sheet.write_string(row, 0, sign or label("label.note"), book.format())
        sheet.write_string(row, 1, words, book.format(text_wrap=True))
        fit_row(sheet, row, [(words, COVER)])
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, COVER)


def _marked(
    book: _Book, sheet, row: int, head: list[str], length: int, name: str, *, stub: int | None = None
) -> None:
    """Mark a region as a table with one heading row; its cells are written afterwards.

    Headings of columns after the stub, when there is one, stand right, over their numbers.
    """
    form = {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}
    left, right = book.format(**form), book.format(**form, align="right")
    columns = [
        {"header": text, "header_format": left if stub is None or place < stub else right}
        for place, text in enumerate(head)
    ]
    settings = {"columns": columns, "style": None, "autofilter": False, "name": f"table_{name}"}
    sheet.add_table(row, 0, row + max(length, 1), len(head) - 1, settings)


def _table_sheet(book: _Book, table: ResolvedTable, name: str) -> None:
    label = book.label
    sheet = book.sheet(name, f"{table.number}. {table.caption}" if table.number else table.caption)
    row = book.lines(sheet, 1, [label("workbook.one_table"), *foot(table)])
    stub = len(table.stub)
    sheet.write_string(row, 0, label("workbook.unit"), book.format(italic=True))
    for place in range(1, stub):
        sheet.write_string(row, place, label("workbook.no_unit"), book.format(italic=True))
    for place, column in enumerate(table.columns, stub):
        unit = column.unit or label("workbook.no_unit")
        sheet.write_string(row, place, unit, book.format(italic=True, align="right"))
    names, widths = headings_of_table(table), _widths(table)
    _marked(book, sheet, row + 1, names, len(table.rows), name.replace("-", "_"), stub=stub)
    fit_row(sheet, row + 1, zip(names, widths, strict=True))
    sheet.freeze_panes(row + 2, stub)
    for below, line in enumerate(table.rows, row + 2):
        for place in range(stub):
            text = lead(line, place, table)
            sheet.write_string(below, place, text, book.format(bold=line.total, text_wrap=True, valign="top"))
        for place, (cell, column) in enumerate(zip(line.cells, table.columns, strict=True), stub):
            _cell(book, sheet, (below, place), cell, column, line.total)
        texts = [*line.labels, *(cell.text for cell in line.cells)]
        fit_row(sheet, below, zip(texts, widths, strict=True))
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)


def _widths(table: ResolvedTable) -> list[float]:
    """Return the width of each column: labels and texts as wide as they need, within reason."""

    def width(texts: Iterable[str], most: float) -> float:
        longest = max((sum(2 if sign > "\u2e7f" else 1 for sign in text) for text in texts), default=0)
        return min(max(longest * 1.15, 16), most)

    stub = [width((row.labels[place] for row in table.rows), 60) for place in range(len(table.stub))]
    numbers = range(len(table.columns))
    return stub + [width((row.cells[place].text for row in table.rows), 45) for place in numbers]


def _cell(book: _Book, sheet, where: tuple[int, int], cell: ResolvedCell, column, bold: bool) -> None:
    settings = {"bold": bold, "valign": "top", "align": "right"}
    if cell.status == "text":
        settings |= {"align": "left", "text_wrap": True}
    if cell.value is None or cell.unit == "truth" or cell.worded:
        sheet.write_string(*where, cell.text, book.format(**settings))
        return
    number = float(round_half_up(cell.value, cell.decimals))
    sheet.write_number(*where, number, book.format(num_format=cell_format(cell, column), **settings))
