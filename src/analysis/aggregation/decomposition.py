"""A change of a group's rate, taken apart: what its members' rates moved, and what their shares moved."""

from __future__ import annotations

import pandas as pd


def decompose(before: pd.DataFrame, after: pd.DataFrame, *, weight: str) -> pd.DataFrame:
    r"""Take a change of a weighted mean apart into the rates' part and the composition's part.

    Parameters
    ----------
    before, after : pandas.DataFrame
        Columns ``area``, ``value`` and the weights; the same areas, each once.
    weight : str
        Column of weights, such as the labour force; only their shares count.

    Returns
    -------
    pandas.DataFrame
        A row for each area: ``rates``, :math:`\tfrac12 (s_0 + s_1)(r_1 - r_0)`, ``composition``,
        :math:`\tfrac12 (r_0 + r_1 - R_0 - R_1)(s_1 - s_0)`, with shares :math:`s` and the whole's rates
        :math:`R`, and ``change``, their sum. All the changes add to the change of the whole; taking the
        whole's rates off moves nothing between the parts, and makes an area that grows below the average
        lower the rate.

    Raises
    ------
    ValueError
        When the areas differ, one is listed twice, or a value or a weight is missing.

    References
    ----------
    Kitagawa, E. M. (1955), Components of a Difference Between Two Rates, Journal of the American Statistical
    Association 50 (272), 1168-1194.
    """
    tables = []
    for name, table in (("before", before), ("after", after)):
        rows = table.set_index("area")[["value", weight]].sort_index()
        if rows.index.has_duplicates:
            twice = ", ".join(rows.index[rows.index.duplicated()].unique()[:5])
            raise ValueError(f"decompose: {twice} twice in {name}; expected each area once")
        if rows.isna().any(axis=None):
            bare = ", ".join(rows.index[rows.isna().any(axis=1)][:5])
            raise ValueError(f"decompose: {bare} without a value or {weight} in {name}; leave it out of both")
        tables.append(rows)
    first, second = tables
    apart = sorted(set(first.index) ^ set(second.index))
    if apart:
        raise ValueError(
            f"decompose: {', '.join(apart[:10])} in one of the two only; give both the same areas"
        )
    shares = [rows[weight] / rows[weight].sum() for rows in tables]
    wholes = [(rows["value"] * share).sum() for rows, share in zip(tables, shares, strict=True)]
    moved = second["value"] - first["value"]
    level = first["value"] + second["value"] - sum(wholes)
    parts = pd.DataFrame(
        {
            "rates": (shares[0] + shares[1]) / 2 * moved,
            "composition": level / 2 * (shares[1] - shares[0]),
        }
    )
    return parts.assign(change=parts.sum(axis=1)).reset_index()
