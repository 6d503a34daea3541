"""Indicators from a survey in one call: opened, checked, estimated, judged for reliability."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import narwhals as nw
import pandas as pd

from analysis.errors import AnalysisError, BadData, Misuse, NotFound, told
from analysis.estimation import SurveyDesign
from analysis.estimation.reliability import DEFAULT_POLICY
from analysis.estimation.survey_at_hand import BANDS, SurveyAtHand, dimensions, survey_at_hand
from analysis.estimation.survey_estimates import survey_estimates
from analysis.estimation.unsettled import LIMIT
from analysis.estimation.variants import AskedWrongly, estimands
from analysis.indicators import INDICATORS
from analysis.sources import mapping as mappings
from analysis.sources.mapping import MappingError
from analysis.sources.survey_checks import harmonise

FAILURES: dict[type[Exception], type[AnalysisError]] = {
    AskedWrongly: Misuse,
    MappingError: Misuse,
    FileNotFoundError: NotFound,
    KeyError: BadData,
    ValueError: BadData,
    OSError: BadData,
}


def estimate_survey(
    survey: Any,
    indicators: str | Sequence[str],
    by: str | Sequence[str] = (),
    *,
    mapping: str | Path | None = None,
    age_bands: str = BANDS,
    icls: int | None = None,
    variants: Sequence[str] = (),
    with_totals: bool = False,
    policy: str = DEFAULT_POLICY,
    suppress: bool = True,
    accept_unsettled: float = LIMIT,
    standard_errors: bool = True,
    lonely_psu: str = "fail",
    interval: str = "logit",
    engine: str = "pandas",
) -> pd.DataFrame:
    """Estimate indicators from a survey, flagged for reliability.

    Parameters
    ----------
    survey : path or dataframe
        A file or folder (Stata, SPSS, CSV, Parquet), or a frame of one row a person: pandas, or any that
        Narwhals reads. Weight ``ilo_wgt``; strata and PSUs in ``stratum`` and ``psu``; samples are told apart
        by ``country`` and ``year`` where these are there.
    indicators : str or sequence of str
        Ids of indicators.
    by : str or sequence of str
        Dimensions: ``sex`` (M, F), ``age`` (the bands), or a column by its codes.
    mapping : path, optional
        TOML file that says which column is which; without it, columns bear harmonised names.
    age_bands : str
        Bands of ``age``, for example ``15-24,25-``.
    icls : {13, 19}, optional
        Standard by which labour force status is derived; the recorded ``ilo_lfs`` by default.
    variants : sequence of str
        Declared variants, such as ``pensionable_age=60``.
    with_totals : bool
        Whether numerators and denominators are estimated as well.
    policy : str
        Reliability policy, by which estimates are flagged and withheld.
    suppress : bool
        Whether what the policy withholds is left empty; otherwise it is flagged and shown.
    accept_unsettled : float, per cent
        Greatest share of persons who could not be classified; above it, the estimates are refused.
    standard_errors : bool
        Whether sampling errors are estimated; they need PSUs.
    lonely_psu : {'fail', 'remove', 'adjust', 'average', 'certainty'}
        What is done with a stratum of one PSU.
    interval : {'logit', 'wald'}
        Intervals of proportions.
    engine : {'pandas', 'polars', 'duckdb'}
        What reads a file.

    Returns
    -------
    pandas.DataFrame
        One row for each indicator and domain: ``indicator``, the dimensions (total ``_T``), ``value`` and
        ``standard_error`` in ``unit``, ``cv`` (per cent), ``lower``, ``upper``, ``degrees_of_freedom``,
        ``n``, ``numerator``, ``denominator``, ``unsettled_n`` and ``unsettled`` (persons who could not be
        classified, and their per cent), ``definition``, ``status`` (``A`` normal, ``U`` unreliable, ``Q``
        withheld, ``O`` no case) and ``status_rule``. Numbers of a withheld estimate are NaN.

    Raises
    ------
    NotFound
        When the file, or an indicator, is not there.
    Misuse
        When options do not go together, or the mapping has faults.
    BadData
        When the survey breaks its rules.
    """
    names = [indicators] if isinstance(indicators, str) else list(indicators)
    groups = [by] if isinstance(by, str) else list(by)
    unknown = [name for name in names if name not in INDICATORS]
    if unknown:
        raise NotFound(
            f"no indicator {', '.join(map(repr, unknown))}: there are {', '.join(sorted(INDICATORS))}"
        )
    with told(FAILURES):
        chosen = estimands(names, icls, variants, totals=with_totals)
        classes = dimensions(groups, age_bands)
        opened = _opened(survey, mapping, engine)
        return survey_estimates(
            opened,
            chosen,
            classes,
            standard_errors=standard_errors,
            lonely_psu=lonely_psu,
            interval=interval,
            policy=policy,
            suppress=suppress,
            accept_unsettled=accept_unsettled,
        ).estimates


def _opened(survey: Any, mapping: str | Path | None, engine: str) -> SurveyAtHand:
    if isinstance(survey, str | Path):
        if not Path(survey).exists():
            raise NotFound(f"no survey at {survey}: name a file or a folder, or give a frame")
        return survey_at_hand(str(survey), str(mapping or ""), engine=engine)
    columns = nw.from_native(survey).lazy().collect_schema().names()
    described = mappings.load(str(mapping)) if mapping else mappings.own_names(columns, "a frame")
    persons = harmonise(survey, described)
    there = {variable.name for variable in described.variables}
    design = SurveyDesign(
        stratum="stratum" if "stratum" in there else None,
        psu="psu" if "psu" in there else None,
        survey=tuple(name for name in ("country", "year") if name in there),
    )
    return SurveyAtHand(described.title, persons, design)
