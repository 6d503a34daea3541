"""Age classes: which ages a code means, and adding over classes only where none overlaps another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import inf

import pandas as pd

from analysis.quantities.units import unit as unit_named

BETWEEN = re.compile(r"Y(\d+)(?:-|T)(\d+)")
FROM = re.compile(r"Y(?:_?GE)(\d+)")
BELOW = re.compile(r"Y(?:_?LT)(\d+)")
SINGLE = re.compile(r"Y(\d+)")
TOTALS = ("TOTAL", "_T")


def age_interval(code: str) -> tuple[float, float]:
    """Return the first and the last year of age that a code means.

    Parameters
    ----------
    code : str
        ILOSTAT's (``AGE_YTHADULT_Y15-24``, ``AGE_AGGREGATE_YGE65``, ``AGE_5YRBANDS_TOTAL``) or SDMX's
        (``Y15T24``, ``Y_GE65``, ``Y_LT15``, ``Y20``, ``_T``).

    Returns
    -------
    tuple of float
        Completed years, both included; a total is (0, inf).

    Raises
    ------
    ValueError
        When the code is of no such form.
    """
    last = code if code in TOTALS or code.startswith("Y_") else code.rsplit("_", 1)[-1]
    if last in TOTALS:
        return 0, inf
    if match := BETWEEN.fullmatch(last):
        return int(match[1]), int(match[2])
    if match := FROM.fullmatch(last):
        return int(match[1]), inf
    if match := BELOW.fullmatch(last):
        return 0, int(match[1]) - 1
    if match := SINGLE.fullmatch(last):
        return int(match[1]), int(match[1])
    raise ValueError(
        f"age {code!r}: no known form; expected such as AGE_YTHADULT_Y15-24, Y15T24, Y_GE65 or TOTAL"
    )


def refuse_overlap(codes: Iterable[str]) -> None:
    """Raise when two of the age classes share a year of age.

    Parameters
    ----------
    codes : iterable of str
        Classes of age as statistical services write them, such as ``AGE_YTHADULT_Y15-24``.

    Raises
    ------
    ValueError
        Naming the classes that overlap.
    """
    spans = sorted((*age_interval(code), code) for code in dict.fromkeys(codes))
    both = [f"{a[2]} and {b[2]}" for a, b in pairwise(spans) if b[0] <= a[1]]
    if both:
        raise ValueError(
            f"age classes overlap: {'; '.join(both)}; adding them counts persons twice. Keep one "
            "classification"
        )


def add_over_ages(counts: pd.DataFrame, *, keys: Sequence[str], age: str) -> pd.DataFrame:
    """Add counts over age classes that do not overlap.

    Parameters
    ----------
    counts : pandas.DataFrame
        Columns of `keys`, ``age``, ``value``, and ``unit`` if there is one.
    keys : sequence of str
        What stays apart, such as area, period and sex.
    age : str
        Code of the sum's age; the classes have to make it up without a gap.

    Returns
    -------
    pandas.DataFrame
        `keys`, ``age``, ``value`` and ``unit``; a sum with a missing class is missing.

    Raises
    ------
    ValueError
        When classes overlap or leave a gap, a key has a class twice, or the values are shares.
    """
    shares = [
        u
        for u in counts.get("unit", pd.Series(dtype=object)).dropna().unique()
        if unit_named(u).kind == "share"
    ]
    if shares:
        raise ValueError(f"add_over_ages: values in {', '.join(shares)} are shares, which are not added")
    for group, classes in counts.groupby(list(keys), dropna=False)["age"]:
        refuse_overlap(classes)
        if classes.duplicated().any():
            raise ValueError(
                f"add_over_ages: {group} has the class {classes[classes.duplicated()].iloc[0]} twice"
            )
        spans = sorted(age_interval(code) for code in classes)
        whole = [spans[0][0], *(after[0] for after in spans[1:]), spans[-1][1]]
        expected = [age_interval(age)[0], *(before[1] + 1 for before in spans[:-1]), age_interval(age)[1]]
        if whole != expected:
            raise ValueError(f"add_over_ages: {group}: {', '.join(classes)} do not make up {age}")
    own = [*keys, *(["unit"] if "unit" in counts.columns else [])]
    added = (
        counts.groupby(own, sort=False, dropna=False)["value"]
        .agg(lambda v: v.sum(skipna=False))
        .reset_index()
    )
    return added.assign(age=age)[[*keys, "age", *(c for c in ("value", "unit") if c in added.columns)]]
