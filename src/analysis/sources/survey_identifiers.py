"""Whether strata, PSUs and keys of a survey tell its units and persons apart, each in one way."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

import narwhals as nw

from analysis.sources.codes import TEXT, Kinds
from analysis.sources.mapping import SurveyMapping
from analysis.sources.survey_breaches import SHOWN, Breach, collected
from analysis.sources.variable import Variable

ALPHA_3 = re.compile("[A-Z][A-Z0-9]{2}")
"""What a country's code of ISO 3166-1 alpha-3 looks like, or one of an area of the survey's own (X01)."""

SHORTENED = re.compile(r"\d(?:[.,]\d+)?(?:E\+\d\d+|e\+(?:1[5-9]|[2-9]\d))")
"""A long number as programs shorten it, its last digits lost: 1.23457E+11 (a spreadsheet), 1.5e+17 (R)."""

EXACT, EXACT_IN_SINGLE = 2**53, 2**24
"""The least whole number whose neighbours a floating-point number does not all tell apart, of double and of
single precision, which is Stata's default kind."""

WRITTEN_WHOLE = re.compile(r"0*(\d+?)(?:\.0*)?")
"""A whole number as text, with zeros before it or after a point."""


def as_read(code: str) -> str:
    """Return what a reader takes a code for: a number without its zeros, text in small letters.

    Blanks inside are one, and a letter with its accent is one character.
    """
    if whole := WRITTEN_WHOLE.fullmatch(code):
        return whole[1]
    text = code if code.isascii() else unicodedata.normalize("NFKC", code)
    return " ".join(text.casefold().split())


def written_twice(codes: Iterable[tuple]) -> list[list[str]]:
    """Return the codes that a reader would take for one, each with its ways of writing, in order.

    Parameters
    ----------
    codes : iterable of tuple
        The code the last, after what it stands within: a PSU after its stratum.
    """
    written: dict[tuple, set[str]] = {}
    for *within, code in codes:
        if code is not None:
            written.setdefault((*within, as_read(str(code))), set()).add(str(code))
    return sorted(sorted(ways) for ways in written.values() if len(ways) > 1)


def as_told(ways: list[str]) -> str:
    """Return ways of writing one code for a message; where they look alike, by their characters' numbers."""
    alike = len({unicodedata.normalize("NFC", way) for way in ways}) < len(ways)
    return " and ".join(map(ascii if alike else repr, ways))


def units_written_twice(survey: Any, mapping: SurveyMapping, kinds: Kinds) -> list[Breach]:
    """Return the breaches of countries, strata and PSUs that stand in two ways of writing: 7 and 007.

    KEN and ken are one country to a reader. Each would count as two, which moves every standard error; units
    that a spreadsheet has shortened would count as one. PSUs are compared within their stratum.
    """
    mapped = {v.name: v for v in mapping.variables if v.columns}
    around = [mapped[name] for name in ("country", "year", "quarter") if name in mapped]
    broken = _countries_written_twice(survey, mapped["country"], kinds) if "country" in mapped else []
    for name in ("stratum", "psu"):
        variable = mapped.get(name)
        if variable is None:
            continue
        if len(variable.columns) == 1 and kinds[variable.columns[0]] == TEXT:
            keys = {v.name: v.expression(kinds) for v in (*around, variable)}
            codes = collected(survey.lazy().select(**keys).unique()).rows()
            shortened = {code for *_, code in codes if SHORTENED.fullmatch(code or "")}
            if twice := written_twice(codes):
                shown = as_told(twice[0])
                message = (
                    f"{len(twice):,} code{'s' if len(twice) > 1 else ''} of {variable.columns[0]!r} "
                    f"stand there in more than one way of writing, such as {shown}, and would count as "
                    "different units; write each in one way"
                )
                broken.append(Breach(name, message, 0))
            if shortened:
                message = (
                    f"{len(shortened):,} code{'s' if len(shortened) > 1 else ''} of {variable.columns[0]!r} "
                    f"lost digits to a program that shortens long numbers, such as {min(shortened)!r}, and "
                    "may stand for several units; save the file with the column as text"
                )
                broken.append(Breach(name, message, 0))
        around.append(variable)
    return broken


def _countries_written_twice(survey: Any, country: Variable, kinds: Kinds) -> list[Breach]:
    """Return the breach of countries that stand in two ways of writing, each of which would be a sample.

    Codes of three capitals beside names, or other codes, may be one country as well: CHL and Chile.
    """
    rows = collected(survey.lazy().select(country=country.expression(kinds)).unique()).rows()
    codes = sorted(str(code) for (code,) in rows)
    other = [code for code in codes if not ALPHA_3.fullmatch(code)]
    if twice := written_twice(rows):
        message = f"{as_told(twice[0])} are one country in two ways of writing"
    elif other and len(other) < len(codes):
        three = next(code for code in codes if ALPHA_3.fullmatch(code))
        message = (
            f"{three!r} is a code of ISO 3166-1 alpha-3 and {other[0]!r} is none; they may be one country"
        )
    else:
        return []
    return [
        Breach("country", f"{message}, and would be samples of different countries; write it in one way", 0)
    ]


def lost_digits(column: str, single: bool) -> nw.Expr:
    """Condition that a floating-point number, perhaps of single precision, may have lost its last digits."""
    return (nw.col(column).abs() >= (EXACT_IN_SINGLE if single else EXACT)).fill_null(False)


def repeated_keys(survey: Any, mapping: SurveyMapping, kinds: Kinds) -> list[Breach]:
    """Return the breach of keys that several persons of one sample share."""
    mapped = {v.name: v for v in mapping.variables if v.columns}
    if "ilo_key" not in mapped:
        return []
    sample = [mapped[name] for name in ("country", "year", "quarter") if name in mapped]
    keys = {v.name: v.expression(kinds) for v in (*sample, mapped["ilo_key"])}
    counted = survey.lazy().select(**keys, one=nw.lit(1)).group_by(*keys).agg(nw.col("one").sum())
    repeated = counted.filter(nw.col("one") > 1)
    sums = repeated.select(keys=nw.len(), persons=nw.col("one").sum())
    totals = collected(sums).rows(named=True)[0]
    if not totals["keys"]:
        return []
    shown = collected(repeated.sort(*keys).head(SHOWN)).rows(named=True)
    examples = tuple({**{name: row[name] for name in keys}, "persons": int(row["one"])} for row in shown)
    return [
        Breach(
            "ilo_key",
            f"{int(totals['keys']):,} keys stand for more than one person of a sample; correct the file, or "
            "complete the key by columns = [household, person]",
            int(totals["persons"]),
            examples,
        )
    ]
