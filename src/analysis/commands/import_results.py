"""``analysis import results``: make a record of results that an organisation published."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from analysis.exchange.folder import recorded_frameworks, write_folder
from analysis.exchange.iati import left_out, read_iati
from analysis.exchange.mapping import ResultsMapping, read_mapping
from analysis.exchange.published import Published, joined
from analysis.exchange.record import MOST, make_record
from analysis.exchange.workbook import columns_left_out, read_workbook
from analysis.files import alone_in
from analysis.sources.register import project_root
from analysis.sources.replaced import put_back

WORKBOOKS, XML = (".xlsx", ".xlsm", ".csv"), (".xml",)


class ImportMisuse(ValueError):
    """A file, a mapping or a name that cannot be imported."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what is imported, the files, the mapping, and the document's name."""
    parser.add_argument("what", choices=["results"], help="what the files hold")
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="workbook, CSV or IATI XML; several make one document"
    )
    parser.add_argument(
        "--mapping", required=True, metavar="TOML", help="whose they are, and what means what"
    )
    parser.add_argument("--as", required=True, dest="document", metavar="NAME", help="folder in data/raw")
    parser.add_argument("--replace", action="store_true", help="replace a document of that name")


def run(arguments: argparse.Namespace) -> int:
    """Write and register the document's folder; print what it holds and what was met."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", arguments.document):
        raise ImportMisuse(
            f"--as {arguments.document!r}: a document's name has small letters, digits and hyphens only"
        )
    root = project_root()
    path = Path(arguments.mapping)
    if not path.is_file():
        raise ImportMisuse(f"{path}: no such mapping")
    mapping = read_mapping(path)
    with alone_in(root / "data"):
        for line in put_back(root, whole=True):
            print(line, file=sys.stderr)
    published = joined([_read(Path(name), mapping) for name in arguments.files])
    earlier = recorded_frameworks(root, mapping.organisation["id"], arguments.document)
    record = make_record(published, mapping, arguments.document, earlier)
    folder = write_folder(record, mapping, arguments.document, root, arguments.replace)
    print(f"{folder}: {', '.join(record.periods)}")
    for line in record.remarks:
        print(f"  {line}")
    for name in arguments.files:
        if Path(name).suffix.lower() in WORKBOOKS and (columns := columns_left_out(Path(name), mapping)):
            told = ", ".join([*columns[:MOST], *(["…"] if columns[MOST:] else [])])
            print(f"  {name}: columns that the mapping does not name, not read: {told}")
        skipped = left_out(Path(name)) if Path(name).suffix.lower() in XML else {}
        if skipped:
            tags = ", ".join(f"{tag} {number}" for tag, number in sorted(skipped.items()))
            print(f"  {name}: not results, not imported: {tags}")
    whose = mapping.organisation["id"]
    print(f"next: analysis reproduce {record.periods[-1]} --organisation {whose}")
    return 0


def _read(path: Path, mapping: ResultsMapping) -> Published:
    if not path.is_file():
        raise ImportMisuse(f"{path}: no such file")
    if path.suffix.lower() in XML:
        return read_iati(path, mapping.language)
    if path.suffix.lower() in WORKBOOKS:
        return read_workbook(path, mapping)
    raise ImportMisuse(
        f"{path}: expected {', '.join((*WORKBOOKS, *XML))}, found {path.suffix or 'no ending'}"
    )
