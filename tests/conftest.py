"""Fixtures that all rooms share, and the reasons for which a test is skipped."""

from __future__ import annotations

import gc
import os
import re
import shutil
import sys
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rooms import HALVES, elsewhere

# What tests need is imported where it is needed: a process that only hands tests to others needs none of it.
if TYPE_CHECKING:
    from analysis.audit.judging import Audit
    from analysis.periods import Period
    from analysis.quantities import Recorded, RecordedTable
    from analysis.sources.register import Register
    from analysis.sources.vintages import Vintages
    from analysis.sources.vintages.codes import Codes

ROOT = Path(__file__).resolve().parents[1]
PROGRAMS = {
    "needs_r": ("Rscript", "R with its survey package"),
    "needs_libreoffice": ("soffice", "LibreOffice"),
    "needs_chromium": ("chromedriver", "Chromium and ChromeDriver"),
    "needs_java": ("java", "Java"),
    "needs_roc_validator": ("rocrate-validator", "roc-validator (make test sets it up)"),
    "needs_outloud": ("outloud", "outloud (make test sets it up)"),
}


QUICK = "not slow"
SLOW_AS_A_WHOLE = re.compile(r"^pytestmark = .*\bpytest\.mark\.slow\b", re.MULTILINE)


def pytest_addoption(parser):
    parser.addoption("--rooms", choices=HALVES, default="", help="run the tests of one half of the rooms")


def hands_out(config) -> bool:
    """Return whether this process runs no test itself."""
    return not hasattr(config, "workerinput") and bool(getattr(config.option, "numprocesses", None))


def pytest_configure(config):
    """Try few examples of each property in the quick suite, Hypothesis' own hundred with all tests.

    The examples are the same in each run, so that the suite fails by what changed; FUZZ_SEED draws anew.
    Nothing is taken from the user's cache, unless a test asks for it.
    """
    os.environ["ANALYSIS_CACHE"] = ""
    if hands_out(config):
        return
    gc.set_threshold(50_000, 20, 50)  # what is imported and collected stays: looking through it is in vain
    os.environ.setdefault("HYPOTHESIS_NO_PLUGINS", "1")  # one would import trio, of which nothing here draws
    from hypothesis import settings

    # nbformat would load every format that jsonschema can check, for a second; a notebook's schema uses none.
    sys.modules.setdefault("rfc3987_syntax", None)
    few = {}
    if config.option.markexpr == QUICK:
        from hypothesis.internal.conjecture import providers

        few = {"max_examples": 10}
        # It would read each module for constants to draw, and draw others where others are imported.
        providers.is_local_module_file = lambda path: False
    settings.register_profile("suite", deadline=None, derandomize="FUZZ_SEED" not in os.environ, **few)
    settings.load_profile("suite")


@cache
def slow_as_a_whole(path: Path) -> bool:
    return path.suffix == ".py" and bool(SLOW_AS_A_WHOLE.search(path.read_text(encoding="utf-8")))


def pytest_ignore_collect(collection_path, config):
    """Leave a file that is slow as a whole unread in the quick suite: what it imports takes seconds."""
    slow = config.option.markexpr == QUICK and slow_as_a_whole(collection_path)
    return slow or elsewhere(collection_path, config.option.rooms) or None


@pytest.hookimpl(tryfirst=True)
def pytest_pycollect_makeitem(collector, obj):
    """Make nothing of a slow test in the quick suite, where it would be thrown away for its mark."""
    if collector.config.option.markexpr == QUICK and "slow" in {
        each.name for each in getattr(obj, "pytestmark", []) if hasattr(each, "name")
    }:
        return []
    return None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Skip what needs a program that is not there, put the longest files first, and sample the many cases."""
    for marker, (program, what) in PROGRAMS.items():
        if shutil.which(program) is None:
            advice = "" if "make test" in what else " (make system-deps)"
            skip = pytest.mark.skip(reason=f"{what} is not installed{advice}")
            for item in items:
                if marker in item.keywords:
                    item.add_marker(skip)
    items.sort(key=lambda item: not slow_as_a_whole(item.path))
    cases = defaultdict(list)
    for item in items:
        if item.get_closest_marker("sampled"):
            cases[item.nodeid.partition("[")[0]].append(item)
    for each in cases.values():
        wanted = (each[0].get_closest_marker("sampled").args or (1,))[0]
        kept = {len(each) * number // wanted for number in range(wanted)}
        for place, item in enumerate(each):
            if place not in kept:
                item.add_marker(pytest.mark.slow)


def pytest_collection_finish():
    """Look no more through what was imported and collected: it stays, and is most of what there is."""
    gc.freeze()


def pytest_sessionfinish():
    """Let what is left go with the process: to look through it takes half a second of each."""
    gc.freeze()


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def register() -> Register:
    from analysis.sources.register import Register

    return Register(ROOT)


@pytest.fixture(scope="session")
def recorded(register) -> Recorded:
    return register.recorded("2020-21")


@pytest.fixture(scope="session")
def earlier(register) -> Recorded:
    return register.recorded("2018-19")


@pytest.fixture(scope="session")
def biennium(register) -> Period:
    return register.period("2020-21")


@pytest.fixture(scope="session")
def judged(register, biennium) -> Audit:
    """The audit of the record as printed."""
    from analysis.audit.opening import open_audit

    return open_audit(register, biennium)


@pytest.fixture(scope="session")
def vintages() -> Vintages:
    """The estimates, each vintage read once for all tests: `observations` hands out copies."""
    from analysis.sources.vintages import Vintages

    opened = Vintages(ROOT)
    assert opened.names()
    return opened


@pytest.fixture(scope="session")
def codes() -> Codes:
    """The services' code lists as registered, each read once for all tests."""
    from analysis.sources.vintages.codes import Codes

    return Codes(ROOT / "data" / "estimates")


@pytest.fixture(scope="session")
def made_up_charts():
    """Made-up charts of every kind, by id, in a language."""
    from made_up import charts_in

    return charts_in


@pytest.fixture(scope="session")
def made_up_table():
    """A made-up table in a language."""
    from made_up import table_in

    return table_in


@pytest.fixture
def table():
    """Make a recorded table from rows of (conditions, value, decimals, unit)."""
    import pandas as pd

    from analysis.quantities import RecordedTable, Source

    def make(rows: list[dict], name: str = "report.sample") -> RecordedTable:
        frame = pd.DataFrame(rows, dtype=object).fillna("").astype(str)
        for column in ("id", "place", "line", "printed", "value", "decimals", "unit", "qualifier", "status"):
            if column not in frame:
                frame[column] = [f"{name}/{number}" for number in range(len(frame))] if column == "id" else ""
        source = Source("sample", "S/1", "data/raw/sample.csv", "0" * 64, "Sample numbers")
        return RecordedTable(name, frame, source)

    return make
