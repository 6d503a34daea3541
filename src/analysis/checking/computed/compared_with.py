"""What a number is set against: "eight more than the target", 比目标低四个百分点, "missed the mark by 2"."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass

from analysis.checking.candidates.agreement import SHARES
from analysis.checking.candidates.belonging import MEASURE, PERIOD, PLANNED
from analysis.checking.judging.operands import TIMES
from analysis.checking.judging.own_numbers import without_qualifier
from analysis.checking.text.mentions import Mention, Sentence, first_phrase, phrases
from analysis.reading import PrintedNumber

# Within how many signs of a number what it is compared with is named, and how soon more or less is said.
FAR, FAR_ZH, SOON = 48, 16, 26
# How many words at most may stand between a share and the part that it is.
BETWEEN = 5
# What a share of the whole is compared with, in the place of a column.
WHOLE = "whole"
_PARTS = re.compile(r"[;；。:：(（)）,，、]")
_THAN_ZH = re.compile(r"比|较|距离?|离|超出|超过|高出|高于|低于|少于|多于|不足|是")
_THAN = re.compile(
    r"\bqu'|\b(?:than|above|below|over|under|behind|ahead|up on|down on|short of|que|au-dessus|au-dessous|"
    r"en dessous|devant|derrière|encima|debajo|los de|las de|el de|la de|that of|those of|as)(?![\w-])",
    re.I,
)
_SHORT = re.compile(r"\s*(?:[^\W\d]+\s){0,2}(?:short|off|missing|too few|lacking)\b(?!\s+of)")
_PER_CENT = re.compile(r"^\s*(?:(?:%|per ?cent|pour cent|por ciento)\s*)?")
_ENDS_ALL = re.compile(r"\s*(?:%|per ?cent|pour cent|por ciento)?\s*(?:[,.;:)，。；：）]|$)")
_ENDS = re.compile(r"\s*(?:[,.;:)]|$)")
_BY = re.compile(r"(?:\bby|\bde|\bd'|\ben|\bpor)\s*(?:us)?[$€£]?\s*$")
_OF_ZH = re.compile(r"(?:目标|计划|预算|指标|预期)的[约近]?\s*$")
_OUT_OF = re.compile(r"\b(?:of|out of|sur|parmi|des?|del?|entre)\s+(?:the\s|les\s|l[ao]s\s|its\s|all\s)?\s*$")
_OF = re.compile(r"\s*(?:of|de|du|des|del|d')(?!\w)|\s*(?:the|le|la|les|el|los|lo)\s", re.I)


@dataclass(frozen=True)
class Reference:
    """What a number is compared with.

    Attributes
    ----------
    column : str
        In which the two differ; of a plan ``measure``, of the whole ``whole``.
    code : str
        Of what is named; nothing of a plan.
    way : int
        1 where the number says more, -1 where it says less, 0 where it says a share or a multiple.
    start, end : int
        Where it stands, with the words for more and less.
    than : int
        Where the word for *than* stands, or what is compared begins.
    part : bool
        Whether the code is that of a part of what stands before.
    """

    column: str
    code: str
    way: int
    start: int
    end: int
    than: int
    part: bool = False


def compared_with(read: Sentence, number: PrintedNumber) -> Reference | None:
    """Return what a number is compared with, where one thing is named right beside it; None otherwise.

    What is only said to be lacking is so of the plan: "59 results: 25 are missing", 还差四个百分点.
    """
    named = _named(read, number)
    if named is None and number.unit not in (*TIMES, *SHARES) and _is_lacking(read, number):
        start = number.start - len(_lead(read, number))
        return Reference(MEASURE, "", 0, start, number.end, number.end)
    return named


def _is_lacking(read: Sentence, number: PrintedNumber) -> bool:
    """Whether a number is said to be lacking, by words right beside it."""
    lead = _lead(read, number).rstrip(" :：,，")
    return any(lead.endswith(phrase) for phrase in phrases(read.language)["lacking"]) or bool(
        _SHORT.match(read.text, number.end)
    )


def _named(read: Sentence, number: PrintedNumber) -> Reference | None:
    """Return what is named beside a number that says by how much it is more or less, or which part."""
    stretch = _beside_zh(read, number) if read.language == "zh" else _behind(read, number)
    if stretch is None:
        return None
    start, end = stretch
    said = read.text[start : end if read.language == "zh" else min(end, start + SOON)].lower()
    way = _way(said, read.language)
    lead = _lead(read, number) if read.language != "zh" and not way else ""
    by = _BY.search(lead)
    if by and (way_before := _way(lead, read.language)):
        if first_phrase(lead, read.language, "planned"):
            before, start = lead[: by.start()].rstrip(), number.start - len(lead)
            level = by.group().startswith("d") and any(
                map(before.endswith, phrases(read.language)["planned"])
            )
            return None if level else Reference(MEASURE, "", way_before, start, number.start, number.end)
        way = way_before
    if not way and number.unit in SHARES and _of_all(read, number):
        return Reference(WHOLE, "", 0, start, end, start)
    away = number.unit not in (*TIMES, *SHARES) and first_phrase(said, read.language, "away")
    if way is None or (not way and not away and number.unit not in (*TIMES, *SHARES)):
        return None
    inside = [mention for mention in read.mentions if start <= mention.start and mention.end <= end]
    others = [mention for mention in inside if mention.axis != MEASURE]
    than = _THAN.search(read.text, start, end)
    if _is_planned(read, inside, others, start, end):
        share = way or number.unit not in SHARES or _of_it(read, number)
        place = than.start() if than else start
        return Reference(MEASURE, "", way, start, end, place) if share and not others else None
    codes = {(mention.axis, mention.code) for mention in others}
    if len(codes) != 1 or (not way and number.unit in SHARES):
        return None
    if read.language != "zh" and (than is None or than.start() > others[0].start):
        return None
    ((column, code),) = codes
    return Reference(column, code, way, start, end, than.start() if than else start)


def part_of(read: Sentence, number: PrintedNumber, whole: PrintedNumber) -> Reference | None:
    """Return the code of which a share of a number before it is told: "29 countries, half in Asia"."""
    text, language = read.text.lower(), read.language
    after = [other.start for other in read.numbers if not other.rule and other.start >= number.end]
    low, high = read.clause(number)
    low, high = max(low, whole.end), min([high, *after])
    told = (
        bool(first_phrase(text[whole.end : number.start], language, "of_which"))
        or bool(first_phrase(text[number.end : high], language, "share"))
        or bool(_OUT_OF.search(text[: whole.start]))
    )
    inside = [one for one in read.mentions if low <= one.start < high and one.axis != MEASURE]
    inside = [one for one in inside if one.axis != PERIOD] or inside
    codes = {(one.axis, one.code) for one in inside}
    if number.unit not in SHARES or not told or len(codes) != 1:
        return None
    ((column, code),) = codes
    start, end = min(number.start, inside[0].start), max(number.end, inside[-1].end)
    between = _PER_CENT.sub("", text[number.end : max(inside[0].start, number.end)], count=1)
    if len(between.split()) > BETWEEN or not _ENDS_ALL.match(text, end if end > number.end else number.end):
        return None
    return Reference(column, code, 0, start, end, number.end, part=True)


def places_of_phrases(read: Sentence, kinds: Sequence[str]) -> set[int]:
    """Return the places of the signs that phrases of some kinds take: 出目 of 超出目标 is no word."""
    some = (phrase for kind in kinds for phrase in phrases(read.language)[kind] if phrase in read.text)
    places = (match.span() for phrase in some for match in re.finditer(re.escape(phrase), read.text))
    return {at for span in places for at in range(*span)}


def _lead(read: Sentence, number: PrintedNumber) -> str:
    """Return what stands right before a number in its part of the clause, without its qualifier."""
    low = max([0, *(other.end for other in read.numbers if not other.rule and other.end <= number.start)])
    low = max([low, *(match.end() for match in _PARTS.finditer(read.text, low, number.start))])
    return without_qualifier(read.text[: number.start].lower(), number, read.language)[low:]


def _behind(read: Sentence, number: PrintedNumber) -> tuple[int, int]:
    """Return where what is compared with may stand behind a number: in its clause, before another number."""
    after = (other.start for other in read.numbers if not other.rule and other.start >= number.end)
    high = min([number.end + FAR, len(read.text), *after])
    part = _PARTS.search(read.text, number.end, high)
    return number.end, part.start() if part else high


def _beside_zh(read: Sentence, number: PrintedNumber) -> tuple[int, int] | None:
    """Return where it may stand before a number: from the last word for *than* of its clause on."""
    before = (other.end for other in read.numbers if not other.rule and other.end <= number.start)
    low = max([number.start - FAR_ZH, 0, *before])
    low = max([low, *(match.end() for match in _PARTS.finditer(read.text, low, number.start))])
    than = _THAN_ZH.search(read.text, low, number.start) or _OF_ZH.search(read.text, low, number.start)
    return (than.start(), number.start) if than else None


def _way(said: str, language: str) -> int | None:
    """Return which way is said; None where both are."""
    rises = any(first_phrase(said, language, kind) for kind in ("rise", "higher", "passed"))
    falls = any(first_phrase(said, language, kind) for kind in ("fall", "lower", "lacking", "missed"))
    return None if rises and falls else rises - falls


def _is_planned(read: Sentence, inside: list[Mention], others: list[Mention], start: int, end: int) -> bool:
    """Whether what was planned is named, and not as a word of a title or of a code."""
    text = read.text.lower()
    for one in others:
        text = f"{text[: one.start]}{' ' * (one.end - one.start)}{text[one.end :]}"
    codes: Set[str] = {code for one in inside if one.axis == MEASURE for code in one.code.split("|")}
    return bool(first_phrase(text[start:end], read.language, "planned") or codes & {*PLANNED})


def _of_all(read: Sentence, number: PrintedNumber) -> bool:
    """Whether a share is one of the whole: "less than a third of the world total."."""
    told = _PER_CENT.sub("", read.text[number.end :].lower(), count=1)
    return any(
        told.startswith(phrase) and _ENDS.match(told, len(phrase))
        for phrase in phrases(read.language)["of_all"]
    )


def _of_it(read: Sentence, number: PrintedNumber) -> bool:
    """Whether a share is one *of* what stands beside it: "half the target", 目标的一半."""
    if read.language == "zh":
        return bool(_OF_ZH.search(read.text, 0, number.start))
    return bool(_OF.match(_PER_CENT.sub("", read.text[number.end :].lower(), count=1)))
