"""Survey microdata from Stata, SPSS, CSV and Parquet files, a folder of them, or a frame in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from analysis.sources.mapping import Mapping
from analysis.sources.survey_checks import harmonise

KINDS = {
    ".parquet": "parquet",
    ".csv": "csv",
    ".csv.gz": "csv",
    ".dta": "stata",
    ".sav": "spss",
    ".zsav": "spss",
}
"""What is read, by the end of the file's name."""

ENGINES = ("pandas", "polars", "duckdb")
ROWS_PER_PIECE = 250_000


def survey(source: Any, mapping: Mapping, *, engine: str | None = None) -> Any:
    """Read a survey and return it under harmonised names, checked.

    Parameters
    ----------
    source : path, sequence of paths, dataframe, lazy frame or relation
        As in `read`.
    mapping : Mapping
        Which column is which, and which codes mean what.
    engine : {"pandas", "polars", "duckdb"}, optional
        As in `read`.

    Returns
    -------
    dataframe, lazy frame or relation
        As `analysis.sources.survey_checks.harmonise` returns it.

    Raises
    ------
    SurveyError
        When the survey breaks the mapping's rules, with every breach.
    """
    return harmonise(read(source, engine=engine, columns=mapping.columns, text=mapping.text_columns), mapping)


def read(
    source: Any,
    *,
    engine: str | None = None,
    columns: Sequence[str] | None = None,
    text: Sequence[str] = (),
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
        Columns to read as text, so that ``0012`` keeps its zeros.

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
        When the engine or the kind of a file is not known, or a folder holds several kinds.
    """
    if not isinstance(source, (str, Path, list, tuple)):
        if engine is not None:
            raise ValueError(
                f"engine {engine!r} was named for a frame in memory; expected a path, or no engine, so that "
                "the frame "
                "keeps its own"
            )
        return source
    engine = engine or "pandas"
    if engine not in ENGINES:
        raise ValueError(
            f"engine {engine!r} does not read survey files; expected one of {', '.join(ENGINES)}"
        )
    kind, paths = _listed(source)
    if kind in ("stata", "spss"):
        return _from_statistics_package(kind, paths, engine, columns, text)
    return _OPENED[engine](kind, paths, columns, text)


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

    kind, paths = _listed(source)
    if kind not in ("stata", "spss"):
        raise ValueError(
            f"{source}: is {kind}; expected a Stata or SPSS file. Parquet and CSV are streamed as they are"
        )
    target = Path(target)
    if target.exists():
        raise FileExistsError(f"{target}: exists; name another file, or remove this one")
    part, copied, writer = target.with_name(target.name + ".part"), 0, None
    pieces = pyreadstat.read_file_in_chunks(
        _STATISTICS[kind](), str(paths[0]), chunksize=ROWS_PER_PIECE, output_format="polars"
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


def _listed(source: Path | str | Sequence[Path | str]) -> tuple[str, list[Path]]:
    paths: list[Path] = []
    for path in [source] if isinstance(source, (str, Path)) else source:
        path = Path(path)
        if not path.exists():
            raise FileNotFoundError(f"{path}: no such file or folder")
        paths += sorted(p for p in path.rglob("*") if _kind(p)) if path.is_dir() else [path]
    kinds = sorted({_kind(path) or f"unknown ({path.name})" for path in paths})
    if len(kinds) != 1 or kinds[0] not in KINDS.values():
        found = ", ".join(kinds) or "no survey file"
        raise ValueError(f"{source}: found {found}; expected files of one kind, ending in {', '.join(KINDS)}")
    return kinds[0], paths


def _kind(path: Path) -> str | None:
    return next((kind for ending, kind in KINDS.items() if path.name.lower().endswith(ending)), None)


def _pandas(kind: str, paths: list[Path], columns: Sequence[str] | None, text: Sequence[str]) -> Any:
    import pandas as pd
    import pyarrow.parquet as pq

    pieces = []
    for path in paths:
        if kind == "parquet":
            present = set(pq.read_schema(path).names)
            wanted = None if columns is None else [column for column in columns if column in present]
            piece = pd.read_parquet(path, columns=wanted)
        else:
            wanted = None if columns is None else set(columns).__contains__
            types = dict.fromkeys(text, "str")
            piece = pd.read_csv(path, usecols=wanted, dtype=types, keep_default_na=False, na_values=[""])
        pieces.append(piece)
    return pieces[0] if len(pieces) == 1 else pd.concat(pieces, ignore_index=True)


def _polars(kind: str, paths: list[Path], columns: Sequence[str] | None, text: Sequence[str]) -> Any:
    import polars as pl
    import polars.selectors as cs

    if kind == "parquet":
        persons = pl.scan_parquet(paths)
    else:
        types = dict.fromkeys(text, pl.String)
        persons = pl.scan_csv(paths, schema_overrides=types, infer_schema_length=None)
    return persons if columns is None else persons.select(cs.by_name(*columns, require_all=False))


def _duckdb(kind: str, paths: list[Path], columns: Sequence[str] | None, text: Sequence[str]) -> Any:
    import duckdb

    files = [str(path) for path in paths]
    if kind == "parquet":
        persons = duckdb.read_parquet(files)
    else:
        head = duckdb.read_csv(files, header=True, sample_size=1)
        types = {name: "VARCHAR" for name in text if name in head.columns}
        persons = duckdb.read_csv(files, header=True, dtype=types, sample_size=-1, na_values=[""])
    if columns is None:
        return persons
    return persons.select(*(duckdb.ColumnExpression(name) for name in columns if name in persons.columns))


_OPENED: dict[str, Callable] = {"pandas": _pandas, "polars": _polars, "duckdb": _duckdb}


def _read_stata() -> Callable:
    import pyreadstat

    return pyreadstat.read_dta


def _read_spss() -> Callable:
    import pyreadstat

    return pyreadstat.read_sav


_STATISTICS: dict[str, Callable[[], Callable]] = {"stata": _read_stata, "spss": _read_spss}


def _from_statistics_package(
    kind: str, paths: list[Path], engine: str, columns: Sequence[str] | None, text: Sequence[str]
) -> Any:
    import polars as pl

    pieces = []
    for path in paths:
        _, described = _STATISTICS[kind]()(str(path), metadataonly=True)
        wanted = None if columns is None else [name for name in columns if name in described.column_names]
        piece, _ = _STATISTICS[kind]()(str(path), usecols=wanted, output_format="polars")
        pieces.append(piece.fill_nan(None))
    persons = pl.concat(pieces, how="vertical_relaxed")
    identifiers = [name for name in text if name in persons.columns and persons[name].dtype.is_numeric()]
    whole = [n for n in identifiers if persons[n].is_null().all() or (persons[n].drop_nulls() % 1 == 0).all()]
    persons = persons.with_columns(pl.col(whole).cast(pl.Int64))
    persons = persons.with_columns(pl.col(identifiers).cast(pl.String))
    if engine == "polars":
        return persons.lazy()
    if engine == "duckdb":
        import duckdb

        return duckdb.from_arrow(persons.to_arrow())
    return persons.to_pandas()
