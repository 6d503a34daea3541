"""Contents and lists of figures and tables for Word: fields of its own, with their entries written in.

A reader without Word sees every entry and follows its link; Word counts the pages when it opens the file,
and anew when the reader asks for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_TAB = 9638  # where page numbers end on an upright page, in twentieths of a point: 17 cm


@dataclass(frozen=True)
class Entry:
    """A line of a list: its text, the bookmark that it leads to, its level from 1."""

    text: str
    bookmark: str
    level: int = 1


def add_contents(document, title: str, entries: Sequence[Entry]) -> None:
    """Append the contents: a heading that is itself no part of them, and the chapters and sections."""
    document.add_paragraph(title, style="TOC Heading").paragraph_format.keep_with_next = True
    add_list(document, 'TOC \\o "1-2" \\h \\z', "toc {level}", entries)


def add_list(document, instruction: str, style: str, entries: Sequence[Entry]) -> None:
    """Append a list that Word keeps up to date.

    Parameters
    ----------
    document : docx.document.Document
    instruction : str
        Of the field, in the words of Word.
    style : str
        Of the entries; ``{level}`` stands for their level.
    entries : sequence of Entry
        As Word would find them.
    """
    levels = dict.fromkeys(entry.level for entry in entries)
    styles = {level: _style(document, style.format(level=level), level).style_id for level in levels}
    for place, entry in enumerate(entries):
        paragraph = document.add_paragraph()
        paragraph._p.style = styles[entry.level]
        if place == 0:
            _mark(paragraph, "begin")
            _instruct(paragraph, instruction)
            _mark(paragraph, "separate")
        _link(paragraph, entry)
        if place == len(entries) - 1:
            _mark(paragraph, "end")


def add_bookmark(paragraph, name: str, number: int) -> None:
    """Enclose what a paragraph holds in a bookmark; ``number`` tells bookmarks of a document apart."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    first = next((element for element in paragraph._p if element.tag != qn("w:pPr")), None)
    paragraph._p.append(start) if first is None else first.addprevious(start)
    paragraph._p.append(end)


def count_on_opening(document) -> None:
    """Let Word count pages and numbers when it opens the document."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    update = OxmlElement("w:updateFields")
    update.set(qn("w:val"), "true")
    settings = document.settings.element
    # The schema wants it before the notes' and the compatibility's settings.
    later = ("footnotePr", "endnotePr", "compat", "rsids", "themeFontLang", "clrSchemeMapping")
    after = next(
        (setting for setting in settings if setting.tag in {qn(f"w:{name}") for name in later}), None
    )
    settings.append(update) if after is None else after.addprevious(update)


def _style(document, name: str, level: int):
    """Return a style of Word's lists, made where the document has none: dots lead to the page."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
    from docx.shared import Pt, Twips

    if name in document.styles:
        return document.styles[name]
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    style.base_style = document.styles["Normal"]
    style.font.size = Pt(9)
    form = style.paragraph_format
    form.line_spacing, form.space_after = Pt(10.5), Pt(1)
    form.tab_stops.add_tab_stop(Twips(_TAB), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    if name.startswith("toc"):
        form.left_indent = Twips((level - 1) * 360)
        form.space_before = Pt(3 if level == 1 else 0)
        style.font.bold = level == 1
    return style


def _link(paragraph, entry: Entry) -> None:
    """Append the entry, a tab and the number of its page, which together lead to the bookmark."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    length = len(paragraph._p)
    paragraph.add_run(entry.text)
    paragraph.add_run("\t")
    _mark(paragraph, "begin")
    _instruct(paragraph, f"PAGEREF {entry.bookmark} \\h")
    _mark(paragraph, "separate")
    _mark(paragraph, "end")
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), entry.bookmark)
    link.set(qn("w:history"), "1")
    for element in list(paragraph._p)[length:]:
        link.append(element)
    paragraph._p.append(link)


def _mark(paragraph, kind: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(mark)


def _instruct(paragraph, text: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    words = OxmlElement("w:instrText")
    words.set(qn("xml:space"), "preserve")
    words.text = f" {text} "
    paragraph.add_run()._r.append(words)
