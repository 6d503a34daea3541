"""``analysis register``: write the data package descriptor as the recorded files stand."""

from __future__ import annotations

import argparse
import sys

from analysis.commands.layout_faults import layout_faults
from analysis.files import alone_in
from analysis.sources.beside_the_record import descriptor_as_written, names_missed
from analysis.sources.descriptor import faults_of_document, refuse, register
from analysis.sources.register import DESCRIPTOR, project_root
from analysis.sources.replaced import put_back


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add nothing: the command takes no arguments."""


def run(arguments: argparse.Namespace) -> int:
    """Describe every file of ``data/raw`` anew."""
    root = project_root()
    folder = root / "data" / "raw"
    with alone_in(root / "data"):
        for line in put_back(root):
            print(line, file=sys.stderr)
    documents = sorted(path.parent.name for path in folder.glob("*/document.toml"))
    refuse(fault for name in documents for fault in faults_of_document(folder, name))
    refuse(layout_faults(root, documents))
    gone = names_missed(root / "data", descriptor_as_written(root))
    with alone_in(root / "data"):
        descriptor = register(folder)
        put_back(root)  # what is registered now needs no former folder
    for name in gone:
        print(
            f"{root / 'data' / name}: was registered, is not there: taken off the register", file=sys.stderr
        )
    print(f"{folder / DESCRIPTOR}: {len(descriptor['resources'])} files registered")
    return 0
