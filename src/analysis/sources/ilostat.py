"""ILOSTAT's bulk CSV and SDMX-CSV, read to the tidy frame; codes, status and notes are kept as recorded."""

from __future__ import annotations

import csv
import gzip
import re
import zlib
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache as once
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from analysis.clean import TIDY
from analysis.sources import ilostat_cache

BULK = ("ref_area", "source", "indicator", "time", "obs_value")
SDMX = ("DATAFLOW", "REF_AREA", "MEASURE", "TIME_PERIOD", "OBS_VALUE")
PERIOD = (
    re.compile(r"[12][0-9]{3}(?:-?(?:Q[1-4]|S[12]|M?(?:0[1-9]|1[0-2])))?"),
    "a year such as 2019, a quarter or a month",
)
FLAG = re.compile("[A-Z]{1,2}"), "a flag of one letter or two"
_LAST = 1 << 16
_BLOCK = 1 << 20
_BESIDE_MARKS = np.isin(np.arange(256), list(b'",\r\n'))
"""Of which bytes one stands at least at one side of a quotation mark, by the byte."""
FORECAST = "F"
"""The flag of a forecast value in SDMX's list of observation statuses."""
NUMBERS = {"obs_value", "OBS_VALUE", "UPPER_BOUND", "LOWER_BOUND"}


def read_ilostat(
    path: Path | str,
    *,
    edition: int,
    indicators: Iterable[str] | None = None,
    areas: Iterable[str] | None = None,
    units: Mapping[str, str] | None = None,
    cache: Path | str | None = None,
) -> pl.DataFrame:
    """Read an ILOSTAT file, ``.csv`` or ``.csv.gz`` in either dialect, to the tidy frame.

    Parameters
    ----------
    path : Path or str
        A bulk file (``ref_area, source, indicator, …``) or an SDMX-CSV file (``DATAFLOW, REF_AREA, …``),
        with codes.
    edition : int, year
        Year of the edition; a period of a later year gets the basis ``projected``, and so does a number that
        its flag calls a forecast.
    indicators, areas : iterable of str, optional
        Codes to keep; all when absent. A code that the file does not hold is an error.
    units : mapping of str to str, optional
        Unit of an indicator, over the one that ``ilostat_units.csv`` gives. An indicator that neither knows
        has a missing unit.
    cache : Path or str, optional
        Folder of Parquet copies keyed by the file's SHA-256. The copy is written while the caller goes on
        (`ilostat_cache.finish` waits for it); the next reading takes only what it needs from it.

    Returns
    -------
    polars.DataFrame
        Rows in the file's order: the columns of `TIDY`, then whatever else is recorded, notes among them.
        `period` is text (``2019``, ``2019Q1``). A blank is missing. ``.to_pandas()`` gives the pandas frame.

    Raises
    ------
    ValueError
        When the file is empty, is in neither dialect, holds a value that is no number, or lacks a code asked
        for.
    """
    path = Path(path)
    wanted = {"indicator": _asked(indicators), "area": _asked(areas)}
    copy = ilostat_cache.copy_of(path, Path(cache)) if cache is not None else None
    parsed = None if copy is not None and copy.exists() else _parsed(path)
    observations = pl.scan_parquet(copy) if parsed is None else parsed.lazy()
    for column, codes in wanted.items():
        if codes is not None:
            only = pl.col(column) == codes[0] if len(codes) == 1 else pl.col(column).is_in(codes)
            observations = observations.filter(only)
    if units:
        stated = pl.col("indicator").replace_strict(dict(units), default=pl.col("unit"))
        observations = observations.with_columns(stated.alias("unit"))
    later = (pl.col("period") >= str(edition + 1)) | (pl.col("status") == FORECAST).fill_null(False)
    basis = pl.when(later).then(_code("projected")).otherwise(pl.col("basis"))
    rows = observations.with_columns(basis.alias("basis")).collect()
    if copy is not None and parsed is not None:
        ilostat_cache.write_behind(parsed, copy)
    for column, codes in wanted.items():
        _refuse_absent(path, rows, column, codes)
    return rows


def dialect(path: Path | str) -> str:
    """Return ``bulk`` or ``sdmx``, from the file's first line.

    Raises
    ------
    ValueError
        When the file is empty or its columns are of neither dialect.
    """
    return "sdmx" if _header(Path(path))[0] == SDMX[0] else "bulk"


def _asked(codes: Iterable[str] | None) -> list[str] | None:
    if codes is None:
        return None
    listed = [codes] if isinstance(codes, str) else list(dict.fromkeys(codes))
    if not listed:
        raise ValueError("ilostat.read: an empty list of codes asks for nothing; leave it out to read all")
    return listed


def _refuse_absent(path: Path, rows: pl.DataFrame, column: str, codes: list[str] | None) -> None:
    absent = sorted(set(codes or ()) - set(rows[column].unique()))
    if absent:
        raise ValueError(
            f"{path.name}: no rows for {column} {', '.join(absent)} (with the other codes asked for); "
            "see the file's own codes with ilostat.read(path, edition=…)"
        )


def _header(path: Path) -> list[str]:
    try:
        with path.open("rb") as raw:
            unpacked = gzip.GzipFile(fileobj=raw) if path.suffix == ".gz" else raw
            columns = next(csv.reader([unpacked.readline().decode("utf-8-sig")]), [])
    except (UnicodeDecodeError, csv.Error, EOFError, zlib.error, gzip.BadGzipFile) as refused:
        raise ValueError(f"{path}: no table of text in UTF-8 ({refused}); fetch it again") from refused
    if not any(columns):
        raise ValueError(
            f"{path}: empty; an unknown code makes the service answer so. Fetch it again, with a known code"
        )
    if not set(BULK) <= set(columns) and not set(SDMX) <= set(columns):
        raise ValueError(
            f"{path}: first line is {', '.join(columns)[:200]!r}; expected the columns {', '.join(BULK)} "
            "(bulk, "
            f"type=code) or {', '.join(SDMX)} (SDMX-CSV). Fetch the file with codes, not labels"
        )
    if len(set(columns)) < len(columns) or "" in columns:
        raise ValueError(f"{path}: first line is {columns}; expected names that differ and are not empty")
    return columns


def _parsed(path: Path) -> pl.DataFrame:
    columns = _header(path)
    schema = {name: pl.Float64 if name in NUMBERS else pl.String for name in columns}
    try:
        recorded = pl.read_csv(path, schema=schema, null_values="")
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as refused:
        raise ValueError(
            f"{path}: cannot be read as the columns {', '.join(columns)}: {refused}"
        ) from refused
    if recorded.is_empty():
        raise ValueError(f"{path}: a header and no rows; an unknown code makes the service answer so")
    keys = SDMX[1:-1] if columns[0] == SDMX[0] else BULK[:-1]
    _refuse_cut_off(path, len(columns), len(recorded))
    _refuse_strange_keys(path, recorded, keys)
    return _tidy_sdmx(recorded) if columns[0] == SDMX[0] else _tidy_bulk(recorded)


def _refuse_cut_off(path: Path, width: int, rows: int) -> None:
    """Refuse a file whose last line is shorter than the first, or whose lines are not its rows.

    Polars fills the one with blanks, and takes lines between two quotation marks for one cell. A compressed
    file has a checksum of its own.
    """
    if path.suffix == ".gz":
        return
    _refuse_torn(path)
    with path.open("rb") as raw:
        lines = sum(1 for line in raw if line.strip())
        raw.seek(max(path.stat().st_size - _LAST, 0))
        end = raw.read().decode("utf-8", "replace").rstrip("\r\n")
    try:
        cells = next(csv.reader([end.rpartition("\n")[2]], strict=True), [])
    except csv.Error:  # what Polars reads as blank
        raise ValueError(f"{path}: ends amid a cell: the file is cut off; fetch it again") from None
    if len(cells) < width:
        raise ValueError(
            f"{path}: the last line has {len(cells)} cells, {width} expected: the file is cut off; fetch it "
            "again"
        )
    if lines != rows + 1:
        raise ValueError(
            f"{path}: {lines:,} lines hold {rows:,} rows; expected one in each line but the "
            "first: a quotation mark is missing; fetch it again"
        )


def _refuse_torn(path: Path) -> None:
    """Refuse a quotation mark amid a cell that is not doubled: where such marks pair, Polars drops them."""
    with path.open("rb") as raw:
        block = b"\n" + raw.read(_BLOCK).removeprefix(BOM_UTF8)
        while len(block) > 2:
            read = np.frombuffer(block, np.uint8)
            marks = np.flatnonzero(read[1:-1] == ord('"')) + 1
            torn = marks[~(_BESIDE_MARKS[read[marks - 1]] | _BESIDE_MARKS[read[marks + 1]])]
            if len(torn):
                about = block[max(torn[0] - 20, 0) : torn[0] + 20].decode("utf-8", "replace")
                raise ValueError(
                    f"{path}: found {about!r}, with a quotation mark amid a cell; expected it doubled: the "
                    "file is damaged, fetch it again"
                )
            block = block[-2:] + raw.read(_BLOCK)


def _refuse_strange_keys(path: Path, recorded: pl.DataFrame, keys: Sequence[str]) -> None:
    """Refuse a row without a code, and what stands where a period is expected: cells are shifted."""
    for name in keys:
        if recorded[name].null_count() and name.lower() not in ("source", "measure"):
            row = recorded[name].is_null().arg_max() or 0
            raise ValueError(f"{path} data row {row + 1}: {name} is blank; expected a code")
    shapes = {name: PERIOD for name in keys if name.lower().startswith("time")}
    shapes |= {name: FLAG for name in recorded.columns if name.lower() == "obs_status"}
    for name, (shape, meant) in shapes.items():
        strange = [text for text in recorded[name].unique() if text and not shape.fullmatch(text)]
        if strange:
            shown = ", ".join(map(repr, sorted(strange)[:3]))
            raise ValueError(f"{path}: {name} holds {shown}; expected {meant}: cells are missing or shifted")


def _tidy_bulk(recorded: pl.DataFrame) -> pl.DataFrame:
    classified = [name for name in recorded.columns if re.fullmatch(r"classif\d+", name)]
    age, rest = _age_apart(recorded, classified)
    runs = _Runs.of(recorded["indicator"])
    modelled = (
        pl.col("source").str.starts_with("XA:")
        | runs.spread(lambda code: re.match(r"[A-Z]+_2", code) is not None, pl.Boolean)
        | _aggregated(pl.col("ref_area"))
    )
    sex = pl.col("sex") if "sex" in recorded.columns else pl.lit(None, pl.String)
    return _arranged(
        recorded,
        {"ref_area": "area", "time": "period", "obs_value": "value", "obs_status": "status"},
        {
            **rest,
            "sex": sex,
            "age": age,
            "unit": runs.spread(unit_of_indicator, pl.Categorical),
            "basis": _basis(modelled),
        },
        dropped=[name for name in classified if name not in rest],
    )


@dataclass(frozen=True)
class _Runs:
    """A column of codes by runs of the same code, of which files in the service's order have few."""

    codes: list[str | None]
    run: pl.Series

    @classmethod
    def of(cls, column: pl.Series) -> _Runs:
        runs = column.rle().struct.unnest()
        run = np.repeat(np.arange(len(runs), dtype=np.uint32), runs["len"].to_numpy())
        return cls(runs["value"].to_list(), pl.Series(run))

    def spread(self, function: Callable[[str], Any], kind: type[pl.DataType]) -> pl.Series:
        """Return the function's value for every row; missing where the code is, or the value."""
        values = {code: None if code is None else function(code) for code in set(self.codes)}
        return pl.Series([values[code] for code in self.codes], dtype=kind).gather(self.run)


def _tidy_sdmx(recorded: pl.DataFrame) -> pl.DataFrame:
    recorded = recorded.rename({name: name.lower() for name in recorded.columns})
    listed = {(row["measure"], row["multiplier"]): row["unit"] for row in _table("ilostat_sdmx_units.csv")}
    written = pl.concat_str([pl.col("unit_measure"), pl.col("unit_mult")], separator="|", ignore_nulls=True)
    unit = written.replace_strict(
        {"|".join(pair): name for pair, name in listed.items()}, default=None, return_dtype=pl.String
    )
    indicator = pl.col("dataflow").str.replace(r"^ILO:DF_", "").str.replace(r"\(.*\)$", "")
    modelled = (
        pl.col("source").str.contains("(?i)modelled").fill_null(False)
        | pl.col("measure").str.contains(r"^[A-Z]+_2")
        | _aggregated(pl.col("ref_area"))
    )
    own = {
        name: pl.col(name) if name in recorded.columns else pl.lit(None, pl.String) for name in ("sex", "age")
    }
    return _arranged(
        recorded,
        {"ref_area": "area", "time_period": "period", "obs_value": "value", "obs_status": "status"},
        {"indicator": indicator, **own, "unit": unit, "basis": _basis(modelled)},
        dropped=["dataflow"],
    )


def _arranged(
    recorded: pl.DataFrame,
    renamed: dict[str, str],
    expressions: dict[str, pl.Expr | pl.Series],
    dropped: list[str],
) -> pl.DataFrame:
    left = [name for name in recorded.columns if name not in (*renamed, *expressions, *dropped)]
    tidy: dict[str, pl.Expr | pl.Series] = {"status": pl.lit(None, pl.String)}
    tidy |= {new: pl.col(old) for old, new in renamed.items() if old in recorded.columns}
    tidy |= {name: recorded[name] for name in left} | expressions  # no expression: a name may be "*"
    order = [*TIDY, *(name for name in tidy if name not in TIDY)]
    return recorded.select(tidy[name].alias(name) for name in order)


def _age_apart(recorded: pl.DataFrame, classified: list[str]) -> tuple[pl.Expr, dict[str, pl.Expr]]:
    """Return the age code's expression, and the other classifications without it by their name."""
    ages, rest = [], {}
    for name in classified:
        aged = recorded[name].str.starts_with("AGE_")
        if aged.null_count() == len(aged) or not aged.any():
            rest[name] = pl.col(name)
        elif aged.all():
            ages.append(pl.col(name))
        else:
            is_age = pl.col(name).str.starts_with("AGE_")
            ages.append(pl.when(is_age).then(pl.col(name)))
            rest[name] = pl.when(~is_age).then(pl.col(name))
    return pl.coalesce(ages) if ages else pl.lit(None, pl.String), rest


def _aggregated(area: pl.Expr) -> pl.Expr:
    """Tell whether an area is a region or the World: X and a digit (``:`` follows ``9``)."""
    return (area >= "X0") & (area < "X:")


def _basis(modelled: pl.Expr) -> pl.Expr:
    return pl.when(modelled).then(_code("modelled")).otherwise(_code("reported"))


def _code(text: str | None) -> pl.Expr:
    return pl.lit(text, pl.Categorical)


def unit_of_indicator(indicator: str) -> str | None:
    """Return the unit of an ILOSTAT indicator by its code, or None when it is not settled by it."""
    for row in _table("ilostat_units.csv"):
        if re.fullmatch(row["code"], indicator):
            return row["unit"] or None
    return None


@once
def _table(name: str) -> list[dict[str, str]]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
