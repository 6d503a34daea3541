"""``analysis register``: write the data package descriptor as the recorded files stand."""

from __future__ import annotations

import argparse

from analysis.sources.descriptor import register
from analysis.sources.register import DESCRIPTOR, project_root


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add nothing: the command takes no arguments."""


def run(arguments: argparse.Namespace) -> int:
    """Describe every file of ``data/raw`` anew."""
    folder = project_root() / "data" / "raw"
    descriptor = register(folder)
    print(f"{folder / DESCRIPTOR}: {len(descriptor['resources'])} files registered")
    return 0
