"""Parquet files as a frame of each engine: Polars and DuckDB leave them on disk, pandas reads them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from analysis.sources.survey_files import describe_survey, refuse_alike_in_duckdb

DIGITS = 15
"""Digits that a floating-point number holds of any whole number."""


def parquet_frame(paths: list[Path], engine: str, columns: Sequence[str] | None) -> Any:
    """Open Parquet files as one frame, lazy with Polars and DuckDB.

    Decimals, and columns without any answer, become floating-point numbers, whole decimals too long for these
    text.

    Parameters
    ----------
    paths : list of Path
    engine : {"pandas", "polars", "duckdb"}
    columns : sequence of str or None
        Columns wanted, of which those that the first file lacks are left out; all where None.
    """
    return _READERS[engine](paths, columns)


def _present(paths: list[Path], columns: Sequence[str] | None) -> list[str] | None:
    if columns is None:
        return None
    names = describe_survey(paths[0]).columns
    return [name for name in columns if name in names] or list(names[:1]) or None


def _unlike(paths: list[Path]) -> bool:
    """Whether files hold a column in different kinds, of which none may be cast to the first file's.

    Whole weights in one and decimal ones in the next would be rounded, were they cast.
    """
    import pyarrow.parquet as pq

    kinds = [{field.name: field.type for field in pq.read_schema(path)} for path in paths]
    return any(kind != kinds[0] for kind in kinds[1:])


def _pandas(paths: list[Path], columns: Sequence[str] | None) -> Any:
    import pandas as pd
    import pyarrow.parquet as pq

    wanted = _present(paths, columns)
    if _unlike(paths):
        together = _polars(paths, wanted).collect(engine="streaming").to_arrow()
        return _framed(together)
    pieces = [_framed(pq.read_table(path, columns=wanted)) for path in paths]
    return pieces[0] if len(pieces) == 1 else pd.concat(pieces, ignore_index=True)


def _framed(table: Any) -> Any:
    """Return an Arrow table as a pandas frame, in which truth values may be missing."""
    import pandas as pd
    import pyarrow as pa

    def dtype_of(kind: pa.DataType) -> Any:
        if pa.types.is_nested(kind):  # which its check refuses by name
            return pd.ArrowDtype(kind)
        return pd.BooleanDtype() if pa.types.is_boolean(kind) else None

    plain = _in_floats(table).replace_schema_metadata(None)  # what pandas noted may be damaged
    return plain.to_pandas(ignore_metadata=True, types_mapper=dtype_of)


def _in_floats(table: Any) -> Any:
    """Return an Arrow table with decimals, and columns without any answer, as floating-point numbers.

    Decimals go by way of text: Arrow's own cast is not always to the nearest number.
    """
    import pyarrow as pa

    for place, field in enumerate(table.schema):
        column = table.column(place)
        if pa.types.is_decimal(field.type):
            column = column.cast(pa.string())
            column = (
                column if _of_long_wholes(field.type.precision, field.type.scale) else column.cast("double")
            )
        elif pa.types.is_null(field.type):
            column = column.cast("double")
        table = table.set_column(place, field.name, column)
    return table


def _of_long_wholes(precision: int | None, scale: int) -> bool:
    """Whether decimals are whole numbers that no floating-point number holds: databases' identifiers."""
    return scale == 0 and (precision is None or precision > DIGITS)


def _polars(paths: list[Path], columns: Sequence[str] | None) -> Any:
    import polars as pl

    wanted = _present(paths, columns)
    if _unlike(paths):
        order = wanted or pl.read_parquet_schema(paths[0])
        parts = [pl.scan_parquet(path).select(order) for path in paths]
        persons = pl.concat(parts, how="vertical_relaxed")
    else:
        persons = pl.scan_parquet(paths)
        persons = persons if wanted is None else persons.select(wanted)
    kinds = persons.collect_schema().items()
    empty = [name for name, kind in kinds if kind == pl.Null]
    long = [
        name
        for name, kind in kinds
        if isinstance(kind, pl.Decimal) and _of_long_wholes(kind.precision, kind.scale)
    ]
    if not empty and not long:
        return persons
    return persons.with_columns(pl.col(empty).cast(pl.Float64), pl.col(long).cast(pl.String))


def _duckdb(paths: list[Path], columns: Sequence[str] | None) -> Any:
    import duckdb
    import pyarrow.parquet as pq

    refuse_alike_in_duckdb(paths[0], pq.read_schema(paths[0]).names)
    names = [str(path) for path in paths]
    persons, wanted = duckdb.read_parquet(names, union_by_name=_unlike(paths)), _present(paths, columns)
    persons = persons if wanted is None else persons.select(*map(duckdb.ColumnExpression, wanted))
    read = {name: duckdb.ColumnExpression(name) for name in persons.columns}
    for name, kind in zip(persons.columns, persons.types, strict=True):
        if "NULL" in str(kind):
            read[name] = read[name].cast("DOUBLE").alias(name)
            continue
        precision, scale = (int(str(size)) for _, size in kind.children) if kind.id == "decimal" else (0, 1)
        if _of_long_wholes(precision, scale):
            read[name] = read[name].cast("VARCHAR").alias(name)
    return persons.select(*read.values())


_READERS: dict[str, Callable] = {"pandas": _pandas, "polars": _polars, "duckdb": _duckdb}
ENGINES = tuple(_READERS)
