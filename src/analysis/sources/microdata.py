"""Survey microdata from Stata, SPSS, CSV and Parquet files, a folder of them, or a frame in memory."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from analysis.sources.csv_files import csv_frame
from analysis.sources.form import PLAIN, Form
from analysis.sources.mapping import SurveyMapping
from analysis.sources.parquet_files import ENGINES, parquet_frame
from analysis.sources.statistics_files import statistics_frame
from analysis.sources.survey_breaches import SurveyError
from analysis.sources.survey_checks import NOBODY, harmonise
from analysis.sources.survey_files import (
    KINDS,
    UnreadableSurvey,
    describe_survey,
    in_one_sentence,
    kind_and_paths,
)

__all__ = ["ENGINES", "KINDS", "UnreadableSurvey", "open_microdata", "survey"]


def survey(source: Any, mapping: SurveyMapping, *, engine: str | None = None) -> Any:
    """Read a survey and return it under harmonised names, checked.

    Parameters
    ----------
    source : path, sequence of paths, dataframe, lazy frame or relation
        As in `open_microdata`.
    mapping : SurveyMapping
        Which column is which, which codes mean what, and the form of a text file.
    engine : {"pandas", "polars", "duckdb"}, optional
        As in `open_microdata`.

    Returns
    -------
    dataframe, lazy frame or relation
        As `analysis.sources.survey_checks.harmonise` returns it.

    Raises
    ------
    SurveyError
        When the survey breaks the mapping's rules, with every breach.
    UnreadableSurvey
        When a file cannot be read.
    """
    if not _is_path(source):
        return harmonise(open_microdata(source, engine=engine), mapping)
    described = describe_survey(source, mapping.form)
    with in_one_sentence(source):
        persons = _read(
            source, engine, mapping.columns, mapping.text_columns, mapping.form, mapping.told_apart
        )
        try:
            return harmonise(persons, mapping, described)
        except SurveyError as refused:
            if refused.breaches != (NOBODY,):
                raise
            raise UnreadableSurvey(
                f"{source}: holds no persons, only the names of its columns; expected one row a person"
            ) from None


def _is_path(source: Any) -> bool:
    return isinstance(source, (str, Path, list, tuple))


def open_microdata(
    source: Any,
    *,
    engine: str | None = None,
    columns: Sequence[str] | None = None,
    text: Sequence[str] = (),
    form: Form = PLAIN,
) -> Any:
    """Open survey microdata; Parquet and CSV stay on disk with Polars and DuckDB.

    Parameters
    ----------
    source : path, sequence of paths, dataframe, lazy frame or relation
        A file, a folder of files of one kind (in the order of their names), or a frame, which is returned as
        it is.
    engine : {"pandas", "polars", "duckdb"}, optional
        What reads files; pandas when none is named.
    columns : sequence of str, optional
        Columns wanted; one that is absent is left for the mapping's check to report.
    text : sequence of str
        Columns of Stata and SPSS files to read as text.
    form : Form
        How text files are written. Every column of theirs is read as text, so that ``0012`` keeps its zeros
        and no engine guesses what a column holds.

    Returns
    -------
    pandas.DataFrame, polars.LazyFrame or duckdb.DuckDBPyRelation
        One row a person. Blanks and Stata's and SPSS's missing values are missing; codes are kept, not their
        labels.

    Raises
    ------
    FileNotFoundError
        When nothing is there.
    ValueError
        When the engine is not known or is named for a frame.
    UnreadableSurvey
        When a file cannot be read, or its kind is not known.
    """
    if not _is_path(source):
        if engine is not None:
            raise ValueError(
                f"engine {engine!r} was named for a frame in memory; expected a path, or no engine, so that "
                "the frame keeps its own"
            )
        return source
    return _read(source, engine, columns, text, form, None)


def _read(
    source: Any,
    engine: str | None,
    columns: Sequence[str] | None,
    text: Sequence[str],
    form: Form,
    told_apart: Collection[str] | None,
) -> Any:
    """Open files as `open_microdata` does; keep what SPSS declares missing where `told_apart` names it.

    Of the columns in `told_apart`, Stata's extended missing values are kept as well, as text.
    """
    engine = engine or "pandas"
    if engine not in ENGINES:
        raise ValueError(
            f"engine {engine!r} does not read survey files; expected one of {', '.join(ENGINES)}"
        )
    kind, paths = kind_and_paths(source)
    with in_one_sentence(source):
        if kind == "csv":
            return csv_frame(paths, engine, columns, form)
        if kind == "parquet":
            return parquet_frame(paths, engine, columns)
        return statistics_frame(kind, paths, engine, columns, text, form, told_apart)
