"""Complementary suppression: withheld estimates that no subtraction among the published ones gives back."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from analysis.estimation.design import TOTAL
from analysis.estimation.grouping import Groups, radix
from analysis.estimation.reliability import NO_CASES, PROTECTS, SUPPRESSED, withhold
from analysis.indicators import IDENTITIES

STEPS, CLOSE, FREE = 20_000, 1e-12, 1e-7
"""Most steps of the projection; its relative misfit at the end; what counts as other than 0 in it."""


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
    null space of :math:`A`: there a random vector, projected on it by conjugate gradients, is 0. While one
    is, the unsuppressed cell with the fewest cases in one of its relations is suppressed too, first where a
    cell is suppressed alone. Bounds that follow from counts being positive are not guarded against.

    References
    ----------
    Hundepool and others (2012), Statistical Disclosure Control, chapter 4.
    """
    if "status" not in estimates:
        raise ValueError("suppress_complements: no column 'status'; call flag_reliability first")
    keys = ["indicator", *(["variant"] if "variant" in estimates else []), *by]
    codes = [pd.factorize(estimates[key].astype(object), use_na_sentinel=False) for key in keys]
    shape = [len(values) for _, values in codes]
    key = radix([code for code, _ in codes], shape, len(estimates))
    if len(np.unique(key)) < len(estimates):
        named = ", ".join(keys)
        raise ValueError(f"suppress_complements: a domain occurs twice; expected one row for each {named}")
    suppressed = (estimates["status"] == SUPPRESSED).to_numpy().copy()
    if not suppressed.any():
        return estimates.copy()
    closed = (estimates["status"] == NO_CASES).to_numpy()
    relations = Relations.of(dict(zip(keys, codes, strict=True)), by, identities)
    withholding = Withholding(relations, suppressed, closed, estimates["n"].to_numpy())
    withholding.complete()
    further = withholding.suppressed & (estimates["status"] != SUPPRESSED).to_numpy()
    flagged = estimates.assign(status=np.where(further, SUPPRESSED, estimates["status"]))
    if "status_rule" in flagged:
        flagged["status_rule"] = np.where(further, PROTECTS, flagged["status_rule"])
    return withhold(flagged, further)


@dataclass(frozen=True, eq=False)
class Relations:
    """Linear relations between cells: one row a relation, one column a cell."""

    matrix: sparse.csr_array
    of_cells: sparse.csr_array

    @classmethod
    def of(
        cls,
        codes: dict[str, tuple[np.ndarray, np.ndarray]],
        by: Sequence[str],
        identities: Sequence[Sequence[str]],
    ) -> Relations:
        """Form the relations of a table, up to the sign and scale of each cell.

        Rates become additive when multiplied by their denominators, and totals change sign with each
        dimension added up, so every coefficient of a total is 1. An identity's coefficients depend on the
        data: unequal ones stand for them.
        """
        count = len(codes["indicator"][0])
        rows, cells, values, number = [], [], [], 0
        for member, value, lines in _lines(codes, by, identities):
            rows.append(lines + number)
            cells.append(member)
            values.append(value)
            number += int(lines.max(initial=-1)) + 1
        place = (np.concatenate(rows), np.concatenate(cells)) if rows else (np.zeros(0, int),) * 2
        matrix = sparse.csr_array((np.concatenate(values or [np.zeros(0)]), place), shape=(number, count))
        return cls(matrix, sparse.csr_array(matrix.T))

    def cells(self, relation: int) -> np.ndarray:
        """Return the cells of a relation."""
        return self.matrix.indices[self.matrix.indptr[relation] : self.matrix.indptr[relation + 1]]

    def around(self, cell: int) -> np.ndarray:
        """Return the relations of a cell."""
        return self.of_cells.indices[self.of_cells.indptr[cell] : self.of_cells.indptr[cell + 1]]


def _lines(
    codes: dict[str, tuple[np.ndarray, np.ndarray]], by: Sequence[str], identities: Sequence[Sequence[str]]
) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Yield cells, their coefficients and the relations that they belong to, numbered from 0."""

    def grouped(left_out: str, rows: np.ndarray) -> Groups:
        others = [(code[rows], len(values)) for key, (code, values) in codes.items() if key != left_out]
        shape = [size for _, size in others]
        return Groups.of(radix([code for code, _ in others], shape, len(rows)), int(np.prod(shape)))

    def numbered(groups: Groups, kept: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return kept[groups.index], (np.cumsum(kept) - 1)[groups.index]

    every = np.arange(len(codes["indicator"][0]))
    for dimension in by:
        code, values = codes[dimension]
        groups = grouped(dimension, every)
        total = groups.sum((values == TOTAL)[code].astype(float)) > 0
        inside, line = numbered(groups, total & (np.bincount(groups.index) > 1))
        yield every[inside], np.ones(inside.sum()), line[inside]
    code, values = codes["indicator"]
    for identity in identities:
        place = np.array([identity.index(v) if v in identity else -1 for v in values])[code]
        rows = np.flatnonzero(place >= 0)
        groups = grouped("indicator", rows)
        inside, line = numbered(groups, np.bincount(groups.index) == len(identity))
        yield rows[inside], 1.0 + 0.618 * place[rows[inside]], line[inside]


class Withholding:
    """Cells withheld one after the other, until none follows from the rest.

    Parameters
    ----------
    relations : Relations
        Between the cells.
    suppressed, closed : numpy.ndarray of bool
        Cells withheld, and cells that cannot be, because they are known to be empty.
    cases : numpy.ndarray
        Unweighted cases of each cell.
    """

    def __init__(self, relations: Relations, suppressed: np.ndarray, closed: np.ndarray, cases: np.ndarray):
        self.relations, self.suppressed, self.closed, self.cases = relations, suppressed, closed, cases
        counts = (relations.matrix != 0).astype(np.int64) @ suppressed.astype(np.int64)
        self.counts = np.asarray(counts)
        self.waiting = deque(np.flatnonzero(self.counts == 1))

    def complete(self) -> None:
        """Withhold cells until none is disclosed, or nothing is published around those that are."""
        self._pair()
        while (disclosed := self.disclosed()).size:
            before = self.counts.copy()
            for cell in disclosed:
                around = self.relations.around(cell)
                if (self.counts[around] > before[around]).any():
                    continue  # another cell's complement may protect it already
                if not self._withhold_one_of(around):
                    self._withhold_one_of(np.flatnonzero(self.counts))
                self._pair()
            if (self.counts == before).all():
                return

    def _pair(self) -> None:
        """Withhold a second cell wherever a relation has only one."""
        while self.waiting:
            relation = self.waiting.popleft()
            if self.counts[relation] == 1:
                self._withhold_one_of([int(relation)])

    def _withhold_one_of(self, relations: Sequence[int] | np.ndarray) -> bool:
        """Withhold the open cell with the fewest cases in some relations; return whether there is one."""
        candidates = np.unique(
            np.concatenate([self.relations.cells(r) for r in relations] or [np.zeros(0, int)])
        )
        candidates = candidates[~self.suppressed[candidates] & ~self.closed[candidates]]
        if not candidates.size:
            return False
        cell = candidates[np.argmin(self.cases[candidates])]
        self.suppressed[cell] = True
        for relation in self.relations.around(cell):
            self.counts[relation] += 1
            if self.counts[relation] == 1:
                self.waiting.append(relation)
        return True

    def disclosed(self) -> np.ndarray:
        """Return the suppressed cells that the relations determine."""
        cells = np.flatnonzero(self.suppressed)
        matrix = self.relations.matrix[np.flatnonzero(self.counts)][:, cells]
        return cells[np.abs(_null_vector(sparse.csr_array(matrix))) <= FREE]


def _null_vector(matrix: sparse.csr_array) -> np.ndarray:
    """Return a random vector projected on the null space of a matrix, by conjugate gradients.

    Raises
    ------
    ArithmeticError
        When the projection does not come to an end.
    """
    scale = 1 / np.sqrt(np.maximum(matrix.multiply(matrix).sum(axis=1), 1e-300))
    matrix = sparse.csr_array(sparse.diags_array(scale) @ matrix)
    across = sparse.csr_array(matrix.T)
    start = np.random.default_rng(20200331).normal(size=matrix.shape[1])
    solution, misfit = np.zeros(matrix.shape[0]), matrix @ start
    direction, size = misfit.copy(), misfit @ misfit
    wanted = CLOSE**2 * max(size, 1.0)
    for _ in range(STEPS):
        if size <= wanted:
            return start - across @ solution
        ahead = matrix @ (across @ direction)
        step = size / (direction @ ahead)
        solution += step * direction
        misfit -= step * ahead
        before, size = size, misfit @ misfit
        direction = misfit + size / before * direction
    raise ArithmeticError(
        f"suppress_complements: {matrix.shape[1]} cells in {matrix.shape[0]} relations did not settle "
        f"after {STEPS} steps; ask for fewer dimensions at a time"
    )
