"""The ILO's harmonised variables: names, kinds, codes and possible values."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Harmonised:
    """A harmonised variable, as ``harmonised.csv`` lists it.

    Attributes
    ----------
    name, meaning : str
        Its name, and what it or its codes mean.
    kind : str
        ``code``, ``integer``, ``number``, ``weight`` or ``identifier``.
    codes : tuple of int
        The codes allowed; empty unless `kind` is ``code``.
    low, high : float or None
        The least and the greatest value possible.
    """

    name: str
    kind: str
    codes: tuple[int, ...]
    low: float | None
    high: float | None
    meaning: str


def as_table() -> str:
    """Return every harmonised variable as a Markdown table: name, kind, codes or range, meaning."""
    lines = ["| variable | kind | codes or range | meaning |", "|---|---|---|---|"]
    for variable in harmonised().values():
        span = "" if variable.low is None else f"{variable.low:g}–{variable.high:g}"
        codes = ", ".join(map(str, variable.codes)) or span
        lines.append(f"| `{variable.name}` | {variable.kind} | {codes} | {variable.meaning} |")
    return "\n".join(lines) + "\n"


@cache
def harmonised() -> dict[str, Harmonised]:
    """Return every harmonised variable by its name."""
    text = files(__package__).joinpath("harmonised.csv").read_text(encoding="utf-8")
    return {
        row["variable"]: Harmonised(
            row["variable"],
            row["kind"],
            tuple(int(code) for code in row["codes"].split()),
            float(row["low"]) if row["low"] else None,
            float(row["high"]) if row["high"] else None,
            row["meaning"],
        )
        for row in csv.DictReader(text.splitlines())
    }
