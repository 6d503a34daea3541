"""Tables for Word: real tables with repeated heading rows, to put into any document."""

from __future__ import annotations

import io
import re
from copy import deepcopy
from functools import lru_cache, partial
from itertools import cycle
from typing import Any

from analysis.pictures.palette import INK
from analysis.printed.archives import FIXED, still, with_members
from analysis.printed.printable import ResolvedTable
from analysis.tables.fitting import INSIDE, SHORT, Fit, ems, fit
from analysis.tables.markup import foot, kept_decimals, lead, reads_as_text, spanners, units_below

LATIN, EAST_ASIAN = "Arial", "Noto Sans CJK SC"
TOGETHER = 3
"""Rows that stay together at the beginning of a divided table, and at its end."""
NO_BREAK_HYPHEN = "\u2011"
_LINES = 1.15
"""Word's usual space between lines, as a share of their height."""
TAGS = {"en": "en-GB", "fr": "fr-FR", "es": "es-ES", "zh": "zh-CN"}
_DATE = re.compile(r"(?<![\w/-])[12]\d{3}-\d\d(?:-\d\d)?(?![\w/-])")
"""A date, or a biennium; one within an id or a path stays as it is, so that it can be copied."""


class MissingPackage(RuntimeError):
    """An optional package that a format needs is not installed."""

    exit_code = 1


def new_document(title: str, language: str, author: str = "", subject: str = ""):
    """Return an empty Word document with fixed dates, its title, language, author and subject set.

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
    _look_styles_up_once(document.part)
    about = document.core_properties
    about.title, about.author, about.comments, about.language = title, author, "", language
    about.subject = subject
    about.created = about.modified = FIXED
    normal = document.styles["Normal"]
    normal.font.size = Pt(10)
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3", "Caption"):
        _letters(document.styles[name], language)
    document.styles["Title"].font.size = Pt(22)
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:eastAsia" if language == "zh" else "w:val"), TAGS.get(language, language))
    normal.element.rPr.append(spoken)
    _page(document.sections[0])
    return document


def _look_styles_up_once(part) -> None:
    """Let a document know the ids of styles that were looked up by name, which paragraphs ask for one by one.

    python-docx goes through all of its template's styles for each, and twice for the default.
    """
    look_up, known = part.get_style_id, {}

    def style_id(style, kind):
        if not isinstance(style, str):
            return look_up(style, kind)
        if (style, kind) not in known:
            known[style, kind] = look_up(style, kind)
        return known[style, kind]

    part.get_style_id = style_id


def _letters(style, language: str) -> None:
    """Give a style the house's fonts and ink."""
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    style.font.name = LATIN
    fonts = style.element.rPr.rFonts
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    fonts.set(qn("w:eastAsia"), EAST_ASIAN if language == "zh" else LATIN)
    if style.name != "Normal":
        style.font.color.rgb = RGBColor.from_string(INK[1:])


def _page(section) -> None:
    """Make a page A4 with margins of 2 cm."""
    from docx.shared import Mm

    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(20)


def text_width(document) -> float:
    """Return the width of the text on the last section's pages, in inches."""
    section = document.sections[-1]
    return (section.page_width - section.left_margin - section.right_margin) / 914400


def add_grid(
    document,
    table: ResolvedTable,
    fitted: Fit | None = None,
    *,
    whole: bool | None = None,
    close: float = 1.0,
) -> None:
    """Append heading rows that repeat on each page, and the body.

    Parameters
    ----------
    document : docx.document.Document
    table : ResolvedTable
    fitted : Fit, optional
        Widths of the columns and size of the letters; by default Word shares the page out.
    whole : bool, optional
        Whether all rows stay on one page; by default those of a short table do. A divided one keeps its
        first rows, and its last, together.
    close : float
        Space between lines, as a share of the usual.
    """
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

    points = fitted.points if fitted else 9.0
    grouped = any(column.group for column in table.columns)
    united = any(column.unit for column in table.columns)
    stub, wide = len(table.stub), len(table.stub) + len(table.columns)
    deep = 1 + grouped + united
    grid = document.add_table(rows=deep + len(table.rows), cols=wide)
    _rule(grid)
    grid.alignment = WD_TABLE_ALIGNMENT.LEFT
    # None is merged yet, which python-docx would look for.
    cells: list[list[Any]] = [[_Cell(cell, grid) for cell in row._tr.tc_lst] for row in grid.rows]
    if fitted:
        _set_widths(grid, fitted)
    write = partial(_write, points=points)
    if grouped:
        place = stub
        for group, size in spanners(table):
            if group:
                write(_merged(cells[0][place : place + size]), group, bold=True, centre=True)
            place += size
    for place, text in enumerate(table.stub):
        write(cells[int(grouped)][place], text, bold=True)
    for place, column in enumerate(table.columns, stub):
        write(cells[int(grouped)][place], column.label, bold=True, right=True)
    place = stub
    for unit, size in units_below(table):
        below = cells[deep - 1][place : place + size]
        write(_merged(below), unit, right=size == 1, centre=size > 1)
        place += size
    for cell in (cell for heading in cells[:deep] for cell in heading if cell._tc.getparent() is not None):
        if not cell.text:  # as low as its neighbours: an empty paragraph has letters of the text
            write(cell, "")
    kept = [kept_decimals(table, place) if fitted else 0 for place in range(len(table.columns))]
    for line, row in enumerate(table.rows, deep):
        for place in range(stub):
            write(cells[line][place], lead(row, place, table), bold=row.total)
        for place, cell in enumerate(row.cells, stub):
            write(cells[line][place], cell.text, bold=row.total, right=not reads_as_text(cell))
            if cell.value is not None and kept[place - stub]:
                _at_its_point(cells[line][place], kept[place - stub], fitted.widths[place], points)
    whole = len(table.rows) <= SHORT if whole is None else whole
    for number, row in enumerate(grid.rows):
        at_an_end = number < deep + TOGETHER - 1 or len(grid.rows) - TOGETHER <= number < len(grid.rows) - 1
        _keep(row, heading=number < deep, with_next=whole or at_an_end)
        if close != 1:
            for cell in row._tr.tc_lst:
                Paragraph(cell.p_lst[0], None).paragraph_format.line_spacing = _LINES * close


def _merged(cells: list[Any]) -> Any:
    """Return the first of some empty cells that stand side by side, which takes the room of the others.

    python-docx would look for what is merged already, cell by cell.
    """
    from docx.shared import Length

    first, *others = (cell._tc for cell in cells)
    if others:
        first.width = Length(sum(cell.width for cell in (first, *others)))
        first.grid_span = len(cells)
    for cell in others:
        cell.getparent().remove(cell)
    return cells[0]


def add_lines(document, lines: list[str]) -> None:
    """Append small lines that stay together, such as notes and a source."""
    for number, line in enumerate(lines, 1):
        paragraph = deepcopy(_small_line(number == 1, number == len(lines)))
        paragraph.r_lst[0].text = line
        document.element.body.insert_element_before(paragraph, "w:sectPr")


@lru_cache(maxsize=4)
def _small_line(first: bool, last: bool):
    """Return a small line without its text, to be copied."""
    from docx.oxml import OxmlElement
    from docx.shared import Pt
    from docx.text.paragraph import Paragraph

    paragraph = Paragraph(OxmlElement("w:p"), None)
    form = paragraph.paragraph_format
    form.space_before, form.space_after = Pt(4 if first else 0), Pt(12 if last else 2)
    form.keep_with_next = not last
    paragraph.add_run().font.size = Pt(8)
    return paragraph._p


def _rule(grid) -> None:
    """Draw strong lines above and below a table, fine ones between rows, and set what cells leave free."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders = OxmlElement("w:tblBorders")
    for name, size, colour in (("top", 8, INK), ("bottom", 8, INK), ("insideH", 4, "#C5CCD3")):
        line = OxmlElement(f"w:{name}")
        for key, setting in (("val", "single"), ("sz", str(size)), ("space", "0"), ("color", colour[1:])):
            line.set(qn(f"w:{key}"), setting)
        borders.append(line)
    layout = grid._tbl.tblPr.find(qn("w:tblLayout"))
    look = grid._tbl.tblPr.find(qn("w:tblLook"))
    before = layout if layout is not None else look
    before.addprevious(borders)
    margins = OxmlElement("w:tblCellMar")
    for name in ("left", "right"):
        side = OxmlElement(f"w:{name}")
        side.set(qn("w:w"), str(round(INSIDE / 2 / 2.54 * 1440)))
        side.set(qn("w:type"), "dxa")
        margins.append(side)
    look.addprevious(margins)


def _set_widths(grid, fitted: Fit) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Cm

    grid.autofit = False
    widths = [Cm(width) for width in fitted.widths]
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    for cell, width in zip(grid._tbl.iter(qn("w:tcW")), cycle(widths), strict=False):
        cell.set(qn("w:w"), str(width.twips))


def _write(
    cell, text: str, *, points: float, bold: bool = False, right: bool = False, centre: bool = False
) -> None:
    """Put a text into an empty cell."""
    paragraph = deepcopy(_without_text(points, bold, right, centre))
    if any(sign in text for sign in "\t\n\r"):
        paragraph.r_lst[0].text = text
    elif text:
        paragraph.r_lst[0].add_t(text)
    cell._tc.replace(cell._tc.p_lst[0], paragraph)


@lru_cache(maxsize=100)
def _without_text(points: float, bold: bool, right: bool, centre: bool):
    """Return a cell's paragraph without its text, to be copied: python-docx takes long to set its forms."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.shared import Pt
    from docx.text.paragraph import Paragraph

    paragraph = Paragraph(OxmlElement("w:p"), None)
    paragraph.paragraph_format.space_after = Pt(0)
    if right or centre:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run()
    run.bold, run.font.size = bold, Pt(points)
    return paragraph._p


def _at_its_point(cell, decimals: int, width: float, points: float) -> None:
    """Set a number by its decimal point, with room for the decimals of its column at the right.

    Word takes for the point what the system of its reader does: on one of another language, a comma may be
    no decimal mark, and such a number stands a little to the left.
    """
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
    from docx.shared import Cm

    form = cell.paragraphs[0].paragraph_format
    form.alignment = WD_ALIGN_PARAGRAPH.LEFT
    room = ems("." + "0" * decimals) * points / 72 * 2.54
    form.tab_stops.add_tab_stop(Cm(width - INSIDE - room), WD_TAB_ALIGNMENT.DECIMAL)


def _keep(row, *, heading: bool, with_next: bool) -> None:
    """Keep a row on one page, and with the next where asked; a heading row is repeated on each."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = row._tr.get_or_add_trPr()
    for name in ("w:cantSplit", "w:tblHeader") if heading else ("w:cantSplit",):
        properties.append(OxmlElement(name))
    for cell in row._tr.iterchildren(qn("w:tc")) if with_next else ():
        cell.find(qn("w:p")).get_or_add_pPr().insert(0, OxmlElement("w:keepNext"))


def as_docx(table: ResolvedTable) -> bytes:
    """Return a Word file with one table."""
    document, archive, section = _empty(table.language)
    body = document.element.body
    for element in list(body):
        body.remove(element)
    body.append(deepcopy(section))
    document.core_properties.title = table.caption
    fill(document, table)
    _keep_dates_whole(document)
    from docx.opc.constants import RELATIONSHIP_TYPE

    about = document.part.package.part_related_by(RELATIONSHIP_TYPE.CORE_PROPERTIES)
    return with_members(archive, {part.partname[1:]: part.blob for part in (document.part, about)})


@lru_cache(maxsize=10)
def _empty(language: str) -> tuple:
    """Return an empty document, the same as a file, and the form of its pages, for all tables of a language.

    To open one and to set its styles takes longer than to write a table.
    """
    document = new_document("", language)
    return document, document_bytes(document), deepcopy(document.element.body.sectPr)


def fill(document, table: ResolvedTable) -> None:
    """Write a table with its caption and notes into an empty document."""
    fitted = fit(table)
    if fitted.landscape:
        turn(document.sections[0])
    words = f"{table.number}. {table.caption}" if table.number else table.caption
    document.add_paragraph(words, style="Caption").paragraph_format.keep_with_next = True
    add_grid(document, table, fitted)
    add_lines(document, foot(table))


def turn(section) -> None:
    """Turn the pages of a section, upright or landscape, the other way."""
    from docx.enum.section import WD_ORIENT

    upright = section.page_height > section.page_width
    section.orientation = WD_ORIENT.LANDSCAPE if upright else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = section.page_height, section.page_width


def document_bytes(document) -> bytes:
    """Return a Word document as a file; equal content makes equal bytes, and no line ends within a date."""
    _keep_dates_whole(document)
    file = io.BytesIO()
    document.save(file)
    return still(file.getvalue())


def _keep_dates_whole(document) -> None:
    """Write the hyphens of dates as Word's own at which no line ends: 2026-04."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for text in [*document.element.body.iter(qn("w:t"))]:
        marked = _DATE.sub(lambda date: date[0].replace("-", NO_BREAK_HYPHEN), text.text or "")
        first, *rest = marked.split(NO_BREAK_HYPHEN)
        if not rest:
            continue
        text.text = first
        for part in reversed(rest):
            after = OxmlElement("w:t")
            after.text = part
            after.set(qn("xml:space"), "preserve")
            text.addnext(after)
            text.addnext(OxmlElement("w:noBreakHyphen"))
        text.set(qn("xml:space"), "preserve")
