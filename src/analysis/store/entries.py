"""Entries of the store: files by what they were made from, held once for each content, checked when read."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path

from analysis.files import keep_within, write_whole
from analysis.labels import label_texts as labels_in
from analysis.labels import languages
from analysis.labels.watching import looked_up

LARGEST = 1_000_000_000
"""Bytes that a store holds at most after a run; what was not used for longest goes first."""


class Store:
    """A folder of entries.

    Parameters
    ----------
    folder : Path
        Made when something is put into it.
    salt : str
        What everything depends on: versions of packages, fonts.
    fresh : Path, optional
        A folder that entries are put into until a run has ended, when it is known that nothing was changed
        meanwhile; see :meth:`adopt`.
    """

    def __init__(self, folder: Path, salt: str, fresh: Path | None = None):
        self.folder, self.salt, self.fresh = folder, salt, fresh or folder

    def key(self, *parts: str) -> str:
        """Return the key of what is made from some parts."""
        parts_joined = "\0".join((self.salt, *parts))
        return hashlib.sha256(parts_joined.encode("utf-8", "surrogatepass")).hexdigest()

    def get(self, key: str) -> dict[str, bytes] | None:
        """Return the files of an entry by name; None when it is not there, or not as it was put there.

        An entry whose labels say something else by now is not there; those of one that is count as looked up.
        """
        for folder in dict.fromkeys((self.fresh, self.folder)):
            try:
                entry, files = _read(folder, key)
                same = all(_label(*place.split(":", 1)) == text for place, text in entry["labels"].items())
            except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
                continue
            if same:
                break
        else:
            return None
        for place, text in entry["labels"].items():
            language, _, label = place.partition(":")
            looked_up(language, label, text)
        return files

    def put(self, key: str, files: Mapping[str, bytes], labels: Mapping[tuple[str, str], str | None]) -> None:
        """Keep files under a key, with the labels that were looked up when they were made."""
        digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
        for name, digest in digests.items():
            there = _content(self.fresh, digest)
            if self.fresh == self.folder or not there.is_file():  # a run's own is as it was just put there
                write_whole(there, files[name])
        entry = {"files": digests, "labels": {":".join(place): text for place, text in labels.items()}}
        write_whole(_index(self.fresh, key), json.dumps(entry).encode("utf-8"))

    def adopt(self) -> None:
        """Take over what was put aside, contents before the entries that name them."""
        for kind in ("contents", "made"):
            for path in sorted((self.fresh / kind).glob("*/*")):
                there = self.folder / path.relative_to(self.fresh)
                there.parent.mkdir(parents=True, exist_ok=True)
                path.replace(there)

    def shrink(self, largest: int = LARGEST) -> None:
        """Remove what was not used for longest until the store is not larger than it may be."""
        keep_within(self.folder.rglob("*"), largest)


def _content(folder: Path, digest: str) -> Path:
    return folder / "contents" / digest[:2] / digest


def _index(folder: Path, key: str) -> Path:
    return folder / "made" / key[:2] / f"{key}.json"


def _read(folder: Path, key: str) -> tuple[dict, dict[str, bytes]]:
    entry = json.loads(_index(folder, key).read_text(encoding="utf-8"))
    paths = {name: _content(folder, digest) for name, digest in entry["files"].items()}
    files = {name: path.read_bytes() for name, path in paths.items()}
    for name, content in files.items():
        if hashlib.sha256(content).hexdigest() != entry["files"][name]:
            raise ValueError(f"{paths[name]} is not what was put there")
    for path in (_index(folder, key), *paths.values()):
        os.utime(path)
    return entry, files


def _label(language: str, key: str) -> str | None:
    return labels_in(language).get(key) if language in languages() else None
