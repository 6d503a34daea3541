"""What a vintage's descriptor has to say, before anything is read by it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from pathlib import Path, PurePosixPath

from analysis.files import read_json
from analysis.sources.vintages.codes import VintageError
from analysis.sources.vintages.dialects import BESIDE_OBSERVATIONS, DIALECTS

DESCRIPTOR = "datapackage.json"
ROLES = ("estimates", "weights", "computed", "areas")
DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
"""A year, a month or a day."""
HASH = re.compile(r"sha256:[0-9a-f]{64}")

Field = tuple[str, str, Callable[[object], bool]]
"""A field's name, what is expected there, and whether a value is that."""


def _text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _inside(value: object) -> bool:
    if not _text(value) or "\\" in str(value):
        return False
    path = PurePosixPath(str(value))
    return not path.is_absolute() and ".." not in path.parts and path.name != ""


FIELDS: tuple[Field, ...] = (
    ("title", "text", _text),
    ("role", f"one of {', '.join(ROLES)}", lambda value: value in ROLES),
    ("service", "a service of services.csv", _text),
    ("address", "where it comes from", _text),
    ("retrieved", "when it was taken from there, or why that is not on record", _text),
    ("date", "a year, month or day, such as 2026-04-08", lambda value: bool(DAY.fullmatch(str(value)))),
    ("attribution", "text", _text),
    ("projected_after", "the last year that is estimated", lambda value: type(value) is int),
)
RESOURCE: tuple[Field, ...] = (
    ("path", "a file of the vintage's folder", _inside),
    (
        "dialect",
        f"one of {', '.join((*DIALECTS, *BESIDE_OBSERVATIONS))}",
        lambda value: _text(value) and value in (*DIALECTS, *BESIDE_OBSERVATIONS),
    ),
    ("hash", "sha256: and 64 hexadecimal digits", lambda value: bool(HASH.fullmatch(str(value)))),
)


def descriptor_of_vintage(path: Path, services: Collection[str]) -> dict:
    """Return a vintage's descriptor.

    Parameters
    ----------
    path : Path
    services : collection of str
        Services that have words.

    Raises
    ------
    VintageError
        When it is no object, its name is another folder's, or a field is missing or says what cannot be; the
        message names the first.
    """
    about = read_json(path)
    if not isinstance(about, dict):
        raise VintageError(f"{path}: expected an object with {', '.join(name for name, *_ in FIELDS)}")
    _check(path, "", about, FIELDS)
    name = str(about.get("name", path.parent.name))
    if name.replace("-", "_") != path.parent.name.replace("-", "_"):
        raise VintageError(
            f"{path}: name {name!r}; expected that of the folder, {path.parent.name}: folders may be "
            "swapped; name the folder as the descriptor says, or the descriptor as the folder"
        )
    if about["role"] != "areas" and about["service"] not in services:
        raise VintageError(
            f"{path}: service {about['service']!r}; expected one of services.csv: {', '.join(services)}"
        )
    if about["role"] == "estimates" and not _text(about.get("world")):
        raise VintageError(
            f"{path}: world is missing; expected the code of the service's World, such as M49:1"
        )
    edition = about.get("edition", "")
    if edition and not DAY.fullmatch(str(edition)):
        raise VintageError(f"{path}: edition {edition!r}; expected a year or a month, such as 2021-11")
    for name, parts in (("licenses", [("name", "text", _text)]), ("resources", RESOURCE)):
        entries = about.get(name)
        if (
            not isinstance(entries, list)
            or not entries
            or not all(isinstance(entry, dict) for entry in entries)
        ):
            raise VintageError(f"{path}: {name} {_shown(entries)}; expected a list of one or more objects")
        for place, entry in enumerate(entries, start=1):
            _check(path, f"{name} {place}, ", entry, parts)
    return about


def _check(path: Path, where: str, entry: dict, fields: Collection[Field]) -> None:
    for name, expected, holds in fields:
        if name not in entry:
            raise VintageError(f"{path}: {where}{name} is missing; expected {expected}")
        if not holds(entry[name]):
            raise VintageError(f"{path}: {where}{name} {_shown(entry[name])}; expected {expected}")


def _shown(value: object) -> str:
    return repr(value)[:80]
