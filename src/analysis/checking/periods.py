"""Periods as texts speak of them, and which recorded ones they may be."""

from __future__ import annotations

import re

from analysis.reading.languages import written_one_way

_YEARS = re.compile(r"(?:19|20)\d{2}(?:\s*[–‑/至到~-]\s*(?:(?:19|20)\d{2}|\d{2})(?!\d))?")


def spoken_period(text: str) -> str:
    """Return a period as the record writes it: ``2020``, ``2020-21``; nothing where there is none."""
    match = _YEARS.search(written_one_way(text))
    if not match:
        return ""
    years = re.findall(r"\d+", match[0])
    if len(years) == 1:
        month = re.search(rf"{years[0]}\s*年\s*(\d{{1,2}})\s*月", text)
        return f"{years[0]}-{int(month[1]):02d}" if month else years[0]
    first, last = int(years[0]), int(years[1]) if len(years[1]) == 4 else int(years[0][:2] + years[1])
    return f"{first}-{last % 100:02d}" if last > first else years[0]


def shifted(period: str, steps: int) -> str:
    """Return the period that many steps later, a year or a biennium each; nothing of an odd one."""
    if re.fullmatch(r"\d{4}", period):
        return str(int(period) + steps)
    match = re.fullmatch(r"(\d{4})-(\d{2})", period)
    if not match:
        return ""
    first, last = int(match[1]), int(match[1][:2] + match[2])
    if last < first:
        return ""
    if int(match[2]) <= 12 and last - first not in (1, 2, 3, 4, 5, 6, 9, 10):
        return f"{first + steps}-{match[2]}"
    width = last - first + 1
    return f"{first + steps * width}-{(last + steps * width) % 100:02d}"


def biennium_of(period: str) -> str:
    """Return the biennium in which a year falls."""
    year = int(period[:4])
    first = year - year % 2
    return f"{first}-{(first + 1) % 100:02d}"


def compatible(asked: str, held: str) -> bool:
    """Whether a recorded period may be what a text speaks of.

    A year of a biennium and the biennium are compatible, as are a month and its year or its biennium, and no
    period at all.
    """
    if not asked or not held or asked == held:
        return True
    if len(asked) == len(held) == 7 and span(asked)[0] == span(asked)[1]:
        return span(held)[0] < span(held)[1] and compatible(asked[:4], held)
    if held.startswith(asked + "-") and len(held) > 7:
        return True
    if len(asked) == 4 and len(held) == 7:
        first, last = span(held)
        return first <= int(asked) <= last
    if len(asked) == 7 and len(held) == 4:
        first, last = span(asked)
        return first <= int(held) <= last
    if len(asked) == 7 and len(held) == 7:
        one, other = span(asked), span(held)
        return one == other
    return False


def begins_in(asked: str, held: str) -> bool:
    """Whether a recorded period begins in the one that a text speaks of."""
    first, last = span(asked)
    return first <= span(held)[0] <= last


def span(period: str) -> tuple[int, int]:
    """Return the first and the last year of a period; a month is its year."""
    first = int(period[:4])
    tail = period[5:7]
    if not tail:
        return first, first
    last = int(period[:2] + tail)
    return (first, last) if last > first and last - first <= 30 else (first, first)
