"""Compare two report folders, file by file: ``python tests/compare_reports.py BEFORE AFTER``.

Former ids are mapped to today's through ``data/renames.csv``; archives (xlsx, docx, pptx) are opened. Of
tables and plotted numbers every value, unit, verdict and status is compared, words apart. Each file that
differs is named with its reason. The exit code is 1 when a number, a unit or a verdict differs, or a file is
missing.
"""

from __future__ import annotations

import argparse
import csv
import io
import re
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SAME, WORDS, NUMBERS, MISSING, ADDED, MADE = "same", "words", "numbers", "missing", "added", "made anew"
GRAVE = (NUMBERS, MISSING)
_NUMERAL = re.compile(r"(?<![\w.])[-−+]?\d[\d.,\u202f\u00a0]*")
# Files that name checksums or say how they were made.
_MADE = ("manifest.json", "SHA256SUMS")
_CODES = {
    "verdict",
    "severity",
    "reason",
    "unit",
    "status",
    "decimals",
    "qualifier",
    "recomputed",
    "lower",
    "upper",
    "printed",
}


@dataclass(frozen=True)
class Compared:
    """A file of the earlier report beside that of the later one."""

    name: str
    kind: str
    reason: str = ""


def renames(root: Path = ROOT) -> dict[str, str]:
    """Return today's id of each former one."""
    with (root / "data" / "renames.csv").open(encoding="utf-8", newline="") as lines:
        return {row["former"]: row["current"] for row in csv.DictReader(lines)}


def today(name: str, names: Mapping[str, str]) -> str:
    """Return what a file of the earlier report is called today: its stem, or the start of it, is an id."""
    path = Path(name)
    stem, dot, rest = path.name.partition(".")
    for former in sorted(names, key=len, reverse=True):
        if stem == former or stem.startswith((f"{former}-",)):
            return (path.parent / f"{names[former]}{stem[len(former) :]}{dot}{rest}").as_posix()
    return name


def table_of(text: str) -> tuple[list[str], list[list[str]]]:
    """Return header and rows of a CSV file."""
    rows = list(csv.reader(io.StringIO(text)))
    return (rows[0], rows[1:]) if rows else ([], [])


def compare_tables(before: str, after: str, names: Mapping[str, str]) -> tuple[str, str]:
    """Compare two CSV files by cells: numbers and codes are grave, words are not."""
    (head, rows), (head_after, rows_after) = table_of(before), table_of(after)
    if len(rows) != len(rows_after):
        return NUMBERS, f"{len(rows)} rows before, {len(rows_after)} after"
    if len(head) != len(head_after):
        return NUMBERS, f"{len(head)} columns before, {len(head_after)} after"
    words = [
        f"heading {left!r} is now {right!r}"
        for left, right in zip(head, head_after, strict=True)
        if left != right
    ]
    for number, (row, other) in enumerate(zip(rows, rows_after, strict=True), start=2):
        for column, left, right in zip(head, row, other, strict=True):
            if left == right or today(left, names) == right:
                continue
            if is_number(left) or is_number(right) or column in _CODES:
                return NUMBERS, f"row {number}, {column}: {left!r} before, {right!r} after"
            words.append(f"row {number}, {column}: {left[:40]!r} is now {right[:40]!r}")
    return (WORDS, f"{len(words)} cells, first: {words[0]}") if words else (SAME, "")


def is_number(text: str) -> bool:
    """Whether a cell holds a number."""
    try:
        float(text.replace(",", ""))
    except ValueError:
        return False
    return True


def numerals(text: str) -> list[str]:
    """Return the numerals of a text, in order."""
    return _NUMERAL.findall(text)


def content(path: Path) -> str:
    """Return what a file says, archives opened part by part; the bytes of a picture as they are."""
    if path.suffix in (".xlsx", ".docx", ".pptx"):
        with zipfile.ZipFile(path) as archive:
            parts = []
            for name in sorted(archive.namelist()):
                held = archive.read(name)
                if name.endswith((".xlsx", ".docx")):
                    continue
                if name.endswith((".xml", ".rels")):
                    parts.append(re.sub(r"<[^>]+>", " ", held.decode("utf-8")))
            return "\n".join(parts)
    if path.suffix in (".png", ".pdf"):
        return path.read_bytes().hex()
    text = path.read_text(encoding="utf-8")
    return re.sub(r"<[^>]+>", " ", text) if path.suffix in (".html", ".svg") else text


def compare(before: Path, after: Path, names: Mapping[str, str]) -> list[Compared]:
    """Compare every file of two report folders.

    Parameters
    ----------
    before, after : Path
        Folders of one period and language.
    names : mapping
        Former ids and what they are today.
    """
    earlier = {
        path.relative_to(before).as_posix(): path for path in sorted(before.rglob("*")) if path.is_file()
    }
    later = {path.relative_to(after).as_posix(): path for path in sorted(after.rglob("*")) if path.is_file()}
    found, matched = [], set()
    for name, path in earlier.items():
        now = today(name, names)
        if now not in later:
            found.append(Compared(name, MISSING, f"expected {now}"))
            continue
        matched.add(now)
        found.append(Compared(name, *_compared(path, later[now], names)))
    found += [Compared(name, ADDED) for name in later if name not in matched]
    return found


def _compared(before: Path, after: Path, names: Mapping[str, str]) -> tuple[str, str]:
    if before.read_bytes() == after.read_bytes():
        return SAME, ""
    if before.name in _MADE:
        return MADE, "names checksums"
    if before.suffix == ".csv":
        return compare_tables(before.read_text(encoding="utf-8"), after.read_text(encoding="utf-8"), names)
    if before.suffix in (".png", ".pdf"):
        return WORDS, "the picture differs; its plotted numbers are compared as CSV"
    left, right = content(before), content(after)
    if left == right:
        return WORDS, "the same text in other markup"
    there, here = numerals(left), numerals(right)
    lost = _less(there, here)
    return WORDS, f"text differs; {len(lost)} of {len(there)} numerals are not there any more" + (
        f", such as {', '.join(lost[:4])}" if lost else ""
    )


def _less(there: list[str], here: list[str]) -> list[str]:
    left = list(here)
    counted: dict[str, int] = {}
    for each in left:
        counted[each] = counted.get(each, 0) + 1
    lost = []
    for each in there:
        if counted.get(each, 0):
            counted[each] -= 1
        else:
            lost.append(each)
    return lost


def main(arguments: list[str] | None = None) -> int:
    """Print each file that differs with its reason, and counts; return 1 where a number or a file is lost."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("--renames", type=Path, default=ROOT, help="project whose data/renames.csv is used")
    given = parser.parse_args(arguments)
    found = compare(given.before, given.after, renames(given.renames))
    for each in found:
        if each.kind not in (SAME, MADE):
            print(f"{each.kind:9} {each.name}  {each.reason}")
    counted: dict[str, int] = {}
    for each in found:
        counted[each.kind] = counted.get(each.kind, 0) + 1
    print(", ".join(f"{number} {kind}" for kind, number in counted.items()))
    return 1 if any(each.kind in GRAVE for each in found) else 0


if __name__ == "__main__":
    sys.exit(main())
