"""Verdicts on what a text computes of its own numbers, once each of those is judged by the record."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import replace
from functools import partial
from itertools import chain

from analysis.checking.candidates.agreement import LESS, MORE, agreement, in_units_of_one, on_its_side
from analysis.checking.candidates.belonging import MEASURE
from analysis.checking.candidates.candidate_index import CandidateIndex
from analysis.checking.candidates.derived import PAIRS
from analysis.checking.candidates.wordings import COMPARING
from analysis.checking.computed.plainly_computed import plainly_meant
from analysis.checking.computed.set_against import TABLES
from analysis.checking.judging.checked import Checked
from analysis.checking.judging.operands import TIMES
from analysis.checking.judging.own_numbers import (
    EARLIER,
    Computed,
    OwnSum,
    computed_from,
    fits,
    made_again,
    meant_by,
    nearly_so_many_times,
    points_told_as_per_cent,
)
from analysis.checking.judging.verdicts import DISAGREES, RIGHT, UNDECIDED, Verdict, computed_as
from analysis.checking.text.direction_words import IN_WORDS
from analysis.checking.text.mentions import Sentence, first_phrase
from analysis.checking.text.sentence_reading import sentence_of
from analysis.labels.numerals import at_full_precision
from analysis.reading import PrintedNumber

# Within how many points a share in words says a percentage again.
RESTATED = 6
# The kinds of phrases that say how a number is computed, not of what.
COMPUTING = (*COMPARING, "share", "apart", "gap", "together", "rest", "thus", "rate")
# Among how many numbers before and after one those of its sentence are looked for.
NEAR = 60
# The measures of what came about.
RESULTS = {result for plan, result in PAIRS if plan != "baseline"}
# How many signs before a share in words its article takes: "la mitad".
ARTICLE = 4
# What another time is set against by, the end of the part of a sentence that says it, and its year.
_THAN = re.compile(r"(?<!\w)(?:than\b|que\b|qu')")
_PART = re.compile(r"[,;:()，；：（）]|[.。](?!\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")


def by_own_numbers(catalogue: CandidateIndex, checked: Sequence[Checked]) -> list[Checked]:
    """Return the numbers of a draft, those that its own numbers come to judged by these."""
    judged: list[Checked] = []
    reads: dict[tuple, Sentence] = {}
    for at, entry in enumerate(checked):
        verdict = None
        if _is_data(entry) and entry.block.kind not in TABLES:
            verdict = _judged(catalogue, entry, judged[-NEAR:], checked[at + 1 : at + NEAR], reads)
        judged.append(replace(entry, verdict=verdict) if verdict else entry)
    return judged


def _is_data(checked: Checked) -> bool:
    return not checked.number.rule and checked.number.unit not in IN_WORDS


def _judged(
    catalogue: CandidateIndex,
    checked: Checked,
    before: Sequence[Checked],
    after: Sequence[Checked],
    reads: dict[tuple, Sentence],
) -> Verdict | None:
    """Return the verdict on a number by the others of its text; None where they do not tell."""
    direct = checked.verdict
    recorded = direct.is_right and direct.derived is None
    spoken = checked.number.unit == "fraction" and checked.number.words
    if recorded and not (spoken or checked.number.unit in TIMES):
        return None
    here = [entry for entry in before if _beside(entry, checked)]
    earlier = _earlier(checked, before)
    following = [entry for entry in after if _beside(entry, checked)]
    if not here and not earlier and not following:
        return None
    asked = _asked(catalogue, checked, (here, following, earlier), reads)
    verdicts = {id(entry.number): entry.verdict for entry in (*here, *following, *earlier)}
    plain = plainly_meant(asked)
    fitting = (own for own in plain or computed_from(asked) if fits(checked.number, own))
    own = next(fitting, None)
    if recorded and own is not None:
        return None
    points = None if own or plain else points_told_as_per_cent(asked)
    own = own or points or next(iter(plain), None) or meant_by(asked)
    if own is None:
        return None
    operands = [verdicts[id(operand)] for operand in own.operands]
    told = {verdict.verdict for verdict in operands}
    if points is not None:
        return computed_as(own, "unit", matches=direct.matches) if DISAGREES not in told else None
    how = fits(checked.number, own)
    if not how and (on_its_side(checked.number, own.value) or _roughly(checked.number, own)):
        return None
    if not how and own.how == "sum" and _is_of_another(catalogue, asked, operands):
        return None
    if not how and _is_of_another_time(asked, own):
        return None
    if how and own.how == "difference" and told <= {*RIGHT} and _is_turned(asked, operands):
        return computed_as(own, "direction", matches=direct.matches)
    likely = told <= {*RIGHT, UNDECIDED} and _said_together(asked, own)
    known = how or (plain and not told.isdisjoint(RIGHT))
    if known and likely and all(map(partial(_likely_right, checked.number), own.operands, operands)):
        told = {*RIGHT}
    if how and DISAGREES in told and told <= {*RIGHT, DISAGREES}:
        entries = {id(entry.number): entry for entry in (*here, *following, *earlier)}
        again = made_again(own, [as_the_record_has_it(entries[id(operand)]) for operand in own.operands])
        if again is not None and fits(checked.number, again) == how:
            own, told = again, {*RIGHT}
    return verdict_by(checked, own, how, told)


def _is_of_another(catalogue: CandidateIndex, asked: Computed, operands: Sequence[Verdict]) -> bool:
    """Whether a number counts something else than those that it would be the sum of."""
    read, family = asked.read, catalogue.wordings.family(asked.read.language)
    behind = {
        one.name for one in read.features if asked.number.end <= one.start < read.clause(asked.number)[1]
    }
    held = (verdict.candidate for verdict in operands if verdict.candidate is not None)
    known = {name for one in held for name in (*one.unit_features, *chain(*one.features.values()))}
    known |= {one.name for one in read.features if one.start < asked.number.start}
    moving = catalogue.wordings.comparing(read.language, COMPUTING)
    return any(name in catalogue.rarity[family] and name not in known | moving for name in behind)


def _is_of_another_time(asked: Computed, own: OwnSum) -> bool:
    """Whether a number sets apart from a time that no number of its sentence is said to be of.

    "48 per cent contribute, 6 per cent aim at it, one point more than in 2018–19".
    """
    text, number, language = asked.read.text.lower(), asked.number, asked.read.language
    if not all(operand in asked.here for operand in own.operands):
        return False
    behind = _PART.split(text[number.end :], maxsplit=1)[0]
    than = _THAN.search(behind)
    if than is None:
        return False
    before, year = text[: number.start], _YEAR.search(behind, than.end())
    if year is not None:
        return year[0] not in before
    relative = ("year_before", "biennium_before")
    return any(
        (phrase := first_phrase(behind, language, names)) and phrase not in before for names in relative
    )


def _is_turned(asked: Computed, operands: Sequence[Verdict]) -> bool:
    """Whether what came about is said to be more than its plan, and is less, or the other way round."""
    over, under = asked.says("passed", "over_budget"), asked.says("missed", "lacking", "under_budget")
    held = [one.candidate for one in operands if one.candidate is not None and one.candidate.base is not None]
    came = [one for one in held if one.axes.get(MEASURE) in RESULTS]
    if over == under or len(held) != 2 or len(came) != 1:
        return False
    plan = next(one for one in held if one is not came[0])
    return (came[0].base > plan.base) != over


def _roughly(number: PrintedNumber, own: OwnSum) -> bool:
    """Whether a share or a multiple in words is near a value that it is not: "nearly half" of 45 per cent."""
    apart = abs(abs(own.value) - abs(in_units_of_one(number)))
    if number.qualifier in (*LESS, *MORE):
        return False
    if number.unit in TIMES:
        return nearly_so_many_times(number, own.value)
    return number.unit == "fraction" and apart <= RESTATED


def _said_together(asked: Computed, own: OwnSum) -> bool:
    """Whether a number and what it comes from stand in one sentence, which says no other way of computing."""
    here = {id(number) for number in (*asked.here, *asked.after)}
    moved = own.how == "share" and asked.moves() and not asked.says("share")
    return not moved and all(id(operand) in here for operand in own.operands)


def _likely_right(number: PrintedNumber, operand: PrintedNumber, verdict: Verdict) -> bool:
    """Whether an operand agrees, or is the value of what it most likely means; not by the number itself."""
    if isinstance(verdict.derived, OwnSum):
        return verdict.is_right and number not in verdict.derived.operands
    if verdict.is_right:
        return True
    return bool(verdict.matches) and bool(agreement(operand, verdict.matches[0].candidate))


def verdict_by(checked: Checked, own: OwnSum, how: str, told: Set[str]) -> Verdict | None:
    """Return the verdict on a number by what it is said to be; None where the record's own stays.

    ``how`` it agrees is empty where it does not; ``told`` are the verdicts on its operands. What follows
    from a wrong number is neither right nor wrong; from one that is not settled, undecided.
    """
    direct = checked.verdict
    if how and (direct.is_right or DISAGREES in told):
        return None
    if not told <= {*RIGHT}:
        return Verdict(UNDECIDED, "computed", None, own, own.value, matches=direct.matches) if how else None
    return computed_as(own, "" if how else "arithmetic", how != "exact", direct.matches)


def as_the_record_has_it(checked: Checked) -> PrintedNumber:
    """Return a number; one that disagrees with a recorded quantity as the record has it."""
    verdict, number = checked.verdict, checked.number
    if verdict.verdict != DISAGREES or verdict.candidate is None or verdict.candidate.base is None:
        return number
    held, places = verdict.candidate.base, verdict.candidate.decimals_in_base
    if number.bare and verdict.candidate.kind in ("money", "amount"):
        held, places = verdict.candidate.value.value, verdict.candidate.decimals
    value = held / 100 if number.unit == "fraction" else held
    return replace(number, value=value, decimals=places, text=at_full_precision(held))


def _beside(one: Checked, other: Checked) -> bool:
    return one.block is other.block and one.sentence == other.sentence and _is_data(one)


def _earlier(checked: Checked, before: Sequence[Checked]) -> list[Checked]:
    """Return the last numbers of the sentences before, under the same headings and in no table."""
    entries: list[Checked] = []
    for entry in before[::-1]:
        if entry.block.headings != checked.block.headings or len(entries) == EARLIER:
            break
        if _is_data(entry) and not _beside(entry, checked) and entry.block.kind not in TABLES:
            entries.append(entry)
    return entries[::-1]


def _asked(
    catalogue: CandidateIndex,
    checked: Checked,
    others: tuple[Sequence[Checked], Sequence[Checked], Sequence[Checked]],
    reads: dict[tuple, Sentence],
) -> Computed:
    here, following, earlier = ([entry.number for entry in some] for some in others)
    place = id(checked.block), checked.sentence
    if place not in reads:
        reads.clear()
        text = checked.block.text[checked.sentence[0] : checked.sentence[1]]
        numbers = [*here, checked.number, *following]
        reads[place] = sentence_of(text, numbers, checked.language, catalogue.lexicon(checked.language), "")
    read = reads[place]
    return Computed(checked.number, read, here, following, earlier, _own(catalogue, read, checked.number))


def _own(catalogue: CandidateIndex, read: Sentence, number: PrintedNumber) -> set[str]:
    """Return the words and codes of the record in the clause of a number that do not only compare."""
    low, high = read.clause(number)
    known = catalogue.rarity[catalogue.wordings.family(read.language)]
    moving = catalogue.wordings.comparing(read.language, COMPUTING)
    inside = [feature for feature in read.features if low <= feature.start < high]
    start = number.start - ARTICLE * (number.unit == "fraction" and bool(number.words))
    words = {
        feature.name
        for feature in inside
        if feature.name in known and feature.name not in moving and not (start <= feature.start < number.end)
    }
    return words | {mention.code for mention in read.mentions if low <= mention.start < high}
