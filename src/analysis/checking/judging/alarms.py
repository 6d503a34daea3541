"""What takes an alarm back: a number is called wrong only where nothing in the text can explain it."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from analysis.checking.candidates.agreement import (
    OFF,
    SHARES,
    SLIP,
    agreement,
    agrees,
    digits,
    digits_exchanged,
    in_its_unit,
    in_units_of_one,
    misscaled,
    mistyped,
    reach_of,
    scaled,
    step_of,
)
from analysis.checking.candidates.belonging import MEASURE
from analysis.checking.candidates.candidate import Candidate, size_of
from analysis.checking.candidates.candidate_index import OWN, CandidateIndex
from analysis.checking.candidates.compared_periods import is_only_compared
from analysis.checking.candidates.derived import computations_said, siblings
from analysis.checking.candidates.labels import part_of_label_explained
from analysis.checking.candidates.match import Match
from analysis.checking.candidates.matching import UNSAID_PERIOD
from analysis.checking.judging.said_otherwise import is_no_change
from analysis.checking.judging.text_computations import TELLING, adds_up, computed_here
from analysis.checking.text.context import Context
from analysis.checking.text.countries import countries_named
from analysis.checking.text.mentions import Sentence, denied, first_phrase
from analysis.checking.text.part_words import between_part_and_whole
from analysis.reading import PrintedNumber
from analysis.reading.joining import HUNDRED

# How much of a label's words, by rarity, a quantity has at least that is called wrong under it.
LABELLED = 0.4
# By how much at most a mistaken number is off that is no slip; from which score on, and with which part of
# its clause explained, a quantity is named so well that a number may be off by more.
NEAR, NAMED, WHOLLY = Fraction(27, 20), 0.8, 0.9
# From which score on, and how far before the next, a quantity is spoken of whose value has one of two digits
# mistaken.
SPOKEN, BEFORE = 0.55, 0.12
# The columns of which a sentence may name two codes, each of a number of its own.
NAMED_ALIKE = ("sex", "region")
# How many digits a number keeps, at least, that is rounded without a word for it.
ROUNDED = 3
# By how many of its last digits a sum may be off whose parts are rounded.
PARTS_ROUNDED = 4
# How many of the words of a code of a breakdown say it.
HALF = 0.5
# What a number is multiplied by whose scale is said of its neighbours only.
THOUSANDS = (1_000, 1_000_000, 1_000_000_000)
# How strongly a period is a number's, at most, that is said in its sentence, and that is kept from before.
SAID, FROM_BEFORE = 0.9, 0.4
# Within how many signs behind a number, and in Chinese before it, it is said to be above or below something.
FAR, BESIDE = 40, 4
_COLON = re.compile(r"[:：]")
# Before a number that is denied: a verb that is, with nothing that takes the denial back.
_NOT = re.compile(
    r"\b(?:(?:(?:did|does|do|was|were|is|are|has|have) not|\w+n't)(?: \w+)?|"
    r"(?:n'|ne )\w+ (?:pas|point|jamais)(?: \w+)?|no (?:(?:ha|han|fue|fueron|se) )?\w+)"
    r"\s+(?:the |les |des |de |los |las )?(?:US\$|\$|€)?$",
    re.I,
)
# What ends the part of a sentence in which it is said that something is told of several.
_PART = re.compile(r"[,;.，；。]")


def taken_back(
    catalogue: CandidateIndex,
    context: Context,
    candidate: Candidate,
    before: Sequence[PrintedNumber] = (),
    matches: Sequence[Match] = (),
) -> str:
    """Return why a number is not called wrong that disagrees with a quantity; nothing where it is.

    ``before`` are the numbers of the sentence before, ``matches`` the quantities that may be spoken of.

    Returns
    -------
    str
        ``scale``, ``rounded``, ``sum``, ``part``, ``change``, ``denied``, ``denial``, ``rest``, ``label``,
        ``code``, ``together``, ``listed``, ``computed``, ``period``, ``others``, ``named`` or ``measure``.
    """
    number = context.number
    if scale_left_out(number, candidate):
        return "scale"
    if is_rounded(number, candidate):
        return "rounded"
    if is_sum_of_rounded(number, candidate):
        return "sum"
    if is_part_of(context, candidate):
        return "part"
    if is_no_change(catalogue, context, candidate):
        return "change"
    if is_denied(context):
        return "denied"
    if candidate.denies and not context.denies:
        return "denial"
    if _is_left_of_a_hundred(context, candidate, matches):
        return "rest"
    if part_of_label_explained(catalogue, context.label, candidate, context.sentence.language) < LABELLED:
        return "label"
    if unsaid_code(catalogue, context, candidate):
        return "code"
    if told_together(context):
        return "together"
    said = context.in_row or bool(set(computations_said(context)) & {"difference", "change"})
    if adds_up(number, [one for one in context.sentence.numbers if one.end <= number.start and not one.rule]):
        return "listed"
    if computed_here(context.number, context.sentence.numbers, before, said):
        return "computed"
    if implied_period(catalogue, context, candidate):
        return "period"
    if of_others(context, candidate):
        return "others"
    if of_another_named(catalogue, context, candidate) or is_of_a_like(catalogue, context, candidate):
        return "named"
    return "measure" if target_of_another(catalogue, context, candidate) else ""


def is_denied(context: Context) -> bool:
    """Whether a number is what was not so: "did not spend 75.7 million", "no gastó 75,7 millones".

    A plan that was not met is what it is.
    """
    read, number = context.sentence, context.number
    if number.qualifier or not _NOT.search(read.text, 0, number.start):
        return False
    low, high = read.clause(number)
    around = (read.text[low : number.start] + _COLON.split(read.text[number.end : high])[0]).lower()
    return not any(first_phrase(around, read.language, names) for names in ("planned", "met_plan"))


def told_together(context: Context) -> bool:
    """Whether a number is told of several things: "together the three gave 432 million", "between them"."""
    read, number = context.sentence, context.number
    low = min(read.stretch(number)[0], read.clause(number)[0])
    high = min((one.start for one in read.numbers if one.start >= number.end), default=len(read.text))
    behind = _PART.split(read.text[number.end : high], maxsplit=1)[0]
    said = (read.text[low : number.start], behind)
    return any(first_phrase(text.lower(), read.language, "jointly") for text in said)


def scale_left_out(number: PrintedNumber, candidate: Candidate) -> bool:
    """Whether a number without a unit is the value in thousands, millions or billions: "France with 11".

    One that is printed with its thousands leaves nothing out.
    """
    held, own = candidate.base, in_units_of_one(number)
    if number.unit or number.decimals < 0 or held is None or abs(held) < THOUSANDS[0]:
        return False
    if own and own % THOUSANDS[0] == 0:
        return False
    return any(agrees(scaled(number, size), held) for size in THOUSANDS)


def is_rounded(number: PrintedNumber, candidate: Candidate) -> bool:
    """Whether a number that ends in zeros is the value rounded to them: 37.90 million, of 37.92."""
    if candidate.base is None or digits(number) < ROUNDED:
        return False
    number = in_its_unit(number, candidate)
    zeros = step_of(in_units_of_one(number))
    if zeros == 1:
        return False
    return 2 * abs(abs(in_units_of_one(number)) - abs(candidate.base)) <= zeros


def is_sum_of_rounded(number: PrintedNumber, candidate: Candidate) -> bool:
    """Whether a number is a sum over the record's rounded parts, as far as their rounding allows."""
    if candidate.row >= 0 or candidate.base is None or candidate.kind not in ("money", "share"):
        return False
    last = Fraction(1, 10) ** candidate.decimals_in_base
    return (
        abs(abs(in_units_of_one(in_its_unit(number, candidate))) - abs(candidate.base))
        <= PARTS_ROUNDED * last
    )


def _is_left_of_a_hundred(context: Context, candidate: Candidate, matches: Sequence[Match]) -> bool:
    """Whether a percentage is what is left beside the quantity, where something is denied.

    If it has three digits and more, which are no chance, the quantity may be any that is spoken of, or be
    told as well: "46.9 per cent are covered, so 53.1 per cent are not".
    """
    number = context.number
    if number.unit != "percent":
        return False
    if digits(number) < TELLING:
        return context.denies and candidate.unit == "percent" and is_rest(number, candidate)
    spoken = (candidate, *(match.candidate for match in matches if match.in_period))
    left = [one for one in spoken if one.unit == "percent" and is_rest(number, one)]
    read = context.sentence
    told = [one for one in read.numbers if one is not number]
    if context.denies or denied(read.text, 0, len(read.text), read.language):
        return bool(left)
    return any(agreement(one, held) for held in left for one in told)


def is_rest(number: PrintedNumber, candidate: Candidate) -> bool:
    """Whether a percentage is what another leaves of a hundred: "53.1 per cent have no benefit", of 46.9."""
    held = candidate.base
    return held is not None and bool(agrees(replace(number, value=HUNDRED - number.value), held))


def is_part_of(context: Context, candidate: Candidate) -> bool:
    """Whether a number is told as a part of the very value that it would be a wrong one of: "19 of 32".

    Nor is it a share of which the part and the whole are told: "37 of 57".
    """
    number, read = context.number, context.sentence
    between = between_part_and_whole(read.language)
    if candidate.unit in SHARES and not number.unit:
        pairs = ((one, other) for one, other in pairwise(read.numbers) if number in (one, other))
        if any(between.fullmatch(read.text, one.end, other.start) for one, other in pairs):
            return True
    return any(
        agreement(whole, candidate) == "exact" and between.fullmatch(read.text, number.end, whole.start)
        for whole in read.numbers
        if whole.start > number.end and whole.value > number.value and not whole.rule
    )


def unlike(number: PrintedNumber, match: Match, others: Sequence[Match]) -> bool:
    """Whether a number is no likely mistake for a value, and its quantity not all that is spoken of.

    A likely one is near the value, is it with digits exchanged or one of them mistaken, or is off by tens. Of
    two digits one is mistaken by chance in many a number: the quantity is then to be clearly before `others`.
    What is in points is looked at where it is computed.
    """
    held = match.candidate.base
    if number.unit == "percentage_points" or (match.score >= NAMED and match.explained >= WHOLLY):
        return False
    if not held or not number.value or not far_off(number, held):
        return False
    if misscaled(number, held) or digits_exchanged(number, held):
        return False
    second = max((other.score for other in others if other.candidate.base != held), default=0.0)
    few = digits(number) < SLIP and (match.score < SPOKEN or match.score - second < BEFORE)
    return few or not mistyped(number, held)


def far_off(number: PrintedNumber, held: Fraction) -> bool:
    """Whether a number is off by more than a third of a value, upward or downward."""
    below, above = sorted((reach_of(number)[0], size_of(held)))
    near = float(NEAR) * below
    if below and above < math.inf and abs(above - near) > OFF * above:  # clearly so in floating point
        return above > near
    less, more = sorted((abs(in_units_of_one(number)), abs(held)))
    return not less or more > NEAR * less


def unsaid_code(catalogue: CandidateIndex, context: Context, candidate: Candidate) -> bool:
    """Whether a quantity is told from its likes by a code that nothing near the number says."""
    if context.series == candidate.series or context.lost:
        return False
    for axis in candidate.said - {MEASURE} if not candidate.named_by else ():
        held = candidate.axes.get(axis, "")
        if (
            held
            and axis not in candidate.whole
            and held not in context.axes.get(axis, (held, 0.0))[0].split("|")
        ):
            return True
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


def implied_period(catalogue: CandidateIndex, context: Context, candidate: Candidate) -> bool:
    """Whether a number is given no period by its sentence, and is the value of another that was said.

    That is one of those of the sentence, where it says any: "43.0 for women and 66.6 for men in 2020".
    """
    if context.earlier and context.period_strength <= UNSAID_PERIOD:
        return True  # some time before; nobody says when
    read = context.sentence
    here = [mention for mention in read.mentions if mention.axis == "period"]
    if context.period_strength > (FROM_BEFORE if here else SAID):
        return False
    own = {mention.code for mention in here if not is_only_compared(read, mention)}
    return any(
        axis == "period"
        and other.period in (own if here else context.periods)
        and agreement(context.number, other)
        for axis, other in siblings(catalogue, candidate)
    )


def of_another_named(catalogue: CandidateIndex, context: Context, candidate: Candidate) -> bool:
    """Whether a number is the value, at any time, of a like named before it beside the quantity's own code.

    "Men fared worse than women, 6.6 per cent against 5.5".
    """
    read, number = context.sentence, context.number
    before = [one for one in read.mentions if one.end <= number.start and not read.crossed(number, one)]
    named = {(one.axis, code) for one in before for code in one.code.split("|")}
    own = [column for column in NAMED_ALIKE if (column, candidate.code(column)) in named]
    return any(
        (other.table, other.unit) == (candidate.table, candidate.unit)
        and {axis for axis in {**other.axes, **candidate.axes} if other.code(axis) != candidate.code(axis)}
        == {column}
        and (column, other.code(column)) in named
        for column in own
        for other in catalogue.by_base.get(in_units_of_one(number), ())
    )


def is_of_a_like(catalogue: CandidateIndex, context: Context, candidate: Candidate) -> bool:
    """Whether a number is that of another like, which no word names, than the number it is set against.

    "In 2020 men fared worse, 6.6 against 6.4": of women.
    """
    read, number = context.sentence, context.number
    before = [one for one in read.numbers if one.end <= number.start and not one.rule]
    between = read.text[before[-1].end : number.start].lower() if before else ""
    if not first_phrase(between, read.language, "against"):
        return False
    if any(before[-1].end <= one.start < read.clause(number)[1] for one in read.mentions):
        return False
    return any(
        (other.table, other.unit) == (candidate.table, candidate.unit)
        and any(
            axis not in ("period", MEASURE) and agreement(number, like)
            for axis, like in siblings(catalogue, other)
        )
        for other in catalogue.by_base.get(in_units_of_one(before[-1]), ())
    )


def target_of_another(catalogue: CandidateIndex, context: Context, candidate: Candidate) -> bool:
    """Whether a number is the target of a result that another of the sentence is, or the other way round.

    "75 per cent (80)"; or of a like, where nothing says a code that the like has not: "35 million for outcome
    6, 16.6 million spent", both from one source.
    """
    number, read = context.number, context.sentence
    told = [one for one in read.numbers if one is not number and not one.rule]
    own = (other for axis, other in siblings(catalogue, candidate) if axis == MEASURE)
    likes = [other for other in own if agreement(number, other)]
    likes += [
        like
        for like in catalogue.by_base.get(in_units_of_one(number), ())
        if (like.table, like.unit) == (candidate.table, candidate.unit)
        and all(
            like.code(axis) in code.split("|") for axis, (code, _) in context.axes.items() if axis != MEASURE
        )
    ]
    return any(
        axis == MEASURE and any(agreement(one, pair) for one in told)
        for like in likes
        for axis, pair in siblings(catalogue, like)
    )


def of_others(context: Context, candidate: Candidate) -> bool:
    """Whether the words before a number or in its clause name a country, or ages, that are no quantity's.

    Points above or below something are those of the share before them, and no share themselves: "30 per cent,
    three points above the target".
    """
    read, number = context.sentence, context.number
    if number.unit == "percentage_points" and candidate.unit == "percent" and not context.in_row:
        before = any(one.unit == "percent" and one.end <= number.start for one in read.numbers)
        if before and _set_apart(read, number):
            return True
    low, high = read.stretch(context.number)
    named = countries_named(read.text[low:high], read.language)
    if named and not named & _stated(candidate):
        return True
    stated = {digits for title in candidate.titles.values() for digits in re.findall(r"\d+", title)}
    ages = [one for one in read.numbers if one.rule == "age" and low <= one.start < high]
    return any(digits not in stated for age in ages for digits in re.findall(r"\d+", age.text))


def _set_apart(read: Sentence, number: PrintedNumber) -> bool:
    """Whether it is said right beside a number in points that it is above or below something."""
    before = read.text[max(number.start - BESIDE, 0) : number.start] if read.language == "zh" else ""
    around = f"{before} {read.text[number.end : number.end + FAR]}".lower()
    return any(first_phrase(around, read.language, names) for names in ("higher", "lower"))


def _stated(candidate: Candidate) -> frozenset[str]:
    return frozenset[str]().union(
        *(countries_named(title, language) for language, title in candidate.titles.items())
    )
