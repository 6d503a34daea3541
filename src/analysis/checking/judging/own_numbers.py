"""What a text's own numbers come to: shares, changes, differences, sums, ratios, what is left of a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import permutations

from analysis.checking.candidates.agreement import (
    LESS,
    MORE,
    SHARES,
    agrees,
    in_units_of_one,
    scaled,
    step_of,
)
from analysis.checking.text.mentions import Sentence, first_phrase, phrases
from analysis.reading import PrintedNumber
from analysis.reading.languages import word_lists

# Units of what compares two numbers, and is none of them.
COMPARED = ("percentage_points", "times", "times_increase")
# How many numbers a sum is made of at most; among how many of earlier sentences an operand is looked for.
PARTS, EARLIER = 6, 6
# Signs between two operands in a formula; between those that a whole is computed from.
PLANS = {"share_of_more": " + ", "share_of_less": " − "}
SIGNS = {"sum": " + ", "difference": " − ", "share": " / ", "ratio": " / "}
ALL = Fraction(100)
# From what size on an amount without a currency may be one of money.
LARGE, MYRIAD = 100_000, 10_000
# The scales that are said of the first of some numbers alone.
SCALES = (1_000_000_000, 1_000_000, 1_000)
# How many signs may stand between a qualifier and its number: an article.
NEAR = 5
# Within which part of it a multiple in words may be another.
NEARLY = Fraction(1, 10)
# A number with what it is compared with behind it is set against that: "12 per cent more than before".
_THAN = re.compile(r"\b(?:than|que|qu')(?!\w)", re.I)
_ARTICLE = re.compile(r"\s(?:las?|los|les?|el|une?|una?|the|an?|[dl]')\s*$")


@dataclass(frozen=True, eq=False)
class OwnSum:
    """What some numbers of a text come to.

    Attributes
    ----------
    how : str
        ``sum``, ``difference``, ``share``, ``change``, ``ratio``, ``rest``, ``same``, or ``share_of_more`` or
        ``share_of_less`` of the second with or without the third.
    operands : tuple of PrintedNumber
    value : Fraction
        In units of one; a share, a change and what is left of a hundred in per cent, a difference of
        percentages in points.
    low, high : Fraction
        Between which it lies when each operand may be rounded.
    unit : str
        ``percent``, ``percentage_points``, ``times``, or that of the operands.
    """

    how: str
    operands: tuple[PrintedNumber, ...]
    value: Fraction
    low: Fraction
    high: Fraction
    unit: str

    @property
    def formula(self) -> str:
        """Return the computation with the numbers as they are printed."""
        texts = [operand.text.strip() for operand in self.operands]
        if self.how == "rest":
            return " − ".join(["100", *texts] if self.unit == "percent" else texts)
        if self.how in PLANS:
            return f"{texts[0]} / ({texts[1]}{PLANS[self.how]}{texts[2]})"
        if self.how == "change":
            return f"{texts[0]} / {texts[1]} − 1"
        if self.how == "share" and len(texts) > 2:
            return f"({' + '.join(texts[:-1])}) / {texts[-1]}"
        return SIGNS.get(self.how, "").join(texts)


@dataclass(frozen=True)
class Computed:
    """A number with those of its text that it may be computed from.

    ``here`` are the numbers before it in its sentence, ``after`` those after it, ``earlier`` those of the
    sentences before, the last one last; ``own`` are words and codes of the record that its clause says, but
    for those that only compare.
    """

    number: PrintedNumber
    read: Sentence
    here: Sequence[PrintedNumber]
    after: Sequence[PrintedNumber]
    earlier: Sequence[PrintedNumber]
    own: Set[str]

    def says(self, *kinds: str) -> bool:
        """Whether the clause of the number has a phrase of one of some kinds."""
        return any(first_phrase(self.clause, self.read.language, kind) for kind in kinds)

    @cached_property
    def clause(self) -> str:
        """Return the clause of the number without the number itself and its qualifier."""
        low, high = self.read.clause(self.number)
        text = self.read.text.lower()
        before = without_qualifier(text[low : self.number.start], self.number, self.read.language)
        return f"{before} {text[self.number.end : high]}"

    def follows(self) -> bool:
        """Whether the number says again what was said before it: "that is, more than half"."""
        language, text = self.read.language, self.read.text.lower()
        before = without_article(without_qualifier(text[: self.number.start], self.number, language))
        before = before.rstrip(" ,，")
        space = "" if language == "zh" else " "
        return any(f" {before}".endswith(f"{space}{phrase}") for phrase in phrases(language)["thus"])

    def goes(self, own: OwnSum) -> bool:
        """Whether a change goes the way that the clause says; any does where it says none, or both."""
        rises, falls = self.says("rise"), self.says("fall")
        return rises == falls or (own.value > 0) == rises

    def is_part(self, one: PrintedNumber) -> bool:
        """Whether a number before this one, which says it again, is told as a part of what is larger."""
        said = self.read.text[: self.number.start].lower()
        kinds = ("rise", "fall", "apart", "gap", "lacking", "higher", "lower", "planned")
        apart = any(
            first_phrase(said[self.read.clause(one)[0] :], self.read.language, kind) for kind in kinds
        )
        return self.follows() and not apart and bool(first_phrase(said, self.read.language, "share"))

    def is_whole(self, one: PrintedNumber) -> bool:
        """Whether this number is told as a part of one before it: "28 States, of which half in Africa"."""
        between = self.read.text[one.end : self.number.start].lower()
        return bool(first_phrase(between, self.read.language, "of_which"))

    def moves(self) -> bool:
        """Whether something is said to be more or less, or apart, in the clause of the number."""
        return self.says("rise", "fall", "apart", "gap")


def without_qualifier(before: str, number: PrintedNumber, language: str) -> str:
    """Return what stands before a number, in small letters, without its qualifier."""
    names = word_lists(language)["qualifiers"].get(number.qualifier, ())
    for phrase in sorted(names, key=len, reverse=True):
        at = before.rfind(phrase, max(0, len(before) - len(phrase) - NEAR))
        before = before[:at] if at >= 0 else before
    return before


def without_article(before: str) -> str:
    """Return what stands before a number without the article of its share: ", es decir, el 68 %"."""
    return _ARTICLE.sub(" ", before)


def computed_from(asked: Computed) -> list[OwnSum]:
    """Return what a number may be computed as from the other numbers of its text, in ways that are said."""
    unit = asked.number.unit
    if unit in SHARES:
        made = [*_shares(asked), *_of_percentages(asked)]
    elif unit == "percentage_points":
        made = list(_points(asked))
    elif unit in COMPARED:
        made = list(_ratios(asked))
    else:
        made = [*_sums(asked), *_differences(asked), *(_points(asked) if asked.says("gap") else ())]
    return [reading for reading in made if reading.value]


def meant_by(asked: Computed) -> OwnSum | None:
    """Return what a number is clearly said to be; None where that is not clear.

    Its clause has no words of its own, and says what is left of a hundred, what numbers come to together, or
    a share or a change, right after the one number or the two that it can be of.
    """
    if asked.own:
        return None
    shares, amounts = _percentages(asked.here), _amounts(asked.here)
    if asked.number.unit == "percent" and asked.says("rest") and len(shares) == 1:
        return next((percentage for percentage in _of_percentages(asked) if percentage.how == "rest"), None)
    amounts = [amount for amount in amounts if are_alike(amount, amounts[-1])]
    one_part = asked.number.unit in SHARES and len(amounts) == 1 and not shares
    if one_part and asked.is_whole(amounts[0]):
        return None
    if one_part and (asked.says("share") or asked.is_part(amounts[0])):
        wholes = (amount for amount in _amounts(asked.earlier)[::-1] if are_alike(*amounts, amount))
        larger = next((whole for whole in wholes if whole.value > amounts[0].value), None)
        return share_in_another(amounts, larger) if larger is not None else None
    if not (asked.moves() or asked.says("share", "thus") or asked.follows()):
        return None
    units = {"", *(amount.unit for amount in amounts)}
    if asked.number.unit in units and asked.moves() and len(amounts) == 2 and not shares:
        less, more = sorted(amounts, key=in_units_of_one)
        return difference_between(more, less) if are_alike(less, more) and less.value != more.value else None
    listed = any(number.unit in SHARES for number in asked.after)
    if asked.number.unit in SHARES and len(amounts) == 2 and not (shares or listed) and are_alike(*amounts):
        part, whole = sorted(amounts, key=lambda amount: amount.value)
        if asked.moves():
            behind = asked.read.text[asked.number.end : asked.read.clause(asked.number)[1]]
            alone = part.value != whole.value and not _THAN.search(behind)
            return change_between(amounts[0], amounts[1]) if alone else None
        return share_in_another([part], whole) if part.value < whole.value else None
    return None


def points_told_as_per_cent(asked: Computed) -> OwnSum | None:
    """Return by how many points two percentages differ, where a number tells so as per cent.

    Both stand in its sentence, or one there and the other right before it. By so much something moved, as its
    clause says; and it is no change of the one in parts of the other.
    """
    if asked.number.unit != "percent" or not (asked.moves() or asked.says("higher", "lower")):
        return None
    here = _percentages(asked.here)[-3:]
    near = here if len(here) > 1 else [*_percentages(asked.earlier[-1:]), *here]
    for one, other in permutations(near, 2):
        apart = difference_between(one, other)
        in_parts = (
            (change_between(one, other), change_between(other, one)) if other.value and one.value else ()
        )
        if apart.value > 0 and agrees(asked.number, apart.value) == "exact":
            return None if any(fits(asked.number, change) for change in in_parts) else apart
    return None


def fits(number: PrintedNumber, own: OwnSum) -> str:
    """Return how a number agrees with what others come to: ``exact``, ``rounding`` or nothing.

    It does where it is the value, rounded to its own digits, or as its qualifier allows; without a qualifier
    also where it lies between the bounds that the rounding of the operands leaves.
    """
    how = agrees(number, own.value)
    if how:
        plain = not number.qualifier and number.unit != "fraction"
        return "exact" if how == "exact" or plain else "rounding"
    if number.qualifier not in ("", "about"):
        return ""
    low, high = sorted((abs(own.low), abs(own.high)))
    spoken = number.unit == "fraction" or number.words
    half = Fraction(0) if spoken else Fraction(1, 2) / Fraction(10) ** number.decimals
    return "rounding" if low - half <= abs(in_units_of_one(number)) <= high + half else ""


def nearly_so_many_times(number: PrintedNumber, value: Fraction) -> bool:
    """Whether a multiple in words is close to a value: "three times the target" of 2.9.

    "More than" and "less than" say on which side of it the value lies, however close.
    """
    told = abs(in_units_of_one(number))
    if number.unit not in COMPARED[1:] or number.qualifier in (*LESS, *MORE):
        return False
    return number.words and abs(abs(value) - told) <= NEARLY * told


def _bounds(number: PrintedNumber) -> tuple[Fraction, Fraction]:
    """Return between which values a printed number lies: a count is itself, all else is rounded.

    What is printed in thousands, millions or 万 may be rounded to its last digit before zeros: 480万.
    """
    value = in_units_of_one(number)
    if number.decimals == 0 and not number.unit:
        return value, value
    half = Fraction(1, 2) / Fraction(10) ** number.decimals
    half = max(half, step_of(value) / 2) if number.decimals < 0 else half
    return value - half, value + half


def _amounts(numbers: Sequence[PrintedNumber]) -> list[PrintedNumber]:
    return [number for number in numbers if number.unit not in (*SHARES, *COMPARED) and number.value > 0]


def _percentages(numbers: Sequence[PrintedNumber]) -> list[PrintedNumber]:
    return [number for number in numbers if number.unit == "percent"]


def are_alike(*numbers: PrintedNumber) -> bool:
    """Whether amounts may be of one kind: of one unit, and none a myriad times another.

    One without a currency may be of it where it is as large.
    """
    units, values = {number.unit for number in numbers}, [number.value for number in numbers]
    if len(units - {""}) > 1 or max(values) > MYRIAD * min(values):
        return False
    return len(units) < 2 or min(values) >= LARGE


def scaled_as(number: PrintedNumber, other: PrintedNumber) -> PrintedNumber:
    """Return a number without a scale in that of another before it: "184.1 million, 132.1 and 116.3"."""
    if number.unit or number.decimals <= 0 or other.decimals >= 0:
        return number
    size = next((size for size in SCALES if other.value >= size), 0)
    return scaled(number, size) if size else number


def added(parts: Sequence[PrintedNumber]) -> OwnSum:
    """Return the sum of some numbers."""
    bounds = [_bounds(part) for part in parts]
    value = sum((in_units_of_one(part) for part in parts), Fraction(0))
    low, high = (sum((bound[side] for bound in bounds), Fraction(0)) for side in (0, 1))
    return OwnSum("sum", tuple(parts), value, low, high, parts[0].unit)


def left_of_a_hundred(parts: Sequence[PrintedNumber]) -> OwnSum:
    """Return what some percentages leave of a hundred."""
    whole = added(parts)
    return OwnSum("rest", tuple(parts), ALL - whole.value, ALL - whole.high, ALL - whole.low, "percent")


def share_in_another(parts: Sequence[PrintedNumber], whole: PrintedNumber) -> OwnSum:
    """Return the share of some numbers in another, in per cent."""
    part, (under, over) = added(parts), _bounds(whole)
    low, high = part.low / over * 100, part.high / max(under, Fraction(1, 10**9)) * 100
    return OwnSum("share", (*parts, whole), part.value / whole.value * 100, low, high, "percent")


def change_between(later: PrintedNumber, earlier: PrintedNumber) -> OwnSum:
    """Return by how much a number is more than another, in per cent."""
    made = share_in_another([later], earlier)
    return OwnSum("change", (later, earlier), made.value - 100, made.low - 100, made.high - 100, "percent")


def ratio_between(first: PrintedNumber, second: PrintedNumber) -> OwnSum:
    """Return how many times a number another is."""
    made = share_in_another([first], second)
    return OwnSum("ratio", made.operands, made.value / 100, made.low / 100, made.high / 100, "times")


def difference_between(first: PrintedNumber, second: PrintedNumber) -> OwnSum:
    """Return by how much a number is more than another, in their unit."""
    (low, high), (under, over) = _bounds(first), _bounds(second)
    unit = "percentage_points" if first.unit == "percent" else first.unit or second.unit
    value = in_units_of_one(first) - in_units_of_one(second)
    return OwnSum("difference", (first, second), value, low - over, high - under, unit)


def made_again(own: OwnSum, operands: Sequence[PrintedNumber]) -> OwnSum | None:
    """Return what other operands come to in the way of a computation; None where it is of no such way."""
    if own.how == "rest" and own.unit == "percent":
        return left_of_a_hundred(operands)
    if own.how == "sum":
        return added(operands)
    if own.how == "share":
        return share_in_another(operands[:-1], operands[-1])
    ways = {"difference": difference_between, "change": change_between, "ratio": ratio_between}
    return ways[own.how](*operands) if own.how in ways and len(operands) == 2 else None


def of_a_plan(level: PrintedNumber, apart: PrintedNumber, way: int, both: bool) -> list[OwnSum]:
    """Return the share of a difference in what a level differs from by it, or the level's own share, too.

    "59 results, 25 short of the target": ``way`` is 1 where the level is more, -1 where it is less; ``both``
    says whether the level's share may be meant as well.
    """
    size, more = in_units_of_one(level), in_units_of_one(apart)
    plan, how = size - way * more, "share_of_more" if way < 0 else "share_of_less"
    made = []
    for part in (apart, level) if both else (apart,):
        (low, high), (under, over) = (
            _bounds(part),
            sorted(edge - way * other for edge in _bounds(level) for other in _bounds(apart))[::3],
        )
        if min(plan, under) > 0:
            share = in_units_of_one(part) / plan * 100
            operands = (part, level, apart)
            made.append(OwnSum(how, operands, share, low / over * 100, high / under * 100, "percent"))
    return made


def _shares(asked: Computed) -> Iterator[OwnSum]:
    here, earlier = _amounts(asked.here), _amounts(asked.earlier)
    parts = here[-2:] or (earlier[-1:] if asked.says("thus") or not asked.own else [])
    pool = [*here[::-1], *earlier[::-1]]
    moves = asked.moves()
    for part in parts[::-1]:
        for other in pool:
            if other is part or not are_alike(part, other) or part.value == other.value:
                continue
            if part.value < other.value:
                yield share_in_another([part], other)
            elif other in here:
                yield share_in_another([other], part)
            if moves:
                yield from filter(asked.goes, (change_between(part, other), change_between(other, part)))
    if asked.says("together"):
        added_up, others = _parts(asked, here)
        for whole in [*others[::-1], *earlier[::-1]] if len(added_up) > 1 else ():
            if are_alike(*added_up, whole):
                yield share_in_another(added_up, whole)


def _parts(
    asked: Computed, here: Sequence[PrintedNumber]
) -> tuple[Sequence[PrintedNumber], Sequence[PrintedNumber]]:
    """Return the numbers that are taken together, the last two or as many as is said, and those before.

    "The two regions together": a small number in words, in the clause, is how many they are.
    """
    low, _ = asked.read.clause(asked.number)
    told = [number for number in here if number.start >= low and number.words and 2 <= number.value <= PARTS]
    many = int(told[-1].value) if told else 2
    rest = [number for number in here if number not in told[-1:]]
    return rest[-many:], rest[:-many]


def _of_percentages(asked: Computed) -> Iterator[OwnSum]:
    here, earlier = _percentages(asked.here), _percentages(asked.earlier)
    told = here or earlier[-1:]
    if told and asked.says("rest"):
        for parts in (told, told[-1:]):
            yield left_of_a_hundred(parts)
    if asked.says("together"):
        yield from _all_sums(here or earlier)


def _points(asked: Computed) -> Iterator[OwnSum]:
    here, earlier = _percentages(asked.here), _percentages(asked.earlier)
    pool = [*here, *earlier[::-1]][: max(len(here), 1) + 3]
    for one, other in permutations(pool, 2):
        if one.value > other.value and (one in here or other in here or not here):
            yield difference_between(one, other)


def _ratios(asked: Computed) -> Iterator[OwnSum]:
    for kind in (_amounts, _percentages):
        here, after, earlier = kind(asked.here), kind(asked.after), kind(asked.earlier)
        pool = [*here[-2:], *after[:1]]
        pool += earlier[-2:] if len(pool) < 2 and not asked.own else []
        for one, other in permutations(pool, 2):
            if are_alike(one, other) and one.value > other.value > 0:
                yield ratio_between(one, other)


def _all_sums(parts: Sequence[PrintedNumber]) -> Iterator[OwnSum]:
    for many in range(2, min(len(parts), PARTS) + 1):
        some = parts[-many:]
        if are_alike(*some):
            yield added(some)


def _sums(asked: Computed) -> Iterator[OwnSum]:
    if asked.says("together"):
        parts = _amounts(asked.here)
        yield from _all_sums(parts if len(parts) > 1 else _amounts(asked.earlier))


def _differences(asked: Computed) -> Iterator[OwnSum]:
    if not (asked.moves() or asked.says("rest", "thus", "under_budget")):
        return
    here, after, earlier = _amounts(asked.here), _amounts(asked.after), _amounts(asked.earlier)
    near = [*here[-3:], *after[:1]] if here else after[:1]
    pool = [*near, *earlier[::-1][:4]]
    for one, other in permutations(pool, 2):
        if one.value > other.value and are_alike(one, other) and (one in near or other in near or not near):
            yield difference_between(one, other)
