"""Pieces of text as they are set on a page, and the lines that they make."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from analysis.reading.blocks import run_together

WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]")
# How wide a letter is on average, and how wide the gap between two cells is at least, in sizes.
LETTER, GAP = 0.5, 1.2


@dataclass(frozen=True)
class SetText:
    """A stretch of text as it is set.

    Attributes
    ----------
    text : str
        With the line breaks that follow it.
    x, y : float
        Where it begins, from the left and from below.
    size : float
    bold : bool
    """

    text: str
    x: float
    y: float
    size: float
    bold: bool = False


@dataclass
class SetLine:
    """Pieces that stand at one height.

    Attributes
    ----------
    pieces : list of SetText
    marks : list of str
        The marks of notes in it, which are not among the pieces.
    opening : str
        The mark with which it begins.
    """

    pieces: list[SetText]
    marks: list[str] = field(default_factory=list)
    opening: str = ""

    @property
    def main(self) -> SetText:
        """The piece that says most."""
        return max(self.pieces, key=letters_of)

    @property
    def text(self) -> str:
        """What it says."""
        return run_together(self.cells())

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(piece.bold for piece in self.pieces)

    @property
    def last_cell(self) -> SetText:
        """The piece with which begins what stands apart last."""
        return self.in_cells()[-1][0]

    def cells(self) -> list[str]:
        """What stands apart in it."""
        return [" ".join("".join(piece.text for piece in cell).split()) for cell in self.in_cells()]

    def in_cells(self) -> list[list[SetText]]:
        """Return its pieces by what stands apart."""
        cells: list[list[SetText]] = [[]]
        reached = self.pieces[0].x
        for piece in self.pieces:
            if any(one.text.strip() for one in cells[-1]) and piece.x - reached > GAP * piece.size:
                cells.append([])
            cells[-1].append(piece)
            letters = sum(2 if WIDE.match(sign) else 1 for sign in piece.text.strip("\n"))
            reached = piece.x + LETTER * piece.size * letters
        return cells


def letters_of(piece: SetText) -> int:
    """Return how many signs a piece has, without white space around it."""
    return len(piece.text.strip())
