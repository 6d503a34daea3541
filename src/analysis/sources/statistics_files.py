"""Stata and SPSS files, read into a frame or copied to Parquet piece by piece."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from analysis.sources.declared_missing import lettered_apart, spans_of, without
from analysis.sources.form import Form
from analysis.sources.survey_files import (
    UnreadableSurvey,
    in_one_sentence,
    kind_and_paths,
    refuse_alike_in_duckdb,
    statistics_reader,
)
from analysis.sources.survey_identifiers import EXACT, EXACT_IN_SINGLE

ROWS_PER_PIECE = 250_000
DEFLATED, MOST_DEFLATED = b"$FL3", 1032
"""How a compressed SPSS file (.zsav) begins, and by how much it may be smaller than what it holds."""


def statistics_frame(
    kind: str,
    paths: list[Path],
    engine: str,
    columns: Sequence[str] | None,
    text: Sequence[str],
    form: Form,
    told_apart: Collection[str] | None,
) -> Any:
    """Read Stata or SPSS files as one frame; parameters as of `analysis.sources.microdata.open_microdata`.

    Parameters
    ----------
    kind : {"stata", "spss"}
    paths : list of Path
    engine : {"pandas", "polars", "duckdb"}
    columns : sequence of str or None
        Columns wanted, of which those that a file lacks are left out; all where None.
    text : sequence of str
        Columns to be text, of whole numbers where they are numbers and no digit of theirs may be lost.
    form : Form
        The encoding, where the file's own is wrong.
    told_apart : collection of str or None
        Columns of which Stata's extended missing values are kept, as text, and what SPSS declares missing.

    Raises
    ------
    UnreadableSurvey
        When a file holds fewer persons than it says, or is too short for them.
    """
    import polars as pl

    pieces: list[pl.DataFrame] = []
    for path in paths:
        reader = partial(statistics_reader(kind), str(path), encoding=form.encoding or None)
        _, described = reader(metadataonly=True, user_missing=True)
        _refuse_too_short(path, described)
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


def _refuse_too_short(path: Path, described: Any) -> None:
    """Refuse a file that says it holds more persons than its bytes can, before memory is taken for them.

    A cell takes a byte at least: in Stata its own, in SPSS the code that stands for it.
    """
    size = path.stat().st_size
    with path.open("rb") as opened:
        most = size * MOST_DEFLATED if opened.read(len(DEFLATED)) == DEFLATED else size
    if (described.number_rows or 0) * described.number_columns > most:
        raise UnreadableSurvey(
            f"{path}: says that it holds {described.number_rows:,} persons, for which its {size:,} bytes are "
            "too few; the file is cut off or damaged"
        )


def _lost_digits(numbers: Any) -> bool:
    """Whether a Polars column of floating-point numbers may have lost last digits, which its check tells."""
    import polars as pl

    limit = EXACT_IN_SINGLE if numbers.dtype == pl.Float32 else EXACT
    return numbers.dtype.is_float() and bool((numbers.abs() >= limit).any())


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
    UnreadableSurvey
        When the source cannot be read to its end; nothing is left of the copy.
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
    try:
        with in_one_sentence(source):
            for piece, _ in pieces:
                table = piece.fill_nan(None).to_arrow()
                writer = writer or pq.ParquetWriter(part, _nullable(table.schema))
                writer.write_table(table.cast(writer.schema))
                copied += len(piece)
        if writer is None or not copied:
            raise ValueError(f"{source}: holds no persons")
        writer.close()
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return copied


def _nullable(schema: Any) -> Any:
    """Return a schema in which a column that was empty in the first piece may hold numbers in the next."""
    import pyarrow as pa

    return pa.schema(
        [field.with_type(pa.float64()) if pa.types.is_null(field.type) else field for field in schema]
    )
