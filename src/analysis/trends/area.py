"""The trend of one area: which vintage gives each of its numbers, and what stands beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.errors import offered
from analysis.trends.world import LINE

NO_VINTAGES = "there are no vintages of estimates in data/estimates: `analysis fetch` takes one"


def lines_of(
    vintages: Mapping[str, pd.DataFrame],
    editions: Mapping[str, str],
    area: str,
    indicators: Sequence[str] = (),
) -> pd.DataFrame:
    """Choose for each line of an area the vintage that is to tell it.

    Parameters
    ----------
    vintages : mapping of str to pandas.DataFrame
        Tidy observations by name, oldest first.
    editions : mapping of str to str
        Edition of each vintage, such as ``2021-11``.
    area : str
        ISO3 code, or a service's code of a region.
    indicators : sequence of str
        Which indicators; all that the vintages have of the area where empty.

    Returns
    -------
    pandas.DataFrame
        A row for each line (indicator, sex, age): ``vintage``, ``periods``, ``first``, ``last``. It is the
        vintage of the newest edition; of several of one edition, the one with the most years; of as many, the
        latest.

    Raises
    ------
    ValueError
        When no vintage has the area, or one of the indicators for it; the message lists what there is.
    """
    if not vintages:
        raise ValueError(NO_VINTAGES)
    parts = []
    for order, (name, rows) in enumerate(vintages.items()):
        own = rows[rows["area"] == area]
        spans = own.groupby(LINE)["period"].agg(["size", "min", "max"]).reset_index()
        parts.append(spans.assign(vintage=name, edition=editions[name], order=order))
    lines = pd.concat(parts, ignore_index=True)
    if lines.empty:
        known = sorted({area for rows in vintages.values() for area in rows["area"].unique()})
        raise ValueError(f"area {area}: in no vintage; there are {offered(known, area)}")
    absent = [indicator for indicator in indicators if indicator not in set(lines["indicator"])]
    if absent:
        there = ", ".join(sorted(lines["indicator"].unique()))
        raise ValueError(f"indicator {', '.join(absent)}: no vintage has it for {area}; there are {there}")
    if indicators:
        lines = lines[lines["indicator"].isin(indicators)]
    lines = lines.sort_values(["edition", "size", "order"], kind="stable")
    chosen = lines.groupby(LINE, as_index=False).last()
    chosen = chosen.rename(columns={"size": "periods", "min": "first", "max": "last"})
    return chosen[[*LINE, "vintage", "periods", "first", "last"]]


def neighbours(codes: pd.DataFrame, area: str) -> list[str]:
    """Return the countries of an area's M49 subregion, without itself; of a region, nothing.

    Parameters
    ----------
    codes : pandas.DataFrame
        Countries: columns ``area`` and ``subregion``.
    area : str
    """
    own = codes.loc[codes["area"] == area, "subregion"]
    if own.empty:
        return []
    beside = codes[(codes["subregion"] == own.iloc[0]) & (codes["area"] != area) & (codes["area"] != "")]
    return sorted(beside["area"])
