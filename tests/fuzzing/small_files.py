"""Word files and slides of a few hundred letters, so that a change at random meets what is read."""

from __future__ import annotations

import io
import zipfile

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"

_TYPES = f"""<Types xmlns="{_PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="{_OFFICE}.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="{_OFFICE}.styles+xml"/>
<Override PartName="/word/footnotes.xml" ContentType="{_OFFICE}.footnotes+xml"/>
</Types>"""
_ROOT_RELATIONS = f"""<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="rId1" Type="{_RELATED}/officeDocument" Target="word/document.xml"/></Relationships>"""
_RELATIONS = f"""<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="rId1" Type="{_RELATED}/styles" Target="styles.xml"/>
<Relationship Id="rId2" Type="{_RELATED}/footnotes" Target="footnotes.xml"/></Relationships>"""
_DOCUMENT = f"""<w:document {_W}><w:body>
<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Results of 2020–21</w:t></w:r></w:p>
<w:p><w:r><w:t>In 2020–21, 896 results</w:t></w:r><w:r><w:rPr><w:rStyle w:val="Strong"/></w:rPr>
<w:t xml:space="preserve"> were achieved against a target of 874.</w:t></w:r></w:p>
<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/></w:tblPr><w:tblGrid><w:gridCol w:w="2000"/></w:tblGrid>
<w:tr><w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/><w:gridSpan w:val="2"/></w:tcPr>
<w:p><w:r><w:t>Region</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:tc><w:p><w:r><w:t>Africa</w:t></w:r></w:p></w:tc>
<w:tc><w:p><w:r><w:t>250</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>
<w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440"/></w:sectPr></w:body></w:document>"""
_STYLES = f"""<w:styles {_W}>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>
<w:rPr><w:lang w:val="en-GB"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>
<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/></w:style>
<w:style w:type="table" w:styleId="Grid"><w:name w:val="Table Grid"/></w:style></w:styles>"""
_NOTES = f"""<w:footnotes {_W}><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>
<w:footnote w:id="1"><w:p><w:r><w:t>Of 2,010 in all.</w:t></w:r></w:p></w:footnote></w:footnotes>"""


def word() -> bytes:
    """Return a Word file of one heading, one paragraph, one table and one note."""
    return _zipped(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": _ROOT_RELATIONS,
            "word/document.xml": _DOCUMENT,
            "word/styles.xml": _STYLES,
            "word/_rels/document.xml.rels": _RELATIONS,
            "word/footnotes.xml": _NOTES,
        }
    )


def deck(*layouts: int) -> bytes:
    """Return slides on the layouts of these numbers, with a title where they have one."""
    from pptx import Presentation

    made, written = Presentation(), io.BytesIO()
    for number in layouts:
        slide = made.slides.add_slide(made.slide_layouts[number])
        if slide.shapes.title is not None:
            slide.shapes.title.text = "Results"
    made.save(written)
    return written.getvalue()


def slides(whole: bytes) -> bytes:
    """Return a deck without its theme's and its layouts' shapes, and with the first layouts alone."""
    from pptx import Presentation

    deck = Presentation(io.BytesIO(whole))
    layouts = deck.slide_layouts
    used = {slide.slide_layout.part.partname for slide in deck.slides}
    for layout in list(layouts):
        if layout.part.partname not in used:
            layouts.remove(layout)
    for layout in layouts:
        for shape in list(layout.placeholders)[1:]:
            shape._element.getparent().remove(shape._element)
    written = io.BytesIO()
    deck.save(written)
    return written.getvalue()


def _zipped(parts: dict[str, str]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}')
    return written.getvalue()
