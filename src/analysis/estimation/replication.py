"""Replicate weights: their constants by method, and variances from the estimates that they give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

METHODS = ("brr", "fay", "jk1", "jkn", "bootstrap", "sdr")
"""Balanced repeated replication and Fay's variant; jackknife without strata and with them; bootstrap;
successive differences."""

SMALL = 1e-5
"""Singular values below this share of the largest are 0, as in R's ``degf``."""

SMOOTH_ONLY = ("jk1", "jkn")
"""Methods that fail for statistics that are not smooth, such as shares below a line that is a quantile."""


@dataclass(frozen=True)
class Replicates:
    r"""Columns of replicate weights, as public files ship them instead of strata and PSUs.

    Parameters
    ----------
    columns : sequence of str
        The replicate weights, each a full set of weights; with `factors`, multipliers of the weight.
    method : {"brr", "fay", "jk1", "jkn", "bootstrap", "sdr"}
        How they were made, as the survey's documentation says.
    fay : float
        Fay's coefficient :math:`\rho`, from 0 to below 1; only with ``fay``.
    scale : float, optional
        Constant :math:`c` of the variance; by default :math:`1/R` for ``brr``, :math:`1/(R(1-\rho)^2)` for
        ``fay``, :math:`(R-1)/R` for ``jk1``, 1 for ``jkn``, :math:`1/(R-1)` for ``bootstrap`` and
        :math:`4/R` for ``sdr``.
    coefficients : sequence of float, optional
        Constants :math:`c_r` of the replicates; ``jkn`` needs them, :math:`(n_h-1)/n_h` of the stratum from
        which the replicate leaves a PSU out. 1 by default.
    about : {"mean", "estimate"}
        Whether deviations are taken from the mean of the replicates (as R's ``survey`` does unless told
        otherwise) or from the estimate by the full weights (R's ``mse = TRUE``).
    factors : bool
        Whether the columns multiply the weight instead of replacing it.
    degrees_of_freedom : int, optional
        As the documentation says; by default the rank of the replicate weights, less one.

    Raises
    ------
    ValueError
        For a method, constant or number of columns that cannot be.
    """

    columns: Sequence[str]
    method: str
    fay: float = 0.0
    scale: float | None = None
    coefficients: Sequence[float] | None = None
    about: str = "mean"
    factors: bool = False
    degrees_of_freedom: int | None = None

    def __post_init__(self):
        stated = f"replicates: method={self.method!r}"
        if self.method not in METHODS:
            raise ValueError(f"{stated} is not known; expected one of {', '.join(METHODS)}")
        if isinstance(self.columns, str) or len(self.columns) < 2:
            raise ValueError(f"replicates: columns={self.columns!r}; expected two names or more")
        if len(set(self.columns)) < len(self.columns):
            raise ValueError("replicates: a column is named twice; expected distinct columns")
        if self.about not in ("mean", "estimate"):
            raise ValueError(f"replicates: about={self.about!r}; expected 'mean' or 'estimate'")
        if (self.method == "fay") != (self.fay != 0) or not 0 <= self.fay < 1:
            raise ValueError(
                f"{stated} with fay={self.fay!r}; expected a coefficient above 0 and below 1 with method "
                "'fay', and none with any other"
            )
        if self.method == "jkn" and self.coefficients is None:
            raise ValueError(
                f"{stated} without coefficients; expected (n_h - 1) / n_h for each replicate, of the "
                "stratum from which it leaves a PSU out"
            )
        if self.coefficients is not None and len(self.coefficients) != len(self.columns):
            raise ValueError(
                f"replicates: {len(self.coefficients)} coefficients for {len(self.columns)} columns; "
                "expected one each"
            )

    @property
    def constant(self) -> float:
        """The constant of the variance: `scale`, or that of the method."""
        number = len(self.columns)
        if self.scale is not None:
            return self.scale
        return {
            "brr": 1 / number,
            "fay": 1 / (number * (1 - self.fay) ** 2),
            "jk1": (number - 1) / number,
            "jkn": 1.0,
            "bootstrap": 1 / (number - 1),
            "sdr": 4 / number,
        }[self.method]

    def variance(self, deviations: np.ndarray) -> np.ndarray:
        r"""Return variances from the replicates' departures from the full estimates.

        Parameters
        ----------
        deviations : numpy.ndarray, one row a domain, one column a replicate
            :math:`\hat\theta_r - \hat\theta`. Where a replicate has no value the variance is missing.

        Returns
        -------
        numpy.ndarray
            :math:`c \sum_r c_r (\hat\theta_r - \bar\theta)^2`, :math:`\bar\theta` the mean over replicates
            with :math:`c_r > 0`, or :math:`\hat\theta` (`about`).

        References
        ----------
        Wolter (2007), Introduction to Variance Estimation, chapters 3 to 5; Fay and Train (1995) for
        successive differences; R package survey, ``svrVar``.
        """
        coefficients = (
            np.ones(len(self.columns)) if self.coefficients is None else np.asarray(self.coefficients)
        )
        if self.about == "mean":
            deviations = deviations - deviations[:, coefficients > 0].mean(axis=1, keepdims=True)
        return self.constant * (deviations**2 @ coefficients)


def rank_of_matrix(weights: Sequence[np.ndarray] | np.ndarray) -> int:
    """Return the rank of a matrix given by its columns, many rows of it added up by chance.

    Four sums of rows for each column keep the rank but for rows that conspire; the seed is fixed.
    """
    rows, columns = len(weights[0]), len(weights)
    if rows > 8 * columns:
        place = chance(rows, 4 * columns)
        weights = [np.bincount(place, weights=weight, minlength=4 * columns) for weight in weights]
    matrix = np.asarray(weights, dtype=np.float64)
    products = matrix @ matrix.T
    if _of_full_rank(products):
        return columns
    squared = np.linalg.eigvalsh(products)
    return int((squared > SMALL**2 * squared[-1]).sum())


def _of_full_rank(products: np.ndarray) -> bool:
    """Whether every eigenvalue surely counts: those above a share of their sum are above that of the largest.

    A Cholesky factor, which exists for positive eigenvalues only, takes a tenth of the time of these.
    """
    lowered = products.copy()
    lowered[np.diag_indices_from(lowered)] -= SMALL**2 * np.trace(products)
    try:
        np.linalg.cholesky(lowered)
    except np.linalg.LinAlgError:
        return False
    return True


def chance(rows: int, places: int) -> np.ndarray:
    """Return a place for each row, drawn by a fixed seed."""
    return np.random.default_rng(20200331).integers(0, places, rows)
