"""The computations that come to a number of a text: of what stands around it and of its likes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, combinations, permutations

from analysis.checking.candidates.agreement import OFF, SHARES, agrees, reach_of
from analysis.checking.candidates.candidate import Candidate
from analysis.checking.candidates.derived import PAIRS
from analysis.checking.candidates.likes import BESIDE, Likes, named_beside
from analysis.checking.judging.combined import CombinedValue, combined
from analysis.checking.judging.operands import HERE, TIMES, Computation, Operand
from analysis.checking.text.mentions import Sentence
from analysis.reading import PrintedNumber

# How many numbers a sum is made of at most; by how much an amount may be another's multiple.
PARTS, MYRIAD = 6, 10_000
POINTS = "percentage_points"
# The kinds of quantity of which sums, differences and shares are made.
AMOUNTS = ("count", "money", "amount", "duration")
# The ways of computing in which the larger quantity comes first.
LARGER_FIRST = ("difference", "sum", "ratio", "average")


@dataclass(frozen=True)
class AskedNumber:
    """A number with what its sentence says and what it may be computed from."""

    number: PrintedNumber
    read: Sentence
    operands: Sequence[Operand]

    @cached_property
    def said(self) -> Set[tuple[str, str]]:
        """Return the columns and codes that the sentence says."""
        return {(one.axis, code) for one in self.read.mentions for code in one.code.split("|")}

    @cached_property
    def words(self) -> Set[str]:
        """Return the features of the sentence."""
        return {feature.name for feature in self.read.features}

    @cached_property
    def ways(self) -> tuple[str, ...]:
        """Return the ways of computing two quantities that the unit of the number allows."""
        if self.number.unit in SHARES:
            return ("share", "change")
        if self.number.unit == POINTS:
            return ("difference",)
        return ("ratio",) if self.number.unit in TIMES else ("difference", "sum", "average")

    @cached_property
    def bounds(self) -> tuple[float, float]:
        """Return between which sizes the number may be one, with some room."""
        own, reach, part = reach_of(self.number)
        return min(own - reach, own / (1 + part)) - OFF * own, max(own + reach, own / (1 - part)) + OFF * own

    def may_be(self, size: float) -> bool:
        """Whether the number is a size, as far as floating point tells."""
        low, high = self.bounds
        return low <= size <= high

    def may_come_to(self, one: float, other: float) -> bool:
        """Whether two sizes may come to the number in a way that its unit allows; cheaply, of very many."""
        low, high = self.bounds
        small, large = (one, other) if one < other else (other, one)
        if not small or small == large:
            return False
        if self.number.unit not in SHARES:
            if self.number.unit in TIMES:
                return low <= large / small <= high
            return (
                low <= large - small <= high or low <= large + small <= high or low <= large / small <= high
            )
        ratio = small / large * 100
        return low <= ratio <= high or low <= 100 - ratio <= high or low <= (large / small - 1) * 100 <= high

    def exactly(
        self, how: str, operands: Sequence[Candidate | PrintedNumber], unit: str
    ) -> CombinedValue | None:
        """Return what some quantities come to, where that is the number; None where it is not."""
        made = combined(how, operands, unit)
        if made is None or not made.value or (how == "ratio" and made.value < 1):
            return None
        return made if agrees(self.number, made.value) else None

    def of_two(self, how: str, one: Operand, other: Operand) -> CombinedValue | None:
        """Return what two operands come to in a way, where they meet in it and it is the number."""
        if (how in LARGER_FIRST and one.size < other.size) or (how == "share" and one.size > other.size):
            return None
        if not self._meet(how, one, other) or not self.may_be(_size(how, one.size, other.size)):
            return None
        return self.exactly(how, (one.held, other.held), _unit(how, one))

    def _meet(self, how: str, one: Operand, other: Operand) -> bool:
        """Whether two operands are of kinds that meet in a computation."""
        if how == "average":
            return one.kind in AMOUNTS and other.kind == "count" and one.size > other.size > 1
        if one.kind != other.kind or one.size == other.size:
            return False
        if max(one.size, other.size) > MYRIAD * min(one.size, other.size):
            return False
        if how == "difference" and self.number.unit == POINTS:
            return one.unit == other.unit == "percent"
        if how == "ratio":
            return one.kind in (*AMOUNTS, "share")
        return one.kind in AMOUNTS and (how in ("share", "change") or self.counts(one))

    def counts(self, one: Operand) -> bool:
        """Whether the number may be an amount of the kind of an operand."""
        return not self.number.unit or one.kind == "money" or self.number.unit == one.unit


def computations(
    likes: Likes, number: PrintedNumber, read: Sentence, operands: Sequence[Operand]
) -> list[Computation]:
    """Return the computations that come to a number, each once."""
    asked, made = AskedNumber(number, read, operands), dict[tuple, Computation]()
    for one in chain(
        _pairs(asked),
        _against_likes(likes, asked),
        _of_lists(likes, asked),
    ):
        key = one.made.how, *sorted(id(held) for held in one.made.operands)
        made.setdefault(key, one)
    return [*made.values()]


def _size(how: str, one: float, other: float) -> float:
    if how in ("difference", "sum"):
        return abs(one - other) if how == "difference" else one + other
    if how in ("share", "change"):
        return one / other * 100 if how == "share" else abs(one / other - 1) * 100
    return one / other


def _unit(how: str, one: Operand) -> str:
    if how in ("share", "change"):
        return "percent"
    if how == "ratio":
        return "times"
    return POINTS if how == "difference" and one.unit == "percent" else one.unit


def _pairs(asked: AskedNumber) -> Iterator[Computation]:
    """Yield what two operands come to, and what one leaves of a hundred."""
    near = (
        (one, other)
        for one, other in combinations(asked.operands, 2)
        if asked.may_come_to(one.size, other.size)
    )
    for pair in near:
        for first, second in (pair, pair[::-1]):
            for how in asked.ways:
                made = asked.of_two(how, first, second)
                if made is not None:
                    yield Computation(made, (first, second))
    shares = [one for one in asked.operands if one.unit == "percent"] if asked.number.unit in SHARES else []
    for one in shares:
        if asked.may_be(100 - one.size) and (made := asked.exactly("rest", (one.held,), "percent")):
            yield Computation(made, (one,))
    for one, other in permutations(shares, 2):
        if one.size >= other.size and asked.may_be(one.size + other.size):
            made = asked.exactly("sum", (one.held, other.held), "percent")
            if made is not None:
                yield Computation(made, (one, other))


def _against_likes(likes: Likes, asked: AskedNumber) -> Iterator[Computation]:
    """Yield what a recorded operand and one of its likes, or a statement beside it, come to."""
    ways = [how for how in asked.ways if how not in ("average", "sum")]
    for one in asked.operands if ways else ():
        held = one.held
        if not isinstance(held, Candidate):
            continue
        near = ((held, BESIDE, other) for other in likes.beside(held)) if one.place == HERE else ()
        for own, column, other in chain(likes.of(held), near):
            if not asked.may_come_to(one.size, other.size):
                continue
            itself, beside = (
                replace(one, held=own),
                replace(one, held=other, size=other.size, kind=other.kind),
            )
            for how in ways:
                for first, second in ((itself, beside), (beside, itself)):
                    made = asked.of_two(how, first, second)
                    if made is None or (how == "share" and not _is_whole(first.held, second.held, column)):
                        continue
                    named = named_beside(own, other, column, asked.said, asked.words)
                    if named is not None:
                        yield Computation(made, (one,), column, named)


def _is_whole(part: Candidate | PrintedNumber, whole: Candidate | PrintedNumber, column: str) -> bool:
    """Whether a quantity may be the whole of a like: its total, its plan, what stands beside it."""
    if not (isinstance(part, Candidate) and isinstance(whole, Candidate)) or column == "period":
        return False
    if column == "measure":
        return (whole.axes.get(column, ""), part.axes.get(column, "")) in PAIRS
    return column == BESIDE or column in whole.whole or not whole.axes.get(column)


def _of_lists(likes: Likes, asked: AskedNumber) -> Iterator[Computation]:
    """Yield what numbers that follow one another come to, and their share in another."""
    before = [one for one in asked.operands if one.steps < 0]
    listed = sorted([one for one in before if one.place == HERE] or before, key=lambda one: one.steps)
    shared = asked.number.unit in SHARES
    if asked.number.unit in (POINTS, *TIMES):
        return
    for many in range(2 if shared else 3, min(len(listed), PARTS) + 1):
        for start in range(len(listed) - many + 1):
            parts = listed[start : start + many]
            if len({one.kind for one in parts}) > 1 or parts[0].kind not in AMOUNTS:
                continue
            held, size = [one.held for one in parts], sum(one.size for one in parts)
            if not shared:
                if asked.counts(parts[0]) and asked.may_be(size):
                    made = asked.exactly("sum", held, parts[0].unit)
                    if made is not None:
                        yield Computation(made, tuple(parts))
                continue
            for one, whole, column in _wholes(likes, asked, parts):
                if whole.size > size and asked.may_be(size / whole.size * 100):
                    made = asked.exactly("share", [*held, whole.held], "percent")
                    if made is not None:
                        yield Computation(made, (*parts, one), column)


def _wholes(
    likes: Likes, asked: AskedNumber, parts: Sequence[Operand]
) -> Iterator[tuple[Operand, Operand, str]]:
    """Yield what parts may be a share of: another operand, or the whole of a column of the first."""
    for one in asked.operands:
        if one not in parts and one.kind == parts[0].kind:
            yield one, one, ""
    first = parts[0]
    if isinstance(first.held, Candidate):
        for own, column, other in likes.of(first.held):
            if column != "measure" and _is_whole(own, other, column):
                yield first, replace(first, held=other, size=other.size), column
