"""Codes and numbers that are listed in one order: "outcomes 2, 3 and 6 have 117, 102 and 59 results"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from analysis.checking.text.mentions import Mention, Sentence
from analysis.reading import PrintedNumber

# The most numbers of a list that are told in turn.
MOST = 12
_NEXT = re.compile(
    r"\s*(?:per cent|percent|pour cent|por ciento|%|个百分点|[项个人份亿万]?(?:美元)?)?"
    r"\s*(?:,|、|，|;|；)?\s*(?:(?:and|et|y|e)\b|和|与|及|以及)?\s*(?:the |les? |la |las |los |el |l')?"
    r"(?:US\$|\$|€)?\s*",
    re.I,
)


def codes_in_turn(read: Sentence, number: PrintedNumber) -> Iterator[tuple[str, str]]:
    """Yield the columns of which a code is said of a number in its turn, with that code.

    As many codes are listed before the numbers, or else behind them, as there are numbers in their list.
    """
    columns = Counter(
        one.axis for one in read.mentions for _ in _named(read, one) if one.axis not in ("period", "measure")
    )
    listed = _run_of(read, number) if any(many > 1 for many in columns.values()) else []
    listed = listed if len({one.unit for one in listed}) == 1 else []
    for axis in columns if len(listed) > 1 else ():
        codes = [run for run in _codes(read, axis) if len(run[2]) == len(listed)]
        before = [run for run in codes if run[1] <= listed[0].start]
        behind = [run for run in codes if run[0] >= listed[-1].end]
        for run in (*before[-1:], *behind[:1])[:1]:
            yield axis, run[2][listed.index(number)]


def _run_of(read: Sentence, number: PrintedNumber) -> list[PrintedNumber]:
    """Return the numbers of one list, of which a number is one; none of a list that is too long."""
    data = [one for one in read.numbers if not one.rule]
    if number not in data:
        return []
    first = last = data.index(number)
    while (
        first and _NEXT.fullmatch(read.text, data[first - 1].end, data[first].start) and last - first < MOST
    ):
        first -= 1
    while last + 1 < len(data) and _NEXT.fullmatch(read.text, data[last].end, data[last + 1].start):
        last += 1
        if last - first >= MOST:
            return []
    return data[first : last + 1]


def _codes(read: Sentence, axis: str) -> list[tuple[int, int, list[str]]]:
    """Return the lists of codes of a column, each with its place."""
    told = [one for one in read.mentions if one.axis == axis]
    runs = [(one.start, one.end, _named(read, one)) for one in told]
    joined: list[tuple[int, int, list[str]]] = []
    for one in runs:
        if joined and _NEXT.fullmatch(read.text, joined[-1][1], one[0]):
            joined[-1] = (joined[-1][0], one[1], [*joined[-1][2], *one[2]])
        else:
            joined.append(one)
    return [run for run in joined if len(run[2]) > 1]


def _named(read: Sentence, mention: Mention) -> list[str]:
    """Return the codes that a mention names, each by its number; a word that may mean several names one."""
    by_number = any(sign.isdigit() for sign in read.text[mention.start : mention.end])
    return mention.code.split("|") if by_number else [mention.code]
