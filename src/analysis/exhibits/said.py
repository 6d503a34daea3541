"""What headlines and sentences say beside their words: numbers that can be traced, and labels."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.quantities import Quantity


@dataclass(frozen=True)
class SaidNumber:
    """A number that is said.

    Attributes
    ----------
    quantity : Quantity
    decimals : int
        Decimals that are said.
    signed : bool
        Whether an increase carries a plus sign.
    label : str
        Catalogue key of what the number is of, where several of a kind are listed.
    """

    quantity: Quantity
    decimals: int = 0
    signed: bool = False
    label: str = ""


@dataclass(frozen=True)
class SaidLabel:
    """A label that is said: the catalogue key of a category, a series, a row or an indicator.

    Attributes
    ----------
    key : str
    others : bool
        Whether what is said of it holds of others, too.
    """

    key: str
    others: bool = False
