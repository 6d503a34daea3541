"""Headlines of survey estimates: what stands out beyond the intervals, or that nothing does.

A difference is said to stand out only where two confidence intervals, as printed, do not meet: a stricter
rule than a test of the difference, so that no headline says more than the picture beneath shows. Estimates
that are withheld or unreliable are never compared.

=====================  ==========================================================================
rule                   finds
=====================  ==========================================================================
``none``               nothing is published
``lone``               one estimate, with its interval
``rose``, ``fell``     from the first year to the last, by intervals that lie apart
``steady``             the same, by intervals that overlap
``pair_apart``         of two classes, intervals that lie apart; ``pair_overlap`` that overlap
``first``              of more, the highest above every other, and the lowest
``apart``              the highest and the lowest, by intervals that lie apart
``overlap``            the highest and the lowest, by intervals that overlap: no class stands out
=====================  ==========================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import isfinite
from typing import Any

import pandas as pd

from analysis.rounding import as_fraction, round_half_up

TOTAL, UNSPECIFIED, YEAR = "_T", "_X", "year"

Told = Callable[[dict], str]
"""What is said of an estimate's class, or of its number."""


def survey_headline(
    estimates: pd.DataFrame,
    rows: Sequence[str],
    series: str,
    decimals: int,
) -> tuple[str, dict[str, Any]]:
    """Return the rule that finds something, and the estimates that it names.

    Parameters
    ----------
    estimates : pandas.DataFrame
        One indicator's, flagged, one row a domain: the dimensions as text, ``value``, ``lower``, ``upper``
        and ``status``.
    rows : sequence of str
        Dimensions that tell samples apart. Of one sample its classes are compared; of several, the totals:
        from the first year to the last where only the year differs, else with each other.
    series : str
        Dimension of the classes; none when empty.
    decimals : int
        Decimals to which bounds are compared.

    Returns
    -------
    tuple of str and dict
        The rule, and by the names of its places the rows of the frame as dictionaries; ``compared`` names
        the dimensions by which these are told apart.
    """
    varying = [name for name in rows if estimates[name].nunique() > 1]
    totals = estimates[estimates[series] == TOTAL] if series else estimates
    published = [record for record in totals.to_dict("records") if _published(record)]
    if varying:
        records, compared = published, varying
    else:
        classes = estimates[~estimates[series].isin([TOTAL, UNSPECIFIED])] if series else estimates[:0]
        records, compared = classes.to_dict("records"), [series]
    sound = [record for record in records if _sound(record)]
    if len(sound) < 2:
        return ("lone", {"first": published[0], "compared": varying}) if published else ("none", {})
    if compared == [YEAR]:
        first, last = (pick(sound, key=lambda record: int(record[YEAR])) for pick in (min, max))
        rule = "steady" if _overlap(first, last, decimals) else "rose"
        rule = "fell" if rule == "rose" and last["value"] < first["value"] else rule
        return rule, {"first": first, "last": last, "compared": compared}
    ordered = sorted(sound, key=lambda record: -record["value"])
    top, bottom = ordered[0], ordered[-1]
    rule = "overlap" if _overlap(top, bottom, decimals) else "apart"
    if len(sound) == 2:
        rule = f"pair_{rule}"
    elif not any(_overlap(top, other, decimals) for other in ordered[1:]):
        rule = "first"
    return rule, {"first": top, "last": bottom, "compared": compared}


def headline_words(
    headline: tuple[str, dict[str, Any]], words: dict[str, str], label: Told, number: Told, interval: Told
) -> str:
    """Return a headline in words.

    Parameters
    ----------
    headline : tuple
        From `survey_headline`.
    words : dict
        The words of each rule in a language.
    label, number, interval : callable
        What an estimate's class is called, its number with its unit, and its interval.
    """
    rule, named = headline
    places: dict[str, str] = {}
    for name in ("first", "last"):
        if name in named:
            places |= {name: label(named[name]), f"{name}_value": number(named[name])}
    if rule == "lone" and not places["first"]:
        rule = "lone_plain"
    if "first" in named:
        places["interval"] = interval(named["first"])
    text = words[rule].format(**places)
    return f"{text[:1].upper()}{text[1:]}"


def _published(record: dict) -> bool:
    return record["status"] not in ("Q", "O") and isfinite(record["value"])


def _sound(record: dict) -> bool:
    return record["status"] == "A" and all(isfinite(record[name]) for name in ("value", "lower", "upper"))


def _overlap(one: dict, other: dict, decimals: int) -> bool:
    """Whether two intervals, as printed, have a number in common."""
    low, high = sorted((one, other), key=lambda record: record["value"])
    return _printed(low["upper"], decimals) >= _printed(high["lower"], decimals)


def _printed(bound: float, decimals: int):
    return round_half_up(as_fraction(float(bound)), decimals)
