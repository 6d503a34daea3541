"""``analysis check-data``: everything that is wrong with the recorded files, told at once."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence

from analysis.commands.faults_kept import faults_kept
from analysis.commands.layout_faults import layout_faults
from analysis.sources.beside_the_record import missed_faults
from analysis.sources.register import RegisterError, project_root
from analysis.sources.schema import Fault


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the document, and whether the answer is for a program."""
    parser.add_argument(
        "document", nargs="?", metavar="DOCUMENT", help="a folder of data/raw; all by default"
    )
    parser.add_argument(
        "--json", action="store_true", help="one object a line: path, row, column, found, expected"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print every fault, then every remark; return 1 where something cannot be registered."""
    root = project_root()
    folder = root / "data" / "raw"
    there = sorted(path.parent.name for path in folder.glob("*/document.toml"))
    if arguments.document is not None and arguments.document not in there:
        raise RegisterError(f"no document {arguments.document!r} in data/raw: there are {', '.join(there)}")
    documents = there if arguments.document is None else [arguments.document]
    faults = [fault for name in documents for fault in faults_kept(folder, name)]
    faults += missed_faults(root)
    if not any(fault.grave for fault in faults):
        faults += layout_faults(root, documents)
    faults.sort(key=lambda fault: not fault.grave)
    for fault in faults if arguments.json else ():
        places = {"path": fault.path, "row": fault.row, "column": fault.column, "found": fault.actual}
        print(json.dumps({**places, "expected": fault.allowed, "grave": fault.grave}, ensure_ascii=False))
    for line in _lines(faults) if not arguments.json else ():
        print(line)
    grave = sum(fault.grave for fault in faults)
    print(f"{len(documents)} documents: {grave} faults, {len(faults) - grave} remarks", file=sys.stderr)
    return 1 if grave else 0


def _lines(faults: Iterable[Fault]) -> Iterator[str]:
    """Yield a line for each fault; what several rows have in common stands once, with their numbers."""
    alike: dict[tuple[str, ...], list[Fault]] = {}
    for fault in faults:
        key = ("" if fault.grave else "remark: ", fault.path, fault.column, fault.actual, fault.allowed)
        alike.setdefault(key, []).append(fault)
    for (start, path, column, value, allowed), group in alike.items():
        if len(group) == 1:
            yield f"{start}{group[0]}"
        else:
            where = f"{path} rows {_rows([fault.row for fault in group])}" + (f", {column}" if column else "")
            yield f"{start}{where}: found {value}; expected {allowed}"


def _rows(numbers: Sequence[int]) -> str:
    """Return rows as runs: ``2–14, 17``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1] = [runs[-1][0], number]
        else:
            runs.append([number])
    return ", ".join("–".join(map(str, run)) for run in runs)
