"""How tall the blocks of a report stand in Word, estimated from their letters. All heights are in inches."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, islice

from analysis.labels import Catalogue
from analysis.office.charts import equivalent
from analysis.office.manuscript import FigureBlock, Heading, Paragraph, TableBlock
from analysis.office.setting import LYING, UPRIGHT, number_parts
from analysis.office.word_charts import ChartSize, lines_beneath, sizes
from analysis.pictures.fonts import LATIN
from analysis.pictures.lettering import Letters
from analysis.printed.printable import ResolvedTable
from analysis.tables.fitting import INSIDE, LANDSCAPE, PORTRAIT, Fit, ems, fit
from analysis.tables.markup import foot, lead, units_below

_LETTERS, _LATIN_LINE = {"zh": 1.45}, {False: 1.165, True: 1.15}
"""Height of a line in its letters' size where they are not Latin, and of Latin ones, wide and narrow."""
_SPACING, _AFTER = 1.15, 10.0
"""Word's usual space between lines, as a share of their height, and after a paragraph, in points."""
AFTER_TITLE = 4.0
"""What is left after caption, headline and unit of a figure, in points."""
AFTER_CLOSE = 5.0
"""What is left after a paragraph whose lines stand closely, in points."""
_HEADINGS = {1: (14.0, 24.0), 2: (13.0, 10.0), 3: (10.0, 10.0)}
"""Size of a heading's letters and space before it, in points."""
_HAN = "\u2e80"
_WORDS = re.compile(rf"(\s*)([{_HAN}-\uffff]|[^\s{_HAN}-\uffff]+)")
"""Words, and Chinese signs one by one, with the space before them."""
_MEASURED = re.compile("[\0-\u052f\u2000-\u22ff]+")
"""Words of the letters and signs that DejaVu Sans has."""
_STANDING_IN = {bold: Letters((LATIN,), 1.0, "bold" if bold else "normal") for bold in (False, True)}
"""DejaVu Sans, the widest font that stands in for Arial where a machine lacks it, of one point.

A page that begins anew by the plan is left nearly empty by what it was planned to follow, if that is taller
than planned and runs over. So what fits must fit in the widest letters.
"""
AS_ARIAL = {False: 0.874, True: 0.83}
"""How wide Arial's letters are, plain and bold, as a share of the widest."""


@dataclass(frozen=True)
class WordHeights:
    """Heights in a language, on upright pages or turned ones.

    Attributes
    ----------
    labels : Catalogue
    lies : bool
        Whether the pages are turned.
    pictures : mapping
        Width and height in inches, by the chart's id, of charts that Word does not draw itself.
    narrow : bool
        Whether letters are as wide as Arial's; the widest that stand in for it otherwise.
    """

    labels: Catalogue
    lies: bool = False
    pictures: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    narrow: bool = False
    _counted: dict[int, tuple[ResolvedTable, list[int]]] = field(default_factory=dict, repr=False)

    @property
    def room(self) -> float:
        """Height of the text on a page."""
        return LYING if self.lies else UPRIGHT

    @property
    def sure(self) -> float:
        """Share of a page that blocks of estimated heights fill at most."""
        return 0.98

    @property
    def _line(self) -> float:
        return _LETTERS.get(self.labels.language, _LATIN_LINE[self.narrow]) / 72

    def text(self, block: Heading | Paragraph) -> float:
        """Return the height of a heading or a paragraph, with the space around it."""
        if isinstance(block, Heading):
            points, before = _HEADINGS[block.level]
            return self._words(block.text, points, spacing=_SPACING, bold=True) + before / 72
        if block.small:
            return self._small([block.text])
        spacing, after = (1.0, AFTER_CLOSE) if block.close else (_SPACING, _AFTER)
        return self._words(block.text, 10.0, spacing=spacing) + after / 72

    def _words(self, text: str, points: float, *, spacing: float = 1.0, bold: bool = False) -> float:
        wide = (LANDSCAPE if self.lies else PORTRAIT) / 2.54 * 72 / points
        return number_of_lines(text, wide, bold, self.narrow) * points * self._line * spacing

    def _small(self, texts: Sequence[str]) -> float:
        tall = sum(self._words(text, 8.0, spacing=_SPACING) for text in texts)
        return tall + (2 * len(texts) + 14) / 72 if texts else 0.0

    def around(self, block: FigureBlock, pictured: bool) -> float:
        """Return the height of caption, headline, subtitle, and the notes of a figure."""
        chart, caption = block.chart, self._caption(block, AFTER_TITLE)
        if pictured:
            return caption + _AFTER / 72
        heads = ((chart.headline, 11.0), (chart.subtitle, 9.0))
        above = sum(
            self._words(text, points, spacing=_SPACING, bold=points > 10) + AFTER_TITLE / 72
            for text, points in heads
            if text
        )
        return caption + above + _AFTER / 72 + self._small(lines_beneath(equivalent(chart)))

    def offered(self, block: FigureBlock) -> list[tuple[ChartSize, float]]:
        """Return the sizes at which a figure can be read, the largest first, each with the whole height."""
        picture = self.pictures.get(block.chart.id)
        around = self.around(block, picture is not None)
        return [(size, around + size.height) for size in sizes(block.chart, picture)]

    def _caption(self, block: FigureBlock | TableBlock, after: float) -> float:
        before, behind = number_parts(block, self.labels)
        return self._words(f"{before}{block.number}{behind}. {block.caption}", 9.0, bold=True) + after / 72

    def table(self, block: TableBlock, close: float = 1.0) -> float:
        """Return the height of a table with its caption and notes, its lines closer by a share."""
        *_, rows = (0.0, *self.rows(block, close))
        return self._caption(block, _AFTER) + self.head(block) + rows + self._small(foot(block.table))

    def beginning(self, block: TableBlock, rows: int) -> float:
        """Return the height of a table's caption, heading and first rows, which stay together."""
        *_, first = (0.0, *islice(self.rows(block, 1.0), rows))
        return self._caption(block, _AFTER) + self.head(block) + first

    def rows(self, block: TableBlock, close: float) -> Iterable[float]:
        """Return the height of each row with all before it, lines closer by a share."""
        points = fit(block.table).points
        return accumulate(
            deep * points * self._line * _SPACING * close + 0.5 / 72 for deep in self._depths(block.table)
        )

    def head(self, block: TableBlock) -> float:
        """Return the height of a table's heading, which is repeated on each page."""
        table = block.table
        fitted = fit(table)
        texts = [*table.stub, *(column.label for column in table.columns)]
        deep = self._deepest(texts, fitted, bold=True)
        deep += any(column.group for column in table.columns)
        shared = list(units_below(table))
        if len(shared) == len(table.columns):
            deep += self._deepest(["" for _ in table.stub] + [unit for unit, _ in shared], fitted)
        else:
            deep += bool(shared)
        return deep * fitted.points * self._line * _SPACING

    def _depths(self, table: ResolvedTable) -> list[int]:
        """Return how many lines each row takes, counted once; the table is held with them."""
        if id(table) not in self._counted:
            fitted, stub = fit(table), range(len(table.stub))
            depths = [
                self._deepest(
                    [*(lead(row, place, table) for place in stub), *(cell.text for cell in row.cells)],
                    fitted,
                    row.total,
                )
                for row in table.rows
            ]
            self._counted[id(table)] = table, depths
        return self._counted[id(table)][1]

    def _deepest(self, texts: Sequence[str], fitted: Fit, bold: bool = False) -> int:
        return max(
            number_of_lines(text, (wide - INSIDE) / 2.54 * 72 / fitted.points, bold, self.narrow)
            for text, wide in zip(texts, fitted.widths, strict=True)
        )


@lru_cache(maxsize=50_000)
def number_of_lines(text: str, wide: float, bold: bool = False, narrow: bool = False) -> int:
    """Return about how many lines a text takes.

    Parameters
    ----------
    text : str
    wide : float
        Length of a line, in ems.
    bold : bool
        Whether the letters are bold.
    narrow : bool
        Whether they are as wide as Arial's; the widest that stand in for it otherwise.
    """
    letters, share = _STANDING_IN[bold], AS_ARIAL[bold] if narrow else 1.0
    count, reached, space = 1, 0.0, letters.width(" ") * share
    for gap, word in _WORDS.findall(text):
        long = letters.width(word) * share if _MEASURED.fullmatch(word) else ems(word)
        before = space if gap and reached else 0.0
        if reached and reached + before + long > wide:
            count, reached, before = count + 1, 0.0, 0.0
        reached += before + long
        if reached > wide:
            count, reached = count + int(reached // wide), reached % wide
    return count
