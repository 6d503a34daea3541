"""What every rule of a headline works with: quantities that are not missing, and what is said of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from analysis.exhibits.said import SaidLabel, SaidNumber
from analysis.framework import Framework
from analysis.quantities import Quantity, Recorded, Value, constant, evaluate
from analysis.rounding import round_half_up

PERCENT, POINTS = "percent", "percentage_points"

Slots = dict[str, SaidNumber | SaidLabel]


@dataclass(frozen=True)
class Headline:
    """What a chart or a table says first.

    Attributes
    ----------
    rule : str
        The rule that found it; its words are the label ``headline.<rule>``.
    slots : dict
        What stands in the sentence's places: numbers and labels by name.
    """

    rule: str
    slots: Slots


@dataclass(frozen=True)
class Held:
    """A category with a quantity that is not missing.

    Attributes
    ----------
    key : str
    quantity : Quantity
    value : Value
    whole : bool
        Whether the category is a whole of which others are the parts: it stands in no race with them.
    """

    key: str
    quantity: Quantity
    value: Value
    whole: bool = False


def _number(cell: Quantity | str | None, recorded: Recorded) -> Value | None:
    if not isinstance(cell, Quantity):
        return None
    value = evaluate(cell, recorded)
    return None if value.missing or value.unit == "truth" else value


def held_of(keys: Sequence[str], quantities: Sequence[Quantity | None], recorded: Recorded) -> list[Held]:
    """Return the quantities that are not missing, each with its key and its value."""
    rows = []
    for key, quantity in zip(keys, quantities, strict=True):
        value = _number(quantity, recorded)
        if quantity is not None and value is not None:
            rows.append(Held(key, quantity, value, _is_whole(key, recorded)))
    return rows


def _is_whole(key: str, recorded: Recorded) -> bool:
    dimension, _, code = key.rpartition(".")
    return Framework.of(recorded).is_whole(dimension, code)


def label_of_row(one: Held, rows: Sequence[Held], decimals: int) -> SaidLabel:
    """Return the label of a row, "among others" where further ones print the same number."""
    return SaidLabel(one.key, others=sum(prints_alike(row, one, decimals) for row in rows) > 1)


def prints_alike(one: Held, other: Held, decimals: int) -> bool:
    """Return whether two numbers print alike."""
    return rounded(one.value.value, decimals) == rounded(other.value.value, decimals)


def rounded(number: Fraction, decimals: int) -> Fraction:
    """Return a number as it is printed."""
    return Fraction(round_half_up(number, decimals))


def count_of(number: int) -> SaidNumber:
    """Return how many of what is drawn a rule has found."""
    return SaidNumber(constant(number, "count"))


def rises_falls_and_largest(
    moves: list[Fraction], of: tuple[SaidLabel, SaidLabel], most: SaidNumber, rule: str = "moves"
) -> Headline:
    """Return how many changes are rises and how many falls, and the largest with what it is of.

    Of ``apart``, how many lie above and below what they are set against.
    """
    return Headline(rule, rises_and_falls(moves) | {"first": of[0], "second": of[1], "most": most})


def rises_and_falls(moves: list[Fraction]) -> Slots:
    """Return how many changes there are, how many of them are rises and how many falls."""
    rose, fell = count_of(sum(move > 0 for move in moves)), count_of(sum(move < 0 for move in moves))
    return {"rose": rose, "fell": fell, "all": count_of(len(moves))}
