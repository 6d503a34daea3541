"""What a survey breaks of the rules that must hold of it, in a reader's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from analysis.sources import survey_files

SHOWN = 3
"""Example rows and codes shown for each breach."""

ROW = "row"


@dataclass(frozen=True)
class Breach:
    """One rule that the survey breaks.

    Attributes
    ----------
    variable : str
        The harmonised variable.
    message : str
        What is wrong, and what is expected.
    count : int
        How many persons.
    examples : tuple of dict
        Some of their answers, by column; with ``row`` (from 1) where the engine numbers rows.
    """

    variable: str
    message: str
    count: int
    examples: tuple[dict[str, Any], ...] = ()

    def __str__(self) -> str:
        shown = "; ".join(
            ", ".join(
                f"{column} {value!r}" if column != ROW else f"row {value}" for column, value in row.items()
            )
            for row in self.examples
        )
        count = f" ({self.count:,} person{'s' if self.count != 1 else ''})" if self.count else ""
        return f"{self.variable}: {self.message}{count}" + (f", for example {shown}" if shown else "")


class SurveyError(ValueError):
    """A survey that breaks its mapping's rules.

    Attributes
    ----------
    breaches : tuple of Breach
        All of them.
    """

    def __init__(self, title: str, breaches: Sequence[Breach]):
        self.breaches = tuple(breaches)
        listed = "".join(f"\n  {number}. {breach}" for number, breach in enumerate(self.breaches, start=1))
        super().__init__(
            f"{title}: {len(self.breaches)} rule{'s' if len(self.breaches) > 1 else ''} broken; nothing was "
            f"computed{listed}\nComplete the mapping, or correct the survey's file."
        )


def collected(frame: nw.LazyFrame) -> nw.DataFrame:
    """Return what a lazy frame comes to; what the engine says of the file is told as the survey's."""
    with survey_files.in_one_sentence("the survey"):
        if frame.implementation.is_polars():
            return nw.from_native(frame.to_native().collect(engine="streaming"))
        return frame.collect()
