"""Words for any currency, at any scale: where no label says a unit of money, its parts do."""

from __future__ import annotations

from collections.abc import Callable

from babel.numbers import get_currency_name

from analysis.quantities.units import money_of

AMOUNT, UNIT = "amount", "unit"
RATE = "/"
NAME = "name"
"""How a language's file asks for a currency's name; its code stands otherwise."""


def money_words(key: str, packaged: Callable[[str], str | None]) -> str | None:
    """Return the words for a unit of money, or the template for an amount in it; None of another key.

    Parameters
    ----------
    key : str
        ``unit.eur_million``, ``amount.eur_million``, or such a rate (``unit.eur_million/result``).
    packaged : callable
        Returns what a language's file says for a key; the words are put together from its section ``money``.
    """
    kind, _, name = key.partition(".")
    above, rate, below = name.partition(RATE)
    money = money_of(above) if kind in (UNIT, AMOUNT) else None
    if money is None:
        return None
    currency, scale = money
    template = packaged(f"money.{kind}.{scale or 'whole'}")
    per = packaged(f"money.{kind}_per.{below}") if rate else "{money}"
    locale = packaged("language.locale")
    if template is None or per is None or locale is None:
        return None
    code = currency.upper()
    named = get_currency_name(code, locale=locale) if packaged("money.currency") == NAME else code
    words = template.replace("{currency}", named)
    return per.replace("{money}", packaged(key.partition(RATE)[0]) or words)
