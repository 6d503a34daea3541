"""The descriptor of ``data/raw``: a Frictionless Data Package, written as the files stand."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from analysis.files import read_bytes, read_toml, write_whole
from analysis.sources.about_checks import NEEDED
from analysis.sources.beside_the_record import BESIDE, files_beside
from analysis.sources.datapackage import COUNTED, nouns_of
from analysis.sources.organisations import in_language, organisations
from analysis.sources.record_checks import check_document
from analysis.sources.register import ABOUT, DESCRIPTOR, RegisterError
from analysis.sources.schema import Fault, read_rows

FIELDS = "fields.toml"
# Faults that a message lists.
MOST = 10
FRAMEWORK = {
    "nodes": "Framework: what is counted, under what",
    "dimensions": "Framework: by what numbers are broken down",
    "titles": "Titles and short titles, by language",
    "changes": "What changed from the period before, of codes that are no nodes",
}
LAYOUT = "exhibits"


def describe_record(folder: Path) -> dict:
    """Return the data package descriptor of ``data/raw`` as the files stand.

    Each subfolder is a document with a ``document.toml`` (what it is, and a title and a place for each file);
    ``fields.toml`` describes the columns once for all files; a document's ``[fields]``, those of its own.

    Raises
    ------
    RegisterError
        When a file, a document's entry or a column is not described.
    """
    fields = described_fields(folder)
    documents, resources = [], []
    for about in sorted(folder.glob("*/document.toml")):
        document = read_toml(about)
        _check_plain(about, document)
        lacking = [key for key in ("files", *NEEDED) if key not in document]
        if lacking:
            raise RegisterError(f"{about}: says nothing of {', '.join(lacking)}")
        if not isinstance(document["organisation"], str):
            raise RegisterError(
                f"{about}: organisation: expected an id, found {document['organisation']!r:.80}"
            )
        tables = document.pop("files")
        columns = fields | document.pop("fields", {})
        document.pop("counted", None)
        documents.append({"name": about.parent.name, **document})
        bare = [stem for stem, entry in _entries(tables) if not {"title", "place"} <= set(entry)]
        if bare:
            raise RegisterError(f"{about}: files.{bare[0]}: expected a title and a place")
        present = {path.stem for path in about.parent.glob("*.csv")} - {LAYOUT}
        if present != set(tables):
            raise RegisterError(
                f"{about}: files described and files present differ: {sorted(present ^ set(tables))}"
            )
        for path, entry in _files(about.parent, document["kind"], tables):
            # Constraints are of recorded numbers; a framework's measure is another thing of the same name.
            about_it = entry["table"].partition(".")[0] in ABOUT
            plain = {name: {**column, "constraints": {}} for name, column in columns.items()}
            resources.append(_resource(folder, path, document, entry, plain if about_it else columns))
    return {
        "profile": "tabular-data-package",
        **_whose(folder, {document["organisation"] for document in documents}),
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "path": "https://creativecommons.org/licenses/by/4.0/",
                "title": "Creative Commons Attribution 4.0 (the record; facts as the documents print them)",
            }
        ],
        "documents": documents,
        "resources": resources,
        BESIDE: files_beside(folder.parent),
    }


def _whose(folder: Path, named: Collection[str]) -> dict[str, str]:
    """Return name, title and homepage of the package: those of the organisations whose documents it holds."""
    known = organisations(folder.parents[1])
    owners = [known[name] for name in known if name in named]
    names = ", ".join(in_language(organisation.short_name) for organisation in owners)
    pages = [organisation.homepage for organisation in owners if organisation.homepage]
    return {
        "name": "-".join([*(organisation.id for organisation in owners), "programme-reporting"]),
        "title": f"Numbers printed in {names} programme reporting documents",
        **({"homepage": pages[0]} if pages else {}),
    }


def described_fields(folder: Path) -> dict[str, dict]:
    """Return what ``fields.toml`` says of each column.

    Raises
    ------
    RegisterError
        When it is not there, or says of a column anything but a table.
    """
    if not (folder / FIELDS).is_file():
        raise RegisterError(f"{folder / FIELDS}: not there; it describes every column, restore it")
    fields = read_toml(folder / FIELDS)
    _check_plain(folder / FIELDS, fields)
    wrong = [name for name, field in fields.items() if not isinstance(field, dict)]
    if wrong:
        raise RegisterError(
            f"{folder / FIELDS}: {', '.join(wrong)}: expected a table such as [unit] or {{ type = … }}"
        )
    return fields


def _check_plain(path: Path, value: object, where: str = "") -> None:
    """Refuse what JSON cannot hold: TOML's dates and times, and numbers without end."""
    entries = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for name, entry in entries:
        _check_plain(path, entry, f"{where}.{name}".lstrip("."))
    if not entries and not isinstance(value, dict | list | str | bool | int) and not _is_finite(value):
        raise RegisterError(f"{path}: {where}: found {value}; expected a text: write it between quotes")


def _is_finite(value: object) -> bool:
    return isinstance(value, float) and math.isfinite(value)


def _entries(tables: Any) -> list[tuple[str, Mapping]]:
    pairs = tables.items() if isinstance(tables, dict) else [("", {})]
    return [(stem, entry if isinstance(entry, dict) else {}) for stem, entry in pairs]


def _files(folder: Path, kind: str, tables: dict[str, dict]) -> list[tuple[Path, dict]]:
    """Return the files of a document, each with its title, place and table."""
    present = [
        (folder / f"{stem}.csv", {**about, "table": f"{kind}.{about.get('table', stem)}"})
        for stem, about in sorted(tables.items())
    ]
    for stem, title in FRAMEWORK.items():
        path = folder / "framework" / f"{stem}.csv"
        if path.is_file():
            present.append((path, {"title": title, "place": "", "table": f"framework.{stem}"}))
    if (folder / f"{LAYOUT}.csv").is_file():
        title = "What the document prints, in its order"
        present.append((folder / f"{LAYOUT}.csv", {"title": title, "place": "", "table": f"layout.{LAYOUT}"}))
    return present


def _resource(folder: Path, path: Path, document: dict, about: dict, fields: dict) -> dict:
    content = read_bytes(path)
    columns, _, faults = read_rows(content, path.as_posix())
    if faults:
        raise RegisterError(str(faults[0]))
    unknown = [name for name in columns if name not in fields]
    if unknown:
        raise RegisterError(f"{path}: columns {', '.join(unknown)} are not described in {FIELDS}")
    described = [{"name": name, **fields[name]} for name in columns]
    described = [{key: text for key, text in column.items() if text} for column in described]
    schema = {"fields": described, "missingValues": [""]}
    if "id" in columns:
        schema["primaryKey"] = "id"
    document_name = path.relative_to(folder).parts[0]
    stem = path.relative_to(folder / document_name).with_suffix("").as_posix().replace("/", "-")
    return {
        "name": f"{document_name}-{stem}".lower().replace("_", "-"),
        "path": path.relative_to(folder).as_posix(),
        "profile": "tabular-data-resource",
        "title": about["title"],
        "place": about["place"],
        "document": document_name,
        "table": about["table"],
        **{name: about[name] for name in ("periods", "ordered") if name in about},
        "symbol": document["symbol"],
        "period": document["period"],
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": schema,
    }


def faults_of_document(folder: Path, document: str) -> list[Fault]:
    """Return what is wrong with a document's files, and what somebody should look at.

    Parameters
    ----------
    folder : Path
        ``data/raw``.
    document : str
        Name of its folder.
    """
    fields = described_fields(folder)
    root, counted = folder.parents[1], nouns_of(folder / COUNTED)
    return list(check_document(folder / document, root, fields, counted, organisations(root)))


def refuse(faults: Iterable[Fault]) -> None:
    """Raise where a fault keeps files from being registered.

    Raises
    ------
    RegisterError
        The message lists the first grave faults and counts them.
    """
    grave = [fault for fault in faults if fault.grave]
    if grave:
        listed = "\n".join(f"  {fault}" for fault in grave[:MOST])
        more = f"\n  and {len(grave) - MOST} more" if len(grave) > MOST else ""
        raise RegisterError(
            f"{len(grave)} faults, nothing is registered (`analysis check-data` tells all):\n{listed}{more}"
        )


def register(folder: Path) -> dict:
    """Write the descriptor of ``data/raw`` anew, whole or not at all; return it.

    Raises
    ------
    RegisterError
        When a file holds what it may not; the message lists the first faults and counts them.
    """
    documents = sorted(path.parent.name for path in folder.glob("*/document.toml"))
    refuse(fault for name in documents for fault in faults_of_document(folder, name))
    descriptor = describe_record(folder)
    text = json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n"
    write_whole(folder / DESCRIPTOR, text.encode("utf-8"))
    return descriptor
