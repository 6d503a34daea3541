"""Groupings of countries, given as tables."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd


def memberships(
    countries: pd.DataFrame, *, area: str, groupings: Sequence[str] = (), world: str | None = None
) -> pd.DataFrame:
    """Turn a table of countries, one column a grouping, into one row for each membership.

    Parameters
    ----------
    countries : pandas.DataFrame
        One row a country; a blank in a grouping's column means that the country belongs to none of its
        groups.
    area : str
        Column of the country's code.
    groupings : sequence of str
        Columns of groupings, for example a region and an income group.
    world : str, optional
        Name of a further group that holds every country.

    Returns
    -------
    pandas.DataFrame
        Columns ``grouping, group, area``, in the order of the groupings and of the table.

    Raises
    ------
    ValueError
        When a column is absent, a country is listed twice or has no code, or nothing is asked for.
    """
    absent = [column for column in (area, *groupings) if column not in countries.columns]
    if absent:
        raise ValueError(
            f"groupings: no column {', '.join(absent)}; found {', '.join(map(str, countries.columns))}"
        )
    codes = countries[area]
    wrong = codes[codes.isna() | (codes.astype(str).str.strip() == "") | codes.duplicated(keep=False)]
    if len(wrong):
        raise ValueError(
            f"groupings: {len(wrong)} rows of {area!r} without a code or listed twice: "
            f"{', '.join(map(str, wrong.unique()[:10]))}; expected each country once"
        )
    if not groupings and world is None:
        raise ValueError("groupings: name the columns to group by, or a name for the World")
    parts = []
    for grouping in groupings:
        part = pd.DataFrame({"grouping": grouping, "group": countries[grouping], "area": codes})
        parts.append(part[part["group"].notna() & (part["group"].astype(str).str.strip() != "")])
    if world is not None:
        parts.append(pd.DataFrame({"grouping": "world", "group": world, "area": codes}))
    return pd.concat(parts, ignore_index=True)
