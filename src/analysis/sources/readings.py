"""What printed numbers are read as beside their values: kept as long as the code that reads is the same."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from analysis import cache
from analysis.code import code_of, packages, python
from analysis.reading.languages import LANGUAGES, written_one_way
from analysis.reading.numbers import find_numbers

# A lone Chinese numeral is read as a number beside a word that counts; one of the two serves for 一.
COUNTED_BY = ("个", "倍")
SCALES = (1, 1000, 10**6, 10**9)
LARGEST = Fraction(10**300)
_AMID = re.compile(r"\d[A-Za-z]+\d")
_Told = tuple[str, str, str, bool]
"""Column, what stands there, what may, and whether it is grave."""


class Readings:
    """The readings of one document's numbers: those of its last check, and those that are new.

    To read words in four languages takes most of the time of a check, and nearly all are as they were.

    Parameters
    ----------
    document : str
        Its folder.
    """

    def __init__(self, document: str):
        self._document = document
        self._asked: dict[str, list[_Told]] = {}
        self._kept: dict[str, list[_Told]] | None = None
        self._new = False

    def of(self, printed: str, value: str) -> list[_Told]:
        """Return what is wrong with a value beside what is printed; nothing where it is read as the value."""
        if self._kept is None:
            content = cache.kept(self._key()) if cache.folder() else None
            self._kept = json.loads(content) if content else {}
        pair = f"{value} {printed}"
        if pair not in self._asked:
            known = pair in self._kept
            self._asked[pair] = self._kept[pair] if known else list(_told(printed, value))
            self._new |= not known
        return self._asked[pair]

    def keep(self) -> None:
        """Keep what was asked, where some of it is new."""
        if self._new and cache.folder():
            cache.keep(self._key(), json.dumps(self._asked).encode("utf-8", "surrogatepass"))
            self._new = False

    def _key(self) -> str:
        return cache.key("readings", python(), repr(packages()), code_of((__name__,)), self._document)


def _told(printed: str, text: str) -> Iterator[_Told]:
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
