"""Confidence intervals from an estimate, its standard error and its degrees of freedom."""

from __future__ import annotations

import numpy as np
from scipy.special import stdtrit


def t_quantile(degrees_of_freedom: np.ndarray, level: float) -> np.ndarray:
    """Return the two-sided quantile of Student's t; missing without a degree of freedom.

    Parameters
    ----------
    degrees_of_freedom : array of float
        PSUs less strata.
    level : float
        Confidence level, between 0 and 1.

    Raises
    ------
    ValueError
        When the level is not between 0 and 1.
    """
    if not 0 < level < 1:
        raise ValueError(f"confidence level {level!r}; expected a share between 0 and 1, such as 0.95")
    df = np.asarray(degrees_of_freedom, dtype=float)
    distinct, place = np.unique(df, return_inverse=True)
    quantile = np.full(len(distinct), np.nan)
    quantile[distinct >= 1] = stdtrit(distinct[distinct >= 1], 0.5 + level / 2)
    return quantile[place]


def wald_interval(
    value: np.ndarray, standard_error: np.ndarray, degrees_of_freedom: np.ndarray, *, level: float = 0.95
) -> tuple[np.ndarray, np.ndarray]:
    r"""Return the interval :math:`\hat\theta \pm t_{df} \, \hat\sigma`, in the unit of the value.

    Parameters
    ----------
    value, standard_error : array of float
        Estimates and their standard errors; missing ones give missing bounds.
    degrees_of_freedom : array of float
        PSUs less strata.
    level : float
        Confidence level.

    Returns
    -------
    tuple of arrays
        Lower and upper bounds; R's ``confint`` of a survey statistic with ``df`` given.
    """
    half = t_quantile(degrees_of_freedom, level) * standard_error
    return value - half, value + half


def logit_interval(
    value: np.ndarray,
    standard_error: np.ndarray,
    degrees_of_freedom: np.ndarray,
    *,
    scale: float | np.ndarray = 1.0,
    level: float = 0.95,
) -> tuple[np.ndarray, np.ndarray]:
    r"""Return the interval of a proportion on the logit scale, which stays between 0 and `scale`.

    Parameters
    ----------
    value, standard_error : array of float
        Proportions times `scale` and their standard errors. At 0 or `scale` the logit does not exist and the
        bounds are missing.
    degrees_of_freedom : array of float
        PSUs less strata.
    scale : float or array
        1, or 100 for per cent.
    level : float
        Confidence level.

    Returns
    -------
    tuple of arrays
        :math:`\mathrm{logit}^{-1}\{\mathrm{logit}\,\hat p \pm t_{df}\,\hat\sigma / (\hat p (1 - \hat p))\}`;
        R's ``svyciprop(method = "xlogit")``.
    """
    p, error = value / scale, standard_error / scale
    with np.errstate(divide="ignore", invalid="ignore"):
        inside = np.where((p > 0) & (p < 1), p, np.nan)
        centre = np.log(inside / (1 - inside))
        half = t_quantile(degrees_of_freedom, level) * error / (inside * (1 - inside))
        return scale / (1 + np.exp(half - centre)), scale / (1 + np.exp(-half - centre))
