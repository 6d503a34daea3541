"""What one vintage changed of another: every cell that both give, and how far revisions go on the whole."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

WORLD = "World"
"""Area of each service's World, once two services are compared."""

SPANS = (0, 2, 5, 10)
"""First horizons, in years, of the spans that a short table tells; projections stand before them."""
PROJECTED = -1

LINE = ["indicator", "area", "sex", "age"]
KEYS = [*LINE, "period"]


def with_shared_world(observations: pd.DataFrame, world: str) -> pd.DataFrame:
    """Return a vintage's rows with its World under the name that all services share here."""
    return observations.assign(area=observations["area"].where(observations["area"] != world, WORLD))


def revise(before: pd.DataFrame, after: pd.DataFrame, *, edition: int) -> pd.DataFrame:
    r"""Set two vintages beside each other, cell by cell.

    Parameters
    ----------
    before, after : pandas.DataFrame
        Tidy rows of an earlier and a later vintage, the World under one name (`with_shared_world`).
    edition : int, year
        Of the earlier vintage's edition, from which horizons count.

    Returns
    -------
    pandas.DataFrame
        A row for each cell (indicator, area, sex, age, period) that both give on like terms: ``before``,
        ``after``, ``revision`` :math:`= a - b`, ``rounding`` (the most that rounding in both can make of it,
        :math:`(10^{-d_b} + 10^{-d_a}) / 2`), ``moved`` (by more than that), ``horizon`` (years from the
        period to the edition; negative for a projection), and the vintages. What a country reports is not
        set beside what is modelled for it: such cells are left out, and counted in the frame's
        ``attrs["unlike"]``; ``attrs["only_before"]`` and ``attrs["only_after"]`` count cells that one
        vintage has and the other has not.
    """
    columns = [*KEYS, "value", "decimals", "basis", "unit", "vintage"]
    both = before[columns].merge(
        after[columns], on=KEYS, how="outer", suffixes=("_before", "_after"), indicator=True
    )
    shared = both[both["_merge"] == "both"]
    reported = [shared[f"basis_{side}"] == "reported" for side in ("before", "after")]
    unlike = (reported[0] != reported[1]) | (shared["unit_before"] != shared["unit_after"])
    cells = shared[~unlike].rename(
        columns={"value_before": "before", "value_after": "after", "unit_before": "unit"}
    )
    cells = cells.assign(
        revision=(cells["after"] - cells["before"]).round(12),
        rounding=(10.0 ** -cells["decimals_before"] + 10.0 ** -cells["decimals_after"]) / 2,
        horizon=edition - cells["period"].str[:4].astype(int),
    )
    cells["moved"] = cells["revision"].abs() > cells["rounding"] * (1 + 1e-9)
    kept = [*KEYS, "before", "after", "unit", "revision", "rounding", "moved", "horizon"]
    cells = cells[[*kept, "vintage_before", "vintage_after"]].sort_values(KEYS, ignore_index=True)
    cells.attrs.update(
        unlike=int(unlike.sum()),
        only_before=int((both["_merge"] == "left_only").sum()),
        only_after=int((both["_merge"] == "right_only").sum()),
    )
    return cells


def one_sided(before: pd.DataFrame, after: pd.DataFrame) -> dict[str, tuple[list[str], list[str]]]:
    """Return what only one of two vintages has: a series that was discontinued, a country that was split.

    Parameters
    ----------
    before, after : pandas.DataFrame
        Tidy rows of an earlier and a later vintage, the World under one name (`with_shared_world`).

    Returns
    -------
    dict of str to tuple of list of str
        ``indicator``: those of the earlier vintage alone, and of the later one alone. ``area``: the same of
        areas, by the indicators of both; a service's own groups, behind its prefix, only where the other
        vintage has groups of that service.
    """
    indicators = [set(rows["indicator"]) for rows in (before, after)]
    shared = indicators[0] & indicators[1]
    areas = [set(rows.loc[rows["indicator"].isin(shared), "area"]) for rows in (before, after)]
    prefixes = [{area.partition(":")[0] for area in side if ":" in area} | {WORLD} for side in areas]
    lone = [
        [area for area in side - other if ":" not in area or area.partition(":")[0] in known]
        for side, other, known in zip(areas, areas[::-1], prefixes[::-1], strict=True)
    ]
    return {
        "indicator": (sorted(indicators[0] - shared), sorted(indicators[1] - shared)),
        "area": (sorted(lone[0]), sorted(lone[1])),
    }


def summary_of_revisions(cells: pd.DataFrame, by: Sequence[str] = ("indicator",)) -> pd.DataFrame:
    r"""Summarize revisions.

    Parameters
    ----------
    cells : pandas.DataFrame
        As `revise` returns them.
    by : sequence of str
        Columns to summarize by, such as ``indicator`` and ``horizon``.

    Returns
    -------
    pandas.DataFrame
        A row for each combination: ``cells``, ``moved`` (more than rounding can), ``mean`` revision
        (the bias, percentage points), ``standard_error`` :math:`s / \sqrt n` of it (as if cells were
        independent, which neighbours are not), ``mean_absolute``, ``largest`` in absolute terms, ``up``
        (per cent of the moved cells) and ``turned`` (per cent of the year-on-year changes, where neither
        vintage stands still, that go the other way).
    """
    keys = list(by)
    turned = _turned(cells)
    rows = []
    for values, part in cells.groupby(keys, sort=True):
        revisions = part["revision"]
        moved = part[part["moved"]]
        turns = turned.loc[part.index].dropna()
        rows.append(
            {
                **dict(zip(keys, values, strict=True)),
                "cells": len(part),
                "moved": len(moved),
                "mean": revisions.mean(),
                "standard_error": revisions.std() / np.sqrt(len(part)),
                "mean_absolute": revisions.abs().mean(),
                "largest": revisions.loc[revisions.abs().idxmax()],
                "up": 100 * (moved["revision"] > 0).mean() if len(moved) else np.nan,
                "turned": 100 * turns.astype(float).mean() if len(turns) else np.nan,
            }
        )
    return pd.DataFrame(rows)


def by_span(cells: pd.DataFrame) -> pd.DataFrame:
    """Summarize revisions by indicator and by spans of horizons, of the indicators that moved at all.

    Parameters
    ----------
    cells : pandas.DataFrame
        As `revise` returns them.

    Returns
    -------
    pandas.DataFrame
        As `summary_of_revisions` returns it, with ``span``: the first horizon of one of `SPANS`, or
        `PROJECTED`. Cells that did not move count as well.
    """
    moving = cells[cells.groupby("indicator")["moved"].transform("any")]
    place = np.searchsorted(SPANS, moving["horizon"], side="right") - 1
    starts = np.where(place < 0, PROJECTED, np.take(SPANS, np.maximum(place, 0)))
    return summary_of_revisions(moving.assign(span=starts), ("indicator", "span"))


def _turned(cells: pd.DataFrame) -> pd.Series:
    """Tell for each cell whether its change from the year before has another sign in the later vintage."""
    ordered = cells.assign(year=cells["period"].str[:4].astype(int)).sort_values([*LINE, "year"])
    groups = ordered.groupby(LINE, sort=False)
    follows = groups["year"].diff() == 1
    signs = [np.sign(groups[side].diff().round(12)) for side in ("before", "after")]
    moves = follows & (signs[0] != 0) & (signs[1] != 0)
    return (signs[0] != signs[1]).where(moves).reindex(cells.index)
