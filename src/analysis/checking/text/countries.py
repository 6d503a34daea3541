"""What countries and territories are called in a language."""

from __future__ import annotations

import re
from functools import cache

from analysis.reading.languages import written_one_way

# Two letters in lists of territories that are no country's.
NO_COUNTRIES = ("EU", "EZ", "UN", "ZZ", "QO", "XA", "XB")


def countries_named(text: str, language: str) -> frozenset[str]:
    """Return the codes of the countries and territories that a text names."""
    pattern, codes = _names(language)
    return frozenset(codes[name[0]] for name in pattern.finditer(text))


@cache
def names_of_countries(language: str) -> dict[str, str]:
    """Return the name of each country and territory in a language, by its code of two letters."""
    from babel import Locale  # only where a number would be called wrong, or a record names places

    territories = {str(code): str(name) for code, name in Locale(language).territories.items()}
    codes = {code for code in territories if len(code) == 2 and code.isalpha()} - {*NO_COUNTRIES}
    return {code: written_one_way(territories[code]) for code in sorted(codes)}


@cache
def _names(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """Return what finds the names of countries in a language, and the code of each."""
    codes = {name: code for code, name in names_of_countries(language).items()}
    some = "|".join(map(re.escape, sorted(codes, key=len, reverse=True)))
    return re.compile(some if language == "zh" else rf"(?<!\w)(?:{some})(?!\w)"), codes
