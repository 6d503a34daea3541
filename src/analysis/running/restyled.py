"""What made files in an organisation's own styles: written beside them, and compared with them later."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis import __version__
from analysis.code import code_of, packages, python
from analysis.files import Unreadable, read_json
from analysis.office.house import House, read_house
from analysis.office.restyling import StyleError
from analysis.running.verify import MANIFEST, manifest_of

RESTYLED = "restyled.json"
"""Name of the file that tells what made the others."""
TOLD = ("organisation", "biennium", "language", "corrected")
"""What of a report's parameters says which it is."""
_MADE_FROM = ("document", "template", "theme")
_STYLING = ("lxml", "python-pptx")


@dataclass(frozen=True)
class RestyledState:
    """What restyled files are found to be.

    Attributes
    ----------
    files : int
        How many there are to be.
    faults : tuple of str
        In what they differ from what was written, a line each.
    since : tuple of str
        What they would be made from by now that is another, a line each.
    reports : tuple of str
        Which report a document was part of, and how that is verified, a line each.
    """

    files: int
    faults: tuple[str, ...]
    since: tuple[str, ...]
    reports: tuple[str, ...]


def made_by(folder: Path, styled: Mapping[str, tuple[Path, bytes]], house: House, theme: str | None) -> bytes:
    """Return the text of ``restyled.json``: what made some files, beside what it tells of others.

    Parameters
    ----------
    folder : Path
        Of the new files.
    styled : mapping
        Names of the new files to the document that each was made from, and to its new content.
    house : House
    theme : str or None
        File of the theme.
    """
    try:
        entries = _entries(folder)
    except (OSError, Unreadable):
        entries = {}
    for name, (document, content) in styled.items():
        sources = {"document": document, "template": house.templates[document.suffix.lower()]}
        sources |= {"theme": Path(theme)} if theme else {}
        entries[name] = {
            "sha256": _digest(content),
            "bytes": len(content),
            **{what: _source(path, folder) for what, path in sources.items()},
            **_report_of(document, folder),
            **_origin(),
        }
    text = json.dumps({"files": dict(sorted(entries.items()))}, indent=1, ensure_ascii=False)
    return f"{text}\n".encode()


def _origin() -> dict[str, Any]:
    """Return the package, its code and the libraries that restyle."""
    libraries = {name: version for name, version in packages().items() if name in _STYLING}
    code = code_of((read_house.__module__,))
    return {"analysis": __version__, "code": code, "python": python(), "packages": libraries}


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _source(path: Path, folder: Path) -> dict[str, str]:
    place = Path(os.path.relpath(path.resolve(), folder.resolve())).as_posix()
    return {"path": place, "sha256": _digest(path.read_bytes())}


def _report_of(document: Path, folder: Path) -> dict[str, Any]:
    """Return which report a document is part of as it stands; nothing where it is part of none."""
    for above in document.resolve().parents:
        if not (above / MANIFEST).is_file():
            continue
        try:
            manifest = manifest_of(above)
        except (OSError, Unreadable):
            return {}
        told = manifest["outputs"].get(document.resolve().relative_to(above).as_posix(), {})
        if told.get("sha256") != _digest(document.read_bytes()):
            return {}
        words = {name: manifest["parameters"][name] for name in TOLD}
        return {"report": {**_source(above / MANIFEST, folder), **words}}
    return {}


def _entries(folder: Path) -> dict[str, dict[str, Any]]:
    """Return what ``restyled.json`` tells, by file.

    Raises
    ------
    FileNotFoundError
        When it is not there.
    Unreadable
        When it is not as it is written.
    """
    told = read_json(folder / RESTYLED)
    entries = told.get("files") if isinstance(told, dict) else None
    if not isinstance(entries, dict) or not all(map(_is_entry, entries.values())):
        raise Unreadable(
            f"{folder / RESTYLED}: is not what `analysis restyle` writes; restyle the files again"
        )
    return entries


def _is_entry(entry: Any) -> bool:
    if not isinstance(entry, dict) or not {"sha256", "document", "template"} <= entry.keys():
        return False
    sources = [entry[name] for name in (*_MADE_FROM, "report") if name in entry]
    texts = [
        entry["sha256"],
        *(source.get(name) for source in sources if isinstance(source, dict) for name in ("path", "sha256")),
    ]
    return all(isinstance(source, dict) for source in sources) and all(
        isinstance(text, str) for text in texts
    )


def compare_restyled(folder: Path) -> RestyledState:
    """Compare restyled files with what is told of them, and what made them with what there is now.

    Raises
    ------
    FileNotFoundError, Unreadable
        When nothing can be read of them.
    """
    entries, now = _entries(folder), _origin()
    faults = [
        line for name, entry in entries.items() for line in _faults(folder / name, name, entry["sha256"])
    ]
    since = []
    for name, entry in entries.items():
        for what in _MADE_FROM:
            if what in entry and (line := _since(folder, entry[what])):
                since.append(f"since then, the {what} of {name}, {line}")
        others = [part for part in now if entry.get(part) != now[part]]
        since += [f"since then, what made {name} was changed: {', '.join(others)}"] if others else []
    reports = dict.fromkeys(
        _told_of_report(folder, entry["report"]) for entry in entries.values() if "report" in entry
    )
    return RestyledState(len(entries), tuple(faults), tuple(since), tuple(reports))


def _faults(path: Path, name: str, expected: str) -> Iterator[str]:
    if path.is_symlink() or (path.exists() and not path.is_file()):
        yield f"{name}: a link, a folder or a pipe; expected a file"
    elif not path.exists():
        yield f"{name}: missing"
    elif (digest := _digest(path.read_bytes())) != expected:
        yield f"{name}: changed: SHA-256 {digest[:12]}…, expected {expected[:12]}…"


def _since(folder: Path, source: Mapping[str, str]) -> str:
    path = folder / source["path"]
    if not path.is_file():
        return f"{path}, is not there any more"
    return "" if _digest(path.read_bytes()) == source["sha256"] else f"{path}, was changed"


def _told_of_report(folder: Path, report: Mapping[str, Any]) -> str:
    words = " ".join(str(report.get(name)) for name in ("organisation", "biennium", "language"))
    place = Path(os.path.normpath(folder / report["path"])).parent
    corrected = ", on corrected numbers" if report.get("corrected") else ""
    changed = "; that report was made anew since" if _since(folder, report) else ""
    verified = f"`analysis verify {place.as_posix()}` compares that"
    return f"made from the report {words}{corrected}: {verified}{changed}"


def differences_of_restyling_again(folder: Path) -> list[str]:
    """Restyle the documents again and return what differs, a line each.

    Raises
    ------
    FileNotFoundError, Unreadable
        As of :func:`compare_restyled`.
    """
    differing = []
    for name, entry in _entries(folder).items():
        sources = {what: folder / entry[what]["path"] for what in _MADE_FROM if what in entry}
        gone = [line for what in sources if (line := _since(folder, entry[what]))]
        if gone:
            differing.append(f"{name}: not made again: {'; '.join(gone)}")
            continue
        theme = str(sources["theme"]) if "theme" in sources else None
        try:
            content, _ = read_house([str(sources["template"])], theme).styled(sources["document"])
        except StyleError as error:
            differing.append(f"{name}: cannot be made again: {error}")
            continue
        if _digest(content) != entry["sha256"]:
            differing.append(f"{name}: made again, it is another file")
    return differing
