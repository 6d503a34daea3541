"""A report made a second time, elsewhere and from nothing, and the first difference between the two."""

from __future__ import annotations

import csv
from collections.abc import Callable
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis.running.reproduce import reproduce
from analysis.running.verify import manifest_of, told_sums
from analysis.sources.register import Register

_FIRST = ("audit", "tables", "figures")
"""Folders whose CSV files tell a difference best: number by number."""


def differences_of_a_second_run(
    register: Register, report: Path, jobs: int, heard: Callable[[dict], None] = lambda event: None
) -> list[str]:
    """Make a report again elsewhere, with nothing from the store; tell what differs, a line each.

    Parameters
    ----------
    register : Register
    report : Path
        A finished report; its manifest tells what was asked for.
    jobs : int
        Notebooks that run at the same time.
    heard : callable
        As of :func:`analysis.running.reproduce.reproduce`.
    """
    words = manifest_of(report)["parameters"]
    corrected = {"corrected": "true"} if words["corrected"] else {}
    with TemporaryDirectory(prefix="analysis-again-") as folder:
        again = reproduce(
            register,
            register.period(words["biennium"], words["organisation"]),
            words["language"],
            only=words["only"],
            output=Path(folder),
            jobs=jobs,
            parameters=words["further"] | corrected,
            documents=words["documents"],
            heard=heard,
        )
        return differences_of_reports(report, again)


def differences_of_reports(one: Path, other: Path) -> list[str]:
    """Return in what two reports differ by their sums: the first number that does, then every file."""
    first, second = told_sums(one), told_sums(other)
    names = sorted(name for name in {*first, *second} if first.get(name) != second.get(name))
    both = [name for name in names if name in first and name in second]
    numbers = sorted((name for name in both if name.endswith(".csv")), key=lambda name: (_place(name), name))
    differing = [f"first: {_number(one / name, other / name, name)}" for name in numbers[:1]]
    return differing + [f"{name}{'' if name in both else ' (only in one of them)'}" for name in names]


def _place(name: str) -> int:
    folder = name.partition("/")[0]
    return _FIRST.index(folder) if folder in _FIRST else len(_FIRST)


def _number(one: Path, other: Path, name: str) -> str:
    """Return the first cell in which a CSV file differs: its row, its column, both values, the quantity."""
    with (
        one.open(encoding="utf-8", newline="") as left,
        other.open(encoding="utf-8", newline="") as right,
    ):
        nothing: dict[str, str] = {}
        rows = zip_longest(csv.DictReader(left), csv.DictReader(right), fillvalue=nothing)
        for number, (mine, theirs) in enumerate(rows, start=2):
            apart = [column for column in {**mine, **theirs} if mine.get(column) != theirs.get(column)]
            if apart:
                row, column = next(iter({**theirs, **mine}.values())), apart[0]
                quantity = f" ({mine['quantity']})" if mine.get("quantity") else ""
                return (
                    f"{name} row {number} ({row}), column {column}: "
                    f"{mine.get(column)!r}, made again {theirs.get(column)!r}{quantity}"
                )
    return f"{name}: the same cells, written otherwise"
