"""What is to be known of an area's numbers beside the numbers: whose they are, their flags, its own code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

import pandas as pd

from analysis.exhibits.estimates import Strand
from analysis.labels import Catalogue

BASES = ("reported", "modelled", "projected")
ADULTS = "YTHADULT_YGE15"
NORMAL = ("", "A")
"""Flags of an observation that say nothing of it."""


def years_in_words(years: Iterable[str]) -> str:
    """Return years in words: ``2000–2004, 2007``."""
    ordered = sorted(map(int, years))
    runs = groupby(enumerate(ordered), key=lambda pair: pair[1] - pair[0])
    spans = [[year for _, year in run] for _, run in runs]
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in spans)


def notes_on(
    groups: Sequence[Strand], rows: pd.DataFrame, blank: pd.DataFrame, since: str, labels: Catalogue
) -> list[str]:
    """Return sentences on the basis and the flags of the numbers that are shown.

    Parameters
    ----------
    groups : sequence of Strand
        Lines of one area.
    rows : pandas.DataFrame
        Tidy observations of the vintage that they are of.
    blank : pandas.DataFrame
        What the vintage publishes in place of numbers.
    since : str
        First year.
    labels : Catalogue

    Returns
    -------
    list of str
        The age, where it is not the usual one; which years are reported, modelled and projected; for each
        line the years of each flag, such as a break in the series, and of what stands in place of a number.
        A flag without words is told by its code.
    """
    first = groups[0]
    usual = usual_age(rows, first.indicator)
    ages = [_age(first.age, labels), _age(usual, labels)]
    lines = {group: _of_strand(group, rows, since) for group in groups}
    shown = pd.concat(lines.values())
    bases = [(basis, shown.loc[shown["basis"] == basis, "period"].unique()) for basis in BASES]
    spans = [f"{labels(f'basis.{basis}')} {years_in_words(years)}" for basis, years in bases if len(years)]
    notes = [labels("trends.other_age", age=ages[0], usual=ages[1])] if first.age != usual else []
    notes.append(labels("trends.basis", spans=labels("label.list_separator").join(spans)))
    for group, line in lines.items():
        for flag, part in line[~line["status"].isin(NORMAL)].groupby("status"):
            key = f"flag.{flag}"
            words = labels(key) if key in labels else labels("flag.other", code=flag)
            years = years_in_words(part["period"])
            notes.append(labels("trends.flagged", group=labels(group.label), years=years, flag=words))
        for text, part in _of_strand(group, blank, since).groupby("text"):
            years = years_in_words(part["period"])
            notes.append(labels("trends.no_number", group=labels(group.label), years=years, text=text))
    return notes


def usual_age(rows: pd.DataFrame, indicator: str) -> str:
    """Return the age at which a vintage has an indicator: 15 and over, else that of most of its numbers."""
    ages = rows.loc[rows["indicator"] == indicator, "age"].value_counts()
    return ADULTS if ADULTS in ages else min(ages.index[ages == ages.max()])


def _age(code: str, labels: Catalogue) -> str:
    """Return an age in words; a span of years that has none as its years."""
    span = re.fullmatch(r"(?:\w+_)?Y(\d+)-(\d+)", code)
    if f"age.{code}" in labels:
        return labels(f"age.{code}")
    return f"{int(span[1])}–{int(span[2])}" if span else code


def _of_strand(strand: Strand, rows: pd.DataFrame, since: str) -> pd.DataFrame:
    """Return the rows of a strand since a year."""
    own = (rows["area"] == strand.area) & (rows["indicator"] == strand.indicator) & (rows["period"] >= since)
    return rows[own & (rows["sex"] == strand.sex) & (rows["age"] == strand.age)]


def called(area: str, words: pd.DataFrame) -> list[str]:
    """Return the codes of areas that are named as an area is asked for, whatever the language and the case.

    Parameters
    ----------
    area : str
    words : pandas.DataFrame
        Titles: columns ``kind, code, text``.
    """
    listed = words[words["kind"] == "area"]
    name = area.strip().casefold()
    alike = (listed["text"].str.casefold() == name) | (listed["code"].str.casefold() == name)
    return list(dict.fromkeys(listed.loc[alike, "code"]))
