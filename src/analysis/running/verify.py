"""Whether a report is what its sums and its manifest say."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from analysis.files import Unreadable, read_json, read_text

SUMS, MANIFEST, RUN = "SHA256SUMS", "manifest.json", "run.json"
README, CRATE = "README.md", "ro-crate-metadata.json"
ABOUT = (README, CRATE, MANIFEST, RUN, SUMS)
"""Files that tell of a report and of what made it; in no sum, so that equal reports have equal sums."""
PARAMETERS = ("organisation", "biennium", "language", "corrected", "only", "documents", "further")
"""What a manifest tells that was asked for."""
_PARTS = ("parameters", "inputs", "outputs")
_MOST = 10
"""Packages, fonts or files of one kind that a line names."""


def told_sums(folder: Path) -> dict[str, str]:
    """Return the checksums that a report's ``SHA256SUMS`` tells, by file.

    Raises
    ------
    FileNotFoundError
        When it is not there.
    Unreadable
        When a line is not a checksum and a name, or a file stands twice.
    """
    sums: dict[str, str] = {}
    for number, line in enumerate(read_text(folder / SUMS).splitlines(), start=1):
        digest, gap, name = line.partition("  ")
        if not gap or len(digest) != 64:
            raise Unreadable(f"{folder / SUMS} line {number}: expected a SHA-256 and a name, found {line!r}")
        if name in sums:
            raise Unreadable(f"{folder / SUMS} line {number}: {name} stands in an earlier line")
        sums[name] = digest
    return sums


def manifest_of(folder: Path) -> dict[str, Any]:
    """Return a report's manifest.

    Raises
    ------
    FileNotFoundError
        When it is not there: the folder is no report.
    Unreadable
        When it is not as a run writes it.
    """
    path = folder / MANIFEST
    if not path.is_file():
        raise FileNotFoundError(f"{folder} is no report: it holds no {MANIFEST}")
    manifest = read_json(path)
    parts = [manifest.get(name) for name in _PARTS] if isinstance(manifest, dict) else [None]
    whole = all(isinstance(part, dict) for part in parts)
    whole = whole and set(parts[0]) >= set(PARAMETERS) and isinstance(parts[0]["further"], dict)
    files = parts[-1].values() if whole else ()
    if not (whole and all(map(_is_file, files))):
        raise Unreadable(
            f"{path}: is not what a run writes; expected {', '.join(_PARTS)}, the first with "
            f"{', '.join(PARAMETERS)}, the last with a sha256 for each file; make the report again"
        )
    return manifest


def _is_file(about: object) -> bool:
    return isinstance(about, dict) and isinstance(about.get("sha256"), str)


def faults_of_report(folder: Path) -> list[str]:
    """Return in what a report differs from its sums and its manifest, a sentence each.

    Raises
    ------
    FileNotFoundError
        When the folder is no report: it holds no ``SHA256SUMS`` or no ``manifest.json``.
    Unreadable
        When one of these is not as a run writes it.
    """
    manifest, sums = manifest_of(folder), told_sums(folder)
    outputs = manifest["outputs"]
    expected = {name: about["sha256"] for name, about in outputs.items()} | sums
    paths = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    strange = {
        name for name, path in paths.items() if path.is_symlink() or not (path.is_dir() or path.is_file())
    }
    there = {name for name, path in paths.items() if name not in strange and path.is_file()}
    differing = [f"{name}: a link or a pipe; expected a file" for name in sorted(strange)]
    differing += [f"{name}: missing" for name in sorted({*expected, RUN} - there - strange)]
    there -= {SUMS, MANIFEST, RUN}
    differing += [f"{name}: not part of the report" for name in sorted(there - set(expected))]
    for name in sorted(there & set(expected)):
        digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        if digest != expected[name]:
            differing.append(f"{name}: changed: SHA-256 {digest[:12]}…, expected {expected[name][:12]}…")
    for name in sorted(set(expected) - {README, CRATE}):
        if outputs.get(name, {}).get("sha256") != sums.get(name):
            differing.append(f"{name}: {MANIFEST} and {SUMS} do not say the same of it")
    if CRATE in there and not any(line.startswith(f"{CRATE}:") for line in differing):
        differing += _unlike_the_crate(manifest, read_json(folder / CRATE))
    return differing


def not_its_own(folder: Path) -> list[Path]:
    """Return the files of a folder that no run made as they are: added, or changed since.

    Of a folder that is no report, all.
    """
    paths = sorted(path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())
    try:
        outputs = manifest_of(folder)["outputs"]
    except (OSError, Unreadable):
        return paths
    made = {name: about["sha256"] for name, about in outputs.items()}
    about = {folder / name for name in (MANIFEST, SUMS, RUN)}
    return [path for path in paths if path not in about and not _is_made(path, folder, made)]


def _is_made(path: Path, folder: Path, made: dict[str, str]) -> bool:
    digest = made.get(path.relative_to(folder).as_posix())
    if digest is None or path.is_symlink() or not path.is_file():
        return False
    return hashlib.sha256(path.read_bytes()).hexdigest() == digest


def _unlike_the_crate(manifest: dict[str, Any], crate: Any) -> list[str]:
    """Return in what a manifest says another thing than the research object that was written beside it."""
    graph = crate.get("@graph", []) if isinstance(crate, dict) else []
    entities = [entity for entity in graph if isinstance(entity, dict)] if isinstance(graph, list) else []
    told = {str(entity.get("@id")): entity for entity in entities}
    expected = {f"#parameter-{name}": ("value", json.dumps(v)) for name, v in manifest["parameters"].items()}
    expected |= {f"#{name}": ("sha256", digest) for name, digest in manifest["inputs"].items()}
    files = {name: about["sha256"] for name, about in manifest["outputs"].items() if name != CRATE}
    expected |= {name: ("sha256", digest) for name, digest in files.items()}
    differing = []
    for identifier, (key, value) in sorted(expected.items()):
        beside = told.get(identifier, {}).get(key)
        if beside != value:
            name = identifier.removeprefix("#")
            differing.append(f"{MANIFEST}: {name}: found {value}; {CRATE} says {beside}")
    for identifier in sorted(set(told) - set(expected)):
        if told[identifier].get("sha256") is not None:
            name = identifier.removeprefix("#")
            differing.append(f"{MANIFEST}: {name}: found nothing; {CRATE} names it")
    return differing


def changed_since(manifest: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """Return what a report would be made from by now that is not what it was made from, a sentence each.

    Parameters
    ----------
    manifest : dict
        The report's.
    now : dict
        As ``analysis.running.manifest.made_from`` returns it.
    """
    told = []
    for name, what in (("analysis", "this package"), ("python", "Python")):
        if manifest.get(name) != now[name]:
            told.append(f"{what} was {manifest.get(name)}, and is {now[name]}")
    code = manifest.get("code")
    if not isinstance(code, dict) or code.get("sha256") != now["code"]["sha256"]:
        told.append("the package's code was changed")
    for name, what in (("packages", "packages are others"), ("fonts", "fonts are others")):
        before = manifest.get(name)
        if others := _others(before if isinstance(before, dict) else {}, now[name], short=name == "fonts"):
            rest = f" and {len(others) - _MOST} more" if len(others) > _MOST else ""
            told.append(f"{what}: {', '.join(others[:_MOST])}{rest}")
    before, after = manifest["inputs"], now["inputs"]
    for name in sorted({*before, *after}):
        if before.get(name) != after.get(name):
            told.append(f"{name} was {'changed' if name in before and name in after else 'added or removed'}")
    return told


def _others(before: dict[str, str], now: dict[str, str], *, short: bool) -> list[str]:
    def told(value: str | None) -> str:
        return "none" if value is None else str(value)[: 12 if short else None]

    names = sorted({*before, *now})
    return [
        f"{name} {told(before.get(name))} → {told(now.get(name))}"
        for name in names
        if before.get(name) != now.get(name)
    ]
