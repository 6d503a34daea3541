"""Archives in batches: samples have no stratum in common, so their variances add up, batch after batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import narwhals as nw

from analysis.estimation.engines import ENGINES, collect, parquet_files, read_whole

BATCH_ROWS = 1_000_000
"""Least number of rows of a batch, the last excepted."""


@dataclass(frozen=True, eq=False)
class Batch:
    """The samples of an archive that lie in a range: from `first` on, and before `end`."""

    source: list[str] | nw.LazyFrame
    survey: tuple[str, ...]
    first: tuple | None
    end: tuple | None
    rows: int

    def open(self, columns: Sequence[str], engine: str | None) -> nw.LazyFrame | nw.DataFrame:
        """Open the archive, and keep the persons of these samples."""
        if isinstance(self.source, nw.LazyFrame):
            frame = self.source
        elif engine in (None, "pandas"):
            import pyarrow.compute as pc

            condition = self._holds([*map(pc.field, self.survey)])
            return nw.from_native(read_whole(self.source, columns, condition))
        else:
            frame = nw.from_native(ENGINES[engine](self.source, columns))
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


PASSES, PASS_ROWS = 20, 2_000_000
"""Most batches of an archive in no order, each of which reads all of it; least number of rows of each."""


def independent_batches(persons: Any, survey: tuple[str, ...], engine: str | None = None) -> list[Any]:
    """Split an archive into batches that have no sample in common, to be reduced one after the other.

    Parameters
    ----------
    persons : path, list of paths, or a frame
        Parquet files, by the footers of which the samples in each row group are known; where the rows are
        not in the order of their samples, and in a lazy frame of Polars or DuckDB, the samples are counted.
        Any other frame is one batch.
    survey : tuple of str
        Columns that tell samples apart.
    engine : str, optional
        The engine that opens the files.

    Returns
    -------
    list
        Batches, or the argument alone where it is small, or where samples have codes that are missing, or
        neither text nor whole numbers.
    """
    if not survey:
        return [persons]
    if not isinstance(persons, (str, Path, list, tuple)):
        frame = nw.from_native(persons)
        lazy = isinstance(frame, nw.LazyFrame) and str(frame.implementation) in ("polars", "duckdb")
        batches = _passes(frame, survey) if lazy else []
        return batches if len(batches) > 1 else [persons]
    import pyarrow.parquet as pq

    files = parquet_files(persons)
    rows = sum(pq.read_metadata(file).num_rows for file in files)
    if rows <= BATCH_ROWS or not set(survey) <= set(pq.read_schema(files[0]).names):
        return [persons]
    batches = _cut(_spans(files, survey), survey, BATCH_ROWS)
    if len(batches) == 1 or sum(batch.rows for batch in batches) > 2 * rows:
        batches = _passes(nw.from_native(ENGINES[engine or "pandas"](files, survey)), survey, tuple(files))
    return batches if len(batches) > 1 else [persons]


def _passes(frame: Any, survey: tuple[str, ...], files: tuple[str, ...] = ()) -> list[Batch]:
    """Count the rows of each sample; cut the files, or else the frame, into batches that each read it all."""
    if not set(survey) <= set(frame.collect_schema().names()):
        return []
    counted = collect(frame.select(*_texts(frame, survey)).group_by(*survey).agg(__n=nw.len()))
    spans = [_Span(row[:-1], row[:-1], row[-1], files) for row in counted.iter_rows()]
    if any(type(code) not in (str, int) for span in spans for code in span.first):
        return []
    rows = max(PASS_ROWS, sum(span.rows for span in spans) // PASSES)
    return _cut(spans, survey, rows, None if files else frame)


class _Span(NamedTuple):
    """Rows whose samples lie between two bounds, both included."""

    first: tuple
    last: tuple
    rows: int
    files: tuple[str, ...]


def _cut(
    spans: list[_Span], survey: tuple[str, ...], rows: int, frame: nw.LazyFrame | None = None
) -> list[Batch]:
    """Cut samples, in their order, into batches of so many rows at least, the last excepted."""
    spans, count = sorted(spans), 0
    cuts: list[tuple] = []
    for span in spans:
        if count >= rows and span.first > (cuts or [spans[0].first])[-1]:
            cuts.append(span.first)
            count = 0
        count += span.rows
    batches = []
    for first, end in zip([None, *cuts], [*cuts, None], strict=True):
        inside = [s for s in spans if (first is None or s.last >= first) and (end is None or s.first < end)]
        files = list(dict.fromkeys(file for s in inside for file in s.files))
        source = files if frame is None else frame
        batches.append(Batch(source, survey, first, end, sum(s.rows for s in inside)))
    return batches


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
