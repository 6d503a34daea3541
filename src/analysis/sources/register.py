"""The register of recorded files: a Frictionless Data Package over ``data/raw``, checked by SHA-256."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from analysis.biennium import Biennium
from analysis.quantities.tables import REQUIRED, Recorded, RecordedTable, Source
from analysis.sources.corrections import OPEN, Correction, CorrectionError, read_corrections
from analysis.sources.corrections import corrected as apply_corrections
from analysis.sources.links import linked

DESCRIPTOR = "datapackage.json"
FIELDS = "fields.toml"


class RegisterError(RuntimeError):
    """The register and the files on disk do not agree, or a biennium is not registered."""


def project_root() -> Path:
    """Return the folder that holds ``data/raw``: ``ANALYSIS_ROOT``, or the nearest above the working folder.

    Raises
    ------
    RegisterError
        When there is none.
    """
    named = os.environ.get("ANALYSIS_ROOT")
    start = Path(named) if named else Path.cwd()
    candidates = [start] if named else [start, *start.parents, Path(__file__).resolve().parents[3]]
    for folder in candidates:
        if (folder / "data" / "raw" / DESCRIPTOR).is_file():
            return folder
    raise RegisterError(
        f"no data/raw/{DESCRIPTOR} in {start} or above it: run from the project, or set ANALYSIS_ROOT to it"
    )


@dataclass(frozen=True)
class Document:
    """A source document: its kind, symbol, titles, the period it reports on and the biennia that use it."""

    name: str
    kind: str
    symbol: str
    period: str
    biennia: tuple[str, ...]
    year: int
    title: dict[str, str]
    short_title: dict[str, str]


class Register:
    """The recorded files of a project.

    Parameters
    ----------
    root : Path
        The folder that holds ``data/raw``.
    """

    def __init__(self, root: Path | str | None = None):
        self.root = Path(root) if root else project_root()
        self.folder = self.root / "data" / "raw"

    @cached_property
    def descriptor(self) -> dict:
        """The data package descriptor."""
        return json.loads((self.folder / DESCRIPTOR).read_text(encoding="utf-8"))

    @cached_property
    def documents(self) -> dict[str, Document]:
        """The documents by name, in the descriptor's order."""
        return {
            entry["name"]: Document(**{**entry, "biennia": tuple(entry["biennia"])})
            for entry in self.descriptor["documents"]
        }

    @property
    def biennia(self) -> list[Biennium]:
        """The biennia that a document holds figures of, in order of time."""
        names = {name for each in self.documents.values() for name in each.biennia}
        return sorted(Biennium.parse(name) for name in names)

    def biennium(self, text: str) -> Biennium:
        """Read a biennium and check that it is registered.

        Raises
        ------
        ValueError
            When the text is no biennium.
        RegisterError
            When no document holds figures of it; the message lists those that are registered.
        """
        asked = Biennium.parse(text)
        if asked not in self.biennia:
            known = ", ".join(str(each) for each in self.biennia)
            raise RegisterError(
                f"biennium {asked} is not registered in data/raw/{DESCRIPTOR}; registered: {known}"
            )
        return asked

    def resources(self, biennium: Biennium | None = None) -> list[dict]:
        """Return the descriptors of the files of a biennium's documents, or of all."""
        if biennium is None:
            return self.descriptor["resources"]
        holding = {name for name, each in self.documents.items() if str(biennium) in each.biennia}
        return [entry for entry in self.descriptor["resources"] if entry["document"] in holding]

    def read(self, resource: dict) -> pd.DataFrame:
        """Open one file as text, after checking its size and checksum.

        Raises
        ------
        RegisterError
            When the file is missing or is not the registered one.
        """
        path = self.folder / resource["path"]
        if not path.is_file():
            raise RegisterError(f"{path}: registered, but not there; restore it or run `analysis register`")
        content = path.read_bytes()
        found = f"sha256:{hashlib.sha256(content).hexdigest()}"
        if found != resource["hash"]:
            raise RegisterError(
                f"{path}: checksum differs from {DESCRIPTOR}: expected {resource['hash']}, found {found}; "
                "restore the file, or run `analysis register` and say in the changelog what changed and why"
            )
        return pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False, encoding="utf-8")

    @cached_property
    def renames(self) -> dict[str, str]:
        """What published ids began with once, and what they begin with now (``data/renames.csv``).

        Raises
        ------
        RegisterError
            When the table has other columns, or one former name twice.
        """
        path = self.root / "data" / "renames.csv"
        if not path.is_file():
            return {}
        with path.open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines)
            if reader.fieldnames != ["former", "current", "reason"]:
                raise RegisterError(
                    f"{path}: expected the columns former, current, reason; found {reader.fieldnames}"
                )
            rows = list(reader)
        renames = {row["former"]: row["current"] for row in rows}
        if len(renames) < len(rows):
            raise RegisterError(f"{path}: a former name stands there twice; an id has one name today")
        return renames

    @cached_property
    def corrections(self) -> tuple[Correction, ...]:
        """The corrections ledger.

        Raises
        ------
        CorrectionError
            When the ledger cannot be read, or an open entry is of a table that is not registered.
        """
        entries = read_corrections(self.root / "data" / "corrections.csv")
        held = {each["path"].removesuffix(".csv") for each in self.resources()}
        unknown = [
            each.id
            for each in entries
            if each.status == OPEN and "/".join(each.id.split("/")[:2]) not in held
        ]
        if unknown:
            raise CorrectionError(
                f"data/corrections.csv: {', '.join(unknown)}: no registered table holds such an id; "
                "remove or close the entry"
            )
        return entries

    def recorded(self, biennium: Biennium | str, corrected: bool = False) -> Recorded:
        """Open every table of recorded numbers that a biennium's documents hold.

        Parameters
        ----------
        biennium : Biennium or str
            A registered biennium.
        corrected : bool
            Whether the corrections ledger is applied; by default everything is as printed.

        Returns
        -------
        Recorded
            Tables named ``<kind>.<file stem>``; lookups of labels and links (``links.<stem>``) are there
            as well.
        """
        asked = self.biennium(str(biennium))
        tables = [self._table(entry) for entry in self.resources(asked)]
        printed = Recorded([*tables, *linked(self.root)], self.renames)
        return apply_corrections(printed, self.corrections) if corrected else printed

    def _table(self, resource: dict) -> RecordedTable:
        document = self.documents[resource["document"]]
        rows = self.read(resource)
        for column in REQUIRED:
            if column not in rows:
                rows[column] = ""
        source = Source(
            document.name,
            document.symbol,
            f"data/raw/{resource['path']}",
            resource["hash"].removeprefix("sha256:"),
            resource["title"],
            str(document.year),
        )
        return RecordedTable(f"{document.kind}.{Path(resource['path']).stem}", rows, source)


def describe(folder: Path) -> dict:
    """Return the data package descriptor of ``data/raw`` as the files stand.

    Each subfolder is a document with a ``document.toml`` (what it is, and a title and a place for each file);
    ``fields.toml`` describes the columns once for all files.

    Raises
    ------
    RegisterError
        When a file, a document's entry or a column is not described.
    """
    fields = tomllib.loads((folder / FIELDS).read_text(encoding="utf-8"))
    documents, resources = [], []
    for about in sorted(folder.glob("*/document.toml")):
        document = tomllib.loads(about.read_text(encoding="utf-8"))
        tables = document.pop("files")
        documents.append({"name": about.parent.name, **document})
        present = {path.stem for path in about.parent.glob("*.csv")}
        if present != set(tables):
            raise RegisterError(
                f"{about}: files described and files present differ: {sorted(present ^ set(tables))}"
            )
        for stem in sorted(tables):
            resources.append(_resource(folder, about.parent / f"{stem}.csv", document, tables[stem], fields))
    return {
        "profile": "tabular-data-package",
        "name": "ilo-programme-reporting",
        "title": "Numbers printed in ILO programme reporting documents",
        "homepage": "https://www.ilo.org",
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "path": "https://creativecommons.org/licenses/by/4.0/",
                "title": "Creative Commons Attribution 4.0 (the record; facts as the documents print them)",
            }
        ],
        "documents": documents,
        "resources": resources,
    }


def _resource(folder: Path, path: Path, document: dict, about: dict, fields: dict) -> dict:
    content = path.read_bytes()
    columns = next(csv.reader(io.StringIO(content.decode("utf-8"))))
    unknown = [name for name in columns if name not in fields]
    if unknown:
        raise RegisterError(f"{path}: columns {', '.join(unknown)} are not described in {FIELDS}")
    schema = {"fields": [{"name": name, **fields[name]} for name in columns], "missingValues": [""]}
    if "id" in columns:
        schema["primaryKey"] = "id"
    return {
        "name": f"{path.parent.name}-{path.stem}".lower().replace("_", "-"),
        "path": path.relative_to(folder).as_posix(),
        "profile": "tabular-data-resource",
        "title": about["title"],
        "place": about["place"],
        "document": path.parent.name,
        "symbol": document["symbol"],
        "period": document["period"],
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": schema,
    }


def register(folder: Path) -> dict:
    """Write the descriptor of ``data/raw`` anew, whole or not at all; return it."""
    descriptor = describe(folder)
    unfinished = folder / f".{DESCRIPTOR}.part"
    unfinished.write_text(json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    unfinished.replace(folder / DESCRIPTOR)
    return descriptor
