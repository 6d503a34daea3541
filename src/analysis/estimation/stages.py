"""Stages of sampling with finite population corrections, and variances of totals over them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from analysis.estimation.grouping import Groups

CERTAIN = 1e-7
"""A stratum of which all but this share was drawn has no sampling error, as in R's survey package."""

TOGETHER = 2**17
"""Numbers of a matrix of domains by units that are taken at once, as many as a processor's cache holds."""


@dataclass(frozen=True, eq=False)
class StageUnits:
    """The units of one stage.

    Parameters
    ----------
    parent : numpy.ndarray of int
        Each unit's unit at the stage before; 0 at the first.
    stratum : numpy.ndarray of int
        Each unit's stratum, rising.
    size : numpy.ndarray of int
        Number of units drawn in each stratum.
    remaining : numpy.ndarray of float
        Share of the stratum's units that were not drawn; 1 without a finite population correction.
    factor : numpy.ndarray of float
        Share drawn of everything at the stages before, by stratum.
    """

    parent: np.ndarray
    stratum: np.ndarray
    size: np.ndarray
    remaining: np.ndarray
    factor: np.ndarray

    @property
    def lonely(self) -> np.ndarray:
        """The strata of a single unit that was not drawn with certainty."""
        return (self.size == 1) & (self.remaining > CERTAIN)

    def variance(self, totals: np.ndarray, rule: str, present: np.ndarray | None = None) -> np.ndarray:
        r"""Return what this stage adds to the variance of totals.

        Parameters
        ----------
        totals : numpy.ndarray, one row a domain, one column a unit
            :math:`t_{hj}`, the weighted totals of the linearized variable.
        rule : str
            What to do with a stratum of one unit, as in `estimate_domains`.
        present : numpy.ndarray of bool, one row a domain, one column a stratum, optional
            Where the domain has persons, for ``average``.

        Returns
        -------
        numpy.ndarray
            :math:`\sum_h \pi_h (1 - f_h) \frac{n_h}{n_h - 1} \sum_j (t_{hj} - \bar t_h)^2`, :math:`\pi_h` the
            share drawn at the stages before.

        References
        ----------
        Särndal, Swensson and Wretman (1992), Model Assisted Survey Sampling, section 4.3; R package survey,
        ``svyrecvar``.
        """
        scale = np.where(self.size > 1, self.size / np.maximum(self.size - 1, 1), 0.0) * self.remaining
        if rule == "adjust":
            scale = np.where(self.lonely, self.remaining, scale)
        scale = np.where(self.remaining > CERTAIN, scale * self.factor, 0.0)
        starts, added = np.cumsum(self.size) - self.size, np.empty(len(totals))
        together = max(1, TOGETHER // max(1, len(self.stratum)))
        for first in range(0, len(totals), together):
            some = totals[first : first + together]
            means = np.add.reduceat(some, starts, axis=1) / self.size
            squares = np.add.reduceat((some - means[:, self.stratum]) ** 2, starts, axis=1)
            if rule == "adjust":
                squares = np.where(self.lonely, means**2, squares)
            added[first : first + together] = squares @ scale
        if rule != "average" or present is None or not self.lonely.any():
            return added
        usable = (present & ~self.lonely).sum(axis=1)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(usable > 0, added * present.sum(axis=1) / usable, np.nan)

    def above(self, totals: np.ndarray) -> np.ndarray:
        """Add up totals of units to those of the stage before."""
        count = int(self.parent.max()) + 1
        into = (np.ones(len(self.parent)), (np.arange(len(self.parent)), self.parent))
        return totals @ sparse.csr_array(into, shape=(len(self.parent), count))


def first_level(unit: np.ndarray, stratum: np.ndarray, fpc: np.ndarray | None, name: str) -> StageUnits:
    """Return the first stage.

    Parameters
    ----------
    unit : numpy.ndarray of int
        Each person's PSU.
    stratum : numpy.ndarray of int
        Each PSU's stratum.
    fpc : numpy.ndarray of float, optional
        Each person's finite population correction.
    name : str
        Its column, for messages.
    """
    size = np.bincount(stratum)
    remaining = np.ones(len(size)) if fpc is None else _remaining(stratum[unit], size, fpc, name)
    return StageUnits(np.zeros(len(stratum), dtype=np.int64), stratum, size, remaining, np.ones(len(size)))


def next_level(
    before: StageUnits,
    parent: np.ndarray,
    code: np.ndarray,
    stratum: np.ndarray | None,
    fpc: np.ndarray | None,
    name: str,
) -> tuple[StageUnits, np.ndarray]:
    """Return a further stage, and each person's unit at it.

    Parameters
    ----------
    before : StageUnits
        The stage before.
    parent : numpy.ndarray of int
        Each person's unit at the stage before.
    code, stratum : numpy.ndarray of int
        Each person's code of unit and, optionally, of stratum within the unit before.
    fpc : numpy.ndarray of float, optional
        Each person's finite population correction.
    name : str
        Its column, for messages.
    """
    strata = np.zeros(len(parent), dtype=np.int64) if stratum is None else stratum
    of_strata = Groups.of(parent * (strata.max() + 1) + strata, (parent.max() + 1) * (strata.max() + 1))
    units = Groups.of(of_strata.index * (code.max() + 1) + code, len(of_strata.codes) * (code.max() + 1))
    of_unit = np.zeros(len(units.codes), dtype=np.int64)
    of_unit[units.index] = of_strata.index
    above = np.zeros(len(units.codes), dtype=np.int64)
    above[units.index] = parent
    size = np.bincount(of_unit)
    over = np.zeros(len(size), dtype=np.int64)
    over[of_unit] = above
    drawn = before.factor * (1 - before.remaining)
    remaining = np.ones(len(size)) if fpc is None else _remaining(of_strata.index, size, fpc, name)
    return StageUnits(above, of_unit, size, remaining, drawn[before.stratum[over]]), units.index


def _remaining(stratum: np.ndarray, size: np.ndarray, fpc: np.ndarray, name: str) -> np.ndarray:
    """Return the share not drawn of each stratum, from each person's stratum and correction."""
    if not np.all(fpc > 0):
        raise ValueError(
            f"survey design: {name!r} is missing or not positive for {int((~(fpc > 0)).sum())} persons; "
            "expected the number of units in the population, or the share drawn"
        )
    least, most = np.full(len(size), np.inf), np.zeros(len(size))
    np.minimum.at(least, stratum, fpc)
    np.maximum.at(most, stratum, fpc)
    if (least != most).any():
        raise ValueError(
            f"survey design: {name!r} differs within {int((least != most).sum())} strata; expected one "
            "value in each"
        )
    if (fpc <= 1).all():
        return 1 - least
    if (least < size).any():
        raise ValueError(
            f"survey design: {name!r} is below the number of units drawn in {int((least < size).sum())} "
            "strata; expected at least as many in the population (or shares drawn, none above 1)"
        )
    return 1 - size / least
