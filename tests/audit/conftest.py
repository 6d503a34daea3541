import csv
import shutil

import pytest

from analysis.audit.claims import COLUMNS
from analysis.labels import Catalogue
from analysis.sources.register import Register


@pytest.fixture(scope="session")
def labels(recorded):
    return Catalogue("en", recorded)


@pytest.fixture
def project(root, tmp_path):
    """Copy the project's claims data and links, to be changed; return its folder."""
    for folder in ("claims", "links"):
        shutil.copytree(root / "data" / folder, tmp_path / "data" / folder)
    return tmp_path


@pytest.fixture
def claimed(project):
    """Return a function that puts claims data for the report in place of those on record."""

    def write(*rows: str) -> Register:
        for path in (project / "data" / "claims").glob("*.csv"):
            path.unlink()
        path = project / "data" / "claims" / "implementation-2020-21.csv"
        with path.open("w", encoding="utf-8", newline="") as lines:
            writer = csv.writer(lines, lineterminator="\n")
            writer.writerow(COLUMNS)
            for row in filter(None, csv.reader("\n".join(rows).split("\n"))):
                writer.writerow((row + [""] * len(COLUMNS))[: len(COLUMNS)])
        return Register(project)

    return write
