"""Whether strata, PSUs and keys of a survey tell its units and persons apart, each in one way."""

from __future__ import annotations

import re
from typing import Any

import narwhals as nw

from analysis.sources.codes import TEXT, Kinds
from analysis.sources.mapping import SurveyMapping
from analysis.sources.survey_breaches import SHOWN, Breach, collected
from analysis.sources.variable import Variable

SHORTENED = re.compile(r"\d(?:[.,]\d+)?(?:E\+\d\d+|e\+(?:1[5-9]|[2-9]\d))")
"""A long number as programs shorten it, its last digits lost: 1.23457E+11 (a spreadsheet), 1.5e+17 (R)."""

EXACT, EXACT_IN_SINGLE = 2**53, 2**24
"""The least whole number whose neighbours a floating-point number does not all tell apart, of double and of
single precision, which is Stata's default kind."""

WRITTEN_WHOLE = re.compile(r"0*(\d+?)(?:\.0*)?")
"""A whole number as text, with zeros before it or after a point."""


def units_written_twice(survey: Any, mapping: SurveyMapping, kinds: Kinds) -> list[Breach]:
    """Return the breaches of strata and PSUs whose one number is written in two ways, such as 7 and 007.

    So too of countries, such as KEN and ken. Each would count as two, which moves every standard error; units
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
            written: dict[tuple, set[str]] = {}
            shortened: set[str] = set()
            for *where, code in collected(survey.lazy().select(**keys).unique()).rows():
                if SHORTENED.fullmatch(code or ""):
                    shortened.add(code)
                if whole := WRITTEN_WHOLE.fullmatch(code or ""):
                    written.setdefault((*where, whole[1]), set()).add(code)
            if twice := sorted(sorted(codes) for codes in written.values() if len(codes) > 1):
                shown = ", ".join(map(repr, twice[0]))
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
    """Return the breach of countries that differ by capitals alone, each of which would be a sample."""
    written: dict[str, set[str]] = {}
    for (code,) in collected(survey.lazy().select(country=country.expression(kinds)).unique()).rows():
        written.setdefault(str(code).casefold(), set()).add(str(code))
    twice = [", ".join(map(repr, sorted(codes))) for codes in written.values() if len(codes) > 1]
    if not twice:
        return []
    message = f"{min(twice)} differ by capitals alone, and would be samples of different countries"
    return [Breach("country", f"{message}; write each in one way", 0)]


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
    told = tuple({**{name: row[name] for name in keys}, "persons": int(row["one"])} for row in shown)
    return [
        Breach(
            "ilo_key",
            f"{int(totals['keys']):,} keys stand for more than one person of a sample; correct the file, or "
            "complete the key by columns = [household, person]",
            int(totals["persons"]),
            told,
        )
    ]
