"""Currencies in a text: what a language's list says, and the sign, code and name of every currency."""

from __future__ import annotations

import re
from functools import cache

from babel.numbers import get_currency_name, get_currency_symbol

from analysis.quantities.units import currencies
from analysis.reading.languages import word_lists, written_one_way

# Codes that are words in capitals as well ("TOP 10", "COP 26"): alone they are no currency.
WORDS = frozenset(
    "ALL ANG BAM BOB COP CUP GEL MAD MOP MUR PEN RON SAR SOS TOP TRY VES".split()  # noqa: SIM905
)
LONGEST_SIGN = 8
# Currencies of one name in print: francs CFA of Central and of West Africa, riyals.
ALIKE = {"cfa": ("xaf", "xof"), "riyal": ("qar", "sar", "omr", "yer", "irr")}


def may_be(unit: str) -> tuple[str, ...]:
    """Return the currencies that a printed one may be: itself, or several that print alike.

    Examples
    --------
    >>> may_be("cfa"), may_be("eur")
    (('xaf', 'xof'), ('eur',))
    """
    return ALIKE.get(unit, (unit,))


@cache
def _phrases(language: str) -> dict[str, str]:
    """Return currencies by what texts write for them, the language's own list first."""
    held = {
        written_one_way(text): code
        for code, texts in word_lists(language)["currencies"].items()
        for text in texts
    }
    for code in sorted(currencies()):
        name = code.upper()
        signs = [get_currency_symbol(name, locale=locale) for locale in (language, "en")]
        names = sorted({get_currency_name(name, count=number, locale=language) for number in (1, 2)})
        for text in (
            *(sign for sign in signs if not sign.isalpha()),
            *([] if name in WORDS else [name]),
            *names,
        ):
            held.setdefault(written_one_way(text), code)
    return held


@cache
def _folded(language: str) -> dict[str, str]:
    return {text.casefold(): code for text, code in _phrases(language).items()}


def _alternatives(texts: list[str], language: str) -> str:
    """Return a pattern of texts, longest first; words end where words end."""
    return "|".join(
        re.escape(text).replace("\\ ", r"\s+")
        + (r"(?!\w)" if text[-1].isalnum() and language != "zh" else "")
        for text in sorted(texts, key=len, reverse=True)
    )


@cache
def _pattern(language: str) -> str:
    """Return the pattern of any currency: codes and signs in capitals as they are, names in any letters."""
    texts = list(_phrases(language))
    exact = [text for text in texts if text.isupper()]
    others = [text for text in texts if not text.isupper()]
    return f"(?:{_alternatives(exact, language)}|(?i:{_alternatives(others, language)}))"


@cache
def _compiled(language: str, place: str) -> re.Pattern:
    shapes = {
        "after": rf"\s?(?:d'|de\s)?(?P<currency>{_pattern(language)})",
        "amid": rf"(?<![A-Za-z])(?P<currency>{_pattern(language)})",
    }
    return re.compile(shapes[place])


@cache
def _before(language: str) -> re.Pattern:
    signs = [text for text in _phrases(language) if not text.islower() and len(text) <= LONGEST_SIGN]
    ordered = "|".join(re.escape(text) for text in sorted(signs, key=len, reverse=True))
    return re.compile(rf"(?<![A-Za-z])(?P<currency>{ordered})\s?$")


def _named(match: re.Match, language: str) -> str:
    text = re.sub(r"\s+", " ", match["currency"])
    return _phrases(language).get(text) or _folded(language)[text.casefold()]


def currency_after(text: str, end: int, language: str) -> tuple[str, int] | None:
    """Return the currency that stands right after a place, and where it ends; None where none does.

    Parameters
    ----------
    text : str
        As :func:`analysis.reading.languages.written_one_way` returns it.
    end : int
    language : str
    """
    match = _compiled(language, "after").match(text, end)
    return (_named(match, language), match.end()) if match else None


def currency_before(text: str, start: int, language: str) -> tuple[str, int] | None:
    """Return the currency whose sign or code stands right before a place, and where it begins."""
    first = max(0, start - LONGEST_SIGN - 1)
    match = _before(language).search(text[first:start])
    return (_named(match, language), first + match.start()) if match else None


def currency_in(text: str, language: str) -> str | None:
    """Return the first currency that a text names; None where it names none."""
    match = _compiled(language, "amid").search(text)
    return _named(match, language) if match else None
