"""Differences between domains of one survey, and changes between independent rounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.estimation.cells import Cells
from analysis.estimation.design import TOTAL, UNSPECIFIED
from analysis.estimation.intervals import wald_interval
from analysis.estimation.margins import margins
from analysis.estimation.taylor import (
    Centred,
    Margin,
    domain_values,
    occupancy,
    refuse_lonely,
    residual,
    stratum_parts,
)
from analysis.indicators import Estimand


def differences(
    cells: Cells,
    over: str,
    base: str,
    *,
    relative: bool = False,
    totals: bool | Sequence[str] = True,
    lonely_psu: str = "fail",
    level: float = 0.95,
) -> pd.DataFrame:
    r"""Estimate how each class of a dimension differs from a base class, in every domain of the others.

    Parameters
    ----------
    cells : Cells
        Microdata reduced by `reduce_survey`, with `over` among the dimensions.
    over : str
        The dimension compared, such as ``sex``, or ``year`` for changes between rounds.
    base : str
        The class that is subtracted, such as ``"1"`` or ``"2019"``.
    relative : bool
        Whether to give the change in per cent of the base instead of the difference.
    totals : bool or sequence of str
        Which of the other dimensions to add up as well.
    lonely_psu : str
        What to do with a stratum of one PSU, as in `estimate`; for ``average``, over the strata where either
        class has cases.
    level : float
        Confidence level of the Wald interval.

    Returns
    -------
    pandas.DataFrame
        One row for each indicator, domain and class: ``value`` (:math:`\hat R_a - \hat R_b`, in percentage
        points for rates; or :math:`100\,(\hat R_a / \hat R_b - 1)`), ``standard_error``, ``lower``,
        ``upper``, ``degrees_of_freedom``, ``unit``, ``base`` and ``definition``. Missing where either class
        has no cases.

    Notes
    -----
    The variance is that of the total of :math:`z_a - z_b` between PSUs, so the covariance of classes that
    share PSUs is in it. Where `over` is one of the design's ``survey`` columns the classes are independent
    samples, have no PSU or stratum in common, and the same formula gives :math:`\hat V_a + \hat V_b`.

    Raises
    ------
    ValueError
        When the dimension or the base class is not in the cells, or the cells were reduced without PSUs.
    """
    names = [d.name for d in cells.dimensions]
    if over not in names:
        raise ValueError(f"differences: no dimension {over!r}; expected one of {', '.join(names)}")
    if cells.units is None:
        raise ValueError("differences: the cells hold no PSUs; reduce the survey with standard_errors=True")
    labels = list(cells.dimensions[names.index(over)].labels)
    if base not in labels:
        raise ValueError(f"differences: no class {base!r} of {over}; expected one of {', '.join(labels)}")
    others = [name for name in (names if totals is True else totals or ()) if name != over]
    axis = names.index(over)
    classes = [c for c, label in enumerate(labels) if label not in (base, UNSPECIFIED)]
    rows = [
        _compare(
            margin, margin.labels(len(names)), estimand, axis, labels.index(base), one, relative, lonely_psu
        )
        for estimand in cells.estimands
        for margin in margins(cells, others)
        for one in classes
    ]
    return _frame(cells, axis, base, relative, level, rows)


@dataclass(frozen=True, eq=False)
class _Compared:
    estimand: Estimand
    codes: np.ndarray
    value: np.ndarray
    error: np.ndarray
    df: np.ndarray


def _compare(
    margin: Margin,
    codes: np.ndarray,
    estimand: Estimand,
    axis: int,
    base: int,
    one: int,
    relative: bool,
    rule: str,
) -> _Compared:
    """Compare one class with the base in every domain of a margin that keeps the dimension compared."""
    values = domain_values(margin, estimand)
    elsewhere, first, other = np.unique(
        np.delete(codes, axis, axis=1), axis=0, return_index=True, return_inverse=True
    )
    by_class = {c: np.full(len(elsewhere), np.nan) for c in (one, base)}
    for c, of_class in by_class.items():
        of_class[other[codes[:, axis] == c]] = values.value[codes[:, axis] == c]
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = by_class[one] / by_class[base]
        change = 100.0 * (ratio - 1.0) if relative else (by_class[one] - by_class[base]) * estimand.scale
        plus = 100.0 / by_class[base] if relative else np.full(len(elsewhere), estimand.scale)
        minus = plus * ratio if relative else plus
    gradient = np.select([codes[:, axis] == one, codes[:, axis] == base], [plus[other], -minus[other]], 0.0)
    either = np.isin(codes[:, axis], (one, base)).astype(float)
    universe = estimand.universe.name
    slope = np.nan_to_num(gradient * values.per_unit, posinf=0.0, neginf=0.0)
    sums = {
        "u": residual(margin, estimand, values) * margin.spread(slope),
        f"n_{universe}": margin.cells.sums[f"n_{universe}"] * margin.spread(either),
        f"w_{universe}": margin.cells.sums[f"w_{universe}"] * margin.spread(either),
    }
    rest = [place for place, dimension in enumerate(margin.grain) if dimension != axis]
    kept = tuple(rest.index(k) for k in margin.kept if margin.grain[k] != axis)
    pair = Margin(replace(margin.cells, sums=sums).gather(rest), kept)
    refuse_lonely(pair.cells, [universe], rule)
    u = Centred.of(pair.cells, pair.cells.sums["u"])
    parts = stratum_parts(pair, u, None, occupancy(pair, universe, rule), rule)
    named = codes[first].copy()
    named[:, axis] = one
    error = np.where(np.isfinite(change), parts.standard_error(rule), np.nan)
    return _Compared(estimand, named, change, error, parts.degrees_of_freedom)


def _frame(
    cells: Cells, axis: int, base: str, relative: bool, level: float, compared: list[_Compared]
) -> pd.DataFrame:
    def repeated(texts: list[str]) -> np.ndarray:
        return np.repeat(np.array(texts, dtype=object), np.array([len(c.value) for c in compared], dtype=int))

    def joined(part: str) -> np.ndarray:
        empty = np.zeros((0, len(cells.dimensions)), dtype=np.int64) if part == "codes" else np.zeros(0)
        return np.concatenate([empty, *(getattr(c, part) for c in compared)])

    columns: dict[str, object] = {"indicator": repeated([c.estimand.indicator for c in compared])}
    codes = joined("codes")
    for k, dimension in enumerate(cells.dimensions):
        columns[dimension.name] = pd.Categorical.from_codes(codes[:, k] + 1, [TOTAL, *dimension.labels])
    columns["base"] = base
    value, error, df = joined("value"), joined("error"), joined("df")
    lower, upper = wald_interval(value, error, df, level=level)
    columns |= {"value": value, "standard_error": error, "lower": lower, "upper": upper}
    columns["degrees_of_freedom"] = df.astype(np.int64)
    columns["unit"] = repeated([_unit(c.estimand, relative) for c in compared])
    columns["definition"] = repeated([c.estimand.definition for c in compared])
    return pd.DataFrame(columns)


def _unit(estimand: Estimand, relative: bool) -> str:
    if relative:
        return "percent"
    return "percentage points" if estimand.unit == "percent" else estimand.unit
