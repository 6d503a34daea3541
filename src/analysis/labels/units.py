"""The words of units, in a language."""

from __future__ import annotations

from analysis.labels import Catalogue
from analysis.quantities.units import is_listed

# Units of pure numbers: nothing is written after them.
PURE = ("count", "ratio", "fraction", "truth", "index")


def unit_words(name: str, labels: Catalogue) -> str:
    """Return a unit as it is written in a column of units, or after a number.

    Parameters
    ----------
    name : str
        Code of the unit, such as ``usd_million`` or ``member_state``.
    labels : Catalogue

    Returns
    -------
    str
        Empty for a pure number; a noun of the record that has no words in the language is its English code.

    Raises
    ------
    LabelError
        When a unit that the package lists has no words in the language.
    """
    if name in PURE:
        return ""
    return labels(f"unit.{name}") if has_words(name, labels) else name.replace("_", " ")


def has_words(name: str, labels: Catalogue) -> bool:
    """Whether a unit has words in the language; without them one that the package lists is an error."""
    return is_listed(name) or f"unit.{name}" in labels
