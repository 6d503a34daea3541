"""Calibration of weights to known totals (post-stratification, raking, linear, logit), and its residuals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Any

import numpy as np
from scipy import sparse

METHODS = ("linear", "raking", "logit")
FEWEST = 0.9
"""What known totals add up to at least, a person asked; 1 where weights are normalised, but for rounding."""
STEPS, CLOSE = 100, 1e-10
"""Most steps of the iteration; the relative misfit at which it ends."""


@dataclass(frozen=True)
class Calibration:
    r"""Known totals that weights are made to reproduce, or already do.

    Parameters
    ----------
    margins : mapping
        By column, or tuple of columns that are crossed, the population of each code (or tuple of codes); or
        one number, the total of a numeric column. With None instead the weights are taken to be calibrated
        to that margin already: they stay, and only the variance takes it into account.
    method : {"linear", "raking", "logit"}
        Distance between weights: linear (generalized regression; with a single margin, post-stratification),
        raking (never negative), or logit between `bounds`.
    bounds : (float, float), optional
        Least and greatest ratio of the new weight to the old. Needed for logit.

    Raises
    ------
    ValueError
        For a method or bounds that cannot be.

    References
    ----------
    Deville and Särndal (1992), Calibration estimators in survey sampling, Journal of the American Statistical
    Association 87.
    """

    margins: Mapping[str | tuple[str, ...], Mapping[Any, float] | float | None]
    method: str = "linear"
    bounds: tuple[float, float] | None = None

    def __post_init__(self):
        if self.method not in METHODS:
            raise ValueError(
                f"calibration: method={self.method!r} is not known; expected one of {', '.join(METHODS)}"
            )
        if not self.margins:
            raise ValueError("calibration: no margins; expected totals by column")
        low, high = self.bounds or (-inf, inf)
        if not low < 1 < high or (self.method == "logit" and self.bounds is None):
            raise ValueError(
                f"calibration: bounds={self.bounds!r} with method {self.method!r}; expected two ratios "
                "around 1, such as (0.5, 2), which logit needs"
            )

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the margins read."""
        return tuple(dict.fromkeys(c for key in self.margins for c in names(key)))

    def factors(self, x: sparse.csr_array, weights: np.ndarray, totals: np.ndarray) -> np.ndarray:
        r"""Return what each weight is multiplied by, so that :math:`\sum_i w_i g_i x_i` are the totals.

        Raises
        ------
        ValueError
            When no factors within the bounds reproduce the totals.
        """
        slopes = np.zeros(x.shape[1])
        for _ in range(STEPS):
            g, derivative = self._distance(x @ slopes)
            misfit = totals - x.T @ (weights * g)
            if np.all(np.abs(misfit) <= CLOSE * (1 + np.abs(totals))):
                return g
            change = _inverse(x, weights * derivative) @ misfit
            while not np.all(np.isfinite(self._distance(x @ (slopes + change))[0])):
                change /= 2
            slopes = slopes + change
        raise ValueError(
            f"calibration: {self.method} weights do not reproduce the totals after {STEPS} steps "
            f"(largest departure {np.abs(misfit).max():.6g}); expected margins that agree with each other"
            + (", and bounds wide enough" if self.bounds else "")
        )

    def _distance(self, u: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the ratio of weights and its derivative at the linear predictor."""
        low, high = self.bounds or (-inf, inf)
        if self.method == "logit":
            a = (high - low) / ((1 - low) * (high - 1))
            e = np.exp(np.clip(a * u, -700, 700))
            g = (low * (high - 1) + high * (1 - low) * e) / (high - 1 + (1 - low) * e)
            return g, (high - g) * (g - low) / ((1 - low) * (high - 1))
        with np.errstate(over="ignore"):
            g = 1 + u if self.method == "linear" else np.exp(u)
        slope = np.ones_like(u) if self.method == "linear" else g
        return np.clip(g, low, high), np.where((g > low) & (g < high), slope, 0.0)


def names(key: str | tuple[str, ...]) -> tuple[str, ...]:
    """Return the columns of a margin."""
    return (key,) if isinstance(key, str) else tuple(key)


def calibrators(
    calibration: Calibration, columns: Mapping[str, Sequence[Any]], weights: np.ndarray
) -> tuple[sparse.csr_array, np.ndarray]:
    """Return the calibration variables, one column a class of a margin or a number, and their totals.

    Parameters
    ----------
    calibration : Calibration
        The margins.
    columns : mapping of str to sequence
        The values of the columns that the margins read, by person.
    weights : numpy.ndarray
        Weights before calibration; they give the totals of margins whose totals are None.

    Raises
    ------
    ValueError
        When a person's code is missing or has no total, or a total has no person.
    """
    parts, totals = [], []
    for key, known in calibration.margins.items():
        label = " × ".join(names(key))
        if isinstance(known, (int, float)):
            numbers = np.asarray(columns[names(key)[0]], dtype=float)
            if len(names(key)) > 1 or not np.all(np.isfinite(numbers)):
                raise ValueError(
                    f"calibration: {label} is missing or infinite for some person; expected numbers"
                )
            parts.append(sparse.csr_array(numbers[:, None]))
            totals.append(np.array([float(known)]))
            continue
        crossed = list(zip(*(columns[c] for c in names(key)), strict=True))
        codes: list[Any] = [code[0] for code in crossed] if len(names(key)) == 1 else list(crossed)
        classes = list(dict.fromkeys(codes))
        if any(_missing(part) for code in classes for part in (code if isinstance(code, tuple) else (code,))):
            raise ValueError(f"calibration: {label} is missing for some persons; expected a code for each")
        if known is not None:
            without = [code for code in classes if code not in known]
            empty = [code for code, total in known.items() if code not in set(classes) and total]
            if without or empty:
                raise ValueError(
                    f"calibration: {label}: codes without a total: {_written(without)}; totals without "
                    f"a person: {_written(empty)}; expected the same codes in both. Merge classes, or "
                    "correct the totals"
                )
            sample_size, people = int((weights > 0).sum()), sum(float(total) for total in known.values())
            if people < FEWEST * sample_size:
                raise ValueError(
                    f"calibration: the totals of {label} add up to {people:,.6g}, fewer than the "
                    f"{sample_size:,} persons asked; expected numbers of persons, not thousands, shares "
                    "or per cent"
                )
        place = {code: number for number, code in enumerate(classes)}
        column = np.array([place[code] for code in codes])
        shape = (len(codes), len(classes))
        part = sparse.csr_array((np.ones(len(codes)), (np.arange(len(codes)), column)), shape=shape)
        parts.append(part)
        own = part.T @ weights
        totals.append(own if known is None else np.array([float(known[code]) for code in classes]))
    return sparse.csr_array(sparse.hstack(parts)), np.concatenate(totals)


@dataclass(frozen=True, eq=False)
class Projector:
    """Takes off variables their regression on the calibration variables.

    Parameters
    ----------
    x : scipy.sparse.csr_array
        Calibration variables, one row a person.
    weights : numpy.ndarray
        Weights before calibration.
    of_units : numpy.ndarray
        Weighted totals of the variables by sampling unit, with the weights after calibration.
    cross, inverse : numpy.ndarray
        Weighted cross-products of the variables over all persons, and their generalized inverse.
    """

    x: sparse.csr_array
    weights: np.ndarray
    of_units: np.ndarray
    cross: np.ndarray
    inverse: np.ndarray

    @classmethod
    def of(
        cls, x: sparse.csr_array, before: np.ndarray, after: np.ndarray, unit: np.ndarray, units: int
    ) -> Projector:
        """Return the projector of all persons, given their weights before and after, and their units."""
        into = sparse.csr_array((after, (unit, np.arange(len(unit)))), shape=(units, len(unit)))
        return cls(x, before, (into @ x).toarray(), _crossed(x, before), _inverse(x, before))

    def only(self, rows: np.ndarray) -> Projector:
        """Return the projector for variables that are 0 but for some persons."""
        return replace(self, x=self.x[rows], weights=self.weights[rows])

    def slopes(self, z: np.ndarray, code: np.ndarray, domains: int) -> np.ndarray:
        r"""Return :math:`(\sum_i w_i x_i x_i^T)^{-} \sum_i w_i x_i z_i` of each domain, z 0 outside it."""
        rows = (self.weights * z, (code, np.arange(len(code))))
        wanted = (sparse.csr_array(rows, shape=(domains, len(code))) @ self.x).toarray()
        slopes = wanted @ self.inverse
        return slopes + (wanted - slopes @ self.cross) @ self.inverse  # refined once


def _inverse(x: sparse.csr_array, weights: np.ndarray) -> np.ndarray:
    """Return a generalized inverse of the weighted cross-products, of variables scaled alike."""
    crossed = _crossed(x, weights)
    scale = np.sqrt(np.maximum(np.diag(crossed), 0.0))
    scale = np.divide(1.0, scale, out=np.zeros_like(scale), where=scale > 0)
    return np.linalg.pinv(crossed * np.outer(scale, scale), rcond=1e-12, hermitian=True) * np.outer(
        scale, scale
    )


def _crossed(x: sparse.csr_array, weights: np.ndarray) -> np.ndarray:
    return (x.T @ (sparse.diags_array(weights) @ x)).toarray()


def _written(codes: Sequence[Any]) -> str:
    """Return the first ten codes as text, whole numbers without decimals."""

    def text(part: Any) -> str:
        return f"{part:g}" if isinstance(part, float) else str(part)

    texts = [" × ".join(map(text, code)) if isinstance(code, tuple) else text(code) for code in codes[:10]]
    return ", ".join(texts) or "none"


def _missing(value: Any) -> bool:
    return value is None or value != value
