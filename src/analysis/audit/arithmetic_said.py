"""What a check computes, in a clause of any language: "101.1 of 147.4 is 68.6%, which rounds to 69%"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from analysis.audit.judging import COUNTED, OTHER_PRINTING, Audit, Check, places, printed_number
from analysis.audit.statements import number_text, with_unit
from analysis.labels import Catalogue
from analysis.labels.places import place_words
from analysis.quantities import Value, evaluate
from analysis.quantities.expression import Compared, Phrased, Selection
from analysis.quantities.intervals import precision
from analysis.rounding import round_half_up

TWO_OPERANDS = ("share", "change", "difference", "point_change")


def comes_to(check: Check, audit: Audit, labels: Catalogue) -> str:
    """Return what the gravest check comes to, as a clause, with the rounding that leads to print.

    A missing value is said to be missing.
    """
    quantity, recorded, recomputed = check.claim.quantity, audit.recorded, check.recomputed
    row = recorded[check.claim.table].records[check.claim.row]
    if row.get("first_printed"):
        return labels("comes.two_places", first=row["first_printed"], second=row["second_printed"])
    if recomputed.missing:
        return labels("comes.missing")
    if isinstance(quantity, Compared):
        left, right = operands([evaluate(side, recorded) for side in quantity.parts()], labels)
        key = "comes.holds" if recomputed.value else "comes.fails"
        return labels(
            key, left=left, right=right, relation=labels(f"relation.{relation_word(quantity.relation)}")
        )
    printed = printed_number(check.claim, recorded)
    digits = precision(*printed) if printed else 0
    said = number_clause(check, audit, labels)
    rounded = round_half_up(recomputed.value, digits)
    if printed and not printed[3] and rounded != round_half_up(recomputed.value, digits + 1):
        said += labels("comes.rounds", rounded=with_unit(rounded, recomputed.unit, labels, 3))
    return said


def number_clause(check: Check, audit: Audit, labels: Catalogue) -> str:
    """Return what a check of a number comes to, to one decimal more than is printed; the value is there."""
    recorded, quantity = audit.recorded, check.claim.quantity
    printed = printed_number(check.claim, recorded)
    digits = (precision(*printed) if printed else 0) + 1
    value = with_unit(round_half_up(check.recomputed.value, digits), check.recomputed.unit, labels, 3)
    if isinstance(quantity, Phrased) and quantity.word in TWO_OPERANDS:
        first, second = operands([evaluate(operand, recorded) for operand in quantity.named], labels)
        return labels(f"comes.{quantity.word}", first=first, second=second, value=value)
    if isinstance(quantity, Phrased) and quantity.word == "rank":
        return labels("comes.rank", value=value)
    if check.way == OTHER_PRINTING:
        table, row = next(iter(places(quantity, recorded)))
        place = place_words(recorded[table].records[row]["place"], labels).text
        return labels("comes.other_printing", place=place, value=value)
    if check.way == COUNTED:
        return labels("comes.counted", value=value)
    if isinstance(quantity, Selection) and quantity.how == "sum":
        summed = len(quantity.selected(recorded))
        if summed > 1:
            return labels("comes.sum", number=str(summed), value=value)
    return labels("comes.plain", value=value)


def operands(sides: Sequence[Value], labels: Catalogue, decimals: int = 3) -> tuple[str, str]:
    """Return two operands; in one unit that is no per cent the first goes without it."""
    left, right = sides
    alike = left.unit == right.unit and left.unit != "percent"
    return _said(left, labels, decimals, plain=alike), _said(right, labels, decimals)


def _said(value: Value, labels: Catalogue, decimals: int, plain: bool = False) -> str:
    if value.missing:
        return labels("comes.missing")
    write = number_text if plain else partial(with_unit, name=value.unit)
    return write(value.value, labels=labels, decimals=decimals)


def relation_word(relation: str) -> str:
    """Return the name of a relation in the labels."""
    return {">": "more", "<": "less", ">=": "at_least", "<=": "at_most", "=": "equal"}[relation]
