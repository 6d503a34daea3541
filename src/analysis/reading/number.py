"""A number as a text prints it."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any


@dataclass(frozen=True)
class PrintedNumber:
    """A number as a text prints it.

    Attributes
    ----------
    start, end : int
        Place in the text, scale words and fraction words included.
    text : str
        What is printed there.
    value : Fraction
        In units of one: 1.1 billion is 1,100,000,000; a per cent is its number of per cent, a half is 1/2.
    decimals : int
        Decimals of the value that are printed; negative where the last digit is a ten, a hundred or more.
    unit : str
        ``percent``, ``percentage_points``, ``times``, ``times_increase``, ``fraction``, a currency (``cfa``
        where two have one name in print), or none.
    qualifier : str
        ``more_than``, ``at_least``, ``less_than``, ``up_to``, ``about``, ``nearly``, or nothing.
    words : bool
        Whether it is written in words.
    upper : Fraction or None
        The other end of a range.
    rule : str
        The rule by which it is no datum, or nothing.
    bare : bool
        Whether it stands in a table without a unit, so that the record's own scale may be meant.
    slightly : bool
        Whether the qualifier says that the value is near: just under, algo más de.
    known : dict
        What was worked out of it before, by what that is.
    """

    start: int
    end: int
    text: str
    value: Fraction
    decimals: int
    unit: str = ""
    qualifier: str = ""
    words: bool = False
    upper: Fraction | None = None
    rule: str = ""
    bare: bool = False
    slightly: bool = False
    known: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
