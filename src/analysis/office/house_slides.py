"""Slides of the package in an organisation's own template: its master, layouts, fonts and size of a slide."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from analysis.office.restyling import StyleError, theme_fonts
from analysis.office.slides import HEIGHT, MARGIN, SUBTITLE_TOP, WIDTH, fitting
from analysis.printed.archives import still
from analysis.reading.archives import check_archive
from analysis.reading.blocks import DocumentError

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.shapes.placeholder import LayoutPlaceholder
    from pptx.slide import Slide, SlideLayout

DECK = "ppt/presentation.xml"
OURS = "Title Only"
"""The layout of the package's slides, which a theme file gives another name."""
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_INCH = 914400
_TITLE, _INSIDE = 44.0, 0.2
_SMALLEST = 700
_BELOW = 0.08
"""What stays free under the title and at the foot of a slide, as a share of the margin's height."""


class _Area(NamedTuple):
    """Where something lies on a slide, in Office's units."""

    left: int
    top: int
    width: int
    height: int


def restyled_slides(deck: Path, template: Path, layouts: Mapping[str, str]) -> bytes:
    """Return the slides of a deck on a layout of a template.

    Titles stand where the layout has them, in its letters; charts, tables and small lines fill the room
    that the layout gives to content, or the room under its title. Charts take the fonts of the theme; their
    colours, which tell series apart, stay. The template's own slides are not taken over.

    Parameters
    ----------
    deck, template : Path
        PowerPoint files.
    layouts : mapping
        The name of the template's layout for ``Title Only``; empty where it is named so.

    Returns
    -------
    bytes
        Equal files make equal bytes.

    Raises
    ------
    StyleError
        When a file is no PowerPoint file that can be opened, or the template has no such layout, or the
        layout no title; the message lists the layouts that it has.
    """
    ours, house = opened(deck), opened(template)
    layout = layout_of(house, layouts, template)
    with _sound(str(template)):
        room = _room(layout, house)
        _clear(house)
    with _sound(f"{deck} or {template}"):
        about = house.core_properties
        for name in ("title", "author", "subject", "language", "created", "modified", "last_modified_by"):
            value = getattr(ours.core_properties, name)
            if value is not None:
                setattr(about, name, value)
        for number, slide in enumerate(ours.slides, start=1):
            if slide.shapes.title is None:
                raise StyleError(f"{deck}: slide {number} has no title, by which it is laid out; give it one")
            _take_over(slide, house.slides.add_slide(layout), room)
        file = io.BytesIO()
        house.save(file)
        return still(file.getvalue())


@contextmanager
def _sound(files: str) -> Iterator[None]:
    """Tell of damaged files in one sentence: python-pptx and lxml meet them by errors of many kinds."""
    try:
        yield
    except StyleError:
        raise
    except Exception as error:
        raise _damaged(files, error) from None


def opened(path: Path) -> Presentation:
    """Return a PowerPoint file.

    Raises
    ------
    StyleError
        When it is none, or damaged; in one sentence.
    """
    import pptx

    try:
        check_archive(path, DECK)
        with _sound(str(path)):
            return pptx.Presentation(str(path))
    except FileNotFoundError:
        raise StyleError(f"{path}: no such file") from None
    except (OSError, DocumentError) as error:
        raise StyleError(f"{path}: is no PowerPoint file (.pptx) that can be read: {error}") from None


def _damaged(files: str, error: Exception) -> StyleError:
    reason = str(error).splitlines()[0] if str(error) else type(error).__name__
    return StyleError(f"{files}: is damaged: {reason[:300]}; open and save it in PowerPoint")


def layout_of(house: Presentation, layouts: Mapping[str, str], template: Path) -> SlideLayout:
    """Return the layout of a template on which the slides are put.

    Raises
    ------
    StyleError
        When it is not there, or has no title, or the theme names another layout than that of the deck.
    """
    strange = [name for name in layouts if name != OURS]
    if strange:
        raise StyleError(f"{', '.join(strange)} of the theme is no layout of our slides, which have {OURS}")
    wanted = layouts.get(OURS, OURS)
    with _sound(str(template)):
        named = {
            slide_layout.name.casefold(): slide_layout
            for master in house.slide_masters
            for slide_layout in master.slide_layouts
        }
    if wanted.casefold() not in named:
        there = ", ".join(sorted(layout.name for layout in named.values())) or "none"
        raise StyleError(
            f"{template.name} has no layout {wanted!r}; its layouts are {there}. "
            f'Name one of them in a theme: [layouts] "{OURS}" = "…"'
        )
    layout = named[wanted.casefold()]
    with _sound(str(template)):
        if not any(_is_title(place) for place in _places(layout)):
            raise StyleError(f"{template.name}: its layout {wanted!r} has no title; name one that has")
    return layout


def _places(layout: SlideLayout) -> list[LayoutPlaceholder]:
    """Return the places of a layout, its title among them."""
    return [*layout.placeholders]


def _is_title(shape) -> bool:
    from pptx.enum.shapes import PP_PLACEHOLDER

    return shape.placeholder_format.type in (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)


def _room(layout: SlideLayout, house: Presentation) -> _Area:
    """Return the room for content: that of the layout's own place for it, or what is left under the title."""
    from pptx.enum.shapes import PP_PLACEHOLDER

    for shape in _places(layout):
        if shape.placeholder_format.type in (PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.BODY):
            return _Area(shape.left, shape.top, shape.width, shape.height)
    title = next(place for place in _places(layout) if _is_title(place))
    wide, tall = house.slide_width, house.slide_height
    beneath = [
        place.top
        for place in _places(layout)
        if not _is_title(place) and place.top is not None and place.top > tall / 2
    ]
    top = title.top + title.height + round(_BELOW * _INCH)
    bottom = min([*beneath, tall]) - round(_BELOW * _INCH)
    if bottom - top < tall / 3:
        top, bottom = round(tall * 0.25), round(tall * 0.95)
    left = min(title.left, wide // 8)
    return _Area(left, top, wide - 2 * left, bottom - top)


def _clear(house: Presentation) -> None:
    """Take a template's own slides away."""
    from pptx.oxml.ns import qn

    listed = house.slides._sldIdLst
    for entry in list(listed):
        house.part.drop_rel(entry.get(qn("r:id")))
        listed.remove(entry)
    for sections in house.part._element.iter("{*}sectionLst"):
        extension = sections.getparent()
        extension.getparent().remove(extension)


def _take_over(ours: Slide, new: Slide, room: _Area) -> None:
    """Put what a slide holds onto a new one: its title into the layout's, all else into its room."""
    from pptx.shapes.graphfrm import GraphicFrame
    from pptx.util import Emu

    title = new.shapes.title
    title.text_frame.text = ours.shapes.title.text_frame.text
    _fit(title)
    for shape in list(new.placeholders):
        if shape is not title and not _is_title(shape):
            shape._element.getparent().remove(shape._element)
    for shape in ours.shapes:
        if shape._element is ours.shapes.title._element:
            continue
        element = deepcopy(shape._element)
        new.shapes._spTree.append(element)
        placed = new.shapes[-1]
        across, down = room.width / ((WIDTH - 2 * MARGIN) * _INCH), room.height / (_content() * _INCH)
        placed.left = Emu(round(room.left + (shape.left - MARGIN * _INCH) * across))
        placed.top = Emu(round(room.top + (shape.top - SUBTITLE_TOP * _INCH) * down))
        placed.width, placed.height = Emu(round(shape.width * across)), Emu(round(shape.height * down))
        _shrink(element, min(across, down, 1.0))
        if isinstance(shape, GraphicFrame) and shape.has_chart:
            _shrink(shape.chart_part._element, min(across, down, 1.0))
            _bring(shape, element, new)
        elif isinstance(placed, GraphicFrame) and placed.has_table:
            _narrow(placed.table, across, down)


def _fit(title) -> None:
    """Make the letters of a title smaller than its template's where it would run over its place."""
    from pptx.util import Pt

    sized = title.part.slide_layout.slide_master._element.find(f".//{_P}titleStyle//{_A}defRPr[@sz]")
    points = _TITLE if sized is None else int(sized.get("sz")) / 100
    wide, tall = (length / _INCH - _INSIDE for length in (title.width, title.height))
    smaller = fitting(title.text_frame.text, points, wide, tall)
    if smaller < points:
        for run in title.text_frame.paragraphs[0].runs:
            run.font.size = Pt(smaller)


def _shrink(element, share: float) -> None:
    """Make letters smaller by the share by which their place is."""
    for letters in element.iter(f"{_A}rPr", f"{_A}defRPr"):
        if letters.get("sz"):
            letters.set("sz", str(max(round(int(letters.get("sz")) * share), _SMALLEST)))


def _content() -> float:
    """Return the height below the title on a slide of the package, in inches."""
    return HEIGHT - SUBTITLE_TOP - 0.1


def _bring(shape, element, new: Slide) -> None:
    """Relate a chart and its workbook to the new slide, in the fonts of its theme."""
    from pptx.opc.constants import RELATIONSHIP_TYPE
    from pptx.oxml.ns import qn

    part = shape.chart_part
    theme_fonts(part._element)
    reference = element.find(f".//{qn('c:chart')}")
    reference.set(qn("r:id"), new.part.relate_to(part, RELATIONSHIP_TYPE.CHART))


def _narrow(table, across: float, down: float) -> None:
    for column in table.columns:
        column.width = round(column.width * across)
    for row in table.rows:
        row.height = round(row.height * down)
