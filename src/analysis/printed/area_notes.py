"""What is to be known of an area's numbers beside the numbers: whose they are, their flags, its own code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

import pandas as pd

from analysis.exhibits.estimates import Strand
from analysis.labels import Catalogue

BASES = ("reported", "modelled", "projected")
NORMAL = ("", "A")
"""Flags of an observation that say nothing of it."""


def years_in_words(years: Iterable[str]) -> str:
    """Return years in words: ``2000–2004, 2007``."""
    ordered = sorted(map(int, years))
    runs = groupby(enumerate(ordered), key=lambda pair: pair[1] - pair[0])
    held = [[year for _, year in run] for _, run in runs]
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in held)


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
        Which years are reported, modelled and projected, and for each line the years of each flag, such as a
        break in the series, and of what is published in place of a number; a flag without words is told by
        its code.
    """
    lines = {group: _of_strand(group, rows, since) for group in groups}
    shown = pd.concat(lines.values())
    bases = [(basis, shown.loc[shown["basis"] == basis, "period"].unique()) for basis in BASES]
    told = [f"{labels(f'basis.{basis}')} {years_in_words(years)}" for basis, years in bases if len(years)]
    said = [labels("trends.basis", spans=labels("label.list_separator").join(told))]
    for group, line in lines.items():
        for flag, part in line[~line["status"].isin(NORMAL)].groupby("status"):
            key = f"flag.{flag}"
            words = labels(key) if key in labels else labels("flag.other", code=flag)
            years = years_in_words(part["period"])
            said.append(labels("trends.flagged", group=labels(group.label), years=years, flag=words))
        for text, part in _of_strand(group, blank, since).groupby("text"):
            years = years_in_words(part["period"])
            said.append(labels("trends.no_number", group=labels(group.label), years=years, text=text))
    return said


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
    asked = area.strip().casefold()
    alike = (listed["text"].str.casefold() == asked) | (listed["code"].str.casefold() == asked)
    return list(dict.fromkeys(listed.loc[alike, "code"]))
