"""Tables for Word: real tables with repeated heading rows, to put into any document."""

from __future__ import annotations

import io

from analysis.publish.archives import FIXED, still
from analysis.publish.printable import ResolvedTable
from analysis.publish.tables import foot, lead, spanners

_TAGS = {"en": "en-GB", "fr": "fr-FR", "es": "es-ES", "zh": "zh-CN"}


class MissingPackage(RuntimeError):
    """An optional package that a format needs is not installed."""


def new_document(title: str, language: str):
    """Return an empty Word document with fixed dates, its title and language set.

    Raises
    ------
    MissingPackage
        When python-docx is not installed.
    """
    try:
        import docx
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn
        from docx.shared import Pt
    except ImportError as error:
        raise MissingPackage(
            "Word files need the package python-docx: pip install 'analysis[documents]'"
        ) from error
    document = docx.Document()
    about = document.core_properties
    about.title, about.author, about.comments, about.language = title, "", "", language
    about.created = about.modified = FIXED
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(10)
    fonts = normal.element.rPr.rFonts
    fonts.set(qn("w:eastAsia"), "Noto Sans CJK SC" if language == "zh" else "Arial")
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:eastAsia" if language == "zh" else "w:val"), _TAGS.get(language, language))
    normal.element.rPr.append(spoken)
    _page(document.sections[0])
    return document


def _page(section) -> None:
    """Make a page A4 with margins of 2 cm."""
    from docx.shared import Mm

    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(20)


def text_width(document) -> float:
    """Return the width of the text on the last section's pages, in inches."""
    section = document.sections[-1]
    return (section.page_width - section.left_margin - section.right_margin) / 914400


def add_table(document, table: ResolvedTable, caption: str | None = None) -> None:
    """Append a table: caption, heading rows that repeat on each page, body, foot.

    Parameters
    ----------
    document : docx.document.Document
    table : ResolvedTable
    caption : str, optional
        By default the document's number and the caption.
    """
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.shared import Pt

    words = f"{table.number}. {table.caption}" if table.number else table.caption
    paragraph = document.add_paragraph(caption or words, style="Caption")
    paragraph.paragraph_format.keep_with_next = True
    grouped = any(column.group for column in table.columns)
    united = any(column.unit for column in table.columns)
    stub, wide = len(table.stub), len(table.stub) + len(table.columns)
    deep = 1 + grouped + united
    grid = document.add_table(rows=deep + len(table.rows), cols=wide, style="Table Grid")
    grid.alignment = WD_TABLE_ALIGNMENT.LEFT
    cells = [list(row.cells) for row in grid.rows]
    if grouped:
        place = stub
        for group, size in spanners(table):
            if group:
                _write(cells[0][place].merge(cells[0][place + size - 1]), group, bold=True, centre=True)
            place += size
    for place, text in enumerate(table.stub):
        _write(cells[int(grouped)][place], text, bold=True)
    for place, column in enumerate(table.columns, stub):
        _write(cells[int(grouped)][place], column.label, bold=True, right=True)
        if united:
            _write(cells[deep - 1][place], f"({column.unit})" if column.unit else "", right=True)
    for below, row in enumerate(table.rows, deep):
        for place in range(stub):
            _write(cells[below][place], lead(row, place, table), bold=row.total)
        for place, cell in enumerate(row.cells, stub):
            _write(cells[below][place], cell.text, bold=row.total, right=cell.status != "text")
    for row in grid.rows[:deep]:
        _repeat(row)
    for line in foot(table):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(2)
        paragraph.add_run(line).font.size = Pt(8)


def _write(cell, text: str, *, bold: bool = False, right: bool = False, centre: bool = False) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    if right or centre:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(9)


def _repeat(row) -> None:
    from docx.oxml import OxmlElement

    properties = row._tr.get_or_add_trPr()
    for name in ("w:cantSplit", "w:tblHeader"):
        properties.append(OxmlElement(name))


def as_docx(table: ResolvedTable) -> bytes:
    """Return a Word file with one table."""
    document = new_document(table.caption, table.language)
    if len(table.stub) + len(table.columns) > 6:
        _landscape(document.sections[0])
    add_table(document, table)
    return written(document)


def _landscape(section) -> None:
    from docx.enum.section import WD_ORIENT

    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width


def written(document) -> bytes:
    """Return a Word document as a file; equal content makes equal bytes."""
    file = io.BytesIO()
    document.save(file)
    return still(file.getvalue())
