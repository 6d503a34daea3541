"""What the checks of a survey's files cost beside the reading: quotes, ends and lengths of lines, footers."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import narwhals as nw
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat
from pyarrow import csv

from analysis.sources import csv_files, csv_marks, mapping, microdata, parquet_files, survey_files
from analysis.sources.form import PLAIN
from benchmarks.make import DATA, archive

COLUMNS = ["ilo_wgt", "ilo_sex", "ilo_age", "ilo_lfs", "stratum", "psu"]
FILES = 200
"""Files of a folder."""


def run(persons: int, rounds: int) -> list[dict]:
    """Time each reading and its checks alone, in seconds of a processor, the least of some turns."""
    text, whole, folder, spss = _made(persons)
    form = survey_files.form_of(text, PLAIN)
    names = survey_files.first_line_names(text, form)
    parts = sorted(folder.glob("*.parquet"))

    def lengths() -> Any:
        return csv_files._table(text, names, names[:1], form, keep=False)

    tasks: dict[str, Callable[[], Any]] = {
        "CSV: Arrow's own reading, as text": lambda: _arrow(text, names),
        "CSV: quotes and ends of lines": lambda: csv_marks.check_marks(text, ",", True),
        "CSV: every line's length, nothing kept": lengths,
        **_by_engine("CSV", text),
        "Parquet: Arrow's own reading": lambda: pq.read_table(whole, columns=COLUMNS),
        **_by_engine("Parquet", whole),
        f"{FILES} files: Arrow's own reading": lambda: [pq.read_table(p, columns=COLUMNS) for p in parts],
        f"{FILES} files: kinds by the footers": lambda: parquet_files._unlike(parts),
        f"{FILES} files: columns by the footers": lambda: survey_files.describe_survey(folder),
        **_by_engine(f"{FILES} files", folder),
        "SPSS: pyreadstat's own reading": lambda: pyreadstat.read_sav(str(spss), output_format="polars"),
        "SPSS: read and checked, polars": lambda: _survey(spss, "polars"),
    }
    title = f"checks of files, {persons:,} persons"
    print(f"\n{title}")
    records = []
    for name, task in tasks.items():
        seconds = min(_seconds(task) for _ in range(rounds))
        print(f"  {name:48} {seconds:9.3f} s")
        records.append({"benchmark": title, "contender": name, "seconds": seconds})
    sys.stdout.flush()
    return records


def _by_engine(kind: str, path: Path) -> dict[str, Callable[[], Any]]:
    return {f"{kind}: read and checked, {e}": partial(_survey, path, e) for e in microdata.ENGINES}


def _seconds(task: Callable[[], Any]) -> float:
    start = time.process_time()
    task()
    return time.process_time() - start


def _survey(path: Path, engine: str) -> Any:
    said = mapping.from_tables({"variables": {name: {"column": name} for name in COLUMNS}})
    return nw.from_native(microdata.survey(path, said, engine=engine)).lazy().collect("pyarrow")


def _arrow(path: Path, names: list[str]) -> Any:
    kinds = csv.ConvertOptions(column_types={name: pa.string() for name in names})
    return csv.read_csv(path, convert_options=kinds)


def _made(persons: int) -> tuple[Path, Path, Path, Path]:
    """Return one survey as CSV, as Parquet, as a folder of Parquet files and as SPSS, written once."""
    source = pq.read_table(archive(persons), columns=COLUMNS)
    stem = DATA / f"checks-{persons}"
    folder = stem.with_suffix(".folder")
    if not folder.exists():
        csv.write_csv(source, stem.with_suffix(".csv"))
        pq.write_table(source, stem.with_suffix(".parquet"))
        pyreadstat.write_sav(pd.DataFrame(source.to_pandas()), str(stem.with_suffix(".sav")))
        part = folder.with_suffix(".part")
        part.mkdir(exist_ok=True)
        for number in range(FILES):
            size = -(-len(source) // FILES)
            pq.write_table(source.slice(number * size, size), part / f"{number:03}.parquet")
        part.replace(folder)
    return stem.with_suffix(".csv"), stem.with_suffix(".parquet"), folder, stem.with_suffix(".sav")
