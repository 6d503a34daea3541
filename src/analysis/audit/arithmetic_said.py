"""What a check computes, in a clause of any language: "101.1 of 147.4 is 68.6%, which rounds to 69%"."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from babel.numbers import get_decimal_symbol

from analysis.audit.judging import COUNTED, OTHER_PRINTING, Audit, Check, places, printed_number
from analysis.audit.statements import decimal_text, unit_words
from analysis.labels import Catalogue
from analysis.quantities import Quantity, Value, evaluate
from analysis.quantities.expression import Compared, Phrased, Selection
from analysis.quantities.tables import precision
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
        one, other = (evaluate(side, recorded) for side in quantity.parts())
        left, right = _operands(one, other, labels)
        key = "comes.holds" if recomputed.value else "comes.fails"
        return labels(key, left=left, right=right, relation=labels(f"relation.{_word(quantity.relation)}"))
    printed = printed_number(check.claim, recorded)
    digits = precision(*printed) if printed else 0
    value = _with_unit(round_half_up(recomputed.value, digits + 1), recomputed.unit, labels)
    clause = _clause(quantity, check, audit, value, labels)
    rounded = round_half_up(recomputed.value, digits)
    if printed and not printed[3] and rounded != round_half_up(recomputed.value, digits + 1):
        clause += labels("comes.rounds", rounded=_with_unit(rounded, recomputed.unit, labels))
    return clause


def _clause(quantity: Quantity, check: Check, audit: Audit, value: str, labels: Catalogue) -> str:
    recorded = audit.recorded
    if isinstance(quantity, Phrased) and quantity.word in TWO_OPERANDS:
        one, other = (evaluate(operand, recorded) for operand in quantity.named)
        first, second = _operands(one, other, labels)
        return labels(f"comes.{quantity.word}", first=first, second=second, value=value)
    if isinstance(quantity, Phrased) and quantity.word == "rank":
        return labels("comes.rank", value=value)
    if check.way == OTHER_PRINTING:
        table, row = next(iter(places(quantity, recorded)))
        place = recorded[table].records[row]["place"]
        return labels("comes.other_printing", place=place, value=value)
    if check.way == COUNTED:
        return labels("comes.counted", value=value)
    if isinstance(quantity, Selection) and quantity.how == "sum":
        return labels("comes.sum", number=str(len(quantity.selected(recorded))), value=value)
    return labels("comes.plain", value=value)


def _operands(left: Value, right: Value, labels: Catalogue) -> tuple[str, str]:
    """Return two operands; in one unit that is no per cent the first goes without it."""
    alike = left.unit == right.unit and left.unit != "percent"
    return _said(left, labels, plain=alike), _said(right, labels)


def _said(value: Value, labels: Catalogue, plain: bool = False) -> str:
    if value.missing:
        return labels("comes.missing")
    return _number(value.value, labels) if plain else _with_unit(value.value, value.unit, labels)


def _number(number: Fraction | Decimal, labels: Catalogue) -> str:
    return decimal_text(number, 3).replace(".", get_decimal_symbol(labels("language.locale")))


def _with_unit(number: Fraction | Decimal, name: str, labels: Catalogue) -> str:
    words = unit_words(name, labels)
    return f"{_number(number, labels)}{'' if words == '%' else ' '}{words}"


def _word(relation: str) -> str:
    return {">": "more", "<": "less", ">=": "at_least", "<=": "at_most", "=": "equal"}[relation]
