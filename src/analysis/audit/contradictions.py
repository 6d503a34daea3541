"""A contradiction in one sentence, with both of its sides: "7.9% in Part I, 15.2% in Table 1"."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from analysis.audit.arithmetic_said import number_clause, operands, standing
from analysis.audit.judging import COUNTED, OTHER_PRINTING, Audit, Judgement, places, printed_number, way_of
from analysis.audit.statements import bare_number_text, in_own_words, number_with_unit, statement
from analysis.labels import Catalogue
from analysis.labels.places import COMMA, part_words
from analysis.quantities import Quantity, Value, evaluate
from analysis.quantities.expression import Compared, Constant
from analysis.rounding import round_half_up

_COLONS = " \u00a0\u202f:："
_PLACES_ALONE = ("told.two_places", "told.one_place")


@dataclass(frozen=True)
class Contradiction:
    """A contradiction as a reader is told of it.

    Attributes
    ----------
    text : str
        What the number is, what is printed where, and what speaks against it.
    sides : str
        The same without what the number is; empty where two places say other words.
    apart : Fraction or None
        How far the two sides lie apart, as a share of the larger; None where they are not two numbers.
    translated : bool
        Whether all its words stand in the language; else those of the record stand in English.
    """

    text: str
    sides: str
    apart: Fraction | None
    translated: bool


def contradiction(judgement: Judgement, audit: Audit, labels: Catalogue) -> Contradiction:
    """Return what a discrepancy, or an explained case, contradicts.

    Parameters
    ----------
    judgement : Judgement
    audit : Audit
    labels : Catalogue
        Of the language, with the record.
    """
    claim, recorded = judgement.leading.claim, audit.recorded
    row = recorded[claim.table].records[claim.row]
    about = statement(claim, recorded, labels)
    about = about[:1].upper() + about[1:]
    key, fields = "told.compared", {}
    named = [row["place"]]
    printed = printed_number(claim, recorded)
    if row.get("first_printed"):
        key, named = "told.two_places", [row["first_place"], row["second_place"]]
    elif printed is None:
        fields["against"] = _against(claim.quantity, audit, labels)
    else:
        fields["printed"] = number_with_unit(printed[0], printed[2], labels)
        if judgement.leading.way == OTHER_PRINTING:
            key = "told.printed_twice"
            table, number = next(iter(places(claim.quantity, recorded)))
            named.append(recorded[table].records[number]["place"])
            fields["value"] = number_with_unit(
                judgement.recomputed.value, judgement.recomputed.unit, labels, 3
            )
        else:
            key, fields["against"] = "told.computed", number_clause(judgement.leading, audit, labels)
    words = [part_words(_first(place), labels) for place in named]
    translated = in_own_words(claim, recorded, labels) and all(words)
    for name, place, where in zip(("place", "other"), named, words, strict=False):
        fields[name] = where or _first(place)
    if fields.get("other") == fields["place"] and key == "told.two_places":
        key = "told.one_place"
    text = labels(key, about=about, **fields)
    sides = labels(key, about="\0", **fields).partition("\0")[2].lstrip(_COLONS)
    if key in _PLACES_ALONE:
        sides = ""
    elif key == "told.compared":
        sides = labels("label.sentence", text=fields["against"])
    sides = sides[:1].upper() + sides[1:]
    text, sides = (words.removesuffix(".") if words.endswith("..") else words for words in (text, sides))
    return Contradiction(text, sides, _apart(judgement, audit), translated)


def _first(place: str) -> str:
    return place.partition(COMMA)[0]


def _against(quantity: Quantity, audit: Audit, labels: Catalogue) -> str:
    """Return why a comparison does not hold: the two numbers, or how many speak for and against it."""
    if not isinstance(quantity, Compared):
        return labels("audit.does_not_hold")
    one, other = (evaluate(side, audit.recorded) for side in quantity.parts())
    if (
        quantity.relation == "="
        and way_of(quantity.left, audit.recorded) == COUNTED
        and not (one.missing or other.missing)
    ):
        if not other.value:
            return labels("told.cases", number=bare_number_text(one.value, labels))
        if one.value < other.value:
            return labels(
                "told.only",
                number=bare_number_text(one.value, labels),
                all=bare_number_text(other.value, labels),
            )
    left, right = operands([one, other], labels, _decimals(one, other))
    relation = labels(f"relation.{standing(quantity.relation, one, other)}")
    return labels("told.fails", left=left, right=right, relation=relation)


def _decimals(one: Value, other: Value) -> int:
    """Return the fewest decimals, one at least, that tell two numbers apart."""
    if one.missing or other.missing:
        return 1
    apart = (
        digits for digits in (1, 2) if round_half_up(one.value, digits) != round_half_up(other.value, digits)
    )
    return next(apart, 3)


def _apart(judgement: Judgement, audit: Audit) -> Fraction | None:
    claim, recorded = judgement.leading.claim, audit.recorded
    printed = printed_number(claim, recorded)
    if recorded[claim.table].records[claim.row].get("first_printed"):
        return None
    if printed is not None:
        one, other = printed[0], judgement.recomputed.value
    elif isinstance(claim.quantity, Compared) and not any(
        isinstance(side, Constant) for side in claim.quantity.parts()
    ):
        one, other = (evaluate(side, recorded).value for side in claim.quantity.parts())
    else:
        return None
    if one is None or other is None or not (one or other):
        return None
    return abs(one - other) / max(abs(one), abs(other))
