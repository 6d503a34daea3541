"""What a printed number is read as beside its value, in words of any language and in digits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from analysis.reading.languages import LANGUAGES, written_one_way
from analysis.reading.numbers import find_numbers

# A lone Chinese numeral is read as a number beside a word that counts; one of the two serves for 一.
COUNTED_BY = ("个", "倍")
SCALES = (1, 1000, 10**6, 10**9)
LARGEST = Fraction(10**300)
_AMID = re.compile(r"\d[A-Za-z]+\d")
ToldCell = tuple[str, str, str, bool]
"""Column, what stands there, what may, and whether it is grave."""


def told_of_reading(printed: str, text: str) -> Iterator[ToldCell]:
    """Yield what is wrong with a value beside what is printed; nothing where it is read as the value."""
    value = abs(Fraction(text))
    texts = [(written_one_way(printed), language) for language in LANGUAGES]
    texts += [(written_one_way(printed) + counter, "zh") for counter in COUNTED_BY]
    first, odd = None, _AMID.search(printed)
    for end in () if odd else _ends(texts):
        first = end if first is None else first
        if any(value * scale in (end, end * 100, end / 100) for scale in SCALES):
            return
    if first is None:
        actual = f"{printed!r}, in which nothing here reads a number"
        yield "printed", actual, f"a second look: does it say {text}?", False
    else:
        read_as = f"{float(first):g}" if first < LARGEST else "a number of hundreds of digits"
        actual = f"{text} where {printed!r} is printed, read as {read_as}"
        yield "value", actual, "the number that is printed", False


def _ends(texts: Iterable[tuple[str, str]]) -> Iterator[Fraction]:
    """Yield the numbers that texts say, each read in its language, and the upper ends of ranges."""
    for text, language in texts:
        for read in find_numbers(text, language):
            yield from (abs(end) for end in (read.value, read.upper) if end is not None)
