"""Countries and ages that a text speaks of: what it says of these, the record need not say of all."""

from __future__ import annotations

import re
from functools import cache

from analysis.checking.candidate import Candidate
from analysis.checking.context import Context
from analysis.reading.languages import written_one_way

# Two letters in lists of territories that are no country's.
NO_COUNTRIES = ("EU", "EZ", "UN", "ZZ", "QO", "XA", "XB")


def of_others(context: Context, candidate: Candidate) -> bool:
    """Whether the words before a number or in its clause name a country, or ages, that are no quantity's."""
    read = context.sentence
    low, high = read.stretch(context.number)
    named = countries_named(read.text[low:high], read.language)
    if named and not named & _stated(candidate):
        return True
    stated = {digits for title in candidate.titles.values() for digits in re.findall(r"\d+", title)}
    ages = [one for one in read.numbers if one.rule == "age" and low <= one.start < high]
    return any(digits not in stated for age in ages for digits in re.findall(r"\d+", age.text))


def _stated(candidate: Candidate) -> frozenset[str]:
    return frozenset[str]().union(
        *(countries_named(title, language) for language, title in candidate.titles.items())
    )


def countries_named(text: str, language: str) -> frozenset[str]:
    """Return the codes of the countries and territories that a text names."""
    pattern, codes = _names(language)
    return frozenset(codes[name[0]] for name in pattern.finditer(text))


@cache
def _names(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """Return what finds the names of countries in a language, and the code of each."""
    from babel import Locale  # only where a number would be called wrong

    territories = {str(code): str(name) for code, name in Locale(language).territories.items()}
    countries = {code for code in territories if len(code) == 2 and code.isalpha()} - {*NO_COUNTRIES}
    codes = {written_one_way(territories[code]): code for code in sorted(countries)}
    some = "|".join(map(re.escape, sorted(codes, key=len, reverse=True)))
    return re.compile(some if language == "zh" else rf"(?<!\w)(?:{some})(?!\w)"), codes
