"""What a text computes from the quantities that it names: shares, differences, changes, ratios."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from analysis.checking.candidates.agreement import SHARES, agrees
from analysis.checking.candidates.candidate import Candidate
from analysis.checking.candidates.candidate_index import CandidateIndex
from analysis.checking.candidates.match import Match
from analysis.checking.text.context import Context
from analysis.checking.text.mentions import first_phrase

# From what score on a quantity is named that moved between two periods which the sentence names.
NAMED = 0.15
# How much less clearly what no number is said of is computed from: never to call a number wrong.
IMPLIED = 1
# By how much less clearly an agreeing computation may be said than the clearest one.
CLEAR = 1
# How many of those that one is ranked among are shown.
SHOWN = 5
# Ways of computing that tell by how much something moved.
MOVES = ("difference", "change")
PAIRS = (("target", "result"), ("strategic_budget", "actual_expenditure"), ("baseline", "context"))


@dataclass(frozen=True, eq=False)
class Derived:
    """A quantity computed from two others.

    Attributes
    ----------
    how : str
        ``difference``, ``change``, ``share``, ``ratio``, ``rank``, ``count`` or ``sum``.
    first, second : Candidate
        The one that is compared, and the one that it is compared with.
    value : Fraction
        In units of one; a share or a change in per cent, a difference of percentages in points.
    unit : str
    priority : int
        The smaller, the more of it is said.
    peers : tuple of Candidate
        Of a rank: the likes that the first is ranked among.
    notation : str
        Of what is computed from more than two, or counted: how, in the notation of claims.
    """

    how: str
    first: Candidate
    second: Candidate
    value: Fraction
    unit: str
    priority: int
    peers: tuple[Candidate, ...] = ()
    notation: str = ""

    @property
    def formula(self) -> str:
        """Return the quantity in the notation of claims."""
        if self.notation:
            return self.notation
        if self.peers:
            return self._rank(len(self.peers))
        first, second = in_notation(self.first), in_notation(self.second)
        if self.how == "difference":
            return f"{first} - {second}"
        if self.how == "ratio":
            return f"{first} / {second}"
        return f"share({first}, {second})" if self.how == "share" else f"change({second}, {first})"

    @property
    def shown(self) -> str:
        """Return the formula as it is read: of a rank among many, the first and how many more there are."""
        return self._rank(SHOWN) if len(self.peers) > SHOWN and not self.notation else self.formula

    def place_of(self, peer: Candidate) -> int:
        """Return the place of one of the likes of a rank, 1 for the largest; of equal ones the first."""
        return 1 + sum(one.size > peer.size for one in (self.first, *self.peers))

    def _rank(self, many: int) -> str:
        among = [in_notation(peer) for peer in (self.first, *self.peers[:many])]
        more = [f"… +{len(self.peers) - many}"] if many < len(self.peers) else []
        return f"rank({', '.join([*among, *more])})"


def in_notation(candidate: Candidate) -> str:
    """Return a candidate in the notation of claims."""
    return candidate.id if candidate.row < 0 else f'recorded_number("{candidate.id}")'


def siblings(catalogue: CandidateIndex, candidate: Candidate) -> tuple[tuple[str, Candidate], ...]:
    """Return the candidates that differ in the period or in one code only, with what differs."""
    if candidate.id not in catalogue.siblings:
        catalogue.siblings[candidate.id] = tuple(_siblings(catalogue, candidate))
    return catalogue.siblings[candidate.id]


def _siblings(catalogue: CandidateIndex, candidate: Candidate) -> Iterator[tuple[str, Candidate]]:
    for other in catalogue.by_series.get(candidate.series, ()):
        if other is candidate or other.value.missing:
            continue
        differing = [
            axis
            for axis in {**candidate.axes, **other.axes}
            if candidate.axes.get(axis) != other.axes.get(axis)
        ]
        if candidate.period != other.period:
            differing.append("period")
        if len(differing) == 1:
            yield differing[0], other
        elif differing == ["measure", "period"] and _is_level_before(candidate, other):
            yield "period", other


def _is_level_before(one: Candidate, other: Candidate) -> bool:
    """Whether one of two is the other's level of an earlier period: a baseline, and a result."""
    earlier, later = sorted((one, other), key=lambda candidate: candidate.period)
    return earlier.is_level_before and later.axes["measure"] == "result"


def computed_of_two(how: str, first: Candidate, second: Candidate, priority: int) -> Derived | None:
    """Return a computed quantity, or None where the two do not meet."""
    one, other = first.base, second.base
    if one is None or other is None or first is second:
        return None
    alike = first.unit == second.unit or (
        first.kind == second.kind and first.kind in ("count", "money", "amount")
    )
    if how == "difference":
        if not alike or (first.unit != second.unit and first.kind == "count"):
            return None
        unit = "percentage_points" if first.unit == "percent" else first.unit
        return Derived(how, first, second, one - other, unit, priority)
    if not other or not alike or (how == "share" and first.unit != second.unit and first.kind == "count"):
        return None
    if how == "ratio":
        return Derived(how, first, second, one / other, "times", priority)
    value = one / other * 100
    return Derived(how, first, second, value if how == "share" else value - 100, "percent", priority)


def options(
    catalogue: CandidateIndex,
    context: Context,
    settled: list[Candidate],
    before: list[Candidate],
    here: Sequence[Candidate] = (),
    implied: Sequence[Candidate] = (),
) -> list[Derived]:
    """Return what a number may be computed as, the most clearly said first.

    ``settled`` is what the numbers before it in its sentence are, in order, ``before`` what those of earlier
    sentences of the block are, ``here`` what the words beside the number itself speak of, ``implied`` what
    its sentence speaks of without a number: "expenditure exceeded the budget by 34.6 million".
    """
    ways = computations_said(context)
    if not ways:
        return []
    if context.number.unit not in (*SHARES, "percentage_points", "times", "times_increase"):
        settled, before = (
            [candidate for candidate in some if candidate.kind != "share"] for some in (settled, before)
        )  # no amount is computed from shares
    named = settled[-3:] or [*before[-4:], *implied]
    printed = twins if context.in_row else printings
    named = [one for candidate in named for one in printed(catalogue, candidate)]
    unsaid = [one for candidate in implied for one in printed(catalogue, candidate)]
    made: list[Derived | None] = []
    for how in ways:
        for back, reference in enumerate(reversed(named)):
            told = IMPLIED if reference in unsaid else 2 * back
            made += list(_with_siblings(catalogue, context, how, reference, told))
        pairs = [(a, b) for a in settled[-3:] for b in settled[-3:] if a is not b]
        pairs += [(a, b) for a in settled[-2:] for b in before[-3:]] + [
            (b, a) for a in settled[-2:] for b in before[-3:]
        ]
        pairs += [(a, b) for a in before[-3:] for b in before[-3:] if a is not b] if not settled else []
        made += [
            computed_of_two(how, one, other, 2 if one.series == other.series else 3) for one, other in pairs
        ]
        for other in here:
            for reference in named:
                told = 2 if other.series == reference.series else 1
                made += [
                    computed_of_two(how, other, reference, told),
                    computed_of_two(how, reference, other, told),
                ]
    kept = [
        computation
        for computation in made
        if computation and _sensible(computation) and _meets(context, computation)
    ]
    return sorted(kept, key=lambda candidate: (candidate.priority, candidate.formula))


def twins(catalogue: CandidateIndex, candidate: Candidate) -> list[Candidate]:
    """Return a quantity that is stated, after the one of a table with its value, unit, period and codes."""
    if candidate.row < 0 or len(catalogue.by_series.get(candidate.series, ())) > 1:
        return [candidate]
    if candidate.id not in catalogue.twins:
        catalogue.twins[candidate.id] = _twins(catalogue, candidate)
    return catalogue.twins[candidate.id]


def printings(catalogue: CandidateIndex, candidate: Candidate) -> list[Candidate]:
    """Return a quantity, after the one of a table that it prints again, as claims say or its codes."""
    again = catalogue.restated.get(candidate.id)
    return twins(catalogue, candidate) if again is None else [again, candidate]


def _twins(catalogue: CandidateIndex, candidate: Candidate) -> list[Candidate]:
    same = [
        other
        for other in catalogue.by_base.get(candidate.base, ())
        if other.unit == candidate.unit
        and other.period == candidate.period
        and all(other.axes.get(axis) == code for axis, code in candidate.axes.items())
        and (candidate.axes or other.axes.keys() <= {"measure", *other.whole})
        and len(catalogue.by_series.get(other.series, ())) > 1
    ]
    return [same[0], candidate] if len(same) == 1 else [candidate]


def planned(catalogue: CandidateIndex, candidate: Candidate) -> bool:
    """Whether the record holds what was planned for a quantity, or what came of a plan."""
    twin = printings(catalogue, candidate)[0]
    return any(axis == "measure" for axis, _ in siblings(catalogue, twin))


def moved_between(catalogue: CandidateIndex, context: Context, likely: Sequence[Match]) -> list[Candidate]:
    """Return the quantities that a sentence may say to have moved between two periods that it names.

    Those of a recorded value for either: "between 2022 and 2023 the response rate rose by 3.5 points".
    """
    said = {one.code for one in context.sentence.mentions if one.axis == "period" and not one.relative}
    named = [match.candidate for match in likely if match.score >= NAMED and match.candidate.period in said]
    return [
        held
        for held in named
        if any(
            axis == "period" and other.period in said - {held.period}
            for axis, other in siblings(catalogue, held)
        )
    ]


def computations_said(context: Context) -> tuple[str, ...]:
    """Return the ways of computing that the words around a number speak of."""
    number, read = context.number, context.sentence
    rises = read.near(number, "rise", 48)
    falls = read.near(number, "fall", 48)
    if number.unit in ("times", "times_increase"):
        return ("ratio",)
    if number.unit == "percentage_points":
        return ("difference",)
    if number.unit == "fraction":
        return ("change", "share") if rises or falls else ("share",)
    if number.unit == "percent":
        ways = ("change", "difference") if rises or falls or word_of_difference(context) else ()
        return (*ways, "share") if read.near(number, "share", 60) or not ways else ways
    return ("difference",) if rises or falls or word_of_difference(context) else ()


def word_of_difference(context: Context) -> str:
    """Return the word before a number that says that it is what two quantities differ by, or nothing."""
    low, _ = context.sentence.clause(context.number)
    before = context.sentence.text[low : context.number.start].lower()
    return first_phrase(before, context.sentence.language, "apart")


def _with_siblings(
    catalogue: CandidateIndex, context: Context, how: str, reference: Candidate, priority: int
):
    read = context.sentence
    text = read.text.lower()
    beside = _compared_with(context)
    targeted = bool(first_phrase(text, read.language, "target"))
    # "US$280.6 million, a quarter": of the total, where no plan is spoken of.
    budgeted = how != "share" or context.in_row or bool(first_phrase(text, read.language, "planned"))
    spoken = {mention.code for mention in read.mentions if mention.axis == "period"} | {context.period}
    for axis, other in siblings(catalogue, reference):
        told = 3
        if axis == "measure":
            pair = (reference.axes.get("measure", ""), other.axes.get("measure", ""))
            if pair not in PAIRS and pair[::-1] not in PAIRS:
                continue
            told = 0 if targeted or (budgeted and "budget" in pair[0] + pair[1]) else 3
            if how == "share" and (other.axes.get("measure") != pair_whole(pair)):
                continue
        elif axis == "period":
            told = 0 if other.period in spoken else 2
        elif (axis, other.axes.get(axis, "")) in beside:
            told = 0
        elif axis in other.whole:
            told = 1 if how in ("share", "ratio") else 3
        if how == "share" and axis in ("period", "sex") and axis not in other.whole and told:
            continue
        yield computed_of_two(how, reference, other, priority + told)
        yield computed_of_two(
            how, other, reference, priority + told + (1 if how in ("share", "ratio") else 0)
        )


def _compared_with(context: Context) -> set[tuple[str, str]]:
    """Return the codes in a number's clause; of a column, the one right after it where one stands there."""
    read, number = context.sentence, context.number
    low, high = read.clause(number)
    inside = [mention for mention in read.mentions if low <= mention.start and mention.end <= high]
    next_to: dict[str, str] = {}
    for mention in sorted(inside, key=lambda mention: mention.start):
        if mention.start >= number.end and not read.crossed(number, mention):
            next_to.setdefault(mention.axis, mention.code)
    return {
        (mention.axis, mention.code)
        for mention in inside
        if next_to.get(mention.axis, mention.code) == mention.code
    }


def pair_whole(pair: tuple[str, str]) -> str:
    """Return which of the two measures the other is a share of: the target, the budget."""
    return next((first for first, _ in PAIRS if first in pair), "")


def _meets(context: Context, derived: Derived) -> bool:
    """Whether a computation has the kind of unit that is printed; points may be called per cent."""
    printed = context.number.unit
    if printed in SHARES:
        return derived.unit in ("percent", "percentage_points")
    if printed.startswith("times") or derived.unit == "times":
        return printed.startswith("times") and derived.unit == "times"
    return (printed == "percentage_points") == (derived.unit in ("percent", "percentage_points"))


def _sensible(derived: Derived) -> bool:
    if derived.how == "share" and _of_another(derived):
        return False
    if derived.how == "share":
        return 0 < derived.value <= 100 or derived.first.axes.get("measure") in (
            "result",
            "actual_expenditure",
        )
    return derived.how != "ratio" or derived.value >= 1


def _of_another(derived: Derived) -> bool:
    """Whether a share sets one code against another, outcome 6 against 7; it may be of a plan only."""
    first, second = derived.first.axes, derived.second.axes
    return any(
        axis not in ("measure", "period", *derived.second.whole) and code != first[axis]
        for axis, code in second.items()
        if axis in first
    )


def agreeing(context: Context, made: list[Derived]) -> Derived | None:
    """Return the first computed quantity with which a number agrees, in direction where words give one."""
    fitting, way = _fitting(context, made)
    return next((computation for computation in fitting if _goes(computation, way)), None)


def moved_the_other_way(context: Context, made: list[Derived]) -> Derived | None:
    """Return by how much something moved between two times, of what does not go the way that words say."""
    fitting, _ = _fitting(context, made)
    moves = (one for one in fitting if one.first.series == one.second.series)
    between = (
        one
        for one in moves
        if one.first.axes == one.second.axes
        or (one.first.period != one.second.period and _is_level_before(one.first, one.second))
    )
    return next(between, None)


def _fitting(context: Context, made: list[Derived]) -> tuple[list[Derived], int]:
    """Return the clear computations that a number is the size of, and which way the words say it went."""
    number, read = context.number, context.sentence
    rises, falls = bool(read.near(number, "rise", 48)), bool(read.near(number, "fall", 48))
    clearest = min((candidate.priority for candidate in made), default=0)
    fitting = [
        candidate
        for candidate in made
        if candidate.priority <= clearest + CLEAR
        and (number.unit == "percentage_points") == (candidate.unit == "percentage_points")
        and agrees(number, candidate.value)
    ]
    if rises == falls:
        return fitting, 0
    onward = (candidate.first.period >= candidate.second.period for candidate in fitting)
    moving = [candidate.how in MOVES for candidate in fitting]
    kept = zip(fitting, moving, onward, strict=True)
    return [candidate for candidate, moves, right in kept if right or not moves], 1 if rises else -1


def _goes(derived: Derived, way: int) -> bool:
    return not way or derived.how not in MOVES or (derived.value > 0) == (way > 0)
