"""Which periods of a sentence a number may be of: not another number's, nor what it moved on from."""

from __future__ import annotations

import re

from analysis.checking.candidates.belonging import beyond, comma_between, of_later
from analysis.checking.candidates.compared_periods import came_from, moved_from, only_compared, set_against
from analysis.checking.text.mentions import Mention, Sentence, first_phrase
from analysis.reading import PrintedNumber

# What opens the part of a sentence that is of another time, and what says that something moved on since.
_AND_IN = re.compile(
    r"\s(?:and|et|y|e|but|mais|pero)\s+"
    r"(?:(?:by|in|en|fin|a|hasta|ya|at the end of|à la fin de|a finales de)\s+){1,2}$",
    re.I,
)
_THEN_ON = re.compile(
    r"\b(?:then|later|afterwards|subsequently|puis|ensuite|par la suite|luego|después|posteriormente)\b"
    r"|(?:[，,、]\s*(?:后(?!者)|再)|随后|其后|之后|此后|然后|继而)",
    re.I,
)
_BUT = re.compile(r"\b(?:but|yet|mais|pero|aunque)\b|但", re.I)
# Between a number and the period that is said right before or behind it.
_BESIDE = re.compile(r"[^,.;:，；：。]{0,28}")
# What ends the part of a sentence in which something is compared.
_ENDED = re.compile(r"[(（;；:：]|, (?:to|a|à)\b", re.I)


def usable_periods(read: Sentence, number: PrintedNumber) -> list[Mention]:
    """Return the periods of a sentence that a number may be of."""
    periods = [mention for mention in read.mentions if mention.axis == "period"]
    usable = [
        period
        for period in periods
        if not (
            beyond(read, number, period)
            or only_compared(read, number, period)
            or of_later(read, number, period)
            or came_from(read, number, period)
            or set_against(read, number, period)
            or _opens_next(read, number, period)
            or _moved_on(read, number, period)
            or _told_before(read, number, period)
            or _of_what_was(read, number, period)
        )
    ]
    return [
        period
        for period in usable
        if not (read.enclosed(number, period) and any(one.start > period.start for one in periods))
    ]


def _opens_next(read: Sentence, number: PrintedNumber, mention: Mention) -> bool:
    """Whether a period is the next number's, joined to this one: "rose to 6.6 and in 2021 was 6.2"."""
    if mention.start < number.end or mention.relative:
        return False
    joined = _AND_IN.search(read.text[number.end : mention.start])
    return bool(joined) and any(one.start >= mention.end and not one.rule for one in read.numbers)


def _moved_on(read: Sentence, number: PrintedNumber, mention: Mention) -> bool:
    """Whether a period is that of a number from which something moved on: 2019年为6.7%，后升至7.2%."""
    before = [one.end for one in read.numbers if mention.end <= one.start < number.start and not one.rule]
    return bool(before) and _THEN_ON.search(read.text, max(before), number.start) is not None


def _of_what_was(read: Sentence, number: PrintedNumber, mention: Mention) -> bool:
    """Whether a period is that of a number only compared with: "against 5.4 in 2019, and poverty from 6.7".

    "The year before" is such where the sentence has told a number of a named year before.
    """
    if mention.end > number.start:
        return False
    if not (comma_between(read, mention, number) or _BUT.search(read.text, mention.end, number.start)):
        return False
    data = [one for one in read.numbers if not one.rule]
    before = [one for one in data if one.end <= mention.start]
    after = [one for one in data if mention.end <= one.start < number.start]
    named = [one for one in read.mentions if one.axis == "period" and one.end <= mention.start]
    earlier = mention.relative and any(not one.relative and one.code > mention.code for one in named)
    if before and _BESIDE.fullmatch(read.text, before[-1].end, mention.start):
        return earlier or moved_from(read, before[-1])
    if not (earlier and before and after and _BESIDE.fullmatch(read.text, mention.end, after[0].start)):
        return False
    return not first_phrase(read.text[after[0].end : number.start].lower(), read.language, "thus")


def _told_before(read: Sentence, number: PrintedNumber, mention: Mention) -> bool:
    """Whether another number is told of "the biennium before", or set against it: "6 more than in it; 54"."""
    if not mention.relative or mention.end > number.start:
        return False
    low = max((ended.end() for ended in _ENDED.finditer(read.text, 0, mention.start)), default=0)
    between = read.text[mention.end : number.start]
    own = any(low <= one.start < mention.start and not one.rule for one in read.numbers)
    return own and _ENDED.search(between) is not None
