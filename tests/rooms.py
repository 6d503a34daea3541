"""Which of two processes runs which rooms, so that each imports and opens only what it needs."""

from __future__ import annotations

from pathlib import Path

HALVES = ("shown", "rest")
SHOWN = {
    "audit", "bad_input", "checking", "exhibits", "front", "labels",
    "office", "pictures", "printed", "site", "tables",
}  # fmt: skip
OF_SURVEYS = {"test_benchmarks.py", "test_estimation_command.py"}
"""Files of no room that import every engine by which surveys are read, as tests of the rest do."""


def elsewhere(path: Path, half: str) -> bool:
    """Return whether the other process than that of a half runs what stands in a file or folder of tests.

    It runs nothing where there is one process for all, whose half is empty.
    """
    here = Path(__file__).parent
    if not half or here not in path.parents:
        return False
    first, *further = path.relative_to(here).parts
    shown = first in SHOWN or not (further or path.is_dir() or first in OF_SURVEYS)
    return shown != (half == HALVES[0])
