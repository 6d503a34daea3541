"""Numbers that are the value of another quantity than their words name.

Of what stands beside it in the record, or of another one of several that are named in turn: "Senegal 3.6
million, Côte d'Ivoire 7.1".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from analysis.checking.candidates.agreement import agreement, digits, in_units_of_one, is_value_of
from analysis.checking.candidates.belonging import MEASURE
from analysis.checking.candidates.candidate import Candidate
from analysis.checking.candidates.candidate_index import CandidateIndex
from analysis.checking.candidates.likes import ALIKE, NODES, Likes, are_close, are_neighbours, shared_part
from analysis.checking.candidates.match import Match
from analysis.checking.candidates.matching import Matcher
from analysis.checking.candidates.named_likes import groups_of, named_likes
from analysis.checking.judging.verdicts import DISAGREES, Verdict, told_for
from analysis.checking.text.context import Context
from analysis.checking.text.mentions import Sentence

# How much better the words speak of a quantity than of its neighbour; the rarity, together, of those that
# only it has; and how much more of the clause they explain.
LEAD, RARITY, EXPLAINS = 0.12, 0.65, 0.2
LEADS_CLEARLY = 0.4
# From what rarity on a word that only one of several neighbours has names it.
NAMES = 0.5
# By how much more is said of one of two that are alike, the rarity of what is said around a number that only
# it has, and less than which the other has; which part of the one's value the other's is at least.
LEADS, SAID_AROUND, UNSAID, FEWER = 0.1, 0.3, 0.1, 0.25
# How many digits a number has, at least, that alone is the value of another than its clause names.
MANY_DIGITS, TWO_DIGITS = 3, 2
# The columns by whose codes statements beside each other are told apart.
CODED = ("sex", "region")


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
    taken = {first.candidate for first in firsts.values() if first.is_right}
    for at, first in firsts.items():
        pair = _pair(matcher, contexts[at], first, ranked[at]) if at in ranked else None
        if pair is None or _is_told_besides(contexts, firsts, ranked, at, pair[0].candidate):
            continue
        if first.is_right or pair[0].candidate not in taken:
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
    if first.is_right:
        agreed = [match for match in matches if match.candidate is first.candidate]
    elif first.is_open and matches and not context.number.words:
        agreed = [
            match
            for match in [*matches[1:], *_unsaid_neighbours(matcher, context, matches)]
            if match.in_period
            and {*match.conflicts} <= {*matches[0].conflicts}
            and agreement(context.number, match.candidate) == "exact"
        ]
    else:
        return None
    named = matches if first.is_right else matches[:1]
    names = partial(_names, matcher, context, first.is_open)
    pairs = ((own, held) for held in agreed for own in named if names(own, held))
    return next(pairs, None)


def _unsaid_neighbours(matcher: Matcher, context: Context, matches: Sequence[Match]) -> list[Match]:
    """Return the neighbours of what is named best that a number is the value of, where no word finds them."""
    catalogue, own, known = matcher.catalogue, matches[0].candidate, {match.candidate for match in matches}
    same = catalogue.by_base.get(in_units_of_one(context.number), ())
    beside = [one for one in same if one not in known and are_close(own, one)]
    beside = [one for one in beside if one.code(MEASURE) == own.code(MEASURE)]
    return matcher.weighed(context, [catalogue.places[one.id] for one in beside]) if beside else []


def _names(matcher: Matcher, context: Context, is_open: bool, own: Match, held: Match) -> bool:
    """Whether a number's words name a quantity rather than the neighbour whose value it is."""
    if not own.in_period or {*own.conflicts} - {*held.conflicts} or agreement(context.number, own.candidate):
        return False
    if _is_alike(matcher, context, own, held):
        only, of_held = _rarities(matcher, context.weights, own.candidate, held.candidate)
        if only >= SAID_AROUND and of_held < UNSAID:
            return True
    if own.score < held.score + LEAD:
        return False
    if held.candidate.period == context.period != own.candidate.period:
        return False  # of the two the time that is spoken of is the neighbour's
    if is_open and _counts_a_neighbour(context, own.candidate, held.candidate):
        return True
    if own.explained < held.explained + EXPLAINS and own.score < held.score + LEADS_CLEARLY:
        return False
    counted = _counts(context, own.candidate, held.candidate)
    if not (are_close if counted else are_neighbours)(own.candidate, held.candidate):
        return False
    only, of_held = _rarities(matcher, context.local, own.candidate, held.candidate)
    return only >= RARITY and (counted or not of_held)


def _counts(context: Context, own: Candidate, held: Candidate) -> bool:
    """Whether a number counts what one quantity counts, and another does not: "218 factories", of persons."""
    first = min(context.counted, default=(0, ""))[0]
    noun = {name for place, name in context.counted if place == first}
    return bool(noun & own.unit_features and held.unit_features) and not noun & held.unit_features


def _counts_a_neighbour(context: Context, own: Candidate, held: Candidate) -> bool:
    """Whether the noun of a number is what its quantity counts, and a neighbour in its own noun is another.

    "85 projects", of the 70 in 85 countries.
    """
    noun = context.noun or frozenset()
    told = bool(noun & own.unit_features) and bool(held.unit_features) and not noun & held.unit_features
    return told and are_close(own, held) and digits(context.number) >= TWO_DIGITS


def _is_alike(matcher: Matcher, context: Context, own: Match, held: Match) -> bool:
    """Whether two quantities are told apart by some words alone, and a number of few digits could be either.

    Women among all participants, and among constituents: no code parts them, and none of a measure.
    """
    one, other = own.candidate, held.candidate
    if own.score < held.score + LEADS or digits(context.number) >= MANY_DIGITS:
        return False
    if (one.table, one.unit) != (other.table, other.unit) or one.base is None or not other.base:
        return False
    if any(one.axes.get(axis) != other.axes.get(axis) for axis in (*NODES, MEASURE)):
        return False
    if not FEWER * other.base < one.base < other.base / FEWER:
        return False
    if any(agreement(number, one) for number in context.sentence.numbers if not number.rule):
        return False
    return shared_part(matcher.rarity, one.features[matcher.family], other.features[matcher.family]) >= ALIKE


def _rarities(
    matcher: Matcher, said: Mapping[str, float], one: Candidate, other: Candidate
) -> tuple[float, float]:
    """Return the rarity of what is said that only one of two quantities has, and only the other."""
    own, others = one.features[matcher.family], other.features[matcher.family]
    rarity = matcher.rarity
    return (
        sum(rarity.get(name, 0.0) * said[name] for name in sorted(said.keys() & (own - others))),
        sum(rarity.get(name, 0.0) * said[name] for name in sorted(said.keys() & (others - own))),
    )


def judged_by_turns(
    catalogue: CandidateIndex,
    likes: Likes,
    matcher: Matcher,
    contexts: Mapping[int, Context],
    firsts: Mapping[int, Verdict],
) -> dict[int, Verdict]:
    """Return the verdicts that change: numbers that agree with another one of those named in turn.

    Several numbers of a sentence are the values of statements that stand beside each other in the record, or
    of quantities that differ in one name. Where each of them has the name of one right before it, or each has
    one right after it, they are told as these.
    """
    changed: dict[int, Verdict] = {}
    values = [*map(_value_of, firsts.values()), *_valued(catalogue, contexts, firsts)]
    for candidate in dict.fromkeys(filter(None, values)):
        for column, group in _groups(catalogue, likes, candidate):
            held = _values_of(contexts, firsts, group)
            if len(held) < (1 if column else 2) or changed.keys() & held.keys():
                continue
            sentence = contexts[min(held)].sentence
            if column:
                named = {like.axes[column]: like for like in group}
                mentions = named_likes(catalogue, likes, candidate, sentence)
                places = [(one.start, named[one.code]) for one in mentions if one.axis == column]
            else:
                places = _own_codes(held.values(), sentence) or _own_names(matcher, group, sentence)
            said = (
                _named(contexts, held, sentence, places) if len(held) > 1 else _alone(contexts, held, places)
            )
            for at, own in said.items():
                told = firsts[at].verdict == DISAGREES or agreement(contexts[at].number, own)
                if own is not held[at] and not told:
                    changed[at] = told_for(own, held[at], firsts[at].matches)
    return changed


def _valued(
    catalogue: CandidateIndex, contexts: Mapping[int, Context], firsts: Mapping[int, Verdict]
) -> Iterator[Candidate]:
    """Yield what open numbers may be told for: what their words name best.

    Statements of a sex or a region, too, of which numbers of many digits are the values.
    """
    for at, first in firsts.items():
        if first.is_open and first.matches:
            yield first.matches[0].candidate
        if first.is_open and at in contexts and digits(contexts[at].number) > MANY_DIGITS:
            same = catalogue.by_base.get(in_units_of_one(contexts[at].number), ())
            yield from (one for one in same if not one.named_by and {*CODED} & one.axes.keys())


def _own_codes(held: Collection[Candidate], sentence: Sentence) -> list[tuple[int, Candidate]]:
    """Return where a sentence says the code that only one of some quantities has, each with it."""
    for column in CODED:
        own = {one.axes.get(column, ""): one for one in held}
        if "" not in own and len(own) == len(held) > 1:
            named = (one for one in sentence.mentions if one.axis == column and one.code in own)
            return [(one.start, own[one.code]) for one in named]
    return []


def _groups(
    catalogue: CandidateIndex, likes: Likes, candidate: Candidate
) -> list[tuple[str, list[Candidate]]]:
    """Return the quantities that a text may name in turn with one, and the column that parts them, if any."""
    return groups_of(likes, candidate) if candidate.named_by else [("", _neighbours(catalogue, candidate))]


def _values_of(
    contexts: Mapping[int, Context], firsts: Mapping[int, Verdict], group: Sequence[Candidate]
) -> dict[int, Candidate]:
    """Return which of some quantities each number is the value of, by its verdict or where it is open."""
    held = {}
    for at, first in firsts.items():
        candidate = _value_of(first)
        if candidate in group:
            held[at] = candidate
        elif not first.is_right and at in contexts and not contexts[at].number.words:
            values = [one for one in group if is_value_of(contexts[at].number, one)]
            if len(values) == 1:
                held[at] = values[0]
    return held


def _value_of(first: Verdict) -> Candidate | None:
    """Return what a number is the value of: what it agrees with, or what it would be right for."""
    if first.kind != "value":
        return None
    return first.candidate if first.is_right else first.right_for


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


# Between parts of a sentence of which no name tells a number of another.
_PARTS = re.compile("[;；]")


def _named(
    contexts: Mapping[int, Context],
    held: Mapping[int, Candidate],
    sentence: Sentence,
    places: Sequence[tuple[int, Candidate]],
) -> dict[int, Candidate]:
    """Return what the names before each of some numbers say, or those after each; nothing where both may.

    Nothing either where the other names say of two of the numbers what they are the values of.
    """
    data = sorted((number for number in sentence.numbers if not number.rule), key=lambda one: one.start)
    ends, starts = [0, *(one.end for one in data)], [*(one.start for one in data), len(sentence.text)]
    parts = [sentence.text[low:high] for low, high in zip(ends, starts, strict=True)]
    low_to_high = [
        (high - len(_PARTS.split(part)[-1]), high) for part, high in zip(parts, starts, strict=True)
    ]
    onward = [(low, low + len(_PARTS.split(part)[0])) for part, low in zip(parts, ends, strict=True)]
    before, after = (
        _said_between(contexts, held, dict(zip((one.start for one in data), bounds, strict=False)), places)
        for bounds in (low_to_high, onward[1:])
    )
    if _tells_all(before, held) == _tells_all(after, held):
        return {}
    told, other = (before, after) if _tells_all(before, held) else (after, before)
    return told if sum(one is held[at] for at, one in other.items()) < 2 else {}


def _alone(
    contexts: Mapping[int, Context], held: Mapping[int, Candidate], places: Sequence[tuple[int, Candidate]]
) -> dict[int, Candidate]:
    """Return what the clause of the one number names, where nothing names what it is the value of."""
    ((at, own),) = held.items()
    number, sentence = contexts[at].number, contexts[at].sentence
    low, high = sentence.clause(number)
    names = {one.id: one for start, one in places if low <= start < high}
    open_to_all = len(names) != 1 or any(one is own for _, one in places) or digits(number) < MANY_DIGITS
    return {} if open_to_all else {at: next(iter(names.values()))}


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


def _own_names(
    matcher: Matcher, group: Sequence[Candidate], sentence: Sentence
) -> list[tuple[int, Candidate]]:
    """Return where a sentence has telling words that only one of some quantities has, each with it."""
    names = {
        one.id: {name for name in one.features[matcher.family] if matcher.rarity.get(name, 0.0) >= NAMES}
        for one in group
    }
    many = Counter(name for some in names.values() for name in some)
    own = {name: one for one in group for name in names[one.id] if many[name] == 1}
    return [(word.start, own[word.name]) for word in sentence.features if word.name in own]
