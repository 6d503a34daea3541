"""A computation in words."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.checking.combined import CombinedValue
from analysis.labels import Catalogue


def combined_in_words(made: CombinedValue, operands: Sequence[str], labels: Catalogue) -> str:
    """Return a computation in words."""
    if made.how == "count":
        level, *scope = made.counted
        nodes = [labels(f"level.{level}") if f"level.{level}" in labels else level, *scope[1:]]
        return labels(f"draft.combined.count_{made.condition}", counted=" ".join(nodes))
    *first, last = operands
    parts = {"first": " + ".join(first) or last, "second": last, "operands": " + ".join(operands)}
    return labels(f"draft.combined.{made.how}", **parts)
