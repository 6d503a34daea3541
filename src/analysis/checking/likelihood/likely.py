"""How likely each quantity is meant by a number that no rule settles: by its words and by what stands around.

What a draft says before and after a number, and in its sentence, is settled for most numbers; a text that
speaks of one quantity goes on to its likes (another region, the target, the year before) and to what stands
beside it in the record. The quantities are offered in the order of their likelihood, which is also a sign of
how likely a number is wrong (`chances`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from analysis.checking.candidates.agreement import SHARES, agreement
from analysis.checking.candidates.candidate import Candidate
from analysis.checking.candidates.candidate_index import CandidateIndex
from analysis.checking.candidates.likes import Likes
from analysis.checking.candidates.match import Match, Suspicion
from analysis.checking.candidates.matching import Matcher
from analysis.checking.candidates.weights import Signs, weights_in
from analysis.checking.judging.alarms import implied_period, is_of_a_like, of_others, told_together
from analysis.checking.judging.checked import Checked
from analysis.checking.judging.own_numbers import COMPARED
from analysis.checking.judging.verdicts import (
    DISAGREES,
    NO_DATUM,
    NOT_RECORDED,
    OFFERED,
    UNDECIDED,
    SaidAround,
    Verdict,
)
from analysis.checking.likelihood.likely_errors import likely_error, otherwise_by_value, slip_meant
from analysis.checking.likelihood.likely_signs import VALUED, of_clause, of_none, of_value, of_words, unnamed
from analysis.checking.likelihood.most_likely import (
    PERIOD_CLEAR,
    likely_by_digits,
    likely_enough,
    rather_of_another,
)
from analysis.checking.likelihood.offers import OfValue, one_of_each
from analysis.checking.likelihood.settled_around import AroundNumbers, Settled
from analysis.checking.text.context import Context
from analysis.checking.together.told_for_a_like import told_for_a_likely_one
from analysis.checking.together.with_plans import told_for_a_likely_result

# How many numbers that are data are looked at before a number and after it.
BEFORE, AFTER = 6, 5
# How many numbers that were looked at may be asked again once one after them turns out to be likely.
KEPT = 24
# How many of the quantities that the words find are weighed.
WEIGHED = 120
# How many quantities are kept of which the words speak in whatever unit.
SPOKEN = 6
# How likely it is at least that no quantity of the record is meant, where that is said.
NOTHING_MEANT = 0.7
# The verdicts that likelihoods may change; beside others what is likely is only offered.
WEIGHED_ANEW = (UNDECIDED, NOT_RECORDED, DISAGREES)
# The signs of what a quantity is to those around it that make it likely.
AROUND = ("alike", "near", "leading")


def order_weights() -> dict[str, float]:
    """Return the weight of each sign in the log-odds that a quantity is meant.

    They are fitted by ``python -m benchmarks.offered_order`` to the numbers of drafts with known quantities.
    """
    return weights_in("likely.csv")


@dataclass(frozen=True, eq=False)
class OpenNumber:
    """A number whose quantity is asked for, with what is said of it and what ranks its candidates."""

    matcher: Matcher
    context: Context


class Likelihoods:
    """Weighs the quantities that numbers of a draft may mean, by all that is settled around them."""

    def __init__(self, catalogue: CandidateIndex, likes: Likes):
        self.catalogue = catalogue
        self.likes = likes
        self._surroundings = AroundNumbers(catalogue)
        self._of_value = OfValue(catalogue)

    def in_order(self, checked: list[Checked], asked: dict[int, OpenNumber], since: int, whole: bool) -> int:
        """Put what is offered for numbers in order, in place; return the first that waits for what follows.

        ``asked`` are by ``id`` of the number; those that are far behind are taken out. ``since`` is the first
        that was not looked at, ``whole`` says whether nothing follows.
        """
        while since < len(checked):
            if len(_data(checked, range(since + 1, len(checked)), AFTER)) < AFTER and not whole:
                return since
            judged = checked[since]
            question = asked.get(id(judged.number))
            if question is not None:
                checked[since] = self._answered(judged, question, list(self._around(checked, since)))
                self._ask_again(checked, asked, since)
            left = _data(checked, range(since, -1, -1), KEPT)
            if len(left) == KEPT:
                asked.pop(id(checked[left[-1]].number), None)
            since += 1
        return since

    def _ask_again(self, checked: list[Checked], asked: dict[int, OpenNumber], place: int) -> None:
        """Settle a number, and in turn those before it, by what turned out to be meant by others around."""
        places = [place]
        while places:
            place = places.pop()
            judged, question = checked[place], asked.get(id(checked[place].number))
            if question is None or not _is_open(judged):
                continue
            meant = judged.verdict.likely
            if meant is None:
                around = list(self._around(checked, place, likely=True))
                more = len(around) > len(list(self._around(checked, place)))
                matches, signs = self.signs(question, around) if more else ([], [])
                if matches:
                    likely, _ = in_order_of_likelihood(matches, signs)
                    spoken = [self.catalogue.candidates[settled.place] for settled in around]
                    meant = likely_enough(self.catalogue, question.context, likely, spoken=spoken)
                    if meant is not None and _is_by_chance(question.context, meant, likely, matches, signs):
                        meant = None
                if meant is None:
                    continue
                checked[place] = replace(judged, verdict=replace(judged.verdict, likely=meant))
            earlier = _data(checked, range(place - 1, -1, -1), AFTER)
            places += [one for one in earlier if checked[one].verdict.likely is None]

    def _around(self, checked: Sequence[Checked], place: int, likely: bool = False) -> Iterator[Settled]:
        """Yield what is settled around a number; if asked, what is likely, too."""
        judged = checked[place]
        for way, places, most in (
            (-1, range(place - 1, -1, -1), BEFORE),
            (1, range(place + 1, len(checked)), AFTER),
        ):
            for steps, at in enumerate(_data(checked, places, most), start=1):
                other, verdict = checked[at], checked[at].verdict
                held = verdict.candidate if verdict.is_right or _is_named(verdict) else None
                held = held if verdict.kind == "value" else None
                if likely and verdict.likely is not None and _is_open(other):
                    held = verdict.likely.candidate
                if held is not None and held.id in self.catalogue.places:
                    here = other.block is judged.block and other.sentence == judged.sentence
                    yield Settled(self.catalogue.places[held.id], way * steps, here)

    def _answered(self, judged: Checked, question: OpenNumber, around: Sequence[Settled]) -> Checked:
        matches, signs = self.signs(question, around)
        weighed, verdict = self._with_offers(question, around, (matches, signs), judged.verdict)
        judged = replace(judged, verdict=verdict)
        if verdict.verdict not in WEIGHED_ANEW or verdict.derived:
            return judged
        of_a_like = told_for_a_likely_one(self.likes, question.context, weighed)
        of_a_like = of_a_like or told_for_a_likely_result(self.catalogue, question.context, weighed)
        if of_a_like is not None and (verdict.is_open or of_a_like.candidate is verdict.candidate):
            return replace(judged, verdict=replace(of_a_like, offers=verdict.offers))
        verdict = replace(verdict, said=_said(question, verdict.verdict != DISAGREES))
        judged = replace(judged, verdict=verdict)
        spoken = [self.catalogue.candidates[settled.place] for settled in around]
        by_digits = likely_by_digits(self.catalogue, question.context, weighed, spoken)
        if not matches:
            return replace(judged, verdict=replace(verdict, likely=by_digits))
        likely, nothing = in_order_of_likelihood(matches, signs)
        if verdict.suspicion is not None and not question.context.lost:
            unvalued, _ = in_order_of_likelihood(matches, signs, unvalued=True)
            signed = zip(matches, signs, strict=False)
            other, told = likely_error(self.catalogue, question.context, signed, (likely, nothing), unvalued)
            called = verdict.verdict == DISAGREES or other is None
            match = verdict.suspicion.match if called else other
            otherwise = otherwise_by_value(self.catalogue, question.context, match.candidate)
            slip = slip_meant(self.catalogue, question.context, likely)
            suspected = Suspicion(match, {**verdict.suspicion.signs, **told}, otherwise, slip)
            # Of another period than the text says, the record can call no number wrong.
            elsewhere = not match.in_period and question.context.period_strength >= PERIOD_CLEAR
            if not otherwise:
                elsewhere = elsewhere or implied_period(self.catalogue, question.context, match.candidate)
            elsewhere = elsewhere or of_others(question.context, match.candidate)
            elsewhere = elsewhere or is_of_a_like(self.catalogue, question.context, match.candidate)
            elsewhere = elsewhere or told_together(question.context)
            told_wrong = verdict.verdict == DISAGREES
            verdict = replace(verdict, suspicion=None if elsewhere and not told_wrong else suspected)
        if verdict.candidate is None:
            offered = tuple(match for match, _ in likely[:OFFERED])
            missing = verdict.verdict == NOT_RECORDED and nothing >= NOTHING_MEANT
            parts = tuple(part for _, part in likely[:OFFERED])
            name = NOT_RECORDED if missing else UNDECIDED
            verdict = replace(verdict, verdict=name, matches=offered, meant=parts)
        meant = likely_enough(self.catalogue, question.context, likely, spoken=spoken) or by_digits
        if meant is not None and _is_by_chance(question.context, meant, likely, matches, signs):
            meant = None
        return replace(judged, verdict=replace(verdict, likely=None if verdict.taken_back else meant))

    def signs(self, question: OpenNumber, around: Sequence[Settled]) -> tuple[list[Match], list[Signs]]:
        """Return the candidates of a number and the signs of each, those of *none of them* last."""
        context = question.context
        related = self._surroundings.related(around)
        listed = question.matcher.ranked(context, context.series)[:WEIGHED]
        known = {match.candidate.id for match in listed}
        sought = [place for place, (_, sought) in related.items() if sought]
        further = question.matcher.ranked(context, context.series, among=sought)
        matches = [*listed, *(match for match in further if match.candidate.id not in known)]
        known |= {match.candidate.id for match in further}
        faint = [
            place
            for place in sought
            if (held := self.catalogue.candidates[place]).id not in known and agreement(context.number, held)
        ]
        matches += question.matcher.weighed(context, faint)
        if not matches:
            return [], []
        best = max(match.score for match in matches)
        outcomes = self._outcomes(around)
        signs = []
        for at, match in enumerate(matches):
            some = of_words(match, best) | of_clause(context, question.matcher, match)
            some |= of_value(context, match)
            beside = related.get(self.catalogue.places[match.candidate.id], ({}, False))[0]
            told = tuple(name for name in AROUND if beside.get(name))
            matches[at] = match.among(told) if told else match
            some |= beside
            own = match.candidate.axes.get("outcome")
            if own and outcomes:
                some["other_outcome"] = max((weight for code, weight in outcomes if code != own), default=0.0)
            signs.append(some)
        return matches, [*signs, of_none(context)]

    def _outcomes(self, around: Sequence[Settled]) -> list[tuple[str, float]]:
        """Return the outcomes of what is settled around a number, each with how much it tells."""
        return [
            (held.axes["outcome"], settled.weight)
            for settled in around
            if "outcome" in (held := self.catalogue.candidates[settled.place]).axes
        ]

    def _with_offers(
        self,
        question: OpenNumber,
        around: Sequence[Settled],
        named: tuple[list[Match], list[Signs]],
        verdict: Verdict,
    ) -> tuple[list[tuple[Match, float]], Verdict]:
        """Return what a number may mean by words or value, the likeliest first, and its verdict with offers.

        At most one of these is what only its value finds.
        """
        matches, signs = named
        further, more = self.signs_of_value(question, around, matches)
        if not matches and not further:
            return [], verdict
        none = signs[-1] if signs else of_none(question.context)
        likely, _ = in_order_of_likelihood([*matches, *further], [*signs[:-1], *more, none])
        by_value = {match.candidate.id for match in further}
        first = next((match for match, _ in likely if match.candidate.id in by_value), None)
        kept = (pair for pair in likely if pair[0] is first or pair[0].candidate.id not in by_value)
        return likely, replace(verdict, offers=one_of_each(self.catalogue, kept))

    def signs_of_value(
        self, question: OpenNumber, around: Sequence[Settled], matches: Sequence[Match]
    ) -> tuple[list[Match], list[Signs]]:
        """Return the quantities that a number is the value of, beside some others, and the signs of each."""
        context, known = question.context, {match.candidate.id for match in matches}
        places = self._of_value.places(context.number)
        places = [place for place in places if self.catalogue.candidates[place].id not in known]
        if not places:
            return [], []
        further = question.matcher.weighed(context, places)
        best = max((match.score for match in matches), default=0.0)
        related, outcomes = self._surroundings.related(around), self._outcomes(around)
        signs = []
        for match in further:
            some = of_words(match, best) | of_clause(context, question.matcher, match)
            beside = related.get(self.catalogue.places[match.candidate.id], ({}, False))[0]
            some |= of_value(context, match) | beside
            signs.append(some | unnamed(match, len(further), outcomes))
        return further, signs


def _said(question: OpenNumber, free: bool) -> SaidAround:
    """Return what is said of a number; if asked, of one with a unit of shares the quantities of any unit."""
    context = question.context
    spoken: Iterator[Candidate] = iter(())
    if free and context.number.unit in (*SHARES, *COMPARED):
        told = question.matcher.ranked(context, context.series, free=True)
        spoken = (match.candidate for match in told if match.candidate.base)
    return SaidAround(context.sentence, tuple(islice(spoken, SPOKEN)))


def _is_by_chance(
    context: Context,
    meant: Match,
    likely: Sequence[tuple[Match, float]],
    matches: Sequence[Match],
    signs: Sequence[Signs],
) -> bool:
    """Whether a number has the value of what it likely means, of which its words do not speak first."""
    held = meant.candidate
    same = (part for match, part in likely if match.candidate.base == held.base)
    unvalued, _ = in_order_of_likelihood(matches, signs, unvalued=True)
    return rather_of_another(context, meant, math.fsum(same), unvalued)


def _is_named(verdict: Verdict) -> bool:
    """Whether a number is wrong of a recorded quantity that is named, being the value of another."""
    return verdict.right_for is not None and verdict.candidate is not None and verdict.candidate.row >= 0


def _data(checked: Sequence[Checked], places: range, most: int) -> list[int]:
    """Return the first places of numbers that are data."""
    return list(islice((at for at in places if checked[at].verdict.verdict != NO_DATUM), most))


def _is_open(judged: Checked) -> bool:
    """Whether no rule settles a number, nor computes it."""
    verdict = judged.verdict
    return verdict.is_open and verdict.derived is None and not verdict.taken_back


def in_order_of_likelihood(
    matches: Sequence[Match], signs: Sequence[Signs], unvalued: bool = False
) -> tuple[list[tuple[Match, float]], float]:
    r"""Return the quantities that a number may mean, the likeliest first, and how likely it means none.

    .. math:: p_i = \frac{e^{w \cdot x_i}}{\sum_j e^{w \cdot x_j}}

    over the candidates and *none of them*: a conditional logit.

    Parameters
    ----------
    matches : sequence of Match
    signs : sequence of dict
        Of each, those of *none of them* last.
    unvalued : bool
        Whether the number's own value counts for nothing.
    """
    known = {name: 0.0 if unvalued and name in VALUED else size for name, size in order_weights().items()}
    odds = [math.fsum(known[name] * size for name, size in some.items()) for some in signs]  # in any order
    most = max(odds)
    parts = [math.exp(one - most) for one in odds]
    whole = math.fsum(parts)
    likely = [(match, part / whole) for match, part in zip(matches, parts[:-1], strict=True)]
    likely.sort(key=lambda pair: (-pair[1], pair[0].candidate.id))
    return likely, parts[-1] / whole
