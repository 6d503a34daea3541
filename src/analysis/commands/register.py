"""``analysis register``: write the data package descriptor as the recorded files stand."""

from __future__ import annotations

import argparse

from analysis.commands.layout_faults import layout_faults
from analysis.sources.descriptor import faults_of_document, refuse, register
from analysis.sources.register import DESCRIPTOR, project_root


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add nothing: the command takes no arguments."""


def run(arguments: argparse.Namespace) -> int:
    """Describe every file of ``data/raw`` anew."""
    root = project_root()
    folder = root / "data" / "raw"
    documents = sorted(path.parent.name for path in folder.glob("*/document.toml"))
    refuse(fault for name in documents for fault in faults_of_document(folder, name))
    refuse(layout_faults(root, documents))
    descriptor = register(folder)
    print(f"{folder / DESCRIPTOR}: {len(descriptor['resources'])} files registered")
    return 0
