"""What a check computes, in a clause of any language: "101.1 of 147.4 is 68.6%, which rounds to 69%"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from analysis.audit.judging import COUNTED, OTHER_PRINTING, Audit, Check, places, printed_number
from analysis.audit.statements import CALENDAR_YEAR, bare_number_text, number_with_unit
from analysis.labels import Catalogue
from analysis.labels.places import place_words
from analysis.quantities import Quantity, Value, evaluate
from analysis.quantities.expression import Combined, Compared, Constant, Phrased, Selection, summands
from analysis.quantities.intervals import precision
from analysis.quantities.units import unit
from analysis.rounding import round_half_up

TWO_OPERANDS = ("share", "change", "difference", "point_change")
SIGNS = {"+": "+", "-": "−", "*": "×", "/": "÷"}
RELATIONS = {">": "more", "<": "less", ">=": "at_least", "<=": "at_most", "=": "equal"}
OPPOSITES = {">": "at_most", "<": "at_least", ">=": "less", "<=": "more", "=": "not_equal"}
# Numbers that a sentence can list.
LONGEST = 6


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
    if isinstance(quantity, Compared) and (compared := _all_compared(quantity)):
        count = evaluate(quantity.left, recorded).value
        key = "comes.all_hold" if count == compared else "comes.some_hold"
        return labels(key, held=bare_number_text(count, labels), number=str(compared))
    if isinstance(quantity, Compared):
        sides = [evaluate(side, recorded) for side in quantity.parts()]
        left, right = operands(sides, labels)
        key = "comes.holds" if recomputed.value else "comes.fails"
        relation = RELATIONS[quantity.relation] if recomputed.value else standing(quantity.relation, *sides)
        return labels(key, left=left, right=right, relation=labels(f"relation.{relation}"))
    printed = printed_number(check.claim, recorded)
    digits = precision(*printed) if printed else 0
    clause = number_clause(check, audit, labels)
    rounded = round_half_up(recomputed.value, digits)
    if printed and not printed[3] and rounded != round_half_up(recomputed.value, digits + 1):
        clause += labels("comes.rounds", rounded=number_with_unit(rounded, recomputed.unit, labels, 3))
    return clause


def _all_compared(quantity: Compared) -> int:
    """Return how many comparisons have to hold where a check asks that all of several do; else 0."""
    terms = [term for term in summands(quantity.left) if not _is(term, 0)]
    several = len(terms) > 1 and all(isinstance(term, Compared) for term in terms)
    return len(terms) if several and quantity.relation == "=" and _is(quantity.right, len(terms)) else 0


def number_clause(check: Check, audit: Audit, labels: Catalogue) -> str:
    """Return what a check comes to: a quotient to one decimal more than is printed, all else exactly."""
    recorded, quantity = audit.recorded, check.claim.quantity
    printed = printed_number(check.claim, recorded)
    arithmetic = _arithmetic(quantity, audit, labels)
    whole = check.way in (OTHER_PRINTING, COUNTED) or isinstance(quantity, Selection)
    exact = whole or (arithmetic and SIGNS["/"] not in arithmetic)
    digits = 3 if exact else max((precision(*printed) if printed else 0) + 1, 0)
    value = number_with_unit(round_half_up(check.recomputed.value, digits), check.recomputed.unit, labels, 3)
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
    return (
        labels("comes.arithmetic", made=arithmetic, value=value)
        if arithmetic
        else labels("comes.plain", value=value)
    )


def _arithmetic(quantity: Quantity, audit: Audit, labels: Catalogue) -> str:
    """Return a short sum, difference, product or quotient in signs: "636.1 + 31.6"; else nothing."""
    if isinstance(quantity, Phrased):
        return _arithmetic(quantity.inner, audit, labels)
    terms = list(_terms(quantity))
    if not 1 < len(terms) <= LONGEST or any(isinstance(term, Phrased) for term in terms):
        return ""
    values = [evaluate(term, audit.recorded) for term in terms]
    bare = _bare(values, labels)

    def write(term: Quantity) -> str:
        return _said(evaluate(term, audit.recorded), labels, 3, plain=bare)

    return _in_signs(quantity, write)


def _terms(quantity: Quantity) -> Iterator[Quantity]:
    """Yield what a combination joins."""
    if isinstance(quantity, Combined):
        for part in _joined(quantity):
            yield from _terms(part)
    else:
        yield quantity


def _joined(quantity: Combined) -> list[Quantity]:
    """Return both operands, or the one that the other leaves as it is: times one, by one, nothing added."""
    idle = 1 if quantity.sign in "*/" else 0
    right = [quantity.right] if not _is(quantity.right, idle) else []
    left = [] if quantity.sign in "+*" and right and _is(quantity.left, idle) else [quantity.left]
    return left + right


def _is(quantity: Quantity, number: int) -> bool:
    return isinstance(quantity, Constant) and quantity.number == number


def _in_signs(quantity: Quantity, write: Callable[[Quantity], str], bracketed: bool = False) -> str:
    if not isinstance(quantity, Combined):
        return write(quantity)
    joined = _joined(quantity)
    if len(joined) == 1:
        return _in_signs(joined[0], write, bracketed)
    left, right = joined
    goes_on = isinstance(left, Combined) and {quantity.sign, left.sign} <= {"+", "-"}
    text = f"{_in_signs(left, write, not goes_on)} {SIGNS[quantity.sign]} {_in_signs(right, write, True)}"
    return f"({text})" if bracketed else text


def _bare(values: Sequence[Value], labels: Catalogue) -> bool:
    """Whether numbers are told without their unit: it is one, and no language counts it in another scale."""
    (name, *others) = {value.unit for value in values}
    rescaled = unit(name).factor != 1 and labels("language.myriads") == "yes"
    return not others and name != "percent" and not rescaled


def operands(sides: Sequence[Value], labels: Catalogue, decimals: int = 3) -> tuple[str, str]:
    """Return two operands; in one unit the first goes without it, but for percentages."""
    left, right = sides
    return _said(left, labels, decimals, plain=_bare(sides, labels)), _said(right, labels, decimals)


def _said(value: Value, labels: Catalogue, decimals: int, plain: bool = False) -> str:
    if value.missing:
        return labels("comes.missing")
    if plain:
        return bare_number_text(value.value, labels, decimals, grouped=value.unit != CALENDAR_YEAR)
    return number_with_unit(value.value, value.unit, labels, decimals)


def standing(relation: str, left: Value, right: Value) -> str:
    """Return how two sides stand whose relation fails, as the labels name it: "32% is less than 50%"."""
    if left.missing or right.missing or left.unit != right.unit:
        return OPPOSITES[relation]
    return RELATIONS["=" if left.value == right.value else "<" if left.value < right.value else ">"]
