"""Whose a word or a code of a sentence is: this number's or another's."""

from __future__ import annotations

import re
from functools import cache

from analysis.checking.candidates.agreement import SHARES
from analysis.checking.text.context import SENTENCE
from analysis.checking.text.mentions import (
    Mention,
    Sentence,
    denied,
    is_linked,
    phrases,
)
from analysis.reading import PrintedNumber

MEASURE, PERIOD = "measure", "period"
# Columns whose codes have words of their own.
CODED = ("sex", "age", "region")
SOURCE = "source"
# Measures of what was only planned, or was before.
PLANNED = ("target", "strategic_budget", "baseline")
NAMED = (*CODED, MEASURE, SOURCE)
_COLON = re.compile(r"[:：](?!\d)")
# "Its budget, which was 75.7".
_WHICH_WAS = (
    r",? ?(?:which|that) (?:was|were|is|are|stood at|came to|amounted to)|"
    r",? ?qui (?:(?:était|étaient|est|sont) (?:de|fixée?s? à)|s'élevait à)|"
    r",? ?que (?:eran? de|ascendía a)|，即"
)
# "a target of 870": the word is said of the number right after it, of no other.
_OF = re.compile(
    rf"\s*(?:of|at|de|del|为|是|：|:|{_WHICH_WAS})?\s*"
    r"(?:at least |d'au moins |al menos |por lo menos |至少(?:为)?)?"
    r"(?:US\$|\$|€)?\s*",
    re.I,
)
# Between a word for a plan and the verb of what was planned: "budget expenditure" plans nothing.
_GOVERNS, _GOVERNS_ZH = re.compile(r"\s+(?:to|d'|de|à|que se)\s*", re.I), re.compile(r"\s*")
# The article before a name, and what leads on from a name behind a comma: ", which spent 280".
_ARTICLE = re.compile(r"\b(?:the|le|la|les|el|los|las|l')\s*$", re.I)
_WHICH = re.compile(
    r"\s*[,，]?\s*(?:(?:which|who|whose|where|with its|qui|dont|où|que|cuyo|cuya|donde|el cual|la cual)\b|"
    r"[它其])"
)
# Between what is left out and a number of its own: "except Africa (329)", "apart from Africa's 329".
_ITS_OWN = re.compile(r"\s*(?:['’]s\b|[(（:：]|(?:with|at|avec|con)\b|外?的|有|达|为)")
# What a number has of its own before another is joined to it.
_JOINED = re.compile(
    r"(?:\s*(?:%|per cent|percent|pour cent|por ciento))?(?P<own>.*?)(?:\s(?:and|et|y)\s|[和及])\D*"
)
_AND = re.compile(r"\s(?:and|et|y|e|while|whereas|tandis que|mientras que)\s|[和及而]", re.I)


def code_of_word(read: Sentence, place: int, columns: tuple[str, ...] = CODED) -> Mention | None:
    """Return the code that a word only says: women, Africa, the young; None where it says more."""
    return next(
        (
            mention
            for mention in read.mentions
            if mention.axis in columns and mention.start <= place < mention.end
        ),
        None,
    )


def of_another(read: Sentence, number: PrintedNumber, place: int) -> bool:
    """Whether a word says the measure of another number, right after it: "against a target of 5"."""
    said = (
        mention
        for mention in read.mentions
        if mention.axis == MEASURE and mention.start <= place < mention.end
    )
    mention = next(said, None)
    if mention is None:
        return False
    return any(
        other is not number and not other.rule and right_before(read, mention, other)
        for other in read.numbers
    )


def is_passing(read: Sentence, number: PrintedNumber, mention: Mention) -> bool:
    """Whether a measure is none of a number's: in another clause, another number's, or what is counted."""
    if right_before(read, mention, number):
        return False
    low, high = read.clause(number)
    return (
        not low <= mention.start < high
        or of_another(read, number, mention.start)
        or _is_counted(read, mention)
        or _is_told_of_results(read, number, mention)
    )


@cache
def told_of_results(language: str) -> re.Pattern[str]:
    """Return what says that something is more or less than was planned, or as much.

    "Short of its target", "close to target", 未达目标: of what number follows, it is no plan.
    """
    held = phrases(language)
    passed, plans = (
        "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
        for words in ((*held["above_plan"], *held["below_plan"], *held["near_plan"]), held["planned"])
    )
    if language == "zh":
        return re.compile(
            rf"(?:{passed})[^，。；\d]{{0,4}}(?:{plans})(?![^，。；]{{0,3}}\d)|比(?:{plans})[^，。；\d]{{0,2}}[高低多少]"
        )
    return re.compile(
        rf"\b(?:{passed})(?:\s+[^\W\d]+){{0,3}}?\s+(?:\w')?(?:{plans})(?!\w)"
        r"(?!\s*[,(]?\s*(?:of|de|d'|:)?\s*(?:US\$|\$|€)?\d)",
        re.I,
    )


def _is_told_of_results(read: Sentence, number: PrintedNumber, mention: Mention) -> bool:
    """Whether a measure before an amount is a plan that it is only set against: "close to target are …"."""
    if mention.end > number.start or number.unit in (*SHARES, "percentage_points"):
        return False
    said = told_of_results(read.language).finditer(read.text, 0, number.end)
    return any(one.start() <= mention.start and mention.end <= one.end() for one in said)


def _is_counted(read: Sentence, mention: Mention) -> bool:
    """Whether a word is what a number counts or is a share of: "of 57 targets", "42% of the targets"."""
    if read.text[mention.start : mention.end].lower() not in phrases(read.language)["targets"]:
        return False
    before = [(one.unit, read.text[one.end : mention.start]) for one in read.numbers if not one.rule]
    return any(
        is_linked(between) if unit in SHARES else not (unit or between.strip())
        for unit, between in before
        if between
    )


def right_before(read: Sentence, mention: Mention, number: PrintedNumber) -> bool:
    """Whether a mention is said of the number that follows it: "a target of 5", 目标为5."""
    return mention.end <= number.start and bool(_OF.fullmatch(read.text[mention.end : number.start]))


def numbered(read: Sentence, number: PrintedNumber, place: int) -> bool:
    """Whether the clause at a place has a number of its own."""
    low, high = read.clause_at(place)
    return any(low <= other.start < high and not other.rule for other in read.numbers if other is not number)


def beyond(read: Sentence, number: PrintedNumber, mention: Mention) -> bool:
    """Whether a mention after a number belongs to another number that stands between."""
    return mention.start > number.start and read.crossed(number, mention) > 0


def elsewhere(read: Sentence, number: PrintedNumber, mention: Mention) -> bool:
    """Whether a mention is another number's: beyond it or a colon, or in brackets that are closed."""
    return (
        beyond(read, number, mention)
        or read.enclosed(number, mention)
        or _behind_a_colon(read, number, mention.start)
    )


def _behind_a_colon(read: Sentence, number: PrintedNumber, place: int) -> bool:
    """Whether a colon stands between a number and what is said of the next one: "39 %: 6 points short"."""
    return bool(_COLON.search(read.text, number.end, place)) and any(
        other.start > number.end and not other.rule for other in read.numbers
    )


def of_next(read: Sentence, number: PrintedNumber, place: int) -> bool:
    """Whether a word is said of the number that is joined to this one: "69 in 2021 and 20 of core texts"."""
    if _behind_a_colon(read, number, place) or read.inserted(number, place):
        return True
    following = (other for other in read.numbers if other.start >= number.end and not other.rule)
    other = next(following, None)
    if other is None or place < other.end:
        return False
    joined = _JOINED.fullmatch(read.text[number.end : other.start])
    return bool(joined and joined["own"].strip())


def before_next(read: Sentence, number: PrintedNumber, mention: Mention) -> bool:
    """Whether a mention stands between "and" and the next number: "women's by 3.6 and men's by 2.9"."""
    following = (other for other in read.numbers if other.start >= number.end and not other.rule)
    other = next(following, None)
    if other is None or not number.end <= mention.start < other.start:
        return False
    joined = _AND.search(read.text, number.end, mention.start)
    return joined is not None and not _AND.search(read.text, mention.end, other.start)


def of_later(read: Sentence, number: PrintedNumber, mention: Mention) -> bool:
    """Whether a mention stands in a later clause that has a number of its own: "6%, in 2019 it was 8%"."""
    return stands_later(read, number, mention) and (
        numbered(read, number, mention.start) or _of_what_follows(read, number, mention)
    )


def _of_what_follows(read: Sentence, number: PrintedNumber, mention: Mention) -> bool:
    """Whether a period opens a part of the sentence with a number of its own: "; in 2023, it was 39.8"."""
    after = [number.start for number in read.numbers if number.start >= mention.end and not number.rule]
    others = [
        period.start for period in read.mentions if period.axis == PERIOD and period.start > mention.start
    ]
    parted = re.search(r"[;；]", read.text[number.end : mention.start])
    opens = re.fullmatch(r"[^,，;；]{0,4}[,，][^;；]*", read.text[mention.end : after[0]]) if after else None
    return bool(after and (parted or opens) and not any(place < after[0] for place in others))


def is_anothers(read: Sentence, number: PrintedNumber, mention: Mention) -> bool:
    """Whether a code of a sentence is said of another number: its source, its measure, its sex or region."""
    if mention.axis == SOURCE:
        return comes_from(read, number, mention) or is_left_out(read, number, mention)
    if mention.axis == MEASURE:
        return is_passing(read, number, mention) or _is_governed(read, mention)
    if mention.axis != PERIOD and is_left_out(read, number, mention):
        return True
    if mention.axis != PERIOD and _only_ranked_with(read, number, mention):
        return True
    return mention.axis in CODED and of_later(read, number, mention)


def _is_governed(read: Sentence, mention: Mention) -> bool:
    """Whether what came about stands right behind the plan of it: "planned to achieve 114", 原定取得114项."""
    if {*mention.code.split("|")} <= {*PLANNED}:
        return False
    governs = _GOVERNS_ZH if read.language == "zh" else _GOVERNS
    return any(
        one.axis == MEASURE and {*one.code.split("|")} <= {*PLANNED} and one.end <= mention.start
        for one in read.mentions
        if governs.fullmatch(read.text, one.end, max(one.end, mention.start))
    )


def _only_ranked_with(read: Sentence, number: PrintedNumber, mention: Mention) -> bool:
    """Whether a code says only whom the subject comes after: "outcome 3, second only to outcome 7, …, 225".

    The subject is another code of its column before it; a comma parts it from the number, and no word such as
    "which" leads on from it.
    """
    between = read.text[mention.end : number.start].lower()
    subjects = (one for one in read.mentions if one.axis == mention.axis and one.end < mention.start)
    subject = next((one for one in subjects if one.code != mention.code), None)
    if subject is None or mention.end > number.start or not comma_between(read, mention, number):
        return False
    if any(subject.end <= other.start < number.start and not other.rule for other in read.numbers):
        return False
    return comes_after(read, mention) and not _WHICH.match(between)


def comes_after(read: Sentence, mention: Mention) -> bool:
    """Whether a code is what another comes after, by the words right before it: "second only to Africa"."""
    return _is_right_behind(read, mention, "comes_after")


def is_no_subject(read: Sentence, mention: Mention) -> bool:
    """Whether a code is only what something is set against or comes after, or left out."""
    return any(_is_right_behind(read, mention, names) for names in ("comes_after", "apart_from", "against"))


def is_left_out(read: Sentence, number: PrintedNumber, mention: Mention) -> bool:
    """Whether a code before a number is left out of it: "outside the regular budget, 667.7 was spent".

    A number in brackets or a clause right behind it is its own: "except Africa (329)".
    """
    if mention.end > number.start or not _is_right_behind(read, mention, "apart_from"):
        return False
    between = read.text[mention.end : number.start].lower()
    return not (_WHICH.match(between) or _ITS_OWN.match(between))


def _is_right_behind(read: Sentence, mention: Mention, names: str) -> bool:
    before = f" {_ARTICLE.sub(' ', read.text[: mention.start].lower()).rstrip()}"
    space = "" if read.language == "zh" else " "
    return any(before.endswith(f"{space}{phrase}") for phrase in phrases(read.language)[names])


def comes_from(read: Sentence, number: PrintedNumber, mention: Mention) -> bool:
    """Whether a source is another amount's: "458 million from the regular budget and 619 million from …"."""
    return any(
        other.end <= mention.start < number.start
        and other.unit in (number.unit, "")
        and not other.rule
        and is_linked(read.text[other.end : mention.start])
        for other in read.numbers
        if other is not number
    )


def stands_later(read: Sentence, number: PrintedNumber, mention: Mention) -> bool:
    """Whether a mention stands in a clause after the number's."""
    return mention.start > number.start and read.parted(number, mention)


def comma_between(read: Sentence, mention: Mention, number: PrintedNumber) -> bool:
    """Whether a comma stands between a period and a later number: "In 2021 it was 6.9, down from 7.2"."""
    return any(sign in read.text[mention.end : number.start] for sign in ",，;；")


def weight_outside(read: Sentence, number: PrintedNumber, place: int) -> float:
    """Return the weight of a word in another clause: less after the number, or where another has it."""
    low, high = sorted((number.start, place))
    between = any(
        low < other.start < high and not other.rule for other in read.numbers if other is not number
    )
    if place < number.start:
        return SENTENCE
    return SENTENCE / 4 if between or numbered(read, number, place) else SENTENCE * 0.75


def denied_around(
    read: Sentence, number: PrintedNumber, header: Sentence | None, heading: Sentence | None
) -> bool:
    """Whether a number's clause, or what stands above it, says that something is not so."""
    low, high = (0, len(read.text)) if header is not None else read.clause(number)
    places = [(read.text, low, high)]
    places += [(line.text, 0, len(line.text)) for line in (header, heading) if line is not None]
    return any(denied(*place, read.language) for place in places)
