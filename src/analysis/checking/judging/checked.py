"""A number of a draft with its verdict."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.audit.judging import Judgement
from analysis.checking.judging.verdicts import Verdict
from analysis.reading import Block, PrintedNumber


@dataclass(frozen=True, eq=False)
class Checked:
    """A number of a draft with its verdict.

    Attributes
    ----------
    block : Block
    start, end : int
        Place in the block's text.
    sentence : tuple of int
        Place of its sentence in the block's text.
    number : PrintedNumber
        Counted from the sentence's start.
    verdict : Verdict
    language : str
    finding : Judgement or None
        What the audit finds of the quantity, where the record contradicts itself.
    """

    block: Block
    start: int
    end: int
    sentence: tuple[int, int]
    number: PrintedNumber
    verdict: Verdict
    language: str
    finding: Judgement | None = None

    @property
    def where(self) -> tuple[int, int]:
        """Return line and column in the draft; (0, 0) where it has no lines."""
        return self.block.where(self.start)
