"""What the text's own other numbers come to: a number that is one of these is no alarm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, permutations

from analysis.checking.candidates.agreement import (
    SHARES,
    agrees,
    digits,
)
from analysis.reading import PrintedNumber

# Of how many digits a sum or a difference of the text's own numbers is no chance.
TELLING = 3

# The most numbers among which a computation is looked for: a table's row, a sentence.
OPERANDS = 8
# Of how many numbers right before it a number is the sum, at least, that no word says is one.
LISTED = 3


def computed_here(
    number: PrintedNumber, beside: Sequence[PrintedNumber], before: Sequence[PrintedNumber], said: bool = True
) -> bool:
    """Whether a number is what the text's own other numbers come to, or they come to with it.

    A sum, a difference, a share, a change or a ratio of two of them, to the digits that are printed; or one
    of the shares of a sentence that make up a hundred. Of two digits, a sum or a difference is one only where
    the text says so.
    """
    number = replace(number, qualifier="")
    own = [other for other in beside if not other.rule and other.start != number.start]
    shares = [Fraction(share.value) for share in (number, *own) if share.unit == "percent"]
    if number.unit == "percent" and len(shares) > 2 and abs(sum(shares, Fraction(-100))) <= Fraction(1, 2):
        return True
    if number.unit not in ("fraction", "times") and digits(number) < 2:
        return False
    others = [*own, *(other for other in before if not other.rule)]
    if len(others) > OPERANDS:
        at = next((place for place, other in enumerate(own) if other.start > number.start), len(own))
        others = own[max(at - OPERANDS // 2, 0) : at + OPERANDS // 2]
    sums = said or digits(number) >= TELLING
    return any(_comes_to(number, one, other, sums) for one, other in permutations(others, 2)) or any(
        sums and _adds(number, one, other) for one, other in combinations(others, 2)
    )


def adds_up(number: PrintedNumber, listed: Sequence[PrintedNumber]) -> bool:
    """Whether a number is the sum of three and more that stand right before it: "8, 10 and 11: 29 in all"."""
    return any(
        _alike(number, *listed[-many:])
        and _is(number, sum((one.value for one in listed[-many:]), Fraction(0)))
        for many in range(LISTED, min(len(listed), OPERANDS) + 1)
    )


def _adds(number: PrintedNumber, one: PrintedNumber, other: PrintedNumber) -> bool:
    return _alike(number, one, other) and _is(number, one.value + other.value)


def _comes_to(number: PrintedNumber, one: PrintedNumber, other: PrintedNumber, sums: bool) -> bool:
    """Whether a number is a difference, a share, a change or a ratio of two."""
    if number.unit in (*SHARES, "times"):
        if one.unit in SHARES or other.unit in SHARES or not _alike(one, other) or not other.value:
            if not (number.unit in SHARES and one.unit == other.unit == "percent"):
                return False
            return sums and _is(number, one.value - other.value)
        if min(digits(one), digits(other)) < 2:
            return False
        ratio = one.value / other.value
        asked = (ratio,) if number.unit == "times" else (ratio * 100, (ratio - 1) * 100)
        return any(_is(number, value) for value in asked)
    if number.unit == "percentage_points":
        return one.unit == other.unit == "percent" and _is(number, one.value - other.value)
    return sums and _alike(number, one, other) and _is(number, one.value - other.value)


def _alike(*numbers: PrintedNumber) -> bool:
    """Whether numbers have the same unit; one whose unit is left out goes with any other."""
    units = {number.unit for number in numbers} - {""}
    return len(units) <= 1 and not units & {"percentage_points", "times", "fraction"}


def _is(number: PrintedNumber, value: Fraction) -> bool:
    return bool(value) and bool(agrees(number, value))
