"""A deck of slides, one a figure: title, an editable chart with its numbers inside, notes and source."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import Any

from analysis.office.charts import (
    NATIVE,
    Grid,
    chart_data,
    chart_grid,
    equivalent,
    gaps,
    needs_pptx,
)
from analysis.office.style import style_chart
from analysis.pictures import palette
from analysis.printed.archives import FIXED, still
from analysis.printed.printable import ResolvedChart
from analysis.tables.fitting import ems
from analysis.tables.word_tables import EAST_ASIAN, LATIN, TAGS

WIDTH, HEIGHT, MARGIN = 13.333, 7.5, 0.6
SUBTITLE_TOP = 1.1
_TITLE, _LEAST = 26, 14
# Where Arial is missing, what stands for it is up to a fifth wider.
_BOLD = 1.25
_TOP, _ROOM, _CELL = 1.55, 4.95, 0.08
# A Chinese sign may begin a line; other words end with their blank or hyphen.
_WORDS = re.compile(r"[\u2e80-\uffff]|[^\s\u2e80-\uffff]+\s*|\s+")
_PLAIN_GRID = "{5940675A-B579-460E-94D1-54222C63F5DA}"


def deck(charts: Iterable[ResolvedChart], title: str, language: str) -> bytes:
    """Return a PowerPoint file with one slide for each chart; a long table goes on on a further slide.

    Parameters
    ----------
    charts : iterable of ResolvedChart
    title : str
        Title of the file.
    language : str
        Code of the language.

    Raises
    ------
    MissingPackage
        When python-pptx is not installed.
    """
    needs_pptx()
    from pptx import Presentation
    from pptx.util import Inches

    presentation = Presentation()
    _widen(presentation, Inches(WIDTH), Inches(HEIGHT))
    about = presentation.core_properties
    about.title, about.author, about.last_modified_by, about.language = title, "", "", language
    about.created = about.modified = FIXED
    for chart in map(equivalent, charts):
        if chart.kind in NATIVE:
            _chart_slide(presentation, chart)
            continue
        pages = list(_pages(chart_grid(chart)))
        for number, page in enumerate(pages, 1):
            _grid_slide(presentation, chart, page, f" ({number}/{len(pages)})" if len(pages) > 1 else "")
    file = io.BytesIO()
    presentation.save(file)
    return still(file.getvalue())


def as_pptx(chart: ResolvedChart) -> bytes:
    """Return a PowerPoint file with one chart."""
    return deck([chart], chart.title, chart.language)


def _widen(presentation, width: int, height: int) -> None:
    """Make the slides 16:9 and let the layouts, and the fonts of the theme, follow."""
    from lxml import etree
    from pptx.opc.constants import RELATIONSHIP_TYPE
    from pptx.oxml.ns import qn

    factor = width / presentation.slide_width
    presentation.slide_width, presentation.slide_height = width, height
    for sheet in (presentation.slide_master, *presentation.slide_layouts):
        for shape in sheet.shapes:
            if shape._element.spPr.find(qn("a:xfrm")) is not None:
                shape.left, shape.width = round(shape.left * factor), round(shape.width * factor)
    theme = presentation.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    tree = etree.fromstring(theme.blob)
    for fonts in (*tree.iter(qn("a:majorFont")), *tree.iter(qn("a:minorFont"))):
        fonts.find(qn("a:latin")).set("typeface", LATIN)
        fonts.find(qn("a:ea")).set("typeface", EAST_ASIAN)
        for font in fonts.findall(qn("a:font")):
            if font.get("script") == "Hans":
                font.set("typeface", "Microsoft YaHei")
    theme._blob = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _slide(presentation, chart: ResolvedChart, after_title: str = ""):
    """Add a slide with title, unit and period, and foot; return it."""
    from pptx.enum.text import MSO_ANCHOR
    from pptx.util import Inches

    slide = presentation.slides.add_slide(presentation.slide_layouts[5])
    title = slide.shapes.title
    title.left, title.top, title.width, title.height = map(Inches, (MARGIN, 0.3, WIDTH - 2 * MARGIN, 0.8))
    words = chart.heading + after_title
    points = fitting(words, _TITLE, WIDTH - 2 * MARGIN, 0.8)
    _write(title.text_frame, [words], points, chart.language, bold=True)
    title.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    unit = _box(slide, SUBTITLE_TOP, 0.4, "subtitle")
    words = f"{chart.number}. {chart.beneath}" if chart.number else chart.beneath
    _write(unit.text_frame, [words], 16, chart.language, palette.MUTED)
    lines = [note.text for note in chart.notes] + gaps(chart) + ([chart.foot] if chart.foot else [])
    size = 11 if sum(map(len, lines)) < 500 else 9
    foot = _box(slide, _TOP + _ROOM + 0.05, HEIGHT - _TOP - _ROOM - 0.15, "source")
    _write(foot.text_frame, lines, size, chart.language, palette.MUTED)
    foot.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    return slide


def fitting(text: str, points: float, wide: float, tall: float) -> float:
    """Return the size of letters, at most ``points``, at which a title fits a place, told in inches."""
    while points > _LEAST and _lines(text, points, wide) * points * 1.2 / 72 > tall:
        points -= 1
    return points


def _lines(text: str, points: float, wide: float) -> int:
    """Return how many lines a text in bold letters takes, told in words that stay whole."""
    per_em, lines, used = _BOLD * points / 72, 1, 0.0
    for word in _WORDS.findall(text):
        long = ems(word) * per_em
        if used and used + long > wide:
            lines, used = lines + 1, 0.0
        used += long
        lines += int(used // wide) if used > wide else 0
    return lines


def _box(slide, top: float, height: float, name: str):
    from pptx.util import Inches

    box = slide.shapes.add_textbox(*map(Inches, (MARGIN, top, WIDTH - 2 * MARGIN, height)))
    box.name = name
    return box


def _write(
    frame, lines: list[str], points: float, language: str, colour: str = palette.INK, *, bold: bool = False
) -> None:
    from pptx.dml.color import RGBColor
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Pt

    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.LEFT
        run = paragraph.add_run()
        run.text = line
        run.font.size, run.font.bold = Pt(points), bold
        run.font.color.rgb = RGBColor.from_string(colour[1:])
        run._r.get_or_add_rPr().set("lang", TAGS.get(language, language))


def _chart_slide(presentation, chart: ResolvedChart) -> None:
    from pptx.util import Inches

    slide = _slide(presentation, chart)
    place = map(Inches, (MARGIN, _TOP, WIDTH - 2 * MARGIN, _ROOM))
    kind, numbers = chart_data(chart)
    frame = slide.shapes.add_chart(kind, *place, numbers)
    lanes = len(chart.categories) * (len(chart.series) if chart.kind == "bars" else 1)
    points = 8 if lanes > 24 else 10 if lanes > 14 else 12
    style_chart(frame.chart, chart, points, (WIDTH - 2 * MARGIN, _ROOM))
    _describe(frame, chart)


def _describe(frame, chart: ResolvedChart) -> None:
    properties = frame._element.nvGraphicFramePr.cNvPr
    properties.set("name", chart.id)
    properties.set("descr", chart.alt)


def _pages(whole: Grid) -> Iterator[Grid]:
    """Yield a table in parts that fit a slide."""
    room = 33 if len(whole.head) > 4 else 26
    start, used = 0, 0
    for number, row in enumerate(whole.rows):
        lines = 1 + int(sum(1 + (sign > "\u2e80") for sign in row[0]) * 1.0 // 78)
        if used + lines > room - 3 and number > start:
            yield Grid(whole.head, whole.rows[start:number], whole.fills[start:number])
            start, used = number, 0
        used += lines
    yield Grid(whole.head, whole.rows[start:], whole.fills[start:])


def _set(page: Grid, wide: float) -> tuple[float, list[float], float, float]:
    """Return how a table stands on a slide: letters, widths of columns, heights of its head and of a row.

    The first column is as wide as its names, at most two fifths (of few columns, three) of the slide; the
    others share the rest. Letters are as large as the rows are tall, and as the words of the head are long.
    """
    others = max(len(page.head) - 1, 1)
    for points in (12, 10, 8):
        names = max((ems(row[0]) for row in page.rows), default=1.0) * _BOLD * points / 72 + 2 * _CELL
        first = min(names, wide * (0.6 if others < 3 else 0.4)) if others > 1 else wide * 0.6
        broad = (wide - first) / others
        head = (
            max(_lines(text, points, broad - 2 * _CELL) for text in page.head[1:]) * points * 1.25 / 72 + 0.04
        )
        tall = min((_ROOM - head) / len(page.rows), 0.42)
        words = (
            max(ems(word) for text in page.head[1:] for word in _WORDS.findall(text)) * _BOLD * points / 72
        )
        if tall > points * 0.027 and words <= broad - 2 * _CELL:
            break
    return points, [first, *[broad] * others], max(head, tall), tall


def _grid_slide(presentation, chart: ResolvedChart, page: Grid, after_title: str) -> None:
    from pptx.dml.color import RGBColor
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.oxml.ns import qn
    from pptx.util import Inches, Pt

    slide = _slide(presentation, chart, after_title)
    wide, columns = WIDTH - 2 * MARGIN, len(page.head)
    points, across_all, head, tall = _set(page, wide)
    deep = len(page.rows) + 1
    frame = slide.shapes.add_table(
        deep, columns, *map(Inches, (MARGIN, _TOP, wide, head + tall * (deep - 1)))
    )
    _describe(frame, chart)
    table = frame.table
    table.horz_banding = False
    frame._element.find(f".//{qn('a:tableStyleId')}").text = _PLAIN_GRID
    for column, broad in zip(table.columns, across_all, strict=True):
        column.width = Inches(broad)
    alike: dict[tuple[str, bool, bool], Any] = {}
    for down, texts in enumerate((page.head, *page.rows)):
        table.rows[down].height = Inches(tall if down else head)
        for across, (cell, text) in enumerate(zip(table.rows[down].cells, texts, strict=True)):
            fill = page.fills[down - 1][across - 1] if page.fills and down and across else palette.PAPER
            form = fill, not down, bool(across)
            if form in alike:  # python-pptx takes long to set the form of each anew
                written = deepcopy(alike[form])
                cell._tc.getparent().replace(cell._tc, written)
                written.txBody.p_lst[0].r_lst[0].text = text
                continue
            cell.fill.solid()
            cell.fill.fore_color.rgb = RGBColor.from_string(fill[1:])
            _write(cell.text_frame, [text], points, chart.language, palette.ink_on(fill), bold=not down)
            cell.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT if across else PP_ALIGN.LEFT
            cell.margin_left = cell.margin_right = Inches(_CELL)
            cell.margin_top = cell.margin_bottom = Pt(1)
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            alike[form] = cell._tc
