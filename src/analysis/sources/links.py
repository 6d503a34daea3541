"""Links between recorded numbers: which printings are one quantity, and which evidence speaks to what.

A link is a judgement, so it stands in ``data/links`` and not in ``data/raw``; it names recorded ids only.
"""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pandas as pd

from analysis.quantities.tables import REQUIRED, RecordedTable, Source

TITLES = {
    "quantities": "Printings of one quantity, in one document or several",
    "plan_evidence": "Statements of the mid-term review that speak to a deliverable of the plan",
}


def link_tables(root: Path) -> list[RecordedTable]:
    """Return the files of ``data/links`` as tables named ``links.<file stem>``.

    Parameters
    ----------
    root : Path
        The folder that holds ``data``.

    Returns
    -------
    list of RecordedTable
        In order of name; empty where the project links nothing.
    """
    return [_table(path) for path in sorted((root / "data" / "links").glob("*.csv"))]


def _table(path: Path) -> RecordedTable:
    content = path.read_bytes()
    rows = pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False, encoding="utf-8")
    for column in REQUIRED:
        if column not in rows:
            rows[column] = ""
    checksum = hashlib.sha256(content).hexdigest()
    title = TITLES.get(path.stem, path.stem)
    source = Source("links", "", f"data/links/{path.name}", checksum, title)
    return RecordedTable(f"links.{path.stem}", rows, source)
