"""Whether the clause of a number says a code: a sex, a region, a period, or what a column names."""

from __future__ import annotations

import re

from analysis.checking.candidates.candidate import Candidate
from analysis.checking.candidates.candidate_index import CandidateIndex
from analysis.checking.candidates.compared_periods import left_behind
from analysis.checking.text.context import Context
from analysis.checking.text.mentions import Mention, is_linked

# The columns that tell two quantities apart where one of their codes is said.
TELLING = ("sex", "region", "period")
# From what strength on a code is said that is the only one of its column in a sentence.
SAID = 0.6
# From what rarity on a word speaks of something.
TOPIC = 0.5

_STOP = re.compile(r"[.;。；]")


def says(
    catalogue: CandidateIndex, context: Context, axis: str, own: Candidate, other: Candidate, firmly: bool
) -> bool:
    """Whether the clause of a number says the code of one quantity, and nothing near it that of another."""
    if axis not in TELLING:
        return _names(catalogue, context, axis, own, other)
    if (axis in other.whole or not other.code(axis)) and other.kind != "share":
        return False  # "32 of the 70 results are African": the whole of which one is told
    said = is_code_said(context, axis, own.code(axis), firmly) or (
        axis == "period" and _is_left_behind(context, other)
    )
    return said and not is_code_said_near(context, axis, other.code(axis))


def _is_left_behind(context: Context, other: Candidate) -> bool:
    """Whether a number is set against the time of another quantity: "200 days, 52 fewer than in 2016-17"."""
    read = context.sentence
    return any(
        one.axis == "period" and one.code == other.period and left_behind(read, context.number, one)
        for one in read.mentions
    )


def is_code_said(context: Context, axis: str, code: str, firmly: bool) -> bool:
    """Whether a code is said of a number: in its clause, or as the only one of its column in the sentence."""
    read, number = context.sentence, context.number
    said = context.axes.get(axis, ("", 0.0))
    if axis == "period":
        said = context.period, context.period_strength
    if not code or code not in said[0].split("|"):
        return False
    low, high = read.clause(number) if firmly else read.stretch(number)
    if said[1] < 1:
        if firmly or said[1] < SAID or {one.code for one in read.mentions if one.axis == axis} != {code}:
            return False
        low, high = 0, len(read.text)
    named = [one for one in read.mentions if one.axis == axis and low <= one.start < high]
    last = max((one.end for one in named if one.end <= number.start), default=0)
    before = [one for one in named if one.end <= last and not _STOP.search(read.text, one.end, last)]
    if axis != "period" and len(before) == len(named) and len({one.code for one in named}) > 1:
        return False  # "men fared worse than women, 6.6 per cent against 6.4": of whom is not said
    return any(code in one.code.split("|") and not _is_of_before(context, one) for one in named)


def is_code_said_near(context: Context, axis: str, code: str) -> bool:
    """Whether a code is said in the clause of a number, and before no other number."""
    named = (one for one in context.sentence.mentions if one.axis == axis and code in one.code.split("|"))
    return any(not _is_apart(context, mention) for mention in named)


def _names(
    catalogue: CandidateIndex, context: Context, column: str, own: Candidate, other: Candidate
) -> bool:
    """Whether the clause of a number names one quantity of a column beside it, and not another."""
    read = context.sentence
    places = [(one.start, one.name) for one in read.features]
    places += [(one.start, f"{one.axis}:{one.code}") for one in read.mentions]
    here = {name for start, name in places if not _is_beyond(context, start)}
    names, others = own.named_by.get(column, frozenset()), other.named_by.get(column, frozenset())
    if (others - names) & here:
        return False
    told = {name for name in names - others if name.isascii()}
    signs, codes_said = names - others - told, {name for name in told if ":" in name} & here
    rarity = catalogue.rarity["words"]
    telling = {name for name in told if rarity.get(name, 0.0) > TOPIC}
    return bool(codes_said or (telling and telling <= here) or 2 * len(signs & here) > len(signs))


def _is_of_before(context: Context, mention: Mention) -> bool:
    """Whether a code is said right after the number before: "6.6 in 2020 and then eased to 6.3"."""
    read, number = context.sentence, context.number
    before = (one for one in read.numbers if not one.rule and one.end <= mention.start < number.start)
    return any(is_linked(read.text[one.end : mention.start]) for one in before)


def _is_apart(context: Context, mention: Mention) -> bool:
    """Whether a code is another number's: said in another clause, or beyond another number."""
    return _is_beyond(context, mention.start) or context.sentence.crossed(context.number, mention) > 0


def _is_beyond(context: Context, place: int) -> bool:
    """Whether a place is in another clause than a number, or beyond another number."""
    read, number = context.sentence, context.number
    low, high = read.clause(number)
    first, last = sorted((place, number.start))
    between = (one for one in read.numbers if one is not number and not one.rule)
    return not low <= place < high or any(first < one.start < last for one in between)
