"""How tall the blocks of a report stand in the PDF, measured by typst before it sets them, in inches."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from analysis.labels import Catalogue
from analysis.office import typst_blocks
from analysis.office.manuscript import FigureBlock, Heading, Manuscript, Paragraph, TableBlock
from analysis.office.paging import divisible
from analysis.office.setting import LYING, UPRIGHT, turned
from analysis.office.word_charts import ChartSize, sizes
from analysis.tables.fitting import LANDSCAPE, PORTRAIT
from analysis.tables.word_tables import TOGETHER

HEADINGS = {1: (20.0, 0.0, 18.0), 2: (14.0, 22.4, 11.2), 3: (11.0, 17.6, 7.7)}
"""Size of a heading's letters and the space above and below it, in points."""
_AFTER, _AFTER_FIGURE, _AFTER_NOTES = 10.0, 8.4, 14.7
"""What is left after a paragraph, a figure and a table's notes, in points."""


def measuring(manuscript: Manuscript) -> Iterator[str]:
    """Yield typst's lines that measure every block: its place and heights in points, marked ``measured``.

    Of a text its height, of a figure that of its caption, of a table that with its notes; of one that
    may be divided also those of its notes, of its first rows and of its heading.
    """
    labels = Catalogue(manuscript.language)
    for place, (block, lies) in enumerate(zip(manuscript.blocks, turned(manuscript.blocks), strict=True)):
        wide = LANDSCAPE if lies else PORTRAIT
        tall = (f"measure(width: {wide}cm, {part}).height.pt()" for part in _parts(block, labels))
        yield f"#context [#metadata(({place}, ({', '.join(tall)},))) <measured>]"


def _parts(block: Heading | Paragraph | FigureBlock | TableBlock, labels: Catalogue) -> Iterator[str]:
    if isinstance(block, Heading):
        points, _, _ = HEADINGS[block.level]
        yield f"text(size: {points}pt, ..strong-letters, {typst_blocks.typst_string(block.text)})"
    elif isinstance(block, Paragraph):
        yield typst_blocks.paragraph(block, labels, linked=False)
    elif isinstance(block, FigureBlock):
        yield f"{{ {typst_blocks.figure(block, labels, 0)} }}"
    else:
        notes = typst_blocks.notes(block)
        yield f"{{ {typst_blocks.table(block, labels)}; {notes} }}"
        if divisible(block):
            yield notes
            yield f"{{ {typst_blocks.table(block, labels, rows=TOGETHER)} }}"
            yield "\n".join(typst_blocks.typst_table(block.table, rows=0))


@dataclass(frozen=True)
class PdfHeights:
    """Measured heights on upright pages or turned ones.

    Attributes
    ----------
    measured : mapping
        Points by the block's identity, as :func:`measuring` has them measured.
    shapes : mapping
        Width and height of pictures in inches, by the chart's id.
    lies : bool
        Whether the pages are turned.
    """

    measured: Mapping[int, tuple[float, ...]]
    shapes: Mapping[str, tuple[float, float]]
    lies: bool = False

    @property
    def room(self) -> float:
        """Height of the text on a page."""
        return LYING if self.lies else UPRIGHT

    @property
    def sure(self) -> float:
        """Share of a page that blocks of measured heights fill at most."""
        return 0.997

    def text(self, block: Heading | Paragraph) -> float:
        """Return the height of a heading or a paragraph, with the space around it."""
        (tall,) = self.measured[id(block)]
        if isinstance(block, Heading):
            _, above, below = HEADINGS[block.level]
            return (tall + above + below - _AFTER * (block.level > 1)) / 72
        return (tall + (_AFTER_NOTES if block.small else _AFTER)) / 72

    def offered(self, block: FigureBlock) -> list[tuple[ChartSize, float]]:
        """Return the sizes at which a figure can be read, the largest first, each with the whole height."""
        (caption,) = self.measured[id(block)]
        around = (caption + _AFTER_FIGURE) / 72
        return [(size, around + size.height) for size in sizes(block.chart, self.shapes[block.chart.id])]

    def table(self, block: TableBlock, close: float = 1.0) -> float:
        """Return the height of a table with its caption and notes, its lines closer by a share."""
        usual, *_ = self.measured[id(block)]
        spaces = 2 * (len(block.table.rows) + typst_blocks.heading_rows(block.table))
        return (usual + _AFTER_NOTES) / 72 - spaces * typst_blocks.INSET / 2.54 * 2 * (1 - close)

    def beginning(self, block: TableBlock, rows: int) -> float:
        """Return the height of a table's caption, heading and first rows, which stay together."""
        _, _, beginning, _ = self.measured[id(block)]
        return beginning / 72

    def head(self, block: TableBlock) -> float:
        """Return the height of a table's heading, which is repeated on each page."""
        _, _, _, head = self.measured[id(block)]
        return head / 72

    def rows(self, block: TableBlock, close: float) -> Iterable[float]:
        """Return the height of each row with all before it, as if all were equal; lines closer by a share."""
        _, notes, _, _ = self.measured[id(block)]
        number = len(block.table.rows)
        first = self.beginning(block, TOGETHER)
        later = (self.table(block, close) - (_AFTER_NOTES + notes) / 72 - first) / max(number - TOGETHER, 1)
        return (later * (place + 1) for place in range(number))


def shape(picture: bytes) -> tuple[float, float]:
    """Return the width and height of an SVG picture in inches, by its own measure in points."""
    match = re.search(rb'viewBox="0 0 ([\d.]+) ([\d.]+)"', picture)
    wide, tall = (float(group) / 72 for group in match.groups())
    return wide, tall
