"""Which rates of a whole the published rates of its parts leave open, whatever the parts weigh."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

CellSet = frozenset[Hashable]


@dataclass(frozen=True)
class KnownRate:
    """A published rate: of the cells together it lies between two ends, in per cent, as rounding allows."""

    cells: CellSet
    low: float
    high: float


@dataclass(frozen=True)
class KnownWeight:
    """A weight that is taken as known: that of the cells together lies between two ends."""

    cells: CellSet
    low: float
    high: float


def attainable_rate(
    rates: Sequence[KnownRate], weights: Sequence[KnownWeight], target: Iterable[Hashable]
) -> tuple[float, float] | None:
    r"""Return the lowest and the highest rate that some cells can have together.

    Parameters
    ----------
    rates : sequence of KnownRate
        Published rates of cells (a region's women of 15 to 24) and of sets of cells (its women of all ages).
    weights : sequence of KnownWeight
        Weights of cells or sets of cells that are taken as known; at least one.
    target : iterable
        The cells whose rate is asked for.

    Returns
    -------
    tuple of float, or None
        Per cent. None where the rates and weights contradict each other: no weights of cells give all rates.

    Raises
    ------
    ValueError
        When no cell is asked for, or one that no rate is of.

    Notes
    -----
    With a weight :math:`L_c \ge 0` and a count :math:`0 \le U_c \le L_c` for each cell, every published rate
    is :math:`l \sum L \le 100 \sum U \le h \sum L`, which is linear. The target's rate is a ratio of two
    linear forms; scaling its denominator to one makes a linear programme of it (Charnes and Cooper 1962),
    solved once for either end. What lies outside the ends is refuted, whatever the cells weigh; what lies
    within is not.
    """
    from scipy.optimize import linprog

    target_cells = frozenset(target)
    groups = [*(rate.cells for rate in rates), *(known.cells for known in weights)]
    cells = sorted(frozenset().union(*groups), key=repr)
    if not target_cells or not target_cells <= set(cells):
        raise ValueError(
            f"attainable_rate: no rate of {sorted(map(repr, target_cells - set(cells))) or 'any cell'}"
        )
    size = len(cells)
    place = {cell: number for number, cell in enumerate(cells)}

    def row(weight: float, count: float, of: Iterable[Hashable], scale: float = 0.0) -> np.ndarray:
        coefficients = np.zeros(2 * size + 1)
        for cell in of:
            coefficients[place[cell]], coefficients[size + place[cell]] = weight, count
        coefficients[-1] = scale
        return coefficients

    below = [row(-1.0, 1.0, [cell]) for cell in cells]
    for rate in rates:
        below += [row(rate.low / 100, -1.0, rate.cells), row(-rate.high / 100, 1.0, rate.cells)]
    for known in weights:
        below += [row(-1.0, 0.0, known.cells, known.low), row(1.0, 0.0, known.cells, -known.high)]
    ends = []
    for sign in (1.0, -1.0):
        solved = linprog(
            row(0.0, sign, target_cells),
            A_ub=np.array(below),
            b_ub=np.zeros(len(below)),
            A_eq=row(1.0, 0.0, target_cells)[np.newaxis],
            b_eq=[1.0],
            bounds=(0, None),
            method="highs",
        )
        if solved.status == 2:
            return None
        if solved.status != 0:
            raise ValueError(f"attainable_rate: {solved.message}")
        ends.append(100 * sign * solved.fun)
    return ends[0], ends[1]
