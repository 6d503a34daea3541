"""``analysis check-data``: everything that is wrong with the recorded files, told at once."""

from __future__ import annotations

import argparse
import json
import sys

from analysis.commands.layout_faults import layout_faults
from analysis.sources.descriptor import faults_of
from analysis.sources.register import RegisterError, project_root


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
    asked = there if arguments.document is None else [arguments.document]
    faults = [fault for name in asked for fault in faults_of(folder, name)]
    if not any(fault.grave for fault in faults):
        faults += layout_faults(root, asked)
    faults.sort(key=lambda fault: not fault.grave)
    for fault in faults:
        if arguments.json:
            told = {"path": fault.path, "row": fault.row, "column": fault.column, "found": fault.found}
            print(json.dumps({**told, "expected": fault.allowed, "grave": fault.grave}, ensure_ascii=False))
        else:
            print(fault if fault.grave else f"remark: {fault}")
    grave = sum(fault.grave for fault in faults)
    print(f"{len(asked)} documents: {grave} faults, {len(faults) - grave} remarks", file=sys.stderr)
    return 1 if grave else 0
