"""Practice drafts as Word files and slides: made of their Markdown, which keeps the gold readable."""

from __future__ import annotations

import re
from pathlib import Path
from xml.sax.saxutils import escape

from analysis.checking.judging.checked import Checked

# A footnote's mark ends its paragraph; the footnote itself is a line that begins with the mark and a colon.
_NOTE = re.compile(r"\[\^(\d+)\]$")
_NOTE_TEXT = re.compile(r"\[\^(\d+)\]: (.*)")
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def made_of(text: str, name: str, folder: Path) -> Path:
    """Write a draft as its name says (``.docx.md`` as Word, ``.pptx.md`` as slides); return its path."""
    stem, _, inner = name.removesuffix(".md").rpartition(".")
    if not name.endswith(".md") or inner not in ("docx", "pptx"):
        path = folder / name
        path.write_text(text, encoding="utf-8")
        return path
    path = folder / f"{stem}.{inner}"
    (_word if inner == "docx" else _slides)(text, path)
    return path


def _word(text: str, path: Path) -> None:
    import docx

    document, table = docx.Document(), None
    notes = _NOTE_TEXT.findall(text)
    for line in text.split("\n"):
        if _NOTE_TEXT.match(line):
            continue
        if line.startswith("|"):
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            if set("".join(cells)) <= set("-: "):
                continue
            if table is None:
                table = document.add_table(rows=0, cols=len(cells))
            for cell, told in zip(table.add_row().cells, cells, strict=True):
                cell.text = told
        elif line.strip():
            table = None
            if line.startswith("# "):
                document.add_heading(line[2:], level=1)
            else:
                paragraph = document.add_paragraph(_NOTE.sub("", line))
                if mark := _NOTE.search(line):
                    _refer(paragraph, mark[1])
    if notes:
        _footnotes(document, notes)
    document.save(str(path))


def _refer(paragraph, number: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), number)
    paragraph.add_run()._r.append(reference)


def _footnotes(document, notes: list[tuple[str, str]]) -> None:
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    told = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:footnoteRef/></w:r><w:r>'
        f'<w:t xml:space="preserve">{escape(note)}</w:t></w:r></w:p></w:footnote>'
        for number, note in notes
    )
    part = Part(
        PackURI("/word/footnotes.xml"),
        CONTENT_TYPE.WML_FOOTNOTES,
        f'<w:footnotes xmlns:w="{_W}">{told}</w:footnotes>'.encode(),
        document.part.package,
    )
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _slides(text: str, path: Path) -> None:
    import pptx

    deck = pptx.Presentation()
    slide = None
    for line in filter(str.strip, text.split("\n")):
        if line.startswith("# "):
            slide = deck.slides.add_slide(deck.slide_layouts[1])
            slide.shapes.title.text = line[2:]
        elif slide is not None and line.startswith("> "):
            slide.notes_slide.notes_text_frame.text = line[2:]
        elif slide is not None:
            frame = slide.placeholders[1].text_frame
            told = frame.paragraphs[0] if not frame.text else frame.add_paragraph()
            told.text = line.removeprefix("- ")
    deck.save(str(path))


def places(text: str, checked: list[Checked]) -> list[tuple[int, Checked]]:
    """Return where each number stands in the Markdown of a draft, whose blocks follow one another in it."""
    starts = [0, *(at + 1 for at, sign in enumerate(text) if sign == "\n")]
    found, last = [], 0
    for each in checked:
        line, column = each.where
        if line:
            found.append((starts[line - 1] + column - 1, each))
        else:
            last = text.index(each.block.text, min(last, len(text)))
            found.append((last + each.start, each))
    return found
