"""The engines that a survey may be read with; each is imported only when it is used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import narwhals as nw


def _pandas(files: list[str], columns: Sequence[str], filters: Any = None) -> Any:
    import pyarrow as pa
    import pyarrow.parquet as pq

    tables = []
    for file in files:
        text = [
            field.name for field in pq.read_schema(file) if field.type in (pa.string(), pa.large_string())
        ]
        read = [name for name in text if name in columns]
        tables.append(pq.read_table(file, columns=list(columns), filters=filters, read_dictionary=read))
    whole = pa.concat_tables(tables, promote_options="permissive").unify_dictionaries()
    del tables
    return whole.to_pandas(split_blocks=True, self_destruct=True).reset_index(drop=True)


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
"""How each engine opens Parquet files; pandas reads them whole, text as categories, the others stream."""


def open_survey(
    persons: Any, columns: Sequence[str], engine: str | None = None
) -> nw.LazyFrame | nw.DataFrame:
    """Open a survey for reading, whatever holds it.

    Parameters
    ----------
    persons : dataframe, lazy frame, relation, path, list of paths, or batch
        A frame of any engine, a Parquet file, or a folder of them (read in the order of their names); or
        some samples of them.
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
    if isinstance(persons, Batch):
        return persons.open(columns, engine)
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


@dataclass(frozen=True)
class Batch:
    """The samples of Parquet files that lie in a range: from `first` on, and before `end`."""

    files: list[str]
    survey: tuple[str, ...]
    first: tuple | None
    end: tuple | None
    rows: int

    def open(self, columns: Sequence[str], engine: str | None) -> nw.LazyFrame | nw.DataFrame:
        """Open the files, and keep the persons of these samples."""
        if engine in (None, "pandas"):
            import pyarrow.compute as pc

            return nw.from_native(_pandas(self.files, columns, self._holds([*map(pc.field, self.survey)])))
        frame = nw.from_native(ENGINES[engine](self.files, columns))
        return frame.filter(self._holds(_texts(frame, self.survey)))

    def _holds(self, keys: list[Any]) -> Any:
        """Return the condition of the range; the first key's own bounds tell engines what to skip."""
        if self.end is None:
            return _from(keys, self.first)
        before = (keys[0] <= self.end[0]) & ~_from(keys, self.end)
        if self.first is None:
            return before
        return (keys[0] >= self.first[0]) & _from(keys, self.first) & before


def _from(keys: Sequence[Any], first: tuple) -> Any:
    """Return the condition that keys, in their order, are equal to `first` or come after it."""
    if len(keys) == 1:
        return keys[0] >= first[0]
    return (keys[0] > first[0]) | ((keys[0] == first[0]) & _from(keys[1:], first[1:]))


PASSES = 20
"""Most batches of files whose rows are in no order: each batch reads all of them."""


def independent_batches(persons: Any, survey: tuple[str, ...], engine: str | None = None) -> list[Any]:
    """Split Parquet files into batches that have no sample in common, to be reduced one after the other.

    Parameters
    ----------
    persons : path, list of paths, or a frame
        A file or a folder of them, by the footers of which the samples in each row group are known; where
        the rows are not in the order of their samples, the samples are counted. A frame is one batch.
    survey : tuple of str
        Columns that tell samples apart.
    engine : str, optional
        The engine that counts.

    Returns
    -------
    list
        Batches, or the argument alone where it is small, or where samples have codes that are missing, or
        neither text nor whole numbers.
    """
    if not survey or not isinstance(persons, (str, Path, list, tuple)):
        return [persons]
    files = _parquet_files(persons)
    import pyarrow.parquet as pq

    if not set(survey) <= set(pq.read_schema(files[0]).names):
        return [persons]
    batches = _cut(_spans(files, survey), survey, BATCH_ROWS)
    rows = sum(pq.read_metadata(file).num_rows for file in files)
    if len(batches) == 1 < rows // BATCH_ROWS or sum(batch.rows for batch in batches) > 2 * rows:
        batches = _cut(_samples(files, survey, engine), survey, max(BATCH_ROWS, rows // PASSES))
    return batches if len(batches) > 1 else [persons]


class _Span(NamedTuple):
    """Rows whose samples lie between two bounds, both included."""

    first: tuple
    last: tuple
    rows: int
    files: tuple[str, ...]


def _cut(spans: list[_Span], survey: tuple[str, ...], rows: int) -> list[Batch]:
    """Cut samples, in their order, into batches of so many rows at least, the last excepted."""
    cuts, held = [], 0
    for span in sorted(spans):
        if held >= rows and span.first > (cuts or [min(spans).first])[-1]:
            cuts.append(span.first)
            held = 0
        held += span.rows
    batches = []
    for first, end in zip([None, *cuts], [*cuts, None], strict=True):
        inside = [s for s in spans if (first is None or s.last >= first) and (end is None or s.first < end)]
        files = list(dict.fromkeys(file for s in inside for file in s.files))
        batches.append(Batch(files, survey, first, end, sum(s.rows for s in inside)))
    return batches


def _samples(files: list[str], survey: tuple[str, ...], engine: str | None) -> list[_Span]:
    """Count the rows of each sample; none where a code is missing."""
    frame = nw.from_native(ENGINES[engine or "pandas"](files, survey))
    counted = collect(frame.select(*_texts(frame, survey)).group_by(*survey).agg(__n=nw.len()))
    spans = [_Span(row[:-1], row[:-1], row[-1], tuple(files)) for row in counted.iter_rows()]
    return spans if all(type(code) in (str, int) for span in spans for code in span.first) else []


def _spans(files: list[str], survey: tuple[str, ...]) -> list[_Span]:
    """Return the bounds of the samples in each row group; none where one is not known."""
    import pyarrow.parquet as pq

    spans = []
    for file in files:
        footer = pq.read_metadata(file)
        names = footer.schema.names
        if not set(survey) <= set(names):
            return []
        for group in map(footer.row_group, range(footer.num_row_groups)):
            known = [group.column(names.index(c)).statistics for c in survey]
            if any(s is None or not s.has_min_max or s.null_count != 0 for s in known):
                return []
            bounds = tuple(s.min for s in known), tuple(s.max for s in known)
            spans.append(_Span(*bounds, group.num_rows, (file,)))
    kinds = {tuple(map(type, bounds)) for span in spans for bounds in span[:2]}
    return spans if len(kinds) == 1 and set(*kinds) <= {str, int} else []


def _texts(frame: Any, columns: Sequence[str]) -> list[nw.Expr]:
    """Return columns as expressions, categories as their text."""
    kinds = frame.collect_schema()
    coded = (nw.Categorical, nw.Enum)
    return [nw.col(c).cast(nw.String) if kinds[c] in coded else nw.col(c) for c in columns]


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
