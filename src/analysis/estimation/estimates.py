"""Estimates of indicators by domain, with all totals, standard errors and intervals, as one tidy frame."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.estimation.batches import independent_batches
from analysis.estimation.cells import Cells, reduce_survey
from analysis.estimation.design import TOTAL, UNSPECIFIED, Classification, SurveyDesign, classify
from analysis.estimation.intervals import logit_interval, wald_interval
from analysis.estimation.margins import margins, summed
from analysis.estimation.taylor import (
    Centred,
    DomainValues,
    StratumParts,
    domain_values,
    occupancy,
    refuse_lonely,
    residual,
    stratum_parts,
)
from analysis.indicators import INDICATORS, Estimand, Indicator

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


def estimate(
    persons: Any,
    indicators: Sequence[str | Indicator | Estimand],
    design: SurveyDesign,
    by: Sequence[str | Classification] = (),
    *,
    totals: bool | Sequence[str] = True,
    standard_errors: bool = True,
    lonely_psu: str = "fail",
    interval: str = "logit",
    level: float = 0.95,
    engine: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> pd.DataFrame:
    r"""Estimate indicators from survey microdata, by domain and in total.

    Parameters
    ----------
    persons : dataframe, lazy frame, relation, or path
        One row a person: a pandas, Polars, DuckDB, Dask or PySpark frame, or Parquet files opened by
        `engine`. All persons of the sample belong in it, those outside the domains included, since the
        variance counts their PSUs.
    indicators : sequence
        Indicators by id, or estimands with their variants chosen.
    design : SurveyDesign
        Weight, stratum, PSU and the columns that tell samples apart.
    by : sequence of str or Classification
        Dimensions of the domains. Persons with a missing or unlisted code stand under ``_X``.
    totals : bool or sequence of str
        Which dimensions to add up as well, under ``_T``; all of them by default.
    standard_errors : bool
        Whether to estimate sampling errors, which needs PSUs.
    lonely_psu : {"fail", "remove", "adjust", "average", "certainty"}
        What to do with a stratum of one PSU.
    interval : {"logit", "wald"}
        Intervals of proportions; other values always have Wald intervals.
    level : float
        Confidence level.
    engine : str, optional
        Engine for a path: pandas, polars, duckdb, dask or pyspark.
    progress : callable, optional
        Called with the number of batches done and of all, where an archive is read in batches.

    Returns
    -------
    pandas.DataFrame
        One row for each indicator and domain: ``indicator``, the dimensions, ``value`` and
        ``standard_error`` in ``unit``, ``cv`` in per cent, ``lower`` and ``upper``, ``degrees_of_freedom``,
        ``n`` (unweighted cases), ``numerator`` and ``denominator`` (weighted), and ``definition`` (the
        variants chosen). A domain that occurs in the sample without cases has `n` 0 and no value.

    Raises
    ------
    KeyError
        When an indicator is not known, or the survey lacks a column.
    ValueError
        For unusable weights, missing strata or PSUs, lone PSUs under ``fail``, and names that are not known.

    Examples
    --------
    >>> import pandas as pd
    >>> persons = pd.DataFrame({"ilo_lfs": [1, 2, 1, 3], "ilo_wgt": [10.0, 10, 20, 5], "psu": [1, 1, 2, 2]})
    >>> design = SurveyDesign(psu="psu")
    >>> estimate(persons, ["unemployment_rate"], design)[["value", "n"]].to_dict("records")
    [{'value': 25.0, 'n': 3}]
    """
    estimands = as_estimands(indicators)
    dimensions = [classify(dimension) for dimension in by]
    options = {"totals": totals, "lonely_psu": lonely_psu, "interval": interval, "level": level}
    batches = independent_batches(persons, design.survey, engine) if standard_errors else [persons]
    if len(batches) == 1:
        cells = reduce_survey(
            persons, estimands, design, dimensions, standard_errors=standard_errors, engine=engine
        )
        return estimate_cells(cells, **options)
    whole = reduce_survey(persons, estimands, design, dimensions, standard_errors=False, engine=engine)
    parts = (reduce_survey(b, estimands, design, dimensions, engine=engine, within=whole) for b in batches)
    return _estimate(whole, _told(parts, len(batches), progress), **options)


def _told(
    parts: Iterable[Cells], number: int, progress: Callable[[int, int], None] | None
) -> Iterator[Cells]:
    """Yield parts, and tell how many are done."""
    for done, part in enumerate(parts, start=1):
        yield part
        if progress is not None:
            progress(done, number)


def as_estimands(indicators: Sequence[str | Indicator | Estimand]) -> list[Estimand]:
    """Return estimands, taking an id or an indicator as its standard definition.

    Raises
    ------
    KeyError
        When an id is not declared.
    TypeError
        When a single id is given where a sequence is expected.
    """
    if isinstance(indicators, (str, Indicator, Estimand)):
        raise TypeError(f"indicators: found {indicators!r} alone; expected a sequence, such as ['neet_rate']")
    chosen = []
    for asked in indicators:
        if isinstance(asked, Estimand):
            chosen.append(asked)
        elif isinstance(asked, Indicator):
            chosen.append(asked())
        elif asked in INDICATORS:
            chosen.append(INDICATORS[asked]())
        else:
            raise KeyError(f"indicator {asked!r} is not declared; expected one of {', '.join(INDICATORS)}")
    return chosen


def estimate_cells(
    cells: Cells,
    *,
    totals: bool | Sequence[str] = True,
    lonely_psu: str = "fail",
    interval: str = "logit",
    level: float = 0.95,
) -> pd.DataFrame:
    """Estimate from cells already reduced; parameters, frame and errors as in `estimate`."""
    options = {"totals": totals, "lonely_psu": lonely_psu, "interval": interval, "level": level}
    if cells.units is None:
        return _estimate(cells, None, **options)
    return _estimate(cells.domains(), [cells], **options)


def _estimate(
    whole: Cells,
    batches: Iterable[Cells] | None,
    *,
    totals: bool | Sequence[str],
    lonely_psu: str,
    interval: str,
    level: float,
) -> pd.DataFrame:
    """Take values from the domains of the whole sample, and variances from batches that share no stratum."""
    if interval not in ("logit", "wald"):
        raise ValueError(f"interval {interval!r} is not known; expected 'logit' or 'wald'")
    variances = {} if batches is None else _variances(whole, batches, totals, lonely_psu)
    rows = []
    for margin in margins(whole, totals):
        for order, estimand in enumerate(whole.estimands):
            found = domain_values(margin, estimand)
            error = df = np.full(len(found.value), np.nan)
            if variances:
                own, parts = variances[margin.grain, order]
                parts = parts.over(margin.groups, found.slope[margin.groups.index] - own.slope)
                known = np.where(np.isnan(found.value), np.nan, found.per_unit)
                error, df = parts.standard_error(lonely_psu) * known, parts.degrees_of_freedom
            measures = _measures(estimand, found, error, df, interval, level)
            rows.append((np.full(len(error), order), margin.labels(len(whole.dimensions)), measures))
    return _frame(whole, rows)


def _variances(
    whole: Cells, batches: Iterable[Cells], totals: bool | Sequence[str], rule: str
) -> dict[tuple[tuple[int, ...], int], tuple[DomainValues, StratumParts]]:
    """Add up the strata of the domains within samples; by the dimensions kept and the estimand's place."""
    added = summed(whole, totals)
    within = [d.name for d in whole.dimensions if d.name in added and not d.nested]
    apart = len(within) < len(added)
    codes, found = {}, {}
    for margin in margins(whole, within):
        codes[margin.grain] = margin.groups.codes
        for order, estimand in enumerate(whole.estimands):
            values = domain_values(margin, estimand)
            found[margin.grain, order] = values, StratumParts.none(len(values.value))
    universes = {e.universe.name for e in whole.estimands}
    below = {e.denominator.name for e in whole.estimands if e.denominator}
    read = {f"w_{name}" for name in universes | below | {e.numerator.name for e in whole.estimands}}
    read |= {f"n_{name}" for name in universes if rule == "average"}
    for cells in batches:
        refuse_lonely(cells, universes, rule)
        for margin in margins(cells.only(sorted(read)), within):
            place = np.searchsorted(codes[margin.grain], margin.groups.codes)
            sums = margin.cells.sums
            occupied = {name: occupancy(margin, name, rule) for name in universes}
            x = {name: Centred.of(margin.cells, sums[f"w_{name}"]) for name in below if apart}
            for order, estimand in enumerate(whole.estimands):
                values, parts = found[margin.grain, order]
                u = Centred.of(margin.cells, residual(margin, estimand, values.at(place)))
                beside = x.get(estimand.denominator.name) if estimand.denominator else None
                parts.add(stratum_parts(margin, u, beside, occupied[estimand.universe.name], rule), place)
    return found


def _measures(
    estimand: Estimand, found: DomainValues, error: np.ndarray, df: np.ndarray, interval: str, level: float
) -> tuple[np.ndarray, ...]:
    value, error = found.value * estimand.scale, error * estimand.scale
    if estimand.proportion and interval == "logit":
        bounds = logit_interval(value, error, df, scale=estimand.scale, level=level)
    else:
        bounds = wald_interval(value, error, df, level=level)
    with np.errstate(divide="ignore", invalid="ignore"):
        cv = 100.0 * error / np.abs(value)
    return value, error, cv, *bounds, df, found.n, found.numerator, found.denominator


def _frame(cells: Cells, parts: list[tuple[np.ndarray, np.ndarray, tuple[np.ndarray, ...]]]) -> pd.DataFrame:
    order = np.concatenate([part[0] for part in parts])
    codes = np.concatenate([part[1] for part in parts])
    columns = [np.concatenate(measure) for measure in zip(*(part[2] for part in parts), strict=True)]
    sort = np.lexsort((*codes.T[::-1], order))
    estimands = cells.estimands

    def named(texts: Sequence[str]) -> pd.Categorical:
        distinct = list(dict.fromkeys(texts))
        return pd.Categorical.from_codes(np.array([distinct.index(t) for t in texts])[order[sort]], distinct)

    estimates = pd.DataFrame({"indicator": named([e.indicator for e in estimands])})
    if any(e.variant for e in estimands):
        estimates["variant"] = named([e.variant for e in estimands])
    unspecified = np.zeros(len(sort), dtype=bool)
    for k, dimension in enumerate(cells.dimensions):
        labels = [TOTAL, *dimension.labels]
        code = codes[sort, k] + 1
        estimates[dimension.name] = pd.Categorical.from_codes(code, labels)
        unspecified |= np.array([label == UNSPECIFIED for label in labels])[code]
    for name, values in zip(MEASURES, columns, strict=True):
        estimates[name] = values[sort]
    estimates["unit"] = named([e.unit for e in estimands])
    estimates["definition"] = named([e.definition for e in estimands])
    empty = unspecified & (estimates["n"].to_numpy() == 0)
    return estimates.loc[~empty].reset_index(drop=True) if empty.any() else estimates
