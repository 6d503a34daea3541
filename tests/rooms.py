"""Which of two processes runs which rooms, so that each imports and opens only what it needs."""

from __future__ import annotations

from pathlib import Path

WHAT_IS_SHOWN = {
    "audit", "checking", "exhibits", "front", "labels", "office", "pictures", "printed", "site", "tables",
}  # fmt: skip


def elsewhere(path: Path, config) -> bool:
    """Return whether another process runs what stands in a file or folder of tests."""
    own = getattr(config, "workerinput", {})
    here = Path(__file__).parent
    if not own.get("rooms") or path == here or here not in path.parents:
        return False
    first, *further = path.relative_to(here).parts
    shown = first in WHAT_IS_SHOWN or not (further or path.is_dir())
    return (not shown) % own["workercount"] != int(own["workerid"][2:]) % own["workercount"]
