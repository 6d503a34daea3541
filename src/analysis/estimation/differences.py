"""Differences between domains of one survey, and changes between independent rounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.special import stdtr

from analysis.estimation.by_person import Asked, Domains, person_margins
from analysis.estimation.cells import Cells
from analysis.estimation.design import TOTAL, UNSPECIFIED
from analysis.estimation.intervals import wald_interval
from analysis.estimation.margins import margins
from analysis.estimation.respondents import Respondents
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
    source: Cells | Respondents,
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
    source : Cells or Respondents
        Microdata from `reduce_survey`, or from `read_respondents` where estimates need every person
        (quantiles, replicate weights, calibration, corrections for finite populations); with `over` among
        the dimensions.
    over : str
        The dimension compared, such as ``sex``, or ``year`` for changes between rounds.
    base : str
        The class that is subtracted, such as ``"1"`` or ``"2019"``.
    relative : bool
        Whether to give the change in per cent of the base instead of the difference.
    totals : bool or sequence of str
        Which of the other dimensions to add up as well.
    lonely_psu : str
        What to do with a stratum of one PSU, as in `estimate_domains`; for ``average``, over the strata where
        either class has cases. Respondents were read with their own rule.
    level : float
        Confidence level of the Wald interval.

    Returns
    -------
    pandas.DataFrame
        One row for each indicator, domain and class: ``value`` (:math:`\hat R_a - \hat R_b`, in percentage
        points for rates; or :math:`100\,(\hat R_a / \hat R_b - 1)`), ``standard_error``, ``lower``,
        ``upper``, ``t`` and ``p_value`` (two-sided test that there is no difference, by Student's t with the
        degrees of freedom), ``degrees_of_freedom``, ``unit``, ``base`` and ``definition``. Missing where
        either class has no cases.

    Notes
    -----
    The variance is that of the total of :math:`z_a - z_b` between PSUs, so the covariance of classes that
    share PSUs is in it. Where `over` is one of the design's ``survey`` columns the classes are independent
    samples, have no PSU or stratum in common, and the same formula gives :math:`\hat V_a + \hat V_b`. Rounds
    that share PSUs or persons (panels, rotating samples) are put in one table, `over` a column that the
    design does not name as a survey: the same PSU code then is the same PSU, and the covariance counts. With
    replicate weights the difference is taken replicate by replicate.

    Raises
    ------
    ValueError
        When the dimension or the base class is not in the cells, or the cells were reduced without PSUs.
    """
    names = [d.name for d in source.dimensions]
    if over not in names:
        raise ValueError(f"differences: no dimension {over!r}; expected one of {', '.join(names)}")
    if (source.sampling if isinstance(source, Respondents) else source.units) is None:
        raise ValueError("differences: these hold no PSUs; read the survey with standard_errors=True")
    labels = list(source.dimensions[names.index(over)].labels)
    if base not in labels:
        raise ValueError(f"differences: no class {base!r} of {over}; expected one of {', '.join(labels)}")
    others = [name for name in (names if totals is True else totals or ()) if name != over]
    axis = names.index(over)
    pairs = [(c, labels.index(base)) for c, label in enumerate(labels) if label not in (base, UNSPECIFIED)]
    rows = []
    if isinstance(source, Respondents):
        finest, every = person_margins(source, others)
        for estimand in source.estimands:
            request = Asked.of(source, estimand, finest, len(every[0].labels))
            for domains in every:
                here = request.measured(domains, "wald", level)
                rows += [_compare_measured(source, here, estimand, axis, pair, relative) for pair in pairs]
        return _frame(source, axis, base, relative, level, rows)
    for estimand in source.estimands:
        for margin in margins(source, others):
            codes = margin.labels(len(names))
            rows += [_compare(margin, codes, estimand, axis, *pair, relative, lonely_psu) for pair in pairs]
    return _frame(source, axis, base, relative, level, rows)


@dataclass(frozen=True, eq=False)
class _Compared:
    estimand: Estimand
    codes: np.ndarray
    value: np.ndarray
    error: np.ndarray
    df: np.ndarray


@dataclass(frozen=True, eq=False)
class _Pair:
    """Two classes of each domain of the other dimensions: which they are, their difference and gradient."""

    codes: np.ndarray
    rows: dict[int, np.ndarray]
    """The row of each class among the domains; -1 where the class does not occur."""
    change: np.ndarray
    plus: np.ndarray
    minus: np.ndarray

    @classmethod
    def of(
        cls,
        codes: np.ndarray,
        values: np.ndarray,
        scale: float,
        axis: int,
        one: int,
        base: int,
        relative: bool,
    ) -> _Pair:
        elsewhere, first, other = np.unique(
            np.delete(codes, axis, axis=1), axis=0, return_index=True, return_inverse=True
        )
        rows = {c: np.full(len(elsewhere), -1) for c in (one, base)}
        for c, row in rows.items():
            row[other[codes[:, axis] == c]] = np.flatnonzero(codes[:, axis] == c)
        by_class = {c: np.where(row >= 0, values[row], np.nan) for c, row in rows.items()}
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = by_class[one] / by_class[base]
            change = 100.0 * (ratio - 1.0) if relative else (by_class[one] - by_class[base]) * scale
            plus = 100.0 / by_class[base] if relative else np.full(len(elsewhere), scale)
            minus = plus * ratio if relative else plus
        named = codes[first].copy()
        named[:, axis] = one
        return cls(named, rows, change, plus, minus)


def _compare_measured(
    respondents: Respondents,
    here: Domains,
    estimand: Estimand,
    axis: int,
    pair: tuple[int, int],
    relative: bool,
) -> _Compared:
    """Compare one class with the base in every domain of a margin of respondents."""
    compared = _Pair.of(here.labels, here.measurement.value, estimand.scale, axis, *pair, relative)
    one, base = (compared.rows[c] for c in pair)
    with np.errstate(invalid="ignore"):
        moved = (
            here.measurement.variation[one] * compared.plus[:, None]
            - here.measurement.variation[base] * compared.minus[:, None]
        )
    presence = here.presence.joined([one, base])
    moved = np.where(np.isfinite(compared.change)[:, None], moved, 0.0)
    variance = np.maximum(respondents.sampling.variance(moved, presence), 0.0)
    error = np.where(np.isfinite(compared.change), np.sqrt(variance), np.nan)
    df = respondents.sampling.degrees_of_freedom(presence)
    return _Compared(
        estimand, compared.codes, compared.change, error, np.where(np.isfinite(compared.change), df, 0)
    )


def _compare(
    margin: Margin,
    codes: np.ndarray,
    estimand: Estimand,
    axis: int,
    one: int,
    base: int,
    relative: bool,
    rule: str,
) -> _Compared:
    """Compare one class with the base in every domain of a margin that keeps the dimension compared."""
    values = domain_values(margin, estimand)
    pair = _Pair.of(codes, values.value, estimand.scale, axis, one, base, relative)
    gradient = np.zeros(len(codes))
    for c, slope in ((one, pair.plus), (base, -pair.minus)):
        there = pair.rows[c] >= 0
        gradient[pair.rows[c][there]] = slope[there]
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
    both = Margin(replace(margin.cells, sums=sums).gather(rest), kept)
    refuse_lonely(both.cells, [universe], rule)
    u = Centred.of(both.cells, both.cells.sums["u"])
    parts = stratum_parts(both, u, None, occupancy(both, universe, rule), rule)
    error = np.where(np.isfinite(pair.change), parts.standard_error(rule), np.nan)
    return _Compared(estimand, pair.codes, pair.change, error, parts.degrees_of_freedom)


def _frame(
    source: Cells | Respondents, axis: int, base: str, relative: bool, level: float, compared: list[_Compared]
) -> pd.DataFrame:
    def repeated(texts: list[str]) -> np.ndarray:
        return np.repeat(np.array(texts, dtype=object), np.array([len(c.value) for c in compared], dtype=int))

    def joined(part: str) -> np.ndarray:
        empty = np.zeros((0, len(source.dimensions)), dtype=np.int64) if part == "codes" else np.zeros(0)
        return np.concatenate([empty, *(getattr(c, part) for c in compared)])

    columns: dict[str, object] = {"indicator": repeated([c.estimand.indicator for c in compared])}
    codes = joined("codes")
    for k, dimension in enumerate(source.dimensions):
        columns[dimension.name] = pd.Categorical.from_codes(codes[:, k] + 1, [TOTAL, *dimension.labels])
    columns["base"] = base
    value, error, df = joined("value"), joined("error"), joined("df")
    lower, upper = wald_interval(value, error, df, level=level)
    columns |= {"value": value, "standard_error": error, "lower": lower, "upper": upper}
    with np.errstate(divide="ignore", invalid="ignore"):
        columns["t"] = t = value / error
    columns["p_value"] = np.where(df >= 1, 2 * stdtr(np.maximum(df, 1), -np.abs(t)), np.nan)
    columns["degrees_of_freedom"] = df.astype(np.int64)
    columns["unit"] = repeated([_unit(c.estimand, relative) for c in compared])
    columns["definition"] = repeated([c.estimand.definition for c in compared])
    return pd.DataFrame(columns)


def _unit(estimand: Estimand, relative: bool) -> str:
    if relative:
        return "percent"
    return "percentage points" if estimand.unit == "percent" else estimand.unit
