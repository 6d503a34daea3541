"""What a number is plainly said to be: a share, a difference or a sum of the two numbers right before it.

"Of the 19 milestones 13 were reached, more than two thirds"; "from 13.5 to 15.2 per cent, up 1.7 points";
"63 million girls and 97 million boys, that is 160 million"; "59 results, 25 short of the target, 30 per cent
below it"; "38.9 per cent, fewer than two in five".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from analysis.checking.candidates.agreement import LESS, MORE, SHARES, in_units_of_one
from analysis.checking.candidates.belonging import MEASURE, PERIOD
from analysis.checking.computed.compared_with import compared_with
from analysis.checking.judging.operands import TIMES
from analysis.checking.judging.own_numbers import (
    PARTS,
    Computed,
    OwnSum,
    added,
    are_alike,
    change_between,
    difference_between,
    fits,
    left_of_a_hundred,
    of_a_plan,
    ratio_between,
    scaled_as,
    share_in_another,
    without_article,
    without_qualifier,
)
from analysis.checking.text.mentions import first_phrase, phrases
from analysis.reading import PrintedNumber
from analysis.reading.joining import HUNDRED

POINTS = "percentage_points"
COMPARING = (*SHARES, POINTS, *TIMES)
# By how many signs a number is parted from the last that it is computed from; in Chinese.
FAR, FAR_ZH = 60, 22
# Within which part of it a number is near the sum of what is listed before it.
LISTED = Fraction(1, 10)
_STOP = re.compile(r"[;；。]")
_OPENS = re.compile(r"[,，、:：;；(（—–-]\s*$")
_ENDS = re.compile(r"\s*(?:(?:%|per ?cent|pour cent|por ciento|以[上下])\s*)?(?:[,，.。;；:：)）]|$)", re.I)
_OF = re.compile(r"\b(?:of|out of|de|des|du|del|sur|d'|dont)(?!\w)|中|里|的", re.I)
# What may stand before and behind the words for a gap, and behind its points.
_THE = r"the |this |l'|la |el |cet |cette |esa |ese |esta |这一|这个"
_COPULA = re.compile(r"\s*(?:,|:|：|，|(?:is|was|est de|était de|es de|era de|est|es|为|是|有|达))\s*$")
_POINTS_END = re.compile(r"\s*[^\W\d]+(?:\s(?:points?|de pourcentage|porcentuales))?\s*(?:[,，.。;；]|$)")
# Between a share and the part that it is told with in brackets, or the part and its share.
_OPENED, _CLOSES = re.compile(r"[^,;.:()（），；。：\d]{0,30}[(（]\s*"), re.compile(r"[^\d,;，；]{0,12}[)）]")
# Between a share in words and the percentage that says it again.
_PARTS = re.compile(r"[,，、:：;；(（—–]")
_OPENED_PART = re.compile(r"(?:.*[,，、:：;；(（—–])?")
_AGAIN = re.compile(r"\s*[,，—–]\s*")
# What says behind a number that it is so many of the one for each of the other.
_PER = re.compile(r"\s*(?:per|par|por|pour chaque|por cada)\s+([^\W\d]{4})")
# What a sum stands behind.
_COLON = re.compile(r"[:：]\s*$")
_AND = re.compile(r"\b(?:and|et|y|e)\b|[和与及、，]|以及")


def plainly_meant(asked: Computed) -> list[OwnSum]:
    """Return what a number can only be, in each way that its words allow; nothing where that is not plain."""
    if asked.number.unit == POINTS and not asked.here:
        return _gap(asked)
    if (percentage := _said_beside(asked)) is not None:
        return _again(asked.number, percentage)
    if left := _of_those_without(asked):
        return left
    here = _of_this_part(asked)
    number = asked.number
    if here and number.unit == POINTS and (_is_near(asked, here[-1]) or asked.says("gap")):
        return _points(asked, here)
    if not here or not _is_near(asked, here[-1]):
        return []
    amounts = [one for one in here if one.unit not in COMPARING]
    if number.unit in TIMES:
        return _times(asked, amounts)
    if number.unit in SHARES:
        shares = [one for one in here if one.unit == number.unit == "percent"]
        if left := _rest(asked, here) or (_sum(asked, shares) if asked.says("together") else []):
            return left
        if (bracketed := _in_brackets(asked, amounts)) is not None:
            return [bracketed]
        if any(one.unit in SHARES for one in asked.after):
            return []
        one = _of_the_plan(asked, amounts) or _share(asked, amounts)
        return _of_what_is_planned(asked, here) or ([one] if one is not None else [])
    return _apiece(asked, amounts) or _sum(asked, amounts)


def _of_this_part(asked: Computed) -> list[PrintedNumber]:
    """Return the numbers before one in its part of the sentence."""
    text, start = asked.read.text, asked.number.start
    return [one for one in asked.here if one.value > 0 and not _STOP.search(text, one.end, start)]


def _is_near(asked: Computed, last: PrintedNumber) -> bool:
    far = FAR_ZH if asked.read.language == "zh" else FAR
    return asked.number.start - last.end <= far


def _before(asked: Computed, since: PrintedNumber) -> str:
    """Return what stands between a number and the last one before it, without its qualifier and article."""
    text, language = asked.read.text.lower(), asked.read.language
    return without_qualifier(text[: asked.number.start], asked.number, language)[since.end :]


def _lead(asked: Computed, since: PrintedNumber) -> str:
    """Return what stands between a number and one before it, without what says that it is told again."""
    before, said = without_article(_before(asked, since)), phrases(asked.read.language)
    for phrase in (*said["rate"], *sorted(said["thus"], key=len, reverse=True)):
        told = before.rstrip(" ,，")
        before = told.removesuffix(phrase) if told.endswith(phrase) else before
    return before


def _alone(asked: Computed, since: PrintedNumber) -> bool:
    """Whether a number is all that its clause says: ", more than half.", "soit un tiers"."""
    return bool(_OPENS.search(_lead(asked, since))) and bool(_ENDS.match(asked.read.text, asked.number.end))


def _said_beside(asked: Computed) -> PrintedNumber | None:
    """Return the percentage right beside a share in words that is the same: "half of them (52 per cent)"."""
    text, number = asked.read.text, asked.number
    if number.unit != "fraction" or not number.words:
        return None
    here = _of_this_part(asked)[-1:]
    if here and here[0].unit == "percent":
        one_part = not _PARTS.search(_OPENS.sub("", _lead(asked, here[0])))
        return here[0] if one_part and not asked.moves() and _alone(asked, here[0]) else None
    after = asked.after[0] if asked.after and not asked.after[0].rule else None
    if after is None or after.unit != "percent" or after.qualifier:
        return None
    ends = _ENDS.match(text, after.end)
    opened = _OPENED.fullmatch(text, number.end, after.start) and ends and ends.group()[-1:] in ")）"
    return after if ends and (opened or _AGAIN.fullmatch(text, number.end, after.start)) else None


def _again(number: PrintedNumber, percentage: PrintedNumber) -> list[OwnSum]:
    """Return a percentage as what a share in words says again; nothing where its rounding may allow that."""
    own, told = added([percentage]), in_units_of_one(number)
    side = own.high > told if number.qualifier in MORE else number.qualifier in LESS and own.low < told
    agreeing = own.value > told if number.qualifier in MORE else own.value < told
    return [] if side and not agreeing else [replace(own, how="same")]


def _share(asked: Computed, amounts: Sequence[PrintedNumber]) -> OwnSum | None:
    """Return the share of one of the two amounts right before a number in the other, of which it is told."""
    if len(amounts) != 2 or not are_alike(*amounts) or amounts[0].unit != amounts[1].unit:
        return None
    part, whole = sorted(amounts, key=lambda one: one.value)
    first, second = amounts
    text = asked.read.text
    between = text[first.end : second.start]
    before = text[max(first.start - 12, 0) : first.start]
    parted = _OF.search(between) or (whole is first and _OF.search(before))
    if part.value == whole.value or not parted or asked.moves() or not _alone(asked, second):
        return None
    return share_in_another(*(([part], whole) if asked.number.value <= HUNDRED else ([whole], part)))


def _of_the_plan(asked: Computed, amounts: Sequence[PrintedNumber]) -> OwnSum | None:
    """Return by which part of a plan an amount differs: "12 of the 16 planned, a shortfall of a quarter"."""
    if len(amounts) != 2 or not are_alike(*amounts) or amounts[0].value == amounts[1].value:
        return None
    first, plan = amounts
    text, low = asked.read.text.lower(), asked.read.clause(asked.number)[0]
    behind = text[plan.end : max(low, plan.end)]
    if not asked.moves() or not first_phrase(behind, asked.read.language, "planned") or asked.own:
        return None
    return change_between(first, plan)


def _points(asked: Computed, here: Sequence[PrintedNumber]) -> list[OwnSum]:
    """Return by how many points two percentages right before a number differ, where it says so."""
    shares = [one for one in here if one.unit == "percent"]
    if len(shares) != 2 or len(here) != 2 or not asked.moves() or shares[0].value == shares[1].value:
        return []
    low, high = asked.read.clause(asked.number)
    low = here[-1].end + _OPENED_PART.match(_before(asked, here[-1])).end()
    if any(low <= one.start < high for one in asked.read.mentions):
        return []
    less, more = sorted(shares, key=lambda one: one.value)
    return [difference_between(more, less) if asked.says("gap") else difference_between(shares[1], shares[0])]


def _gap(asked: Computed) -> list[OwnSum]:
    """Return by how many points the last two percentages differ, where a sentence only names the gap."""
    text, language = asked.read.text.lower(), asked.read.language
    before = _COPULA.sub("", without_qualifier(text[: asked.number.start], asked.number, language)).strip()
    named = any(re.fullmatch(rf"(?:{_THE})?{re.escape(gap)}", before) for gap in phrases(language)["gap"])
    shares = asked.earlier[-2:]
    if not named or len(shares) < 2 or any(one.unit != "percent" for one in shares):
        return []
    less, more = sorted(shares, key=lambda one: one.value)
    ends = _POINTS_END.match(asked.read.text, asked.number.end)
    return [difference_between(more, less)] if ends and less.value != more.value else []


def _rest(asked: Computed, here: Sequence[PrintedNumber]) -> list[OwnSum]:
    """Return what one percentage leaves of a hundred, where a number is right behind the words for it."""
    before = _before(asked, here[-1]).rstrip(" ,，:：(（")
    told = any(before.endswith(phrase) for phrase in phrases(asked.read.language)["rest"])
    shares = [one for one in here if one.unit == "percent"]
    return [left_of_a_hundred(shares)] if told and len(shares) == len(here) == 1 else []


def _of_those_without(asked: Computed) -> list[OwnSum]:
    """Return what the one percentage before a number leaves of a hundred, where that is the number, denied.

    "46.9 per cent have a benefit; more than half (53.1 per cent) have none."
    """
    number, text = asked.number, asked.read.text.lower()
    shares = [one for one in asked.here or asked.earlier[-1:] if one.unit == "percent"]
    if number.unit not in SHARES or len(shares) != 1:
        return []
    since = shares[0].end if shares[0] in asked.here else 0
    until = min([len(text), *(one.start for one in asked.after)])
    own = left_of_a_hundred(shares)
    denied = first_phrase(text[since:until], asked.read.language, "denial")
    return [own] if denied and fits(number, own) else []


def _times(asked: Computed, amounts: Sequence[PrintedNumber]) -> list[OwnSum]:
    """Return how many times the first of two amounts the second is: "from 28 to 54, nearly double"."""
    if len(amounts) != 2 or not are_alike(*amounts) or amounts[0].value >= amounts[1].value:
        return []
    first, second = amounts
    text, language = asked.read.text.lower(), asked.read.language
    before = text[max(first.start - 12, 0) : first.start].rstrip()
    space = "" if language == "zh" else " "
    since = any(f" {before}".endswith(f"{space}{phrase}") for phrase in phrases(language)["out_of"])
    low, high = asked.read.clause(asked.number)
    codes = any(max(low, second.end) <= one.start < high for one in asked.read.mentions)
    if not since or codes or first_phrase(text[asked.number.end : high], language, "ratio_of"):
        return []
    return [ratio_between(second, first)]


def _sum(asked: Computed, amounts: Sequence[PrintedNumber]) -> list[OwnSum]:
    """Return what the amounts right before a number come to, where it is told as all of them together.

    They are two, or as many as a small number says: "and Sweden 52 million: the three together gave …"; or
    all that are listed, where the number is near their sum: "7.1, 6.7 and 3.6 million: in all, 18.4 million".
    """
    counted = [one for one in amounts[-1:] if one.words and not one.unit and 2 <= one.value <= PARTS]
    before = amounts[: len(amounts) - len(counted)]
    many = int(counted[0].value) if counted else max(len(before), 2)
    parts = before[-many:] if counted else before
    if counted and not before and not any(one.start < asked.number.start for one in asked.read.mentions):
        parts = [one for one in asked.earlier if one.unit not in COMPARING]
    if len(parts) != many or asked.moves():
        return []
    text, last = asked.read.text, amounts[-1] if amounts else parts[-1]
    joined = counted or _AND.search(text, parts[-2].end, parts[-1].start)
    between = text[parts[-1].end if before else 0 : asked.number.start]
    told = bool(first_phrase(between.lower(), asked.read.language, "together")) or asked.says("together")
    if len(parts) == 2 or counted:
        told = told or asked.follows() or (not counted and bool(_COLON.search(_before(asked, last))))
    added_up = [scaled_as(one, parts[0]) for one in parts]
    if not joined or not told or not are_alike(*added_up, asked.number):
        return []
    if in_units_of_one(asked.number) <= max(map(in_units_of_one, added_up)):
        return []
    own = replace(added(added_up), operands=tuple(parts))
    near = abs(own.value - in_units_of_one(asked.number)) <= own.value * LISTED
    return [own] if near or counted or len(parts) == 2 else []


def _apiece(asked: Computed, amounts: Sequence[PrintedNumber]) -> list[OwnSum]:
    """Return how many of the one there are for each of the other of two amounts: "about 56 days a person".

    That is said right before the number or right behind it, with no other word of the record.
    """
    if len(amounts) != 2 or amounts[0].value == amounts[1].value or len(asked.here) != 2:
        return []
    text, number, language = asked.read.text.lower(), asked.number, asked.read.language
    low, high = asked.read.clause(number)
    before, behind = (
        text[max(low, amounts[1].end) : number.start],
        text[number.end : min(high, number.end + FAR)],
    )
    told = first_phrase(before, language, "apiece") or first_phrase(behind, language, "apiece")
    per = _PER.match(behind)
    if not told and not (per and per.group(1) in text[: number.start]):
        return []
    less, more = sorted(amounts, key=in_units_of_one)
    per_each = ratio_between(more, less)
    return [replace(per_each, unit=number.unit)] if number.unit in ("", more.unit) else []


def _in_brackets(asked: Computed, amounts: Sequence[PrintedNumber]) -> OwnSum | None:
    """Return the share that a number says of a part in brackets beside it: "of whom 54 % women (270,000)"."""
    text, number = asked.read.text, asked.number
    after = [one for one in asked.after if not one.rule][:1]
    if after and _OPENED.fullmatch(text, number.end, after[0].start) and _CLOSES.match(text, after[0].end):
        wholes, part = amounts[-1:], after[0]
    elif len(amounts) > 1 and _OPENED.fullmatch(text, amounts[-1].end, number.start):
        if not _CLOSES.match(text, number.end):
            return None
        wholes, part = amounts[-2:-1], amounts[-1]
    else:
        return None
    first = min(part.start, number.start)
    told = wholes and first_phrase(text[wholes[0].end : first].lower(), asked.read.language, "share")
    if not told or asked.moves() or part.unit != wholes[0].unit or not are_alike(part, wholes[0]):
        return None
    return share_in_another([part], wholes[0]) if part.value < wholes[0].value else None


def _of_what_is_planned(asked: Computed, here: Sequence[PrintedNumber]) -> list[OwnSum]:
    """Return the share that a difference is of what it is counted from, where it is told again as a share.

    "25 short of the target, that is 30 per cent"; where nothing is said to be more or less, the share of what
    was reached may be meant as well.
    """
    apart, earlier = here[-1], [*asked.earlier, *here[:-1]]
    if apart.unit in (*SHARES, POINTS, "times") or not earlier or not are_alike(earlier[-1], apart):
        return []
    reference = compared_with(asked.read, apart)
    low, high = asked.read.clause(apart)
    lacking = first_phrase(asked.read.text[low:high].lower(), asked.read.language, "lacking")
    way = (reference.way if reference is not None else 0) or (-1 if lacking else 0)
    if not way or not (asked.moves() or asked.follows() or _alone(asked, apart)):
        return []
    level, codes = earlier[-1], (one for one in asked.read.mentions if one.start < apart.start)
    if level not in here and any(one.axis not in (MEASURE, PERIOD) for one in codes):
        return []  # it may be less than something else
    if len(earlier) > 1 and are_alike(*earlier[-2:]):
        less, more = sorted(earlier[-2:], key=in_units_of_one)
        if in_units_of_one(more) - in_units_of_one(less) == in_units_of_one(apart):
            level = less if way < 0 else more
    return of_a_plan(level, apart, way, both=not asked.moves())
