"""Pair the second transcription's numbers with the record's, and say where the two differ.

``data/transcriptions/second/<document>.csv`` is an independent reading of every numeral that is a datum:
line, numeral as printed, table, key, unit, qualifier, value. Numbers are paired by line, numeral and key,
never by unit, qualifier or value, so that these can differ.
"""

import csv
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import NamedTuple

from analysis.audit.transcribed import REACH, numeral_read

ROOT = Path(__file__).parents[2]
SECOND = ROOT / "data" / "transcriptions" / "second"
NO_DATUM = "none"


class Difference(NamedTuple):
    """What the second reading and the record say of one number, where they differ."""

    document: str
    line: str
    printed: str
    id: str
    column: str
    second: str
    record: str


@cache
def second(document: str) -> list[dict[str, str]]:
    """Return the second reading of a document."""
    with (SECOND / f"{document}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def first(document: str) -> list[tuple[str, dict[str, str]]]:
    """Return the record's numbers of a document, each with the name of its table."""
    numbers = []
    for path in sorted((ROOT / "data" / "raw" / document).glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            numbers += [(path.stem, row) for row in csv.DictReader(file) if row.get("printed")]
    return numbers


def key_of(row: dict[str, str]) -> dict[str, str]:
    """Return a second reading's key by column."""
    return dict(part.split("=", 1) for part in row["key"].split(";") if part)


def _same_numeral(one: str, other: str) -> bool:
    plain = [text.replace(" ", "").replace(",", "") for text in (one, other)]
    return plain[0] == plain[1] or (
        numeral_read(one) is not None and numeral_read(one) == numeral_read(other)
    )


def paired(document: str) -> tuple[list[tuple], list[dict], list[dict]]:
    """Pair a document's two readings.

    Returns
    -------
    pairs : list of (second reading, table, record)
    only_second, only_first : list of dict
        What has no partner; of the record, numbers that are neither words nor repeated.
    """
    numbers, used, pairs, alone = first(document), set(), [], []
    for row in second(document):
        if row["table"] == NO_DATUM:
            continue
        key, line = key_of(row), int(row["line"])
        near = [
            (
                numbers[at][0] == row["table"],
                sum(numbers[at][1].get(column) == code for column, code in key.items()),
                -abs(int(numbers[at][1]["line"]) - line),
                numbers[at][1]["status"] != "repeated",
                -at,
            )
            for at in range(len(numbers))
            if at not in used
            and numbers[at][1]["line"].isdigit()
            and abs(int(numbers[at][1]["line"]) - line) <= REACH
            and _same_numeral(numbers[at][1]["printed"], row["printed"])
        ]
        if not near:
            alone.append(row)
            continue
        at = -max(near)[-1]
        used.add(at)
        pairs.append((row, *numbers[at]))
    left = [
        row
        for at, (_, row) in enumerate(numbers)
        if at not in used and row["status"] in ("reported", "indefinite")
    ]
    return pairs, alone, left


def differences(document: str) -> Iterator[Difference]:
    """Yield every difference between a document's two readings, number by number."""
    for row, table, held in paired(document)[0]:
        told = [("table", row["table"], table)]
        told += [(column, code, held.get(column, "")) for column, code in key_of(row).items()]
        told += [(column, row[column], held[column]) for column in ("unit", "qualifier")]
        if not _equal(row["value"], held["value"]):
            told.append(("value", row["value"], held["value"]))
        for column, read, recorded in told:
            if read != recorded:
                yield Difference(document, row["line"], row["printed"], held["id"], column, read, recorded)


def _equal(read: str, recorded: str) -> bool:
    return (Fraction(read) if read else None) == (Fraction(recorded) if recorded else None)
