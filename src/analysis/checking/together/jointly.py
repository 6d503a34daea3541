"""Numbers of a row or a sentence that are told together: one indicator's columns, a result and its target."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise, product

from analysis.checking.candidates.agreement import agreement
from analysis.checking.candidates.belonging import MEASURE, PLANNED
from analysis.checking.candidates.candidate import Candidate
from analysis.checking.candidates.candidate_index import OWN, CandidateIndex
from analysis.checking.candidates.derived import PAIRS
from analysis.checking.candidates.match import Match
from analysis.checking.judging.said_otherwise import said_otherwise
from analysis.checking.judging.verdicts import AGREES, SPOKEN_OF, Verdict, meets, told_for
from analysis.checking.text.context import Context
from analysis.checking.together.codes_said import TELLING
from analysis.checking.together.with_plans import speaks_of_a_plan
from analysis.reading import PrintedNumber

# From what score on a quantity may be one of several that are told together, and how much less than the best.
SPOKEN, WITHIN = 0.1, 0.3
# How near the best is what each of two numbers speaks of that are exchanged, where a code alone tells the two
# apart, and where neither agrees with anything else.
NEAREST, NEAR, FAINTER = 0.05, 0.15, 0.45

Family = tuple[str, str, tuple[tuple[str, str], ...]]


def judged_exchanged(
    contexts: Mapping[int, Context],
    firsts: Mapping[int, Verdict],
    ranked: Mapping[int, Sequence[Match]],
) -> dict[int, Verdict]:
    """Return the verdicts on neighbouring numbers that stand in one another's place.

    Each is the value of what the other clearly speaks of, and of nothing else that comes as near; where
    neither agrees with anything, what they speak of may be less clear.
    """
    changed: dict[int, Verdict] = {}
    for one, other in pairwise(sorted(contexts)):
        clearly = firsts[one].is_right or firsts[other].is_right
        spoken = [_spoken(contexts[at].number, ranked[at], clearly) for at in (one, other)]
        pair = _exchanged(contexts[one], contexts[other], *spoken)
        if pair is None or one in changed:
            continue
        for at, own, held in ((one, *pair), (other, *pair[::-1])):
            made = told_for(own.candidate, held.candidate, ranked[at])
            differ = {axis for axis in TELLING if own.candidate.code(axis) != held.candidate.code(axis)}
            changed[at] = replace(made, error_kind=differ.pop()) if len(differ) == 1 else made
    return changed


def _exchanged(
    one: Context, other: Context, first: Iterable[tuple[Match, bool]], second: Iterable[tuple[Match, bool]]
) -> tuple[Match, Match] | None:
    """Return what two numbers are said to be where each is the value of what the other is."""
    for (own, nearest), (held, as_near) in product(first, second):
        if agreement(one.number, held.candidate) and agreement(other.number, own.candidate):
            counted = nearest and as_near and _counts(one, other, own.candidate, held.candidate)
            if counted or _told_apart(one, other, own.candidate, held.candidate):
                return own, held
    return None


def _counts(one: Context, other: Context, own: Candidate, held: Candidate) -> bool:
    """Whether the noun right after one number is what its quantity counts, and the other number's is not."""
    noun, following = (
        {name for place, name in context.counted if place == min(context.counted)[0]}
        for context in (one, other)
    )
    named = held.unit_features or held.features["words"]
    told = bool(noun & own.unit_features) and not noun & named
    counted = {name for _, name in other.counted}
    return told and bool(following) and not counted & own.unit_features


def _told_apart(one: Context, other: Context, own: Candidate, held: Candidate) -> bool:
    """Whether two quantities differ only in one code, and both of its codes are said beside the numbers.

    Two nodes of a framework may say a sex or a region, where the text says no code of nodes.
    """
    if (own.table, own.unit, own.period) != (held.table, held.unit, held.period):
        return False
    differ = {axis for axis in {**own.axes, **held.axes} if own.axes.get(axis) != held.axes.get(axis)}
    parted = [axis for axis in OWN if axis in differ]
    return (
        len(parted) == 1
        and (parted[0] in TELLING or len(differ) == 1)
        and not (differ - {*parted}) & {*one.axes, *other.axes}
        and _says(one, parted[0], own, held)
        and _says(other, parted[0], held, own)
    )


def _says(context: Context, axis: str, candidate: Candidate, other: Candidate) -> bool:
    """Whether the code of a quantity is said beside a number, which another has not.

    Of what came about, nothing need be planned: of a column beside that of its plan, nothing need be said.
    """
    code, strength = context.axes.get(axis, ("", 0.0))
    codes, held = set(code.split("|")), candidate.axes.get(axis)
    came_about = axis == MEASURE and held not in PLANNED and not codes & {*PLANNED}
    if context.in_row and came_about and (other.axes.get(axis), held) in PAIRS:
        return True
    return strength == 1.0 and (held in codes or (came_about and held is None))


def _spoken(number: PrintedNumber, matches: Sequence[Match], clearly: bool) -> Iterator[tuple[Match, bool]]:
    """Yield what a number speaks of (if asked, clearly) and is no value of; whether nothing is far nearer."""
    for match in matches:
        behind = matches[0].score - match.score
        if behind > (NEAR if clearly else FAINTER) or match.score < (SPOKEN_OF if clearly else SPOKEN):
            return
        if not (match.conflicts or not match.in_period or agreement(number, match.candidate)):
            yield match, behind <= NEAREST and match.score >= SPOKEN_OF


def judged_together(
    catalogue: CandidateIndex,
    contexts: Mapping[int, Context],
    firsts: Mapping[int, Verdict],
    ranked: Mapping[int, Sequence[Match]],
) -> dict[int, Verdict]:
    """Return the verdicts that change where numbers of a row or a sentence are looked at together.

    Where several numbers of a row agree with quantities that differ only in what its columns say (measure,
    region, sex, source, period), they are those; so are a result and the target right beside it.
    """
    changed: dict[int, Verdict] = {}
    if next(iter(contexts.values())).in_row:
        groups = [list(contexts)]
    else:
        groups = [[one, other] for one, other in _with_targets(contexts)]
    for places in groups:
        for at, match in _told(contexts, ranked, places).items():
            held = match.candidate
            fits = meets(contexts[at].number, held) and not said_otherwise(catalogue, contexts[at], held)
            if fits and not firsts[at].is_right:
                changed[at] = Verdict(AGREES, "value", held, None, held.base, matches=firsts[at].matches)
    return changed


def _told(
    contexts: Mapping[int, Context], ranked: Mapping[int, Sequence[Match]], places: Sequence[int]
) -> dict[int, Match]:
    """Return what numbers are that agree with the likes of one family: more than half, and of no other."""
    families: dict[Family, dict[int, Match]] = {}
    for at in places:
        for match in _agreeing(contexts[at], ranked[at]):
            families.setdefault(family(match.candidate), {}).setdefault(at, match)
    several = [
        members
        for members in families.values()
        if len(members) > 1
        and 2 * len(members) > len(places)
        and len({match.candidate.id for match in members.values()}) == len(members)
    ]
    return max(several, key=lambda some: (len(some), sum(one.score for one in some.values())), default={})


def _agreeing(context: Context, matches: Sequence[Match]) -> Iterator[Match]:
    least = max(SPOKEN, matches[0].score - WITHIN) if matches else SPOKEN
    for match in matches:
        if match.score < least:
            return
        held = match.candidate
        coded = any(axis not in OWN for axis in held.axes) or held.named_by
        planned = held.axes.get(MEASURE) in PLANNED and MEASURE not in context.axes
        fits = coded and not planned and match.in_period and not match.conflicts
        if fits and agreement(context.number, held):
            yield match


def family(candidate: Candidate) -> Family:
    """Return what quantities share that differ only in the columns by which one series is broken down."""
    kept = tuple(sorted((axis, code) for axis, code in candidate.axes.items() if axis not in OWN))
    return candidate.table, candidate.unit, kept


def _with_targets(contexts: Mapping[int, Context]) -> Iterator[tuple[int, int]]:
    """Yield neighbouring numbers of which one is said to be a target: "12 (target 8)"."""
    places = sorted(contexts)
    for one, other in pairwise(places):
        if other == one + 1 and speaks_of_a_plan(contexts[one]) != speaks_of_a_plan(contexts[other]):
            yield one, other
