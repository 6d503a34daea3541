"""The folder of an imported document: written whole or not at all, registered, and read back."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from analysis.exchange.continuing import Earlier, Former
from analysis.exchange.mapping import ResultsMapping
from analysis.exchange.record import MadeRecord
from analysis.exchange.spans import span_of
from analysis.files import alone_in, read_toml, write_whole
from analysis.periods import first_and_last
from analysis.sources.beside_the_record import descriptor_as_written, refuse_missed
from analysis.sources.descriptor import FIELDS, register
from analysis.sources.organisations import organisations
from analysis.sources.register import Register, RegisterError
from analysis.sources.replaced import PART, aside, put_back
from analysis.sources.written import rows_with_columns

KIND = "report"
ABOUT = {
    "results": "Baselines, targets and results, as published",
    "activities": "Activities that results are of, as identified where they are published",
    "texts": "Descriptions and comments",
    "references": "Codes of other frameworks for results and indicators",
    "links": "Documents that results, indicators and values refer to",
}
COLUMNS = {
    "activity_status": "Status of an activity, as IATI codes it",
    "category": "Category of a document, as IATI codes it",
    "date": "Date of a baseline or of a document",
    "dates": "Dates of an activity, as type:date",
    "entry": "Running number of what was stated together",
    "format": "Media type of a document",
    "identifier": "Identifier of an activity where it is published",
    "language": "Language of a text",
    "location": "Place, as published",
    "part": "Which text it is: title, description, comment",
    "text": "The text",
    "uri": "Address of a vocabulary",
    "url": "Address of a document",
    "vocabulary": "Vocabulary of a code, as IATI codes it",
    "written_in": "Language of a document",
}

RESULTS = "results"


class FolderError(RuntimeError):
    """A folder that cannot be written: it is there already, or its organisation is described otherwise."""


def write_folder(
    record: MadeRecord, mapping: ResultsMapping, document: str, root: Path, replace: bool = False
) -> Path:
    """Write a document's folder and register it; return it.

    Parameters
    ----------
    record : MadeRecord
        The record.
    mapping : ResultsMapping
        Whose it is and what it is called.
    document : str
        Name of the folder in ``data/raw``.
    root : Path
        The project.
    replace : bool
        Whether a folder of that name may be replaced.

    Raises
    ------
    FolderError
        When the folder is there already, another document holds results of one of the periods, or the
        organisation has another calendar.
    RegisterError
        When the register refuses the files; then nothing is left behind. Where an import was killed before,
        when what it left is not what was registered; where a registered file beside the record is not there.
    """
    raw = root / "data" / "raw"
    final = raw / document
    part, kept = aside(root, document, PART), aside(root, document)
    with alone_in(root / "data"), ExitStack() as undone:
        put_back(root, whole=True)
        refuse_missed(root / "data", descriptor_as_written(root))
        if final.exists() and not replace:
            raise FolderError(f"{final}: there already; choose another name, or replace it with --replace")
        new = _organisation(mapping, root)
        _see_to_codes(record, mapping, raw)
        _not_held_already(raw, record, mapping.organisation["id"], document)
        shutil.rmtree(part, ignore_errors=True)
        undone.callback(shutil.rmtree, part, ignore_errors=True)
        _write_files(record, mapping, part, raw)
        if final.exists():
            final.replace(kept)
            undone.callback(kept.replace, final)
        part.replace(final)
        undone.callback(shutil.rmtree, final)
        if new:
            path, text = new
            undone.callback(path.unlink, missing_ok=True)
            write_whole(path, text.encode("utf-8"))
        organisations(root)
        # The last act: whatever stops before it is done, an interruption too, undoes the others.
        register(raw)
        undone.pop_all()
        shutil.rmtree(kept, ignore_errors=True)
    return final


def _not_held_already(raw: Path, record: MadeRecord, organisation: str, document: str) -> None:
    """Refuse a period of which another document holds results: its exhibits would be laid out twice."""
    for path in sorted(raw.glob("*/document.toml")):
        about = read_toml(path)
        files, periods = about.get("files"), about.get("periods")
        same = about.get("organisation") == organisation and isinstance(files, dict) and RESULTS in files
        twice = sorted(
            name for name in record.periods if isinstance(periods, list) and name in periods and same
        )
        if twice and path.parent.name != document:
            raise FolderError(
                f"{path.parent}: holds results of {', '.join(twice)} already; import other files, or take "
                "that folder away first (several files in one import make one document of several periods)"
            )


def _see_to_codes(record: MadeRecord, mapping: ResultsMapping, raw: Path) -> None:
    """Refuse codes of a dimension that its column may not hold, whatever the document."""
    about = read_toml(raw / FIELDS)
    rows = record.tables[f"{RESULTS}.csv"]
    for name in mapping.dimensions:
        may_be = about.get(name, {}).get("constraints", {}).get("enum", [])
        others = sorted({row.get(name, "") for row in rows} - {"", *may_be}) if may_be else []
        if others:
            raise FolderError(
                f"{mapping.path}: dimension {name!r}: its codes are {', '.join(may_be)} in every document, "
                f"but would be {', '.join(others)}: say which is which, as codes = "
                f'{{ "name in the file" = "{may_be[0]}" }} in [dimensions.{name}]'
            )


def _write_files(record: MadeRecord, mapping: ResultsMapping, folder: Path, raw: Path) -> None:
    for name, rows in record.tables.items():
        write_whole(folder / name, csv_text(rows).encode("utf-8"))
    described = _described(raw)
    columns = {column for name, rows in record.tables.items() for column in _columns(rows)}
    own = {name: _field(name, mapping) for name in sorted(columns - described)}
    if mapping.numbers.decimal != ".":
        printed = read_toml(raw / FIELDS)["printed"] | {"decimalChar": mapping.numbers.decimal}
        own["printed"] = {name: text for name, text in printed.items() if isinstance(text, str)}
    write_whole(folder / "document.toml", _document(record, mapping, own).encode("utf-8"))


def _described(raw: Path) -> set[str]:
    return set(read_toml(raw / FIELDS))


def _field(name: str, mapping: ResultsMapping) -> dict[str, str]:
    titles = {
        mapping.result.name: "Result, as published",
        mapping.indicator.name: "Indicator, as published",
        mapping.activities["dimension"]: "Activity that the number is of",
    }
    return {"type": "string", "description": titles.get(name) or COLUMNS.get(name) or f"Dimension: {name}"}


def _columns(rows: list[dict[str, str]]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in row))


def csv_text(rows: list[dict[str, str]]) -> str:
    """Return rows as CSV: a header, one line a row, lines that end in a line feed."""
    text = io.StringIO()
    writer = csv.DictWriter(text, _columns(rows), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _document(record: MadeRecord, mapping: ResultsMapping, own: Mapping[str, dict[str, str]]) -> str:
    periods = list(record.periods)
    last = periods[-1]
    span = span_of(record.periods)
    whole = {
        "organisation": mapping.organisation["id"],
        "kind": KIND,
        "symbol": mapping.document["symbol"].format(period=span),
        "period": last,
        "periods": periods[::-1],
        "year": mapping.document.get("year", (first_and_last(last) or (0, int(last[:4])))[1]),
    }
    whole |= {
        name: mapping.document[name]
        for name in ("language", "licence", "attribution")
        if name in mapping.document
    }
    lines = [f"{name} = {_quoted(value)}" for name, value in whole.items()]
    for name in ("title", "short_title"):
        lines += ["", f"[{name}]"]
        lines += [
            f"{key} = {_quoted(text.format(period=span))}" for key, text in mapping.document[name].items()
        ]
    lines += ["", "[files]"]
    for path in record.tables:
        stem = path.removesuffix(".csv")
        if stem in ABOUT:
            lines.append(
                f"{stem} = {{ title = {_quoted(ABOUT[stem])}, place = {_quoted('the whole file')} }}"
            )
    if own:
        lines += ["", "# Columns that this document alone has, or has otherwise.", "[fields]"]
        for name, about in own.items():
            pairs = ", ".join(f"{key} = {_quoted(text)}" for key, text in about.items())
            lines.append(f"{_key(name)} = {{ {pairs} }}")
    return "\n".join(lines) + "\n"


def _organisation(mapping: ResultsMapping, root: Path) -> tuple[Path, str] | None:
    """Return the file of an organisation that is not described yet, and what it is to hold."""
    about = mapping.organisation
    calendar = about["calendar"]
    first = not any((root / "data" / "organisations").glob("*.toml"))
    known = None if first else organisations(root).get(about["id"])
    if known:
        if (known.calendar.years, known.calendar.first % known.calendar.years) != (
            calendar["years"],
            calendar["first"] % calendar["years"],
        ):
            raise FolderError(
                f"data/organisations/{about['id']}.toml has periods of {known.calendar.years} years from "
                f"{known.calendar.first}; {mapping.path} says {calendar['years']} from {calendar['first']}"
            )
        return None
    lines = ["default = true"] if first else []  # the first of a project is the one that is meant
    lines += [f"iati = {_quoted(about['iati'])}", ""] if "iati" in about else []
    for name in ("name", "short_name", "calendar"):
        lines += [f"[{name}]", *(f"{key} = {_quoted(value)}" for key, value in about[name].items()), ""]
    return root / "data" / "organisations" / f"{about['id']}.toml", "\n".join(lines)


def _key(name: str) -> str:
    return name if name.isascii() and name.replace("_", "").isalnum() else _quoted(name)


def _quoted(value: object) -> str:
    """Return a value as TOML writes it; JSON's strings, lists and whole numbers are TOML's."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def recorded_frameworks(root: Path, organisation: str, without: str) -> dict[str, Earlier]:
    """Return the frameworks of an organisation's recorded documents, by the period that each is about.

    Parameters
    ----------
    root : Path
        The project.
    organisation : str
        Id of the organisation.
    without : str
        Name of a document that is left out: the one that is written.

    Raises
    ------
    FolderError
        When a document says no period.
    Unreadable
        When a file is not to be read, or lacks a column.
    """
    frameworks = {}
    for about in sorted((root / "data" / "raw").glob("*/document.toml")):
        document, folder = read_toml(about), about.parent / "framework"
        if document.get("organisation") != organisation or about.parent.name == without:
            continue
        if not (folder / "nodes.csv").is_file():
            continue
        if not isinstance(document.get("period"), str):
            raise FolderError(
                f"{about}: says no period; `analysis check-data` tells what else is wrong with it"
            )
        titles = {
            (row["kind"], row["code"]): row["text"]
            for _, row in rows_with_columns(folder / "titles.csv", ("kind", "code", "form", "text"))
            if row["form"] == "title"
        }
        names = ("level", "code", "unit", "measure", "direction")
        frameworks[document["period"]] = Earlier(
            about.parent.name,
            tuple(
                Former(
                    **{name: row[name] for name in names},
                    title=titles.get((row["level"], row["code"]), ""),
                    plain=row["code"],
                )
                for _, row in rows_with_columns(folder / "nodes.csv", names)
            ),
        )
    return frameworks


def read_tables(register: Register, document: str) -> dict[str, list[dict[str, str]]]:
    """Return the rows of a registered document's files, checksums compared, by path in its folder.

    Raises
    ------
    RegisterError
        When no document of that name is registered, or a file is not the registered one.
    """
    if document not in register.documents:
        raise RegisterError(f"no document {document!r}: there are {', '.join(register.documents)}")
    return {
        entry["path"].removeprefix(f"{document}/"): register.read(entry).to_dict("records")
        for entry in register.resources()
        if entry["document"] == document
    }
