"""Numbers that are of another sex, region, period or partner than is said: "9.6 per cent of girls"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from analysis.checking.candidates.agreement import agreement, digits, is_value_of
from analysis.checking.candidates.belonging import MEASURE
from analysis.checking.candidates.candidate import Candidate
from analysis.checking.candidates.candidate_index import OWN, STATUS, CandidateIndex
from analysis.checking.candidates.derived import MOVES, computations_said, siblings
from analysis.checking.candidates.likes import ALIKE, NODES, Likes, are_neighbours, shared_part
from analysis.checking.candidates.match import Match
from analysis.checking.candidates.wordings import COMPARING
from analysis.checking.judging.alarms import is_denied, of_others
from analysis.checking.judging.doubts import partitive
from analysis.checking.judging.said_otherwise import said_otherwise
from analysis.checking.judging.verdicts import (
    AGREES,
    BELIEVED,
    DISAGREES,
    OFFERED,
    Verdict,
    meets,
    told_for,
)
from analysis.checking.text.context import Context
from analysis.checking.text.periods import compatible
from analysis.checking.together.codes_said import TELLING, TOPIC, is_code_said, is_code_said_near, says

# Of these, what is so firmly said that it counts for more than a value: a region is named for its parts, too.
FIRM = ("sex", "period")
# How near the best a quantity is spoken of as well.
AS_WELL = 0.02
# Below what part of the clause explained by a quantity its code must be the only one of its column there.
EXPLAINED = 0.2
# How many digits a number has, at least, that tells otherwise than what it agrees with.
TELLING_DIGITS = 2
# Within how many signs behind a number something is counted; the kinds of phrases that say where something
# ranks, not of what.
NEAR = 14
# Among how many of what a number may mean its like is looked for, and how likely either is meant at least.
AMONG, LIKELY = 12, 0.05
# Between two numbers of a series: "5.5 per cent, 6.4 per cent and 6.3 per cent".
_LISTED = re.compile(
    r"\s*(?:%|per cent|pour cent|por ciento)?\s*[,，、;]?\s*(?:and|then|et|puis|y|luego|和)?\s*"
    r"(?:del?|à|al?|to)?\s*",
    re.I,
)
RANKING = (*COMPARING, "ranked", "then", "last", "ordinals", "share", "of_whole", "stating")


def judged_by_codes(
    likes: Likes,
    contexts: Mapping[int, Context],
    firsts: Mapping[int, Verdict],
    ranked: Mapping[int, Sequence[Match]],
    spoken: Sequence[Candidate],
) -> dict[int, Verdict]:
    """Return the verdicts that change: numbers that are the value of a like of what their clause names.

    The two differ in the sex, the region, the period or another column of a table alone; the clause says the
    code of the one, and nothing near the number says that of the other. What the clause does not name is what
    was spoken of last: "47 per cent in Europe; the Arab States trailed with 34".
    """
    changed = {}
    for at, first in firsts.items():
        matches = ranked.get(at, ())
        if not matches or not _is_open(contexts[at], first):
            continue
        went = [*_gone_on(likes, contexts[at], first, _last(firsts, at, spoken))]
        agreed = next((own for _, _, own in went if _agrees(likes.catalogue, contexts[at], own)), None)
        if agreed is not None:
            changed[at] = Verdict(
                AGREES, "value", agreed, None, agreed.base, matches=tuple(matches[:OFFERED])
            )
            continue
        told = next(_told(likes, contexts[at], first, matches), None)
        told = told or next(_told_for_likes(likes, contexts[at], went), None)
        if told is not None:
            axis, own, other = told
            beside = (match for match in matches if match.candidate is own)
            made = told_for(own, other, dict.fromkeys([*beside, *matches]))
            changed[at] = replace(made, error_kind=kind_of_error(axis))
    return changed


def told_for_a_likely_one(
    likes: Likes, context: Context, likely: Sequence[tuple[Match, float]]
) -> Verdict | None:
    """Return the verdict on a number that is the value of a like of what it likely means; None of others.

    As above, the clause says the code of the one firmly, and nothing near it that of the other. How likely
    either is meant tells what is spoken of, where the clause does not name it well enough.
    """
    if not _may_be_another(context) or partitive(context):
        return None
    if {*MOVES, "ratio"} & {*computations_said(context)}:
        return None
    parts = {match.candidate.id: part for match, part in likely}
    valued = [match.candidate for match, _ in likely if is_value_of(context.number, match.candidate)]
    for match, part in likely[:AMONG]:
        own = match.candidate
        if own.base is None or not match.in_period or match.conflicts or agreement(context.number, own):
            continue
        near = ((axis, other) for axis, other in _likes(likes, own) if is_value_of(context.number, other))
        for axis, other in (*near, *_stated_alike(likes.catalogue, own, valued)):
            if part + parts.get(other.id, 0.0) < LIKELY or of_others(context, own):
                continue
            if _says_firmly(likes.catalogue, context, axis, own, other):
                made = told_for(own, other, dict.fromkeys([match, *(one for one, _ in likely)]))
                return replace(made, error_kind=kind_of_error(axis))
    return None


def _stated_alike(
    catalogue: CandidateIndex, own: Candidate, others: Sequence[Candidate]
) -> Iterator[tuple[str, Candidate]]:
    """Yield those of some statements that say the same as one, but of another region or sex."""
    for other in others if own.row >= 0 and not own.named_by else ():
        if (other.table, other.unit, other.period) != (own.table, own.unit, own.period) or other.named_by:
            continue
        if own.axes.get(MEASURE) != other.axes.get(MEASURE):
            continue
        words = own.features["words"], other.features["words"]
        if shared_part(catalogue.rarity["words"], *words) < ALIKE:
            continue
        differing = [axis for axis in TELLING if own.code(axis) != other.code(axis)]
        if len(differing) == 1:
            yield differing[0], other


def _says_firmly(
    catalogue: CandidateIndex, context: Context, axis: str, own: Candidate, other: Candidate
) -> bool:
    """Whether the clause of a number says the code of one quantity, and nothing near it that of another.

    Of the one number of a sentence that names one region, the sentence does.
    """
    read, number = context.sentence, context.number
    alone = axis == "region" and len({one.code for one in read.mentions if one.axis == axis}) == 1
    alone = alone and all(one is number or one.rule for one in read.numbers)
    return says(catalogue, context, axis, own, other, not alone)


def kind_of_error(axis: str) -> str:
    """Return the kind of error of a number that is of another code of a column."""
    return axis if axis in TELLING else "outcome"


def _last(firsts: Mapping[int, Verdict], at: int, spoken: Sequence[Candidate]) -> Candidate | None:
    """Return the quantity that was spoken of last before a number: in its sentence, or earlier."""
    settled = (firsts[place] for place in sorted(firsts, reverse=True) if place < at)
    here = (first.candidate for first in settled if first.is_right or first.verdict == DISAGREES)
    return next((candidate for candidate in (*here, *reversed(spoken)) if candidate is not None), None)


def _gone_on(
    likes: Likes, context: Context, first: Verdict, last: Candidate | None
) -> Iterator[tuple[Candidate, str, Candidate]]:
    """Yield what was spoken of last, and its likes, with their column, to which a clause goes on.

    Such a clause says a code and no more: "the Arab States trailed with 34".
    """
    if last is None or not first.is_open or partitive(context):
        return
    if {*MOVES, "ratio"} & {*computations_said(context)}:
        return
    for spoken, axis, own in likes.of(last):
        if axis not in TELLING or own.base is None or not is_code_said(context, axis, own.code(axis), False):
            continue
        if is_code_said_near(context, axis, spoken.code(axis)) or of_others(context, own):
            continue
        if not _says_more(likes.catalogue, context, own):
            yield spoken, axis, own


def _agrees(catalogue: CandidateIndex, context: Context, own: Candidate) -> bool:
    """Whether a number of some digits is the value of what its clause goes on to, and is said to be."""
    number = context.number
    if digits(number) < TELLING_DIGITS or agreement(number, own) != "exact" or not meets(number, own):
        return False
    return not said_otherwise(catalogue, context, own)


def _told_for_likes(
    likes: Likes, context: Context, went: Sequence[tuple[Candidate, str, Candidate]]
) -> Iterator[tuple[str, Candidate, Candidate]]:
    """Yield the column, what a clause goes on to, and its like that the number is the value of."""
    for spoken, axis, own in went:
        if agreement(context.number, own) or not compatible(context.period, own.period):
            continue  # "from 70 a year earlier. It was 78 in the South": in the year that was told before
        for column, other in _likes(likes, own):
            if other is spoken or not is_value_of(context.number, other):
                continue
            if column == "period" and _may_be_of_then(context, other.period):
                continue  # the years of a series are said once: "for women it runs from 45.2 to 43.4"
            if column != axis or says(likes.catalogue, context, axis, own, other, False):
                yield column, own, other


def _may_be_of_then(context: Context, period: str) -> bool:
    """Whether a period is told in the sentence of a number, or before it where it is one of a series."""
    read = context.sentence
    told = {one.code for one in read.mentions if one.axis == "period"}
    if told:
        return period in told
    pairs = [(one, other) for one, other in pairwise(read.numbers) if context.number in (one, other)]
    listed = any(_LISTED.fullmatch(read.text, one.end, other.start) for one, other in pairs)
    return listed and period in context.periods


def _says_more(catalogue: CandidateIndex, context: Context, own: Candidate) -> bool:
    """Whether a clause counts something else than a quantity, or has telling words that are not its own."""
    language = context.sentence.language
    family = catalogue.wordings.family(language)
    held = own.features[family].union(own.features["words"], own.unit_features, *own.named_by.values())
    counted = {name for place, name in context.counted if place <= context.number.end + NEAR}
    if counted and not counted & held:
        return True
    rarity, passing = catalogue.rarity[family], catalogue.wordings.comparing(language, RANKING)
    return any(
        rarity.get(name, 0.0) > TOPIC and name not in held and name not in passing for name in context.local
    )


def _is_open(context: Context, first: Verdict) -> bool:
    """Whether a number in a sentence may be another's value."""
    number = context.number
    if not _may_be_another(context):
        return False
    if digits(number) < TELLING_DIGITS and (partitive(context) or first.is_right):
        return False
    judged = first.is_right or first.is_open or first.verdict == DISAGREES
    return judged and first.kind == "value"


def _may_be_another(context: Context) -> bool:
    """Whether a number is one in a sentence, of no time before that is not said."""
    some = context.in_row or context.lost or context.earlier or context.number.upper is not None
    return not some and not is_denied(context)


def _told(
    likes: Likes, context: Context, first: Verdict, matches: Sequence[Match]
) -> Iterator[tuple[str, Candidate, Candidate]]:
    """Yield the column, what a number's clause names, and its like that the number is the value of."""
    if partitive(context):
        return
    least = max(matches[0].score - AS_WELL, BELIEVED)
    for own in matches:
        held = own.candidate
        if own.score < least:
            return
        if held.base is None or not own.in_period or agreement(context.number, held):
            continue
        for axis, other in _likes(likes, held):
            firmly = first.is_right or own.explained < EXPLAINED
            if not is_value_of(context.number, other):
                continue
            if any(held.code(column) != other.code(column) or first.is_right for column in own.conflicts):
                continue
            if axis not in TELLING and _is_one_of_several(own, axis, matches):
                continue
            if not says(likes.catalogue, context, axis, held, other, firmly):
                continue
            if of_others(context, held):
                return
            if not first.is_right or (axis in FIRM and first.candidate is not held):
                yield axis, held, other


def _is_one_of_several(own: Match, column: str, matches: Sequence[Match]) -> bool:
    """Whether others of a column are named as well: "Norway and Sweden gave 52.1"."""
    held = own.candidate
    return any(
        other.score >= own.score - AS_WELL and other.candidate.code(column) not in ("", held.code(column))
        for other in matches
        if (other.candidate.table, other.candidate.unit) == (held.table, held.unit)
    )


def _likes(likes: Likes, candidate: Candidate) -> Iterator[tuple[str, Candidate]]:
    """Yield the quantities that differ from one only in a column that tells apart, with that column."""
    catalogue = likes.catalogue
    for axis, other in siblings(catalogue, candidate):
        if axis in TELLING:
            yield axis, other
    for one, column, other in likes.of(candidate):
        told = (
            column in TELLING if one is not candidate else column not in (*TELLING, *NODES, *STATUS, MEASURE)
        )
        if told:
            yield column, other
    if candidate.id not in catalogue.stated_beside:
        catalogue.stated_beside[candidate.id] = tuple(_stated_beside(catalogue, candidate))
    yield from catalogue.stated_beside[candidate.id]


def _stated_beside(catalogue: CandidateIndex, candidate: Candidate) -> Iterator[tuple[str, Candidate]]:
    """Yield the likes of a statement that stand close to it in its table, with the column that differs."""
    if candidate.named_by or candidate.row < 0:
        return
    for place in catalogue.statements.get(candidate.table, ()):
        other = catalogue.candidates[place]
        if other.series == candidate.series or not are_neighbours(other, candidate):
            continue
        differing = [axis for axis in TELLING if candidate.code(axis) != other.code(axis)]
        rest = {**candidate.axes, **other.axes}.keys() & {*OWN, *NODES} - {*TELLING}
        same = all(candidate.axes.get(axis) == other.axes.get(axis) for axis in rest)
        if len(differing) == 1 and same:
            yield differing[0], other
