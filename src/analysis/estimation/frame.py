"""The frame of estimates: one row for each indicator and domain."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.estimation.design import TOTAL, UNSPECIFIED
from analysis.estimation.intervals import logit_interval, wald_interval
from analysis.indicators import Estimand

MEASURES = (
    "value",
    "standard_error",
    "cv",
    "lower",
    "upper",
    "degrees_of_freedom",
    "n",
    "numerator",
    "denominator",
)
"""The columns of numbers of an estimates frame, after ``indicator`` and the dimensions."""


def measures(
    estimand: Estimand,
    measured: Any,
    n: np.ndarray,
    error: np.ndarray,
    df: np.ndarray,
    interval: str,
    level: float,
    bounds: tuple[np.ndarray, np.ndarray] | None = None,
) -> tuple[np.ndarray, ...]:
    """Return the columns `MEASURES` of some domains.

    Parameters
    ----------
    estimand : Estimand
        What was estimated.
    measured : DomainValues or Measured
        Value before scaling, numerator and denominator of each domain.
    n : numpy.ndarray of int
        Unweighted cases.
    error, df : numpy.ndarray
        Standard errors before scaling, and degrees of freedom.
    interval, level : str, float
        As `estimate_domains` takes them.
    bounds : tuple of numpy.ndarray, optional
        An interval of the estimand's own, before scaling.
    """
    value, error = measured.value * estimand.scale, error * estimand.scale
    if bounds is not None:
        bounds = bounds[0] * estimand.scale, bounds[1] * estimand.scale
    elif estimand.proportion and interval == "logit":
        bounds = logit_interval(value, error, df, scale=estimand.scale, level=level)
    else:
        bounds = wald_interval(value, error, df, level=level)
    with np.errstate(divide="ignore", invalid="ignore"):
        cv = 100.0 * error / np.abs(value)
    return value, error, cv, *bounds, df, n, measured.numerator, measured.denominator


def tidy(
    source: Any,
    parts: list[tuple[np.ndarray, np.ndarray, tuple[np.ndarray, ...]]],
    further: Sequence[str] = (),
) -> pd.DataFrame:
    """Put domains together in one frame, in the order of estimands and labels.

    Parameters
    ----------
    source : Cells or Respondents
        What was estimated from: its estimands and dimensions.
    parts : list of (order, labels, numbers)
        The place of the estimand, the domains' codes, and the columns of numbers.
    further : sequence of str
        Names of columns of numbers after `MEASURES`.
    """
    order = np.concatenate([part[0] for part in parts])
    codes = np.concatenate([part[1] for part in parts])
    columns = [np.concatenate(measure) for measure in zip(*(part[2] for part in parts), strict=True)]
    sort = np.lexsort((*codes.T[::-1], order))
    estimands = source.estimands

    def named(texts: Sequence[str]) -> pd.Categorical:
        distinct = list(dict.fromkeys(texts))
        return pd.Categorical.from_codes(np.array([distinct.index(t) for t in texts])[order[sort]], distinct)

    estimates: dict[str, Any] = {"indicator": named([e.indicator for e in estimands])}
    if any(e.variant for e in estimands):
        estimates["variant"] = named([e.variant for e in estimands])
    unspecified = np.zeros(len(sort), dtype=bool)
    for k, dimension in enumerate(source.dimensions):
        labels = [TOTAL, *dimension.labels]
        code = codes[sort, k] + 1
        estimates[dimension.name] = pd.Categorical.from_codes(code, labels)
        unspecified |= np.array([label == UNSPECIFIED for label in labels])[code]
    for name, values in zip((*MEASURES, *further), columns, strict=True):
        estimates[name] = values[sort]
    estimates["unit"] = named([e.unit for e in estimands])
    estimates["definition"] = named([e.definition for e in estimands])
    empty = unspecified & (estimates["n"] == 0)
    frame = pd.DataFrame(estimates)
    return frame.loc[~empty].reset_index(drop=True) if empty.any() else frame
