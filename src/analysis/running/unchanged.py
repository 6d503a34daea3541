"""Whether a report was made by the same command from the same things, and still stands as it was made."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from analysis.files import write_whole
from analysis.running.inputs import checksums_below
from analysis.running.manifest import Origin
from analysis.running.verify import MANIFEST, faults_of_report


class LastRun:
    """What the last run of a command was made from and has made.

    Parameters
    ----------
    root : Path
        The project.
    reports : Path
        The folder of all reports.
    words : dict
        What the command was asked for, in words.
    """

    def __init__(self, root: Path, reports: Path, words: dict):
        self.root, self.reports = root, reports
        self.language = words["language"]
        name = hashlib.sha256(json.dumps(words, sort_keys=True).encode()).hexdigest()
        self.path = reports / ".store" / "last" / f"{name}.json"

    def report(self, origin: Origin) -> Path | None:
        """Return the report, when it was made from what there is now and is whole; else None.

        Files of the report and of the processed data are compared by checksum.
        """
        try:
            last = json.loads(self.path.read_text(encoding="utf-8"))
            folder = self.reports / last["place"]
            content = (folder / MANIFEST).read_bytes()
            if hashlib.sha256(content).hexdigest() != last["manifest"]:
                return None
            now = origin.of(self.language)
            if now != {name: value for name, value in json.loads(content).items() if name in now}:
                return None
            if self._processed(last["period"]) != last["processed"] or faults_of_report(folder):
                return None
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None
        return folder

    def note(self, folder: Path, period: str) -> None:
        """Note a report that has just been made."""
        last = {
            "place": folder.relative_to(self.reports).as_posix(),
            "period": period,
            "manifest": hashlib.sha256((folder / MANIFEST).read_bytes()).hexdigest(),
            "processed": self._processed(period),
        }
        write_whole(self.path, json.dumps(last).encode("utf-8"))

    def _processed(self, period: str) -> dict[str, str]:
        folder = self.root / "data" / "processed" / period
        return checksums_below(folder.rglob("*"), folder)
