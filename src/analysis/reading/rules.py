"""What is a number and no datum: dates, periods, names, references; each rule has a name."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache

from analysis.reading.languages import word_lists

# How many signs before a written one are looked at.
BEFORE = 80
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
            at = bisect_right(claimed, (start, end))
            free = at == len(claimed) or end <= claimed[at][0]
            if start < end and free and (not at or claimed[at - 1][1] <= start):
                claimed.insert(at, (start, end, rule))
    return _with_names_cut_short(claimed, text, language)


def _with_names_cut_short(claimed: list[tuple[int, int, str]], text: str, language: str) -> list:
    """Add the names of which only the number is told again: "le résultat 3 a coûté 225,1, le 7, 280,6"."""
    expression = word_lists(language)["cut_short"]
    named = min(
        (end for start, end, rule in claimed if rule == "name" and text[end - 1].isdigit()), default=None
    )
    if not expression or named is None:
        return claimed
    again = (match.span() for match in re.compile(expression, re.I).finditer(text, named))
    free = [span for span in again if all(span[1] <= low or high <= span[0] for low, high, _ in claimed)]
    return sorted([*claimed, *((start, end, "name") for start, end in free)])


def is_pronoun(start: int, end: int, text: str, language: str) -> bool:
    """Whether a written one is a word, not a count: "one of them", "un programme".

    It counts where it is all, or is set against another number: "only one", "one of eight",
    "un pays au lieu de dix".
    """
    held = word_lists(language)
    if text[start:end].lower() not in held["pronouns"]:
        return False
    if re.match(r"\s\d", text[end : end + 2]):
        return True
    before, behind = _counting_one(language)
    return not (before.search(text[max(start - BEFORE, 0) : start]) or behind.match(text, end))


@cache
def _counting_one(language: str) -> tuple[re.Pattern, re.Pattern]:
    """Return what makes one a count, where it stands before it and where it stands behind."""
    held = word_lists(language)
    numbers = "|".join([r"\d", *sorted(map(re.escape, held["cardinals"]), key=len, reverse=True)])
    pairs = (held["one_before"], held["one_behind"].replace("NUMBER", rf"(?:{numbers})"))
    before, behind = (re.compile(pattern, re.I) for pattern in pairs)
    return before, behind
