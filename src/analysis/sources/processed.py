"""Processed data: tidy frames of a biennium as files under ``data/processed``, rebuilt and never edited."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd

from analysis.biennium import Biennium
from analysis.clean import Dropped, numbers, observations
from analysis.quantities import Recorded

OBSERVATIONS = "report.decent_work_indicators"


def write_processed(root: Path, biennium: Biennium, recorded: Recorded) -> list[Dropped]:
    """Write ``data/processed/<biennium>/``: observations, the numbers of each table, and what was dropped.

    Parameters
    ----------
    root : Path
        The project.
    biennium : Biennium
    recorded : Recorded
        The biennium's tables.

    Returns
    -------
    list of Dropped
        What each rule left out, also written as ``dropped.csv``.
    """
    folder = root / "data" / "processed" / str(biennium)
    part = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    if OBSERVATIONS in recorded:
        _write(observations(recorded), part / "observations.csv")
    dropped = []
    for name, table in sorted(recorded.items()):
        if not any(not each.missing for each in table.values):
            continue
        rows, left_out = numbers(table)
        _write(rows, part / f"{name}.csv")
        dropped.append(left_out)
    _write(pd.DataFrame(dropped), part / "dropped.csv")
    shutil.rmtree(folder, ignore_errors=True)
    part.rename(folder)
    return dropped


def _write(rows: pd.DataFrame, path: Path) -> None:
    rows.to_csv(path, index=False, encoding="utf-8", lineterminator="\n")
