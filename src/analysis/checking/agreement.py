"""Whether a printed number agrees with a quantity: exactly, when rounded, or as its qualifier allows."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from analysis.checking.candidate import Candidate, factor
from analysis.reading import PrintedNumber

CLOSE, DIGIT = 0.1, 0.1
# Units in which a share of something is printed.
SHARES = ("percent", "fraction")
# How many digits a number has, at least, that is told to be another with a slip.
SLIP = 3
# Which part of the larger of two values they differ by that agree in no way.
APART = 0.75
# Steps of ten by which words of scale differ: thousand, 万, million, 亿, billion.
STEPS = (3, 4, 5, 6, 8, 9)


def closeness(number: PrintedNumber) -> float:
    """Return within what distance of the best score a candidate that agrees is preferred.

    The value only decides between equals; the more digits it has, the less it agrees by chance.
    """
    return CLOSE + DIGIT * min(max(digits(number) - 2, 0), 3)


def digits(number: PrintedNumber) -> int:
    """Return how many digits of a number are not zeros at either end."""
    scaled = abs(number.value) * Fraction(10) ** max(number.decimals, 0)
    return len(str(int(scaled)).strip("0")) or 1


def slipped(number: PrintedNumber, held: Fraction | None) -> bool:
    """Whether a printed number is a value with one digit mistaken, or two neighbouring ones exchanged.

    Of three digits and more: of fewer, too many numbers are.
    """
    if held is None or number.upper is not None or number.decimals > 6:
        return False
    scale = Fraction(10) ** number.decimals
    printed, right = (
        str(int(abs(value) * scale + Fraction(1, 2))) for value in (in_units_of_one(number), held)
    )
    if len(printed) != len(right) or len(printed.rstrip("0")) < SLIP:
        return False
    wrong = [at for at, (one, other) in enumerate(zip(printed, right, strict=True)) if one != other]
    if len(wrong) == 1:
        return True
    first = wrong[0] if wrong else 0
    return len(wrong) == 2 and printed[first : first + 2] == right[first : first + 2][::-1]


def digits_exchanged(number: PrintedNumber, held: Fraction | None) -> bool:
    """Whether a printed number of two digits is a value with them exchanged: 54 for 45, 53,000 for 35,000."""
    if held is None or number.upper is not None or number.decimals > 6:
        return False
    scale = Fraction(10) ** number.decimals
    printed, right = (abs(value) * scale for value in (in_units_of_one(number), held))
    if printed.denominator != 1 or right.denominator != 1:
        return False
    one, other = (str(int(value)) for value in (printed, right))
    zeros = len(one.rstrip("0"))
    return len(one) == len(other) and zeros == 2 and one != other and one[1::-1] + one[2:] == other


def mistyped(number: PrintedNumber, held: Fraction | None) -> bool:
    """Whether a printed number is a value with a digit mistaken, left out or added, or digits exchanged."""
    if held is None or number.upper is not None or number.decimals > 6:
        return False
    scale = Fraction(10) ** number.decimals
    printed, right = (
        str(int(abs(value) * scale + Fraction(1, 2))) for value in (in_units_of_one(number), held)
    )
    if len(printed) == len(right):
        wrong = sum(one != other for one, other in zip(printed, right, strict=True))
        return len(printed) > 1 and (wrong == 1 or sorted(printed) == sorted(right))
    longer, shorter = sorted((printed, right), key=len, reverse=True)
    if len(shorter) < SLIP or len(longer) > len(shorter) + 1:
        return False
    return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))


def misscaled(number: PrintedNumber, held: Fraction | None) -> bool:
    """Whether a printed number is a value but for its scale: a billion for a million, 万 for 亿."""
    value = abs(in_units_of_one(number))
    if not held or not value or number.decimals >= 0 or digits(number) < 2:
        return False
    ratio = max(value / abs(held), abs(held) / value)
    return any(abs(ratio - 10**step) * 200 <= 10**step for step in STEPS)


def agreement(number: PrintedNumber, candidate: Candidate) -> str:
    """Return how a printed number agrees with a quantity: ``exact``, ``rounding``, ``qualifier`` or nothing.

    The printed number stands for an interval: half a unit of its last digit on each side, under *about* 6 per
    cent or the digits that are printed, one-sided under *more than* and *less than*.
    """
    held = candidate.base
    if held is None:
        return ""
    agreeing = agrees(number, held, candidate.decimals_in_base, candidate.qualifier)
    if agreeing or not number.bare or candidate.unit in ("fraction", "ratio"):
        return agreeing
    size = factor(candidate.unit)
    if size <= 1:
        return ""
    places = number.decimals - (len(str(int(size))) - 1)
    scaled = replace(number, value=number.value * size, decimals=places)
    return agrees(scaled, held, candidate.decimals_in_base, candidate.qualifier)


def in_units_of_one(number: PrintedNumber) -> Fraction:
    """Return a printed number in units of one; a fraction as per cent."""
    return number.value * 100 if number.unit == "fraction" else number.value


def agrees(number: PrintedNumber, held: Fraction, decimals: int | None = None, qualifier: str = "") -> str:
    """Return how a printed number agrees with a value in units of one (see :func:`agreement`)."""
    value = in_units_of_one(number)
    if number.upper is not None:
        return "exact" if value <= held <= number.upper else ""
    if number.unit != "fraction" and _far_apart(value, held, number.decimals):
        return ""
    half = Fraction(1, 2) / Fraction(10) ** number.decimals
    if number.unit == "fraction":
        half = Fraction(5, 2) if number.words else Fraction(1, 2)
    if number.unit == "times" and number.words:
        half = abs(value) * Fraction(2, 100)
    near = abs(abs(value) - abs(held)) <= half
    exact = abs(value) == abs(held) or (
        near and (decimals is None or number.decimals >= decimals) and number.unit != "fraction"
    )
    one_sided = _one_sided(number, value, held, half, qualifier)
    if one_sided is not None:
        return one_sided
    if exact:
        return "exact"
    if number.qualifier in ("about", "nearly"):
        zeros = step_of(value)
        slack = max(abs(held) * Fraction(6, 100), half, zeros / 2)
        if number.qualifier == "nearly" and abs(held) > abs(value) and abs(held) - abs(value) > half:
            return ""
        return "qualifier" if abs(abs(value) - abs(held)) <= slack else ""
    return "rounding" if near else ""


def _far_apart(value: Fraction, held: Fraction, decimals: int) -> bool:
    """Whether two values differ by more than any qualifier or rounding allows; told in floating point."""
    try:
        one, other = abs(float(value)), abs(float(held))
        apart = abs(one - other)
        return apart > APART * max(one, other) and apart > 2.0 * 10.0**-decimals
    except OverflowError:  # a number of hundreds of digits
        return False


def _one_sided(
    number: PrintedNumber, value: Fraction, held: Fraction, half: Fraction, qualifier: str
) -> str | None:
    """Return the agreement under a one-sided qualifier; None where the number has none."""
    said = number.qualifier
    slack = Fraction(6) if number.unit == "fraction" else max(abs(value) * Fraction(30, 100), half * 2)
    if said in ("more_than", "at_least"):
        if abs(held) == abs(value):
            return "exact" if said == "at_least" or qualifier in ("more_than", "at_least") else ""
        return "qualifier" if 0 < abs(held) - abs(value) <= slack else ""
    if said in ("less_than", "up_to"):
        if abs(held) == abs(value):
            return "exact" if said == "up_to" or qualifier in ("less_than", "up_to") else ""
        return "qualifier" if 0 < abs(value) - abs(held) <= slack else ""
    return None


def step_of(value: Fraction) -> Fraction:
    """Return the worth of the last digit before trailing zeros: ten for 60, a thousand for 9,000."""
    step = Fraction(1)
    while value and value % (step * 10) == 0:
        step *= 10
    return step
