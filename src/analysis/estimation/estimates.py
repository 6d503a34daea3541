"""Estimates of indicators by domain, with all totals, standard errors and intervals, as one tidy frame."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.estimation.batches import independent_batches
from analysis.estimation.by_person import estimate_respondents
from analysis.estimation.cells import Cells, reduce_survey
from analysis.estimation.design import Classification, SurveyDesign, classify
from analysis.estimation.engines import columns_of
from analysis.estimation.frame import measures, tidy
from analysis.estimation.margins import margins, summed
from analysis.estimation.respondents import read_respondents
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
from analysis.indicators import INDICATORS, Estimand, Indicator, of_working_age


def estimate_domains(
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
    design_effects: bool = False,
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
        Intervals of proportions, and of the share behind Woodruff's interval of a quantile; other values
        always have Wald intervals.
    level : float
        Confidence level.
    design_effects : bool
        Whether to add ``design_effect``: the variance over that of a simple random sample of as many persons.
    engine : str, optional
        Engine for a path: pandas, polars, duckdb, dask or pyspark.
    progress : callable, optional
        Called with the number of batches done and of all, where an archive is read in batches.

    Returns
    -------
    pandas.DataFrame
        One row for each indicator and domain: ``indicator``, the dimensions, ``value`` and
        ``standard_error`` in ``unit``, ``cv`` in per cent, ``lower`` and ``upper``, ``degrees_of_freedom``,
        ``n`` (unweighted cases, of positive weight), ``numerator`` and ``denominator`` (weighted), and
        ``definition`` (the variants chosen). A domain that occurs in the sample without cases has `n` 0
        and no value.

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
    >>> estimate_domains(persons, ["unemployment_rate"], design)[["value", "n"]].to_dict("records")
    [{'value': 25.0, 'n': 3}]
    """
    present = columns_of(persons)
    estimands = [of_working_age(estimand, present) for estimand in as_estimands(indicators)]
    dimensions = [classify(dimension) for dimension in by]
    options: dict[str, Any] = {
        "totals": totals,
        "lonely_psu": lonely_psu,
        "interval": interval,
        "level": level,
    }
    if interval not in ("logit", "wald"):
        raise ValueError(f"interval {interval!r} is not known; expected 'logit' or 'wald'")
    if design_effects and not standard_errors:
        raise ValueError("design_effects: expected standard errors as well; set standard_errors=True")
    if design.by_person or design_effects or any(e.measure != "ratio" for e in estimands):
        respondents = read_respondents(
            persons,
            estimands,
            design,
            dimensions,
            standard_errors=standard_errors,
            lonely_psu=lonely_psu,
            engine=engine,
        )
        chosen: dict[str, Any] = {"totals": totals, "interval": interval, "level": level}
        return estimate_respondents(respondents, **chosen, design_effects=design_effects)
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
    for indicator in indicators:
        if isinstance(indicator, Estimand):
            chosen.append(indicator)
        elif isinstance(indicator, Indicator):
            chosen.append(indicator())
        elif indicator in INDICATORS:
            chosen.append(INDICATORS[indicator]())
        else:
            raise KeyError(
                f"indicator {indicator!r} is not declared; expected one of {', '.join(INDICATORS)}"
            )
    return chosen


def estimate_cells(
    cells: Cells,
    *,
    totals: bool | Sequence[str] = True,
    lonely_psu: str = "fail",
    interval: str = "logit",
    level: float = 0.95,
) -> pd.DataFrame:
    """Estimate from cells already reduced.

    Parameters
    ----------
    cells : Cells
        A survey reduced to weighted sums by domain and PSU, as `reduce_survey` returns it.
    totals, lonely_psu, interval, level
        As of `estimate_domains`.

    Returns
    -------
    pandas.DataFrame
        One row for each estimand and domain, as of `estimate_domains`; errors are the same too.
    """
    options: dict[str, Any] = {
        "totals": totals,
        "lonely_psu": lonely_psu,
        "interval": interval,
        "level": level,
    }
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
    variances = {} if batches is None else _variances(whole, batches, totals, lonely_psu)
    rows = []
    for margin in margins(whole, totals):
        for order, estimand in enumerate(whole.estimands):
            values = domain_values(margin, estimand)
            error = df = np.full(len(values.value), np.nan)
            if variances:
                own, parts = variances[margin.grain, order]
                parts = parts.over(margin.groups, values.slope[margin.groups.index] - own.slope)
                known = np.where(np.isnan(values.value), np.nan, values.per_unit)
                error, df = parts.standard_error(lonely_psu) * known, parts.degrees_of_freedom
            numbers = measures(estimand, values, values.n, error, df, interval, level)
            rows.append((np.full(len(error), order), margin.labels(len(whole.dimensions)), numbers))
    return tidy(whole, rows)


def _variances(
    whole: Cells, batches: Iterable[Cells], totals: bool | Sequence[str], rule: str
) -> dict[tuple[tuple[int, ...], int], tuple[DomainValues, StratumParts]]:
    """Add up the strata of the domains within samples; by the dimensions kept and the estimand's place."""
    added = summed(whole, totals)
    within = [d.name for d in whole.dimensions if d.name in added and not d.nested]
    apart = len(within) < len(added)
    codes, variances = {}, {}
    for margin in margins(whole, within):
        codes[margin.grain] = margin.groups.codes
        for order, estimand in enumerate(whole.estimands):
            values = domain_values(margin, estimand)
            variances[margin.grain, order] = values, StratumParts.none(len(values.value))
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
                values, parts = variances[margin.grain, order]
                u = Centred.of(margin.cells, residual(margin, estimand, values.at(place)))
                beside = x.get(estimand.denominator.name) if estimand.denominator else None
                parts.add(stratum_parts(margin, u, beside, occupied[estimand.universe.name], rule), place)
    return variances
