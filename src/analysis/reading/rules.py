"""What is a number and no datum: dates, periods, names, references; each rule has a name."""

from __future__ import annotations

import re
from functools import cache

from analysis.reading.languages import word_lists

# A place that several rules claim goes to the first of them.
RULES = (
    "address",
    "telephone",
    "identifier",
    "time",
    "date",
    "age",
    "name",
    "period",
    "reference",
    "ordinal",
    "list_number",
    "pronoun",
)


@cache
def patterns(language: str) -> tuple[tuple[str, re.Pattern], ...]:
    """Return the rules of a language with their patterns, in the order in which they claim a place."""
    held = word_lists(language)["patterns"]
    return tuple((rule, re.compile(expression)) for rule in RULES for expression in held.get(rule, ()))


def places_of_no_data(text: str, language: str) -> list[tuple[int, int, str]]:
    """Return the places in a text whose numbers are no data: start, end and the rule's name."""
    claimed: list[tuple[int, int, str]] = []
    for rule, pattern in patterns(language):
        for match in pattern.finditer(text):
            start, end = match.span()
            if start < end and not any(low < end and start < high for low, high, _ in claimed):
                claimed.append((start, end, rule))
    return sorted(claimed)
