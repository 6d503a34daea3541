"""Native charts in Word: the chart and its workbook become parts of the document, shown where they stand.

python-docx knows no charts; a chart's XML is the same in Word and PowerPoint, so it is made as for a slide.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from analysis.office.charts import NATIVE, chart_and_workbook, chart_grid, equivalent, gaps
from analysis.office.style import natural_height
from analysis.pictures import palette
from analysis.printed.once import once_for_each
from analysis.printed.printable import ResolvedChart
from analysis.tables.word_tables import add_lines, document_bytes, new_document, text_width

_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CHART_SPACE = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_EMU = 914400
# LibreOffice draws a chart in this shape and stretches it to the one given, so most charts have it.
_SHAPE = 9 / 16
_POINTS, _LEAST_POINTS = 9, 7
_TALLEST, _TALLEST_PICTURE = 8.4, 8.6
# Width of the text on an upright page, in inches.
_UPRIGHT = 170 / 25.4
_NARROW, _FEW = 0.75, 8
_STEP = 0.02
_LEAST_SHARES = {True: 0.6, False: 0.75}
"""The shares of a width down to which a chart that Word draws, and a picture, may be made smaller."""


@dataclass(frozen=True)
class ChartSize:
    """Width and height of a chart in inches, and the size of its letters in points (0 of a picture)."""

    width: float
    height: float
    points: int


def charts_document(
    charts: Iterable[ResolvedChart], title: str, language: str, author: str = "", subject: str = ""
) -> bytes:
    """Return a Word file with each chart under its title, unit, notes and source.

    Parameters
    ----------
    charts : iterable of ResolvedChart
    title : str
        Title of the document.
    language : str
        Code of the language.
    author, subject : str
        For the properties of the file.

    Raises
    ------
    MissingPackage
        When python-docx or python-pptx is not installed.
    """
    document = new_document(title, language, author, subject)
    document.add_heading(title, 0)
    for chart in map(equivalent, charts):
        heading = document.add_heading(chart.heading, 2)
        heading.paragraph_format.keep_with_next = True
        words = f"{chart.number}. {chart.beneath}" if chart.number else chart.beneath
        unit = document.add_paragraph(words)
        unit.paragraph_format.keep_with_next = True
        add_chart(document, chart)
        add_lines(document, lines_beneath(chart))
    return document_bytes(document)


def as_word_chart(chart: ResolvedChart) -> bytes:
    """Return a Word file with one chart."""
    return charts_document([chart], chart.title, chart.language)


def lines_beneath(chart: ResolvedChart) -> list[str]:
    """Return the lines under a chart: notes, points without a number, source."""
    return [note.text for note in chart.notes] + gaps(chart) + ([chart.foot] if chart.foot else [])


def editable(chart: ResolvedChart) -> bool:
    """Whether Office draws a chart of this kind itself, and an upright page has room for all its labels."""
    chart = equivalent(chart)
    return chart.kind in NATIVE and natural_height(chart, _UPRIGHT, _LEAST_POINTS) <= _TALLEST


@once_for_each
def sizes(chart: ResolvedChart, picture: tuple[float, float] | None = None) -> list[ChartSize]:
    """Return the sizes at which a chart can be read on an upright page, the largest first.

    Parameters
    ----------
    chart : ResolvedChart
    picture : tuple of float, optional
        Width and height in inches of the picture that stands for a chart that Word does not draw.
    """
    if picture:
        whole = min(_UPRIGHT / picture[0], _TALLEST_PICTURE / picture[1], 1.0)
        shares = [whole * share for share in _steps(1.0, _LEAST_SHARES[False])]
        return [ChartSize(picture[0] * share, picture[1] * share, 0) for share in shares]
    chart = equivalent(chart)
    offered: list[ChartSize] = []
    for share in _steps(_narrow(chart), _LEAST_SHARES[True]):
        width = _UPRIGHT * share
        for points in range(_most_points(chart, width), _LEAST_POINTS - 1, -1):
            height = min(max(width * _SHAPE, natural_height(chart, width, points)), _TALLEST)
            if not offered or height < offered[-1].height - _STEP:
                offered.append(ChartSize(width, height, points))
    return offered


def _most_points(chart: ResolvedChart, width: float) -> int:
    """Return the largest letters with which a chart keeps its shape, or the smallest where none do."""
    fitting = (
        points
        for points in range(_POINTS, _LEAST_POINTS, -1)
        if natural_height(chart, width, points) <= width * _SHAPE
    )
    return next(fitting, _LEAST_POINTS)


def _steps(most: float, least: float) -> list[float]:
    return [step / 20 for step in range(round(most * 20), round(least * 20) - 1, -1)]


def _narrow(chart: ResolvedChart) -> float:
    """Return the share of a page's width that a chart and its labels need, so that two fit a page."""
    width = _UPRIGHT * _NARROW
    if chart.kind == "lines" and len(chart.categories) > _FEW:
        return 1.0
    return _NARROW if natural_height(chart, width, _POINTS) <= width * _SHAPE else 1.0


def add_chart(document, chart: ResolvedChart, size: ChartSize | None = None) -> None:
    """Append a chart of a size, or as wide as the text, or a table where Office has no such chart."""
    if chart.kind not in NATIVE:
        _add_grid(document, chart)
        return
    if size is None:
        width = text_width(document)
        points = _most_points(chart, width)
        height = max(width * _SHAPE, natural_height(chart, width, points))
        size = ChartSize(width, min(height, _TALLEST), points)
    _insert(document, chart, (size.width, size.height), size.points)


def _insert(document, chart: ResolvedChart, size: tuple[float, float], points: int) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import OxmlElement, parse_xml
    from docx.oxml.ns import nsdecls, qn

    xml, workbook = chart_and_workbook(chart, points, size)
    package = document.part.package
    number = sum(part.content_type == _CHART_TYPE for part in package.iter_parts()) + 1
    book = Part(
        PackURI(f"/word/embeddings/Microsoft_Excel_Sheet{number}.xlsx"), _BOOK_TYPE, workbook, package
    )
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), _CHART_TYPE, xml, package)
    part.relate_to(book, RELATIONSHIP_TYPE.PACKAGE)
    related = document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    drawing = OxmlElement("w:drawing")
    inline = parse_xml(
        f'<wp:inline {nsdecls("wp", "a", "r")} distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{round(size[0] * _EMU)}" cy="{round(size[1] * _EMU)}"/>'
        '<wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:docPr id="{1000 + number}"/><wp:cNvGraphicFramePr/><a:graphic>'
        f'<a:graphicData uri="{_CHART_SPACE}"><c:chart xmlns:c="{_CHART_SPACE}" r:id="{related}"/>'
        "</a:graphicData></a:graphic></wp:inline>"
    )
    properties = inline.find(qn("wp:docPr"))
    properties.set("name", chart.id)
    properties.set("descr", chart.alt)
    drawing.append(inline)
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.line_spacing = 1.0
    paragraph.add_run()._r.append(drawing)


def _add_grid(document, chart: ResolvedChart) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Inches, Pt, RGBColor
    from docx.table import _Cell

    whole = chart_grid(chart)
    columns = len(whole.head)
    table = document.add_table(rows=1 + len(whole.rows), cols=columns, style="Table Grid")
    table.autofit = False
    width = text_width(document)
    first = width * (0.6 if columns <= 3 else 0.34)
    widths = [first, *[(width - first) / max(columns - 1, 1)] * (columns - 1)]
    for column, wide in zip(table.columns, widths, strict=True):
        column.width = Inches(wide)
    for name, text in (("w:tblCaption", chart.title), ("w:tblDescription", chart.alt)):
        element = OxmlElement(name)
        element.set(qn("w:val"), text)
        table._tbl.tblPr.append(element)
    alike: dict[tuple[str, bool, bool], Any] = {}
    for down, (row, texts) in enumerate(zip(table.rows, (whole.head, *whole.rows), strict=True)):
        properties = row._tr.get_or_add_trPr()
        for name in ("w:cantSplit", "w:tblHeader") if down == 0 else ("w:cantSplit",):
            properties.append(OxmlElement(name))
        for across, (element, text) in enumerate(zip(row._tr.tc_lst, texts, strict=True)):
            fill = whole.fills[down - 1][across - 1] if whole.fills and down and across else ""
            form = fill, down == 0, bool(across)
            if form in alike:  # python-docx takes long to set the form of each anew
                written = deepcopy(alike[form])
                row._tr.replace(element, written)
                written.p_lst[0].r_lst[0].text = text
                continue
            cell = _Cell(element, table)
            cell.width = Inches(widths[across])
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(0)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if across else WD_ALIGN_PARAGRAPH.LEFT
            run = paragraph.add_run(text)
            run.bold, run.font.size = down == 0, Pt(_POINTS)
            if fill:
                shade = OxmlElement("w:shd")
                for name, value in (("val", "clear"), ("color", "auto"), ("fill", fill[1:])):
                    shade.set(qn(f"w:{name}"), value)
                element.get_or_add_tcPr().append(shade)
                run.font.color.rgb = RGBColor.from_string(palette.ink_on(fill)[1:])
            alike[form] = element
