"""``analysis verify``: compare a report with its sums and its manifest, or with a second run.

A folder of restyled files is compared with what was written beside them.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from analysis.running.manifest import made_from
from analysis.running.restyled import RESTYLED, compare_restyled, differences_of_restyling_again
from analysis.running.twice import differences_of_a_second_run
from analysis.running.verify import MANIFEST, changed_since, faults_of_report, manifest_of, told_sums
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
    if not (folder / MANIFEST).exists() and (folder / RESTYLED).exists():
        return _restyled(folder, again=arguments.twice)
    manifest, differing = manifest_of(folder), faults_of_report(folder)
    if not differing:
        print(f"{folder}: {len(told_sums(folder))} files, each as its checksum and its manifest say")
    for line in _since(manifest):
        print(line)
    for difference in differing:
        print(difference)
    if arguments.twice and differing:
        print("not made again: the report is not what its own sums say")
    elif arguments.twice:
        differing = differences_of_a_second_run(Register(), folder, arguments.jobs)
        print("\n".join(differing) or "made again from nothing: the same bytes")
    return 1 if differing else 0


def _restyled(folder: Path, *, again: bool) -> int:
    """Print in what restyled files differ from what was written; return 1 where they do."""
    compared = compare_restyled(folder)
    if not compared.faults:
        print(f"{folder}: {compared.files} restyled files, each as it was written")
    for line in (*compared.reports, *compared.since, *compared.faults):
        print(line)
    differing = differences_of_restyling_again(folder) if again and not compared.faults else []
    if again and compared.faults:
        print("not made again: the files are not what was written")
    elif again:
        print("\n".join(differing) or "made again: the same bytes")
    return 1 if compared.faults or differing else 0


def _since(manifest: dict[str, Any]) -> list[str]:
    """Return what the report would be made from by now that is not what it was made from, a line each."""
    words = manifest["parameters"]
    try:
        root = Register().root
    except RegisterError:
        return ["no project here: what it was made from is not compared with what there is now"]
    now = made_from(root, words["language"], words["further"])
    return [f"since then, {line}" for line in changed_since(manifest, now)]
