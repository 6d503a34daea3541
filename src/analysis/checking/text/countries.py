"""What countries and territories are called in a language."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import as_file, files

from analysis.reading.languages import written_one_way
from analysis.sources.written import rows_with_columns

# Two letters in lists of territories that are no country's.
NO_COUNTRIES = ("EU", "EZ", "UN", "ZZ", "QO", "XA", "XB")
# What stands behind a name in such lists: "Myanmar (Burma)"; 刚果（金）is one name.
_BEHIND = re.compile(r"(?<=[a-z]) \(.*")


def countries_named(text: str, language: str) -> frozenset[str]:
    """Return the codes of the countries and territories that a text names."""
    pattern, codes = _names(language)
    return frozenset(codes[name[0]] for name in pattern.finditer(text))


@cache
def names_of_countries(language: str) -> dict[str, tuple[str, ...]]:
    """Return the names of each country and territory in a language, by its code of two letters.

    That of the Common Locale Data Repository is the first; the others are official or short ones.
    """
    from babel import Locale  # only where a number would be called wrong, or a record names places

    territories = {str(code): str(name) for code, name in Locale(language).territories.items()}
    codes = {code for code in territories if len(code) == 2 and code.isalpha()} - {*NO_COUNTRIES}
    others = _other_names()
    return {
        code: tuple(
            written_one_way(name)
            for name in (_BEHIND.sub("", territories[code]), *others.get((code, language), ()))
        )
        for code in sorted(codes)
    }


@cache
def _other_names() -> dict[tuple[str, str], tuple[str, ...]]:
    """Return what else countries are called, by code and language: RDC, Viet Nam."""
    columns = ("code", "en", "fr", "es", "zh")
    with as_file(files("analysis.checking").joinpath("countries.csv")) as path:
        rows = [row for _, row in rows_with_columns(path, columns, ";")]
    return {
        (row["code"], language): tuple(filter(None, row[language].split("|")))
        for row in rows
        for language in columns[1:]
    }


@cache
def _names(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """Return what finds the names of countries in a language, and the code of each."""
    codes = {name: code for code, names in names_of_countries(language).items() for name in names}
    some = "|".join(map(re.escape, sorted(codes, key=len, reverse=True)))
    return re.compile(some if language == "zh" else rf"(?<!\w)(?:{some})(?!\w)"), codes
