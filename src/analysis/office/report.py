"""The report for Word: headings, sentences, numbered figures and tables with captions, lists, sources."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping

from analysis.labels import Catalogue
from analysis.office.manuscript import Block, FigureBlock, Heading, Manuscript, TableBlock
from analysis.tables.fitting import fit
from analysis.tables.markup import foot
from analysis.tables.word_tables import add_grid, add_lines, new_document, text_width, turn, written

_TALLEST = 8.6
_EMU = 914400
_STRONG = re.compile(r"\*\*(.+?)\*\*")


def word_report(manuscript: Manuscript, pictures: Mapping[str, bytes]) -> bytes:
    """Return the report as a Word file.

    Captions number themselves (fields of Word's own), pictures have their words, headings of tables are
    repeated on each page, and wide tables stand on turned pages.

    Parameters
    ----------
    manuscript : Manuscript
    pictures : mapping
        PNG files by the chart's id.

    Raises
    ------
    MissingPackage
        When python-docx is not installed.
    """
    return _Report(manuscript, pictures).made()


class _Report:
    """A report being set."""

    def __init__(self, manuscript: Manuscript, pictures: Mapping[str, bytes]):
        self.manuscript, self.pictures = manuscript, pictures
        self.document = new_document(manuscript.title, manuscript.language)
        self.labels = Catalogue(manuscript.language)
        self.bookmarks = 0

    def made(self) -> bytes:
        """Return the file."""
        document, manuscript = self.document, self.manuscript
        document.add_heading(manuscript.title, 0)
        document.add_paragraph(manuscript.subtitle)
        add_lines(document, list(manuscript.notes))
        self._contents()
        for kind, listed in (("figure", manuscript.figures()), ("table", manuscript.tables())):
            self._listed(kind, listed)
        for place, block in enumerate(manuscript.blocks):
            self._block(block, manuscript.blocks[place + 1 : place + 2])
        self._upright()
        document.add_heading(self.labels("manuscript.sources"), 1)
        for source in manuscript.sources:
            document.add_paragraph(source)
        self._page_numbers()
        return written(document)

    def _block(self, block: Block, following: tuple[Block, ...]) -> None:
        if isinstance(block, Heading):
            turned = following and isinstance(following[0], TableBlock) and fit(following[0].table).landscape
            self._turned() if turned else self._upright()
            heading = self.document.add_heading(block.text, block.level)
            heading.paragraph_format.page_break_before = block.level == 1
            heading.paragraph_format.keep_with_next = True
        elif isinstance(block, FigureBlock):
            self._figure(block)
        elif isinstance(block, TableBlock):
            self._table(block)
        elif block.small:
            add_lines(self.document, [block.text])
        else:
            _rich(self.document.add_paragraph(), block.text)

    def _figure(self, block: FigureBlock) -> None:
        from docx.oxml.ns import qn
        from docx.shared import Inches

        self._upright()
        self._caption("figure", block)
        paragraph = self.document.add_paragraph()
        picture = paragraph.add_run().add_picture(io.BytesIO(self.pictures[block.chart.id]))
        scale = min(text_width(self.document) * _EMU / picture.width, Inches(_TALLEST) / picture.height, 1.0)
        picture.width, picture.height = round(picture.width * scale), round(picture.height * scale)
        properties = picture._inline.find(qn("wp:docPr"))
        properties.set("name", block.chart.id)
        properties.set("descr", block.chart.alt)
        picture._inline.graphic.graphicData.pic.nvPicPr.cNvPr.set("name", f"{block.chart.id}.png")

    def _table(self, block: TableBlock) -> None:
        fitted = fit(block.table)
        self._turned() if fitted.landscape else self._upright()
        self._caption("table", block)
        add_grid(self.document, block.table, fitted)
        add_lines(self.document, foot(block.table))

    def _caption(self, kind: str, block: FigureBlock | TableBlock) -> None:
        """Append ``Figure 3. Title`` with a number that Word counts, and a bookmark for the list."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        before, after = self.labels(f"numbering.{kind}", number="\0").split("\0")
        paragraph = self.document.add_paragraph(style="Caption")
        paragraph.paragraph_format.keep_with_next = True
        self.bookmarks += 1
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for mark in (start, end):
            mark.set(qn("w:id"), str(self.bookmarks))
        start.set(qn("w:name"), f"{kind}_{block.number}")
        paragraph._p.append(start)
        paragraph.add_run(before)
        _field(paragraph, f"SEQ {kind.capitalize()} \\* ARABIC", str(block.number))
        paragraph.add_run(f"{after}. {block.caption}")
        paragraph._p.append(end)

    def _contents(self) -> None:
        """Append the contents: the headings of the notebooks and their sections, linked."""
        self.document.add_heading(self.labels("page.contents"), 1)
        first = True
        for block in self.manuscript.blocks:
            if isinstance(block, Heading) and block.level < 3:
                paragraph = self.document.add_paragraph(block.text)
                paragraph.paragraph_format.space_after = 0
                paragraph.paragraph_format.left_indent = (block.level - 1) * _EMU // 4
                paragraph.runs[0].bold = block.level == 1
                if block.level == 1 and not first:
                    paragraph.paragraph_format.space_before = _EMU // 12
                first = False

    def _listed(self, kind: str, listed: list) -> None:
        """Append the list of figures or of tables; each entry leads to its caption."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        if not listed:
            return
        self.document.add_heading(self.labels(f"manuscript.{kind}s"), 1)
        for block in listed:
            paragraph = self.document.add_paragraph()
            paragraph.paragraph_format.space_after = 0
            link = OxmlElement("w:hyperlink")
            link.set(qn("w:anchor"), f"{kind}_{block.number}")
            number = self.labels(f"numbering.{kind}", number=str(block.number))
            run = paragraph.add_run(f"{number}. {block.caption}")
            link.append(run._r)
            paragraph._p.append(link)

    def _turned(self) -> None:
        if not self._lies():
            self._turn()

    def _upright(self) -> None:
        if self._lies():
            self._turn()

    def _lies(self) -> bool:
        section = self.document.sections[-1]
        return section.page_width > section.page_height

    def _turn(self) -> None:
        from docx.enum.section import WD_SECTION

        turn(self.document.add_section(WD_SECTION.NEW_PAGE))

    def _page_numbers(self) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        paragraph = self.document.sections[0].footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _field(paragraph, "PAGE", "1")


def _field(paragraph, instruction: str, shown: str) -> None:
    """Append a field of Word's own with the result that is shown until Word counts again."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), f" {instruction} ")
    field.append(paragraph.add_run(shown)._r)
    paragraph._p.append(field)


def _rich(paragraph, text: str) -> None:
    """Append a text in which ``**`` marks strong words."""
    for place, part in enumerate(_STRONG.split(text)):
        if part:
            paragraph.add_run(part).bold = bool(place % 2)
