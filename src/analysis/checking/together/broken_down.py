"""Numbers that break one quantity down: each told with a code of its own, "17 in the Americas, 8 in Africa".

A sentence that lists a measure by region or by sex seldom says again what it is, nor does one that sets a
result against what was planned, "24 against 15". Its numbers are looked at together: how well the words speak
of a measure, and of how many of its parts the numbers are the values.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from analysis.checking.candidates.agreement import agreement, digits, in_units_of_one, is_finer
from analysis.checking.candidates.belonging import MEASURE
from analysis.checking.candidates.candidate import Candidate, size_of
from analysis.checking.candidates.candidate_index import CandidateIndex
from analysis.checking.candidates.derived import printings
from analysis.checking.candidates.match import Match
from analysis.checking.candidates.matching import Matcher
from analysis.checking.candidates.weights import Signs, weights_in
from analysis.checking.judging.verdicts import (
    AGREES,
    DISAGREES,
    OFFERED,
    OTHER_PERIOD,
    Verdict,
    error,
    said_rightly,
)
from analysis.checking.text.context import Context
from analysis.checking.text.periods import compatible
from analysis.checking.together.code_groups import COLUMNS, SAID, CodeGroup, code_groups
from analysis.checking.together.with_plans import SINCE

# From what strength on a code or a period is said that no other may stand for.
FIRMLY = 0.9
# How many of the quantities that the words find for a number are looked at, and of what was spoken of lately.
LOOKED_AT, LATELY = 12, 4
# How often a number is the value of what it is meant to be.
MOSTLY = 0.85
# How often a number of one digit, of two and of more is some quantity's value by chance, and with how many
# quantities that counts as much as what they hold.
BY_CHANCE, FEW = (0.1, 0.02, 0.005), 10
# From what likelihood of a measure on its parts agree, and others disagree.
LIKELY, SURELY = 0.6, 0.65
# How much of what a measure is, by rarity, is said at least, where the text has not told it just before.
NAMED = 0.1
# How many numbers are the values of a measure's parts where one agrees that its own words say otherwise of.
THREE = 3
# How many times the largest part a number is at most that is told for another.
LARGEST = 2
# How many times less than a share a percentage is, at most, that is it with a digit mistaken.
FEWER = 5

MeasureOfParts = tuple[str, str, str, tuple[tuple[str, str], ...]]
"""Table, unit and period of the parts of a measure, and the codes that all of them have."""


@dataclass(frozen=True, eq=False)
class MeasuredParts:
    """The parts of one quantity that some numbers may be, by place; what their words and values say of it."""

    parts: Mapping[int, Candidate]
    whole: Mapping[int, Candidate]
    right: frozenset[int]
    named: bool
    signs: Signs
    largest: float

    @cached_property
    def odds(self) -> float:
        """Return the log-odds of the signs."""
        return _weighed(self.signs)


class Breakdowns:
    """The quantities of a record that are broken down by the codes of a column."""

    def __init__(self, catalogue: CandidateIndex):
        self.catalogue = catalogue
        self._families: dict[str, dict[MeasureOfParts, dict[str, Candidate]]] = {
            column: {} for column in (*COLUMNS, MEASURE)
        }
        self._valued: dict[tuple[str, str, Fraction], list[MeasureOfParts]] = {}
        self._of_table: dict[tuple[str, str], list[MeasureOfParts]] = {}
        self._told: dict[tuple[str, str, str], list[Candidate]] = {}
        self._spoken: dict[tuple[str, str], list[MeasureOfParts]] = {}
        for candidate in catalogue.candidates:
            if candidate.base is None:
                continue
            recorded = candidate.axes.keys() if candidate.named_by else candidate.coded
            for column in {*COLUMNS, MEASURE} & candidate.axes.keys() & recorded:
                code = candidate.axes[column]
                family = _family(candidate, column)
                if family not in self._families[column]:
                    self._families[column][family] = {}
                    self._of_table.setdefault((column, candidate.table), []).append(family)
                self._families[column][family].setdefault(code, candidate)
                self._valued.setdefault((column, code, candidate.base), []).append(family)
                self._told.setdefault((column, code, candidate.unit), []).append(candidate)

    def judged(
        self,
        matcher: Matcher,
        contexts: Mapping[int, Context],
        firsts: Mapping[int, Verdict],
        ranked: Mapping[int, Sequence[Match]],
        spoken: Sequence[Candidate],
    ) -> dict[int, Verdict]:
        """Return the verdicts that change where numbers of a sentence are told with a code or a plan each."""
        changed: dict[int, Verdict] = {}
        asked = {at: one for at, one in contexts.items() if at in firsts and not (one.in_row or one.lost)}
        for group in code_groups(self.catalogue, asked):
            among = AskedGroup(group, matcher, asked, ranked)
            best = self._likeliest(among, firsts, spoken)
            if best is not None and _is_told(group, *best, firsts):
                changed |= dict(self._verdicts(among, firsts, *best))
        return changed

    def possible(
        self, asked: AskedGroup, firsts: Mapping[int, Verdict], spoken: Sequence[Candidate]
    ) -> tuple[list[MeasuredParts], Signs]:
        """Return the breakdowns that numbers may be, and the signs that they are none of them."""
        settled = (
            first.candidate for at, first in firsts.items() if at not in asked.group.coded and first.is_right
        )
        here = [printings(self.catalogue, candidate)[0] for candidate in settled if candidate is not None]
        lately = [printings(self.catalogue, candidate)[0] for candidate in spoken[-LATELY:]]
        told = [*here, *lately]
        some = [
            made
            for family in self._families_of(asked, told)
            if (made := self._breakdown(asked, family, told))
        ]
        scores = [asked.ranked[at][0].score if asked.ranked.get(at) else 0.0 for at in asked.group.coded]
        kind = "pair" if asked.group.column == MEASURE else "several" if len(scores) > 1 else "one"
        return some, {f"none_{kind}": 1.0, "none_score": math.fsum(scores) / len(scores)}

    def _likeliest(
        self, asked: AskedGroup, firsts: Mapping[int, Verdict], spoken: Sequence[Candidate]
    ) -> tuple[MeasuredParts, float] | None:
        """Return the likeliest breakdown, and how likely it is; None where nothing is."""
        some, none = self.possible(asked, firsts, spoken)
        best = max(some, key=lambda one: one.odds, default=None)
        if best is None or not best.named:
            return None
        odds = [*(one.odds for one in some), _weighed(none)]
        return best, 1 / math.fsum(math.exp(one - best.odds) for one in odds)

    def _families_of(self, asked: AskedGroup, told: Sequence[Candidate]) -> list[MeasureOfParts]:
        """Return the breakdowns of which the words speak, the numbers have a value, or the text spoke."""
        families, column = self._families[asked.group.column], asked.group.column
        wanted: dict[MeasureOfParts, None] = {}
        for at in asked.group.places:
            for match in asked.ranked.get(at, ())[:LOOKED_AT]:
                if column in match.candidate.axes:
                    wanted[_family(match.candidate, column)] = None
        for at, code in asked.group.coded.items():
            value = in_units_of_one(asked.contexts[at].number)
            wanted |= dict.fromkeys(self._valued.get((column, code, value), ()))
        for candidate in told:
            wanted |= dict.fromkeys(self._with_codes_of(candidate, column))
        return [
            family
            for family in wanted
            if family in families and all(code in families[family] for code in asked.group.coded.values())
        ]

    def _with_codes_of(self, candidate: Candidate, column: str) -> list[MeasureOfParts]:
        """Return the breakdowns that have the table, the unit and the codes of a quantity."""
        asked = candidate.id, column
        if asked not in self._spoken:
            some = self._of_table.get((column, candidate.table), ())
            self._spoken[asked] = [family for family in some if _is_of(candidate, family)]
        return self._spoken[asked]

    def _breakdown(
        self, asked: AskedGroup, family: MeasureOfParts, told: Sequence[Candidate]
    ) -> MeasuredParts | None:
        """Return the parts that numbers would be, with the log-odds; None where the text says otherwise."""
        members = self._families[asked.group.column][family]
        parts = {at: members[code] for at, code in asked.group.coded.items()}
        if not all(_fits(asked.contexts[at], part) for at, part in parts.items()):
            return None
        wholes = [held for code, held in members.items() if self.catalogue.is_whole(asked.group.column, code)]
        whole = {
            at: wholes[0]
            for at in asked.group.places
            if at not in asked.group.coded and wholes
            if agreement(asked.contexts[at].number, wholes[0]) == "exact"
        }
        right, covered = set(), asked.covered(parts)
        named = covered >= NAMED or any(_is_of(one, family) for one in told)
        value = 0.0
        for at, part in {**parts, **whole}.items():
            chance = self._chance(asked, at, part)
            number = asked.contexts[at].number
            if agreement(number, part):
                right.add(at)
            if at in right or is_finer(number, part):
                value += math.log(MOSTLY / chance)
            else:
                value += math.log((1 - MOSTLY) / (1 - chance))
        largest = max(held.size for held in members.values())
        signs = {"score": asked.score(self.catalogue.places, parts), "covered": covered}
        signs |= {"named": float(named), "value": value}
        return MeasuredParts(parts, whole, frozenset(right), named, signs, largest)

    def _chance(self, asked: AskedGroup, at: int, part: Candidate) -> float:
        """Return how often a number is the value of some quantity with the code and the unit of one."""
        code, number = part.axes[asked.group.column], asked.contexts[at].number
        if (at, code, part.unit) not in asked.chances:
            same = self._told[asked.group.column, code, part.unit]
            agreeing = sum(bool(agreement(number, one)) for one in same)
            usual = FEW * BY_CHANCE[min(digits(number), len(BY_CHANCE)) - 1]
            asked.chances[at, code, part.unit] = (agreeing + usual) / (len(same) + FEW)
        return asked.chances[at, code, part.unit]

    def _verdicts(
        self, asked: AskedGroup, firsts: Mapping[int, Verdict], made: MeasuredParts, likely: float
    ) -> Iterator[tuple[int, Verdict]]:
        """Yield the verdicts that change by what numbers most likely are."""
        for at, part in {**made.parts, **made.whole}.items():
            first, context = firsts[at], asked.contexts[at]
            offered = tuple(asked.ranked.get(at, ()))[:OFFERED]
            if at in made.right:
                opened = first.is_open or first.verdict == OTHER_PERIOD or len(made.right) >= THREE
                agrees = opened and likely >= LIKELY and not first.is_right
                if agrees and said_rightly(self.catalogue, context, part):
                    yield at, Verdict(AGREES, "value", part, None, part.base, matches=offered)
            elif likely >= SURELY and self._is_wrong(context, first, made, part):
                kind, other = error(self.catalogue, context.number, part)
                told = size_of(in_units_of_one(context.number))
                if kind == "digit" and part.kind == "share" and FEWER * told < part.size:
                    continue  # what was lost in jobs, before what is left: "3.6 per cent; 43.4 are in work"
                yield at, Verdict(DISAGREES, "value", part, None, part.base, kind, other, offered)

    def _is_wrong(self, context: Context, first: Verdict, made: MeasuredParts, part: Candidate) -> bool:
        """Whether a number that is no value of its part is told for it: no rule settles it otherwise."""
        if (first.is_right and len(made.right) < 2) or is_finer(context.number, part):
            return False
        said = context.period == part.period and context.period_strength >= SAID
        if first.verdict == OTHER_PERIOD and not said:
            return False
        if size_of(in_units_of_one(context.number)) > LARGEST * made.largest:
            return False
        return said or not any(
            agreement(context.number, other)
            for other in self.catalogue.by_series[part.series]
            if other.period != part.period and other.axes == part.axes
        )


@dataclass(frozen=True, eq=False)
class AskedGroup:
    """A group of numbers with what is said of them, what each may be, and its chances."""

    group: CodeGroup
    matcher: Matcher
    contexts: Mapping[int, Context]
    ranked: Mapping[int, Sequence[Match]]
    chances: dict[tuple[int, str, str], float] = field(default_factory=dict)

    def score(self, places: Mapping[str, int], parts: Mapping[int, Candidate]) -> float:
        """Return how well the words speak of some quantities, on average."""
        scores = []
        for at, part in parts.items():
            context = self.contexts[at]
            known = self.matcher.ranked(context, context.series, among=[places[part.id]])
            scores.append(known[0].score if known else 0.0)
        return math.fsum(scores) / len(scores)

    def covered(self, parts: Mapping[int, Candidate]) -> float:
        """Return how much of what some quantities share is said, in the sentence or before, by rarity."""
        family, rarity = self.matcher.family, self.matcher.rarity
        own = frozenset.intersection(*(part.features[family] for part in parts.values()))
        own = own.difference(*(part.named_by.get(self.group.column, ()) for part in parts.values()))
        said = self.contexts[min(parts)].weights
        mass = math.fsum(rarity.get(name, 0.0) for name in own)
        return math.fsum(rarity.get(name, 0.0) * min(said.get(name, 0.0), 1.0) for name in own) / (
            mass or 1.0
        )


def breakdown_weights() -> dict[str, float]:
    """Return the weight of each sign in the log-odds that numbers are the parts of a quantity.

    They are those of a conditional logit, rounded; ``python -m benchmarks.breakdown_odds`` prints today's.
    """
    return weights_in("breakdowns.csv")


def _weighed(signs: Signs) -> float:
    """Return the log-odds of some signs, by their weights."""
    weights = breakdown_weights()
    return math.fsum(weights[sign] * value for sign, value in signs.items())


def _is_told(group: CodeGroup, made: MeasuredParts, likely: float, firsts: Mapping[int, Verdict]) -> bool:
    """Whether enough of a group's numbers are right; no rule has one of a pair for something else then."""
    if not group.least:
        return True
    if any(firsts[at].is_right and at not in made.right for at in group.places):
        return False
    return len(made.right) >= 2 or (group.least == 1 and likely >= SURELY)


def _fits(context: Context, part: Candidate) -> bool:
    """Whether no other period or code is said of a number than a quantity has."""
    before = part.axes.get(MEASURE) == SINCE[0] and context.period_strength < SAID
    return (before or compatible(context.period, part.period)) and not any(
        strength >= FIRMLY and part.axes.get(axis, code) not in code.split("|")
        for axis, (code, strength) in context.axes.items()
    )


def _is_of(candidate: Candidate, family: MeasureOfParts) -> bool:
    """Whether a quantity has the table, the unit and the codes of a breakdown."""
    table, unit, _, codes = family
    same = candidate.table == table and candidate.unit == unit
    return same and all(candidate.axes.get(axis) == code for axis, code in codes)


def _family(candidate: Candidate, column: str) -> MeasureOfParts:
    """Return what quantities share that differ by the code of a column, and by what goes with it."""
    own = candidate.axes[column]
    shared = sorted((axis, code) for axis, code in candidate.axes.items() if code != own)
    period = "" if own in SINCE else candidate.period
    return candidate.table, candidate.unit, period, tuple(shared)
