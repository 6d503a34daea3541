"""Indicators from a survey in one call: opened, checked, estimated, judged for reliability."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import narwhals as nw
import pandas as pd

from analysis.errors import AnalysisError, BadData, Misuse, NotFound, errors_as, expect, offered
from analysis.estimation.archive import archive_at_hand
from analysis.estimation.design import LONELY_PSU_RULES
from analysis.estimation.reliability import DEFAULT_POLICY, reliability_policies
from analysis.estimation.survey_at_hand import BANDS, domain_dimensions, frame_at_hand, survey_at_hand
from analysis.estimation.survey_estimates import survey_estimates
from analysis.estimation.unsettled import LIMIT
from analysis.estimation.variants import AskedWrongly, estimands
from analysis.indicators import INDICATORS, Estimand
from analysis.sources.mapping import SurveyMappingError
from analysis.sources.microdata import ENGINES

FAILURES: dict[type[Exception], type[AnalysisError]] = {
    AskedWrongly: Misuse,
    SurveyMappingError: Misuse,
    FileNotFoundError: NotFound,
    KeyError: BadData,
    ValueError: BadData,
    OSError: BadData,
}


ASKED = "indicators are ids such as 'unemployment_rate', or estimands"
SURVEY = "a survey is a path, or a frame of one row a person (pandas, Polars, Arrow, DuckDB)"
INTERVALS = ("logit", "wald")


def one_of(option: str, value: str, known: Iterable[str]) -> None:
    """Refuse an option's value that is none of those that there are."""
    names = list(known)
    if value not in names:
        raise Misuse(f"{option} {value!r}: expected one of {', '.join(names)}")


def as_list(values: Any, meaning: str) -> list[Any]:
    """Return what is asked for as a list; refuse what is none."""
    expect(values, Iterable, meaning)
    return list(values)


def is_frame(survey: Any) -> bool:
    """Whether Narwhals reads it as a frame."""
    return nw.from_native(survey, pass_through=True) is not survey


def estimate_survey(
    survey: Any,
    indicators: str | Estimand | Sequence[str | Estimand],
    by: str | Sequence[str] = (),
    *,
    mapping: str | Path = "",
    variants: str | Sequence[str] = (),
    age_bands: str = BANDS,
    icls: int | None = None,
    policy: str = DEFAULT_POLICY,
    suppress: bool = True,
    standard_errors: bool = True,
    lonely_psu: str = "fail",
    interval: str = "logit",
    accept_unsettled: float = LIMIT,
    engine: str = "pandas",
) -> pd.DataFrame:
    """Estimate indicators from a survey, flagged for reliability, as ``analysis estimate`` does.

    Parameters
    ----------
    survey : path or dataframe
        A file or folder (Stata, SPSS, CSV, Parquet), an archive's ``.toml``, or a frame of one row a person:
        pandas, or any that Narwhals reads. Weight ``ilo_wgt``; strata and PSUs in ``stratum`` and ``psu``;
        samples are told apart by ``country`` and ``year`` where these are there.
    indicators : str, Estimand, or a sequence of them
        Ids of indicators, or estimands of your own (:func:`analysis.indicators.weighted_share` and so on).
    by : str or sequence of str
        Dimensions: ``sex`` (M, F), ``age`` (the bands), or a column by its codes.
    mapping : path
        TOML file that says which column is which; without it, columns bear harmonised names.
    variants : str or sequence of str
        Such as ``pensionable_age=60``, for every indicator by id that declares the parameter.
    age_bands : str
        Bands of ``age``, for example ``15-24,25-``.
    icls : {13, 19}, optional
        Standard by which labour force status is derived; the recorded ``ilo_lfs`` by default.
    policy : str
        Reliability policy, by which estimates are flagged and withheld.
    suppress : bool
        Whether what the policy withholds is withheld.
    standard_errors : bool
        Whether sampling errors are estimated; they need PSUs.
    lonely_psu : {'fail', 'remove', 'adjust', 'average', 'certainty'}
        What is done with a stratum of one PSU.
    interval : {'logit', 'wald'}
        Intervals of proportions.
    accept_unsettled : float, per cent
        Greatest share of persons of any sample who may be unclassified for want of an answer.
    engine : {'pandas', 'polars', 'duckdb'}
        What reads a file.

    Returns
    -------
    pandas.DataFrame
        One row for each indicator and domain: ``indicator``, the dimensions (total ``_T``), ``value`` and
        ``standard_error`` in ``unit``, ``cv`` (per cent), ``lower``, ``upper``, ``degrees_of_freedom``,
        ``n``, ``numerator``, ``denominator``, ``unsettled_n`` and ``unsettled`` (per cent),
        ``definition``, ``status`` (``A`` normal, ``U`` unreliable, ``Q`` withheld, ``O`` no case) and the
        rule that gave it. Numbers of a withheld estimate are NaN.

    Raises
    ------
    NotFound
        When the file, or an indicator, is not there.
    Misuse
        When options do not go together, or the mapping has faults.
    BadData
        When the survey breaks its rules, or too many persons could not be classified.
    """
    wanted = [indicators] if isinstance(indicators, str | Estimand) else as_list(indicators, ASKED)
    groups = [by] if isinstance(by, str) else as_list(by, "by takes names of dimensions")
    asked_variants = [variants] if isinstance(variants, str) else as_list(variants, "variants are texts")
    for name in groups:
        expect(name, str, "by takes names of dimensions")
    for option in (*asked_variants, age_bands):
        expect(option, str, "variants and age_bands are texts, such as 'pensionable_age=60' and '15-24,25-'")
    expect(accept_unsettled, int | float, "accept_unsettled is a share in per cent")
    if not 0 <= accept_unsettled <= 100:
        raise Misuse(f"accept_unsettled is a share in per cent, 0 to 100; found {accept_unsettled}")
    one_of("policy", policy, reliability_policies())
    one_of("lonely_psu", lonely_psu, LONELY_PSU_RULES)
    one_of("interval", interval, INTERVALS)
    one_of("engine", engine, ENGINES)
    names = [one for one in wanted if isinstance(one, str)]
    unknown = [name for name in names if name not in INDICATORS]
    if unknown or not wanted:
        words = ", ".join(map(repr, unknown)) or "named"
        raise NotFound(f"no indicator {words}: there are {offered(sorted(INDICATORS), words)}")
    path = survey if isinstance(survey, str | Path) else None
    if path is not None and not Path(path).exists():
        raise NotFound(f"no survey at {path}: name a file or a folder, or give a frame")
    with errors_as(FAILURES):
        by_id = dict(zip(names, estimands(names, icls, asked_variants), strict=True)) if names else {}
        chosen = [by_id[one] if isinstance(one, str) else one for one in wanted]
        classes = domain_dimensions(groups, age_bands)
        if path is None and not is_frame(survey):
            raise Misuse(f"{SURVEY}; found {survey!r:.80}")
        if path is None:
            opened = frame_at_hand(survey, str(mapping))
        elif Path(path).suffix == ".toml" and mapping:
            raise Misuse(f"{path}: an archive names a mapping for each survey itself; leave mapping out")
        elif Path(path).suffix == ".toml":
            opened = archive_at_hand(path, engine=engine)
        else:
            opened = survey_at_hand(str(path), str(mapping), engine=engine)
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
