"""Numerals in digits, with each language's separators."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from unicodedata import numeric

from analysis.reading.languages import word_lists


@dataclass(frozen=True)
class Numeral:
    """A numeral in a text.

    Attributes
    ----------
    start, end : int
        Place in the text.
    value : Fraction
    decimals : int
        Of the last digit that is written; negative where a scale word stands for zeros.
    words : bool
        Whether it is written in words.
    kind : str
        ``number``, ``fraction`` or ``multiple``.
    """

    start: int
    end: int
    value: Fraction
    decimals: int
    words: bool = False
    kind: str = "number"


LONGEST = 100
"""Characters that a number in digits may have; a longer run is none."""


@cache
def _digits(language: str) -> re.Pattern:
    points, groups = re.escape(word_lists(language)["decimal"]), re.escape(word_lists(language)["group"])
    every = rf"\d{{1,3}}(?:(?P<group>[{groups}])\d{{3}}(?:(?P=group)\d{{3}})*)(?!\d)"
    every += rf"(?:[{points}]\d+|(?<=[ ']\d\d\d)[.,]\d+)?"
    shapes = [every, _MANY, r"\d+(?:[.,]\d+)?(?![.,]?\d)", r"(?<!\w)\.\d+"]
    if "," not in points:
        shapes.insert(0, _LAKHS)
    if word_lists(language)["counts_in_commas"]:
        shapes.insert(0, _counted(language))
    return re.compile(
        rf"{_FRACTION}|(?<![\d.,])(?:{'|'.join(shapes)})(?:[eE][+-]?\d{{1,3}})?|\d+|[{''.join(_VULGAR)}]"
    )


def _counted(language: str) -> str:
    """Return what counts with a comma before thousands, where the language also writes decimals so: "41,951".

    What is measured, in per cent or millions, has decimals: "1,104 millones".
    """
    held = word_lists(language)
    measures = {*held["scales"], *held["digit_scales"]}.union(*held["units"].values())
    measured = "|".join(map(re.escape, sorted(measures, key=len, reverse=True)))
    return rf"[1-9]\d{{0,2}}(?P<counted>,)\d{{3}}(?:\.\d+|(?![.,]?\d)(?!\s?(?:{measured})(?!\w)))"


# "12,34,567"; "1.203.000" whatever the language; "1⁄2" with the stroke that is of fractions alone.
_LAKHS = r"\d{1,2}(?P<lakhs>,)\d{2}(?:,\d{2})*,\d{3}(?![\d,])(?:\.\d+)?"
_MANY = r"\d{1,3}(?P<many>[.,])\d{3}(?:(?P=many)\d{3})+(?!\d)(?:[.,]\d+)?"
_FRACTION = r"(?<![\d.,])(?P<above>\d{1,3})⁄(?P<below>0*[1-9]\d{0,2})(?!\d)"
_SIGNS_OF_FRACTIONS = map(chr, [*b"\xbc\xbd\xbe", *range(0x2150, 0x215F)])
_VULGAR = {sign: Fraction(numeric(sign)).limit_denominator(10) for sign in _SIGNS_OF_FRACTIONS}


# "1.2 × 10⁶": a power of ten, by itself from the third on, for a smaller one may be the mark of a note.
_POWERS = re.compile(
    r"(?<![\d.,])(?:(?P<times>\d+(?:[.,]\d+)?)\s?[×x·*∙⋅]\s?)?10(?:\^\{?(?P<said>-?\d{1,2})\}?(?!\d)"
    r"|(?P<raised>⁻?[⁰¹²³⁴-⁹]{1,2}))"
)
_LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
SMALLEST_POWER = 3


def _powers(text: str, language: str) -> list[Numeral]:
    """Return the numerals that are written with a power of ten."""
    numerals = []
    for match in _POWERS.finditer(text) if "10" in text else ():
        power = int((match["said"] or match["raised"]).translate(_LOWERED))
        times = match["times"] or ""
        if len(times) <= LONGEST and (times or abs(power) >= SMALLEST_POWER):
            whole, decimals = _separated(times or "1", None, language)
            numerals.append(Numeral(*match.span(), whole * Fraction(10) ** power, decimals - power))
    return numerals


def in_digits(text: str, language: str) -> list[Numeral]:
    """Return the numerals in digits, each with the language's separators read."""
    powers = _powers(text, language)
    numerals = [*powers]
    raised = {at for power in powers for at in range(power.start, power.end)}
    for match in _digits(language).finditer(text):
        if match.start() in raised:
            continue
        if match[0] in _VULGAR or match["above"]:
            part = _VULGAR.get(match[0]) or Fraction(int(match["above"]), int(match["below"]))
            numerals.append(Numeral(*match.span(), part, 2, False, "fraction"))
            continue
        written, _, power = match[0].lower().partition("e")
        if len(written) > LONGEST:
            continue
        whole, decimals = _separated(written, _parting(match), language)
        exponent = int(power or 0)
        value = whole * Fraction(10) ** exponent if exponent else whole
        numerals.append(Numeral(match.start(), match.end(), value, decimals - exponent))
    numerals.sort(key=lambda numeral: numeral.start)
    return _apart([_with_fraction(numeral, text) for numeral in numerals])


def _parting(match: re.Match[str]) -> str | None:
    """Return the sign that parts the thousands of a number, in whichever way it is written."""
    return next(
        (match[name] for name in ("group", "many", "lakhs", "counted") if match.groupdict().get(name)), None
    )


def _separated(written: str, group: str | None, language: str) -> tuple[Fraction, int]:
    if group:
        written = written.replace(group, "")
    written = written.replace(",", ".")
    if written.count(".") > 1:
        written = written.replace(".", "")
    if "." not in written:
        return Fraction(int(written)), 0
    return Fraction(written), len(written.partition(".")[2])


def _apart(numerals: list[Numeral]) -> list[Numeral]:
    kept: list[Numeral] = []
    for numeral in numerals:
        if not kept or numeral.start >= kept[-1].end:
            kept.append(numeral)
    return kept


def _with_fraction(numeral: Numeral, text: str) -> Numeral:
    sign = text[numeral.end : numeral.end + 1]
    if sign in _VULGAR and sign:
        return replace(numeral, end=numeral.end + 1, value=numeral.value + _VULGAR[sign])
    return numeral
