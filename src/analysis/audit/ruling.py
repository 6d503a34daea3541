"""What a rule makes: a recomputation in the notation of quantities, and the words to write one."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from analysis.quantities import RecordedTable


@dataclass(frozen=True)
class Ruled:
    """A recomputation that a rule makes.

    Attributes
    ----------
    id : str
        Id of the recorded number, or ``<what is checked>#<check>``.
    text : str
        The quantity, in the notation of ``analysis.quantities.notation``.
    row : int
        Number of the row that is recomputed, or the first of those that are checked.
    """

    id: str
    text: str
    row: int


def call(word: str, table: str, **where: str | Iterable[str]) -> str:
    """Return a selection as text: ``total("report.staff_inputs", figure="I.1")``."""

    def quoted(option: str | Iterable[str]) -> str:
        if isinstance(option, str):
            return json.dumps(option, ensure_ascii=False)
        return json.dumps(list(option), ensure_ascii=False)

    return f'{word}("{table}"' + "".join(f", {name}={quoted(option)}" for name, option in where.items()) + ")"


def grouped(table: RecordedTable, *names: str) -> dict[tuple[str, ...], list[tuple[int, dict[str, str]]]]:
    """Return the rows of a table, with their numbers, by the values of some columns."""
    groups = defaultdict(list)
    for number, row in enumerate(table.records):
        groups[tuple(row[name] for name in names)].append((number, row))
    return groups


def holding(comparisons: list[str]) -> str:
    """Return, as text, that every comparison of several holds."""
    return f'equals(tally({", ".join(comparisons)}), constant({len(comparisons)}, "count"))'
