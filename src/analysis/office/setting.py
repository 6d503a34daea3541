"""What Word and PDF share when they set a manuscript: how a block is numbered, and which pages are turned."""

from __future__ import annotations

from analysis.labels import Catalogue
from analysis.office.manuscript import (
    FigureBlock,
    Heading,
    Manuscript,
    ManuscriptBlock,
    Paragraph,
    TableBlock,
)
from analysis.tables.fitting import LANDSCAPE, PORTRAIT, fit

UPRIGHT, LYING = LANDSCAPE / 2.54, PORTRAIT / 2.54
"""Heights of the text on an upright and on a turned page, in inches: each is as tall as the other is wide."""


def kind_of(block: FigureBlock | TableBlock) -> str:
    """Return ``figure`` or ``table``."""
    return "figure" if isinstance(block, FigureBlock) else "table"


def number_parts(block: FigureBlock | TableBlock, labels: Catalogue) -> tuple[str, str]:
    """Return what stands before and after a block's number: ``Figure`` and `` (Figure 15 of the source)``.

    A block that the source document does not number has its own number only.
    """
    before, after = labels(f"numbering.{kind_of(block)}", number="\0").split("\0")
    origin = block.chart.number if isinstance(block, FigureBlock) else block.table.number
    return before, after + (labels("manuscript.of_source", number=origin) if origin else "")


def numbered_blocks(manuscript: Manuscript) -> dict[str, list[FigureBlock] | list[TableBlock]]:
    """Return figures and tables by their kind; a kind of which there are none is left out."""
    listed: dict[str, list[FigureBlock] | list[TableBlock]] = {
        "figure": manuscript.figures(),
        "table": manuscript.tables(),
    }
    return {kind: blocks for kind, blocks in listed.items() if blocks}


def reference(number: int, labels: Catalogue) -> tuple[str, str, str]:
    """Return a reference to a figure in a sentence: opening bracket, ``Figure 3``, closing bracket."""
    opening, closing = labels("label.in_brackets", first="", second="\0").split("\0")
    return opening, labels("numbering.figure", number=str(number)), closing


def pieces(block: Paragraph) -> list[tuple[str, int | None]]:
    """Return a paragraph's text up to each figure that it mentions, with its number; then the rest."""
    starts = (0, *(place for place, _ in block.mentions))
    ends = (*(place for place, _ in block.mentions), len(block.text))
    numbers = (*(number for _, number in block.mentions), None)
    return [(block.text[start:end], number) for start, end, number in zip(starts, ends, numbers, strict=True)]


def turned(blocks: tuple[ManuscriptBlock, ...]) -> tuple[bool, ...]:
    """Return for each block whether it stands on a turned page.

    A wide table does, with the headings and sentences that lead to it and the small notes that follow it,
    so that neither stands alone on an upright page.
    """
    lie = [isinstance(block, TableBlock) and fit(block.table).landscape for block in blocks]
    for place in range(1, len(blocks)):
        block = blocks[place]
        lie[place] = lie[place] or (isinstance(block, Paragraph) and block.small and lie[place - 1])
    for place in range(len(blocks) - 2, -1, -1):
        lie[place] = lie[place] or (_leads(blocks[place], blocks[place + 1]) and lie[place + 1])
    return tuple(lie)


def _leads(block: ManuscriptBlock, following: ManuscriptBlock) -> bool:
    """Whether a block is to stand on the page of the one that follows it."""
    if isinstance(block, Heading):
        return not isinstance(following, Heading) or following.level > block.level
    return isinstance(block, Paragraph) and not block.small and isinstance(following, TableBlock)
