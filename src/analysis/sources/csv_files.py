"""Survey microdata from CSV files: every column as text, every line of the length of the first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from analysis.sources.csv_marks import check_marks
from analysis.sources.form import Form
from analysis.sources.survey_files import (
    UnreadableSurvey,
    first_line_names,
    form_of,
    not_encoded,
    refuse_alike_in_duckdb,
)

LONGEST_LINE = 1 << 27
"""Bytes that a line may have with DuckDB, whose own limit is 2 MB."""


def csv_frame(paths: list[Path], engine: str, columns: Sequence[str] | None, form: Form) -> Any:
    """Open CSV files; with Polars and DuckDB they stay on disk where they are UTF-8.

    Parameters
    ----------
    paths : list of Path
        Files of the same columns, plain or compressed by gzip.
    engine : {"pandas", "polars", "duckdb"}
        What holds the persons.
    columns : sequence of str, optional
        Columns wanted, without it all that have a name (R's numbers of rows have none); one that is absent is
        left for the mapping's check to report.
    form : Form
        Encoding and delimiter.

    Returns
    -------
    pandas.DataFrame, polars.LazyFrame or duckdb.DuckDBPyRelation
        Every column is text; a blank is missing.

    Raises
    ------
    UnreadableSurvey
        When a line has more or fewer columns than the first, or is not of the encoding.
    """
    form = form_of(paths[0], form)
    names = first_line_names(paths[0], form)
    named = [name for name in names if name] or names[:1]
    held = set(names)
    wanted = named if columns is None else [name for name in columns if name in held] or named[:1]
    of_utf8 = form.encoding.lower().replace("_", "-") in ("utf-8", "utf8")
    alike = [check_marks(path, form.delimiter, of_utf8, form.encoding) for path in paths]
    in_order = all(
        first_line_names(path, form) == names for path in paths[1:]
    )  # DuckDB reads by place, not by name
    on_disk = engine != "pandas" and of_utf8 and all(alike) and in_order
    if engine == "duckdb":
        refuse_alike_in_duckdb(paths[0], names)
    read = wanted[:1] if on_disk else wanted
    checked = [_table(path, first_line_names(path, form), read, form, keep=not on_disk) for path in paths]
    files = [str(path) for path in paths]
    if on_disk and engine == "polars":
        import polars as pl

        text = pl.scan_csv(files, infer_schema=False, separator=form.delimiter)
        if text.select(pl.len()).collect().item() > sum(lines for _, lines in checked):
            text = text.filter(pl.any_horizontal(pl.all().is_not_null()))
        return text.select(wanted)
    if on_disk:
        import duckdb

        relation = duckdb.read_csv(
            files,
            columns={name or "unnamed column": "VARCHAR" for name in names},
            auto_detect=False,
            header=True,
            delimiter=form.delimiter,
            quotechar='"',
            escapechar='"',
            null_padding=False,
            max_line_size=LONGEST_LINE,
        )
        return relation.select(*map(duckdb.ColumnExpression, wanted))
    import pyarrow as pa

    whole = pa.concat_tables(table for table, _ in checked)
    if engine == "polars":
        import polars as pl

        return pl.DataFrame(pl.from_arrow(whole)).lazy()
    if engine == "duckdb":
        import duckdb

        return duckdb.from_arrow(whole)
    return whole.to_pandas()


def _table(path: Path, names: list[str], wanted: list[str], form: Form, *, keep: bool) -> tuple[Any, int]:
    """Check every line of a file; return the columns wanted, where they are to be kept, and its lines.

    Blank lines are left out.
    """
    import pyarrow as pa
    from pyarrow import csv

    ragged: list[str] = []

    def of_another_length(line: csv.InvalidRow) -> str:
        ragged.append(f"a line of {line.actual_columns} columns: {(line.text or '')[:60]!r}")
        return "error"

    schema = pa.schema([(name, pa.string()) for name in wanted])
    try:
        batches = csv.open_csv(
            path,
            read_options=csv.ReadOptions(
                column_names=names, skip_rows=1, encoding=form.encoding, block_size=1 << 24
            ),
            parse_options=csv.ParseOptions(
                delimiter=form.delimiter, newlines_in_values=True, invalid_row_handler=of_another_length
            ),
            convert_options=csv.ConvertOptions(
                include_columns=wanted,
                column_types=schema,
                null_values=[""],
                strings_can_be_null=True,
            ),
        )
        kept, lines = [], 0
        for batch in batches:
            lines += batch.num_rows
            kept += [batch] if keep else []
    except pa.ArrowInvalid as refused:
        if re.search("Empty CSV file|Could not skip", str(refused)):
            return schema.empty_table(), 0
        if ragged:
            raise UnreadableSurvey(
                f"{path}: the first line names {len(names)} columns, but there is {ragged[0]}; correct the "
                "line, or name what stands between columns by --delimiter"
            ) from refused
        if re.search("(?i)utf-?8|decod|encod", str(refused)):
            raise UnreadableSurvey(f"{path}: {not_encoded(form)}") from refused
        raise
    except UnicodeError as refused:
        raise UnreadableSurvey(f"{path}: {not_encoded(form)}") from refused
    return pa.Table.from_batches(kept, schema), lines
