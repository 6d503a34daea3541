"""Whether a report is what its sums and its manifest say."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

SUMS, MANIFEST, RUN = "SHA256SUMS", "manifest.json", "run.json"
README, CRATE = "README.md", "ro-crate-metadata.json"
ABOUT = (README, CRATE, MANIFEST, RUN, SUMS)
"""Files that tell of a report and of what made it; in no sum, so that equal reports have equal sums."""


def told_sums(folder: Path) -> dict[str, str]:
    """Return the checksums that a report's ``SHA256SUMS`` tells, by file.

    Raises
    ------
    FileNotFoundError
        When it is not there.
    ValueError
        When a line is not a checksum and a name.
    """
    sums = {}
    for number, line in enumerate((folder / SUMS).read_text(encoding="utf-8").splitlines(), start=1):
        digest, gap, name = line.partition("  ")
        if not gap or len(digest) != 64:
            raise ValueError(f"{folder / SUMS} line {number}: expected a SHA-256 and a name, found {line!r}")
        sums[name] = digest
    return sums


def faults_of_report(folder: Path) -> list[str]:
    """Return in what a report differs from its sums and its manifest, a sentence each.

    Raises
    ------
    FileNotFoundError
        When the folder is no report: it holds no ``SHA256SUMS`` or no ``manifest.json``.
    """
    sums = told_sums(folder)
    outputs = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["outputs"]
    expected = {name: about["sha256"] for name, about in outputs.items()} | sums
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    there -= {SUMS, MANIFEST, RUN}
    differing = [f"{name}: missing" for name in sorted(set(expected) - there)]
    differing += [f"{name}: not part of the report" for name in sorted(there - set(expected))]
    for name in sorted(there & set(expected)):
        digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        if digest != expected[name]:
            differing.append(f"{name}: changed: SHA-256 {digest[:12]}…, expected {expected[name][:12]}…")
    for name in sorted(set(expected) - {README, CRATE}):
        if outputs.get(name, {}).get("sha256") != sums.get(name):
            differing.append(f"{name}: {MANIFEST} and {SUMS} do not say the same of it")
    return differing
