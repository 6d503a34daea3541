"""Numbers in a language's own form: rounded once, half-up, then written with its signs and separators."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.numbers import parse_pattern

from analysis.labels import LabelError
from analysis.rounding import round_half_up

MINUS = "\N{MINUS SIGN}"


@cache
def _locale(name: str) -> Locale:
    try:
        return Locale.parse(name)
    except (UnknownLocaleError, ValueError):
        raise LabelError(
            f"language.locale of a file of labels is {name!r}, which Babel does not know; "
            "write a code such as 'fr' or 'pt_BR'"
        ) from None


@cache
def _pattern(decimals: int, percent: str, grouped: bool):
    return parse_pattern(
        ("#,##0" if grouped else "0") + ("." + "0" * decimals if decimals > 0 else "") + percent
    )


def printed(
    number: Fraction,
    decimals: int,
    locale: str,
    *,
    signed: bool = False,
    percent: bool = False,
    grouped: bool = True,
) -> str:
    """Return a number as it is printed in a language.

    Parameters
    ----------
    number : Fraction
        The exact number; a percentage is its number of per cent.
    decimals : int
        Decimals to keep; negative ones round to tens, hundreds and so on.
    locale : str
        As Babel names it, for example ``fr`` or ``zh_Hans``.
    signed : bool
        Whether a number above zero, as printed, carries a plus sign.
    percent : bool
        Whether the language's per cent sign is written.
    grouped : bool
        Whether thousands are set apart; not in calendar years.

    Returns
    -------
    str
        With a true minus sign.
    """
    rounded = round_half_up(number, decimals)
    symbol = ""
    if percent:
        whole = _locale(locale).percent_formats[None].pattern
        symbol = whole.lstrip("#,0.")
        rounded = rounded.scaleb(-2)
    with localcontext() as context:
        context.prec = 60
        text = _pattern(max(decimals, 0), symbol, grouped).apply(abs(rounded), _locale(locale))
    sign = MINUS if rounded < 0 else "+" if signed and rounded > 0 else ""
    return sign + text


def plural_form(number: Fraction, decimals: int, locale: str) -> str:
    """Return the form that a noun takes after a number as printed: ``one``, ``other`` and so on (CLDR).

    In French 0.8 takes the singular, in English the plural; 1.0 takes the plural in English, 1 does not.
    """
    text = f"{abs(round_half_up(number, decimals)):.{max(decimals, 0)}f}"
    return _locale(locale).plural_form(Decimal(text))


def at_full_precision(number: Fraction | None) -> str:
    """Return a number at full precision for files that machines read: exact where decimals can be.

    A fraction without an end in decimals is written to 17 significant digits, as a float's are.
    """
    if number is None:
        return ""
    rest = number.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return repr(float(number))
    with localcontext() as context:
        context.prec = 400
        exact = Decimal(number.numerator) / Decimal(number.denominator)
        return format(exact.normalize() + 0, "f")
