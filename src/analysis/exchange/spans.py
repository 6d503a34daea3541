"""Periods as a record writes them: a calendar year, several, or any other span as an ISO 8601 interval."""

from __future__ import annotations

import re


def span_text(start: str, end: str) -> str:
    """Return the period from one day to another: ``2022``, ``2020-21``, or ``2013-01-01/2013-03-31``."""
    if start.endswith("-01-01") and end.endswith("-12-31") and start[:4] <= end[:4]:
        return start[:4] if start[:4] == end[:4] else f"{start[:4]}-{end[2:4]}"
    return f"{start}/{end}" if start or end else ""


def span_days(text: str) -> tuple[str, str]:
    """Return the first and the last day of a period that :func:`span_text` wrote."""
    if "/" in text:
        start, _, end = text.partition("/")
        return start, end
    years = re.fullmatch(r"(\d{4})(?:-(\d{2}))?", text)
    if not years:
        return "", ""
    first, last = int(years[1]), int(years[1])
    if years[2]:
        last = first - first % 100 + int(years[2])
        last += 100 if last < first else 0
    return f"{first}-01-01", f"{last}-12-31"


def span_of(periods: tuple[str, ...]) -> str:
    """Return several periods in order as one, as in print: ``2022–2023``."""
    return periods[0] if len(periods) == 1 else f"{periods[0]}–{periods[-1]}"
