"""The folder of a report that is to be typed: headers, a framework to fill in, and an example of each row."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis.files import read_toml, write_whole
from analysis.periods import Period
from analysis.sources.register import Document, Register, RegisterError

LOST = "not_recomputable"
HOW = "how-to-fill.md"
# What stands where the new document's own words are to stand; check-data tells what was left so.
UNCONFIRMED = "the same code; confirm, or correct"
SYMBOL, PLACE = "symbol of the document", "place in the document"
# Kinds of words that belong to one document alone.
_OWN = ("exhibit", "missing", "note", "footnote", "label", "where")
TableRows = list[dict[str, str]]


def lay_out(register: Register, period: Period, like: Period, kind: str = "report") -> tuple[Path, list[str]]:
    """Write the folder of a new document in the manner of another; return it, and what to do next.

    Tables have their headers only. Nodes and dimensions are carried over, each node continuing its own, to be
    checked against the new document; titles are keys without words, since none is borrowed from another
    period; the layout has no numbers of figures, and nothing that only the other document lost.

    Parameters
    ----------
    register : Register
    period, like : Period
        The new report's, and that of the report that it is laid out like.
    kind : str
        Kind of document.

    Raises
    ------
    RegisterError
        When there is no document to follow, or the folder is there already.
    """
    model = model_of(register, like, kind)
    name = model.name.replace(str(like), str(period))
    name = name if name != model.name else f"{kind}-{period}"
    folder, source = register.folder / name, register.folder / model.name
    if folder.exists():
        raise RegisterError(f"{folder}: there already; nothing is overwritten")
    files = dict(_files(source, model, name))
    files["document.toml"] = _about(register, model, name, period)
    # Beside data/raw: the register takes every folder in it for a document.
    with TemporaryDirectory(prefix=f".{name}-", dir=register.folder.parent) as unfinished:
        part = Path(unfinished) / name
        for place, text in files.items():
            write_whole(part / place, text.encode("utf-8"))
        part.replace(folder)
    return folder, _steps(name, period)


def model_of(register: Register, like: Period, kind: str) -> Document:
    """Return the document that a new one is laid out like.

    Raises
    ------
    RegisterError
        When there is none.
    """
    documents = [document for document in register.principal(like) if document.kind == kind]
    if not documents:
        raise RegisterError(f"no document of kind {kind!r} is about {like} of {like.organisation}")
    return documents[0]


def _files(source: Path, model: Document, name: str) -> Iterator[tuple[str, str]]:
    lines = [
        f"# How to fill {name}",
        "",
        "A row of each table as the document before has it. Delete this file when done.",
    ]
    for path in sorted(source.glob("*.csv")):
        header, rows = _read(path)
        if path.stem == "exhibits":
            own = _notes(source)
            blank = {"number": "", "missing": "", "status": "reproduced"}
            kept = [
                row | blank | {"notes": "|".join(note for note in row["notes"].split("|") if note not in own)}
                for row in rows
                if row["status"] not in (LOST, "")
            ]
            yield path.name, _text(header, kept)
            continue
        yield path.name, _text(header, [])
        if rows:
            units = sorted({row["unit"] for row in rows if row.get("unit")})
            lines += ["", f"## {path.name}", ""]
            lines += [f"- `{column}`: {text}" for column, text in rows[0].items() if text]
            lines += [f"- units so far: {', '.join(units)}"] if units else []
    for stem in ("nodes", "dimensions", "titles"):
        path = source / "framework" / f"{stem}.csv"
        if path.is_file():
            header, rows = _read(path)
            yield f"framework/{stem}.csv", _text(header, _carried(stem, rows, model.name))
    yield HOW, "\n".join(lines) + "\n"


def _notes(source: Path) -> set[str]:
    """Return the notes that the other document words itself."""
    path = source / "framework" / "titles.csv"
    rows = _read(path)[1] if path.is_file() else []
    return {row["code"] for row in rows if row["kind"] == "note"}


def _carried(stem: str, rows: TableRows, model: str) -> TableRows:
    if stem == "nodes":
        return [
            row
            | {"continues": f"{model}/{row['level']}/{row['code']}"}
            | {"continues_why": UNCONFIRMED, "changed": ""}
            for row in rows
        ]
    if stem == "titles":
        kept = [row for row in rows if row["kind"] not in _OWN and row["kind"] != "document"]
        return [row if row["form"] == "numbered" else row | {"text": "", "document": ""} for row in kept]
    return rows


def _about(register: Register, model: Document, name: str, period: Period) -> str:
    about = read_toml(register.folder / model.name / "document.toml")
    home = model.language or next(iter(model.title))
    lines = [
        f"organisation = {_quoted(model.organisation)}",
        f"kind = {_quoted(model.kind)}",
        f"symbol = {_quoted(SYMBOL)}",
        f"period = {_quoted(str(period))}",
        f"periods = [{_quoted(str(period))}]",
        f"year = {period.end + 1}",
    ]
    lines += [f"{key} = {_inline(about[key])}" for key in ("language", "counted") if key in about]
    for key in ("title", "short_title"):
        lines += ["", f"[{key}]", f"{home} = {_quoted(name)}"]
    lines += ["", "[files]"]
    for stem, entry in about["files"].items():
        table = f", table = {_quoted(entry['table'])}" if "table" in entry else ""
        words = f"title = {_quoted(stem.replace('_', ' ').capitalize())}, place = {_quoted(PLACE)}"
        lines.append(f"{stem} = {{ {words}{table} }}")
    if about.get("fields"):
        lines += ["", "[fields]"]
        lines += [f"{_inline_key(column)} = {_inline(field)}" for column, field in about["fields"].items()]
    return "\n".join(lines) + "\n"


def _inline(content: object) -> str:
    """Return a value as TOML writes it on one line."""
    if isinstance(content, dict):
        return (
            "{ "
            + ", ".join(f"{_inline_key(key)} = {_inline(value)}" for key, value in content.items())
            + " }"
        )
    return (
        f"[{', '.join(map(_inline, content))}]"
        if isinstance(content, list)
        else json.dumps(content, ensure_ascii=False)
    )


def _inline_key(key: str) -> str:
    return key if key.isascii() and key.replace("_", "").isalnum() else _quoted(key)


def _steps(name: str, period: Period) -> list[str]:
    return [
        f"Write symbol, titles and places in data/raw/{name}/document.toml; delete unneeded files.",
        "Correct framework/nodes.csv and dimensions.csv: why a node continues, and what of it changed.",
        "Type the titles of framework/titles.csv; no title is taken from the report before.",
        f"Type the tables; {HOW} shows a row of each. Transcribe twice and compare.",
        "Give exhibits.csv the numbers that the document prints, in its order.",
        f"analysis check-data {name}; then analysis register, and analysis reproduce {period}.",
    ]


def _read(path: Path) -> tuple[list[str], TableRows]:
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        return list(reader.fieldnames or ()), list(reader)


def _text(header: list[str], rows: TableRows) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, header, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
