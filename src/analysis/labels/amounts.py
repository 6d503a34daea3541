"""A number in a sentence: its text, the form that agrees with it, and the amount with its unit."""

from __future__ import annotations

from fractions import Fraction

from analysis.labels import Catalogue
from analysis.labels.agreement import Counted
from analysis.labels.numerals import MINUS, plural_form, printed
from analysis.labels.units import unit_words
from analysis.quantities.units import unit
from analysis.rounding import as_fraction, round_half_up

# The units by ten thousands in which Chinese counts: the power of ten, and its sign.
MYRIADS = ((12, "万亿"), (8, "亿"), (4, "万"))
MYRIAD = 10_000
# A sign stands before the sign of a currency.
SIGNS = f"+{MINUS}"
MEASURED = ("money", "amount", "duration")
CALENDAR = "calendar_year"


def said_amount(number: Fraction, decimals: int, unit_name: str, text: str, catalogue: Catalogue) -> Counted:
    """Return a printed number that knows its form and its unit.

    Parameters
    ----------
    number : Fraction
        In its unit.
    decimals : int
        Decimals of the text.
    unit_name : str
        Code of the unit, such as ``usd_million``.
    text : str
        The number as printed.
    catalogue : Catalogue
    """
    form = plural_form(number, decimals, catalogue("language.locale"))
    return Counted(text, form, _whole(number, decimals, unit_name, Counted(text, form), catalogue))


def stated_amount(
    number: Fraction, decimals: int, unit_name: str, catalogue: Catalogue, *, signed: bool = False
) -> str:
    """Return a number as a sentence states it: rounded once, half-up, with its unit.

    Parameters
    ----------
    number : Fraction
        In its unit.
    decimals : int
        Decimals to keep.
    unit_name : str
        Code of the unit; a fraction is stated in per cent, something that is counted without its noun.
    catalogue : Catalogue
    signed : bool
        Whether a number above zero carries a plus sign.
    """
    if unit_name == "fraction":
        number, unit_name = number * 100, "percent"
    text = printed(
        number,
        decimals,
        catalogue("language.locale"),
        signed=signed,
        percent=unit_name == "percent",
        grouped=unit_name != CALENDAR,
    )
    return said_amount(number, decimals, unit_name, text, catalogue).whole


def _whole(number: Fraction, decimals: int, unit_name: str, text: Counted, catalogue: Catalogue) -> str:
    key = f"amount.{unit_name}"
    if key in catalogue:
        factor = unit(unit_name.partition("/")[0]).factor
        rescaled = factor > 1 or abs(number) >= MYRIAD
        if rescaled and catalogue("language.myriads") == "yes":
            bare = _in_myriads(abs(number), decimals, unit_name, catalogue)
        else:
            bare = Counted(text.lstrip(SIGNS), text.form)
        return text[: len(text) - len(text.lstrip(SIGNS))] + catalogue(key, number=bare)
    worded = unit(unit_name).kind in MEASURED
    return f"{text} {unit_words(unit_name, catalogue)}" if worded else text


def _in_myriads(number: Fraction, decimals: int, unit_name: str, catalogue: Catalogue) -> str:
    """Return a number as Chinese counts: 1,104.7 million as 11.047亿, without zeros at the end."""
    factor, locale = unit(unit_name.partition("/")[0]).factor, catalogue("language.locale")
    whole, places = number * factor, decimals - (len(str(factor)) - 1)
    power, sign = next(((power, sign) for power, sign in MYRIADS if abs(whole) >= 10**power), (0, ""))
    shown = max(places + power, 0)
    rounded = round_half_up(whole / 10**power, places + power)
    while shown and rounded == round_half_up(rounded, shown - 1):
        shown -= 1
    return printed(as_fraction(rounded), shown, locale) + sign
