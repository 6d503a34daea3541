import shutil

import pytest

from analysis.audit.opening import open_audit
from analysis.labels import Catalogue
from analysis.sources.register import Register

HEAD = "id,quantity,reason,verdict,severity,cause_en,cause_zh,undecided_en,undecided_zh\n"


@pytest.fixture(scope="session")
def judged(register, biennium):
    """The audit of the record as printed."""
    return open_audit(register, biennium)


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
        (project / "data" / "claims" / "implementation-2020-21.csv").write_text(
            HEAD + "".join(f"{row}\n" for row in rows), encoding="utf-8"
        )
        return Register(project)

    return write
