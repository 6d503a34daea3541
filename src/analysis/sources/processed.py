"""Processed data: tidy frames of a biennium as files under ``data/processed``, rebuilt and never edited."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import mkdtemp

import pandas as pd

from analysis.clean import Dropped, numbers, observations
from analysis.files import write_whole
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
    part = Path(mkdtemp(prefix=f".{folder.name}-", suffix=".part", dir=folder.parent))
    if OBSERVATIONS in recorded:
        _write(observations(recorded), part / "observations.csv")
    dropped = []
    for name, table in sorted(recorded.items()):
        if not any(not value.missing for value in table.values):
            continue
        rows, left_out = numbers(table)
        _write(rows, part / f"{name}.csv")
        dropped.append(left_out)
    _write(pd.DataFrame(dropped), part / "dropped.csv")
    part.chmod(0o755)
    try:
        shutil.rmtree(folder, ignore_errors=True)
        part.rename(folder)
    except OSError:  # another run, which writes the same, was first
        shutil.rmtree(part)
        if not folder.exists():
            raise
    return dropped


def _write(rows: pd.DataFrame, path: Path) -> None:
    write_whole(path, rows.to_csv(index=False, lineterminator="\n").encode("utf-8"))
