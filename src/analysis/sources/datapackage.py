"""The registered files as they are read: the descriptor, and each table by its schema and checksum."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import pandas as pd

from analysis.files import LARGEST, Unreadable, read_bytes, read_json, read_toml
from analysis.sources.beside_the_record import names_beside, refuse_missed
from analysis.sources.organisations import worded
from analysis.sources.project import DESCRIPTOR, RegisterError
from analysis.sources.replaced import aside
from analysis.sources.schema import check_table, read_rows

COUNTED = "counted.toml"
DOCUMENT = {
    **dict.fromkeys(("name", "organisation", "kind", "symbol", "period"), str),
    "periods": list,
    "year": int,
    "title": dict,
    "short_title": dict,
}
OPTIONAL = {"framework": str, "licence": str, "attribution": str, "language": str, "published": dict}
RESOURCE = {**dict.fromkeys(("path", "hash", "document", "table", "title"), str), "schema": dict}
NAMES = {str: "text", int: "whole number", list: "list", dict: "table"}
_AGAIN = "run `analysis register`, which writes it as the files stand"


def read_descriptor(folder: Path) -> dict[str, Any]:
    """Return the data package descriptor of ``data/raw``, checked.

    Raises
    ------
    RegisterError
        When it is no JSON, lacks a key, holds one of another type, names a file outside its folder, or a file
        beside the record that is not there.
    """
    path = folder / DESCRIPTOR
    try:
        descriptor = read_json(path)
    except (Unreadable, OSError) as error:
        reason = f"{path}: {error.strerror}" if isinstance(error, OSError) else str(error)
        raise RegisterError(f"{reason}; {_AGAIN}") from None
    lists = (
        [descriptor.get(key) for key in ("documents", "resources")]
        if isinstance(descriptor, dict)
        else [None]
    )
    if not all(isinstance(items, list) for items in lists):
        raise RegisterError(f"{path}: expected an object of lists `documents` and `resources`; {_AGAIN}")
    for document in descriptor["documents"]:
        _typed(path, "document", document, DOCUMENT, OPTIONAL)
        if not all(isinstance(text, str) for text in (*document["periods"], *document["title"].values())):
            raise RegisterError(
                f"{path}: document {document['name']}: periods and titles are texts; {_AGAIN}"
            )
    names = {document["name"] for document in descriptor["documents"]}
    for resource in descriptor["resources"]:
        _typed(path, "file", resource, RESOURCE)
        inside = PurePosixPath(resource["path"])
        if inside.is_absolute() or ".." in inside.parts or "\\" in resource["path"]:
            raise RegisterError(f"{path}: the file {resource['path']!r} leads out of data/raw; {_AGAIN}")
        if resource["document"] not in names:
            raise RegisterError(
                f"{path}: {resource['path']} is of {resource['document']!r}, no document; {_AGAIN}"
            )
        if resource["path"] in ("", ".") or "." not in resource["table"]:
            raise RegisterError(
                f"{path}: {resource['path']!r} is of the table {resource['table']!r}; {_AGAIN}"
            )
    try:
        names_beside(descriptor)
    except ValueError as error:
        raise RegisterError(f"{path}: {error}; {_AGAIN}") from None
    refuse_missed(folder.parent, descriptor)
    return descriptor


def _typed(path: Path, what: str, entry: Any, needed: Mapping[str, type], more: Mapping = {}) -> None:
    if not isinstance(entry, dict):
        raise RegisterError(f"{path}: a {what} is {entry!r:.80}, expected an object; {_AGAIN}")
    name = entry.get("name", entry.get("path", ""))
    for key, kind in needed.items():
        if not isinstance(entry.get(key), kind) or entry[key] in ("", {}):
            text = repr(entry[key])[:80] if key in entry else "nothing"
            raise RegisterError(
                f"{path}: {what} {name!r:.80}: {key} is {text}, expected a {NAMES[kind]}; {_AGAIN}"
            )
    if more:
        unknown = [key for key in entry if key not in needed and key not in more]
        wrong = [key for key, kind in more.items() if not isinstance(entry.get(key, kind()), kind)]
        if unknown or wrong:
            raise RegisterError(
                f"{path}: {what} {name!r:.80}: {', '.join(unknown + wrong)} not expected; {_AGAIN}"
            )
        if not worded(entry["title"]) or not worded(entry["short_title"]):
            raise RegisterError(f"{path}: {what} {name!r:.80}: no title by language; {_AGAIN}")


def registered_bytes(folder: Path, resource: Mapping[str, Any]) -> bytes:
    """Return the bytes of a registered file, after checking where it is and its checksum.

    Parameters
    ----------
    folder : Path
        ``data/raw``.
    resource : mapping
        The file's entry in the descriptor.

    Raises
    ------
    RegisterError
        When the file is missing, leads elsewhere, is too large, or is not the registered one.
    """
    path = folder / resource["path"]
    if not path.exists():
        former = aside(folder.parents[1], resource["document"])
        stopped = ", which puts back what an import that was stopped had set aside" if former.is_dir() else ""
        raise RegisterError(
            f"{path}: registered, but not there; restore it or run `analysis register`{stopped}"
        )
    if not path.resolve().is_relative_to(folder.resolve()):
        raise RegisterError(f"{path}: leads out of data/raw, to {path.resolve()}; put the file itself there")
    try:
        content = read_bytes(path, LARGEST)
    except Unreadable as error:
        raise RegisterError(str(error)) from None
    checksum = f"sha256:{hashlib.sha256(content).hexdigest()}"
    if checksum != resource["hash"]:
        raise RegisterError(
            f"{path}: checksum differs from {DESCRIPTOR}: expected {resource['hash']}, found {checksum}; "
            "restore the file, or run `analysis register` and say in the changelog what changed and why"
        )
    return content


def table_of(
    content: bytes, resource: Mapping[str, Any], counted: Container[str], also: Iterable[str] = ()
) -> pd.DataFrame:
    """Return the bytes of a registered file as text columns, after checking every cell.

    Parameters
    ----------
    content : bytes
    resource : mapping
        The file's entry in the descriptor.
    counted : container of str
        Nouns that its numbers may count, besides the listed units.
    also : iterable of str
        Columns that the frame is to have, empty where the file has none of that name.

    Raises
    ------
    RegisterError
        When it holds what its schema does not allow.
    """
    name = f"data/raw/{resource['path']}"
    header, rows, faults = read_rows(content, name)
    described = resource["schema"].get("fields", [])
    columns = (column for column in described if isinstance(column, dict))
    fields = {column["name"]: column for column in columns if isinstance(column.get("name"), str)}
    if not faults:
        faults = list(check_table(name, header, rows, fields, counted))
    grave = [fault for fault in faults if fault.grave]
    if grave:
        more = f" (and {len(grave) - 1} more: `analysis check-data` tells all)" if len(grave) > 1 else ""
        raise RegisterError(f"{grave[0]}{more}")
    blank = [name for name in also if name not in header]
    if blank:
        header, rows = [*header, *blank], [[*row, *[""] * len(blank)] for row in rows]
    return pd.DataFrame(rows, columns=header, dtype="str")


def counted_in(folder: Path, document: str) -> set[str]:
    """Return the nouns that the numbers of a document may count: its own, and those of all documents."""
    return nouns_of(folder / COUNTED) | nouns_of(folder / document / "document.toml")


def nouns_of(path: Path) -> set[str]:
    """Return the nouns that a file lists as ``counted``; none where there is no file.

    Raises
    ------
    Unreadable
        When it cannot be read, or lists something else than words.
    """
    nouns = read_toml(path).get("counted", []) if path.is_file() else []
    if not isinstance(nouns, list | dict) or not all(isinstance(text, str) for text in nouns):
        raise Unreadable(f"{path}: counted is {nouns!r:.80}, expected a list of words")
    return set(nouns)
