"""One rounding rule for tables, prose, charts and workbooks: half away from zero, on exact numbers."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

LONGEST = 400
_EXPONENT = re.compile(r"[eE][+-]?(\d[\d_]*)\s*$")


def as_fraction(number: Fraction | Decimal | int | float | str) -> Fraction:
    """Return a number exactly, a float by its shortest decimal text (so 54.85 means 54.85).

    Parameters
    ----------
    number : Fraction, Decimal, int, float or str
        A number, or its decimal text; ``"2/3"`` is a fraction.

    Returns
    -------
    Fraction
        The exact number.

    Raises
    ------
    ValueError
        When it is not a number (a word, a division by nothing, one without end), or its exponent would make
        one that no document prints.
    """
    if isinstance(number, float):
        number = repr(number)
    if isinstance(number, str):
        exponent = _EXPONENT.search(number)
        if len(number) > LONGEST or (exponent and len(exponent[1].lstrip("0_")) > 2):
            text = number if len(number) <= LONGEST else f"{number[:LONGEST]}…"
            raise ValueError(f"number {text!r}: at most {LONGEST} characters and an exponent of two digits")
    try:
        return Fraction(number)
    except (ValueError, OverflowError, ZeroDivisionError):
        raise ValueError(f"number {str(number)!r}: not a number that can be reckoned with") from None


def round_half_up(number: Fraction | Decimal | int | float | str, decimals: int) -> Decimal:
    r"""Round to a number of decimals, halves away from zero.

    .. math:: r = \operatorname{sign}(x)\,\lfloor |x|\,10^{d} + 1/2 \rfloor\,10^{-d}

    Parameters
    ----------
    number : Fraction, Decimal, int, float or str
        The exact number.
    decimals : int
        Decimals to keep; negative numbers round to tens, hundreds and so on.

    Returns
    -------
    Decimal
        With exactly ``max(decimals, 0)`` decimals.
    """
    exact = as_fraction(number)
    scaled = abs(exact) * Fraction(10) ** decimals
    units = (scaled.numerator * 2 + scaled.denominator) // (2 * scaled.denominator)
    with localcontext() as context:
        context.prec = 60
        rounded = Decimal(units if exact >= 0 else -units).scaleb(-decimals)
        step = Decimal(1).scaleb(-max(decimals, 0))
        return (rounded + 0).quantize(step, rounding=ROUND_HALF_UP) + 0


def half_step(decimals: int) -> Fraction:
    """Return half a unit of the last printed digit: 0.05 for one decimal."""
    return Fraction(1, 2) / Fraction(10) ** decimals
