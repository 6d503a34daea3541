"""How far missing members may move a rate: all of them at the lowest rate observed, or at the highest."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

import pandas as pd


def bound_rates(
    rates: pd.DataFrame, groups: pd.DataFrame, *, weight: str, by: Sequence[str] = ("period",)
) -> pd.DataFrame:
    r"""Bound each group's rate by giving every missing member the lowest, then the highest rate observed.

    Parameters
    ----------
    rates : pandas.DataFrame
        Columns ``area``, those of `by`, ``value`` and the weights: one row for each member and combination of
        `by` that has a weight; a missing ``value`` is a member that does not report.
    groups : pandas.DataFrame
        Columns ``group, area`` and ``grouping`` if there is one.
    weight : str
        Column of weights: of the missing members, too.
    by : sequence of str
        Further keys.

    Returns
    -------
    pandas.DataFrame
        A row for each group and combination of `by`: ``value`` of the members that report, ``low`` and
        ``high``, ``weight_missing`` (the missing members' share of the weight, per cent) and ``missing``
        (their codes). With observed weight :math:`W_o`, rate :math:`r_o` and missing weight :math:`W_m`,
        low is :math:`(r_o W_o + \min_i r_i W_m) / (W_o + W_m)`. All are missing where no member reports.

    Notes
    -----
    The bounds hold where the missing lie within the observed. Rich countries in which nobody asks about
    poverty do not: their rate may be below every one observed.

    Raises
    ------
    ValueError
        When a member has no weight: nothing bounds what it may move.
    """
    own = [name for name in ("grouping", "group") if name in groups.columns]
    periods = rates[list(by)].drop_duplicates()
    spread = groups[[*own, "area"]].merge(periods, how="cross")
    spread = spread.merge(rates[["area", *by, "value", weight]], on=["area", *by], how="left")
    bare = spread[spread[weight].isna()]
    if len(bare):
        raise ValueError(
            f"bounds: no {weight} for {', '.join(bare['area'].unique()[:10])}; a member without a weight "
            "cannot be bounded: leave it out of the group, or impute its weight"
        )
    rows = []
    for keys, members in spread.groupby([*own, *by], sort=False, dropna=False):
        present = members[members["value"].notna()]
        absent = members[members["value"].isna()]
        whole, lacking = fsum(members[weight]), fsum(absent[weight])
        sums = fsum(present["value"] * present[weight])
        some = len(present) > 0 and whole > lacking
        rows.append(
            {
                **dict(zip((*own, *by), keys, strict=True)),
                "value": sums / (whole - lacking) if some else float("nan"),
                "low": (sums + present["value"].min() * lacking) / whole if some else float("nan"),
                "high": (sums + present["value"].max() * lacking) / whole if some else float("nan"),
                "weight_missing": 100 * lacking / whole if whole else float("nan"),
                "missing": " ".join(sorted(absent["area"])),
            }
        )
    return pd.DataFrame(rows)
