"""How well the unit that is printed with a number meets a quantity's."""

from __future__ import annotations

from analysis.checking.candidate import Candidate
from analysis.reading import PrintedNumber

# Words of a change, to which points are as near as per cent.
_CHANGES = frozenset({"increas", "fall", "exces", "shortfal"})


def unit_class(candidate: Candidate) -> tuple[str, str, bool, bool]:
    """Return what quantities have in common to which any unit adds the same."""
    return candidate.kind, candidate.unit, bool(candidate.features["words"] & _CHANGES), candidate.in_percent


def unit_fit(number: PrintedNumber, candidate: Candidate, in_row: bool) -> float | None:
    """Return what the unit adds to a score, or None where the two units never meet."""
    kind, unit = candidate.kind, candidate.unit
    if number.unit == "percent" or number.unit == "fraction":
        if unit in ("percent", "fraction", "ratio"):
            return (
                0.05
                if (number.unit == "percent") == (unit == "percent")
                else 0.03
                if unit == "fraction"
                else 0.0
            )
        if unit != "percentage_points":
            return None
        return 0.0 if candidate.in_percent else -0.1
    if number.unit == "percentage_points":
        changes = candidate.features["words"] & _CHANGES
        return (
            0.08
            if unit == "percentage_points"
            else (0.0 if changes else -0.25)
            if unit == "percent"
            else None
        )
    if number.unit in ("times", "times_increase"):
        return 0.05 if unit in ("times", "times_increase") else None
    if number.unit:
        return 0.08 if kind == "money" else None
    if kind == "money":
        return -0.02 if in_row else -0.12 if abs(number.value) < 10_000 else 0.0
    if kind == "share":
        return 0.0 if in_row else -0.1 if number.decimals > 0 or number.value <= 100 else None
    if number.decimals > 0 and kind in ("count", "duration"):
        return None
    if kind == "amount":
        return 0.04 if number.decimals < 0 or abs(number.value) >= 100_000 else -0.15
    return 0.03
