import csv
from pathlib import Path

import pytest
from odd_results import COLUMNS, MAPPING, USUAL
from part_of_record import copy_part

from analysis.exchange.mapping import read_mapping


@pytest.fixture
def mapping(tmp_path):
    path = tmp_path / "relief.toml"
    path.write_text(MAPPING, encoding="utf-8")
    return read_mapping(path)


@pytest.fixture
def sheet(tmp_path):
    """Write rows, each the usual one with some cells changed, to a CSV file; return its path."""

    def write(*rows: dict[str, str], name: str = "relief.csv", columns=COLUMNS) -> Path:
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as lines:
            writer = csv.DictWriter(lines, columns, restval="")
            writer.writeheader()
            writer.writerows({**USUAL, **row} for row in rows)
        return path

    return write


@pytest.fixture
def project(root, tmp_path, monkeypatch):
    project = copy_part(root, tmp_path / "project", ("raw", "organisations", "links"))
    monkeypatch.setenv("ANALYSIS_ROOT", str(project))
    return project
