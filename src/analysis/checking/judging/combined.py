"""A quantity that a text may compute from several: recorded ones, and numbers of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from analysis.checking.candidates.agreement import in_units_of_one
from analysis.checking.candidates.candidate import Candidate
from analysis.checking.candidates.derived import in_notation
from analysis.reading import PrintedNumber

ALL = Fraction(100)


@dataclass(frozen=True, eq=False)
class CombinedValue:
    """What some quantities come to.

    Attributes
    ----------
    how : str
        ``sum``, ``difference``, ``share``, ``change``, ``ratio``, ``average`` or ``rest``.
    operands : tuple of Candidate or PrintedNumber
        Of a share of several the whole last.
    value : Fraction
        In units of one; a share, a change and what is left of a hundred in per cent, a difference of
        percentages in points.
    unit : str
    """

    how: str
    operands: tuple[Candidate | PrintedNumber, ...]
    value: Fraction
    unit: str

    @property
    def formula(self) -> str:
        """Return the computation, recorded quantities in the notation of claims, others as printed."""
        texts = [_notation(operand) for operand in self.operands]
        if self.how == "rest":
            return f"100 - {texts[0]}"
        if self.how in ("sum", "difference"):
            return (" + " if self.how == "sum" else " - ").join(texts)
        whole = " + ".join(texts[:-1])
        if self.how in ("ratio", "average"):
            return f"{whole} / {texts[-1]}"
        return f"share({whole}, {texts[-1]})" if self.how == "share" else f"change({texts[1]}, {texts[0]})"


def _notation(operand: Candidate | PrintedNumber) -> str:
    return in_notation(operand) if isinstance(operand, Candidate) else operand.text.strip()


def value_of(operand: Candidate | PrintedNumber) -> Fraction:
    """Return the value of an operand, in units of one."""
    if isinstance(operand, Candidate):
        return operand.base or Fraction(0)
    return in_units_of_one(operand)


def combined(how: str, operands: Sequence[Candidate | PrintedNumber], unit: str) -> CombinedValue | None:
    """Return what some quantities come to; None where a whole is nothing."""
    values = [value_of(operand) for operand in operands]
    if how == "sum":
        return CombinedValue(how, tuple(operands), sum(values, Fraction(0)), unit)
    if how == "rest":
        return CombinedValue(how, tuple(operands), ALL - values[0], unit)
    if how == "difference":
        return CombinedValue(how, tuple(operands), values[0] - values[1], unit)
    if not values[-1]:
        return None
    part = sum(values[:-1], Fraction(0)) / values[-1]
    value = {"share": part * 100, "change": (part - 1) * 100}.get(how, part)
    return CombinedValue(how, tuple(operands), value, unit)
