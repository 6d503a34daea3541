"""In what a text speaks against what the record says of a quantity whose value a number has."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache, lru_cache

from analysis.checking.candidates.agreement import SHARES, agreement, in_units_of_one
from analysis.checking.candidates.belonging import MEASURE, PLANNED, right_before
from analysis.checking.candidates.candidate import Candidate
from analysis.checking.candidates.candidate_index import CandidateIndex
from analysis.checking.candidates.compared_periods import goes_on
from analysis.checking.judging.own_numbers import without_qualifier
from analysis.checking.text.context import Context
from analysis.checking.text.mentions import first_phrase, phrases
from analysis.reading import PrintedNumber
from analysis.reading.languages import as_a_word, word_lists

# The kinds of phrases that say in which time something is counted.
TIMES_COUNTED = ("each_day", "each_week", "each_month", "each_quarter", "each_year")
# The kinds of phrases that say that something is or becomes more, and less.
WAYS = (("rise", "rose"), ("fall", "fell"))
# Within how many signs before and after a number its direction, and its unit of time, are said.
NEAR, FARTHER, COUNTED = 40, 60, 40
# Features of titles that begin by saying that a quantity is more than another, and less.
INCREASE, FALL, EXCESS, SHORTFALL = "increas", "fall", "exces", "shortfal"
# What follows "a year" where it is none in which something is counted: "a year earlier".
_NO_RATE = re.compile(r"\s*(?:earlier|later|ago|before|after|and a half)\b")
# Between a number and the plan that it is: 5%的目标.
_ITS_PLAN = re.compile(r"%?的?")


def said_otherwise(catalogue: CandidateIndex, context: Context, candidate: Candidate) -> str:
    """Return in what a text speaks against the record's statement of a quantity, its value apart.

    Returns
    -------
    str
        ``direction`` where the text says that something rose that the record says fell, or the other way
        round; ``unit`` where it counts by the year, or in years, what the record counts by the month, or in
        months, or the like;
        ``digit`` where one end of a range is not the record's. Nothing where it does not.
    """
    if turned_around(catalogue, context, candidate):
        return "direction"
    if _in_another_time(context, candidate) or _lasts_otherwise(catalogue, context, candidate):
        return "unit"
    return "digit" if _ends_elsewhere(catalogue, context.number, candidate) else ""


def turned_around(catalogue: CandidateIndex, context: Context, candidate: Candidate) -> bool:
    """Whether the text says that something fell that the record says rose, or the other way round."""
    way = way_stated(catalogue, candidate)
    if not way or candidate.base is None:
        return False
    if candidate.base < 0:  # a growth below nothing is a fall
        way = -way
        if context.in_row and way < 0 < context.number.value:
            return FALL not in context.local
    if context.number.value < 0 and candidate.unit == "percent":
        return way > 0
    return way_said(context) == -way or (candidate.base < 0 and _only_rises(context))


def _only_rises(context: Context) -> bool:
    """Whether a sentence says that something rose, by a word or a plus sign, and nothing that it fell."""
    read = context.sentence
    said = {feature.name for feature in read.features}
    rises = INCREASE in said or read.text[: context.number.start].endswith("+")
    return rises and FALL not in said


def way_stated(catalogue: CandidateIndex, candidate: Candidate) -> int:
    """Return which way a quantity goes by its statement: 1 for more, -1 for less, 0 where it says neither."""
    if candidate.id not in catalogue.ways:
        # "Fall in …" is a change, "Hours lost" is none; nor is what was "met or exceeded".
        words = candidate.titles["en"].split()
        said = {feature.name for feature in catalogue.english.features(" ".join(words[:3]))}
        first = {feature.name for feature in catalogue.english.features(" ".join(words[:1]))}
        way = (INCREASE in said or EXCESS in first) - (FALL in said or SHORTFALL in first)
        catalogue.ways[candidate.id] = way
    return catalogue.ways[candidate.id]


def way_said(context: Context) -> int:
    """Return which way the words around a number say it goes: 1 up, -1 down; 0 for neither, or both.

    Words of its own clause; where that says nothing, those of the clauses before it without a number. Before
    a plan something else goes, not its number: "well above the target of 5 per cent", 高于5%的目标.
    """
    read, number = context.sentence, context.number
    beside = way_beside(context)
    if beside:
        return beside
    start, end = read.clause(number)
    measures = [one for one in read.mentions if one.axis == MEASURE]
    plans = [one for one in measures if {*one.code.split("|")} <= {*PLANNED}]
    behind = (one.start for one in plans if one.start >= number.end)
    if read.language == "zh" and any(_ITS_PLAN.fullmatch(read.text, number.end, place) for place in behind):
        return 0
    ends = (one.end for one in plans if right_before(read, one, number))
    named = max(ends, default=0) if read.language != "zh" else 0  # 低于目标2%
    for low, width in ((max(start, named), NEAR), (max(read.stretch(number)[0], named), FARTHER)):
        text = read.text.lower()
        before = without_qualifier(text[max(low, number.start - width) : number.start], number, read.language)
        around = f"{before} {text[number.end : min(end, number.end + width)]}"
        up, down = (any(first_phrase(around, read.language, names) for names in way) for way in WAYS)
        if up or down:
            return up - down
    return 0


def is_level_of_a_change(catalogue: CandidateIndex, context: Context, candidate: Candidate) -> bool:
    """Whether a share is said to be by how much something is more or less, and a quantity is no change."""
    if _of_the_target(context):
        return True
    changed = way_beside(context) or changes_by(context)
    compared = context.number.unit in SHARES and not context.in_row and changed
    return bool(compared) and not way_stated(catalogue, candidate)


def is_no_change(catalogue: CandidateIndex, context: Context, candidate: Candidate) -> bool:
    """Whether a percentage by which something moved is told, and a quantity is another level, no change."""
    if context.number.unit != "percent" or not changes_by(context):
        return False
    return not way_stated(catalogue, candidate) and not agreement(context.number, candidate)


def changes_by(context: Context) -> bool:
    """Whether a word right before a number says by how much something moved: "fell by 15 %", 上升15%.

    "A augmenté de 5,4 à 6,6" says from where.
    """
    read, number = context.sentence, context.number
    onward = goes_on(read, number) and any(one.start > number.start and not one.rule for one in read.numbers)
    return not onward and bool(_moved_by(read.language).search(read.text, 0, number.start))


@cache
def _moved_by(language: str) -> re.Pattern[str]:
    some = [word for kind in ("rose", "fell", "changed") for word in phrases(language)[kind]]
    words = "|".join(map(re.escape, (word for word in some if word[-1] not in "至到")))
    if language == "zh":
        return re.compile(rf"(?:{words})了?(?:约|近|超过)?\s*$")
    return re.compile(rf"(?<!\w)(?:{words})\s+(?:by|of|del?|d'|(?:en\s)?un|en)\s*(?:\w+\s)?$", re.I)


def _of_the_target(context: Context) -> bool:
    """Whether a number is a share of a target, a plan or a budget: "half of the target", 目标的一半."""
    read, number = context.sentence, context.number
    if number.unit not in SHARES or context.in_row:
        return False
    if read.language == "zh":
        before = without_qualifier(read.text[: number.start], number, "zh").rstrip()
        return any(before.endswith(f"{phrase}的") for phrase in phrases("zh")["target"])
    return bool(_share_of_target(read.language).match(read.text, number.end))


@cache
def _share_of_target(language: str) -> re.Pattern[str]:
    units = "|".join(map(re.escape, word_lists(language)["units"]["percent"]))
    parts = word_lists(language)["parts"]
    links = "|".join(map(re.escape, [*parts["of"], *parts["these"], *parts["joined"], "de", "la", "del"]))
    some = "|".join(map(re.escape, phrases(language)["target"]))
    return re.compile(rf"\s*(?:{units})?(?:\s+(?:{links}))+\s+(?:{some})(?!\w)", re.I)


def way_beside(context: Context) -> int:
    """Return which way a number goes by the word right beside it: "35 % more", 高10%; 0 without one."""
    read, number = context.sentence, context.number
    up, down = (_compared(read.language, names) for names in ("higher", "lower"))
    if read.language == "zh":
        before = read.text[: number.start]
        for compound in phrases("zh")["compounds"]:
            before = before.replace(compound, " " * len(compound))
        return bool(up.search(before)) - bool(down.search(before))
    return bool(up.match(read.text, number.end)) - bool(down.match(read.text, number.end))


@cache
def _compared(language: str, names: str) -> re.Pattern[str]:
    """Return what finds a word of comparison right after a number, or in Chinese right before it."""
    some = "|".join(map(re.escape, phrases(language)[names]))
    if language == "zh":
        return re.compile(rf"(?<!最)(?:{some})[约近]?\s*$")
    units = "|".join(map(re.escape, word_lists(language)["units"]["percent"]))
    return re.compile(rf"\s*(?:{units})?\s*(?:{some})(?!\w)", re.I)


def _in_another_time(context: Context, candidate: Candidate) -> bool:
    """Whether a text counts by one unit of time what the record's statement counts by another."""
    stated = times_stated(candidate)
    if len(stated) != 1:
        return False
    read, number = context.sentence, context.number
    low, high = read.clause(number)
    around = read.text[max(low, number.start - COUNTED) : min(high, number.end + COUNTED)].lower()
    said = _times(around, read.language)
    return len(said) == 1 and said != stated


def _lasts_otherwise(catalogue: CandidateIndex, context: Context, candidate: Candidate) -> bool:
    """Whether a number of weeks, say, is told of what the record states in months."""
    if candidate.kind != "duration" or not candidate.unit_features:
        return False  # years, which 周年 and the like say with other words for time
    said = next((name for _, name in context.counted if name in catalogue.lengths), None)
    return said is not None and said not in candidate.unit_features


def times_stated(candidate: Candidate) -> frozenset[str]:
    """Return the units of time in which the record's statement counts a quantity."""
    return _times(candidate.titles["en"].lower(), "en")


@lru_cache(maxsize=4096)
def _times(text: str, language: str) -> frozenset[str]:
    """Return the units of time in which a text counts something."""
    return frozenset(
        kind
        for kind in TIMES_COUNTED
        for phrase in phrases(language)[kind]
        if phrase in text
        and (
            language == "zh"
            or any(not _NO_RATE.match(text, match.end()) for match in as_a_word(phrase).finditer(text))
        )
    )


def _ends_elsewhere(catalogue: CandidateIndex, number: PrintedNumber, candidate: Candidate) -> bool:
    """Whether a number is a range, and not the one of which the record states a quantity as an end."""
    if number.upper is None:
        return False
    ends = ends_stated(catalogue, candidate)
    return bool(ends) and ends != (in_units_of_one(number), number.upper)


def ends_stated(catalogue: CandidateIndex, candidate: Candidate) -> tuple[Fraction, Fraction] | None:
    """Return the range of which a quantity is an end, as the record states both ends one after the other."""
    if candidate.base is None or candidate.row < 0:
        return None
    for other in catalogue.in_order.get(candidate.table, ()):
        if abs(other.row - candidate.row) == 1 and other.unit == candidate.unit and other.base is not None:
            low, high = sorted((candidate, other), key=lambda end: end.base)
            if _is_end(low, "lower_end") and _is_end(high, "upper_end") and low.period == high.period:
                return low.base, high.base
    return None


def _is_end(candidate: Candidate, names: str) -> bool:
    return bool(_ends(names).search(candidate.titles["en"]))


@cache
def _ends(names: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases('en')[names]))})\b", re.I)
