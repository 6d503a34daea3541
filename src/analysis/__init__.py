"""Reproduce an organisation's programme reporting from recorded data, number by number.

The front door is two functions:

:func:`open` opens the record of one period: its exhibits as frames, figures and tables, its numbers with
their traces, its claims with their verdicts. :func:`estimate` computes indicators from a survey.

What goes wrong there is one of three errors, each told in one message: :class:`NotFound`,
:class:`Misuse`, :class:`BadData`.
"""

from __future__ import annotations

from analysis.errors import AnalysisError, BadData, Misuse, NotFound

TYPE_CHECKING = False  # without the import of typing, which would be half of this module's time
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    import pandas as pd

    from analysis.front.report import Report
    from analysis.periods import Period

__version__ = "0.1.0"
__all__ = ["AnalysisError", "BadData", "Misuse", "NotFound", "Report", "__version__", "estimate", "open"]


def open(
    period: str | Period | None = None,
    *,
    language: str = "en",
    organisation: str = "",
    corrected: bool = False,
    root: str | Path | None = None,
) -> Report:
    """Open the record of one period.

    Parameters
    ----------
    period : str or Period, optional
        For example ``2020-21``, or the ``period`` of another report; the newest of which a report is
        recorded when it is left out.
    language : {'en', 'fr', 'es', 'zh'}
        Language of titles, labels and numerals.
    organisation : str
        Id of the organisation that reports; the default one when it is left out.
    corrected : bool
        Whether the corrections ledger is applied; by default every number is as printed.
    root : path, optional
        The project's folder, which holds ``data/raw``. By default ``ANALYSIS_ROOT``, or the nearest above the
        working folder, or else the record that is installed with the package.

    Returns
    -------
    Report
        Its exhibits, numbers and claims; what a period does not have is said where it is asked for.

    Raises
    ------
    NotFound
        When the period, the language or the organisation is not there; the message lists what there is.
    Misuse
        When the period cannot be read as one: ``2021-22``, which starts on an odd year, or ``2020``; or when
        another parameter is of a type that it does not take.
    BadData
        When there is no record, or its files are not those that are registered.

    Examples
    --------
    >>> import analysis
    >>> report = analysis.open()
    >>> report  # doctest: +ELLIPSIS
    <Report ... (en): ... exhibits, ... recorded numbers>
    >>> frame = report.exhibit("results_against_targets").to_frame()
    >>> results = frame.query("column_key == 'measure.result'").set_index("row_key")["value"]
    >>> bool(results.drop("label.total").sum() == results["label.total"])
    True
    >>> f"{report.number('results')} results against a target of {report.number('targets')}"
    ...     # doctest: +ELLIPSIS
    '... results against a target of ...'
    """
    from analysis.front.report import open_report

    return open_report(period, language, organisation, corrected, root)


def estimate(survey: Any, indicators: Any, by: Any = (), **options: Any) -> pd.DataFrame:
    """Estimate indicators from a survey, with standard errors, intervals and a flag of reliability.

    Parameters
    ----------
    survey : path or dataframe
        A survey's file or folder (Stata, SPSS, CSV, Parquet), or a frame of one row a person.
    indicators : str, estimand, or a sequence of them
        Ids such as ``unemployment_rate``, or estimands of your own (``analysis.indicators``).
    by : str or sequence of str
        Dimensions of the domains: ``sex``, ``age``, or columns of the survey.
    **options
        As of :func:`analysis.front.survey.estimate_survey`: ``mapping``, ``variants``, ``age_bands``,
        ``icls``, ``policy``, ``standard_errors``, ``lonely_psu``, ``interval`` and more.

    Returns
    -------
    pandas.DataFrame
        One row for each indicator and domain; see :func:`analysis.front.survey.estimate_survey`.

    Raises
    ------
    NotFound
        When the file is not there, or an indicator is not known.
    Misuse
        When what is asked for does not go together.
    BadData
        When the survey breaks its rules: weights, codes, lone PSUs.

    Examples
    --------
    >>> import analysis, pandas as pd
    >>> persons = pd.DataFrame({"ilo_lfs": [1, 2, 1, 3] * 5, "ilo_wgt": [10.0, 10, 20, 5] * 5})
    >>> estimates = analysis.estimate(persons, "unemployment_rate", standard_errors=False)
    >>> estimates[["indicator", "value", "unit", "n", "status"]].values.tolist()
    [['unemployment_rate', 25.0, 'percent', 15, 'A']]
    """
    import inspect

    from analysis.front.survey import estimate_survey

    known = [
        name
        for name, of in inspect.signature(estimate_survey).parameters.items()
        if of.kind is of.KEYWORD_ONLY
    ]
    unknown = [name for name in options if name not in known]
    if unknown:
        raise Misuse(f"estimate() has no option {', '.join(unknown)}: there are {', '.join(known)}")
    return estimate_survey(survey, indicators, by, **options)


def __getattr__(name: str) -> Any:
    if name == "Report":
        from analysis.front.report import Report

        return Report
    raise AttributeError(f"module 'analysis' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
