"""``analysis verify``: compare a report with its sums and its manifest, or with a second run."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from analysis.running.inputs import data_files
from analysis.running.twice import differences_of_a_second_run
from analysis.running.verify import MANIFEST, faults_of_report, told_sums
from analysis.sources.register import Register, RegisterError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the report's folder, and whether it is to be made again."""
    parser.add_argument("report", metavar="REPORT", type=Path, help="folder of a report: reports/2020-21/en")
    parser.add_argument(
        "--twice", action="store_true", help="make it again elsewhere, from nothing, and compare every file"
    )
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="notebooks run at a time (1)")


def run(arguments: argparse.Namespace) -> int:
    """Print in what the report differs; return 1 where it does."""
    folder = arguments.report
    if not (folder / MANIFEST).is_file():
        raise FileNotFoundError(f"{folder} is no report: it holds no {MANIFEST}")
    differing = faults_of_report(folder)
    if not differing:
        print(f"{folder}: {len(told_sums(folder))} files, each as its checksum and its manifest say")
    if arguments.twice and not differing:
        differing = differences_of_a_second_run(Register(), folder, arguments.jobs)
        if not differing:
            print("made again from nothing: the same bytes")
    for difference in differing:
        print(difference)
    _tell_inputs(folder)
    return 1 if differing else 0


def _tell_inputs(folder: Path) -> None:
    """Print which data of the project are others by now than those that the report was made from."""
    inputs = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["inputs"]
    try:
        now = data_files(Register().root)
    except RegisterError:
        return
    listed = {name for name in inputs if name.startswith("data/")} | set(now)
    for name in sorted(path for path in listed if inputs.get(path) != now.get(path)):
        print(f"since then, {name} was {'changed' if name in inputs and name in now else 'added or removed'}")
