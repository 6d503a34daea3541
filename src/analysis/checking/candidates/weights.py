"""Weights of signs in log-odds, fitted to drafts with known answers, as they are kept beside the rules."""

import csv
from functools import cache
from importlib.resources import files

Signs = dict[str, float]
"""What speaks for an answer, by name, and how much."""


@cache
def weights_in(name: str) -> dict[str, float]:
    """Return the weight of each sign.

    ``name`` is that of a table: a row for each sign, with its weight and what it means.
    """
    text = files("analysis.checking").joinpath(name).read_text(encoding="utf-8")
    return {row["sign"]: float(row["weight"]) for row in csv.DictReader(text.splitlines())}
