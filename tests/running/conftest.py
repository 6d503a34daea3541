import pytest
from small import make_project


@pytest.fixture
def project(root, tmp_path, monkeypatch):
    """A project of its own with the record and one notebook of two exhibits."""
    monkeypatch.setenv("ANALYSIS_ROOT", str(tmp_path))
    return make_project(tmp_path, root)
