"""The report for Word: headings, sentences, numbered figures and tables with captions, lists, sources."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping

from analysis.labels import Catalogue
from analysis.office.charts import equivalent
from analysis.office.contents import Entry, add_bookmark, add_contents, add_list, count_on_opening
from analysis.office.heights import AFTER_CLOSE, AFTER_TITLE, WordHeights
from analysis.office.manuscript import FigureBlock, Heading, Manuscript, ManuscriptBlock, TableBlock
from analysis.office.paging import settings
from analysis.office.setting import kind_of, number_parts, numbered_blocks, pieces, reference, turned
from analysis.office.word_charts import ChartSize, add_chart, lines_beneath
from analysis.printed.printable import ResolvedChart
from analysis.tables.fitting import fit
from analysis.tables.markup import foot
from analysis.tables.word_tables import add_grid, add_lines, document_bytes, new_document, turn

_EMU = 914400
_STRONG = re.compile(r"\*\*(.+?)\*\*")


def word_report(manuscript: Manuscript, pictures: Mapping[str, bytes]) -> bytes:
    """Return the report as a Word file.

    Contents, lists and captions are fields of Word's own with their entries and numbers written in, charts
    can be edited, each has its words, headings of tables are repeated on each page, and wide tables stand on
    turned pages.

    Parameters
    ----------
    manuscript : Manuscript
    pictures : mapping
        PNG files by the chart's id, of charts that are not to be drawn by Word itself.

    Raises
    ------
    MissingPackage
        When python-docx is not installed, or python-pptx, which makes charts that can be edited.
    """
    return _Report(manuscript, pictures).content()


class _Report:
    """A report being set."""

    def __init__(self, manuscript: Manuscript, pictures: Mapping[str, bytes]):
        self.manuscript, self.pictures = manuscript, pictures
        self.document = new_document(
            manuscript.title, manuscript.language, manuscript.author, manuscript.subject
        )
        self.turned = turned(manuscript.blocks)
        shapes = {name: _shape(content) for name, content in pictures.items()}
        self.labels = Catalogue(manuscript.language)
        self.settings = settings(
            manuscript.blocks,
            lambda lies: [WordHeights(self.labels, lies, shapes, narrow) for narrow in (False, True)],
        )
        self.breaks = {first for first, setting in self.settings.values() if setting.breaks}
        self.bookmarks = 0
        self.lies = False  # whether the page that is written on is turned

    def content(self) -> bytes:
        """Return the file."""
        document, manuscript = self.document, self.manuscript
        document.add_heading(manuscript.title, 0)
        document.add_paragraph(manuscript.subtitle)
        add_lines(document, list(manuscript.notes))
        self._contents()
        for place, (block, lies) in enumerate(zip(manuscript.blocks, self.turned, strict=True)):
            if lies != self.lies:
                self._turn()
            before = len(document.paragraphs) if place in self.breaks else None
            self._block(place, block)
            if before is not None:
                document.paragraphs[before].paragraph_format.page_break_before = True
        if self.lies:
            self._turn()
        self._end()
        self._page_numbers()
        count_on_opening(document)
        return document_bytes(document)

    def _contents(self) -> None:
        """Append the contents, as Word would find them."""
        headings = [
            Entry(block.text, f"_Toc{place:06d}", block.level)
            for place, block in enumerate((*self.manuscript.blocks, *self._closing()))
            if isinstance(block, Heading) and block.level < 3
        ]
        add_contents(self.document, self.labels("page.contents"), headings)

    def _closing(self) -> list[Heading]:
        """Return the headings of what stands at the end: lists of figures and tables, sources."""
        named = (*(f"{kind}s" for kind in numbered_blocks(self.manuscript)), "sources")
        return [Heading(1, self.labels(f"manuscript.{name}")) for name in named]

    def _end(self) -> None:
        """Append the lists of figures and tables, as Word would find them, and the sources on one page."""
        manuscript = self.manuscript
        headings = enumerate(self._closing(), len(manuscript.blocks))
        for (kind, blocks), (place, heading) in zip(
            numbered_blocks(manuscript).items(), headings, strict=False
        ):
            self._heading(place, heading).paragraph_format.page_break_before = False
            entries = [Entry(self._numbered(block), f"{kind}_{block.number}") for block in blocks]
            field = f'TOC \\h \\z \\c "{kind.capitalize()}"'
            add_list(self.document, field, "table of figures", entries)
        place, heading = next(headings)
        self._heading(place, heading).paragraph_format.page_break_before = False
        for number, source in enumerate(manuscript.sources, 1):
            paragraph = self.document.add_paragraph(source)
            paragraph.paragraph_format.keep_with_next = number < len(manuscript.sources)

    def _numbered(self, block: FigureBlock | TableBlock) -> str:
        before, after = number_parts(block, self.labels)
        return f"{before}{block.number}{after}. {block.caption}"

    def _block(self, place: int, block: ManuscriptBlock) -> None:
        if isinstance(block, Heading):
            self._heading(place, block)
        elif isinstance(block, FigureBlock):
            self._figure(block, self.settings[place][1].size)
        elif isinstance(block, TableBlock):
            self._caption(block)
            _, setting = self.settings[place]
            add_grid(self.document, block.table, fit(block.table), whole=setting.whole, close=setting.close)
            add_lines(self.document, foot(block.table))
        elif block.small:
            add_lines(self.document, [block.text])
        else:
            paragraph = self.document.add_paragraph()
            for text, figure in pieces(block):
                _rich(paragraph, text)
                if figure is not None:
                    self._refer(paragraph, figure)
            if block.close:
                paragraph.paragraph_format.line_spacing = 1.0
                paragraph.paragraph_format.space_after = round(AFTER_CLOSE * _EMU / 72)
            following = self.manuscript.blocks[place + 1 : place + 2]
            paragraph.paragraph_format.keep_with_next = any(
                isinstance(next_block, TableBlock) for next_block in following
            )

    def _refer(self, paragraph, figure: int) -> None:
        """Append ``(Figure 3)``, a field that follows the figure's number and leads to it."""
        opening, named, closing = reference(figure, self.labels)
        paragraph.add_run(opening)
        _field(paragraph, f"REF _Ref_figure_{figure} \\h", named)
        paragraph.add_run(closing)

    def _heading(self, place: int, block: Heading):
        heading = self.document.add_heading(block.text, block.level)
        heading.paragraph_format.page_break_before = block.level == 1
        heading.paragraph_format.keep_with_next = True
        self._mark(heading, f"_Toc{place:06d}")
        return heading

    def _mark(self, paragraph, name: str) -> None:
        self.bookmarks += 1
        add_bookmark(paragraph, name, self.bookmarks)

    def _figure(self, block: FigureBlock, size: ChartSize) -> None:
        self._caption(block)
        if block.chart.id in self.pictures:
            self._picture(block.chart, size)
            return
        for text, points, strong in ((block.chart.headline, 11, True), (block.chart.subtitle, 9, False)):
            if text:
                paragraph = self.document.add_paragraph()
                paragraph.paragraph_format.keep_with_next = True
                paragraph.paragraph_format.space_after = round(AFTER_TITLE * _EMU / 72)
                run = paragraph.add_run(text)
                run.bold, run.font.size = strong, points * _EMU // 72
        chart = equivalent(block.chart)
        add_chart(self.document, chart, size)
        add_lines(self.document, lines_beneath(chart))

    def _picture(self, chart: ResolvedChart, size: ChartSize) -> None:
        from docx.oxml.ns import qn

        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.line_spacing = 1.0
        picture = paragraph.add_run().add_picture(io.BytesIO(self.pictures[chart.id]))
        picture.width, picture.height = round(size.width * _EMU), round(size.height * _EMU)
        properties = picture._inline.find(qn("wp:docPr"))
        properties.set("name", chart.id)
        properties.set("descr", chart.alt)
        picture._inline.graphic.graphicData.pic.nvPicPr.cNvPr.set("name", f"{chart.id}.png")

    def _caption(self, block: FigureBlock | TableBlock) -> None:
        """Append ``Figure 3 (Figure 15 of the source). Title`` with a number that Word counts."""
        before, after = number_parts(block, self.labels)
        kind = kind_of(block)
        paragraph = self.document.add_paragraph(style="Caption")
        paragraph.paragraph_format.keep_with_next = True
        if kind == "figure":
            paragraph.paragraph_format.space_after = round(AFTER_TITLE * _EMU / 72)
        paragraph.add_run(before)
        _field(paragraph, f"SEQ {kind.capitalize()} \\* ARABIC", str(block.number))
        self._mark(paragraph, f"_Ref_{kind}_{block.number}")
        paragraph.add_run(f"{after}. {block.caption}")
        self._mark(paragraph, f"{kind}_{block.number}")

    def _turn(self) -> None:
        from docx.enum.section import WD_SECTION

        turn(self.document.add_section(WD_SECTION.NEW_PAGE))
        self.lies = not self.lies

    def _page_numbers(self) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        paragraph = self.document.sections[0].footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _field(paragraph, "PAGE", "1")


def _shape(picture: bytes) -> tuple[float, float]:
    """Return the width and height of a picture in inches, by its own resolution."""
    from docx.image.image import Image

    opened = Image.from_blob(picture)
    return opened.width / _EMU, opened.height / _EMU


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
