"""Whether a printed number agrees with a quantity: exactly, when rounded, or as its qualifier allows."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from analysis.checking.candidates.candidate import Candidate, factor, size_of
from analysis.reading import PrintedNumber

CLOSE, DIGIT = 0.1, 0.1
# Units in which a share of something is printed.
SHARES = ("percent", "fraction")
# Kinds of quantities that no share is the value of: 48 per cent are not 48 women.
COUNTED = ("count", "amount", "money", "duration")
# How large a number of one digit and the value are at least, of which one is the other in another scale.
LEAST_OF_ONE_DIGIT = 100
# How many times a value one is that is off by more than thousands.
FEWEST_TOO_MANY = 5_000
# How much a multiple is more than the increase that leads to it.
ONCE_MORE = {("times", "times_increase"): 1, ("times_increase", "times"): -1}
# Units of numbers that have no scale to mistake.
NO_SCALES = ("times", "times_increase", "percentage_points")
# How many digits a number has, at least, that is told to be another with a slip.
SLIP = 3
# What floating point may be off by, as a part of the value: beyond it a comparison needs no exact numbers.
OFF = 1e-9
# Digits of numbers that floating point can hold.
LONG = 250
# Within which part of a value "about" still says it, a one-sided word does; and what either allows a share.
ABOUT, ONE_SIDED, OF_SHARES = Fraction(6, 100), Fraction(30, 100), Fraction(6)
# The words for a value that is more, and for one that is less.
MORE, LESS = ("more_than", "at_least"), ("less_than", "up_to")
# The qualifiers of a text that are not so where the record has another one of the same value.
AGAINST = dict.fromkeys(MORE, (*LESS, "nearly")) | dict.fromkeys((*LESS, "nearly"), MORE)
# Steps of ten by which words of scale differ: thousand, 万, million, 亿, billion.
STEPS = (3, 4, 5, 6, 8, 9)
# How many times a value one is at most that is clearly nearer than the least of them.
FEWER = 900


def closeness(number: PrintedNumber) -> float:
    """Return within what distance of the best score a candidate that agrees is preferred.

    The value only decides between equals; the more digits it has, the less it agrees by chance.
    """
    return CLOSE + DIGIT * min(max(digits(number) - 2, 0), 3)


def digits(number: PrintedNumber) -> int:
    """Return how many digits of a number are not zeros at either end."""
    if "digits" not in number.known:
        scaled = abs(number.value) * Fraction(10) ** max(number.decimals, 0)
        number.known["digits"] = len(str(int(scaled)).strip("0")) or 1
    return number.known["digits"]


def scaled(number: PrintedNumber, size: int) -> PrintedNumber:
    """Return a number as if it were printed in thousands, say."""
    return replace(number, value=number.value * size, decimals=number.decimals - len(str(size)) + 1)


def slipped(number: PrintedNumber, held: Fraction | None) -> bool:
    """Whether a printed number is a value with one digit mistaken, or two neighbouring ones exchanged.

    Of three digits and more: of fewer, too many numbers are.
    """
    printed, right = _many_digits(number, held)
    if len(printed) != len(right):
        return False
    wrong = [at for at, (one, other) in enumerate(zip(printed, right, strict=True)) if one != other]
    if len(wrong) == 1:
        return True
    first = wrong[0] if wrong else 0
    return len(wrong) == 2 and printed[first : first + 2] == right[first : first + 2][::-1]


def is_value_of(number: PrintedNumber, candidate: Candidate) -> bool:
    """Whether a number is the value of a quantity, rounded where it has some digits; no share of a count."""
    if number.unit in SHARES and candidate.kind in COUNTED:
        return False
    how = agreement(number, candidate)
    return how == "exact" or (how == "rounding" and digits(number) >= SLIP and not number.qualifier)


def digits_exchanged(number: PrintedNumber, held: Fraction | None) -> bool:
    """Whether a printed number of two digits is a value with them exchanged: 54 for 45, 53,000 for 35,000."""
    if held is None or number.upper is not None or number.decimals > 6:
        return False
    one = _printed_digits(number)
    if len(one.rstrip("0")) != 2 or _other_length(number, len(one), held):
        return False
    scale = Fraction(10) ** number.decimals
    printed, right = (abs(value) * scale for value in (in_units_of_one(number), held))
    if printed.denominator != 1 or right.denominator != 1:
        return False
    other = str(int(right))
    return len(one) == len(other) and one != other and one[1::-1] + one[2:] == other


def digits_reordered(number: PrintedNumber, held: Fraction | None) -> bool:
    """Whether a number of three digits and more is a value with them in another order: 786 for 768."""
    printed, right = _many_digits(number, held)
    return printed != right and sorted(printed) == sorted(right)


def _many_digits(number: PrintedNumber, held: Fraction | None) -> tuple[str, str]:
    """Return the digits of a number of three and more, and those of a value to its last; none of others."""
    if held is None or number.upper is not None or number.decimals > 6:
        return "", ""
    printed = _printed_digits(number)
    if len(printed.rstrip("0")) < SLIP or _other_length(number, len(printed), held):
        return "", ""
    return printed, _to_the_last_digit(number, held)


def rescaled(number: PrintedNumber, held: Fraction | None) -> bool:
    """Whether a printed number has the digits of a value in another scale, by whatever power of ten."""
    if not held or not number.value or number.upper is not None or number.unit in (*SHARES, *NO_SCALES):
        return False
    own, size = reach_of(number)[0], size_of(held)
    ratio = max(own, size) / (min(own, size) or math.inf)
    step = 10.0 ** round(math.log10(ratio)) if 0 < ratio < math.inf else 0.0
    return step > 1 and abs(ratio - step) <= step / 200


def rescaled_clearly(number: PrintedNumber, held: Fraction | None) -> bool:
    """Whether a printed number has the digits of a value in another scale, and that hardly by chance.

    A scale is mistaken by thousands at most. Of one digit, many small numbers are: both are then at least
    some hundreds.
    """
    if not held or not rescaled(number, held):
        return False
    less, more = sorted((reach_of(number)[0], size_of(held)))
    return more < FEWEST_TOO_MANY * less and (digits(number) > 1 or less >= LEAST_OF_ONE_DIGIT)


def _printed_digits(number: PrintedNumber) -> str:
    """Return a printed number to its last digit, as a whole number."""
    if "printed" not in number.known:
        number.known["printed"] = _to_the_last_digit(number, in_units_of_one(number))
    return number.known["printed"]


def _to_the_last_digit(number: PrintedNumber, value: Fraction) -> str:
    """Return a value to the last digit that a number prints, as a whole number."""
    return str(int(abs(value) * Fraction(10) ** number.decimals + Fraction(1, 2)))


def _other_length(number: PrintedNumber, length: int, held: Fraction) -> bool:
    """Whether a value clearly has another length than so many digits, to the last one that is printed."""
    if length > LONG or number.decimals < -LONG or (whole := size_of(held)) > 10.0**LONG:
        return False
    size = whole * 10.0**number.decimals + 0.5
    return size < 0.999 * 10.0 ** (length - 1) or size > 1.001 * 10.0**length


def mistyped(number: PrintedNumber, held: Fraction | None) -> bool:
    """Whether a printed number is a value with a digit mistaken, left out or added, or digits exchanged."""
    if held is None or number.upper is not None or number.decimals > 6:
        return False
    printed, right = _printed_digits(number), _to_the_last_digit(number, held)
    if len(printed) == len(right):
        wrong = sum(one != other for one, other in zip(printed, right, strict=True))
        return len(printed) > 1 and (wrong == 1 or sorted(printed) == sorted(right))
    longer, shorter = sorted((printed, right), key=len, reverse=True)
    if len(shorter) < SLIP or len(longer) > len(shorter) + 1:
        return False
    return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))


def misscaled(number: PrintedNumber, held: Fraction | None) -> bool:
    """Whether a printed number is a value but for its scale: a billion for a million, 万 for 亿."""
    if not held or number.decimals >= 0 or not number.value or digits(number) < 2:
        return False
    own, size = reach_of(number)[0], size_of(held)
    if own < FEWER * size and size < FEWER * own:
        return False
    value = abs(in_units_of_one(number))
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
    if (number.unit, candidate.unit) in ONCE_MORE:  # to double is to grow by once as much; some say twice
        more = ONCE_MORE[number.unit, candidate.unit]
        told = (
            agrees(number, one, candidate.decimals_in_base, candidate.qualifier)
            for one in (held + more, held)
        )
        return next(filter(None, told), "")
    agreeing = _agrees_with(number, held, candidate)
    if agreeing or not number.bare or candidate.unit in ("fraction", "ratio"):
        return agreeing
    size = factor(candidate.unit)
    if size <= 1:
        return ""
    return _agrees_with(_scaled_once(number, size), held, candidate)


def in_its_unit(number: PrintedNumber, candidate: Candidate) -> PrintedNumber:
    """Return a number; a bare one that is far too small for a quantity in the unit of the record."""
    size = factor(candidate.unit) if number.bare and candidate.unit not in ("fraction", "ratio") else 1
    if size <= 1 or reach_of(number)[0] * math.sqrt(size) > candidate.size:
        return number
    return _scaled_once(number, size)


def _scaled_once(number: PrintedNumber, size: Fraction | int) -> PrintedNumber:
    """Return a number as if it were printed in thousands, say; made once."""
    if size not in number.known:
        places = number.decimals - (len(str(int(size))) - 1)
        number.known[size] = replace(number, value=number.value * size, decimals=places)
    return number.known[size]


def _agrees_with(number: PrintedNumber, held: Fraction, candidate: Candidate) -> str:
    """Return how a printed number agrees with a quantity that has a value; hardly any is near it."""
    low, high = number.known.get("near") or _near(number)
    if not low <= candidate.size <= high:
        return ""
    return _agrees(number, held, candidate.decimals_in_base, candidate.qualifier)


def in_units_of_one(number: PrintedNumber) -> Fraction:
    """Return a printed number in units of one; a fraction as per cent."""
    return number.value * 100 if number.unit == "fraction" else number.value


def agrees(number: PrintedNumber, held: Fraction, decimals: int | None = None, qualifier: str = "") -> str:
    """Return how a printed number agrees with a value in units of one (see :func:`agreement`)."""
    low, high = number.known.get("near") or _near(number)
    return _agrees(number, held, decimals, qualifier) if low <= size_of(held) <= high else ""


def on_its_side(number: PrintedNumber, held: Fraction) -> bool:
    """Return whether a value is less where less is said, or more where more is, by however much."""
    value, told = abs(held), abs(in_units_of_one(number))
    return value < told if number.qualifier in LESS else value > told if number.qualifier in MORE else False


def _agrees(number: PrintedNumber, held: Fraction, decimals: int | None, qualifier: str) -> str:
    """Return how a printed number agrees with a value that is near it."""
    if number.upper is not None:
        return "exact" if in_units_of_one(number) <= held <= number.upper else ""
    value = in_units_of_one(number)
    half = _half(number, value)
    if number.qualifier in AGAINST.get(qualifier, ()) and abs(held) == abs(value):
        return ""
    same = abs(value) == abs(held)
    near = same or abs(abs(value) - abs(held)) <= half
    exact = same or (near and (decimals is None or number.decimals >= decimals) and number.unit != "fraction")
    one_sided = _one_sided(number, value, held, half, qualifier)
    if one_sided is not None:
        return one_sided
    if exact:
        return "exact"
    if number.qualifier in ("about", "nearly"):
        slack = max(abs(held) * ABOUT, half, step_of(value) / 2)
        if number.qualifier == "nearly" and abs(held) > abs(value) and abs(held) - abs(value) > half:
            return ""
        return "qualifier" if abs(abs(value) - abs(held)) <= slack else ""
    return "rounding" if near else ""


def _half(number: PrintedNumber, value: Fraction) -> Fraction:
    """Return how far on each side of a printed number a value may lie that it is rounded from."""
    if number.unit == "fraction":
        return Fraction(5, 2) if number.words else Fraction(1, 2)
    if number.unit == "times" and number.words:
        return abs(value) * Fraction(2, 100)
    return _half_a_digit(number.decimals)


@lru_cache(maxsize=64)
def _half_a_digit(decimals: int) -> Fraction:
    return Fraction(1, 2) / Fraction(10) ** decimals


def _near(number: PrintedNumber) -> tuple[float, float]:
    """Return between which sizes a value lies that a number's rounding and qualifier allow, with a margin."""
    own, reach, part = reach_of(number)
    near = 0.0, math.inf
    if number.upper is None and math.isfinite(own + reach):
        reach, part, off = reach * (1 + OFF), part * (1 + OFF), OFF * own
        low = min(own - reach, own / (1 + part)) - off
        near = low, max(own + reach, own / (1 - part)) * (1 + 2 * OFF)
    number.known["near"] = near
    return near


def reach_of(number: PrintedNumber) -> tuple[float, float, float]:
    """Return a number's size, how far from it a value may lie, and which part of the value it may be off."""
    if "reach" not in number.known:
        number.known["reach"] = _reach(number)
    return number.known["reach"]


def _reach(number: PrintedNumber) -> tuple[float, float, float]:
    value = in_units_of_one(number)
    half = _half(number, value)
    if number.qualifier in (*MORE, *LESS):
        half = max(half, _slack(number, value, half))
    about = number.qualifier in ("about", "nearly")
    if about:
        half = max(half, step_of(value) / 2)
    return size_of(value), size_of(half), float(ABOUT) if about else 0.0


def _slack(number: PrintedNumber, value: Fraction, half: Fraction) -> Fraction:
    """Return how far a value may lie on the side of which a qualifier speaks; less for "just", "up to"."""
    if number.unit == "fraction":
        return OF_SHARES
    near = number.slightly or number.qualifier == "up_to"
    return max(abs(value) * (ABOUT if near else ONE_SIDED), half * 2)


def _one_sided(
    number: PrintedNumber, value: Fraction, held: Fraction, half: Fraction, qualifier: str
) -> str | None:
    """Return the agreement under a one-sided qualifier; None where the number has none."""
    said = number.qualifier
    if said in MORE:
        if abs(held) == abs(value):
            return "exact" if said == "at_least" or qualifier in MORE else ""
        return "qualifier" if 0 < abs(held) - abs(value) <= _slack(number, value, half) else ""
    if said in LESS:
        if abs(held) == abs(value):
            return "exact" if said == "up_to" or qualifier in LESS else ""
        return "qualifier" if 0 < abs(value) - abs(held) <= _slack(number, value, half) else ""
    return None


def step_of(value: Fraction) -> Fraction:
    """Return the worth of the last digit before trailing zeros: ten for 60, a thousand for 9,000."""
    step = 1
    while value and value.denominator == 1 and value.numerator % (step * 10) == 0:
        step *= 10
    return Fraction(step)


def is_finer(number: PrintedNumber, candidate: Candidate) -> bool:
    """Whether a share has more decimals than the record prints, and rounds to that: 36.7 of 37 per cent."""
    held = candidate.base
    if candidate.kind != "share" or held is None or number.decimals <= candidate.decimals:
        return False
    return round(number.value, candidate.decimals) == held
