"""The engines that a survey may be read with; each is imported only when it is used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import narwhals as nw


def read_arrow(files: list[str], columns: Sequence[str], filters: Any = None) -> Any:
    """Read Parquet files to an Arrow table, text as categories; of Arrow's `filters` only what meets them."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    tables = []
    for file in files:
        text = [
            field.name for field in pq.read_schema(file) if field.type in (pa.string(), pa.large_string())
        ]
        read = [name for name in text if name in columns]
        tables.append(pq.read_table(file, columns=list(columns), filters=filters, read_dictionary=read))
    return pa.concat_tables(tables, promote_options="permissive").unify_dictionaries()


def as_pandas(table: Any) -> Any:
    """Return an Arrow table, which is used up, as a pandas frame."""
    return table.to_pandas(split_blocks=True, self_destruct=True, ignore_metadata=True)


def read_whole(files: list[str], columns: Sequence[str], filters: Any = None) -> Any:
    """Read Parquet files to a pandas frame; parameters as in `read_arrow`."""
    return as_pandas(read_arrow(files, columns, filters))


def _polars(files: list[str], columns: Sequence[str]) -> Any:
    import polars as pl

    return pl.scan_parquet(files).select(columns)


def _duckdb(files: list[str], columns: Sequence[str]) -> Any:
    import duckdb

    survey = duckdb.read_parquet(
        files, union_by_name=len(files) > 1
    )  # else all are cast to the first one's kinds
    return survey.select(*(duckdb.ColumnExpression(c) for c in columns))


def _dask(files: list[str], columns: Sequence[str]) -> Any:
    import dask.dataframe as dd

    return dd.read_parquet(files, columns=list(columns))


def _pyspark(files: list[str], columns: Sequence[str]) -> Any:
    from pyspark.sql import SparkSession

    return SparkSession.builder.getOrCreate().read.parquet(*files).select(*columns)


ENGINES: dict[str, Callable[[list[str], Sequence[str]], Any]] = {
    "pandas": read_whole,
    "polars": _polars,
    "duckdb": _duckdb,
    "dask": _dask,
    "pyspark": _pyspark,
}
"""How each engine opens Parquet files; pandas reads them whole, text as categories, the others stream."""


def open_survey(
    persons: Any, columns: Sequence[str], engine: str | None = None
) -> nw.LazyFrame | nw.DataFrame:
    """Open a survey for reading, whatever holds it.

    Parameters
    ----------
    persons : dataframe, lazy frame, relation, path, or list of paths
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
    files = parquet_files(persons)
    import pyarrow.parquet as pq

    present = set(pq.read_schema(files[0]).names)
    wanted = [c for c in columns if c in present]
    return nw.from_native(ENGINES[engine or "pandas"](files, wanted))


def parquet_files(paths: str | Path | Sequence[str | Path]) -> list[str]:
    """Return the Parquet files of paths, those of a folder in the order of their names."""
    listed = [paths] if isinstance(paths, (str, Path)) else paths
    files: list[str] = []
    for path in map(Path, listed):
        of_path = sorted(path.rglob("*.parquet")) if path.is_dir() else [path]
        if not of_path or not of_path[0].exists():
            raise FileNotFoundError(
                f"{path}: no Parquet file here; expected a .parquet file or a folder of them"
            )
        files += map(str, of_path)
    return files


def columns_of(persons: Any) -> list[str]:
    """Return the names of the columns of a survey, whatever holds it."""
    if not isinstance(persons, (str, Path, list, tuple)):
        return nw.from_native(persons).collect_schema().names()
    import pyarrow.parquet as pq

    return pq.read_schema(parquet_files(persons)[0]).names


def value_range(paths: str | Path | Sequence[str | Path], column: str) -> tuple[int, float, float] | None:
    """Return the rows of Parquet files, and the least and largest value of a column, from the footers.

    None where a value is missing, or a footer does not tell; values that are no number count for nothing.
    """
    import pyarrow.parquet as pq

    rows, bounds = 0, []
    for file in parquet_files(paths):
        footer = pq.read_metadata(file)
        if column not in footer.schema.names:
            return None
        place = footer.schema.names.index(column)
        for group in map(footer.row_group, range(footer.num_row_groups)):
            known = group.column(place).statistics
            if known is None or not known.has_min_max or known.null_count != 0:
                return None
            rows += group.num_rows
            bounds += [known.min, known.max]
    return (rows, min(bounds), max(bounds)) if bounds else None


def collect(frame: nw.LazyFrame | nw.DataFrame) -> nw.DataFrame:
    """Run a lazy frame, streaming where the engine can; a frame in memory is returned as it is."""
    if isinstance(frame, nw.DataFrame):
        return frame
    if frame.implementation.is_polars():
        return nw.from_native(frame.to_native().collect(engine="streaming"))
    return frame.collect()
