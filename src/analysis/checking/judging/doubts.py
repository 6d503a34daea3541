"""What keeps a number from being called wrong: no quantity is clearly spoken of, or another one fits."""

from __future__ import annotations

import re
from fractions import Fraction

from analysis.checking.candidates.agreement import (
    agreement,
    digits,
    digits_exchanged,
    in_units_of_one,
    misscaled,
    slipped,
)
from analysis.checking.candidates.candidate import Candidate
from analysis.checking.candidates.candidate_index import CandidateIndex
from analysis.checking.candidates.clause import TELLING
from analysis.checking.candidates.match import Match
from analysis.checking.text.context import SENTENCE, Context
from analysis.checking.text.mentions import first_phrase
from analysis.checking.text.part_words import of_these
from analysis.reading import PrintedNumber

# By how much the best must lead: more, the less it is sure; from CLEAR on only what agrees is a rival.
RIVAL, NEAR, FAINT, SLOPE, SURE, CLEAR = 0.04, 0.22, 0.1, 0.6, 0.5, 0.45
# How near the record holds what is told by it, and by how much it leads.
NEXT, LEADS = 0.6, 0.1
LEAST, SAID = 0.2, 0.8
EXPLAINS, ORDER = 0.29, 12
# Steps of ten by which a slip of scale is off: per cent, thousand, 万, million, 亿.
SCALES = (2, 3, 4, 6, 8)
# Words that say how something moves, not what.
CHANGES = frozenset({"increas", "fall"})
MILLION = 1_000_000
# "Millones de niños" counts, "millones procedieron del presupuesto" does not.
_COUNTED = re.compile(r"\s*(?:de\b|d')", re.I)
# By how much less than the best, and from what score on, a quantity is told by a slip of its value.
SLIPPED, SLIPPED_FROM = 0.1, 0.3
# How near one another two quantities are of which neither is spoken of better.
EQUAL = 0.02
# From what score on a quantity of the best one's unit is another statement of it, with another value.
RESTATED = 0.5
# How rare the words are together that are as telling as a rare one.
TOGETHER = 1.0


def clearly_said(catalogue: CandidateIndex, context: Context, match: Match) -> bool:
    """Whether the words around a number say clearly that it is a quantity.

    They do not where it counts some of several, stands in the row of a lost table, or where the words of its
    clause are another quantity's; nor where only a line that may be a heading says a code of the quantity.
    """
    if partitive(context) or context.lost or speaks_of_a_town(context):
        return False
    if any(match.candidate.axes.get(axis) in context.axes[axis][0].split("|") for axis in context.guessed):
        return False
    return _spoken_of(catalogue, context, match) and _specific(catalogue, context, match)


def told_beside(context: Context, matches: list[Match]) -> bool:
    """Whether the best quantity stands in the record beside one just spoken of, and its noun is counted here.

    Nothing else comes near it, and nothing agrees.
    """
    number, best = context.number, matches[0]
    if best.beside < NEXT or not best.in_period or best.conflicts or context.lost or context.earlier:
        return False
    named = context.noun or frozenset(context.local)
    if number.unit or not best.candidate.unit_features & named:
        return False
    rivals = (rival for rival in matches[1:] if rival.candidate.base != best.candidate.base)
    second = next(rivals, None)
    if second is not None and second.score > best.score - LEADS:
        return False
    return not any(
        agreement(number, match.candidate) for match in matches if match.in_period and match.score >= FAINT
    )


def partitive(context: Context) -> bool:
    """Whether a number counts some of several: "two of the outcomes"."""
    number = context.number
    return not number.unit and bool(
        of_these(context.sentence.language).match(context.sentence.text, number.end)
    )


def speaks_of_a_town(context: Context) -> bool:
    """Whether a sentence speaks of a town or a province, of none of which anything is recorded."""
    return bool(first_phrase(context.sentence.text.lower(), context.sentence.language, "local"))


def _spoken_of(catalogue: CandidateIndex, context: Context, match: Match) -> bool:
    """Whether the number's own clause speaks of a quantity, or says nothing of its own but a code."""
    number, candidate = context.number, match.candidate
    held = (
        candidate.features["words"] | candidate.features[catalogue.wordings.family(context.sentence.language)]
    )
    if not number.unit and not context.in_row and context.sentence.language != "zh":
        following = [name for place, name in context.counted if place <= number.end + 14]
        counts = context.sentence.language == "en" or _COUNTED.match(context.sentence.text, number.end)
        amount = candidate.kind == "money" and abs(number.value) >= MILLION and not counts
        if following and not amount and not any(name in held | candidate.unit_features for name in following):
            return False
    coded = {
        name for name, (axis, code) in context.coded.items() if candidate.axes.get(axis) in code.split("|")
    }
    moving = catalogue.wordings.comparing(context.sentence.language)
    own = context.local.keys() - moving - coded - held
    if context.series == candidate.series and not (context.local.keys() - moving - coded):
        return True
    if own and match.explained < (EXPLAINS / 2 if beside(context, match) else EXPLAINS):
        return False
    return match.explained >= EXPLAINS / 2 or match.score >= CLEAR or not context.local


def _specific(catalogue: CandidateIndex, context: Context, match: Match) -> bool:
    """Whether more is said of a quantity than that it grows and what it counts, or it is a sum over all."""
    candidate = match.candidate
    if candidate.row < 0 or (candidate.axes and (candidate.named_by or candidate.said)):
        return True
    if context.in_row or context.series == candidate.series:
        return True
    family = catalogue.wordings.family(context.sentence.language)
    rarity = catalogue.rarity[family]
    spoken = context.local.keys() | context.telling
    if not context.local.keys() - catalogue.wordings.comparing(context.sentence.language):
        spoken |= {name for name, weight in context.weights.items() if weight >= SENTENCE}
    said = candidate.features[family] & spoken
    telling = said - CHANGES - candidate.unit_features
    places: dict[int, float] = {}
    for feature in context.sentence.features:
        if feature.name in telling:
            places[feature.start] = max(places.get(feature.start, 0.0), rarity.get(feature.name, 0.0))
    return len(places) > 1 and (max(places.values()) > TELLING or sum(places.values()) >= TOGETHER)


def beside(context: Context, match: Match) -> bool:
    """Whether a code of a quantity is said near the number."""
    return any(
        strength >= 0.75 and match.candidate.axes.get(axis) in code.split("|")
        for axis, (code, strength) in context.axes.items()
    )


def plausible(number: PrintedNumber, matches: list[Match]) -> Match | None:
    """Return the best of the leading quantities that is of the number's order, or off by a slip of scale."""
    near = (match for match in matches if match.score >= matches[0].score - NEAR / 2)
    return next(
        (
            match
            for match in near
            if match.candidate.base is not None and not of_another_order(number, match.candidate.base)
        ),
        None,
    )


def of_another_order(number: PrintedNumber, held: Fraction | None) -> bool:
    """Whether a number is of another order than what the record says, and no slip of its scale."""
    value = abs(in_units_of_one(number))
    if number.unit in ("percent", "fraction", "percentage_points") or not value or not held or number.bare:
        return False
    ratio = max(value / abs(held), abs(held) / value)
    return ratio > ORDER and not any(abs(ratio - 10**step) * 200 <= 10**step for step in SCALES)


def rivalled(context: Context, best: Match, matches: list[Match]) -> bool:
    """Whether a number agrees with a quantity not much less spoken of, or none is clearly spoken of."""
    number = context.number
    clear = best.score >= CLEAR
    margin = 0.0 if clear else max(RIVAL, SLOPE * (SURE - best.score))
    least = max(best.score - NEAR, LEAST) if digits(number) < 3 else FAINT
    for match in matches:
        held = match.candidate
        if held.base is None:
            continue
        near = match.in_period and match.score >= least and not any(map(held.axes.get, match.conflicts))
        agreed = (near or _says_again(match, best)) and bool(agreement(number, held))
        if held.series == best.candidate.series:
            apart = held.axes.get("measure") != best.candidate.axes.get("measure")
            if agreed and number.qualifier and apart and "measure" not in context.axes:
                return True
            if margin and match.score >= best.score - 0.01 and held.base != best.candidate.base:
                return True
            continue
        if agreed or (
            margin
            and match.score >= best.score - margin
            and not set(match.conflicts) - set(best.conflicts)
            and _another(number, held, best.candidate)
        ):
            return True
    return False


def _says_again(match: Match, best: Match) -> bool:
    """Whether a quantity is another statement of the best one: of its unit, with no code that it lacks."""
    held, told = match.candidate, best.candidate
    if match.score < RESTATED or not match.in_period or match.conflicts or held.unit != told.unit:
        return False
    return held.axes.items() <= told.axes.items() and not held.named_by


def slip_of(context: Context, matches: list[Match]) -> Match | None:
    """Return the quantity that is spoken of best where the number is its value with a slip.

    None where it is not, and where the number agrees with one that comes near.
    """
    number = context.number
    if partitive(context) or context.lost or speaks_of_a_town(context):
        return None
    if number.qualifier or not matches:
        return None
    least = max(matches[0].score - SLIPPED, SLIPPED_FROM)
    near = [match for match in matches if match.in_period and not match.conflicts and match.score >= FAINT]
    if any(agreement(number, match.candidate) for match in near):
        return None
    spoken = [match for match in near if match.score >= least]
    slips = [
        match for match in spoken if any(off(number, match.candidate.base) for off in (slipped, misscaled))
    ]
    exchanged = (
        match
        for match in spoken
        if match.score >= matches[0].score - EQUAL and digits_exchanged(number, match.candidate.base)
    )
    return slips[0] if slips else next(exchanged, None)


def _another(number: PrintedNumber, held: Candidate, best: Candidate) -> bool:
    """Whether a quantity has another value than the best, and one that the number could be a slip of."""
    return held.base != best.base and not of_another_order(number, held.base)
