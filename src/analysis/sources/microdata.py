"""Survey microdata from Stata, SPSS, CSV and Parquet files, a folder of them, or a frame in memory."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from analysis.sources.csv_files import csv_frame
from analysis.sources.declared_missing import lettered_apart, spans_of, without
from analysis.sources.form import PLAIN, Form
from analysis.sources.mapping import SurveyMapping
from analysis.sources.survey_checks import harmonise
from analysis.sources.survey_files import (
    KINDS,
    UnreadableSurvey,
    describe_survey,
    in_one_sentence,
    kind_and_paths,
    refuse_alike_in_duckdb,
    statistics_reader,
)
from analysis.sources.survey_identifiers import EXACT, EXACT_IN_SINGLE

__all__ = ["ENGINES", "KINDS", "UnreadableSurvey", "open_microdata", "survey", "to_parquet"]

ENGINES = ("pandas", "polars", "duckdb")
ROWS_PER_PIECE = 250_000
DIGITS = 15
"""Digits that a floating-point number holds of any whole number."""


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
        return harmonise(persons, mapping, described)


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
            return _PARQUET[engine](paths, columns)
        return _from_statistics_package(kind, paths, engine, columns, text, form, told_apart)


def to_parquet(source: Path | str, target: Path | str) -> int:
    """Copy a Stata or SPSS file to Parquet piece by piece, so that one larger than memory can be streamed.

    Parameters
    ----------
    source : Path or str
        A ``.dta``, ``.sav`` or ``.zsav`` file.
    target : Path or str
        A ``.parquet`` file that does not exist yet.

    Returns
    -------
    int
        Number of persons copied.

    Raises
    ------
    FileExistsError
        When the target exists.
    ValueError
        When the source is of another kind, or holds no persons.
    """
    import pyarrow.parquet as pq
    import pyreadstat

    kind, paths = kind_and_paths(source)
    if kind not in ("stata", "spss"):
        raise ValueError(
            f"{source}: is {kind}; expected a Stata or SPSS file. Parquet and CSV are streamed as they are"
        )
    target = Path(target)
    if target.exists():
        raise FileExistsError(f"{target}: exists; name another file, or remove this one")
    part, copied, writer = target.with_name(target.name + ".part"), 0, None
    pieces = pyreadstat.read_file_in_chunks(
        statistics_reader(kind), str(paths[0]), chunksize=ROWS_PER_PIECE, output_format="polars"
    )
    for piece, _ in pieces:
        table = piece.fill_nan(None).to_arrow()
        writer = writer or pq.ParquetWriter(part, _nullable(table.schema))
        writer.write_table(table.cast(writer.schema))
        copied += len(piece)
    if writer is None or not copied:
        raise ValueError(f"{source}: holds no persons")
    writer.close()
    part.replace(target)
    return copied


def _nullable(schema: Any) -> Any:
    """Return a schema in which a column that was empty in the first piece may hold numbers in the next."""
    import pyarrow as pa

    return pa.schema(
        [field.with_type(pa.float64()) if pa.types.is_null(field.type) else field for field in schema]
    )


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

    def held(kind: pa.DataType) -> Any:
        if pa.types.is_nested(kind):  # which its check refuses by name
            return pd.ArrowDtype(kind)
        return pd.BooleanDtype() if pa.types.is_boolean(kind) else None

    return _in_floats(table).to_pandas(ignore_metadata=True, types_mapper=held)


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


_PARQUET: dict[str, Callable] = {"pandas": _pandas, "polars": _polars, "duckdb": _duckdb}


def _from_statistics_package(
    kind: str,
    paths: list[Path],
    engine: str,
    columns: Sequence[str] | None,
    text: Sequence[str],
    form: Form,
    told_apart: Collection[str] | None,
) -> Any:
    import polars as pl

    pieces: list[pl.DataFrame] = []
    for path in paths:
        reader = partial(statistics_reader(kind), str(path), encoding=form.encoding or None)
        _, described = reader(metadataonly=True, user_missing=True)
        if engine == "duckdb":
            refuse_alike_in_duckdb(path, described.column_names)
        wanted = None if columns is None else [name for name in columns if name in described.column_names]
        keeps = told_apart is not None and kind == "spss"
        piece, _ = reader(usecols=wanted, output_format="polars", user_missing=keeps)
        if keeps:
            spans = spans_of(described)
            numbers = [c for c in piece.columns if c in text and c in spans and piece[c].dtype.is_numeric()]
            piece = without(piece, {column: spans[column] for column in numbers})
        elif told_apart and (apart := [name for name in piece.columns if name in told_apart]):
            lettered, about = reader(usecols=apart, output_format="polars", user_missing=True)
            piece = piece.with_columns(lettered_apart(lettered.select(list(about.missing_user_values))))
        if described.number_rows is not None and piece.width and len(piece) != described.number_rows:
            raise UnreadableSurvey(
                f"{path}: {len(piece):,} of {described.number_rows:,} persons could be read; the file is "
                "cut off"
            )
        single = [c for c in piece.columns if c in text and described.readstat_variable_types[c] == "float"]
        piece = piece.fill_nan(None).with_columns(pl.col(single).cast(pl.Float32))
        pieces.append(piece.select(pieces[0].columns) if pieces else piece)
    persons = pl.concat(pieces, how="vertical_relaxed")
    identifiers = [
        name
        for name in text
        if name in persons.columns and persons[name].dtype.is_numeric() and not _lost_digits(persons[name])
    ]
    whole = [n for n in identifiers if persons[n].is_null().all() or (persons[n].drop_nulls() % 1 == 0).all()]
    persons = persons.with_columns(pl.col(whole).cast(pl.Int64))
    persons = persons.with_columns(pl.col(identifiers).cast(pl.String))
    if engine == "polars":
        return persons.lazy()
    if engine == "duckdb":
        import duckdb

        return duckdb.from_arrow(persons.to_arrow())
    return persons.to_pandas()


def _lost_digits(numbers: Any) -> bool:
    """Whether a Polars column of floating-point numbers may have lost last digits, which its check tells."""
    import polars as pl

    limit = EXACT_IN_SINGLE if numbers.dtype == pl.Float32 else EXACT
    return numbers.dtype.is_float() and bool((numbers.abs() >= limit).any())
