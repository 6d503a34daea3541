"""What exhibits ask for, kept as long as the tables that they read are the same."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import astuple, fields
from pathlib import Path

from analysis import cache
from analysis.code import code_of, packages, python
from analysis.commands.answers import REBUILT
from analysis.commands.sums import Strange, checksums_of_folder
from analysis.exhibits import catalogue, layout_checks
from analysis.exhibits.layout import LAYOUT, Definition, make
from analysis.exhibits.layout_checks import Asking, asking_of
from analysis.framework import TITLES
from analysis.periods import Period
from analysis.quantities import Recorded, RecordedTable
from analysis.sources import register
from analysis.sources.project import ESTIMATES_ELSEWHERE

WORDS = (LAYOUT, TITLES)
"""Tables that no exhibit reads: they say which there are, and what they are called."""
BESIDE, RENAMES = ("estimates", "links", "organisations", "raw"), "renames.csv"
"""What of the data exhibits depend on: folders, of ``raw`` what describes its tables, and former ids."""
NAMES = "*"
"""Read by what goes through a record: which tables there are."""
_FIELDS = tuple(field.name for field in fields(Definition) if field.name != "kind")


class _Watched(Recorded):
    """A record that notes which tables are asked for, without the words that no exhibit reads."""

    def __init__(self, recorded: Recorded):
        about = (table for name, table in recorded.about.items() if name not in WORDS)
        super().__init__(recorded.values(), recorded.renames, about, recorded.left_out, recorded.later)
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> RecordedTable:
        self.asked.add(name)
        return super().__getitem__(name)

    def __contains__(self, name: object) -> bool:
        self.asked.add(str(name))
        return super().__contains__(name)

    def __iter__(self) -> Iterator[str]:
        self.asked.add(NAMES)
        return super().__iter__()

    def __len__(self) -> int:
        self.asked.add(NAMES)
        return super().__len__()

    def of_id(self, identifier: str) -> RecordedTable | None:
        self.asked |= {NAMES, *self._tables}
        return super().of_id(identifier)


def askings_kept(root: Path, recorded: Recorded, period: Period) -> list[Asking]:
    """Return what each exhibit of a period asks for, in the order of the layouts.

    Exhibits whose kinds need the same tables are made together, from a record that notes what they read:
    they are made again where one of those tables, their definitions, or anything else of the data is
    another.

    Parameters
    ----------
    root : Path
        The project.
    recorded : Recorded
        Its files as they stand.
    period : Period
    """
    definitions = catalogue.definitions(recorded)
    key = _key(root, recorded, period)
    content = cache.kept(key) if key else None
    groups: dict[tuple[str, ...], list[Definition]] = {}
    for definition in definitions:
        groups.setdefault(definition.needs, []).append(definition)
    before = json.loads(content) if content else {}
    kept = {}
    for needs, group in groups.items():
        entry = before.get(json.dumps(needs))
        if entry and _is_same(entry, recorded) and all(_said(laid) in entry["made"] for laid in group):
            kept[needs] = entry
    watched = {needs: _Watched(recorded) for needs in groups if needs not in kept}
    made: dict[str, Asking] = {}
    for definition in definitions:
        if definition.needs in watched:
            made[definition.id] = asking_of(make(definition, watched[definition.needs], period))
        else:
            identifier, status, *texts = kept[definition.needs]["made"][_said(definition)]
            made[definition.id] = Asking(identifier, status, *map(tuple, texts))
    if watched and key and _key(root, recorded, period) == key:
        for needs, record in watched.items():
            kept[needs] = {
                "read": {name: _mark(recorded, name) for name in sorted(record.asked)},
                "made": {_said(laid): astuple(made[laid.id]) for laid in groups[needs]},
            }
        after = {json.dumps(needs): entry for needs, entry in kept.items()}
        cache.keep(key, json.dumps(after).encode("utf-8", "surrogatepass"))
    return [made[definition.id] for definition in definitions]


def _said(definition: Definition) -> str:
    """Return all that a layout says of an exhibit."""
    return repr([definition.kind.name, *(getattr(definition, name) for name in _FIELDS)])


def _is_same(entry: dict, recorded: Recorded) -> bool:
    return all(_mark(recorded, name) == mark for name, mark in entry["read"].items())


def _mark(recorded: Recorded, name: str) -> str:
    """Return what tells a table from any other of its name; of estimates, the key tells it."""
    if name == NAMES:
        return " ".join(recorded)
    if name not in recorded or name in recorded.later:
        return str(name in recorded)
    return _sums(recorded[name])


def _sums(table: RecordedTable) -> str:
    return " ".join(f"{source.path} {source.sha256}" for source in table.sources)


def _key(root: Path, recorded: Recorded, period: Period) -> str:
    """Return what is kept for a period under: all that its exhibits depend on, but tables of numbers.

    Which rows of a file are of a period, the documents' descriptions say. Nothing where not all can be known.
    """
    data = root / "data"
    raw = os.path.join(data, "raw", "")
    try:
        if cache.folder() is None or data.is_symlink() or os.environ.get(ESTIMATES_ELSEWHERE):
            return ""
        folders = [data / name for name in BESIDE if (data / name).is_dir()]
        sums = [line for folder in folders for line in checksums_of_folder(folder, REBUILT)]
        renames = (data / RENAMES).read_bytes() if (data / RENAMES).exists() else b""
    except (OSError, Strange):
        return ""
    beside = [
        f"{path} {checksum}" for path, checksum in sums if not path.startswith(raw) or path.endswith(".toml")
    ]
    about = [f"{name} {_sums(table)}" for name, table in recorded.about.items() if name not in WORDS]
    code = code_of((catalogue.__name__, layout_checks.__name__, register.__name__, __name__))
    return cache.key("asked", python(), repr(packages()), code, repr(period), repr(renames), *beside, *about)
