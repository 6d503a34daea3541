"""The engines that a survey may be read with; each is imported only when it is used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import narwhals as nw


def _pandas(files: list[str], columns: Sequence[str]) -> Any:
    import pandas as pd

    return pd.concat([pd.read_parquet(f, columns=list(columns)) for f in files], ignore_index=True)


def _polars(files: list[str], columns: Sequence[str]) -> Any:
    import polars as pl

    return pl.scan_parquet(files).select(columns)


def _duckdb(files: list[str], columns: Sequence[str]) -> Any:
    import duckdb

    return duckdb.read_parquet(files).select(*(duckdb.ColumnExpression(c) for c in columns))


def _dask(files: list[str], columns: Sequence[str]) -> Any:
    import dask.dataframe as dd

    return dd.read_parquet(files, columns=list(columns))


def _pyspark(files: list[str], columns: Sequence[str]) -> Any:
    from pyspark.sql import SparkSession

    return SparkSession.builder.getOrCreate().read.parquet(*files).select(*columns)


ENGINES: dict[str, Callable[[list[str], Sequence[str]], Any]] = {
    "pandas": _pandas,
    "polars": _polars,
    "duckdb": _duckdb,
    "dask": _dask,
    "pyspark": _pyspark,
}
"""How each engine opens Parquet files; pandas reads them whole, the others stream."""


def open_survey(
    persons: Any, columns: Sequence[str], engine: str | None = None
) -> nw.LazyFrame | nw.DataFrame:
    """Open a survey for reading, whatever holds it.

    Parameters
    ----------
    persons : dataframe, lazy frame, relation, path or list of paths
        A frame of any engine, a Parquet file, or a folder of them (read in the order of their names).
    columns : sequence of str
        The columns wanted of Parquet files; one that is absent is left for the caller to report.
    engine : str, optional
        One of `ENGINES`; pandas when none is named. A frame keeps its own engine.

    Returns
    -------
    narwhals.DataFrame or narwhals.LazyFrame
        The survey behind one interface.

    Raises
    ------
    ValueError
        When the engine is not known, or is named for a frame.
    FileNotFoundError
        When a path leads to no Parquet file.
    """
    if engine is not None and engine not in ENGINES:
        raise ValueError(f"engine {engine!r} is not known; expected one of {', '.join(ENGINES)}")
    if not isinstance(persons, (str, Path, list, tuple)):
        if engine is not None:
            raise ValueError(
                f"engine {engine!r} was named for a frame in memory; expected a path to Parquet files, "
                "or no engine, so that the frame keeps its own"
            )
        return nw.from_native(persons)
    files = _parquet_files(persons)
    import pyarrow.parquet as pq

    present = set(pq.read_schema(files[0]).names)
    wanted = [c for c in columns if c in present]
    return nw.from_native(ENGINES[engine or "pandas"](files, wanted))


BATCH_ROWS = 1_000_000
"""Least number of rows of a batch, the last excepted."""


def independent_batches(persons: Any, survey: Sequence[str]) -> list[Any]:
    """Split Parquet files into batches that have no sample in common, to be reduced one after the other.

    Parameters
    ----------
    persons : path, list of paths, or a frame
        A folder of files, by the footers of which the samples in each are known. A frame is one batch.
    survey : sequence of str
        Columns that tell samples apart; files that overlap in the first of them stay together.

    Returns
    -------
    list
        Lists of files, or the argument alone where it cannot be split.
    """
    if not survey or not isinstance(persons, (str, Path, list, tuple)):
        return [persons]
    import pyarrow.parquet as pq

    spans = []
    for file in _parquet_files(persons):
        footer = pq.read_metadata(file)
        names = footer.schema.names
        if survey[0] not in names:
            return [persons]
        column = names.index(survey[0])
        groups = [footer.row_group(g).column(column).statistics for g in range(footer.num_row_groups)]
        if not groups or any(g is None or not g.has_min_max or g.null_count for g in groups):
            return [persons]
        spans.append((min(g.min for g in groups), max(g.max for g in groups), footer.num_rows, file))
    batches: list[list[str]] = []
    held, last = BATCH_ROWS, None
    for first, end, count, file in sorted(spans):
        if held >= BATCH_ROWS and (last is None or first > last):
            batches.append([])
            held = 0
        batches[-1].append(file)
        held += count
        last = end if last is None else max(last, end)
    return batches


def _parquet_files(paths: str | Path | Sequence[str | Path]) -> list[str]:
    listed = [paths] if isinstance(paths, (str, Path)) else paths
    files: list[str] = []
    for path in map(Path, listed):
        found = sorted(path.rglob("*.parquet")) if path.is_dir() else [path]
        if not found or not found[0].exists():
            raise FileNotFoundError(
                f"{path}: no Parquet file here; expected a .parquet file or a folder of them"
            )
        files += map(str, found)
    return files


def collect(frame: nw.LazyFrame | nw.DataFrame) -> nw.DataFrame:
    """Run a lazy frame, streaming where the engine can; a frame in memory is returned as it is."""
    if isinstance(frame, nw.DataFrame):
        return frame
    if frame.implementation.is_polars():
        return nw.from_native(frame.to_native().collect(engine="streaming"))
    return frame.collect()
