"""What takes an alarm back: a number is called wrong only where nothing in the text can explain it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from analysis.checking.agreement import (
    SHARES,
    agreement,
    agrees,
    digits,
    in_units_of_one,
    misscaled,
    mistyped,
)
from analysis.checking.belonging import CODED
from analysis.checking.candidate import Candidate
from analysis.checking.candidate_index import OWN, CandidateIndex
from analysis.checking.context import Context
from analysis.checking.derived import Derived, computations_said, siblings
from analysis.checking.labels import NARROWS, part_of_label_explained
from analysis.checking.matching import Match
from analysis.checking.own_sums import computed_here
from analysis.reading import PrintedNumber

# Columns whose codes are taken from what stood before only where nothing else may be meant.
CARRIED = ("region", "sex", "outcome")
# How much of a label's words, by rarity, a quantity has at least that is called wrong under it.
LABELLED = 0.4
# By how much at most a mistaken number is off that is no slip; from which score on, and with which part of
# its clause explained, a quantity is named so well that a number may be off by more.
NEAR, NAMED, WHOLLY = Fraction(27, 20), 0.8, 0.9
# How many of the words of a code of a breakdown say it.
HALF = 0.5
_OF_SEVERAL, _SEVERAL = re.compile(r"\s?/\s?\d"), re.compile(r"\d\s?/\s?$")
# What a number is multiplied by whose scale is said of its neighbours only.
THOUSANDS = (1_000, 1_000_000, 1_000_000_000)
# Units that count whatever came about.
COUNTS_ALL = ("count", "result")
# "Five of the eight", "of the ten, six": what is part of how many.
_THESE = r"(?:the|these|its|our|their|les|ces|nos|ses|los|las|estos|estas)"
_PART = re.compile(rf"\s*(?:of|out of|sur|sobre|de|d'entre|parmi|entre)?\s*(?:{_THESE}|des)\s+", re.I)
_WHOLE = re.compile(rf"\b(?:of|out of|sur|sobre|de|entre|parmi|des)(?:\s{_THESE})?\s+$", re.I)


def taken_back(
    catalogue: CandidateIndex, context: Context, candidate: Candidate, before: Sequence[PrintedNumber] = ()
) -> str:
    """Return why a number is not called wrong that disagrees with a quantity; nothing where it is.

    Parameters
    ----------
    catalogue : CandidateIndex
    context : Context
        Of the number.
    candidate : Candidate
        The quantity that it would be called a wrong value of.
    before : sequence of PrintedNumber
        The numbers of the sentence before.

    Returns
    -------
    str
        ``numbering``, ``scale``, ``part``, ``denial``, ``label``, ``code``, ``others``, ``heading``,
        ``computed``, ``period``, ``carried`` or ``measure``.
    """
    text, number = context.sentence.text, context.number
    if _OF_SEVERAL.match(text, number.end) or _SEVERAL.search(text[: number.start]):
        return "numbering"
    if scale_left_out(number, candidate):
        return "scale"
    if too_small_or_large(context, candidate):
        return "part"
    if candidate.denies and not context.denies:
        return "denial"
    if part_of_label_explained(catalogue, context.label, candidate, context.sentence.language) < LABELLED:
        return "label"
    if unsaid_code(catalogue, context, candidate):
        return "code"
    if said_of_others(catalogue, context, candidate):
        return "others"
    if elsewhere_narrowed(catalogue, context, candidate):
        return "heading"
    said = context.in_row or bool(set(computations_said(context)) & {"difference", "change"})
    if computed_here(context.number, context.sentence.numbers, before, said):
        return "computed"
    if implied_period(catalogue, context, candidate):
        return "period"
    if implied_code(catalogue, context, candidate):
        return "carried"
    return "measure" if implied_measure(catalogue, context, candidate) else ""


def scale_left_out(number: PrintedNumber, candidate: Candidate) -> bool:
    """Whether a number without a unit is the value in thousands, millions or billions: "France with 11"."""
    held = candidate.base
    if number.unit or held is None or abs(held) < THOUSANDS[0]:
        return False
    scaled = (
        replace(number, value=number.value * size, decimals=number.decimals - len(str(size)) + 1)
        for size in THOUSANDS
    )
    return any(agrees(each, held) for each in scaled)


def unlike(number: PrintedNumber, match: Match) -> bool:
    """Whether a number is no likely mistake for a value, and its quantity not all that is spoken of.

    A likely one is near the value, is it with digits exchanged or one of them mistaken, or is off by tens;
    what is in points is looked at where it is computed.
    """
    held = match.candidate.base
    if number.unit == "percentage_points" or (match.score >= NAMED and match.explained >= WHOLLY):
        return False
    value = abs(in_units_of_one(number))
    if not held or not value or max(value / abs(held), abs(held) / value) <= NEAR:
        return False
    if mistyped(number, held) or misscaled(number, held):
        return False
    return digits(number) > 1 or match.explained < WHOLLY


def unsaid_code(catalogue: CandidateIndex, context: Context, candidate: Candidate) -> bool:
    """Whether a quantity is told from its likes by a code that nothing near the number says."""
    if context.series == candidate.series or context.lost:
        return False
    choices = catalogue.choices[candidate.series]
    for axis, words in candidate.named_by.items():
        held = candidate.axes.get(axis, "")
        if axis == "measure" or axis not in choices or not held or axis in candidate.whole:
            continue
        if axis in context.axes or not words:
            continue
        said = len(words & context.weights.keys()) / len(words)
        if said < (HALF if axis in OWN else 0.0) or not said:
            return True
    return False


def too_small_or_large(context: Context, candidate: Candidate) -> bool:
    """Whether a quantity cannot be the part, or the whole, that a number is: "five of the eight"."""
    number, text, held = context.number, context.sentence.text, candidate.base
    if number.unit or held is None:
        return False
    counts = [
        each
        for each in context.sentence.numbers
        if not each.rule and not each.unit and each.start != number.start
    ]
    if any(
        count.end <= number.start and _PART.fullmatch(text[count.end : number.start]) and held < count.value
        for count in counts
    ):
        return True
    wholes = [count for count in counts if count.end <= number.start and _WHOLE.search(text[: count.start])]
    return bool(wholes) and held > wholes[-1].value >= number.value


def elsewhere_narrowed(catalogue: CandidateIndex, context: Context, candidate: Candidate) -> bool:
    """Whether a line without a subject of its own stands under a heading of which a quantity has nothing.

    The line says nothing of the quantity but codes and what is counted; the subject is the heading's.
    """
    if not context.heading or context.in_row or context.series == candidate.series:
        return False
    if not catalogue.named_subject(frozenset(name for name in context.heading if ":" not in name)):
        return False
    family = catalogue.wordings.family(context.sentence.language)
    rarity, forms = catalogue.rarity[family], catalogue.wordings.forms(family)
    held = frozenset().union(*(candidate.features[form] for form in forms))
    held -= candidate.unit_features if candidate.unit in COUNTS_ALL else frozenset()
    places = {
        (mention.start, mention.end)
        for mention in context.sentence.mentions
        if mention.axis in CODED and candidate.axes.get(mention.axis) in mention.code.split("|")
    }
    spoken = {
        feature.name
        for feature in context.sentence.features
        if not any(start <= feature.start < end for start, end in places)
    }
    if any(
        mention.axis not in OWN
        and mention.axis != "period"
        and candidate.axes.get(mention.axis) in mention.code.split("|")
        for mention in context.sentence.mentions
    ):
        return False
    own = {name for name in spoken & held if rarity.get(name, 0.0) > NARROWS}
    return (
        not own
        and part_of_label_explained(catalogue, context.heading, candidate, context.sentence.language) == 0.0
    )


def said_of_others(catalogue: CandidateIndex, context: Context, candidate: Candidate) -> bool:
    """Whether all that tells of a quantity in a sentence stands after other numbers: it is said of those."""
    read, number = context.sentence, context.number
    if context.in_row or context.lost or context.series == candidate.series:
        return False
    family = catalogue.wordings.family(read.language)
    rarity, forms = catalogue.rarity[family], catalogue.wordings.forms(family)
    held = frozenset().union(*(candidate.features[form] for form in forms))
    first = min(
        (each.start for each in read.numbers if each.start >= number.end and not each.rule),
        default=len(read.text),
    )
    telling = [
        feature.start
        for feature in read.features
        if feature.name in held and rarity.get(feature.name, 0) > NARROWS
    ]
    return bool(telling) and min(telling) > first


def implied_period(catalogue: CandidateIndex, context: Context, candidate: Candidate) -> bool:
    """Whether no period is said in a sentence, and a number is the value of another that was said."""
    if (
        any(mention.axis == "period" for mention in context.sentence.mentions)
        or context.period_strength > 0.9
    ):
        return False
    return any(
        axis == "period" and other.period in context.periods and agreement(context.number, other)
        for axis, other in siblings(catalogue, candidate)
    )


def implied_code(catalogue: CandidateIndex, context: Context, candidate: Candidate) -> bool:
    """Whether a code of a quantity is only carried from what stood before, and a number is another's value.

    The other one is a code that the section has said, too, or the whole.
    """
    for axis in CARRIED:
        if axis not in context.carried or candidate.axes.get(axis) not in context.axes[axis][0].split("|"):
            continue
        meant = {*context.carried[axis], *catalogue.whole_codes.get(axis, ()), ""}
        if any(
            differs == axis and other.axes.get(axis, "") in meant and agreement(context.number, other)
            for differs, other in siblings(catalogue, candidate)
        ):
            return True
    return False


def implied_measure(catalogue: CandidateIndex, context: Context, candidate: Candidate) -> bool:
    """Whether no measure is said, and a number is what the record holds as another: the target."""
    if "measure" in context.axes or context.in_row:
        return False
    return any(
        axis == "measure" and agreement(context.number, other)
        for axis, other in siblings(catalogue, candidate)
    )


def worked_out(context: Context, derived: Derived) -> bool:
    """Whether a number that is called a wrong computation is what the text's own numbers come to."""
    return _in_points(context.number, derived) or computed_here(context.number, context.sentence.numbers, ())


def _in_points(number: PrintedNumber, derived: Derived) -> bool:
    """Whether a number may be meant in points where a change in per cent was computed: "a tenth more"."""
    if number.unit not in SHARES or derived.how != "change" or derived.first.kind != "share":
        return False
    first, second = derived.first.base, derived.second.base
    return first is not None and second is not None and _is_points(number, first - second)


def _is_points(number: PrintedNumber, points: Fraction) -> bool:
    half = Fraction(1, 2) / Fraction(10) ** max(number.decimals, 1)
    return abs(abs(number.value) - abs(points)) <= half
