"""Processed data: tidy frames of a biennium as files under ``data/processed``, rebuilt and never edited."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from analysis.clean import Dropped, numbers, observations
from analysis.files import alone_in, write_whole
from analysis.periods import Period
from analysis.quantities import Recorded

OBSERVATIONS = "report.decent_work_indicators"


def write_processed(root: Path, biennium: Period, recorded: Recorded) -> list[Dropped]:
    """Write ``data/processed/<biennium>/``: observations, the numbers of each table, and what was dropped.

    Parameters
    ----------
    root : Path
        The project.
    biennium : Period
    recorded : Recorded
        The biennium's tables.

    Returns
    -------
    list of Dropped
        What each rule left out, also written as ``dropped.csv``.
    """
    folder = root / "data" / "processed" / str(biennium)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with alone_in(folder.parent):
        for left in folder.parent.glob(f".{folder.name}-????????.part"):  # by a run that was killed
            shutil.rmtree(left, ignore_errors=True)
        with TemporaryDirectory(prefix=f".{folder.name}-", suffix=".part", dir=folder.parent) as unfinished:
            part = Path(unfinished) / folder.name
            dropped = _write_tables(recorded, part)
            shutil.rmtree(folder, ignore_errors=True)
            part.rename(folder)
    return dropped


def _write_tables(recorded: Recorded, folder: Path) -> list[Dropped]:
    if OBSERVATIONS in recorded:
        _write(observations(recorded), folder / "observations.csv")
    dropped = []
    for name, table in sorted(recorded.items()):
        if not any(not value.missing for value in table.values):
            continue
        rows, left_out = numbers(table)
        _write(rows, folder / f"{name}.csv")
        dropped.append(left_out)
    _write(pd.DataFrame(dropped), folder / "dropped.csv")
    return dropped


def _write(rows: pd.DataFrame, path: Path) -> None:
    write_whole(path, rows.to_csv(index=False, lineterminator="\n").encode("utf-8"))
