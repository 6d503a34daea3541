"""Numbers of a row or a sentence that are told together: one indicator's columns, a result and its target."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from analysis.checking.agreement import agreement
from analysis.checking.belonging import MEASURE
from analysis.checking.candidate import Candidate
from analysis.checking.candidate_index import OWN
from analysis.checking.context import Context
from analysis.checking.matching import PLANNED, Match
from analysis.checking.verdicts import AGREES, RIGHT, Verdict

# From what score on a quantity may be one of several that are told together, and how much less than the best.
SPOKEN, WITHIN = 0.1, 0.3

Family = tuple[str, str, tuple[tuple[str, str], ...]]


def judged_together(
    contexts: Mapping[int, Context], firsts: Mapping[int, Verdict], ranked: Mapping[int, Sequence[Match]]
) -> dict[int, Verdict]:
    """Return the verdicts that change where numbers of a row or a sentence are looked at together.

    Where several numbers of a row agree with quantities that differ only in what its columns say (measure,
    region, sex, source, period), they are those; so are a result and the target right beside it.

    Parameters
    ----------
    contexts : mapping
        What is said of each number of the sentence, by place.
    firsts : mapping
        The verdicts on them.
    ranked : mapping
        What each may be, the best first.
    """
    changed: dict[int, Verdict] = {}
    if not contexts:
        return changed
    if next(iter(contexts.values())).in_row:
        groups = [list(contexts)]
    else:
        groups = [[one, other] for one, other in _with_targets(contexts)]
    for places in groups:
        for at, match in _told(contexts, ranked, places).items():
            if firsts[at].verdict not in RIGHT:
                held = match.candidate
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
    most = max(map(len, several), default=0)
    best = [members for members in several if len(members) == most]
    return max(best, key=_score, default={})


def _score(members: Mapping[int, Match]) -> float:
    return sum(match.score for match in members.values())


def _agreeing(context: Context, matches: Sequence[Match]) -> Iterator[Match]:
    least = max(SPOKEN, matches[0].score - WITHIN) if matches else SPOKEN
    for match in matches:
        if match.score < least:
            return
        held = match.candidate
        coded = any(axis not in OWN for axis in held.axes) or held.named_by
        planned = held.axes.get(MEASURE) in PLANNED and MEASURE not in context.axes
        if coded and not planned and match.in_period and not match.conflicts:
            if agreement(context.number, held):
                yield match


def family(candidate: Candidate) -> Family:
    """Return what quantities share that differ only in the columns by which one series is broken down."""
    kept = tuple(sorted((axis, code) for axis, code in candidate.axes.items() if axis not in OWN))
    return candidate.table, candidate.unit, kept


def _with_targets(contexts: Mapping[int, Context]) -> Iterator[tuple[int, int]]:
    """Yield neighbouring numbers of which one is said to be a target: "12 (target 8)"."""
    places = sorted(contexts)
    for one, other in zip(places, places[1:], strict=False):
        if other == one + 1 and _planned(contexts[one]) != _planned(contexts[other]):
            yield one, other


def _planned(context: Context) -> bool:
    code, strength = context.axes.get(MEASURE, ("", 0.0))
    return strength == 1.0 and bool(code) and set(code.split("|")) <= {*PLANNED}
