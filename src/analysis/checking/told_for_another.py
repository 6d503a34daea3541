"""Numbers that agree with a quantity beside the one their words name: a value told for its neighbour's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from analysis.checking.agreement import agreement
from analysis.checking.candidate import Candidate
from analysis.checking.context import Context
from analysis.checking.match import Match
from analysis.checking.matching import Matcher
from analysis.checking.neighbours import are_neighbours
from analysis.checking.verdicts import NOT_RECORDED, RIGHT, UNDECIDED, Verdict, told_for

# How much better the words speak of a quantity than of its neighbour; the rarity, together, of those that
# only it has; and how much more of the clause they explain.
LEAD, RARITY, EXPLAINS = 0.12, 0.65, 0.2


def judged_by_neighbours(
    matcher: Matcher,
    contexts: Mapping[int, Context],
    firsts: Mapping[int, Verdict],
    ranked: Mapping[int, Sequence[Match]],
) -> dict[int, Verdict]:
    """Return the verdicts that change: numbers that agree with a neighbour of what is told clearly.

    The words that tell the two apart are then all the other's: "Senegal, with 7.1 million", which is what the
    record says of the country named beside it.
    """
    changed = {}
    taken = {first.candidate for first in firsts.values() if first.verdict in RIGHT}
    for at, first in firsts.items():
        pair = _pair(matcher, contexts[at], first, ranked[at]) if at in ranked else None
        if pair is None or _is_told_besides(contexts, firsts, ranked, at, pair[0].candidate):
            continue
        if first.verdict in RIGHT or pair[0].candidate not in taken:
            own, held = pair
            changed[at] = told_for(own.candidate, held.candidate, dict.fromkeys([own, *ranked[at]]))
    return changed


def _is_told_besides(
    contexts: Mapping[int, Context],
    firsts: Mapping[int, Verdict],
    ranked: Mapping[int, Sequence[Match]],
    at: int,
    candidate: Candidate,
) -> bool:
    """Whether another number of the sentence says what one is told for, and has its value."""
    return any(
        candidate in (first.candidate, *(match.candidate for match in ranked.get(place, ())[:1]))
        and agreement(replace(contexts[place].number, qualifier=""), candidate)
        for place, first in firsts.items()
        if place != at
    )


def _pair(
    matcher: Matcher, context: Context, first: Verdict, matches: Sequence[Match]
) -> tuple[Match, Match] | None:
    """Return what a number's words name, and its neighbour that the number is the value of."""
    if first.verdict in RIGHT:
        agreed = [match for match in matches if match.candidate is first.candidate]
    elif first.verdict in (UNDECIDED, NOT_RECORDED) and not context.number.words:
        agreed = [
            match
            for match in matches[1:]
            if match.in_period
            and not match.conflicts
            and are_neighbours(matches[0].candidate, match.candidate)
            and agreement(context.number, match.candidate) == "exact"
        ]
    else:
        return None
    named = matches if first.verdict in RIGHT else matches[:1]
    pairs = ((own, held) for held in agreed for own in named if _names(matcher, context, own, held))
    return next(pairs, None)


def _names(matcher: Matcher, context: Context, own: Match, held: Match) -> bool:
    """Whether a number's words name a quantity rather than the neighbour whose value it is."""
    if own.score < held.score + LEAD or own.explained < held.explained + EXPLAINS:
        return False
    if not own.in_period or own.conflicts or not are_neighbours(own.candidate, held.candidate):
        return False
    if agreement(context.number, own.candidate):
        return False
    only, of_held = _rarities(matcher, context, own.candidate, held.candidate)
    return only >= RARITY and not of_held


def _rarities(matcher: Matcher, context: Context, one: Candidate, other: Candidate) -> tuple[float, float]:
    """Return the rarity of the words of a clause that only one of two quantities has, and only the other."""
    own, others = one.features[matcher.family], other.features[matcher.family]
    rarity = matcher.rarity
    said = context.local.keys()
    return (
        sum(rarity.get(name, 0.0) * context.local[name] for name in sorted(said & (own - others))),
        sum(rarity.get(name, 0.0) * context.local[name] for name in sorted(said & (others - own))),
    )
