"""Complementary suppression: withheld estimates that no subtraction among the published ones gives back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from analysis.estimation.design import TOTAL
from analysis.estimation.reliability import NO_CASES, SUPPRESSED, withhold
from analysis.indicators import IDENTITIES


def suppress_complements(
    estimates: pd.DataFrame, by: Sequence[str], identities: Sequence[Sequence[str]] = IDENTITIES
) -> pd.DataFrame:
    """Suppress further estimates until no suppressed one follows from those that are published.

    Parameters
    ----------
    estimates : pandas.DataFrame
        Flagged by `flag_reliability`; one row for each indicator and domain, with totals under ``_T``.
    by : sequence of str
        The dimensions of the domains.
    identities : sequence of sequences of str
        Indicators that determine one another in every domain, such as the unemployment rate, the employment
        ratio and the participation rate.

    Returns
    -------
    pandas.DataFrame
        The estimates with further ``Q`` rows, their numbers withheld. A domain without cases counts as
        published, since it is known to be empty.

    Raises
    ------
    ValueError
        When a domain occurs twice for an indicator, or ``status`` is missing.

    Notes
    -----
    Every total is the sum of its classes once the denominators are known, and every identity gives one
    indicator from the others. These are linear relations between the cells of the table; with :math:`A`
    their matrix restricted to the suppressed cells, a cell is disclosed exactly when it is 0 in the whole
    null space of :math:`A`. While one is, the unsuppressed cell with the fewest cases in one of its
    relations is suppressed too. Bounds that follow from counts being positive are not guarded against.

    References
    ----------
    Hundepool and others (2012), Statistical Disclosure Control, chapter 4.
    """
    if "status" not in estimates:
        raise ValueError("suppress_complements: no column 'status'; call flag_reliability first")
    keys = ["indicator", *(["variant"] if "variant" in estimates else []), *by]
    if estimates.duplicated(keys).any():
        named = ", ".join(keys)
        raise ValueError(f"suppress_complements: a domain occurs twice; expected one row for each {named}")
    suppressed = (estimates["status"] == SUPPRESSED).to_numpy().copy()
    if not suppressed.any():
        return estimates.copy()
    closed = (estimates["status"] == NO_CASES).to_numpy()
    relations = list(_relations(estimates, keys, by, identities))
    cases = estimates["n"].to_numpy()
    while disclosed := _disclosed(relations, suppressed):
        before = suppressed.sum()
        for cell in disclosed:
            _protect(cell, relations, suppressed, closed, cases, first=suppressed.sum() == before)
        if suppressed.sum() == before:  # nothing is published around these cells, so nothing gives them back
            break
    further = suppressed & (estimates["status"] != SUPPRESSED).to_numpy()
    flagged = estimates.assign(status=np.where(further, SUPPRESSED, estimates["status"]))
    return withhold(flagged, further)


Relation = dict[int, float]
"""Coefficients of a linear relation by the position of the cell."""


def _relations(
    estimates: pd.DataFrame, keys: Sequence[str], by: Sequence[str], identities: Sequence[Sequence[str]]
) -> Iterator[Relation]:
    """Yield the linear relations between cells, up to the sign and scale of each cell.

    Rates become additive when multiplied by their denominators, and totals change sign with each dimension
    added up, so every coefficient of a total is 1. An identity's coefficients depend on the data: unequal
    ones stand for them.
    """
    cells = estimates[list(keys)].astype(str).reset_index(drop=True)
    for dimension in by:
        others = [k for k in keys if k != dimension]
        for _, line in cells.groupby(others, sort=False):
            if (line[dimension] == TOTAL).any() and len(line) > 1:
                yield dict.fromkeys(line.index.to_list(), 1.0)
    for identity in identities:
        part = cells[cells["indicator"].isin(identity)]
        for _, tied in part.groupby([k for k in keys if k != "indicator"], sort=False):
            if len(tied) == len(identity):
                yield {cell: 1.0 + 0.618 * place for place, cell in enumerate(tied.index)}


def _protect(
    cell: int,
    relations: Sequence[Relation],
    suppressed: np.ndarray,
    closed: np.ndarray,
    cases: np.ndarray,
    *,
    first: bool,
) -> None:
    """Suppress the open cell with the fewest cases in a relation where the given cell stands alone.

    The first cell of a pass may look further, so that every pass protects some cell.
    """
    around = [r for r in relations if cell in r]
    alone = [r for r in around if not any(suppressed[c] for c in r if c != cell)]
    near = [r for r in relations if any(suppressed[c] for c in r)]
    for some in (alone, around, near) if first else (alone,):
        candidates = [c for r in some for c in r if not suppressed[c] and not closed[c]]
        if candidates:
            suppressed[min(candidates, key=lambda c: (cases[c], c))] = True
            return


def _disclosed(relations: Sequence[Relation], suppressed: np.ndarray) -> list[int]:
    """Return the suppressed cells that the relations determine."""
    active = [{c: value for c, value in r.items() if suppressed[c]} for r in relations]
    disclosed: list[int] = []
    for block in _connected([r for r in active if r]):
        cells = sorted({c for r in block for c in r})
        place = {c: i for i, c in enumerate(cells)}
        matrix = np.zeros((len(block), len(cells)))
        for row, relation in enumerate(block):
            matrix[row, [place[c] for c in relation]] = list(relation.values())
        _, singular, rows = np.linalg.svd(matrix)
        null = rows[int((singular > 1e-9).sum()) :]
        free = np.abs(null).max(axis=0, initial=0.0) > 1e-9
        disclosed += [c for c in cells if not free[place[c]]]
    return disclosed


def _connected(relations: list[Relation]) -> Iterator[list[Relation]]:
    """Split relations into blocks that share no cell."""
    home: dict[int, int] = {}
    blocks: dict[int, list[Relation]] = {}
    for number, relation in enumerate(relations):
        merged = {home[c] for c in relation if c in home}
        block = [relation]
        for m in sorted(merged):
            block += blocks.pop(m)
        blocks[number] = block
        for r in block:
            for c in r:
                home[c] = number
    yield from blocks.values()
