import pytest
from small import make_project

from analysis.cache import FOLDER


@pytest.fixture(scope="session")
def cache_of_runs(tmp_path_factory):
    """A user's cache, in which the first of many small runs keeps what the vintages say."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def project(root, tmp_path, monkeypatch, cache_of_runs):
    """A project of its own with the record and one notebook of two exhibits."""
    monkeypatch.setenv("ANALYSIS_ROOT", str(tmp_path))
    monkeypatch.setenv(FOLDER, str(cache_of_runs))
    return make_project(tmp_path, root)
