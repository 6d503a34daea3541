"""Numbers that stand in turn with the names of what they are: "Senegal 3.6 million, Côte d'Ivoire 7.1"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from analysis.checking.agreement import agreement
from analysis.checking.belonging import MEASURE
from analysis.checking.candidate import Candidate
from analysis.checking.candidate_index import CandidateIndex
from analysis.checking.context import Context
from analysis.checking.matching import Matcher
from analysis.checking.neighbours import are_neighbours
from analysis.checking.verdicts import DISAGREES, NOT_RECORDED, RIGHT, UNDECIDED, Verdict, told_for

# From what rarity on a word that only one of several neighbours has names it.
NAMES = 0.5


def judged_by_turns(
    catalogue: CandidateIndex,
    matcher: Matcher,
    contexts: Mapping[int, Context],
    firsts: Mapping[int, Verdict],
) -> dict[int, Verdict]:
    """Return the verdicts that change: numbers that agree with another one of those named in turn.

    Several numbers of a sentence are the values of statements that stand beside each other in the record.
    Where each of them has the name of one right before it, or each has one right after it, they are told as
    these.
    """
    changed: dict[int, Verdict] = {}
    if len(firsts) < 2:
        return changed
    for candidate in dict.fromkeys(filter(None, map(_value_of, firsts.values()))):
        group = _neighbours(catalogue, candidate)
        held = _values_of(contexts, firsts, group)
        if len(held) < 2 or changed.keys() & held.keys():
            continue
        for at, own in _named(matcher, contexts, held, group).items():
            told = firsts[at].verdict == DISAGREES or agreement(contexts[at].number, own)
            if own is not held[at] and not told:
                changed[at] = told_for(own, held[at], firsts[at].matches)
    return changed


def _values_of(
    contexts: Mapping[int, Context], firsts: Mapping[int, Verdict], group: Sequence[Candidate]
) -> dict[int, Candidate]:
    """Return which of some quantities each number is the value of, by its verdict or where it is open."""
    held = {}
    for at, first in firsts.items():
        candidate = _value_of(first)
        if candidate in group:
            held[at] = candidate
        elif first.verdict in (UNDECIDED, NOT_RECORDED) and at in contexts and not contexts[at].number.words:
            exact = [one for one in group if agreement(contexts[at].number, one) == "exact"]
            if len(exact) == 1:
                held[at] = exact[0]
    return held


def _value_of(first: Verdict) -> Candidate | None:
    """Return what a number is the value of: what it agrees with, or what it would be right for."""
    if first.kind != "value":
        return None
    return first.candidate if first.verdict in RIGHT else first.right_for


def _neighbours(catalogue: CandidateIndex, candidate: Candidate) -> list[Candidate]:
    """Return the statements that stand beside one in the record, it among them."""
    if candidate.named_by or candidate.row < 0:
        return []
    if candidate.id not in catalogue.neighbours:
        beside = (catalogue.candidates[place] for place in catalogue.statements.get(candidate.table, ()))
        catalogue.neighbours[candidate.id] = [
            one
            for one in beside
            if one is candidate
            or (
                (one.period, one.axes.get(MEASURE)) == (candidate.period, candidate.axes.get(MEASURE))
                and are_neighbours(one, candidate)
            )
        ]
    return catalogue.neighbours[candidate.id]


def _named(
    matcher: Matcher,
    contexts: Mapping[int, Context],
    held: Mapping[int, Candidate],
    group: Sequence[Candidate],
) -> dict[int, Candidate]:
    """Return what the names before each of some numbers say, or those after each; nothing where both may.

    Nothing either where the other names say of two of the numbers what they are the values of.
    """
    sentence = contexts[min(held)].sentence
    own = _own_names(matcher, group)
    places = [(word.start, own[word.name]) for word in sentence.features if word.name in own]
    data = sorted((number for number in sentence.numbers if not number.rule), key=lambda one: one.start)
    ends, starts = [0, *(one.end for one in data)], [*(one.start for one in data), len(sentence.text)]
    before, after = (
        _said_between(contexts, held, dict(zip((one.start for one in data), bounds, strict=False)), places)
        for bounds in (zip(ends, starts, strict=True), zip(ends[1:], starts[1:], strict=True))
    )
    if _tells_all(before, held) == _tells_all(after, held):
        return {}
    told, other = (before, after) if _tells_all(before, held) else (after, before)
    return told if sum(one is held[at] for at, one in other.items()) < 2 else {}


def _said_between(
    contexts: Mapping[int, Context],
    held: Mapping[int, Candidate],
    between: Mapping[int, tuple[int, int]],
    places: Sequence[tuple[int, Candidate]],
) -> dict[int, Candidate]:
    """Return the quantity that is named alone in each number's stretch of the sentence."""
    told = {}
    for at in held:
        low, high = between[contexts[at].number.start]
        names = {one.id: one for start, one in places if low <= start < high}
        if len(names) == 1:
            (told[at],) = names.values()
    return told


def _tells_all(told: Mapping[int, Candidate], held: Mapping[int, Candidate]) -> bool:
    return len({one.id for one in told.values()}) == len(held)


def _own_names(matcher: Matcher, group: Sequence[Candidate]) -> dict[str, Candidate]:
    """Return the telling words that only one of some quantities has, each with it."""
    names = {
        one.id: {name for name in one.features[matcher.family] if matcher.rarity.get(name, 0.0) >= NAMES}
        for one in group
    }
    many = Counter(name for some in names.values() for name in some)
    return {name: one for one in group for name in names[one.id] if many[name] == 1}
