"""What is a number and no datum: dates, periods, names, references; each rule has a name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from re import _parser  # type: ignore[attr-defined]
from typing import Any

from analysis.reading.languages import in_small_letters, word_lists

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
def patterns(language: str) -> tuple[tuple[str, re.Pattern, frozenset[str]], ...]:
    """Return the rules of a language with their patterns, in the order in which they claim a place.

    With each stand the words of which a text has one where the pattern finds anything, if it needs any.
    """
    held = word_lists(language)["patterns"]
    return tuple(
        (rule, re.compile(expression), words_needed(expression))
        for rule in RULES
        for expression in held.get(rule, ())
    )


@cache
def _all_words_needed(language: str) -> frozenset[str]:
    return frozenset().union(*(words for _, _, words in patterns(language)))


def words_needed(expression: str) -> frozenset[str]:
    """Return words, or parts of some, of which each text that an expression finds has one, in small letters.

    None where what it finds need have none. To look for words is many times as fast as to look for patterns.
    """
    return _needed(_parser.parse(expression))


def _needed(steps: Iterable[tuple[Any, Any]]) -> frozenset[str]:
    """Return the words of the step of an expression that says most; letters in a row are one."""
    options: list[frozenset[str]] = []
    letters = ""
    for step, told in [*steps, ("END", None)]:
        if str(step) == "LITERAL":
            letters += chr(told)
            continue
        options += [frozenset(filter(None, [in_small_letters(letters)])), _needed_inside(str(step), told)]
        letters = ""
    return max(options, key=lambda words: min(map(len, words), default=0))


def _needed_inside(step: str, told: Any) -> frozenset[str]:
    """Return the words of what stands in brackets, of all its choices, or of what is there at least once."""
    if step == "SUBPATTERN":
        return _needed(told[-1])
    if step == "BRANCH":
        choices = [_needed(choice) for choice in told[1]]
        return frozenset().union(*choices) if all(choices) else frozenset()
    if step in ("MAX_REPEAT", "MIN_REPEAT") and told[0] > 0:
        return _needed(told[2])
    return frozenset()


def places_of_no_data(text: str, language: str) -> list[tuple[int, int, str]]:
    """Return the places in a text whose numbers are no data: start, end and the rule's name."""
    claimed: list[tuple[int, int, str]] = []
    small = in_small_letters(text)
    said = {word for word in _all_words_needed(language) if word in small}
    for rule, pattern, words in patterns(language):
        if words and words.isdisjoint(said):
            continue
        for match in pattern.finditer(text):
            start, end = match.span()
            if start < end and not any(low < end and start < high for low, high, _ in claimed):
                claimed.append((start, end, rule))
    return sorted(claimed)


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
    return not (before.search(text[:start]) or behind.match(text, end))


@cache
def _counting_one(language: str) -> tuple[re.Pattern, re.Pattern]:
    """Return what makes one a count, where it stands before it and where it stands behind."""
    held = word_lists(language)
    numbers = "|".join([r"\d", *sorted(map(re.escape, held["cardinals"]), key=len, reverse=True)])
    pairs = (held["one_before"], held["one_behind"].replace("NUMBER", rf"(?:{numbers})"))
    before, behind = (re.compile(pattern, re.I) for pattern in pairs)
    return before, behind
